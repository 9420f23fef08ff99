"""Where a run goes in the picture: the rows that the eye can tell apart.

Nothing is clamped: a row off the sheet keeps its place, however far; only what is drawn is cut at the border.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.drawing.thinning import Points, outermost_places
from app.drawing.view import Pair, View

CLOSE = 0.25
"""Rows in one square of so many pixels, one after the other, are one vertex of the line."""

MOST, RECENT = 6_000, 8
"""Vertices of one run that are held at a time, and how many of the last are never left out."""

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
        rows: number of the row at each vertex; places: where it lies, (n, 2) in pixels; inside: whether on the sheet.
    """

    def __init__(self, view: View) -> None:
        self._view = view
        self.rows: NDArray[np.int64] = np.empty(0, dtype=np.int64)
        self.places: Points = np.empty((0, 2))
        self.inside: NDArray[np.bool_] = np.empty(0, dtype=bool)

    def add(self, first: int, x: Sequence[float], y: Sequence[float]) -> None:
        """Take up the rows from number `first` on; a run that diverges at the start of a block has none there."""
        if not len(x):
            return
        places = np.column_stack(self._view.places(np.array(x), np.array(y)))
        inside = self._view.box.contains(*places.T)
        keep = np.flatnonzero(_telling(places, inside))
        self.rows = np.concatenate([self.rows, first + keep])
        self.places = np.concatenate([self.places, places[keep]])
        self.inside = np.concatenate([self.inside, inside[keep]])
        if len(self.rows) > MOST:
            self._thin()

    def _thin(self) -> None:
        """Keep the beginning, the outermost of the rest, and the last few, so that memory does not grow with a run."""
        keep = np.zeros(len(self.rows), dtype=bool)
        keep[outermost_places(self.places, MOST // 2)] = True
        keep[-RECENT:] = True
        self.rows, self.places, self.inside = self.rows[keep], self.places[keep], self.inside[keep]

    def add_until(self, step: int, first: int, x: Sequence[float], y: Sequence[float]) -> None:
        """Take up the same rows, but for those after number `step`."""
        count = max(0, step + 1 - first)
        self.add(first, x[:count], y[:count])

    @property
    def head(self) -> Pair | None:
        """Where it ends, if that is on the sheet."""
        return self._at(-1) if self.inside[-1] else None

    def _at(self, vertex: int) -> Pair:
        x, y = self.places[vertex].tolist()
        return x, y

    def stretches(self) -> list[Points]:
        """The lines to draw: every segment with an end on the sheet, cut a little outside of it."""
        turns = np.flatnonzero(np.diff(self.inside, prepend=False, append=False)).tolist()
        lines = [self._stretch(start, end) for start, end in zip(turns[::2], turns[1::2], strict=True)]
        return [line for line in lines if len(line) > 1]

    def _stretch(self, start: int, end: int) -> Points:
        """The vertices from `start` to before `end`, all on the sheet, with the cut ends of the way there and on."""
        before = [self._cut(start, start - 1, BEYOND)] if start > 0 else []
        after = [self._cut(end - 1, end, BEYOND)] if end < len(self.rows) else []
        return np.array([*before, *self.places[start:end].tolist(), *after])

    def _cut(self, inside: int, outside: int, margin: float) -> Pair:
        """Where the segment from a vertex on the sheet to one off it passes `margin` pixels beyond the frame."""
        # Reckoned from the end on the sheet, as the other may be too far off.
        (x0, y0), (x1, y1) = self._at(inside), self._at(outside)
        part = self._view.box.around(margin).cut(x0, y0, x1, y1)
        share = part[1] if part else 0.0
        return x0 + (x1 - x0) * share, y0 + (y1 - y0) * share

    def exit(self) -> Exit | None:
        """Where it left for good; None while it is on the sheet, or if it never was."""
        seen = np.flatnonzero(self.inside)
        if self.inside[-1] or not seen.size:
            return None
        last = int(seen[-1])
        (x0, y0), (x1, y1) = self._at(last), self._at(last + 1)
        return Exit(*self._cut(last, last + 1, 0.0), math.atan2(y1 - y0, x1 - x0), int(self.rows[last + 1]))

    def walked(self) -> Iterator[tuple[int, Pair, Pair]]:
        """Each vertex on the sheet but the first and last: its row, its place, and the way across the line there."""
        along = self.places[2:] - self.places[:-2]
        length = np.hypot(*along.T)
        for k in np.flatnonzero(self.inside[1:-1] & (length > 0)).tolist():
            dx, dy = (along[k] / length[k]).tolist()
            yield int(self.rows[k + 1]), self._at(k + 1), (-dy, dx)


def _telling(places: Points, inside: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which rows of a block tell something: those that have moved, those on either side of the frame, both ends."""
    cells = np.floor(places / CLOSE)
    keep: NDArray[np.bool_] = inside.copy()
    keep[1:] &= (cells[1:] != cells[:-1]).any(axis=1)
    crossing = inside[1:] != inside[:-1]
    keep[1:] |= crossing
    keep[:-1] |= crossing
    keep[[0, -1]] = True
    return keep
