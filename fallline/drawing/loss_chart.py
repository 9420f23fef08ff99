"""The loss of runs against their steps, as a chart: with their curves, or blank, to sketch them on."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from fallline.descent import End
from fallline.drawing.axes import Ticks, numbers_around
from fallline.drawing.geometry import Box
from fallline.drawing.labels import Occupancy
from fallline.drawing.layout import NAME, Layout, Route
from fallline.drawing.markers import head, words_beside
from fallline.drawing.number_text import level_text, multiples, nice_step, tick_text
from fallline.drawing.paths import Path, draw_paths
from fallline.drawing.svg import (
    FAMILY,
    Attribute,
    open_tag,
    rect,
    shortened,
    tag,
)
from fallline.drawing.theme import THEMES
from fallline.types import Array, Pair

LEFT, RIGHT, TOP, BOTTOM = 54.0, 16.0, 22.0, 26.0
"""Pixels around the plot."""
ACROSS, UP = 6, 5
"""Ticks, about."""
RUNAWAY = 100.0
"""Losses are in sight up to so many times that of the start above it."""
DEEPEST, TINY = 1e-12, 1e-290
"""And by their logarithm down to this share of the highest in sight, but not below the second, which is nothing."""
DECADE = 10.0
"""A loss that falls by less than this factor is drawn to scale, not by its logarithm."""
WITHIN_A_DECADE = (2, 5)
FEW_DECADES, MOST_DECADES = 6, 10
"""Up to so many decades there are lines within each; beyond the second number only every other decade has one."""


@dataclass(frozen=True, eq=False)
class LossCurve:
    """The losses of a route, row by row, and why they end."""

    route: Route
    loss: Array
    end: End


@dataclass(frozen=True)
class LossAxis:
    """The losses at the lower and the upper edge, and the lines across between them.

    Args:
        log: whether both are logarithms.
        ticks: (place between 0 and 1, its text); minor: places of lines without a number.
    """

    low: float
    high: float
    log: bool
    ticks: Sequence[tuple[float, str]]
    minor: Sequence[float]

    def places(self, loss: Array) -> Array:
        """0 at the lower edge, 1 at the upper one; no lower than a decade below that edge where it is a logarithm."""
        if self.log:
            loss = np.log10(np.maximum(loss, 10.0 ** (self.low - 1)))
        places: Array = (loss - self.low) / (self.high - self.low)
        return places


def loss_chart(curves: Sequence[LossCurve], width: int, height: int, *, blank: bool = False) -> str:
    """The chart as SVG; a blank one has the same axes, a finer grid and the start alone."""
    box = Box(LEFT, TOP, width - LEFT - RIGHT, height - TOP - BOTTOM)
    layout = Layout(width, height, 1.0, THEMES["day"], box)
    longest = max(1, *(len(curve.loss) - 1 for curve in curves))
    step = max(1.0, nice_step(longest / ACROSS))
    steps = step * math.ceil(longest / step)
    axis = loss_axis(np.concatenate([curve.loss for curve in curves]), float(curves[0].loss[0]))
    drawn = "" if blank else _curves(curves, axis, steps, layout)
    name = f"{'Blank axes for the' if blank else 'The'} loss of each run against its steps"
    start = open_tag(
        "svg", xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {width} {height}", width=width, height=height,
        role="img", font_family=FAMILY, aria_label=name,
    )  # fmt: skip
    return f"{start}>{_grid(axis, step, steps, layout, fine=blank)}{drawn}{_start(curves[0], axis, layout)}</svg>"


def loss_axis(loss: Array, start: float) -> LossAxis:
    """The axis that holds what is to be seen of some losses of runs from one start."""
    finite = loss[np.isfinite(loss)]
    least, high = float(finite.min()), float(finite.max())
    high = min(high, start + RUNAWAY * (abs(start) or 1.0))
    above = finite[finite > TINY]
    if least < 0 or not above.size or above.min() * DECADE > high:
        return _even(min(least, 0.0) if least < high / 2 else least, high)
    return _decades(max(float(above.min()), high * DEEPEST), high)


def _even(low: float, high: float) -> LossAxis:
    step = nice_step((high - low) / UP if high - low > TINY else max(abs(high), 1.0))
    low, high = step * math.floor(low / step), step * (math.floor(high / step) + 1)
    ticks = multiples(low, high, step)
    within = [tick + share * step for tick in ticks[:-1] for share in (0.25, 0.5, 0.75)]
    places = [(at - low) / (high - low) for at in (*ticks, *within)]
    texts = [tick_text(tick, step) for tick in ticks]
    return LossAxis(low, high, False, list(zip(places, texts, strict=False)), places[len(ticks) :])


def _decades(least: float, most: float) -> LossAxis:
    low, high = math.floor(math.log10(least)), math.ceil(math.log10(most))
    high = max(high, low + 1)
    span, every = high - low, 1 + (high - low > MOST_DECADES)
    ticks = [((power - low) / span, level_text(10.0**power)) for power in range(low, high + 1, every)]
    within = WITHIN_A_DECADE if span <= FEW_DECADES else ()
    minor = [(power - low + math.log10(factor)) / span for power in range(low, high) for factor in within]
    return LossAxis(low, high, True, ticks, minor)


def _grid(axis: LossAxis, step: float, steps: float, layout: Layout, *, fine: bool) -> str:
    """The lines of the grid with their numbers, the frame, and the names of the axes."""
    box, theme = layout.box, layout.theme
    x = [(tick_text(at, step), box.left + at / steps * box.width) for at in multiples(0, steps, step)]
    y = [(text, box.bottom - place * box.height) for place, text in axis.ticks]
    line: dict[str, Attribute] = {"stroke": theme.ink, "stroke_width": 0.8, "fill": "none"}
    minor = ""
    if fine:
        between = [left + share * step / steps * box.width for _, left in x[:-1] for share in (0.25, 0.5, 0.75)]
        d = _ruled(between, [box.bottom - place * box.height for place in axis.minor], box)
        minor = tag("path", d=d, stroke_opacity=0.12, **line)
    major = tag("path", d=_ruled([left for _, left in x], [top for _, top in y], box), stroke_opacity=0.26, **line)
    words = numbers_around(("step", "loss"), Ticks(step, x), Ticks(step, y), layout)
    return minor + major + rect(box, **line | {"stroke_width": 1.0}) + words


def _ruled(columns: Sequence[float], rows: Sequence[float], box: Box) -> str:
    """Lines up and across a box, as path data."""
    up = "".join(f"M{left:.1f} {box.top:g}v{box.height:g}" for left in columns)
    return up + "".join(f"M{box.left:g} {top:.1f}h{box.width:g}" for top in rows)


def _start(curve: LossCurve, axis: LossAxis, layout: Layout) -> str:
    """Where all curves begin."""
    (place,) = axis.places(curve.loss[:1])
    ring: dict[str, Attribute] = {"fill": layout.theme.paper, "stroke": layout.theme.ink, "stroke_width": 1.6}
    top = layout.box.bottom - float(place) * layout.box.height
    return tag("circle", cx=layout.box.left, cy=top, r=4.5, **ring) if 0 <= place <= 1 else ""


def _curves(curves: Sequence[LossCurve], axis: LossAxis, steps: float, layout: Layout) -> str:
    """The curves with their markers, and their names beside them."""
    box = layout.box
    paths = []
    for index, curve in enumerate(curves):
        across = box.left + np.arange(len(curve.loss)) / steps * box.width
        places = np.column_stack((across, box.bottom - axis.places(curve.loss) * box.height))
        paths.append(Path(index, curve.route, box.around(0.5), places, len(places) - 1, curve.end))
    occupancy = Occupancy(box)
    for path in paths:
        occupancy.take_lines(path.whole)
        occupancy.take_around(_seen_last(path), 8)
    names = []
    for path in paths:
        name = shortened(path.route.name, NAME, 0.4 * box.width, bold=True)
        words = [(name, path.route.detail, NAME)]
        names.append(words_beside(_seen_last(path), words, 10, layout, occupancy, path.slot))
    heads = [head(path, path.head, layout) for path in paths if path.head]
    frame = tag("clipPath", rect(box), id="frame")
    return frame + draw_paths(paths, 0, layout, balls=False) + "".join(heads + names)


def _seen_last(path: Path) -> Pair:
    """Where a curve ends, or leaves the chart."""
    x, y = path.places[(path.left_at or len(path.places)) - 1].tolist()
    return x, y
