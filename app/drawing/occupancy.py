"""Where something is already drawn, in squares of a few pixels, so that words can keep off it."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from app.drawing.view import Box

CELL = 6.0
OUTSIDE = 3


class Occupancy:
    """The squares of a frame that are taken."""

    def __init__(self, frame: Box) -> None:
        self._frame = frame
        self._columns, self._rows = math.ceil(frame.width / CELL), math.ceil(frame.height / CELL)
        self._taken = np.zeros((self._rows, self._columns), dtype=bool)

    def mark_points(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> None:
        """Take the squares of many points; those outside do not matter."""
        i, j = (x - self._frame.left) // CELL, (y - self._frame.top) // CELL
        inside = (i >= 0) & (j >= 0) & (i < self._columns) & (j < self._rows)
        self._taken[j[inside].astype(int), i[inside].astype(int)] = True

    def mark_line(self, points: NDArray[np.float64]) -> None:
        """Take the squares along a line, (n, 2), all of it within reach of the frame."""
        steps = np.diff(points, axis=0)
        counts = np.ceil(np.hypot(*steps.T) / CELL).astype(int) + 1
        segment = np.repeat(np.arange(len(counts)), counts)
        place = np.arange(len(segment)) - np.repeat(np.cumsum(counts) - counts, counts)
        share = place / np.maximum(counts - 1, 1)[segment]
        self.mark_points(*(points[segment] + steps[segment] * share[:, None]).T)

    def mark_box(self, box: Box) -> None:
        """Take the squares under a box."""
        left, right, top, bottom = self._cells(box)
        self._taken[max(0, top) : max(0, bottom), max(0, left) : max(0, right)] = True

    def crowd(self, box: Box) -> int:
        """Squares taken under a box; one outside of the frame counts as several."""
        left, right, top, bottom = self._cells(box)
        within = self._taken[max(0, top) : max(0, bottom), max(0, left) : max(0, right)]
        outside = (right - left) * (bottom - top) - within.size
        return OUTSIDE * outside + int(np.count_nonzero(within))

    def _cells(self, box: Box) -> tuple[int, int, int, int]:
        left, top = (box.left - self._frame.left) // CELL, (box.top - self._frame.top) // CELL
        right, bottom = (box.right - self._frame.left) // CELL, (box.bottom - self._frame.top) // CELL
        return int(left), int(right) + 1, int(top), int(bottom) + 1
