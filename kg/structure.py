"""Document → its sections, each with the years it speaks of, and its explanatory parts.

The rank of a heading comes from its numbering and from the period it names, not from its marks:
in real reports siblings carry different marks, and some headings have lost them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kg.cleaning import paragraphs
from kg.model import Context, Document, Glossary, Section, Span
from kg.numerals import year_of
from kg.rules import (
    AFTER_GLOSSARY,
    GLOSSARY_HEADINGS,
    NUMBERING,
    PERIOD_HEADING,
    PERIODS,
    GlossaryRule,
    Rule,
    either,
    is_part_heading,
    read_facts,
)

_HEADLINE = 45  #: characters that a heading has at most
_SHORT = 20  #: characters that a heading without any mark has at most
_ONE_LINE = 120  #: characters from which a paragraph can hold the heading of a glossary in its middle
_HEAD = re.compile(r"^.{1,60}?[：:]|是指|，指|^[（(［\[〔]?[1１①][)）］\]〕.．、]?[^\d]")
_ENDS = re.compile(r"[。！？；：…!?;:，,][”’」）)]*$")
_SENTENCE = re.compile(r"[。！？；：!?;:]")
_INNER = re.compile(r"[。！？；…!?;：:%％]|\d")
_NUMBERED = re.compile(either(NUMBERING), re.VERBOSE)
#: What a phrase of a period has in it: most headings name none.
_TIME = re.compile("[年五届]")
_FIRST = r"[1１][.．、]|[［\[][1１][］\]]"  #: the first number of a glossary
#: What the heading of a glossary ends with, right before its first number: quick to look for in all of a text.
_LIST_BEGINS = re.compile(f"[释注明义解读）):：](?:{_FIRST})")
#: Such a heading in the middle of a paragraph.
_ON_ONE_LINE = [
    (row, re.compile(f"(?<=[。！？）)\\s])(?:{row.pattern.pattern})(?={_FIRST})"))
    for row in GLOSSARY_HEADINGS
    if row.context == Context.GLOSSARY
]
_PERIOD_RANK, _INNER_PERIOD_RANK, _PLAIN_RANK, _NUMBERED_RANK = 10, 11, 20, 30
_Opening = tuple[GlossaryRule, Span, list[Span]]  #: an explanatory part: its row, its heading, its content


@dataclass(frozen=True, slots=True)
class _Heading:
    span: Span
    rank: int
    covers: tuple[int, ...]
    numbered: bool


def find_sections(doc: Document, parts: Sequence[Glossary] | None = None) -> tuple[Section, ...]:
    """The sections of a document, in order, nested by rank. `parts` are its explanatory parts, where they are known.

    >>> doc = Document("d", "“十三五”时期工作回顾\\n1.经济向好。\\n增长。\\n2021年工作安排\\n一、抓创新。\\n落实。", year=2021)
    >>> for section in find_sections(doc):
    ...     print(" › ".join(section.path), section.covers[:1], section.covers[-1:])
    “十三五”时期工作回顾 (2016,) (2020,)
    “十三五”时期工作回顾 › 1.经济向好 (2016,) (2020,)
    2021年工作安排 (2021,) (2021,)
    2021年工作安排 › 一、抓创新 (2021,) (2021,)
    """
    parts = find_glossaries(doc) if parts is None else parts
    headings = _ranked(doc, [*_headings(doc, parts)])
    last = min((g.heading.start for g in parts if g.context == Context.GLOSSARY), default=None)
    stop = len(doc.text) + 1 if last is None else last  # what the government appends is no part of a section
    sections: list[Section] = []
    stack: list[tuple[_Heading, Section]] = []
    for heading, end in zip(headings, _ends(headings, stop), strict=True):
        while stack and stack[-1][0].rank >= heading.rank:
            stack.pop()
        parent = stack[-1][1] if stack else None
        title = heading.span.text.rstrip("。：:")
        section = Section(
            doc.span(heading.span.start, end),
            heading.span,
            (*(parent.path if parent else ()), title),
            heading.covers or (parent.covers if parent else ()),
        )
        sections.append(section)
        stack.append((heading, section))
    return tuple(sections)


def _ends(headings: Sequence[_Heading], stop: int) -> list[int]:
    """Where the section of each heading ends: before the next heading of its rank or a higher one."""
    ends: list[int] = []
    following: list[_Heading] = []  # that can end a section, the next one last
    for heading in reversed(headings):
        while following and following[-1].rank > heading.rank:
            following.pop()
        ends.append((following[-1].span.start if following else max(stop, heading.span.end + 1)) - 1)
        following.append(heading)
    return ends[::-1]


def find_glossaries(doc: Document) -> tuple[Glossary, ...]:
    """The explanatory parts of a document: from their heading to the next heading of the text."""
    found: list[Glossary] = []
    opened: _Opening | None = None
    marked = _marked(doc)
    headings = {mark.start for mark in doc.marks if mark.kind == "heading"}
    for start, end in paragraphs(doc.text):
        opening = _opening(doc, start, end)
        if opened and (opening or _closes(doc.span(start, end), opened[0], marked, headings)):
            found += _glossary(opened, found)
            opened = None
        if opening:
            opened = opening
        elif opened:
            opened[2].append(doc.span(start, end))
    return (*found, *(_glossary(opened, found) if opened else ()))


def _opening(doc: Document, start: int, end: int) -> _Opening | None:
    """What a paragraph opens of an explanatory part, or None.

    A document on one single line has the heading of its glossary in the middle, before the first number.
    """
    if is_part_heading(doc.text, start, end):
        span = doc.span(start, end)
        row = glossary_heading(span.text)
        return (row, span, []) if row else None
    if end - start > _ONE_LINE and _LIST_BEGINS.search(doc.text, start, end):
        for row, pattern in _ON_ONE_LINE:
            if match := pattern.search(doc.text, start, end):
                return row, doc.span(*match.span()), [doc.span(match.end(), end)]
    return None


def glossary_heading(paragraph: str) -> GlossaryRule | None:
    """The row of the glossary headings that a paragraph is, or None."""
    return next((row for row in GLOSSARY_HEADINGS if row.pattern.fullmatch(paragraph)), None)


def _glossary(opened: _Opening, before: list[Glossary]) -> list[Glossary]:
    row, heading, content = opened
    if not content or (
        row.context == Context.GLOSSARY and not any(_HEAD.search(c.text) for c in content[:6])
    ):
        return []
    span = heading.doc.span(content[0].start, content[-1].end)
    earlier = next((g.number for g in reversed(before) if g.number), 0)
    number = earlier + 1 if row.context == Context.BOX else None
    return [Glossary(span, heading, row.context, row.voice, number)]


def _paragraphs(doc: Document) -> Iterator[Span]:
    return (doc.span(start, end) for start, end in paragraphs(doc.text))


def _marked(doc: Document) -> dict[int, int]:
    """Where a paragraph begins that was marked as a heading, or is bold from end to end: its end."""
    return {mark.start: mark.end for mark in doc.marks if mark.kind in ("heading", "bold")}


def _is_bold_headline(span: Span, marked: dict[int, int]) -> bool:
    return (
        marked.get(span.start) == span.end
        and span.end - span.start <= _HEADLINE
        and not _SENTENCE.search(span.text)
    )


def _closes(span: Span, row: GlossaryRule, marked: dict[int, int], headings: set[int]) -> bool:
    """Whether a paragraph ends an explanatory part: a heading, or a line that was one.

    Behind an appended glossary only another annex or the chrome of a web page can come.
    """
    if span.start in headings or AFTER_GLOSSARY.match(span.text):
        return True
    if row.context == Context.GLOSSARY:
        return False
    numbering = _numbering(span.text)
    numbered = numbering is not None and numbering.name in ("part", "chinese")
    return numbered or _is_bold_headline(span, marked) or _names_a_period(span.text)


def _names_a_period(line: str) -> bool:
    """Whether an unmarked line is the heading of a period: short, with its years and what is said of them."""
    short = 3 <= len(line) <= _SHORT and not _ENDS.search(line)
    return short and bool(PERIOD_HEADING.search(line)) and bool(_periods(line, 0)[0])


def _headings(doc: Document, parts: Sequence[Glossary]) -> Iterator[tuple[Span, str | None]]:
    """The headings outside of explanatory parts, each with the name of its numbering."""
    opened, closed = [g.heading.start for g in parts], [0, *(g.span.end for g in parts)]
    marked = _marked(doc)
    headings = {mark.start for mark in doc.marks if mark.kind == "heading"}
    spans = [span for span in _paragraphs(doc) if span.start >= closed[bisect_right(opened, span.start)]]
    for i, span in enumerate(spans):
        numbering = _numbering(span.text)
        heading = _headline(span, numbering is not None, marked, headings)
        if heading is None and not numbering and _looks_like_one(spans, i):
            heading = span
        is_title = i == 0 and not (numbering or PERIOD_HEADING.search(span.text))
        if heading and not is_title:
            yield heading, numbering.name if numbering else None


def _numbering(paragraph: str) -> Rule | None:
    """How a paragraph is numbered, or None."""
    if not _NUMBERED.match(paragraph):
        return None
    return next(row for row in NUMBERING if row.pattern.match(paragraph))


def _headline(span: Span, numbered: bool, marked: dict[int, int], headings: set[int]) -> Span | None:
    """The heading that a paragraph is or begins with: marked, bold, or numbered and short."""
    if span.start in headings or _is_bold_headline(span, marked):
        return span
    if not numbered:
        return None
    if len(span.text) <= (_HEADLINE if _SENTENCE.search(span.text) else 2 * _HEADLINE):
        return span
    bold = marked.get(span.start)
    if bold is not None and bold - span.start <= _HEADLINE:
        return span.doc.span(span.start, bold)
    stop = span.text.find("。")
    return span.doc.span(span.start, span.start + stop + 1) if 0 < stop < _HEADLINE else None


def _looks_like_one(spans: list[Span], i: int) -> bool:
    """Whether an unmarked line is a heading: it names a period, or stands alone above prose."""
    if not 3 <= spans[i].end - spans[i].start <= _SHORT or i + 1 == len(spans):
        return False
    text = spans[i].text
    if _ENDS.search(text):
        return False
    if _names_a_period(text):
        return True
    after = spans[i + 1].text
    return (
        not _INNER.search(text) and "、" not in text and len(after) > 2 * _SHORT and bool(_ENDS.search(after))
    )


def _ranked(doc: Document, found: list[tuple[Span, str | None]]) -> list[_Heading]:
    """Headings with rank and covered years.

    A period outranks all; a plain heading stands above numbered ones, unless the numbered ones
    name the periods. A period inside a heading of several periods stands under it.
    """
    order = [row.name for row in NUMBERING]
    periods = [_periods(span.text, doc.year) for span, _ in found]
    tops = [
        order.index(name) for (_, name), (_, covers) in zip(found, periods, strict=True) if name and covers
    ]
    plain = _NUMBERED_RANK + min(tops) * 10 + 5 if tops else _PLAIN_RANK
    headings: list[_Heading] = []
    outer: set[str] = set()
    for (span, name), (phrases, covers) in zip(found, periods, strict=True):
        if name == "keyword":
            rank = _PERIOD_RANK + 5
        elif name:
            rank = _NUMBERED_RANK + order.index(name) * 10
        elif phrases and phrases <= outer:
            rank = _INNER_PERIOD_RANK
        elif phrases:
            rank, outer = _PERIOD_RANK, phrases
        else:
            rank = plain
        headings.append(_Heading(span, rank, covers, name is not None))
    return headings


def _periods(heading: str, year: int | None) -> tuple[set[str], tuple[int, ...]]:
    """The period phrases of a heading, and the years they name.

    >>> _periods("“十三五”及2020年工作回顾", 2021)[1]
    (2016, 2017, 2018, 2019, 2020)
    >>> _periods("过去一年工作回顾", 2024)[1]
    (2023,)
    """
    phrases: set[str] = set()
    years: set[int] = set()
    taken: set[int] = set()
    for row in PERIODS if _TIME.search(heading) else ():
        for match in row.pattern.finditer(heading):
            if taken.isdisjoint(range(*match.span())):
                taken.update(range(*match.span()))
                if row.name != "target" and (named := _years(row.name, match, year)):
                    phrases.add(next((g for g in match.groups() if g), match[0]))
                    years.update(named)
    return phrases, tuple(sorted(years))


def _years(name: str, match: re.Match[str], year: int | None) -> range | tuple[int, ...]:
    if name == "plan":
        first, last = _plans().get(match["plan"], (1, 0))
        return range(first, last + 1)
    if name == "range":
        return range(int(match["from"]), int(match["to"]) + 1)
    if name == "year":
        return (year_of(match["year"]),)
    if year is None:
        return ()
    offsets = {"past-five": (-5, 0), "next-five": (0, 5), "past-year": (-1, 0), "this-year": (0, 1)}
    first, stop = offsets[name]
    return range(year + first, year + stop)


@cache
def _plans() -> dict[str, tuple[int, int]]:
    return {name: (first, last) for name, (first, last) in read_facts("periods")["plans"].items()}
