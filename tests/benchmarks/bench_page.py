"""The page: how long it takes to lay it out and to write it, and until a browser shows it."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from figures import Figure, memory, seconds
from loads import Load

TITLE = "The page"
SIZES = (None, 34)  #: documents; None: the seeds
EMPTY = "<!doctype html><meta charset=utf-8><title>empty</title><p>empty"
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)
REPEATS = 5

#: Makes the page of a build again, from its store.
DRAW = """
import sys
from pathlib import Path
from kg.lifespans import lifespans
from kg.network import term_network
from kg.readings import readings
from kg.store import open_store
from kg.visual import write_html

output, page = map(Path, sys.argv[1:])
store = open_store(output)
texts = {path.stem: path.read_text(encoding="utf-8") for path in (output / "text").iterdir()}
write_html(term_network(store, ""), page, readings(store, texts), lifespans(store))
"""


def figures(load: Load) -> Iterator[Figure]:
    """Layout and writing of the page of each build, and its opening beside that of an empty page."""
    from kg.lifespans import lifespans
    from kg.network import term_network
    from kg.readings import readings
    from kg.store import open_store
    from kg.visual import write_html
    from kg.visual.layout import place

    for documents in SIZES:
        output = load.build(documents)
        page = load.scratch("pages") / f"{documents}.html"
        store = open_store(output)
        texts = {path.stem: path.read_text(encoding="utf-8") for path in (output / "text").iterdir()}
        network = term_network(store, "")
        size = f"{len(network):,} terms of {documents or 'the seeds'}{' documents' if documents else ''}"
        laid, written = seconds(
            lambda network=network: place(network),  # type: ignore[misc]
            lambda network=network, page=page, store=store, texts=texts: write_html(  # type: ignore[misc]
                network, page, readings(store, texts), lifespans(store)
            ),
            repeats=3,
        )
        yield Figure("layout", laid, "s", size=size)
        yield Figure("page written, layout and all", written, "s", size=size)
        yield Figure("memory of a process that makes it", memory(DRAW, output, page), "MB", size=size)
        yield Figure("size of the page", page.stat().st_size / 1e6, "MB", size=size)
        yield from _opened(page, load.scratch("pages") / "empty.html", size)


def _opened(page: Path, empty: Path, size: str) -> Iterator[Figure]:
    """Nothing where there is no browser."""
    empty.write_text(EMPTY, encoding="utf-8")
    with _browser() as driver:
        if driver is None:
            return
        ready = "kg.ready.then(() => arguments[0]())"
        ours, nothing = (
            min(_seconds_until(driver, path, script) for _ in range(REPEATS))
            for path, script in ((page, ready), (empty, "arguments[0]()"))
        )
        yield Figure("opened in Chromium, by the clock", ours, "s", "an empty page", ours / nothing, "", size)


def _seconds_until(driver: Any, page: Path, ready: str) -> float:
    driver.get("about:blank")
    start = time.perf_counter()
    driver.get(page.as_uri())
    driver.execute_async_script(ready)
    return time.perf_counter() - start


@contextmanager
def _browser() -> Iterator[Any]:
    browser, chromedriver = shutil.which("chromium"), shutil.which("chromedriver")
    if not (browser and chromedriver):
        yield None
        return
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = browser
    for flag in FLAGS:
        options.add_argument(flag)
    driver = webdriver.Chrome(options=options, service=Service(chromedriver))
    try:
        yield driver
    finally:
        driver.quit()
