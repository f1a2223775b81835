"""The booklet as a Word document (DOCX, Office Open XML)."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from kg.exports.booklets import Article, booklet
from kg.exports.records import Contents

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_EPOCH = datetime(2000, 1, 1)  # a document must have a date, and a clock would change the file every time
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)  #: the first date that a ZIP file knows
GREY = 0x59


def word(contents: Contents) -> bytes:
    """The booklet: a chapter for each letter, an article for each term, the documents at the end."""
    import docx

    made = booklet(contents)
    document = docx.Document()
    set_up(document, made.title)
    document.add_heading(made.title, level=0)
    document.add_paragraph(made.preface)
    _columns(document, 2)
    for letter, articles in made.letters:
        document.add_heading(letter if letter != "#" else "数字及其他", level=1)
        for article in articles:
            _article(document, article)
    _columns(document, 1)
    document.add_heading("文献", level=1)
    for number, reference in enumerate(made.references, start=1):
        document.add_paragraph(f"[{number}] {reference}")
    out = BytesIO()
    document.save(out)
    return as_bytes(out.getvalue())


def set_up(document: Document, title: str) -> None:
    """A page of A4 with its number, fonts for Chinese, and what a document must say of itself, without a clock."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm, Pt, RGBColor

    known = document.core_properties
    known.title, known.author, known.last_modified_by, known.comments = title, "policy-terms", "", ""
    known.created = known.modified = _EPOCH
    known.language = "zh-CN"
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.5)
    page.top_margin = page.bottom_margin = Cm(2.2)
    # Word takes the font of Chinese characters from a place of its own; these two are on every Windows and,
    # by their names, stand for a song and a hei typeface elsewhere.
    looks = {
        "Normal": ("宋体", 10.5),
        "Title": ("黑体", 22),
        "Heading 1": ("黑体", 16),
        "Heading 2": ("黑体", 12),
    }
    for name, (font, size) in looks.items():
        style = document.styles[name]
        style.font.name, style.font.size = "Times New Roman", Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in list(fonts.attrib):
            if "Theme" in attribute:  # a theme's font goes before the one that is named
                del fonts.attrib[attribute]
        fonts.set(w("eastAsia"), font)
        fonts.set(w("ascii"), "Times New Roman")
        fonts.set(w("hAnsi"), "Times New Roman")
        if name != "Normal":
            style.font.color.rgb = RGBColor(0x1F, 0x1F, 0x1F)
    document.styles["Normal"].paragraph_format.space_after = Pt(3)
    document.styles["Heading 2"].paragraph_format.space_before = Pt(9)
    document.styles["Heading 2"].paragraph_format.keep_with_next = True
    foot = page.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _page_number(foot)


def _article(document: Document, article: Article) -> None:
    from docx.shared import Cm, Pt

    term = article.term
    head = document.add_heading(term.label, level=2)
    if term.pinyin:
        _grey(head.add_run(f"  {term.pinyin}"), 10).bold = False
    for name in article.names:
        document.add_paragraph().add_run(name).italic = True
    for meaning in article.meanings:
        if meaning.text:
            document.add_paragraph(meaning.text)
        for group, parts in meaning.groups:
            line = document.add_paragraph()
            line.paragraph_format.left_indent = Cm(0.7)
            if group:
                line.add_run(f"{group}  ").bold = True
            line.add_run("；".join(p.text + (f"（{p.gloss}）" if p.gloss else "") for p in parts))
        if meaning.source:
            line = document.add_paragraph()
            line.paragraph_format.left_indent = Cm(0.7)
            _grey(line.add_run(f"—— {meaning.source}"), 9)
    rest = ([f"见 {'、'.join(article.part_of)}"] if article.part_of else []) + list(article.facts)
    if rest:
        last = document.add_paragraph()
        last.paragraph_format.space_after = Pt(4)
        _grey(last.add_run("；".join(rest)), 9)


def _grey(run: Any, size: float) -> Any:
    from docx.shared import Pt, RGBColor

    run.font.size, run.font.color.rgb = Pt(size), RGBColor(GREY, GREY, GREY)
    return run


def _columns(document: Document, number: int) -> None:
    """From here on the page has so many columns; the library has no word for it."""
    from docx.enum.section import WD_SECTION
    from docx.oxml import OxmlElement

    section = document.add_section(WD_SECTION.CONTINUOUS)
    for old in section._sectPr.findall(w("cols")):
        section._sectPr.remove(old)
    made = OxmlElement("w:cols")
    made.set(w("num"), str(number))
    made.set(w("space"), "500")  # twentieths of a point
    section._sectPr.append(made)


def _page_number(paragraph: Paragraph) -> None:
    """A field that Word fills in with the number of the page; the library has no word for it."""
    from docx.oxml import OxmlElement

    run = paragraph.add_run()
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        made = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            made.set(w("fldCharType"), kind)
        made.text = text
        run._r.append(made)


def w(name: str) -> str:
    """A name of the language of Word documents."""
    from docx.oxml.ns import qn

    return str(qn(f"w:{name}"))


def as_bytes(content: bytes) -> bytes:
    """The same ZIP file with a fixed date on each of its members."""
    out = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(out, "w") as new:
        for name in old.namelist():
            info = ZipInfo(name, _ZIP_EPOCH)
            info.compress_type = ZIP_DEFLATED
            new.writestr(info, old.read(name))
    return out.getvalue()
