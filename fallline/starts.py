"""Basins: the minimum in which a run ends from each start of a grid, and the share of the starts that end in each; also
these shares for other values of a hyperparameter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated

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
from fallline.spec.plan import Plan
from fallline.sweeps import hyperparameter_of, phases_with
from fallline.types import Array, Column, Described, Listed, Matrix

FIRST_MAP = 16
"""The least number of starts along each side of the first, coarsest map."""
MOST_VALUES = 64
"""The most values of a hyperparameter in `over`."""


class BasinsSpec(SingleSpec):
    """A spec with one optimizer, and the grid of starts from which it runs."""

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

    domain: list[Axis] | None = Field(
        None, description="[low, high] for each parameter; by default the domain of the problem."
    )
    resolution: Annotated[int, whole_number(2, MAX_RESOLUTION)] = Field(64, description="Starts along each side.")
    over: dict[str, Annotated[list[Coordinate], Field(min_length=1, max_length=MOST_VALUES)]] | None = Field(
        None,
        min_length=1,
        max_length=1,
        description="A hyperparameter of the first optimizer of the run -> values for which the shares are also "
        "returned.",
    )

    def cost(self, runs: Sequence[Run]) -> float:
        """The operations of a step from all starts."""
        starts = self.resolution ** min(len(runs[0].start), MAP_PARAMETERS)
        return cost_of_lanes(runs[0], starts * (1 + sum(map(len, (self.over or {}).values()))))


_OfStarts = Annotated[NDArray[np.intp], Column(int, list[list[int]] | list[int])]


@dataclass(frozen=True)
class SharesOver(Described):
    """The shares of the starts for several values of a hyperparameter."""

    name: str
    """The name of the hyperparameter."""
    values: list[float]
    """The values of the hyperparameter."""
    shares: list[list[float]]
    """For each value, the share of the starts that end in each of `minima`."""
    share_elsewhere: list[float]
    """For each value, the share of the starts that end next to no minimum."""
    share_diverged: list[float]
    """For each value, the share of the starts from which the run diverges."""


@dataclass(frozen=True, kw_only=True)
class BasinsReached(Described):
    """The end of the run from each start."""

    x: Listed
    """The first parameter of the starts."""
    y: Listed | None
    """The second parameter of the starts; null for a problem with one parameter."""
    end: _OfStarts
    """`end[j][i]` for the start at `y[j]`, `x[i]`: the index in `minima` of the minimum next to the last point; -1 if
    there is none, -2 if the run diverged. With one parameter, `end[i]`."""
    n_steps: _OfStarts
    """The number of steps from each start, in the form of `end`."""
    minima: Matrix
    """Each minimum as its parameters, then its loss. The known minima come first, reached or not; then others in which
    a run ends."""
    shares: Listed
    """The share of the starts that end in each of `minima`."""
    share_elsewhere: float
    """The share of the starts that end next to no minimum."""
    share_diverged: float
    """The share of the starts from which the run diverges."""
    over: SharesOver | None = None
    """The shares for other values of a hyperparameter; null unless requested by `over`."""


def basins_of(spec: BasinsSpec, plan: Plan, *, coarse_first: bool = False) -> InParts[BasinsReached]:
    """Run from every start and return the ends.

    Args: coarse_first: whether to yield coarser maps on the way; no start is run twice.

    Raises: SpecError, if the problem has more than two parameters.
    """
    run, problem = plan.runs[0], plan.problem
    names = problem.parameters
    if len(names) > MAP_PARAMETERS:
        raise SpecError("needs_map", ("problem",), problem.kind, limit=MAP_PARAMETERS, count=len(names))
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
        told = yield from _told(problem, [axis[::stride] for axis in axes], ends[:, shown.ravel()], n_steps[shown])
        if stride > 1:
            yield Progress(end, so_far=told)
    return (yield from _told_over(spec, plan, grid, told)) if values else told


def _checked_values(spec: BasinsSpec) -> list[float]:
    """The values of `over`. Raises: SpecError, if one is not allowed."""
    for name, values in (spec.over or {}).items():
        param = hyperparameter_of(spec.optimizers[0], name)
        for index, value in enumerate(values):
            with located("over", name, index, value=value):
                real(param.allowed, param.whole).check(value)
        return values
    return []


def _strides(resolution: int) -> list[int]:
    """For each map, from the coarsest to that of all starts, the distance of its starts in the grid."""
    return [2**k for k in reversed(range(max(1, (resolution // FIRST_MAP).bit_length())))]


def _told(problem: Problem, axes: Sequence[Array], ends: Array, n_steps: NDArray[np.intp]) -> InParts[BasinsReached]:
    """Return the reply for starts on a grid. Args: ends: the last points, (n, starts)."""
    reached = yield from minima_reached(problem, ends)
    assert reached is not None, "of two parameters and a formula"
    x, *ys = axes
    return BasinsReached(
        x=x,
        y=ys[0] if ys else None,
        end=reached.index.reshape(n_steps.shape),
        n_steps=n_steps,
        minima=np.array(reached.listed, float).reshape(-1, len(axes) + 1),
        shares=np.array(reached.shares),
        share_elsewhere=float(np.mean(reached.index == ELSEWHERE)),
        share_diverged=float(np.mean(reached.index == DIVERGED)),
    )


def _told_over(spec: BasinsSpec, plan: Plan, starts: Array, told: BasinsReached) -> InParts[BasinsReached]:
    """Return the reply with the shares for other values of a hyperparameter, as many at a time as there are lanes."""
    assert spec.over is not None
    ((name, values),) = spec.over.items()
    count = starts.shape[1]
    minima: Minima = [(tuple(at), loss) for *at, loss in told.minima.tolist()]
    reached: list[Reached] = []
    together = max(1, MOST_LANES // count)
    for first in range(0, len(values), together):
        tried = values[first : first + together]
        phases = phases_with(spec.optimizers[0], {name: np.repeat(tried, count)})
        work = ends_of_starts(plan.runs[0], np.tile(starts, len(tried)), phases)
        begin, end = ((1 + done) / (1 + len(values)) for done in (first, first + len(tried)))
        ends = yield from telling(work, begin, end, len(tried) * count * spec.stop.max_steps)
        for of_value in np.split(ends.parameters, len(tried), axis=1):
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
        listed = np.array([[*at, loss] for at, loss in minima], float).reshape(-1, len(starts) + 1)
        told = replace(told, minima=listed, shares=np.array(_filled(told.shares.tolist(), len(minima))), over=over)
        yield Progress(end, so_far=told)
    return told


def _filled(shares: list[float], count: int) -> list[float]:
    """The shares, with 0 for each minimum that was found later."""
    return shares + [0.0] * (count - len(shares))
