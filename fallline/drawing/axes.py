"""The axes: where a point lies in the picture, and the frame with its ticks and numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from fallline.drawing.geometry import Box, Points
from fallline.drawing.layout import AXIS_NUMBER, Layout
from fallline.drawing.number_text import multiples, nice_step, tick_text
from fallline.drawing.svg import Attribute, escaped, line_of_text, number, rect, tag, width_of
from fallline.drawing.theme import FRAME
from fallline.types import Pair

Values = TypeVar("Values", float, Points)

AXIS_NAME = 13.5
SHORT_NAME = 36.0
"""A name of this width lies beside the frame's corner; a longer one stands along it."""


@dataclass(frozen=True)
class Axes:
    """The part of the map in sight, and where it lies in the picture.

    Args:
        names: of the two axes; box: what the frame surrounds, in pixels.
        x0, x1, y0, y1: the values at its edges.
        equal: whether both axes have one scale.
    """

    names: tuple[str, str]
    box: Box
    x0: float
    x1: float
    y0: float
    y1: float
    equal: bool

    @property
    def kx(self) -> float:
        """Pixels per unit of the horizontal axis."""
        return self.box.width / (self.x1 - self.x0)

    @property
    def ky(self) -> float:
        """Pixels per unit of the vertical axis."""
        return self.box.height / (self.y1 - self.y0)

    def pixels(self, x: Values, y: Values) -> tuple[Values, Values]:
        """The place in the picture, in pixels, of points given by their values."""
        return self.box.left + (x - self.x0) * self.kx, self.box.top + (self.y1 - y) * self.ky

    def values(self, x: Values, y: Values) -> tuple[Values, Values]:
        """The values of the points at places in the picture, which are in pixels: `pixels` backwards."""
        return self.x0 + (x - self.box.left) / self.kx, self.y1 - (y - self.box.top) / self.ky


def fits_one_scale(window: Sequence[Pair], box: Box) -> bool:
    """Whether one scale on both axes shows the window well enough."""
    (x0, x1), (y0, y1) = window
    share = ((x1 - x0) * box.height) / ((y1 - y0) * box.width)
    return bool(FRAME["thinnest"] < share < 1 / FRAME["thinnest"])


def axes_of(names: tuple[str, str], window: Sequence[Pair], box: Box, *, equal: bool) -> Axes:
    """Axes that show a window whole, in the middle of a box; spare room shows more of the map."""
    (x0, x1), (y0, y1) = window
    kx, ky = box.width / (x1 - x0), box.height / (y1 - y0)
    if equal:
        kx = ky = min(kx, ky)
    half_x, half_y = box.width / kx / 2, box.height / ky / 2
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    return Axes(names, box, x - half_x, x + half_x, y - half_y, y + half_y, equal)


@dataclass(frozen=True)
class Ticks:
    """Where an axis carries a number: every `step`, each as text with the pixel at which it lies."""

    step: float
    numbers: Sequence[tuple[str, float]]


def ticks_of(axes: Axes) -> tuple[Ticks, Ticks]:
    """The ticks of both axes, at one distance where they have one scale."""
    apart = FRAME["apart"]
    step_x = nice_step(apart["x"] / axes.kx)
    step_y = nice_step(apart["x" if axes.equal else "y"] / axes.ky)
    x = [(tick_text(value, step_x), axes.pixels(value, 0.0)[0]) for value in multiples(axes.x0, axes.x1, step_x)]
    y = [(tick_text(value, step_y), axes.pixels(0.0, value)[1]) for value in multiples(axes.y0, axes.y1, step_y)]
    return Ticks(step_x, x), Ticks(step_y, y)


def crosses(axes: Axes, layout: Layout) -> str:
    """A small cross wherever the grid lines of two ticks would meet."""
    x, y = ticks_of(axes)
    arm = FRAME["cross"]
    places = [(math.floor(left) + 0.5, math.floor(top) + 0.5) for _, left in x.numbers for _, top in y.numbers]
    d = "".join(f"M{left - arm:g} {top:g}h{2 * arm:g}m{-arm:g}{-arm:+g}v{2 * arm:g}" for left, top in places)
    return tag("path", d=d, stroke=layout.theme.ink, stroke_width=0.8, stroke_opacity=0.5, fill="none")


def frame(axes: Axes, layout: Layout) -> str:
    """The frame around the map, with the numbers and names of its axes."""
    x, y = ticks_of(axes)
    return _bars(axes, layout, x, y) + numbers_around(axes.names, x, y, layout)


def _outline(layout: Layout, margin: float) -> str:
    return rect(layout.box.around(margin), fill="none", stroke=layout.theme.ink)


def _bars(axes: Axes, layout: Layout, x: Ticks, y: Ticks) -> str:
    """Two outlines with black bars between them from every other tick to the next.

    Which intervals are black follows from the values of the ticks, so it stays as it is where the window moves.
    """
    box = axes.box
    wide = FRAME["ladder"]
    half = wide / 2
    across = "".join(f"M{box.left:g} {top:g}h{box.width:g}" for top in (box.top - half, box.bottom + half))
    up = "".join(f"M{left:g} {box.bottom:g}v{-box.height:g}" for left in (box.left - half, box.right + half))
    bars = [
        tag("path", d=d, stroke_dasharray=number(bar), stroke_dashoffset=start / step % 2 * bar)
        for d, bar, start, step in (
            (across, x.step * axes.kx, axes.x0, x.step), (up, y.step * axes.ky, axes.y0, y.step),
        )
    ]  # fmt: skip
    filled = tag("g", *bars, stroke=layout.theme.ink, stroke_width=wide, fill="none")
    return filled + _outline(layout, 0.5) + _outline(layout, wide + 0.5)


def numbers_around(names: tuple[str, str], x: Ticks, y: Ticks, layout: Layout) -> str:
    """The numbers of both axes, on the left and below the plot, and the names at their ends."""
    box, theme, (name_x, name_y) = layout.box, layout.theme, names
    left, line = box.left - 11, box.bottom + 20
    right = box.right - 20 - width_of(name_x, AXIS_NAME, bold=True)
    below = [line_of_text(text, at, line, AXIS_NUMBER) for text, at in x.numbers if at < right]
    up = [line_of_text(text, left, at + 4.2, AXIS_NUMBER) for text, at in y.numbers]
    name: dict[str, Attribute] = {
        "font_weight": "600", "font_style": "italic", "fill": theme.ink, "font_size": AXIS_NAME, "text_anchor": "end",
    }  # fmt: skip
    place: dict[str, Attribute] = {"x": left, "y": box.top - 9}
    if width_of(name_y, AXIS_NAME, bold=True) > SHORT_NAME:
        place = {"transform": f"translate(12 {box.top - 4:.1f}) rotate(-90)"}
    return (
        tag("g", *below, fill=theme.ink2, text_anchor="middle")
        + tag("g", *up, fill=theme.ink2, text_anchor="end")
        + tag("text", escaped(name_x), x=box.right, y=line, **name)
        + tag("text", escaped(name_y), **place, **name)
    )
