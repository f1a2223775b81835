"""The same report in every format: what tests compare with one another."""

import html
import io
import re
import shutil
import subprocess
from pathlib import Path

import docx
from conftest import CHROMIUM, missing
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

#: A page as government sites have it: {body} stands in the midst of what is no text of the report.
PAGE = """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="{charset}"><title>{title}_甲省人民政府门户网站</title>
<meta name="ArticleTitle" content="{title}"><style>.nav{{color:red}}</style><script>var a = "<p>脚本。</p>";</script></head>
<body>
<div class="top"><a href="/">无障碍阅读</a> <a href="#">长者模式</a> | <a href="#">登录</a></div>
<form action="/s"><input placeholder="请输入关键字"><button>搜索</button></form>
<ul class="nav"><li><a href="/">首页</a></li><li><a href="/zw">政务公开</a></li><li><a href="/hd">政民互动</a></li></ul>
<div>您当前所在位置：<a href="/">首页</a> &gt; <a href="/zw">政务公开</a> &gt; <a href="/bg">政府工作报告</a></div>
<div class="main"><div class="article">
<h1>{title}</h1>
<div class="info"><span>发布时间：2021-01-26 08:30</span> <span>来源：甲省日报</span> <span>浏览次数：12345次</span>
<span>字号：[<a href="#">大</a> <a href="#">中</a> <a href="#">小</a>]</span> <a href="javascript:print()">打印</a></div>
<div class="share">分享到：<a href="#">微信</a><a href="#">微博</a></div>
<table class="index"><tr><td>索引号：</td><td>014000/2021-00012</td></tr><tr><td>发文机关：</td><td>甲省人民政府</td></tr></table>
<div id="zoom">
{body}
</div>
<p>责任编辑：张三</p>
<div><a href="javascript:print()">【打印】</a><a href="javascript:close()">【关闭窗口】</a></div>
<p>上一篇：<a href="1.html">2020年政府工作报告</a></p><p>下一篇：<a href="2.html">计划执行情况的报告</a></p>
</div>
<div class="related"><h3>相关链接</h3><ul><li><a href="a.html">一图读懂“六新”突破</a></li>
<li><a href="b.html">解读：什么是“三去一降一补”？</a></li></ul></div></div>
<footer><p>主办：甲省人民政府办公厅 承办：甲省政务信息管理局</p><p>网站标识码：1400000036 甲ICP备05000000号-1</p>
<p>建议使用1920*1080分辨率的浏览器访问本站。</p></footer>
</body></html>"""

#: The same of twenty years ago: tables within tables, in GB2312.
OLD_PAGE = """<html><head><meta http-equiv=Content-Type content="text/html; charset=gb2312"><title>甲市政府网站</title></head><body>
<table><tr><td><img src=logo.gif></td><td>今天是2021年3月12日 星期五 欢迎访问甲市人民政府网站！</td></tr></table>
<table><tr><td width=200><table><tr><td><a href=1>市情概况</a></td></tr><tr><td><a href=2>政务公开</a></td></tr></table></td>
<td width=800><table><tr><td align=center><font size=5><b>{title}</b></font></td></tr>
<tr><td>信息来源：市政府办公室　发布时间：2021-3-12　点击数：12次　【字体：<a href=#>大</a> <a href=#>中</a> <a href=#>小</a>】</td></tr>
<tr><td><div id=fontzoom>{body}</div></td></tr>
<tr><td align=right>【<a href=javascript:print()>打印本页</a>】【<a href=javascript:close()>关闭窗口</a>】</td></tr></table></td></tr></table>
<table><tr><td align=center>版权所有：甲市人民政府　地址：甲市人民路1号　邮编：030000<br>甲ICP备05000001号<br>您是第<b>123456</b>位访问者！</td></tr></table>
</body></html>"""

#: A page to be printed.
SHEET = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>x</title><style>
body {{ font: 12pt/1.7 "Noto Serif CJK SC" }} p {{ text-indent: 2em; margin: 0 }} @page {{ size: A4; margin: 2.5cm }}
</style></head><body>{body}</body></html>"""


def blocks(source: str) -> list[tuple[int, list[tuple[str, bool]]]]:
    """The paragraphs of a Markdown text: the level of a heading or 0, and runs of text, each bold or not."""
    found = []
    for line in filter(str.strip, source.split("\n")):
        heading = re.match(r"\s{0,3}(#{1,6})\s*(.*)", line)
        level, body = (len(heading[1]), heading[2]) if heading else (0, line.strip())
        found.append((level, [(text, i % 2 == 1) for i, text in enumerate(body.split("**")) if text]))
    return found


def as_body(source: str) -> str:
    """The text as HTML."""
    return "\n".join(
        "<{0}>{1}</{0}>".format(
            f"h{level}" if level else "p",
            "".join(f"<strong>{html.escape(t)}</strong>" if bold else html.escape(t) for t, bold in runs),
        )
        for level, runs in blocks(source)
    )


def as_page(body: str, title: str = "2021年甲省政府工作报告", charset: str = "utf-8") -> bytes:
    """A body in a page with all that surrounds a text."""
    return PAGE.format(body=body, title=title, charset=charset).encode(
        "gb18030" if charset == "gb2312" else charset
    )


def as_old_page(body: str, title: str) -> bytes:
    """A body in a page that is laid out by tables."""
    return OLD_PAGE.format(body=body, title=title).encode("gb18030")


def as_docx(source: str) -> bytes:
    """The text as a Word file."""
    document = docx.Document()
    for level, runs in blocks(source):
        paragraph = document.add_heading("", level) if level else document.add_paragraph()
        for text, bold in runs:
            paragraph.add_run(text).bold = bold or None
    return saved(document)


def saved(document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def add_notes(document, kind: str, texts: list[str]) -> None:
    """Put footnotes or endnotes into a Word file, numbered from 1: python-docx cannot."""
    notes = "".join(
        f'<w:{kind} w:id="{i}"><w:p><w:r><w:{kind}Ref/></w:r><w:r><w:t xml:space="preserve"> {html.escape(text)}</w:t></w:r></w:p></w:{kind}>'
        for i, text in enumerate(texts, 1)
    )
    separator = f'<w:{kind} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>'
    xml = f'<?xml version="1.0" encoding="UTF-8"?><w:{kind}s {NAMESPACE}>{separator}{notes}</w:{kind}s>'
    media = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}s+xml"
    part = Part(PackURI(f"/word/{kind}s.xml"), media, xml.encode(), document.part.package)
    document.part.relate_to(
        part, f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}s"
    )


def add_mark(paragraph, kind: str, number: int) -> None:
    """Put the mark of a note behind a paragraph of a Word file."""
    reference = OxmlElement(f"w:{kind}Reference")
    reference.set(qn("w:id"), str(number))
    paragraph.add_run()._r.append(reference)


def as_pdf(body: str, folder: Path, *flags: str) -> bytes:
    """A body of HTML as a browser prints it."""
    browser = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if not browser:
        missing("the browser Chromium")
    page, pdf = folder / "sheet.html", folder / "sheet.pdf"
    page.write_text(SHEET.format(body=body), encoding="utf-8")
    command = [str(browser), "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
    command += [*flags, f"--print-to-pdf={pdf}", page.as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return pdf.read_bytes()


def as_drawn_pdf(source: str, columns: int = 1) -> bytes:
    """The text as a typesetting library lays it out: no tags, a running head, page numbers, one or two columns."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    size = 12 if columns == 1 else 10

    def style(level: int) -> ParagraphStyle:
        return ParagraphStyle(
            str(level),
            fontName="STSong-Light",
            fontSize=(size * 2 - level) if level else size,
            leading=(size * 2.6) if level else size * 1.6,
            firstLineIndent=0 if level else 2 * size,
            wordWrap="CJK",
        )

    def around(canvas, page) -> None:
        canvas.setFont("STSong-Light", 9)
        canvas.drawString(70, A4[1] - 40, "甲省人民政府公报 2021年第3期")
        canvas.drawCentredString(A4[0] / 2, 30, f"— {page.page} —")

    story = [
        Paragraph("".join(html.escape(text) for text, _ in runs), style(level))
        for level, runs in blocks(source)
    ]
    width = (A4[0] - 100 - 30 * (columns - 1)) / columns
    frames = [Frame(50 + i * (width + 30), 60, width, A4[1] - 130) for i in range(columns)]
    out = io.BytesIO()
    document = BaseDocTemplate(out, pagesize=A4)
    document.addPageTemplates(PageTemplate("page", frames, onPage=around))
    document.build(story)
    return out.getvalue()
