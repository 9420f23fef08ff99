"""How often a run has evaluated its objective."""

from collections.abc import Callable, Set
from typing import Any, get_args

import numpy as np
from numpy.typing import NDArray

from fallline.optimizers.method import Evaluated, MethodError
from fallline.problems.objective import Objective
from fallline.types import Array

EVALUATED: tuple[Evaluated, ...] = get_args(Evaluated)
Counts = NDArray[np.int64]
"""How often each of EVALUATED was evaluated, shape (3,), or (3, rows)."""
NONE_YET: Counts = np.zeros(len(EVALUATED), dtype=np.int64)


def once_each(what: Set[Evaluated]) -> Counts:
    """The counts of one evaluation of each of these."""
    return np.array([name in what for name in EVALUATED], dtype=np.int64)


class CountedObjective:
    """Evaluates an objective for one step and counts how often, all lanes together as once.

    What is known of a point is not evaluated again, and does not count again.

    Attributes: counts: what was evaluated so far.
    """

    def __init__(self, objective: Objective) -> None:
        self.objective, self.counts = objective, NONE_YET.copy()
        self._known: dict[tuple[Evaluated, bytes], Any] = {}

    def know(self, what: Evaluated, w: Array, value: Any) -> None:
        """Take what is known of a point."""
        self._known[what, w.tobytes()] = value

    def known(self, w: Array) -> dict[Evaluated, Any]:
        """What is known of a point, by name."""
        at = w.tobytes()
        return {what: self._known[what, at] for what in EVALUATED if (what, at) in self._known}

    def loss_and_gradient(self, w: Array) -> tuple[Any, Any]:
        """Both as a run shows them of a point, which does not count."""
        known = self.known(w)
        both = {"loss", "gradient"} <= known.keys()
        return (known["loss"], known["gradient"]) if both else self.objective.value_and_gradient(w)

    def loss(self, w: Array) -> Any:
        return self._asked("loss", w, self.objective.value)

    def gradient(self, w: Array) -> Array:
        gradient: Array = self._asked("gradient", w, lambda at: self.objective.value_and_gradient(at)[1])
        return gradient

    def hessian(self, w: Array) -> Array:
        second_derivatives = getattr(self.objective, "hessian", None)
        if second_derivatives is None:
            raise MethodError("there are no formulas for the second derivatives of this loss")
        hessian: Array = self._asked("hessian", w, second_derivatives)
        return hessian

    def _asked(self, what: Evaluated, w: Array, evaluate: Callable[[Array], Any]) -> Any:
        key = what, w.tobytes()
        if key not in self._known:
            self._known[key] = evaluate(w)
            self.counts += once_each({what})
        return self._known[key]
