"""A run: one path of one optimizer on one problem, as blocks of columns."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import chain, pairwise, repeat
from typing import TypeVar

import numpy as np

from fallline.descent.draws import Draws
from fallline.descent.loop import driver_of
from fallline.descent.rows import Block, Phase, Row, enter_any, join_blocks, phase_from, steps_left
from fallline.descent.setup import Setup
from fallline.descent.stops import BEYOND, End, Stop, ending
from fallline.formulas.cost import OPERATIONS_BETWEEN_PAUSES
from fallline.in_parts import InParts
from fallline.notices import Notice, notice
from fallline.problems.objective import Objective
from fallline.problems.problem import Problem
from fallline.sentences import few_names

Kept = TypeVar("Kept")


class StartError(ValueError):
    """The run cannot begin at this start: the `loss` there is not finite, or the start or the loss is beyond 1e100."""

    def __init__(self, at: Sequence[float], loss: float) -> None:
        self.at, self.loss = at, loss
        super().__init__(f"the loss at ({', '.join(f'{value:g}' for value in at)}) is {loss:g}")


class Run:
    """One path. Iterating `blocks` computes it; the same arguments always give the same rows.

    Args:
        problem, setup, start, stop: the problem, the optimizer, the start, and when to stop.
        seed: for the batches and the noise of the steps, and for the start if the problem draws it.
        changes: the phases after the first, each beginning at a later row than the one before.

    Raises:
        StartError: the loss at `start` is not finite, or it or the start is beyond 1e100.
        ValueError: the start does not have one number for each parameter, a batch or `first_points` is larger than the
            data, or the changes are not in the order of their rows.
    """

    def __init__(
        self,
        problem: Problem,
        setup: Setup,
        start: Sequence[float] | None = None,
        stop: Stop | None = None,
        seed: int = 0,
        changes: Sequence[Phase] = (),
    ) -> None:
        self.problem, self.setup, self.stop, self.seed = problem, setup, stop or Stop(), seed
        self.start = tuple(float(value) for value in (problem.start_for(seed) if start is None else start))
        self.phases = (Phase(0, setup), *changes)
        rows = [phase.from_row for phase in changes]
        if any(row < 0 for row in rows) or any(row >= later for row, later in pairwise(rows)):
            raise ValueError(f"changes must begin after rows from 0 on, each after a later one; got {rows}")
        n_points = problem.objective.n_points
        for phase in self.phases:
            _check_points(phase.setup, n_points)
        self._start_row = start_row(problem.objective, self.start, seed)

    # what it is

    @property
    def sampled(self) -> bool:
        """Whether any of its steps uses a batch."""
        n_points = self.problem.objective.n_points
        return any(phase.setup.sees_batches(n_points) for phase in self.phases)

    @property
    def notices(self) -> tuple[Notice, ...]:
        """The notices for a reader of the run."""
        setups = [phase.setup for phase in self.phases]
        notices = [*self.problem.notices]
        if any(setup.noise for setup in setups):
            notices.append(notice("noise_simulated"))
        if self.problem.objective.n_points is None and any(setup.batch_size is not None for setup in setups):
            notices.append(notice("no_data"))
        return tuple(notices)

    @cached_property
    def cost(self) -> float:
        """Operations of one step, roughly: of the rule, and of the loss with its gradient."""
        objective = self.problem.objective
        return max(driver_of(objective, phase.setup).cost(objective, phase.setup) for phase in self.phases)

    def rows_a_block(self, most: int) -> int:
        """Return how many rows to compute between two pauses, at most `most`. It depends on the spec alone."""
        return max(1, min(most, int(OPERATIONS_BETWEEN_PAUSES / self.cost)))

    # its rows

    @cached_property
    def first_row(self) -> Row:
        """Row 0."""
        return enter_any(self.phases, self.problem.objective, self._start_row)

    def blocks(self, sizes: Iterable[int] = (), row: Row | None = None) -> Iterator[Block]:
        """Yield the rows in blocks. The last block has an `end`, and may be empty.

        A block may contain a change of the optimizer.

        Args:
            sizes: the most rows of each block; 1024 for further blocks.
            row: the row of this run after which to continue; None for the beginning.
        """
        for most_rows in chain(sizes, repeat(1024)):
            parts: list[Block] = []
            left = most_rows
            while left and not (parts and parts[-1].end):
                parts.append(self.next_block(row, left))
                row, left = parts[-1].last, left - len(parts[-1])
            yield join_blocks(parts)
            if parts[-1].end is not None:
                return

    def in_parts(self, keep: Callable[[Block], Kept]) -> InParts[tuple[list[Kept], Row, End]]:
        """Return the results of `keep` for each block, the last row, and how the run ended; pauses after each block."""
        blocks = []
        for block in self.blocks(repeat(self.rows_a_block(1024))):
            blocks.append(keep(block))
            yield len(block.learning_rate)
        assert block.end is not None
        return blocks, block.last, block.end

    def whole(self) -> Block:
        """Return all rows as one block."""
        return next(self.blocks([self.stop.max_steps + 1]))

    def next_block(self, row: Row | None = None, most_rows: int = 1024) -> Block:
        """Return the next rows that are computed together: at most `most_rows`, all by one optimizer.

        Args:
            row: the row of this run after which to continue; None for row 0 alone.
        """
        if row is None:
            return self._first_block()
        phase, objective = phase_from(self.phases, row.t), self.problem.objective
        if row.t:  # the first row has been entered
            row = enter_any(self.phases, objective, row)
        driver = driver_of(objective, phase.setup)
        left = steps_left(self.phases, row.t, self.stop.max_steps)
        block = driver(objective, phase, self.stop, row).block(min(most_rows, left))
        if block.batch is None and self.sampled:
            return replace(block, batch=[None] * len(block.learning_rate))
        return block

    def _first_block(self) -> Block:
        """Return the block with row 0, to which no step leads."""
        row, none = self.first_row, np.empty(0)
        w = row.parameters[:, None]
        columns = self.phases[0].setup.method.columns()
        states = {name: row.states[name][:, None] for name in columns}
        reason = self.stop.at_start(row.loss)
        return Block(
            before=None, parameters=w, loss=np.array([row.loss]), gradient=np.empty((len(w), 0)), learning_rate=none,
            batch=[] if self.sampled else None, states=states, evaluations=row.evaluations[:, None], last=row,
            end=reason and ending(reason, 0, self.stop),
        )  # fmt: skip


def start_row(objective: Objective, start: tuple[float, ...], seed: int = 0) -> Row:
    """Row 0 of a run, before its first phase. Raises: StartError or ValueError, no run can begin there."""
    names = objective.parameters
    if len(start) != len(names):
        few = ", ".join(few_names(names))
        raise ValueError(f"start must have {len(names)} numbers, one for each of {few}; got {len(start)}")
    loss, gradient = objective.value_and_gradient_at(start)
    if not abs(loss) <= BEYOND or not all(abs(value) <= BEYOND for value in start):
        raise StartError(start, loss)
    return Row(0, start, loss, gradient, {}, Draws(seed))


def _check_points(setup: Setup, n_points: int | None) -> None:
    """Raises: ValueError, a phase uses more points than there are."""
    if n_points is None:
        return
    points_there, size = setup.points_there(n_points), setup.batch_size
    if points_there > n_points:
        raise ValueError(f"first_points must be at most {n_points}, the points of the data; got {points_there}")
    if size is not None and size > points_there:
        raise ValueError(f"batch_size must be at most {points_there}, the points of the data; got {size}")


def sizes_up_to(rows: int, most: int) -> Iterator[int]:
    """Yield the sizes of blocks for `rows` rows, of at most `most` rows each."""
    for begin in range(0, rows, most):
        yield min(most, rows - begin)
