"""Two reports side by side, in a real browser: every sentence stands there, what differs is marked, what changed is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pages import HOSTILE, Page, contrast

import kg
from kg.changes import Kind
from kg.visual.contents import words
from kg.visual.wording import FOREMOST, marked, render_wording, rows, write_wording
from kg.wordings import Wording

OLD = f"""一、2023年工作回顾
国内生产总值增长5.2%。城镇新增就业1244万人。
粮食产量1.39万亿斤，再创历史新高。{HOSTILE}
二、2024年工作安排
今年发展主要预期目标是：国内生产总值增长5%左右；城镇新增就业1200万人以上。
稳健的货币政策要灵活适度、精准有效。
稳步推进户籍制度改革。
（一）扩大内需。促进消费稳定增长。
（二）科技创新。打好关键核心技术攻坚战。
（三）乡村振兴。坚持不懈抓好“三农”工作，扎实推进乡村全面振兴。
"""
NEW = f"""一、2024年工作回顾
国内生产总值增长5%。城镇新增就业1256万人。
粮食产量1.41万亿斤，再创历史新高。{HOSTILE}
二、2025年工作安排
今年发展主要预期目标是：国内生产总值增长4.5%左右；城镇新增就业1200万人以上。
实施适度宽松的货币政策。
加快推进户籍制度改革。
（一）乡村振兴。坚持不懈抓好“三农”工作，深入推进乡村全面振兴。
（二）扩大内需。促进消费稳定增长。
（三）科技创新。打好关键核心技术攻坚战。
发展低空经济。
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Wording:
    """Two reports, and three before them, which make the monetary policy one of long standing."""
    folder = tmp_path_factory.mktemp("wording")
    texts = dict.fromkeys((2021, 2022, 2023), "稳健的货币政策要灵活适度。\n") | {2024: OLD, 2025: NEW}
    for year, text in texts.items():
        lines = f"{year}年政府工作报告\n各位代表：\n{text}"
        (folder / f"{year}.txt").write_text(lines, encoding="utf-8")
    (folder / "corpus.toml").write_text(
        "".join(
            f'[[document]]\npath = "{year}.txt"\nyear = {year}\nissuer = "某省人民政府"\nkind = "report"\ntitle = "{year}年政府工作报告"\n'
            for year in texts
        ),
        encoding="utf-8",
    )
    kg.build(folder, folder / "output")
    return kg.open(folder / "output").wording(2024, 2025)


@pytest.fixture(scope="module")
def path(told: Wording, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("带 空格") / "对照 一.html"
    write_wording(told, path)
    return path


@pytest.fixture
def opened(page: Page, path: Path) -> Iterator[Page]:
    """The page, freshly opened; whatever a test does to it, it must be quiet."""
    page.driver.get("about:blank")
    for log in ("browser", "performance"):
        page.driver.get_log(log)
    page.driver.get(path.as_uri())
    yield page
    assert page.console() == []
    assert {url for url in page.requests() if not url.startswith(("file:", "data:"))} == set()


def test_wording_page_has_every_sentence_beside_its_other(told: Wording, opened: Page) -> None:
    for side, doc in (("old", told.old), ("new", told.new)):
        script = """return [...document.querySelectorAll(`.row > .${arguments[0]} > p`)]
            .map(one => [Number(one.dataset.at), one.textContent])"""
        shown = opened.run(script, side)
        assert sorted(shown) == sorted(
            [span.start, span.text] for pair in told.pairs for span in getattr(pair, side)
        )
        assert all(doc.text[at : at + len(text)] == text for at, text in shown)
    faced = opened.run("""return [...document.querySelectorAll('.row')].map(row =>
        [...row.querySelectorAll('p')].map(one => one.textContent))""")
    assert ["稳步推进户籍制度改革。", "加快推进户籍制度改革。"] in faced
    assert ["发展低空经济。"] in faced


def test_wording_page_marks_what_differs_not_by_colour_alone(opened: Page) -> None:
    row = next(row for row in opened.all_at(".row") if "户籍" in row.text)
    shown = [
        (one.tag_name, one.text, one.value_of_css_property("text-decoration-line"))
        for one in row.find_elements("css selector", "del, ins")
    ]
    assert shown == [("del", "稳步", "line-through"), ("ins", "加快", "underline")]


def test_wording_page_tells_the_changes_with_both_quotations_and_leads_to_them(
    told: Wording, opened: Page
) -> None:
    assert len(opened.all_at("li[data-kind]")) == len(told.changes)
    (hardened,) = (one for one in opened.all_at("li[data-kind]") if "户籍" in one.text)
    assert hardened.get_attribute("data-kind") == "hardened"
    assert [one.text.rstrip(" ↓") for one in hardened.find_elements("css selector", "blockquote")] == [
        "稳步推进户籍制度改革。",
        "加快推进户籍制度改革。",
    ]
    opened.run("arguments[0].querySelector('blockquote.new a').click()", hardened)
    row = opened.at(".row:target")
    assert "加快推进户籍制度改革" in row.text
    top, bottom, height = opened.run(
        "const box = arguments[0].getBoundingClientRect(); return [box.top, box.bottom, innerHeight]", row
    )
    assert 0 <= top < bottom <= height


def test_wording_page_links_what_moved_with_where_it_stood(opened: Page) -> None:
    moved = [
        row for row in opened.all_at(".row.moved") if "乡村全面振兴" in row.text or "乡村振兴" in row.text
    ]
    ways = opened.run(
        "return [...document.querySelectorAll('.way')].map(link => [link.closest('.row').id, link.hash.slice(1)])"
    )
    assert moved and ways
    assert all([there, here] in ways for here, there in ways)  # there and back
    assert all(opened.run("return !!document.getElementById(arguments[0])", there) for _, there in ways)


def test_wording_page_is_sifted_by_sorts(opened: Page) -> None:
    def shown(selector: str) -> int:
        return sum(one.is_displayed() for one in opened.all_at(selector))

    kinds = shown("li[data-kind]")
    opened.at("[data-sift=hardened]").click()
    assert opened.at("[data-sift=hardened]").get_attribute("aria-pressed") == "false"
    assert shown("li[data-kind]") == kinds - 1 and shown("li[data-kind=hardened]") == 0
    gone = shown(".row.gone")
    opened.at("[data-look=new]").click()
    assert (shown(".row.new"), shown(".row.gone")) == (0, gone)
    number = opened.at(".row.new").get_attribute("id")
    opened.run("location.hash = arguments[0]", number)  # a link shows what it leads to
    opened.wait(lambda: shown(f"#{number}") == 1)


def test_wording_page_in_english_and_by_night(opened: Page) -> None:
    opened.at("#language").click()
    told = opened.texts("[data-word]")
    assert not [text for text in told if any("一" <= c <= "鿿" for c in text) and text != "中文"]
    ground = "return getComputedStyle(document.body).backgroundColor"
    light = opened.run(ground)
    opened.at("#theme").click()
    assert opened.run(ground) != light
    assert opened.at("#theme").text == "Light"


def test_wording_page_colours_are_readable() -> None:
    from kg.resources import resource

    for name, ground in (("changes", "#ffffff"), ("changes-dark", "#14181c")):
        css = resource(f"visual/{name}.css").read_text(encoding="utf-8")
        colour = {
            key: css.partition(f"--{key}: ")[2][:7] for key in ("gone", "gone-fill", "fresh", "fresh-fill")
        }
        for ink in ("gone", "fresh"):
            assert contrast(colour[ink], colour[f"{ink}-fill"]) >= 4.5
            assert contrast(colour[ink], ground) >= 4.5


def test_wording_page_on_a_phone_and_on_paper(opened: Page) -> None:
    row = "const [old, now] = document.querySelector('.row.changed').children; return [old, now].map(one => one.getBoundingClientRect().top)"
    wide = opened.run(row)
    assert wide[0] == wide[1]
    phone = {"width": 360, "height": 740, "deviceScaleFactor": 2, "mobile": True}
    opened.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", phone)
    try:
        old, new = opened.run(row)
        assert old < new
        assert opened.run("return document.querySelector('main').scrollWidth") <= 360
    finally:
        opened.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    opened.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        old, new = opened.run(row)
        assert old == new
        assert opened.run("return getComputedStyle(document.querySelector('.menu')).display") == "none"
    finally:
        opened.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_wording_page_is_the_same_each_time_and_runs_nothing_of_the_texts(told: Wording) -> None:
    page = render_wording(told)
    assert page == render_wording(told)
    assert page.count("<script") == 3 and "<img" not in page  # its own
    assert "default-src &#39;none&#39;; script-src &#39;sha256-" in page


def test_wording_page_folds_the_changes_behind_the_foremost(told: Wording) -> None:
    from dataclasses import replace

    many = replace(told, changes=told.changes[:1] * (FOREMOST + 3))
    first, _, rest = render_wording(many).partition("<details>")
    assert (first.count("<li id="), rest.count("<li id=")) == (FOREMOST, 3)


def test_wording_rows_lose_no_character(told: Wording) -> None:
    for row, pair in zip(rows(told.pairs), told.pairs, strict=True):
        for sentences, spans in ((row.old, pair.old), (row.new, pair.new)):
            assert ["".join(piece.text for piece in one.pieces) for one in sentences] == [
                s.text for s in spans
            ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("甲。", "甲。", ([("甲。", True)], [("甲。", True)])),
        ("甲。", "", ([("甲。", False)], [])),
        ("", "乙。", ([], [("乙。", False)])),
        ("推进依法行政。", "大力推进依法治国。", ([("推进依法", True), ("行政", False), ("。", True)], [("大力", False), ("推进依法", True), ("治国", False), ("。", True)])),
    ],
)  # fmt: skip
def test_wording_marks_stretches(old: str, new: str, expected: tuple[list[tuple[str, bool]], ...]) -> None:
    assert tuple([(piece.text, piece.alike) for piece in side] for side in marked(old, new)) == expected


def test_wording_page_has_a_word_for_every_sort() -> None:
    assert {f"wording.{kind}" for kind in Kind} <= words().keys()
