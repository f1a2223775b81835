"""What a person reads in a terminal: tables, a term's card, an evaluation. It formats and decides nothing."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.console.cards import card
    from kg.console.histories import timelines
    from kg.console.lineages import lineage
    from kg.console.overviews import (
        changes,
        communities,
        comparison,
        ranks,
        relations,
        travels,
        undefined,
        untranslated,
    )
    from kg.console.results import additions, built, evaluation, findings, numerals, queries
    from kg.console.tables import answer, as_csv, as_json, console, table
    from kg.console.wordings import wording

__all__ = [
    "additions",
    "answer",
    "as_csv",
    "as_json",
    "built",
    "card",
    "changes",
    "communities",
    "comparison",
    "console",
    "evaluation",
    "findings",
    "lineage",
    "numerals",
    "queries",
    "ranks",
    "relations",
    "table",
    "timelines",
    "travels",
    "undefined",
    "untranslated",
    "wording",
]

#: Where the names stand: what shows a table does not load what shows a card.
_HOMES = {
    "cards": ("card",),
    "histories": ("timelines",),
    "lineages": ("lineage",),
    "overviews": (
        "changes", "communities", "comparison", "ranks", "relations", "travels", "undefined", "untranslated",
    ),
    "results": ("additions", "built", "evaluation", "findings", "numerals", "queries"),
    "tables": ("answer", "as_csv", "as_json", "console", "table"),
    "wordings": ("wording",),
}  # fmt: skip


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"kg.console.{home}"), name)
    raise AttributeError(f"module 'kg.console' has no attribute {name!r}")
