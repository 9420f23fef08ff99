"""A run: one path of one optimizer on one problem, as blocks of columns."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, repeat

import numpy as np

from app.descent.draws import Draws
from app.descent.driver import Driver, next_block
from app.descent.loop import MOST_PARAMETERS, LoopDriver
from app.descent.method import Method
from app.descent.phase import Phase
from app.descent.rows import Block, Numbers, Row
from app.descent.setup import Setup
from app.descent.stops import BEYOND, Stop, ending
from app.descent.unroll import unrolled
from app.formulas.cost import OPERATIONS_A_PIECE
from app.notices import Notice, notice
from app.problems.objective import InFormulas, evaluate
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
        seed: of the batches and then the noise of each step.
        changes: the phases that follow the first, each beginning after the one before it.
        method: what steps in the first phase in place of the rule of `setup`.
        on_floats: False to go over arrays where the quick loop could.

    Raises:
        StartError: the loss at `start` is not finite, or it or the start is past 1e100.
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
        method: Method | None = None,
        on_floats: bool = True,
    ) -> None:
        self.problem, self.setup, self.stop, self.seed = problem, setup, stop or Stop(), seed
        self.start = tuple(float(value) for value in (problem.start if start is None else start))
        self.phases = (Phase(0, setup, 0, method) if method else Phase(0, setup, 0), *changes)
        in_formulas = isinstance(problem.objective, InFormulas) and len(problem.parameters) <= MOST_PARAMETERS
        self.on_floats = on_floats and in_formulas
        loss, gradient = evaluate(problem.objective, self.start)
        self._check_start(loss)
        self.first_row = Row(0, self.start, loss, gradient, {}, Draws(seed))

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
        if self.on_floats and phase.has_rule and isinstance(objective, InFormulas):
            rule = unrolled(phase.rule, len(objective.parameters), phase.setup.schedule.rule)
            return objective.cost_on_floats + rule.cost
        return phase.cost(objective)

    def rows_a_block(self, most: int) -> int:
        """How many rows to compute between two pauses, at most so many; it follows from the spec alone."""
        return max(1, min(most, int(OPERATIONS_A_PIECE / self.cost)))

    # its phases

    def phase_of(self, t: int) -> Phase:
        """The phase that step `t`, from 1, belongs to."""
        return next(phase for phase in reversed(self.phases) if phase.after < t)

    def phases_with_last_row(self) -> list[tuple[Phase, int]]:
        """Each phase with its last row."""
        last = [min(each.after, self.stop.max_steps) for each in self.phases[1:]] + [self.stop.max_steps]
        return list(zip(self.phases, last, strict=True))

    def enter(self, phase: Phase, row: Row) -> Row:
        """The row from which a phase goes on."""
        return phase.enter(self.problem.objective, row)

    # its rows

    def blocks(self, sizes: Iterable[int] = (), after: Row | None = None) -> Iterator[Block]:
        """The rows in blocks. A change on the way does not cut one. The last one has an `end`, and may be empty.

        Args:
            sizes: the most rows of each block; where they give out, 1024.
            after: a row of this run, from which to go on; None for its beginning.
        """
        each_size = chain(sizes, repeat(1024))
        most_rows = next(each_size)
        pieces = self.pieces(most_rows, after)
        block = next(pieces).block
        while block.end is None:
            if len(block) < most_rows:
                block = block.followed_by(pieces.send(most_rows - len(block)).block)
            else:
                yield block
                most_rows = next(each_size)
                block = pieces.send(most_rows).block
        yield block

    def whole(self) -> Block:
        """All its rows."""
        return next(self.blocks([self.stop.max_steps + 1]))

    def pieces(self, most_rows: int, after: Row | None = None) -> Generator[PhaseBlock, int | None, None]:
        """The rows as they come, in blocks that each belong to one phase; may be sent the most rows of the next."""
        row = after or self.enter(self.phases[0], self.first_row)
        if after is None:
            start = self._start(row)
            most_rows = (yield PhaseBlock(self.phases[0], None, start)) or most_rows
            if start.end is not None:
                return
        for phase, until in self.phases_with_last_row():
            if until <= row.t:
                continue
            if row.t == phase.after and (after or phase is not self.phases[0]):
                row = self.enter(phase, row)
            driver = self._driver(phase, row)
            while row.t < until:
                block = next_block(driver, min(most_rows, until - row.t))
                if block.batch is None and self.sampled:
                    block.batch = [None] * len(block.step_size)
                most_rows = (yield PhaseBlock(phase, row, block)) or most_rows
                row = block.last
                if block.end is not None:
                    return

    def _driver(self, phase: Phase, row: Row) -> Driver:
        objective = self.problem.objective
        if self.on_floats and phase.has_rule and isinstance(objective, InFormulas):
            return LoopDriver(objective, phase, self.stop, row)
        return Driver(objective, phase, self.stop, row)

    def _start(self, row: Row) -> Block:
        """Row 0, to which no step leads."""
        reason = self.stop.at_start(row.loss)
        end = None if reason is None else ending(reason, 0, self.stop)
        held = {name: _column(values) for name, values in row.states.items()}
        w, none = _column(row.parameters), np.empty(0)
        gradient, loss = np.empty((len(w), 0)), np.array([row.loss])
        batch: list[list[int] | None] | None = [] if self.sampled else None
        return Block(0, w, loss, gradient, none, none, batch, held, row, end)


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
