"""Where a run goes in the picture: the rows that the eye can tell apart.

Nothing is clamped: a row off the sheet keeps its place, however far; only what is drawn is cut at the border.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from app.drawing.thinning import Points
from app.drawing.view import Pair, View

CLOSE = 0.25
"""Rows closer together than this many pixels are one vertex of the line."""

BEYOND = 24.0
"""Lines are cut this many pixels outside the frame, which hides their ends."""


@dataclass(frozen=True)
class Exit:
    """Where a run left the sheet for good: the place on the frame, its direction, and the first row outside."""

    x: float
    y: float
    angle: float
    row: int


class Trail:
    """The vertices of one run in a view, taken up block by block.

    Attributes:
        rows: number of the row at each vertex; points: where it lies, in pixels.
    """

    def __init__(self, view: View) -> None:
        self._view = view
        self.rows: list[int] = []
        self.points: list[Pair] = []
        self._inside: list[bool] = []
        self._last: tuple[int, Pair, bool] | None = None

    def add(self, first: int, x: Sequence[float], y: Sequence[float]) -> None:
        """Take up the rows from number `first` on."""
        at, holds = self._view.at, self._view.box.holds
        for row, place in enumerate(map(at, x, y), first):
            self._last = (row, place, holds(*place))
            if not self._stays(place, self._last[2]):
                self._append()

    def finish(self) -> None:
        """Take up the last row, which is where the head stands."""
        if self._last and self.rows[-1] != self._last[0]:
            self._append()

    def _stays(self, place: Pair, inside: bool) -> bool:
        if not self.points or inside != self._inside[-1]:
            return False
        x, y = self.points[-1]
        return abs(place[0] - x) + abs(place[1] - y) < CLOSE

    def _append(self) -> None:
        assert self._last is not None
        row, place, inside = self._last
        # Of many rows off the sheet only the first and the last bound a segment that can be seen.
        if not inside and len(self._inside) > 1 and not any(self._inside[-2:]):
            self.rows.pop(), self.points.pop(), self._inside.pop()
        self.rows.append(row)
        self.points.append(place)
        self._inside.append(inside)

    @property
    def head(self) -> Pair | None:
        """Where it ends, if that is on the sheet."""
        return self.points[-1] if self.points and self._inside[-1] else None

    @property
    def array(self) -> Points:
        """The vertices as (n, 2)."""
        return np.array(self.points, dtype=float).reshape(-1, 2)

    def visible(self, vertex: int) -> bool:
        """Whether a vertex lies on the sheet."""
        return self._inside[vertex]

    def stretches(self) -> list[Points]:
        """The lines to draw: every segment with an end on the sheet, cut a little outside of it."""
        lines: list[list[Pair]] = []
        joined = False
        for k in range(len(self.points) - 1):
            ends, cut = self._segment(k)
            if ends is None:
                joined = False
                continue
            lines[-1].append(ends[1]) if joined else lines.append([*ends])
            joined = not cut
        return [np.array(line) for line in lines]

    def _segment(self, k: int) -> tuple[tuple[Pair, Pair] | None, bool]:
        """The part to draw from vertex k to the next, and whether the line breaks off after it."""
        (x0, y0), (x1, y1) = self.points[k], self.points[k + 1]
        if self._inside[k] and self._inside[k + 1]:
            return ((x0, y0), (x1, y1)), False
        if not (self._inside[k] or self._inside[k + 1]):
            return None, True
        # From the end on the sheet, as the other may be too far off to be reckoned from.
        if self._inside[k]:
            return ((x0, y0), self._cut(x0, y0, x1, y1)), True
        return (self._cut(x1, y1, x0, y0), (x1, y1)), False

    def _cut(self, x0: float, y0: float, x1: float, y1: float) -> Pair:
        """Where a segment that begins on the sheet is cut."""
        part = self._view.box.around(BEYOND).cut(x0, y0, x1, y1)
        share = part[1] if part else 0.0
        return x0 + (x1 - x0) * share, y0 + (y1 - y0) * share

    def exit(self) -> Exit | None:
        """Where it left for good; None while it is on the sheet, or if it never was."""
        if not self.points or self._inside[-1] or True not in self._inside:
            return None
        k = len(self._inside) - 1 - self._inside[::-1].index(True)
        (x0, y0), (x1, y1) = self.points[k], self.points[k + 1]
        _, share = self._view.box.cut(x0, y0, x1, y1) or (0.0, 0.0)
        angle = math.atan2(y1 - y0, x1 - x0)
        return Exit(x0 + (x1 - x0) * share, y0 + (y1 - y0) * share, angle, self.rows[k + 1])

    def walked(self) -> Iterator[tuple[int, Pair, Pair]]:
        """Each vertex on the sheet but the first and last: its row, its place, and the way across the line there."""
        for k in range(1, len(self.points) - 1):
            if self._inside[k]:
                (x0, y0), (x1, y1) = self.points[k - 1], self.points[k + 1]
                length = math.hypot(x1 - x0, y1 - y0)
                if length > 0:
                    yield self.rows[k], self.points[k], ((y0 - y1) / length, (x1 - x0) / length)
