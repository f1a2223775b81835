"""The views beside the picture, in a real browser: the reports, the sheet of years, the glossary from A to Z."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from conftest import CHROMIUM, missing
from pages import HOSTILE, Page, contrast

import kg.visual
from kg.lifespans import lifespans
from kg.network import term_network
from kg.pipeline import TEXTS, build
from kg.readings import Reading, readings
from kg.revisions import revisions
from kg.store import open_store, select
from kg.views import mention_rows
from kg.visual import render_html, write_html
from kg.visual.contents import contents, seen_years
from kg.visual.layout import place

REPORT = """# 2024年某省政府工作报告
——2024年1月23日在某省第一届人民代表大会第一次会议上
某省省长 某人
各位代表：
## 一、2023年工作回顾
𠮷祥如意😀，我们做好“六稳”工作。全省落实“六稳六保”要求，稳就业成效明显！成绩来之不易。
知识小贴士
“六稳”：稳就业、稳金融、稳外贸、稳外资、稳投资、稳预期。
## 二、2024年工作安排
（一）持续推进改革。深化“三供一业”改革，继续做好“六稳”工作。
<script>alert(1)</script>、</script><img src=x onerror="alert(2)">与'单引号'之后，仍是“六稳”。
"""
DIGEST = "2023年某省政府工作报告摘要\n做好“六稳”工作。\n"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of two short documents, with emoji, rare characters and tags in them."""
    root = tmp_path_factory.mktemp("reader")
    (root / "in").mkdir()
    (root / "in" / "report.md").write_text(REPORT, encoding="utf-8")
    (root / "in" / "digest.txt").write_text(DIGEST, encoding="utf-8")
    (root / "in" / "corpus.toml").write_text(
        f"""title = "某省"
[[document]]
path = "report.md"
title = '''{HOSTILE}'''
kind = "annotated"
year = 2024
speaker = "某人"
date = 2024-01-23
session = "某省第一届人民代表大会第一次会议"
[[document]]
path = "digest.txt"
title = "2023年摘要"
kind = "abridgement"
year = 2023
""",
        encoding="utf-8",
    )
    build(root / "in", root / "out")
    return root / "out"


def read_texts(output: Path) -> dict[str, str]:
    """The texts of record of a build; as bytes, since offsets count every character."""
    return {path.stem: path.read_bytes().decode("utf-8") for path in sorted((output / TEXTS).glob("*.txt"))}


def readings_of(output: Path, **options: Any) -> tuple[Reading, ...]:
    return readings(open_store(output), read_texts(output), **options)


# ---- what is read from a build -------------------------------------------------------------------


def test_readings_tell_the_newest_first_and_the_report_before_its_digests(output: Path) -> None:
    found = readings_of(output)
    assert [(each.year, each.kind == "abridgement") for each in found] == [
        (2025, True), (2024, False), (2024, True), (2024, True), (2021, False),
    ]  # fmt: skip
    assert all(each.text == (output / "text" / f"{each.id}.txt").read_bytes().decode() for each in found)


def test_readings_stand_where_the_graph_says(output: Path) -> None:
    store = open_store(output)
    found = {
        (each.id, said.start, each.text[said.start : said.end])
        for each in readings_of(output)
        for said in each.mentions
        if each.text
    }
    assert found == {(row["document"], row["start"], row["exact"]) for row in mention_rows(store, None)}
    headings = {
        each.text[heading.start : heading.end]
        for each in readings_of(output)
        for heading in each.headings
        if each.text
    }
    assert headings == {row["heading"] for row in select(store, "SELECT ?heading { ?s kg:heading ?heading }")}
    levels = {heading.level for each in readings_of(output) for heading in each.headings}
    assert levels == {1, 2, 3}


def test_readings_beyond_the_limit_are_named_without_a_text(output: Path) -> None:
    sizes = [len((each.text or "").encode()) for each in readings_of(output)]
    found = readings_of(output, most=sum(sizes[:2]) + 10)
    assert [each.text is not None for each in found] == [True, True, False, False, False]  # and no later one
    assert found[-1].mentions == ()
    html = render_html(term_network(open_store(output)), found)
    assert "未收入本页的文献" in html
    assert f"<code>text/{found[2].id}.txt</code>" in html


def test_readings_without_texts_leave_the_view_out(output: Path) -> None:
    html = render_html(term_network(open_store(output)), readings(open_store(output), {}))
    assert '<section id="reports"' not in html and '<a href="#reports"' not in html
    assert '<section id="lives"' not in html and '<a href="#lives"' not in html


# ---- the text of the page ------------------------------------------------------------------------


def page_of(output: Path) -> str:
    return (output / "graph.html").read_text(encoding="utf-8")


def test_reader_page_is_small_enough(output: Path) -> None:
    assert (output / "graph.html").stat().st_size < 1_400_000


def test_reader_later_page_has_the_same_bytes(output: Path, tmp_path: Path) -> None:
    """The page can be drawn again from a finished build."""
    store = open_store(output)
    title = re.search(r"<title>(.*?)</title>", page_of(output))
    assert title
    write_html(
        term_network(store, title[1]),
        tmp_path / "again.html",
        readings_of(output),
        lifespans(store),
        revisions(store),
    )
    assert (tmp_path / "again.html").read_bytes() == (output / "graph.html").read_bytes()


def test_reader_glossary_stands_once(output: Path) -> None:
    html = page_of(output)
    terms = len(term_network(open_store(output)))
    assert len(re.findall(r'<li class="\w+" id="t\d+"', html)) == terms
    assert html.count('id="glossary"') == 1


def test_reader_asks_nothing_of_the_outside(output: Path) -> None:
    html = page_of(output)
    html = html[
        : html.index("<script>", html.index("<script>") + 1)
    ]  # vis-network names the web in its licence
    assert re.findall(r'(?:src|href)="(?!#|data:,")[^"]*', html) == []
    assert "@import" not in html and "url(" not in html
    assert ' style="' not in html  # the policy would not have it


@pytest.mark.parametrize("night", [False, True])
def test_reader_colours_have_enough_contrast(night: bool) -> None:
    folder = Path(kg.visual.__file__).parent
    colours: dict[str, str] = {}
    for name in ("page", "years", *(("dark", "years-dark") if night else ())):
        css = (folder / f"{name}.css").read_text(encoding="utf-8")
        colours |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", css))
    text = [("accent", "surface"), ("quiet", "sunken"), ("mark-ink", "mark"), ("accent", "sunken")]
    text += [(f"rate-{n}-ink", f"rate-{n}") for n in range(4)]
    text += [("parts", "parts-fill"), ("goal-ink", "goal")]
    assert [pair for pair in text if contrast(colours[pair[0]], colours[pair[1]]) < 4.5] == []
    shapes = [("firm", "surface"), ("hatch", "surface")]
    assert [pair for pair in shapes if contrast(colours[pair[0]], colours[pair[1]]) < 3] == []


# ---- the page in a browser -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def page(driver: Any) -> Page:
    return Page(driver)


@pytest.fixture
def opened(page: Page, output: Path) -> Iterator[Page]:
    """The page of the seeds; whatever a test does to it, it must be quiet."""
    page.open(output / "graph.html")
    yield page
    quiet(page)


def quiet(page: Page) -> None:
    assert page.console() == []
    assert {url for url in page.requests() if not url.startswith(("file:", "data:", "blob:"))} == set()


def go(page: Page, fragment: str) -> None:
    page.run("location.hash = arguments[0]", fragment)
    page.wait(lambda: page.run("return new Promise(done => setTimeout(() => done(true), 0))"))


def address(page: Page) -> dict[str, str]:
    found = page.run("return decodeURIComponent(location.hash.slice(1))")
    return dict(pair.split("=", 1) for pair in found.split("&") if pair)


def shown_view(page: Page) -> list[str]:
    return list(
        page.run(
            "return ['stage', 'reports', 'lives', 'revised', 'glossary'].filter(id => document.getElementById(id) && "
            "getComputedStyle(document.getElementById(id)).visibility === 'visible' && "
            "document.getElementById(id).getClientRects().length > 0)"
        )
    )


def current(page: Page) -> tuple[str, str]:
    """The document that is open and the words at which the reader is."""
    return tuple(
        page.run(
            "const one = document.querySelector('.report:not([hidden])');"
            "return [one.dataset.doc, [...one.querySelectorAll('.here')].map(e => e.textContent).join('')]"
        )
    )


READ = """
const joined = (one, number) => [...one.querySelectorAll(`[data-m~="${number}"]`)].map(e => e.textContent).join('');
return [...document.querySelectorAll('.report')].flatMap(one => JSON.parse(one.dataset.mentions)
  .map(([start, length,, ...terms], number) => [one.dataset.doc, start, length, joined(one, number),
    terms.map(term => document.querySelector(`#t${term} > a`).textContent)]));"""


def test_reader_marks_are_the_mentions_of_the_graph(opened: Page, output: Path) -> None:
    store = open_store(output)
    labels = dict(term_network(store).nodes(data="label"))
    wanted = sorted(
        [
            row["document"],
            row["start"],
            row["end"] - row["start"],
            row["exact"].replace("\n", ""),
            [labels[term] for term in row["senses"] or [row["term"]]],
        ]
        for row in mention_rows(store, None)
    )
    assert sorted(opened.run(READ)) == wanted


def test_reader_text_is_the_text_of_record(opened: Page, output: Path) -> None:
    blocks = opened.run("""
        return [...document.querySelectorAll('.report')].map(one => [one.dataset.doc,
          [...one.querySelectorAll('[data-at]')].map(block => [Number(block.dataset.at), block.textContent])])""")
    texts = read_texts(output)
    assert {name for name, _ in blocks} == set(texts)
    for name, found in blocks:
        for at, text in found:
            assert texts[name][at : at + len(text)] == text
        assert "\n".join(text for _, text in found) == texts[name].replace("\n\n", "\n").strip("\n")


def test_reader_sentences_of_the_panel_are_read_from_the_text(opened: Page, output: Path) -> None:
    """They are told by their place alone, and are what the graph quotes."""
    network = term_network(open_store(output))
    data = json.loads(str(opened.run("return document.getElementById('graph-data').textContent")))
    at = {sentence["exact"]: key for key, node in network.nodes(data=True) for sentence in node["sentences"]}
    short = {"document", "start", "covers", "context", "kind"}
    lists = ("sentences", "references", "open")
    assert all(set(each) <= short for term in data["terms"] for name in lists for each in term.get(name, []))
    others = [key for key, node in network.nodes(data=True) if node["references"] or node["open"]]
    for key in [*list(at.values())[::9], *others[::3]]:
        opened.run("kg.select(arguments[0])", key)
        opened.run("for (const more of document.querySelectorAll('#card .more')) more.click()")
        shown = opened.run(
            "return [...document.querySelectorAll('#card .sentence p')].map(p => p.textContent)"
        )
        told = [each for name in lists for each in network.nodes[key][name]]
        assert Counter(each["left"] + each["exact"] + each["right"] for each in told) <= Counter(shown)
        cites = opened.run(
            "return [...document.querySelectorAll('#card .sentence cite')].map(p => p.textContent)"
        )
        assert all(any(each["section"] in cite for cite in cites) for each in told if each["section"])


def test_reader_tap_shows_the_definition(opened: Page) -> None:
    go(opened, "view=reports&doc=shanxi-2021-report-annotated")
    mark = next(
        mark
        for mark in opened.driver.find_elements("css selector", ".report:not([hidden]) [data-m]")
        if mark.text == "六稳"
    )
    mark.click()
    gloss = opened.at("#gloss")
    assert "稳就业、稳金融、稳外贸、稳外资、稳投资、稳预期。" in gloss.text
    assert "编者知识小贴士" in gloss.text
    assert opened.run("return document.activeElement.id") == "gloss"
    assert address(opened)["view"] == "reports" and address(opened)["term"] == "六稳"
    opened.driver.switch_to.active_element.send_keys("\ue00c")  # Esc closes it, and only it
    assert opened.driver.find_elements("css selector", "#gloss") == []
    assert opened.run("return document.activeElement.textContent") == "六稳"
    assert opened.selected == "六稳"
    opened.driver.switch_to.active_element.send_keys("\ue007")  # and by keyboard
    opened.at("#gloss .go").click()
    opened.wait(lambda: shown_view(opened) == ["stage"])
    assert opened.selected == "六稳" and "稳预期" in opened.card
    assert address(opened) == {"term": "六稳"}


def test_reader_opens_at_a_sentence_of_the_panel(opened: Page) -> None:
    opened.run("kg.select('六稳')")
    link = opened.at("#card .inplace")
    place = opened.run("return arguments[0].getAttribute('href')", link)
    link.click()
    opened.wait(lambda: shown_view(opened) == ["reports"])
    assert current(opened) == ("shanxi-2021-report-annotated", "六稳")
    top = opened.run("return document.querySelector('.report .here').getBoundingClientRect().top")
    assert 100 < top < 900
    assert place.startswith("#view=reports&doc=shanxi-2021-report-annotated&at=")
    opened.driver.back()
    opened.wait(lambda: shown_view(opened) == ["stage"])
    assert opened.selected == "六稳"


def test_reader_what_is_chosen_stays_chosen_from_view_to_view(opened: Page) -> None:
    opened.at("#years [data-year='2021']").click()
    opened.at("#language").click()
    opened.run("kg.select('六稳')")
    opened.run("document.querySelector('#card .inplace').click()")
    opened.wait(lambda: shown_view(opened) == ["reports"])
    told = address(opened)
    assert (told["term"], told["year"], told["lang"]) == ("六稳", "2021", "en")
    assert current(opened) == (told["doc"], "六稳")
    opened.at("#language").click()  # it is no reason to leave the text
    assert address(opened) == {name: value for name, value in told.items() if name != "lang"}
    assert shown_view(opened) == ["reports"]
    opened.at("#views [data-view=terms]").click()
    link = next(one for one in opened.all_at("#glossary li > a") if one.text == "四个意识")
    link.click()
    opened.wait(lambda: shown_view(opened) == ["stage"])
    assert address(opened) == {"term": "四个意识", "year": "2021"}
    assert opened.selected == "四个意识"


def test_reader_link_opens_at_an_offset(page: Page, output: Path) -> None:
    text = read_texts(output)["shanxi-2024-report"]
    at = text.index("加大升级再造力度")
    page.open(output / "graph.html", f"#view=reports&doc=shanxi-2024-report&at={at}")
    assert shown_view(page) == ["reports"]
    name, words = current(page)
    assert name == "shanxi-2024-report" and "加大升级再造力度" in words
    for broken in ("doc=nothing&at=5", "doc=shanxi-2024-report&at=99999999", "at=x", "doc=%E5%85"):
        page.open(output / "graph.html", f"#view=reports&{broken}")
        assert shown_view(page) == ["reports"]
    quiet(page)


def test_reader_steps_from_mention_to_mention(opened: Page, output: Path) -> None:
    go(opened, "view=reports&term=" + quote("四不两直"))
    opened.wait(lambda: current(opened)[1])
    places = []
    for _ in range(4):
        assert current(opened)[1] == "四不两直"
        places.append((current(opened)[0], address(opened)["at"]))
        opened.at("#later").click()
    assert len(set(places)) == 3 and places[0] == places[3]  # over two documents, and round
    assert "/ 3 处" in opened.at("#place").text
    opened.at("#earlier").click()
    assert (current(opened)[0], address(opened)["at"]) == places[0]
    opened.search("六稳", "\ue007")  # the search box serves every view
    assert shown_view(opened) == ["reports"]
    assert current(opened) == ("shanxi-2021-report-annotated", "六稳")
    assert address(opened)["term"] == "六稳"


def test_reader_copies_a_quotation_with_its_source(opened: Page) -> None:
    opened.run(
        "Object.defineProperty(navigator, 'clipboard', {value: {writeText: async t => { window.copied = t; }}})"
    )
    go(opened, "view=reports&term=" + quote("四不两直"))
    opened.at("#quote").click()
    opened.wait(lambda: opened.at("#copied").text)
    words, source = opened.run("return window.copied").split("\n——")
    assert words == "实行“四不两直”执法检查，深化重大事故隐患专项排查整治，常态化动态清零。"
    assert source == (
        "金湘军. 2024年山西省政府工作报告: 2024年1月23日在山西省第十四届人民代表大会第二次会议上[R]. "
        "[出版地不详]: [出版者不详], [2024].（二、2024年工作安排 › "
        "（八）坚持强力治标和长效治本相结合，着力营造和谐稳定发展环境）"
    )


def test_reader_boxes_and_outline(opened: Page) -> None:
    go(opened, "view=reports&doc=shanxi-2021-report-annotated")
    boxes = opened.driver.find_elements("css selector", ".report:not([hidden]) .box")
    assert len(boxes) == 39
    assert boxes[0].text.startswith("编者知识小贴士") and "知识小贴士\n三去一降一补：" in boxes[0].text
    lines = opened.driver.find_elements("css selector", ".report:not([hidden]) .outline a")
    line = next(line for line in lines if "五、狠抓工作落实" in line.text)
    opened.run("arguments[0].click()", line)
    opened.wait(
        lambda: (
            abs(
                opened.run(
                    "return [...document.querySelectorAll('.report:not([hidden]) h5, .report:not([hidden]) h4, "
                    ".report:not([hidden]) h3')].find(h => h.textContent.startsWith('五、狠抓工作落实'))"
                    ".getBoundingClientRect().top"
                )
                - 150
            )
            < 80
        )
    )


# ---- what the page leaves out, and what it says in English --------------------------------------


def test_page_puts_back_what_it_does_not_say(opened: Page, output: Path) -> None:
    """The JSON is short; what the scripts work with is what the graph has."""
    network = term_network(open_store(output))
    told = opened.driver.execute_script("return [kg.data.edges, kg.data.nodes, kg.terms]")
    edges, nodes, terms = told
    assert [(edge["from"], edge["to"], edge["kind"]) for edge in edges] == list(network.edges(data="kind"))
    assert [node["id"] for node in nodes] == list(network)
    boxes = place(network)
    for node in nodes:
        box = boxes[node["id"]]
        assert (node["label"], node["x"], node["y"], node["font"]["size"]) == (
            box.text,
            box.x,
            box.y,
            box.size,
        )
        assert (node["widthConstraint"]["minimum"], node["heightConstraint"]["minimum"]) == (
            box.width,
            box.height,
        )
    seen = seen_years(network)
    known = contents(network)["terms"]
    assert [term["id"] for term in terms] == [term["id"] for term in known]
    for term, wanted in zip(terms, known, strict=True):
        assert term["seen"] == seen[term["id"]]
        for name in set(wanted) - {"initial", "sentences", "references", "open", "wholes"}:
            assert term[name] == wanted[name], (term["label"], name)
        assert term["wholes"] == wanted.get("wholes", [])


def test_page_speaks_english_in_every_view(opened: Page, output: Path) -> None:
    """What stays Chinese are labels, titles and subjects, and what is marked as Chinese: the texts."""
    network = term_network(open_store(output))
    own = {doc["title"] for doc in network.graph["documents"]} | {
        label for _, label in network.nodes(data="label")
    }
    own |= {subject for _, subjects in network.nodes(data="subjects") for subject in subjects}
    chinese = """
        const own = [...document.querySelectorAll('body *:not(script):not(noscript):not(noscript *)')]
          .filter((one) => one.closest('[lang]').lang === 'en' && !one.closest('#language'));
        return own.flatMap((one) => [...[...one.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data),
          one.title, one.getAttribute('aria-label'), one.placeholder]).filter((text) => /\\p{Script=Han}/u.test(text ?? ''))"""
    words = """return [...document.querySelectorAll('[data-word]:not(#language), .when')]
        .map((one) => one.textContent).filter((text) => /\\p{Script=Han}/u.test(text))"""

    def left(found: list[str]) -> list[str]:
        for name in sorted(own, key=len, reverse=True):
            found = [text.replace(name, "") for text in found]
        return [text for text in found if re.search("[\u4e00-\u9fff]", text)]

    told = "return [...document.querySelectorAll('.view [data-word], .when')].map((one) => one.textContent)"
    before = opened.run(told)
    opened.at("#language").click()
    opened.search("六稳", "\ue007")
    for view in ("graph", "reports", "years", "terms"):
        opened.at(f"#views [data-view={view}]").click()
        if view == "reports":
            opened.at(".report:not([hidden]) .here").click()
            assert "See it in the graph" in opened.at("#gloss").text
        if view == "years":
            opened.run(
                "document.querySelector('#lives .found td').dispatchEvent(new Event('mouseover', {bubbles: true}))"
            )
            assert "in explanations" in opened.at("#lives .found td").get_attribute("title")
        assert left(opened.run(chinese)) == []
    assert left(opened.run(words)) == []
    opened.at("#views [data-view=graph]").click()
    opened.at("#language").click()
    assert opened.run(told) == before


# ---- hostile and odd texts -----------------------------------------------------------------------


def test_reader_hostile_text_is_inert_and_offsets_are_right(page: Page, small: Path) -> None:
    text = read_texts(small)["report"]
    assert "😀" in text and "<script>alert(1)</script>" in text
    page.open(small / "graph.html")
    assert page.run("return document.scripts.length") == 4
    assert page.run("return document.querySelectorAll('img, [onerror]').length") == 0
    found = [row for row in page.run(READ) if row[0] == "report"]
    assert found and all(text[start : start + length] == words for _, start, length, words, _ in found)
    mine = [start for _, start, _, words, _ in found if words == "六稳"]
    assert len(mine) == 4  # the fifth is part of “六稳六保”
    for start in mine:
        page.open(small / "graph.html", f"#view=reports&doc=report&at={start}&term={quote('六稳')}")
        assert current(page) == ("report", "六稳")
    assert "<script>alert(1)</script>" in page.at(".report").text
    assert page.run("return document.querySelector('.report h2').textContent") == HOSTILE
    page.at("#quote").click()
    page.wait(lambda: page.at("#copied").text)
    quiet(page)


def test_reader_overlapping_mentions_are_all_told(small: Path, page: Page) -> None:
    """六稳 within a longer mention, and one that begins in the middle of another."""
    store = open_store(small)
    network = term_network(store, "重叠")
    (one, *_) = readings_of(small)
    assert one.text
    names = {label: key for key, label in network.nodes(data="label")}
    start = one.text.index("做好“六稳”工作")
    said = type(one.mentions[0])
    spans = [(start, start + 8, "六稳"), (start + 3, start + 5, "稳就业"), (start + 4, start + 10, "稳外贸")]
    made = Reading(
        one.id, "重叠", 2024, "report", "出处", one.text, one.headings, one.boxes,
        tuple(said(begin, end, "core", (names[label],)) for begin, end, label in spans),
    )  # fmt: skip
    path = small.parent / "overlap.html"
    write_html(network, path, [made])
    page.open(path, "#view=reports")
    assert [row[1:4] for row in page.run(READ)] == [
        [begin, end - begin, one.text[begin:end]] for begin, end, _ in spans
    ]
    pieces = page.run(
        "return [...document.querySelectorAll('[data-m]')].map(e => [e.textContent, e.dataset.m])"
    )
    assert pieces == [["做好“", "0"], ["六", "1 0"], ["稳", "1 2 0"], ["”工作", "2 0"], ["。全", "2"]]
    page.run("document.querySelector('[data-m=\"1 2 0\"]').click()")
    titles = page.run("return [...document.querySelectorAll('#gloss h3')].map(h => h.firstChild.data)")
    assert titles == ["稳就业", "稳外贸", "六稳"]
    quiet(page)


# ---- tabs, years, glossary -----------------------------------------------------------------------


def test_reader_tabs_by_keyboard(opened: Page) -> None:
    tabs = opened.driver.find_elements("css selector", "#views [role=tab]")
    assert [tab.get_attribute("tabindex") for tab in tabs] == ["0", "-1", "-1", "-1", "-1"]
    opened.run("arguments[0].focus()", tabs[0])
    seen = []
    for key in (*"\ue014" * 5, "\ue012", "\ue011", "\ue010"):  # → five times, ← Home End
        opened.driver.switch_to.active_element.send_keys(key)
        seen.append(shown_view(opened))
    order = ["reports", "lives", "revised", "glossary", "stage", "glossary", "stage", "glossary"]
    assert seen == [[view] for view in order]
    assert tabs[4].get_attribute("aria-selected") == "true" and address(opened) == {"view": "terms"}
    # What is covered cannot be reached by keyboard.
    assert opened.run("return getComputedStyle(document.getElementById('panel')).visibility") == "hidden"
    opened.driver.back()
    opened.wait(lambda: shown_view(opened) == ["stage"])


def test_reader_picture_keeps_its_place_behind_the_views(page: Page, output: Path) -> None:
    page.open(output / "graph.html")
    before = page.run("return [kg.network.getScale(), kg.network.getViewPosition().x]")
    page.open(output / "graph.html", "#view=terms")
    page.at("#views [data-view=graph]").click()
    assert page.run("return [kg.network.getScale(), kg.network.getViewPosition().x]") == before
    assert address(page) == {}
    quiet(page)


def test_reader_years_are_the_sheet_and_lead_to_the_terms(opened: Page, output: Path) -> None:
    told = lifespans(open_store(output))
    go(opened, "view=years&term=" + quote("两山七河一流域"))
    rows = opened.driver.find_elements("css selector", "#lives tbody tr")
    assert len(rows) == len(told.rows)
    assert opened.at("#lives .found th").text.startswith("两山七河一流域")
    opened.at("#lives .found .links a").click()
    opened.wait(lambda: opened.at("#lives .found th").text.startswith("两山七河五湖"))
    assert shown_view(opened) == ["lives"] and opened.selected == "两山七河五湖"
    opened.at("#lives .found th a").click()
    opened.wait(lambda: shown_view(opened) == ["stage"])
    assert opened.selected == "两山七河五湖"


def test_reader_glossary_filters(opened: Page) -> None:
    go(opened, "view=terms")
    visible = (
        "return [...document.querySelectorAll('#glossary li:not([hidden]) > a')].map(a => a.textContent)"
    )
    everything = opened.run(visible)
    opened.at("#sift").send_keys("sanqu")
    assert opened.run(visible) == ["三去一降一补"]
    opened.at("#sift").send_keys("\ue00c")
    assert opened.run(visible) == everything
    opened.at("#defined").click()
    defined = opened.run(visible)
    assert 60 < len(defined) < 80
    assert opened.at("#sifted").text == f"显示 {len(defined)} / {len(everything)}"
    opened.at("#glossary .letters a[href='#letter-Y']").click()
    top = opened.run(
        "return document.querySelector('#letter-Y h3').getBoundingClientRect().top - "
        "document.querySelector('#glossary .bar').getBoundingClientRect().bottom"
    )
    assert -5 < top < 120
    assert address(opened) == {"view": "terms"}
    opened.search("六稳", "\ue007")
    opened.at("#glossary .found .parts a").click()  # from card to card
    assert opened.at("#glossary .found > a").text == "稳就业" and shown_view(opened) == ["glossary"]
    assert address(opened) == {"view": "terms", "term": "稳就业"}
    opened.at("#defined").click()
    opened.at("#search").clear()
    opened.search("办不成事", "\ue007")  # hidden by the filter, which gives way
    assert opened.at("#glossary .found > a").text == "办不成事"
    opened.at("#glossary .found > a").click()
    opened.wait(lambda: shown_view(opened) == ["stage"])
    assert opened.selected == "办不成事"


@pytest.mark.parametrize("view", ["graph", "reports", "years", "terms"])
def test_reader_on_a_phone(opened: Page, view: str) -> None:
    phone = {"width": 360, "height": 740, "deviceScaleFactor": 2, "mobile": True}
    opened.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", phone)
    try:
        opened.driver.refresh()
        opened.driver.execute_async_script("kg.ready.then(() => arguments[0]())")
        opened.at(f"#views [data-view={view}]").click()
        assert len(shown_view(opened)) == 1
        assert opened.run("return document.documentElement.scrollWidth") <= 360
        tabs = opened.driver.find_elements("css selector", "#views a")
        assert all(tab.rect["height"] >= 24 and tab.rect["width"] >= 24 for tab in tabs)
        if view == "reports":
            opened.run("document.querySelector('.report:not([hidden]) [data-m]').click()")
            low, high = opened.run(
                "const r = document.getElementById('gloss').getBoundingClientRect(); return [r.bottom, r.top]"
            )
            assert 0 < high < low <= 740
    finally:
        opened.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_reader_prints_the_view_that_is_open(opened: Page) -> None:
    try:
        for view, panel in (
            ("terms", "glossary"),
            ("reports", "reports"),
            ("years", "lives"),
            ("wording", "revised"),
        ):
            opened.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
            opened.at(f"#views [data-view={view}]").click()
            opened.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
            shown = opened.run(
                "return ['stage', 'panel', 'views', 'reports', 'lives', 'revised', 'glossary'].filter(id => "
                "document.getElementById(id).getClientRects().length > 0)"
            )
            assert shown == [panel]
        opened.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
        opened.at("#views [data-view=terms]").click()
        opened.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
        look = opened.run(
            "return [getComputedStyle(document.querySelector('.letter ul')).columnCount,"
            "getComputedStyle(document.querySelector('.letter li')).breakInside,"
            "getComputedStyle(document.querySelector('.letter h3')).breakAfter,"
            "document.getElementById('sift').getClientRects().length]"
        )
        assert look == ["2", "avoid", "avoid", 0]
    finally:
        opened.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_reader_reads_without_javascript(output: Path) -> None:
    try:
        from selenium import webdriver
        from selenium.webdriver.chrome.service import Service
    except ImportError:
        missing("selenium (pip install -e '.[test]')")
    browser, tool = next(filter(None, map(shutil.which, CHROMIUM)), None), shutil.which("chromedriver")
    if not browser or not tool:
        missing("the browser Chromium")
    options = webdriver.ChromeOptions()
    options.binary_location = str(browser)
    for flag in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(flag)
    options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
    bare = webdriver.Chrome(options=options, service=Service(tool))
    try:
        bare.get((output / "graph.html").as_uri())
        card = next(
            card
            for card in bare.find_elements("css selector", "#glossary li.slogan")
            if card.text.startswith("六稳")
        )
        assert card.is_displayed()
        for told in ("稳就业、稳金融", "编者知识小贴士", "2021（3 次）"):
            assert told in card.text
        assert not bare.find_element("css selector", "#stage").is_displayed()
        assert not bare.find_element("css selector", "#sift").is_displayed()
        assert all(report.is_displayed() for report in bare.find_elements("css selector", ".report"))
        assert bare.find_element("css selector", "#lives table").is_displayed()
        mark = bare.find_element("css selector", "[data-m]")
        target = bare.find_element("css selector", str(mark.get_dom_attribute("href")))
        assert target.is_displayed()  # a mark leads to the card of its term
    finally:
        bare.quit()
