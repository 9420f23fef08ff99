"""What a picture shows, which parts it has at its size, and where they stand."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from fallline.descent import End, Run
from fallline.drawing.geometry import Box, Points
from fallline.drawing.number_text import nice_step, rounded, tick_text
from fallline.drawing.svg import Attribute, broken_lines, haloed, tag, width_of
from fallline.drawing.theme import SLOTS, THEMES, Theme
from fallline.problems.problem import Problem
from fallline.types import Array, Pair

ThemeName = Literal["day", "night"]
PictureLayer = Literal["all", "still", "moving"]
WORDS_FROM = (200, 160)
"""Width and height from which a picture is more than a thumbnail, which is the map and paths alone."""
SMALLEST_LAYOUT = (480, 300)
"""Width and height of what is laid out, at the least; a smaller picture is that, scaled down."""
LARGE_FROM, LARGEST = 1100, 1.6
"""Width from which type and lines grow with the picture, and how many times they do at the most."""
THUMBNAIL = 0.6
"""Lines of a thumbnail against those of a larger picture."""
SAMPLE, ROW = 36.0, 22.0
"""Of the legend: the width of a line's sample, the height of a row."""
GAPS = 7.0, 6.0, 24.0
"""Of the legend: pixels from the sample to the name, from the name to the detail, and from there to the next entry."""
WIDER = 1.15
"""Room in the legend for a font that is wider than the one measured, such as DejaVu Sans, a usual one on Linux."""
WIDER_SIGNS = 1.3
"""The same of a formula, whose signs are wider still."""
NAME, DETAIL, AXIS_NUMBER = 14.0, 13.5, 12.5
"""Sizes of type: of names, of a note, and of the numbers of axes."""
NOTE_LINE = 18
"""Pixels from one line of a note to the next."""
NOTE_SHARE = 0.86
"""Of the width, that a line of a note may take: where the letters meant are missing, others are wider."""
TICKS = 6
LEFT, RIGHT, GAP, FOOT = 54.0, 16.0, 25.0, 36.0
"""Pixels around the map: beside it, where numbers are no wider, between legend and map, below."""
SCALE_SHARE, SCALE_WIDEST = 0.42, 320.0
"""Of the scale of the tints: its share of the map's width, and how wide it is at the most."""
BAR = 11.0
"""Its height."""
SCALE_NAME, SCALE_NUMBERS = 42.0, 21.0
"""Beside it, where its name stands before it, and below it, where its numbers do."""
LEAST_ROOM = (260.0, 300.0)
"""Width and height of what is laid out for type of a size that was asked for, at the least."""
MOST_LEGEND = 0.4
"""Share of the height that the legend may take."""


@dataclass(frozen=True, eq=False)
class Dots:
    """The points of a route beside a plane.

    Args:
        places: where they lie over it, (rows, 2); losses: of the points themselves, (rows,).
        away: how far off they are, as a share of the farthest of all routes, (rows,).
    """

    places: Points
    losses: Array
    away: Array


@dataclass(frozen=True)
class Route:
    """One run on the map.

    Args:
        run_here: not yet made, None of a training that was made elsewhere; name: as it is called.
        detail: what stands behind the name, such as its learning rate.
        slot: its colour, dash and marker; by default its number among the routes.
        made: on a plane that the run is projected onto, where its rows lie there, (2, rows), and how it ended.
        dots: its points, each drawn by itself.
    """

    run_here: Run | None
    name: str
    detail: str = ""
    slot: int | None = None
    made: tuple[Points, End] | None = None
    dots: Dots | None = None

    @property
    def run(self) -> Run:
        """Its run. Raises: ValueError, it was made elsewhere."""
        if self.run_here is None:
            raise ValueError(f"{self.name} was made elsewhere: there is no run to make here")
        return self.run_here

    @property
    def whole_name(self) -> str:
        """The name, with what tells it apart."""
        return f"{self.name} {self.detail}".rstrip()

    def slot_at(self, index: int) -> int:
        """Its slot, as the route of this number."""
        return (index if self.slot is None else self.slot) % SLOTS


@dataclass(frozen=True, eq=False)
class MapOfStarts:
    """Where a run ends from each start of a grid.

    Args:
        x, y: of the starts; y None of a problem with one parameter.
        end: the index of the minimum, or what stands for none, (rows, columns); of one parameter one row.
        minima: the parameters of each and its loss, (minima, parameters + 1).
    """

    x: Array
    y: Array | None
    end: NDArray[np.int64]
    minima: Array


@dataclass(frozen=True)
class Scene:
    """A map with its routes.

    Args:
        problem: of one or two parameters; title: its name; formula: the loss as a text; one of the two may be empty.
        routes: the runs, the first lowest.
        window: (low, high) of each parameter; by default the problem's domain.
        step: the last step drawn in full, what follows is thin; by default the end.
        paths: False leaves away where the runs go; they are named, and their start is marked.
        minima: whether those known are marked.
        note: what must stand below the map.
        ends: by which the ground is tinted in place of the loss.
        layer: in pictures that move, what stays, or the paths alone up to the step, on no ground.
    """

    problem: Problem
    title: str
    formula: str = ""
    routes: tuple[Route, ...] = ()
    window: tuple[Pair, ...] | None = None
    step: int | None = None
    paths: bool = True
    minima: bool = True
    note: str = ""
    ends: MapOfStarts | None = None
    layer: PictureLayer = "all"

    @property
    def visible_domain(self) -> Sequence[Pair]:
        """(low, high) of each parameter that the picture shows."""
        return self.window or self.problem.domain

    @property
    def start(self) -> tuple[float, ...]:
        """Where the runs begin, or would."""
        return self.routes[0].run.start if self.routes and not self.routes[0].made else self.problem.start


@dataclass(frozen=True)
class Canvas:
    """What a picture is drawn on.

    Args:
        width, height: in pixels of 1/96 inch; without a height that of the map suits it.
        theme: its colours.
        unit: in which its size is written, as "mm"; empty for pixels.
        font_size: of the numbers of axes, in these pixels; by default as large as suits the width.
    """

    width: float = 800
    height: float | None = None
    theme: ThemeName = "day"
    unit: str = ""
    font_size: float | None = None

    @property
    def least(self) -> Pair:
        """The least width and height, in pixels, in which words have room; 0 where they follow the width."""
        scale = self.font_size / AXIS_NUMBER if self.font_size else 0.0
        return LEAST_ROOM[0] * scale, LEAST_ROOM[1] * scale


@dataclass(frozen=True)
class Head:
    """What stands above the map, in pixels from the top.

    Args:
        title, formula: lines on which they stand, None where there is none; size: of the title's type.
        bar: of the tints; said: the line of what is said of the picture; legend: the top of its first row.
        room: pixels that title and formula may take.
    """

    title: float | None
    formula: float | None
    size: float
    bar: Box
    said: float
    legend: float
    room: float


@dataclass(frozen=True)
class Layout:
    """The measures of one picture.

    Args:
        width, height: of what is laid out, in pixels as if the picture were of a usual size.
        scale: by how much the picture is larger than that, or smaller.
        box: of the map or the curve.
        head: what stands above it; a thumbnail has none.
        legend: places of the routes' entries: (left, row); routes without one did not fit.
        note: the lines below the map; has_text: whether there is room for words.
        narrow: whether there is room for few: names alone stand on the map, and no ticks.
        unit: in which the size is written.
    """

    width: float
    height: float
    scale: float
    theme: Theme
    box: Box
    head: Head | None = None
    legend: tuple[tuple[float, int], ...] = ()
    note: tuple[str, ...] = ()
    has_text: bool = True
    narrow: bool = False
    unit: str = ""

    def cased(self, shape: str, wide: float, *, inside: str | None = None, **style: Attribute) -> str:
        """A shape in a style, over its casing, which reaches under it and around it.

        Args: shape: SVG without a style; wide: of the casing's stroke; inside: its fill, by default its own colour.
        """
        casing = self.theme.casing
        under = tag("g", shape, fill=inside or casing, stroke=casing, stroke_width=wide)
        return under + tag("g", shape, **style)

    def haloed(self, words: str) -> str:
        """Words on the map with a halo, so that they read on any tint."""
        colour, opacity = self.theme.halo
        return haloed(words, stroke=colour, stroke_opacity=opacity, stroke_width=3.5, stroke_linejoin="round")


def layout_of(scene: Scene, canvas: Canvas) -> Layout:
    """The measures of a scene at a size."""
    theme, most_high = THEMES[canvas.theme], canvas.height or math.inf
    if canvas.font_size is None and (canvas.width < WORDS_FROM[0] or most_high < WORDS_FROM[1]):
        box = Box(0, 0, canvas.width / THUMBNAIL, (canvas.height or canvas.width) / THUMBNAIL)
        return Layout(box.width, box.height, THUMBNAIL, theme, box, has_text=False, unit=canvas.unit)
    shrunk = min(1.0, canvas.width / SMALLEST_LAYOUT[0], most_high / SMALLEST_LAYOUT[1])
    scale = min(LARGEST, max(shrunk, canvas.width / LARGE_FROM))
    narrow = False
    if canvas.font_size is not None:
        scale = canvas.font_size / AXIS_NUMBER
        narrow = canvas.width / scale < SMALLEST_LAYOUT[0]
    width, height = canvas.width / scale, canvas.height / scale if canvas.height else 0.0
    proportion, numbers_wide = 0.6, 0.0
    if len(scene.visible_domain) > 1:
        (x0, x1), (y0, y1) = scene.visible_domain
        # Beside the starts there is nothing to see.
        proportion = min(1.0 if scene.ends else 0.72, max(0.5, (y1 - y0) / (x1 - x0)))
        step = nice_step((y1 - y0) / TICKS)
        numbers_wide = max(width_of(tick_text(rounded(end, step), step), AXIS_NUMBER) for end in (y0, y1))
    left = max(LEFT, 28 + numbers_wide)
    across = width - left - RIGHT
    legend = flow_of(scene.routes, across)
    rows = 1 + max((row for _, row in legend), default=-1)
    head = (_stacked_head if narrow else _head)(scene, left, across)
    if height:
        rows = min(rows, max(1, int((MOST_LEGEND * height - head.legend) / ROW)))
    note = broken_lines(scene.note, DETAIL, NOTE_SHARE * across)
    top, foot = head.legend + rows * ROW + GAP, FOOT + len(note) * NOTE_LINE
    height = height or round(top + across * proportion + foot)
    box = Box(left, top, across, height - top - foot)
    if narrow:
        head = replace(head, said=top - 12)
    entries = tuple(place for place in legend if place[1] < rows)
    return Layout(width, height, scale, theme, box, head, entries, note, narrow=narrow, unit=canvas.unit)


def _head(scene: Scene, left: float, across: float) -> Head:
    """Title and formula on the left, the scale of the tints beside them."""
    wide = min(SCALE_WIDEST, SCALE_SHARE * across)
    bar = Box(left + across - wide, 16, wide, BAR)
    formula = 52.0 if scene.title and scene.formula else None
    return Head(32.0, formula, 22.0, bar, 58.0, 64.0, across * (1 - SCALE_SHARE) - 20)


def _stacked_head(scene: Scene, left: float, across: float) -> Head:
    """Title, formula and the scale of the tints below each other; what is said stands at the map."""
    below, title, formula = 4.0, None, None
    if scene.title or scene.formula:
        title, below = below + 18, below + 24
    if scene.title and scene.formula:
        formula, below = below + 14, below + 20
    bar = Box(left + SCALE_NAME, below + 6, min(SCALE_WIDEST, across - SCALE_NAME - 10), BAR)
    below += 0 if scene.ends else 6 + BAR + SCALE_NUMBERS
    return Head(title, formula, 16.0, bar, 0.0, below, across / WIDER_SIGNS)


def flow_of(routes: Sequence[Route], width: float) -> list[tuple[float, int]]:
    """Where each entry of the legend stands, wrapped as words are: (pixels from the left, row from 0)."""
    places: list[tuple[float, int]] = []
    left, row = 0.0, 0
    for route in routes:
        words = width_of(route.name, NAME, bold=True) + width_of(route.detail, NAME)
        size = SAMPLE + WIDER * words + sum(GAPS)
        if left and left + size - GAPS[2] > width:
            left, row = 0.0, row + 1
        places.append((left, row))
        left += size
    return places
