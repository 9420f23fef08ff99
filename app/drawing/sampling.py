"""The loss sampled on a grid."""

from __future__ import annotations

import math
from collections.abc import Generator, Sequence
from dataclasses import dataclass

import numpy as np

from app.drawing.axes import Axes
from app.problems.objective import Objective
from app.problems.problem import Problem
from app.types import Array

MOST_OPERATIONS = 10_000_000
"""Of all the samples of a map: some tens of milliseconds of NumPy. A loss that costs more is sampled more coarsely."""

OPERATIONS_A_PIECE = 500_000
"""A millisecond or two of NumPy: the event loop of the server is to get its turn in under ten."""

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


def sampled(problem: Problem, axes: Axes, apart: float) -> Generator[str, None, Samples]:
    """Sample what is in sight, about every `apart` pixels; yields as `losses` does."""
    box = axes.box
    most = max(COARSEST, math.sqrt(MOST_OPERATIONS / _operations(problem.objective)))
    columns, rows = (max(2, math.ceil(min(side / apart, most))) for side in (box.width, box.height))
    x: Array = box.left + box.width / columns * np.arange(-1.0, columns + 2)
    y: Array = box.top + box.height / rows * np.arange(-1.0, rows + 2)
    return Samples(x, y, (yield from losses(problem.objective, axes.values(x, y))))


def losses(objective: Objective, axes: Sequence[Array]) -> Generator[str, None, Array]:
    """The loss at every x, or at every x of every row y; nan where it is not a finite number.

    Yields an empty text after every few rows, so that others can work.
    """
    *across, last = axes
    operations = _operations(objective) * math.prod(axis.size for axis in axes)
    found = []
    for rows in np.array_split(last, min(last.size, math.ceil(operations / OPERATIONS_A_PIECE))):
        grid = np.meshgrid(*across, rows, sparse=True)
        with np.errstate(all="ignore"):
            found.append(np.broadcast_to(objective.value(grid), np.broadcast_shapes(*map(np.shape, grid))))
        yield ""
    loss = np.concatenate(found)
    return np.where(np.isfinite(loss), loss, np.nan)


def _operations(objective: Objective) -> float:
    """How many operations of NumPy one sample takes, about."""
    return objective.cost if objective.n_points is None else 8 * objective.n_points
