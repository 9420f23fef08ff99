"""The axes: where a point lies in the picture, and the frame with its ticks and numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

from app.drawing.geometry import Box, Pair, Points
from app.drawing.layout import NUMBER, Layout
from app.drawing.numbers import multiples, nice_step, on_scale
from app.drawing.svg import line_of_text, rect, tag, width_of
from app.drawing.theme import FRAME

Values = TypeVar("Values", float, Points)

NAME = 13.5
LEFT_STRIP, LOWER_STRIP = 30.0, 20.0
"""Width and height of what numbers on the map take up."""

SHORT_NAME = 36.0
"""A name of this width lies beside the frame's corner; a longer one stands along it."""


@dataclass(frozen=True)
class Axes:
    """The part of the plane in sight, and where it lies in the picture.

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
        """Pixels a unit across."""
        return self.box.width / (self.x1 - self.x0)

    @property
    def ky(self) -> float:
        """Pixels a unit up."""
        return self.box.height / (self.y1 - self.y0)

    def pixels(self, x: Values, y: Values) -> tuple[Values, Values]:
        """Where points lie in the picture."""
        return self.box.left + (x - self.x0) * self.kx, self.box.top + (self.y1 - y) * self.ky

    def values(self, x: Values, y: Values) -> tuple[Values, Values]:
        """The point that lies at a place in the picture."""
        return self.x0 + (x - self.box.left) / self.kx, self.y1 - (y - self.box.top) / self.ky


def fits_one_scale(window: Sequence[Pair], box: Box) -> bool:
    """Whether one scale on both axes shows the window well enough."""
    (x0, x1), (y0, y1) = window
    share = ((x1 - x0) * box.height) / ((y1 - y0) * box.width)
    return bool(FRAME["thinnest"] < share < 1 / FRAME["thinnest"])


def axes_of(names: tuple[str, str], window: Sequence[Pair], box: Box, *, equal: bool) -> Axes:
    """Axes that show a window whole, in the middle of a box; spare room shows more of the plane."""
    (x0, x1), (y0, y1) = window
    kx, ky = box.width / (x1 - x0), box.height / (y1 - y0)
    if equal:
        kx = ky = min(kx, ky)
    half_x, half_y = box.width / kx / 2, box.height / ky / 2
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    return Axes(names, box, x - half_x, x + half_x, y - half_y, y + half_y, equal)


@dataclass(frozen=True)
class Ticks:
    """Where an axis carries a number: every `step`, at these values, which lie at these pixels."""

    step: float
    values: Sequence[float]
    pixels: Sequence[float]

    @property
    def numbers(self) -> list[tuple[str, float]]:
        """Each number and its pixel."""
        return [(on_scale(value, self.step), at) for value, at in zip(self.values, self.pixels, strict=True)]


def ticks_of(axes: Axes, px: float) -> tuple[Ticks, Ticks]:
    """The ticks of both axes, at one distance where they have one scale."""
    apart = FRAME["apart"]
    step_x = nice_step(apart["x"] * px / axes.kx)
    step_y = nice_step(apart["x" if axes.equal else "y"] * px / axes.ky)
    x, y = multiples(axes.x0, axes.x1, step_x), multiples(axes.y0, axes.y1, step_y)
    across, up = [axes.pixels(value, 0.0)[0] for value in x], [axes.pixels(0.0, value)[1] for value in y]
    return Ticks(step_x, x, across), Ticks(step_y, y, up)


def crosses(axes: Axes, layout: Layout) -> str:
    """Where the grid lines would meet."""
    x, y = ticks_of(axes, layout.px)
    arm, px = FRAME["cross"] * layout.px, layout.px
    places = [(math.floor(left) + 0.5, math.floor(top) + 0.5) for left in x.pixels for top in y.pixels]
    d = "".join(f"M{left - arm:g} {top:g}h{2 * arm:g}m{-arm:g}{-arm:+g}v{2 * arm:g}" for left, top in places)
    return tag("path", d=d, stroke=layout.theme.ink, stroke_width=0.8 * px, stroke_opacity=0.5, fill="none")


def frame(axes: Axes, layout: Layout) -> str:
    """The frame with the numbers and names of its axes: around the map, or on it where that is all the room."""
    x, y = ticks_of(axes, layout.px)
    if layout.kind == "full":
        return _bars(axes, layout, x, y) + _numbers_around(axes, layout, x, y)
    return _outline(layout, 0.5) + _numbers_inside(axes, layout, x, y)


def _outline(layout: Layout, margin: float) -> str:
    return rect(layout.box.around(margin), fill="none", stroke=layout.theme.ink)


def _bars(axes: Axes, layout: Layout, x: Ticks, y: Ticks) -> str:
    """Two outlines with black bars between them from every other tick to the next."""
    box, wide = axes.box, FRAME["ladder"] * layout.px
    (left_end, bottom_end), (right_end, top_end) = axes.pixels(axes.x0, axes.y0), axes.pixels(axes.x1, axes.y1)
    bars = []
    for left, right in _every_other(x, left_end, right_end):
        tops = (box.top - wide, box.bottom)
        bars += [f"M{left:.1f} {top:.1f}h{right - left:.1f}v{wide:g}H{left:.1f}z" for top in tops]
    for bottom, top in _every_other(y, bottom_end, top_end):
        bars += [f"M{left:.1f} {top:.1f}h{wide:g}V{bottom:.1f}h{-wide:g}z" for left in (box.left - wide, box.right)]
    filled = tag("path", d="".join(bars), fill=layout.theme.ink)
    return filled + _outline(layout, 0.5) + _outline(layout, wide + 0.5)


def _every_other(ticks: Ticks, start: float, end: float) -> list[Pair]:
    """Every other stretch between ticks, the same ones whatever is in sight."""
    odd = math.floor(ticks.values[0] / ticks.step + 0.5) % 2 if ticks.values else 0
    return list(pairwise([start, *ticks.pixels, end]))[odd::2]


def _numbers_around(axes: Axes, layout: Layout, x: Ticks, y: Ticks) -> str:
    (name_x, name_y), box, px = axes.names, layout.box, layout.px
    line, beside = box.bottom + 20 * px, box.left - 11 * px
    room = box.right - 20 * px - width_of(name_x, NAME * px, bold=True)
    below = [(text, (at, line)) for text, at in x.numbers if box.left + 4 < at < room]
    up = [(text, (beside, at + 4.2 * px)) for text, at in y.numbers if at + 4.2 * px > box.top + 20 * px]
    style = {"fill": layout.theme.ink, "font_weight": "600", "font_style": "italic", "text_anchor": "end"}
    if width_of(name_y, NAME, bold=True) < SHORT_NAME:
        name_up = line_of_text(name_y, beside, box.top + 9 * px, NAME * px, **style)
    else:
        turned = f"translate({12 * px:g} {box.top - 4 * px:.1f}) rotate(-90)"
        name_up = line_of_text(name_y, 0, 0, NAME * px, transform=turned, **style)
    return (
        _numbers(below, layout, "middle") + _numbers(up, layout, "end")
        + line_of_text(name_x, box.right, line, NAME * px, **style) + name_up
    )  # fmt: skip


def _numbers_inside(axes: Axes, layout: Layout, x: Ticks, y: Ticks) -> str:
    (name_x, name_y), box, px = axes.names, layout.box, layout.px
    line, beside = box.bottom - 7 * px, box.left + 6 * px
    room = box.right - 20 * px - width_of(name_x, 13 * px, bold=True)
    below = [(text, (at, line)) for text, at in x.numbers if box.left + LEFT_STRIP * px < at < room]
    high, low = box.top + 30 * px, box.bottom - 20 * px
    up = [(text, (beside, at + 4 * px)) for text, at in y.numbers if high < at + 4 * px < low]
    style = {"fill": layout.theme.ink, "font_weight": "600", "font_style": "italic", **layout.halo}
    return (
        _numbers(below, layout, "middle", haloed=True) + _numbers(up, layout, "start", haloed=True)
        + line_of_text(name_y, beside, box.top + 16 * px, 13 * px, **style)
        + line_of_text(name_x, box.right - 7 * px, line, 13 * px, text_anchor="end", **style)
    )  # fmt: skip


def _numbers(placed: Sequence[tuple[str, Pair]], layout: Layout, anchor: str, *, haloed: bool = False) -> str:
    lines = [line_of_text(text, *at, NUMBER * layout.px) for text, at in placed]
    halo = layout.halo if haloed else {}
    return tag("g", *lines, fill=layout.theme.ink2, text_anchor=anchor, **halo) if lines else ""


def number_strips(layout: Layout) -> list[Box]:
    """Where numbers stand on the map: beside its left edge and above its lower one."""
    if layout.kind != "small":
        return []
    box, wide, high = layout.box, LEFT_STRIP * layout.px, LOWER_STRIP * layout.px
    return [Box(box.left, box.top, wide, box.height), Box(box.left, box.bottom - high, box.width, high)]
