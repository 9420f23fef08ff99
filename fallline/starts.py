"""Basins: in which minimum a run ends from each start of a grid, and which share of them ends in each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from fallline.descent import Run
from fallline.descent.lanes import cost_of_lanes, ends_of_starts
from fallline.errors import SpecError
from fallline.in_parts import InParts, Progress, telling
from fallline.problems.grid import axis
from fallline.problems.minima import DIVERGED, ELSEWHERE, minima_reached
from fallline.problems.problem import Problem
from fallline.spec.fields import whole_number
from fallline.spec.models import MAP_PARAMETERS, MAX_RESOLUTION, Axis, SingleSpec, checked_axes, examples
from fallline.spec.plan import Plan, refuse_methods
from fallline.types import Array, Described

FIRST_MAP = 16
"""Starts along each side of the first of the maps that grow finer, at the least."""


class BasinsSpec(SingleSpec):
    """A spec with one optimizer, and the grid of places from which it sets off."""

    model_config = examples(
        {
            "problem": {"surface": "himmelblau"},
            "optimizers": [{"name": "heavy_ball", "learning_rate": 0.01, "beta": 0.9}],
            "stop": {"max_steps": 300},
            "resolution": 64,
        }
    )

    domain: list[Axis] | None = Field(None, description="[low, high] for each parameter; by default the problem's own.")
    resolution: Annotated[int, whole_number(2, MAX_RESOLUTION)] = Field(64, description="Starts along each side.")

    def cost(self, runs: Sequence[Run]) -> float:
        """Operations of a step from all the starts."""
        return cost_of_lanes(runs[0], self.resolution ** min(len(runs[0].start), MAP_PARAMETERS))


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

    def reply(self) -> dict[str, Any]:
        """Its fields as the REST API names them."""
        return dict(vars(self))


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
    axes = [axis(low, high, spec.resolution) for low, high in domain]
    grid = np.array(np.meshgrid(*axes)).reshape(len(axes), -1)
    places = np.arange(grid.shape[1]).reshape([spec.resolution] * len(axes))
    ends, n_steps, ran = np.empty_like(grid), np.zeros(places.size, np.intp), np.zeros(places.size, bool)
    yield
    for stride in _strides(spec.resolution) if coarse_first else [1]:
        shown = places[(slice(None, None, stride),) * len(axes)]
        fresh = shown[~ran[shown]]
        begin, end = float(ran.mean()), shown.size / places.size
        work = telling(ends_of_starts(run, grid[:, fresh]), begin, end, fresh.size * spec.stop.max_steps)
        of_fresh = yield from work
        ends[:, fresh], n_steps[fresh], ran[fresh] = of_fresh.parameters, of_fresh.n_steps, True
        told = yield from _told(problem, [each[::stride] for each in axes], ends[:, shown.ravel()], n_steps[shown])
        if stride > 1:
            yield Progress(end, so_far=told)
    return told


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
        minima=[[*at, loss] for at, loss in reached.minima],
        shares=reached.shares,
        share_elsewhere=float(np.mean(reached.index == ELSEWHERE)),
        share_diverged=float(np.mean(reached.index == DIVERGED)),
    )


def _listed(values: NDArray[np.intp]) -> Any:
    """A number for each start, a row for each y."""
    return values.tolist()
