"""Finds the minimum that each of many places has reached, such as the ends of a map of starts."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fallline.formulas.cost import OPERATIONS_BETWEEN_PAUSES
from fallline.in_parts import InParts
from fallline.problems.grid import operations_a_place
from fallline.problems.objective import Objective
from fallline.problems.problem import Problem
from fallline.problems.stationary import NEAR, SINGULAR, beside, stationary_point
from fallline.types import Array

ELSEWHERE, DIVERGED = -1, -2
Minima = list[tuple[tuple[float, ...], float]]
"""The point and the loss of each minimum."""
MOST_FOUND = 256
"""The most minima that are searched beside the known ones: those next to the most places."""
EIGENVALUES = 200
"""Operations that the eigenvalues of one Hessian and a step of Newton's method take."""
OFFSET = 0.381966
"""Places are grouped by the cells of a grid. The grid is shifted by this share of a cell, so that no line of it passes
through a simple number, where minima often lie."""

LETTERS = 26


def end_letter(index: int) -> str:
    """The name of a minimum in which starts end: A to Z, then numbers from 27 on. Args: index: from 0."""
    return chr(ord("A") + index) if index < LETTERS else str(index + 1)


@dataclass(frozen=True)
class Reached:
    """The minimum that each of many places has reached.

    Args:
        minima: the known ones first, reached or not, then those that were found.
        index: for each place, the index of its minimum in `minima`; `ELSEWHERE` if it is next to none, `DIVERGED` if
            it is nan.
    """

    minima: Minima
    index: NDArray[np.intp]

    @property
    def listed(self) -> list[list[float]]:
        """One list for each minimum: its parameters, then its loss."""
        return [[*at, loss] for at, loss in self.minima]

    @property
    def shares(self) -> list[float]:
        """For each minimum, the share of the places that reached it."""
        counts = np.bincount(self.index[self.index >= 0], minlength=len(self.minima))
        return [count / self.index.size for count in counts.tolist()]


def minima_reached(problem: Problem, places: Array, known: Minima | None = None) -> InParts[Reached | None]:
    """Find the minimum that each place is next to; pauses after every few milliseconds.

    A known minimum is assigned by distance. The other places are grouped by the grid cell into which one step of
    Newton's method leads from them; `stationary_point`, called for one place of a group, finds its minimum.

    Args:
        places: (n, places); known: the known minima, by default those of the problem.

    Returns:
        None if there are more than two parameters, or the loss has no second derivatives.
    """
    objective = problem.objective
    if not objective.has_hessian or len(places) > 2:
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
        group = near_by[cell_of == cell]
        point = stationary_point(problem, places[:, group[steps[group].argmin()]].tolist())
        if point and point.kind == "minimum" and point.at:
            listed = (i for i, (at, _) in enumerate(minima) if beside(at, point.at, near[:, 0]))
            number = next(listed, len(minima))
            if number == len(minima):
                minima.append((point.at, problem.loss_at(point.at)))
            index[group[beside(places[:, group], np.reshape(point.at, (-1, 1)), near)]] = number
        yield
    return Reached(minima, index)


def _landings(objective: Objective, at: Array) -> Array:
    """The points to which a step of Newton's method leads from places, both (n, places).

    They are nan where the Hessian is not positive definite.
    """
    with np.errstate(all="ignore"):
        gradient, hessian = objective.value_and_gradient(at)[1], objective.hessian(at)
    finite = np.isfinite(gradient).all(axis=0) & np.isfinite(hessian).all(axis=(0, 1))
    matrices = np.where(finite, hessian, 0).T
    eigenvalues = np.linalg.eigvalsh(matrices)
    bends = finite & (eigenvalues[:, 0] > SINGULAR * eigenvalues[:, -1])
    matrices[~bends] = np.eye(len(at))
    return np.where(bends, at - np.linalg.solve(matrices, gradient.T[..., None])[..., 0].T, np.nan)
