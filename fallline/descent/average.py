"""The mean of the rows of a run from a given one on, and its loss (Polyak-Ruppert averaging), block by block."""

from collections.abc import Sequence
from math import isfinite

import numpy as np

from fallline.descent.rows import Block
from fallline.problems.objective import Objective


class RunningAverage:
    """The mean of each parameter over the rows from `first` to each later one, and the loss there.

    w_bar_t = (w_first + ... + w_t) / (t - first + 1).

    Source: Polyak and Juditsky 1992, Acceleration of stochastic approximation by averaging.
    """

    def __init__(self, objective: Objective, first: int, fields: Sequence[str]) -> None:
        """Args: fields: the columns to keep, of `parameters` and `loss`."""
        self._objective, self._first, self._count = objective, first, 0
        self._sums = np.zeros(len(objective.parameters))
        names = (*(objective.parameters if "parameters" in fields else ()), *(["loss"] if "loss" in fields else ()))
        self._columns: dict[str, list[float | None]] = {name: [] for name in names}

    def add(self, block: Block) -> None:
        """Add the rows of the next block."""
        before = min(max(self._first - block.first, 0), len(block))
        sums = np.cumsum(np.column_stack((self._sums, block.parameters[:, before:])), axis=1)
        counts = self._count + np.arange(1, sums.shape[1])
        self._sums, self._count = sums[:, -1], self._count + len(counts)
        means = sums[:, 1:] / counts
        with np.errstate(all="ignore"):
            losses = np.broadcast_to(self._objective.value(means), counts.shape)
        values = dict(zip((*self._objective.parameters, "loss"), (*means, losses), strict=True))
        for name, column in self._columns.items():
            column += [None] * before
            column += [value if isfinite(value) else None for value in values[name].tolist()]

    def columns(self) -> dict[str, list[float | None]]:
        """The averages at all rows so far, None before the first: each parameter, and the loss there."""
        return self._columns
