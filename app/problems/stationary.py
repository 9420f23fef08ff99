"""Whether a place is a minimum: decided by the gradient and the Hessian there, not by a list of minima.

To second order the loss around a place w is stationary at w - H^-1 g. Where that lies next to w, the signs of the
eigenvalues of H say what it is. A singular Hessian, as of a loss made of straight pieces, decides nothing. Only a
minimum without derivatives, such as Ackley's, is known from the list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from app.problems.declaration import Minimum
from app.problems.objective import InFormulas
from app.problems.problem import Problem
from app.types import Array

NEAR = 0.002
"""Next to a place: in no parameter further from it than this share of the map."""
SINGULAR = 1e-9
"""An eigenvalue smaller than the largest times this counts as 0."""
MOST_PARAMETERS = 10

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
    if not isinstance(objective, InFormulas) or len(place) > MOST_PARAMETERS:
        return None
    _, *slopes = objective.value_and_gradient_on_floats(*place)
    gradient, hessian = np.array(slopes), np.array(objective.hessian_on_floats(*place)).reshape(len(place), -1)
    if not (np.isfinite(gradient).all() and np.isfinite(hessian).all()):
        return None
    widths = np.array([high - low for low, high in problem.domain])
    values, directions = np.linalg.eigh((hessian + hessian.T) / 2)
    kind, step = _kind(values, directions.T @ gradient, NEAR * float(widths.min()))
    at = np.array(place) - directions @ step
    if kind not in ("undecided", "none") and (np.abs(at - place) > NEAR * widths).any():
        kind = "none"
    known = _known(problem.minima, at if kind == "minimum" else np.array(place), NEAR * widths)
    if known is not None and not known.smooth:
        kind = "minimum"
    found = None if kind in ("undecided", "none") else known.at if known and kind == "minimum" else tuple(at.tolist())
    lowest = None
    if kind == "minimum" and problem.minima:
        least = min(each.loss for each in problem.minima)
        lowest = (known.loss if known else problem.loss_at(tuple(at.tolist()))) <= least
    return StationaryPoint(kind, found, lowest, float(np.linalg.norm(gradient)), tuple(values.tolist()))


def _kind(values: Array, slopes: Array, near: float) -> tuple[StationaryKind, Array]:
    """What the eigenvalues and the gradient along their directions say, and how far against these it lies.

    Args:
        near: how far along a direction that is not curved the loss may rise by its gradient and be called level.
    """
    largest = float(np.abs(values).max())
    if largest == 0:
        return ("undecided" if slopes.any() else "degenerate"), np.zeros_like(slopes)
    singular = np.abs(values) <= SINGULAR * largest
    step = np.divide(slopes, values, out=np.zeros_like(slopes), where=~singular)
    if singular.any():
        level = np.abs(slopes[singular]) <= SINGULAR * largest * near
        return ("degenerate" if level.all() else "undecided"), step
    if (values > 0).all():
        return "minimum", step
    return ("maximum" if (values < 0).all() else "saddle"), step


def _known(minima: Sequence[Minimum], at: Array, near: Array) -> Minimum | None:
    """The known minimum next to a place."""
    return next((each for each in minima if (np.abs(np.array(each.at) - at) <= near).all()), None)
