"""Which minimum each of many places has reached: `stationary_point` on arrays, for all the ends of a map of starts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fallline.formulas.cost import OPERATIONS_BETWEEN_PAUSES
from fallline.in_parts import InParts
from fallline.problems.grid import operations_a_place
from fallline.problems.objective import InFormulas
from fallline.problems.problem import Problem
from fallline.problems.stationary import MOST_STEPS, NEAR, SETTLED, SINGULAR
from fallline.problems.surface import Minimum
from fallline.types import Array, Mask

ELSEWHERE, DIVERGED = -1, -2
EIGENVALUES = 200
"""Operations of the eigenvalues of one Hessian, and of the step that follows from them."""
OFFSET = 0.381966
"""Minima are told apart by cells of a grid; this share of a cell keeps its lines off the simple numbers."""


@dataclass(frozen=True)
class Reached:
    """Which minimum each place has reached.

    Args:
        minima: (place, loss) of each, the known ones first, reached or not, then those found.
        index: of each place, into `minima`; `ELSEWHERE` where it is next to none, `DIVERGED` where it is nan.
    """

    minima: list[tuple[tuple[float, ...], float]]
    index: NDArray[np.intp]

    @property
    def shares(self) -> list[float]:
        """Of the places, by minimum."""
        counts = np.bincount(self.index[self.index >= 0], minlength=len(self.minima))
        return [count / self.index.size for count in counts.tolist()]


def minima_reached(problem: Problem, places: Array) -> InParts[Reached | None]:
    """Say of each place, (n, places), what minimum it is next to, as `stationary_point` does; pauses now and then.

    A minimum whose Hessian is singular, or that has no derivatives, is told only where it is a known one. None of more
    than two parameters, or where the loss has no formula.
    """
    objective = problem.objective
    if not isinstance(objective, InFormulas) or len(places) > 2:
        return None
    near = NEAR * np.diff(problem.domain)
    index = np.full(places.shape[1], DIVERGED)
    minima: list[tuple[tuple[float, ...], float]] = [(minimum.at, minimum.loss) for minimum in problem.minima]
    found: dict[tuple[int, ...], int] = {}
    together = int(OPERATIONS_BETWEEN_PAUSES / (EIGENVALUES + 3 * operations_a_place(objective))) + 1
    finite = np.flatnonzero(np.isfinite(places).all(axis=0))
    for which in np.split(finite, range(together, finite.size, together)):
        at, minimum, degenerate = yield from _next_to(objective, places[:, which], near)
        reached = _known(problem.minima, at, near, minimum, degenerate)
        own = np.flatnonzero(minimum & (reached == ELSEWHERE))
        cells = np.floor(at[:, own] / near + OFFSET).astype(np.int64)
        each, first, inverse = np.unique(cells, axis=1, return_index=True, return_inverse=True)
        for cell, place in zip(map(tuple, each.T.tolist()), at[:, own[first]].T.tolist(), strict=True):
            if cell not in found:
                found[cell] = len(minima)
                minima.append((tuple(place), problem.loss_at(tuple(place))))
        reached[own] = np.array([found[cell] for cell in map(tuple, each.T.tolist())], dtype=np.intp)[inverse]
        index[which] = reached
        yield
    return Reached(minima, index)


def _known(minima: tuple[Minimum, ...], at: Array, near: Array, minimum: Mask, degenerate: Mask) -> NDArray[np.intp]:
    """The index of the first known minimum next to each place."""
    index = np.full(at.shape[1], ELSEWHERE)
    for i, known in enumerate(minima):
        told = minimum | degenerate if known.smooth else True
        index[(index == ELSEWHERE) & _beside(at, np.array(known.at)[:, None], near) & told] = i
    return index


def _next_to(objective: InFormulas, places: Array, near: Array) -> InParts[tuple[Array, Mask, Mask]]:
    """The stationary point next to each place, else the place; whether it is a minimum, or degenerate.

    What is done with each is told in `fallline.problems.stationary._next_to`.
    """
    found, minimum, degenerate = places.copy(), *np.zeros((2, places.shape[1]), dtype=bool)
    least, at = near.min(), places
    values, directions, slopes, finite = _to_second_order(objective, at)
    largest = np.abs(values).max(axis=0)
    degenerate[finite & (largest == 0) & (slopes == 0).all(axis=0)] = True
    left = np.flatnonzero(finite & (largest > 0))
    at, values, directions, slopes = at[:, left], values[:, left], directions[..., left], slopes[:, left]
    for _ in range(MOST_STEPS):
        if not left.size:
            break
        nothing, place = SINGULAR * largest[left], places[:, left]
        flat = np.abs(values) <= nothing
        rises = (flat & (np.abs(slopes) > nothing * least)).any(axis=0)
        steps = np.where(flat, 0, slopes / np.where(flat, 1, values))
        leaves = ~_beside(at - _along(directions, steps), place, near)
        steps[np.abs(values).argmin(axis=0)[leaves], np.flatnonzero(leaves)] = 0
        at = at - _along(directions, steps)
        values, directions, slopes, finite = _to_second_order(objective, at)
        stays = finite & _beside(at, place, near)
        rests = stays & (np.abs(steps).max(axis=0) <= SETTLED * least)
        told = rests & ~leaves & ~rises
        singular = (np.abs(values) <= nothing).any(axis=0)
        degenerate[left[told & singular]] = True
        minimum[left[told & ~singular & (values[0] > 0)]] = True
        found[:, left[told]] = at[:, told]
        going_on = np.flatnonzero(stays & ~rests)
        left, at, values = left[going_on], at[:, going_on], values[:, going_on]
        directions, slopes = directions[..., going_on], slopes[:, going_on]
        yield
    return found, minimum, degenerate


def _to_second_order(objective: InFormulas, at: Array) -> tuple[Array, Array, Array, Mask]:
    """Eigenvalues of the Hessian from the smallest, (n, places), the direction of each, (parameters, n, places), the
    gradient along each, and where all of it is finite.
    """
    n = len(at)
    with np.errstate(all="ignore"):
        gradient, hessians = objective.value_and_gradient(at)[1], objective.hessians(at)
        finite = np.isfinite(gradient).all(axis=0) & np.isfinite(hessians).all(axis=0)
        values, vectors = np.linalg.eigh(np.where(finite, hessians, 0).T.reshape(-1, n, n))
        directions = vectors.transpose(1, 2, 0)
        slopes = (directions * gradient[:, None]).sum(axis=0)
    return values.T, directions, slopes, finite


def _along(directions: Array, steps: Array) -> Array:
    """The steps along some directions as one."""
    together: Array = (directions * steps).sum(axis=1)
    return together


def _beside(one: Any, other: Any, near: Array) -> Any:
    """Whether places differ by at most `near` in every parameter."""
    return (np.abs(one - other) <= near).all(axis=0)
