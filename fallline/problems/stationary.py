"""Whether a place is a minimum: decided by the gradient and the Hessian there, not by a list of minima.

Newton's method, w - H^-1 g, goes to the stationary point next to a place w, if there is one; the signs of the
eigenvalues of the Hessian H there say what it is. A Hessian that is singular there decides nothing: that such a place,
or one without derivatives as Ackley's, is a minimum is known from the list.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from fallline.problems.objective import Objective
from fallline.problems.problem import Problem
from fallline.problems.surface import Minimum
from fallline.types import Described

NEAR = 0.002
"""Next to a place: in no parameter further from it than this share of the map."""
SINGULAR = 1e-9
"""An eigenvalue smaller than the largest at the place times this counts as 0."""
SETTLED = 1e-10
"""Steps of Newton's method have come to rest when they are shorter than this share of what is next to a place."""
MOST_STEPS = 100

Directions = tuple[tuple[float, ...], ...]
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
    near = [NEAR * (high - low) for low, high in problem.domain]
    kind, at = _next_to(objective, place, here, near)
    known = _known(problem.minima, place if at is None else at, near)
    if known is not None and (kind == "degenerate" or not known.smooth):
        kind, at = "minimum", known.at
    lowest = None
    if kind == "minimum" and at is not None and problem.minima:
        least = min(minimum.loss for minimum in problem.minima)
        lowest = (known.loss if known else problem.loss_at(at)) <= least
    listed = known.at if known and kind == "minimum" else at
    return StationaryPoint(kind, listed, lowest, math.hypot(*here.slopes), here.eigenvalues)


@dataclass(frozen=True)
class _SecondOrder:
    """The loss around a place to second order.

    Args:
        eigenvalues: of the Hessian, from the smallest; directions: of each, of length 1.
        slopes: the gradient along each direction.
    """

    eigenvalues: tuple[float, ...]
    directions: Directions
    slopes: tuple[float, ...]


def _to_second_order(objective: Objective, place: Sequence[float]) -> _SecondOrder | None:
    """The loss around a place; None without a Hessian, or where a derivative is not finite."""
    hessian, (_, gradient) = objective.hessian_at(place), objective.value_and_gradient_at(place)
    if hessian is None or not all(map(math.isfinite, (*gradient, *hessian))):
        return None
    eigenvalues, directions = _eigen(hessian)
    return _SecondOrder(eigenvalues, directions, tuple(_dot(direction, gradient) for direction in directions))


def _next_to(
    objective: Objective, place: Sequence[float], here: _SecondOrder, near: Sequence[float]
) -> tuple[StationaryKind, tuple[float, ...] | None]:
    """What lies next to a place, and where: Newton's method goes there, and the Hessian there decides.

    Where it nears a singular Hessian, as of x**4, its steps only shrink by a factor: it is told by an eigenvalue that
    becomes nothing beside those at the place. Beside a line of stationary points, as of x**2*y**2, the step along it
    would lead far away: it is left out until the line is reached.
    """
    largest, at = max(map(abs, here.eigenvalues)), tuple(place)
    if largest == 0:
        return ("undecided", None) if any(here.slopes) else ("degenerate", at)
    lost: StationaryKind = "undecided"
    for _ in range(MOST_STEPS):
        flat = [abs(value) <= SINGULAR * largest for value in here.eigenvalues]
        rises = any(
            is_flat and abs(slope) > SINGULAR * largest * min(near)
            for slope, is_flat in zip(here.slopes, flat, strict=True)
        )
        steps = [
            0.0 if is_flat else slope / value
            for slope, value, is_flat in zip(here.slopes, here.eigenvalues, flat, strict=True)
        ]
        to = _moved(at, steps, here.directions)
        leaves = not _beside(to, place, near)
        if leaves:
            lost = lost if rises else "none"
            steps[here.eigenvalues.index(min(here.eigenvalues, key=abs))] = 0.0
            to = _moved(at, steps, here.directions)
        there = _to_second_order(objective, to)
        if there is None or not _beside(to, place, near):
            return lost if rises else "none", None
        if max(map(abs, steps)) <= SETTLED * min(near):
            if leaves or rises:
                return lost, None
            return _kind(there.eigenvalues, SINGULAR * largest), to
        at, here = to, there
    return lost, None


def _moved(at: Sequence[float], steps: Sequence[float], directions: Directions) -> tuple[float, ...]:
    """Where steps back along some directions lead."""
    return tuple(w - _dot(steps, row) for w, row in zip(at, zip(*directions, strict=True), strict=True))


def _kind(eigenvalues: Sequence[float], nothing: float) -> StationaryKind:
    """What a stationary point is by the eigenvalues of its Hessian; one of at most `nothing` counts as 0."""
    if any(abs(value) <= nothing for value in eigenvalues):
        return "degenerate"
    if eigenvalues[0] > 0:
        return "minimum"
    return "maximum" if eigenvalues[-1] < 0 else "saddle"


def _eigen(hessian: Sequence[float]) -> tuple[tuple[float, ...], Directions]:
    """The eigenvalues of a symmetric matrix, from the smallest, and the direction of each."""
    rows = math.isqrt(len(hessian))
    eigenvalues, directions = np.linalg.eigh(np.reshape(hessian, (rows, rows)))
    return tuple(eigenvalues.tolist()), tuple(map(tuple, directions.T.tolist()))


def _beside(one: Sequence[float], other: Sequence[float], near: Sequence[float]) -> bool:
    """Whether two places differ by at most `near` in every parameter."""
    return all(abs(a - b) <= most for a, b, most in zip(one, other, near, strict=True))


def _known(minima: Sequence[Minimum], at: Sequence[float], near: Sequence[float]) -> Minimum | None:
    """The known minimum next to a place."""
    return next((minimum for minimum in minima if _beside(minimum.at, at, near)), None)


def _dot(one: Sequence[float], other: Sequence[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))
