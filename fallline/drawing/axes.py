"""The axes, which map values to pixels, and the frame with its ticks and numbers."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from fallline.drawing.geometry import Box, Points
from fallline.drawing.layout import AXIS_NUMBER, Layout
from fallline.drawing.number_text import level_text, multiples, nice_step, tick_text
from fallline.drawing.svg import Attribute, escaped, line_of_text, number, rect, tag, width_of
from fallline.drawing.theme import FRAME
from fallline.types import Pair

FloatOrPoints = TypeVar("FloatOrPoints", float, Points)

AXIS_NAME = 13.5
CLOSER = 0.6
"""In a narrow picture, the least distance between ticks is this times the usual one."""
SHORT_NAME = 36.0
"""The name of the vertical axis is at the corner of the frame if it is at most this wide, in pixels; a longer one is
turned and along the axis."""


@dataclass(frozen=True)
class ScaledAxis:
    """An axis that maps the values from `low` to `high` linearly to the pixels from `start` to `end`.

    Args: step: from one tick to the next; log: whether the values are decimal logarithms of the numbers at the ticks.
    """

    name: str
    low: float
    high: float
    start: float
    end: float
    step: float
    log: bool = False

    @property
    def unit(self) -> float:
        """Pixels per unit; negative if the values increase upwards."""
        return (self.end - self.start) / (self.high - self.low)

    def pixels(self, values: FloatOrPoints) -> FloatOrPoints:
        """The pixels of values."""
        return self.start + (values - self.low) * self.unit

    def values(self, pixels: FloatOrPoints) -> FloatOrPoints:
        """The values at pixels: the inverse of `pixels`."""
        return self.low + (pixels - self.start) / self.unit

    @property
    def ticks(self) -> list[tuple[str, float]]:
        """The number at each tick, with the pixel of the tick."""
        at = multiples(self.low, self.high, self.step)
        texts = [level_text(10.0**value) if self.log else tick_text(value, self.step) for value in at]
        return list(zip(texts, map(self.pixels, at), strict=True))


@dataclass(frozen=True)
class Axes:
    """The two axes of a map, and its box in the picture."""

    box: Box
    x: ScaledAxis
    y: ScaledAxis

    def pixels(self, x: FloatOrPoints, y: FloatOrPoints) -> tuple[FloatOrPoints, FloatOrPoints]:
        """The positions in the picture, in pixels, of points."""
        return self.x.pixels(x), self.y.pixels(y)

    def values(self, x: FloatOrPoints, y: FloatOrPoints) -> tuple[FloatOrPoints, FloatOrPoints]:
        """The points at positions in the picture."""
        return self.x.values(x), self.y.values(y)


def fits_one_scale(window: Sequence[Pair], box: Box) -> bool:
    """Whether the window can be shown with the same scale on both axes."""
    (x0, x1), (y0, y1) = window
    share = ((x1 - x0) * box.height) / ((y1 - y0) * box.width)
    return bool(FRAME["thinnest"] < share < 1 / FRAME["thinnest"])


def axes_of(names: Sequence[str], window: Sequence[Pair], box: Box, *, equal: bool, narrow: bool = False) -> Axes:
    """Axes that show the whole window in the middle of a box; spare room shows more of the map.

    Args: equal: whether both axes have the same scale; narrow: whether ticks are closer together.
    """
    (x0, x1), (y0, y1) = window
    kx, ky = box.width / (x1 - x0), box.height / (y1 - y0)
    if equal:
        kx = ky = min(kx, ky)
    half_x, half_y = box.width / kx / 2, box.height / ky / 2
    x, y, apart = (x0 + x1) / 2, (y0 + y1) / 2, FRAME["apart"]
    closer = CLOSER if narrow else 1.0
    step_x, step_y = nice_step(closer * apart["x"] / kx), nice_step(closer * apart["x" if equal else "y"] / ky)
    across = ScaledAxis(names[0], x - half_x, x + half_x, box.left, box.right, step_x)
    return Axes(box, across, ScaledAxis(names[1], y - half_y, y + half_y, box.bottom, box.top, step_y))


def crosses(axes: Axes, layout: Layout) -> str:
    """A small cross wherever grid lines through two ticks would intersect."""
    arm = FRAME["cross"]
    places = [(math.floor(x) + 0.5, math.floor(y) + 0.5) for _, x in axes.x.ticks for _, y in axes.y.ticks]
    d = "".join(f"M{left - arm:g} {top:g}h{2 * arm:g}m{-arm:g}{-arm:+g}v{2 * arm:g}" for left, top in places)
    return tag("path", d=d, stroke=layout.theme.ink, stroke_width=0.8, stroke_opacity=0.5, fill="none")


def frame(axes: Axes, layout: Layout) -> str:
    """The frame around the map, with the numbers and names of its axes.

    Between its two outlines, every other interval between ticks has a black bar. The values of the ticks decide which
    intervals are black, so that bars move with the map.
    """
    box, wide = axes.box, FRAME["ladder"]
    across = "".join(f"M{box.left:g} {top:g}h{box.width:g}" for top in (box.top - wide / 2, box.bottom + wide / 2))
    up = "".join(f"M{left:g} {box.bottom:g}v{-box.height:g}" for left in (box.left - wide / 2, box.right + wide / 2))
    bars = []
    for d, axis in ((across, axes.x), (up, axes.y)):
        bar = abs(axis.unit) * axis.step
        bars.append(tag("path", d=d, stroke_dasharray=number(bar), stroke_dashoffset=axis.low / axis.step % 2 * bar))
    style: dict[str, Attribute] = {"stroke": layout.theme.ink, "fill": "none"}
    outlines = [rect(box.around(margin), **style) for margin in (0.5, wide + 0.5)]
    return tag("g", *bars, stroke_width=wide, **style) + "".join(outlines) + numbers_around(axes, layout)


def numbers_around(axes: Axes, layout: Layout) -> str:
    """The numbers of both axes, on the left of the plot and below it, and the names of the axes at their ends."""
    box, theme = axes.box, layout.theme
    left, line = box.left - 11, box.bottom + 20
    right = box.right - 20 - width_of(axes.x.name, AXIS_NAME, bold=True)
    below = [line_of_text(text, at, line, AXIS_NUMBER) for text, at in axes.x.ticks if at < right]
    up = [line_of_text(text, left, at + 4.2, AXIS_NUMBER) for text, at in axes.y.ticks]
    place: dict[str, Attribute] = {"x": left, "y": box.top - 9}
    if width_of(axes.y.name, AXIS_NAME, bold=True) > SHORT_NAME:
        place = {"transform": f"translate(12 {box.top - 4:.1f}) rotate(-90)"}
    names = tag("text", escaped(axes.x.name), x=box.right, y=line), tag("text", escaped(axes.y.name), **place)
    style: dict[str, Attribute] = {"font_weight": "600", "font_style": "italic", "font_size": AXIS_NAME}
    return (
        tag("g", *below, fill=theme.ink2, text_anchor="middle")
        + tag("g", *up, fill=theme.ink2, text_anchor="end")
        + tag("g", *names, fill=theme.ink, text_anchor="end", **style)
    )
