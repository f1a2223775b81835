"""A built graph and its texts → the documents as one reads them: the text with its headings, boxes and mentions.

The graph says where things stand, the texts of record what stands there. All offsets are Unicode code
points of the text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pyoxigraph import Store

from kg.citations import citation
from kg.scans import Scan
from kg.store import select
from kg.views import Mentions, Row, mentions_in

MOST_BYTES = 1_000_000  #: of UTF-8 text that are given along; a page with more opens slowly


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, how deep it lies (the outermost have level 1), where its section ends, and the years that it covers."""

    start: int
    end: int
    level: int
    until: int
    covers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Box:
    """An explanatory part without its heading. `voice` says who speaks in it: editor or government."""

    start: int
    end: int
    voice: str


@dataclass(frozen=True, slots=True)
class Said:
    """A mention. It has several terms where nothing decides which one is meant; its kind is then "open"."""

    start: int
    end: int
    kind: str  #: core, or how else the term is referred to: listed, component, part …
    terms: tuple[str, ...]  #: IRIs


@dataclass(frozen=True, slots=True)
class Reading:
    """A document to be read. Without a text (it was not given, or is beyond the limit) it is only named."""

    id: str
    title: str
    year: int | None
    kind: str
    citation: str
    text: str | None
    headings: tuple[Heading, ...] = ()
    boxes: tuple[Box, ...] = ()
    mentions: tuple[Said, ...] = ()


def readings(
    store: Store, texts: Mapping[str, str], most: int = MOST_BYTES, mentions: Mentions | None = None
) -> tuple[Reading, ...]:
    """The documents of a graph, the newest first, a report before its digests.

    `texts` has the text of record of each document by its id. Texts are given along as long as they do not
    have more than `most` bytes together; of those beyond it only the names are told. The `mentions` are those in the
    store, for whom has them at hand.
    """
    graphs = {row["id"]: row["graph"] for row in select(store, _GRAPHS)}
    years = _years(store)
    found = []
    for row in sorted(select(store, DOCUMENTS.of_all()), key=_newest_first):
        text = texts.get(row["id"]) if most >= 0 else None
        if text is not None:
            most -= len(text.encode())
            if most < 0:  # it stays so: no older text in the place of one that is too long
                text = None
        found.append(_reading(store, row, text, graphs.get(row["id"]), years, mentions))
    return tuple(found)


def reading(store: Store, document: Mapping[str, Any], text: str) -> Reading:
    """One document, a row of `DOCUMENTS`, with its text of record."""
    (graph,) = (row["graph"] for row in select(store, _GRAPHS) if row["id"] == document["id"])
    return _reading(store, document, text, graph, _years(store))


def _reading(
    store: Store,
    row: Mapping[str, Any],
    text: str | None,
    graph: str | None,
    years: Mapping[str, int],
    mentions: Mentions | None = None,
) -> Reading:
    told = (row["id"], row["title"] or row["id"], row["year"], row["kind"], citation(row), text)
    if text is None or not graph:
        return Reading(*told)
    rows = mentions.rows(row["id"]) if mentions else mentions_in(store, row["id"], graph)
    return Reading(*told, _headings(store, graph, years), _boxes(store, graph), _said(rows))


#: The documents, with what a citation needs.
DOCUMENTS = Scan(
    "?id ?title ?kind ?year ?length ?level ?issuer ?date ?speaker ?session ?publisher ?url",
    ("?doc kg:documentKind ?kind", "?doc dct:identifier ?id", "?doc kg:length ?length"),
    (
        ("?doc dct:title ?title",),
        ("?doc kg:reportYear ?of", "?of kg:year ?year"),
        ("?doc kg:level ?level",),
        ("?doc kg:issuer ?issuer",),
        ("?doc dct:date ?date",),
        ("?doc kg:speaker ?speaker",),
        ("?doc kg:session ?session",),
        ("?doc dct:publisher ?publisher",),
        ("?doc schema:url ?url",),
    ),
)
_HEADINGS = """
SELECT DISTINCT ?part ?heading ?start ?end WHERE {
  ?part a kg:Section ; kg:heading ?heading ; kg:start ?start ; kg:end ?end .
} ORDER BY ?start DESC(?end)"""
_COVERED = "SELECT DISTINCT ?part ?year WHERE { ?part a kg:Section ; kg:coversYear ?year } ORDER BY ?year"
_YEARS = "SELECT DISTINCT ?iri ?year WHERE { ?iri a dct:PeriodOfTime ; kg:year ?year }"
_BOXES = """
SELECT DISTINCT ?part ?voice ?start ?end WHERE {
  ?part a kg:Box ; kg:voice ?voice ; kg:start ?start ; kg:end ?end .
} ORDER BY ?start"""
_GRAPHS = (
    "SELECT DISTINCT ?id ?graph WHERE { GRAPH ?graph { ?doc kg:documentKind ?kind ; dct:identifier ?id } }"
)


def _newest_first(row: Mapping[str, Any]) -> tuple[int, bool, str]:
    return -(row["year"] or 0), row["kind"] == "abridgement", row["id"]


def _years(store: Store) -> dict[str, int]:
    """The years by their IRIs; the graph of a document has only these."""
    return {row["iri"]: row["year"] for row in select(store, _YEARS)}


def _headings(store: Store, graph: str, years: Mapping[str, int]) -> tuple[Heading, ...]:
    """Their levels follow from the sections: one lies inside another where it ends before it does."""
    covers: defaultdict[str, list[int]] = defaultdict(list)
    for row in select(store, _COVERED, graph=graph):
        covers[row["part"]].append(years[row["year"]])
    found: list[Heading] = []
    around: list[int] = []  # the end of each section that is open
    for row in select(store, _HEADINGS, graph=graph):
        while around and around[-1] <= row["start"]:
            around.pop()
        around.append(row["end"])
        end = row["start"] + len(row["heading"])
        found.append(Heading(row["start"], end, len(around), row["end"], tuple(sorted(covers[row["part"]]))))
    return tuple(found)


def _boxes(store: Store, graph: str) -> tuple[Box, ...]:
    return tuple(Box(row["start"], row["end"], row["voice"]) for row in select(store, _BOXES, graph=graph))


def _said(rows: Iterable[Row]) -> tuple[Said, ...]:
    return tuple(
        Said(
            row["start"],
            row["end"],
            "open" if row["senses"] else row["kind"],
            tuple(sorted(row["senses"]) or (row["term"],)),
        )
        for row in rows
    )
