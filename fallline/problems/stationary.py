"""Decides by gradient and Hessian whether a place is a minimum; a list of minima is needed in special cases only.

From a place w, Newton's method, w - H^-1 g, leads to the stationary point next to it, if there is one. The signs of the
eigenvalues of the Hessian H there say of which kind that point is. If the Hessian is singular there, or the loss has no
derivatives there (as at Ackley's minimum), only the list of known minima tells that it is a minimum.
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
"""Points count as next to each other if they differ in no parameter by more than this share of the map."""
SINGULAR = 1e-9
"""An eigenvalue counts as 0 if it is smaller than this times the largest eigenvalue at the place."""
MOST_STEPS = 100

StationaryKind = Literal["minimum", "saddle", "maximum", "degenerate", "undecided", "none"]


@dataclass(frozen=True)
class StationaryPoint(Described):
    """The stationary point next to the place where a run ended, found by gradient and Hessian."""

    kind: StationaryKind
    """The kind of the stationary point within 0.2 % of the map in each parameter: `minimum`, `saddle`, `maximum`, or
    `degenerate` if its Hessian is singular. `none` if there is no such point. `undecided` if the Hessian vanishes but
    the gradient does not, as where the loss is piecewise linear."""
    at: tuple[float, ...] | None
    """The stationary point; null if there is none."""
    lowest: bool | None
    """For a minimum: whether no known minimum is lower. Null otherwise, and if no minimum is known."""
    gradient_norm: float
    """The Euclidean length of the gradient over all the data, at the place itself."""
    eigenvalues: tuple[float, ...]
    """The eigenvalues of the Hessian at the place itself, ascending."""


def stationary_point(problem: Problem, place: Sequence[float]) -> StationaryPoint | None:
    """Find the stationary point next to a place, and its kind.

    Returns:
        None if there are more than two parameters, there is no Hessian, or a derivative is not finite.
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
        eigenvalues: of the Hessian, ascending; directions: a unit eigenvector of each, as rows.
        slopes: the directional derivative along each of these.
    """

    eigenvalues: Array
    directions: Array
    slopes: Array


def _to_second_order(objective: Objective, place: Sequence[float]) -> _SecondOrder | None:
    """The loss around a place to second order; None if there is no Hessian, or a derivative is not finite."""
    hessian, (_, gradient) = objective.hessian_at(place), objective.value_and_gradient_at(place)
    if hessian is None or not np.isfinite([gradient, *hessian]).all():
        return None
    eigenvalues, columns = np.linalg.eigh(hessian)
    return _SecondOrder(eigenvalues, columns.T, (columns.T * gradient).sum(axis=1))


def _next_to(
    objective: Objective, place: Array, here: _SecondOrder, near: Array
) -> tuple[StationaryKind, tuple[float, ...] | None]:
    """The kind and the position of the stationary point next to a place, which Newton's method finds.

    Near a point with a singular Hessian, as that of x**4, each step is only a fixed factor shorter than the one before.
    The point is recognised by an eigenvalue that vanishes compared with those at the place. Beside a line of stationary
    points, as those of x**2*y**2, the component of the step along the line would lead far away; it is left out until
    the line is reached.
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
    """The kind of a stationary point by the eigenvalues of its Hessian; one of size at most `nothing` counts as 0."""
    if (np.abs(eigenvalues) <= nothing).any():
        return "degenerate"
    if eigenvalues[0] > 0:
        return "minimum"
    return "maximum" if eigenvalues[-1] < 0 else "saddle"


def beside(places: Any, at: Any, near: Any) -> Any:
    """Whether places, (n,) or (n, places), differ from `at` by at most `near` in every parameter."""
    return (np.abs(np.subtract(places, at)) <= near).all(axis=0)
