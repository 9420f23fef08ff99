"""One step taken out of a run: what it starts from and what it sees, the same floats as in the run."""

from __future__ import annotations

import random
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from itertools import chain, repeat
from typing import Any

from app.descent.run import Block, Run
from app.descent.stops import End, StopReason
from app.problems.objective import evaluate, evaluate_batch

Numbers = tuple[float, ...]


@dataclass(frozen=True)
class Moment:
    """Step `t` of a run.

    Args:
        t: its number, from 1.
        before, after: the parameters on both sides of it.
        states: for each state of the rule its value before the step, for each parameter.
        batch: the indices of the points it sees, None for all.
        slope: the gradient there, of the batch where there is one, without noise.
        noise: what was added to each component of it, None where nothing was.
    """

    t: int
    before: Numbers
    after: Numbers
    states: tuple[Numbers, ...]
    batch: list[int] | None
    slope: Numbers
    noise: Numbers | None

    @property
    def gradient(self) -> Numbers:
        """The gradient used."""
        if self.noise is None:
            return self.slope
        return tuple(clean + more for clean, more in zip(self.slope, self.noise, strict=True))


class PastTheEndError(ValueError):
    """The run has no step `t`; `end` says how it ended."""

    def __init__(self, t: int, end: End) -> None:
        self.t, self.end = t, end
        super().__init__(f"there is no step {t}: the run {end.sentence}")


def reach(run: Run, t: int, rows: int = 1024) -> Generator[None, None, Moment]:
    """Return step `t` of `run`; pauses after every `rows` steps on the way there.

    Raises:
        PastTheEndError: the run ends before.
    """
    walk = _Walk(run)
    for room in _rooms(t - 1, rows):
        if walk.reason is not None:
            break
        walk.go(room)
        yield
    if walk.reason is None:
        start, draws = walk.row, walk.rng.getstate()
        walk.go(1)
        if walk.reason != "diverged":
            return _moment(run, t, start, walk.row, draws)
    raise PastTheEndError(t, (yield from _end(run, rows)))


class _Walk:
    """The loop of a run on its way: the last row so far, and why it ended there, if it has."""

    def __init__(self, run: Run) -> None:
        self.rng = random.Random(run.seed)
        self._steps = run.steps(1, self.rng, states=True, last=True)
        self._take(next(self._steps))

    def go(self, steps: int) -> None:
        """So many steps on."""
        self._take(self._steps.send(steps))

    def _take(self, rows: tuple[Any, ...]) -> None:
        *columns, reason, _ = rows
        self.row = Block(0, *columns)
        self.reason: StopReason | None = reason


def _rooms(steps: int, rows: int) -> Iterator[int]:
    return chain(repeat(rows, steps // rows), [steps % rows] if steps % rows else [])


def _end(run: Run, rows: int) -> Generator[None, None, End]:
    for _ in run.blocks(repeat(rows)):
        yield
    assert run.end is not None
    return run.end


def _moment(run: Run, t: int, start: Block, end: Block, draws: tuple[Any, ...]) -> Moment:
    before, states = _last(start.parameters), _last(start.states or ())
    batch = end.batch[-1] if end.batch else None
    objective, count = run.problem.objective, len(before)
    slope = evaluate(objective, before)[1] if batch is None else evaluate_batch(objective, before, batch)
    held = tuple(states[i : i + count] for i in range(0, len(states), count))
    return Moment(t, before, _last(end.parameters), held, batch, tuple(slope), _noise(run, t, draws))


def _last(columns: tuple[list[float], ...]) -> Numbers:
    return tuple(column[-1] for column in columns)


def _noise(run: Run, t: int, draws: tuple[Any, ...]) -> Numbers | None:
    """The noise of step `t`, drawn again from where the generator stood before it, past what its batch took."""
    setup, points = run.setup, run.problem.objective.points
    if not setup.noise:
        return None
    rng = random.Random()
    rng.setstate(draws)
    if run.sampled and points is not None:
        _draw_batch(rng, run, points, new_epoch=(t - 1) % run.epoch == 0)
    return tuple(rng.gauss(0.0, setup.noise) for _ in run.start)


def _draw_batch(rng: random.Random, run: Run, points: int, new_epoch: bool) -> None:
    """Take from the generator what the batch of a step takes, whichever points it gives."""
    if run.setup.sampling == "replacement":
        for _ in range(run.setup.batch_size or 0):
            rng.randrange(points)
    elif new_epoch:
        rng.shuffle(list(range(points)))
