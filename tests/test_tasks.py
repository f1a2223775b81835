"""What newcomers want of the page, each in three actions or fewer, in a real browser: `data/tasks.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pages import Page
from sight import clickable, seen

TASKS: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "data" / "tasks.toml").read_text(encoding="utf-8")
)["task"]
MOST_ACTIONS = 3
KEYS = {"Enter": "\ue007"}


def act(page: Page, action: dict[str, str]) -> int:
    """Does what a hand would do, where the keyboard and the mouse are; gives how many actions it counts for."""
    from selenium.webdriver.common.action_chains import ActionChains

    ((deed, what),) = action.items()
    hand = ActionChains(page.driver)
    if deed in ("click", "double"):
        target = clickable(page, what)
        assert target is not None, f"nothing in sight that says {what!r} can be clicked"
        hand.move_to_element(target)
        (hand.click() if deed == "click" else hand.double_click()).perform()
    else:
        hand.send_keys(what if deed == "type" else KEYS[what]).perform()
    return 2 if deed == "double" else 1


def pasted(page: Page) -> str:
    """The clipboard, pasted where one can type."""
    page.at("#search").clear()
    page.at("#search").click()
    page.press("v", holding="\ue009")
    return str(page.run("return document.getElementById('search').value"))


@pytest.fixture
def newcomer(page: Page, output: Path) -> Iterator[Page]:
    """The page of the seeds on an ordinary screen, as it opens; whatever is done with it, it must be quiet."""
    page.driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": 1440, "height": 900, "deviceScaleFactor": 1, "mobile": False},
    )
    page.emulate(prefers_reduced_motion="reduce")
    page.open(output / "graph.html")
    yield page
    page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})
    page.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    assert page.console() == []


@pytest.mark.parametrize("task", TASKS, ids=[task["en"] for task in TASKS])
def test_tasks_are_done_in_three_actions(newcomer: Page, task: dict[str, Any]) -> None:
    views = [seen(newcomer)]
    if task["actions"] and not {"paper", "copied"} & task.keys():
        assert lacking(task, views), "what is in sight from the start is no task"
    count = 0
    for action in task["actions"]:
        count += act(newcomer, action)
        views.append(seen(newcomer))
    assert count <= MOST_ACTIONS
    if "copied" in task:
        newcomer.wait(lambda: "已复制" in seen(newcomer))
        views.append(seen(newcomer))
    assert lacking(task, views) == []
    if "copied" in task:
        clipboard = pasted(newcomer)
        assert [words for words in task["copied"] if words not in clipboard] == []
    if "paper" in task:
        newcomer.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
        printed = seen(newcomer, paper=True)
        assert [words for words in task["paper"] if bare(words) not in printed] == []
        assert "图中的小圆点" not in printed


def test_tasks_are_ten_and_in_both_languages() -> None:
    assert len(TASKS) == 10
    assert all(task["zh"] and task["en"] and task["seen"] for task in TASKS)


def lacking(task: dict[str, Any], views: list[str]) -> list[str]:
    """What should have been in sight and was not, and what should be gone in the end and is not."""
    missed = [words for words in task["seen"] if not any(bare(words) in view for view in views)]
    return missed + [words for words in task.get("unseen", ()) if bare(words) in views[-1]]


def bare(words: str) -> str:
    return re.sub(r"\s+", "", words)
