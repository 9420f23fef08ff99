"""A phase: the steps of a run from one change of its optimizer to the next."""

from __future__ import annotations

from dataclasses import dataclass, replace

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
        began: the row at which this optimizer itself began, with fresh states: `t` in its rule and in its schedule is
            the step's number less `began`. Where only values were changed it is that of the phase before.
        method: what steps; None for the rule of `setup`. The rate, batches and noise are those of `setup` with any.
    """

    after: int
    setup: Setup
    began: int
    method: Method = None  # type: ignore[assignment]

    def __post_init__(self) -> None:
        if self.method is None or self.has_rule:
            object.__setattr__(self, "method", RuleMethod(self.setup))

    @property
    def has_rule(self) -> bool:
        """Whether it steps by the rule of `setup`."""
        return isinstance(self.method, RuleMethod)

    @property
    def rule(self) -> Rule:
        """The lines by which it steps, for what is made from them. Raises: MethodError, it has none."""
        if self.has_rule:
            return self.setup.rule
        raise MethodError(f"{type(self.method).__name__} has no lines of a rule, of which this is made")

    @property
    def restarts(self) -> bool:
        """Whether it begins with fresh states, as the first optimizer does and every other one."""
        return self.began == self.after

    def cost(self, objective: Objective, lanes: int = 1) -> float:
        """Operations of a step on arrays."""
        return objective.cost(lanes) + array_operations(self.method.operations, len(objective.parameters) * lanes)

    def of_lanes(self, kept: Lanes) -> Phase:
        """The same for some of its lanes. Raises: MethodError, its method steps one point alone."""
        return replace(self, setup=self.setup.of_lanes(kept), method=self.method.of_lanes(kept))

    def enter(self, objective: Objective, row: Row) -> Row:
        """The row from which it goes on, on arrays: states are fresh where it restarts, else they are kept by name."""
        w = np.asarray(row.parameters, dtype=float)
        states = dict(self.method.init(w))
        if not self.restarts:
            states |= {name: np.asarray(state) for name, state in row.states.items() if name in states}
        gradient = row.gradient
        if gradient is None:
            with np.errstate(all="ignore"):
                gradient = objective.value_and_gradient(w)[1]
        return replace(row, parameters=w, gradient=np.asarray(gradient), states=states, small_steps=0)
