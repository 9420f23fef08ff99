"""How much a picture of a size can hold, and where its parts stand."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from app.drawing.lettering import width_of
from app.drawing.numerals import on_scale
from app.drawing.scales import nice_step, rounded
from app.drawing.scene import Format, Scene
from app.drawing.table import THEMES, Theme
from app.drawing.view import Box

Kind = Literal["stamp", "card", "sheet"]
"""The ground and routes alone; with words, and numbers on the ground; with all its margin."""

CARD_FROM, SHEET_FROM = (200, 160), (520, 320)
"""Width and height from which a picture is more than a stamp, more than a card."""

LARGE_FROM, LARGEST = 1100, 1.6
SAMPLE = 36.0
ROW = 22.0
GAPS = 7.0, 6.0, 24.0
"""Pixels from the line's sample to the name, from there to the detail, and to the next entry."""

NAME, DETAIL, NUMBER = 14.0, 13.5, 12.5
TICKS = 6
MOST_LEGEND = 0.4
"""Share of the height that the legend may take."""


@dataclass(frozen=True)
class Look:
    """One picture's measures.

    Args:
        kind: how much it holds; s: pixels a nominal pixel of type and lines.
        box: what the frame surrounds.
        legend: places of the routes' entries: (left, row); routes without one did not fit.
        legend_top: where its first row begins.
    """

    kind: Kind
    width: float
    height: float
    theme: Theme
    s: float
    box: Box
    legend: tuple[tuple[float, int], ...]
    legend_top: float

    @property
    def worded(self) -> bool:
        """Whether there is room for words."""
        return self.kind != "stamp"


def look_of(scene: Scene, form: Format) -> Look:
    """The measures of a scene at a size."""
    kind = _kind(form)
    s = min(LARGEST, max(1.0, form.width / LARGE_FROM))
    if kind == "stamp":
        height = form.height or form.width
        return Look(kind, form.width, height, THEMES[form.theme], s, Box(0, 0, form.width, height), (), 0)
    return _worded(scene, form, kind, s)


def _kind(form: Format) -> Kind:
    width, height = form.width, form.height or math.inf
    if width >= SHEET_FROM[0] and height >= SHEET_FROM[1]:
        return "sheet"
    return "card" if width >= CARD_FROM[0] and height >= CARD_FROM[1] else "stamp"


def _worded(scene: Scene, form: Format, kind: Kind, s: float) -> Look:
    sheet = kind == "sheet"
    left, right, foot = (max(54.0, 28 + _widest(scene)), 16, 36) if sheet else (10, 10, 10)
    head, gap = (64, 25) if sheet else (34, 8)
    width = form.width - (left + right) * s
    places = _flow(scene, s, width)
    rows = 1 + max((row for _, row in places), default=-1)
    if form.height:
        rows = min(rows, max(1, int((MOST_LEGEND * form.height - head * s) / (ROW * s))))
    places = tuple(place for place in places if place[1] < rows)
    top = (head + rows * ROW + gap) * s
    height = form.height or round(top + width * _shape(scene, kind) + foot * s)
    box = Box(left * s, round(top), width, height - round(top) - foot * s)
    return Look(kind, form.width, height, THEMES[form.theme], s, box, places, head * s)


def _widest(scene: Scene) -> float:
    """The width of the numbers beside the map, about, in nominal pixels."""
    window = window_of(scene)
    if len(window) < 2:
        return 0.0
    low, high = window[1]
    step = nice_step((high - low) / TICKS)
    return max(width_of(on_scale(rounded(end, step), step), NUMBER) for end in (low, high))


def _shape(scene: Scene, kind: Kind) -> float:
    """Height of the map over its width: that of the window, within bounds."""
    low, high = (0.5, 0.72) if kind == "sheet" else (0.6, 1.0)
    window = scene.window or scene.problem.domain
    if len(window) < 2:
        return 0.6
    (x0, x1), (y0, y1) = window
    return min(high, max(low, (y1 - y0) / (x1 - x0)))


def _flow(scene: Scene, s: float, width: float) -> tuple[tuple[float, int], ...]:
    """Where each entry of the legend stands: row after row, as words do."""
    places: list[tuple[float, int]] = []
    left, row = 0.0, 0
    for route in scene.routes:
        size = entry_width(route.name, route.detail) * s
        if left and left + size - GAPS[2] * s > width:
            left, row = 0.0, row + 1
        places.append((left, row))
        left += size
    return tuple(places)


def entry_width(name: str, detail: str) -> float:
    """The width of an entry of the legend with the gap behind it, in nominal pixels."""
    parts = (SAMPLE, width_of(name, NAME, bold=True), width_of(detail, DETAIL) if detail else 0.0)
    return sum(parts) + sum(GAPS)


def window_of(scene: Scene) -> Sequence[tuple[float, float]]:
    """The ground asked for."""
    return scene.window or scene.problem.domain
