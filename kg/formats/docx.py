"""Word (.docx) → marked text.

python-docx opens the package and knows its parts; the body is walked here, because much of what a
report has is not in its paragraphs: automatic numbers (一、 is often one), footnotes and endnotes,
text boxes, content controls, tracked changes.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from docx import Document as open_document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml.etree import XMLSyntaxError

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
from kg.formats.numbers import Numbers
from kg.model import KgError

_LARGEST = 400 * 1024 * 1024  #: bytes that a package may hold unpacked: a report with pictures is far from it

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  #: how old Word files and encrypted packages begin
_DESCEND = {qn(f"w:{tag}") for tag in ("ins", "moveTo", "smartTag", "customXml", "sdtContent", "hyperlink", "fldSimple", "dir", "bdo", "rubyBase")}  # fmt: skip
_TOC = re.compile(r"(?:toc|table of figures)\b", re.I)
_HEADING = re.compile(r"heading (\d)", re.I)


def read(data: bytes, name: str) -> Marked:
    """The marked text of a Word file. Raises KgError where it is none, is damaged or locked."""
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise KgError(f"{name}: is locked with a password; save it without one and try again")
        raise KgError(f"{name}: is of the old Word (.doc); save it as .docx and try again")
    try:
        size = sum(info.file_size for info in zipfile.ZipFile(io.BytesIO(data)).infolist())
        if size > _LARGEST:
            raise KgError(f"{name}: unpacks to {size >> 20} MB, which no report does; save its text as .txt")
        return _Reader(open_document(io.BytesIO(data))).marked()
    except (
        zipfile.BadZipFile,
        zlib.error,
        zipfile.LargeZipFile,
        PackageNotFoundError,
        XMLSyntaxError,
        KeyError,
        TypeError,
        ValueError,
        AttributeError,
        NotImplementedError,
        RecursionError,
        EOFError,
        OSError,
    ):
        raise KgError(
            f"{name}: is damaged or no Word file; open it in Word and save it again as .docx"
        ) from None


class _Reader:
    """A Word document on its way to marked text."""

    def __init__(self, document: Any) -> None:
        self.body = document.element.body
        self.styles = {style.style_id: style for style in document.styles}
        self.default = {s.type: s for s in document.styles if s.element.get(qn("w:default")) in ("1", "true")}
        parts = {
            rel.reltype.rpartition("/")[2]: rel.target_part
            for rel in document.part.rels.values()
            if not rel.is_external
        }
        self.numbers = Numbers(_root(parts.get("numbering")))
        self.explained = {
            kind: {note.get(qn("w:id")): note for note in _children(_root(parts.get(f"{kind}s")))}
            for kind in ("footnote", "endnote")
        }
        self.notes: list[Any] = []  # those whose marks have been met, in their order
        self.tables = 0  # that are left alone
        self.boxes: list[Any] = []  # text boxes met in the paragraph at hand

    def marked(self) -> Marked:
        blocks = list(self.blocks(self.body))
        notes: list[str] = []
        for note in self.notes:  # a note can have notes
            notes.append(" ".join(block.text for block in self.blocks(note)))
        return Marked(write(blocks, notes), said_of_tables(self.tables))

    def blocks(self, parent: Any, before: str = "") -> Iterator[Block]:
        """The paragraphs of a part of the document, in order."""
        for child in parent:
            if child.tag == qn("w:p"):
                found: list[Block] = list(self.paragraph(child))
            elif child.tag == qn("w:tbl"):
                found = list(self.table(child, before))
            elif child.tag == qn("w:sdt"):
                content = child.find(qn("w:sdtContent"))
                found = [] if content is None or _is_contents(child) else list(self.blocks(content, before))
            elif child.tag in _DESCEND:
                found = list(self.blocks(child, before))
            else:
                continue
            yield from found
            before = found[-1].text if found else before

    def paragraph(self, p: Any) -> Iterator[Block]:
        """A paragraph, and behind it the text boxes that hang on it."""
        outer, self.boxes = self.boxes, []
        style = self.style(p.find(qn("w:pPr")), "w:pStyle", 1)
        if not (style and _TOC.match(style.name or "")):
            bold = _toggle(style, "w:b")
            runs = list(with_marks(self.runs(p, bold)))
            number, item = self.numbers.next(_numbering(p, style))
            if any(run.text.strip() for run in runs):
                head = (Run(number),) if number else ()
                yield Block((*head, *runs), self.heading(p, style), item)
        boxes, self.boxes = self.boxes, outer
        for box in boxes:
            yield from self.blocks(box)

    def heading(self, p: Any, style: Any) -> int:
        """The level of a heading, 0 for any other paragraph."""
        properties = [p.find(qn("w:pPr")), *(s.element.find(qn("w:pPr")) for s in _chain(style))]
        for found in properties:
            level = found.find(qn("w:outlineLvl")) if found is not None else None
            if level is not None:
                value = int(level.get(qn("w:val")))
                return value + 1 if value < 9 else 0
        for each in _chain(style):
            if match := _HEADING.fullmatch(each.name or ""):
                return int(match[1])
            if each.name == "Title":
                return 1
        return 0

    def runs(self, parent: Any, bold: bool) -> Iterator[Run]:
        """The runs of a paragraph, with what tracked changes and fields leave of them."""
        for child in parent:
            if child.tag == qn("w:r"):
                yield from self.run(child, bold)
            elif child.tag == qn("w:sdt"):
                content = child.find(qn("w:sdtContent"))
                yield from self.runs(content, bold) if content is not None else ()
            elif child.tag in _DESCEND:
                yield from self.runs(child, bold)

    def run(self, r: Any, bold: bool) -> Iterator[Run]:
        properties = r.find(qn("w:rPr"))
        raised = False
        if properties is not None:
            if _is_on(properties.find(qn("w:vanish"))):
                return
            own = properties.find(qn("w:b"))
            character = self.style(properties, "w:rStyle", 2)
            bold = _is_on(own) if own is not None else bold != _toggle(character, "w:b")
            raised = _is_raised(properties, character)
        marked = False
        for child in r:
            kind = child.tag.rpartition("}")[2] if isinstance(child.tag, str) else ""
            if kind == "t" and not marked:
                yield Run(child.text or "", bold, raised)
            elif kind in ("tab", "ptab"):
                yield Run(" ", bold)
            elif kind == "cr" or (kind == "br" and child.get(qn("w:type")) in (None, "textWrapping")):
                yield Run("\n", bold)
            elif kind == "noBreakHyphen":
                yield Run("-", bold)
            elif kind in ("footnoteReference", "endnoteReference"):
                if number := self.note(kind.removesuffix("Reference"), child.get(qn("w:id"))):
                    yield Run(note_mark(number))
                marked = child.get(qn("w:customMarkFollows")) in ("1", "true")
            elif kind == "ruby":
                for base in child.iter(qn("w:rubyBase")):
                    yield from self.runs(base, bold)
            elif kind in ("drawing", "pict", "object", "AlternateContent"):
                self.boxes += _text_boxes(child)

    def note(self, kind: str, key: str | None) -> int:
        """The number of a note, counted by the order of the marks; 0 where there is nothing in it."""
        note = self.explained[kind].get(key)
        if note is None or not "".join(t.text or "" for t in note.iter(qn("w:t"))).strip():
            return 0
        if note not in self.notes:
            self.notes.append(note)
        return self.notes.index(note) + 1

    def table(self, table: Any, before: str) -> Iterator[Block]:
        """A table: the lines of a glossary, or else its cells, one after the other."""
        rows = [
            [list(self.blocks(cell)) for cell in row.iter(qn("w:tc")) if _owner(cell) is row]
            for row in table.iter(qn("w:tr"))
            if _owner(row) is table
        ]
        texts = [["\n".join(block.text for block in cell) for cell in row] for row in rows]
        found = glossary_lines(texts, before)
        if found is None:
            found = [block for row in rows for cell in row for block in cell]
            size = max((len(text) for row in texts for text in row), default=0)
            self.tables += len(rows) > 1 and max(map(len, rows)) > 1 and size <= LONGEST_CELL
        yield from found

    def style(self, properties: Any, tag: str, type_: int) -> Any:
        """The style that properties name, or else the default one of its type (1 paragraph, 2 character)."""
        named = properties.find(qn(tag)) if properties is not None else None
        style = self.styles.get(named.get(qn("w:val"))) if named is not None else None
        return style or (self.default.get(type_) if type_ == 1 else None)


def _root(part: Any) -> Any:
    return None if part is None else parse_xml(part.blob)


def _children(root: Any) -> Iterator[Any]:
    """The notes of a part, without the lines that part them from the text."""
    return (note for note in (() if root is None else root) if note.get(qn("w:type")) in (None, "normal"))


def _owner(element: Any) -> Any:
    """The table, row or cell that an element belongs to, through content controls."""
    parent = element.getparent()
    while parent.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml")):
        parent = parent.getparent()
    return parent


def _chain(style: Any) -> Iterator[Any]:
    """A style and those it is based on."""
    seen: set[str] = set()
    while style is not None and style.style_id not in seen:
        seen.add(style.style_id)
        yield style
        style = style.base_style


def _is_on(toggle: Any) -> bool:
    return toggle is not None and toggle.get(qn("w:val")) not in ("0", "false", "off", "none")


def _toggle(style: Any, tag: str) -> bool:
    """Whether a style switches bold type on: the nearest of its chain that says anything decides."""
    for each in _chain(style):
        properties = each.element.find(qn("w:rPr"))
        found = properties.find(qn(tag)) if properties is not None else None
        if found is not None:
            return _is_on(found)
    return False


def _is_raised(properties: Any, style: Any) -> bool:
    """Whether letters are superscripts, by their own properties or those of their style."""
    for each in (properties, *(s.element.find(qn("w:rPr")) for s in _chain(style))):
        found = each.find(qn("w:vertAlign")) if each is not None else None
        if found is not None:
            return bool(found.get(qn("w:val")) == "superscript")
    return False


def _numbering(p: Any, style: Any) -> tuple[str, int] | None:
    """The list and level that number a paragraph, by its own properties or those of its style."""
    key: str | None = None
    level: int | None = None
    for properties in (p.find(qn("w:pPr")), *(s.element.find(qn("w:pPr")) for s in _chain(style))):
        found = properties.find(qn("w:numPr")) if properties is not None else None
        if found is None:
            continue
        number, depth = found.find(qn("w:numId")), found.find(qn("w:ilvl"))
        if level is None and depth is not None:
            level = int(depth.get(qn("w:val")))
        if number is not None:
            key = number.get(qn("w:val"))
            break
    return None if key in (None, "0") else (str(key), level or 0)


def _is_contents(sdt: Any) -> bool:
    """Whether a content control is a table of contents, which says every heading twice."""
    return any("Contents" in (g.get(qn("w:val")) or "") for g in sdt.iter(qn("w:docPartGallery")))


def _text_boxes(drawing: Any) -> list[Any]:
    """The text boxes of a drawing; of two forms of one box, the newer."""
    boxes = []
    for box in drawing.iter(qn("w:txbxContent")):
        ancestors = list(box.iterancestors())
        inside = ancestors[: ancestors.index(drawing) + 1]
        nested = any(a.tag == qn("w:txbxContent") for a in inside)
        if not nested and not any(str(a.tag).endswith("}Fallback") for a in inside):
            boxes.append(box)
    if boxes:
        return boxes
    return list(drawing.iter(qn("w:txbxContent")))[:1]
