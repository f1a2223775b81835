"""The automatic numbers of Word's lists, as a reader sees them: 一、 （一） 1. ①

Word keeps them out of the text: a paragraph names a list and a level, the list says how to count
(ECMA-376, part 1, 17.9).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from docx.oxml.ns import qn

_DIGITS = "〇一二三四五六七八九"


def chinese(n: int) -> str:
    """A number in Chinese, as headings count.

    >>> [chinese(n) for n in (1, 10, 12, 20, 35, 100, 106, 110)]
    ['一', '十', '十二', '二十', '三十五', '一百', '一百〇六', '一百一十']
    """
    hundreds, rest = divmod(n, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_DIGITS[hundreds]}百" if hundreds and hundreds < 10 else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "〇"
    return text + (_DIGITS[ones] if ones else "") or _DIGITS[0]


def _roman(n: int) -> str:
    text = ""
    for value, letters in ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):  # fmt: skip
        text += letters * (n // value)
        n %= value
    return text


def _letters(n: int) -> str:
    return chr(ord("A") + (n - 1) % 26) * ((n - 1) // 26 + 1)


#: How a list counts (ST_NumberFormat); what is not here counts in digits.
_FORMATS: dict[str, Callable[[int], str]] = {
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "ideographDigital": lambda n: "".join(_DIGITS[int(d)] for d in str(n)),
    "decimalEnclosedCircleChinese": lambda n: chr(0x245F + n) if n <= 20 else str(n),
    "decimalEnclosedCircle": lambda n: chr(0x245F + n) if n <= 20 else str(n),
    "upperRoman": _roman,
    "lowerRoman": lambda n: _roman(n).lower(),
    "upperLetter": _letters,
    "lowerLetter": lambda n: _letters(n).lower(),
    "decimalZero": lambda n: f"{n:02}",
    "none": lambda n: "",
}


class Numbers:
    """The lists of a document, counting."""

    def __init__(self, numbering: Any) -> None:
        self.levels: dict[str, dict[int, Any]] = {}  # of a list, by its number
        self.shared: dict[str, str] = {}  # lists of one abstract list count on together
        self.starts: dict[tuple[str, int], int] = {}
        self.counts: dict[str, dict[int, int]] = {}
        self.begun: set[tuple[str, int]] = set()
        if numbering is None:
            return
        abstract = {a.get(qn("w:abstractNumId")): a for a in numbering.iter(qn("w:abstractNum"))}
        for num in numbering.iter(qn("w:num")):
            key, link = num.get(qn("w:numId")), num.find(qn("w:abstractNumId"))
            base = link.get(qn("w:val")) if link is not None else ""
            found = abstract.get(base)
            self.shared[key] = base
            self.levels[key] = {
                int(level.get(qn("w:ilvl"))): level
                for level in (() if found is None else found.iter(qn("w:lvl")))
            }
            for override in num.iter(qn("w:lvlOverride")):
                depth = int(override.get(qn("w:ilvl")))
                start, level = override.find(qn("w:startOverride")), override.find(qn("w:lvl"))
                if start is not None:
                    self.starts[key, depth] = int(start.get(qn("w:val")))
                if level is not None:
                    self.levels[key][depth] = level

    def next(self, place: tuple[str, int] | None) -> tuple[str, bool]:
        """The number of the next paragraph of a list and level, and whether it is a bullet instead."""
        if place is None or place[1] not in self.levels.get(place[0], {}):
            return "", False
        key, depth = place
        levels = self.levels[key]
        counts = self.counts.setdefault(self.shared[key], {})
        if place in self.starts and place not in self.begun:  # a list that starts anew
            counts[depth] = self.starts[place]
        elif depth in counts:
            counts[depth] += 1
        else:
            counts[depth] = _value(levels[depth], "w:start", 1)
        self.begun.add(place)
        for deeper in [d for d in counts if d > depth]:
            del counts[deeper]
        if _text(levels[depth], "w:numFmt") == "bullet":
            return "", True

        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            level = levels.get(at)
            value = counts.get(at, _value(level, "w:start", 1))
            return _FORMATS.get(_text(level, "w:numFmt"), str)(value)

        return re.sub(r"%(\d)", number, _text(levels[depth], "w:lvlText")), False


def _text(level: Any, tag: str) -> str:
    found = level.find(qn(tag)) if level is not None else None
    return "" if found is None else found.get(qn("w:val")) or ""


def _value(level: Any, tag: str, default: int) -> int:
    value = _text(level, tag)
    return int(value) if value.isdigit() else default
