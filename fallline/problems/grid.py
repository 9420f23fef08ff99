"""The loss at every point of a grid, computed a few rows at a time."""

import math
from collections.abc import Iterator, Sequence

import numpy as np

from fallline.formulas.cost import OPERATIONS_BETWEEN_PAUSES
from fallline.problems.objective import Objective
from fallline.types import Array


def axis(low: float, high: float, values: int) -> Array:
    """Evenly spaced values from `low` to `high`, with little rounding: from -3.5 to 3.5 the middle one is exactly 0.

    `numpy.linspace` adds multiples of a rounded step, and the middle one would be 4e-16.
    """
    whole = np.arange(values)
    return (low * whole[::-1] + high * whole) / (values - 1)


def operations_a_place(objective: Objective) -> float:
    """The operations that the loss takes at each further point of a grid."""
    return objective.cost(1) - objective.cost(0)


def rows_on_grid(objective: Objective, axes: Sequence[Array], more: float = 0.0) -> Iterator[Array]:
    """The losses on a grid in pieces of a few rows, each of which takes at most a few milliseconds.

    Args:
        axes: the values of x; or those of x and of y, and then a row has one y.
        more: operations that the caller adds at each point.

    Yields: arrays (nx,) or (rows, nx).
    """
    *across, last = axes
    operations = (operations_a_place(objective) + more) * math.prod(axis.size for axis in axes)
    for rows in np.array_split(last, min(last.size, math.ceil(operations / OPERATIONS_BETWEEN_PAUSES))):
        grid = np.meshgrid(*across, rows, sparse=True)
        with np.errstate(all="ignore"):
            yield np.broadcast_to(objective.value(grid), np.broadcast_shapes(*map(np.shape, grid)))
