"""Contours of the ground as outlines: each is the edge of the area at or above a loss, so one path fills and lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from contourpy import ContourGenerator, FillType, LineType, contour_generator

from app.drawing.levels import Levels, Line, spread
from app.drawing.survey import Samples, Work
from app.drawing.svg import PARTS, outline
from app.drawing.thinning import Offsets, Points, straightened

PASSES = 3
SPECK = 1.5
"""Rings narrower than this many pixels both ways are left out."""

LABELLED = 30.0
"""Rings narrower than this carry no number."""


@dataclass(frozen=True)
class Detail:
    """How closely the ground is drawn.

    Args:
        apart: pixels between its samples.
        crossings: of contours with the lines of that grid, at the most: about the number of vertices; where the ground
            is too busy for that, every other level is left out, or more, evenly.
        stray: a vertex that strays less than this many pixels from its neighbours' chord is left out.
    """

    apart: float
    crossings: int
    stray: float


FULL, STAMP = Detail(4.0, 24_000, 0.09), Detail(1.5, 3_600, 0.16)


@dataclass(frozen=True)
class Contour:
    """One loss on the map.

    Args:
        line: the loss; tint: number of the tint above it, None where no tint changes.
        area: path data of the ground at or above it; edge: of the line alone, where that is another.
        rings: the line in pixels, for placing its numbers.
    """

    line: Line
    tint: int | None
    area: str
    edge: str | None
    rings: list[Points] = field(repr=False)


@dataclass(frozen=True)
class Relief:
    """The ground as it is drawn.

    Args:
        whole: path data of where there is any; None: everywhere.
        first_tint: number of the tint below the lowest contour; contours: ascending.
        busy: whether the ground has more contours than a picture can show.
    """

    whole: str | None
    first_tint: int
    contours: Sequence[Contour]
    busy: bool


def relief_of(samples: Samples, levels: Levels, detail: Detail) -> Work[Relief]:
    """Trace the contours in sight, one after the other."""
    if not np.isfinite(samples.loss).any():
        return Relief("", 0, (), busy=False)
    lowest = float(np.nanmin(samples.loss))
    lines = _lines(levels, samples, lowest)
    while min(_crossings(samples, lines), default=0) > detail.crossings:
        samples = samples.coarser
    drawn = _drawable(samples, lines, detail.crossings)
    tracer = _Tracer(samples, levels, detail.stray)
    contours = []
    for line in drawn:
        contours.append(tracer.contour(line, levels))
        yield ""
    return Relief(tracer.whole(), levels.band(lowest), contours, busy=len(drawn) < len(lines))


def _lines(levels: Levels, samples: Samples, lowest: float) -> list[Line]:
    """The contours to draw, and the levels that change a tint in sight."""
    drawn = {line.value: line for line in levels.between(*spread(samples.loss))}
    highest = np.nanmax(samples.loss)
    tints = {line.value: line for line in levels.lines if lowest < line.value <= highest}
    return sorted((tints | drawn).values(), key=lambda line: line.value)


def _drawable(samples: Samples, lines: Sequence[Line], most: int) -> Sequence[Line]:
    """As many of the lines as the picture has room for: all, every other one, and so on."""
    every = -(-sum(_crossings(samples, lines)) // most) or 1
    first = next((place for place, line in enumerate(lines) if line.index), 0)
    return lines[first % every :: every]


def _crossings(samples: Samples, lines: Sequence[Line]) -> list[int]:
    """How often each line crosses the lines of the grid."""
    band = np.searchsorted([line.value for line in lines], samples.loss, side="right")
    count = np.zeros(len(lines) + 1, dtype=np.int64)
    for one, other in ((band[1:], band[:-1]), (band[:, 1:], band[:, :-1])):
        count += np.bincount(np.minimum(one, other).ravel(), minlength=len(count))
        count -= np.bincount(np.maximum(one, other).ravel(), minlength=len(count))
    crossed: list[int] = np.cumsum(count)[:-1].tolist()
    return crossed


class _Tracer:
    """Contours of one grid, in tenths of a pixel."""

    def __init__(self, samples: Samples, levels: Levels, stray: float) -> None:
        self._stray = stray
        self._height = levels.height()
        self.complete = samples.complete
        self._generator: ContourGenerator = contour_generator(
            samples.x * PARTS, samples.y * PARTS, self._height(samples.loss),
            fill_type=FillType.ChunkCombinedOffset, line_type=LineType.ChunkCombinedOffset,
        )  # fmt: skip

    def contour(self, line: Line, levels: Levels) -> Contour:
        """Trace one loss."""
        at = float(self._height(np.array([line.value]))[0])
        points, offsets = self._simple(self._generator.filled(at, np.inf))
        tint = levels.band(line.value) if line.value in levels.values else None
        area = outline(points, offsets, closed=True)
        edge = None
        if not self.complete:
            points, offsets = self._simple(self._generator.lines(at))
            edge = outline(points, offsets, closed=False)
        return Contour(line, tint, area, edge, _labelled(points, offsets) if line.index else [])

    def _simple(self, found: Any) -> tuple[Points, Offsets]:
        return straightened(*_without_specks(*combined(found), SPECK), self._stray * PARTS, PASSES)

    def whole(self) -> str | None:
        """Where there is ground at all."""
        if self.complete:
            return None
        return outline(*self._simple(self._generator.filled(-np.inf, np.inf)), closed=True)


def _labelled(points: Points, offsets: Offsets) -> list[Points]:
    """The lines long enough to carry a number, in pixels."""
    points, offsets = _without_specks(points, offsets, LABELLED)
    return [part / PARTS for part in np.split(points, offsets[1:-1])] if len(points) else []


def combined(found: Any) -> tuple[Points, Offsets]:
    """The lines that contourpy found in its only chunk, as points and offsets; none where it found none."""
    (points,), (offsets,) = found
    if points is None:
        return np.empty((0, 2)), np.zeros(1, dtype=np.int64)
    return points, offsets.astype(np.int64)


def _without_specks(points: Points, offsets: Offsets, least: float) -> tuple[Points, Offsets]:
    if not len(points):
        return points, offsets
    starts, lengths = offsets[:-1], np.diff(offsets)
    size = np.maximum.reduceat(points, starts) - np.minimum.reduceat(points, starts)
    seen = size.max(axis=1) >= least * PARTS
    return points[np.repeat(seen, lengths)], np.concatenate([[0], np.cumsum(lengths[seen])])
