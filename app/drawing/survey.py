"""The ground sampled for a picture: losses on a grid over what is in sight, a few rows at a time."""

from __future__ import annotations

import math
from collections.abc import Generator
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from app.drawing.levels import Grid, Levels, levels_of
from app.drawing.table import LEVELS
from app.drawing.view import View
from app.problems.objective import Objective
from app.problems.problem import Problem

T = TypeVar("T")
Work = Generator[str, None, T]
"""A piece of work that pauses now and then, so that it can share a processor: it yields text that is ready, or none."""

OPERATIONS_A_BLOCK = 2_000_000
"""About a millisecond or two of NumPy."""

MOST_OPERATIONS = 40_000_000
"""Of all the samples of a picture; a loss that costs more is sampled more coarsely."""

COARSEST = 48
"""Samples a side at the least."""


@dataclass(frozen=True)
class Samples:
    """Losses on a grid that reaches one sample beyond the frame.

    Args:
        x, y: where the samples lie, in pixels, y downwards.
        loss: `loss[j][i]` at `y[j]`, `x[i]`; what is not finite is nan.
    """

    x: Grid
    y: Grid
    loss: Grid

    @property
    def complete(self) -> bool:
        """Whether there is ground everywhere."""
        return bool(np.isfinite(self.loss).all())

    @property
    def coarser(self) -> Samples:
        """Every other sample."""
        return Samples(self.x[::2], self.y[::2], self.loss[::2, ::2])


def sampled(problem: Problem, view: View, apart: float) -> Work[Samples]:
    """Sample what is in sight, about every `apart` pixels."""
    box = view.box
    most = math.sqrt(MOST_OPERATIONS / _operations(problem.objective))
    columns, rows = (_count(side, apart, most) for side in (box.width, box.height))
    x: Grid = box.left + box.width / columns * np.arange(-1.0, columns + 2)
    y: Grid = box.top + box.height / rows * np.arange(-1.0, rows + 2)
    loss = yield from losses(problem.objective, view.x0 + (x - box.left) / view.kx, view.y1 - (y - box.top) / view.ky)
    return Samples(x, y, loss)


def domain_levels(problem: Problem) -> Work[Levels]:
    """The levels of a problem, the same at every size and in every window."""
    axes = [np.linspace(low, high, LEVELS["samples"]) for low, high in problem.domain]
    loss = yield from losses(problem.objective, *axes)
    return levels_of(loss)


def losses(objective: Objective, x: Grid, y: Grid | None = None) -> Work[Grid]:
    """The loss at every x, or at every x of every row y; nan where it is not a finite number."""
    if y is None:
        return _finite(np.broadcast_to(objective.value([x]), x.shape))
    loss = np.empty((y.size, x.size))
    rows = max(1, OPERATIONS_A_BLOCK // (_operations(objective) * x.size))
    for first in range(0, y.size, rows):
        block = y[first : first + rows, None]
        loss[first : first + rows] = objective.value([x[None, :], block])
        yield ""
    return _finite(loss)


def _finite(loss: Grid) -> Grid:
    return np.where(np.isfinite(loss), loss, np.nan)


def _operations(objective: Objective) -> int:
    return objective.cost if objective.points is None else 8 * objective.points


def _count(side: float, apart: float, most: float) -> int:
    return max(2, math.ceil(min(side / apart, max(COARSEST, most))))
