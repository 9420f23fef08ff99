"""Boxes and lines in the picture: pixels from its top left, y downwards."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Pair = tuple[float, float]
Points = NDArray[np.float64]
Offsets = NDArray[np.int64]


@dataclass(frozen=True)
class Box:
    """A rectangle."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in it."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    def contains(self, points: Points) -> NDArray[np.bool_]:
        """Which of many points, (n, 2), lie in it."""
        x, y = points.T
        inside: NDArray[np.bool_] = (self.left <= x) & (x <= self.right) & (self.top <= y) & (y <= self.bottom)
        return inside

    def around(self, margin: float) -> Box:
        """The same, wider by `margin` on every side."""
        return Box(self.left - margin, self.top - margin, self.width + 2 * margin, self.height + 2 * margin)

    def overlaps(self, other: Box) -> bool:
        """Whether the two have some place in common."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def way_out(self, start: Pair, end: Pair) -> Pair:
        """Where a segment that starts inside passes the edge; its end, where it does not.

        Source: Liang and Barsky 1984, A new concept and method for line clipping.
        """
        (x, y), dx, dy = start, end[0] - start[0], end[1] - start[1]
        sides = ((-dx, x - self.left), (dx, self.right - x), (-dy, y - self.top), (dy, self.bottom - y))
        share = min([1.0, *(room / speed for speed, room in sides if speed > 0)])
        return x + dx * share, y + dy * share


@dataclass(frozen=True, eq=False)
class Lines:
    """Several lines, their vertices in one array.

    Args:
        points: (n, 2); offsets: where each line begins, and n.
    """

    points: Points
    offsets: Offsets

    @classmethod
    def joined(cls, parts: Sequence[Points]) -> Lines:
        """From an array for each line."""
        offsets = np.cumsum([0, *map(len, parts)], dtype=np.int64)
        return cls(np.concatenate(parts) if parts else np.empty((0, 2)), offsets)

    @classmethod
    def traced(cls, found: Any) -> Lines:
        """From what contourpy finds in its only chunk."""
        (points,), (offsets,) = found
        return cls.joined(()) if points is None else cls(points, offsets.astype(np.int64))

    @property
    def parts(self) -> list[Points]:
        """An array for each line."""
        return np.split(self.points, self.offsets[1:-1]) if len(self.points) else []

    def scaled(self, factor: float) -> Lines:
        """All of them, larger."""
        return Lines(self.points * factor, self.offsets)

    def larger_than(self, least: float) -> Lines:
        """Those at least so wide or so high."""
        if not len(self.points):
            return self
        starts, lengths = self.offsets[:-1], np.diff(self.offsets)
        size = np.maximum.reduceat(self.points, starts) - np.minimum.reduceat(self.points, starts)
        large = size.max(axis=1) >= least
        return Lines(self.points[np.repeat(large, lengths)], np.concatenate([[0], np.cumsum(lengths[large])]))

    def simplified(self, stray: float, passes: int) -> Lines:
        """Without the vertices that lie on the segment between their neighbours.

        Args:
            stray: how far from that segment a vertex may lie to be left out.
            passes: each leaves out at most every other vertex.
        """
        points, offsets = self.points, self.offsets
        for turn in range(passes):
            if len(points) < 3:
                break
            keep = _strays(points) >= stray
            keep[turn % 2 :: 2] = True
            keep[offsets[:-1]] = keep[offsets[1:] - 1] = True
            points, offsets = points[keep], np.concatenate([[0], np.cumsum(keep)])[offsets]
        return Lines(points, offsets)


def _strays(points: Points) -> NDArray[np.float64]:
    """How far each point is from the segment between its neighbours."""
    before = np.roll(points, 1, axis=0)
    chord, arm = np.roll(points, -1, axis=0) - before, points - before
    square = (chord * chord).sum(axis=1)
    # Of the segment, not of the line through it: beyond its ends a line turns back, however straight it is.
    share = np.clip((chord * arm).sum(axis=1) / np.where(square > 0, square, 1.0), 0.0, 1.0)
    strays: NDArray[np.float64] = np.hypot(*(arm - share[:, None] * chord).T)
    return strays


def outermost(points: Points, most: int) -> NDArray[np.int64]:
    """Which vertices of a long line to draw, ascending, about `most` of them.

    A run takes its long steps early, so the first half of them are the beginning; then every stretch keeps its lowest
    and highest vertex both ways, so that a line that never comes to rest covers the same ground.
    """
    if len(points) <= most:
        return np.arange(len(points))
    head = most // 2
    size = math.ceil((len(points) - head) / max(1, (most - head) // 4))
    stretches = points[head : head + (len(points) - head) // size * size].reshape(-1, size, 2)
    starts = head + size * np.arange(len(stretches))[:, None]
    kept = [np.arange(head), starts + stretches.argmin(axis=1), starts + stretches.argmax(axis=1)]
    tail = head + stretches.shape[0] * size
    if tail < len(points):
        kept += [tail + points[tail:].argmin(axis=0), tail + points[tail:].argmax(axis=0)]
    places: NDArray[np.int64] = np.unique(np.concatenate([*map(np.ravel, kept), [len(points) - 1]]))
    return places


def limited(lines: Sequence[Points], most: int) -> list[Points]:
    """The lines, with about `most` vertices in all: each at least two of them, the first ones whole."""
    room, kept = most, []
    for line in lines:
        part = line[outermost(line, max(4, room - most // 4))]
        kept.append(part)
        room -= len(part)
        if room <= 0:
            break
    return kept
