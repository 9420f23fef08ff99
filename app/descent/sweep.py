"""A sweep: the same run with many values of one hyperparameter side by side, one lane each, all stepped together."""

from __future__ import annotations

import math
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from app.descent.driver import Driver, cost_on_arrays
from app.descent.method import Lanes
from app.descent.phase import Phase, enter_any, phase_after, steps_left
from app.descent.run import Run
from app.descent.stops import EndReason
from app.formulas.cost import OPERATIONS_BETWEEN_PAUSES

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
    stop_reason: list[EndReason]

    def end(self, lane: int, n_steps: int, reason: EndReason, loss: float | None) -> None:
        """Write down how a lane ended."""
        self.n_steps[lane], self.stop_reason[lane], self.loss[lane] = n_steps, reason, loss


def _cost_of_calls_and_lane(run: Run) -> tuple[float, float]:
    """Operations of a step: of calling NumPy, however many the lanes, and of the numbers of one lane."""
    calls, one = (
        max(cost_on_arrays(run.problem.objective, each.setup, lanes) for each in run.phases) for lanes in (0, 1)
    )
    return calls, one - calls


def lanes_together(run: Run, lanes: int) -> int:
    """How many of so many lanes to step side by side, so that one step fits between two pauses."""
    calls, lane = _cost_of_calls_and_lane(run)
    return min(lanes, max(LEAST_LANES, int((OPERATIONS_BETWEEN_PAUSES - calls) / lane)))


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
        yield from _side_by_side(run, phases, np.arange(first, min(first + together, count)), result)
    return result


def _side_by_side(run: Run, phases: Sequence[Phase], lanes: Lanes, result: Sweep) -> Iterator[None]:
    """Step some lanes, by their indices, and write into `result` where each ends; pauses after every few steps."""
    objective, stop, start, count = run.problem.objective, run.stop, run.first_row, len(lanes)
    w, gradient = (np.repeat(np.array(each)[:, None], count, axis=1) for each in (start.parameters, start.gradient))
    row = replace(start, parameters=w, loss=np.full(count, start.loss), gradient=gradient)
    at_once = max(1, int(OPERATIONS_BETWEEN_PAUSES / cost(run, count)))
    reason_at_start = stop.at_start(start.loss)
    own = _of_lanes(phases, lanes)
    while lanes.size and reason_at_start is None and row.t < stop.max_steps:
        phase, before = phase_after(own, row.t), enter_any(own, objective, row)
        driver = Driver(objective, phase.setup, run.began(phase), stop, before)
        steps = driver.advance(min(at_once, driver.together, steps_left(own, before.t, stop.max_steps)))
        row, ended = driver.row, steps.ended
        for place in np.flatnonzero(ended.any(axis=0)):
            at = int(ended[:, place].argmax())
            reason = steps.reason((at, place)) or "max_steps"
            loss = None if reason == "diverged" else float(steps.loss[at, place])
            result.end(lanes[place], before.t + at + (loss is not None), reason, loss)
        if ended.any():
            going_on = np.flatnonzero(~ended.any(axis=0))
            row, lanes = row.of_lanes(going_on), lanes[going_on]
            own = _of_lanes(phases, lanes)
        yield
    for lane, loss in zip(lanes, row.loss, strict=True):
        result.end(lane, row.t, reason_at_start or "max_steps", float(loss))


def _of_lanes(phases: Sequence[Phase], lanes: Lanes) -> list[Phase]:
    """The phases of some lanes. Raises: MethodError, a method steps one point alone."""
    return [replace(phase, setup=phase.setup.of_lanes(lanes)) for phase in phases]
