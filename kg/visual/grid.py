"""A sheet of squared paper on which shapes find room, each as near as can be to where it wants to stand."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence

Spot = tuple[int, int]

OUTWARD = 0.05  #: how much a spot is worth for being near the middle, beside what it adds to the whole


class Shape:
    """What a thing covers, in cells around its own: the first row, then from and to which cell in each row."""

    def __init__(self, top: int, spans: Sequence[tuple[int, int]]) -> None:
        self.top = top
        self.spans = spans
        #: Left, top, right and bottom.
        self.reach = min(left for left, _ in spans), top, max(right for _, right in spans), top + len(spans)
        order = sorted(range(len(spans)), key=lambda row: (spans[row][0] - spans[row][1], row))
        #: Offset, left and shifts of each row: where the widest finds no room, the others need not look for it.
        self.widest_first = [(row, spans[row][0], doublings(spans[row][1] - spans[row][0])) for row in order]


def doublings(length: int) -> list[int]:
    """The shifts that turn "this cell is free" into "`length` cells from here are free".

    >>> doublings(6)
    [1, 2, 2]
    """
    steps = []
    have = 1
    while have < length:
        steps.append(min(have, length - have))
        have += steps[-1]
    return steps


class Grid:
    """Cells that are free or taken. A row is one integer and a cell one of its bits, so that a row is
    searched by a few shifts. Its middle is (0, 0).
    """

    def __init__(self, half: int, aspect: float) -> None:
        self.half = half
        self.aspect = aspect
        self.rows = [(1 << 2 * half) - 1] * (2 * half)

    def take(self, shape: Shape, near: Sequence[tuple[float, float]], pull: float) -> Spot:
        """Takes the free spot that keeps the whole compact, and as close to `near` as `pull` asks."""
        spot = self._best(shape, near, pull)
        for row, cells in self._cells(shape, spot):
            self.rows[row] &= ~cells
        return spot

    def _cells(self, shape: Shape, spot: Spot) -> Iterator[tuple[int, int]]:
        x, y = spot[0] + self.half, spot[1] + self.half
        for row, (left, right) in enumerate(shape.spans, start=y + shape.top):
            yield row, ((1 << right - left) - 1) << x + left

    def _best(self, shape: Shape, near: Sequence[tuple[float, float]], pull: float) -> Spot:
        """The spot of the least cost. Rows are asked in the order of the least that a spot in them can cost."""
        left, top, right, bottom = shape.reach
        across, down = (right - left) / 2, (bottom - top) / 2
        middle, centre = (left + right) / 2, (top + bottom) / 2
        goal_x = sum(x for x, _ in near) / len(near) if near else 0.0
        goal_y = sum(y for _, y in near) / len(near) if near else 0.0
        pull = pull if near else 0.0

        def least(y: int) -> float:
            return abs(y + centre) + down + pull * abs(y + centre - goal_y) + OUTWARD * abs(y + centre)

        best, found = math.inf, (0, 0)
        wanted = sorted({round(-middle), round(goal_x - middle)})
        cheapest = min(round(-centre), round(goal_y - centre), key=least)
        for cost, row in _upwards(least, -self.half - top, self.half - bottom, cheapest):
            if cost >= best:
                break
            y = row + centre
            # Farther out than this, every place in the row costs more than the best one found.
            spare = min(best, 4.0 * self.half) - OUTWARD * abs(y) - pull * abs(y - goal_y)
            reach = max(0, min(self.half, math.ceil(self.aspect * spare - across) + 1))
            for column in self._columns(shape, row, wanted, round(-middle), reach):
                x = column + middle
                if (abs(x) + across) / self.aspect > spare:
                    continue
                cost = max((abs(x) + across) / self.aspect, abs(y) + down) + OUTWARD * math.hypot(x, y)
                if pull:
                    cost += pull * math.hypot(x - goal_x, y - goal_y)
                if cost < best:
                    best, found = cost, (column, row)
        assert best < math.inf, "the sheet is larger than all that stands on it"
        return found

    def _columns(
        self, shape: Shape, row: int, wanted: Sequence[int], middle: int, reach: int
    ) -> Iterator[int]:
        """In a row, the free places nearest to those wanted, on either side; none where none is in `reach` of its middle."""
        free = -1
        near = ((1 << 2 * reach + 1) - 1) << max(0, middle + self.half - reach)
        start = row + self.half + shape.top
        for offset, left, steps in shape.widest_first:
            cells = self.rows[start + offset]
            for step in steps:
                cells &= cells >> step
            free &= cells >> left if left >= 0 else cells << -left
            if not free & near:
                return
        for column in wanted:
            at = max(0, column + self.half)
            if before := free & ((2 << at) - 1):
                yield before.bit_length() - 1 - self.half
            if after := free >> at:
                yield at + (after & -after).bit_length() - 1 - self.half


def _upwards(
    cost: Callable[[int], float], first: int, last: int, cheapest: int
) -> Iterator[tuple[float, int]]:
    """Whole numbers and their costs, the cheapest first, of a cost that only rises on either side of about `cheapest`."""
    low = min(range(max(first, cheapest - 2), min(last, cheapest + 2) + 1), key=lambda at: (cost(at), at))
    high = low + 1
    below, above = (cost(low), low), (cost(high), high)
    while low >= first or high <= last:
        if high > last or (low >= first and below < above):
            yield below
            low -= 1
            below = cost(low), low
        else:
            yield above
            high += 1
            above = cost(high), high
