"""A built graph and its texts → two reports of one issuer side by side: their sentences, and what changed, foremost first.

The graph says which documents there are, where their parts and boxes stand and which terms they have; the texts
of record have the words. No source is read, but for a report that is a file and in no build.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from pyoxigraph import Store

from kg.alignments import Pair, align
from kg.arrivals import Arrival, is_file, read_arrival
from kg.changes import Change, find_changes
from kg.choices import FULL, chosen, issuer_of, several
from kg.errors import KgError
from kg.formulas import Reports
from kg.model import Document, Kind, Section, Span
from kg.quantities import Target, find_targets, quantity_names
from kg.store import select

_TEXTS = "text"  #: the folder of the texts of record, as in kg.pipeline
_HEADING = 20  #: characters that the heading of a box has at most


@dataclass(frozen=True)
class Wording:
    """Two reports of one issuer side by side."""

    old: Document
    new: Document
    pairs: tuple[Pair, ...]  #: all their sentences, as they are aligned
    changes: tuple[Change, ...]  #: the foremost first
    years: tuple[
        int, ...
    ]  #: of the full reports of the issuer, from which it is told how long something was said
    sections: tuple[Section, ...] = ()  #: of both

    @property
    def targets(self) -> tuple[tuple[str, Target | None, Target | None], ...]:
        """Every quantity that either report sets a target for, with both targets, also where they are the same."""
        before, after = find_targets(self.old), find_targets(self.new)
        return tuple(
            (name, before.get(name), after.get(name))
            for name in quantity_names()
            if name in before or name in after
        )

    def place(self, span: Span) -> str:
        """The headings that a stretch stands under, from the outermost: 二、2024年工作安排 › （一）…"""
        found = [section for section in self.sections if span in section.span]
        return max(found, key=lambda section: section.span.start).path[0] if found else ""


def wording(
    store: Store,
    output: Path,
    old: str | int | None = None,
    new: str | int | None = None,
    issuer: str | None = None,
) -> Wording:
    """Two full reports of one issuer, told by years, ids or files: by default the newest, and the one before it.

    `output` is the folder of the build; a file need not be in it. Raises `KgError` where a report is not there, is a
    digest, or could be several, with what there is.
    """
    shelf = _Shelf(store, output / _TEXTS)
    old, new = (shelf.taken_in(name, issuer) for name in (old, new))
    return shelf.wording(*chosen(shelf.rows, old, new, issuer))


class _Shelf:
    """The documents of a build, each with what is not its own words."""

    def __init__(self, store: Store, texts: Path) -> None:
        self._store, self._texts = store, texts
        self.rows = sorted(
            (row for row in select(store, _DOCUMENTS) if row["year"]),
            key=lambda row: (row["year"], row["id"]),
        )
        self._iris = {row["id"]: row["doc"] for row in self.rows}
        self._arrivals: dict[str, Arrival] = {}

    @cached_property
    def _boxes(self) -> Mapping[str, list[tuple[int, int]]]:
        found: dict[str, list[tuple[int, int]]] = {}
        for row in select(self._store, _BOXES):
            found.setdefault(row["id"], []).append((row["start"], row["end"]))
        return found

    def taken_in(self, name: str | int | None, issuer: str | None) -> str | int | None:
        """The name of a report; where it is that of a file which the build has not, this stands with the others from now on."""
        if name is None or any(str(name) in (row["id"], str(row["year"])) for row in self.rows):
            return name
        path = Path(str(name))
        if not is_file(path):
            return name
        labels = (row["label"] for row in select(self._store, _LABELS))
        found = read_arrival(path, self._iris, labels)
        doc = found.doc
        known = {issuer_of(row) for row in self.rows if row["kind"] in FULL}
        whose = issuer or doc.issuer or doc.region or (min(known) if len(known) == 1 else None)
        mine = next((row for row in self.rows if whose in (issuer_of(row), row["region"])), None)
        if mine is None:
            raise KgError(
                f"{name}: whose report it is cannot be told; say it with --issuer: {several(sorted(known))}"
            )
        facts = {each: mine[each] for each in ("issuer", "region")}
        row = {"doc": None, "id": doc.id, "title": doc.title, "kind": doc.kind, "year": doc.year, **facts}
        self.rows = sorted([*self.rows, row], key=lambda row: (row["year"], row["id"]))
        self._arrivals[doc.id] = replace(found, doc=replace(doc, **facts))
        return doc.id

    def wording(self, old: Mapping[str, Any], new: Mapping[str, Any]) -> Wording:
        """Two documents side by side, by all full reports of their issuer."""
        chosen = {old["year"]: old, new["year"]: new}
        for row in self.rows:
            if row["kind"] in FULL and issuer_of(row) == issuer_of(new):
                chosen.setdefault(row["year"], row)
        read = [(doc, self._outside(doc)) for doc in map(self._read, chosen.values())]
        reports = Reports(read)
        docs = {doc.id: doc for doc, _ in read}
        earlier, later = docs[old["id"]], docs[new["id"]]
        pairs = align(
            earlier, later, [span for doc, spans in read if doc in (earlier, later) for span in spans]
        )
        sections = (*self._sections(earlier), *self._sections(later))
        terms = {label for doc in (earlier, later) for label in self._terms(doc)}
        changes = find_changes(earlier, later, pairs, reports, sections, terms)
        years = tuple(doc.year or 0 for doc in reports.docs)
        return Wording(earlier, later, pairs, changes, years, sections)

    def _read(self, row: Mapping[str, Any]) -> Document:
        if row["id"] in self._arrivals:
            return self._arrivals[row["id"]].doc
        path = self._texts / f"{row['id']}.txt"
        try:
            text = path.read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError):
            raise KgError(f"{path} cannot be read: run `kg build` again") from None
        facts = {name: row[name] for name in ("title", "issuer", "region", "year")}
        return Document(row["id"], text, kind=Kind(row["kind"]), **facts)

    def _outside(self, doc: Document) -> list[Span]:
        """The boxes and glossaries of a document, each with its heading."""
        if doc.id in self._arrivals:
            return [doc.span(span.start, span.end) for span in self._arrivals[doc.id].outside]
        found = []
        for start, end in self._boxes.get(doc.id, ()):
            line = doc.text.rfind("\n", 0, max(start - 1, 0)) + 1
            found.append(doc.span(line if start - line <= _HEADING else start, end))
        return found

    def _sections(self, doc: Document) -> list[Section]:
        if doc.id in self._arrivals:
            return list(self._arrivals[doc.id].sections)
        return [
            Section(
                doc.span(row["start"], row["end"]),
                doc.span(row["start"], row["start"] + len(row["heading"])),
                (row["path"],),
                (),
            )
            for row in select(self._store, _SECTIONS, doc=self._iris[doc.id])
        ]

    def _terms(self, doc: Document) -> Iterable[str]:
        if doc.id in self._arrivals:
            return self._arrivals[doc.id].slogans
        return [row["label"] for row in select(self._store, _TERMS, doc=self._iris[doc.id])]


_DOCUMENTS = """
SELECT DISTINCT ?doc ?id ?title ?kind ?issuer ?region ?year WHERE {
  ?doc kg:documentKind ?kind ; dct:identifier ?id ; kg:reportYear/kg:year ?year .
  OPTIONAL { ?doc dct:title ?title } OPTIONAL { ?doc kg:issuer ?issuer } OPTIONAL { ?doc kg:region ?region }
} ORDER BY ?id"""
_BOXES = """
SELECT DISTINCT ?id ?start ?end WHERE {
  ?part a kg:Box ; kg:start ?start ; kg:end ?end ; dct:isPartOf/dct:identifier ?id .
} ORDER BY ?id ?start"""
_SECTIONS = """
SELECT DISTINCT ?doc ?heading ?path ?start ?end WHERE {
  ?part a kg:Section ; dct:isPartOf ?doc ; dct:title ?path ;
    kg:heading ?heading ; kg:start ?start ; kg:end ?end .
} ORDER BY ?start DESC(?end)"""
_LABELS = """
SELECT DISTINCT ?label WHERE {
  ?term a kg:Term ; skos:prefLabel ?label . FILTER(LANGMATCHES(LANG(?label), "zh"))
} ORDER BY ?label"""
_TERMS = """
SELECT DISTINCT ?doc ?label WHERE {
  ?state kg:stateOf ?term ; dct:source ?doc . ?term skos:prefLabel ?label .
  FILTER(LANGMATCHES(LANG(?label), "zh"))
} ORDER BY ?label"""


def rows(found: Wording, most: int | None = None) -> list[dict[str, Any]]:
    """The changes as plain rows, the foremost first; offsets are code points of the texts of record, ends exclusive."""
    told = []
    for number, change in enumerate(found.changes[:most], start=1):
        row: dict[str, Any] = {
            "rank": number,
            "kind": str(change.kind),
            "about": change.about,
            "was": change.was.text if change.was else None,
            "now": change.now.text if change.now else None,
            "reports": change.reports,
            "gap": change.gap,
            "passage": change.passage,
            "years": list(change.years),
            "weight": round(change.weight, 2),
        }
        for side, doc, spans in (("old", found.old, change.old), ("new", found.new, change.new)):
            row |= {
                side: [span.text for span in spans],
                f"{side}_document": doc.id if spans else None,
                f"{side}_start": [span.start for span in spans],
                f"{side}_end": [span.end for span in spans],
                f"{side}_place": found.place(spans[0]) if spans else None,
            }
        told.append(row)
    return told
