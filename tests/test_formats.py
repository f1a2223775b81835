"""The same report in every format gives the same text, and what surrounds it is no text."""

import io
import zipfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement, parse_xml
from reports import (
    NAMESPACE,
    add_mark,
    add_notes,
    as_body,
    as_docx,
    as_drawn_pdf,
    as_old_page,
    as_page,
    as_pdf,
    saved,
)

from kg import formats
from kg.cleaning import clean
from kg.documents import Source, read_document
from kg.entries import find_entries
from kg.formats import read_source
from kg.formats.pages import CHROME, NOTICES
from kg.model import Document, KgError
from kg.pipeline import analyse
from kg.structure import find_glossaries

SEEDS = Path(__file__).parent.parent / "seeds"
ANNOTATED = (SEEDS / "shanxi-2021-report-annotated.md").read_text(encoding="utf-8")
TITLE = "2021年山西省政府工作报告"
SMALL = """# 2021年甲省政府工作报告

## 一、2020年工作回顾

做好“**六稳**”工作，全省地区生产总值增长 5.5%，城镇新增就业 48.93 万人，农村劳动力转移就业 32.97 万人，群众得实惠。

#### 知识小贴士

“六稳”：稳就业、稳金融、稳外贸、稳外资、稳投资、稳预期。

## 二、2021年工作安排

继续做好“六稳”工作，落实 P3 lab 建设。
"""


def read(data: bytes, name: str):
    return clean(read_source(data, name).text)


def findings(doc: Document):
    """The entries of a document, and its mentions counted by term, context and kind."""
    corpus = analyse(Source("", (replace(doc, id="report"),), ()))
    entries = [
        (e.label, e.headword, e.definition.text, [c.span.text for c in e.components], e.numeral, e.agrees)
        for concept in corpus.concepts
        for e in concept.entries
    ]
    return sorted(entries), Counter((m.term, m.context, m.kind) for m in corpus.mentions)


# --- the bar: one report, every format --------------------------------------------------------------------

FORMATS = {
    "plain.txt": lambda text, _: text.encode(),
    "bom.txt": lambda text, _: text.encode("utf-8-sig"),
    "utf16.md": lambda text, _: text.encode("utf-16"),
    "gb18030.md": lambda text, _: text.encode("gb18030"),
    "page.html": lambda text, _: as_page(as_body(text), TITLE),
    "gb2312.html": lambda text, _: as_page(as_body(text), TITLE, "gb2312"),
    "word.docx": lambda text, _: as_docx(text),
    "printed.pdf": lambda text, folder: as_pdf(as_body(text), folder),
}


@pytest.fixture(scope="module")
def annotated(tmp_path_factory):
    """What the Markdown of the 2021 report gives."""
    doc, _ = read_document(SEEDS / "shanxi-2021-report-annotated.md")
    return doc, findings(doc)


@pytest.mark.parametrize("name", FORMATS)
def test_formats_give_the_same_text_entries_and_mentions(name, annotated, tmp_path):
    (tmp_path / name).write_bytes(FORMATS[name](ANNOTATED, tmp_path))
    doc, notes = read_document(tmp_path / name)
    expected, found = annotated
    assert doc.text == expected.text
    assert doc.marks == expected.marks
    assert (doc.kind, doc.year, doc.region, notes) == (expected.kind, expected.year, expected.region, [])
    assert (len(found[0]), sum(found[1].values())) == (75, 300)
    assert findings(doc) == found


@pytest.mark.parametrize("columns", [1, 2])
def test_formats_pdf_without_tags_gives_the_same_text(columns, annotated):
    """Running heads and page numbers are gone, lines and columns are joined. Bold type is not in this file."""
    text, marks = read(as_drawn_pdf(ANNOTATED, columns), "a.pdf")
    expected = annotated[0]
    assert text == expected.text
    headings = [(m.start, m.end) for m in marks if m.kind == "heading"]
    assert headings == [(m.start, m.end) for m in expected.marks if m.kind == "heading"]


def test_formats_pdf_of_a_browser_without_tags_gives_the_same_text(tmp_path):
    data = as_pdf(as_body(SMALL * 12), tmp_path, "--disable-pdf-tagging", "--no-pdf-header-footer")
    assert read(data, "a.pdf")[0] == clean(SMALL * 12)[0]


# --- pages ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", [*CHROME, *NOTICES], ids=lambda row: row.name)
def test_formats_every_row_of_chrome_matches_its_example(row):
    assert row.pattern.match(row.example)


PARAGRAPHS = [line.replace("**", "").lstrip("# ") for line in SMALL.split("\n") if line]


@pytest.mark.parametrize(
    "body",
    [
        "<p>" + "<br><br>\n　　".join(PARAGRAPHS) + "</p>",
        "　　" + "<br>\n　　".join(PARAGRAPHS),
        "".join(f"<div>　　<span style='font-size:14pt'>{p}</span></div>" for p in PARAGRAPHS),
        "".join(f"<p><span><font face='宋体'>&nbsp;&nbsp;{p}</font></span><o:p></o:p></p>" for p in PARAGRAPHS),
        "<table><tr><td>" + "".join(f"<p>{p}</p>" for p in PARAGRAPHS) + "</td></tr></table>",
        "".join(f"<div class='box'><p>{p}</p></div>" for p in PARAGRAPHS),
        "<div>" + "".join(f"<p>{p}</p>" for p in PARAGRAPHS[:4]) + "</div></div><div class='TRS_Editor'>" + "".join(f"<p>{p}</p>" for p in PARAGRAPHS[4:]),
        "<pre>" + "\n".join(f"<font face='宋体'><span>{p}</span></font>" for p in PARAGRAPHS) + "</pre>",
        "<div style='white-space: pre-wrap'>" + "\n".join(f"<span>{p}</span>" for p in PARAGRAPHS) + "</div>",
    ],
    ids=["br in p", "br in div", "div", "span", "layout table", "boxes", "two divs", "pre", "pre-wrap"],
)  # fmt: skip
def test_formats_a_page_is_its_text_however_it_is_built(body):
    expected = clean("\n".join(PARAGRAPHS))[0]
    assert read(as_page(body), "a.html")[0] == expected
    assert read(as_old_page(body, PARAGRAPHS[0]), "a.html")[0] == expected


def test_formats_a_page_keeps_the_title_that_stands_outside_of_the_text():
    body = "<p>——2021年1月20日在甲省第十三届人民代表大会第四次会议上</p><p>省长 李四</p><p>各位代表：</p><p>做好工作。</p>"
    text = read(as_old_page(body, "2021年甲市政府工作报告"), "a.html")[0].split("\n")
    assert text[0] == "2021年甲市政府工作报告"
    text = read(as_page(body), "a.html")[0].split("\n")
    assert text[:3] == [
        "2021年甲省政府工作报告",
        "——2021年1月20日在甲省第十三届人民代表大会第四次会议上",
        "省长李四",
    ]
    assert text[-1] == "做好工作。"


def test_formats_a_page_keeps_links_and_chrome_words_inside_of_the_text():
    body = (
        "<p>做好工作。</p><p><a href='x.html'>推进改革</a></p><p>来源：各级财政</p>"
        "<h3>相关链接</h3><p>“六稳”：稳就业。</p><p>完成<a href='y.html'>任务</a>。</p>"
    )
    assert read(as_page(body), "a.html")[0].split("\n")[1:] == [
        "做好工作。", "推进改革", "来源：各级财政", "相关链接", "“六稳”：稳就业。", "完成任务。",
    ]  # fmt: skip


def test_formats_a_page_has_no_scripts_and_nothing_hidden():
    body = "<p>做好<script>坏。</script><span style='display:none'>暗。</span>工作。</p><p hidden>藏。</p><noscript>无。</noscript>"
    assert read(as_page(body), "a.html")[0].split("\n")[1:] == ["做好工作。"]


def test_formats_characters_of_the_page_make_no_marks():
    text, marks = read("<body><p># 一号机组*投产**运行。</p><p>二*三。</p></body>".encode(), "a.html")
    assert text == "#一号机组投产运行。\n二三。"  # as in a text file, stars are dropped
    assert marks == ()


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("gb2312", "gb18030"),
        ("gb2312", "utf-8"),
        ("iso-8859-1", "gb18030"),
        ("big5", "big5"),
        ("utf-8", "gb18030"),
    ],
)
def test_formats_a_page_says_its_encoding_and_can_err(declared, encoding):
    text = "政府工作報告：做好工作。" if encoding == "big5" else "政府工作报告：做好“六稳”工作。"
    page = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={declared}"></head><body><p>{text}</p></body></html>'
    assert read(page.encode(encoding), "a.html")[0] == text


# --- notes and tables ---------------------------------------------------------------------------------------


def definitions(text: str, marks):
    doc = Document("d", text, marks)
    found = [e for g in find_glossaries(doc) for e in find_entries(g)]
    return {e.label: (e.definition.text, e.number, e.rule) for e in found}


NOTES = ["指稳就业、稳金融、稳外贸。", "数据来源：省统计局。", "“两新一重”：新型基础设施建设等。"]
EXPLAINED = {
    "六稳": ("稳就业、稳金融、稳外贸。", 1, "note-mark"),
    "两新一重": ("新型基础设施建设等。", 3, "quoted-colon"),
}


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_formats_notes_of_word_explain_the_terms_before_their_marks(kind):
    document = docx.Document()
    document.add_paragraph("2021年甲省政府工作报告")
    for i, words in enumerate(("做好“六稳”", "粮食增长5%", "推进“两新一重”建设"), 1):
        paragraph = document.add_paragraph(words)
        add_mark(paragraph, kind, i)
        paragraph.add_run("，继续努力。")
    add_notes(document, kind, NOTES)
    text, marks = read(saved(document), "a.docx")
    assert "做好“六稳”［1］，继续努力。" in text
    assert text.endswith(
        "注释\n［1］指稳就业、稳金融、稳外贸。\n［2］数据来源：省统计局。\n［3］“两新一重”：新型基础设施建设等。"
    )
    assert definitions(text, marks) == EXPLAINED


WORD = (
    '<a href="#_ftn{0}" name="_ftnref{0}"><sup>[{0}]</sup></a>',
    '<div id="ftn{0}"><p><a href="#_ftnref{0}" name="_ftn{0}">[{0}]</a> {1}</p></div>',
)
PANDOC = (
    '<a href="#fn{0}" class="footnote-ref" id="fnref{0}"><sup>{0}</sup></a>',
    '<li id="fn{0}"><p>{1}<a href="#fnref{0}">↩︎</a></p></li>',
)
WIKI = (
    '<sup id="cite_ref-{0}"><a href="#cite_note-{0}">[{0}]</a></sup>',
    '<li id="cite_note-{0}"><span><b><a href="#cite_ref-{0}">^</a></b></span> <span>{1}</span></li>',
)


@pytest.mark.parametrize(("mark", "note"), [WORD, PANDOC, WIKI], ids=["word", "pandoc", "wiki"])
def test_formats_notes_of_a_page_explain_the_terms_before_their_marks(mark, note):
    body = "".join(
        f"<p>{words}{mark.format(i)}，继续努力。</p>"
        for i, words in enumerate(("做好“六稳”", "粮食增长5%", "推进“两新一重”建设"), 1)
    )
    notes = "".join(note.format(i, text) for i, text in enumerate(NOTES, 1))
    text, marks = read(as_page(f"{body}<hr><ol>{notes}</ol>"), "a.html")
    assert "做好“六稳”［1］，继续努力。" in text
    assert text.endswith(
        "注释\n［1］指稳就业、稳金融、稳外贸。\n［2］数据来源：省统计局。\n［3］“两新一重”：新型基础设施建设等。"
    )
    assert definitions(text, marks) == EXPLAINED


def test_formats_pdf_letters_of_a_line_come_as_they_stand_however_they_are_painted():
    letters = pytest.importorskip("kg.formats.letters")

    def painted(text, at, y=700.0):
        return [letters.Letter(char, x, x + 10, y, 10.0, False, -1) for char, x in zip(text, at, strict=True)]

    first = painted("两重项目“”", (10, 20, 40, 50, 0, 30))  # the quotation marks come last, of another font
    second = painted("开工", (0, 10), 680.0)
    lines = [*letters._lines([*first, *second])]
    assert ["".join(letter.char for letter in line) for line in lines] == ["“两重”项目", "开工"]


RAISED = "新增“四上”单位［2］216家，绿地3km2，投资108元，建成园区［12］3个。"


def test_formats_raised_numbers_behind_words_are_marks_and_no_figures(tmp_path):
    document = docx.Document()
    paragraph = document.add_paragraph()
    html = ""
    for words, raised in (
        ("新增“四上”单位", "2"),
        ("216家，绿地3km", "2"),
        ("，投资10", "8"),
        ("元，建成园区", "12"),
    ):
        paragraph.add_run(words)
        for figure in raised:
            paragraph.add_run(figure).font.superscript = True
        html += f"{words}<sup>{raised}</sup>"
    paragraph.add_run("3个。")
    assert read(saved(document), "a.docx")[0] == RAISED
    assert read(as_page(f"<p>{html}3个。</p>"), "a.html")[0].endswith(RAISED)
    pdf = as_pdf(f"<p>{html}3个。</p>", tmp_path, "--no-pdf-header-footer")
    assert read(pdf, "a.pdf")[0].replace(" ", "").endswith(RAISED)
    styled = html.replace("<sup>", "<span style='vertical-align:super'>").replace("</sup>", "</span>")
    assert read(as_page(f"<p>{styled}3个。</p>"), "a.html")[0].endswith(RAISED)


TABLE = [["序号", "名词", "解释"], ["1", "六稳", "稳就业、稳金融"], ["2", "六保", "保居民就业"]]
FIGURES = [["指标", "增长"], ["粮食", "5%"]]


def test_formats_a_table_of_terms_is_a_glossary_and_another_is_left_alone():
    document = docx.Document()
    document.add_paragraph("做好工作。")
    for rows in (FIGURES, TABLE):
        table = document.add_table(len(rows), len(rows[0]))
        for i, row in enumerate(rows):
            for j, cell in enumerate(row):
                table.cell(i, j).text = cell
    as_html = ("<table>" + "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows) + "</table>" for rows in (FIGURES, TABLE))  # fmt: skip
    page = f"<body><p>做好工作。</p>{''.join(as_html)}</body>".encode()
    for data, name in ((saved(document), "a.docx"), (page, "a.html")):
        text, marks = read(data, name)
        assert (
            text == "做好工作。\n指标\n增长\n粮食\n5%\n名词解释\n1.六稳：稳就业、稳金融\n2.六保：保居民就业"
        )
        assert list(definitions(text, marks)) == ["六稳", "六保"]
        assert read_source(data, name).said == (
            "has a table that is no glossary: its cells stand one under the other",
        )


# --- Word -----------------------------------------------------------------------------------------------------


def test_formats_word_numbers_its_lists_as_a_reader_sees_them():
    document = docx.Document()
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for i, (kind, text) in enumerate(
            [("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."), ("bullet", "•")]
        )
    )
    numbering.insert(
        0, parse_xml(f'<w:abstractNum {NAMESPACE} w:abstractNumId="90">{levels}</w:abstractNum>')
    )
    numbering.append(parse_xml(f'<w:num {NAMESPACE} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    for level, text in [
        (0, "回顾"),
        (1, "经济"),
        (1, "民生"),
        (2, "就业"),
        (0, "安排"),
        (1, "改革"),
        (3, "开放"),
    ]:
        properties = document.add_paragraph(text)._p.get_or_add_pPr()
        properties.append(
            parse_xml(f'<w:numPr {NAMESPACE}><w:ilvl w:val="{level}"/><w:numId w:val="90"/></w:numPr>')
        )
    text, marks = read(saved(document), "a.docx")
    assert text.split("\n") == [
        "一、回顾",
        "（一）经济",
        "（二）民生",
        "1.就业",
        "二、安排",
        "（一）改革",
        "开放",
    ]
    assert [mark.kind for mark in marks] == ["item"]


def test_formats_word_bold_type_comes_from_styles_too():
    document = docx.Document()
    document.styles.add_style("Slogan", 2).font.bold = True
    paragraph = document.add_paragraph("做好")
    paragraph.add_run("六", style="Slogan")
    paragraph.add_run("稳").bold = True
    paragraph.add_run("工作", style="Slogan").bold = False
    text, marks = read(saved(document), "a.docx")
    assert [text[m.start : m.end] for m in marks if m.kind == "bold"] == ["六稳"]


def test_formats_word_reads_text_boxes_and_what_changes_left():
    document = docx.Document()
    paragraph = document.add_paragraph("做好工作。")
    box = f"<w:r {NAMESPACE}><w:pict><w:txbxContent><w:p><w:r><w:t>知识小贴士</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
    paragraph._p.append(parse_xml(box))
    changed = document.add_paragraph("推进")
    changed._p.append(parse_xml(f"<w:ins {NAMESPACE}><w:r><w:t>改革</w:t></w:r></w:ins>"))
    changed._p.append(parse_xml(f"<w:del {NAMESPACE}><w:r><w:delText>旧话</w:delText></w:r></w:del>"))
    hidden = changed.add_run("藏")._r
    hidden.get_or_add_rPr().append(OxmlElement("w:vanish"))
    assert read(saved(document), "a.docx")[0] == "做好工作。\n知识小贴士\n推进改革"


def test_formats_word_leaves_out_its_table_of_contents():
    document = docx.Document()
    sdt = f'<w:sdt {NAMESPACE}><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent><w:p><w:r><w:t>一、回顾 3</w:t></w:r></w:p></w:sdtContent></w:sdt>'
    document.element.body.insert(0, parse_xml(sdt))
    document.add_paragraph("一、回顾")
    assert read(saved(document), "a.docx")[0] == "一、回顾"


# --- PDF -----------------------------------------------------------------------------------------------------


def drawn(draw, pages=1, **options) -> bytes:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen import canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    sheet = canvas.Canvas(out, **options)
    for page in range(pages):
        sheet.setFont("STSong-Light", 12)
        draw(sheet, page)
        sheet.showPage()
    sheet.save()
    return out.getvalue()


def test_formats_pdf_tells_bold_type_that_is_painted_with_its_outline():
    def draw(sheet, _):
        words = sheet.beginText(70, 700)
        words.setFont("STSong-Light", 12)
        words.textOut("做好“")
        words.setTextRenderMode(2)
        words.textOut("六稳")
        words.setTextRenderMode(0)
        words.textOut("”工作。")
        sheet.drawText(words)

    text, marks = read(drawn(draw), "a.pdf")
    assert text == "做好“六稳”工作。"
    assert [text[m.start : m.end] for m in marks] == ["六稳"]


def test_formats_pdf_says_which_pages_are_pictures():
    from reportlab.lib.utils import ImageReader

    dot = ImageReader(io.BytesIO(bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082")))  # fmt: skip

    def draw(sheet, page):
        if page == 1:
            sheet.drawImage(dot, 0, 0, 500, 700)
        else:
            sheet.drawString(70, 700, f"做好{'甲乙丙'[page]}。")

    found = read_source(drawn(draw, 3), "a.pdf")
    assert clean(found.text)[0] == "做好甲。\n做好丙。"
    assert found.said == ("page 2 is a picture without text; let a program read the letters (OCR)",)


# --- what cannot be read --------------------------------------------------------------------------------------


def packed(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, content)
    return out.getvalue()


def deep_word() -> bytes:
    """A Word file whose elements stand in one another ten thousand times."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(as_docx("做好工作。"))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                data = data.replace(b"<w:p>", b"<w:sdt><w:sdtContent>" * 10000 + b"<w:p>", 1)
                data = data.replace(b"</w:p>", b"</w:p>" + b"</w:sdtContent></w:sdt>" * 10000, 1)
            new.writestr(name, data)
    return out.getvalue()


def locked_pdf() -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption

    return drawn(
        lambda sheet, _: sheet.drawString(70, 700, "x"),
        encrypt=StandardEncryption("secret", ownerPassword="o"),
    )


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)


@pytest.mark.parametrize(
    ("name", "make", "message"),
    [
        ("a.docx", lambda: b"", "is damaged or no Word file"),
        ("a.docx", lambda: b"PK\x03\x04" + bytes(99), "is damaged or no Word file"),
        ("a.docx", lambda: as_docx("做好工作。")[:9000], "is damaged or no Word file"),
        ("a.docx", lambda: packed("a.txt", b"x"), "is damaged or no Word file"),
        ("a.docx", deep_word, "is damaged or no Word file"),
        ("a.docx", lambda: OLE, r"is of the old Word \(.doc\); save it as .docx"),
        ("a.docx", lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "is locked with a password"),
        ("a.doc", lambda: OLE, "is of the old Word; open it in Word, WPS or LibreOffice"),
        ("a.pdf", lambda: b"", "is damaged or no PDF"),
        ("a.pdf", lambda: as_drawn_pdf("做好工作。")[:400], "is damaged or no PDF"),
        ("a.pdf", locked_pdf, "is locked with a password"),
        ("a.pdf", lambda: drawn(lambda sheet, _: sheet.rect(9, 9, 99, 99), 2), r"is a scan without text; .*OCR"),
        ("a.html", lambda: b"", "holds no text"),
        ("a.html", lambda: b"<div>" * 100000 + "做好。".encode(), "is nested too deeply"),
        ("a.html", lambda: bytes(range(128, 256)) * 8, "not text in UTF-8, UTF-16 or GB18030"),
    ],
)  # fmt: skip
def test_formats_say_in_one_line_what_cannot_be_read(name, make, message):
    with pytest.raises(KgError, match=f"^{name}: {message}") as error:
        read_source(make(), name)
    assert "\n" not in str(error.value)


def test_formats_word_files_that_unpack_to_too_much_are_not_unpacked(monkeypatch):
    from kg.formats import docx as reader

    monkeypatch.setattr(reader, "_LARGEST", 4 << 20)
    data = io.BytesIO(as_docx("做好工作。"))
    with zipfile.ZipFile(data, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/big.xml", bytes(5 << 20))
    with pytest.raises(
        KgError, match=r"a\.docx: unpacks to 5 MB, which no report does; save its text as \.txt"
    ):
        read_source(data.getvalue(), "a.docx")


def test_formats_entities_of_a_word_file_do_not_explode():
    document = io.BytesIO()
    bombs = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    with zipfile.ZipFile(io.BytesIO(as_docx("做好工作。"))) as old, zipfile.ZipFile(document, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                data = data.replace(b"<w:document", bombs + b"<w:document", 1).replace(
                    "做好".encode(), b"&b;"
                )
            new.writestr(name, data)
    assert "aaa" not in read(document.getvalue(), "a.docx")[0]


@pytest.mark.parametrize(("name", "module"), [("a.html", "lxml"), ("a.docx", "docx"), ("a.pdf", "pypdfium2")])
def test_formats_say_what_to_install(name, module, monkeypatch):
    def without(wanted):
        raise ModuleNotFoundError(f"No module named {module!r}", name=module)

    monkeypatch.setattr(formats.importlib, "import_module", without)
    with pytest.raises(KgError, match=rf"^{name}: .*pip install 'policy-terms\[formats\]'$"):
        read_source(b"", name)
