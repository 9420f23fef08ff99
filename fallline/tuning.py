"""Tuning: the search for the values of an optimizer's hyperparameters that reach a loss in the fewest steps.

The search tries a grid over all hyperparameters, spaced as their sliders, and then finer grids around the best values.
Each combination of values is tried with every seed, and the median counts. A combination that does not reach the loss
within the steps counts as infinite. Runs that need more steps than the best known ones are abandoned, so that only good
values have long runs.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import Annotated, NamedTuple

import numpy as np
from pydantic import Field

from fallline.descent import Run, Stop
from fallline.descent.evaluations import EVALUATED
from fallline.descent.lanes import Aim, cost_of_lanes, sweep
from fallline.descent.stops import STOP_REASONS
from fallline.errors import SpecError
from fallline.hyperparameters import Interval, Param
from fallline.in_parts import InParts, telling
from fallline.notices import Notice, WithNotices, notice
from fallline.sentences import range_values
from fallline.spec.fields import MAX_SEED, Coordinate, Strict, whole_number
from fallline.spec.models import SingleSpec, examples
from fallline.spec.plan import Plan
from fallline.spec.problem_models import NetworkChoice
from fallline.sweeps import SPACINGS, check_span, hyperparameter_of, phases_with
from fallline.types import Array, Column, Described


@dataclass(frozen=True)
class Effort:
    """How many values a search tries.

    Args:
        grid: the number of values of each hyperparameter on the first grid.
        finer: the number of values of each hyperparameter on a finer grid, between the neighbours of a place.
        places: the number of best places of the first grid that get a finer grid first, since many may be equally good.
        rounds: the number of rounds of finer grids; from the second on, there is one grid, around the best place.
        curve: the number of values of one hyperparameter, with the others at their best.
    """

    grid: tuple[int, ...]
    finer: int
    places: int
    rounds: int
    curve: int

    @property
    def tried(self) -> int:
        """The number of combinations that are tried in total."""
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
"""The number of hyperparameters -> the coarse search. That of three takes about a minute for code of one's own, which
runs point by point, with a thousand steps."""
COARSE_OF_NETWORKS = {**COARSE, 3: Effort((9, 6, 5), finer=5, places=4, rounds=3, curve=25)}
FIRST_STEPS, LONGER = 32, 4
"""On the first grid, values are searched that need at most this many steps; if there are none, the limit is multiplied
by the second number, again and again."""
GOOD = 2.0
"""A value is good if it needs at most this times as much as the best value."""
MOST_SEEDS = 64


class Between(Strict):
    """The values of a hyperparameter among which to search."""

    low: Coordinate = Field(alias="from", description="The smallest value.")
    high: Coordinate = Field(alias="to", description="The largest value.")


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
        1,
        description="The number of seeds with which values are tried, from that of the spec on; the median of their "
        "steps counts.",
    )
    stays: bool = Field(
        False,
        strict=True,
        description="Whether the loss must stay at or below `target_loss` to the last step.",
    )
    coarse: bool = Field(
        False,
        strict=True,
        description=f"Whether fewer combinations are tried: for two hyperparameters {COARSE[2].tried} instead of "
        f"{FULL[2].tried}; for three {COARSE[3].tried}, or {COARSE_OF_NETWORKS[3].tried} for a network, instead of "
        f"{FULL[3].tried}.",
    )

    @property
    def effort(self) -> Effort:
        """How many values the search tries."""
        if not self.coarse:
            return FULL[len(self.over)]
        return (COARSE_OF_NETWORKS if isinstance(self.problem, NetworkChoice) else COARSE)[len(self.over)]

    def stop_rules(self) -> Stop:
        """The stop rules of its runs. If the loss must stay at the target, runs do not stop there."""
        rules = super().stop_rules()
        return replace(rules, target_loss=None) if self.stays else rules

    def cost(self, runs: Sequence[Run]) -> float:
        """The most operations of a step of everything that is tried."""
        return cost_of_lanes(runs[0], self.effort.tried) * self.seeds


@dataclass(frozen=True)
class Budget(Described):
    """The effort of the search."""

    runs: int
    """The number of runs: combinations of values times seeds. Most of them were abandoned before their last step."""
    max_steps: int
    """The most steps of each run."""
    seeds: list[int]
    """The seeds with which each combination was tried."""


@dataclass(frozen=True, kw_only=True)
class Tuned(WithNotices):
    """The values of hyperparameters with which the run reaches the loss in the fewest steps."""

    best: dict[str, float] | None
    """Hyperparameter -> its best value; null if no value that was tried reaches the loss."""
    steps: float | None
    """The number of steps to the loss with the best values, the median over the seeds; null without best values."""
    evaluations: float | None
    """The number of evaluations of the gradient up to then, the median over the seeds; null without best values."""
    target_loss: float
    """The loss to reach."""
    stays: bool
    """Whether the loss had to stay at or below `target_loss` to the last step."""
    range: dict[str, list[float]] | None
    """Hyperparameter -> [low, high] of the values, among those tried on its curve, that need at most twice the fewest
    steps, with the others at their best; null without best values."""
    curve: Annotated[Array, Column(float, list[list[float | None]], missing=math.inf)]
    """[value, steps] for values of the first hyperparameter, with the others at their best; `steps` is null if the loss
    is never reached."""
    budget: Budget
    """The effort of the search."""


def tuned(spec: TuneSpec, plan: Plan) -> InParts[Tuned]:
    """Search, and return the result. Raises: SpecError."""
    if spec.stop.target_loss is None:
        raise SpecError("missing", ("stop", "target_loss"))
    if spec.seed + spec.seeds - 1 > MAX_SEED:
        last = range_values(Interval(0, MAX_SEED + 1 - spec.seeds), whole=True)
        raise SpecError("out_of_range", ("seed",), spec.seed, range=last)
    choice = spec.optimizers[0]
    params = {name: hyperparameter_of(choice, name) for name in spec.over}
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
    """A search for the best values. Args: params: tuned hyperparameter -> its declaration."""

    def __init__(self, spec: TuneSpec, plan: Plan, params: Mapping[str, Param]) -> None:
        self.spec, self.params = spec, params
        self.seeds = list(range(spec.seed, spec.seed + spec.seeds))
        others = self.seeds[1:]
        self.runs = [plan.runs[0], *(plan.run(spec.optimizers[0], seed) for seed in others)]
        self.tried, self._most = 0, spec.effort.tried * spec.seeds

    def first_of(self, axes: Mapping[str, Array]) -> InParts[list[Place]]:
        """Return the same as `best_of`, but search first for values that need few steps, then for others."""
        tried, by = self.tried, FIRST_STEPS
        while by < self.spec.stop.max_steps:
            places = yield from self.best_of(axes, by)
            if math.isfinite(places[0].steps):
                return places
            self.tried, by = tried, by * LONGER
        return (yield from self.best_of(axes, math.inf))

    def best_of(self, axes: Mapping[str, Array], by: float) -> InParts[list[Place]]:
        """Return the places of a grid that need the fewest steps, the best first. No two of them are neighbours.

        If several are equally good, the first is the one in their middle.

        Args: by: results above it count as infinite.
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
        """Return the best place of finer grids around places of a grid, and the finer grid that it is on."""
        grids = [
            {
                name: _around(self.params[name], values, place.values[name], self.spec.effort.finer)
                for name, values in axes.items()
            }
            for place in places
        ]
        best_grid, best = grids[0], places[0]
        for grid in grids:
            there, *_ = yield from self.best_of(grid, best.steps)
            if there.steps <= best.steps:
                best_grid, best = grid, there
        return best_grid, best

    def needed(self, values: Mapping[str, Array], by: float = math.inf) -> InParts[Array]:
        """Return the steps to the loss with each combination of values, the median over the seeds; infinite for never.

        Once a combination has failed with enough seeds to make its median infinite, it is not tried with the others.
        """
        count, middle = len(next(iter(values.values()))), len(self.runs) // 2
        of_seeds, failed = np.full((len(self.runs), count), np.inf), np.zeros(count, int)
        for steps, run in zip(of_seeds, self.runs, strict=True):
            places = np.flatnonzero(failed < len(self.runs) - middle)
            begin, end = (min(1.0, tried / self._most) for tried in (self.tried, self.tried + count))
            if places.size:
                work = self._of_run(run, {name: grid[places] for name, grid in values.items()}, by)
                steps[places] = yield from telling(work, begin, end, count * run.stop.max_steps)
            failed += np.isinf(steps)
            self.tried += count
        medians: Array = np.sort(of_seeds, axis=0)[middle]
        return medians

    def _of_run(self, run: Run, values: Mapping[str, Array], by: float) -> InParts[Array]:
        phases, count = phases_with(self.spec.optimizers[0], values), len(next(iter(values.values())))
        ends = yield from sweep(run, phases, count, Aim(self.spec.stop.target_loss, by))
        if self.spec.stays:
            reached, steps = ends.stays & np.isfinite(ends.loss), ends.below_from
        else:
            reached, steps = ends.stop_reason == STOP_REASONS.index("target_loss"), ends.n_steps.astype(float)
        needed: Array = np.where(reached, steps, np.inf)
        return needed

    def told(self, best: Place) -> InParts[Tuned]:
        """Return the result for the best place, with the curves of its hyperparameters."""
        reached, curves = math.isfinite(best.steps), dict[str, tuple[Array, Array]]()
        for name, span in self.spec.over.items():
            along = np.unique(
                [*_spaced(self.params[name], span.low, span.high, self.spec.effort.curve), best.values[name]]
            )
            others = {other: np.full(len(along), best.values[other]) for other in self.params if other != name}
            # The first curve is returned; of the others, only the ranges of good values are needed.
            by = math.inf if not curves else GOOD * best.steps
            curves[name] = along, (yield from self.needed({name: along, **others}, by))
        ranges = {name: good_range(*curve, best.values[name], GOOD * best.steps) for name, curve in curves.items()}
        first = next(iter(curves.values()))
        target = self.spec.stop.target_loss
        assert target is not None
        return Tuned(
            best=best.values if reached else None,
            steps=best.steps if reached else None,
            evaluations=(yield from self._evaluations(best)) if reached else None,
            target_loss=target,
            stays=self.spec.stays,
            range=ranges if reached else None,
            curve=np.transpose(first),
            budget=Budget(self.tried, self.spec.stop.max_steps, self.seeds),
            notices=list(self._notices(reached, ranges)),
        )

    def _notices(self, found: bool, ranges: Mapping[str, Sequence[float]]) -> Iterator[Notice]:
        if not found:
            yield notice("never_reached", steps=self.spec.stop.max_steps, count=self.tried)
            return
        for name, span in self.spec.over.items():
            if ends := [end for end in (span.low, span.high) if end in ranges[name]]:
                yield notice("good_to_the_end", name=name, ends=ends)

    def _evaluations(self, best: Place) -> InParts[float]:
        """Return the evaluations of the gradient until the loss is reached, the median over the seeds."""
        counts = []
        for run in self.runs:
            setup = reduce(lambda made, name: made.with_value(name, best.values[name]), self.params, run.setup)
            single = Run(run.problem, setup, run.start, run.stop, run.seed, run.phases[1:])
            rows, _, _ = yield from single.in_parts(lambda block: block.evaluations[EVALUATED.index("gradient")])
            column = np.concatenate(rows)
            counts.append(float(column[min(int(best.steps), len(column) - 1)]))
        return sorted(counts)[len(counts) // 2]


def _spaced(param: Param, low: float, high: float, count: int) -> Array:
    """Values from `low` to `high`, rounded to few digits, so that the values shown are those that ran."""
    values = SPACINGS[param.scale](low, high, count)
    places = [_rounded(param, value) for value in values.tolist()]
    places[0], places[-1] = low, high
    return np.unique(np.round(places) if param.whole else places)


def _rounded(param: Param, value: float) -> float:
    """A value rounded to four digits; a decay is rounded such that its distance from 1 has four."""
    return round(1 - float(f"{1 - value:.4g}"), 12) if param.scale == "decay" else float(f"{value:.4g}")


def _around(param: Param, values: Array, best: float, count: int) -> Array:
    """Values from one neighbour of `best` among `values` to the other."""
    place = int(np.abs(values - best).argmin())
    low, high = values[max(place - 1, 0)], values[min(place + 1, len(values) - 1)]
    return _spaced(param, float(low), float(high), count) if low < high else values[:1]


def good_range(values: Array, steps: Array, best: float, most: float) -> list[float]:
    """[low, high] of the values around `best` that all need at most `most` steps."""
    good = steps <= most
    at = int(np.searchsorted(values, best))
    begin, end = at, at
    while begin > 0 and good[begin - 1]:
        begin -= 1
    while end + 1 < len(values) and good[end + 1]:
        end += 1
    return [float(values[begin]), float(values[end])]
