"""What many tests need: the seeds, built once, and a browser."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from networks import policy_network
from pages import Page
from pyoxigraph import RdfFormat, Store

from kg.model import Corpus
from kg.pipeline import build, read
from kg.visual import write_html

collect_ignore = ["benchmarks"]

ROOT = Path(__file__).parent.parent
SMALL = ROOT / "tests" / "data" / "small.trig"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "chrome")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--take-pictures", action="store_true", help="take the pictures in docs/ anew, from the page as it is"
    )


@pytest.fixture(scope="session")
def seeds() -> Corpus:
    """Everything that is read from the seeds."""
    return read(ROOT / "seeds")[1]


@pytest.fixture(scope="session")
def store() -> Store:
    """The small graph that was made by hand."""
    made = Store()
    made.bulk_load(path=str(SMALL), format=RdfFormat.TRIG)
    return made


@pytest.fixture(scope="session")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of the seeds."""
    folder = tmp_path_factory.mktemp("built") / "output"
    build(ROOT / "seeds", folder)
    return folder


#: English names as a person's decisions put them into the graph: four for 六稳, one of 六新 without anything else.
NAMES = """
@prefix dct: <http://purl.org/dc/terms/> .
@prefix kg: <https://example.org/policy-terms/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix skosxl: <http://www.w3.org/2008/05/skos-xl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@base <https://example.org/policy-terms/> .
<graph/curated> {
  <term/六稳> skos:prefLabel "the Six Stabilities"@en ; skos:altLabel "Six Priorities of Stability"@en ;
    skosxl:prefLabel <name/1> ; skosxl:altLabel <name/2> ; skosxl:hiddenLabel <name/3> .
  <name/1> a skosxl:Label ; skosxl:literalForm "the Six Stabilities"@en ; kg:status "official" ;
    dct:source "State Council, 2020" ; dct:date "2020"^^xsd:gYear .
  <name/2> a skosxl:Label ; skosxl:literalForm "Six Priorities of Stability"@en ; kg:status "proposed" .
  <name/3> a skosxl:Label ; skosxl:literalForm "Six Steadies"@en ; kg:status "rejected" .
  <term/六新> skos:prefLabel "the Six New Fields"@en .
}
"""


@pytest.fixture(scope="session")
def named(output: Path) -> Store:
    """The graph of the seeds with English names."""
    made = Store()
    made.bulk_load(path=str(output / "graph.trig"), format=RdfFormat.TRIG)
    made.load(NAMES.encode(), format=RdfFormat.TRIG)
    return made


def missing(what: str) -> None:
    """Without a browser its tests are skipped on a desk, and fail where everything must be tested."""
    message = f"{what} is missing; on Debian: apt-get install chromium chromium-driver fonts-noto-cjk"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="session")
def driver() -> Iterator[Any]:
    """A browser without a network, which keeps what the console says and what is asked for."""
    try:
        from selenium import webdriver
        from selenium.webdriver.chrome.service import Service
    except ImportError:
        missing("selenium (pip install -e '.[test]')")
    browser = next(filter(None, map(shutil.which, CHROMIUM)), None)
    chromedriver = shutil.which("chromedriver")
    if not browser:
        missing("the browser Chromium")
    if not chromedriver:
        missing("chromedriver")
    options = webdriver.ChromeOptions()
    options.binary_location = str(browser)
    for flag in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--host-resolver-rules=MAP * ~NOTFOUND",
        "--window-size=1440,1040",
    ):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(chromedriver))
    try:
        yield driver
    finally:
        driver.quit()


@pytest.fixture(scope="session")
def page(driver: Any) -> Page:
    """The browser, for pages of all kinds."""
    return Page(driver)


@pytest.fixture(scope="session")
def policy_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the small network, in a folder whose name is not plain."""
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
