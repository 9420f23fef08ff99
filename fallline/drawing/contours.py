"""The map: a flat tint for each band of the loss, the contours between them, and their numbers.

A contour is the edge of the area at or above its loss, so that one outline is both filled and drawn.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from contourpy import FillType, LineType, contour_generator

from fallline.drawing.axes import Axes
from fallline.drawing.geometry import Points, separate, simplified, traced
from fallline.drawing.hillshade import hillshade
from fallline.drawing.labels import ContourLabel, Occupancy, placed_labels
from fallline.drawing.layout import Layout
from fallline.drawing.levels import Level, LossScale, spread
from fallline.drawing.sampling import Samples, sampled
from fallline.drawing.svg import FROM_TENTHS, TENTHS, line_of_text, path_data, rect, tag
from fallline.drawing.theme import CONTOURS, hexadecimal, mix, on_tint
from fallline.in_parts import InParts
from fallline.problems.problem import Problem

APART = 4.0
"""Pixels between the samples of a map."""
CROSSINGS = 0.07
"""Of contours with the lines of that grid, at the most, for each square pixel of the map: about the vertices."""
STRAY, PASSES = 0.1, 3
"""Pixels that a contour may stray, and how often it is thinned."""
EDGE_FINE = 0.5
"""Where the loss is not finite everywhere, samples are closer by this factor: the edge follows them."""
CONTOUR_NUMBER = 12.0
HATCHING = 6.4
"""Pixels between the lines of the hatching."""


@dataclass(frozen=True, eq=False)
class Contour:
    """One loss on the map.

    Args:
        area: the outlines of where the loss is at or above it; line: where it is that loss, the same object unless
            the area ends where the loss does.
    """

    level: Level
    area: Points
    line: Points


def draw_map(
    problem: Problem, axes: Axes, scale: LossScale, layout: Layout, occupancy: Occupancy, marks: str
) -> InParts[str]:
    """Return the map in its frame, with `marks` on it; the numbers of contours keep off what is drawn already."""
    samples = yield from sampled(problem, axes, APART)
    if not samples.complete:
        samples = yield from sampled(problem, axes, EDGE_FINE * APART)
    levels = levels_in_sight(scale, samples)
    contours: list[Contour] = []
    outlines: list[str] = []
    drawn = drawable(levels, samples, CROSSINGS * layout.box.width * layout.box.height)
    for contour in contours_of(samples, scale, drawn):
        outlines.append(tag("path", id=f"a{len(contours)}", d=path_data(contour.area)))
        if contour.line is not contour.area:
            outlines.append(tag("path", id=f"e{len(contours)}", d=path_data(contour.line)))
        contours.append(contour)
        yield
    labels: list[ContourLabel] = []
    if layout.has_text:
        index = [contour for contour in contours if contour.level.index]
        lines = [(contour.level.value, line) for contour in index for line in separate(contour.line)]
        labels = yield from placed_labels(lines, CONTOUR_NUMBER, occupancy)
    shade: list[str] = []
    if len(drawn) == len(levels):
        for layer in hillshade(samples, scale, layout):
            shade.append(layer)
            yield
    ground = _floor(samples, scale, layout) + _tints(contours, scale, layout) + "".join(shade)
    ink = tag("g", _lines(contours, scale, layout), mask="url(#off)" if labels else None)
    mask = _off_numbers(labels, layout) if labels else ""
    words = _numbers(labels, scale, layout) if labels else ""
    return tag("defs", *outlines, mask) + tag("g", ground, ink, words, marks, clip_path="url(#frame)")


def levels_in_sight(scale: LossScale, samples: Samples) -> Sequence[Level]:
    """The contours to draw, and the levels that change a tint."""
    losses = samples.loss[np.isfinite(samples.loss)]
    if not losses.size:
        return ()
    by_value = {level.value: level for level in scale.levels if losses.min() < level.value <= losses.max()}
    by_value |= {level.value: level for level in scale.between(*spread(losses))}
    return sorted(by_value.values())


def drawable(levels: Sequence[Level], samples: Samples, most: float) -> Sequence[Level]:
    """As many of the levels as the picture has room for: all, every other one, and so on, evenly.

    Args: most: crossings of contours with the lines between samples.
    """
    band = np.searchsorted([level.value for level in levels], samples.loss, side="right")
    crossings = sum(int(np.abs(np.diff(band, axis=axis)).sum()) for axis in (0, 1))
    every = math.ceil(crossings / most) or 1
    first = next((place for place, level in enumerate(levels) if level.index), 0)
    return levels[first % every :: every]


def contours_of(samples: Samples, scale: LossScale, levels: Sequence[Level]) -> Iterator[Contour]:
    """The contour of each level, traced as it is asked for."""
    generator = contour_generator(
        samples.x, samples.y, scale.height(samples.loss),
        fill_type=FillType.ChunkCombinedOffset, line_type=LineType.ChunkCombinedOffset,
    )  # fmt: skip
    for level in levels:
        height = float(scale.height(np.array(level.value)))
        line = area = simplified(traced(generator.filled(height, np.inf)), STRAY, PASSES)
        if not samples.complete:
            line = simplified(traced(generator.lines(height)), STRAY, PASSES)
        yield Contour(level, area, line)


def _floor(samples: Samples, scale: LossScale, layout: Layout) -> str:
    """The lowest tint in sight, wherever the loss is finite."""
    finite = np.isfinite(samples.loss)
    if not finite.any():
        return _hatching(layout)
    lowest = hexadecimal(scale.tints(layout.theme)[scale.band(float(np.nanmin(samples.loss)))])
    if finite.all():
        return rect(layout.box, fill=lowest)
    generator = contour_generator(samples.x, samples.y, samples.loss, fill_type=FillType.ChunkCombinedOffset)
    area = simplified(traced(generator.filled(-np.inf, np.inf)), STRAY, PASSES)
    return _hatching(layout) + tag("path", d=path_data(area), fill=lowest, transform=FROM_TENTHS)


def _hatching(layout: Layout) -> str:
    """Hatched paper, to lie where the loss is not finite."""
    apart = HATCHING
    # The pattern shows half of the line's width, as the other half lies outside it.
    line = tag("path", d="M0 0v9", stroke=layout.theme.ink, stroke_opacity=0.16, stroke_width=1.6)
    turned = {"patternUnits": "userSpaceOnUse", "patternTransform": "rotate(45)"}
    hatching = tag("pattern", line, id="hatching", width=str(apart), height="9", **turned)
    return rect(layout.box, fill=layout.theme.paper) + hatching + rect(layout.box, fill="url(#hatching)")


def _tints(contours: Sequence[Contour], scale: LossScale, layout: Layout) -> str:
    """The tints, each laid over all lower ones, so that no seam shows between two."""
    tints = scale.tints(layout.theme)
    areas = [
        tag("use", href=f"#a{number}", fill=hexadecimal(tints[scale.band(contour.level.value)]))
        for number, contour in enumerate(contours)
        if contour.level.value in scale.values
    ]
    return tag("g", *areas, transform=FROM_TENTHS)


def _lines(contours: Sequence[Contour], scale: LossScale, layout: Layout) -> str:
    """The contours; a thumbnail has those of the index alone."""
    lines = []
    for number, contour in enumerate(contours):
        kind = "index" if contour.level.index else "minor"
        if kind == "index" or layout.has_text:
            path = f"#{'a' if contour.line is contour.area else 'e'}{number}"
            ink = _ink(contour.level.value, kind, scale, layout)
            width, opacity = CONTOURS[kind]["width"] * TENTHS, CONTOURS[kind]["opacity"]
            lines.append(tag("use", href=path, stroke=ink, stroke_width=width, stroke_opacity=opacity))
    return tag("g", *lines, transform=FROM_TENTHS, fill="none", stroke_linejoin="round")


def _ink(value: float, kind: str, scale: LossScale, layout: Layout) -> str:
    """The colour of a line or number at a loss, made from the mean of the tints below and above it."""
    tints = scale.tints(layout.theme)
    band = scale.band(value)
    return hexadecimal(on_tint(mix(tints[max(0, band - 1)], tints[band], 0.5), layout.theme.line[kind]))


def _off_numbers(labels: Sequence[ContourLabel], layout: Layout) -> str:
    """The mask that keeps contours off their numbers."""
    high = 1.24 * CONTOUR_NUMBER
    holes = (
        tag("rect", x=-label.width / 2, y=-high / 2, width=label.width, height=high, transform=_place(label))
        for label in labels
    )
    return tag("mask", rect(layout.box, fill="#fff"), *holes, id="off", maskUnits="userSpaceOnUse")


def _place(label: ContourLabel) -> str:
    return f"translate({label.x:.1f} {label.y:.1f}) rotate({math.degrees(label.angle):.1f})"


def _numbers(labels: Sequence[ContourLabel], scale: LossScale, layout: Layout) -> str:
    texts = []
    for label in labels:
        ink = _ink(label.value, "label", scale, layout)
        texts.append(line_of_text(label.text, 0, 4.1, CONTOUR_NUMBER, transform=_place(label), fill=ink))
    return tag("g", *texts, font_weight="600", text_anchor="middle")
