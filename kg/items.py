"""Explanatory part → its items: the stretches that an entry can open, told apart by paragraphs and numbers.

In a box every paragraph can open an entry. In an appended glossary with numbers only a number opens
one: what has none goes on with the item before it, and items may stand on one single line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from kg.cleaning import paragraphs
from kg.model import Context, Glossary
from kg.numerals import value_of
from kg.rules import CIRCLED, ENTRY_NUMBERS, NTH, either

_GAP = 3  #: how many numbers a glossary may have lost between two items
_PLAIN = either(row for row in ENTRY_NUMBERS if row.name in ("bracketed", "dotted"))
#: A number inside of a paragraph: behind a sentence, before a term and its colon.
_INSIDE = re.compile(rf"(?<=[。；！？”…）)]){_PLAIN}(?=[^。；，]{{1,60}}[：:])", re.VERBOSE)
_WRITTEN = re.compile(rf"\d+|[{CIRCLED}]|{NTH}")  #: the number itself


@dataclass(frozen=True, slots=True)
class Item:
    """A stretch of an explanatory part, without its number. One that does not open goes on with the last."""

    start: int
    end: int
    number: int | None
    opens: bool = True


def find_items(glossary: Glossary) -> Iterator[Item]:
    """The items of an explanatory part, in order.

    >>> from kg.model import Document, Voice
    >>> doc = Document("d", "1.“两重”：\\n国家战略。\\n2.8个专项：甲。3.“四旁”：乙。")
    >>> part = Glossary(doc.span(0, len(doc.text)), doc.span(0, 0), Context.GLOSSARY, Voice.GOVERNMENT, None)
    >>> [(item.number, doc.text[item.start : item.end], item.opens) for item in find_items(part)]
    [(1, '“两重”：', True), (None, '国家战略。', False), (2, '8个专项：甲。', True), (3, '“四旁”：乙。', True)]
    """
    text, span = glossary.span.doc.text, glossary.span
    last = 0
    style: str | None = None
    for start, end in paragraphs(text, span.start, span.end):
        kind, mark = _mark(text, start, end)
        number = _number(mark[0]) if mark else 0
        if glossary.context == Context.BOX:
            yield Item(mark.end(), end, number) if mark and kind != "chinese" else Item(start, end, None)
            continue
        if mark and kind == (style or kind) and last < number <= (last + _GAP if last else _GAP):
            style, last, start = kind, number, mark.end()
            opens: int | None = number
        else:
            opens = None
        for stop, begin, following in [*_inner(text, start, end, last), (end, end, None)]:
            if stop > start:
                yield Item(start, stop, opens, opens is not None or style is None)
            if following is not None:
                start, opens, last = begin, following, following


def _mark(text: str, start: int, end: int) -> tuple[str, re.Match[str] | None]:
    """How a paragraph is numbered, and its number as it stands."""
    marks = ((row.name, row.pattern.match(text, start, end)) for row in ENTRY_NUMBERS)
    return next(((kind, mark) for kind, mark in marks if mark), ("", None))


def _inner(text: str, start: int, end: int, last: int) -> Iterator[tuple[int, int, int | None]]:
    """Where the next numbers in turn stand inside of a paragraph: end of the item before, start, number."""
    for mark in _INSIDE.finditer(text, start, end):
        number = _number(mark[0])
        if last and number == last + 1:
            last = number
            yield mark.start(), mark.end(), number


def _number(mark: str) -> int:
    """The value of a number as an entry has it.

    >>> [_number(mark) for mark in ("［12］", "３．", "⑨", "㉕", "十二、")]
    [12, 3, 9, 25, 12]
    """
    written = _WRITTEN.search(mark)
    assert written, mark
    if len(written[0]) == 1:
        return int(unicodedata.numeric(written[0]))  # 3, ３, ③, 三
    return int(written[0]) if written[0].isdecimal() else value_of(written[0])
