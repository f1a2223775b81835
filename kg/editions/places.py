"""Where a text needs its explanations: its paragraphs, and behind which of them a box stands.

A term is explained once, where the text first takes it up. So do the editors of printed editions: a slogan that a
review or an opening summary names in passing is explained in the section that is about it. Governments number
their notes otherwise, at the first mention; a term of such a list is explained there.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kg.readings import Heading, Reading, Said
from kg.structure import glossary_heading

#: A section is read as one where its paragraphs have so many characters together: its box stands behind the last.
SHORT = 300
#: A paragraph says first what it is about: in so many sentences.
TOPIC = 2
#: A text that has lost its paragraphs is broken at the ends of sentences: where one is longer, into stretches of so many.
LONG, STRETCH = 3000, 600
#: The kinds of mentions that name a term; of a component alone, or a list without its name, nothing is explained.
NAMING = frozenset(("core", "long-form", "shared-head", "mark", "part"))

_SENTENCE_END = re.compile("[。！？；!?;]")
_ENDED = re.compile("[。！？；：…!?;:，,、][”’」）)]*$")
_TITLE = 45  #: characters of a line that may be a heading nobody marked


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the report itself, without its boxes; `level` is that of the heading it is, or 0."""

    start: int
    end: int
    level: int


@dataclass(frozen=True, slots=True)
class Place:
    """A mention of a term in the report, and the paragraph behind which what is said of it stands, by its number."""

    start: int
    end: int
    term: str
    behind: int


@dataclass(frozen=True, slots=True)
class Plan:
    """The paragraphs of a report, and where its terms are explained and named."""

    paragraphs: tuple[Paragraph, ...]
    places: tuple[Place, ...]  #: every mention, in order
    homes: Mapping[str, Place] = field(repr=False)  #: where each term is explained, by term

    def named(self) -> dict[int, list[str]]:
        """The terms that are named before each box, in the order of the text, by the paragraph that the box follows."""
        found: defaultdict[int, dict[str, None]] = defaultdict(dict)
        for place in self.places:
            found[place.behind][place.term] = None
        return {behind: list(terms) for behind, terms in sorted(found.items())}


@dataclass(frozen=True, slots=True)
class _Line:
    """A paragraph with what its sections say: whether it is a heading, and whether it only looks ahead."""

    paragraph: Paragraph
    lead: int  #: where its own words begin, behind a heading that it runs on from
    behind: (
        int  #: the number of the paragraph that its box follows; -1 where a heading has no text of its own
    )
    aside: bool


def plan(
    reading: Reading,
    said: Iterable[Said],
    noted: Collection[str] = frozenset(),
    marked: Mapping[str, int] | None = None,
) -> Plan:
    """Where the terms of a report are explained.

    `said` are its mentions, of one term each. `noted` are the terms of a list of notes that the report has itself, and
    `marked` the offsets of the marks in the text, such as ［3］, that lead to them.

    >>> text = "一、工作回顾\\n稳中求进。统筹推进。做好“六稳”工作。\\n二、工作安排\\n继续做好“六稳”工作。"
    >>> reading = Reading("d", "", 2021, "report", "", text, (Heading(0, 6, 1, 26), Heading(27, 33, 1, 44)))
    >>> made = plan(reading, [Said(20, 22, "core", ("六稳",)), Said(39, 41, "core", ("六稳",))])
    >>> [place.behind for place in made.places], made.homes["六稳"].behind
    ([1, 3], 3)
    """
    text = reading.text or ""
    marked = dict(marked or {})
    lines = _lines(text, reading, 0 if marked else SHORT)
    starts = [line.paragraph.start for line in lines]
    places: list[Place] = []
    ranks: defaultdict[str, list[tuple[int, Place]]] = defaultdict(list)
    for each in sorted(said, key=lambda each: (each.start, -each.end)):
        number = bisect_right(starts, each.start) - 1
        if number < 0 or each.start >= lines[number].paragraph.end or lines[number].behind < 0:
            continue
        line = lines[number]
        for term in each.terms:
            place = Place(each.start, each.end, term, line.behind)
            places.append(place)
            ranks[term].append((_rank(text, line, each.start), place))
    homes = {}
    for term, ranked in ranks.items():
        first = ranked[0][1]
        homes[term] = first if term in noted else min(ranked, key=lambda pair: (pair[0], pair[1].start))[1]
    for term, at in marked.items():
        number = bisect_right(starts, at) - 1
        if number < 0 or at >= lines[number].paragraph.end:
            continue
        start = lines[number].paragraph.start
        before = [place for _, place in ranks[term] if start <= place.start < at]
        homes[term] = replace(before[-1], behind=number) if before else Place(at, at, term, number)
        places = [place for place in places if not (place.term == term and start <= place.start < at)]
        places += [replace(place, behind=number) for place in before] or [homes[term]]
    return Plan(
        tuple(line.paragraph for line in lines),
        tuple(sorted(places, key=lambda place: (place.start, place.end))),
        homes,
    )


def _rank(text: str, line: _Line, start: int) -> int:
    """How a mention asks for an explanation: 0 the text takes the term up, 1 it names it, 2 it only looks ahead."""
    if line.aside:
        return 2
    if start < line.lead:
        return 0
    ends = _SENTENCE_END.findall(text, line.lead, start)
    return 0 if len(ends) < TOPIC else 1


def _lines(text: str, reading: Reading, short: int) -> list[_Line]:
    found = paragraphs_of(reading)
    headings = {heading.start: heading for heading in reading.headings}
    behind = _passages(text, found, headings, short)
    lines = []
    for number, paragraph in enumerate(found):
        heading = headings.get(paragraph.start)
        lead = heading.end if heading and not paragraph.level else paragraph.start
        aside = _is_aside(paragraph, reading.headings, reading.year)
        lines.append(_Line(paragraph, lead, behind[number], aside))
    return lines


def paragraphs_of(reading: Reading) -> list[Paragraph]:
    """The paragraphs of the report itself: those of its boxes, with their titles, are left out."""
    text = reading.text or ""
    headings = {heading.start: heading for heading in reading.headings}
    found: list[Paragraph] = []
    boxes = sorted(reading.boxes, key=lambda box: box.start)
    start, number = 0, 0
    while start < len(text):
        while number < len(boxes) and boxes[number].end <= start:
            number += 1
        stop = text.find("\n", start)
        stop = len(text) if stop < 0 else stop
        if number < len(boxes) and start < boxes[number].end and boxes[number].start <= stop:
            box = boxes[number]
            if start < box.start:  # on one line with what goes before it
                found += _stretches(text, start, box.start)
            elif start == box.start and found and glossary_heading(text[found[-1].start : found[-1].end]):
                found.pop()
            start = box.end + text.startswith("\n", box.end)
            continue
        if start < stop:
            heading = headings.get(start)
            level = heading.level if heading and heading.end >= stop else 0
            found += [Paragraph(start, stop, level)] if level else _stretches(text, start, stop)
        start = stop + 1
    return found


def _stretches(text: str, start: int, stop: int) -> Iterator[Paragraph]:
    """A paragraph, or, where it is no paragraph but a text without any, what can be read at a time."""
    if stop - start > LONG:
        for end in (found.end() for found in _SENTENCE_END.finditer(text, start, stop)):
            if end - start >= STRETCH and stop - end >= STRETCH:
                yield Paragraph(start, end, 0)
                start = end
    yield Paragraph(start, stop, 0)


def _passages(
    text: str, found: Sequence[Paragraph], headings: Mapping[int, Heading], short: int
) -> list[int]:
    """Behind which paragraph the box of each one stands: itself, the last of a short section, or, of a heading, as of
    the text right below it."""
    titles = [_is_title(text, each) for each in found]
    behind = [*range(len(found))]
    at = 0
    while at < len(found):
        stop = at + 1
        if titles[at]:
            while stop < len(found) and not titles[stop] and found[stop].start not in headings:
                stop += 1
            if sum(each.end - each.start for each in found[at + 1 : stop]) <= short:
                behind[at + 1 : stop] = [stop - 1] * (stop - at - 1)
        at = stop
    for at in reversed(range(len(found))):
        if titles[at]:
            below = at + 1 < len(found) and not titles[at + 1]
            behind[at] = behind[at + 1] if below else -1
    return behind


def _is_title(text: str, paragraph: Paragraph) -> bool:
    """Whether a paragraph is a heading, or a short line that could be one."""
    if paragraph.level:
        return True
    return paragraph.end - paragraph.start <= _TITLE and not _ENDED.search(
        text, paragraph.start, paragraph.end
    )


def _is_aside(paragraph: Paragraph, headings: Sequence[Heading], year: int | None) -> bool:
    """Whether a paragraph only looks ahead: it opens a section that has sections of its own, or a text that has them,
    or it stands in a programme for years to come."""
    around = [each for each in headings if each.start <= paragraph.start < each.until]
    if any(each.covers and year and each.covers[-1] > year for each in around):
        return True
    if paragraph.level:
        return False
    inner = around[-1] if around else None
    if inner is None:
        return bool(headings)
    return any(inner.start < each.start < inner.until for each in headings)
