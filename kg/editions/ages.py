"""How old the terms of a report are, by the texts of its issuer that a build has.

Only texts prove anything: a term is new where the issuer's full text of the year before is there and lacks it, and no
earlier one has its letters. A digest proves that a term was said, and never that it was not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from pyoxigraph import Store

from kg.editions.meanings import Standpoint, of_terms
from kg.editions.records import Age, Seen
from kg.editions.texts import read_text
from kg.rules import unquoted
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


def without_doubt(
    ages: Mapping[str, Age],
    labels: Mapping[str, str],
    output: Path,
    documents: Mapping[str, Mapping[str, Any]],
) -> dict[str, Age]:
    """Ages, each proven only where no earlier full text has even the letters of the term.

    漫游费 is no mention of 漫游, and yet a text that has it proves of neither that it is new. Ages and labels by key.
    """
    texts: dict[str, str] = {}
    found = {}
    for key, age in ages.items():
        letters = unquoted(labels[key].partition("（")[0])
        earlier = age.first.year if age.first else age.year
        for name, row in documents.items():
            if not age.proven:
                break
            if row["year"] and row["year"] < earlier and _is_full(row, age.issuer):
                if name not in texts:
                    texts[name] = unquoted(read_text(output, name))
                age = replace(age, proven=letters not in texts[name])
        found[key] = age
    return found


def _full(at: Standpoint, documents: Mapping[str, Mapping[str, Any]]) -> set[int]:
    """The years of which the issuer's full text is there."""
    return {row["year"] for row in documents.values() if _is_full(row, at.issuer)}


def _is_full(row: Mapping[str, Any], issuer: str | None) -> bool:
    return issuer is not None and row["issuer"] == issuer and row["kind"] != "abridgement"


def _age(said: Iterable[Seen], year: int, issuer: str | None, full: set[int]) -> Age:
    ordered = sorted(said, key=lambda seen: (seen.year, seen.document))
    own = next((seen for seen in ordered if issuer is not None and seen.issuer == issuer), None)
    since = own.year if own else year
    other = next((seen for seen in ordered if seen.issuer != issuer and seen.year < since), None)
    return Age(year, issuer, own, since - 1 in full, other)
