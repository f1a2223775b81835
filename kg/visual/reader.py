"""Readings → what the template of the reports writes: blocks of text, cut where a mention begins or ends.

HTML cannot nest what overlaps, so a block is a row of pieces, each with the mentions that lie over it.
The text of the blocks, joined, is the text of record, character for character.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

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
    start, its length, its level and where its section ends.
    """

    reading: Reading
    parts: tuple[Part, ...]
    mentions: str
    headings: str


def kinds_of(readings: Sequence[Reading]) -> list[str]:
    """How terms are referred to in the readings; a mention says it by its number here."""
    return sorted({said.kind for reading in readings for said in reading.mentions})


def sheets(readings: Sequence[Reading], places: Mapping[str, int]) -> list[Sheet]:
    """The readings that have a text; `places` has the place of each term in the glossary."""
    kinds = kinds_of(readings)
    return [_sheet(reading, reading.text, places, kinds) for reading in readings if reading.text is not None]


def _sheet(reading: Reading, text: str, places: Mapping[str, int], kinds: Sequence[str]) -> Sheet:
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
