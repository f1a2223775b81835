"""The sheet of years: what its cells say, what it claims, and how it behaves in a browser."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from lives import store_of
from test_visual import contrast

import kg.visual
from kg.lifespans import lifespans
from kg.model import KgError
from kg.store import open_store
from kg.visual import render_sheet, write_sheet

HOSTILE = """<script>alert(1)</script><img src=x onerror="alert(2)">'"&amp;</table>"""


class Table(HTMLParser):
    """The rows of the sheet: of each the label, and of each cell its classes, text and title."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: dict[str, list[tuple[set[str], str, str]]] = {}
        self.ids: list[str] = []
        self.links: dict[str, list[str]] = {}
        self._row: list[Any] = []
        self._label = ""
        self._in = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = dict(attributes)
        if tag == "tr" and "id" in found:
            self.ids.append(str(found["id"]))
            self._row, self._label = [], ""
        elif tag == "td":
            self._row.append([set((found["class"] or "").split()), "", found.get("title")])
        elif tag == "a" and self._row:
            self.links.setdefault(self._label, []).append(str(found["href"]))
        self._in = {"td": "cell", "th": "name", "small": "years"}.get(tag, self._in)

    def handle_data(self, data: str) -> None:
        if self._in == "cell" and self._row:
            self._row[-1][1] += data
        elif self._in == "name" and self.ids and not self._row:
            self._label = (self._label + data).strip()

    def handle_endtag(self, tag: str) -> None:
        if tag == "tr" and self._row:
            self.rows[self._label] = [tuple(cell) for cell in self._row]
        elif tag in ("td", "th"):
            self._in = ""


def sheet(*arguments: Any, **options: Any) -> tuple[str, Table]:
    html = render_sheet(lifespans(store_of(*arguments, **options)))
    return html, Table(html)


def test_sheet_says_each_state_by_shape_and_in_words() -> None:
    _, table = sheet("rrrrr.d", {"六稳": " lp n d"}, defined=("六稳",))
    *cells, last = table.rows["六稳"]
    assert [(sorted(look), text) for look, text, _ in cells] == [
        (["absent"], "·"),
        (["birth", "listed"], "列"),
        (["named-with-parts", "rate-2"], "2"),
        (["absent", "gap"], ""),
        (["named", "rate-2"], "2"),
        (["unknown"], ""),
        (["digest", "unknown"], "摘"),
    ]
    assert [title for *_, title in cells] == [
        "2001 未出现 absent",
        "2002 列举 listed；列举要素 parts listed 1 次 times；首见 first seen",
        "2003 提名并列举 +parts；正文 body 2、释义 explanations 0；每万字 per 10,000 characters 2",
        "2004 未出现 absent；间断 gap",
        "2005 提名 named；正文 body 2、释义 explanations 0；每万字 per 10,000 characters 2",
        "2006 未知 unknown；没有全文 no full text",
        "2007 未知 unknown；摘编中出现，不计数 in a digest, not counted；末见 last seen（不作断定 not proven）",
    ]
    assert last[0] == {"links"}


@pytest.mark.parametrize(
    ("documents", "signs", "births", "deaths", "years"),
    [
        ("rrrr", " nn ", [2002], [2003], "2002–2003"),
        ("rr..", " n  ", [2002], [], "2002…"),  # nothing is known of what follows
        ("rrd.", "n   ", [], [2001], "…2001"),
        (".rrd", " nn ", [], [], "…2002–2003…"),  # a digest that lacks it proves no death
        ("rrdr", " nd ", [2002], [2003], "2002–2003"),  # and one that has it puts it off
    ],
)
def test_sheet_claims_births_and_deaths_that_full_texts_prove(
    documents: str, signs: str, births: list[int], deaths: list[int], years: str
) -> None:
    html, table = sheet(documents, {"六稳": signs}, defined=("六稳",))
    cells = list(enumerate(table.rows["六稳"], start=2001))
    assert [year for year, (look, *_) in cells if "birth" in look] == births
    assert [year for year, (look, *_) in cells if "death" in look] == deaths
    assert f"<small>{years}</small>" in html


def test_sheet_links_a_slogan_to_what_follows_it() -> None:
    old, new = "两山七河一流域", "两山七河五湖"
    html, table = sheet(
        "rrrr",
        {old: "nn  ", "六稳": "nnnn", new: "  nn"},
        links=(("successor", old, new, "五湖", "一流域"), ("abbreviation", new, "六稳", "", "")),
    )
    assert list(table.rows) == [old, "六稳", new]
    assert table.rows[old][-1][1] == f"→ {new} 2003 (+五湖 −一流域)"
    assert table.rows[new][-1][1] == f"← {old} 2001 简称 → 六稳 2001"
    assert table.links[old] == [f"#{quote(new)}"]
    assert new in table.ids
    assert html.count('class="kin') == 3 and html.count('class="kin head"') == 1


def test_sheet_names_a_slogan_that_is_not_on_it_without_a_link() -> None:
    store = store_of("rrr", {"甲": "nnn", "乙": "nn "}, links=(("variant", "甲", "乙", "", ""),))
    html = render_sheet(lifespans(store, most=1))
    assert "又作 ≈ 乙 2001" in html and 'href="#' not in html
    assert "1 个提及较少" in html


def test_sheet_says_what_it_rests_on_and_what_it_leaves_out() -> None:
    html, _ = sheet("r.dr", {"六稳": "n  n", "六保": "n   "})
    assert re.search(r"1 个提法<span[^>]*> slogans</span>，2001–2004；依据 2 篇全文.*、1 篇摘编", html)
    assert "<dd>2002–2003。" in html
    assert "1 个见于不足两个年份的全文" in html
    for told in (
        "2001年报告",
        "2003年报告（摘编",
        "2003 只有摘编，不计数：2003年报告 2003 only a digest, not counted: 2003年报告",
    ):
        assert told in html


def test_sheet_many_years_share_decades_and_years_without_a_document_are_narrow() -> None:
    html, _ = sheet("r" * 5 + "." * 10 + "r" * 10, {"六稳": "n" * 5}, defined=("六稳",), first=1998)
    assert re.findall(r'class="decade">(\d+)<', html) == ["1990", "2000", "2010", "2020"]
    assert "--years: 15; --blanks: 10;" in html
    assert html.count('<col class="none">') == 10
    few, _ = sheet("r.r", {"六稳": "n n"})
    assert 'class="decade"' not in few and ">2002</th>" in few


def test_sheet_same_lives_give_same_bytes(tmp_path: Path) -> None:
    signs = {"六稳": "nn d", "六保": " nn ", "四风": "nnn "}
    for name in ("one.html", "two.html"):
        write_sheet(lifespans(store_of("rrrd", signs)), tmp_path / name)
        signs = dict(reversed(signs.items()))
    one = (tmp_path / "one.html").read_bytes()
    assert one == (tmp_path / "two.html").read_bytes()
    assert b"\r" not in one and str(tmp_path).encode() not in one


def test_sheet_asks_nothing_of_the_outside() -> None:
    html, _ = sheet("rr", {"六稳": "nn"})
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', html)
    assert policy.replace("&#39;", "'").startswith("default-src 'none'; style-src 'sha256-")
    assert "script" not in html
    assert re.findall(r"https?://|url\(|@import", html) == []
    assert set(re.findall(r'(?:href|src)="([^"#]*)', html)) == {"data:,"}


def test_sheet_hostile_text_is_inert() -> None:
    html, table = sheet(
        "rr",
        {"甲": "nn", "乙": " n"},
        names={"甲": HOSTILE, "乙": HOSTILE + "2"},
        links=(("successor", "甲", "乙", HOSTILE.split()[0], ""),),
    )
    assert list(table.rows) == [HOSTILE, HOSTILE + "2"]
    assert "<script" not in html and "<img" not in html
    assert html.count("</table>") == 1


def test_sheet_nothing_to_draw_and_nowhere_to_write(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="no life to draw"):
        write_sheet(lifespans(store_of("rr", {"六稳": "n "})), tmp_path / "sheet.html")
    (tmp_path / "file").write_text("")
    with pytest.raises(KgError, match=r"cannot be written .*--file"):
        write_sheet(lifespans(store_of("rr", {"六稳": "nn"})), tmp_path / "file" / "sheet.html")


def test_sheet_colours_have_enough_contrast() -> None:
    folder = Path(kg.visual.__file__).parent
    colours: dict[str, str] = {}
    for names in (("sheet", "years"), ("sheet-dark", "years-dark")):
        part = "".join((folder / f"{name}.css").read_text(encoding="utf-8") for name in names)
        colours |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", part))
        text = [(ink, ground) for ink in ("ink", "quiet") for ground in ("ground", "sunken")]
        text += [(f"rate-{n}-ink", f"rate-{n}") for n in range(4)]
        text += [("parts", "parts-fill"), ("goal-ink", "goal"), ("accent", "ground")]
        assert [pair for pair in text if contrast(*map(colours.get, pair)) < 4.5] == []  # type: ignore[arg-type]
        shapes = [(shape, "ground") for shape in ("firm", "hatch", "parts", "accent", "ink")]
        assert [pair for pair in shapes if contrast(*map(colours.get, pair)) < 3] == []  # type: ignore[arg-type]


# ---- in a browser -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three hundred slogans over seventy years, ten of them without a document."""
    documents = "r" * 20 + "." * 10 + "r" * 40
    signs = {f"第{i}个提法": " " * (i % 60) + "nnpnl nn"[: 70 - i % 60] for i in range(320)}
    signs = {
        label: "".join(s if documents[at] == "r" else " " for at, s in enumerate(row))
        for label, row in signs.items()
    }
    links = (("successor", "第0个提法", "第299个提法", "五湖", "一流域"),)
    path = tmp_path_factory.mktemp("带 空格 的文件夹") / "年表 一.html"
    write_sheet(lifespans(store_of(documents, signs, tuple(signs), links, first=1954), most=300), path)
    return path


@pytest.fixture
def opened(driver: Any, large: Path) -> Iterator[Any]:
    driver.get("about:blank")
    for log in ("browser", "performance"):
        driver.get_log(log)
    driver.get(large.as_uri())
    yield driver
    assert [entry["message"] for entry in driver.get_log("browser")] == []
    events = [json.loads(entry["message"])["message"] for entry in driver.get_log("performance")]
    asked = {e["params"]["request"]["url"] for e in events if e["method"] == "Network.requestWillBeSent"}
    assert {url.partition("#")[0] for url in asked if not url.startswith("data:")} <= {large.as_uri()}


CORNER = """
const main = document.querySelector('main'), box = main.getBoundingClientRect();
main.scrollTo(arguments[0], arguments[1]);
const place = (selector) => {
  const found = document.querySelector(selector).getBoundingClientRect();
  return [found.left - box.left, found.top - box.top];
};
return [place('thead tr:last-child th:nth-child(30)')[1], place('tbody tr:nth-child(150) th')[0], place('thead th')[0],
        main.scrollLeft, main.scrollTop];
"""


def test_sheet_of_three_hundred_rows_keeps_its_years_and_names_in_sight(opened: Any) -> None:
    assert opened.execute_script("return document.querySelectorAll('tbody tr').length") == 300
    head, *_ = opened.execute_script(CORNER, 0, 0)
    opened.set_window_size(900, 700)
    try:
        after, name, corner, across, down = opened.execute_script(CORNER, 400, 3000)
    finally:
        opened.set_window_size(1440, 1040)
    assert (across, down) == (400, 3000)
    assert (after, name, corner) == (head, 0, 0)


def test_sheet_is_readable_where_it_opens(opened: Any) -> None:
    """Every number fits its cell, and a row is hardly higher than its line."""
    overflowing, rows = opened.execute_script("""
        const cells = [...document.querySelectorAll('tbody td:not(.links)')].slice(0, 5000);
        const rows = [...document.querySelectorAll('tbody tr')];
        return [cells.filter(cell => cell.scrollWidth > cell.clientWidth + 1).length,
                rows.map(row => row.offsetHeight)];""")
    assert overflowing == 0
    assert max(rows) <= 40 and min(rows) >= 20


def test_sheet_link_leads_to_its_row_below_the_head(opened: Any) -> None:
    opened.find_element("css selector", "td.links a").click()
    top, bottom = opened.execute_script(
        "const row = document.querySelector('tr:target').getBoundingClientRect();"
        "return [row.top - document.querySelector('thead').getBoundingClientRect().bottom, innerHeight - row.bottom]"
    )
    assert top >= -1 and bottom >= 0


def test_sheet_on_a_phone_scrolls_inside_its_table(opened: Any) -> None:
    phone = {"width": 360, "height": 740, "deviceScaleFactor": 2, "mobile": True}
    opened.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", phone)
    try:
        wide, inside, room = opened.execute_script(
            "const main = document.querySelector('main');"
            "return [document.documentElement.scrollWidth, main.scrollWidth, main.clientHeight]"
        )
        assert wide <= 360 < inside
        assert room > 400
    finally:
        opened.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_sheet_in_the_dark_and_on_paper(opened: Any) -> None:
    ground = "return getComputedStyle(document.body).backgroundColor"
    light = opened.execute_script(ground)
    try:
        opened.execute_cdp_cmd(
            "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": "dark"}]}
        )
        assert opened.execute_script(ground) != light
        opened.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print", "features": []})
        assert opened.execute_script(
            "return [getComputedStyle(document.querySelector('thead')).display,"
            "getComputedStyle(document.querySelector('main')).overflow]"
        ) == ["table-header-group", "visible"]
    finally:
        opened.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})


def test_sheet_of_the_seeds_shows_its_slogans(opened: Any, output: Path, tmp_path: Path) -> None:
    path = tmp_path / "seeds.html"
    told = lifespans(open_store(output))
    write_sheet(told, path)
    opened.get(path.as_uri())
    rows = opened.find_elements("css selector", "tbody tr")
    assert len(rows) == len(told.rows)
    text = opened.find_element("css selector", "main").text
    assert "→ 两山七河五湖 2024 (+五湖 −一流域)" in text
    opened.get_log("performance")
