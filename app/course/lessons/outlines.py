"""Lines on the ground: contours, and the outline of the valley around a place."""

import heapq
from collections.abc import Sequence

import numpy as np
from contourpy import LineType, contour_generator

from app.course.lessons.evidence import Place
from fallline.drawing.geometry import separate, simplified, traced
from fallline.types import Array

SPILL = 1e-3
"""Water that falls by this share of the depth of a valley has left it."""
BELOW = 0.02
"""Part of that depth by which the outline lies below the pass, at which two valleys are one."""
STRAY = 1 / 3000
"""Part of the map by which an outline may stray."""


def brim(x: Array, y: Array, loss: Array, at: Sequence[float]) -> tuple[float, float]:
    """The loss at which the valley around a place, filled, spills over its lowest pass, or the edge; and the loss a
    little below, whose contour surrounds it."""
    row, column = int(np.abs(y - at[1]).argmin()), int(np.abs(x - at[0]).argmin())
    level = least = float(loss[row, column])
    visited, shore = {(row, column)}, [(level, row, column)]
    while True:
        height, row, column = heapq.heappop(shore)
        at_edge = row in (0, len(y) - 1) or column in (0, len(x) - 1)
        if at_edge or (level > least and height < level - SPILL * (level - least)):
            return level, level - BELOW * (level - least)
        # Until it has risen the water runs down to the bottom of its own valley.
        level, least = (height, height) if height < least else (max(level, height), least)
        for other in ((row + 1, column), (row - 1, column), (row, column + 1), (row, column - 1)):
            if other not in visited:
                visited.add(other)
                heapq.heappush(shore, (float(loss[other]), *other))


def contours(x: Array, y: Array, values: Array, level: float) -> list[Array]:
    """The lines on which the values are at a level, each (n, 2)."""
    generator = contour_generator(x, y, values, line_type=LineType.ChunkCombinedOffset)
    return separate(traced(generator.lines(level)))


def outline_around(x: Array, y: Array, loss: Array, level: float, at: Sequence[float]) -> list[Place]:
    """The contour of a loss that surrounds a place, the nearest one."""
    lines = [line for line in contours(x, y, loss, level) if surrounds(line, at)]
    return rounded_line(min(lines, key=lambda line: float(np.ptp(line, axis=0).prod())), x, y)


def surrounds(line: Array, at: Sequence[float]) -> bool:
    """Whether a place lies within a closed line: a ray to the right crosses it an odd number of times."""
    (x, y), (next_x, next_y) = line.T, np.roll(line, -1, axis=0).T
    crosses = (y > at[1]) != (next_y > at[1])
    with np.errstate(all="ignore"):
        right = at[0] < x + (at[1] - y) / (next_y - y) * (next_x - x)
    return bool((crosses & right).sum() % 2)


def rounded_line(line: Array, x: Array, y: Array) -> list[Place]:
    """Few vertices, of few digits."""
    sides = np.array([x[-1] - x[0], y[-1] - y[0]])
    kept = simplified(line / sides, STRAY, 4) * sides
    return [(float(f"{x:.4g}"), float(f"{y:.4g}")) for x, y in kept]
