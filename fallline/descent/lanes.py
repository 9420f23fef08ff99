"""Many runs side by side, a lane each, stepped together, and the end of each.

In a sweep the lanes differ in one hyperparameter, in a map of starts in their starts; for turned quadratics they differ
in both the start and the loss.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from fallline.descent.driver import Driver
from fallline.descent.rows import Phase, Row, enter_any, phase_from, steps_left
from fallline.descent.run import Run
from fallline.descent.stops import STOP_REASONS, Holds, StopReason, where_any, within_bounds
from fallline.faults import FaultError
from fallline.formulas.cost import OPERATIONS_BETWEEN_PAUSES
from fallline.in_parts import InParts
from fallline.optimizers.method import Lanes
from fallline.problems.turned import TurnedQuadratic
from fallline.sentences import few_names
from fallline.types import Array

LEAST_LANES = 16
"""The least lanes at a time. With fewer, a step would spend most of its time on calls of NumPy."""
MOST_LANES = 4096
"""The most lanes at a time, so that the arrays of a step fit in the cache of one core."""
MOST_NUMBERS = 2**17
"""The most numbers in the rows between two checks for ends, for the same reason."""
Region = tuple[Array, Array]
"""The lower and the upper bound of each parameter, (n,) each."""


@dataclass
class Ends:
    """The end of each lane.

    Args:
        parameters: at the last row, shape (n, lanes); nan for a lane that diverged.
        loss: at the last row, shape (lanes,); nan for a lane that diverged.
        n_steps: the steps of each lane, counted as in a single run.
        stop_reason: the index of the reason in `STOP_REASONS`.
        goal: a loss.
        below_from: the row from which on the loss stays at or below the goal; past the last row if it never stays
            there, 0 without a goal.
        by: a row, or one for each lane. A lane that does not stay at or below the goal from this row on is given up,
            with no loss.
        region: the bounds of each parameter, (n,) each. A lane that leaves them is given up, too.
        fault: the first fault that ended a lane; None if there was none.
    """

    parameters: Array
    loss: Array
    n_steps: NDArray[np.intp]
    stop_reason: NDArray[np.int8]
    goal: float | None
    below_from: NDArray[np.intp]
    by: float | Array = math.inf
    region: Region | None = None
    fault: FaultError | None = None

    @classmethod
    def none_yet(
        cls, parameters: int, lanes: int, goal: float | None, by: float | Array, region: Region | None = None
    ) -> Self:
        """Return the ends of this many lanes before any of them has ended."""
        last = np.full(lanes, STOP_REASONS.index("max_steps"), dtype=np.int8)
        nan, zero = np.full((parameters + 1, lanes), np.nan), np.zeros((2, lanes), dtype=np.intp)
        return cls(nan[1:], nan[0], zero[0], last, goal, zero[1], by, region)

    @property
    def reasons(self) -> list[StopReason]:
        """The name of each stop reason."""
        return [STOP_REASONS[code] for code in self.stop_reason]

    def end_by_fault(self, fault: FaultError, lanes: Lanes, n_steps: int) -> None:
        """Record that the only lane ended by a fault after `n_steps`. Raises: FaultError, there are several lanes."""
        if len(lanes) > 1:
            raise fault
        self.parameters[:, lanes], self.loss[lanes] = np.nan, np.nan
        self.stop_reason[lanes], self.n_steps[lanes] = STOP_REASONS.index("fault"), n_steps
        self.fault = self.fault or fault

    def write(self, lanes: Lanes, first: int, holds: Holds, w: Array, loss: Array) -> Lanes:
        """Record which lanes ended in some rows; return the indices, among the lanes given, of those that continue.

        Args:
            first: the number of the first row; holds: where each stop rule holds, by row, then lane.
            w, loss: of the rows, also by row, then lane.
        """
        given_up = np.zeros(len(lanes), dtype=bool)
        if self.goal is not None:
            above = ~(loss[::-1] <= self.goal)
            ever = above.any(axis=0)
            self.below_from[lanes[ever]] = first + len(loss) - above[:, ever].argmax(axis=0)
            given_up = ever & (self.below_from[lanes] > np.broadcast_to(self.by, self.loss.shape)[lanes])
        if self.region is not None:
            low, high = (end[:, None, None] for end in self.region)
            given_up |= ((w < low) | (w > high)).any(axis=(0, 1))
        if not holds:
            return np.flatnonzero(~given_up)
        ended = where_any(holds, loss.shape)
        ends = ended.any(axis=0)
        places = np.flatnonzero(ends)
        at, which = ended[:, places].argmax(axis=0), lanes[places]
        for reason, mask in reversed([*holds.items()]):
            self.stop_reason[which[mask[at, places]]] = STOP_REASONS.index(reason)
        finite = self.stop_reason[which] != STOP_REASONS.index("diverged")
        self.n_steps[which] = np.maximum(first + at - ~finite, 0)
        at, places, which = at[finite], places[finite], which[finite]
        self.parameters[:, which], self.loss[which] = w[:, at, places], loss[at, places]
        return np.flatnonzero(~(ends | given_up))


def _cost_of_step(run: Run, lanes: int) -> float:
    """Return the operations of a step of this many lanes side by side."""
    return max(Driver.cost(run.problem.objective, phase.setup, lanes) for phase in run.phases)


def one_at_a_time(run: Run) -> bool:
    """Whether each lane runs alone, as code of one's own is called for one point."""
    return run.problem.objective.one_point or any(phase.setup.method.one_point for phase in run.phases)


def lanes_together(run: Run, lanes: int) -> int:
    """Return how many of `lanes` lanes to step side by side, so that one step fits between two pauses."""
    if one_at_a_time(run):
        return 1
    lane = _cost_of_step(run, 1) - _cost_of_step(run, 0)
    return min(lanes, MOST_LANES, max(LEAST_LANES, int(OPERATIONS_BETWEEN_PAUSES / lane)))


def cost_of_lanes(run: Run, lanes: int) -> float:
    """Return the operations of a step of this many lanes, in groups side by side."""
    together = lanes_together(run, lanes)
    return math.ceil(lanes / together) * _cost_of_step(run, together)


def sweep(
    run: Run, phases: Sequence[Phase], lanes: int, goal: float | None = None, by: float = math.inf
) -> InParts[Ends]:
    """Return where every lane ends, equal to single runs to rounding; pauses after every few steps.

    Args:
        run: the run, apart from the value that differs between lanes.
        phases: those of the run, with an array of one value for each lane where lanes differ.
        goal: a loss; the ends then say from which row on each lane stays at or below it.
        by: the row from which on a lane must stay there at the latest, or it is given up.

    Raises: MethodError, a method steps one point alone.
    """
    return (yield from _ends(run, phases, np.repeat(np.array(run.start)[:, None], lanes, axis=1), goal, by))


def ends_of_starts(
    run: Run, starts: Array, phases: Sequence[Phase] | None = None, goal: float | None = None,
    by: float | Array = math.inf, region: Region | None = None,
) -> InParts[Ends]:  # fmt: skip
    """Return where a run ends from each of many starts, equal to single runs to rounding; pauses as a sweep does.

    A start that a single run refuses, as its loss is not finite, counts as diverged after no step.

    Args:
        run: the run, apart from its start.
        starts: (n, lanes).
        phases: as for a sweep, if lanes have different values; by default those of the run.
        goal, by: as for a sweep; `by` may have one row for each lane.
        region: a lane that leaves it is given up, with no loss; by default none is.

    Raises: MethodError, a method steps one point alone; ValueError, a start has more or fewer numbers than a point.
    """
    names = run.problem.parameters
    if len(starts) != len(names):
        few = ", ".join(few_names(names))
        raise ValueError(f"starts must have {len(names)} rows, one for each of {few}; got {len(starts)}")
    return (yield from _ends(run, phases or run.phases, np.asarray(starts, dtype=float), goal, by, region=region))


def ends_of_turned(run: Run, starts: Array, turned: TurnedQuadratic) -> InParts[Ends]:
    """Return where a run ends from each of many starts, each on the loss of its own lane; pauses as a sweep does.

    Args: run: as for `ends_of_starts`, apart from its loss.
    """
    return (yield from _ends(run, run.phases, starts, turned=turned))


def _ends(
    run: Run, phases: Sequence[Phase], starts: Array, goal: float | None = None, by: float | Array = math.inf,
    turned: TurnedQuadratic | None = None, region: Region | None = None,
) -> InParts[Ends]:  # fmt: skip
    count = starts.shape[1]
    together, ends = lanes_together(run, count), Ends.none_yet(len(starts), count, goal, by, region)
    for first in range(0, count, together):
        lanes = np.arange(first, min(first + together, count))
        one_by_one: Lanes = lanes[:0]
        try:
            yield from _side_by_side(run, phases, starts[:, lanes], lanes, ends, turned)
        except FaultError:  # a fault ends only its own lane
            one_by_one = lanes
        for lane in one_by_one[:, None]:
            yield from _side_by_side(run, phases, starts[:, lane], lane, ends, turned)
    return ends


def _side_by_side(
    run: Run, phases: Sequence[Phase], w: Array, lanes: Lanes, ends: Ends, turned: TurnedQuadratic | None
) -> InParts[None]:
    """Step some lanes, given by their indices, from `w`, and write their ends into `ends`; pauses from time to time.

    Args: turned: the loss of each lane, if lanes have different ones.

    Raises: FaultError, one of several lanes has a fault; a single lane ends by it.
    """
    stop = run.stop
    objective = turned.of_lanes(lanes) if turned else run.problem.objective
    try:
        with np.errstate(all="ignore"):
            loss, gradient = objective.value_and_gradient(w)
    except FaultError as fault:
        ends.end_by_fault(fault, lanes, 0)
        return
    row = Row(0, w, loss, gradient, {}, run.first_row.draws)
    holds: Holds = {"diverged": ~within_bounds(w, loss), "target_loss": np.broadcast_to(stop.reached(loss), loss.shape)}
    holds = {reason: mask[None] for reason, mask in holds.items()}
    going_on = ends.write(lanes, 0, holds, w[:, None], loss[None])
    yield
    own, at_once = list[Phase](), 1
    while going_on.size and row.t < stop.max_steps:
        if not own or len(going_on) < len(lanes):
            row, lanes = row.of_lanes(going_on), lanes[going_on]
            objective = turned.of_lanes(lanes) if turned else objective
            own = [replace(phase, setup=phase.setup.of_lanes(lanes)) for phase in phases]
            at_once = max(1, int(OPERATIONS_BETWEEN_PAUSES / cost_of_lanes(run, len(lanes))))
        phase, before = phase_from(own, row.t), enter_any(own, objective, row)
        driver = Driver(objective, phase.setup, run.began(phase), stop, before)
        looked_at = max(1, MOST_NUMBERS // (driver.width * len(lanes)))
        count = min(at_once, looked_at, driver.together, steps_left(own, before.t, stop.max_steps))
        try:
            steps = driver.advance(count)
        except FaultError as fault:
            if count == 1:
                ends.end_by_fault(fault, lanes, before.t)
                return
            at_once = 1  # the steps before the fault are kept
            continue
        row, going_on = driver.row, ends.write(lanes, before.t + 1, steps.holds, steps.w, steps.loss)
        yield steps.loss.size
    row, lanes = row.of_lanes(going_on), lanes[going_on]
    ends.n_steps[lanes], ends.parameters[:, lanes], ends.loss[lanes] = row.t, row.parameters, row.loss
