"""The map: a flat tint for each band of the loss, the contours between them, and their numbers.

A contour is the edge of the area at or above its loss, so that one outline is both filled and drawn.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from contourpy import FillType, LineType, contour_generator

from app.drawing.axes import Axes
from app.drawing.geometry import Lines, Points
from app.drawing.hillshade import hillshade
from app.drawing.labels import ContourLabel, Occupancy, placed_labels
from app.drawing.layout import Layout
from app.drawing.levels import Level, LossScale, spread
from app.drawing.sampling import Samples, Work, sampled
from app.drawing.svg import FROM_TENTHS, TENTHS, line_of_text, path_data, rect, tag, tag_around
from app.drawing.theme import CONTOURS, hexadecimal, mix, on_tint
from app.problems.problem import Problem

PASSES = 3
SPECK = 1.5
"""Rings narrower than this many pixels both ways are left out."""

LABELLED = 30.0
"""Rings narrower than this carry no number."""

EDGE_FINE = 0.5
"""Where the loss is not finite everywhere, samples are closer by this factor: the edge follows them."""

NUMBER = 12.0
HATCHING = 9.0
"""Between its lines."""

THUMBNAIL_INDEX = 0.9
"""Width of an index contour on a thumbnail, which has no others."""


@dataclass(frozen=True)
class Detail:
    """How closely a map is drawn.

    Args:
        apart: pixels between its samples.
        crossings: of contours with the lines of that grid, at the most: about the number of vertices; where the map
            is too busy for that, every other level is left out, or more, evenly.
        stray: a vertex that strays less than this many pixels from its neighbours' chord is left out.
    """

    apart: float
    crossings: int
    stray: float


FULL, THUMBNAIL = Detail(4.0, 24_000, 0.09), Detail(1.5, 3_600, 0.16)


@dataclass(frozen=True)
class Contour:
    """One loss on the map.

    Args:
        tint: number of the tint above it, None where no tint changes.
        area: path data of where the loss is at or above it; edge: of the line alone, where that is another.
        rings: the line in pixels, for placing its numbers.
    """

    level: Level
    tint: int | None
    area: str
    edge: str | None
    rings: list[Points] = field(repr=False)


@dataclass(frozen=True)
class ContourMap:
    """The contours in sight.

    Args:
        finite: path data of where the loss is finite; None: everywhere.
        lowest_tint: number of the tint below the lowest contour; contours: ascending.
        busy: whether there are more contours than a picture can show.
    """

    finite: str | None
    lowest_tint: int
    contours: Sequence[Contour]
    busy: bool


def draw_map(
    problem: Problem, axes: Axes, scale: LossScale, layout: Layout, occupancy: Occupancy, marks: str
) -> Iterator[str]:
    """The map in its frame, with `marks` on it; the numbers of contours keep off what is drawn already."""
    detail = FULL if layout.has_text else THUMBNAIL
    samples = yield from sampled(problem, axes, detail.apart * layout.px)
    if not samples.complete:
        samples = yield from sampled(problem, axes, EDGE_FINE * detail.apart * layout.px)
    traced = yield from contour_map(samples, scale, detail)
    yield from tag_around("defs", _outlines(traced))
    labels: list[ContourLabel] = []
    if layout.has_text:
        rings = [(contour.level.value, ring) for contour in traced.contours for ring in contour.rings]
        labels = yield from placed_labels(rings, NUMBER * layout.px, occupancy)
        yield _clip_off_numbers(labels, layout)
    yield '<g clip-path="url(#frame)">'
    yield _bands(traced, scale, layout)
    if not traced.busy:
        yield from tag_around("g", hillshade(samples, scale, layout), transform=FROM_TENTHS)
    yield _lines(traced, scale, layout)
    yield _numbers(labels, scale, layout)
    yield f"{marks}</g>"


def contour_map(samples: Samples, scale: LossScale, detail: Detail) -> Work[ContourMap]:
    """Trace the contours in sight, one after the other."""
    if not np.isfinite(samples.loss).any():
        return ContourMap("", 0, (), busy=False)
    lowest = float(np.nanmin(samples.loss))
    levels = _levels(scale, samples, lowest)
    while min(_crossings(samples, levels), default=0) > detail.crossings:
        samples = samples.every(2)
    drawn = _drawable(samples, levels, detail.crossings)
    generator = contour_generator(
        samples.x * TENTHS, samples.y * TENTHS, scale.height(samples.loss),
        fill_type=FillType.ChunkCombinedOffset, line_type=LineType.ChunkCombinedOffset,
    )  # fmt: skip
    contours = []
    for level in drawn:
        height = float(scale.height(np.array([level.value]))[0])
        line = area = _simple(generator.filled(height, np.inf), detail)
        edge = None
        if not samples.complete:
            line = _simple(generator.lines(height), detail)
            edge = path_data(line, closed=False)
        tint = scale.band(level.value) if level.value in scale.values else None
        rings = [ring / TENTHS for ring in line.larger_than(LABELLED * TENTHS).parts] if level.index else []
        contours.append(Contour(level, tint, path_data(area, closed=True), edge, rings))
        yield ""
    finite = None
    if not samples.complete:
        finite = path_data(_simple(generator.filled(-np.inf, np.inf), detail), closed=True)
    return ContourMap(finite, scale.band(lowest), contours, busy=len(drawn) < len(levels))


def _simple(found: object, detail: Detail) -> Lines:
    return Lines.traced(found).larger_than(SPECK * TENTHS).simplified(detail.stray * TENTHS, PASSES)


def _levels(scale: LossScale, samples: Samples, lowest: float) -> list[Level]:
    """The contours to draw, and the levels that change a tint in sight."""
    drawn = {level.value: level for level in scale.between(*spread(samples.loss))}
    highest = np.nanmax(samples.loss)
    tints = {level.value: level for level in scale.levels if lowest < level.value <= highest}
    return sorted((tints | drawn).values())


def _drawable(samples: Samples, levels: Sequence[Level], most: int) -> Sequence[Level]:
    """As many of the levels as the picture has room for: all, every other one, and so on."""
    every = -(-sum(_crossings(samples, levels)) // most) or 1
    first = next((place for place, level in enumerate(levels) if level.index), 0)
    return levels[first % every :: every]


def _crossings(samples: Samples, levels: Sequence[Level]) -> list[int]:
    """How often each contour crosses the lines of the grid."""
    band = np.searchsorted([level.value for level in levels], samples.loss, side="right")
    count = np.zeros(len(levels) + 1, dtype=np.int64)
    for one, other in ((band[1:], band[:-1]), (band[:, 1:], band[:, :-1])):
        count += np.bincount(np.minimum(one, other).ravel(), minlength=len(count))
        count -= np.bincount(np.maximum(one, other).ravel(), minlength=len(count))
    crossed: list[int] = np.cumsum(count)[:-1].tolist()
    return crossed


def _outlines(traced: ContourMap) -> Iterator[str]:
    """The outlines that the map is filled and lined with, once each."""
    for k, contour in enumerate(traced.contours):
        yield tag("path", id=f"a{k}", d=contour.area)
        if contour.edge is not None:
            yield tag("path", id=f"e{k}", d=contour.edge)


def _bands(traced: ContourMap, scale: LossScale, layout: Layout) -> str:
    """The tints, each laid over all lower ones, so that no seam shows between two."""
    colours = [hexadecimal(tint) for tint in scale.tints(layout.theme)]
    lowest = colours[traced.lowest_tint]
    if traced.finite is None:
        floor = rect(layout.box, fill=lowest)
    else:
        floor = _hatching(layout) + tag("path", d=traced.finite, fill=lowest, transform=FROM_TENTHS)
    tinted = [(k, contour.tint) for k, contour in enumerate(traced.contours) if contour.tint is not None]
    areas = [tag("use", href=f"#a{k}", fill=colours[tint]) for k, tint in tinted]
    return floor + (tag("g", *areas, transform=FROM_TENTHS) if areas else "")


def _hatching(layout: Layout) -> str:
    """Hatched paper, to lie where the loss is not finite."""
    box, px = layout.box, layout.px
    lines = "".join(
        f"M{box.left + d:.1f} {box.bottom:.1f}l{box.height:.1f}{-box.height:.1f}"
        for d in np.arange(-box.height, box.width, HATCHING * px)
    )
    hatching = tag("path", d=lines, stroke=layout.theme.ink, stroke_width=0.8 * px, stroke_opacity=0.16, fill="none")
    return rect(box, fill=layout.theme.paper) + hatching


def _lines(traced: ContourMap, scale: LossScale, layout: Layout) -> str:
    """The contours; a thumbnail has those of the index alone."""
    lines = []
    for k, contour in enumerate(traced.contours):
        kind = "index" if contour.level.index else "minor"
        if kind == "index" or layout.has_text:
            name = f"#{'a' if contour.edge is None else 'e'}{k}"
            ink, opacity = _ink(contour.level.value, kind, scale, layout), CONTOURS[kind]["opacity"]
            width = (CONTOURS[kind]["width"] * layout.px if layout.has_text else THUMBNAIL_INDEX) * TENTHS
            lines.append(tag("use", href=name, stroke=ink, stroke_width=width, stroke_opacity=opacity))
    inner = tag("g", *lines, transform=FROM_TENTHS, fill="none", stroke_linejoin="round") if lines else ""
    return tag("g", inner, clip_path="url(#lines)") if layout.has_text and inner else inner


def _ink(value: float, kind: str, scale: LossScale, layout: Layout) -> str:
    """The colour of a line or number on the tints it runs on, half on the one below, half on the one above."""
    tints, band = scale.tints(layout.theme), scale.band(value)
    return hexadecimal(on_tint(mix(tints[max(0, band - 1)], tints[band], 0.5), layout.theme.line[kind]))


def _clip_off_numbers(labels: Sequence[ContourLabel], layout: Layout) -> str:
    """The clip that keeps contours off their numbers: the frame without those places, by the even-odd rule."""
    box, half = layout.box, 0.62 * NUMBER * layout.px
    holes = "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in label.corners(half)) + "z" for label in labels)
    d = f"M{box.left:g} {box.top:g}h{box.width:g}v{box.height:g}h{-box.width:g}z{holes}"
    return tag("clipPath", tag("path", d=d, clip_rule="evenodd"), id="lines")


def _numbers(labels: Sequence[ContourLabel], scale: LossScale, layout: Layout) -> str:
    px, lines = layout.px, []
    for label in labels:
        place = f"translate({label.x:.1f} {label.y:.1f}) rotate({math.degrees(label.angle):.1f})"
        ink = _ink(label.value, "label", scale, layout)
        lines.append(line_of_text(label.text, 0, 4.1 * px, NUMBER * px, transform=place, fill=ink))
    return tag("g", *lines, font_weight="600", text_anchor="middle") if lines else ""
