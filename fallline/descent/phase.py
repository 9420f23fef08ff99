"""A phase: the steps of a run from one change of its optimizer to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from fallline.descent.rows import Row
from fallline.descent.setup import Setup
from fallline.problems.objective import Objective


@dataclass(frozen=True)
class Phase:
    """The steps of a run from one change of its optimizer to the next.

    Args:
        from_row: the row from which its first step sets off; 0 for the first phase.
        setup: the optimizer with its values.
        restarts: whether it begins with fresh states, and `t` in its rule and its schedule with 1 again, as the first
            optimizer does and every other one; False where only values were changed.
    """

    from_row: int
    setup: Setup
    restarts: bool = True

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


def enter_any(phases: Sequence[Phase], objective: Objective, row: Row) -> Row:
    """The row from which to go on, where a phase begins after it or none does."""
    for phase in phases:
        if phase.from_row == row.t:
            row = phase.enter(objective, row)
    return row


def phase_from(phases: Sequence[Phase], t: int) -> Phase:
    """The phase in force in the step that sets off from row `t`."""
    return next(phase for phase in reversed(phases) if phase.from_row <= t)


def steps_left(phases: Sequence[Phase], t: int, max_steps: int) -> int:
    """The steps from row `t` to the end of the run, or until another phase begins."""
    return min([max_steps, *(phase.from_row for phase in phases if phase.from_row > t)]) - t
