"""The tags of a PDF → its blocks: paragraphs, headings and bold type as the file itself tells them.

Word, LibreOffice and browsers write them for screen readers (ISO 32000-1, 14.7): exact where they are,
in reading order, and without running heads and page numbers.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

from kg.formats.letters import Letter, is_raised
from kg.formats.marked import Block, Run, with_marks

_INLINE = frozenset(["NonStruct", "Span", "Strong", "Em", "Link", "Quote", "Code", "Sub", "Reference", "BibEntry", "Annot", "Ruby", "RB", "Warichu", "WP", "WT", "Lbl", "LBody", "Private"])  # fmt: skip
_DROPPED = frozenset(["Artifact", "TOC", "TOCI", "RT", "RP"])
_HEADING = re.compile(r"H([1-6])$")
_BULLETS = "•◦▪■●○·-–*"
_DEEPEST = 200


@dataclass(slots=True)
class _Element:
    """A block of the structure with the tags of its letters on one page."""

    kind: str
    tags: list[tuple[int, bool, bool]] = field(default_factory=list)  # tag, bold, label
    elsewhere: bool = False  #: whether it has letters on another page too


def tagged(pages: Sequence[tuple[Any, Sequence[Letter]]]) -> tuple[list[Block], int]:
    """The blocks of a tagged file, and how many of its letters they have."""
    blocks: list[Block] = []
    count = 0
    open_ = False
    for page, letters in pages:
        by_tag: dict[int, list[Letter]] = {}
        for letter in letters:
            by_tag.setdefault(letter.tag, []).append(letter)
        found = []
        for element in _elements(page):
            block, size = _block(element, by_tag)
            count += size
            if block is not None:
                found.append((block, element.elsewhere))
        for i, (block, elsewhere) in enumerate(found):
            if i == 0 and open_ and elsewhere and block.heading == blocks[-1].heading:
                glue = _glue(blocks[-1].runs[-1].text, block.runs[0].text)
                blocks[-1] = Block((*blocks[-1].runs, Run(glue), *block.runs), block.heading, blocks[-1].item)
            else:
                blocks.append(block)
        if found:
            open_ = found[-1][1]
    return blocks, count


def _elements(page: Any) -> Iterator[_Element]:
    """The blocks of a page in reading order."""
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    if not tree:
        return
    found: list[_Element] = []
    try:
        for i in range(max(0, pdfium.FPDF_StructTree_CountChildren(tree))):
            child = pdfium.FPDF_StructTree_GetChildAtIndex(tree, i)
            if child:
                _gather(child, _Element(""), False, False, found, 0)
    finally:
        pdfium.FPDF_StructTree_Close(tree)
    yield from found


def _gather(
    element: Any, block: _Element, bold: bool, label: bool, found: list[_Element], depth: int
) -> None:
    kind = _kind(element)
    if kind in _DROPPED or depth > _DEEPEST:
        return
    if kind not in _INLINE:
        block = _Element(kind)
        bold = label = False
        found.append(block)
    bold = bold or kind == "Strong"
    label = label or kind == "Lbl"
    for i in range(max(0, pdfium.FPDF_StructElement_CountChildren(element))):
        child = pdfium.FPDF_StructElement_GetChildAtIndex(element, i)
        if child:
            _gather(child, block, bold, label, found, depth + 1)
        else:
            tag = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, i)
            if tag >= 0:
                block.tags.append((tag, bold, label))
            else:
                block.elsewhere = True


def _kind(element: Any) -> str:
    size = pdfium.FPDF_StructElement_GetType(element, None, 0)
    text = ctypes.create_string_buffer(max(size, 2))
    pdfium.FPDF_StructElement_GetType(element, text, size)
    return text.raw[: max(0, size - 2)].decode("utf-16-le", "replace")


def _block(element: _Element, by_tag: dict[int, list[Letter]]) -> tuple[Block | None, int]:
    """The block of an element, and the number of its letters."""
    runs: list[Run] = []
    count = 0
    item = False
    last: Letter | None = None
    for tag, bold, label in element.tags:
        letters = by_tag.get(tag, ())
        count += len(letters)
        text = "".join(letter.char for letter in letters).strip()
        if label and text and text in _BULLETS:
            item = True
            continue
        for letter in letters:
            if last is not None and letter.y < last.y - last.size / 2:
                runs.append(Run(_glue(last.char, letter.char)))
            raised = last is not None and is_raised(letter, last.size, last.y)
            runs.append(Run(letter.char, bold or letter.bold, raised))
            last = last if raised else letter
    if not any(run.text.strip() for run in runs):
        return None, count
    level = _HEADING.match(element.kind)
    heading = int(level[1]) if level else 1 if element.kind in ("H", "Title") else 0
    return Block(tuple(with_marks(runs)), heading, item), count


def _glue(before: str, after: str) -> str:
    """What stands between two lines of a paragraph: a space between Latin words."""
    return " " if before[-1:].isascii() and after[:1].isascii() else ""
