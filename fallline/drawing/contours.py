"""The map: a flat tint for each band of the loss, the contours between them, and their numbers.

A contour is the edge of the area where the loss is at least its level, so one outline is both filled and stroked.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from contourpy import FillType, LineType, contour_generator

from fallline.drawing.axes import Axes
from fallline.drawing.geometry import Points, separate, simplified, traced
from fallline.drawing.labels import ContourLabel, Occupancy, placed_labels
from fallline.drawing.layout import Layout
from fallline.drawing.levels import Level, LossScale, losses, spread
from fallline.drawing.svg import FROM_TENTHS, TENTHS, Attribute, haloed, line_of_text, path_data, rect, tag
from fallline.drawing.theme import CONTOURS, hexadecimal, on_tint
from fallline.in_parts import InParts
from fallline.problems.grid import operations_a_place
from fallline.problems.objective import Objective
from fallline.problems.problem import Problem
from fallline.types import Array

APART = 4.0
"""The distance between the samples of a map, in pixels."""
MOST_OPERATIONS = 1_250_000
"""The most operations for all samples of a map: about nine milliseconds. A loss that costs more has fewer samples."""
COARSEST = 48
"""The least number of samples along a side."""
CROSSINGS = 0.07
"""The most crossings of contours with the lines of the grid, for each square pixel of the map. There are about as many
vertices."""
CONTOUR_STRAY, CONTOUR_PASSES = 0.1, 3
"""The most pixels by which a simplified contour departs from the traced one, and how many times it is simplified."""
CONTOUR_NUMBER = 12.0


Samples = tuple[Array, Array, Array]
"""x and y of a grid in pixels, y downwards, and `loss[j][i]` at `y[j]`, `x[i]`, nan if it is not finite. The grid
extends one sample beyond the frame."""


@dataclass(frozen=True, eq=False)
class Contour:
    """The contour of one level.

    Args:
        area: the outline of the area where the loss is at least the level.
        line: where the loss equals the level. It is the same object as `area`, unless the loss is not finite
            everywhere, so that the area has other edges too.
    """

    level: Level
    area: Points
    line: Points


def draw_map(problem: Problem, axes: Axes, scale: LossScale, layout: Layout, occupancy: Occupancy) -> InParts[str]:
    """Return the map; the numbers of contours are placed where nothing else is drawn."""
    x, y, loss = yield from sampled(problem.objective, axes, APART)
    complete = not np.isnan(loss).any()
    if not complete:  # the edge of the area where the loss is finite is only as fine as the samples
        x, y, loss = yield from sampled(problem.objective, axes, APART / 2)
    drawn, lines = [_floor((x, y, loss), scale, layout)], []
    levels = levels_in_sight(scale, loss, CROSSINGS * layout.box.width * layout.box.height)
    for contour in contours_of((x, y, loss), scale, levels):
        drawn.append(_drawn(contour, scale, layout))
        if contour.level.index and layout.has_text:
            lines += [(contour.level.value, line) for line in separate(contour.line)]
        yield
    labels = yield from placed_labels(lines, CONTOUR_NUMBER, occupancy)
    numbers = [_number(label, scale, layout) for label in labels]
    ground = tag("g", *drawn, transform=FROM_TENTHS, stroke_linejoin="round")
    return tag("g", "" if complete else _hatched(layout), ground, *numbers, clip_path="url(#frame)")


def sampled(objective: Objective, axes: Axes, apart: float) -> InParts[Samples]:
    """Return samples of the loss inside the axes, about every `apart` pixels."""
    box = axes.box
    most = max(COARSEST, math.sqrt(MOST_OPERATIONS / operations_a_place(objective)))
    columns, rows = (max(2, math.ceil(min(side / apart, most))) for side in (box.width, box.height))
    x: Array = box.left + box.width / columns * np.arange(-1.0, columns + 2)
    y: Array = box.top + box.height / rows * np.arange(-1.0, rows + 2)
    return x, y, (yield from losses(objective, axes.values(x, y)))


def levels_in_sight(scale: LossScale, loss: Array, most: float) -> Sequence[Level]:
    """The levels to draw: those where the tint changes, and those with a contour alone.

    If they are too many, only every second, every third and so on is drawn.

    Args: most: the most crossings of contours with the lines of the grid.
    """
    finite = loss[np.isfinite(loss)]
    if not finite.size:
        return ()
    by_value = {level.value: level for level in scale.levels if finite.min() < level.value <= finite.max()}
    by_value |= {level.value: level for level in scale.between(*spread(finite))}
    levels = sorted(by_value.values())
    band = np.searchsorted(sorted(by_value), loss, side="right")
    crossings = sum(int(np.abs(np.diff(band, axis=axis)).sum()) for axis in (0, 1))
    every = math.ceil(crossings / most) or 1
    first = next((place for place, level in enumerate(levels) if level.index), 0)
    return levels[first % every :: every]


def contours_of(samples: Samples, scale: LossScale, levels: Sequence[Level]) -> Iterator[Contour]:
    """The contours of levels, each traced when it is requested."""
    x, y, loss = samples
    fill, lines = FillType.ChunkCombinedOffset, LineType.ChunkCombinedOffset
    generator = contour_generator(x, y, scale.height(loss), fill_type=fill, line_type=lines)
    for level in levels:
        height = float(scale.height(np.array(level.value)))
        line = area = simplified(traced(generator.filled(height, np.inf)), CONTOUR_STRAY, CONTOUR_PASSES)
        if np.isnan(loss).any():
            line = simplified(traced(generator.lines(height)), CONTOUR_STRAY, CONTOUR_PASSES)
        yield Contour(level, area, line)


def _floor(samples: Samples, scale: LossScale, layout: Layout) -> str:
    """The area where the loss is finite, in the lowest tint of the window."""
    finite = samples[2][np.isfinite(samples[2])]
    if not finite.size:
        return ""
    generator = contour_generator(*samples, fill_type=FillType.ChunkCombinedOffset)
    area = simplified(traced(generator.filled(-np.inf, np.inf)), CONTOUR_STRAY, CONTOUR_PASSES)
    return tag("path", d=path_data(area), fill=hexadecimal(scale.tints(layout.theme)[scale.band(float(finite.min()))]))


def _hatched(layout: Layout) -> str:
    """The hatching of the area where the loss is not finite."""
    line = tag("path", d="M0 0v9", stroke=layout.theme.ink, stroke_opacity=0.16, stroke_width=1.6)
    turned = {"patternUnits": "userSpaceOnUse", "patternTransform": "rotate(45)"}
    pattern = tag("pattern", line, id="hatching", width="6.4", height="9", **turned)
    return pattern + rect(layout.box, fill="url(#hatching)")


def _drawn(contour: Contour, scale: LossScale, layout: Layout) -> str:
    """The area of a contour in its tint, and its line, which in a thumbnail only index contours have.

    It is drawn over all lower ones, so that there is no gap between tints.
    """
    level, theme = contour.level, layout.theme
    fill = hexadecimal(scale.tints(theme)[scale.band(level.value)]) if level.value in scale.values else "none"
    kind, line = "index" if level.index else "minor", dict[str, Attribute]()
    if level.index or layout.has_text:
        ink = hexadecimal(on_tint(scale.ground(level.value, theme), theme.line[kind]))
        style = CONTOURS[kind]
        line = {"stroke": ink, "stroke_width": style["width"] * TENTHS, "stroke_opacity": style["opacity"]}
    if contour.line is contour.area:
        return tag("path", d=path_data(contour.area), fill=fill, **line)
    edge = tag("path", d=path_data(contour.line), fill="none", **line)
    return tag("path", d=path_data(contour.area), fill=fill) + edge


def _number(label: ContourLabel, scale: LossScale, layout: Layout) -> str:
    """The number of a contour, in a gap of its line."""
    ground = scale.ground(label.value, layout.theme)
    ink = hexadecimal(on_tint(ground, layout.theme.line["label"]))
    place = f"translate({label.x:.1f} {label.y:.1f}) rotate({math.degrees(label.angle):.1f})"
    style: dict[str, Attribute] = {"fill": ink, "font_weight": "600", "text_anchor": "middle", "transform": place}
    text = line_of_text(label.text, 0, 4.1, CONTOUR_NUMBER, **style)
    return haloed(text, stroke=hexadecimal(ground), stroke_width=6.0, stroke_linejoin="round")
