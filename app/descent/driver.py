"""The driver: steps any method on any objective, on arrays, and owns all that is not arithmetic.

It draws batches and noise, keeps rows, and looks for the end of each run. What it steps is one point of many
parameters, shape (n,), or one point a lane, (n, lanes): the runs of a sweep side by side. Ends are looked for after
every few steps, in the rows kept of these, so that they are exact and cost little.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from app.descent.loop import Blocks
from app.descent.method import Array, Lanes, Method, RuleMethod, States
from app.descent.rows import Block, Row
from app.descent.setup import Phase, Setup
from app.descent.stops import BEYOND, Stop, StopReason, ending, what_broke
from app.descent.unroll import DONE, factor
from app.formulas.functions import float_function
from app.problems.objective import Objective

TOGETHER = 32
"""Steps between two looks for ends."""


@dataclass(frozen=True)
class Taken:
    """Steps that were taken together: axis 0 is the step, then the parameter (where there is one), then the lane.

    Args:
        w, loss, states: after each step; gradient, lr: used in it.
        batches: the indices of the points that each step saw, empty where all.
        diverged, small, target: where a stop rule held.
    """

    w: Array
    loss: Array
    states: States
    gradient: Array
    lr: Array
    batches: list[list[int]]
    diverged: Array
    small: Array
    target: Array

    @property
    def ended(self) -> Array:
        """Where any of them held."""
        return self.diverged | self.small | self.target

    def reason(self, at: Any) -> StopReason | None:
        """Which of them holds at one place, at a tie in the order of StopReason; a row that broke is none."""
        if self.diverged[at]:
            return "diverged"
        return "min_step_size" if self.small[at] else "target_loss" if self.target[at] else None


class Driver:
    """Runs of one phase under way.

    Args:
        objective: what is minimised; method: what steps; phase: its schedule, its batches and its noise.
        stop: when a run ends; row: where it sets off from.

    Attributes:
        row: where it stands.
        evaluations: how often loss and gradient over all data were asked for.
        sampled: whether a step sees only a batch.
    """

    def __init__(self, objective: Objective, method: Method, phase: Phase, stop: Stop, row: Row) -> None:
        self.objective, self.method, self.phase, self.stop = objective, method, phase, stop
        self.row = _on_arrays(row)
        self.evaluations = 0
        self.sampled = objective.points is not None and phase.setup.batch_size is not None
        self._rate = learning_rate(phase.setup)

    def advance(self, most: int) -> Taken:
        """Take up to so many steps, fewer where a run ends."""
        rows = _Rows(self.row, most)
        with np.errstate(all="ignore"):
            while rows.count < most:
                begin = rows.count
                for _ in range(min(TOGETHER, most - begin)):
                    self._step(rows)
                if self._look(rows, begin).any():
                    break
        return self._take(rows)

    def keep(self, lanes: Lanes) -> None:
        """Go on with some of the lanes, by their indices."""
        row = self.row
        self.row = replace(
            row,
            parameters=row.parameters[:, lanes],
            loss=row.loss[lanes],
            gradient=None if row.gradient is None else row.gradient[:, lanes],
            states={name: state[:, lanes] for name, state in row.states.items()},
            small_steps=np.broadcast_to(row.small_steps, row.loss.shape)[lanes],
        )
        self.phase = replace(self.phase, setup=self.phase.setup.of_lanes(lanes))
        self.method, self._rate = self.method.of_lanes(lanes), learning_rate(self.phase.setup)

    def _evaluate(self, w: Array) -> tuple[Any, Array]:
        self.evaluations += 1
        return self.objective.value_and_gradient(w)

    def _step(self, rows: _Rows) -> None:
        setup, i = self.phase.setup, rows.count
        t = self.row.t + i + 1 - self.phase.began
        lr, g = self._rate(t), rows.e
        if self.sampled:
            batch = self.row.draws.batch(setup.sampling, self.objective.points or 0, setup.batch_size or 0)
            rows.batches.append(batch)
            g = self.objective.batch_gradient(rows.here, batch)
        if setup.noise:
            noise = np.array(self.row.draws.noise(setup.noise, len(rows.here)))
            g = g + noise.reshape(-1, *(1 for _ in rows.here.shape[1:]))
        w, states = self.method.step(t, rows.here, g, rows.held, lr, self._evaluate)
        rows.w[i], rows.gradient[i], rows.lr[i] = w, g, lr
        for name, value in states.items():
            rows.states[name][i] = value
        rows.here, rows.held = rows.w[i], states
        if self.sampled:
            rows.loss[i], rows.e = self.objective.value(rows.here), None
        else:
            rows.loss[i], rows.e = self._evaluate(rows.here)
        rows.count = i + 1

    def _look(self, rows: _Rows, begin: int) -> Array:
        """Find the ends in the rows from `begin` on."""
        new = slice(begin, rows.count)
        w, loss, gradient = rows.w[new], rows.loss[new], rows.gradient[new]
        sound = (np.abs(w) <= BEYOND).all(axis=1) & (np.abs(loss) <= BEYOND) & np.isfinite(gradient).all(axis=1)
        for state in rows.states.values():
            sound &= np.isfinite(state[new]).all(axis=1)
        rows.diverged[new] = ~sound
        if self.stop.min_step_size:
            before = rows.w[begin - 1] if begin else self.row.parameters
            rows.small[new] = self._small(rows, np.diff(w, axis=0, prepend=np.asarray(before)[None]), new)
        if self.stop.target_loss is not None:
            rows.target[new] = loss <= self.stop.target_loss
        found: Array = rows.diverged[new] | rows.small[new] | rows.target[new]
        return found

    def _small(self, rows: _Rows, steps: Array, new: slice) -> Array:
        """Where the stop rule on small steps holds: on sampled data only after a whole epoch of such steps."""
        least = self.stop.min_step_size or 0.0
        small: Array = (np.abs(steps) < least).all(axis=1)
        if self.stop.watches_gradient:
            lr = rows.lr[new]
            small &= (lr[:, None] * np.abs(rows.gradient[new]) < least).all(axis=1) & (lr > 0)
        epoch = self.phase.setup.epoch(self.objective.points)
        if epoch == 1:
            return small
        for index, row in enumerate(small):
            rows.small_steps = np.where(row, rows.small_steps + 1, 0)
            small[index] = rows.small_steps >= epoch
        return small

    def _take(self, rows: _Rows) -> Taken:
        """What was taken; the driver stands at its last row from now on."""
        count = rows.count
        states = {name: state[:count] for name, state in rows.states.items()}
        self.row = Row(
            self.row.t + count, rows.w[count - 1], rows.loss[count - 1], rows.e,
            {name: state[-1] for name, state in states.items()}, self.row.draws, rows.small_steps,
        )  # fmt: skip
        return Taken(
            rows.w[:count], rows.loss[:count], states, rows.gradient[:count], rows.lr[:count], rows.batches,
            rows.diverged[:count], rows.small[:count], rows.target[:count],
        )  # fmt: skip


def _on_arrays(row: Row) -> Row:
    """The same row on arrays, with draws of its own."""
    states = {name: np.asarray(state, dtype=float) for name, state in row.states.items()}
    gradient = None if row.gradient is None else np.asarray(row.gradient, dtype=float)
    parameters = np.asarray(row.parameters, dtype=float)
    return replace(row, parameters=parameters, gradient=gradient, states=states, draws=row.draws.copy())


class _Rows:
    """Room for the rows of some steps, and the point, gradient and states that the last one has led to."""

    def __init__(self, row: Row, most: int) -> None:
        self.here = np.asarray(row.parameters)
        self.e, self.held, self.small_steps = row.gradient, row.states, row.small_steps
        lanes = self.here.shape[1:]
        self.w, self.gradient = np.empty((most, *self.here.shape)), np.empty((most, *self.here.shape))
        self.states = {name: np.empty((most, *self.here.shape)) for name in row.states}
        self.loss, self.lr = np.empty((most, *lanes)), np.empty((most, *lanes))
        self.diverged, self.small, self.target = (np.zeros((most, *lanes), dtype=bool) for _ in range(3))
        self.batches: list[list[int]] = []
        self.count = 0


def learning_rate(setup: Setup) -> Callable[[int], Any]:
    """The rate in force at step t of an optimizer, counted from 1."""
    share = factor(setup.schedule.rule)
    if not share.names:
        return lambda _: setup.learning_rate
    names = tuple(sorted(share.names))
    values = setup.known
    compute = float_function(names, (share,))

    def rate(t: int) -> Any:
        known = {**values, "t": float(t), DONE: float(t - 1)}
        return setup.learning_rate * compute(*(known[name] for name in names))[0]

    return rate


def driven_steps(
    objective: Objective, phase: Phase, until: int, stop: Stop, row: Row, room: int, *, states: bool
) -> Blocks:
    """The rows after `row` of one run, as `fused_steps` gives them."""
    driver = Driver(objective, RuleMethod(phase.setup), phase, stop, row)
    while True:
        before = driver.row
        taken = driver.advance(min(room, until - before.t))
        block = _block(objective, before, driver, taken, states)
        if block.end is None and driver.row.t == until == stop.max_steps:
            block.end = ending("max_steps", until, stop)
        if block.end is not None or driver.row.t >= until:
            yield block
            return
        room = yield block


def _block(objective: Objective, before: Row, driver: Driver, taken: Taken, states: bool) -> Block:
    """The steps taken as columns, up to the first that ended the run."""
    ended = np.flatnonzero(taken.ended)
    at = int(ended[0]) if ended.size else len(taken.loss) - 1
    reason = taken.reason(at)
    kept = at if reason == "diverged" else at + 1
    w, gradient = taken.w[:kept], taken.gradient[:kept]
    steps = np.diff(w, axis=0, prepend=np.asarray(before.parameters)[None])
    last, end = driver.row, None
    if driver.sampled or driver.phase.setup.noise:
        last = replace(last, draws=last.draws.copy())  # the driver draws on
    if reason is not None:
        held = {name: state[at].tolist() for name, state in taken.states.items()}
        parts = (taken.gradient[at].tolist(), held, taken.w[at].tolist(), float(taken.loss[at]))
        why = what_broke(objective.parameters, *parts) if reason == "diverged" else ""
        end = ending(reason, before.t + kept, driver.stop, why)
        last = _cut(before, taken, kept)
    return Block(
        before.t + 1, tuple(w.T.tolist()), taken.loss[:kept].tolist(), tuple(gradient.T.tolist()),
        taken.lr[:kept].tolist(), np.sqrt(np.square(steps).sum(axis=1)).tolist(),
        list(taken.batches[:kept]) if taken.batches else None,
        {name: tuple(state[:kept].T.tolist()) for name, state in taken.states.items()} if states else None, last, end,
    )  # fmt: skip


def _cut(before: Row, taken: Taken, kept: int) -> Row:
    """The last row of a run that ended `kept` steps after `before`."""
    if kept == 0:
        return before
    states = {name: state[kept - 1] for name, state in taken.states.items()}
    return replace(
        before, t=before.t + kept, parameters=taken.w[kept - 1], loss=taken.loss[kept - 1], gradient=None, states=states
    )
