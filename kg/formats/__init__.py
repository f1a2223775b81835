"""A file of any format → marked text, which `cleaning` makes the text of record of.

A format is a row: how its files end, what it is called, what reads it. What a format needs is imported
when such a file is read; the packages are the extra `formats`.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from kg.cleaning import decode
from kg.formats.marked import Marked
from kg.model import KgError

EXTRA = "pip install 'policy-terms[formats]'"


class MissingFormats(KgError):
    """The packages that read a format are not installed."""


@dataclass(frozen=True, slots=True)
class Format:
    """What files that end so are, and the module that reads them; None: they are text."""

    endings: tuple[str, ...]
    name: str
    module: str | None = None


#: Where several files of a folder have one name, the first of these is read.
FORMATS = (
    Format((".md",), "Markdown"),
    Format((".txt",), "text"),
    Format((".html", ".htm", ".xhtml"), "a web page", "html"),
    Format((".docx",), "Word", "docx"),
    Format((".pdf",), "PDF", "pdf"),
)
ENDINGS = tuple(ending for row in FORMATS for ending in row.endings)

#: What people have and the program does not read, with what helps.
UNREAD = {
    ".doc": "is of the old Word; open it in Word, WPS or LibreOffice and save it as .docx",
    ".wps": "is of WPS; open it there and save it as .docx",
    ".rtf": "is RTF; open it in Word, WPS or LibreOffice and save it as .docx",
    ".odt": "is OpenDocument; open it in LibreOffice and save it as .docx",
    ".ofd": "is OFD; open it in its reader and save it as .pdf",
    ".mht": "is a web archive; open it in a browser and save it as .html",
    ".mhtml": "is a web archive; open it in a browser and save it as .html",
}


def ending(name: str) -> str:
    """How a file's name ends: `.docx` of `2024.DOCX`."""
    return f".{name.rpartition('.')[2].lower()}" if "." in name else ""


def read_source(data: bytes, name: str) -> Marked:
    """The marked text of a file, read by how its name ends; any other ending is taken for text.

    Raises KgError where the file cannot be read, with what to do about it.
    """
    end = ending(name)
    if end in UNREAD:
        raise KgError(f"{name}: {UNREAD[end]}")
    module = next((row.module for row in FORMATS if end in row.endings), None)
    if module is None:
        return Marked(decode(data, name))
    try:
        reader = importlib.import_module(f"kg.formats.{module}")
    except ModuleNotFoundError as error:
        if error.name and error.name.startswith("kg."):
            raise
        raise MissingFormats(f"{name}: to read such files: {EXTRA}") from None
    return cast(Callable[[bytes, str], Marked], reader.read)(data, name)
