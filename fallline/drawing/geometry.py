"""Boxes and lines in a picture, in pixels from its top left corner, y downwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fallline.types import Array, Pair

Points = Array
"""The vertices of one line, (n, 2), or of several, separated by rows of nan."""


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

    def holds(self, x: Any, y: Any) -> Any:
        """Whether a point lies in it; for arrays, whether each point does."""
        return (self.left <= x) & (x <= self.right) & (self.top <= y) & (y <= self.bottom)

    def around(self, margin: float) -> Box:
        """The box extended by `margin` on every side."""
        return Box(self.left - margin, self.top - margin, self.width + 2 * margin, self.height + 2 * margin)

    def way_out(self, start: Sequence[float], end: Sequence[float]) -> Pair:
        """The point where a segment that starts inside crosses the edge; the end of the segment if it does not.

        Source: Liang and Barsky 1984, A new concept and method for line clipping.
        """
        x, y = start
        dx, dy = end[0] - start[0], end[1] - start[1]
        sides = ((-dx, x - self.left), (dx, self.right - x), (-dy, y - self.top), (dy, self.bottom - y))
        share = min([1.0, *(room / speed for speed, room in sides if speed > 0)])
        return x + dx * share, y + dy * share


def joined(lines: Sequence[Points]) -> Points:
    """Several lines in one array."""
    if not lines:
        return np.empty((0, 2))
    return np.concatenate([lines[0], *(part for line in lines[1:] for part in (np.full((1, 2), np.nan), line))])


def traced(chunks: Any) -> Points:
    """The lines that contourpy found. Args: chunks: the vertices and the offsets of the lines, in a single chunk."""
    (points,), (offsets,) = chunks
    return joined([]) if points is None else np.insert(points, offsets[1:-1].astype(int), np.nan, axis=0)


def separate(points: Points) -> list[Points]:
    """The lines of an array one by one, without those of a single vertex."""
    gaps = np.flatnonzero(np.isnan(points[:, 1])).tolist()
    return [points[before + 1 : end] for before, end in pairwise([-1, *gaps, len(points)]) if end - before > 2]


def simplified(points: Points, stray: float, passes: int) -> Points:
    """Lines without the vertices that lie on the segment between their neighbours.

    Args:
        stray: a vertex is left out if it is less than this many pixels from that segment.
        passes: how often the lines are simplified; each pass leaves out at most every other vertex.
    """
    for turn in range(passes):
        keep = ~(_strays(points) < stray)  # the distance is nan at the ends of a line, which are kept
        keep[turn % 2 :: 2] = keep[:1] = keep[-1:] = True
        points = points[keep]
    return points


def _strays(points: Points) -> Points:
    """The distance of each point from the segment between its neighbours."""
    before = np.roll(points, 1, axis=0)
    chord = np.roll(points, -1, axis=0) - before
    arm = points - before
    square = (chord * chord).sum(axis=1)
    # The distance from the segment, not from the infinite line: a point beyond its ends is where the line turns back.
    share = np.clip((chord * arm).sum(axis=1) / np.where(square > 0, square, 1.0), 0.0, 1.0)
    strays: Points = np.hypot(*(arm - share[:, None] * chord).T)
    return strays


def outermost(points: Points, most: int) -> NDArray[np.int64]:
    """The indices of the vertices of a long line to draw, ascending; about `most` of them.

    The first half of them are the first vertices of the line, as a run takes its long steps early. For the other half,
    the rest of the line is divided into stretches, each of which keeps the vertices with its least and greatest x and
    y, so that an oscillating line covers the same area.
    """
    if len(points) <= most:
        return np.arange(len(points))
    head = most // 2
    kept = [np.arange(head), np.array([len(points) - 1])]
    for stretch in np.array_split(np.arange(head, len(points)), most // 8):
        kept += [stretch[points[stretch].argmin(axis=0)], stretch[points[stretch].argmax(axis=0)]]
    return np.unique(np.concatenate(kept))


def lengths(line: Points) -> Points:
    """The length of a line up to each of its vertices, (n,); 0 at the first."""
    return np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
