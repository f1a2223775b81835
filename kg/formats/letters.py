"""PDF → its letters: what stands where, in which size and weight, and which tag it has.

PDFium reads (pypdfium2): the engine of a browser, which copes with the fonts that Chinese files use.
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

from kg.rules import read_facts

_BOLD = re.compile(r"bold|black|heavy|semi-?bold|粗", re.I)
_WEIGHT = 600  #: from which a font is bold
_STROKED = (1, 2)  #: ways of painting that draw the outline too: how Word makes a font bold that has no bold


@dataclass(frozen=True, slots=True)
class Letter:
    """A character of a page. Lengths are in points, from the lower left corner."""

    char: str
    x: float  #: where it begins
    right: float  #: where it ends
    y: float  #: its baseline
    size: float
    bold: bool
    tag: int  #: its marked content, -1 where it has none


def letters(page: Any) -> list[Letter]:
    """The letters of a page in the order in which its lines are painted, spaces among them, upright ones only."""
    text = page.get_textpage()
    found: list[Letter] = []
    fonts: dict[int, tuple[float, bool, int]] = {}
    box, x, y = pdfium.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    for i in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text, i)
        if code in (0, 0xFFFF) or 0xD800 <= code < 0xE000:
            continue
        char = (
            "-" if code in (2, 0xFFFE) else _ideograph(chr(code))
        )  # so PDFium calls a hyphen that ends a line
        if pdfium.FPDFText_IsGenerated(text, i) == 1:
            if char == " " and found:
                found.append(Letter(" ", found[-1].right, found[-1].right, found[-1].y, found[-1].size, found[-1].bold, found[-1].tag))  # fmt: skip
            continue
        thing = pdfium.FPDFText_GetTextObject(text, i)
        key = ctypes.addressof(thing.contents) if thing else 0
        if key not in fonts:
            fonts[key] = _font(text, i, thing)
        size, bold, tag = fonts[key]
        if size <= 0 or abs(pdfium.FPDFText_GetCharAngle(text, i)) > 0.1:  # a watermark
            continue
        pdfium.FPDFText_GetCharOrigin(text, i, x, y)
        pdfium.FPDFText_GetLooseCharBox(text, i, box)
        found.append(Letter(char, x.value, max(box.right, x.value), y.value, size, bold, tag))
    text.close()
    return [letter for line in _lines(found) for letter in line]


def _lines(painted: Iterable[Letter]) -> Iterator[list[Letter]]:
    """Letters that are painted one after the other on one line, in the order in which they stand there.

    LibreOffice paints the quotation marks of another font behind the words around which they stand.
    """
    line: list[Letter] = []
    for letter in painted:
        if line and abs(letter.y - line[0].y) > letter.size / 2:
            yield _in_order(line)
            line = []
        line.append(letter)
    yield _in_order(line)


def _in_order(line: list[Letter]) -> list[Letter]:
    back = any(after.x < before.x - before.size / 2 for before, after in pairwise(line))
    return sorted(line, key=lambda letter: letter.x) if back else line


def is_raised(letter: Letter, size: float, y: float) -> bool:
    """Whether a letter is a superscript in a line of letters of that size, on that baseline."""
    return letter.size < 0.85 * size and letter.y > y + 0.1 * size


def _font(text: Any, i: int, thing: Any) -> tuple[float, bool, int]:
    """Size, weight and tag of a letter, which it shares with the others of its text object."""
    matrix = pdfium.FS_MATRIX()
    scale = 1.0
    if pdfium.FPDFText_GetMatrix(text, i, matrix):
        scale = abs(matrix.a * matrix.d - matrix.b * matrix.c) ** 0.5
    size = pdfium.FPDFText_GetFontSize(text, i) * scale
    name = ctypes.create_string_buffer(200)
    flags = ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(text, i, name, 200, flags)
    bold = pdfium.FPDFText_GetFontWeight(text, i) >= _WEIGHT
    bold = bold or bool(_BOLD.search(name.value.decode("utf-8", "replace")))
    tag = -1
    if thing:
        bold = bold or pdfium.FPDFTextObj_GetTextRenderMode(thing) in _STROKED
        tag = pdfium.FPDFPageObj_GetMarkedContentID(thing)
    return size, bold, tag


def _ideograph(char: str) -> str:
    """The ideograph that a radical or a compatibility form of it looks like; any other character as it is.

    >>> _ideograph("⼯"), _ideograph("⻓"), _ideograph("Ａ")
    ('工', '长', 'Ａ')
    """
    if "\u2e80" <= char <= "\u2eff":
        return _supplement().get(char, char)
    if "\u2f00" <= char <= "\u2fdf" or "\uf900" <= char <= "\ufaff":
        return unicodedata.normalize("NFKC", char)
    return char


@cache
def _supplement() -> dict[str, str]:
    return {pair[0]: pair[1] for pair in read_facts("radicals")["supplement"].split()}
