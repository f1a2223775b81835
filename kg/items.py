"""Explanatory part → its items: the stretches that an entry can open, told apart by paragraphs and numbers.

In a box every paragraph can open an entry. In an appended glossary with numbers only a number opens
one: what has none goes on with the item before it, and items may stand on one single line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.cleaning import paragraphs
from kg.model import Context, Glossary
from kg.numerals import value_of

_GAP = 3  #: how many numbers a glossary may have lost between two items
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_WIDE = str.maketrans("０１２３４５６７８９", "0123456789")

#: How an item is numbered at the start of a paragraph.
_AT_START = re.compile(
    r"(?:(?:[（(［\[〔【](?P<a>\d{1,3})[）)］\]〕】]|(?P<b>\d{1,3})[.．、])\s?|(?P<c>\d{1,3})(?=[“《])"
    r"|(?P<d>[①-⑳])|(?P<e>[一二三四五六七八九十]{1,3})[、．.])"
)
#: The same behind a sentence, before a term and its colon.
_INSIDE = re.compile(
    r"(?<=[。；！？”…）)])(?:[（(［\[〔【](?P<a>\d{1,3})[）)］\]〕】]|(?P<b>\d{1,3})[.．、])(?=[^。；，]{1,60}[：:])"
)


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
        mark = _AT_START.match(text, start, end)
        number, kind = _read(mark) if mark else (0, "")
        if glossary.context == Context.BOX:
            yield Item(mark.end(), end, number) if mark and kind != "e" else Item(start, end, None)
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


def _inner(text: str, start: int, end: int, last: int) -> Iterator[tuple[int, int, int | None]]:
    """Where the next numbers in turn stand inside of a paragraph: end of the item before, start, number."""
    for mark in _INSIDE.finditer(text, start, end):
        number, _ = _read(mark)
        if last and number == last + 1:
            last = number
            yield mark.start(), mark.end(), number


def _read(mark: re.Match[str]) -> tuple[int, str]:
    """The number of a mark and the sort of its writing."""
    kind, digits = next((name, group) for name, group in mark.groupdict().items() if group)
    if kind == "d":
        return _CIRCLED.index(digits) + 1, kind
    if kind == "e":
        return value_of(digits), kind
    return int(digits.translate(_WIDE)), kind
