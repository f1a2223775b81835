"""What machines read from a built graph: entries, mentions, a concordance.

Everything here comes out of the store by SPARQL; the texts are not needed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Protocol, TypeAlias

from pyoxigraph import NamedNode, Store

from kg.lookup import LABELS, require_terms
from kg.scans import Scan
from kg.store import mentions_beside, select

Row: TypeAlias = dict[str, Any]


def entries(store: Store) -> list[dict[str, object]]:
    """Every definition of the graph as plain values, by document, box and offset."""
    names = _names(store)
    slots = slots_by_definition(store)
    dates: defaultdict[str, list[str]] = defaultdict(list)
    for row in select(store, _DATES):
        dates[row["definition"]].append(row["date"])
    found: list[dict[str, object]] = []
    for row in sorted(select(store, DEFINITIONS), key=_entry_order):
        definition = row["definition"]
        found.append(
            {
                "doc": row["document"],
                "box": row["box"],
                "headword": row["headword"],
                "label": _label_in(row["headword"], names[row["term"]]),
                "headword_start": row["headwordStart"],
                "headword_end": row["headwordEnd"],
                "definition": row["text"],
                "start": row["start"],
                "end": row["end"],
                "components": [
                    {
                        "text": slot["text"],
                        "start": slot["start"],
                        "end": slot["end"],
                        "group": slot["group"],
                        "definition": slot["gloss"],
                    }
                    for slot in slots[definition]
                ],
                "numeral": row["numeral"],
                "readings": [int(reading) for reading in (row["readings"] or "").split()],
                "expected_count": row["expected"],
                "agrees": truth(row["agrees"]),
                "dates": sorted(dates[definition]),
                "origin": {"level": row["originLevel"], "cue": row["originCue"]}
                if row["originLevel"]
                else None,
                "voice": row["voice"],
                "rule": row["rule"],
            }
        )
    return found


def mentions(store: Store, term: str | None = None) -> list[dict[str, object]]:
    """Every mention, or those of `term`, as plain values, by document and offset.

    Where nothing decides which sense of a label is meant, `concept` is None and `senses` has all of them.
    Raises `KgError` where there is no such term.
    """
    names = _names(store)
    return [
        {
            "doc": row["document"],
            "term": names[row["term"]][0],
            "concept": None if row["senses"] else row["term"],
            "senses": row["senses"],
            "kind": row["kind"],
            "exact": row["exact"],
            "start": row["start"],
            "end": row["end"],
            "context": row["context"],
            "year": row["year"],
            "covers": row["covers"],
            "section": row["section"],
            "rule": row["rule"],
        }
        for row in mention_rows(store, _iris(store, term))
    ]


def concordance(store: Store, term: str | None = None) -> list[dict[str, str | int]]:
    """Every occurrence of a core, or of the core of `term`, in the middle of its words, for a spreadsheet.

    `period` is the span of years that the section speaks of, 2016–2020. Raises `KgError` where
    there is no such term.
    """
    return [
        {
            "left": row["prefix"] or "",
            "node": row["exact"],
            "right": row["suffix"] or "",
            "document": row["document"],
            "section": row["section"] or "",
            "period": _period(row["covers"]),
            "offset": row["start"],
        }
        for row in mention_rows(store, _iris(store, term))
        if row["kind"] == "core"
    ]


DEFINITIONS = """
SELECT DISTINCT ?definition ?term ?document ?title ?year ?box ?voice ?headword ?headwordStart ?headwordEnd
                ?text ?start ?end ?numeral ?readings ?expected ?agrees ?originLevel ?originCue ?rule WHERE {
  # VALUES ?term
  ?definition kg:defines ?term ;
    rdf:value ?text ;
    kg:start ?start ;
    kg:end ?end ;
    dct:source ?source .
  ?source dct:identifier ?document .
  OPTIONAL { ?source dct:title ?title }
  OPTIONAL { ?source kg:reportYear/kg:year ?year }
  OPTIONAL { ?definition dct:isPartOf ?unit OPTIONAL { ?unit kg:number ?box } }
  OPTIONAL { ?definition kg:voice ?voice }
  OPTIONAL { ?definition kg:headword ?headword }
  OPTIONAL { ?definition kg:headwordStart ?headwordStart }
  OPTIONAL { ?definition kg:headwordEnd ?headwordEnd }
  OPTIONAL { ?definition kg:numeral ?numeral }
  OPTIONAL { ?definition kg:readings ?readings }
  OPTIONAL { ?definition kg:expectedCount ?expected }
  OPTIONAL { ?definition kg:agrees ?agrees }
  OPTIONAL { ?definition kg:originLevel ?originLevel }
  OPTIONAL { ?definition kg:originCue ?originCue }
  OPTIONAL { ?definition kg:rule ?rule }
}
"""

_DATES = """
SELECT DISTINCT ?definition (STR(?stated) AS ?date) WHERE {
  ?definition a kg:Definition ;
    kg:statedDate ?stated .
}
"""

_SLOTS = """
SELECT DISTINCT ?definition ?term ?position ?text ?start ?end ?group ?gloss ?item WHERE {
  # VALUES ?term
  ?definition kg:defines ?term ;
    kg:slot ?slot .
  ?slot schema:position ?position ;
    rdf:value ?text .
  OPTIONAL { ?slot kg:start ?start OPTIONAL { ?slot kg:end ?end } }
  OPTIONAL { ?slot kg:group ?group }
  OPTIONAL { ?slot kg:gloss ?gloss }
  OPTIONAL { ?slot schema:item ?item }
}
ORDER BY ?definition ?position
"""

_MENTIONS = Scan(
    "?mention ?term ?document ?title ?year ?kind ?context ?rule ?prefix ?exact ?suffix ?start ?end ?part ?section",
    (
        "?mention oa:hasBody|kg:possibleTerm ?term",
        "?mention kg:context ?context",
        "?mention oa:hasTarget ?target",
        "?target oa:hasSource ?source",
        "?target oa:hasSelector ?quote",
        "?quote oa:exact ?exact",
        "?target oa:hasSelector ?place",
        "?place oa:start ?start",
        "?place oa:end ?end",
        "?source dct:identifier ?document",
    ),
    (
        ("?mention kg:kind ?kind",),
        ("?mention kg:rule ?rule",),
        ("?quote oa:prefix ?prefix",),
        ("?quote oa:suffix ?suffix",),
        ("?source dct:title ?title",),
        ("?source kg:reportYear/kg:year ?year",),
        ("?mention kg:inSection ?part", "?part dct:title ?section"),
    ),
)

#: Where the graph of one document is asked, without what is the same for all in it.
_MENTIONS_IN_ONE = Scan(
    "?mention ?term ?kind ?context ?prefix ?exact ?suffix ?start ?end ?part ?section",
    tuple(pattern for pattern in _MENTIONS.patterns if "?source" not in pattern),
    tuple(chain for chain in _MENTIONS.optional if not {"?source", "?rule"} & {*chain[0].split()}),
)

_POSSIBLE = """
SELECT DISTINCT ?mention ?term WHERE {
  # VALUES ?one
  ?mention kg:possibleTerm ?one, ?term .
}
ORDER BY ?mention ?term
"""

_COVERED = Scan(
    "?part ?year",
    ("?part kg:coversYear ?covered", "?covered kg:year ?year"),
)
_COVERED_WITH = Scan(
    "?part ?year",
    ("?mention oa:hasBody|kg:possibleTerm ?term", "?mention kg:inSection ?part", *_COVERED.patterns),
)


def mention_rows(store: Store, iris: list[str] | None) -> list[Row]:
    """The mentions of the terms `iris`, or of all, each with the years that its section covers.

    They come out of the graph, and out of the Parquet beside it where a build keeps them there; the graph has then
    only those that are open. A mention whose sense nothing decides is there once, with all its `senses`; those of others are empty.
    """
    covered: defaultdict[str | None, set[int]] = defaultdict(set)
    possible: list[Row] = []
    found: list[Row] = []
    for iri in [None] if iris is None else iris:
        found += (
            select(store, _MENTIONS.of_all())
            if iri is None
            else select(store, _MENTIONS.of_one("term"), term=iri)
        )
        for part, years in years_covered(store, iri).items():
            covered[part].update(years)
        possible += select(store, _POSSIBLE, **({} if iri is None else {"one": iri}))
    for row in found:
        row["covers"] = sorted(covered.get(row["part"], ()))
    return _once(found, possible, rows_beside(store, iris))


class Mentions(Protocol):
    """All mentions of a build, wherever they are."""

    def counts(self) -> Mapping[str, Counter[str]]:
        """How often each document has each term, by the ids of documents and the IRIs of terms."""

    def rows(self, document: str, terms: Collection[str] | None = None) -> Iterable[Row]:
        """The mentions of some terms, or of all, in a document, in order."""


def mentions_in(store: Store, document: str, graph: str, iris: list[str] | None = None) -> list[Row]:
    """The mentions in one document, by its id and the IRI of its graph, of the terms `iris` or of all.

    They have no year, nor those that their sections cover: other graphs say them.
    """
    wanted = " ".join(str(NamedNode(iri)) for iri in iris or ())
    given = "" if iris is None else f"VALUES ?term {{ {wanted} }}"
    found = select(store, _MENTIONS_IN_ONE.of_all(given), graph=graph)
    for row in found:
        row |= {"document": document, "covers": []}
    is_open = any(row["kind"] is None for row in found)
    possible = select(store, _POSSIBLE, graph=graph) if is_open else []
    return _once(found, possible, rows_beside(store, iris, document))


def _once(found: list[Row], possible: list[Row], beside: Iterator[Row]) -> list[Row]:
    """Each mention once, with its `senses` where it is open; what is found, and what lies beside the graph."""
    senses: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for row in possible:
        senses[row["mention"]][row["term"]] = None
    rows: dict[tuple[str, str], Row] = {}
    for row in found:
        open_to = list(senses.get(row["mention"], ()))
        kept = rows.setdefault((row["mention"], "" if open_to else row["term"]), row)
        kept["senses"] = open_to
        if open_to:
            kept |= {"kind": "core", "rule": "open"}
    for row in beside:
        told = {"part": row["section"], "section": row["section_title"], "senses": []}
        rows[row["mention"], row["term"]] = row | told
    return sorted(rows.values(), key=lambda row: (row["document"], row["start"], row["end"], row["term"]))


def rows_beside(store: Store, iris: list[str] | None, document: str | None = None) -> Iterator[Row]:
    """The rows of the Parquet beside a graph, of the terms `iris` or of all, in one document or in all."""
    if (folder := mentions_beside(store)) is None:
        return
    from kg.parquet import read

    yield from read(folder, iris, document=document)


def years_covered(store: Store, term: str | None = None) -> dict[str | None, set[int]]:
    """The years that each section speaks of, or each with a mention of the term `term`, by the section's IRI."""
    covered: defaultdict[str | None, set[int]] = defaultdict(set)
    asked = _COVERED.of_all() if term is None else _COVERED_WITH.of_one("term")
    for row in select(store, asked, **({} if term is None else {"term": term})):
        covered[row["part"]].add(row["year"])
    return covered


def _iris(store: Store, term: str | None) -> list[str] | None:
    return None if term is None else [found.iri for found in require_terms(store, term)]


def slots_by_definition(store: Store, iri: str | None = None) -> defaultdict[str, list[Row]]:
    slots: defaultdict[str, list[Row]] = defaultdict(list)
    for row in select(store, _SLOTS) if iri is None else select(store, _SLOTS, term=iri):
        slots[row["definition"]].append(row)
    return slots


def _names(store: Store) -> dict[str, list[str]]:
    """The Chinese labels of every term, its core first.

    The preferred label of a homonym is its core with a qualifier in brackets; the core is then
    among its other labels. Brackets that belong to a name stay.
    """
    names: dict[str, list[str]] = {}
    for row in select(store, LABELS):
        if row["kind"] not in ("pinyin", "english"):
            names.setdefault(row["term"], [row["preferred"]]).append(row["label"])
    for labels in names.values():
        bare = [label for label in labels if labels[0].startswith(f"{label}（") and labels[0].endswith("）")]
        if bare:
            labels.insert(0, max(bare, key=len))
    return names


def _label_in(headword: str | None, names: list[str]) -> str:
    """The name of a term that stands in `headword`: a definition may use another one than the core."""
    return next((name for name in names if name in (headword or "")), names[0])


def _entry_order(row: Row) -> tuple[Any, ...]:
    unboxed = row["box"] is None
    headword = -1 if row["headwordStart"] is None else row["headwordStart"]
    return row["document"], unboxed, row["box"] or 0, row["start"], headword, row["definition"]


def truth(text: str | None) -> bool | None:
    return None if text is None else text == "true"


def _period(covers: list[int]) -> str:
    if not covers:
        return ""
    return str(covers[0]) if covers[0] == covers[-1] else f"{covers[0]}–{covers[-1]}"
