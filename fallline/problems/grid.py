"""The loss at every place of a grid, a few rows at a time."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from fallline.formulas.cost import OPERATIONS_BETWEEN_PAUSES
from fallline.problems.objective import Objective
from fallline.types import Array

Losses = Callable[[Sequence[Array]], Any]
"""From arrays that broadcast, one for each axis, to the loss where they cross."""


def axis(low: float, high: float, values: int) -> Array:
    """So many values from low to high, evenly, each rounded as little as can be: of -3.5 to 3.5 the middle one is 0.

    `numpy.linspace` adds multiples of a rounded step, which makes 4e-16 of it.
    """
    whole = np.arange(values)
    return (low * whole[::-1] + high * whole) / (values - 1)


def operations_a_place(objective: Objective) -> float:
    """What the loss costs at one more place, in operations."""
    return objective.cost(1) - objective.cost(0)


def rows_on_grid(losses: Losses, axes: Sequence[Array], operations: float) -> Iterator[Array]:
    """The losses on a grid in pieces of a few rows, of which each takes at most a few milliseconds.

    Args:
        losses: the loss as a function of arrays.
        axes: the values of x, or of x and of y; then a row has one y.
        operations: the cost of one place on the grid.

    Yields: arrays (nx,) or (rows, nx).
    """
    *across, last = axes
    pieces = math.ceil(operations * math.prod(axis.size for axis in axes) / OPERATIONS_BETWEEN_PAUSES)
    for rows in np.array_split(last, min(last.size, pieces)):
        grid = np.meshgrid(*across, rows, sparse=True)
        with np.errstate(all="ignore"):
            values = np.broadcast_to(losses(grid), np.broadcast_shapes(*map(np.shape, grid)))
        yield values
