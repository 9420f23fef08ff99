"""Scenes to draw, and a look into what was drawn."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator, Sequence
from typing import Any
from xml.etree import ElementTree

import numpy as np

from fallline.descent import RuleMethod, Run, Setup, Stop
from fallline.drawing import Canvas, MapOfStarts, Route, Scene, picture
from fallline.formulas import parse_rule
from fallline.in_parts import InParts
from fallline.problems import Problem, dataset_problem, expression_problem, surface_problem

SVG = "{http://www.w3.org/2000/svg}"
DESCENT = RuleMethod(parse_rule("w = w - lr*g"))


def done(work: InParts[Any]) -> tuple[Any, int]:
    """What a piece of work returns, and how often it paused."""
    pauses = 0
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value, pauses
        pauses += 1


def run(problem: Problem, rate: float, start: tuple[float, ...] | None = None, steps: int = 100, **stop: float) -> Run:
    """Gradient descent."""
    return Run(problem, Setup(DESCENT, rate), start, Stop(max_steps=steps, **stop))


def scene(problem: Problem, *rates: float, name: str = "Descent", title: str = "Ground", **more: object) -> Scene:
    """Gradient descent at some rates, each named with its number."""
    wanted = {key: more.pop(key) for key in ("start", "steps", "min_step_size") if key in more}
    routes = tuple(Route(run(problem, rate, **wanted), f"{name} {k}", str(rate)) for k, rate in enumerate(rates))
    return Scene(problem, title, routes=routes, **more)


ENDS = MapOfStarts(
    np.array([-4.0, -2, 0, 2, 4]), np.array([-3.0, 0, 3]),
    np.array([[0, 1, 1, 2, 3], [4, 1, -1, -2, -2], [0, 0, 0, 3, -2]]),
    np.array([[3.0, 2, 0], [-2.8, 3.1, 0], [-3.8, -3.3, 0], [3.6, -1.8, 0], [60, 0, 7]]),
)  # fmt: skip
"""Five by three starts: in four minima in sight, a fifth off the map, none, and diverged."""


def samples() -> dict[str, Scene]:
    """One of each kind of picture."""
    ravine, parabola = surface_problem("ravine"), expression_problem("x**2")
    fit = dataset_problem("house_prices", "ssr")
    return {
        "map alone": Scene(surface_problem("himmelblau"), "Himmelblau", "(x**2 + y - 11)**2"),
        "valley": scene(surface_problem("rosenbrock"), 0.001, 0.002, start=(-1.2, 1.0), steps=400),
        "stops": scene(ravine, 0.015, 0.001, start=(-4.0, 1.0), steps=700, min_step_size=1e-3),
        "leaves": scene(ravine, 0.022, 0.01, start=(-4.0, 1.0)),
        "busy": scene(surface_problem("rastrigin"), 0.002),
        "curve": scene(parabola, 0.05, 0.3, 1.0, 1.05, start=(-1.5,), steps=30, window=((-3, 3),)),
        "unequal axes": scene(fit, 1e-5, steps=20),
        "unsurveyed": scene(expression_problem("sqrt(4 - x**2 - y**2)"), 0.05, start=(0.5, 0.5), steps=9),
        "no ground": Scene(expression_problem("sqrt(-1 - x**2 - y**2)"), "Nothing"),
        "flat": Scene(expression_problem("0*x + 0*y + 1"), "Flat"),
        "window": scene(ravine, 0.01, window=((-0.1, 0.1), (-0.1, 0.1))),
        "ends": Scene(surface_problem("himmelblau"), "Ends", ends=ENDS),
        "ends on a curve": Scene(
            parabola,
            "Ends",
            window=((-1, 1),),
            ends=MapOfStarts(np.array([-1.0, 0, 1]), None, np.array([[0, 0, -2]]), np.zeros((1, 2))),
        ),
        "seventeen": scene(ravine, *(0.001 * k for k in range(1, 18)), steps=40),
    }


def drawn(shown: Scene, width: int = 800, **form: object) -> ElementTree.Element:
    """The picture, parsed: so it is well-formed."""
    return ElementTree.fromstring(picture(shown, Canvas(width, **form)))


def texts(root: ElementTree.Element) -> list[str]:
    """Every line of text, in order."""
    return ["".join(each.itertext()) for each in root.iter(f"{SVG}text")]


def elements(root: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    """Every element of a name."""
    return list(root.iter(SVG + name))


def corners(d: str) -> Iterator[tuple[float, float]]:
    """The vertices of path data of M, l, h, L and z, as the lines of a picture have it."""
    x = y = 0.0
    for command, rest in re.findall(r"([Mlhz])([^Mlhz]*)", d):
        values = [float(value) for value in re.findall(r"-?[\d.]+", rest)]
        if command == "h":
            values.append(0.0)
        for dx, dy in zip(values[::2], values[1::2], strict=True):
            x, y = (dx, dy) if command == "M" else (x + dx, y + dy)
            yield x, y


def away(point: tuple[float, float], line: Sequence[tuple[float, float]]) -> float:
    """How far a point is from a line of several segments."""
    best = math.inf
    for (x0, y0), (x1, y1) in itertools.pairwise(line):
        dx, dy = x1 - x0, y1 - y0
        square = dx * dx + dy * dy
        share = min(1, max(0, ((point[0] - x0) * dx + (point[1] - y0) * dy) / square)) if square else 0
        best = min(best, math.hypot(point[0] - x0 - share * dx, point[1] - y0 - share * dy))
    return best
