"""Quantities that a rule computes, as columns beside those of a run: states, intermediates and the effective rate."""

from collections.abc import Mapping, Sequence

import numpy as np

from fallline.descent.effective import effective_rate
from fallline.descent.rows import Block, Phase, Row, phase_from
from fallline.descent.rule_method import RuleMethod, carried_out
from fallline.descent.run import Run
from fallline.formulas.functions import array_function
from fallline.formulas.language import GIVEN
from fallline.formulas.nodes import variable
from fallline.types import Array

ParameterColumns = tuple[list[float | None], ...]
"""A list for each parameter; its entry is None if the optimizer in force has no such quantity."""


class Quantities:
    """The quantities of a run, computed from its blocks.

    A method that is no rule has only its states with one value per parameter.

    Args:
        run: the run whose blocks are added in order, each from `next_block`.

    Attributes:
        states: state -> its value at each row; row 0 is before the first step.
        values: intermediate -> its value in each step.
        rate_formulas: the formulas of the effective rate of the first optimizer that has one.
        effective_rate: its value in each step; None in the steps of an optimizer with another formula.
    """

    def __init__(self, run: Run) -> None:
        parameters = len(run.problem.parameters)
        self._phases = run.phases
        self._of_phase = {
            phase.from_row: _PhaseQuantities(phase)
            for phase in run.phases
            if isinstance(phase.setup.method, RuleMethod)
        }
        self.rate_formulas = next((each.rate_formulas for each in self._of_phase.values() if each.rate_formulas), None)
        self.states = {state: _columns(parameters) for phase in run.phases for state in phase.setup.method.columns()}
        self.values = {text: _columns(parameters) for each in self._of_phase.values() for text in each.intermediates}
        self.effective_rate = _columns(parameters if self.rate_formulas else 0)

    @property
    def width(self) -> int:
        """The approximate number of numbers in a row."""
        return sum(map(len, (*self.states.values(), *self.values.values(), self.effective_rate)))

    def add(self, block: Block) -> None:
        """Add the next rows."""
        states, steps = block.states, len(block.learning_rate)
        assert states is not None, "the rows are of one optimizer"
        for state, columns in self.states.items():
            _extend(columns, states[state].tolist() if state in states else None, len(block))
        if block.before is None:
            return
        of_phase = self._of_phase.get(phase_from(self._phases, block.before.t).from_row)
        computed = of_phase.values(block.before, block, states) if of_phase else {}
        for text, columns in self.values.items():
            _extend(columns, computed.get(text), steps)
        formulas = of_phase and of_phase.rate_formulas
        same = formulas is not None and formulas == self.rate_formulas
        _extend(self.effective_rate, computed[RATE] if same else None, steps)


RATE = "effective rate"
"""A name that no rule can have."""


class _PhaseQuantities:
    """Computes a phase's intermediates and effective rate from its rows; its rule counts `t` from row `began`."""

    def __init__(self, phase: Phase) -> None:
        rule, self._began = phase.setup.rule_method.rule, phase.began
        self.intermediates = rule.intermediates
        known = {text: variable(text) for text in (*GIVEN, *rule.states)}
        formulas = carried_out(rule.lines, known)
        self.rate_formulas = effective_rate(rule, known)
        roots = {text: formulas[text] for text in rule.intermediates}
        roots |= {RATE: self.rate_formulas.expanded} if self.rate_formulas else {}
        constants = phase.setup.constants
        self._names, self._constants = tuple(roots), tuple(constants.values())
        self._compute = array_function((*known, *constants), tuple(roots.values()))

    def values(self, before: Row, block: Block, states: Mapping[str, Array]) -> dict[str, list[list[float]]]:
        """Return name -> a column for each parameter, with an entry for each step of a block of these `states`."""

        def going_in(first: Sequence[float], values: Array) -> Array:
            return np.column_stack((first, values))[:, :-1]

        t = np.arange(block.first, block.first + len(block.learning_rate), dtype=float) - self._began
        held = [going_in(before.states[text], values) for text, values in states.items()]
        w = going_in(before.parameters, block.parameters)
        computed = self._compute(w, block.gradient, t, block.learning_rate, *held, *self._constants)
        return {
            text: np.broadcast_to(value, w.shape).tolist() for text, value in zip(self._names, computed, strict=True)
        }


def _columns(parameters: int) -> ParameterColumns:
    return tuple([] for _ in range(parameters))


def _extend(columns: ParameterColumns, more: Sequence[Sequence[float]] | None, rows: int) -> None:
    for index, column in enumerate(columns):
        column.extend(more[index] if more else [None] * rows)
