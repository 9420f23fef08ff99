"""A sweep: the same run with many values of one hyperparameter side by side, one lane each, all stepped together."""

from __future__ import annotations

import math
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from app.descent.driver import TOGETHER, Driver, Steps
from app.descent.method import Lanes
from app.descent.phase import Phase
from app.descent.run import Run
from app.descent.stops import StopReason
from app.formulas.cost import OPERATIONS_A_PIECE

LEAST_LANES = 16
"""Fewer side by side would take longer in all: of what a step takes, most would be calling NumPy."""


@dataclass
class Sweep:
    """Where each lane ended.

    Args:
        values: of the hyperparameter, one a lane.
        loss: of the last row, None where the lane diverged.
        n_steps, stop_reason: as of a single run.
    """

    values: list[float]
    loss: list[float | None]
    n_steps: list[int]
    stop_reason: list[StopReason]


def _cost_of_calls_and_lane(run: Run) -> tuple[float, float]:
    """Operations of a step: of calling NumPy, however many the lanes, and of the numbers of one lane."""
    calls, one = (max(phase.cost(run.problem.objective, lanes) for phase in run.phases) for lanes in (0, 1))
    return calls, one - calls


def lanes_together(run: Run, lanes: int) -> int:
    """How many of so many lanes to step side by side, so that one step fits between two pauses."""
    calls, lane = _cost_of_calls_and_lane(run)
    return min(lanes, max(LEAST_LANES, int((OPERATIONS_A_PIECE - calls) / lane)))


def cost(run: Run, lanes: int) -> float:
    """Operations of a step of so many lanes."""
    calls, lane = _cost_of_calls_and_lane(run)
    return math.ceil(lanes / lanes_together(run, lanes)) * calls + lanes * lane


def sweep(run: Run, phases: Sequence[Phase], values: Sequence[float]) -> Generator[None, None, Sweep]:
    """Return where every lane ends, equal to single runs to rounding; pauses after every few steps.

    Args:
        run: what every lane does but for one value.
        phases: those of the run, with an array of `values` wherever a lane has its own.
        values: one a lane.

    Raises: MethodError, a method steps one point alone.
    """
    count = len(values)
    result = Sweep(list(values), [None] * count, [0] * count, ["max_steps"] * count)
    together = lanes_together(run, count)
    for first in range(0, count, together):
        lanes = _RunningLanes(run, result, np.arange(first, min(first + together, count)))
        for phase, (_, until) in zip(phases, run.phases_with_last_row(), strict=True):
            while lanes.alive.size and lanes.row.t < until:
                lanes.advance(phase, until)
                yield
        lanes.finish("max_steps")
    return result


class _RunningLanes:
    """Lanes side by side: those of them still running.

    Args:
        run: what each does; result: where it is written how each ended; alive: their indices.
    """

    def __init__(self, run: Run, result: Sweep, alive: Lanes) -> None:
        self.run, self.result, self.alive = run, result, alive
        start, count = run.first_row, len(alive)
        w, gradient = (np.repeat(np.array(each)[:, None], count, axis=1) for each in (start.parameters, start.gradient))
        self.row = replace(start, parameters=w, loss=np.full(count, start.loss), gradient=gradient)
        self._driver: Driver | None = None
        self._together = max(1, min(TOGETHER, int(OPERATIONS_A_PIECE / cost(run, count))))
        if reason := run.stop.at_start(start.loss):
            self.finish(reason)

    def advance(self, phase: Phase, until: int) -> None:
        """A few steps of every lane, and what has ended in them."""
        if self._driver is None or self._driver.phase.after != phase.after:
            phase, objective = phase.of_lanes(self.alive), self.run.problem.objective
            began = self.run.began(phase)
            self._driver = Driver(objective, phase, self.run.stop, phase.enter(objective, self.row), began)
        driver, before = self._driver, self.row.t
        taken = driver.advance(min(self._together, until - before))
        self.row = driver.row
        ended = taken.ended
        if ended.any():
            kept = np.flatnonzero(~ended.any(axis=0))
            self._record(taken, before)
            driver.keep(kept)
            self.alive, self.row = self.alive[kept], driver.row

    def _record(self, taken: Steps, before: int) -> None:
        """The lanes that ended in some steps, each at the first of them that ended it."""
        ended = taken.ended
        for lane in np.flatnonzero(ended.any(axis=0)):
            at = int(ended[:, lane].argmax())
            reason = taken.reason((at, lane)) or "max_steps"
            loss = None if reason == "diverged" else float(taken.loss[at, lane])
            self._end(int(self.alive[lane]), before + at + (loss is not None), reason, loss)

    def _end(self, lane: int, n_steps: int, reason: StopReason, loss: float | None) -> None:
        self.result.n_steps[lane], self.result.stop_reason[lane], self.result.loss[lane] = n_steps, reason, loss

    def finish(self, reason: StopReason) -> None:
        """The end of all that still run."""
        for place, lane in enumerate(self.alive):
            self._end(int(lane), self.row.t, reason, float(self.row.loss[place]))
        self.alive = self.alive[:0]
