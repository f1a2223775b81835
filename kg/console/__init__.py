"""What a person reads in a terminal: tables, a term's card, an evaluation. It formats and decides nothing."""

from __future__ import annotations

from kg.console.cards import card
from kg.console.histories import timelines
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
    "numerals",
    "queries",
    "ranks",
    "relations",
    "table",
    "timelines",
    "travels",
    "undefined",
    "untranslated",
]
