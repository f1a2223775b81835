"""The lineage of a formula, from a build of small reports: which years keep it, change it, lack it, or say nothing."""

import json
import os
import re
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest

import kg
from kg.console.lineages import years_as_runs
from kg.errors import KgError
from kg.lineages import Lineage, lineage
from kg.store import open_store
from kg.visual import render_lineage, render_lineage_page, write_lineage

ROOT = Path(__file__).parent.parent
NATIONAL = os.environ.get("KG_NATIONAL")

#: By year what the report of 甲省 says; 2014 has a digest, 2013 nothing. 乙市 has two reports.
SAID = {
    2010: "加快发展。",
    2011: "继续实施稳健的货币政策。",
    2012: "一、2011年工作回顾\n过去一年，我们实施稳健的货币政策。\n二、2012年工作安排\n实施从紧的货币政策。发达国家推行宽松货币政策，",
    2014: "实施稳健的货币政策。",
    2015: "发挥货币政策的作用。",
    2016: "稳健的“货币政策”要松紧适度。",
    2017: "知识小贴士\n“货币政策”：稳健的货币政策是一种货币政策。\n三、加快发展\n实施积极的财政政策。",
}
MANIFEST = "".join(
    f'[[document]]\npath = "{year}.txt"\nyear = {year}\nissuer = "甲省人民政府"\nkind = "{"abridgement" if year == 2014 else "report"}"\n'
    for year in SAID
) + "".join(
    f'[[document]]\npath = "b{year}.txt"\nyear = {year}\nissuer = "乙市人民政府"\nkind = "report"\n' for year in (2011, 2012)
)  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("series")
    (folder / "corpus.toml").write_text(f'title = "报告"\n{MANIFEST}', encoding="utf-8")
    for year, text in SAID.items():
        (folder / f"{year}.txt").write_text(
            f"政府工作报告\n各位代表：\n{text}\n谢谢大家。\n", encoding="utf-8"
        )
    for year in (2011, 2012):
        (folder / f"b{year}.txt").write_text("政府工作报告\n落实稳健的货币政策。\n", encoding="utf-8")
    kg.build(folder, folder / "output")
    return folder / "output"


@pytest.fixture(scope="module")
def told(built: Path) -> Lineage:
    return kg.open(built).lineage("稳健的货币政策")


def test_lineages_take_the_longest_series_and_name_the_others(told: Lineage):
    assert (told.issuer, told.others, told.full_texts) == ("甲省人民政府", ("乙市人民政府",), 6)


def test_lineages_say_of_each_year_what_it_did(told: Lineage):
    old, new = "稳健的货币政策", "从紧的货币政策"
    years = [(y.year, y.presence, y.came, y.kept, y.returned, y.went) for y in told.years]
    assert years == [
        (2010, "absent", (), (), (), ()),
        (2011, "exact", (old,), (), (), ()),
        (2012, "exact", (new,), (old,), (), ()),
        (2013, "unknown", (), (), (), ()),
        (2014, "unknown", (), (), (), ()),  # a digest proves nothing
        (2015, "absent", (), (), (), (old, new)),
        (2016, "exact", (), (), (old,), ()),
        (2017, "absent", (), (), (), (old,)),  # what a box says is an editor's word
    ]


def test_lineages_group_places_into_wordings(told: Lineage):
    exact, other, doubtful = told.variants
    assert (exact.said, exact.kind, exact.years, exact.gaps) == (
        "稳健的货币政策",
        "exact",
        (2011, 2012, 2016),
        ((2015, 2015),),
    )
    assert (exact.retrospect, exact.digests, exact.times, exact.ended) == ((2012,), (2014,), 3, True)
    assert [(p.before, p.after, p.years) for p in exact.phrases] == [
        ("继续实施", "", (2011,)),
        ("实施", "", (2012,)),
        ("", "要松紧适度", (2016,)),
    ]
    assert (other.said, other.kind, other.old, other.new, other.years) == (
        "从紧的货币政策",
        "modifier",
        "稳健",
        "从紧",
        (2012,),
    )
    assert (doubtful.said, doubtful.doubt) == ("宽松货币政策", "“的”字不见 no 的 before the head")


def test_lineages_quote_the_text_of_record(told: Lineage, built: Path):
    assert len(told.places) == 6
    for place in told.places:
        text = (built / "text" / f"{place.document}.txt").read_text(encoding="utf-8")
        assert text[place.start : place.end] == place.text
        assert (
            text[place.start - len(place.left) : place.end + len(place.right)]
            == place.left + place.text + place.right
        )
        assert place.text.replace("“", "").replace("”", "") == place.said
    (back,) = (place for place in told.places if place.retrospect)
    assert (back.year, back.covers, back.left) == (2012, (2011,), "过去一年，我们实施")


@pytest.mark.parametrize("name", ["乙市人民政府", "乙市"])
def test_lineages_of_another_issuer(built: Path, name: str):
    found = lineage(open_store(built), built / "text", "稳健的货币政策", name)
    assert (found.issuer, [y.kept for y in found.years]) == ("乙市人民政府", [(), ("稳健的货币政策",)])
    assert not found.variants[0].ended


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("丙县", "no issuers of this build are called '丙县': give one of 甲省人民政府、乙市人民政府"),
        ("人民政府", "2 issuers of this build are called '人民政府': give one of 甲省人民政府、乙市人民政府"),
    ],
)
def test_lineages_of_an_issuer_that_is_not_one(built: Path, name: str, message: str):
    with pytest.raises(KgError, match=re.escape(message)):
        lineage(open_store(built), built / "text", "稳健的货币政策", name)


def test_lineages_read_no_other_text_than_the_graph_was_made_from(built: Path, tmp_path: Path):
    with pytest.raises(KgError, match="cannot be read"):
        lineage(open_store(built), tmp_path, "稳健的货币政策")
    for path in (built / "text").iterdir():
        (tmp_path / path.name).write_text("实施稳健的货币政策。", encoding="utf-8")
    with pytest.raises(KgError, match="is another text than the graph was made from"):
        lineage(open_store(built), tmp_path, "稳健的货币政策")


def test_lineages_of_a_term_have_the_lists_of_its_parts(tmp_path: Path):
    for year, text in ((2019, "着力稳就业、稳金融、稳外贸、稳外资、稳投资、稳预期。"), (2020, "做好“六稳”工作。“六稳”：稳就业、稳金融、稳外贸、稳外资、稳投资、稳预期。")):  # fmt: skip
        (tmp_path / f"{year}.txt").write_text(f"{year}年政府工作报告\n各位代表：\n{text}\n", encoding="utf-8")
    (tmp_path / "terms.txt").write_text(
        "六稳 = 稳就业、稳金融、稳外贸、稳外资、稳投资、稳预期\n", encoding="utf-8"
    )
    kg.build(tmp_path, tmp_path / "output")
    found = kg.open(tmp_path / "output").lineage("六稳")
    assert [(each.kind, each.years[0]) for each in found.variants][:2] == [("listed", 2019), ("exact", 2020)]


def test_lineages_as_a_picture(told: Lineage):
    svg = render_lineage(told)
    root = ElementTree.fromstring(svg)
    texts = [each.text for each in root.iter("{http://www.w3.org/2000/svg}text")]
    assert {"稳健的货币政策", "从紧的货币政策", "? 宽松货币政策", "10", "17", "没有全文"} <= set(texts)
    assert "13" not in texts  # a year without a full text is hatched, and narrow
    titles = [each.text for each in root.iter("{http://www.w3.org/2000/svg}title")]
    assert "2012；1 次 times；沿用 kept；只在回顾中 looking back" in titles
    assert svg == render_lineage(told)


def test_lineages_as_a_page(told: Lineage, page, tmp_path: Path):
    path = tmp_path / "稳健.html"
    write_lineage(told, path)
    page.driver.get(path.as_uri())
    read = page.driver.execute_script
    assert page.console() == []
    assert {url for url in page.requests() if not url.startswith(("file:", "data:"))} == set()
    assert read("return document.querySelectorAll('tbody tr').length") == 3
    rows = read(
        "return [...document.querySelectorAll('tbody tr:first-child td')].map(cell => cell.className)"
    )
    assert rows == [
        "absent",
        "said first",
        "retrospect",
        "unknown",
        "unknown digest",
        "gap",
        "said last",
        "absent",
        "sort",
    ]
    addresses = read(
        "return [...document.querySelectorAll('td a')].map(link => decodeURIComponent(link.hash.slice(1)))"
    )
    assert addresses and all(
        read("return !!document.getElementById(arguments[0])", each) for each in addresses
    )
    marked = read("return [...document.querySelectorAll('mark')].map(mark => mark.textContent)")
    assert marked == [place.text for place in told.places]


def test_lineages_page_shows_hostile_words_as_words(told: Lineage):
    from dataclasses import replace

    evil = "<script>alert(1)</script>"
    page = render_lineage_page(replace(told, formula=evil, issuer=evil))
    assert evil not in page and "&lt;script&gt;" in page


def test_lineages_of_nothing_are_not_drawn(built: Path, tmp_path: Path):
    found = kg.open(built).lineage("新质生产力")
    assert (found.variants, {y.presence for y in found.years}) == ((), {"absent", "unknown"})
    with pytest.raises(KgError, match="there is nothing to draw: no report of 甲省人民政府 says 新质生产力"):
        write_lineage(found, tmp_path / "x.svg")


@pytest.mark.parametrize(
    ("years", "expected"),
    [((2001,), "2001"), ((2001, 2002, 2004, 2007), "2001–2002、2004、2007"), ((2002, 2003), "2002–2003")],
)
def test_lineages_tell_years_as_runs(years: tuple[int, ...], expected: str):
    assert years_as_runs(years) == expected


@pytest.mark.skipif(not NATIONAL, reason="KG_NATIONAL names no folder with the national reports")
def test_lineages_of_the_national_reports(tmp_path: Path):
    folder = shutil.copytree(
        str(NATIONAL), tmp_path / "national"
    )  # a build writes its identifiers beside the texts
    build = kg.build(folder, tmp_path / "output")
    histories = json.loads((ROOT / "tests" / "gold" / "lineages.json").read_text(encoding="utf-8"))
    assert len(histories) == 7
    for formula, expected in histories.items():
        found = build.lineage(formula)
        assert {each.said: list(each.years) for each in found.variants if not each.doubt} == expected, formula
