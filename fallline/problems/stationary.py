"""Whether a place is a minimum: decided by the gradient and the Hessian there, not by a list of minima.

Newton's method, w - H^-1 g, goes to the stationary point next to a place w, if there is one; the signs of the
eigenvalues of the Hessian H there say what it is. A Hessian that is singular there decides nothing: that such a place,
or one without derivatives as Ackley's, is a minimum is known from the list.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from fallline.problems.objective import Objective
from fallline.problems.problem import Problem
from fallline.types import Array, Described

NEAR = 0.002
"""Next to a place: in no parameter further from it than this share of the map."""
SINGULAR = 1e-9
"""An eigenvalue smaller than the largest at the place times this counts as 0."""
MOST_STEPS = 100

StationaryKind = Literal["minimum", "saddle", "maximum", "degenerate", "undecided", "none"]


@dataclass(frozen=True)
class StationaryPoint(Described):
    """What gradient and Hessian say of the place where a run ended."""

    kind: StationaryKind
    """What lies next to it, within 0.2 % of the map in each parameter: a `minimum`, a `saddle`, a `maximum`, or a
    `degenerate` stationary point, whose Hessian is singular; `none` where nothing stationary does; `undecided` where
    the Hessian vanishes and the gradient does not, as with straight pieces."""
    at: tuple[float, ...] | None
    """Where that lies; null where nothing does."""
    lowest: bool | None
    """Of a minimum, whether no known one is lower; null where none is known."""
    gradient_norm: float
    """The Euclidean length of the gradient over all the data, at the place itself."""
    eigenvalues: tuple[float, ...]
    """Of the Hessian at the place itself, from the smallest."""


def stationary_point(problem: Problem, place: Sequence[float]) -> StationaryPoint | None:
    """What gradient and Hessian say of a place.

    None of more than two parameters, without a Hessian, or where a derivative is not finite.
    """
    objective = problem.objective
    here = _to_second_order(objective, place) if len(place) <= 2 else None
    if here is None:
        return None
    near = np.array([NEAR * (high - low) for low, high in problem.domain])
    with np.errstate(all="ignore"):
        kind, at = _next_to(objective, np.array(place, dtype=float), here, near)
        by = place if at is None else at
        known = next((minimum for minimum in problem.minima if beside(minimum.at, by, near)), None)
    if known is not None and (kind == "degenerate" or not known.smooth):
        kind, at = "minimum", known.at
    lowest = None
    if kind == "minimum" and at is not None and problem.minima:
        least = min(minimum.loss for minimum in problem.minima)
        lowest = (known.loss if known else problem.loss_at(at)) <= least
    listed = known.at if known and kind == "minimum" else at
    return StationaryPoint(kind, listed, lowest, math.hypot(*here.slopes), tuple(here.eigenvalues.tolist()))


@dataclass(frozen=True, eq=False)
class _SecondOrder:
    """The loss around a place to second order.

    Args:
        eigenvalues: of the Hessian, from the smallest; directions: of each, of length 1, a row.
        slopes: the gradient along each direction.
    """

    eigenvalues: Array
    directions: Array
    slopes: Array


def _to_second_order(objective: Objective, place: Sequence[float]) -> _SecondOrder | None:
    """The loss around a place; None without a Hessian, or where a derivative is not finite."""
    hessian, (_, gradient) = objective.hessian_at(place), objective.value_and_gradient_at(place)
    if hessian is None or not np.isfinite([gradient, *hessian]).all():
        return None
    eigenvalues, columns = np.linalg.eigh(hessian)
    return _SecondOrder(eigenvalues, columns.T, (columns.T * gradient).sum(axis=1))


def _next_to(
    objective: Objective, place: Array, here: _SecondOrder, near: Array
) -> tuple[StationaryKind, tuple[float, ...] | None]:
    """What lies next to a place, and where: Newton's method goes there, and the Hessian there decides.

    Where it nears a singular Hessian, as of x**4, its steps only shrink by a factor: it is told by an eigenvalue that
    becomes nothing beside those at the place. Beside a line of stationary points, as of x**2*y**2, the step along it
    would lead far away: it is left out until the line is reached.
    """
    nothing, at = SINGULAR * np.abs(here.eigenvalues).max(), place
    if nothing == 0:
        return ("undecided", None) if here.slopes.any() else ("degenerate", tuple(place.tolist()))
    lost: StationaryKind = "undecided"
    for _ in range(MOST_STEPS):
        flat = np.abs(here.eigenvalues) <= nothing
        rises = (flat & (np.abs(here.slopes) > nothing * near.min())).any()
        steps = np.where(flat, 0.0, here.slopes / here.eigenvalues)[:, None]
        to = at - (steps * here.directions).sum(axis=0)
        leaves = not beside(to, place, near)
        if leaves:
            lost = lost if rises else "none"
            steps[np.abs(here.eigenvalues).argmin()] = 0.0
            to = at - (steps * here.directions).sum(axis=0)
        there = _to_second_order(objective, to.tolist())
        if there is None or not beside(to, place, near):
            return lost if rises else "none", None
        if np.abs(steps).max() <= objective.settled * near.min():
            if leaves or rises:
                return lost, None
            return _kind(there.eigenvalues, nothing), tuple(to.tolist())
        at, here = to, there
    return lost, None


def _kind(eigenvalues: Array, nothing: float) -> StationaryKind:
    """What a stationary point is by the eigenvalues of its Hessian; one of at most `nothing` counts as 0."""
    if (np.abs(eigenvalues) <= nothing).any():
        return "degenerate"
    if eigenvalues[0] > 0:
        return "minimum"
    return "maximum" if eigenvalues[-1] < 0 else "saddle"


def beside(places: Any, at: Any, near: Any) -> Any:
    """Which places, (n,) or (n, places), differ from another by at most `near` in every parameter."""
    return (np.abs(np.subtract(places, at)) <= near).all(axis=0)
