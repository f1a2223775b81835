"""The way back: what a person has changed in an exported file, as decisions for `curated.toml`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from pyoxigraph import Store

from kg.exports.contents import contents
from kg.exports.records import Contents
from kg.returns.comparison import Comparison, compare
from kg.returns.decisions import Decision, as_table, write_decisions
from kg.returns.sheets import read_file

__all__ = ["CURATED", "Comparison", "Decision", "as_table", "compare_file", "record"]

CURATED = "curated.toml"  #: the decisions of a person, beside the documents


def compare_file(store: Store, path: Path) -> Comparison:
    """What the file at `path` changes of the build that it was exported from.

    Raises `KgError` where the file cannot be read or was not exported.
    """
    sheets = read_file(path)
    return compare(contents(store), sheets)


def record(
    store: Store, decisions: Iterable[Decision], path: Path, when: date, by: str = "", reason: str = ""
) -> None:
    """Put decisions into the file at `path`, each in the place of an older one about the same thing.

    Raises `KgError` where the file cannot be read or written; it is then left as it is.
    """
    write_decisions(path, decisions, when, by, reason, _also_called(contents(store)))


def _also_called(told: Contents) -> dict[str, tuple[str, ...]]:
    """The other ways in which the file may name a term: its IRI, and its id, the last part of that."""
    return {term.label: (term.iri, term.iri.rpartition("/")[2]) for term in told.terms}
