"""How often a run has evaluated its objective."""

from __future__ import annotations

from collections.abc import Set
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from fallline.optimizers.method import Evaluated, MethodError
from fallline.problems.objective import InFormulas, Objective
from fallline.types import Array

EVALUATED: tuple[Evaluated, ...] = get_args(Evaluated)
Counts = NDArray[np.int64]
"""How often each of EVALUATED was evaluated, shape (3,), or (3, rows)."""
NONE_YET: Counts = np.zeros(len(EVALUATED), dtype=np.int64)


def once_each(what: Set[Evaluated]) -> Counts:
    """The counts of one evaluation of each of these."""
    return np.array([name in what for name in EVALUATED], dtype=np.int64)


class Evaluations:
    """Evaluates an objective and counts how often, all lanes together as once. It is what a method's step asks.

    The gradient of the point asked last is kept, and asking for it again does not count.

    Attributes: counts: what was evaluated so far.
    """

    def __init__(self, objective: Objective) -> None:
        self.objective, self.counts = objective, NONE_YET.copy()
        self._last: tuple[Array, Array] | None = None

    def loss(self, w: Array) -> Any:
        self.counts += once_each({"loss"})
        return self.objective.value(w)

    def gradient(self, w: Array) -> Array:
        if self._last is None or not np.array_equal(w, self._last[0]):
            self.counts += once_each({"gradient"})
            self._last = w, self.objective.value_and_gradient(w)[1]
        return self._last[1]

    def hessian(self, w: Array) -> Array:
        if not isinstance(self.objective, InFormulas):
            raise MethodError("there are no formulas for the second derivatives of this loss")
        self.counts += once_each({"hessian"})
        hessian: Array = self.objective.hessians(w).reshape(len(w), *w.shape)
        return hessian
