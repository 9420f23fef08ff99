"""The parts of a run: phases, and rows in blocks, with all that is needed to continue from the last row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from typing import Any

import numpy as np

from fallline.descent.draws import Draws
from fallline.descent.evaluations import NONE_YET, Counts
from fallline.descent.setup import Setup
from fallline.descent.stops import End
from fallline.optimizers.method import Evaluated, Lanes, States, of_lanes
from fallline.problems.objective import Objective
from fallline.types import Array

Numbers = Any
"""One number for each parameter: a tuple of floats, or an array of shape (n,), or (n, lanes) for runs side by side."""


@dataclass(frozen=True)
class Row:
    """The state of a run after step `t`, with all that is needed to continue from there.

    Args:
        t: steps taken; 0 at the start.
        parameters: the point.
        loss: at the point, over all data.
        gradient: at the point, over all data; None if the steps draw their gradients and nothing needed it.
        states: state of the method -> its value: one for each parameter, or any value that the method keeps.
        draws: the source of the next batch and the next noise.
        small_steps: the number of latest steps in a row that were below the stop rule's `min_step_size`.
        evaluations: how often loss, gradient and Hessian were evaluated for the steps so far, a batch's gradient too;
            shape (3,). Evaluations for display only, beyond what the method needs, are not counted.
        counted: quantities evaluated at the point already, as at the end of a line search.
    """

    t: int
    parameters: Numbers
    loss: Any
    gradient: Numbers
    states: States
    draws: Draws
    small_steps: Any = 0
    evaluations: Counts = field(default_factory=lambda: NONE_YET)
    counted: frozenset[Evaluated] = frozenset()

    def of_lanes(self, kept: Lanes) -> Row:
        """The row of some of its lanes, by their indices."""
        return replace(
            self,
            parameters=self.parameters[:, kept],
            loss=self.loss[kept],
            gradient=None if self.gradient is None else self.gradient[:, kept],
            states={name: of_lanes(state, kept) for name, state in self.states.items()},
            small_steps=of_lanes(self.small_steps, kept),
        )


@dataclass(frozen=True)
class Phase:
    """The steps of a run between two changes of its optimizer.

    Args:
        from_row: the row before its first step; 0 for the first phase.
        setup: the optimizer with its values.
        continues: if only values were changed, the row at which the optimizer began whose states it keeps; None if it
            begins with fresh states, as the first optimizer and every other one does.
    """

    from_row: int
    setup: Setup
    continues: int | None = None

    @property
    def restarts(self) -> bool:
        """Whether it begins with fresh states, and `t` in its rule and its schedule with 1 again."""
        return self.continues is None

    @property
    def began(self) -> int:
        """The row at which its optimizer began with fresh states, from which its rule counts `t`."""
        return self.from_row if self.continues is None else self.continues

    def enter(self, objective: Objective, row: Row) -> Row:
        """The row from which the phase continues, on arrays: states are fresh if it restarts, else they are kept by
        name.
        """
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
    """The row from which to continue, whether or not a phase begins there."""
    for phase in phases:
        if phase.from_row == row.t:
            row = phase.enter(objective, row)
    return row


def phase_from(phases: Sequence[Phase], t: int) -> Phase:
    """The phase in force in the step from row `t`."""
    return next(phase for phase in reversed(phases) if phase.from_row <= t)


def steps_left(phases: Sequence[Phase], t: int, max_steps: int) -> int:
    """The steps from row `t` to the end of the run, or until another phase begins."""
    return min([max_steps, *(phase.from_row for phase in phases if phase.from_row > t)]) - t


@dataclass(frozen=True, kw_only=True)
class Block:
    """Consecutive rows of a run, and the steps that led to them.

    Args:
        before: the row before the first step, as changed by a phase that begins there; None if the block begins with
            row 0, to which no step leads.
        parameters: shape (n, rows).
        loss: over all data, shape (rows,).
        gradient: the gradient used, shape (n, steps).
        learning_rate: the rate in force, shape (steps,).
        batch: for each step the indices of the points used, None for a step that used all points. None instead of a
            list if no step of the run draws points.
        states: state -> its values, shape (n, rows), for states with one value per parameter; None if the rows are of
            optimizers with different states.
        evaluations: of loss, gradient and Hessian up to each row, as in `Row`; shape (3, rows).
        last: the last row.
        end: how the run ended with this block; None if it continues.
    """

    before: Row | None
    parameters: Array
    loss: Array
    gradient: Array
    learning_rate: Array
    batch: list[list[int] | None] | None
    states: Mapping[str, Array] | None
    evaluations: Counts
    last: Row
    end: End | None

    def __len__(self) -> int:
        return len(self.loss)

    @property
    def first(self) -> int:
        """The number of its first row."""
        return self.last.t + 1 - len(self)

    @cached_property
    def step_size(self) -> Array:
        """The Euclidean length of each step, shape (steps,)."""
        start = [] if self.before is None else [self.before.parameters]
        moved = np.diff(np.column_stack((*start, self.parameters)), axis=1)
        sizes: Array = np.abs(moved[0]) if len(moved) == 1 else np.hypot.reduce(moved, axis=0)
        return sizes


def join_blocks(blocks: Sequence[Block]) -> Block:
    """Consecutive blocks as one."""
    first, last = blocks[0], blocks[-1]
    if first is last:
        return first
    names = ("parameters", "loss", "gradient", "learning_rate", "evaluations")
    columns = {name: np.concatenate([getattr(block, name) for block in blocks], axis=-1) for name in names}
    batch = None if first.batch is None else list(chain.from_iterable(block.batch or () for block in blocks))
    held, states = [block.states or {} for block in blocks], None
    if all(each.keys() == held[0].keys() for each in held):
        states = {name: np.concatenate([each[name] for each in held], axis=-1) for name in held[0]}
    return Block(before=first.before, **columns, batch=batch, states=states, last=last.last, end=last.end)
