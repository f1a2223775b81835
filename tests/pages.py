"""A page in a browser, and what is in its file."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

HOSTILE = """<img src=x onerror="alert(1)"><script>alert(2)</script>'";</script><!--<script> href=javascript:alert(3)"""


def page_data(html: str) -> dict[str, Any]:
    """The data inside a page."""
    found = re.search(r'<script id="graph-data" type="application/json">(.*?)</script>', html, re.DOTALL)
    assert found
    data: dict[str, Any] = json.loads(found[1])
    return data


def iris(data: dict[str, Any]) -> list[str]:
    """The identifiers of a page's terms, by their numbers."""
    return [term.get("id", data["base"] + term["label"]) for term in data["terms"]]


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast ratio as WCAG 2.2 defines it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


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

    def all_at(self, selector: str) -> list[Any]:
        return list(self.driver.find_elements("css selector", selector))

    def texts(self, selector: str) -> list[str]:
        """The texts of what is there, also of what is folded away."""
        script = "return [...document.querySelectorAll(arguments[0])].map(one => one.textContent)"
        return list(self.run(script, selector))

    def node(self, key: str) -> dict[str, Any]:
        """How a term is drawn."""
        return dict(self.run("return kg.network.body.data.nodes.get(arguments[0])", key))

    def edges(self, kind: str) -> list[dict[str, Any]]:
        """How the links of a kind are drawn."""
        script = """const ids = kg.data.edges.filter(edge => edge.kind === arguments[0]).map(edge => edge.id);
            return kg.network.body.data.edges.get(ids)"""
        return list(self.run(script, kind))

    @property
    def address(self) -> str:
        """The part of the address behind #, readable."""
        return str(self.run("return decodeURIComponent(location.hash)"))

    def twice(self, selector: str) -> None:
        """A double click."""
        from selenium.webdriver.common.action_chains import ActionChains

        ActionChains(self.driver).double_click(self.at(selector)).perform()

    def press(self, *keys: str, holding: str = "") -> None:
        """Keys, wherever the focus is."""
        from selenium.webdriver.common.action_chains import ActionChains

        chain = ActionChains(self.driver)
        for key in holding:
            chain.key_down(key)
        chain.send_keys(*keys)
        for key in holding:
            chain.key_up(key)
        chain.perform()

    def emulate(self, **features: str) -> None:
        """Media features, until they are given anew: `prefers_color_scheme="dark"`."""
        told = [{"name": name.replace("_", "-"), "value": value} for name, value in features.items()]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": told})

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
