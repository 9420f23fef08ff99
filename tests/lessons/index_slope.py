"""Writes the slope of the lessons' index: a loss with the path of gradient descent down it, a station for each lesson.

`python -m tests.lessons.index_slope` writes templates/lessons_slope.html, static/lessons-day.svg and -night.svg; it is
to be run once a lesson has come or gone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import get_args

import numpy as np

from app.course.lessons import lessons
from app.pages.folders import ROOT
from fallline.descent import Run, Setup, Stop
from fallline.drawing.axes import Axes, ScaledAxis
from fallline.drawing.contours import draw_map
from fallline.drawing.geometry import Box
from fallline.drawing.labels import Occupancy
from fallline.drawing.layout import Layout, ThemeName
from fallline.drawing.levels import scale_of
from fallline.drawing.svg import document, rect, tag
from fallline.drawing.theme import THEMES
from fallline.in_parts import whole
from fallline.problems.problem import Problem, expression_problem

WIDTH = 580
HEAD, PART, ROW, FOOT = 116, 52, 76, 76
"""Heights on the page, in pixels: of its head, of the name of a part, of a lesson, and below the last; the style sheet
lessons-index.css has them too."""
UNIT = 100
"""Pixels a unit of the slope, both ways."""
START = (-1.0, -0.95)
RATE, STEPS = 0.05, 4000


@dataclass(frozen=True)
class Sheet:
    """Where things stand on it, in pixels from its top left.

    Args: start: of the path; path: its corners; stations: of the lessons, in order; edges: between the rows.
    """

    height: int
    start: tuple[float, float]
    path: Sequence[tuple[float, float]]
    stations: Sequence[tuple[float, float]]
    edges: Sequence[int]

    def template(self) -> str:
        """What the template of the index imports."""
        names = {
            "height": self.height,
            "start": self.start,
            "line": "M" + " ".join(f"{x:.1f},{y:.1f}" for x, y in self.path),
            "stations": [(round(x, 2), y) for x, y in self.stations],
            "edges": self.edges,
        }
        return "".join(f"{{%- set {name} = {value!r} %}}\n" for name, value in names.items())


def sheet_of(counts: tuple[int, ...]) -> Sheet:
    """The sheet for parts with so many lessons each, the path computed: f falls along y, in a valley that winds."""
    rows, y = [], HEAD
    for count in counts:
        y += PART
        rows += [y + ROW * index for index in range(count)]
        y += ROW * count
    run = Run(_slope(rows[-1] + ROW / 2), Setup.of("gd", learning_rate=RATE), START, Stop(STEPS, 1e-4)).whole()
    x, down = WIDTH / 2 + UNIT * run.parameters[0], -UNIT * run.parameters[1]
    middles = [row + ROW / 2 for row in rows]
    stations = list(zip(np.interp(middles, down, x).tolist(), middles, strict=True))
    # Its first steps are long and turn; later ones differ by little.
    drawn = np.r_[: min(80, len(x)), 80 : len(x) : 8]
    path = list(zip(x[drawn].tolist(), down[drawn].tolist(), strict=True))
    return Sheet(y + FOOT, (float(x[0]), float(down[0])), [*path, stations[-1]], stations, [*rows, rows[-1] + ROW])


def ground(counts: tuple[int, ...], theme: ThemeName) -> str:
    """The slope as SVG, by day or by night, without the path."""
    sheet = sheet_of(counts)
    problem, box = _slope(sheet.stations[-1][1]), Box(0, 0, WIDTH, sheet.height)
    half = WIDTH / 2 / UNIT
    axes = Axes(
        box, ScaledAxis("x", -half, half, 0, WIDTH, 1), ScaledAxis("y", -sheet.height / UNIT, 0, sheet.height, 0, 1)
    )
    layout = Layout(WIDTH, sheet.height, 1.0, THEMES[theme], box)

    scale = whole(scale_of(problem))
    drawn = whole(draw_map(problem, axes, scale, layout, Occupancy(box)))
    return document(WIDTH, sheet.height, tag("clipPath", rect(box), id="frame"), drawn)


def _slope(bottom: float) -> Problem:
    """The loss over the sheet, with its minimum so many pixels down."""
    low = bottom / UNIT
    across = f"0.6*(x - 0.9*sin(0.55*(y + {low:g})))**2"
    problem = expression_problem(f"{across} + 0.5*sqrt((y + {low:g})**2 + 1)")
    half = WIDTH / 2 / UNIT
    return replace(problem, domain=((-half, half), (-low - FOOT / UNIT, 0.0)))


def counts() -> tuple[int, ...]:
    """How many lessons each part has."""
    return tuple(Counter(lesson.part for lesson in lessons().values()).values())


if __name__ == "__main__":
    (ROOT / "templates/lessons_slope.html").write_text(sheet_of(counts()).template(), "utf-8")
    for theme in get_args(ThemeName):
        (ROOT / f"static/lessons-{theme}.svg").write_text(ground(counts(), theme) + "\n", "utf-8")
