"""Which minimum each of many places has reached, such as the ends of a map of starts."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fallline.formulas.cost import OPERATIONS_BETWEEN_PAUSES
from fallline.in_parts import InParts
from fallline.problems.grid import operations_a_place
from fallline.problems.problem import Problem
from fallline.problems.stationary import NEAR, SINGULAR, beside, stationary_point
from fallline.types import Array

ELSEWHERE, DIVERGED = -1, -2
Minima = list[tuple[tuple[float, ...], float]]
"""Place and loss of each."""
MOST_FOUND = 256
"""Minima that are looked for beside the known ones: those next to the most places."""
EIGENVALUES = 200
"""Operations of the eigenvalues of one Hessian, and of the step that follows from it."""
OFFSET = 0.381966
"""Places are gathered in the cells of a grid; this share of a cell keeps its lines off the simple numbers."""

LETTERS = 26


def end_letter(index: int) -> str:
    """What a minimum is called among those in which starts end: A to Z, then numbers."""
    return chr(ord("A") + index) if index < LETTERS else str(index + 1)


@dataclass(frozen=True)
class Reached:
    """Which minimum each place has reached.

    Args:
        minima: the known ones first, reached or not, then those found.
        index: of each place, into `minima`; `ELSEWHERE` where it is next to none, `DIVERGED` where it is nan.
    """

    minima: Minima
    index: NDArray[np.intp]

    @property
    def listed(self) -> list[list[float]]:
        """Of each minimum the parameters, then its loss."""
        return [[*at, loss] for at, loss in self.minima]

    @property
    def shares(self) -> list[float]:
        """Of the places, by minimum."""
        counts = np.bincount(self.index[self.index >= 0], minlength=len(self.minima))
        return [count / self.index.size for count in counts.tolist()]


def minima_reached(problem: Problem, places: Array, known: Minima | None = None) -> InParts[Reached | None]:
    """Say of each place, (n, places), what minimum it is next to; pauses now and then.

    It is next to a known one by its distance. Any other is gathered with those from which Newton's method steps into
    the same cell, and `stationary_point` says of one of them what they are next to. None of more than two parameters,
    or where the loss has no second derivatives.

    Args: known: by default those of the problem.
    """
    objective = problem.objective
    if not hasattr(objective, "hessian") or len(places) > 2:
        return None
    near = NEAR * np.diff(problem.domain)
    of_problem: Minima = [(minimum.at, minimum.loss) for minimum in problem.minima]
    minima = of_problem if known is None else [*known]
    index = np.where(np.isfinite(places).all(axis=0), ELSEWHERE, DIVERGED)
    for number, (at, _) in enumerate(minima):
        index[(index == ELSEWHERE) & beside(places, np.reshape(at, (-1, 1)), near)] = number
    left, landings = np.flatnonzero(index == ELSEWHERE), np.full_like(places, np.nan)
    together = int(OPERATIONS_BETWEEN_PAUSES / (EIGENVALUES + 3 * operations_a_place(objective))) + 1
    for which in np.split(left, range(together, left.size, together)):
        landings[:, which] = _landings(objective, places[:, which])
        yield
    steps = (np.abs(landings - places) / near).max(axis=0)
    near_by = np.flatnonzero(steps <= 1)
    rows = np.floor(landings[:, near_by] / near + OFFSET)
    _, cell_of, counts = np.unique(rows[0] + 1j * rows[-1], return_inverse=True, return_counts=True)
    for cell in np.argsort(-counts, kind="stable")[:MOST_FOUND]:
        own = near_by[cell_of == cell]
        point = stationary_point(problem, places[:, own[steps[own].argmin()]].tolist())
        if point and point.kind == "minimum" and point.at:
            listed = (i for i, (at, _) in enumerate(minima) if beside(at, point.at, near[:, 0]))
            number = next(listed, len(minima))
            if number == len(minima):
                minima.append((point.at, problem.loss_at(point.at)))
            index[own[beside(places[:, own], np.reshape(point.at, (-1, 1)), near)]] = number
        yield
    return Reached(minima, index)


def _landings(objective: Any, at: Array) -> Array:
    """Where a step of Newton's method leads from each place, (n, places); nan where the loss does not bend upwards."""
    with np.errstate(all="ignore"):
        gradient, hessian = objective.value_and_gradient(at)[1], objective.hessian(at)
    finite = np.isfinite(gradient).all(axis=0) & np.isfinite(hessian).all(axis=(0, 1))
    matrices = np.where(finite, hessian, 0).T
    eigenvalues = np.linalg.eigvalsh(matrices)
    bends = finite & (eigenvalues[:, 0] > SINGULAR * eigenvalues[:, -1])
    matrices[~bends] = np.eye(len(at))
    return np.where(bends, at - np.linalg.solve(matrices, gradient.T[..., None])[..., 0].T, np.nan)
