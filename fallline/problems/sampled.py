"""A loss that is known only at the points of a grid, and is interpolated linearly between them."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from fallline.formulas.cost import array_cost
from fallline.problems.objective import Objective
from fallline.types import Array

_OPERATIONS = 24
BEYOND_THE_EDGE = 0.02
"""Up to this share of a side beyond the grid, the loss is that at its edge: drawing a map samples slightly outside."""


@dataclass(frozen=True, eq=False)
class Sampled(Objective):
    """A loss interpolated bilinearly between the points of a grid; nan outside the grid.

    Args:
        parameters: the names of the two axes; x, y: the values along them, evenly spaced and ascending.
        loss: (ny, nx).
    """

    parameters: tuple[str, ...]
    x: Array
    y: Array
    loss: Array

    def cost(self, lanes: int = 1) -> float:
        return array_cost(_OPERATIONS, lanes)

    def value(self, w: Any) -> Any:
        (j, i), (v, u) = self._place(w)
        loss = self.loss
        low = (1 - u) * loss[j, i] + u * loss[j, i + 1]
        high = (1 - u) * loss[j + 1, i] + u * loss[j + 1, i + 1]
        return (1 - v) * low + v * high

    def value_and_gradient(self, w: Any) -> tuple[Any, Any]:
        (j, i), (v, u) = self._place(w)
        loss, across, up = self.loss, self.x[1] - self.x[0], self.y[1] - self.y[0]
        right = (1 - v) * (loss[j, i + 1] - loss[j, i]) + v * (loss[j + 1, i + 1] - loss[j + 1, i])
        above = (1 - u) * (loss[j + 1, i] - loss[j, i]) + u * (loss[j + 1, i + 1] - loss[j, i + 1])
        return self.value(w), np.array(np.broadcast_arrays(right / across, above / up))

    def _place(self, w: Any) -> tuple[Any, Any]:
        """For each point the indices of its cell, and its position in the cell from 0 to 1, nan outside the grid."""
        cells, shares = [], []
        for at, axis in zip(w[::-1], (self.y, self.x), strict=True):
            last = len(axis) - 1
            place = (np.asarray(at, dtype=float) - axis[0]) / (axis[-1] - axis[0])
            inside = (place >= -BEYOND_THE_EDGE) & (place <= 1 + BEYOND_THE_EDGE)
            place = np.where(inside, np.clip(place, 0.0, 1.0), np.nan) * last
            cell = np.clip(np.nan_to_num(np.floor(place)), 0, last - 1).astype(int)
            cells.append(cell)
            shares.append(place - cell)
        return (np.broadcast_arrays(*cells)), tuple(shares)
