"""A network → one SVG picture: text as text, drawn with attributes alone, so that Word and LibreOffice open it.

The colours are those of `page.css` and say what they say on the page, the places are those of the layout. How a
line looks says what it means; a key below the picture tells it, and the colours.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from kg.visual.contents import COLOURINGS, colourings, words
from kg.visual.layout import place
from kg.visual.lines import LINES, OTHER, Obstacles, arrow_head, bend, drawn_line, number
from kg.visual.palette import colours, fonts
from kg.visual.stars import Box, extent, text_width

if TYPE_CHECKING:
    import networkx as nx

BORDER = 36  #: around the picture, in its units
HEAD = 62  #: height of the title and the line below it
KEY = 34  #: height of a line of the key
LEAST_WIDTH = 620  #: room for the title and the key


NODES = (("slogan", "有释义"), ("component", "组成部分"), ("candidate", "用而未释"))

# What XML 1.0 does not allow, section 2.2, and half a surrogate pair.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render_svg(network: nx.MultiDiGraph, colour: str = COLOURINGS[0]) -> str:
    """The picture of a network as one SVG document, coloured by "subject" or "community".

    The same network gives the same text.
    """
    groups, numbers = colourings(network)
    shades = {key: _shade(each[COLOURINGS.index(colour)]) for key, each in numbers.items()}
    boxes = place(network, network.graph.get("centre", ()))
    left, top, right, bottom = extent(boxes.values())
    missing = max(0.0, LEAST_WIDTH - (right - left))
    key = _key(network, _colours_told(groups[colour], shades, colour))
    width = math.ceil(right - left + missing) + 2 * BORDER
    rows = _key_rows(key, width - 2 * BORDER)
    picture_bottom = bottom - top + HEAD + 2 * BORDER
    height = math.ceil(picture_bottom) + KEY * len(rows)
    dx, dy = BORDER + missing / 2 - left, BORDER + HEAD - top
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        f" font-family={quoteattr(fonts())}>",
        f"<title>{_text(_title(network))}</title>",
        f'<rect width="{width}" height="{height}" fill="{colours()["ground"]}"/>',
        *_heading(network),
        f'<g transform="translate({number(dx)} {number(dy)})">',
        *_edges(network, boxes, shades),
        *_nodes(network, boxes, shades),
        "</g>",
    ]
    for index, row in enumerate(rows):
        x = float(BORDER)
        for name, drawn in row:
            y = picture_bottom + KEY * index
            lines.append(f'<g transform="translate({number(x)} {number(y)})">{drawn}</g>')
            x += _key_width(name)
    return "\n".join([*lines, "</svg>", ""])


def _text(text: str) -> str:
    return escape(_FORBIDDEN.sub("\ufffd", text))


def _title(network: nx.MultiDiGraph) -> str:
    return str(network.graph["title"] or "政策术语图谱")


def _written(x: float, y: float, text: str, size: float, colour: str, more: str = "") -> str:
    """A text on its base line, which stands about a third of its size below its middle."""
    return f'<text x="{number(x)}" y="{number(y)}" font-size="{number(size)}" fill="{colour}"{more}>{_text(text)}</text>'


def _heading(network: nx.MultiDiGraph) -> Iterator[str]:
    year = network.graph.get("year")
    documents = [doc for doc in network.graph["documents"] if year in (None, doc["year"])]
    years = sorted({doc["year"] for doc in documents if doc["year"]})
    told = f"{len(network)} 个术语"
    if years:
        told += f" · {len(documents)} 份文献 · {_span(years)}"
    yield _written(BORDER, BORDER + 18, _title(network), 24, colours()["ink"], ' font-weight="bold"')
    yield _written(BORDER, BORDER + 42, told, 14, colours()["quiet"])


def _span(years: list[int]) -> str:
    gaps = any(later - earlier > 1 for earlier, later in pairwise(years))
    if gaps and len(years) <= 6:
        return "、".join(map(str, years))
    return f"{years[0]}–{years[-1]}" if len(years) > 1 else str(years[0])


def _edges(network: nx.MultiDiGraph, boxes: dict[str, Box], shades: dict[str, str]) -> Iterator[str]:
    obstacles = Obstacles(boxes.values())
    order = list(LINES)
    drawn = sorted(
        network.edges(data="kind"),
        key=lambda edge: (-order.index(edge[2]) if edge[2] in LINES else 0, edge[0], edge[1]),
    )
    for one, other, kind in drawn:
        line = LINES.get(kind, OTHER)
        ink = colours()[f"line-{shades[one]}" if line.own else "quiet"]
        if one == other:
            continue
        start, end = boxes[one], boxes[other]
        pulled = (start.x + end.x) / 2, (start.y + end.y) / 2
        if not line.own:
            pulled = bend(start, end, obstacles)
        yield drawn_line((start.x, start.y), pulled, (end.x, end.y), line, ink)
        if line.arrow:
            yield arrow_head((start.x, start.y), pulled, end, ink)


def _nodes(network: nx.MultiDiGraph, boxes: dict[str, Box], shades: dict[str, str]) -> Iterator[str]:
    centre = set(network.graph.get("centre", ()))
    for key, node in network.nodes(data=True):
        yield f"<g><title>{_text(node['label'])}</title>"
        yield from _box(boxes[key], node["role"], shades[key], key in centre)
        yield "</g>"


def _box(box: Box, role: str, shade: str, centre: bool = False) -> Iterator[str]:
    palette = colours()
    fill = palette[f"fill-{shade}"] if role == "slogan" else palette["surface"]
    border = palette["ink"] if centre else palette[f"line-{shade}"]
    dashes = ' stroke-dasharray="5 4"' if role == "candidate" else ""
    yield (
        f'<rect x="{number(box.x - box.width / 2)}" y="{number(box.y - box.height / 2)}" width="{box.width}" '
        f'height="{box.height}" rx="4" fill="{fill}" stroke="{border}" stroke-width="{3.5 if centre else 1.5}"{dashes}/>'
    )
    ink = "#ffffff" if role == "slogan" else palette["ink"]
    yield _written(box.x, box.y + 0.36 * box.size, box.text, box.size, ink, ' text-anchor="middle"')


def _shade(number: int | None) -> str:
    """The end of the names that page.css gives a group's colours."""
    return "none" if number is None else str(number)


def _colours_told(groups: list[str], shades: dict[str, str], colour: str) -> list[tuple[str, str]]:
    """The groups that have a colour in the picture, and the rest, by name; nothing where no group has one."""
    used = set(shades.values())
    told = [(name, str(number)) for number, name in enumerate(groups) if str(number) in used]
    if told and "none" in used:
        told.append((words()[f"filter.other-{colour}"][0], "none"))
    return told


def _key(network: nx.MultiDiGraph, coloured: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """What the key has to tell: each colour and each sort of box and line in the picture, by name, drawn at (0, 0)."""
    palette = colours()
    roles = {role for _, role in network.nodes(data="role")}
    kinds = {kind for one, other, kind in network.edges(data="kind") if one != other}
    told = [
        (name, f'<rect x="18" y="-8" width="16" height="16" rx="4" fill="{palette[f"fill-{shade}"]}"/>')
        for name, shade in coloured
    ]
    for role, name in NODES:
        if role in roles:
            box = "".join(_box(Box("", 1, 30, 18, 15, 0), role, "none"))
            told.append((name, box.partition("<text")[0]))
    for kind, line in [*LINES.items(), ("", OTHER)]:
        if kind in kinds or (not kind and kinds - LINES.keys()):
            drawn = drawn_line((0, 0), (17, 0), (34, 0), line, palette["quiet"])
            if line.arrow:
                drawn += arrow_head((0, 0), (17, 0), Box("", 1, 0, 0, 36, 0), palette["quiet"])
            told.append((line.name, drawn))
    return [(name, drawn + _written(44, 5, name, 14, palette["quiet"])) for name, drawn in told]


def _key_width(name: str) -> float:
    return 44 + 14 * text_width(name) + 26


def _key_rows(key: list[tuple[str, str]], width: float) -> list[list[tuple[str, str]]]:
    rows: list[list[tuple[str, str]]] = []
    room = 0.0
    for name, drawn in key:
        if not rows or room < _key_width(name):
            rows.append([])
            room = width
        rows[-1].append((name, drawn))
        room -= _key_width(name)
    return rows
