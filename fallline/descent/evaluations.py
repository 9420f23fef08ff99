"""Counts how often a run has evaluated its objective."""

from collections.abc import Callable, Set
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from fallline.optimizers.method import Evaluated
from fallline.problems.objective import Objective
from fallline.types import Array

EVALUATED: tuple[Evaluated, ...] = get_args(Evaluated)
Counts = NDArray[np.int64]
"""How often each of EVALUATED was evaluated, shape (3,), or (3, rows)."""
NONE_YET: Counts = np.zeros(len(EVALUATED), dtype=np.int64)


def once_each(what: Set[Evaluated]) -> Counts:
    """Return the counts after one evaluation of each of these quantities."""
    return np.array([name in what for name in EVALUATED], dtype=np.int64)


class CountedObjective:
    """Evaluates an objective for one step and counts how often, all lanes together as one evaluation.

    A value that is known at a point is not evaluated, and not counted, again.

    Attributes: counts: the evaluations so far.
    """

    def __init__(self, objective: Objective) -> None:
        self.objective, self.counts = objective, NONE_YET.copy()
        self._known: dict[tuple[Evaluated, bytes], Any] = {}

    def know(self, what: Evaluated, w: Array, value: Any) -> None:
        """Remember a value at a point, so that it is neither evaluated nor counted there."""
        self._known[what, w.tobytes()] = value

    def known(self, w: Array) -> dict[Evaluated, Any]:
        """Return the values known at a point, by name."""
        at = w.tobytes()
        return {what: self._known[what, at] for what in EVALUATED if (what, at) in self._known}

    def loss_and_gradient(self, w: Array) -> tuple[Any, Any]:
        """Return loss and gradient at a point for display, without counting."""
        cached = self.known(w)
        both = {"loss", "gradient"} <= cached.keys()
        return (cached["loss"], cached["gradient"]) if both else self.objective.value_and_gradient(w)

    def loss(self, w: Array) -> Any:
        return self._asked("loss", w, self.objective.value)

    def gradient(self, w: Array) -> Array:
        gradient: Array = self._asked("gradient", w, lambda at: self.objective.value_and_gradient(at)[1])
        return gradient

    def hessian(self, w: Array) -> Array:
        hessian: Array = self._asked("hessian", w, self.objective.hessian)
        return hessian

    def _asked(self, what: Evaluated, w: Array, evaluate: Callable[[Array], Any]) -> Any:
        key = what, w.tobytes()
        if key not in self._known:
            self._known[key] = evaluate(w)
            self.counts += once_each({what})
        return self._known[key]
