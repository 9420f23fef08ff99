"""Where the numbers of index contours stand: on the line, where it runs straight, upright, away from all that is drawn,
and no two of one level close together.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from app.drawing.lettering import width_of
from app.drawing.numerals import level_text
from app.drawing.occupancy import Occupancy
from app.drawing.survey import Work
from app.drawing.thinning import Points
from app.drawing.view import Box

MOST_A_LEVEL = 3
STEP, MOST_TRIED = 18.0, 60
APART = 280.0
BENT = 0.45
"""A line that strays more than this share of the type's size from its chord is too bent for a number."""

STRETCHED = 0.9
"""A line whose chord is shorter than this share of the number turns back under it."""

CROWDED = 3


@dataclass(frozen=True)
class Label:
    """The number `text` of the contour at `value`, around (x, y), turned by `angle` radians, `width` pixels long."""

    text: str
    value: float
    x: float
    y: float
    angle: float
    width: float


def placed(rings: Iterable[tuple[float, Points]], size: float, occupancy: Occupancy) -> Work[list[Label]]:
    """Place the numbers of some contours, one line after the other.

    Args:
        rings: (loss, line in pixels); size: of the type; occupancy: takes up what is placed.
    """
    labels: list[Label] = []
    for value, line in sorted(rings, key=lambda ring: -len(ring[1])):
        for _, label in sorted(_candidates(value, line, size, occupancy), key=lambda option: option[0]):
            if _fits(label, labels):
                labels.append(label)
                _take(label, occupancy)
        yield ""
    return labels


def _candidates(value: float, line: Points, size: float, occupancy: Occupancy) -> Iterator[tuple[float, Label]]:
    text = level_text(value)
    width = width_of(text, size, bold=True) + 0.9 * size
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    for middle in np.arange(width, along[-1] - width, max(STEP, along[-1] / MOST_TRIED)):
        start, end = (np.searchsorted(along, middle + side * width / 2) for side in (-1, 1))
        part = line[max(0, start - 1) : end + 1]
        angle, bend, chord = _course(part)
        if bend > BENT * size or chord < STRETCHED * width:
            continue
        x, y = _at(line, along, middle)
        label = Label(text, value, x, y, angle, width)
        crowd = _crowd(label, size, occupancy)
        if crowd < CROWDED:
            yield 4 * bend + 3 * abs(angle) + 8 * crowd, label


def _course(part: Points) -> tuple[float, float, float]:
    """Which way a piece of a line runs, read from left to right, how far it strays from its chord, and that length."""
    dx, dy = part[-1] - part[0]
    arm = part - part[0]
    chord = math.hypot(dx, dy)
    bend = float(np.abs(arm[:, 0] * dy - arm[:, 1] * dx).max()) / (chord or 1.0)
    return math.atan(dy / dx) if dx else math.pi / 2, bend, chord


def _at(line: Points, along: Points, distance: float) -> tuple[float, float]:
    return float(np.interp(distance, along, line[:, 0])), float(np.interp(distance, along, line[:, 1]))


def _crowd(label: Label, size: float, occupancy: Occupancy) -> int:
    half, cos, sin = label.width / 2, math.cos(label.angle), math.sin(label.angle)
    count = 0
    for share in (-0.8, 0.0, 0.8):
        x, y = label.x + share * half * cos, label.y + share * half * sin
        count += occupancy.crowd(Box(x, y, 0.0, 0.0).around(0.7 * size))
    return count


def _fits(label: Label, labels: list[Label]) -> bool:
    away = [(math.hypot(each.x - label.x, each.y - label.y), each.value == label.value) for each in labels]
    if sum(same for _, same in away) >= MOST_A_LEVEL:
        return False
    return all(distance > (APART if same else label.width) for distance, same in away)


def _take(label: Label, occupancy: Occupancy) -> None:
    dx, dy = label.width / 2 * math.cos(label.angle), label.width / 2 * math.sin(label.angle)
    occupancy.mark_line(np.array([(label.x - dx, label.y - dy), (label.x + dx, label.y + dy)]))
