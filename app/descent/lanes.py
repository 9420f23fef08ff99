"""Many runs side by side: one lane for each value of a hyperparameter, all lanes stepped together on NumPy arrays.

The rule, the loss and the gradient are those of a single run, written once for arrays: parameters stand as the rows
of one array, so each line of the rule is computed for all of them and all lanes at once. Ends are looked for after
every few steps, in the rows kept of these, so that they are exact and cost little; finished lanes are dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import repeat
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.descent.loop import BEYOND
from app.descent.run import Run
from app.descent.stops import StopReason
from app.descent.unroll import DONE, Unrolled, initial_nodes, unrolled
from app.formulas.functions import ARRAY_NAMES, Writer, array_function, compiled
from app.problems.objective import Objective

TOGETHER = 16
"""Steps between two looks for ends at the most."""
OPERATIONS_TOGETHER = 6000
"""Operations of these steps, as a single run counts them: a few milliseconds of work on lanes."""

Array = NDArray[Any]
Batch = Sequence[int] | None


@dataclass
class Sweep:
    """Where each lane ended.

    Args:
        values: of the hyperparameter, one a lane.
        loss: of the last row, None where the lane diverged.
        n_steps, stop_reason: as of a single run.
    """

    values: list[float]
    loss: list[float | None] = field(default_factory=list)
    n_steps: list[int] = field(default_factory=list)
    stop_reason: list[StopReason] = field(default_factory=list)

    def __post_init__(self) -> None:
        count = len(self.values)
        self.loss, self.n_steps, self.stop_reason = [None] * count, [0] * count, ["max_steps"] * count


def sweep(run: Run, over: str, values: Sequence[float]) -> Iterator[Sweep]:
    """Every lane to its end, equal to single runs to rounding.

    Args:
        run: what every lane does but for one value.
        over: the hyperparameter that differs: `learning_rate` or one that the rule reads.
        values: one a lane.

    Yields:
        The same `Sweep` after every few steps, whole when the iterator ends.
    """
    lanes = _Lanes(run, over, np.array(values, dtype=float))
    yield lanes.result
    while lanes.alive.size:
        lanes.advance()
        yield lanes.result


def cost(run: Run, lanes: int) -> float:
    """Operations of a step of so many lanes, in those of a single run: what NumPy takes for a call and for numbers."""
    return run.cost * (25 + lanes / 4)


class _Lanes:
    """The lanes still running, and what has become of the others."""

    def __init__(self, run: Run, over: str, values: Array) -> None:
        self.run, self.over = run, over
        self.result = Sweep(values.tolist())
        self.alive = np.arange(len(values))
        self.step = unrolled(run.setup.rule, 1, run.setup.schedule.rule)
        self.constants: dict[str, Any] = {**run.setup.known, over: values}
        self.w = np.repeat(np.array(run.start)[:, None], len(values), axis=1)
        self.g = np.repeat(np.array(run.first[1:])[:, None], len(values), axis=1)
        self.loss = np.full(len(values), run.first[0])
        self.states = self._initial_states()
        self.quiet = np.zeros(len(values), dtype=int)
        self.done = 0
        self.together = max(1, min(TOGETHER, int(OPERATIONS_TOGETHER / run.cost)))
        self.rng = Random(run.seed)
        self.batches = _batches(run, self.rng)
        target = run.stop.target_loss
        if target is not None and run.first[0] <= target:
            self._finish(np.ones(len(values), dtype=bool), 0, "target_loss", self.loss)
        elif run.stop.max_steps == 0:
            self._finish(np.ones(len(values), dtype=bool), 0, "max_steps", self.loss)

    def _initial_states(self) -> list[Array]:
        names = tuple(self.constants)
        nodes = initial_nodes(self.run.setup.rule, self.run.setup.initial, names)
        found = array_function(names, nodes)(*self.constants.values())
        return [np.broadcast_to(value, self.w.shape).astype(float) for value in found]

    def advance(self) -> None:
        """A few steps of every lane, then a look for those that have ended in them."""
        count = min(self.together, self.run.stop.max_steps - self.done)
        made = _stepper(self.run.problem.objective, self.step, self.run.sampled, self.run.setup.noise > 0)
        given = [self.constants[name] for name in _constant_names(self.step)]
        before = self.w
        batches, noise = zip(*(self._draw() for _ in range(count)), strict=True)
        with np.errstate(all="ignore"):
            rows = made(self.w, self.g, self.states, given, float(self.done), count, batches, noise)
            self._look(rows, before, count)
        self.done += count
        if self.done >= self.run.stop.max_steps and self.alive.size:
            self._finish(np.ones(self.alive.size, dtype=bool), self.done, "max_steps", self.loss)

    def _draw(self) -> tuple[Batch, list[list[float]]]:
        """The batch of a step and what is added to its gradient: the same in every lane, drawn as a single run does."""
        batch, spread = next(self.batches), self.run.setup.noise
        return batch, [[self.rng.gauss(0.0, spread)] for _ in self.run.start] if spread else []

    def _look(self, rows: _Rows, before: Array, count: int) -> None:
        broken = ~rows.sound()
        small = self._small(rows, before)
        target = self.run.stop.target_loss
        arrived = rows.loss <= target if target is not None else np.zeros_like(broken)
        ended = broken | small | arrived
        self.w, self.g, self.states, self.loss = rows.w[-1], rows.last_gradient, rows.last_states, rows.loss[-1]
        if ended.any():
            self._drop(ended, broken, small, rows.loss, count)

    def _small(self, rows: _Rows, before: Array) -> Array:
        """Where the stop rule on small steps holds; on sampled data only after a whole epoch of such steps."""
        least = self.run.stop.min_step_size
        if not least:
            return np.zeros(rows.loss.shape, dtype=bool)
        moved = np.abs(np.diff(rows.w, axis=0, prepend=before[None])) < least
        flat = rows.lr * np.abs(rows.g) < least
        small = (moved & flat).all(axis=1) & (rows.lr[:, 0] > 0)
        if not self.run.sampled:
            return small
        for index, row in enumerate(small):
            self.quiet = np.where(row, self.quiet + 1, 0)
            small[index] = self.quiet >= self.run.epoch
        return small

    def _drop(self, ended: Array, broken: Array, small: Array, losses: Array, count: int) -> None:
        when = np.where(ended.any(axis=0), ended.argmax(axis=0), count)
        lane = np.arange(self.alive.size)
        at = np.minimum(when, count - 1)
        gone = when < count
        failed, arrived = gone & broken[at, lane], gone & small[at, lane]
        last = losses[at, lane]
        keep = ~gone
        self._record(failed, self.done + at, "diverged", None)
        self._record(arrived & ~failed, self.done + at + 1, "min_step_size", last)
        self._record(gone & ~failed & ~arrived, self.done + at + 1, "target_loss", last)
        self._keep(keep)

    def _record(self, lanes: Array, n_steps: Array, reason: StopReason, loss: Array | None) -> None:
        for index in np.flatnonzero(lanes):
            lane = self.alive[index]
            self.result.n_steps[lane] = int(n_steps[index])
            self.result.stop_reason[lane] = reason
            self.result.loss[lane] = None if loss is None else float(loss[index])

    def _finish(self, lanes: Array, n_steps: int, reason: StopReason, loss: Array) -> None:
        self._record(lanes, np.full(self.alive.size, n_steps), reason, loss)
        self._keep(~lanes)

    def _keep(self, lanes: Array) -> None:
        self.alive, self.w, self.g = self.alive[lanes], self.w[:, lanes], self.g[:, lanes]
        self.states = [state[:, lanes] for state in self.states]
        self.loss, self.quiet = self.loss[lanes], self.quiet[lanes]
        self.constants[self.over] = self.constants[self.over][lanes]


@dataclass
class _Rows:
    """What a few steps left behind: axis 0 the step, then the parameter (where there is one), then the lane."""

    w: Array
    loss: Array
    g: Array
    states: Array
    lr: Array
    last_gradient: Array
    last_states: list[Array]

    def sound(self) -> Array:
        """Where a row is one that a single run would keep."""
        inside = (np.abs(self.w) <= BEYOND).all(axis=1) & (np.abs(self.loss) <= BEYOND)
        total = self.g.sum(axis=1) + self.states.sum(axis=(1, 2))
        finite = np.isfinite(total)
        if not finite.all():  # a sum may overflow where no part does
            finite = np.isfinite(self.g).all(axis=1) & np.isfinite(self.states).all(axis=(1, 2))
        kept: Array = inside & finite
        return kept


def _batches(run: Run, rng: Random) -> Iterator[Batch]:
    """The batch of each step, from the same draws as a single run."""
    points, size = run.problem.objective.points, run.setup.batch_size
    if not run.sampled or points is None or size is None:
        return repeat(None)
    return _shuffled(points, size, rng) if run.setup.sampling == "shuffle" else _replaced(points, size, rng)


def _shuffled(points: int, size: int, rng: Random) -> Iterator[Batch]:
    order = list(range(points))
    while True:
        rng.shuffle(order)
        for first in range(0, points, size):
            yield order[first : first + size]


def _replaced(points: int, size: int, rng: Random) -> Iterator[Batch]:
    while True:
        yield [rng.randrange(points) for _ in range(size)]


def _constant_names(step: Unrolled) -> list[str]:
    variables = {"w.0", "g.0", "t", DONE, *(f"{state}.0" for state in step.names)}
    return sorted(frozenset().union(*(root.names for root in step.roots)) - variables)


@lru_cache(maxsize=128)
def _stepper(objective: Objective, step: Unrolled, sampled: bool, noisy: bool) -> Callable[..., _Rows]:
    """The function of a few steps for one objective and one rule."""
    constants = _constant_names(step)
    states = [f"s{j}" for j in range(len(step.names))]
    spelled = {name: f"h{i}" for i, name in enumerate(constants)} | {"w.0": "w", "g.0": "g", "t": "t", DONE: "k"}
    spelled |= {f"{state}.0": s for state, s in zip(step.names, states, strict=True)}
    code = Writer(spelled, branching=False, constant=frozenset(constants), prefix="v").write(step.roots)
    results = dict(zip(["lr", "w", *states], code.results, strict=True))
    held = ", ".join(results)
    body = [
        "k = t", "t = t + 1.0",
        *(["g = z_batch(w, batches[i])"] if sampled else []),
        *(["g = g + noise[i]"] if noisy else []),
        *code.lines,
        f"G[i] = g; {held}, = {', '.join(results.values())},",
        "R[i] = lr; W[i] = w",
        *(f"S[i, {j}] = {s}" for j, s in enumerate(states)),
        "L[i], g = z_whole(w)",
    ]  # fmt: skip
    source = "\n".join(
        [
            "def f(w, g, states, constants, t, count, batches, noise):",
            *([f" {', '.join(states)}, = states"] if states else []),
            *([f" {', '.join(f'h{i}' for i in range(len(constants)))}, = constants"] if constants else []),
            f" W, L, G, S, R = z_rows(w, count, {len(states)})",
            *(f" {line}" for line in code.before),
            " for i in z_range(count):",
            *(f"  {line}" for line in body),
            f" return z_made(W, L, G, S, R, g, [{', '.join(states)}])",
            "",
        ]
    )
    names = {
        "z_batch": objective.batch_on_lanes,
        "z_whole": objective.on_lanes,
        "z_rows": _empty_rows,
        "z_range": range,
    }
    function: Callable[..., _Rows] = compiled(source, {**ARRAY_NAMES, **names, "z_made": _Rows}, "f")
    return function


def _empty_rows(w: Array, count: int, states: int) -> tuple[Array, ...]:
    shape = w.shape
    return (
        np.empty((count, *shape)), np.empty((count, shape[1])), np.empty((count, *shape)),
        np.empty((count, states, *shape)), np.empty((count, 1, shape[1])),
    )  # fmt: skip
