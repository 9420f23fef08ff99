"""A chart of the loss of runs against their steps: with their curves, or blank, for sketching them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from fallline.descent import End
from fallline.drawing.axes import Axes, ScaledAxis, numbers_around
from fallline.drawing.geometry import Box
from fallline.drawing.labels import Occupancy
from fallline.drawing.layout import NAME, Layout, Route, ThemeName
from fallline.drawing.markers import SMALL, Mark, draw_marks, head
from fallline.drawing.number_text import multiples, nice_step
from fallline.drawing.paths import Path, draw_paths
from fallline.drawing.svg import Attribute, document, moved_to, rect, shortened, tag
from fallline.drawing.theme import THEMES
from fallline.types import Array

LEFT, RIGHT, TOP, BOTTOM = 54.0, 16.0, 22.0, 26.0
"""Pixels around the plot."""
ACROSS, UP = 6, 5
"""The number of ticks, roughly."""
RUNAWAY = 100.0
"""The axis ends at most at the loss of the start plus this times its size."""
DEEPEST, TINY = 1e-12, 1e-290
"""A logarithmic axis begins at least at this share of its highest loss. Losses up to the second number count as 0."""
DECADE = 10.0
"""The axis is linear if losses differ by less than this factor or some are negative, otherwise logarithmic."""
QUARTERS: Sequence[float] = (0.25, 0.5, 0.75)
WITHIN_A_DECADE: Sequence[float] = (math.log10(2), math.log10(5))
"""The positions of finer lines between two ticks, as shares of their distance."""
FEW_DECADES, MOST_DECADES = 6, 10
"""With up to the first number of decades there are finer lines within each. With more than the second number, only
every other decade has a tick."""


@dataclass(frozen=True, eq=False)
class LossCurve:
    """The loss of a route in each row, and the end of the run."""

    route: Route
    loss: Array
    end: End


def loss_chart(curves: Sequence[LossCurve], width: int, height: int, *, blank: bool = False) -> str:
    """The chart as SVG. A blank one has the same axes and a finer grid, and shows only the start."""
    layout, axes = _laid_out(curves, width, height, "day")
    box, paths = layout.box, [_path(index, curve, axes) for index, curve in enumerate(curves)]
    drawn = [ruled_grid(axes, layout, fine=blank), *([] if blank else _curves(paths, layout))]
    x, y = paths[0].places[0].tolist()
    if box.holds(x, y):
        ring: dict[str, Attribute] = {"fill": layout.theme.paper, "stroke": layout.theme.ink, "stroke_width": 1.6}
        drawn.append(tag("circle", cx=x, cy=y, r=4.5, **ring))
    name = f"{'Blank axes for the' if blank else 'The'} loss of each run against its steps"
    return document(width, height, *drawn, aria_label=name)


class MovingChart:
    """The chart in two layers: the axes, and the curves up to a step."""

    def __init__(self, curves: Sequence[LossCurve], width: int, height: int, theme: ThemeName) -> None:
        self._layout, self._axes = _laid_out(curves, width, height, theme)
        self._paths = [_path(index, curve, self._axes) for index, curve in enumerate(curves)]

    def still(self) -> str:
        """The grid, the numbers and the names of the axes, as SVG."""
        return document(self._layout.width, self._layout.height, ruled_grid(self._axes, self._layout, fine=False))

    def moving(self, step: int) -> str:
        """The curves with their markers, as SVG without a background."""
        layout = self._layout
        paths = [replace(path, step=min(step, len(path.places) - 1)) for path in self._paths]
        heads = [tag("g", head(path, layout), transform=moved_to(path.head)) for path in paths if path.head]
        lines = draw_paths(paths, 0, layout, balls=False, ahead=False)
        frame = tag("clipPath", rect(layout.box), id="frame")
        return document(layout.width, layout.height, frame, lines, tag("g", *heads, stroke_linejoin="round"))


def _laid_out(curves: Sequence[LossCurve], width: int, height: int, theme: ThemeName) -> tuple[Layout, Axes]:
    """The layout of a chart, and its axes."""
    box = Box(LEFT, TOP, width - LEFT - RIGHT, height - TOP - BOTTOM)
    longest = max(1, *(len(curve.loss) - 1 for curve in curves))
    step = max(1.0, nice_step(longest / ACROSS))
    steps = ScaledAxis("step", 0.0, step * math.ceil(longest / step), box.left, box.right, step)
    loss = loss_axis(np.concatenate([curve.loss for curve in curves]), float(curves[0].loss[0]), box)
    return Layout(width, height, 1.0, THEMES[theme], box), Axes(box, steps, loss)


def loss_axis(loss: Array, start: float, box: Box) -> ScaledAxis:
    """The axis for the losses of runs from one start: linear or logarithmic, without losses far above the start.

    Args: loss: all losses of the runs; start: the loss at the start.
    """
    finite = loss[np.isfinite(loss)]
    low, high = float(finite.min()), float(finite.max())
    high = min(high, start + RUNAWAY * (abs(start) or 1.0))
    above = finite[finite > TINY]
    if low < 0 or not above.size or above.min() * DECADE > high:
        low = min(low, 0.0) if low < high / 2 else low
        step = nice_step((high - low) / UP if high - low > TINY else max(abs(high), 1.0))
        low, high = step * math.floor(low / step), step * (math.floor(high / step) + 1)
        return ScaledAxis("loss", low, high, box.bottom, box.top, step)
    least = math.floor(math.log10(max(float(above.min()), high * DEEPEST)))
    most = max(math.ceil(math.log10(high)), least + 1)
    return ScaledAxis("loss", least, most, box.bottom, box.top, 1 + (most - least > MOST_DECADES), log=True)


def _path(index: int, curve: LossCurve, axes: Axes) -> Path:
    """A curve in pixels. On a logarithmic axis, losses more than a decade below the chart are drawn there."""
    loss = np.log10(np.maximum(curve.loss, 10.0 ** (axes.y.low - 1))) if axes.y.log else curve.loss
    places = np.column_stack(axes.pixels(np.arange(float(len(loss))), loss))
    return Path(index, curve.route, axes.box.around(0.5), places, len(places) - 1, curve.end)


def ruled_grid(axes: Axes, layout: Layout, *, fine: bool) -> str:
    """The lines of the grid with their numbers, the frame, and the names of the axes."""
    line: dict[str, Attribute] = {"stroke": layout.theme.ink, "stroke_width": 0.8, "fill": "none"}
    minor = tag("path", d=_ruled(_between(axes.x), _between(axes.y), axes.box), stroke_opacity=0.12, **line)
    columns, rows = ([at for _, at in axis.ticks] for axis in (axes.x, axes.y))
    major = tag("path", d=_ruled(columns, rows, axes.box), stroke_opacity=0.26, **line)
    frame = rect(axes.box, **line | {"stroke_width": 1.0})
    return (minor if fine else "") + major + frame + numbers_around(axes, layout)


def _between(axis: ScaledAxis) -> list[float]:
    """The positions of the finer lines, in pixels."""
    if axis.log and axis.high - axis.low > FEW_DECADES:
        return []
    every, shares = (1.0, WITHIN_A_DECADE) if axis.log else (axis.step, QUARTERS)
    return [axis.pixels(at + share * every) for at in multiples(axis.low, axis.high, every)[:-1] for share in shares]


def _ruled(columns: Sequence[float], rows: Sequence[float], box: Box) -> str:
    """The path data of vertical and horizontal lines through a box."""
    up = "".join(f"M{left:.1f} {box.top:g}v{box.height:g}" for left in columns)
    return up + "".join(f"M{box.left:g} {top:.1f}h{box.width:g}" for top in rows)


def _curves(paths: Sequence[Path], layout: Layout) -> list[str]:
    """The curves with their markers, and with their names where they end or leave the chart."""
    occupancy = Occupancy(layout.box)
    marks = []
    for path in paths:
        occupancy.take_lines(path.whole)
        name = shortened(path.route.name, NAME, 0.4 * layout.box.width, bold=True)
        x, y = path.places[(path.left_at or len(path.places)) - 1].tolist()
        shape = head(path, layout) if path.head else ""
        marks.append(Mark((x, y), shape, [(name, path.route.detail, NAME)], [head(path, layout, SMALL)]))
    frame = tag("clipPath", rect(layout.box), id="frame")
    return [frame, draw_paths(paths, 0, layout, balls=False), draw_marks(marks, layout, occupancy)]
