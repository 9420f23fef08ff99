"""A run: one path of one optimizer on one problem, as blocks of columns."""

from __future__ import annotations

import math
import random
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from typing import Any

from app.descent.loop import BEYOND, Shape, loop
from app.descent.setup import Phase, Setup
from app.descent.stops import End, Stop, StopReason, ending, what_broke
from app.descent.unroll import Unrolled, initial_nodes, unrolled
from app.formulas.functions import scalar_function
from app.problems.objective import evaluate
from app.problems.problem import Problem

SIMULATED_NOISE = "The noise is simulated: a Gaussian is added to each component of the gradient."
NO_DATA = "There is no data to draw a batch from, so only the simulated noise makes this run stochastic."


class StartError(ValueError):
    """The start cannot be run from: its loss or its gradient is not finite."""


@dataclass
class Block:
    """Rows `first`, `first` + 1, ... of a run, and the steps that led to them.

    Args:
        first: number of its first row; row 0 is the start, and no step leads to it.
        parameters: a column for each parameter; loss: over all data.
        gradient: the gradient used, a column for each parameter.
        learning_rate: the rate in force; step_size: Euclidean.
        batch: the indices of the points used, None where every step saw all.
        states: a column for each state and parameter, the first state of every parameter first; None unless asked for.
    """

    first: int
    parameters: tuple[list[float], ...]
    loss: list[float]
    gradient: tuple[list[float], ...]
    learning_rate: list[float]
    step_size: list[float]
    batch: list[list[int]] | None
    states: tuple[list[float], ...] | None = None

    def __len__(self) -> int:
        return len(self.loss)


class Run:
    """One path. Iterating `blocks` computes it; the same arguments always give the same rows.

    Args:
        problem, setup, start, stop: what runs from where until when.
        seed: of the run's own `random.Random`, from which come the batches and then the noise.

    Raises:
        StartError: the loss or the gradient at `start` is not finite, or past 1e100.
    """

    def __init__(
        self,
        problem: Problem,
        setup: Setup,
        start: Sequence[float] | None = None,
        stop: Stop | None = None,
        seed: int = 0,
    ) -> None:
        self.problem, self.setup, self.stop, self.seed = problem, setup, stop or Stop(), seed
        self.start = tuple(float(value) for value in (problem.start if start is None else start))
        self.end: End | None = None
        loss, gradient = evaluate(problem.objective, self.start)
        self._check_start(loss)
        self.first = (loss, *gradient)

    def _check_start(self, loss: float) -> None:
        if not abs(loss) <= BEYOND or not all(abs(value) <= BEYOND for value in self.start):
            values = ", ".join(f"{value:g}" for value in self.start)
            raise StartError(
                f"the loss at ({values}) is {loss:g}; a run needs a start where it is finite, within 1e100"
            )

    @property
    def phases(self) -> tuple[Phase, ...]:
        """The steps between one change of the optimizer and the next; the first from row 0."""
        return (Phase(0, self.setup, 0),)

    @property
    def sampled(self) -> bool:
        """Whether a step sees only a batch."""
        return self.problem.objective.points is not None and self.setup.batch_size is not None

    @property
    def epoch(self) -> int:
        """Steps in one pass over the data; 1 where every step sees all."""
        points = self.problem.objective.points
        return math.ceil(points / self.setup.batch_size) if points and self.setup.batch_size else 1

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences that a reader of the run must know."""
        notes = [SIMULATED_NOISE] if self.setup.noise else []
        if self.setup.batch_size is not None and self.problem.objective.points is None:
            notes.append(NO_DATA)
        return tuple(notes)

    @property
    def unrolled(self) -> Unrolled:
        """The rule written out for the parameters of this problem."""
        return unrolled(self.setup.rule, len(self.problem.parameters), self.setup.schedule.rule)

    @property
    def cost(self) -> float:
        """Operations of one step, about: of the rule, and of the loss with its gradient."""
        return self.problem.objective.cost + self.unrolled.cost

    def blocks(self, sizes: Iterable[int] | None = None, *, states: bool = False) -> Iterator[Block]:
        """The rows, in blocks of at most the given numbers of rows (the last number, 1024, for ever by default).

        After the last block `end` says why the run ended. With `states` the blocks hold these too.
        """
        rooms = chain(sizes or (), repeat(1024))
        steps = self.steps(next(rooms), states=states)
        first = 0
        rows = next(steps)
        while True:
            *columns, reason, attempt = rows
            block = Block(first, *columns)
            first += len(block)
            if reason is not None:
                self.end = self._ending(reason, first - 1, attempt)
                yield block
                return
            yield block
            rows = steps.send(next(rooms))

    def _ending(self, reason: StopReason, n_steps: int, attempt: Sequence[float] | None) -> End:
        names = (self.problem.parameters, self.setup.rule.states)
        return ending(reason, n_steps, self.stop, what_broke(*names, attempt, BEYOND) if attempt else "")

    def steps(
        self, room: int, rng: random.Random | None = None, *, states: bool = False, last: bool = False
    ) -> Generator[tuple[Any, ...], int, None]:
        """The loop itself, at its start: see `loop` for what it yields and is sent, `Shape` for `states` and `last`.

        Args:
            room: rows of the first block; rng: where the batches and the noise come from, by default the run's own.
        """
        objective, stop, setup = self.problem.objective, self.stop, self.setup
        shape = Shape(
            sampling=setup.sampling if self.sampled else None,
            noise=setup.noise > 0,
            min_step_size=bool(stop.min_step_size),
            target_loss=stop.target_loss is not None,
            states=states,
            last=last,
        )
        made = loop(objective, self.unrolled, shape)
        return made(
            start=self.start, states=self._initial_states(), first=self.first[: 1 if self.sampled else None],
            constants=self._constants(), room=room, max_steps=stop.max_steps, rng=rng or random.Random(self.seed),
            noise=setup.noise, batch_size=setup.batch_size, epoch=self.epoch, points=objective.points,
            min_step_size=stop.min_step_size, target_loss=stop.target_loss,
        )  # fmt: skip

    def _constants(self) -> tuple[float, ...]:
        step, known = self.unrolled, self.setup.known
        used = sorted(set().union(*(root.names for root in step.roots)))
        return tuple(known[text] for text in used if "." not in text.replace("schedule.", "") and text != "t")

    @property
    def initial(self) -> dict[str, float]:
        """State -> its value before the first step, the same for every parameter."""
        known, rule = self.setup.known, self.setup.rule
        nodes = initial_nodes(rule, self.setup.initial, tuple(known))
        return dict(zip(rule.states, scalar_function(tuple(known), nodes)(*known.values()), strict=True))

    def _initial_states(self) -> tuple[float, ...]:
        return tuple(value for value in self.initial.values() for _ in self.problem.parameters)
