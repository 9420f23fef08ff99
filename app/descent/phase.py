"""A phase: the steps of a run from one change of its optimizer to the next."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from app.descent.method import Lanes, Method, MethodError, RuleMethod
from app.descent.rows import Row
from app.descent.setup import Setup
from app.formulas.cost import array_operations
from app.formulas.language import Rule
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

    @cached_property
    def method(self) -> Method | RuleMethod:
        """What steps: the rule, unless the setup has another method."""
        return self.setup.method or RuleMethod(self.setup)

    @property
    def rule(self) -> Rule:
        """The lines by which it steps, for what is made from them. Raises: MethodError, it has none."""
        if self.setup.method is None:
            return self.setup.rule
        raise MethodError(f"{type(self.method).__name__} has no lines of a rule, of which this is made")

    def cost(self, objective: Objective, lanes: int = 1) -> float:
        """Operations of a step on arrays."""
        return objective.cost(lanes) + array_operations(self.method.operations, len(objective.parameters) * lanes)

    def of_lanes(self, kept: Lanes) -> Phase:
        """The phase of some of its lanes. Raises: MethodError, its method steps one point alone."""
        return replace(self, setup=self.setup.of_lanes(kept))

    def enter(self, objective: Objective, row: Row) -> Row:
        """The row from which it goes on, on arrays: states are fresh where it restarts, else they are kept by name."""
        w = np.asarray(row.parameters, dtype=float)
        gradient = row.gradient
        with np.errstate(all="ignore"):
            states = dict(self.method.init(w))
            if gradient is None:
                gradient = objective.value_and_gradient(w)[1]
        if not self.restarts:
            states |= {name: np.asarray(state) for name, state in row.states.items() if name in states}
        return replace(row, parameters=w, gradient=np.asarray(gradient), states=states, small_steps=0)
