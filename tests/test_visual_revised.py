"""The tab of the page with what changed from report to report, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from networks import policy_network
from pages import HOSTILE, Page

from kg.network import term_network
from kg.readings import Reading, readings
from kg.revisions import Held, Passage, Report, Revision, Revisions
from kg.store import open_store
from kg.visual import render_html, write_html

OLD, NEW = "shanxi-2021-report-annotated", "shanxi-2024-report"


def texts(output: Path) -> tuple[Reading, ...]:
    read = {path.stem: path.read_bytes().decode() for path in (output / "text").glob("*.txt")}
    return readings(open_store(output), read)


def passage(told: tuple[Reading, ...], doc: str, sentence: str, words: str = "") -> Passage:
    """A sentence of a document, with the words of it that changed."""
    (text,) = (each.text for each in told if each.id == doc)
    assert text and text.count(sentence) == 1
    at = sentence.index(words)
    return Passage(doc, text.index(sentence), sentence, (at, at + len(words)) if words else None)


@pytest.fixture(scope="module")
def revisions(output: Path) -> Revisions:
    """What changed from the report of 2021 to that of 2024, and a pair whose texts the page has not."""
    told = texts(output)
    changes = (
        Held(
            "replaced",
            "放管服效",
            (passage(told, OLD, "深化“放管服效”改革，", "放管服效"),),
            (passage(told, NEW, "全面落实碳达峰碳中和“1+N”政策体系，", "碳中和"),),
            1,
            2021,
            2021,
            0,
        ),
        Held(
            "begun",
            "碳达峰十大行动",
            (),
            (passage(told, NEW, "有序实施碳达峰十大行动。", "碳达峰十大行动"),),
            1,
            2024,
            2024,
            0,
        ),
    )
    elsewhere = Held(
        "ended", HOSTILE, (Passage("甲", 7, f"{HOSTILE}。", (0, len(HOSTILE))),), (), 2, 2019, 2020, 0
    )
    return Revisions(
        (
            Revision(Report(OLD, "2021年报告", 2021), Report(NEW, "2024年报告", 2024), changes),
            Revision(Report("甲", HOSTILE, 2020), Report("乙", "报告", 2021), (elsewhere,)),
        ),
        left_out=5,
    )


@pytest.fixture(scope="module")
def path(output: Path, revisions: Revisions, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("revised") / "graph.html"
    write_html(term_network(open_store(output)), path, texts(output), revisions=revisions)
    return path


@pytest.fixture
def opened(page: Page, path: Path) -> Iterator[Page]:
    """The tab, freshly opened by its address."""
    page.open(path, f"#view=wording&doc={NEW}")
    yield page
    assert page.console() == []
    assert {url for url in page.requests() if not url.startswith(("file:", "data:", "blob:"))} == set()


def test_revised_tab_shows_one_pair_and_the_address_says_which(opened: Page) -> None:
    def shown() -> list[str]:
        return [
            one.get_attribute("data-pair") for one in opened.all_at("#revised .pair") if one.is_displayed()
        ]

    assert opened.at("#views [data-view=wording]").get_attribute("aria-selected") == "true"
    assert shown() == [NEW]
    opened.run(
        "const one = arguments[0]; one.value = '乙'; one.dispatchEvent(new Event('change'))",
        opened.at("#revised-pair"),
    )
    assert (shown(), opened.address) == (["乙"], "#view=wording&doc=乙")
    opened.run("history.back()")
    opened.wait(lambda: shown() == [NEW])
    assert "另有 5 对" in opened.at("#revised").text


def test_revised_tab_quotes_both_reports_and_leads_into_them(opened: Page) -> None:
    first = opened.at(f"[data-pair='{NEW}'] li")
    marked = [(one.tag_name, one.text) for one in first.find_elements("css selector", "del, ins")]
    assert marked == [("del", "放管服效"), ("ins", "碳中和")]
    opened.run("arguments[0].querySelector('blockquote.new a').click()", first)
    opened.wait(lambda: opened.at("#reports").is_displayed())
    assert opened.address.startswith(f"#view=reports&doc={NEW}&at=")
    assert "全面落实碳达峰碳中和" in opened.at(".text .here").text


def test_revised_tab_has_no_link_to_a_text_that_the_page_has_not(opened: Page) -> None:
    assert opened.all_at("[data-pair='乙'] blockquote") and not opened.all_at("[data-pair='乙'] blockquote a")
    assert opened.texts("[data-pair='乙'] del") == [HOSTILE]  # as words


def test_revised_tab_speaks_english(opened: Page) -> None:
    opened.at("#language").click()
    assert opened.at(f"[data-pair='{NEW}'] .kind").text == "Word changed"
    assert opened.at("#views [data-view=wording]").text == "Wording"


def test_revised_tab_is_not_there_where_nothing_is_compared() -> None:
    assert 'id="revised"' not in render_html(policy_network())
