"""The loss sampled on a grid."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.drawing.axes import Axes
from app.problems.objective import Objective
from app.problems.problem import Problem
from app.types import Array

MOST_OPERATIONS = 10_000_000
"""Of all the samples of a map, some milliseconds of NumPy; a loss that costs more is sampled more coarsely."""

COARSEST = 48
"""Samples a side at the least."""


@dataclass(frozen=True, eq=False)
class Samples:
    """Losses on a grid that reaches one sample beyond the frame.

    Args:
        x, y: where the samples lie, in pixels, y downwards.
        loss: `loss[j][i]` at `y[j]`, `x[i]`; what is not finite is nan.
    """

    x: Array
    y: Array
    loss: Array

    @property
    def complete(self) -> bool:
        """Whether the loss is finite everywhere."""
        return bool(np.isfinite(self.loss).all())

    def every(self, count: int) -> Samples:
        """One sample in so many, both ways."""
        return Samples(self.x[::count], self.y[::count], self.loss[::count, ::count])


def sampled(problem: Problem, axes: Axes, apart: float) -> Samples:
    """Sample what is in sight, about every `apart` pixels."""
    box, objective = axes.box, problem.objective
    operations = objective.cost if objective.points is None else 8 * objective.points
    most = max(COARSEST, math.sqrt(MOST_OPERATIONS / operations))
    columns, rows = (max(2, math.ceil(min(side / apart, most))) for side in (box.width, box.height))
    x: Array = box.left + box.width / columns * np.arange(-1.0, columns + 2)
    y: Array = box.top + box.height / rows * np.arange(-1.0, rows + 2)
    return Samples(x, y, losses(objective, axes.values(x, y)))


def losses(objective: Objective, axes: Sequence[Array]) -> Array:
    """The loss at every x, or at every x of every row y; nan where it is not a finite number."""
    grid = np.meshgrid(*axes, sparse=True)
    with np.errstate(all="ignore"):
        loss = np.broadcast_to(objective.value(grid), [axis.size for axis in reversed(axes)])
    return np.where(np.isfinite(loss), loss, np.nan)
