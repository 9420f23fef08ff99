"""Many runs, a lane each, and the end of each: stepped side by side, or one by one where one point is taken at a time.

In a sweep the lanes differ in one hyperparameter, in a map of starts in their starts; for turned quadratics they differ
in both the start and the loss.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import repeat
from typing import Self

import numpy as np
from numpy.typing import NDArray

from fallline.descent.driver import Driver
from fallline.descent.evaluations import Counts
from fallline.descent.rows import Phase, Row, enter_any, phase_from, steps_left
from fallline.descent.run import Run, StartError
from fallline.descent.stops import STOP_REASONS, Holds, StopReason, where_any, within_bounds
from fallline.faults import FaultError
from fallline.formulas.cost import OPERATIONS_BETWEEN_PAUSES
from fallline.in_parts import InParts
from fallline.optimizers.method import Lanes
from fallline.problems.objective import Objective
from fallline.problems.turned import TurnedQuadratic
from fallline.sentences import few_names
from fallline.types import Array, Mask

LEAST_LANES = 16
"""The least lanes at a time. With fewer, a step would spend most of its time on calls of NumPy."""
MOST_LANES = 4096
"""The most lanes at a time, so that the arrays of a step fit in the cache of one core."""
MOST_NUMBERS = 2**17
"""The most numbers in the rows between two checks for ends, for the same reason."""
MOST_ROWS_AT_ONCE = 64
"""The most rows between two checks of a lane that is stepped by itself."""
Region = tuple[Array, Array]
"""The lower and the upper bound of each parameter, (n,) each."""


@dataclass(frozen=True)
class Aim:
    """What each lane is to reach. One that misses it is given up, with no loss.

    Args:
        goal: a loss; the ends say from when on each lane stays at or below it.
        by: how much a lane may have spent when it is at or below the goal for good; one number, or one for each lane.
        region: the bounds of the parameters, which a lane must not leave.
        spent: what has been spent at some rows, as a function of their evaluations; by default the number of steps.
        budget: of a lane that is stepped by itself, rows at which more has been spent are left out.
    """

    goal: float | None = None
    by: float | Array = math.inf
    region: Region | None = None
    spent: Callable[[Counts], Array] | None = None
    budget: float = math.inf

    def spent_at(self, first: int, evaluations: Counts) -> Array:
        """What has been spent at some rows. Args: first: the number of the first; evaluations: of each, (3, rows)."""
        return np.arange(first, first + evaluations.shape[1]) if self.spent is None else self.spent(evaluations)


NO_AIM = Aim()


@dataclass
class Ends:
    """The end of each lane.

    Args:
        parameters: at the last row, shape (n, lanes); nan for a lane that diverged.
        loss: at the last row, shape (lanes,); nan for a lane that diverged.
        n_steps: the steps of each lane, counted as in a single run.
        stop_reason: the index of the reason in `STOP_REASONS`.
        stays: whether the loss is at or below the goal at the last row; below_from: what was spent when it came there
            for good, in steps unless the aim says otherwise; 0 without a goal.
        fault: the first fault that ended a lane; None if there was none.
    """

    parameters: Array
    loss: Array
    n_steps: NDArray[np.intp]
    stop_reason: NDArray[np.int8]
    stays: Mask
    below_from: Array
    fault: FaultError | None = None

    @classmethod
    def none_yet(cls, parameters: int, lanes: int) -> Self:
        """Return the ends of this many lanes before any of them has ended."""
        return cls(
            parameters=np.full((parameters, lanes), np.nan),
            loss=np.full(lanes, np.nan),
            n_steps=np.zeros(lanes, dtype=np.intp),
            stop_reason=np.full(lanes, STOP_REASONS.index("max_steps"), dtype=np.int8),
            stays=np.ones(lanes, dtype=bool),
            below_from=np.zeros(lanes),
        )

    @property
    def reasons(self) -> list[StopReason]:
        """The name of each stop reason."""
        return [STOP_REASONS[code] for code in self.stop_reason]

    def write_one(
        self, lane: int, reason: StopReason, n_steps: int, w: Array, loss: float, fault: FaultError | None = None
    ) -> None:
        """Record how one lane ended, at its last row; one that diverged or has a fault keeps no point."""
        self.stop_reason[lane], self.n_steps[lane], self.fault = (
            STOP_REASONS.index(reason),
            n_steps,
            self.fault or fault,
        )
        if reason not in ("diverged", "fault"):
            self.parameters[:, lane], self.loss[lane] = w, loss

    def write(self, lanes: Lanes, first: int, holds: Holds, w: Array, loss: Array) -> Mask:
        """Record which lanes ended in some rows; return the mask of these lanes.

        Args:
            first: the number of the first row; holds: where each stop rule holds, by row, then lane.
            w, loss: of the rows, also by row, then lane.
        """
        if not holds:
            return np.zeros(len(lanes), dtype=bool)
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
        return ends

    def missed(self, aim: Aim, lanes: Lanes, spent: Array, w: Array, loss: Array) -> Mask:
        """Record from when on lanes stay at the goal; return the mask of those that miss it.

        Args: spent: at each row; w, loss: as in `write`.
        """
        missed = np.zeros(len(lanes), dtype=bool)
        if aim.goal is not None:
            above = ~(loss <= aim.goal)
            self.below_from[lanes[~self.stays[lanes]]] = spent[0]
            ever, next_spent = above.any(axis=0), np.append(spent[1:], spent[-1] + 1)
            self.below_from[lanes[ever]] = next_spent[len(loss) - 1 - above[::-1, ever].argmax(axis=0)]
            self.stays[lanes] = ~above[-1]
            missed = self.below_from[lanes] > np.broadcast_to(aim.by, self.loss.shape)[lanes]
        if aim.region is not None:
            low, high = (end[:, None, None] for end in aim.region)
            missed |= ((w < low) | (w > high)).any(axis=(0, 1))
        return missed


def _cost_of_step(run: Run, lanes: int) -> float:
    """Return the operations of a step of this many lanes side by side."""
    return max(Driver.cost(run.problem.objective, phase.setup, lanes) for phase in run.phases)


def one_by_one(run: Run) -> bool:
    """Whether each lane is stepped by itself, as a method or the loss takes one point alone."""
    return "one by one" in (run.problem.objective.lanes, *(phase.setup.method.lanes for phase in run.phases))


def lanes_together(run: Run, lanes: int) -> int:
    """Return how many of `lanes` lanes to step side by side, so that one step fits between two pauses."""
    if one_by_one(run):
        return 1
    lane = _cost_of_step(run, 1) - _cost_of_step(run, 0)
    return min(lanes, MOST_LANES, max(LEAST_LANES, int(OPERATIONS_BETWEEN_PAUSES / lane)))


def cost_of_lanes(run: Run, lanes: int) -> float:
    """Return the operations of a step of this many lanes, in groups side by side."""
    together = lanes_together(run, lanes)
    return math.ceil(lanes / together) * _cost_of_step(run, together)


def sweep(run: Run, phases: Sequence[Phase], lanes: int, aim: Aim = NO_AIM) -> InParts[Ends]:
    """Return where every lane ends, equal to single runs to rounding; pauses after every few steps.

    Args:
        run: the run, apart from the value that differs between lanes.
        phases: those of the run, with an array of one value for each lane where lanes differ.
    """
    starts = np.repeat(np.array(run.start)[:, None], lanes, axis=1)
    return (yield from _AllLanes(run, phases, starts, aim).all_ends())


def ends_of_starts(run: Run, starts: Array, phases: Sequence[Phase] | None = None, aim: Aim = NO_AIM) -> InParts[Ends]:
    """Return where a run ends from each of many starts, equal to single runs to rounding; pauses as a sweep does.

    A start that a single run refuses, as its loss is not finite, counts as diverged after no step.

    Args:
        run: the run, apart from its start.
        starts: (n, lanes).
        phases: as for a sweep, if lanes have different values; by default those of the run.

    Raises: ValueError, a start has more or fewer numbers than a point.
    """
    names = run.problem.parameters
    if len(starts) != len(names):
        few = ", ".join(few_names(names))
        raise ValueError(f"starts must have {len(names)} rows, one for each of {few}; got {len(starts)}")
    return (yield from _AllLanes(run, phases or run.phases, np.asarray(starts, dtype=float), aim).all_ends())


def ends_of_turned(run: Run, starts: Array, turned: TurnedQuadratic) -> InParts[Ends]:
    """Return where a run ends from each of many starts, each on the loss of its own lane; pauses as a sweep does.

    Args: run: as for `ends_of_starts`, apart from its loss.
    """
    return (yield from _AllLanes(run, run.phases, starts, turned=turned).all_ends())


class _AllLanes:
    """The lanes of a run, stepped in groups side by side, or one by one.

    Args:
        phases, starts: of all lanes, as for a sweep and a map of starts.
        turned: the loss of each lane, if lanes have different ones.
    """

    def __init__(
        self, run: Run, phases: Sequence[Phase], starts: Array, aim: Aim = NO_AIM,
        turned: TurnedQuadratic | None = None,
    ) -> None:  # fmt: skip
        self.run, self.phases, self.starts, self.aim, self.turned = run, phases, starts, aim, turned
        self.ends = Ends.none_yet(*starts.shape)

    def all_ends(self) -> InParts[Ends]:
        """Step every lane to its end. A group with a fault is stepped again one by one: it ends one lane alone."""
        count, alone = self.starts.shape[1], one_by_one(self.run)
        together = lanes_together(self.run, count)
        for first in range(0, count, together):
            lanes = by_themselves = np.arange(first, min(first + together, count))
            if not alone:
                try:
                    yield from self._side_by_side(lanes)
                    by_themselves = lanes[:0]
                except FaultError:
                    pass
            for lane in by_themselves.tolist():
                yield from self._by_itself(lane)
        return self.ends

    def _by_itself(self, lane: int) -> InParts[None]:
        """Step a lane to its end as a run of its own, and record the end."""
        run, ends, aim, w, loss = self.run, self.ends, self.aim, self.starts[:, lane], math.nan
        problem = replace(run.problem, objective=self._objective(lane)) if self.turned else run.problem
        first, *changes = self._phases(lane)
        yield
        try:
            single = Run(problem, first.setup, w.tolist(), run.stop, run.seed, changes)
        except StartError:
            ends.write_one(lane, "diverged", 0, w, loss)
            return
        except FaultError as fault:
            ends.write_one(lane, "fault", 0, w, loss, fault)
            return
        for block in single.blocks(repeat(single.rows_a_block(MOST_ROWS_AT_ONCE))):
            spent = aim.spent_at(block.first, block.evaluations)
            within = spent <= aim.budget
            if within.any():
                rows, losses = block.parameters[:, within], block.loss[within]
                if ends.missed(aim, np.array([lane]), spent[within], rows[:, :, None], losses[:, None]).any():
                    return
                t, w, loss = block.first + len(losses) - 1, rows[:, -1], losses[-1]
            if block.end and within.all():
                ends.write_one(lane, block.end.reason, t, w, loss, block.end.fault)
            elif not within.all():
                ends.write_one(lane, "max_steps", t, w, loss)
                return
            yield len(block.learning_rate)

    def _side_by_side(self, lanes: Lanes) -> InParts[None]:
        """Step some lanes, by their indices, to their ends, and record these. Raises: FaultError, of one of them."""
        w, stop = self.starts[:, lanes], self.run.stop
        with np.errstate(all="ignore"):
            loss, gradient = self._objective(lanes).value_and_gradient(w)
        row = Row(0, w, loss, gradient, {}, self.run.first_row.draws)
        diverged, reached = ~within_bounds(w, loss), np.broadcast_to(stop.reached(loss), loss.shape)
        holds: Holds = {"diverged": diverged[None], "target_loss": reached[None]}
        going_on = self._going_on(lanes, 0, row.evaluations[:, None], holds, w[:, None], loss[None])
        yield
        while going_on.size and row.t < stop.max_steps:
            row, lanes = row.of_lanes(going_on), lanes[going_on]
            row, going_on = yield from self._until_one_ends(row, lanes)
        row, lanes = row.of_lanes(going_on), lanes[going_on]
        self.ends.n_steps[lanes], self.ends.parameters[:, lanes] = row.t, row.parameters
        self.ends.loss[lanes] = row.loss

    def _until_one_ends(self, row: Row, lanes: Lanes) -> InParts[tuple[Row, Lanes]]:
        """Step lanes from a row until one of them ends, or until the last step.

        Returns: the last row of these lanes, and the indices, among them, of those that continue.
        """
        objective, phases, going_on = self._objective(lanes), self._phases(lanes), np.arange(len(lanes))
        most = max(1, int(OPERATIONS_BETWEEN_PAUSES / cost_of_lanes(self.run, len(lanes))))
        while len(going_on) == len(lanes) and row.t < self.run.stop.max_steps:
            before = enter_any(phases, objective, row)
            driver = Driver(objective, phase_from(phases, row.t), self.run.stop, before)
            looked_at = max(1, MOST_NUMBERS // (driver.width * len(lanes)))
            count = min(most, looked_at, driver.together, steps_left(phases, row.t, self.run.stop.max_steps))
            steps = driver.advance(count)
            row, first = driver.row, row.t + 1
            going_on = self._going_on(lanes, first, driver.evaluations(count), steps.holds, steps.w, steps.loss)
            yield steps.loss.size
        return row, going_on

    def _objective(self, lanes: Lanes | int) -> Objective:
        return self.turned.of_lanes(lanes) if self.turned else self.run.problem.objective

    def _phases(self, lanes: Lanes | int) -> list[Phase]:
        return [replace(phase, setup=phase.setup.of_lanes(lanes)) for phase in self.phases]

    def _going_on(self, lanes: Lanes, first: int, evaluations: Counts, holds: Holds, w: Array, loss: Array) -> Lanes:
        """Record the ends of lanes in some rows; return the indices, among them, of those that continue."""
        missed = self.ends.missed(self.aim, lanes, self.aim.spent_at(first, evaluations), w, loss)
        return np.flatnonzero(~(missed | self.ends.write(lanes, first, holds, w, loss)))
