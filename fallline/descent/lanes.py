"""Many runs side by side, one lane each, all stepped together, and where each ends.

In a sweep the lanes differ in one hyperparameter, in a map of starts in where they set off.
"""

from __future__ import annotations

import math
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from fallline.descent.driver import Driver, cost_on_arrays
from fallline.descent.method import Lanes
from fallline.descent.phase import Phase, enter_any, phase_from, steps_left
from fallline.descent.rows import Row
from fallline.descent.run import Run
from fallline.descent.stops import StopReason, within_bounds
from fallline.formulas.cost import OPERATIONS_BETWEEN_PAUSES
from fallline.sentences import few_names
from fallline.types import Array, Mask

LEAST_LANES = 16
"""Fewer side by side would take longer in all: of what a step takes, most would be calling NumPy."""


@dataclass
class Ends:
    """Where each lane ended.

    Args:
        parameters: of the last row, shape (n, lanes); nan where the lane diverged.
        loss: of the last row, None where the lane diverged.
        n_steps, stop_reason: as of a single run.
    """

    parameters: Array
    loss: list[float | None]
    n_steps: list[int]
    stop_reason: list[StopReason]

    @classmethod
    def none_yet(cls, parameters: int, lanes: int) -> Ends:
        """Of so many lanes that have not ended."""
        return cls(np.full((parameters, lanes), np.nan), [None] * lanes, [0] * lanes, ["max_steps"] * lanes)

    def end(self, lane: int, n_steps: int, reason: StopReason, w: Array, loss: float) -> None:
        """Write down how a lane ended."""
        self.n_steps[lane], self.stop_reason[lane] = n_steps, reason
        if reason != "diverged":
            self.parameters[:, lane], self.loss[lane] = w, float(loss)


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


def sweep(run: Run, phases: Sequence[Phase], lanes: int) -> Generator[None, None, Ends]:
    """Return where every lane ends, equal to single runs to rounding; pauses after every few steps.

    Args:
        run: what every lane does but for one value.
        phases: those of the run, with an array, one value a lane, wherever a lane has its own.

    Raises: MethodError, a method steps one point alone.
    """
    return (yield from _ends(run, phases, np.repeat(np.array(run.start)[:, None], lanes, axis=1)))


def ends_of_starts(run: Run, starts: Array) -> Generator[None, None, Ends]:
    """Return where a run ends from each of many starts, equal to single runs to rounding; pauses as a sweep does.

    A start that a single run refuses, as its loss is not finite, is one that diverged in no step.

    Args:
        run: what every lane does but for its start.
        starts: (n, lanes).

    Raises: MethodError, a method steps one point alone; ValueError, a start has more or fewer numbers than a point.
    """
    names = run.problem.parameters
    if len(starts) != len(names):
        few = ", ".join(few_names(names))
        raise ValueError(f"starts must have {len(names)} rows, one for each of {few}; got {len(starts)}")
    return (yield from _ends(run, run.phases, np.asarray(starts, dtype=float)))


def _ends(run: Run, phases: Sequence[Phase], starts: Array) -> Generator[None, None, Ends]:
    count = starts.shape[1]
    ends, together = Ends.none_yet(len(starts), count), lanes_together(run, count)
    for first in range(0, count, together):
        lanes = np.arange(first, min(first + together, count))
        yield from _side_by_side(run, phases, starts[:, lanes], lanes, ends)
    return ends


def _side_by_side(run: Run, phases: Sequence[Phase], w: Array, lanes: Lanes, ends: Ends) -> Iterator[None]:
    """Step some lanes, by their indices, from `w`, and write into `ends` where each ends; pauses now and then."""
    objective, stop, count = run.problem.objective, run.stop, len(lanes)
    at_once = max(1, int(OPERATIONS_BETWEEN_PAUSES / cost(run, count)))
    with np.errstate(all="ignore"):
        loss, gradient = objective.value_and_gradient(w)
    row = Row(0, w, loss, gradient, {}, run.first_row.draws)
    refused = ~within_bounds(w, loss)
    at_goal = stop.reached(loss) & ~refused
    for place in np.flatnonzero(refused | at_goal):
        ends.end(lanes[place], 0, "diverged" if refused[place] else "target_loss", w[:, place], loss[place])
    row, lanes, own = _kept(row, lanes, phases, refused | at_goal)
    while lanes.size and row.t < stop.max_steps:
        phase, before = phase_from(own, row.t), enter_any(own, objective, row)
        driver = Driver(objective, phase.setup, run.began(phase), stop, before)
        steps = driver.advance(min(at_once, driver.together, steps_left(own, before.t, stop.max_steps)))
        row, ended = driver.row, steps.ended
        for place in np.flatnonzero(ended.any(axis=0)):
            at = int(ended[:, place].argmax())
            reason = steps.reason((at, place)) or "max_steps"
            n_steps = before.t + at + (reason != "diverged")
            ends.end(lanes[place], n_steps, reason, steps.w[:, at, place], steps.loss[at, place])
        if ended.any():
            row, lanes, own = _kept(row, lanes, phases, ended.any(axis=0))
        yield
    for place in np.arange(len(lanes)):
        ends.end(lanes[place], row.t, "max_steps", row.parameters[:, place], row.loss[place])


def _kept(row: Row, lanes: Lanes, phases: Sequence[Phase], ended: Mask) -> tuple[Row, Lanes, list[Phase]]:
    """Where the lanes stand that have not ended, their indices, and their phases.

    Raises: MethodError, a method steps one point alone.
    """
    going_on = np.flatnonzero(~ended)
    lanes = lanes[going_on]
    return row.of_lanes(going_on), lanes, [replace(phase, setup=phase.setup.of_lanes(lanes)) for phase in phases]
