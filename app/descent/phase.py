"""A phase: the steps of a run from one change of its optimizer to the next."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from app.descent.method import Lanes
from app.descent.rows import Row
from app.descent.setup import Setup
from app.formulas.cost import array_operations
from app.problems.objective import Objective


@dataclass(frozen=True)
class Phase:
    """The steps of a run from one change of its optimizer to the next.

    Args:
        after: the row after which it begins: its first step is `after` + 1; 0 for the first phase.
        setup: the optimizer with its values.
        restarts: whether it begins with fresh states, and `t` in its rule and its schedule with 1 again, as the first
            optimizer does and every other one; False where only values were changed.
    """

    after: int
    setup: Setup
    restarts: bool = True

    def cost(self, objective: Objective, lanes: int = 1) -> float:
        """Operations of a step on arrays."""
        return objective.cost(lanes) + array_operations(self.setup.method.operations, len(objective.parameters) * lanes)

    def of_lanes(self, kept: Lanes) -> Phase:
        """The phase of some of its lanes. Raises: MethodError, its method steps one point alone."""
        return replace(self, setup=self.setup.of_lanes(kept))

    def enter(self, objective: Objective, row: Row) -> Row:
        """The row from which it goes on, on arrays: states are fresh where it restarts, else they are kept by name."""
        w = np.asarray(row.parameters, dtype=float)
        gradient = row.gradient
        with np.errstate(all="ignore"):
            states = dict(self.setup.method.init(w, self.setup.learning_rate))
            if gradient is None:
                gradient = objective.value_and_gradient(w)[1]
        if not self.restarts:
            states |= {name: np.asarray(state) for name, state in row.states.items() if name in states}
        return replace(row, parameters=w, gradient=np.asarray(gradient), states=states, small_steps=0)
