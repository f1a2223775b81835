"""The colours and the letters of the pictures: those of `page.css`, which names them once."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.resources import resource

COLOURS = 7  #: in page.css, for the largest groups


@lru_cache(maxsize=1)
def colours() -> dict[str, str]:
    """The colours by day, by their names in page.css."""
    css = resource("visual/page.css").read_text(encoding="utf-8")
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", css))


@lru_cache(maxsize=1)
def fonts() -> str:
    """The list of fonts, the first of which that a machine has is taken."""
    css = resource("visual/page.css").read_text(encoding="utf-8")
    (fonts,) = re.findall(r"--font: ([^;]+);", css)
    return re.sub(r"\s+", " ", fonts).replace('"', "'")
