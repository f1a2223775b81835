"""Legends, years, focus, paths, the address and the language of the page, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from networks import CANDIDATES, DIGEST_ONLY, SLOGANS, policy_network, star_network, term
from pages import Page

import kg.visual
from kg.visual import wording, write_html
from kg.visual.contents import colourings, seen_years, words
from kg.visual.page import SCRIPTS

ENTER, SPACE, ESCAPE, TAB, SHIFT = "\ue007", "\ue00d", "\ue00c", "\ue004", "\ue008"


# ---- years ----------------------------------------------------------------------------------------


def test_filters_show_every_year_on_the_axis(opened: Page) -> None:
    labels = [column.get_attribute("aria-label") for column in opened.all_at("#years [aria-label]")]
    assert labels == [
        "2021 年：正文 66 次，释义 11 次",
        "2022 年：没有收录文献",
        "2023 年：没有收录文献",
        "2024 年：正文 9 次，释义 0 次",
        "2025 年：只有摘要，见 2 个术语，不计次数",
    ]
    assert len(opened.all_at("#years .gap")) == 2
    assert "digest" in opened.at("[data-year='2025']").get_attribute("class")
    striped = opened.run(
        "return getComputedStyle(document.querySelector('[data-year=\"2025\"] .bar')).backgroundImage"
    )
    assert "repeating-linear-gradient" in striped


def test_filters_count_mentions_or_their_rate(opened: Page) -> None:
    numbers = "#years .number"
    assert opened.texts(numbers) == ["77", "–", "–", "9", "摘"]
    opened.at("[data-measure=per10k]").click()
    assert opened.texts(numbers) == ["39", "–", "–", "4.5", "摘"]  # of 20,000 characters each
    assert opened.address == "#measure=per10k"
    opened.run("kg.select('碳达峰')")
    assert opened.texts("#card .chart .number") == ["4.5", "–", "–", "1.4", "–"]


def test_filters_years_twice_means_only_this_one(opened: Page) -> None:
    opened.at("[data-year='2024']").click()
    opened.twice("[data-year='2021']")
    assert opened.texts("#years [aria-pressed=true] .year") == ["2021"]
    seen = seen_years(policy_network())
    assert all(2021 in seen[key] for key in opened.shown())
    opened.twice("[data-year='2021']")
    assert opened.texts("#years [aria-pressed=true]") == []


def test_filters_change_the_nodes_at_once(opened: Page) -> None:
    opened.run("window.updates = 0; kg.network.body.data.nodes.on('update', () => { updates += 1; })")
    places = "const {nodes} = kg.network.body; return Object.values(nodes).map(({id, x, y}) => [id, x, y])"
    before = opened.run(places)
    opened.at("[data-year='2024']").click()
    assert opened.run("return updates") == 1
    assert opened.run(places) == before


# ---- legends --------------------------------------------------------------------------------------


def test_filters_types_twice_means_only_this_one(opened: Page) -> None:
    opened.twice("[data-role=candidate]")
    assert opened.shown() == {term(label) for label in (*CANDIDATES, DIGEST_ONLY)}
    opened.twice("[data-role=candidate]")
    assert opened.shown() == set(policy_network())


def test_filters_colours_say_the_subject_and_filter_by_it(opened: Page) -> None:
    groups, numbers = colourings(policy_network())
    assert opened.texts("#groups .name") == [*groups["subject"], "其他或不明"]
    assert numbers[term("稳就业")] == numbers[term("六稳")]  # a part has the subject of its slogan
    before = opened.shown()
    number = groups["subject"].index("疫情")
    opened.at(f"[data-group='{number}']").click()
    gone = before - opened.shown()
    assert term("六稳") in gone and term("保基本民生") in gone
    assert {numbers[key][0] for key in gone} == {number}
    opened.twice(f"[data-group='{number}']")
    assert {numbers[key][0] for key in opened.shown()} == {number}


def test_filters_colours_can_say_the_community(opened: Page) -> None:
    groups, _ = colourings(policy_network())
    before = opened.node(term("六稳"))["color"]
    opened.at("[data-colouring=community]").click()
    assert opened.texts("#groups .name") == [*groups["community"], "其他"]
    assert opened.node(term("六稳"))["color"] != before
    assert opened.address == "#colour=community"


def test_filters_relations(opened: Page) -> None:
    assert [edge["hidden"] for edge in opened.edges("successor")] == [False]
    opened.at("[data-kind=successor]").click()
    assert [edge["hidden"] for edge in opened.edges("successor")] == [True]
    opened.at("[data-kind=co-mentioned]").click()
    assert [edge["hidden"] for edge in opened.edges("co-mentioned")] == [False]
    opened.twice("[data-kind=successor]")
    assert {edge["hidden"] for edge in opened.edges("component")} == {True}
    assert [edge["arrows"]["to"]["enabled"] for edge in opened.edges("successor")] == [True]


def test_filters_legend_draws_lines_as_the_picture_does(opened: Page) -> None:
    sample = opened.at("[data-kind=listed] line").get_attribute("stroke-dasharray")
    assert opened.edges("listed")[0]["dashes"] == [int(length) for length in sample.split()]


def test_filters_can_be_cleared(opened: Page) -> None:
    before, tally = opened.shown(), opened.at("#tally").text
    assert not opened.at("#clear").is_displayed()
    opened.at("[data-role=slogan]").click()
    opened.at("[data-year='2024']").click()
    opened.at("[data-kind=successor]").click()
    opened.at("[data-group=none]").click()
    assert opened.at("#tally").text == f"显示 {len(opened.shown())} / {len(policy_network())}"
    opened.at("#clear").click()
    assert opened.shown() == before
    assert opened.at("#tally").text == tally
    assert opened.address == ""


def test_filters_say_that_they_leave_the_selected_term_out(opened: Page) -> None:
    groups, _ = colourings(policy_network())
    opened.run("kg.select('六稳')")
    opened.at(f"[data-group='{groups['subject'].index('疫情')}']").click()
    assert term("六稳") not in opened.shown()
    assert "所选筛选里没有这个术语" in opened.card
    opened.at("#card .notice button").click()
    assert term("六稳") in opened.shown()


# ---- focus and paths ------------------------------------------------------------------------------


def test_filters_focus_on_one_step_two_or_all(opened: Page) -> None:
    dim = opened.run("return getComputedStyle(document.documentElement).getPropertyValue('--dim-ink').trim()")

    def is_dim(label: str) -> bool:
        return bool(opened.node(term(label))["font"]["color"] == dim)

    assert not opened.at("#focus").is_displayed()
    opened.run("kg.select('六稳')")
    assert [is_dim(label) for label in ("六保", "保基本民生", "六新")] == [False, True, True]
    opened.at("[data-hops='2']").click()
    assert [is_dim(label) for label in ("六保", "保基本民生", "六新")] == [False, False, True]
    assert opened.address == "#term=六稳&focus=2"
    opened.at("[data-hops=all]").click()
    assert [is_dim(label) for label in ("六保", "保基本民生", "六新")] == [False, False, False]
    opened.press(ESCAPE)
    assert opened.selected == ""
    assert not opened.at("#focus").is_displayed()


def test_filters_click_on_nothing_leaves(opened: Page) -> None:
    from selenium.webdriver.common.action_chains import ActionChains

    opened.run("kg.select('六稳')")
    opened.run("kg.network.moveTo({position: {x: 1e5, y: 1e5}, animation: false})")
    ActionChains(opened.driver).move_to_element(opened.at("#graph canvas")).click().perform()
    opened.wait(lambda: opened.selected == "")


def test_filters_show_the_shortest_path(opened: Page) -> None:
    opened.run("kg.select('稳就业')")
    opened.at("#path-from").click()
    assert "从“稳就业”出发" in opened.at("#asking").text
    opened.search("保基层运转", ENTER)
    assert not opened.at("#asking").is_displayed()
    assert opened.texts("#path .path li") == ["稳就业", "属于", "六稳", "后为", "六保", "包含", "保基层运转"]
    assert opened.address == "#term=保基层运转&path=稳就业,保基层运转"
    opened.driver.refresh()
    opened.driver.execute_async_script("kg.ready.then(() => arguments[0]())")
    assert "最短路径，3 步" in opened.card
    opened.at("#path > button").click()
    assert opened.all_at("#path") == []


def test_filters_say_where_there_is_no_path(opened: Page) -> None:
    opened.run("kg.select('六稳')")
    opened.at("#path-from").click()
    opened.search("四个意识", ENTER)
    assert opened.at("#told").text == "“六稳”与“四个意识”之间没有路径"
    assert opened.selected == "四个意识"
    opened.at("#path-from").click()
    opened.at("#asking-end").click()
    opened.run("kg.select('六稳')")
    assert opened.all_at("#path") == []


# ---- the address ----------------------------------------------------------------------------------


def test_filters_stand_in_the_address(page: Page, opened: Page, policy_page: Path) -> None:
    opened.at("[data-role=candidate]").click()
    opened.at("[data-year='2024']").click()
    opened.at("[data-year='2025']").click()
    opened.at("[data-kind=component]").click()
    opened.run("kg.select('稳就业')")
    opened.run("navigator.clipboard.writeText = text => { window.copied = text; return Promise.resolve(); }")
    opened.at("#take summary").click()
    opened.at("#link").click()
    address, shown = opened.run("return copied"), opened.shown()
    assert "term=" + quote("稳就业") in address and "year=2024,2025" in address
    page.open(policy_page, "#" + address.partition("#")[2])
    assert page.selected == "稳就业"
    assert page.shown() == shown
    assert page.texts("#years [aria-pressed=true] .year") == ["2024", "2025"]
    assert page.run("return location.href") == address


@pytest.mark.parametrize(
    "fragment",
    [
        "#year=x,1,2&type=&relation=%E5%85&colour=none&focus=9&group=",
        "#path=六稳&compare=2021",
        "#&&=&lang=xx",
    ],
)
def test_filters_ignore_what_an_address_should_not_say(page: Page, policy_page: Path, fragment: str) -> None:
    page.open(policy_page, fragment)
    assert page.selected == ""
    assert page.at("#theme").text == "深色"
    assert page.console() == []


# ---- keyboard, phones, motion, language -----------------------------------------------------------


def test_filters_work_by_keyboard_alone(opened: Page) -> None:
    opened.press("/")
    assert opened.run("return document.activeElement.id") == "search"
    opened.run("document.querySelector('[data-role=candidate]').focus()")
    opened.press(SPACE)
    focus = "return document.activeElement.dataset.role"
    assert opened.run(focus) == "candidate"  # the legend was drawn anew, and the focus stayed
    assert term("揭榜挂帅") in opened.shown()
    opened.press(ENTER, holding=SHIFT)
    assert opened.run(focus) == "candidate"
    assert opened.shown() == {term(label) for label in (*CANDIDATES, DIGEST_ONLY)}
    opened.run("document.querySelector('#skip').focus()")
    opened.press(ENTER)
    assert opened.run("return document.activeElement.id") == "panel"
    reached = set()
    opened.run("document.activeElement.blur(); document.querySelector('#search').focus()")
    for _ in range(60):
        opened.press(TAB)
        reached.add(opened.run("return document.activeElement.id || document.activeElement.dataset.year"))
    assert {"language", "theme", "2021", "closer", "overview", "compare-0"} <= reached


def test_filters_have_names_for_screen_readers(opened: Page) -> None:
    opened.run("kg.select('六稳')")
    nameless = opened.run(
        "return [...document.querySelectorAll('button, input, select, a, summary')]"
        ".filter(one => !(one.getAttribute('aria-label') || one.textContent.trim())).map(one => one.outerHTML)"
    )
    assert nameless == []
    states = opened.run(
        "return [...document.querySelectorAll('#filters button:not(#clear)')].every(one => one.hasAttribute('aria-pressed'))"
    )
    assert states


@pytest.fixture
def narrow(opened: Page) -> Iterator[Page]:
    yield opened
    opened.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


@pytest.mark.parametrize(("width", "height"), [(360, 740), (720, 450), (640, 400)])
def test_filters_fit_a_phone_and_a_page_at_200_percent(narrow: Page, width: int, height: int) -> None:
    device = {"width": width, "height": height, "deviceScaleFactor": 2, "mobile": width < 400}
    narrow.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", device)
    for language in ("zh", "en"):
        if language == "en":
            narrow.at("#language").click()
        for step in ("start", "filters", "term"):
            if step == "filters":
                narrow.at("#filters-open").click()
                assert narrow.at("[data-role=slogan]").is_displayed()
            if step == "term":
                narrow.run("kg.select('四水四定')")
            assert narrow.run("return document.documentElement.scrollWidth") <= width, (language, step)
        narrow.at("#filters-open").click()
        assert not narrow.at("#filters").is_displayed()
        narrow.run("kg.select(null)")


def test_filters_move_nothing_for_those_who_want_no_motion(opened: Page) -> None:
    opened.emulate(prefers_reduced_motion="reduce")
    try:
        opened.run("kg.select('六稳'); window.scale = kg.network.getScale(); return 0")
        x, y = opened.run("const view = kg.network.getViewPosition(); return [view.x, view.y]")
        opened.driver.execute_async_script("setTimeout(arguments[0], 500)")
        assert opened.run("const view = kg.network.getViewPosition(); return [view.x, view.y]") == [x, y]
    finally:
        opened.emulate()


def test_filters_speak_english_when_asked(opened: Page) -> None:
    opened.at("#language").click()
    assert opened.run("return document.documentElement.lang") == "en"
    assert opened.address == "#lang=en"
    opened.run("kg.select('六稳')")
    chinese = opened.run(
        """const own = [...document.querySelectorAll('body *:not(script):not(noscript)')]
             .filter(one => !one.closest('[lang=zh-Hans], cite, .facts, #groups, mark, #language'));
           const texts = own.flatMap(one => [...[...one.childNodes].filter(node => node.nodeType === 3).map(node => node.data),
             one.title, one.getAttribute('aria-label')]);
           return texts.filter(text => /\\p{Script=Han}/u.test(text ?? ''))"""
    )
    assert chinese == []
    assert "Followed by" in opened.card or "followed by" in opened.card
    opened.driver.refresh()
    opened.driver.execute_async_script("kg.ready.then(() => arguments[0]())")
    assert opened.at("#theme").text == "Dark"
    opened.at("#language").click()
    assert opened.address == "#term=六稳"
    assert opened.run("return localStorage.length + sessionStorage.length") == 0


def test_words_stand_in_one_table() -> None:
    folder = Path(kg.visual.__file__).parent
    scripts = {path.stem: path.read_text(encoding="utf-8") for path in (folder / "scripts").iterdir()}
    assert set(scripts) == {*SCRIPTS, *wording.SCRIPTS}
    for name, script in scripts.items():
        code = re.sub(r"/\*.*?\*/|//[^\n]*", "", script, flags=re.DOTALL)
        assert not re.findall(r"[\u4e00-\u9fff]", code), name
    table = words()
    assert all(len(both) == 2 and all(both) for both in table.values())
    assert [
        name
        for name, (_, english) in table.items()
        if re.search(r"[\u4e00-\u9fff]", english)
        and name not in ("page.language", "page.language-hint", "search.hint")
    ] == []
    for name, both in table.items():
        chinese, english = (set(re.findall(r"\{\w+\}", text)) for text in both)
        assert chinese == english, name
    templates = {
        path.name: re.sub(
            r"\{#.*?#\}|<noscript>.*?</noscript>", "", path.read_text(encoding="utf-8"), flags=re.DOTALL
        )
        for path in folder.glob("*.jinja")
        # pages of their own: two without a script that say both at once, one with words of its own
        if path.name not in ("sheet.html.jinja", "lineage.html.jinja", "edition.html.jinja")
    }
    assert [name for name, text in templates.items() if re.search(r"[\u4e00-\u9fff]", text)] == []
    used = set(re.findall(r"word\(\s*'([\w.-]+)'", "".join(scripts.values())))
    for text in templates.values():
        used |= set(re.findall(r'(?:say|said|signed|titled|labelled|prompted)\("([\w.-]+)"[),]', text))
        used |= set(re.findall(r'word\["([\w.-]+)"\]', text))
    assert len(used) > 100 and used <= table.keys()


def test_page_opens_and_selects_quickly(page: Page, tmp_path: Path) -> None:
    """1,000 terms: as ratios to what a bare page takes, since machines differ."""
    network = star_network(170)
    assert len(network) > 1000
    write_html(network, tmp_path / "large.html")
    (tmp_path / "bare.html").write_text(
        "<!DOCTYPE html><title>bare</title><script>kg = {ready: Promise.resolve()}</script>"
    )
    spent = "return performance.timing.domContentLoadedEventEnd - performance.timing.navigationStart"
    page.open(tmp_path / "bare.html")
    bare = max(30, page.run(spent))
    page.open(tmp_path / "large.html")
    assert page.run(spent) < 60 * bare
    select = "const start = performance.now(); kg.select(arguments[0]); return performance.now() - start"
    assert page.run(select, term("口号7")) < 10 * bare


def test_filters_slogans_are_the_default(opened: Page) -> None:
    assert {term(label) for label in SLOGANS} <= opened.shown()
