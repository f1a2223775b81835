"""PDF → marked text: by its tags where it has them, and else by where its lines stand on the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pypdfium2
from pypdfium2 import raw

from kg.formats.letters import letters
from kg.formats.lines import by_lines, furniture, lines
from kg.formats.marked import Marked, write
from kg.formats.tags import tagged
from kg.model import KgError

_TAGGED = 0.9  #: the share of letters that must have a tag for tags to be believed
_PASSWORD, _SECURITY = 4, 5  #: PDFium's errors


def read(data: bytes, name: str) -> Marked:
    """The marked text of a PDF file. Raises KgError where it is damaged, locked or a scan without text."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code in (_PASSWORD, _SECURITY):
            raise KgError(f"{name}: is locked with a password; save it without one and try again") from None
        raise KgError(f"{name}: is damaged or no PDF; open it in a browser and print it to a PDF") from None
    try:
        return _read(document, name)
    except pypdfium2.PdfiumError:
        raise KgError(f"{name}: is damaged or no PDF; open it in a browser and print it to a PDF") from None
    finally:
        document.close()


def _read(document: Any, name: str) -> Marked:
    pages = [document[i] for i in range(len(document))]
    found = [letters(page) for page in pages]
    empty = [i for i, page in enumerate(found, 1) if not any(letter.char.strip() for letter in page)]
    if len(empty) * 2 > len(pages) or not pages:
        raise KgError(
            f"{name}: is a scan without text; let a program read its letters (OCR) and save the text"
        )
    rows = [lines(page, number) for number, page in enumerate(found)]
    heads = furniture(rows)
    dropped = {id(letter) for line in heads for letter in line.letters}
    kept = [[letter for letter in page if id(letter) not in dropped] for page in found]
    blocks, count = tagged(list(zip(pages, kept, strict=True)))
    if count < _TAGGED * sum(map(len, kept)):
        ids = {id(line) for line in heads}
        blocks = by_lines([[line for line in page if id(line) not in ids] for page in rows])
    return Marked(write(blocks), _without_text(empty, pages))


def _without_text(empty: Sequence[int], pages: Sequence[Any]) -> tuple[str, ...]:
    """What to say of pages that are pictures."""
    scanned = [n for n in empty if any(o.type == raw.FPDF_PAGEOBJ_IMAGE for o in pages[n - 1].get_objects())]
    if not scanned:
        return ()
    are = (
        f"page {scanned[0]} is a picture"
        if len(scanned) == 1
        else f"pages {', '.join(map(str, scanned))} are pictures"
    )
    return (f"{are} without text; let a program read the letters (OCR)",)
