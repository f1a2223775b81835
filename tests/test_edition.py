"""The page of an annotated edition, and the annotated report on the page of the graph, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pages import HOSTILE, Page, contrast

from kg.editions import Edition, annotate
from kg.exports.annotated import markdown
from kg.store import open_store
from kg.visual.edition import render_edition

REPORT = "shanxi-2021-report-annotated"
HOSTILE_REPORT = f"""<script>alert(1)</script>报告
一、安排{HOSTILE}
做好“六稳”工作，落实“六保”，推进“</script><img src=x onerror=alert(2)>”和“六个不准”。
二、落实
再抓“六稳”。[x](javascript:alert(3)) `a` *b*
"""


@pytest.fixture(scope="module")
def edition(output: Path) -> Edition:
    return annotate(open_store(output), output, REPORT)


@pytest.fixture(scope="module")
def written(edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("edition") / "注释 版.html"
    path.write_text(render_edition(edition), encoding="utf-8")
    return path


@pytest.fixture
def opened(page: Page, written: Path) -> Iterator[Page]:
    page.driver.get("about:blank")
    for log in ("browser", "performance"):
        page.driver.get_log(log)
    page.driver.get(written.as_uri())
    yield page
    assert page.console() == []
    assert {url for url in page.requests() if not url.startswith(("file:", "data:"))} == set()


def test_edition_page_has_the_report_to_the_character(opened: Page, edition: Edition) -> None:
    assert "\n".join(opened.texts(".text [data-at]")) == edition.body
    assert len(opened.all_at("details.box")) == len(edition.boxes)
    assert len(opened.all_at(".box article")) == len(edition.articles)


def test_edition_page_links_lead_there_and_back(opened: Page) -> None:
    links = opened.run(
        "return [...document.querySelectorAll('a[href^=\"#\"]')].map(a => a.getAttribute('href').slice(1))"
    )
    ids = set(opened.run("return [...document.querySelectorAll('[id]')].map(one => one.id)"))
    assert len(links) > 300 and set(links) <= ids
    assert len(opened.run("return [...document.querySelectorAll('[id]')].map(one => one.id)")) == len(ids)


def test_edition_page_folds_its_notes_and_opens_what_is_asked_for(opened: Page) -> None:
    opened.at("#fold").click()
    assert opened.run("return document.querySelectorAll('details.box[open]').length") == 0
    opened.run("location.hash = '#a3'")
    opened.wait(lambda: opened.run("return document.querySelectorAll('details.box[open]').length") == 1)
    opened.at("#fold").click()
    assert opened.run("return document.querySelectorAll('details.box:not([open])').length") == 0


def test_edition_page_speaks_english_and_turns_dark(opened: Page) -> None:
    opened.emulate(prefers_color_scheme="light")
    try:
        opened.at("#language").click()
        chinese = opened.run(
            """return [...document.querySelectorAll('body *:not(script)')]
              .filter(one => !one.closest('[lang=zh-Hans] :not([data-word]), [lang=zh-Hans]:not([data-word]), .change, cite, #language')
                || (one.dataset.word && one.id !== 'language'))
              .flatMap(one => [...one.childNodes].filter(node => node.nodeType === 3).map(node => node.data))
              .filter(text => /\\p{Script=Han}/u.test(text))"""
        )
        assert [text for text in chinese if "山西" not in text] == []
        assert opened.at("#fold").text == "Fold the notes"
        for scheme in ("light", "dark"):
            opened.emulate(prefers_color_scheme=scheme)
            for inner, outer in (
                (".meaning", ".box"),
                (".box cite", ".box"),
                (".note", "body"),
                (".way a", ".box"),
            ):
                colours = opened.run(
                    """const rgb = (value) => '#' + value.match(/\\d+/g).slice(0, 3).map(n => (+n).toString(16).padStart(2, '0')).join('');
                    return [rgb(getComputedStyle(document.querySelector(arguments[0])).color),
                            rgb(getComputedStyle(document.querySelector(arguments[1])).backgroundColor)]""",
                    inner,
                    outer,
                )
                assert contrast(*colours) >= 4.5, (scheme, inner)
    finally:
        opened.emulate()


def test_edition_page_fits_a_phone(opened: Page) -> None:
    opened.driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": 380, "height": 800, "deviceScaleFactor": 1, "mobile": True},
    )
    try:
        assert opened.run("return document.documentElement.scrollWidth") <= 380
    finally:
        opened.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_edition_page_lets_no_text_act(page: Page, output: Path, tmp_path: Path) -> None:
    (tmp_path / "hostile.txt").write_text(HOSTILE_REPORT, encoding="utf-8")
    made = annotate(open_store(output), output, str(tmp_path / "hostile.txt"))
    (tmp_path / "hostile.html").write_text(render_edition(made), encoding="utf-8")
    page.driver.get((tmp_path / "hostile.html").as_uri())
    assert page.run("return document.querySelectorAll('img, .text script').length") == 0
    assert "\n".join(page.texts(".text [data-at]")) == made.body
    assert page.console() == []
    told = re.sub(r'<a id="\w+"></a>', "", markdown(made))
    assert not re.search(r"(?<!\\)<(?!!)", told) and not re.search(r"(?<!\\)\]\(java", told)


def test_reports_unfold_into_the_annotated_edition(page: Page, output: Path, edition: Edition) -> None:
    page.open(output / "graph.html", f"#view=reports&doc={REPORT}")
    shown = "return [...document.querySelectorAll('.report:not([hidden]) .notes')].filter(one => one.offsetParent).length"
    assert page.run(shown) == 0
    page.at("#annotated").click()
    behind = page.run(
        """return [...document.querySelectorAll('.report:not([hidden]) .notes')]
            .map(one => [Number(one.previousElementSibling.dataset.at), one.querySelectorAll('.said').length])"""
    )
    own = {edition.paragraphs[box.behind].start for box in edition.boxes if box.articles}
    assert {at for at, _ in behind} <= own and len(behind) > 30
    assert page.run(
        "return [...document.querySelectorAll('.report:not([hidden]) .box')].every(one => !one.offsetParent)"
    )
    assert "三去一降一补" in page.texts(".report:not([hidden]) .notes b")
    page.at("#annotated").click()
    assert page.run(shown) == 0
    assert page.console() == []
