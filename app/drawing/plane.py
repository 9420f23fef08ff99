"""What the two axes of a picture are: the two parameters, or the only parameter and the loss."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from app.descent import Block
from app.drawing.levels import Grid
from app.drawing.look import Look, window_of
from app.drawing.scene import Scene
from app.drawing.survey import Work, losses
from app.drawing.view import Pair, View, fits_one_scale, view_of
from app.problems.problem import Problem

ABOVE, BELOW = 0.06, 0.12
"""Room above and below a curve, as shares of its height."""

FLAT, TINY = 1e-12, 1e-200
"""A curve lower than this, against its distance from 0 or at all, is drawn as a flat one."""


@dataclass(frozen=True)
class Plane:
    """The axes of one picture.

    Args:
        names: of the axes; view: the ground in sight.
        columns: the two columns of a block that the axes show.
        start: where the routes begin; None where that has no place.
        minima: those known, with their loss.
        curve: a problem of one parameter as (x, loss); None for a map.
    """

    names: tuple[str, str]
    view: View
    columns: Callable[[Block], tuple[Sequence[float], Sequence[float]]]
    start: Pair | None
    minima: tuple[tuple[Pair, float], ...]
    curve: tuple[Grid, Grid] | None = None


def plane_of(scene: Scene, look: Look) -> Work[Plane]:
    """The axes of a scene."""
    start = scene.routes[0].run.start if scene.routes else scene.problem.start
    if len(scene.problem.parameters) == 1:
        return (yield from _profile(scene, look, start[0]))
    return _map(scene, look, start)


def _map(scene: Scene, look: Look, start: tuple[float, ...]) -> Plane:
    problem, (across, up) = scene.problem, window_of(scene)
    domain = problem.domain[0], problem.domain[1]
    view = view_of((across, up), look.box, fits_one_scale(domain, look.box))
    x, y = problem.parameters
    minima = tuple((each.at, each.loss) for each in problem.minima)
    return Plane((x, y), view, lambda block: (block.parameters[0], block.parameters[1]), (start[0], start[1]), minima)


def _profile(scene: Scene, look: Look, start: float) -> Work[Plane]:
    ((x0, x1),) = window_of(scene)
    x = np.linspace(x0, x1, int(look.box.width) + 1)
    loss = yield from losses(scene.problem.objective, x)
    view = view_of(((x0, x1), _range(loss)), look.box, equal=False)
    height = _height(scene.problem, start)
    place = (start, height) if math.isfinite(height) else None
    names = (scene.problem.parameters[0], "loss")
    return Plane(names, view, lambda block: (block.parameters[0], block.loss), place, (), (x, loss))


def _height(problem: Problem, x: float) -> float:
    return problem.loss_at((x,))


def _range(loss: Grid) -> Pair:
    seen = loss[np.isfinite(loss)]
    if not seen.size:
        return 0.0, 1.0
    low, high = float(seen.min()), float(seen.max())
    size = max(abs(low), abs(high))
    height = high - low if high - low > max(FLAT * size, TINY) else max(size, 1.0) / 2
    return low - BELOW * height, high + ABOVE * height
