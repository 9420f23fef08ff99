"""Basins: in which minimum a run ends from each start of a grid, and which share of them ends in each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from fallline.descent import Run
from fallline.descent.lanes import cost_of_lanes, ends_of_starts
from fallline.errors import SpecError
from fallline.in_parts import InParts
from fallline.problems.grid import axis
from fallline.problems.minima import DIVERGED, ELSEWHERE, minima_reached
from fallline.spec.fields import whole_number
from fallline.spec.models import MAP_PARAMETERS, MAX_RESOLUTION, Axis, SingleSpec, checked_axes, examples
from fallline.spec.plan import Plan, refuse_methods
from fallline.types import Array, Described


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
        return asdict(self)


def basins_of(spec: BasinsSpec, plan: Plan) -> InParts[BasinsReached]:
    """Run from every start and return where each ends. Raises: SpecError, as of networks."""
    run, problem = plan.runs[0], plan.problem
    names = problem.parameters
    if len(names) > MAP_PARAMETERS:
        raise SpecError("needs_map", ("problem",), problem.kind, limit=MAP_PARAMETERS, count=len(names))
    refuse_methods(plan, "no_lanes", "sweep")
    domain = problem.domain if spec.domain is None else checked_axes(names, spec.domain, ("domain",))
    axes = [axis(low, high, spec.resolution) for low, high in domain]
    grid = np.array(np.meshgrid(*axes)).reshape(len(axes), -1)
    yield
    ends = yield from ends_of_starts(run, grid)
    reached = yield from minima_reached(problem, ends.parameters)
    assert reached is not None, "of two parameters and a formula"
    x, *ys = axes
    return BasinsReached(
        x=x.tolist(),
        y=ys[0].tolist() if ys else None,
        end=_on_grid(reached.index, axes),
        n_steps=_on_grid(ends.n_steps, axes),
        minima=[[*at, loss] for at, loss in reached.minima],
        shares=reached.shares,
        share_elsewhere=float(np.mean(reached.index == ELSEWHERE)),
        share_diverged=float(np.mean(reached.index == DIVERGED)),
    )


def _on_grid(values: NDArray[np.intp], axes: Sequence[Array]) -> Any:
    """A number for each start, a row for each y."""
    return values.reshape([len(each) for each in reversed(axes)]).tolist()
