"""Tuning: which values of an optimizer's hyperparameters reach a loss in the fewest evaluations of the gradient.

A grid over all of them, as their sliders run, then twice a finer one around the best; each value is tried with every
seed, and the median counts. A value that never reaches the loss within the steps counts as infinite.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import reduce
from typing import Annotated, Any

import numpy as np
from pydantic import Field

from fallline.descent import Run, Stop
from fallline.descent.evaluations import EVALUATED
from fallline.descent.lanes import cost_of_lanes, sweep
from fallline.descent.stops import STOP_REASONS
from fallline.errors import SpecError
from fallline.hyperparameters import Interval, Param
from fallline.in_parts import InParts, telling
from fallline.notices import Notice, notice
from fallline.sentences import range_values
from fallline.spec.fields import MAX_SEED, Coordinate, Strict, whole_number
from fallline.spec.models import SingleSpec, examples
from fallline.spec.plan import Plan, refuse_methods
from fallline.sweeps import SPACINGS, check_span, hyperparameter_of, phases_with
from fallline.types import Array, Described

ON_GRID: Mapping[int, tuple[int, ...]] = {1: (73,), 2: (33, 17), 3: (21, 11, 7)}
"""By how many hyperparameters there are: so many values of each on the first grid."""
FINER, ROUNDS_OF_TUNING = 9, 2
"""So many values of each, from one neighbour of the best to the other, so often."""
ON_CURVE = 73
"""Values of one hyperparameter, the others at their best."""
GOOD = 2.0
"""A value is good that needs at most so many times as much as the best."""
MOST_SEEDS = 64


class Between(Strict):
    """The values of a hyperparameter among which to search."""

    low: Coordinate = Field(alias="from")
    high: Coordinate = Field(alias="to")


class TuneSpec(SingleSpec):
    """A spec with one optimizer and a `stop.target_loss`, and the hyperparameters to tune."""

    model_config = examples(
        {
            "problem": {"surface": "ravine"},
            "optimizers": [{"name": "heavy_ball"}],
            "stop": {"max_steps": 300, "target_loss": 0.001},
            "over": {"learning_rate": {"from": 1e-4, "to": 1}, "beta": {"from": 0, "to": 0.99}},
        }
    )

    over: dict[str, Between] = Field(
        min_length=1, max_length=max(ON_GRID), description="Hyperparameter -> the values among which to search for it."
    )
    seeds: Annotated[int, whole_number(1, MOST_SEEDS)] = Field(
        1, description="Tried with so many seeds from that of the spec on; the median of what they need counts."
    )
    stays: bool = Field(
        False,
        strict=True,
        description="Whether the loss must stay at or below it from then on to the last step.",
    )

    @property
    def tried(self) -> int:
        """How many values are tried in all."""
        count = len(self.over)
        on_grids: int = math.prod(ON_GRID[count]) + ROUNDS_OF_TUNING * FINER**count
        return on_grids + ON_CURVE * count

    def cost(self, runs: Sequence[Run]) -> float:
        """Operations of a step of all that is tried."""
        return cost_of_lanes(runs[0], self.tried) * self.seeds


@dataclass(frozen=True)
class Budget(Described):
    """What was spent on it."""

    runs: int
    """How many were tried, values times seeds."""
    max_steps: int
    """Of each at the most."""
    seeds: list[int]


@dataclass(frozen=True, kw_only=True)
class Tuned(Described):
    """The values that reach the loss in the fewest evaluations of the gradient."""

    best: dict[str, float] | None
    """Hyperparameter -> its value; null where none that was tried reaches the loss."""
    steps: float | None
    """With these: the steps to the loss, of several seeds the median."""
    evaluations: float | None
    """And the evaluations of the gradient."""
    target_loss: float
    stays: bool
    """Whether the loss had to stay at or below it."""
    range: dict[str, list[float]] | None
    """Hyperparameter -> from where to where, the others at their best, it needs at most twice as many steps: the last
    values that do, of 73."""
    curve: list[list[float | None]]
    """[value, steps] of the first hyperparameter, the others at their best; null where it never gets there."""
    budget: Budget
    notes: list[str]
    """What a reader must know."""
    notices: list[Notice]
    """The same as codes and values."""

    def reply(self) -> dict[str, Any]:
        """Its fields as the REST API names them."""
        return asdict(self)


def tuned(spec: TuneSpec, plan: Plan) -> InParts[Tuned]:
    """Search, and return what was found. Raises: SpecError."""
    if spec.stop.target_loss is None:
        raise SpecError("missing", ("stop", "target_loss"))
    if spec.seed + spec.seeds - 1 > MAX_SEED:
        last = range_values(Interval(0, MAX_SEED + 1 - spec.seeds), whole=True)
        raise SpecError("out_of_range", ("seed",), spec.seed, range=last)
    choice = spec.optimizers[0]
    params = {name: hyperparameter_of(choice, name) for name in spec.over}
    refuse_methods(plan, "no_lanes", "sweep")
    for name, span in spec.over.items():
        check_span(span.low, span.high, params[name], ("over", name))
    search = Search(spec, plan, params)
    axes = {
        name: _spaced(params[name], span.low, span.high, count)
        for (name, span), count in zip(spec.over.items(), ON_GRID[len(params)], strict=True)
    }
    best = yield from search.best_of(axes)
    for _ in range(ROUNDS_OF_TUNING):
        axes = {name: _around(params[name], values, best[name], FINER) for name, values in axes.items()}
        finer = yield from search.best_of(axes)
        best = finer if finer["steps"] <= best["steps"] else best
    return (yield from search.told(best))


class Search:
    """Values tried, and what they need. Args: params: those that are tuned, by name."""

    def __init__(self, spec: TuneSpec, plan: Plan, params: Mapping[str, Param]) -> None:
        self.spec, self.params = spec, params
        self.seeds = list(range(spec.seed, spec.seed + spec.seeds))
        others = self.seeds[1:]
        self.runs = [plan.runs[0], *(plan.run(spec.optimizers[0], seed) for seed in others)]
        self.tried, self._most = 0, spec.tried * spec.seeds
        for run in self.runs if spec.stays else []:
            run.stop = Stop(run.stop.max_steps, run.stop.min_step_size, None, run.stop.small)

    def best_of(self, axes: Mapping[str, Array]) -> InParts[dict[str, float]]:
        """Return the values of a grid that need the fewest `steps`, and these; of equal ones that in their middle."""
        grid = np.array(np.meshgrid(*axes.values(), indexing="ij")).reshape(len(axes), -1)
        needed = yield from self.needed(dict(zip(axes, grid, strict=True)))
        equal = np.flatnonzero(needed == needed.min())
        place = int(equal[len(equal) // 2])
        return {**dict(zip(axes, grid[:, place].tolist(), strict=True)), "steps": float(needed[place])}

    def needed(self, values: Mapping[str, Array]) -> InParts[Array]:
        """Return the steps to the loss with each of many values, the median over the seeds; infinite where never."""
        target, phases = self.spec.stop.target_loss, phases_with(self.spec.optimizers[0], values)
        count = len(next(iter(values.values())))
        of_seeds = []
        for run in self.runs:
            goal = target if self.spec.stays else None
            begin, end = self.tried / self._most, min(1.0, (self.tried + count) / self._most)
            ends = yield from telling(sweep(run, phases, count, goal), begin, end, count * run.stop.max_steps)
            self.tried += count
            if self.spec.stays:
                reached, steps = (ends.below_from <= ends.n_steps) & np.isfinite(ends.loss), ends.below_from
            else:
                reached, steps = ends.stop_reason == STOP_REASONS.index("target_loss"), ends.n_steps
            of_seeds.append(np.where(reached, steps, np.inf))
        medians: Array = np.sort(of_seeds, axis=0)[len(of_seeds) // 2]
        return medians

    def told(self, best: Mapping[str, float]) -> InParts[Tuned]:
        """Return what is said of the best."""
        found, curves = math.isfinite(best["steps"]), {}
        for name, span in self.spec.over.items():
            along = np.unique([*_spaced(self.params[name], span.low, span.high, ON_CURVE), best[name]])
            others = {other: np.full(len(along), best[other]) for other in self.params if other != name}
            curves[name] = along, (yield from self.needed({name: along, **others}))
        ranges = {name: _good(*curve, best[name], GOOD * best["steps"]) for name, curve in curves.items()}
        notices = list(self._notices(found, ranges))
        first = next(iter(curves.values()))
        target = self.spec.stop.target_loss
        assert target is not None
        return Tuned(
            best={name: best[name] for name in self.params} if found else None,
            steps=best["steps"] if found else None,
            evaluations=(yield from self._evaluations(best)) if found else None,
            target_loss=target,
            stays=self.spec.stays,
            range=ranges if found else None,
            curve=[[value, steps if math.isfinite(steps) else None] for value, steps in np.transpose(first).tolist()],
            budget=Budget(self.tried, self.spec.stop.max_steps, self.seeds),
            notes=[each.msg for each in notices],
            notices=notices,
        )

    def _notices(self, found: bool, ranges: Mapping[str, Sequence[float]]) -> Iterator[Notice]:
        if not found:
            yield notice("never_reached", steps=self.spec.stop.max_steps, count=self.tried)
            return
        for name, span in self.spec.over.items():
            if ends := [end for end in (span.low, span.high) if end in ranges[name]]:
                yield notice("good_to_the_end", name=name, ends=ends)

    def _evaluations(self, best: Mapping[str, float]) -> InParts[float]:
        """Return the evaluations of the gradient up to the row at which the loss is reached, the median over seeds."""
        counts = []
        for run in self.runs:
            setup = reduce(lambda made, name: made.with_value(name, best[name]), self.params, run.setup)
            single = Run(run.problem, setup, run.start, run.stop, run.seed, run.phases[1:])
            rows, _, _ = yield from single.in_parts(lambda block: block.evaluations[EVALUATED.index("gradient")])
            column = np.concatenate(rows)
            counts.append(float(column[min(int(best["steps"]), len(column) - 1)]))
        return sorted(counts)[len(counts) // 2]


def _spaced(param: Param, low: float, high: float, count: int) -> Array:
    values = SPACINGS[param.scale](low, high, count)
    values[0], values[-1] = low, high
    return np.unique(values.round()) if param.whole else values


def _around(param: Param, values: Array, best: float, count: int) -> Array:
    """Values from one neighbour of the best to the other."""
    place = int(np.abs(values - best).argmin())
    low, high = values[max(place - 1, 0)], values[min(place + 1, len(values) - 1)]
    return _spaced(param, float(low), float(high), count) if low < high else values[:1]


def _good(values: Array, steps: Array, best: float, most: float) -> list[float]:
    """From where to where around the best no value needs more."""
    good = steps <= most
    at = int(np.searchsorted(values, best))
    begin, end = at, at
    while begin > 0 and good[begin - 1]:
        begin -= 1
    while end + 1 < len(values) and good[end + 1]:
        end += 1
    return [float(values[begin]), float(values[end])]
