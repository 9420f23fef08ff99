"""Whether a place is a minimum: decided by the gradient and the Hessian there, not by a list of minima.

To second order the loss around a place w is stationary at w - H^-1 g. Where that lies next to w, the signs of the
eigenvalues of H say what it is. A singular Hessian, as of a loss made of straight pieces, decides nothing. Only a
minimum without derivatives, such as Ackley's, is known from the list.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from app.problems.declaration import Minimum
from app.problems.problem import Problem

NEAR = 0.002
"""Next to a place: in no parameter further from it than this share of the map."""
SINGULAR = 1e-9
"""An eigenvalue smaller than the largest times this counts as 0."""

Directions = tuple[tuple[float, ...], ...]
StationaryKind = Literal["minimum", "saddle", "maximum", "degenerate", "undecided", "none"]


@dataclass(frozen=True)
class StationaryPoint:
    """What gradient and Hessian say of a place.

    Args:
        kind: what lies next to it: a `minimum`, a `saddle`, a `maximum`, or a `degenerate` stationary point, whose
            Hessian is singular; `none` where nothing stationary does; `undecided` where the Hessian vanishes and the
            gradient does not, as with straight pieces.
        at: where that lies; None where nothing does.
        lowest: of a minimum, whether no known one is lower; None where none is known.
        gradient_norm: the Euclidean length of the gradient over all the data, at the place itself.
        eigenvalues: of the Hessian at the place itself, from the smallest.
    """

    kind: StationaryKind
    at: tuple[float, ...] | None
    lowest: bool | None
    gradient_norm: float
    eigenvalues: tuple[float, ...]


def stationary_point(problem: Problem, place: Sequence[float]) -> StationaryPoint | None:
    """What gradient and Hessian say of a place; None without a Hessian, or where a derivative is not finite."""
    hessian = problem.objective.hessian(place)
    if hessian is None:
        return None
    _, gradient = problem.objective.evaluate(place)
    if not all(map(math.isfinite, (*gradient, *hessian))):
        return None
    near = [NEAR * (high - low) for low, high in problem.domain]
    eigenvalues, directions = _eigen(hessian)
    slopes = [_dot(direction, gradient) for direction in directions]
    kind, steps = _kind(eigenvalues, slopes, min(near))
    # minus the steps along the directions, in parameters: w - H^-1 g
    at = tuple(w - _dot(steps, row) for w, row in zip(place, zip(*directions, strict=True), strict=True))
    if kind not in ("undecided", "none") and not _beside(at, place, near):
        kind = "none"
    known = _known(problem.minima, at if kind == "minimum" else place, near)
    if known is not None and not known.smooth:
        kind = "minimum"
    lowest = None
    if kind == "minimum" and problem.minima:
        loss = known.loss if known else problem.loss_at(at)
        lowest = loss <= min(minimum.loss for minimum in problem.minima)
    if kind == "minimum" and known:
        at = known.at
    stationary_at = None if kind in ("undecided", "none") else at
    return StationaryPoint(kind, stationary_at, lowest, math.hypot(*gradient), eigenvalues)


def _eigen(hessian: Sequence[float]) -> tuple[tuple[float, ...], Directions]:
    """The eigenvalues of a symmetric matrix of one or two rows, from the smallest, and the direction of each."""
    if len(hessian) == 1:
        return (hessian[0],), ((1.0,),)
    first, mixed, _, last = hessian
    middle, half = (first + last) / 2, (first - last) / 2
    spread, angle = math.hypot(half, mixed), math.atan2(mixed, half) / 2
    sine, cosine = math.sin(angle), math.cos(angle)
    return (middle - spread, middle + spread), ((-sine, cosine), (cosine, sine))


def _kind(values: Sequence[float], slopes: Sequence[float], near: float) -> tuple[StationaryKind, list[float]]:
    """The kind of stationary point, and how far it lies against each direction of the Hessian.

    Args:
        values: the eigenvalues, from the smallest.
        slopes: the gradient along the direction of each.
        near: how far the loss may rise by its gradient along a direction that is not curved, and be called level.
    """
    largest = max(map(abs, values))
    if largest == 0:
        return ("undecided" if any(slopes) else "degenerate"), [0.0] * len(slopes)
    flat = [abs(value) <= SINGULAR * largest for value in values]
    steps = [0.0 if is_flat else slope / value for slope, value, is_flat in zip(slopes, values, flat, strict=True)]
    if any(flat):
        rise = max(abs(slope) for slope, is_flat in zip(slopes, flat, strict=True) if is_flat)
        return ("degenerate" if rise <= SINGULAR * largest * near else "undecided"), steps
    if values[0] > 0:
        return "minimum", steps
    return ("maximum" if values[-1] < 0 else "saddle"), steps


def _beside(one: Sequence[float], other: Sequence[float], near: Sequence[float]) -> bool:
    """Whether two places differ by at most `near` in every parameter."""
    return all(abs(a - b) <= most for a, b, most in zip(one, other, near, strict=True))


def _known(minima: Sequence[Minimum], at: Sequence[float], near: Sequence[float]) -> Minimum | None:
    """The known minimum next to a place."""
    return next((minimum for minimum in minima if _beside(minimum.at, at, near)), None)


def _dot(one: Sequence[float], other: Sequence[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))
