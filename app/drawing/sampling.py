"""The loss sampled on a grid, a few rows at a time."""

from __future__ import annotations

import math
from collections.abc import Generator
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from app.drawing.axes import Axes
from app.problems.objective import Objective
from app.problems.problem import Problem

Array = NDArray[np.float64]
T = TypeVar("T")
Work = Generator[str, None, T]
"""A computation that pauses every millisecond or two, so that it can share a processor, by yielding an empty text."""

OPERATIONS_A_BLOCK = 2_000_000
"""About a millisecond or two of NumPy."""

MOST_OPERATIONS = 40_000_000
"""Of all the samples of a picture; a loss that costs more is sampled more coarsely."""

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


def sampled(problem: Problem, axes: Axes, apart: float) -> Work[Samples]:
    """Sample what is in sight, about every `apart` pixels."""
    box = axes.box
    most = max(COARSEST, math.sqrt(MOST_OPERATIONS / _operations(problem.objective)))
    columns, rows = (max(2, math.ceil(min(side / apart, most))) for side in (box.width, box.height))
    x: Array = box.left + box.width / columns * np.arange(-1.0, columns + 2)
    y: Array = box.top + box.height / rows * np.arange(-1.0, rows + 2)
    loss = yield from losses(problem.objective, *axes.values(x, y))
    return Samples(x, y, loss)


def losses(objective: Objective, x: Array, y: Array | None = None) -> Work[Array]:
    """The loss at every x, or at every x of every row y; nan where it is not a finite number."""
    if y is None:
        return _finite(np.broadcast_to(objective.value([x]), x.shape))
    loss = np.empty((y.size, x.size))
    rows = max(1, int(OPERATIONS_A_BLOCK / (_operations(objective) * x.size)))
    for first in range(0, y.size, rows):
        block = y[first : first + rows, None]
        loss[first : first + rows] = objective.value([x[None, :], block])
        yield ""
    return _finite(loss)


def _finite(loss: Array) -> Array:
    return np.where(np.isfinite(loss), loss, np.nan)


def _operations(objective: Objective) -> float:
    return objective.cost if objective.points is None else 8 * objective.points
