"""A web page → marked text: its blocks in order, without what surrounds the text.

lxml parses; the tree is walked here, because what a page means by a heading, bold type, a footnote and
a layout table must come out as marks, and because nothing inside of the text may be lost on the way.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from kg.cleaning import decode
from kg.formats.footnotes import find_notes
from kg.formats.marked import (
    LONGEST_CELL,
    Block,
    Marked,
    Run,
    glossary_lines,
    note_mark,
    said_of_tables,
    with_marks,
    write,
)
from kg.formats.pages import Piece, content
from kg.model import KgError

_MUCH = 200  #: characters of sentences beside the text that are worth a word

_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w-]{2,30})""", re.I
)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_BOLD = re.compile(r"font-weight\s*:\s*(bold(?:er)?|[6-9]00|normal|lighter|[1-5]00)", re.I)
_LINES = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.I)
_RAISED = re.compile(r"vertical-align\s*:\s*super\b", re.I)
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)

#: What is no text of the page.
_SKIPPED = frozenset(["script", "style", "noscript", "template", "head", "title", "select", "option", "datalist", "button", "input", "textarea", "iframe", "frame", "object", "embed", "applet", "svg", "math", "canvas", "audio", "video", "map", "nav", "dialog", "menu", "rt", "rp"])  # fmt: skip
_SKIPPED_ROLES = frozenset(["navigation", "search", "dialog", "alertdialog", "menu", "menubar", "toolbar"])
_BLOCKS = frozenset(["html", "body", "address", "article", "aside", "blockquote", "center", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "legend", "li", "main", "ol", "p", "pre", "section", "summary", "table", "caption", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"])  # fmt: skip


def read(data: bytes, name: str) -> Marked:
    """The marked text of a web page. Raises KgError where it has none, or is nested beyond reason."""
    tree = _parse(_text(data, name), name)
    notes = find_notes(tree)
    pieces = list(_Walk(notes.marks, notes.explained).pieces(tree))
    kept = content(pieces, _titles(tree))
    tables = sum(_is_table_of_figures(table) for table in {t for p in kept for t in _tables(p)})
    ids = {id(piece) for piece in kept}
    left = sum(piece.weight for piece in pieces if id(piece) not in ids)
    said = said_of_tables(tables)
    if left >= _MUCH:
        said += (
            f"{left} characters of sentences that stand among links were left out; look whether the text is whole",
        )
    return Marked(write([piece.block for piece in kept], notes.texts), said)


def _text(data: bytes, name: str) -> str:
    """The characters of a page: its own declaration counts where the bytes are not UTF-8.

    Half of the pages that declare one encoding and hold another are UTF-8; nothing else looks like it.
    """
    declared = _CHARSET.search(data[:4096])
    if declared and b"\0" not in data and not data.startswith(codecs.BOM_UTF8):
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            encoding = declared[1].decode("ascii").lower()
            try:
                "中文".encode(encoding)  # a declaration that has no Chinese is an error of the page
                if not encoding.startswith(("gb", "utf", "hz", "iso-2022")):
                    return data.decode(encoding)
            except (LookupError, UnicodeError):
                pass
    return decode(data, name)


def _parse(text: str, name: str) -> Any:
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    text = text.replace("\0", "")
    try:
        tree = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        tree = None
    if tree is None:
        raise KgError(f"{name}: holds no text; save the page again, or its text as .txt")
    if any("depth" in error.message for error in parser.error_log):  # what lies deeper is lost
        raise KgError(f"{name}: is nested too deeply for a page of text; save its text as .txt")
    return tree


def _titles(tree: Any) -> list[str]:
    """What the page's head says its title is."""
    found = [title.text or "" for title in tree.iter("title")]
    for meta in tree.iter("meta"):
        key = (meta.get("name") or meta.get("property") or "").lower()
        if key in ("articletitle", "og:title", "title", "dc.title"):
            found.append(meta.get("content") or "")
    return [title for title in found if title.strip()]


class _Walk:
    """From element to element, gathering the letters of a block."""

    def __init__(self, marks: dict[Any, int], explained: set[Any]) -> None:
        self.marks = marks  # elements that are the mark of a note
        self.explained = explained  # elements that hold the text of notes
        self.runs: list[Run] = []
        self.linked = 0
        self.raised = 0  # how many of the open elements raise their letters
        self.before = ""

    def pieces(self, tree: Any) -> Iterator[Piece]:
        """The blocks of the page, each with the element that holds it."""
        place: list[Any] = [tree]  # the open blocks
        bold: list[bool] = [False]
        links = kept = 0
        skipped: Any = None
        for event, element in etree.iterwalk(tree, events=("start", "end")):
            tag = element.tag if isinstance(element.tag, str) else ""
            tag = tag.lower()
            if skipped is not None:
                if event == "end" and element is skipped:
                    skipped = None
                    self._add(element.tail, bold[-1], links, kept)
                continue
            if event == "start":
                table = self._glossary(element) if tag == "table" else None
                if table is not None:
                    yield from self._flush(place)
                    for block in table:
                        yield Piece(block, element, 0)
                        self.before = block.text
                elif element in self.marks:
                    self.runs.append(Run(note_mark(self.marks[element])))
                if table is not None or element in self.marks or self._is_skipped(element, tag):
                    skipped = element
                    continue
                if tag in _BLOCKS:
                    yield from self._flush(place)
                    place.append(element)
                elif tag == "br":
                    self.runs.append(Run("\n"))
                links += tag == "a" and element.get("href") is not None
                kept += _keeps_lines(element, tag)
                self.raised += _is_raised(element, tag)
                bold.append(_is_bold(element, tag, bold[-1]))
                self._add(element.text, bold[-1], links, kept)
            else:
                if tag in _BLOCKS:
                    yield from self._flush(place)
                    if place[-1] is element and len(place) > 1:
                        place.pop()
                links -= tag == "a" and element.get("href") is not None
                kept -= _keeps_lines(element, tag)
                self.raised -= _is_raised(element, tag)
                bold.pop()
                self._add(element.tail, bold[-1] if bold else False, links, kept)
        yield from self._flush(place)

    def _add(self, text: str | None, bold: bool, links: int, kept: int) -> None:
        """Letters as they come; `kept` is how many of the elements around them keep their lines."""
        if text:
            text = text if kept else _SPACE.sub(" ", text)
            self.runs.append(Run(text, bold, self.raised > 0))
            self.linked += len(text.strip()) if links else 0

    def _flush(self, place: list[Any]) -> Iterator[Piece]:
        """The block that has been gathered, if there are letters in it."""
        runs, linked = tuple(with_marks(self.runs)), self.linked
        self.runs, self.linked = [], 0
        if not any(run.text.strip() for run in runs):
            return
        level, item = 0, False
        for element in reversed(place):
            tag = element.tag.lower() if isinstance(element.tag, str) else ""
            if re.fullmatch("h[1-6]", tag):
                level = int(tag[1])
                break
            if tag in ("li", "td", "body", "section", "article"):
                item = tag == "li"
                break
        block = Block(runs, level, item and not level)
        self.before = block.text
        yield Piece(block, place[-1], linked)

    def _is_skipped(self, element: Any, tag: str) -> bool:
        return (
            tag in _SKIPPED
            or element in self.explained
            or element.get("hidden") is not None
            or bool(_UNSEEN.search(element.get("style") or ""))
            or (element.get("role") or "").lower() in _SKIPPED_ROLES
        )

    def _glossary(self, table: Any) -> list[Block] | None:
        """The lines of a table that is a glossary."""
        if table.find(".//table") is not None or any(e in self.marks for e in table.iter()):
            return None
        rows = [
            ["".join(cell.itertext()) for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")
        ]
        before = (
            self.before if not any(r.text.strip() for r in self.runs) else "".join(r.text for r in self.runs)
        )
        return glossary_lines(rows, before)


def _keeps_lines(element: Any, tag: str) -> bool:
    """Whether the ends of lines in an element are those of the page, as in a <pre>."""
    return tag == "pre" or bool(_LINES.search(element.get("style") or ""))


def _is_raised(element: Any, tag: str) -> bool:
    return tag == "sup" or bool(_RAISED.search(element.get("style") or ""))


def _tables(piece: Piece) -> Iterator[Any]:
    """The tables in whose cells a block stands."""
    if piece.element.tag in ("td", "th", "p", "div", "span"):
        yield from piece.element.iterancestors("table")


def _is_table_of_figures(table: Any) -> bool:
    """Whether a table has rows and columns, and cells too short for a layout of the page."""
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    cells = ["".join(cell.itertext()).strip() for row in rows for cell in row]
    return len(rows) > 1 and max(map(len, rows)) > 1 and max(map(len, cells)) <= LONGEST_CELL


def _is_bold(element: Any, tag: str, outer: bool) -> bool:
    if style := _BOLD.search(element.get("style") or ""):
        return style[1].lower() in ("bold", "bolder") or style[1][0] in "6789"
    return outer or tag in ("b", "strong")
