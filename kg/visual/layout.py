"""Where each label of the picture stands: star by star, without overlaps, the same every time.

The graph is a forest of stars with few links between them, drawn as boxes with text inside. The
layouts of networkx and igraph place points, know no boxes and leave labels on top of each other;
a packer of rectangles (rectpack) knows no links and scatters what belongs together; Graphviz and
OGDF, which know both, are programs to be installed beside Python. Hence a small packing of our
own: components stand in rings around their slogan; the stars are put, one after the other, on the
free spot nearest to what they belong to; terms that nothing is known of follow in rows.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any

from kg.visual.grid import Grid, Shape, Spot
from kg.visual.stars import PARTS, Box, area, extent, label_box, shelves, star

if TYPE_CHECKING:
    import networkx as nx

COMPONENT_SIZE = 15  #: of the letters, in canvas units
SLOGAN_SIZE = 20  #: of a slogan that is hardly ever mentioned
GROWTH = 9  #: what a slogan's letters gain, gently, from being mentioned
CROWD = 150  #: with more terms than this …
CROWD_SIZE = 30  #: … slogans are written larger, because the whole is seen from farther away
MARGIN = 18  #: between two stars
CELL = 14  #: of the squared paper on which stars are packed, in canvas units
ROWS = 260  #: a large picture is packed on larger cells, so that about so many cover its height
ASPECT = 1.05  #: width : height of the whole picture
PULL = 0.3  #: how much nearness to its like is worth to a star, beside the compactness of the whole
DRAWN = 3000  #: with more terms than this, some are left out of the picture until they are asked for


def place(network: nx.MultiDiGraph, centre: Collection[str] = ()) -> dict[str, Box]:
    """A box for each node of the network, no two of them overlapping; those of `centre` in the middle.

    Terms that `left_out` names stand below all others, each with its star, for when one is asked for.
    """
    boxes = label_boxes(network)
    groups = stars(network)
    linked = {key for hub, keys in groups.items() for key in (hub, *keys)}
    left = left_out(network)
    # Candidates are drawn on demand only: in a picture of everything they stand apart.
    apart = {
        key
        for key, role in network.nodes(data="role")
        if role == "candidate" and key not in linked and not network.degree(key)
    }
    groups |= {key: [] for key in sorted(boxes.keys() - linked - apart)}
    shapes = {hub: star(boxes[hub], [boxes[key] for key in keys]) for hub, keys in groups.items()}

    placed: dict[str, Box] = {}
    packed = {hub: shape for hub, shape in shapes.items() if hub not in left}
    for hub, (x, y) in _pack(packed, _Ties(network, groups), set(centre)).items():
        for key, box in zip((hub, *groups[hub]), shapes[hub], strict=True):
            placed[key] = box.at(x + box.x, y + box.y)

    def by_sound(keys: Collection[str]) -> list[str]:
        return sorted(keys, key=lambda key: (network.nodes[key]["pinyin"], key))

    _below(placed, {(key,): [boxes[key]] for key in by_sound(apart - left)})
    _below(placed, {(hub, *groups[hub]): shapes[hub] for hub in by_sound(shapes.keys() & left)})
    _below(placed, {(key,): [boxes[key]] for key in by_sound(apart & left)})
    return placed


def _below(placed: dict[str, Box], shapes: dict[tuple[str, ...], list[Box]]) -> None:
    """Puts more shapes in rows below what is placed, as wide as the whole then has to be."""
    left, top, right, bottom = extent(placed.values())
    covered = sum(area(shape) for shape in shapes.values())
    width = (ASPECT * (bottom - top) + math.sqrt((ASPECT * (bottom - top)) ** 2 + 4 * ASPECT * covered)) / 2
    for keys, shape in zip(shapes, shelves(shapes.values(), max(width, right - left)), strict=True):
        for key, box in zip(keys, shape, strict=True):
            placed[key] = box.at(box.x + (left + right) / 2, box.y + bottom + 2 * MARGIN)


def left_out(network: nx.MultiDiGraph, most: int = DRAWN) -> set[str]:
    """What is too much for one picture: above `most` terms, the stars that are mentioned least, then candidates.

    A star is drawn whole or not at all.
    """
    if len(network) <= most:
        return set()
    groups = stars(network)
    linked = {key for hub, keys in groups.items() for key in (hub, *keys)}
    groups |= {key: [] for key in network if key not in linked}

    def rank(hub: str) -> tuple[Any, ...]:
        node = network.nodes[hub]
        return node["role"] == "candidate", -node["count"], hub

    room, left = most, set()
    for hub in sorted(groups, key=rank):
        room -= 1 + len(groups[hub])
        if room < 0:
            left |= {hub, *groups[hub]}
    return left


def is_crowded(network: nx.MultiDiGraph) -> bool:
    """Whether there are too many terms to read them all at once; candidates are drawn on demand only."""
    drawn = [key for key, role in network.nodes(data="role") if role != "candidate"]
    return len(drawn) > CROWD


def label_boxes(network: nx.MultiDiGraph) -> dict[str, Box]:
    """The box of each label, in letters as large as it deserves; it has no place yet."""
    slogan_size = CROWD_SIZE if is_crowded(network) else SLOGAN_SIZE

    def size(node: dict[str, Any]) -> int:
        if node["role"] != "slogan":
            return COMPONENT_SIZE
        return slogan_size + min(GROWTH, round(1.6 * math.log2(1 + node["count"])))

    return {key: label_box(node["label"], size(node)) for key, node in sorted(network.nodes(data=True))}


def stars(network: nx.MultiDiGraph) -> dict[str, list[str]]:
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


class _Ties:
    """What a star wants to stand near: the stars it is linked to, else those of its community."""

    def __init__(self, network: nx.MultiDiGraph, groups: dict[str, list[str]]) -> None:
        hub_of = {key: hub for hub, keys in groups.items() for key in (hub, *keys)}
        self.community = {hub: network.nodes[hub]["community"] for hub in groups}
        self.linked: dict[str, set[str]] = defaultdict(set)
        for u, v in network.edges():
            if u in hub_of and v in hub_of and hub_of[u] != hub_of[v]:
                self.linked[hub_of[u]].add(hub_of[v])
                self.linked[hub_of[v]].add(hub_of[u])

    def near(self, hub: str, placed: Collection[str]) -> list[str]:
        """Those of the placed stars that `hub` wants to stand near."""
        linked = sorted(self.linked[hub].intersection(placed))
        return linked or [other for other in placed if self.community[other] == self.community[hub]]


def _pack(
    shapes: dict[str, list[Box]], ties: _Ties, centre: Collection[str]
) -> dict[str, tuple[float, float]]:
    """Where each star stands: the centre, then large communities first and inmost, no star over another."""
    weight: dict[int, float] = defaultdict(float)
    for hub, shape in shapes.items():
        weight[ties.community[hub]] += area(shape)

    def rank(hub: str) -> tuple[Any, ...]:
        community = ties.community[hub]
        return hub not in centre, -weight[community], community, -area(shapes[hub]), hub

    total = sum(area(shape) for shape in shapes.values())
    cell = max(CELL, math.sqrt(total) / ROWS)
    outlines = {hub: _outline(shape, cell) for hub, shape in shapes.items()}
    longest = max((max(map(abs, outline.reach)) for outline in outlines.values()), default=0)
    grid = Grid(math.ceil(math.sqrt(total) / cell) + 2 * longest, ASPECT)
    spots: dict[str, Spot] = {}
    waiting = sorted(shapes, key=rank)
    while waiting:
        hub = next((hub for hub in waiting if ties.linked[hub] & spots.keys()), waiting[0])
        waiting.remove(hub)
        spots[hub] = grid.take(outlines[hub], [spots[other] for other in ties.near(hub, spots)], PULL)
    return {hub: (x * cell, y * cell) for hub, (x, y) in spots.items()}


def _outline(shape: Sequence[Box], cell: float) -> Shape:
    """What a star keeps to itself: in each row of cells all from its first label or ray to its last."""
    spans: dict[int, tuple[int, int]] = {}

    def cover(row: int, left: float, right: float) -> None:
        here = spans.get(row, (math.floor(left / cell), math.ceil(right / cell)))
        spans[row] = min(here[0], math.floor(left / cell)), max(here[1], math.ceil(right / cell))

    for box in shape:
        half = (box.width + MARGIN) / 2, (box.height + MARGIN) / 2
        for row in range(math.floor((box.y - half[1]) / cell), math.ceil((box.y + half[1]) / cell)):
            cover(row, box.x - half[0], box.x + half[0])
        for row in range(*sorted((0, round(box.y / cell)))):
            on_ray = box.x * (row + 0.5) * cell / box.y
            cover(row, on_ray, on_ray)
    top = min(spans)
    return Shape(top, tuple(spans[row] for row in range(top, max(spans) + 1)))
