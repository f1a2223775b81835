"""The panel of a term, and what is new, in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from networks import document, policy_network, relate, said, sentence, star_network, term
from pages import Page

from kg.comparison import compare
from kg.network import term_network
from kg.store import open_store
from kg.visual import write_html

COPY = "navigator.clipboard.writeText = text => { window.copied = text; return Promise.resolve(); };"


def section(page: Page, title: str) -> str:
    """What stands under a heading of the card."""
    script = """
        let found = [...document.querySelectorAll('#card h3')].find(one => one.textContent === arguments[0]);
        let text = '';
        while (found && (found = found.nextElementSibling) && found.tagName !== 'H3') text += found.textContent + '\\n';
        return text"""
    return str(page.run(script, title))


def test_panel_tells_what_came_after_and_what_changed(opened: Page) -> None:
    opened.run("kg.select('六稳')")
    told = section(opened, "沿革")
    assert told.startswith("后为 六保")
    assert "新增 保基层运转" in told and "去掉 稳外贸" in told
    assert "依据（把握 75%）" in told and "六稳”“六保" in told
    opened.run("kg.select('六保')")
    assert section(opened, "沿革").startswith("前为 六稳")


def test_panel_tells_what_is_said_together_though_it_is_not_drawn(opened: Page) -> None:
    assert [edge["hidden"] for edge in opened.edges("co-mentioned")] == [True]
    opened.run("kg.select('六新')")
    assert section(opened, "并提").strip() == "两新一重"


def test_panel_tells_homonyms_variants_and_redefinitions(page: Page, tmp_path: Path) -> None:
    network = policy_network()
    relate(network, "六稳", "六新", "homonym")
    relate(network, "六稳", "六保", "variant")
    relate(network, "六稳", "六稳", "redefinition", added=["稳物价"])
    write_html(network, tmp_path / "related.html")
    page.open(tmp_path / "related.html", "#term=六稳")
    assert "不同于 六新" in section(page, "同形异义")
    assert "又作 六保" in section(page, "异名与简称")
    assert "前后释义不同" in section(page, "沿革") and "新增 稳物价" in section(page, "沿革")
    assert page.console() == []


def test_panel_marks_parts_that_are_only_listed(opened: Page) -> None:
    opened.run("kg.select('四水四定')")
    assert "来源未给出释义" in opened.card
    assert "以水定城" in section(opened, "只在正文中列举（4），未加释义")
    assert all(edge["dashes"] for edge in opened.edges("listed"))
    assert term("以水定城") in opened.shown()
    opened.run("kg.select('以水定城')")
    assert section(opened, "属于").strip() == "四水四定"


def test_panel_keeps_sentences_apart_that_list_only_the_components(opened: Page) -> None:
    opened.run("kg.select('四水四定')")
    assert "以水定城、以水定地" in section(opened, "只列举组成部分，未提名称")
    assert "以水定城、以水定地" not in section(opened, "原文（1）")
    listed = opened.at("#card .chart .parts")
    assert listed.get_attribute("title") == "2021 年：只列举组成部分，未提名称"


def test_panel_tells_open_mentions(opened: Page) -> None:
    opened.run("kg.select('1+N')")
    assert "2025年政府工作报告摘要" in section(opened, "义项未定：也可能指同形的另一术语")


def test_panel_tells_type_subjects_and_years(opened: Page) -> None:
    opened.run("kg.select('六新')")
    assert opened.texts("#card .facts li")[:4] == ["口号", "创新", "产业", "见于 2021 年"]


def test_panel_stays_where_it_is_read_when_a_filter_changes(opened: Page) -> None:
    opened.run("kg.select('两山七河一流域'); document.querySelector('#panel').scrollTop = 200")
    opened.at("[data-measure=per10k]").click()
    scrolled = "return document.querySelector('#panel').scrollTop"
    assert opened.run(scrolled) == 200
    opened.run("kg.select('三化三制')")
    assert opened.run(scrolled) == 0


def test_panel_folds_many_sentences(page: Page, tmp_path: Path) -> None:
    network = policy_network()
    network.nodes[term("六稳")]["sentences"] = [sentence("六稳", "report-2021", 2021) for _ in range(20)]
    write_html(network, tmp_path / "many.html")
    page.open(tmp_path / "many.html", "#term=六稳")
    assert len(page.all_at("#card .sentence:not(details *)")) == 6
    page.at("#card .more").click()
    assert len(page.all_at("#card .sentence:not(details *)")) == 20


def test_panel_quotations_are_copied_with_their_citation(opened: Page) -> None:
    opened.run(COPY + "kg.select('四水四定')")
    gbt, bibtex = opened.all_at("#card .sentence:not(details *) .citing button")[:2]
    gbt.click()
    assert opened.run("return copied").split("\n") == [
        "“扎实做好“四水四定”工作，经济增速逐季加快。”（2020年工作回顾 › 1.统筹疫情防控和经济社会发展）",
        "金湘军. 2024年山西省政府工作报告: 2024年1月23日在山西省第十四届人民代表大会第二次会议上[R]. "
        "[出版地不详]: [出版者不详], [2024].",
    ]
    opened.wait(lambda: opened.at("#told").text == "已复制")
    bibtex.click()
    entry = opened.run("return copied").partition("\n")[2]
    assert entry.splitlines() == [
        "@techreport{report-2024,",
        "  title = {{2024年山西省政府工作报告}},",
        "  author = {{山西省人民政府}},",
        "  institution = {{山西省人民政府}},",
        "  year = {2024},",
        "  date = {2024-01-23},",
        "  note = {金湘军; 山西省第十四届人民代表大会第二次会议},",
        "}",
    ]


def test_panel_citation_invents_nothing(page: Page, tmp_path: Path) -> None:
    network = policy_network()
    network.graph["documents"][0].update(issuer=None, year=None, url="https://example.org/a?b={c}")
    write_html(network, tmp_path / "unknown.html")
    page.open(tmp_path / "unknown.html", "#term=六稳")
    page.run(COPY)
    gbt, bibtex = page.all_at("#card .sentence:not(details *) .citing button")[:2]
    gbt.click()
    title = "2021年山西省政府工作报告（学习版）"
    told = f"{title}[R/OL]. [出版地不详]: [出版者不详], [出版年不详]. https://example.org/a?b={{c}}."
    assert page.run("return copied").splitlines()[-1] == told
    bibtex.click()
    assert page.run("return copied").splitlines()[1:] == [
        "@techreport{report-2021,", f"  title = {{{{{title}}}}},", "  url = {https://example.org/a?b=%7Bc%7D},", "}",
    ]  # fmt: skip


def test_panel_a_digest_is_not_by_those_who_gave_the_report(page: Page, tmp_path: Path) -> None:
    network = policy_network()
    network.graph["documents"][0].update(issuer="山西省人民政府", kind="abridgement")
    write_html(network, tmp_path / "digest.html")
    page.open(tmp_path / "digest.html", "#term=六稳")
    page.run(COPY)
    for button in page.all_at("#card .sentence:not(details *) .citing button")[:2]:
        button.click()
        assert "山西省人民政府" not in page.run("return copied").rpartition("”")[2]


def test_panel_copies_where_the_browser_keeps_its_clipboard_shut(opened: Page) -> None:
    opened.run("navigator.clipboard.writeText = () => Promise.reject(); kg.select('六稳')")
    opened.run(
        "document.addEventListener('copy', () => { window.old = getSelection().toString() || 'copied'; })"
    )
    opened.at("#card .citing button").click()
    opened.wait(lambda: opened.run("return window.old"))
    opened.wait(lambda: opened.at("#told").text != "")
    assert opened.all_at(".holder") == []


def test_panel_prints_one_term(opened: Page) -> None:
    opened.at("#theme").click()  # by night too, on white paper
    opened.run("kg.select('六稳'); dispatchEvent(new Event('beforeprint'))")
    assert opened.all_at("#card details:not([open])") == []
    opened.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        shown = {
            name: opened.at(name).is_displayed()
            for name in ("#card", "#stage", "#filters", "#finder", "#news", "#glossary", ".citing")
        }
        assert [name for name, is_shown in shown.items() if is_shown] == ["#card"]
        ink = "return getComputedStyle(document.body).color"
        assert opened.run(ink) == "rgb(28, 33, 38)"
    finally:
        opened.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    opened.run("dispatchEvent(new Event('afterprint'))")
    assert opened.all_at("#card details[open]") == []


def test_panel_prints_what_is_new_where_no_term_is_chosen(opened: Page) -> None:
    opened.run("dispatchEvent(new Event('beforeprint'))")
    opened.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert opened.at("#news").is_displayed() and opened.at("#news .hint").is_displayed()
        assert opened.all_at("#news .more") == opened.all_at("#news details:not([open])") == []
        assert not opened.at("#hint").is_displayed()
    finally:
        opened.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    opened.run("dispatchEvent(new Event('afterprint'))")
    assert opened.all_at("#news details[open]") == []


# ---- what is new ----------------------------------------------------------------------------------


def test_panel_begins_with_what_is_new(opened: Page) -> None:
    assert opened.at("#news h2").text == "2024 年新见"
    assert set(opened.texts("#news > .terms .term")) == {"揭榜挂帅", "新质生产力", "1+N", "稳就业"}
    assert "此前的全文（2021 年）中未见" in opened.at("#news").text
    assert "2025 年只有摘要" in opened.at("#news").text
    opened.at("#news .term").click()
    assert opened.selected != ""
    assert not opened.at("#news").is_displayed()


def test_panel_without_an_earlier_text_says_so(page: Page, tmp_path: Path) -> None:
    write_html(star_network(5), tmp_path / "one.html")
    page.open(tmp_path / "one.html")
    assert "没有更早的全文可比" in page.at("#news").text


def test_panel_refuses_to_compare_with_a_digest(opened: Page) -> None:
    opened.at("#compare-1 option[value='2025']").click()
    assert "没有 2025 年的全文" in opened.at("#compared").text
    assert opened.all_at("#compared details") == []
    assert opened.address == "#compare=2021,2025"
    opened.at("#compare-1 option[value='2024']").click()
    assert opened.texts("#compared [data-compared=kept] .term") == ["碳达峰", "四水四定"]


def test_panel_compares_the_parts_of_what_both_years_define(page: Page, tmp_path: Path) -> None:
    network = policy_network()
    node = network.nodes[term("六新")]
    later = {**node["definitions"][0], "document": "report-2024", "year": 2024}
    later["components"] = [
        *later["components"][1:],
        {"iri": None, "text": "新职业", "group": None, "gloss": None},
    ]
    node["definitions"].append(later)
    write_html(network, tmp_path / "redefined.html")
    page.open(tmp_path / "redefined.html")
    (told,) = page.texts("#compared [data-compared=redefined] .relation")
    assert told == "六新新增 新职业去掉 新基建"


@pytest.mark.parametrize(("old", "new"), [(2021, 2024), (2024, 2021)])
def test_panel_compares_as_the_command_does(
    tmp_path: Path, page: Page, output: Path, old: int, new: int
) -> None:
    store = open_store(output)
    write_html(term_network(store), tmp_path / "compared.html")
    page.open(tmp_path / "compared.html")
    labels = page.run(
        "const found = kg.compare(...arguments);"
        "return ['came', 'went', 'kept'].map(name => found[name].map(one => one.label).sort())",
        old,
        new,
    )
    told = compare(store, old, new)
    assert [sorted(names) for names in labels] == [sorted(told.came), sorted(told.went), sorted(told.kept)]


def test_panel_tells_many_years_shortly(page: Page, tmp_path: Path) -> None:
    network = policy_network()
    years = range(1954, 2000)
    network.graph["documents"] += [document(f"r{year}", str(year), year, "report") for year in years]
    network.nodes[term("六稳")]["years"][:0] = [said(year, body=1) for year in years]
    write_html(network, tmp_path / "long.html")
    page.open(tmp_path / "long.html", "#term=六稳")
    assert "见于 1954–2021 间的 47 年" in page.card
    assert page.run(
        "const panel = document.querySelector('#panel'); return panel.scrollWidth <= panel.clientWidth"
    )
    assert not page.at("#years .number").is_displayed()
    assert next(year for year in page.texts("#card .chart .year") if year.strip()) == "1960"
    newest = page.at("[data-year='2025']").rect
    assert 0 < newest["x"] < page.at("#filters").rect["width"]  # the axis begins with its newest years
    assert newest["width"] >= 8
    assert page.console() == []


def test_panel_without_slogans_begins_with_what_is_used(page: Page, tmp_path: Path) -> None:
    network = policy_network()
    network.remove_nodes_from([key for key, role in list(network.nodes(data="role")) if role != "candidate"])
    write_html(network, tmp_path / "used.html")
    page.open(tmp_path / "used.html")
    assert page.shown() == set(network)


def test_panel_tells_english_names_and_a_persons_definition_and_search_finds_them(
    page: Page, tmp_path: Path
) -> None:
    network = policy_network()
    network.nodes[term("六稳")]["english"] = ["the Six Stabilities", "six stables"]
    network.nodes[term("四水四定")]["own"] = "以水定城、定地、定人、定产。"
    write_html(network, tmp_path / "named.html")
    page.open(tmp_path / "named.html", "#term=六稳")
    assert "the Six Stabilities; six stables" in page.card
    page.run("kg.select('四水四定')")
    assert "以水定城、定地、定人、定产。人的决定" in page.card.replace("\n", "")
    assert "来源未给出释义" not in page.card
    page.search("six stab")
    assert page.at("#hits li").text.startswith("六稳")
    glossary = page.run("return document.getElementById('glossary').textContent")
    assert "the Six Stabilities; six stables" in glossary and "以水定城、定地、定人、定产。" in glossary
    assert page.console() == []
