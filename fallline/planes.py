"""The plane of a landscape with more than two parameters, and the sentence about it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from fallline.descent import End
from fallline.errors import SpecError, known_names
from fallline.in_parts import InParts
from fallline.limits import Limits
from fallline.problems.plane import Plane, plane_problem, principal_plane, weights_plane
from fallline.problems.problem import Problem
from fallline.sentences import few_names
from fallline.spec.models import DIRECTIONS, LandscapeSpec
from fallline.spec.plan import Plan, planning
from fallline.types import Array, Described, Pair

ALONG_A_PATH = (
    "two parameters, as the path stays where it is",
    "the one direction in which the path goes and another at right angles to it",
    "the two directions in which the path goes furthest",
)
ALONG_PATHS = (
    "two parameters, as the paths stay where they are",
    "the one direction in which the paths go and another at right angles to it",
    "the two directions in which the paths go furthest",
)
"""Words for the directions of a plane, by how many of them, 0 to 2, the path or the paths determine."""


@dataclass(frozen=True)
class PlanePath(Described):
    """The rows of a run, projected onto the plane."""

    x: list[float]
    """The first coordinate of each row."""
    y: list[float]
    """The second coordinate of each row."""
    distance: list[float]
    """The distance of each row from the plane."""


@dataclass(frozen=True)
class PlaneShape(Described):
    """The plane of a landscape, and the runs projected onto it."""

    parameters: list[str] | None
    """The two parameters whose values are the coordinates; null if the plane lies along principal directions."""
    directions: list[list[float]]
    """Two unit vectors that span the plane, in the order of the problem's parameters."""
    through: list[float]
    """The point that the plane passes through."""
    share: float | None
    """The share of the paths that lies in the plane, from 0 to 1, measured by squared distances from `through`; null
    without a run. Runs that diverge are left out, unless all diverge."""
    farthest: float | None
    """The largest distance from the plane of the paths that `share` counts; null without a run."""
    paths: list[PlanePath]
    """The paths of the runs, projected onto the plane."""
    sentence: str
    """A sentence about the plane, to be shown with it."""


@dataclass(frozen=True, eq=False)
class RunBeside:
    """A run over the plane. Args: path: its points, (rows, parameters); losses: at these points; end: of the run."""

    path: Array
    losses: Array
    end: End


@dataclass(frozen=True, eq=False)
class PlaneOfRuns:
    """A plane with the runs that it shows.

    Args:
        laid_for: the paths that determine its directions and its domain. Runs that diverge are left out, as they would
            take all its room, unless all diverge.
    """

    plane: Plane
    runs: Sequence[RunBeside]
    laid_for: Sequence[Array]

    def farthest(self) -> float | None:
        """The largest distance of the paths of `laid_for` from the plane; None without paths."""
        return max((float(self.plane.distance(path).max()) for path in self.laid_for), default=None)

    def domain(self) -> tuple[Pair, ...]:
        """(low, high) of both coordinates."""
        return self.plane.domain(np.vstack(self.laid_for) if self.laid_for else ())

    def problem(self, whole: Problem, domain: tuple[Pair, ...]) -> Problem:
        """The problem restricted to the plane."""
        return plane_problem(whole, self.plane, self.plane.parameters or DIRECTIONS, domain)


THROUGH = ("the given point", "the start")
"""Words for the point that a plane passes through: the first if a request gives it, else the second."""


def describe_plane(of_runs: PlaneOfRuns, through: str) -> PlaneShape:
    """The part of a reply about its plane. Args: through: words for the point that the plane passes through."""
    plane, laid_for = of_runs.plane, of_runs.laid_for
    share = plane.share(np.vstack(laid_for)) if laid_for else None
    principal = ALONG_A_PATH if len(laid_for) == 1 else ALONG_PATHS
    along = " and ".join(plane.parameters or (principal[plane.settled],))
    sentence = f"A plane through {through}, along {along}; every other direction is left out"
    if share is not None:
        held = "the path" if len(laid_for) == 1 else "the paths"
        sentence += f". It holds {100 * share:.3g} % of {held}, by squared distance from that point"
    if len(laid_for) < len(of_runs.runs):
        sentence += "; what diverges is left out of that"
    seen = [(*plane.project(run.path).T.tolist(), plane.distance(run.path).tolist()) for run in of_runs.runs]
    return PlaneShape(
        parameters=list(plane.parameters) if plane.parameters else None,
        directions=plane.directions.tolist(),
        through=plane.through.tolist(),
        share=share,
        farthest=of_runs.farthest(),
        paths=[PlanePath(*each) for each in seen],
        sentence=f"{sentence}.",
    )


def make_plane(problem: Problem, spec: LandscapeSpec, limits: Limits, plan: Plan | None = None) -> InParts[PlaneOfRuns]:
    """Return the plane of a spec with the paths of its runs; pauses while they are computed.

    Args: plan: of the spec, if there is one already. Raises: SpecError, which names the field that does not fit.
    """
    through = _point(problem, spec)
    runs: list[RunBeside] = []
    if spec.optimizers:
        plan = plan or (yield from planning(spec, limits))
        runs = yield from _paths(plan, limits.max_numbers)
    laid_for = [run.path for run in runs if run.end.reason != "diverged"] or [run.path for run in runs]
    if spec.plane is not None:
        return PlaneOfRuns(_along_parameters(problem, spec.plane, through), runs, laid_for)
    if not runs:
        raise SpecError("missing_plane", ("plane",), spec.plane)
    return PlaneOfRuns(principal_plane(np.vstack(laid_for), through), runs, laid_for)


def _point(problem: Problem, spec: LandscapeSpec) -> Sequence[float]:
    field = "start" if spec.at is None else "at"
    point = getattr(spec, field)
    names = problem.parameters
    if point is not None and len(point) != len(names):
        raise SpecError("wrong_count", (field,), point, count=len(names), names=few_names(names))
    return point if point is not None else problem.start_for(spec.seed)


def _along_parameters(problem: Problem, names: Sequence[str], through: Sequence[float]) -> Plane:
    for index, name in enumerate(names):
        if name not in problem.parameters:
            near = known_names(name, problem.parameters)
            raise SpecError("unknown_name", ("plane", index), name, what="parameter", **near)
    first, second = names
    if first == second:
        raise SpecError("same_parameter", ("plane",), names)
    return weights_plane(problem, (first, second), through)


def _paths(plan: Plan, most: float) -> InParts[list[RunBeside]]:
    """Return the runs with their paths. Raises: SpecError, if these may have more than `most` numbers in total."""
    numbers_a_step, steps = len(plan.runs) * len(plan.problem.parameters), plan.spec.stop.max_steps
    if steps * numbers_a_step > most:
        allowed = {"limit": most, "steps": most // numbers_a_step}
        raise SpecError("too_many_numbers", ("stop", "max_steps"), steps, **allowed)
    runs = []
    for run in plan.runs:
        blocks, _, end = yield from run.in_parts(lambda block: (block.parameters.T, block.loss))
        paths, losses = zip(*blocks, strict=True)
        runs.append(RunBeside(np.vstack(paths), np.concatenate(losses), end))
    return runs
