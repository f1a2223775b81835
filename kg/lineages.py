"""One formula through all years of an issuer: the wordings it has had, which were kept, changed, dropped, taken up again.

The graph says which documents there are, what in them is an explanation, and of which years a section speaks; the texts
of record say what stands there. Full texts alone prove something: what a digest has is present and not counted,
and a year without a full text is unknown.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any

from pyoxigraph import Store

from kg.errors import KgError
from kg.forms import Formula, formula
from kg.lookup import find_terms
from kg.phrasings import KINDS, Phrasing, find_phrasings
from kg.store import select
from kg.views import mention_rows

#: What the sorts of wording are called; in a table, on a page, in a picture.
SORTS = KINDS | {"listed": "只列要素 parts listed"}
#: How a wording stands to the last full text before, and its sign.
CHANGES = {
    "came": ("+", "始见 first seen"),
    "kept": ("=", "沿用 kept"),
    "returned": ("↻", "复现 returned"),
    "went": ("−", "不再 gone"),
}
QUOTED = 60  #: characters of a sentence that are quoted on each side at most
_SENTENCE = re.compile("[。；！？\n]")


@dataclass(frozen=True, slots=True)
class Said:
    """One place where the formula is said. Offsets are code points of the text of record, the end exclusive."""

    year: int
    document: str
    digest: bool  #: in a digest, which counts for nothing
    start: int
    end: int
    said: str  #: the wording, without quotation marks
    kind: str  #: one of `KINDS` of `kg.phrasings`, or "listed": a list of its parts, as the graph has it
    old: str  #: what of the formula is not there …
    new: str  #: … and what is there instead
    doubt: str  #: why it may be something else; empty where nothing speaks for that
    before: str  #: the verb that governs it: 继续实施
    after: str  #: what its clause goes on to say: 要松紧适度
    left: str  #: its sentence up to it …
    text: str  #: … the words themselves, `text[start:end]` of the document …
    right: str  #: … and from it
    covers: tuple[int, ...]  #: the years that its section speaks of, where it says so
    retrospect: bool  #: whether these lie before the year of the report


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a wording stands in: 继续实施 ～, ～ 要松紧适度; and in which years."""

    before: str
    after: str
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Variant:
    """A wording of the formula and its years, which are those of full texts.

    `gaps` are the runs of years between the first and the last whose full texts have it not.
    """

    said: str
    kind: str
    old: str
    new: str
    doubt: str
    years: tuple[int, ...]
    gaps: tuple[tuple[int, int], ...]
    digests: tuple[int, ...]  #: years in which a digest has it
    retrospect: tuple[int, ...]  #: years in which it stands only where the report looks back
    times: int  #: in full texts
    ended: bool  #: whether a full text after the last of its years lacks it
    phrases: tuple[Phrase, ...]

    @property
    def first(self) -> int | None:
        """The first year whose full texts have it; None where only a digest has."""
        return self.years[0] if self.years else None

    @property
    def last(self) -> int | None:
        """The last year whose full texts have it."""
        return self.years[-1] if self.years else None


@dataclass(frozen=True, slots=True)
class YearOf:
    """A year of the issuer. What is doubtful neither comes nor goes.

    `went` are wordings of the last full text before that are not in this one.
    """

    year: int
    presence: str  #: exact, variant, doubtful, absent, or unknown where there is no full text
    documents: tuple[str, ...]  #: the ids of its full texts
    digests: tuple[str, ...]  #: the ids of its digests
    came: tuple[str, ...]
    kept: tuple[str, ...]
    returned: tuple[str, ...]
    went: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lineage:
    """A formula through the years of an issuer, from its first report to its last."""

    formula: str
    issuer: str | None
    others: tuple[str, ...]  #: issuers of the build that were not looked at
    full_texts: int
    years: tuple[YearOf, ...]
    variants: tuple[Variant, ...]  #: the doubtful ones last
    places: tuple[Said, ...]  #: by year, document and place


def lineage(store: Store, texts: Path, asked: str, issuer: str | None = None) -> Lineage:
    """The formula `asked`, any words, through the years of `issuer`, by default the one with the longest series.

    `texts` is the folder with the texts of record. Raises `KgError` where no issuer is of that name, where a text
    is not the one that the graph was made from, and where there is no report with a year.
    """
    name, documents, others = _series(store, issuer)
    bodies = {row["document"]: _without_boxes(store, row, _text(texts, row)) for row in documents}
    full = {row["document"] for row in documents if row["kind"] != "abridgement"}
    sought = formula(asked, bodies)
    rows = {row["document"]: row for row in documents}
    sections, listed = _sections(store), _listed(store, sought)
    places = [
        _said(rows[doc], bodies[doc], wording, sections[doc])
        for doc, wordings in find_phrasings(sought).items()
        for wording in (*wordings, *listed[doc])
    ]
    places = _doubted(sorted(places, key=lambda each: (each.year, each.document, each.start)))
    years = tuple(_years(documents, places))
    looked = [each.year for each in years if each.documents]
    return Lineage(
        sought.text, name, others, len(full), years, tuple(_variants(places, looked)), tuple(places)
    )


# --- the texts of an issuer -----------------------------------------------------------------------------

_DOCUMENTS = """
SELECT DISTINCT ?document ?kind ?year ?issuer ?sha256 ?graph WHERE {
  GRAPH ?graph { ?doc kg:documentKind ?kind ; dct:identifier ?document ; kg:sha256 ?sha256 }
  OPTIONAL { ?doc kg:reportYear/kg:year ?year } OPTIONAL { ?doc kg:issuer ?issuer }
} ORDER BY ?year ?document"""
_BOXES = "SELECT DISTINCT ?start ?end WHERE { ?part a kg:Box ; kg:start ?start ; kg:end ?end }"
_SECTIONS = """
SELECT DISTINCT ?document ?start ?end ?year WHERE {
  ?part a kg:Section ; dct:isPartOf ?doc ; kg:start ?start ; kg:end ?end ; kg:coversYear/kg:year ?year .
  ?doc dct:identifier ?document
} ORDER BY ?document ?start DESC(?end) ?year"""

_Section = tuple[int, int, tuple[int, ...]]


def _series(store: Store, issuer: str | None) -> tuple[str | None, list[dict[str, Any]], tuple[str, ...]]:
    """The issuer, its documents that have a year, and the other issuers."""
    series: defaultdict[str | None, list[dict[str, Any]]] = defaultdict(list)
    for row in select(store, _DOCUMENTS):
        if row["year"] is not None:
            series[row["issuer"]].append(row)
    if not series:
        raise KgError("no document of this build has a year: give it one in corpus.toml, and build again")

    def length(name: str | None) -> tuple[int, int, str]:
        full = {row["year"] for row in series[name] if row["kind"] != "abridgement"}
        return -len(full), -len(series[name]), name or ""

    known = sorted(series, key=length)
    wanted = known[:1] if issuer is None else [name for name in known if name == issuer]
    wanted = wanted or [name for name in known if name and issuer and issuer in name]
    if len(wanted) != 1:
        named = "、".join(name for name in known if name) or "none"
        raise KgError(
            f"{len(wanted) or 'no'} issuers of this build are called {issuer!r}: give one of {named}"
        )
    return wanted[0], series[wanted[0]], tuple(name for name in known if name and name != wanted[0])


def _text(texts: Path, row: Mapping[str, Any]) -> str:
    path = texts / f"{row['document']}.txt"
    try:
        content = path.read_bytes()
    except OSError as error:
        raise KgError(f"{path}: cannot be read ({error.strerror}); run `kg build` again") from None
    if hashlib.sha256(content).hexdigest() != row["sha256"]:
        raise KgError(f"{path}: is another text than the graph was made from; run `kg build` again")
    return content.decode("utf-8")


def _without_boxes(store: Store, row: Mapping[str, Any], text: str) -> str:
    """The text with nothing in its boxes and glossaries, so that all offsets stay."""
    for box in select(store, _BOXES, graph=row["graph"]):
        text = text[: box["start"]] + "\n" * (box["end"] - box["start"]) + text[box["end"] :]
    return text


def _sections(store: Store) -> defaultdict[str, list[_Section]]:
    """Of each document the sections that say of which years they speak, the inner ones later."""
    found: defaultdict[str, list[_Section]] = defaultdict(list)
    rows = select(store, _SECTIONS)
    for (doc, start, end), same in groupby(rows, key=lambda row: (row["document"], row["start"], row["end"])):
        found[doc].append((start, end, tuple(row["year"] for row in same)))
    return found


# --- the places -----------------------------------------------------------------------------------------


def _listed(store: Store, sought: Formula) -> defaultdict[str, list[Phrasing]]:
    """By document where its text lists the parts of a term without the name, as the graph has it."""
    found: defaultdict[str, list[Phrasing]] = defaultdict(list)
    if any(char in _COUNTS for char in sought.text):
        iris = [term.iri for term in find_terms(store, sought.text) if term.label == sought.text]
        for row in mention_rows(store, iris) if iris else ():
            if row["kind"] == "listed" and row["context"] == "body":
                words = Phrasing(row["start"], row["end"], row["exact"], "listed", sought.text, row["exact"])
                found[row["document"]].append(words)
    return found


_COUNTS = "一二两三四五六七八九十百千双0123456789"  #: what counts has parts that can be listed


def _said(row: Mapping[str, Any], text: str, wording: Phrasing, sections: Iterable[_Section]) -> Said:
    start, end = wording.start, wording.end
    begin = max(
        [
            start - QUOTED,
            0,
            *(found.end() for found in _SENTENCE.finditer(text, max(0, start - QUOTED), start)),
        ]
    )
    stop = _SENTENCE.search(text, end, end + QUOTED)
    covers = [years for first, last, years in sections if first <= start < last]
    return Said(
        year=row["year"],
        document=row["document"],
        digest=row["kind"] == "abridgement",
        start=start,
        end=end,
        said=wording.said,
        kind=wording.kind,
        old=wording.old,
        new=wording.new,
        doubt=wording.doubt,
        before=wording.before,
        after=wording.after,
        left=text[begin:start],
        text=text[start:end],
        right=text[end : stop.end() if stop else end + QUOTED].rstrip("\n"),
        covers=covers[-1] if covers else (),
        retrospect=bool(covers) and max(covers[-1]) < row["year"],
    )


def _doubted(places: list[Said]) -> list[Said]:
    """A shorter wording that was gone before the formula came is no shortening of it."""
    exact = next((each.year for each in places if each.kind == "exact"), None)
    last = {each.said: each.year for each in places}
    return [
        replace(each, doubt="早于原话 older than the formula")
        if exact and each.kind == "shortened" and not each.doubt and last[each.said] < exact
        else each
        for each in places
    ]


# --- years and variants ---------------------------------------------------------------------------------


def _years(documents: Sequence[Mapping[str, Any]], places: Sequence[Said]) -> Iterator[YearOf]:
    full: defaultdict[int, list[str]] = defaultdict(list)
    digests: defaultdict[int, list[str]] = defaultdict(list)
    for row in documents:
        (digests if row["kind"] == "abridgement" else full)[row["year"]].append(row["document"])
    here: defaultdict[int, list[Said]] = defaultdict(list)
    for each in places:
        if not each.digest:
            here[each.year].append(each)
    seen: dict[str, None] = {}
    before: list[str] = []
    for year in range(documents[0]["year"], documents[-1]["year"] + 1):
        now = list(dict.fromkeys(each.said for each in here[year] if not each.doubt))
        kinds = {each.kind for each in here[year] if not each.doubt}
        presence = (
            "exact" if "exact" in kinds else "variant" if kinds else "doubtful" if here[year] else "absent"
        )
        yield YearOf(
            year=year,
            presence=presence if full[year] else "unknown",
            documents=tuple(full[year]),
            digests=tuple(digests[year]),
            came=tuple(said for said in now if said not in seen),
            kept=tuple(said for said in now if said in before),
            returned=tuple(said for said in now if said in seen and said not in before),
            went=tuple(said for said in before if said not in now) if full[year] else (),
        )
        seen |= dict.fromkeys(now)
        before = now if full[year] else before


def _variants(places: Sequence[Said], looked: Sequence[int]) -> Iterator[Variant]:
    """The wordings, the sure ones first, by their first year."""
    groups: defaultdict[tuple[bool, str], list[Said]] = defaultdict(list)
    for each in places:
        groups[bool(each.doubt), each.said].append(each)
    for (doubtful, said), same in sorted(groups.items(), key=lambda item: (item[0][0], item[1][0].year)):
        years = sorted({each.year for each in same if not each.digest})
        lacking = [year for year in looked if years and years[0] < year < years[-1] and year not in years]
        one = same[0]
        yield Variant(
            said=said,
            kind=one.kind,
            old=one.old,
            new=one.new,
            doubt=one.doubt if doubtful else "",
            years=tuple(years),
            gaps=tuple(_runs(lacking, looked)),
            digests=tuple(sorted({each.year for each in same if each.digest})),
            retrospect=tuple(
                year for year in years if all(each.retrospect for each in same if each.year == year)
            ),
            times=sum(not each.digest for each in same),
            ended=bool(years) and looked[-1] > years[-1],
            phrases=tuple(_phrases(same)),
        )


def _phrases(same: Sequence[Said]) -> Iterator[Phrase]:
    years: defaultdict[tuple[str, str], dict[int, None]] = defaultdict(dict)
    for each in same:
        if not each.digest and (each.before or each.after):
            years[each.before, each.after][each.year] = None
    for (before, after), told in years.items():
        yield Phrase(before, after, tuple(told))


def _runs(years: Sequence[int], looked: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Years as runs in which no other year of `looked` stands."""
    places = {year: at for at, year in enumerate(looked)}
    for _, run in groupby(enumerate(years), key=lambda pair: places[pair[1]] - pair[0]):
        same = [year for _, year in run]
        yield same[0], same[-1]
