"""Lines with fewer vertices that look the same: what is left out lies on the line, or among far too many others."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Offsets = NDArray[np.int64]


def straightened(points: Points, offsets: Offsets, stray: float, passes: int) -> tuple[Points, Offsets]:
    """Several lines without the vertices that lie on the segment between their neighbours.

    Args:
        points: (n, 2); offsets: where each line begins, and n.
        stray: how far from that segment a vertex may lie to be left out.
        passes: each leaves out at most every other vertex.
    """
    for turn in range(passes):
        if len(points) < 3:
            break
        keep = _needed(points, offsets, stray, turn % 2)
        points = points[keep]
        offsets = np.concatenate([[0], np.cumsum(keep)])[offsets]
    return points, offsets


def _needed(points: Points, offsets: Offsets, stray: float, parity: int) -> NDArray[np.bool_]:
    before = np.roll(points, 1, axis=0)
    chord, arm = np.roll(points, -1, axis=0) - before, points - before
    square = (chord * chord).sum(axis=1)
    # Of the segment, not of the line through it: beyond its ends a line turns back, however straight it is.
    share = np.clip((chord * arm).sum(axis=1) / np.where(square > 0, square, 1.0), 0.0, 1.0)
    keep: NDArray[np.bool_] = np.hypot(*(arm - share[:, None] * chord).T) >= stray
    keep[parity::2] = True
    keep[offsets[:-1]] = keep[offsets[1:] - 1] = True
    return keep


def outermost(points: Points, most: int) -> Points:
    """A line with about `most` vertices at the most: its first half of them, then the outermost of each few.

    A run takes its long steps early, so the beginning is kept whole; where it rattles for ever, every stretch keeps
    its lowest and highest vertex both ways, so that it covers the same ground.
    """
    return points[outermost_places(points, most)]


def outermost_places(points: Points, most: int) -> NDArray[np.int64]:
    """Where the vertices stand that `outermost` keeps, ascending."""
    if len(points) <= most:
        return np.arange(len(points))
    head = most // 2
    size = math.ceil((len(points) - head) / max(1, (most - head) // 4))
    parts = points[head : head + (len(points) - head) // size * size].reshape(-1, size, 2)
    starts = head + size * np.arange(len(parts))[:, None]
    ends = [starts + parts.argmin(axis=1), starts + parts.argmax(axis=1)]
    rest = _outermost_of(points, head + len(parts) * size)
    places: NDArray[np.int64] = np.unique(np.concatenate([np.arange(head), *map(np.ravel, ends), rest]))
    return places


def _outermost_of(points: Points, start: int) -> NDArray[np.int64]:
    """The outermost of the vertices from `start` on, and the last vertex."""
    rest, last = points[start:], np.array([len(points) - 1])
    return np.concatenate([start + rest.argmin(axis=0), start + rest.argmax(axis=0), last]) if len(rest) else last


def sampled(lines: Sequence[Points], most: int) -> list[Points]:
    """The lines, with about `most` vertices in all: each at least two of them, the first ones whole."""
    room, kept = most, []
    for line in lines:
        part = outermost(line, max(4, room - most // 4))
        kept.append(part)
        room -= len(part)
        if room <= 0:
            break
    return kept
