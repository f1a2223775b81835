"""Readings → what the template of the reports writes: blocks of text, cut where a mention begins or ends.

HTML cannot nest what overlaps, so a block is a row of pieces, each with the mentions that lie over it.
The text of the blocks, joined, is the text of record, character for character.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from types import MappingProxyType

from kg.editions.doubts import is_doubtful
from kg.editions.places import NAMING, plan
from kg.readings import Box, Reading, Said

_BOX_TITLE = 20  #: characters that the title of a box has at most


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text and the numbers of the mentions over it, the shortest first."""

    text: str
    mentions: tuple[int, ...]
    term: int | None  #: the place in the glossary of the term that the shortest one names
    kind: str
    lead: bool  #: whether it is part of a heading that the text runs on from


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph; `level` is that of the heading it is, or 0."""

    at: int
    level: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Neighbouring blocks in one voice: an empty one is the document's own."""

    voice: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A reading, ready for the template, with JSON for the script.

    `mentions` has of each its start, its length, the number of its kind and its terms; `headings` of each its
    start, its length, its level and where its section ends; `notes` where each box of the annotated edition stands, and
    the terms that it explains.
    """

    reading: Reading
    parts: tuple[Part, ...]
    mentions: str
    headings: str
    notes: str


def kinds_of(readings: Sequence[Reading]) -> list[str]:
    """How terms are referred to in the readings; a mention says it by its number here."""
    return sorted({said.kind for reading in readings for said in reading.mentions})


@dataclass(frozen=True, slots=True)
class Given:
    """A definition on the page: whose it is, and its headword; `noted` where it stands in the list of a government."""

    label: str
    document: str
    issuer: str | None
    headword: str | None
    noted: bool


NATION = "国务院"  #: whose definitions are everybody's


def sheets(
    readings: Sequence[Reading],
    places: Mapping[str, int],
    given: Mapping[str, Sequence[Given]] = MappingProxyType({}),
    issuers: Mapping[str, str | None] = MappingProxyType({}),
) -> list[Sheet]:
    """The readings that have a text; `places` has the place of each term in the glossary, `given` its definitions there,
    and `issuers` who issued each document."""
    kinds = kinds_of(readings)
    return [
        _sheet(reading, reading.text, places, kinds, _notes(reading, places, given, issuers.get(reading.id)))
        for reading in readings
        if reading.text is not None
    ]


def _notes(
    reading: Reading, places: Mapping[str, int], given: Mapping[str, Sequence[Given]], issuer: str | None
) -> list[list[int]]:
    """The boxes of the annotated edition: where the paragraph begins that each follows, and the terms in it."""
    said: defaultdict[str, list[Said]] = defaultdict(list)
    for each in reading.mentions:
        if (
            each.kind in NAMING
            and len(each.terms) == 1
            and each.terms[0] in given
            and each.terms[0] in places
        ):
            said[each.terms[0]].append(each)
    sure = [
        each
        for term, mentions in said.items()
        if any(
            one.document == reading.id
            or one.issuer in (issuer or NATION, NATION)
            or not is_doubtful(reading.text or "", mentions, one.label, one.headword)
            for one in given[term]
        )
        for each in mentions
    ]
    noted = {term for term in said if any(one.noted and one.document == reading.id for one in given[term])}
    made = plan(reading, sure, noted)
    found: defaultdict[int, list[int]] = defaultdict(list)
    for place in sorted(made.homes.values(), key=lambda each: (each.start, each.term)):
        found[made.paragraphs[place.behind].start].append(places[place.term])
    return [[at, *terms] for at, terms in sorted(found.items())]


def _sheet(
    reading: Reading,
    text: str,
    places: Mapping[str, int],
    kinds: Sequence[str],
    notes: list[list[int]],
) -> Sheet:
    known = [said for said in reading.mentions if any(term in places for term in said.terms)]
    numbers = [
        [
            said.start,
            said.end - said.start,
            kinds.index(said.kind),
            *(places[term] for term in said.terms if term in places),
        ]
        for said in known
    ]
    blocks = list(_blocks(text, reading, known, places))
    return Sheet(
        reading,
        parts=tuple(_parts(blocks, reading.boxes)),
        mentions=json.dumps(numbers, separators=(",", ":")),
        headings=json.dumps(
            [[each.start, each.end - each.start, each.level, each.until] for each in reading.headings],
            separators=(",", ":"),
        ),
        notes=json.dumps(notes, separators=(",", ":")),
    )


def _blocks(text: str, reading: Reading, said: Sequence[Said], places: Mapping[str, int]) -> Iterator[Block]:
    """Paragraphs, cut too where a box begins or ends within one."""
    headings = {heading.start: heading for heading in reading.headings}
    edges = {edge for box in reading.boxes for edge in (box.start, box.end)}
    stops = sorted(edges | {at for at, sign in enumerate(text) if sign == "\n"} | {len(text)})
    reach = max((each.end - each.start for each in said), default=0)
    starts = [each.start for each in said]
    start = 0
    for stop in stops:
        if start < stop:
            near = range(bisect_left(starts, start - reach), bisect_right(starts, stop))
            over = [n for n in near if said[n].start < stop and start < said[n].end]
            heading = headings.get(start)
            lead = heading.end if heading and heading.end < stop else start
            level = heading.level if heading and heading.end >= stop else 0
            yield Block(start, level, tuple(_pieces(text, start, stop, lead, over, said, places)))
        start = stop + 1 if text[stop : stop + 1] == "\n" else stop


def _pieces(
    text: str,
    start: int,
    stop: int,
    lead: int,
    over: Sequence[int],
    said: Sequence[Said],
    places: Mapping[str, int],
) -> Iterator[Piece]:
    ends = {end for n in over for end in (said[n].start, said[n].end)}
    cuts = sorted({start, stop, lead} | {end for end in ends if start < end < stop})
    for one, other in pairwise(cuts):
        here = sorted(
            (n for n in over if said[n].start <= one and other <= said[n].end),
            key=lambda n: (said[n].end - said[n].start, n),
        )
        first = said[here[0]] if here else None
        yield Piece(
            text[one:other],
            tuple(here),
            term=next((places[term] for term in first.terms if term in places), None) if first else None,
            kind=first.kind if first else "",
            lead=other <= lead,
        )


def _parts(blocks: Sequence[Block], boxes: Sequence[Box]) -> Iterator[Part]:
    """Blocks by the box they stand in; the title of a box, a short line before it, goes with it."""
    opens = {box.start: box for box in boxes}
    inside = [next((box for box in boxes if box.start <= block.at < box.end), None) for block in blocks]
    for at, (block, following) in enumerate(pairwise(blocks)):
        short = sum(len(piece.text) for piece in block.pieces) <= _BOX_TITLE
        if inside[at] is None and following.at in opens and short and not block.level:
            inside[at] = opens[following.at]
    for box, run in groupby(zip(inside, blocks, strict=True), key=lambda pair: pair[0]):
        yield Part(box.voice if box else "", tuple(block for _, block in run))
