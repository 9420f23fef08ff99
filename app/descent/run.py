"""A run: one path of one optimizer on one problem, as blocks of columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise, repeat, tee

import numpy as np

from app.descent.draws import Draws
from app.descent.driver import Driver, next_block
from app.descent.loop import MOST_PARAMETERS, LoopDriver
from app.descent.method import RuleMethod
from app.descent.phase import Phase
from app.descent.rows import Block, Numbers, Row
from app.descent.setup import Setup
from app.descent.stops import BEYOND, Stop, ending
from app.descent.unroll import unrolled
from app.formulas.cost import OPERATIONS_A_PIECE
from app.notices import Notice, notice
from app.problems.objective import InFormulas
from app.problems.problem import Problem
from app.types import Array


class StartError(ValueError):
    """The start cannot be run from: the `loss` at it is not finite, or one of the two is past 1e100."""

    def __init__(self, at: Sequence[float], loss: float) -> None:
        self.at, self.loss = at, loss
        super().__init__(f"the loss at ({', '.join(f'{value:g}' for value in at)}) is {loss:g}")


class Run:
    """One path. Iterating `blocks` computes it; the same arguments always give the same rows.

    Args:
        problem, setup, start, stop: what runs from where until when.
        seed: of the batches and then the noise of each step, and of the start where the problem draws it.
        changes: the phases that follow the first, each beginning after a later row than the one before.
        on_floats: False to go over arrays where the quick loop could.

    Raises:
        StartError: the loss at `start` is not finite, or it or the start is past 1e100.
        ValueError: the changes do not stand in the order of their rows.
    """

    def __init__(
        self,
        problem: Problem,
        setup: Setup,
        start: Sequence[float] | None = None,
        stop: Stop | None = None,
        seed: int = 0,
        changes: Sequence[Phase] = (),
        *,
        on_floats: bool = True,
    ) -> None:
        self.problem, self.setup, self.stop, self.seed = problem, setup, stop or Stop(), seed
        self.start = tuple(float(value) for value in (problem.start_for(seed) if start is None else start))
        self.phases = (Phase(0, setup), *changes)
        rows = [phase.after for phase in changes]
        if any(row < 0 for row in rows) or any(row >= later for row, later in pairwise(rows)):
            raise ValueError(f"changes must begin after rows from 0 on, each after a later one; got {rows}")
        in_formulas = isinstance(problem.objective, InFormulas) and len(problem.parameters) <= MOST_PARAMETERS
        self.on_floats = on_floats and in_formulas
        loss, gradient = problem.objective.evaluate(self.start)
        self._check_start(loss)
        self.first_row = self.phases[0].enter(problem.objective, Row(0, self.start, loss, gradient, {}, Draws(seed)))

    def _check_start(self, loss: float) -> None:
        if not abs(loss) <= BEYOND or not all(abs(value) <= BEYOND for value in self.start):
            raise StartError(self.start, loss)

    # what it is

    @property
    def sampled(self) -> bool:
        """Whether any of its steps sees only a batch."""
        return self.problem.objective.n_points is not None and any(each.setup.batch_size for each in self.phases)

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What a reader of the run must know."""
        setups = [phase.setup for phase in self.phases]
        notices = [*self.problem.notices]
        if any(setup.noise for setup in setups):
            notices.append(notice("noise_simulated"))
        if self.problem.objective.n_points is None and any(setup.batch_size is not None for setup in setups):
            notices.append(notice("no_data"))
        return tuple(notices)

    @property
    def cost(self) -> float:
        """Operations of one step, about: of the rule, and of the loss with its gradient."""
        return max(map(self._cost_in, self.phases))

    def _cost_in(self, phase: Phase) -> float:
        objective = self.problem.objective
        if self.on_floats and isinstance(phase.setup.method, RuleMethod) and isinstance(objective, InFormulas):
            rule = unrolled(phase.setup.method.rule, len(objective.parameters), phase.setup.schedule.rule)
            return objective.cost_on_floats + rule.cost
        return phase.cost(objective)

    def rows_a_block(self, most: int) -> int:
        """How many rows to compute between two pauses, at most so many; it follows from the spec alone."""
        return max(1, min(most, int(OPERATIONS_A_PIECE / self.cost)))

    # its phases

    def began(self, phase: Phase) -> int:
        """The row at which the optimizer of a phase began with fresh states, from which its rule counts `t`."""
        return max(each.after for each in self.phases if each.restarts and each.after <= phase.after)

    def phases_with_last_row(self) -> list[tuple[Phase, int]]:
        """Each phase with its last row."""
        last = [min(each.after, self.stop.max_steps) for each in self.phases[1:]] + [self.stop.max_steps]
        return list(zip(self.phases, last, strict=True))

    # its rows

    def blocks(self, sizes: Iterable[int] = (), after: Row | None = None) -> Iterator[Block]:
        """The rows in blocks. A change on the way does not cut one. The last one has an `end`, and may be empty.

        Args:
            sizes: the most rows of each block; where they give out, 1024.
            after: a row of this run, from which to go on; None for its beginning.
        """
        of_blocks, of_pieces = tee(chain(sizes, repeat(1024)))
        pieces = self.pieces(of_pieces, after)
        for most_rows in of_blocks:
            block = next(pieces).block
            while len(block) < most_rows and block.end is None:
                block = block.followed_by(next(pieces).block)
            yield block
            if block.end is not None:
                return

    def whole(self) -> Block:
        """All its rows."""
        return next(self.blocks([self.stop.max_steps + 1]))

    def pieces(self, sizes: Iterable[int] = (), after: Row | None = None) -> Iterator[PhaseBlock]:
        """The rows as they come: the blocks of `blocks`, cut where a phase ends, and after as many as are kept at once.

        Args:
            sizes, after: as of `blocks`.
        """
        each_size, row, room = chain(sizes, repeat(1024)), after or self.first_row, 0
        if after is None:
            start = self._start(row)
            yield PhaseBlock(self.phases[0], None, start)
            if start.end is not None:
                return
            room = next(each_size) - 1
        for phase, until in self.phases_with_last_row():
            if until <= row.t:
                continue
            if row.t == phase.after and phase is not self.phases[0]:  # which `first_row` has entered
                row = phase.enter(self.problem.objective, row)
            driver = self._driver(phase, row)
            while row.t < until:
                room = room or next(each_size)
                block = next_block(driver, min(room, until - row.t))
                if block.batch is None and self.sampled:
                    block.batch = [None] * len(block.step_size)
                yield PhaseBlock(phase, row, block)
                row, room = block.last, room - len(block)
                if block.end is not None:
                    return

    def _driver(self, phase: Phase, row: Row) -> Driver:
        objective = self.problem.objective
        began = self.began(phase)
        if self.on_floats and isinstance(phase.setup.method, RuleMethod) and isinstance(objective, InFormulas):
            return LoopDriver(objective, phase, self.stop, row, began)
        return Driver(objective, phase, self.stop, row, began)

    def _start(self, row: Row) -> Block:
        """Row 0, to which no step leads."""
        reason = self.stop.at_start(row.loss)
        end = None if reason is None else ending(reason, 0, self.stop)
        held = {name: _column(values) for name, values in row.states.items()}
        w, none = _column(row.parameters), np.empty(0)
        gradient, loss = np.empty((len(w), 0)), np.array([row.loss])
        batch: list[list[int] | None] | None = [] if self.sampled else None
        return Block(0, w, loss, gradient, none, none, batch, held, row, end)


def sizes_up_to(rows: int, most: int) -> Iterator[int]:
    """The sizes of blocks that make up so many rows, at most so many each."""
    for begin in range(0, rows, most):
        yield min(most, rows - begin)


def _column(values: Numbers) -> Array:
    """One number for each parameter, as shape (n, 1)."""
    return np.array(values, dtype=float).reshape(-1, 1)


@dataclass(frozen=True)
class PhaseBlock:
    """A block of one phase.

    Args:
        phase: the optimizer that led to them.
        before: the row from which its first step sets off; None for row 0, to which no step leads.
        block: the rows.
    """

    phase: Phase
    before: Row | None
    block: Block
