"""Where each label of the picture stands: star by star, without overlaps, the same every time.

The graph is a forest of stars with few links between them, drawn as boxes with text inside. The
layouts of networkx and igraph place points, know no boxes and leave labels on top of each other;
a packer of rectangles (rectpack) knows no links and scatters what belongs together. Hence a small
packing of our own: components stand in rings around their slogan; the stars are put, one after
the other, on the free spot nearest to what they belong to; terms without links follow in rows.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import fmean
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx

LONGEST_LABEL = 12  #: in hanzi; the rest is cut
COMPONENT_SIZE = 15  #: of the letters, in canvas units
SLOGAN_SIZE = 20  #: of a slogan that is hardly ever mentioned
GROWTH = 9  #: what a slogan's letters gain, gently, from being mentioned
CROWD = 150  #: with more terms than this …
CROWD_SIZE = 27  #: … slogans are written larger, because the whole is seen from farther away
GAP = 10  #: between two labels of a star, or of a row; above twice the radius in page.js
MARGIN = 18  #: between two stars
GRID = 220  #: the stars are packed on a grid of about so many rows
ASPECT = 1.15  #: width : height of the whole picture
RING = 11  #: components on one ring; more are spread over several
PARTS = ("component", "listed")  #: the kinds of edges that lead from a whole to its parts

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A label in its frame: centre, size, and the size of its letters, in canvas units."""

    text: str
    size: int
    width: int
    height: int
    x: int = 0
    y: int = 0

    def at(self, x: float, y: float) -> Box:
        """The same box with its centre somewhere else."""
        return replace(self, x=round(x), y=round(y))

    def overlaps(self, other: Box, gap: float = 0) -> bool:
        """Whether the two frames come closer to each other than `gap`."""
        return (
            2 * abs(self.x - other.x) < self.width + other.width + 2 * gap
            and 2 * abs(self.y - other.y) < self.height + other.height + 2 * gap
        )


def text_width(text: str) -> float:
    """The width of a text in ems: a hanzi is one, an ASCII character about 0.6.

    >>> text_width("1+N政策")
    3.8
    """
    return round(sum(0.6 if char.isascii() else 1.0 for char in text), 1)


def short_label(label: str) -> str:
    """A label as it is drawn: on one line, no wider than `LONGEST_LABEL` hanzi.

    >>> short_label("改革完善重大疫情防控救治体系")
    '改革完善重大疫情防控救…'
    """
    label = " ".join(label.split())
    if text_width(label) <= LONGEST_LABEL:
        return label
    while text_width(label) > LONGEST_LABEL - 1:
        label = label[:-1]
    return label + "…"


def place(network: nx.MultiDiGraph) -> dict[str, Box]:
    """A box for each node of the network, no two of them overlapping."""
    slogan_size = CROWD_SIZE if is_crowded(network) else SLOGAN_SIZE
    boxes = {key: _label_box(node, slogan_size) for key, node in sorted(network.nodes(data=True))}
    stars = _stars(network)
    shapes = {hub: _star(boxes[hub], [boxes[key] for key in keys]) for hub, keys in stars.items()}

    linked = {key for hub, keys in stars.items() for key in (hub, *keys)}
    loose = sorted(boxes.keys() - linked, key=lambda key: (network.nodes[key]["pinyin"], key))
    explained = [key for key in loose if network.nodes[key]["role"] != "candidate"]
    candidates = [key for key in loose if network.nodes[key]["role"] == "candidate"]

    stars_area = sum(_area(shape) for shape in shapes.values())
    rows_area = sum(_area([boxes[key]]) for key in explained)
    # The rows take their part of the height, so the stars above them have to lie flatter.
    aspect = ASPECT * (1 + rows_area / stars_area) if stars else ASPECT
    centres = _pack(shapes, _Ties(network, stars), aspect)

    placed: dict[str, Box] = {}
    for hub, (x, y) in centres.items():
        for key, box in zip((hub, *stars[hub]), shapes[hub], strict=True):
            placed[key] = box.at(x + box.x, y + box.y)
    for keys in (explained, candidates):
        left, _, right, bottom = _extent(placed.values())
        width = max(right - left, math.sqrt(ASPECT * sum(_area([boxes[key]]) for key in keys)))
        rows = _rows([boxes[key] for key in keys], width)
        for key, box in zip(keys, rows, strict=True):
            placed[key] = box.at(box.x + (left + right) / 2, box.y + bottom + 2 * MARGIN)
    return placed


def is_crowded(network: nx.MultiDiGraph) -> bool:
    """Whether there are too many terms to read them all at once; candidates are drawn on demand only."""
    drawn = [key for key, role in network.nodes(data="role") if role != "candidate"]
    return len(drawn) > CROWD


def _label_box(node: dict[str, Any], slogan_size: int) -> Box:
    text = short_label(node["label"])
    size = COMPONENT_SIZE
    if node["role"] == "slogan":
        size = slogan_size + min(GROWTH, round(1.6 * math.log2(1 + node["count"])))
    return Box(text, size, width=math.ceil(text_width(text) * size + 1.2 * size), height=round(1.9 * size))


def _stars(network: nx.MultiDiGraph) -> dict[str, list[str]]:
    """Each term that has components, with those that stand around it, in the order of the definition.

    A component that is a slogan with components of its own has its own star. One that several
    slogans share stands once: in its own community, with the slogan that has the fewest.
    """
    parts: dict[str, list[str]] = {}
    for hub in sorted(network):
        edges = network.out_edges(hub, data="kind")
        keys = dict.fromkeys(key for _, key, kind in edges if kind in PARTS and key != hub)
        if keys:
            parts[hub] = list(keys)
    community = network.nodes(data="community")
    owners: dict[str, str] = {}
    for hub in sorted(parts, key=lambda hub: (len(parts[hub]), hub)):
        for key in parts[hub]:
            at_home = key in owners and community[owners[key]] == community[key]
            if key not in parts and (key not in owners or (community[hub] == community[key] and not at_home)):
                owners[key] = hub
    return {hub: [key for key in keys if owners.get(key) == hub] for hub, keys in parts.items()}


def _star(hub: Box, components: Sequence[Box]) -> list[Box]:
    """The slogan at (0, 0) and its components around it, on as few rings as are needed."""
    star = [hub.at(0, 0)]
    rings = math.ceil(len(components) / RING)
    start = 0
    for ring in range(1, rings + 1):
        # Outer rings are longer and take more: shares of 1 : 2 : 3 …
        end = round(len(components) * ring * (ring + 1) / (rings * (rings + 1)))
        star += _ring(star, components[start:end])
        start = end
    return star


def _ring(inside: Sequence[Box], boxes: Sequence[Box]) -> list[Box]:
    """`boxes` evenly on the ellipse around `inside` that makes the smallest star."""
    best: list[Box] = []
    for flatness in (1.2, 1.6, 2.2, 3.0):
        for turn in (0.0, 0.5):
            angles = [2 * math.pi * ((index + turn) / len(boxes) - 0.25) for index in range(len(boxes))]
            radius = max(box.height for box in boxes)
            while True:
                ring = [
                    box.at(flatness * radius * math.cos(angle), radius * math.sin(angle))
                    for box, angle in zip(boxes, angles, strict=True)
                ]
                if all(_clear(box, inside, ring[:index]) for index, box in enumerate(ring)):
                    break
                radius += 5
            ring = _drawn_in(inside, ring)
            if not best or _area([*inside, *ring]) < _area([*inside, *best]):
                best = ring
    return best


def _drawn_in(inside: Sequence[Box], ring: list[Box]) -> list[Box]:
    """The ring with each box moved towards the slogan as far as the others let it."""
    for index, box in enumerate(ring):
        others = ring[:index] + ring[index + 1 :]
        for percent in range(20, 100, 4):
            nearer = box.at(box.x * percent / 100, box.y * percent / 100)
            if _clear(nearer, inside, others):
                ring[index] = nearer
                break
    return ring


def _clear(box: Box, inside: Iterable[Box], others: Iterable[Box]) -> bool:
    """Whether a box of a ring keeps a gap to the others of its ring, and a wider one to what is inside."""
    return not any(box.overlaps(other, GAP) for other in others) and not any(
        box.overlaps(other, 1.4 * GAP) for other in inside
    )


def _extent(boxes: Collection[Box]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of what the boxes cover."""
    if not boxes:
        return 0, 0, 0, 0
    return (
        min(box.x - box.width / 2 for box in boxes),
        min(box.y - box.height / 2 for box in boxes),
        max(box.x + box.width / 2 for box in boxes),
        max(box.y + box.height / 2 for box in boxes),
    )


def _area(boxes: Collection[Box]) -> float:
    left, top, right, bottom = _extent(boxes)
    return (right - left + GAP) * (bottom - top + GAP)


class _Ties:
    """What a star wants to stand near: the stars it is linked to, else those of its community."""

    def __init__(self, network: nx.MultiDiGraph, stars: dict[str, list[str]]) -> None:
        hub_of = {key: hub for hub, keys in stars.items() for key in (hub, *keys)}
        self.community = {hub: network.nodes[hub]["community"] for hub in stars}
        self.linked: dict[str, set[str]] = defaultdict(set)
        for u, v in network.edges():
            if u in hub_of and v in hub_of and hub_of[u] != hub_of[v]:
                self.linked[hub_of[u]].add(hub_of[v])
                self.linked[hub_of[v]].add(hub_of[u])

    def near(self, hub: str, placed: Collection[str]) -> list[str]:
        """Those of the placed stars that `hub` wants to stand near."""
        linked = sorted(self.linked[hub].intersection(placed))
        return linked or [other for other in placed if self.community[other] == self.community[hub]]


def _pack(shapes: dict[str, list[Box]], ties: _Ties, aspect: float) -> dict[str, Point]:
    """The centre of each star: large communities first and inmost, no star over another."""
    weight: dict[int, float] = defaultdict(float)
    for hub, shape in shapes.items():
        weight[ties.community[hub]] += _area(shape)
    waiting = sorted(
        shapes, key=lambda hub: (-weight[ties.community[hub]], ties.community[hub], -_area(shapes[hub]), hub)
    )
    frames = {hub: _extent(shape) for hub, shape in shapes.items()}
    grid = _Grid([(right - left, bottom - top) for left, top, right, bottom in frames.values()], aspect)
    spots: dict[str, Point] = {}
    while waiting:
        hub = next((hub for hub in waiting if ties.linked[hub] & spots.keys()), waiting[0])
        waiting.remove(hub)
        left, top, right, bottom = frames[hub]
        spots[hub] = grid.take(right - left, bottom - top, [spots[other] for other in ties.near(hub, spots)])
    # A spot is the middle of the star's frame, which is not quite where the slogan stands.
    return {
        hub: (spots[hub][0] - (left + right) / 2, spots[hub][1] - (top + bottom) / 2)
        for hub, (left, top, right, bottom) in frames.items()
    }


class _Grid:
    """Cells that are free or taken. A row is one integer and a cell one of its bits, so that a row
    is searched by a few shifts. Lengths and places are given in canvas units.
    """

    def __init__(self, frames: Sequence[tuple[float, float]], aspect: float) -> None:
        area = sum((width + MARGIN) * (height + MARGIN) for width, height in frames)
        side = math.sqrt(area) + 2 * max((max(frame) for frame in frames), default=0)
        self.cell = max(10, side / GRID)
        self.half = math.ceil(1.2 * side * math.sqrt(max(aspect, 1)) / self.cell)
        self.aspect = aspect
        self.rows = [(1 << 2 * self.half) - 1] * (2 * self.half)

    def take(self, width: float, height: float, near: Sequence[Point]) -> Point:
        """Takes the free spot that keeps the whole compact, close to `near`; gives its middle."""
        target = (
            (fmean(x for x, _ in near) / self.cell, fmean(y for _, y in near) / self.cell) if near else None
        )
        across, down = (math.ceil((length + MARGIN) / self.cell) for length in (width, height))

        def middle(spot: tuple[int, int]) -> Point:
            return spot[0] + across / 2 - self.half, spot[1] + down / 2 - self.half

        def cost(spot: tuple[int, int]) -> tuple[float, ...]:
            x, y = middle(spot)
            reach = max((abs(x) + across / 2) / self.aspect, abs(y) + down / 2)
            pull = math.dist((x, y), target) if target else 0.0
            return reach + 0.6 * pull + 0.05 * math.hypot(x, y), *spot

        best = min(self._spots(across, down, {0.0, target[0] if target else 0.0}), key=cost)
        taken = ((1 << across) - 1) << best[0]
        for row in range(best[1], best[1] + down):
            self.rows[row] &= ~taken
        x, y = middle(best)
        return x * self.cell, y * self.cell

    def _spots(self, across: int, down: int, columns: Iterable[float]) -> Iterable[tuple[int, int]]:
        """Left and top of free spots: in each row those nearest to the columns, on either side."""
        rows = self.rows
        for step in _doublings(down):
            rows = [row & below for row, below in zip(rows, rows[step:], strict=False)]
        steps = _doublings(across)
        lefts = [max(0, round(column - across / 2) + self.half) for column in sorted(columns)]
        for top, free in enumerate(rows):
            for step in steps:
                free &= free >> step
            for left in lefts:
                if before := free & ((2 << left) - 1):
                    yield before.bit_length() - 1, top
                if after := free >> left:
                    yield left + (after & -after).bit_length() - 1, top


def _doublings(length: int) -> list[int]:
    """The shifts that turn "this cell is free" into "`length` cells from here are free".

    >>> _doublings(6)
    [1, 2, 2]
    """
    steps = []
    have = 1
    while have < length:
        steps.append(min(have, length - have))
        have += steps[-1]
    return steps


def _rows(boxes: Sequence[Box], width: float) -> list[Box]:
    """The boxes in centred rows of at most `width`, below and around (0, 0)."""
    rows: list[list[Box]] = []
    room = 0.0
    for box in boxes:
        if not rows or room < box.width:
            rows.append([])
            room = width
        rows[-1].append(box)
        room -= box.width + GAP
    placed = []
    top = 0
    for row in rows:
        x = -sum(box.width + GAP for box in row) / 2 + GAP / 2
        for box in row:
            placed.append(box.at(x + box.width / 2, top + box.height / 2))
            x += box.width + GAP
        top += max(box.height for box in row) + GAP
    return placed
