"""Lines with fewer vertices that look the same: what is left out lies on the line, or among far too many others."""

from __future__ import annotations

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
    across = np.abs(chord[:, 0] * arm[:, 1] - chord[:, 1] * arm[:, 0])
    along, square = (chord * arm).sum(axis=1), (chord * chord).sum(axis=1)
    # A vertex beyond its neighbours is a turning back, however straight the line.
    keep: NDArray[np.bool_] = (across >= stray * np.sqrt(square)) | (along < 0) | (along > square)
    keep[parity::2] = True
    keep[offsets[:-1]] = keep[offsets[1:] - 1] = True
    return keep


def outermost(points: Points, most: int) -> Points:
    """A line with about `most` vertices at the most: its first half of them, then the outermost of each few.

    A run takes its long steps early, so the beginning is kept whole; where it rattles for ever, every stretch keeps
    its lowest and highest vertex both ways, so that it covers the same ground.
    """
    if len(points) <= most:
        return points
    head = most // 2
    kept = [np.arange(head), np.array([len(points) - 1])]
    for part in np.array_split(np.arange(head, len(points)), max(1, (most - head) // 4)):
        ground = points[part]
        kept.append(part[np.concatenate([ground.argmin(axis=0), ground.argmax(axis=0)])])
    thin: Points = points[np.unique(np.concatenate(kept))]
    return thin


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
