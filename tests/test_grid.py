"""The spot that is found is the cheapest, though most rows are never looked at."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

import pytest

from kg.visual.grid import OUTWARD, Grid, Shape, Spot

HALF, ASPECT, PULL = 24, 1.05, 0.3


def cheapest(grid: Grid, shape: Shape, near: Sequence[Spot]) -> Spot:
    """As the grid is to find it: of every row the free columns next to the middle and to the goal, by trying all."""
    left, top, right, bottom = shape.reach
    middle = (left + right) / 2
    goal_x = sum(x for x, _ in near) / len(near) if near else 0.0

    def free(x: int, y: int) -> bool:
        cells = ((x + HALF + x0, x + HALF + x1) for x0, x1 in shape.spans)
        rows = range(y + HALF + top, y + HALF + bottom)
        return all(
            x0 >= 0 and all(grid.rows[row] >> cell & 1 for cell in range(x0, x1))
            for row, (x0, x1) in zip(rows, cells, strict=True)
        )

    spots: list[Spot] = []
    for y in range(-HALF - top, HALF - bottom + 1):
        columns = [x for x in range(-HALF, HALF) if free(x, y)]
        for wanted in (round(-middle), round(goal_x - middle)):
            spots += (
                [(max(x for x in columns if x <= wanted), y)] if any(x <= wanted for x in columns) else []
            )
            spots += (
                [(min(x for x in columns if x >= wanted), y)] if any(x >= wanted for x in columns) else []
            )
    return min(spots, key=lambda spot: cost_of(shape, spot, near))


@pytest.mark.parametrize("seed", range(4))
def test_grid_takes_the_cheapest_spot(seed: int) -> None:
    chance, grid = random.Random(seed), Grid(HALF, ASPECT)
    taken: list[Spot] = []
    for _ in range(14):
        spans = [(-chance.randint(1, 4), chance.randint(1, 5)) for _ in range(chance.randint(1, 5))]
        shape = Shape(-(len(spans) // 2), spans)
        near = chance.sample(taken, min(len(taken), chance.randint(0, 2)))
        expected = cheapest(grid, shape, near)
        found = grid.take(shape, near, PULL)
        assert cost_of(shape, found, near) == pytest.approx(cost_of(shape, expected, near))
        taken.append(found)


def cost_of(shape: Shape, spot: Spot, near: Sequence[Spot]) -> float:
    """What a spot costs; two can cost the same."""
    left, top, right, bottom = shape.reach
    x, y = spot[0] + (left + right) / 2, spot[1] + (top + bottom) / 2
    outmost = max((abs(x) + (right - left) / 2) / ASPECT, abs(y) + (bottom - top) / 2)
    goal = [sum(each) / len(near) for each in zip(*near, strict=True)] if near else [x, y]
    return outmost + OUTWARD * math.hypot(x, y) + PULL * math.hypot(x - goal[0], y - goal[1])
