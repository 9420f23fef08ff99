"""The loss sampled on a grid."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from fallline.drawing.axes import Axes
from fallline.in_parts import InParts
from fallline.problems.grid import operations_a_place, rows_on_grid
from fallline.problems.objective import Objective
from fallline.types import Array

MOST_OPERATIONS = 1_250_000
"""Of all the samples of a map: about nine milliseconds. A loss that costs more is sampled more coarsely."""
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


def sampled(objective: Objective, axes: Axes, apart: float) -> InParts[Samples]:
    """Return samples of what is in sight, about every `apart` pixels."""
    box = axes.box
    most = max(COARSEST, math.sqrt(MOST_OPERATIONS / operations_a_place(objective)))
    columns, rows = (max(2, math.ceil(min(side / apart, most))) for side in (box.width, box.height))
    x: Array = box.left + box.width / columns * np.arange(-1.0, columns + 2)
    y: Array = box.top + box.height / rows * np.arange(-1.0, rows + 2)
    return Samples(x, y, (yield from losses(objective, axes.values(x, y))))


def losses(objective: Objective, axes: Sequence[Array]) -> InParts[Array]:
    """Return the loss on a grid, (nx,) or (ny, nx); nan where it is not a finite number.

    Args: axes: the values of x; or of x and of y.
    """
    parts = []
    for rows in rows_on_grid(objective.value, axes, operations_a_place(objective)):
        parts.append(rows)
        yield
    loss = np.concatenate(parts)
    return np.where(np.isfinite(loss), loss, np.nan)
