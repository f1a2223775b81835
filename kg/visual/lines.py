"""The lines between labels: how each sort of link looks, and how it finds its way past labels that it does not mean."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from kg.visual.stars import Box

STEP = 6  #: between two points of a curve, when it is looked where it passes
NEAR = 3  #: a line that is as close to a label passes behind it
BENDS = (0, 40, -40, 80, -80, 120, -120, 180, -180, 260, -260)  #: how far a line may be pulled aside

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """How a kind of edge is drawn, and what the key says of it."""

    name: str
    dashes: str = ""
    width: float = 1.6
    arrow: bool = False
    own: bool = False  #: in the colour of the slogan, not in that of the text


LINES = {
    "component": Line("包含", width=1.4, own=True),
    "listed": Line("仅见列举", dashes="6 4", width=1.4, own=True),
    "successor": Line("接续", width=2.4, arrow=True),
    "builds-on": Line("在其基础上", dashes="9 5", width=2, arrow=True),
    "redefinition": Line("改释", dashes="9 3", width=2.4, arrow=True),
    "abbreviation": Line("简称", dashes="9 5", width=2),
    "variant": Line("异称", dashes="9 3 2 3", width=2),
    "homonym": Line("同名异义", dashes="9 3 2 3 2 3", width=2),
    "part": Line("属于", dashes="4 4", width=1.6, arrow=True),
    "co-mentioned": Line("并提", dashes="", width=1.8),
    "tie": Line("常在同一句", dashes="2 4", width=1.2),
}
OTHER = Line("其他关系", dashes="4 4")


def number(value: float) -> str:
    """A length as SVG has it, to a tenth of a unit."""
    return f"{round(value, 1):g}"


def bend(start: Box, end: Box, obstacles: Obstacles) -> Point:
    """Where to pull a line, as a quadratic curve, so that it passes behind as few labels as can be."""
    middle = (start.x + end.x) / 2, (start.y + end.y) / 2
    dx, dy = end.x - start.x, end.y - start.y
    length = math.hypot(dx, dy) or 1.0
    best, found = math.inf, middle
    for offset in BENDS:
        control = middle[0] - dy / length * offset, middle[1] + dx / length * offset
        points = curve((start.x, start.y), control, (end.x, end.y))
        cost = 200 * obstacles.met(points, (start, end)) + abs(offset)
        if cost < best:
            best, found = cost, control
        if best == 0:
            break
    return found


def curve(start: Point, control: Point, end: Point) -> list[Point]:
    """Points on a quadratic Bézier curve, from the start to the end."""
    steps = max(8, round(math.dist(start, end) / STEP))
    return [
        (
            (1 - t) ** 2 * start[0] + 2 * t * (1 - t) * control[0] + t * t * end[0],
            (1 - t) ** 2 * start[1] + 2 * t * (1 - t) * control[1] + t * t * end[1],
        )
        for t in (step / steps for step in range(steps + 1))
    ]


class Obstacles:
    """The labels of a picture, in squares, so that those near a point are found at once."""

    SIDE = 200  #: of a square; about the widest label

    def __init__(self, boxes: Collection[Box]) -> None:
        self.squares: dict[tuple[int, int], list[Box]] = defaultdict(list)
        for box in boxes:
            for column in self._range(box.x, box.width):
                for row in self._range(box.y, box.height):
                    self.squares[column, row].append(box)

    def _range(self, middle: float, length: float) -> range:
        return range(
            math.floor((middle - length / 2) / self.SIDE), math.floor((middle + length / 2) / self.SIDE) + 1
        )

    def met(self, points: Sequence[Point], ends: tuple[Box, Box]) -> int:
        """How many labels a line through the points passes behind, those at its ends apart."""
        hit = {
            box
            for x, y in points
            for box in self.squares.get((math.floor(x / self.SIDE), math.floor(y / self.SIDE)), ())
            if abs(x - box.x) <= box.width / 2 + NEAR and abs(y - box.y) <= box.height / 2 + NEAR
        }
        return len(hit.difference(ends))


def drawn_line(start: Point, bend: Point, end: Point, line: Line, ink: str) -> str:
    (x1, y1), (x2, y2) = start, end
    dashes = f' stroke-dasharray="{line.dashes}"' if line.dashes else ""
    opacity = ' stroke-opacity="0.6"' if line.own else ""
    look = f'stroke="{ink}" stroke-width="{line.width:g}"{dashes}{opacity}'
    if math.dist(bend, ((x1 + x2) / 2, (y1 + y2) / 2)) < 1:
        return f'<line x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}" {look}/>'
    path = f"M{number(x1)} {number(y1)}Q{number(bend[0])} {number(bend[1])} {number(x2)} {number(y2)}"
    return f'<path d="{path}" fill="none" {look}/>'


def arrow_head(start: Point, bend: Point, end: Box, ink: str) -> str:
    """A head of an arrow where the line meets the frame of `end`."""
    points = curve(start, bend, (end.x, end.y))
    outside = [
        (x, y) for x, y in points if abs(x - end.x) > end.width / 2 + 2 or abs(y - end.y) > end.height / 2 + 2
    ]
    x, y = outside[-1] if outside else start
    fx, fy = points[min(len(outside), len(points) - 1)]
    length = math.hypot(fx - x, fy - y) or 1.0
    ux, uy = (fx - x) / length, (fy - y) / length
    corners = [
        (x + 2 * ux, y + 2 * uy),
        (x - 12 * ux - 5 * uy, y - 12 * uy + 5 * ux),
        (x - 12 * ux + 5 * uy, y - 12 * uy - 5 * ux),
    ]
    listed = " ".join(f"{number(px)},{number(py)}" for px, py in corners)
    return f'<polygon points="{listed}" fill="{ink}"/>'
