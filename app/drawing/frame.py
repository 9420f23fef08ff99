"""What surrounds the ground: neat line, ladder, coordinates, and crosses where the grid lines would meet."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from app.drawing.lettering import width_of
from app.drawing.look import NUMBER, Look
from app.drawing.numerals import on_scale
from app.drawing.plane import Plane
from app.drawing.scales import multiples, nice_step
from app.drawing.svg import tag, words
from app.drawing.table import FRAME
from app.drawing.view import Box, Pair, View

AXIS = 13.5
STRIP = 30.0, 20.0
"""Width and height of what the numbers on the ground of a card take up."""

SHORT_NAME = 36.0
"""A name of this width lies beside the frame's corner; a longer one stands along it."""


@dataclass(frozen=True)
class Ticks:
    """Where an axis carries a number, every `step`."""

    step: float
    at: list[float]


def ticks_of(view: View, s: float) -> tuple[Ticks, Ticks]:
    """The ticks of both axes, at one distance where they have one scale."""
    apart = FRAME["apart"]
    step_x = nice_step(apart["x"] * s / view.kx)
    step_y = nice_step(apart["x" if view.equal else "y"] * s / view.ky)
    return Ticks(step_x, multiples(view.x0, view.x1, step_x)), Ticks(step_y, multiples(view.y0, view.y1, step_y))


def crosses(view: View, look: Look) -> str:
    """Where the grid lines would meet."""
    x, y = ticks_of(view, look.s)
    arm = FRAME["cross"] * look.s
    marks = []
    for tick_x in x.at:
        for tick_y in y.at:
            left, top = (math.floor(value) + 0.5 for value in view.at(tick_x, tick_y))
            marks.append(f"M{left - arm:g} {top:g}h{2 * arm:g}m{-arm:g}{-arm:+g}v{2 * arm:g}")
    theme = look.theme
    return tag("path", d="".join(marks), stroke=theme.ink, stroke_width=0.8 * look.s, stroke_opacity=0.5, fill="none")


def frame(plane: Plane, look: Look) -> Iterator[str]:
    """The frame with the numbers and names of its axes."""
    x, y = ticks_of(plane.view, look.s)
    if look.kind == "sheet":
        yield _ladder(plane.view, look, x, y)
        yield from _outside(plane, look, x, y)
    else:
        yield _neat_line(look, 0.5)
        yield from _inside(plane, look, x, y)


def _neat_line(look: Look, margin: float) -> str:
    box = look.box.around(margin)
    return tag(
        "rect", x=box.left, y=box.top, width=box.width, height=box.height, fill="none", stroke=look.theme.ink
    )  # fmt: skip


def _ladder(view: View, look: Look, x: Ticks, y: Ticks) -> str:
    box, wide = view.box, FRAME["ladder"] * look.s
    bars = []
    for start, end in _rungs(x, view.x0, view.x1):
        (left, _), (right, _) = view.at(start, view.y0), view.at(end, view.y0)
        tops = (box.top - wide, box.bottom)
        bars += [f"M{left:.1f} {top:.1f}h{right - left:.1f}v{wide:g}H{left:.1f}z" for top in tops]
    for start, end in _rungs(y, view.y0, view.y1):
        (_, bottom), (_, top) = view.at(view.x0, start), view.at(view.x0, end)
        bars += [f"M{left:.1f} {top:.1f}h{wide:g}V{bottom:.1f}h{-wide:g}z" for left in (box.left - wide, box.right)]
    filled = tag("path", d="".join(bars), fill=look.theme.ink)
    return filled + _neat_line(look, 0.5) + _neat_line(look, wide + 0.5)


def _rungs(ticks: Ticks, low: float, high: float) -> Iterator[tuple[float, float]]:
    """Every other stretch between ticks, the same ones whatever is in sight."""
    bounds = [low, *ticks.at, high]
    odd = math.floor(ticks.at[0] / ticks.step + 0.5) if ticks.at else 0
    for k in range(len(bounds) - 1):
        if (odd + k) % 2 == 0:
            yield bounds[k], bounds[k + 1]


def _outside(plane: Plane, look: Look, x: Ticks, y: Ticks) -> Iterator[str]:
    view, box, s = plane.view, look.box, look.s
    name_x, name_y = plane.names
    room = box.right - 20 * s - width_of(name_x, AXIS * s, bold=True)
    across = _texts(x, lambda tick: (view.at(tick, 0)[0], box.bottom + 20 * s))
    yield _numbers([each for each in across if box.left + 4 < each[1] < room], look, "middle")
    up = _texts(y, lambda tick: (box.left - 11 * s, view.at(0, tick)[1] + 4.2 * s))
    yield _numbers([each for each in up if each[2] > box.top + 20 * s], look, "end")
    style = {"fill": look.theme.ink, "font_weight": "600", "font_style": "italic", "text_anchor": "end"}
    yield words(name_x, box.right, box.bottom + 20 * s, AXIS * s, **style)
    if width_of(name_y, AXIS, bold=True) < SHORT_NAME:
        yield words(name_y, box.left - 11 * s, box.top + 9 * s, AXIS * s, **style)
    else:
        turned = f"translate({12 * s:g} {box.top - 4 * s:.1f}) rotate(-90)"
        yield words(name_y, 0, 0, AXIS * s, transform=turned, **style)


def _inside(plane: Plane, look: Look, x: Ticks, y: Ticks) -> Iterator[str]:
    view, box, s = plane.view, look.box, look.s
    across = _texts(x, lambda tick: (view.at(tick, 0)[0], box.bottom - 7 * s))
    room = box.right - 20 * s - width_of(plane.names[0], 13 * s, bold=True)
    below = [each for each in across if box.left + STRIP[0] * s < each[1] < room]
    up = _texts(y, lambda tick: (box.left + 6 * s, view.at(0, tick)[1] + 4 * s))
    beside = [each for each in up if box.top + 30 * s < each[2] < box.bottom - 20 * s]
    yield _numbers(below, look, "middle", haloed=True)
    yield _numbers(beside, look, "start", haloed=True)
    style = {"fill": look.theme.ink, "font_weight": "600", "font_style": "italic", **halo(look)}
    yield words(plane.names[1], box.left + 6 * s, box.top + 16 * s, 13 * s, **style)
    yield words(plane.names[0], box.right - 7 * s, box.bottom - 7 * s, 13 * s, text_anchor="end", **style)


def _texts(ticks: Ticks, at: Callable[[float], Pair]) -> list[tuple[str, float, float]]:
    return [(on_scale(tick, ticks.step), *at(tick)) for tick in ticks.at]


def _numbers(placed: Sequence[tuple[str, float, float]], look: Look, anchor: str, *, haloed: bool = False) -> str:
    around = halo(look) if haloed else {}
    lines = [words(text, x, y, NUMBER * look.s) for text, x, y in placed]
    return tag("g", *lines, fill=look.theme.ink2, text_anchor=anchor, **around) if lines else ""


def strips(look: Look) -> list[Box]:
    """Where numbers stand on the ground: beside the left edge and above the lower one."""
    box, (wide, high) = look.box, (size * look.s for size in STRIP)
    if look.kind != "card":
        return []
    return [Box(box.left, box.top, wide, box.height), Box(box.left, box.bottom - high, box.width, high)]


def halo(look: Look) -> dict[str, str | float]:
    """The attributes of words on the ground: a halo, so that they read on any tint."""
    colour, opacity = look.theme.halo
    return {
        "stroke": colour, "stroke_opacity": opacity, "stroke_width": 3.5 * look.s, "stroke_linejoin": "round",
        "paint_order": "stroke",
    }  # fmt: skip
