"""The vocabulary of a year against another's, from a built graph: new, gone, kept, redefined."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from pyoxigraph import Store

from kg.errors import KgError
from kg.store import select

_STATES = """
SELECT DISTINCT ?label ?year WHERE {
  ?state a kg:State ; kg:stateOf ?term ; kg:inYear/kg:year ?year . ?term skos:prefLabel ?label .
  FILTER(LANGMATCHES(LANG(?label), "zh"))
}"""
_OPEN = """
SELECT DISTINCT ?label ?year WHERE {
  ?mention kg:possibleTerm ?term ; oa:hasTarget/oa:hasSource/kg:reportYear/kg:year ?year .
  ?term skos:prefLabel ?label .
  FILTER(LANGMATCHES(LANG(?label), "zh"))
}"""
_FULL_TEXTS = """
SELECT DISTINCT ?year WHERE {
  ?doc kg:documentKind ?kind ; kg:reportYear/kg:year ?year . FILTER(?kind != "abridgement")
}"""
_LISTS = """
SELECT DISTINCT ?label ?year ?part WHERE {
  ?definition kg:defines ?term ; dct:source/kg:reportYear/kg:year ?year ; kg:slot/rdf:value ?part .
  ?term skos:prefLabel ?label .
  FILTER(LANGMATCHES(LANG(?label), "zh"))
}"""


@dataclass(frozen=True, slots=True)
class Redefinition:
    """A term whose definitions in two years list different components."""

    term: str
    added: tuple[str, ...]
    dropped: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The terms of the full texts of two years. A term is there when it is named, or all its parts are listed.

    A term whose name stands in the other year where it could be a homonym's neither came nor went: that is open.
    """

    old: int
    new: int
    came: tuple[str, ...]
    went: tuple[str, ...]
    kept: tuple[str, ...]
    redefined: tuple[Redefinition, ...]


def compare(store: Store, old: int, new: int) -> Comparison:
    """What the full texts of the year `new` say and those of `old` did not, and the other way.

    Raises `KgError` where a year has no full text: what a digest leaves out proves nothing.
    """
    years = {row["year"] for row in select(store, _FULL_TEXTS)}
    for year in (old, new):
        if year not in years:
            known = ", ".join(map(str, sorted(years))) or "none"
            raise KgError(f"there is no full text of {year} in this build; years with one: {known}")
    said: dict[int, set[str]] = defaultdict(set)
    for row in select(store, _STATES):
        said[row["year"]].add(row["label"])
    undecided: dict[int, set[str]] = defaultdict(set)
    for row in select(store, _OPEN):
        undecided[row["year"]].add(row["label"])
    before, after = said[old], said[new]
    return Comparison(
        old,
        new,
        tuple(sorted(after - before - undecided[old])),
        tuple(sorted(before - after - undecided[new])),
        tuple(sorted(before & after)),
        tuple(_redefined(store, old, new)),
    )


def _redefined(store: Store, old: int, new: int) -> list[Redefinition]:
    lists: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in select(store, _LISTS):
        lists[row["label"]][row["year"]].add(row["part"])
    return [
        Redefinition(label, tuple(sorted(years[new] - years[old])), tuple(sorted(years[old] - years[new])))
        for label, years in sorted(lists.items())
        if years.get(old) and years.get(new) and years[old] != years[new]
    ]
