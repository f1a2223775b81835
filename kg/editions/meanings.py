"""What the documents of a build say a term means, and which of it a report's reader is told."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from pyoxigraph import NamedNode, Store

from kg.cards import Group, Part
from kg.editions.records import Change, Listing, Meaning
from kg.relations.parts import compare_parts
from kg.store import select
from kg.views import DEFINITIONS

_SENTENCE_END = re.compile("[。！？；!?;][”’）)]*")
_CLAUSE_END = re.compile("[，、,：:]")


@dataclass(frozen=True, slots=True)
class Standpoint:
    """From where a definition is chosen: the report's id, its issuer and its year, as far as they are known."""

    document: str
    issuer: str | None
    year: int | None


def of_terms(sparql: str, terms: Iterable[str]) -> str:
    """A query with a place for `?term` that asks for many terms at once."""
    values = " ".join(str(NamedNode(term)) for term in sorted(terms))
    return sparql.replace("# VALUES ?term", f"VALUES ?term {{ {values} }}")


def find_meanings(store: Store, terms: Iterable[str]) -> dict[str, list[Meaning]]:
    """The definitions of terms, by their IRIs: those of documents, what a list says of its parts, and a person's."""
    terms = set(terms)
    slots: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in select(store, of_terms(_SLOTS, terms)):
        slots[row["definition"]].append(row)
    found: defaultdict[str, list[Meaning]] = defaultdict(list)
    for row in sorted(select(store, of_terms(DEFINITIONS, terms)), key=_place):
        found[row["term"]].append(_meaning(row, slots[row["definition"]]))
    for row in sorted(select(store, of_terms(_GLOSSES, terms)), key=_place):
        found[row["term"]].append(_meaning(row, []))
    for row in select(store, of_terms(_OWN, terms)):
        found[row["term"]].append(Meaning(row["text"], "person", None, None, None, None, None))
    return dict(found)


def find_listings(store: Store, terms: Iterable[str]) -> dict[str, Listing]:
    """What running texts list as the parts of terms that nobody defines, by IRI."""
    rows = select(store, of_terms(_LISTINGS, terms))
    return {
        term: Listing(
            tuple(row["text"] for row in same),
            *(same[0][name] for name in ("document", "title", "year", "start", "end")),
        )
        for (term, _), group in groupby(rows, key=lambda row: (row["term"], row["listing"]))
        for same in [list(group)]
    }


def best(
    meanings: Sequence[Meaning], at: Standpoint, documents: Mapping[str, Mapping[str, Any]]
) -> Meaning | None:
    """The definition for a reader of a report: its own, else its issuer's, the nation's, any other's; of several the
    nearest in time, an earlier one before a later one. A person's is told where no document has one.

    `documents` has of each its `issuer` and `level`, by id.
    """

    def order(meaning: Meaning) -> tuple[Any, ...]:
        known = documents.get(meaning.document or "", {})
        whose = 0 if meaning.document == at.document else 4 if meaning.document is None else 3
        if whose == 3 and at.issuer is not None and known.get("issuer") == at.issuer:
            whose = 1
        elif whose == 3 and known.get("level") == "national":
            whose = 2
        # Without a year of its own a report is read today: the newest is the nearest.
        year = 9999 if at.year is None else at.year
        away = 9999 if meaning.year is None else abs(meaning.year - year)
        return whose, away, (meaning.year or 0) > year, meaning.document or "", meaning.start or 0

    return min(meanings, key=order, default=None)


def changed(meaning: Meaning, meanings: Iterable[Meaning]) -> Change | None:
    """How the list of a definition differs from the list of another year that is nearest to it."""
    others = [
        each for each in meanings if each.components and each.year is not None and each.year != meaning.year
    ]
    if not meaning.components or meaning.year is None:
        return None
    year = meaning.year
    for other in sorted(others, key=lambda each: (abs((each.year or 0) - year), each.year or 0)):
        assert other.year is not None and other.document is not None
        old, new = (other, meaning) if other.year < year else (meaning, other)
        added, dropped, kept = compare_parts(old.components, new.components)
        if added or dropped:
            span = (min(other.year, year), max(other.year, year))
            return Change(*span, other.document, other.title, tuple(kept), tuple(added), tuple(dropped))
    return None


def shortened(meaning: Meaning, longest: int | None) -> Meaning:
    """A definition of at most so many characters, cut at the end of a sentence, else of a clause.

    >>> told = shortened(Meaning("甲乙丙。丁戊己。", "editor", "d", None, 2021, 0, 8), 6)
    >>> told.text, told.left_out
    ('甲乙丙。', 4)
    """
    if longest is None or len(meaning.text) <= longest:
        return meaning
    ends = [found.end() for found in _SENTENCE_END.finditer(meaning.text) if found.end() <= longest]
    ends = ends or [found.start() for found in _CLAUSE_END.finditer(meaning.text) if found.start() <= longest]
    cut = ends[-1] if ends else longest
    return replace(meaning, text=meaning.text[:cut], left_out=len(meaning.text) - cut)


def _meaning(row: Mapping[str, Any], slots: Sequence[Mapping[str, Any]]) -> Meaning:
    return Meaning(
        text=row["text"],
        voice=row["voice"] or "text",
        document=row["document"],
        title=row["title"],
        year=row["year"],
        start=row["start"],
        end=row["end"],
        headword=row.get("headword"),
        headword_start=row.get("headwordStart"),
        numeral=row.get("numeral"),
        agrees={"true": True, "false": False}.get(row.get("agrees") or ""),
        groups=tuple(
            Group(name, tuple(Part(each["text"], each["gloss"], each["item"]) for each in members))
            for name, members in groupby(slots, key=lambda each: each["group"])
        ),
    )


def _place(row: Mapping[str, Any]) -> tuple[str, str, int, str]:
    return row["term"], row["document"], row["start"], row["text"]


_SLOTS = """
SELECT DISTINCT ?definition ?term ?position ?text ?group ?gloss ?item WHERE {
  # VALUES ?term
  ?definition kg:defines ?term ; kg:slot ?slot .
  ?slot schema:position ?position ; rdf:value ?text .
  OPTIONAL { ?slot kg:group ?group }
  OPTIONAL { ?slot kg:gloss ?gloss }
  OPTIONAL { ?slot schema:item ?item }
}
ORDER BY ?definition ?position
"""

#: What a definition says of one of the parts that it lists.
_GLOSSES = """
SELECT DISTINCT ?term ?text ?start ?end ?voice ?document ?title ?year WHERE {
  # VALUES ?term
  ?slot schema:item ?term ; kg:gloss ?text ; kg:glossStart ?start ; kg:glossEnd ?end .
  ?definition kg:slot ?slot ; kg:voice ?voice ; dct:source ?source .
  ?source dct:identifier ?document .
  OPTIONAL { ?source dct:title ?title }
  OPTIONAL { ?source kg:reportYear/kg:year ?year }
}
"""

_OWN = """
SELECT DISTINCT ?term ?text WHERE {
  # VALUES ?term
  ?definition kg:defines ?term ; kg:voice "person" ; rdf:value ?text .
}
ORDER BY ?term ?text
"""

_LISTINGS = """
SELECT DISTINCT ?term ?listing ?position ?text ?document ?title ?year ?start ?end WHERE {
  # VALUES ?term
  ?listing kg:listingOf ?term ; kg:slot ?slot ; kg:start ?start ; kg:end ?end ; dct:source ?source .
  ?slot schema:position ?position ; rdf:value ?text .
  ?source dct:identifier ?document .
  OPTIONAL { ?source dct:title ?title }
  OPTIONAL { ?source kg:reportYear/kg:year ?year }
}
ORDER BY ?term ?listing ?position
"""
