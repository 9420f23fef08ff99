"""The driver: steps any method on any objective, on arrays, and does everything besides the arithmetic of a step.

It draws batches and noise, keeps rows, and detects the end of each run. It steps one point of many parameters, shape
(n,), or one point for each lane, (n, lanes): the runs of a sweep side by side. Ends are detected every few steps in the
rows kept since, which is exact and cheap.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from fallline.descent.evaluations import CountedObjective, Counts, once_each
from fallline.descent.rate import rate_function
from fallline.descent.rows import Block, Phase, Row
from fallline.descent.rule_method import as_numpy
from fallline.descent.setup import Setup
from fallline.descent.stops import BEYOND, End, Stop, StopReason, ending, what_broke, where_any, within_bounds
from fallline.faults import FaultError
from fallline.optimizers.method import StepInput
from fallline.problems.objective import Objective
from fallline.types import Array, Mask

TOGETHER = 48
"""The most steps between two checks for ends."""


class Steps:
    """A table of consecutive steps, which is filled step by step.

    Args:
        table: shape (steps, numbers), or (steps, numbers, lanes). The numbers of a step are the parameters after it,
            the loss there, the gradient and the rate used in it, and the states after it, each for every parameter.
        states: the names of the states, in order.
        batches: for each step the indices of the points it saw; empty if all steps see all points.

    Attributes:
        w, loss, gradient, lr, states: views of `table`, with the axes (parameters,) steps (, lanes).
        holds: reason to end -> the mask of the steps at which it holds, in order of precedence.
    """

    def __init__(self, table: Array, states: Sequence[str], batches: list[list[int] | None]) -> None:
        self.table, self.batches = table, batches
        columns, n = table.swapaxes(0, 1), (table.shape[1] - 2) // (2 + len(states))
        self.w, self.loss, self.gradient, self.lr = (
            columns[:n],
            columns[n],
            columns[n + 1 : 2 * n + 1],
            columns[2 * n + 1],
        )
        self.states = {name: columns[(2 + j) * n + 2 : (3 + j) * n + 2] for j, name in enumerate(states)}
        self.holds: dict[StopReason, Mask] = {}

    def first(self, count: int) -> Steps:
        """Return a copy of the first `count` steps."""
        return Steps(self.table[:count].copy(order="F"), tuple(self.states), self.batches[:count])

    @property
    def ended(self) -> Mask:
        """The mask of the steps at which any stop rule holds."""
        return where_any(self.holds, self.loss.shape)

    def reason(self, at: Any) -> StopReason | None:
        """Return the first stop rule that holds at an index; None if none holds."""
        return next((reason for reason, mask in self.holds.items() if mask[at]), None)


class Driver:
    """The next steps of a run, or of its lanes, within one phase.

    Args:
        objective: the loss to minimise; phase: the method in force, with its schedule, batches and noise.
        stop: when a run ends; before: the row from which to continue.

    Attributes:
        row: the current row, on arrays.
        columns: the states that are columns of a run; width: the numbers of a step, in the layout of `Steps`.
        together: the most steps between two checks for ends.
    """

    together = TOGETHER

    @staticmethod
    def cost(objective: Objective, setup: Setup, lanes: int = 1) -> float:
        """Return the operations of one step of this many lanes."""
        method = setup.method
        return objective.cost(lanes) * method.evaluations_a_step + method.cost(len(objective.parameters) * lanes)

    def __init__(self, objective: Objective, phase: Phase, stop: Stop, before: Row) -> None:
        self.objective, self.phase, self.stop, self.before = objective, phase, stop, before
        self.setup = setup = phase.setup
        self.sampled = setup.sees_batches(objective.n_points)
        self.drawn = self.sampled or setup.noise > 0
        self.row = replace(before, draws=before.draws.copy()) if self.drawn else before
        self.columns = setup.method.columns()
        self.width = len(before.parameters) * (2 + len(self.columns)) + 2
        if setup.method.asks_more:  # a method may be done, and must not be asked for a step after an end
            self.together = 1

    def advance(self, count: int) -> Steps:
        """Take `count` steps. Rows after the end of a run are meaningless."""
        with np.errstate(all="ignore"):
            steps = self._take(count)
            self._find_ends(steps)
        done = self.setup.method.done(self.row.parameters, self.row.gradient, self.row.states)
        if done is not None:
            steps.holds["method_done"] = np.broadcast_to(done, steps.loss.shape)
        return steps

    def evaluations(self, count: int) -> Counts:
        """The evaluations up to each of the `count` rows that were computed last, from the first row on, (3, count)."""
        # all steps of a rule make the same evaluations; the steps of other methods are taken one at a time
        a_step = (self.row.evaluations - self.before.evaluations) // count
        return self.before.evaluations[:, None] + a_step[:, None] * np.arange(1, count + 1)

    def block(self, most_rows: int) -> Block:
        """Return the rows of the next steps, at most `most_rows`, up to the first row that ends the run."""
        count, fault = min(self.together, most_rows), None
        try:
            steps = self.advance(count)
        except FaultError as error:
            fault = error
        if fault and count > 1:  # the steps before the fault are kept
            return type(self)(self.objective, self.phase, self.stop, self.before).block(1)
        if fault:
            return self._ended_by(fault)
        ended = np.flatnonzero(steps.ended)
        at = int(ended[0]) if ended.size else len(steps.loss) - 1
        reason = steps.reason(at)
        kept = at if reason == "diverged" else at + 1
        if reason is None and self.row.t == self.stop.max_steps:
            reason = "max_steps"
        rows = steps.first(kept)
        evaluations = self.evaluations(len(steps.loss))[:, :kept]
        last = self.row if kept == len(steps.loss) else self.before
        if 0 < kept < len(steps.loss):  # its draws and small steps do not matter, as no step follows
            at_last = {name: state[:, -1] for name, state in rows.states.items()}
            last = replace(
                last, t=last.t + kept, parameters=rows.w[:, -1], loss=rows.loss[-1], gradient=None, states=at_last,
                evaluations=evaluations[:, -1],
            )  # fmt: skip
        return Block(
            before=self.before, parameters=rows.w, loss=rows.loss, gradient=rows.gradient, learning_rate=rows.lr,
            batch=rows.batches if self.sampled else None, states=rows.states, evaluations=evaluations, last=last,
            end=reason and self._end(steps, at, reason),
        )  # fmt: skip

    def _ended_by(self, fault: FaultError) -> Block:
        """An empty block, as the step that ended the run has no row."""
        rows, before = Steps(np.empty((0, self.width)), self.columns, []), self.before
        return Block(
            before=before, parameters=rows.w, loss=rows.loss, gradient=rows.gradient, learning_rate=rows.lr,
            batch=[] if self.sampled else None, states=rows.states, evaluations=before.evaluations[:, None][:, :0],
            last=before, end=ending("fault", before.t, self.stop, fault=fault),
        )  # fmt: skip

    def _end(self, steps: Steps, at: int, reason: StopReason) -> End:
        n_steps = self.before.t + at
        if reason != "diverged":
            return ending(reason, n_steps + 1, self.stop)
        states = {name: state[:, at].tolist() for name, state in steps.states.items()}
        gradient, w, loss = steps.gradient[:, at].tolist(), steps.w[:, at].tolist(), float(steps.loss[at])
        return ending(reason, n_steps, self.stop, what_broke(self.objective.parameters, gradient, states, w, loss))

    def _take(self, count: int) -> Steps:
        row, method = self.row, self.setup.method
        t, w, loss, gradient, states = row.t - self.phase.began, row.parameters, row.loss, row.gradient, row.states
        steps = Steps(np.empty((count, self.width, *w.shape[1:])), self.columns, [])
        learning_rate = as_numpy(self.setup.learning_rate)
        rate = rate_function(self.setup.schedule.rule, self.setup.schedule_values, learning_rate)
        evaluate = self._evaluate()
        for i in range(count):
            t += 1
            g, lr = self._drawn_gradient(w, gradient, steps) if self.drawn else gradient, rate(t)
            result = method.step(StepInput(t, w, loss, g, states, lr, learning_rate, evaluate))
            states = {name: result[name] for name in states}
            steps.w[:, i], steps.gradient[:, i], steps.lr[i] = result["w"], g, lr
            for name, column in steps.states.items():
                column[:, i] = states[name]
            w = steps.w[:, i]
            loss, gradient = (self.objective.value(w), None) if self.sampled else evaluate.loss_and_gradient(w)
            steps.loss[i] = loss
        self.row = replace(
            row, t=row.t + count, parameters=w, loss=loss, gradient=gradient, states=states,
            evaluations=row.evaluations + count * evaluate.counts, counted=frozenset(evaluate.known(w)),
        )  # fmt: skip
        return steps

    def _evaluate(self) -> CountedObjective:
        """Evaluate what a step reads, after counting what its method uses of the current point, if not counted yet."""
        evaluate, uses, row = CountedObjective(self.objective), self.setup.method.uses, self.row
        if not self.setup.method.asks_more:  # each of the steps taken together uses the same
            evaluate.counts += once_each(uses)
            return evaluate
        evaluate.counts += once_each(uses - row.counted)
        if "loss" in uses:
            evaluate.know("loss", row.parameters, row.loss)
        if "gradient" in uses and not self.drawn:  # otherwise the step is given a drawn gradient
            evaluate.know("gradient", row.parameters, row.gradient)
        return evaluate

    def _drawn_gradient(self, w: Any, gradient: Any, steps: Steps) -> Any:
        """Return the gradient of the next step: over its batch, if it has one, plus its noise."""
        batch, noise = self.row.draws.next(self.setup, self.objective)
        if batch is not None:
            steps.batches.append(batch)
            gradient = self.objective.batch_gradient(w, batch)
        if noise is not None:
            gradient = gradient + np.array(noise).reshape(-1, *(1 for _ in w.shape[1:]))
        return gradient

    def _find_ends(self, steps: Steps) -> None:
        """Find the steps at which each stop rule holds. `diverged` takes precedence, as its row is not kept."""
        if not (steps.table.max() <= BEYOND and steps.table.min() >= -BEYOND):
            within = within_bounds(steps.w, steps.loss)
            for values in (steps.gradient, *steps.states.values()):
                within &= np.isfinite(values).all(axis=0)
            steps.holds["diverged"] = ~within
        if self.stop.min_step_size:
            steps.holds["min_step_size"] = self._small(steps, self.stop.min_step_size)
        if self.stop.target_loss is not None:
            steps.holds["target_loss"] = self.stop.reached(steps.loss)

    def _small(self, steps: Steps, least: float) -> Mask:
        """Return the mask of the stop rule on small steps; with batches it holds only after a whole epoch of them."""
        moved = np.diff(steps.w, axis=1, prepend=self.before.parameters[:, None])
        small: Mask = (np.abs(moved) < least).all(axis=0)
        if self.stop.watches_gradient:
            small &= (steps.lr * np.abs(steps.gradient) < least).all(axis=0) & (steps.lr > 0)
        epoch = self.setup.epoch(self.objective.n_points)
        if epoch == 1:
            return small
        numbers = np.arange(1, len(small) + 1).reshape(-1, *(1 for _ in small.shape[1:]))
        last_large = np.maximum.accumulate(np.where(small, 0, numbers))
        in_a_row = np.where(last_large > 0, numbers - last_large, numbers + self.before.small_steps)
        self.row = replace(self.row, small_steps=in_a_row[-1])
        return in_a_row >= epoch
