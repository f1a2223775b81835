"""The pictures in docs/ are of the page as it is: each is taken here, from the page of the seeds.

Letters look a little different from machine to machine, so pixels are not compared one by one. What a picture was
taken of (every word, box, line and colour in it) has a digest in `docs/pictures.json`; and the picture must be
like the page now, seen from far. `pytest tests/test_readme_pictures.py --take-pictures` takes them anew.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pages import Page

DOCS = Path(__file__).parent.parent / "docs"
DIGESTS = DOCS / "pictures.json"
WIDTH, HEIGHT = 1440, 900
LIKE = (
    4.0  #: mean difference of a channel, of 255, seen from far; other letters differ by 1, other pages by 10
)

#: name: what the address says, the theme, and what is done before the picture is taken
PICTURES: dict[str, tuple[str, str, str]] = {
    "graph-page": ("#term=六稳", "light", ""),
    "graph-page-dark": ("", "dark", "document.activeElement.blur()"),
    "graph-page-reports": (
        "#view=reports&doc=shanxi-2021-report-annotated&term=六稳",
        "light",
        "document.querySelector('.report:not([hidden]) .followed').click()",
    ),
}

# Everything that a picture shows, but for the shapes of letters: what is dressed how is in the styles.
_STATE = """
const boxes = kg.network.body.data.nodes.get().filter(({ hidden }) => !hidden)
  .map(({ id, label, x, y, color, font, borderWidth }) => [id, label, x, y, color, font, borderWidth]);
const lines = kg.network.body.data.edges.get().filter(({ hidden }) => !hidden);
const words = [...document.querySelectorAll('body > :not(script)')]
  .filter((one) => one.checkVisibility({ checkVisibilityCSS: true })).map((one) => one.innerText);
const styles = [...document.querySelectorAll('style')].map((one) => [one.media, one.textContent]);
return JSON.stringify([boxes, lines, words, styles]);
"""

# Both pictures in large squares, and by how much these differ.
_DIFFERENCE = """
const [one, other, done] = arguments;
const squares = async (data) => {
  const image = new Image();
  image.src = `data:image/png;base64,${data}`;
  await image.decode();
  const sheet = Object.assign(document.createElement('canvas'), { width: 72, height: 45 });
  const context = sheet.getContext('2d');
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, 0, 0, 72, 45);
  return [image.width, image.height, ...context.getImageData(0, 0, 72, 45).data];
};
Promise.all([squares(one), squares(other)]).then(([a, b]) => done(a[0] !== b[0] || a[1] !== b[1] ? 255
  : a.reduce((sum, value, at) => sum + Math.abs(value - b[at]), 0) / (72 * 45 * 3)));
"""


@pytest.fixture
def camera(page: Page) -> Iterator[Page]:
    page.driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": WIDTH, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": False},
    )
    yield page
    page.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    page.emulate()


def take(camera: Page, path: Path, name: str) -> tuple[str, bytes]:
    """The digest of what there is to see, and the picture of it."""
    fragment, theme, deed = PICTURES[name]
    camera.emulate(prefers_color_scheme=theme, prefers_reduced_motion="reduce")
    camera.open(path, fragment)
    camera.run(deed)
    camera.driver.execute_async_script("requestAnimationFrame(() => requestAnimationFrame(arguments[0]))")
    digest = hashlib.sha256(str(camera.run(_STATE)).encode()).hexdigest()
    return digest, base64.b64decode(camera.driver.get_screenshot_as_base64())


def difference(camera: Page, one: bytes, other: bytes) -> float:
    camera.driver.get("about:blank")
    told: Any = camera.driver.execute_async_script(
        _DIFFERENCE, *(base64.b64encode(png).decode() for png in (one, other))
    )
    return float(told)


@pytest.mark.parametrize("name", PICTURES)
def test_readme_pictures_show_the_page_as_it_is(
    camera: Page, output: Path, name: str, request: pytest.FixtureRequest
) -> None:
    digest, picture = take(camera, output / "graph.html", name)
    file = DOCS / f"{name}.png"
    if request.config.getoption("--take-pictures"):
        known = json.loads(DIGESTS.read_text(encoding="utf-8")) if DIGESTS.exists() else {}
        known = {one: digest if one == name else known.get(one) for one in PICTURES}
        DIGESTS.write_text(json.dumps(known, indent=2) + "\n", encoding="utf-8")
        file.write_bytes(picture)
    told = json.loads(DIGESTS.read_text(encoding="utf-8"))[name]
    assert told == digest, f"docs/{name}.png shows another page: take it anew, with --take-pictures"
    assert difference(camera, file.read_bytes(), picture) < LIKE


def test_readme_pictures_of_different_pages_are_not_alike(camera: Page, output: Path) -> None:
    one, another = (
        take(camera, output / "graph.html", name) for name in ("graph-page", "graph-page-reports")
    )
    assert one[0] != another[0]
    assert difference(camera, one[1], another[1]) > 2 * LIKE
    assert difference(camera, one[1], one[1]) == 0


def test_readme_pictures_are_all_shown() -> None:
    assert {path.stem for path in DOCS.glob("*.png")} == set(PICTURES)
    for readme in ("README.md", "README.zh.md"):
        text = (DOCS.parent / readme).read_text(encoding="utf-8")
        assert [name for name in PICTURES if f"docs/{name}.png" not in text] == []
