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
from app.problems.objective import InFormulas
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
    """What gradient and Hessian say of a place, None where they are not had in formulas or not finite."""
    objective = problem.objective
    if not isinstance(objective, InFormulas):
        return None
    _, *gradient = objective.value_and_gradient_on_floats(*place)
    hessian = objective.hessian_on_floats(*place)
    if not all(map(math.isfinite, (*gradient, *hessian))):
        return None
    near = [NEAR * (high - low) for low, high in problem.domain]
    values, directions = _eigen(hessian)
    slopes = [_dot(direction, gradient) for direction in directions]
    kind, steps = _kind(values, slopes, min(near))
    at = [w - _dot(steps, each) for w, each in zip(place, zip(*directions, strict=True), strict=True)]
    if kind not in ("undecided", "none") and not _beside(at, place, near):
        kind = "none"
    known = _known(problem.minima, at if kind == "minimum" else place, near)
    if known is not None and not known.smooth:
        kind = "minimum"
    found = None if kind in ("undecided", "none") else known.at if known and kind == "minimum" else tuple(at)
    lowest = None
    if kind == "minimum" and problem.minima:
        least = min(each.loss for each in problem.minima)
        lowest = (known.loss if known else problem.loss_at(tuple(at))) <= least
    return StationaryPoint(kind, found, lowest, math.hypot(*gradient), values)


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
    """What the eigenvalues and the gradient along their directions say, and how far against these it lies.

    Args:
        near: how far along a direction that is not curved the loss may rise by its gradient and be called level.
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
    return all(abs(a - b) <= most for a, b, most in zip(one, other, near, strict=True))


def _known(minima: Sequence[Minimum], at: Sequence[float], near: Sequence[float]) -> Minimum | None:
    """The known minimum next to a place."""
    return next((each for each in minima if _beside(each.at, at, near)), None)


def _dot(one: Sequence[float], other: Sequence[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))
