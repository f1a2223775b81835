"""A built graph and its texts → two reports of one issuer side by side: their sentences, and what changed, foremost first.

The graph says which documents there are, where their parts and boxes stand and which terms they have; the texts
of record have the words. No source is read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pyoxigraph import Store

from kg.alignments import Pair, align
from kg.changes import Change, find_changes
from kg.errors import KgError
from kg.formulas import Reports
from kg.model import Document, Kind, Section, Span
from kg.quantities import Target, find_targets, quantity_names
from kg.store import select

_FULL = (Kind.REPORT, Kind.ANNOTATED)  #: a digest leaves out what its report says: that proves nothing
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
    """Two full reports of one issuer, told by their years or ids: by default the newest, and the one before it.

    `output` is the folder of the build. Raises `KgError` where a report is not there, is a digest, or could be
    several, with what there is.
    """
    shelf = _Shelf(store, output / _TEXTS)
    rows = [row for row in shelf.rows if issuer is None or issuer in (_issuer(row), row["region"])]
    if not rows:
        raise KgError(f"no document is by {issuer}; there are: {_several(map(_issuer, shelf.rows))}")
    later = _one(rows, new) if new is not None else None
    earlier = _one(rows, old) if old is not None else None
    if later is None:
        later = _newest(rows, earlier)
    if earlier is None:
        earlier = _before(rows, later)
    if _issuer(earlier) != _issuer(later):
        raise KgError(
            f"{earlier['id']} is by {_issuer(earlier)}, {later['id']} by {_issuer(later)}: compare reports of one"
        )
    if earlier["id"] == later["id"]:
        raise KgError(f"{later['id']} cannot be compared with itself; give another year")
    if earlier["year"] > later["year"]:
        earlier, later = later, earlier
    return shelf.wording(earlier, later)


class _Shelf:
    """The documents of a build, each with what is not its own words."""

    def __init__(self, store: Store, texts: Path) -> None:
        self._store, self._texts = store, texts
        self.rows = sorted(
            (row for row in select(store, _DOCUMENTS) if row["year"]),
            key=lambda row: (row["year"], row["id"]),
        )
        self._iris = {row["id"]: row["doc"] for row in self.rows}

    @cached_property
    def _boxes(self) -> Mapping[str, list[tuple[int, int]]]:
        found: dict[str, list[tuple[int, int]]] = {}
        for row in select(self._store, _BOXES):
            found.setdefault(row["id"], []).append((row["start"], row["end"]))
        return found

    def wording(self, old: Mapping[str, Any], new: Mapping[str, Any]) -> Wording:
        """Two documents side by side, by all full reports of their issuer."""
        chosen = {old["year"]: old, new["year"]: new}
        for row in self.rows:
            if row["kind"] in _FULL and _issuer(row) == _issuer(new):
                chosen.setdefault(row["year"], row)
        read = [(doc, self._outside(doc)) for doc in map(self._read, chosen.values())]
        reports = Reports(read)
        docs = {doc.id: doc for doc, _ in read}
        earlier, later = docs[old["id"]], docs[new["id"]]
        pairs = align(
            earlier, later, [span for doc, spans in read if doc in (earlier, later) for span in spans]
        )
        sections = (*self._sections(earlier), *self._sections(later))
        terms = {row["label"] for doc in (earlier, later) for row in self._terms(doc)}
        changes = find_changes(earlier, later, pairs, reports, sections, terms)
        years = tuple(doc.year or 0 for doc in reports.docs)
        return Wording(earlier, later, pairs, changes, years, sections)

    def _read(self, row: Mapping[str, Any]) -> Document:
        path = self._texts / f"{row['id']}.txt"
        try:
            text = path.read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError):
            raise KgError(f"{path} cannot be read: run `kg build` again") from None
        facts = {name: row[name] for name in ("title", "issuer", "region", "year")}
        return Document(row["id"], text, kind=Kind(row["kind"]), **facts)

    def _outside(self, doc: Document) -> list[Span]:
        """The boxes and glossaries of a document, each with its heading."""
        found = []
        for start, end in self._boxes.get(doc.id, ()):
            line = doc.text.rfind("\n", 0, max(start - 1, 0)) + 1
            found.append(doc.span(line if start - line <= _HEADING else start, end))
        return found

    def _sections(self, doc: Document) -> list[Section]:
        return [
            Section(
                doc.span(row["start"], row["end"]),
                doc.span(row["start"], row["start"] + len(row["heading"])),
                (row["path"],),
                (),
            )
            for row in select(self._store, _SECTIONS, doc=self._iris[doc.id])
        ]

    def _terms(self, doc: Document) -> list[dict[str, Any]]:
        return select(self._store, _TERMS, doc=self._iris[doc.id])


_NOBODY = "?"  #: the issuer of reports of which none is known


def _issuer(row: Mapping[str, Any]) -> str:
    return row["issuer"] or row["region"] or _NOBODY


def _several(names: Any) -> str:
    return ", ".join(dict.fromkeys(str(name) for name in names if name != _NOBODY))


def _one(rows: Sequence[Mapping[str, Any]], name: str | int) -> Mapping[str, Any]:
    """The full report of that id or year."""
    found = [row for row in rows if row["id"] == str(name)] or [
        row for row in rows if str(row["year"]) == str(name)
    ]
    full = [row for row in found if row["kind"] in _FULL]
    if not found and Path(str(name)).is_file():
        raise KgError(f"{name}: is not in the build: `kg add` it to the documents, build, and give its year")
    if not found:
        raise KgError(f"there is no report {name!r}; there are: {_several(_label(row) for row in rows)}")
    if not full:
        raise KgError(
            f"{_several(row['id'] for row in found)}: no full report, and what a digest leaves out proves nothing; "
            f"there are: {_several(_label(row) for row in rows if row['kind'] in _FULL)}"
        )
    if len({_issuer(row) for row in full}) > 1:
        raise KgError(
            f"{name}: reports of {_several(map(_issuer, full))}; say which with --issuer, or give an id"
        )
    return min(full, key=lambda row: (row["kind"] != Kind.REPORT, row["id"]))


def _label(row: Mapping[str, Any]) -> str:
    return str(row["year"])


def _newest(rows: Sequence[Mapping[str, Any]], earlier: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """The newest full report; with an earlier one given, the next one of its issuer."""
    full = [row for row in rows if row["kind"] in _FULL]
    if earlier is not None:
        full = [row for row in full if _issuer(row) == _issuer(earlier) and row["year"] > earlier["year"]]
        if not full:
            raise KgError(
                f"{earlier['id']} is the newest full report of {_issuer(earlier)}; give an older one"
            )
        return full[0]
    years: dict[str, set[int]] = {}
    for row in full:
        years.setdefault(_issuer(row), set()).add(row["year"])
    several = {one for one, found in years.items() if len(found) > 1}
    if not several:
        raise KgError("no issuer has two full reports to compare: add one with kg add")
    if len(several) > 1:
        raise KgError(f"reports of {_several(sorted(several))}; say which with --issuer")
    return [row for row in full if _issuer(row) in several][-1]


def _before(rows: Sequence[Mapping[str, Any]], later: Mapping[str, Any]) -> Mapping[str, Any]:
    """The full report before another one, of the same issuer."""
    full = [
        row
        for row in rows
        if row["kind"] in _FULL and _issuer(row) == _issuer(later) and row["year"] < later["year"]
    ]
    if not full:
        raise KgError(f"{later['id']} is the oldest full report of {_issuer(later)}; give two years")
    return _one([row for row in full if row["year"] == full[-1]["year"]], full[-1]["year"])


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
