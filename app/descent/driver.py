"""The driver: steps any method on any objective, on arrays, and owns all that is not arithmetic.

It draws batches and noise, keeps rows, and looks for the end of each run. What it steps is one point of many
parameters, shape (n,), or one point a lane, (n, lanes): the runs of a sweep side by side. Ends are looked for after
some steps, in the rows kept of these, so that they are exact and cost little.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import reduce
from operator import or_
from typing import Any

import numpy as np

from app.descent.draws import Draws
from app.descent.method import Lanes, States, as_numpy
from app.descent.phase import Phase
from app.descent.rows import Block, Row, RowLayout, step_sizes
from app.descent.setup import Setup
from app.descent.stops import BEYOND, End, Stop, StopReason, ending, what_broke
from app.descent.unroll import factor, schedule_values
from app.formulas.functions import float_function
from app.problems.objective import Objective
from app.types import Array, Mask

TOGETHER = 32
"""The most steps between two looks for ends."""


class Steps:
    """Steps taken together, filled in as they are taken: by parameter (where there is one), then step, then lane.

    Args:
        table: a row for each step; layout: of its rows.
        batches: the indices of the points that each step saw, empty where all.

    Attributes:
        w, loss, states: after each step; gradient, lr: used in it; all views of `table`.
        holds: stop rule that is on -> where it holds, in order of precedence.
    """

    def __init__(self, table: Array, layout: RowLayout, batches: list[list[int] | None]) -> None:
        self.table, self.layout, self.batches = table, layout, batches
        self.w, self.loss, self.gradient, self.lr, self.states = layout.parts(table.swapaxes(0, 1))
        self.holds: dict[StopReason, Mask] = {}

    @property
    def ended(self) -> Mask:
        """Where any of the stop rules holds."""
        return reduce(or_, self.holds.values(), np.zeros(self.loss.shape, dtype=bool))

    def reason(self, at: Any) -> StopReason | None:
        """The first stop rule that holds at one index, None where none does."""
        return next((reason for reason, mask in self.holds.items() if mask[at]), None)


class Driver:
    """Runs of one phase under way, where they stand now.

    Args:
        objective: what is minimised; phase: what steps, with its schedule, its batches and its noise.
        stop: when a run ends; row: where it sets off from.
        began: the row at which its optimizer began with fresh states, as `Run.began` has it.

    Attributes:
        t, w, loss, gradient, states, draws, small_steps: as of a `Row`, on arrays.
        together: the most steps between two looks for ends.
    """

    together = TOGETHER

    def __init__(self, objective: Objective, phase: Phase, stop: Stop, row: Row, began: int = 0) -> None:
        self.objective, self.phase, self.stop, self.began = objective, phase, stop, began
        self.t = row.t
        self.w = np.asarray(row.parameters, dtype=float)
        self.loss = row.loss
        self.gradient: Any = None if row.gradient is None else np.asarray(row.gradient, dtype=float)
        self.states: States = {name: np.asarray(state, dtype=float) for name, state in row.states.items()}
        self.sampled = objective.n_points is not None and phase.setup.batch_size is not None
        self._draws_any = self.sampled or phase.setup.noise > 0
        self.draws = self._to_draw_on(row.draws)
        self.small_steps = row.small_steps
        self._learning_rate = as_numpy(phase.setup.learning_rate)
        self._rate = rate_function(phase.setup, self._learning_rate)

    @property
    def row(self) -> Row:
        """Where it stands, with draws of its own."""
        draws = self._to_draw_on(self.draws)
        return Row(self.t, self.w, self.loss, self.gradient, self.states, draws, self.small_steps)

    def _to_draw_on(self, draws: Draws) -> Draws:
        """A copy of some draws, from which to draw on; themselves where nothing is drawn in this phase."""
        return draws.copy() if self._draws_any else draws

    def keep(self, lanes: Lanes) -> None:
        """Go on with some of the lanes, by their indices."""
        self.w, self.loss = self.w[:, lanes], self.loss[lanes]
        self.gradient = None if self.gradient is None else self.gradient[:, lanes]
        self.states = {name: state[:, lanes] for name, state in self.states.items()}
        self.small_steps = self.small_steps[lanes] if np.ndim(self.small_steps) else self.small_steps
        self.phase = self.phase.of_lanes(lanes)
        self._learning_rate = as_numpy(self.phase.setup.learning_rate)
        self._rate = rate_function(self.phase.setup, self._learning_rate)

    def advance(self, count: int) -> Steps:
        """Take so many steps, or fewer if they diverge; those after the end of a run mean nothing."""
        before = self.w
        with np.errstate(all="ignore"):
            steps = self._take(count)
            self._find_ends(steps, before)
        self.states = {name: state[:, -1] for name, state in steps.states.items()}
        return steps

    def _table(self, count: int) -> tuple[Array, RowLayout]:
        n, *lanes = self.w.shape
        layout = RowLayout(n, tuple(self.states))
        return np.empty((count, layout.width, *lanes)), layout

    def _take(self, count: int) -> Steps:
        steps = Steps(*self._table(count), [])
        for i in range(count):
            self._step(steps, i)
        return steps

    def _step(self, steps: Steps, i: int) -> None:
        self.t += 1
        t, evaluate, setup = self.t - self.began, self.objective.value_and_gradient, self.phase.setup
        g = self._gradient_used(steps)
        lr = self._rate(t)
        w, self.states = setup.method.step(t, self.w, g, self.states, lr, self._learning_rate, evaluate)
        steps.w[:, i], steps.gradient[:, i], steps.lr[i] = w, g, lr
        for name, value in self.states.items():
            steps.states[name][:, i] = value
        self.w = steps.w[:, i]
        if self.sampled:
            self.loss, self.gradient = self.objective.value(self.w), None
        else:
            self.loss, self.gradient = evaluate(self.w)
        steps.loss[i] = self.loss

    def _gradient_used(self, steps: Steps) -> Any:
        """The gradient of the next step: of its batch where it sees one, with its noise."""
        setup, g = self.phase.setup, self.gradient
        if self.sampled:
            batch = self.draws.batch(setup.sampling, self.objective.n_points or 0, setup.batch_size or 0)
            steps.batches.append(batch)
            g = self.objective.batch_gradient(self.w, batch)
        if setup.noise:
            noise = np.array(self.draws.noise(setup.noise, len(self.w)))
            g = g + noise.reshape(-1, *(1 for _ in self.w.shape[1:]))
        return g

    def _find_ends(self, steps: Steps, before: Array) -> None:
        """Look where each stop rule holds; `diverged` goes before all, as the row it is found at is not kept."""
        if not np.abs(steps.table).max() <= BEYOND:
            kept = (np.abs(steps.w) <= BEYOND).all(axis=0) & (np.abs(steps.loss) <= BEYOND)
            for values in (steps.gradient, *steps.states.values()):
                kept &= np.isfinite(values).all(axis=0)
            steps.holds["diverged"] = ~kept
        if self.stop.min_step_size:
            steps.holds["min_step_size"] = self._small(steps, before, self.stop.min_step_size)
        if self.stop.target_loss is not None:
            steps.holds["target_loss"] = self.stop.reached(steps.loss)

    def _small(self, steps: Steps, before: Array, least: float) -> Mask:
        """Where the stop rule on small steps holds: on sampled data only after a whole epoch of such steps."""
        moved = np.diff(steps.w, axis=1, prepend=before[:, None])
        small: Mask = (np.abs(moved) < least).all(axis=0)
        if self.stop.watches_gradient:
            small &= (steps.lr * np.abs(steps.gradient) < least).all(axis=0) & (steps.lr > 0)
        epoch = self.phase.setup.epoch(self.objective.n_points)
        if epoch == 1:
            return small
        numbers = np.arange(1, len(small) + 1).reshape(-1, *(1 for _ in small.shape[1:]))
        last_large = np.maximum.accumulate(np.where(small, 0, numbers))
        in_a_row = np.where(last_large > 0, numbers - last_large, numbers + self.small_steps)
        self.small_steps = in_a_row[-1]
        return in_a_row >= epoch


def rate_function(setup: Setup, learning_rate: Any) -> Callable[[int], Any]:
    """From the step of an optimizer, counted from 1, to the rate in force."""
    share = factor(setup.schedule.rule)
    if not share.names:
        return lambda _: learning_rate
    values = schedule_values(setup.schedule_values)
    compute = float_function((*values, "t"), (share,))
    return lambda t: learning_rate * compute(*values.values(), float(t))[0]


def next_block(driver: Driver, most_rows: int) -> Block:
    """The rows of the next steps together, at most so many, up to the first that ended the run."""
    before, steps = driver.row, driver.advance(min(driver.together, most_rows))
    ended = np.flatnonzero(steps.ended)
    at = int(ended[0]) if ended.size else len(steps.loss) - 1
    reason = steps.reason(at)
    kept = at if reason == "diverged" else at + 1
    if reason is None and driver.t == driver.stop.max_steps:
        reason = "max_steps"
    w, loss, gradient, lr, held = steps.layout.parts(steps.table[:kept].T.copy())
    return Block(
        before.t + 1, w, loss, gradient, lr, step_sizes(before, w), steps.batches[:kept] if steps.batches else None,
        held, _last_row(driver, before, steps, kept), _end(driver, before, steps, at, reason),
    )  # fmt: skip


def _last_row(driver: Driver, before: Row, steps: Steps, kept: int) -> Row:
    """The last row kept; where the run ended early its draws and small steps are those of `before`, as none follow."""
    if kept == len(steps.loss):
        return driver.row
    if kept == 0:
        return before
    states = {name: state[:, kept - 1] for name, state in steps.states.items()}
    w, loss = steps.w[:, kept - 1], steps.loss[kept - 1]
    return replace(before, t=before.t + kept, parameters=w, loss=loss, gradient=None, states=states)


def _end(driver: Driver, before: Row, steps: Steps, at: int, reason: StopReason | None) -> End | None:
    if reason is None:
        return None
    if reason != "diverged":
        return ending(reason, before.t + at + 1, driver.stop)
    states = {name: state[:, at].tolist() for name, state in steps.states.items()}
    names, loss = driver.objective.parameters, float(steps.loss[at])
    why = what_broke(names, steps.gradient[:, at].tolist(), states, steps.w[:, at].tolist(), loss)
    return ending(reason, before.t + at, driver.stop, why)
