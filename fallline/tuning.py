"""Tuning: which values of an optimizer's hyperparameters reach a loss in the fewest evaluations of the gradient.

A grid over all of them, as their sliders run, then finer ones around the best; each value is tried with every seed, and
the median counts. A value that never reaches the loss within the steps counts as infinite. Values that need more than
others that are known by then are given up, so that long runs are made of good ones alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import reduce
from typing import Annotated, Any, NamedTuple

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
from fallline.spec.problem_models import NetworkChoice
from fallline.sweeps import SPACINGS, check_span, hyperparameter_of, phases_with
from fallline.types import Array, Described


@dataclass(frozen=True)
class Effort:
    """How many values are tried.

    Args:
        grid: of each hyperparameter on the first grid.
        finer: of each on a finer one, from one neighbour of a place to the other: around the best `places` of the
            first grid (steps are whole, and many are equal), then around the best alone; rounds: how often in all.
        curve: of one hyperparameter, the others at their best.
    """

    grid: tuple[int, ...]
    finer: int
    places: int
    rounds: int
    curve: int

    @property
    def tried(self) -> int:
        """How many values in all."""
        on_grids: int = math.prod(self.grid) + (self.places + self.rounds - 1) * self.finer ** len(self.grid)
        return on_grids + self.curve * len(self.grid)


FULL = {
    count: Effort(grid, finer=9, places=4, rounds=2, curve=73)
    for count, grid in {1: (289,), 2: (33, 17), 3: (21, 11, 7)}.items()
}
COARSE = {
    1: Effort((25,), finer=5, places=4, rounds=3, curve=25),
    2: Effort((13, 9), finer=5, places=4, rounds=3, curve=25),
    3: Effort((9, 5, 4), finer=4, places=1, rounds=2, curve=25),
}
"""By how many hyperparameters are searched. Of three it is what code of one's own, run point by point, does in about a
minute at a thousand steps."""
COARSE_OF_NETWORKS = {**COARSE, 3: Effort((9, 6, 5), finer=5, places=4, rounds=3, curve=25)}
FIRST_STEPS, LONGER = 32, 4
"""Of the first grid: the fewest steps within which values are looked for at first, then so many times as many."""
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
        min_length=1,
        max_length=max(FULL),
        description="Hyperparameter -> the values among which to search for it.",
    )
    seeds: Annotated[int, whole_number(1, MOST_SEEDS)] = Field(
        1, description="Tried with so many seeds from that of the spec on; the median of what they need counts."
    )
    stays: bool = Field(
        False,
        strict=True,
        description="Whether the loss must stay at or below it from then on to the last step.",
    )
    coarse: bool = Field(
        False,
        strict=True,
        description=f"Whether fewer values are tried: of two hyperparameters {COARSE[2].tried} instead of "
        f"{FULL[2].tried}, of three {COARSE[3].tried}, of a network {COARSE_OF_NETWORKS[3].tried}, instead of "
        f"{FULL[3].tried}.",
    )

    @property
    def effort(self) -> Effort:
        """How many values are tried."""
        if not self.coarse:
            return FULL[len(self.over)]
        return (COARSE_OF_NETWORKS if isinstance(self.problem, NetworkChoice) else COARSE)[len(self.over)]

    def stop_rules(self) -> Stop:
        """Those of its runs: where the loss is to stay at the target they go on there."""
        rules = super().stop_rules()
        return replace(rules, target_loss=None) if self.stays else rules

    def cost(self, runs: Sequence[Run]) -> float:
        """Operations of a step of all that is tried, at the most."""
        return cost_of_lanes(runs[0], self.effort.tried) * self.seeds


@dataclass(frozen=True)
class Budget(Described):
    """What was spent on it."""

    runs: int
    """How many were tried, values times seeds; most of them not to their last step."""
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
    values that do of those on the curve."""
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
    search, effort = Search(spec, plan, params), spec.effort
    axes: Mapping[str, Array] = {
        name: _spaced(params[name], span.low, span.high, count)
        for (name, span), count in zip(spec.over.items(), effort.grid, strict=True)
    }
    places = yield from search.first_of(axes)
    for _ in range(effort.rounds):
        axes, best = yield from search.finer(axes, places)
        places = [best]
    return (yield from search.told(best))


class Place(NamedTuple):
    """Values of hyperparameters, and the steps that the run needs with them."""

    values: dict[str, float]
    steps: float


class Search:
    """Values tried, and what they need. Args: params: those that are tuned, by name."""

    def __init__(self, spec: TuneSpec, plan: Plan, params: Mapping[str, Param]) -> None:
        self.spec, self.params = spec, params
        self.seeds = list(range(spec.seed, spec.seed + spec.seeds))
        others = self.seeds[1:]
        self.runs = [plan.runs[0], *(plan.run(spec.optimizers[0], seed) for seed in others)]
        self.tried, self._most = 0, spec.effort.tried * spec.seeds

    def first_of(self, axes: Mapping[str, Array]) -> InParts[list[Place]]:
        """Return the same as `best_of`: at first of those that need few steps, then, if there are none, of more."""
        tried, by = self.tried, FIRST_STEPS
        while by < self.spec.stop.max_steps:
            places = yield from self.best_of(axes, by)
            if math.isfinite(places[0].steps):
                return places
            self.tried, by = tried, by * LONGER
        return (yield from self.best_of(axes, math.inf))

    def best_of(self, axes: Mapping[str, Array], by: float) -> InParts[list[Place]]:
        """Return the places of a grid that need the fewest steps, no two beside each other; the best first, of equal
        ones that in their middle.

        Args: by: those that need more steps count as infinite.
        """
        grid = np.array(np.meshgrid(*axes.values(), indexing="ij")).reshape(len(axes), -1)
        needed = yield from self.needed(dict(zip(axes, grid, strict=True)), by)
        at = np.array(np.unravel_index(np.arange(needed.size), [len(values) for values in axes.values()]))
        equal = np.flatnonzero(needed == needed.min())
        chosen = [int(equal[len(equal) // 2])]
        for place in np.argsort(needed, kind="stable"):
            apart = np.abs(at[:, chosen] - at[:, [place]]).max(axis=0).min() > 1
            if apart and len(chosen) < self.spec.effort.places and math.isfinite(needed[place]):
                chosen.append(int(place))
        return [Place(dict(zip(axes, grid[:, k].tolist(), strict=True)), float(needed[k])) for k in chosen]

    def finer(self, axes: Mapping[str, Array], places: Sequence[Place]) -> InParts[tuple[Mapping[str, Array], Place]]:
        """Return the best of finer grids around places of a grid, and of these the first, with the grid around it."""
        grids = [
            {
                name: _around(self.params[name], values, place.values[name], self.spec.effort.finer)
                for name, values in axes.items()
            }
            for place in places
        ]
        found, best = grids[0], places[0]
        for grid in grids:
            there, *_ = yield from self.best_of(grid, best.steps)
            if there.steps <= best.steps:
                found, best = grid, there
        return found, best

    def needed(self, values: Mapping[str, Array], by: float = math.inf) -> InParts[Array]:
        """Return the steps to the loss with each of many values, the median over the seeds; infinite where never.

        A value that fails with so many seeds that the median is infinite is not tried with the others.
        """
        count, middle = len(next(iter(values.values()))), len(self.runs) // 2
        of_seeds, failed = np.full((len(self.runs), count), np.inf), np.zeros(count, int)
        for steps, run in zip(of_seeds, self.runs, strict=True):
            places = np.flatnonzero(failed < len(self.runs) - middle)
            begin, end = (min(1.0, tried / self._most) for tried in (self.tried, self.tried + count))
            if places.size:
                work = self._of_run(run, {name: each[places] for name, each in values.items()}, by)
                steps[places] = yield from telling(work, begin, end, count * run.stop.max_steps)
            failed += np.isinf(steps)
            self.tried += count
        medians: Array = np.sort(of_seeds, axis=0)[middle]
        return medians

    def _of_run(self, run: Run, values: Mapping[str, Array], by: float) -> InParts[Array]:
        phases, count = phases_with(self.spec.optimizers[0], values), len(next(iter(values.values())))
        ends = yield from sweep(run, phases, count, self.spec.stop.target_loss, by)
        if self.spec.stays:
            reached, steps = (ends.below_from <= ends.n_steps) & np.isfinite(ends.loss), ends.below_from
        else:
            reached, steps = ends.stop_reason == STOP_REASONS.index("target_loss"), ends.n_steps
        found: Array = np.where(reached, steps, np.inf)
        return found

    def told(self, best: Place) -> InParts[Tuned]:
        """Return what is said of the best."""
        found, curves = math.isfinite(best.steps), dict[str, tuple[Array, Array]]()
        for name, span in self.spec.over.items():
            along = np.unique(
                [*_spaced(self.params[name], span.low, span.high, self.spec.effort.curve), best.values[name]]
            )
            others = {other: np.full(len(along), best.values[other]) for other in self.params if other != name}
            # Of the others only the good values count.
            by = math.inf if not curves else GOOD * best.steps
            curves[name] = along, (yield from self.needed({name: along, **others}, by))
        ranges = {name: good_range(*curve, best.values[name], GOOD * best.steps) for name, curve in curves.items()}
        notices = list(self._notices(found, ranges))
        first = next(iter(curves.values()))
        target = self.spec.stop.target_loss
        assert target is not None
        return Tuned(
            best=best.values if found else None,
            steps=best.steps if found else None,
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

    def _evaluations(self, best: Place) -> InParts[float]:
        """Return the evaluations of the gradient up to the row at which the loss is reached, the median over seeds."""
        counts = []
        for run in self.runs:
            setup = reduce(lambda made, name: made.with_value(name, best.values[name]), self.params, run.setup)
            single = Run(run.problem, setup, run.start, run.stop, run.seed, run.phases[1:])
            rows, _, _ = yield from single.in_parts(lambda block: block.evaluations[EVALUATED.index("gradient")])
            column = np.concatenate(rows)
            counts.append(float(column[min(int(best.steps), len(column) - 1)]))
        return sorted(counts)[len(counts) // 2]


def _spaced(param: Param, low: float, high: float, count: int) -> Array:
    """Values between two, of few digits, so that they are what is said of them."""
    values = SPACINGS[param.scale](low, high, count)
    places = [_rounded(param, value) for value in values.tolist()]
    places[0], places[-1] = low, high
    return np.unique(np.round(places) if param.whole else places)


def _rounded(param: Param, value: float) -> float:
    """A value in four digits, or of a decay in four of its distance from 1."""
    return round(1 - float(f"{1 - value:.4g}"), 12) if param.scale == "decay" else float(f"{value:.4g}")


def _around(param: Param, values: Array, best: float, count: int) -> Array:
    """Values from one neighbour of the best to the other."""
    place = int(np.abs(values - best).argmin())
    low, high = values[max(place - 1, 0)], values[min(place + 1, len(values) - 1)]
    return _spaced(param, float(low), float(high), count) if low < high else values[:1]


def good_range(values: Array, steps: Array, best: float, most: float) -> list[float]:
    """From where to where around the best no value needs more."""
    good = steps <= most
    at = int(np.searchsorted(values, best))
    begin, end = at, at
    while begin > 0 and good[begin - 1]:
        begin -= 1
    while end + 1 < len(values) and good[end + 1]:
        end += 1
    return [float(values[begin]), float(values[end])]
