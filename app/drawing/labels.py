"""Where words stand: off what is drawn already; the numbers of contours on their line, where it runs straight."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.drawing.geometry import Box, Pair, Points
from app.drawing.numbers import level_text
from app.drawing.sampling import Work
from app.drawing.svg import width_of

CELL = 6.0
OUTSIDE = 3
SPOTS = ((1, 0.55), (1, -0.55), (-1, 0.55), (-1, -0.55), (1, 0), (-1, 0), (0, 1), (0, -1))
"""Where words stand around a mark: side across and share of their height down, the best first."""

MOST_A_LEVEL = 3
STEP, MOST_TRIED = 18.0, 60
APART = 280.0
BENT = 0.45
"""A line that strays more than this share of the type's size from its chord is too bent for a number."""

STRETCHED = 0.9
"""A line whose chord is shorter than this share of the number turns back under it."""

CROWDED = 3


class Occupancy:
    """Where something is drawn already, in squares of a few pixels."""

    def __init__(self, frame: Box) -> None:
        self._frame = frame
        self._columns, self._rows = math.ceil(frame.width / CELL), math.ceil(frame.height / CELL)
        self._taken = np.zeros((self._rows, self._columns), dtype=bool)

    def take_line(self, points: Points) -> None:
        """Take the squares along a line, (n, 2), all of it within reach of the frame."""
        steps = np.diff(points, axis=0)
        counts = np.ceil(np.hypot(*steps.T) / CELL).astype(int) + 1
        segment = np.repeat(np.arange(len(counts)), counts)
        place = np.arange(len(segment)) - np.repeat(np.cumsum(counts) - counts, counts)
        share = place / np.maximum(counts - 1, 1)[segment]
        x, y = (points[segment] + steps[segment] * share[:, None]).T
        i, j = (x - self._frame.left) // CELL, (y - self._frame.top) // CELL
        inside = (i >= 0) & (j >= 0) & (i < self._columns) & (j < self._rows)
        self._taken[j[inside].astype(int), i[inside].astype(int)] = True

    def take(self, box: Box) -> None:
        """Take the squares under a box."""
        self._under(box)[0][:] = True

    def take_around(self, place: Pair, margin: float) -> None:
        """Take the squares less than `margin` from a place both ways."""
        self.take(Box(*place, 0, 0).around(margin))

    def crowd(self, box: Box) -> int:
        """Squares taken under a box; one outside of the frame counts as several."""
        within, outside = self._under(box)
        return OUTSIDE * outside + int(np.count_nonzero(within))

    def _under(self, box: Box) -> tuple[NDArray[np.bool_], int]:
        """The squares under a box, and how many more of them are outside of the frame."""
        left, right = (int((x - self._frame.left) // CELL) for x in (box.left, box.right))
        top, bottom = (int((y - self._frame.top) // CELL) for y in (box.top, box.bottom))
        within = self._taken[max(0, top) : max(0, bottom + 1), max(0, left) : max(0, right + 1)]
        return within, (right + 1 - left) * (bottom + 1 - top) - within.size

    def freest(self, place: Pair, size: Pair, gap: float) -> Box:
        """The freest of eight places around a mark for words of a size."""
        return min((_beside(place, size, gap, spot) for spot in SPOTS), key=self.crowd)


def _beside(place: Pair, size: Pair, gap: float, spot: Pair) -> Box:
    (x, y), (width, height), (across, down) = place, size, spot
    left = x - width / 2 if across == 0 else x + gap if across > 0 else x - gap - width
    top = y + down * height - height / 2 if across else y + gap if down > 0 else y - gap - height
    return Box(left, top, width, height)


@dataclass(frozen=True)
class ContourLabel:
    """The number `text` of the contour at `value`, around (x, y), turned by `angle` radians, `width` pixels long."""

    text: str
    value: float
    x: float
    y: float
    angle: float
    width: float

    def at(self, along: float, across: float) -> Pair:
        """The place so many pixels from its middle along and across the number."""
        cos, sin = math.cos(self.angle), math.sin(self.angle)
        return self.x + (along * cos - across * sin), self.y + (along * sin + across * cos)

    def corners(self, half: float) -> list[Pair]:
        """Of the place it takes, `half` pixels up and down."""
        long = self.width / 2
        return [self.at(u * long, v * half) for u, v in ((-1, -1), (-1, 1), (1, 1), (1, -1))]

    def crowd(self, size: float, occupancy: Occupancy) -> int:
        """What is taken under it."""
        places = [self.at(share * self.width / 2, 0.0) for share in (-0.8, 0.0, 0.8)]
        return sum(occupancy.crowd(Box(*place, 0, 0).around(0.7 * size)) for place in places)


def placed_labels(rings: Iterable[tuple[float, Points]], size: float, occupancy: Occupancy) -> Work[list[ContourLabel]]:
    """Place the numbers of some contours, one line after the other, no two of one level close together.

    Args:
        rings: (loss, line in pixels); size: of the type; occupancy: takes up what is placed.
    """
    labels: list[ContourLabel] = []
    for value, line in sorted(rings, key=lambda ring: -len(ring[1])):
        for _, label in sorted(_candidates(value, line, size, occupancy), key=lambda option: option[0]):
            if _fits(label, labels):
                labels.append(label)
                half = label.width / 2
                occupancy.take_line(np.array([label.at(-half, 0.0), label.at(half, 0.0)]))
        yield ""
    return labels


def _candidates(value: float, line: Points, size: float, occupancy: Occupancy) -> Iterator[tuple[float, ContourLabel]]:
    """Places along a line, each with how bad it is."""
    text = level_text(value)
    width = width_of(text, size, bold=True) + 0.9 * size
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    for middle in np.arange(width, along[-1] - width, max(STEP, along[-1] / MOST_TRIED)):
        start, end = (np.searchsorted(along, middle + side * width / 2) for side in (-1, 1))
        part = line[max(0, start - 1) : end + 1]
        arm, (dx, dy) = part - part[0], part[-1] - part[0]
        chord = math.hypot(dx, dy)
        bend = float(np.abs(arm[:, 0] * dy - arm[:, 1] * dx).max()) / (chord or 1.0)
        if bend > BENT * size or chord < STRETCHED * width:
            continue
        x, y = (float(np.interp(middle, along, column)) for column in line.T)
        label = ContourLabel(text, value, x, y, math.atan(dy / dx) if dx else math.pi / 2, width)
        crowd = label.crowd(size, occupancy)
        if crowd < CROWDED:
            yield 4 * bend + 3 * abs(label.angle) + 8 * crowd, label


def _fits(label: ContourLabel, labels: list[ContourLabel]) -> bool:
    away = [(math.hypot(each.x - label.x, each.y - label.y), each.value == label.value) for each in labels]
    if sum(same for _, same in away) >= MOST_A_LEVEL:
        return False
    return all(distance > (APART if same else label.width) for distance, same in away)
