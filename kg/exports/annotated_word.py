"""An annotated edition as a Word document (DOCX): the report in its own styles, each box a shaded cell.

The paragraphs of the report have the styles “Report” and “Heading 1” to “Heading 6”, and nobody else's have them, so
that its text can be taken out again to the character.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from kg.editions import Article, Box, Edition, Link, Unexplained
from kg.editions.words import badges_of, change_lines, count, parts, say, source, told
from kg.exports.word import GREY, as_bytes, set_up, w

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph

REPORT = "Report"  #: the style of the report's paragraphs
_NOTE, _TITLE = "Note", "Note Title"
_SHADE = "F3F4F2"


def word(edition: Edition) -> bytes:
    """An edition as DOCX. Links lead from mentions to explanations and back; the same edition gives the same bytes."""
    import docx

    document = docx.Document()
    set_up(document, say("title", title=edition.title))
    _styles(document)
    document.add_paragraph(
        say("made", articles=len(edition.articles), left=len(edition.unexplained)), style=_NOTE
    )
    for remark in edition.remarks:
        document.add_paragraph(say(remark.name, **remark.values), style=_NOTE)
    behind = {box.behind: box for box in edition.boxes}
    for number, paragraph in enumerate(edition.paragraphs):
        style = f"Heading {min(paragraph.level, 6)}" if paragraph.level else REPORT
        _report(document.add_paragraph(style=style), edition, paragraph.start, paragraph.end)
        if number in behind:
            _box(document, edition, behind[number])
    _end(document, edition)
    out = BytesIO()
    document.save(out)
    return as_bytes(out.getvalue())


def _styles(document: Document) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Cm, Pt, RGBColor

    report = document.styles.add_style(REPORT, WD_STYLE_TYPE.PARAGRAPH)
    report.base_style = document.styles["Normal"]
    report.paragraph_format.first_line_indent = Pt(21)  # two characters
    report.paragraph_format.line_spacing = 1.4
    note = document.styles.add_style(_NOTE, WD_STYLE_TYPE.PARAGRAPH)
    note.base_style = document.styles["Normal"]
    note.font.size = Pt(9.5)
    note.paragraph_format.space_after = Pt(2)
    title = document.styles.add_style(_TITLE, WD_STYLE_TYPE.PARAGRAPH)
    title.base_style = document.styles["Normal"]
    title.font.size, title.font.bold = Pt(12), True
    title.paragraph_format.space_before = Pt(14)
    title.paragraph_format.keep_with_next = True
    for level in range(1, 7):
        style = document.styles[f"Heading {level}"]
        style.font.name, style.font.size, style.font.bold = (
            "Times New Roman",
            Pt(max(11, 17 - 2 * level)),
            True,
        )
        style.font.italic = False
        style.font.color.rgb = RGBColor(0x1F, 0x1F, 0x1F)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in [each for each in fonts.attrib if "Theme" in each]:
            del fonts.attrib[attribute]
        fonts.set(w("eastAsia"), "黑体")
        style.paragraph_format.left_indent = Cm(0)


def _report(paragraph: Paragraph, edition: Edition, start: int, end: int) -> None:
    """A paragraph of the report; what an article explains leads there."""
    at = start
    for link in _between(edition.links, start, end):
        _run(paragraph, edition.text[at : link.start])
        target = f"a{link.article}" if link.article else f"u{link.unexplained}"
        _link(paragraph, edition.text[link.start : link.end], target)
        at = link.end
    _run(paragraph, edition.text[at:end])


def _between(links: Sequence[Link], start: int, end: int) -> Iterator[Link]:
    return (link for link in links if start <= link.start and link.end <= end)


def _run(paragraph: Paragraph, text: str) -> None:
    if text:
        paragraph.add_run(text)


def _box(document: Document, edition: Edition, box: Box) -> None:
    cell = _cell(document)
    first = cell.paragraphs[0]
    first.style = document.styles[_NOTE]
    first.add_run(say("box")).bold = True
    first.paragraph_format.keep_with_next = True
    for article in box.articles:
        _article(cell, article)
    for name, later in (("before", False), ("later", True)):
        if here := [each for each in box.pointers if each.later == later]:
            _labels(_note(cell), say(name), ((each.label, f"a{each.number}") for each in here))
    if box.unexplained:
        bare = [edition.unexplained[n - 1] for n in box.unexplained]
        _labels(_note(cell), say("left"), ((each.label, f"u{each.number}") for each in bare))


def _cell(document: Document) -> _Cell:
    """A table of one shaded cell, with a small gap behind; Word wants a paragraph between two tables."""
    from docx.oxml import OxmlElement
    from docx.shared import Pt

    cell: _Cell = document.add_table(rows=1, cols=1).cell(0, 0)
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", _SHADE)):
        shade.set(w(name), value)
    cell._tc.get_or_add_tcPr().append(shade)
    gap = document.add_paragraph(style=_NOTE)
    gap.paragraph_format.space_after = Pt(0)
    gap.paragraph_format.line_spacing = Pt(6)
    return cell


def _note(cell: _Cell) -> Paragraph:
    paragraph: Paragraph = cell.add_paragraph(style=_NOTE)
    return paragraph


def _labels(paragraph: Paragraph, name: str, labels: Iterable[tuple[str, str]]) -> None:
    paragraph.add_run(f"{name}：")
    for number, (label, target) in enumerate(labels):
        if number:
            paragraph.add_run("、")
        _link(paragraph, label, target)


def _article(cell: _Cell, article: Article) -> None:
    meaning = article.meaning
    head = _note(cell)
    head.paragraph_format.keep_with_next = True
    _bookmark(head, f"a{article.number}")
    head.add_run(article.label).bold = True
    for badge in badges_of(article):
        _grey(head, f"  {told(badge)}")
    cut = say("cut", n=meaning.left_out) if meaning.left_out else ""
    for line in (meaning.text + cut).split("\n"):
        _note(cell).add_run(line)
    if groups := [*parts(meaning)]:
        listed = "；".join((f"{name}：" if name else "") + "、".join(members) for name, members in groups)
        _note(cell).add_run(f"{say('parts')}{count(meaning)}：{listed}")
    if article.change:
        _note(cell).add_run("，".join(change_lines(article.change)))
    _grey(_note(cell), f"—— {source(meaning)}")


def _end(document: Document, edition: Edition) -> None:
    """What has no place in the text, what nobody explains, and the sources."""
    if edition.unplaced:
        document.add_paragraph(say("unplaced"), style=_TITLE)
        cell = _cell(document)
        for article in edition.unplaced:
            _article(cell, article)
    if edition.unexplained:
        document.add_paragraph(say("unexplained"), style=_TITLE)
        document.add_paragraph(say("unexplained-why"), style=_NOTE)
        for left in edition.unexplained:
            _left(document, edition, left)
    if edition.references:
        document.add_paragraph(say("references"), style=_TITLE)
    for number, reference in enumerate(edition.references.values(), start=1):
        document.add_paragraph(f"[{number}] {reference}", style=_NOTE)


def _left(document: Document, edition: Edition, left: Unexplained) -> None:
    from docx.shared import Cm

    head = document.add_paragraph(style=_NOTE)
    head.paragraph_format.keep_with_next = True
    _bookmark(head, f"u{left.number}")
    head.add_run(f"{left.number}. {left.label}").bold = True
    for badge in badges_of(left):
        _grey(head, f"  {told(badge)}")
    lines = []
    if listing := left.listing:
        title = listing.title or listing.document
        lines.append(say("listed", parts="、".join(listing.parts), title=title))
    if namesake := left.namesake:
        name, headword = namesake.title or namesake.document, namesake.headword or left.label
        lines.append(say("namesake", title=name, headword=headword.strip("“”")))
    for each in left.sentences:
        lines.append(edition.text[each.start : each.end] + (f"（{each.section}）" if each.section else ""))
    for line in lines:
        paragraph = document.add_paragraph(line, style=_NOTE)
        paragraph.paragraph_format.left_indent = Cm(0.7)


def _grey(paragraph: Paragraph, text: str) -> None:
    from docx.shared import Pt, RGBColor

    run = paragraph.add_run(text)
    run.font.size, run.font.color.rgb = Pt(8.5), RGBColor(GREY, GREY, GREY)


def _bookmark(paragraph: Paragraph, name: str) -> None:
    """A place that a link can lead to; the library has no word for it. A number serves once, so the name gives it."""
    from docx.oxml import OxmlElement

    number = str(2 * int(name[1:]) + (name[0] == "u"))
    for kind in ("bookmarkStart", "bookmarkEnd"):
        mark = OxmlElement(f"w:{kind}")
        mark.set(w("id"), number)
        if kind == "bookmarkStart":
            mark.set(w("name"), name)
        paragraph._p.append(mark)


def _link(paragraph: Paragraph, text: str, target: str) -> Any:
    """Words that lead to a bookmark; the library has no word for it."""
    from docx.oxml import OxmlElement
    from docx.shared import RGBColor

    run = paragraph.add_run(text)
    run.font.color.rgb = RGBColor(0xB3, 0x26, 0x1E)
    link = OxmlElement("w:hyperlink")
    link.set(w("anchor"), target)
    link.set(w("history"), "1")
    paragraph._p.remove(run._r)
    link.append(run._r)
    paragraph._p.append(link)
    return link
