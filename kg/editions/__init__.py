"""A report → its annotated edition: behind its paragraphs, boxes with what a reader of them needs to know.

Each term is explained once, in the best words that the build has for it; elsewhere a line shows the way there. What no
document explains is named where it stands and listed at the end with its sentences. Nothing is said that no document
says: a definition has its place, the age of a term the texts that prove it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pyoxigraph import Store

from kg.editions.ages import find_ages, fresh, without_doubt
from kg.editions.composition import Composition
from kg.editions.meanings import find_listings, find_meanings
from kg.editions.records import (
    Age,
    Article,
    Box,
    Change,
    Edition,
    Link,
    Listing,
    Meaning,
    Pointer,
    Quotation,
    Seen,
    Terms,
    Unexplained,
)
from kg.editions.reports import open_report
from kg.errors import KgError
from kg.readings import DOCUMENTS
from kg.store import select

__all__ = [
    "Age",
    "Article",
    "Box",
    "Change",
    "Edition",
    "Link",
    "Listing",
    "Meaning",
    "Pointer",
    "Quotation",
    "Seen",
    "Terms",
    "Unexplained",
    "annotate",
]


def annotate(
    store: Store,
    output: Path,
    report: str,
    *,
    terms: Terms = Terms.ALL,
    longest: int | None = None,
    stripped: bool = False,
    text: str | None = None,
) -> Edition:
    """The annotated edition of a report: a document of the build in `output`, or a file (with `text`: of that text).

    `longest` is how many characters of a definition a box has at most. A report that explains terms itself is told in
    its own words first, where its marks or boxes have them; `stripped`, its boxes are placed as if it had none.
    Raises `KgError` where there is no such report.
    """
    if longest is not None and longest < 1:
        raise KgError(f"a definition of {longest} characters says nothing; give --longest 1 or more")
    found = open_report(store, output, report, text)
    documents: dict[str, Mapping[str, Any]] = {row["id"]: row for row in select(store, DOCUMENTS.of_all())}
    iris = [term.iri for term in found.terms.values() if term.iri is not None]
    meanings = find_meanings(store, iris)
    for key, own in found.own.items():
        meanings[key] = [*own, *meanings.get(key, ())]
    ages = find_ages(store, iris, found.standpoint, documents)
    unknown = fresh(found.standpoint, documents)
    if unknown:
        ages = {key: ages.get(key, unknown) for key in found.terms}
        labels = {key: term.label for key, term in found.terms.items()}
        ages = without_doubt(ages, labels, output, documents)
    listings = find_listings(store, iris)
    proven = unknown is not None and unknown.proven
    return Composition(found, meanings, ages, listings, documents, stripped, proven).edition(terms, longest)
