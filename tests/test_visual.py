"""The page, in a real browser: what it shows, what it does, and that it asks nothing of the outside."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Any
from urllib.parse import quote

import networkx as nx
import pytest
from networks import (
    ANNOTATED,
    CANDIDATES,
    DIGEST_ONLY,
    SLOGANS,
    attributes,
    policy_network,
    star_network,
    term,
)

import kg.visual
from kg.visual import render_html, write_html
from kg.visual.contents import seen_years

HOSTILE = """<img src=x onerror="alert(1)"><script>alert(2)</script>'";</script><!--<script> href=javascript:alert(3)"""


# ---- the text of the page -----------------------------------------------------------------------


def page_data(html: str) -> dict[str, Any]:
    """The data inside a page."""
    found = re.search(r'<script id="graph-data" type="application/json">(.*?)</script>', html, re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


def test_visual_same_network_gives_same_bytes(tmp_path: Path) -> None:
    write_html(policy_network(), tmp_path / "one.html")
    write_html(policy_network(), tmp_path / "two.html")
    one = (tmp_path / "one.html").read_bytes()
    assert one == (tmp_path / "two.html").read_bytes()
    assert b"\r" not in one
    assert one.decode("utf-8") == render_html(policy_network())


def test_visual_page_is_small_enough() -> None:
    network = star_network(55)
    assert len(network) > 350
    assert len(render_html(network).encode()) < 1_500_000


def test_visual_page_knows_every_node_and_edge() -> None:
    network = policy_network()
    data = page_data(render_html(network))
    assert {node["id"] for node in data["nodes"]} == set(network)
    assert [(edge["from"], edge["to"], edge["kind"]) for edge in data["edges"]] == list(
        network.edges(data="kind")
    )


def test_visual_list_reads_without_javascript() -> None:
    html = render_html(policy_network())
    static = html[: html.index("graph-data")]
    for label, (_, text, *_) in SLOGANS.items():
        assert f'href="#term={quote(label)}">{label}</a>' in static
        assert text in static
    assert "来源未给出释义" in static


def test_visual_terms_stand_in_the_order_of_a_dictionary() -> None:
    terms = page_data(render_html(policy_network()))["terms"]
    labels = [entry["label"] for entry in terms if entry["role"] == "slogan"]
    assert labels == [
        "两山七河一流域", "两新一重", "六保", "六稳", "六新", "RCEP", "三化三制", "三去一降一补", "四个意识",
        "碳达峰", "五大平台",
    ]  # fmt: skip


def test_visual_homonyms_have_addresses_of_their_own() -> None:
    network = nx.MultiDiGraph(title="", documents=[], communities=[])
    for key in ("a", "b"):
        network.add_node(key, **attributes("两山", "candidate"))
    assert [entry["address"] for entry in page_data(render_html(network))["terms"]] == ["a", "b"]


def test_visual_years_seen() -> None:
    seen = seen_years(policy_network())
    assert seen[term("六稳")] == [2021, 2025]  # the second in a digest
    assert seen[term("稳就业")] == [2021, 2024]  # listed by the definition of 2021, said in 2024
    assert seen[term("稳外贸")] == [2021]
    assert seen[term(DIGEST_ONLY)] == [2025]


def test_visual_failed_writing_leaves_the_old_page(tmp_path: Path) -> None:
    path = tmp_path / "graph.html"
    path.write_text("old")
    broken = policy_network()
    del broken.nodes[term("六稳")]["label"]
    with pytest.raises(KeyError):
        write_html(broken, path)
    assert path.read_text() == "old"


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio as WCAG 2.2 defines it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("sheets", [("page.css",), ("page.css", "dark.css")])
def test_visual_colours_have_enough_contrast(sheets: tuple[str, ...]) -> None:
    colours: dict[str, str] = {}
    for sheet in sheets:
        css = (Path(kg.visual.__file__).parent / sheet).read_text(encoding="utf-8")
        colours |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", css))
    text = [
        *(("ink", ground) for ground in ("ground", "surface", "sunken")),
        *(("quiet", ground) for ground in ("ground", "surface", "sunken")),
        *(("dim-ink", ground) for ground in ("ground", "dim-fill")),
        ("accent", "surface"),
        ("mark-ink", "mark"),
    ]
    fills = [f"fill-{number}" for number in (*range(7), "none")]
    lines = [f"line-{number}" for number in (*range(7), "none")]
    poor = [pair for pair in text if contrast(colours[pair[0]], colours[pair[1]]) < 4.5]
    poor += [("white", fill) for fill in fills if contrast("#ffffff", colours[fill]) < 4.5]
    poor += [(line, "ground") for line in lines if contrast(colours[line], colours["ground"]) < 3]
    assert poor == []


# ---- the page in a browser ----------------------------------------------------------------------


class Page:
    """A page that is open in the browser, and what a reader can see and do."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver

    def open(self, path: Path, fragment: str = "") -> None:
        self.driver.get("about:blank")  # a change of the fragment alone would not load the page again
        for log in ("browser", "performance"):
            self.driver.get_log(log)
        self.driver.get(path.as_uri() + fragment)
        self.driver.execute_async_script("kg.ready.then(() => arguments[0]())")

    def run(self, script: str, *arguments: Any) -> Any:
        return self.driver.execute_script(script, *arguments)

    def at(self, selector: str) -> Any:
        return self.driver.find_element("css selector", selector)

    def search(self, *keys: str) -> None:
        self.at("#search").send_keys(*keys)

    def hits(self) -> list[str]:
        return list(
            self.run(
                "return [...document.querySelectorAll('#hits [role=option]')].map(o => o.firstChild.data)"
            )
        )

    @property
    def card(self) -> str:
        return str(self.at("#card").text)

    @property
    def selected(self) -> str:
        return str(self.run("return document.querySelector('#card h2')?.textContent ?? ''"))

    def shown(self) -> set[str]:
        ids = self.run("return kg.network.body.data.nodes.getIds({filter: node => !node.hidden})")
        return set(ids)

    def click_node(self, key: str) -> None:
        """A real mouse click on the canvas, where the term stands."""
        from selenium.webdriver.common.action_chains import ActionChains

        spot = self.run(
            "const {x, y} = kg.network.canvasToDOM(kg.network.getPosition(arguments[0]));"
            "const canvas = document.querySelector('#graph canvas').getBoundingClientRect();"
            "return [x - canvas.width / 2, y - canvas.height / 2]",
            key,
        )
        canvas = self.at("#graph canvas")
        ActionChains(self.driver).move_to_element_with_offset(canvas, *map(round, spot)).click().perform()
        # vis-network waits to see whether a second click follows.
        self.wait(lambda: self.selected != "")

    def wait(self, condition: Callable[[], Any]) -> None:
        from selenium.webdriver.support.ui import WebDriverWait

        WebDriverWait(self.driver, 5).until(lambda _: condition())

    def console(self) -> list[str]:
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self) -> set[str]:
        events = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        return {
            event["params"]["request"]["url"]
            for event in events
            if event["method"] == "Network.requestWillBeSent"
        }


@pytest.fixture(scope="module")
def page(driver: Any) -> Page:
    return Page(driver)


@pytest.fixture(scope="module")
def policy_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("带 空格 的文件夹") / "图谱 一.html"
    write_html(policy_network(), path)
    return path


@pytest.fixture
def opened(page: Page, policy_page: Path) -> Iterator[Page]:
    """The small network, freshly opened; whatever a test does to it, it must be quiet."""
    page.open(policy_page)
    yield page
    assert page.console() == []
    assert {url for url in page.requests() if not url.startswith(("file:", "data:", "blob:"))} == set()


def test_visual_page_draws_the_network(opened: Page) -> None:
    network = policy_network()
    counts = opened.run("const {nodes, edges} = kg.network.body.data; return [nodes.length, edges.length]")
    assert counts == [len(network), network.number_of_edges()]
    assert opened.driver.title == "政策术语图谱"
    assert opened.at("#tally").text == f"显示 {len(opened.shown())} / {len(network)}"


def test_visual_candidates_are_drawn_when_asked_for(opened: Page) -> None:
    candidates = {term(label) for label in (*CANDIDATES, DIGEST_ONLY)}
    assert opened.shown() == set(policy_network()) - candidates
    opened.at("[data-role=candidate]").click()
    assert opened.shown() == set(policy_network())
    opened.at("[data-role=component]").click()
    assert opened.shown() == {term(label) for label in SLOGANS} | candidates


def test_visual_labels_do_not_overlap(opened: Page) -> None:
    opened.at("[data-role=candidate]").click()
    boxes = opened.run(
        "return kg.network.body.data.nodes.getIds().map(id => [id, kg.network.getBoundingBox(id)])"
    )
    touching = [
        (one, other)
        for (one, a), (other, b) in combinations(boxes, 2)
        if a["left"] < b["right"]
        and b["left"] < a["right"]
        and a["top"] < b["bottom"]
        and b["top"] < a["bottom"]
    ]
    assert touching == []


def test_visual_search_and_enter_select(opened: Page) -> None:
    opened.search("六稳", "\ue007")
    assert opened.selected == "六稳"
    for told in ("稳就业", "编者知识小贴士", ANNOTATED, "出现 2 次", "数目相符：6 项", "2020年工作回顾"):
        assert told in opened.card, told
    assert opened.at("#card mark").text == "六稳"
    assert opened.run("return decodeURIComponent(location.hash)") == "#term=六稳"


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("六稳", "六稳"),
        ("“六 稳”", "六稳"),
        ("lw", "六稳"),
        ("liuwen", "六稳"),
        ("LIU wen", "六稳"),
        ("六稳工作", "六稳"),
        ("ｒｃｅｐ", "RCEP"),
        ("1+n", "1+N"),
        ("看齐意识", "看齐意识"),
        ("由增转降", "碳达峰"),
    ],
)
def test_visual_search_finds(opened: Page, typed: str, first: str) -> None:
    opened.search(typed)
    assert opened.hits()[0] == first


def test_visual_search_by_keyboard(opened: Page) -> None:
    opened.search("新")
    first, second = opened.hits()[:2]
    opened.search("\ue015")  # ↓
    assert opened.at("#hits [aria-selected=true]").text.startswith(second)
    opened.search("\ue013")  # ↑
    assert opened.at("#hits [aria-selected=true]").text.startswith(first)
    opened.search("\ue00c")  # Esc
    assert not opened.at("#hits").is_displayed()
    assert opened.at("#search").get_property("value") == ""
    opened.search("没有这样的术语")
    assert opened.hits() == []
    assert "没有找到" in opened.at("#hits").text


def test_visual_search_waits_for_the_input_method(opened: Page) -> None:
    opened.at("#search").click()
    opened.driver.execute_cdp_cmd(
        "Input.imeSetComposition", {"text": "liu", "selectionStart": 3, "selectionEnd": 3}
    )
    assert opened.at("#search").get_property("value") == "liu"
    assert not opened.at("#hits").is_displayed()
    enter = "new KeyboardEvent('keydown', {key: 'Enter', keyCode: 229, isComposing: true, bubbles: true})"
    opened.run(f"document.getElementById('search').dispatchEvent({enter})")
    assert opened.selected == ""
    opened.driver.execute_cdp_cmd("Input.insertText", {"text": "六稳"})
    assert opened.hits()[0] == "六稳"
    assert opened.selected == ""


def test_visual_click_on_the_canvas_selects(opened: Page) -> None:
    opened.click_node(term("三化三制"))
    assert opened.selected == "三化三制"
    opened.run("document.activeElement.blur()")
    opened.at("body").send_keys("\ue00c")
    assert opened.selected == ""
    assert opened.run("return location.hash") == ""


def test_visual_panel_leads_from_term_to_term(opened: Page) -> None:
    opened.run("kg.select('三去一降一补')")
    listed = [
        item.text.split("\n")[0]
        for item in opened.driver.find_elements("css selector", "#card .components li")
    ]
    assert listed == ["三去", "去产能", "去库存", "去杠杆", "一降", "降成本", "一补", "补短板"]
    assert "数目相符：3+1+1 = 5 项" in opened.card
    opened.at("#card .components button.term").click()
    assert opened.selected == "去产能"
    assert "化解产能过剩。" in opened.card
    opened.driver.back()
    opened.wait(lambda: opened.selected == "三去一降一补")


def test_visual_panel_says_what_is_not_known(opened: Page) -> None:
    opened.run("kg.select('揭榜挂帅')")
    assert "来源未给出释义" in opened.card
    opened.run("kg.select(arguments[0])", DIGEST_ONLY)
    assert "只见于摘要" in opened.card
    assert opened.at("#card .chart .digest").get_attribute("title") == "2025 年：见于摘要，不计次数"
    opened.run("kg.select('五大平台')")
    assert "数目不符：名称说 5 项，文中列出 4 项" in opened.card


def test_visual_handle_says_whether_it_found_the_term(opened: Page) -> None:
    assert opened.run("return [kg.select('六稳'), kg.select('无此术语'), kg.select(arguments[0])]", term("六保")) == [
        True, False, True,
    ]  # fmt: skip
    assert opened.selected == "六保"
    assert opened.run("return kg.select(null)") is True
    assert opened.selected == ""


def test_visual_selection_dims_the_rest(opened: Page) -> None:
    opened.run("kg.select('六稳')")
    colour = "return kg.network.body.data.nodes.get(arguments[0]).font.color"
    ink, dim = (
        opened.run(f"return getComputedStyle(document.documentElement).getPropertyValue('--{name}').trim()")
        for name in ("ink", "dim-ink")
    )
    assert opened.run(colour, term("稳就业")) == ink
    assert opened.run(colour, term("六保")) == "#ffffff"  # a successor, one step away
    assert opened.run(colour, term("四个意识")) == dim


def test_visual_years_filter(opened: Page) -> None:
    default = opened.shown()
    seen = seen_years(policy_network())
    opened.at("[data-year='2025']").click()
    assert opened.shown() == {term("六稳")}
    opened.at("[data-year='2024']").click()
    assert opened.shown() == {key for key in default if {2024, 2025} & set(seen[key])}
    opened.run("kg.select('六保')")
    assert "所选筛选里没有这个术语" in opened.card
    opened.at("#card .notice button").click()
    assert opened.shown() == default
    assert "所选筛选里没有这个术语" not in opened.card


def test_visual_link_opens_a_term(page: Page, policy_page: Path) -> None:
    for name in ("六稳", "1+N"):
        page.open(policy_page, "#term=" + quote(name))
        assert page.selected == name
        assert term(name) in page.shown()
    page.open(policy_page, "#term=%E5%85")
    assert page.selected == ""
    assert page.console() == []


def test_visual_lists_every_term(opened: Page) -> None:
    links = opened.driver.find_elements("css selector", "#glossary li > a")
    assert len(links) == len(policy_network())
    link = next(link for link in links if link.text == "四个意识")
    link.send_keys("\ue007")
    assert opened.selected == "四个意识"
    assert link.get_attribute("aria-current") == "true"


def test_visual_dark_mode(opened: Page) -> None:
    ground = "return getComputedStyle(document.body).backgroundColor"
    light = opened.run(ground)
    opened.at("#theme").click()
    assert opened.run(ground) != light
    opened.at("#theme").click()
    assert opened.run(ground) == light
    dark = {"features": [{"name": "prefers-color-scheme", "value": "dark"}]}
    opened.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", dark)
    opened.driver.refresh()
    assert opened.run(ground) != light
    opened.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def test_visual_phone(opened: Page) -> None:
    phone = {"width": 360, "height": 740, "deviceScaleFactor": 2, "mobile": True}
    opened.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", phone)
    try:
        assert opened.run("return document.documentElement.scrollWidth") <= 360
        opened.search("六稳", "\ue007")
        assert opened.run("return document.querySelector('#card h2').getBoundingClientRect().bottom") < 740
    finally:
        opened.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_visual_large_network_opens_folded(page: Page, tmp_path: Path) -> None:
    network = star_network(60)
    write_html(network, tmp_path / "large.html")
    page.open(tmp_path / "large.html")
    slogans = {key for key, role in network.nodes(data="role") if role == "slogan"}
    assert page.shown() == slogans
    page.run("kg.select(arguments[0])", term("口号7"))
    assert page.shown() == slogans | set(network.successors(term("口号7")))
    page.run("kg.select(null)")
    assert page.shown() == slogans
    page.run("kg.network.moveTo({scale: 1, position: kg.network.getPosition(arguments[0])})", term("口号7"))
    page.click_node(term("口号7之1"))  # a folded component is a dot
    assert term("口号7之1") in page.shown()
    assert page.console() == []


def test_visual_hostile_text_is_inert(page: Page, tmp_path: Path) -> None:
    network = policy_network()
    network.graph["title"] = HOSTILE
    network.graph["documents"][0]["title"] = HOSTILE
    victim = network.nodes[term("六稳")]
    victim["label"] = HOSTILE
    victim["alt_labels"] = [HOSTILE]
    victim["pinyin"] = HOSTILE
    victim["definitions"][0].update(text=HOSTILE, headword=HOSTILE, voice=HOSTILE, numeral=HOSTILE)
    victim["definitions"][0]["components"][0].update(text=HOSTILE, group=HOSTILE, gloss=HOSTILE)
    victim["sentences"][0].update(left=HOSTILE, exact=HOSTILE, right=HOSTILE, section=HOSTILE)
    key = term(HOSTILE)
    network.add_node(key, **attributes(HOSTILE, "candidate"))
    network.add_edge(term("六稳"), key, kind=HOSTILE)
    write_html(network, tmp_path / "hostile.html")
    page.open(tmp_path / "hostile.html")
    elements = "return document.querySelectorAll('img, script:not(head *, body > script), [onerror]').length"
    assert page.driver.title.split() == HOSTILE.split()
    page.search("img")
    assert page.hits()[0] == HOSTILE
    page.search("\ue007")
    assert page.selected == HOSTILE
    assert page.run("return document.querySelector('.definition p').textContent") == HOSTILE
    assert page.run(elements) == 0
    assert page.run("return document.scripts.length") == 4
    page.run("kg.select(arguments[0])", key)
    page.driver.refresh()
    page.driver.execute_async_script("kg.ready.then(() => arguments[0]())")
    assert page.selected == HOSTILE
    assert page.run(elements) == 0
    assert page.console() == []
    assert {url.partition("#")[0] for url in page.requests()} == {(tmp_path / "hostile.html").as_uri()}
