"""What a rule computes on its way, as columns beside those of a run: states, intermediates and the effective rate."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count, repeat

from app.descent.effective import effective_rate
from app.descent.run import Block, Run
from app.descent.unroll import carried_out
from app.formulas.functions import float_function
from app.formulas.nodes import name

Columns = tuple[list[float], ...]
"""A list for each parameter."""

GIVEN = ("w", "g", "t", "lr")


class Quantities:
    """The quantities of a run, made out of its blocks, which must hold the states.

    Args:
        run: the run whose blocks come, one after the other.

    Attributes:
        states: state -> its value at each row, row 0 that before the first step.
        values: intermediate -> its value in each step.
        effective: what the effective rate is, None where the rule has none; rate: its value in each step.
    """

    def __init__(self, run: Run) -> None:
        rule, parameters = run.setup.rule, len(run.problem.parameters)
        known = {text: name(text) for text in (*GIVEN, *rule.states)}
        after = carried_out(rule.lines, known)
        self.effective = effective_rate(rule, known)
        self.states = {state: _columns(parameters) for state in rule.states}
        self.values = {text: _columns(parameters) for text in rule.intermediates}
        self.rate = _columns(parameters if self.effective else 0)
        roots = [after[text] for text in self.values] + [each.at_start for each in (self.effective,) if each]
        self._constants = run.setup.known
        self._compute = float_function((*known, *self._constants), tuple(roots))
        self._last: list[list[list[float]]] = [[] for _ in range(parameters)]

    @property
    def width(self) -> int:
        """Numbers of one row, about."""
        return sum(map(len, (*self.states.values(), *self.values.values(), self.rate)))

    def add(self, block: Block) -> None:
        """Take the next rows."""
        assert block.states is not None, "the blocks must hold the states"
        parameters = len(block.parameters)
        for index in range(parameters):
            states = block.states[index::parameters]
            for column, values in zip(self.states.values(), states, strict=True):
                column[index].extend(values)
            self._add_steps(block, index, [block.parameters[index], *states])

    def _add_steps(self, block: Block, index: int, rows: list[list[float]]) -> None:
        """Compute what each step that leads to a row of the block computes for one parameter."""
        columns = [column[index] for column in (*self.values.values(), self.rate) if column]
        constants = tuple(self._constants.values())
        for start in self._starts(block, index, rows):
            for column, value in zip(columns, self._compute(*start, *constants), strict=True):
                column.append(value)

    def _starts(self, block: Block, index: int, rows: list[list[float]]) -> Iterator[tuple[float, ...]]:
        """For each step: parameter, gradient, step number, rate in force and states before it."""
        w, *states = [[*last, *row] for last, row in zip(self._last[index] or repeat([]), rows, strict=False)]
        self._last[index] = [row[-1:] for row in rows]
        return zip(w, block.gradient[index], count(float(block.first or 1)), block.learning_rate, *states, strict=False)


def _columns(parameters: int) -> Columns:
    return tuple([] for _ in range(parameters))
