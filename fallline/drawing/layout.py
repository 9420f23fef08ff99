"""The content of a picture, the parts that it has at its size, and their positions."""

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
"""The width and height below which a picture is a thumbnail, with only the map and the paths."""
SMALLEST_LAYOUT = (480, 300)
"""The least width and height of a layout, in pixels; a smaller picture is this layout, scaled down."""
LARGE_FROM, LARGEST = 1100, 1.6
"""The width from which type and lines grow with the picture, and the largest factor by which they do."""
THUMBNAIL = 0.6
"""The width of lines in a thumbnail, relative to that in a larger picture."""
SAMPLE, ROW = 36.0, 22.0
"""In the legend: the width of a sample of a line, and the height of a row, in pixels."""
GAPS = 7.0, 6.0, 24.0
"""In the legend: pixels from the sample to the name, from the name to the detail, and from there to the next entry."""
WIDER = 1.15
"""The legend has room for a font that is this much wider than the measured one, such as DejaVu Sans on Linux."""
WIDER_SIGNS = 1.3
"""The same for a formula, whose signs may be even wider."""
NAME, DETAIL, AXIS_NUMBER = 14.0, 13.5, 12.5
"""The sizes of type for names, for notes, and for the numbers of axes."""
NOTE_LINE = 18
"""Pixels from one line of a note to the next."""
NOTE_SHARE = 0.86
"""The share of the width that a line of a note may take; the rest is room for a wider font."""
TICKS = 6
LEFT, RIGHT, GAP, FOOT = 54.0, 16.0, 25.0, 36.0
"""Pixels left of the map (or more, for wide numbers), right of it, between legend and map, and below the map."""
SCALE_SHARE, SCALE_WIDEST = 0.42, 320.0
"""The width of the scale of the tints: as a share of the map's width, and at most, in pixels."""
BAR = 11.0
"""The height of the scale of the tints, in pixels."""
SCALE_NAME, SCALE_NUMBERS = 42.0, 21.0
"""Pixels for the name on the left of the scale, and for the numbers below it."""
LEAST_ROOM = (260.0, 300.0)
"""The least width and height of a layout whose size of type was chosen, in pixels."""
MOST_LEGEND = 0.4
"""The largest share of the height that the legend may take."""


@dataclass(frozen=True, eq=False)
class Dots:
    """The points of a route that does not lie in the plane of the map.

    Args:
        places: their projections onto the plane, (rows, 2); losses: at the points themselves, (rows,).
        away: their distances from the plane, as shares of the largest one of all routes, (rows,).
    """

    places: Points
    losses: Array
    away: Array


@dataclass(frozen=True)
class Route:
    """One run on the map.

    Args:
        run_here: the run, which is computed when it is drawn; None for a training recorded elsewhere.
        name: shown in the legend; detail: the text after the name, such as the learning rate.
        slot: the number of its colour, dash and marker; by default its index among the routes.
        made: for a run projected onto a plane: the coordinates of its rows there, (2, rows), and the end of the run.
        dots: its points, if each is drawn as a dot.
    """

    run_here: Run | None
    name: str
    detail: str = ""
    slot: int | None = None
    made: tuple[Points, End] | None = None
    dots: Dots | None = None

    @property
    def run(self) -> Run:
        """The run. Raises: ValueError, if it was recorded elsewhere."""
        if self.run_here is None:
            raise ValueError(f"{self.name} was made elsewhere: there is no run to make here")
        return self.run_here

    @property
    def whole_name(self) -> str:
        """The name with the detail."""
        return f"{self.name} {self.detail}".rstrip()

    def slot_at(self, index: int) -> int:
        """Its slot. Args: index: of this route among the routes."""
        return (index if self.slot is None else self.slot) % SLOTS


@dataclass(frozen=True, eq=False)
class MapOfStarts:
    """The end of a run from each start of a grid.

    Args:
        x, y: the coordinates of the starts; y is None for a problem with one parameter.
        end: the index of the minimum, or `ELSEWHERE` or `DIVERGED`, (rows, columns); with one parameter, one row.
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
        problem: of one or two parameters.
        title: its name; formula: the loss as a text; one of the two may be empty.
        routes: the runs; the first is drawn lowest.
        window: (low, high) of each parameter; by default the domain of the problem.
        step: the row of the playhead; paths are drawn thin from there on. By default the end.
        paths: if False, the paths are not drawn; the legend names the runs, and their start is marked.
        minima: whether known minima are marked.
        note: a text below the map.
        ends: if given, the ground shows the ends of these starts instead of the loss.
        layer: for films: `still`, the picture without the runs; or `moving`, only the paths up to the step, without a
            background.
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
        """The start of the runs; without runs, that of the problem."""
        return self.routes[0].run.start if self.routes and not self.routes[0].made else self.problem.start


@dataclass(frozen=True)
class Canvas:
    """The size, the colours and the size of type of a picture.

    Args:
        width, height: in pixels of 1/96 inch; if the height is None, it follows from the proportions of the map.
        theme: its colours.
        unit: the unit of its size in the SVG, such as "mm"; empty for pixels.
        font_size: of the numbers of axes, in pixels of 1/96 inch; by default it follows from the width.
    """

    width: float = 800
    height: float | None = None
    theme: ThemeName = "day"
    unit: str = ""
    font_size: float | None = None

    @property
    def least(self) -> Pair:
        """The least width and height, in pixels, in which type of `font_size` has room; 0 without a `font_size`."""
        scale = self.font_size / AXIS_NUMBER if self.font_size else 0.0
        return LEAST_ROOM[0] * scale, LEAST_ROOM[1] * scale


@dataclass(frozen=True)
class Head:
    """The positions of the parts above the map, in pixels from the top.

    Args:
        title, formula: their baselines; None if they are not shown. size: of the type of the title.
        bar: the box of the scale of tints; caption: the baseline of the caption; legend: the top of its first row.
        room: the width that title and formula may take, in pixels.
    """

    title: float | None
    formula: float | None
    size: float
    bar: Box
    caption: float
    legend: float
    room: float


@dataclass(frozen=True)
class Layout:
    """The layout of one picture.

    Args:
        width, height: of the layout, in pixels; scale: the size of the picture is that of the layout times this.
        box: of the map or the curve.
        head: the positions above it; None in a thumbnail.
        legend: the positions of the routes' entries, as (left, row); further routes have no entry, for lack of room.
        note: the lines below the map; has_text: whether the picture has words, which a thumbnail has not.
        narrow: whether there is room for few words: then marks on the map have only names, and paths no ticks.
        unit: the unit of the size in the SVG.
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
        """A shape in a style over its casing, which extends around it.

        Args:
            shape: SVG without a style; style: its attributes.
            wide: the width of the casing's stroke; inside: the fill of the casing, by default its colour.
        """
        casing = self.theme.casing
        under = tag("g", shape, fill=inside or casing, stroke=casing, stroke_width=wide)
        return under + tag("g", shape, **style)

    def haloed(self, words: str) -> str:
        """Words on the map with a halo, so that they are legible on any tint."""
        colour, opacity = self.theme.halo
        return haloed(words, stroke=colour, stroke_opacity=opacity, stroke_width=3.5, stroke_linejoin="round")


def layout_of(scene: Scene, canvas: Canvas) -> Layout:
    """The layout of a scene on a canvas."""
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
        # A map of starts shows nothing beyond the starts, so it may be higher.
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
        head = replace(head, caption=top - 12)
    entries = tuple(place for place in legend if place[1] < rows)
    return Layout(width, height, scale, theme, box, head, entries, note, narrow=narrow, unit=canvas.unit)


def _head(scene: Scene, left: float, across: float) -> Head:
    """The usual head: title and formula on the left, the scale of the tints beside them."""
    wide = min(SCALE_WIDEST, SCALE_SHARE * across)
    bar = Box(left + across - wide, 16, wide, BAR)
    formula = 52.0 if scene.title and scene.formula else None
    return Head(32.0, formula, 22.0, bar, 58.0, 64.0, across * (1 - SCALE_SHARE) - 20)


def _stacked_head(scene: Scene, left: float, across: float) -> Head:
    """The head of a narrow picture: title, formula and the scale of the tints below each other; the caption is moved to
    the map later.
    """
    below, title, formula = 4.0, None, None
    if scene.title or scene.formula:
        title, below = below + 18, below + 24
    if scene.title and scene.formula:
        formula, below = below + 14, below + 20
    bar = Box(left + SCALE_NAME, below + 6, min(SCALE_WIDEST, across - SCALE_NAME - 10), BAR)
    below += 0 if scene.ends else 6 + BAR + SCALE_NUMBERS
    return Head(title, formula, 16.0, bar, 0.0, below, across / WIDER_SIGNS)


def flow_of(routes: Sequence[Route], width: float) -> list[tuple[float, int]]:
    """The position of each entry of the legend, as (pixels from the left, row from 0); rows are wrapped like words."""
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
