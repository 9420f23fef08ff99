"""Basins: in which minimum a run ends from each start of a grid, and which share of them ends in each; also the shares
with other values of a hyperparameter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from fallline.descent import Run
from fallline.descent.lanes import MOST_LANES, cost_of_lanes, ends_of_starts
from fallline.errors import SpecError, located
from fallline.in_parts import InParts, Progress, telling
from fallline.problems.grid import axis
from fallline.problems.minima import DIVERGED, ELSEWHERE, Minima, Reached, minima_reached
from fallline.problems.problem import Problem
from fallline.spec.fields import Coordinate, real, whole_number
from fallline.spec.models import MAP_PARAMETERS, MAX_RESOLUTION, Axis, SingleSpec, checked_axes, examples
from fallline.spec.plan import Plan, refuse_methods
from fallline.sweeps import hyperparameter_of, phases_with
from fallline.types import Array, Described

FIRST_MAP = 16
"""Starts along each side of the first of the maps that grow finer, at the least."""
MOST_VALUES = 64
"""Of a hyperparameter."""


class BasinsSpec(SingleSpec):
    """A spec with one optimizer, and the grid of places from which it sets off."""

    model_config = examples(
        {
            "problem": {"surface": "himmelblau"},
            "optimizers": [{"name": "heavy_ball", "learning_rate": 0.01, "beta": 0.9}],
            "stop": {"max_steps": 300},
            "resolution": 64,
        },
        {
            "problem": {"surface": "himmelblau"},
            "optimizers": [{"name": "heavy_ball", "learning_rate": 0.01, "beta": 0.9}],
            "stop": {"max_steps": 100},
            "resolution": 16,
            "over": {"learning_rate": [0.0005, 0.005, 0.02]},
        },
    )

    domain: list[Axis] | None = Field(None, description="[low, high] for each parameter; by default the problem's own.")
    resolution: Annotated[int, whole_number(2, MAX_RESOLUTION)] = Field(64, description="Starts along each side.")
    over: dict[str, Annotated[list[Coordinate], Field(min_length=1, max_length=MOST_VALUES)]] | None = Field(
        None,
        min_length=1,
        max_length=1,
        description="A hyperparameter of the optimizer that the run begins with -> values for which the shares are "
        "told, too.",
    )

    def cost(self, runs: Sequence[Run]) -> float:
        """Operations of a step from all the starts."""
        starts = self.resolution ** min(len(runs[0].start), MAP_PARAMETERS)
        return cost_of_lanes(runs[0], starts * (1 + sum(map(len, (self.over or {}).values()))))


@dataclass(frozen=True)
class SharesOver(Described):
    """The shares of the starts with each of some values of a hyperparameter."""

    name: str
    """Of the hyperparameter."""
    values: list[float]
    shares: list[list[float]]
    """Of each value those of `minima`."""
    share_elsewhere: list[float]
    share_diverged: list[float]


@dataclass(frozen=True, kw_only=True)
class BasinsReached(Described):
    """Where the run ends from each start."""

    x: list[float]
    """The first parameter of the starts."""
    y: list[float] | None
    """The second; null of a problem with one."""
    end: list[list[int]] | list[int]
    """`end[j][i]` of the start at `y[j]`, `x[i]`: which of `minima` lies next to where the run ends, -1 where none
    does, -2 where the run diverged. Of one parameter `end[i]`."""
    n_steps: list[list[int]] | list[int]
    """The steps from each start, likewise."""
    minima: list[list[float]]
    """The parameters of each, then its loss: those known, reached or not, and any other in which a run ends."""
    shares: list[float]
    """Of the starts, that end in each of `minima`."""
    share_elsewhere: float
    """Of those that end next to none."""
    share_diverged: float
    over: SharesOver | None = None
    """The shares with the values asked for by `over`, or null."""

    def reply(self) -> dict[str, Any]:
        """Its fields as the REST API names them."""
        return vars(self) | {"over": self.over and vars(self.over)}


def basins_of(spec: BasinsSpec, plan: Plan, *, coarse_first: bool = False) -> InParts[BasinsReached]:
    """Run from every start and return where each ends.

    Args: coarse_first: yield coarser maps on the way, of every so many starts, each run once.

    Raises: SpecError, as of networks.
    """
    run, problem = plan.runs[0], plan.problem
    names = problem.parameters
    if len(names) > MAP_PARAMETERS:
        raise SpecError("needs_map", ("problem",), problem.kind, limit=MAP_PARAMETERS, count=len(names))
    refuse_methods(plan, "no_lanes", "sweep")
    domain = problem.domain if spec.domain is None else checked_axes(names, spec.domain, ("domain",))
    values = _checked_values(spec)
    axes = [axis(low, high, spec.resolution) for low, high in domain]
    grid = np.array(np.meshgrid(*axes)).reshape(len(axes), -1)
    places = np.arange(grid.shape[1]).reshape([spec.resolution] * len(axes))
    ends, n_steps, ran = np.empty_like(grid), np.zeros(places.size, np.intp), np.zeros(places.size, bool)
    yield
    for stride in _strides(spec.resolution) if coarse_first else [1]:
        shown = places[(slice(None, None, stride),) * len(axes)]
        fresh = shown[~ran[shown]]
        begin, end = (done / (1 + len(values)) for done in (float(ran.mean()), shown.size / places.size))
        work = telling(ends_of_starts(run, grid[:, fresh]), begin, end, fresh.size * spec.stop.max_steps)
        of_fresh = yield from work
        ends[:, fresh], n_steps[fresh], ran[fresh] = of_fresh.parameters, of_fresh.n_steps, True
        told = yield from _told(problem, [each[::stride] for each in axes], ends[:, shown.ravel()], n_steps[shown])
        if stride > 1:
            yield Progress(end, so_far=told)
    return (yield from _told_over(spec, plan, grid, told)) if values else told


def _checked_values(spec: BasinsSpec) -> list[float]:
    """Those of the hyperparameter for which shares are asked for. Raises: SpecError."""
    for name, values in (spec.over or {}).items():
        param = hyperparameter_of(spec.optimizers[0], name)
        for index, value in enumerate(values):
            with located("over", name, index, value=value):
                real(param.allowed, param.whole).check(value)
        return values
    return []


def _strides(resolution: int) -> list[int]:
    """Of each map, from a coarse one to all starts."""
    return [2**k for k in reversed(range(max(1, (resolution // FIRST_MAP).bit_length())))]


def _told(problem: Problem, axes: Sequence[Array], ends: Array, n_steps: NDArray[np.intp]) -> InParts[BasinsReached]:
    """Return what is said of the starts on a grid, by their ends, (n, starts)."""
    reached = yield from minima_reached(problem, ends)
    assert reached is not None, "of two parameters and a formula"
    x, *ys = axes
    return BasinsReached(
        x=x.tolist(),
        y=ys[0].tolist() if ys else None,
        end=_listed(reached.index.reshape(n_steps.shape)),
        n_steps=_listed(n_steps),
        minima=reached.listed,
        shares=reached.shares,
        share_elsewhere=float(np.mean(reached.index == ELSEWHERE)),
        share_diverged=float(np.mean(reached.index == DIVERGED)),
    )


def _told_over(spec: BasinsSpec, plan: Plan, starts: Array, told: BasinsReached) -> InParts[BasinsReached]:
    """Return it with the shares with other values of a hyperparameter: with as many at a time as have room in lanes."""
    assert spec.over is not None
    ((name, values),) = spec.over.items()
    count = starts.shape[1]
    minima: Minima = [(tuple(at), loss) for *at, loss in told.minima]
    reached: list[Reached] = []
    together = max(1, MOST_LANES // count)
    for first in range(0, len(values), together):
        own = values[first : first + together]
        phases = phases_with(spec.optimizers[0], {name: np.repeat(own, count)})
        work = ends_of_starts(plan.runs[0], np.tile(starts, len(own)), phases)
        begin, end = ((1 + done) / (1 + len(values)) for done in (first, first + len(own)))
        ends = yield from telling(work, begin, end, len(own) * count * spec.stop.max_steps)
        for of_value in np.split(ends.parameters, len(own), axis=1):
            each = yield from minima_reached(plan.problem, of_value, minima)
            assert each is not None, "as of the map"
            minima = each.minima
            reached.append(each)
        over = SharesOver(
            name=name,
            values=values[: len(reached)],
            shares=[_filled(each.shares, len(minima)) for each in reached],
            share_elsewhere=[float(np.mean(each.index == ELSEWHERE)) for each in reached],
            share_diverged=[float(np.mean(each.index == DIVERGED)) for each in reached],
        )
        told = replace(
            told, minima=[[*at, loss] for at, loss in minima], shares=_filled(told.shares, len(minima)), over=over
        )
        yield Progress(end, so_far=told)
    return told


def _filled(shares: list[float], count: int) -> list[float]:
    """With nothing for each minimum that was found later."""
    return shares + [0.0] * (count - len(shares))


def _listed(values: NDArray[np.intp]) -> Any:
    """A number for each start, a row for each y."""
    return values.tolist()
