"""Reports with their boxes: what is explained where, in whose words, and what a file is told that nobody has seen."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import zipfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import docx
import pytest
from pyoxigraph import Store

from kg.cleaning import paragraphs
from kg.documents import Source, read_document
from kg.editions import Edition, Terms, annotate
from kg.editions.meanings import Standpoint, best, changed, shortened
from kg.editions.places import plan
from kg.editions.records import Meaning
from kg.editions.words import words
from kg.errors import KgError
from kg.exports.annotated import FORMATS, render
from kg.model import Corpus, Document
from kg.pipeline import analyse, build
from kg.readings import Box, Heading, Reading, Said
from kg.store import open_store

REPORT = "shanxi-2021-report-annotated"
PROVINCIAL = os.environ.get("KG_PROVINCIAL")


@pytest.fixture(scope="session")
def built(output: Path) -> Store:
    return open_store(output)


@pytest.fixture(scope="session")
def edition(built: Store, output: Path) -> Edition:
    return annotate(built, output, REPORT)


def homes(edition: Edition) -> dict[str, int]:
    """Behind which paragraph each term is explained."""
    return {
        term.label.partition("（")[0]: box.behind
        for box in edition.boxes
        for article in box.articles
        for term in article.terms
    }


def printed(corpus: Corpus) -> tuple[Document, list[tuple[int, int]], list[tuple[str, int]]]:
    """The annotated report, its paragraphs without the boxes, and of each entry the paragraph before its box."""
    doc = next(each for each in corpus.documents if each.id == REPORT)
    boxes = [each for each in corpus.glossaries if each.span.doc.id == REPORT]
    body = [
        (a, b)
        for a, b in paragraphs(doc.text)
        if not any(box.heading.start <= a < box.span.end for box in boxes)
    ]
    entries = [
        (concept.label, sum(b <= entry.glossary.heading.start for _, b in body) - 1)
        for concept in corpus.concepts
        for entry in concept.entries
        if entry.doc.id == REPORT
    ]
    return doc, body, entries


def without_boxes(doc: Document, body: Sequence[tuple[int, int]], marks: bool) -> str:
    """The report as it was before an editor put boxes into it, with its headings and bold type or without."""
    if not marks:
        return "\n".join(doc.text[a:b] for a, b in body)
    lines = []
    for a, b in body:
        line = doc.text[a:b]
        for mark in sorted(doc.marks, key=lambda mark: -mark.start):
            if mark.kind == "bold" and a <= mark.start and mark.end <= b:
                line = (
                    f"{line[: mark.start - a]}**{line[mark.start - a : mark.end - a]}**{line[mark.end - a :]}"
                )
        level = next((mark.level for mark in doc.marks if mark.kind == "heading" and mark.start == a), 0)
        lines.append(f"{'#' * level} {line}" if level else line)
    return "\n\n".join(lines)


@pytest.mark.parametrize("how", ["stripped", "stripped.md", "stripped.txt"])
def test_edition_has_the_boxes_where_the_printed_edition_has_them(
    seeds: Corpus, built: Store, output: Path, tmp_path: Path, how: str
) -> None:
    """At least 95 of 100 entries: explained behind a paragraph where they are printed, and named behind each of them."""
    doc, body, entries = printed(seeds)
    assert len(entries) == 75
    name, stripped = REPORT, how == "stripped"
    if not stripped:
        (tmp_path / how).write_text(without_boxes(doc, body, how.endswith("md")), encoding="utf-8")
        name = str(tmp_path / how)
    made = annotate(built, output, name, stripped=stripped)
    assert made.body == "\n".join(doc.text[a:b] for a, b in body)
    named = {
        box.behind: {pointer.label for pointer in box.pointers}
        | {term.label for article in box.articles for term in article.terms}
        for box in made.boxes
    }
    places: dict[str, set[int]] = {}
    for label, place in entries:
        places.setdefault(label, set()).add(place)
    where = homes(made)
    right = [
        label
        for label, place in entries
        if where.get(label) in places[label] and label in named.get(place, ())
    ]
    assert len(right) >= 0.95 * len(entries)
    assert {article.meaning.document for article in made.articles} == {REPORT}


MARKED = """政府工作报告
——2025年1月10日在山西省第十四届人民代表大会第三次会议上
一、2024年工作回顾
经济向好。社会稳定。全面推进“两重”［1］建设，落实“两新”政策，深化“四下基层”。
二、2025年工作安排
（一）扩大内需
加力落实“两新”［2］政策，“两重”项目开工。
（二）改进作风
践行“四下基层”，做好“一单制”工作。
推行“九小场所”整治。
名词解释
［1］“两重”：国家重大战略实施、重点领域安全能力建设。
［2］“两新”：大规模设备更新、消费品以旧换新。
［3］“四下基层”：宣传党的路线下基层、调查研究下基层、信访接待下基层、现场办公下基层。
［4］“三个不存在”：没有说到的事。
"""


@pytest.mark.parametrize("style", ["［{}］", "[{}]", "〔{}〕", "【{}】", "［注{}］", "（注{}）", "[ {} ]"])
def test_edition_explains_a_marked_term_at_its_mark(
    style: str, built: Store, output: Path, tmp_path: Path
) -> None:
    written = re.sub(r"［(\d)］", lambda mark: style.format(mark[1]), MARKED)
    (tmp_path / "marked.txt").write_text(written, encoding="utf-8")
    made = annotate(built, output, str(tmp_path / "marked.txt"))
    at = {
        label: made.text[made.paragraphs[n].start : made.paragraphs[n].end]
        for label, n in homes(made).items()
    }
    assert style.format(1) in at["两重"]
    assert style.format(2) in at["两新"]  # not at the first mention, which has no mark
    assert at["四下基层"].startswith("经济向好")  # a list of notes is numbered by first mention
    assert [article.label for article in made.unplaced] == ["三个不存在"]
    assert "名词解释" not in made.body
    assert made.body.endswith("推行“九小场所”整治。")
    assert {left.label for left in made.unexplained} == {"一单制", "九小场所"}


def with_marks(doc: Document, corpus: Corpus, draw: random.Random) -> tuple[str, list[tuple[str, int]]]:
    """A report with a mark ［N］ behind one of the mentions of each term of its list, whichever; and the terms with N."""
    begins = min(each.heading.start for each in corpus.glossaries if each.context == "glossary")
    marks: dict[int, tuple[int, str]] = {}
    for concept in corpus.concepts:
        for entry in concept.entries:
            places = [
                mention.span.end
                for mention in corpus.mentions
                if mention.concept == concept.id and mention.span.end < begins and mention.kind == "core"
            ]
            if places and entry.number is not None:
                end = draw.choice(places)
                end += doc.text[end] == "”"
                noun = entry.headword.rpartition("”")[2]
                marks[entry.number] = (end + len(noun) * doc.text.startswith(noun, end), concept.label)
    text = doc.text
    for number, (at, _) in sorted(marks.items(), key=lambda row: -row[1][0]):
        text = f"{text[:at]}［{number}］{text[at:]}"
    return text, [(label, number) for number, (_, label) in marks.items()]


@pytest.mark.skipif(not PROVINCIAL, reason="KG_PROVINCIAL names no folder with provincial reports")
@pytest.mark.parametrize("name", ["sichuan", "guangdong", "jiangxi"])
def test_edition_of_a_real_report_explains_marked_terms_at_their_marks(
    built: Store, output: Path, tmp_path: Path, name: str
) -> None:
    doc, _ = read_document(Path(str(PROVINCIAL)) / f"{name}.txt")
    text, wanted = with_marks(doc, analyse(Source("", (doc,), ())), random.Random(7))
    (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    made = annotate(built, output, str(tmp_path / f"{name}.txt"))
    where = homes(made)
    right = [
        label
        for label, number in wanted
        if label in where
        and f"［{number}］"
        in made.text[made.paragraphs[where[label]].start : made.paragraphs[where[label]].end]
    ]
    assert len(wanted) > 10 and len(right) >= 0.95 * len(wanted)


def test_edition_of_a_build_reads_marks_as_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "marked.txt").write_text(MARKED, encoding="utf-8")
    build(tmp_path / "docs", tmp_path / "built")
    store = open_store(tmp_path / "built")
    of_build, of_file = (annotate(store, tmp_path / "built", "marked"), None)
    copied = tmp_path / "copy.txt"
    copied.write_text(MARKED, encoding="utf-8")
    of_file = annotate(store, tmp_path / "built", str(copied))
    assert homes(of_build) == homes(of_file)
    assert annotate(store, tmp_path / "built", str(tmp_path / "docs" / "marked.txt")).id == "marked"


def test_edition_explains_each_term_once_with_a_way_from_elsewhere(edition: Edition) -> None:
    labels = [term.key for article in edition.articles for term in article.terms]
    assert len(labels) == len(set(labels)) >= 70
    numbers = [article.number for article in edition.articles]
    assert numbers == [*range(1, len(numbers) + 1)]
    by_number = {article.number: box.behind for box in edition.boxes for article in box.articles}
    pointers = [(box.behind, pointer) for box in edition.boxes for pointer in box.pointers]
    assert len(pointers) > 20
    for behind, pointer in pointers:
        assert pointer.later == (by_number[pointer.number] > behind)
        assert by_number[pointer.number] != behind


def test_edition_says_nothing_without_a_quotation(edition: Edition, output: Path) -> None:
    for article in edition.articles:
        meaning = article.meaning
        assert meaning.document is not None
        text = (output / "text" / f"{meaning.document}.txt").read_bytes().decode("utf-8")
        assert text[meaning.start : meaning.end] == meaning.text
        assert all(part in meaning.text for part in meaning.components)
        assert meaning.document in edition.references
    for left in edition.unexplained:
        assert left.sentences
        for each in left.sentences:
            assert each.start <= each.said_start < each.said_end <= each.end
    for link in edition.links:
        assert (link.article is None) != (link.unexplained is None)


def test_edition_tells_terms_that_share_a_definition_together(edition: Edition) -> None:
    assert "三线作战、四环联动、五严五防" in [article.label for article in edition.articles]


def test_edition_lists_what_nobody_explains(edition: Edition) -> None:
    left = {each.label: each for each in edition.unexplained}
    assert "六最" in left and "六稳" not in left
    assert [edition.text[each.said_start : each.said_end] for each in left["六最"].sentences] == ["六最"] * 3
    assert left["两长制"].listing is not None and len(left["两长制"].listing.parts) == 2
    shown = [number for box in edition.boxes for number in box.unexplained]
    assert sorted(shown) == [
        each.number for each in edition.unexplained
    ]  # each named once, where it first stands


def test_edition_explains_what_is_asked_for(built: Store, output: Path) -> None:
    undefined = annotate(built, output, REPORT, terms=Terms.UNDEFINED)
    assert undefined.articles == () and len(undefined.unexplained) > 40
    new = annotate(built, output, REPORT, terms=Terms.NEW)
    assert new.articles == () and new.unexplained == ()  # no full text of 2020 proves anything
    assert [remark.name for remark in new.remarks] == ["no-text"]
    short = annotate(built, output, REPORT, longest=40)
    assert max(len(article.meaning.text) for article in short.articles) <= 40
    assert any(article.meaning.left_out for article in short.articles)
    with pytest.raises(KgError, match="--longest"):
        annotate(built, output, REPORT, longest=0)


YEARS = {
    "2019": "政府工作报告\n——2019年1月10日在山西省第十四届人民代表大会第一次会议上\n做好“六稳”工作。\n",
    "2020": "政府工作报告\n——2020年1月10日在山西省第十四届人民代表大会第二次会议上\n做好“六稳”工作，落实“六保”任务，完善“三权分置”办法。\n",
    "2021": "政府工作报告\n——2021年1月10日在山西省第十四届人民代表大会第三次会议上\n做好“六稳”工作，落实“六保”任务，推进“六新”突破，推进“三权”分置。\n"
    "知识小贴士\n“六稳”：稳就业、稳金融、稳外贸、稳外资、稳投资、稳预期。\n“六保”：保居民就业、保基本民生、保市场主体、保粮食能源安全、保产业链供应链稳定、保基层运转。\n",
    "guo2018": "政府工作报告\n——2018年3月5日在第十三届全国人民代表大会第一次会议上\n国务院总理\n推进“六新”突破。\n",
}


def test_edition_gives_several_terms_an_age_only_where_it_is_that_of_each(tmp_path: Path) -> None:
    docs, out = tmp_path / "docs", tmp_path / "built"
    docs.mkdir()
    for year, said in (
        (2023, "做好“四旁”绿化。"),
        (2024, "做好“两重”“四旁”工作。"),
        (2025, "做好“两重”“两新”工作，治理“三边”“四旁”。"),
    ):
        page = f"政府工作报告\n——{year}年1月10日在山西省第十四届人民代表大会第一次会议上\n{said}\n"
        (docs / f"{year}.txt").write_text(page, encoding="utf-8")
    with (docs / "2025.txt").open("a", encoding="utf-8") as report:
        report.write(
            "名词解释\n1.“两重”、“两新”：国家重大战略实施和重点领域安全能力建设；大规模设备更新和消费品以旧换新。\n"
            "2.“三边”：山边、水边、路边。\n3.“四旁”：村旁、宅旁、路旁、水旁。\n"
        )
    build(docs, out)
    ages = {article.label: article.age for article in annotate(open_store(out), out, "2025").articles}
    assert ages["两重、两新"] is None  # one is in its second year, the other is new
    assert ages["三边"] is not None and ages["三边"].is_new
    assert ages["四旁"] is not None and (ages["四旁"].nth, ages["四旁"].proven) == (3, False)


def test_edition_knows_how_old_a_term_is_where_texts_prove_it(tmp_path: Path) -> None:
    docs, out = tmp_path / "docs", tmp_path / "built"
    docs.mkdir()
    for name, text in YEARS.items():
        (docs / f"{name}.txt").write_text(text, encoding="utf-8")
    build(docs, out)
    made = annotate(open_store(out), out, "2021")
    ages = {term.label: article.age for article in made.articles for term in article.terms}
    stable, safe = ages["六稳"], ages["六保"]
    assert stable is not None and safe is not None
    assert (stable.nth, stable.proven) == (3, False)  # 2018 is not there
    assert (safe.nth, safe.proven) == (2, True)  # the text of 2019 lacks it
    fresh, split = made.unexplained
    assert split.label == "三权" and split.age is not None  # 2020 has its letters, if not the term
    assert not split.age.is_new
    assert fresh.label == "六新" and fresh.age is not None and fresh.age.is_new
    assert fresh.age.elsewhere is not None and fresh.age.elsewhere.year == 2018
    only = annotate(open_store(out), out, "2021", terms=Terms.NEW)
    assert (only.articles, [each.label for each in only.unexplained]) == ((), ["六新"])
    assert "2021 年新提法" in render(made).decode() and "国务院 2018 年已提" in render(made).decode()


def meant(document: str, year: int, *parts: str) -> Meaning:
    from kg.cards import Group, Part

    groups = (Group(None, tuple(Part(part, None, None) for part in parts)),) if parts else ()
    return Meaning(f"{document}{year}", "editor", document, document, year, 0, 5, groups=groups)


def test_meanings_prefer_the_own_the_issuers_the_nations_and_the_nearest() -> None:
    documents = {
        "own": {"issuer": "甲", "level": "provincial"},
        "same": {"issuer": "甲", "level": "provincial"},
        "nation": {"issuer": "国", "level": "national"},
        "other": {"issuer": "乙", "level": "provincial"},
    }
    at = Standpoint("own", "甲", 2021)
    given = [
        meant("other", 2021),
        meant("nation", 2021),
        meant("same", 2019),
        meant("same", 2023),
        meant("own", 2021),
    ]
    order = []
    while given and (first := best(given, at, documents)):
        order.append((first.document, first.year))
        given.remove(first)
    assert order == [("own", 2021), ("same", 2019), ("same", 2023), ("nation", 2021), ("other", 2021)]


def test_meanings_tell_what_changed_since() -> None:
    change = changed(
        meant("b", 2021, "甲", "乙", "丙"), [meant("a", 2019, "甲", "乙", "丁"), meant("b", 2021, "甲")]
    )
    assert change is not None
    assert (change.since, change.until) == (2019, 2021)
    assert (change.kept, change.added, change.dropped) == (("甲", "乙"), ("丙",), ("丁",))
    assert changed(meant("b", 2021, "甲"), [meant("a", 2019, "甲")]) is None


@pytest.mark.parametrize(
    ("text", "longest", "expected"),
    [
        ("一二三。四五六。", 20, ("一二三。四五六。", 0)),
        ("一二三。四五六。", 5, ("一二三。", 4)),
        ("一二、三四、五六", 6, ("一二、三四", 3)),
        ("一二三四五六", 3, ("一二三", 3)),
    ],
)
def test_meanings_are_cut_at_the_end_of_a_sentence(
    text: str, longest: int, expected: tuple[str, int]
) -> None:
    told = shortened(Meaning(text, "editor", "d", None, 2021, 0, len(text)), longest)
    assert (told.text, told.left_out) == expected


@pytest.mark.parametrize(
    ("text", "headings", "expected"),
    [  # behind which paragraph 六稳 is explained
        ("一、回顾\n“六稳”有成。\n二、安排\n做好“六稳”。", (0, 2), 1),
        (
            "一、回顾\n甲。乙。丙。“六稳”有成。\n二、安排\n做好“六稳”。",
            (0, 2),
            3,
        ),  # named in passing, then taken up
        ("一、回顾\n甲。乙。丙。“六稳”有成。\n二、安排\n甲。乙。丙。“六稳”。", (0, 2), 1),
        ("一、做好“六稳”\n统筹推进。", (0,), 1),  # a heading is explained with its text
        ("一、安排\n要抓“六稳”。\n要抓落实。", (0,), 2),  # a short section has one box, at its end
        (f"一、安排\n要抓“六稳”。\n{'要抓落实。' * 70}", (0,), 1),
    ],
)
def test_places_are_where_the_text_takes_a_term_up(text: str, headings: Sequence[int], expected: int) -> None:
    bounds = [*paragraphs(text)]
    ends = [bounds[n][0] for n in headings[1:]] + [len(text)]
    reading = Reading(
        "d", "", 2021, "report", "", text,
        tuple(Heading(*bounds[n], 1, end) for n, end in zip(headings, ends, strict=True)),
    )  # fmt: skip
    said = [Said(each.start(), each.end(), "core", ("x",)) for each in re.finditer("六稳", text)]
    assert plan(reading, said).homes["x"].behind == expected


def test_places_leave_programmes_for_years_to_come_to_the_plan_of_the_year() -> None:
    text = "“十四五”目标\n做好“六稳”工作。\n2021年安排\n甲。乙。丙。做好“六稳”工作。"
    second = text.index("2021年")
    headings = (Heading(0, 7, 1, second, (2021, 2025)), Heading(second, second + 7, 1, len(text), (2021,)))
    reading = Reading("d", "", 2021, "report", "", text, headings)
    said = [Said(each.start(), each.end(), "core", ("x",)) for each in re.finditer("六稳", text)]
    assert plan(reading, said).homes["x"].behind == 3


def test_places_break_a_text_that_has_lost_its_paragraphs() -> None:
    text = "做好“六稳”工作。" * 500
    reading = Reading("d", "", 2021, "report", "", text)
    made = plan(reading, [Said(3, 5, "core", ("x",))])
    assert len(made.paragraphs) > 5 and made.homes["x"].behind == 0
    assert "".join(text[each.start : each.end] for each in made.paragraphs) == text
    boxed = Reading("d", "", 2021, "report", "", "甲。\n知识小贴士\n乙。\n丙。", (), (Box(9, 11, "editor"),))
    assert [(each.start, each.end) for each in plan(boxed, []).paragraphs] == [(0, 2), (12, 14)]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("shanxi-2024-rapport", "did you mean shanxi-2024-report"),
        ("2019", "no document '2019' in this build; did you mean"),
        ("山西", "names 5 documents: ask for"),
        ("missing.md", "there is no such file"),
        ("missing.doc", "no document|no such file"),
        ("tests", "is a folder"),
    ],
)
def test_edition_of_what_is_not_there_is_one_clear_line(
    built: Store, output: Path, name: str, message: str
) -> None:
    with pytest.raises(KgError, match=message) as caught:
        annotate(built, output, name)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", [REPORT, "2021年山西省政府工作报告（附知识小贴士）", "2021", "shanxi-2021"])
def test_edition_is_found_by_id_title_and_year(built: Store, output: Path, name: str) -> None:
    assert annotate(built, output, name).id == REPORT


# --- what is written ------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", FORMATS)
def test_editions_are_written_the_same_each_time(edition: Edition, format: str) -> None:
    assert render(edition, format) == render(edition, format)
    with pytest.raises(KgError, match="md or html or docx"):
        render(edition, "pdf")


def test_edition_in_markdown_has_the_report_and_its_boxes(edition: Edition) -> None:
    text = render(edition).decode("utf-8")
    plain = re.sub(r"\\([\\`*_\[\]<>#|~&.+-])", r"\1", text)
    at = 0
    for paragraph in edition.paragraphs:
        line = edition.text[paragraph.start : paragraph.end]
        at = plain.index(line, at) + len(line)
    targets = set(re.findall(r'<a id="(\w+)">', text))
    assert set(re.findall(r"\]\(#(\w+)\)", text)) <= targets
    assert len(targets) == len(edition.articles) + len(edition.unexplained)


def report_of(content: bytes) -> str:
    """The text of the report in a Word document, by the styles of its paragraphs."""
    document = docx.Document(BytesIO(content))
    return "\n".join(
        paragraph.text
        for paragraph in document.paragraphs
        if paragraph.style is not None and re.fullmatch("Report|Heading [1-6]", str(paragraph.style.name))
    )


def test_edition_in_word_has_the_text_of_the_report_to_the_character(edition: Edition) -> None:
    content = render(edition, "docx")
    assert report_of(content) == edition.body
    document = zipfile.ZipFile(BytesIO(content)).read("word/document.xml").decode("utf-8")
    names = re.findall(r'<w:bookmarkStart w:id="(\d+)" w:name="(\w+)"', document)
    assert (
        len({number for number, _ in names}) == len(names) == len(edition.articles) + len(edition.unexplained)
    )
    assert set(re.findall(r'w:anchor="(\w+)"', document)) <= {name for _, name in names}


@pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is missing: apt-get install libreoffice-writer"
)
def test_edition_in_word_opens_in_libreoffice(edition: Edition, tmp_path: Path) -> None:
    (tmp_path / "edition.docx").write_bytes(render(edition, "docx"))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "txt:Text (encoded):UTF8",
        "--outdir",
        str(tmp_path),
    ]
    subprocess.run([*command, str(tmp_path / "edition.docx")], check=True, capture_output=True, timeout=120)
    lines = (tmp_path / "edition.txt").read_text(encoding="utf-8-sig").splitlines()
    report = iter(lines)
    assert all(line in report for line in edition.body.split("\n"))  # in order, each a line of its own


def test_edition_says_its_own_words_in_both_languages() -> None:
    for name, (chinese, english) in words().items():
        assert chinese and english, name
        assert set(re.findall(r"\{\w+\}", chinese)) == set(re.findall(r"\{\w+\}", english)), name


def test_places_follow_a_mark_even_in_a_heading() -> None:
    text = "一、落实“六稳”［1］\n统筹推进。\n做好“六稳”工作。"
    reading = Reading("d", "", 2021, "report", "", text, (Heading(0, 11, 1, len(text)),))
    said = [Said(each.start(), each.end(), "core", ("x",)) for each in re.finditer("六稳", text)]
    made = plan(reading, said, marked={"x": text.index("［"), "y": text.index("［")})
    assert (made.homes["x"].behind, made.homes["y"].behind) == (0, 0)
    assert made.named() == {0: ["x", "y"], 2: ["x"]}
