"""How old the terms of a report are, by the texts of its issuer that a build has.

Only texts prove anything: a term is new where the issuer's full text of the year before is there and lacks it. A
digest proves that a term was said, and never that it was not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from pyoxigraph import Store

from kg.editions.meanings import Standpoint, of_terms
from kg.editions.records import Age, Seen
from kg.store import select

#: The documents that name a term or list all its parts. Full texts are counted, digests only present.
_SAID = """
SELECT DISTINCT ?term ?document WHERE {
  # VALUES ?term
  { ?count kg:countOf ?term ; kg:ofKind ?kind ; dct:source/dct:identifier ?document
    FILTER(?kind IN ("core", "long-form", "shared-head", "mark", "part")) }
  UNION
  { ?term kg:presentIn/dct:identifier ?document }
}
"""


def find_ages(
    store: Store, terms: Iterable[str], at: Standpoint, documents: Mapping[str, Mapping[str, Any]]
) -> dict[str, Age]:
    """The ages of terms, by IRI, in the year of a report; none where that is unknown.

    `documents` has of each its `year`, `kind`, `issuer` and `title`, by id.
    """
    terms = set(terms)
    if at.year is None:
        return {}
    said: defaultdict[str, list[Seen]] = defaultdict(list)
    for row in select(store, of_terms(_SAID, terms)):
        known = documents[row["document"]]
        if known["year"] is not None and known["year"] < at.year and row["document"] != at.document:
            said[row["term"]].append(Seen(row["document"], known["title"], known["issuer"], known["year"]))
    full = _full(at, documents)
    return {term: _age(said[term], at.year, at.issuer, full) for term in terms}


def fresh(at: Standpoint, documents: Mapping[str, Mapping[str, Any]]) -> Age | None:
    """The age of a term that no document of a build has."""
    return None if at.year is None else _age([], at.year, at.issuer, _full(at, documents))


def _full(at: Standpoint, documents: Mapping[str, Mapping[str, Any]]) -> set[int]:
    """The years of which the issuer's full text is there."""
    return {
        row["year"]
        for row in documents.values()
        if at.issuer is not None and row["issuer"] == at.issuer and row["kind"] != "abridgement"
    }


def _age(said: Iterable[Seen], year: int, issuer: str | None, full: set[int]) -> Age:
    ordered = sorted(said, key=lambda seen: (seen.year, seen.document))
    own = next((seen for seen in ordered if issuer is not None and seen.issuer == issuer), None)
    since = own.year if own else year
    other = next((seen for seen in ordered if seen.issuer != issuer and seen.year < since), None)
    return Age(year, issuer, own, since - 1 in full, other)
