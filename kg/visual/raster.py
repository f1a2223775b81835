"""SVG → PNG, without a browser.

By resvg (https://resvg-py.readthedocs.io): wheels for every system that Python runs on, nothing to install
beside them. CairoSVG asks for the Cairo library, which a Windows PC does not have; Pillow knows no SVG.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kg.model import KgError

ZOOM = 2.0  #: pixels to a unit of the picture, so that letters are sharp in print and on dense screens
LARGEST = 12000  #: pixels on the longer side; beyond, programs refuse to open a picture

_SIZE = re.compile(r'<svg [^>]*?width="(\d+)" height="(\d+)"')


def png_size(svg: str) -> tuple[int, int]:
    """Width and height in pixels of the picture that `render_png` makes."""
    found = _SIZE.search(svg)
    assert found, "a picture of ours says its size"
    width, height = int(found[1]), int(found[2])
    zoom = min(ZOOM, LARGEST / max(width, height))
    return round(width * zoom), round(height * zoom)


def render_png(svg: str) -> bytes:
    """The picture as PNG, twice as large as the SVG says. Raises `KgError` where no font has Chinese characters."""
    from resvg_py import svg_to_bytes

    if not has_chinese_font():
        raise KgError(
            "no font of this machine has Chinese characters: install one (on Debian: apt-get install "
            "fonts-noto-cjk), or give a --file that ends in .svg or .html"
        )
    width, height = png_size(svg)
    return bytes(svg_to_bytes(svg_string=svg, width=width, height=height))


@lru_cache(maxsize=1)
def has_chinese_font() -> bool:
    """Whether Chinese characters can be drawn: without a font for them, all look the same, or like nothing."""
    from resvg_py import svg_to_bytes

    def drawn(char: str) -> bytes:
        text = f'<text x="2" y="26" font-size="24">{char}</text>'
        return bytes(
            svg_to_bytes(
                svg_string=f'<svg xmlns="http://www.w3.org/2000/svg" width="30" height="32">{text}</svg>'
            )
        )

    return drawn("稳") != drawn("保")
