"""A slogan and what stands around it: labels as boxes, and the rings of a star.

Each pair of boxes on a ring keeps clear from some radius on, and that radius follows from their
sizes; so a ring is computed and not searched for.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

LONGEST_LABEL = 12  #: in hanzi; the rest is cut
GAP = 10  #: between two labels of a star, or of a row; above twice the radius in scripts/picture.js
PARTS = ("component", "listed")  #: the kinds of edges that lead from a whole to its parts
RING = 11  #: components on one ring; more are spread over several
FLATNESSES = (1.2, 1.6, 2.2, 3.0)  #: width : height of a ring; labels are wide and low
NEAREST = 0.2  #: how far a component may move in, as a part of its place on the ring


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


def label_box(label: str, size: int) -> Box:
    """The box of a label in letters of `size`."""
    text = short_label(label)
    return Box(text, size, width=math.ceil(text_width(text) * size + 1.2 * size), height=round(1.9 * size))


def extent(boxes: Collection[Box]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of what the boxes cover."""
    if not boxes:
        return 0, 0, 0, 0
    return (
        min(box.x - box.width / 2 for box in boxes),
        min(box.y - box.height / 2 for box in boxes),
        max(box.x + box.width / 2 for box in boxes),
        max(box.y + box.height / 2 for box in boxes),
    )


def area(boxes: Collection[Box]) -> float:
    """What the frame around the boxes covers, with the gap to the next."""
    left, top, right, bottom = extent(boxes)
    return (right - left + GAP) * (bottom - top + GAP)


def star(hub: Box, components: Sequence[Box]) -> list[Box]:
    """The slogan at (0, 0) and its components around it, on as few rings as are needed."""
    placed = [hub.at(0, 0)]
    rings = math.ceil(len(components) / RING)
    start = 0
    for ring in range(1, rings + 1):
        # Outer rings are longer and take more: shares of 1 : 2 : 3 …
        end = round(len(components) * ring * (ring + 1) / (rings * (rings + 1)))
        placed += _ring(placed, components[start:end])
        start = end
    return placed


def _ring(inside: Sequence[Box], boxes: Sequence[Box]) -> list[Box]:
    """`boxes` evenly on the ellipse around `inside` that makes the smallest star."""

    def ring(flatness: float, turn: float) -> list[Box]:
        angles = [2 * math.pi * ((index + turn) / len(boxes) - 0.25) for index in range(len(boxes))]
        ways = [(flatness * math.cos(angle), math.sin(angle)) for angle in angles]
        return _drawn_in(inside, _on_ellipse(inside, boxes, ways))

    rings = [ring(flatness, turn) for flatness in FLATNESSES for turn in (0.0, 0.5)]
    rings += [_lines(inside, boxes, beside) for beside in range(min(2, len(boxes) - 1) + 1)]
    return min(rings, key=lambda ring: area([*inside, *ring]))


def _lines(inside: Sequence[Box], boxes: Sequence[Box], beside: int) -> list[Box]:
    """`boxes` clockwise around `inside`: a row above, a row below and so many beside it."""
    left, top, right, bottom = extent(inside)
    above = (len(boxes) - beside) // 2
    upper, flanking, lower = (
        boxes[:above],
        boxes[above : above + beside // 2 + beside % 2],
        boxes[above + beside // 2 + beside % 2 :],
    )
    last = lower[len(lower) - beside // 2 :]
    lower = lower[: len(lower) - beside // 2]
    placed = [box.at(box.x, top - 1.4 * GAP - box.height / 2) for box in _line(upper)]
    placed += [box.at(right + 2 * GAP + box.width / 2, (top + bottom) / 2) for box in flanking]
    placed += [box.at(box.x, bottom + 1.4 * GAP + box.height / 2) for box in reversed(_line(lower[::-1]))]
    placed += [box.at(left - 2 * GAP - box.width / 2, (top + bottom) / 2) for box in last]
    return placed


def _line(boxes: Sequence[Box]) -> list[Box]:
    """The boxes side by side, around 0."""
    x = -sum(box.width + GAP for box in boxes) / 2 + GAP / 2
    placed = []
    for box in boxes:
        placed.append(box.at(x + box.width / 2, 0))
        x += box.width + GAP
    return placed


def _on_ellipse(
    inside: Sequence[Box], boxes: Sequence[Box], ways: Sequence[tuple[float, float]]
) -> list[Box]:
    """The boxes, each as far out on its way as the smallest radius that keeps all of them clear."""
    radius = float(max(box.height for box in boxes))
    for (one, (x, y)), (other, (u, v)) in combinations(zip(boxes, ways, strict=True), 2):
        across, down = _room(one, other, GAP)
        radius = max(radius, min(_over(across, abs(x - u)), _over(down, abs(y - v))))
    for box, (x, y) in zip(boxes, ways, strict=True):
        for other in inside:
            across, down = _room(box, other, 1.4 * GAP)
            beside = _over(across + math.copysign(1, x) * other.x, abs(x))
            below = _over(down + math.copysign(1, y) * other.y, abs(y))
            radius = max(radius, min(beside, below))
    return [box.at(radius * x, radius * y) for box, (x, y) in zip(boxes, ways, strict=True)]


def _drawn_in(inside: Sequence[Box], ring: list[Box]) -> list[Box]:
    """The ring with each box moved towards the slogan as far as the others let it."""
    for index, box in enumerate(ring):
        others = ring[:index] + ring[index + 1 :]
        blocked = [_passage(box, other, GAP) for other in others]
        blocked += [_passage(box, other, 1.4 * GAP) for other in inside]
        share = NEAREST
        for start, end in sorted(blocked):
            if start < share < end:
                share = end
        if share < 1:
            ring[index] = box.at(box.x * share, box.y * share)
    return ring


def _passage(box: Box, other: Box, gap: float) -> tuple[float, float]:
    """From and to which part of its way outward a box would be too near to another; (2, 2) if never."""
    across, down = _room(box, other, gap)
    ends = []
    for speed, place, room in ((box.x, other.x, across), (box.y, other.y, down)):
        if speed == 0:
            if abs(place) >= room:
                return 2, 2
            continue
        near, far = (place - room) / speed, (place + room) / speed
        ends.append((min(near, far), max(near, far)))
    start, end = max(start for start, _ in ends), min(end for _, end in ends)
    return (start, end) if start < end else (2, 2)


def _room(one: Box, other: Box, gap: float) -> tuple[float, float]:
    """How far the centres of two boxes have to be apart, across or down. A unit more: places are rounded."""
    return (one.width + other.width) / 2 + gap + 1, (one.height + other.height) / 2 + gap + 1


def _over(length: float, speed: float) -> float:
    return length / speed if speed > 1e-9 else math.inf


def shelves(shapes: Iterable[Sequence[Box]], width: float, gap: float = GAP) -> list[list[Box]]:
    """Stars, or labels alone, in centred rows of at most `width`, below and around (0, 0)."""
    lines: list[list[tuple[Sequence[Box], tuple[float, float, float, float]]]] = []
    room = 0.0
    for shape in shapes:
        left, top, right, bottom = extent(shape)
        if not lines or room < right - left:
            lines.append([])
            room = width
        lines[-1].append((shape, (left, top, right, bottom)))
        room -= right - left + gap
    placed = []
    upper = 0.0
    for line in lines:
        x = -sum(right - left + gap for _, (left, _, right, _) in line) / 2 + gap / 2
        for shape, (left, top, right, _) in line:
            placed.append([box.at(x + box.x - left, upper + box.y - top) for box in shape])
            x += right - left + gap
        upper += max(bottom - top for _, (_, top, _, bottom) in line) + gap
    return placed
