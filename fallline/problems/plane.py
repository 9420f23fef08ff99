"""A plane through a point of parameter space: what can be shown of a landscape with more than two parameters."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from fallline.problems.objective import Objective
from fallline.problems.problem import Problem
from fallline.types import Array, Pair

MARGIN = 0.15
"""Share of what is shown that is left free on each side."""
NARROWEST = 0.25
"""The least width of a domain as a share of the other, so that a path that is nearly straight is not stretched."""
WIDTH_AROUND_A_POINT = 6.0
"""The width of the domain where there is no path, or one that stays where it is."""


MOST_SQUARE = 512
"""Parameters up to which a matrix of as many rows and columns is made, whatever the rows of the path."""


@dataclass(frozen=True, eq=False)
class Plane:
    """The points `origin + x*directions[0] + y*directions[1]` of an n-dimensional space.

    Args:
        origin: where both coordinates are 0, (n,).
        directions: two orthonormal ones, (2, n).
        through: the point the plane was laid through, (n,).
        parameters: the two whose own values the coordinates are, None where the directions are mixed.
        settled: how many of the directions follow from the path that the plane is to hold; the others are any axes.
    """

    origin: Array
    directions: Array
    through: Array
    parameters: tuple[str, str] | None = None
    settled: int = 2

    def value(self, objective: Objective, x: Any, y: Any) -> Array:
        """The loss at these coordinates, arrays whose shapes broadcast: for a grid x (1, nx) and y (ny, 1)."""
        x, y = np.broadcast_arrays(x, y)
        first, second = self.directions[:, :, None]
        loss: Array = objective.value(self.origin[:, None] + first * x.ravel() + second * y.ravel())
        return loss.reshape(x.shape)

    def project(self, path: Any) -> Array:
        """The coordinates of the points of the plane nearest to those of a path, (rows, n) -> (rows, 2)."""
        projected: Array = (np.asarray(path) - self.origin) @ self.directions.T
        return projected

    def distance(self, path: Any) -> Array:
        """How far the points of a path lie off it, (rows, n) -> (rows,)."""
        offsets = np.asarray(path) - self.through
        away: Array = np.linalg.norm(offsets - offsets @ self.directions.T @ self.directions, axis=1)
        return away

    def share(self, path: Any) -> float:
        """How much of a path the plane holds, from 0 to 1.

        1 - (squared distances from the plane) / (squared distances from `through`), both summed over the rows; 1
        where all rows are that point.
        """
        whole = float(np.sum((np.asarray(path) - self.through) ** 2))
        outside = float(np.sum(self.distance(path) ** 2))
        return 1.0 if whole == 0 else max(0.0, 1.0 - outside / whole)

    def domain(self, path: Any = ()) -> tuple[Pair, Pair]:
        """(low, high) of both coordinates, with `through` and a path well inside."""
        rows = np.vstack([self.through, *np.asarray(path)])
        low, high = (end(self.project(rows), axis=0) for end in (np.min, np.max))
        widths = (high - low) / (1 - 2 * MARGIN)
        least = NARROWEST * float(max(widths)) or WIDTH_AROUND_A_POINT
        middle, half = (low + high) / 2, np.maximum(widths, least) / 2
        (x_low, y_low), (x_high, y_high) = (middle - half).tolist(), (middle + half).tolist()
        return (x_low, x_high), (y_low, y_high)


@dataclass(frozen=True, eq=False)
class OnPlane(Objective):
    """An objective on a plane, over the two coordinates there: what a map of the plane shows.

    Args:
        whole: the objective; parameters: what the coordinates are called.
    """

    whole: Objective
    plane: Plane
    parameters: tuple[str, ...]

    @property
    def points(self) -> Sequence[Sequence[float]]:
        return self.whole.points

    def cost(self, lanes: int = 1) -> float:
        return self.whole.cost(lanes)  # to go there takes few more

    def value(self, w: Any) -> Any:
        return self.plane.value(self.whole, *w)

    def value_and_gradient(self, w: Array) -> tuple[Any, Array]:
        value, gradient = self.whole.value_and_gradient(self._there(w))
        return value, self.plane.directions @ gradient

    def batch_gradient(self, w: Array, indices: Sequence[int]) -> Array:
        gradient: Array = self.plane.directions @ self.whole.batch_gradient(self._there(w), indices)
        return gradient

    def _there(self, w: Array) -> Array:
        there: Array = self.plane.directions.T @ w
        return there + self.plane.origin.reshape(-1, *[1] * (w.ndim - 1))


def plane_problem(problem: Problem, plane: Plane, names: tuple[str, str], domain: tuple[Pair, ...]) -> Problem:
    """The problem on a plane, from where that passes through; its coordinates are called `names`."""
    x, y = plane.project(plane.through).tolist()
    return Problem(problem.kind, OnPlane(problem.objective, plane, names), domain, (x, y), notices=problem.notices)


def weights_plane(problem: Problem, names: tuple[str, str], through: Sequence[float]) -> Plane:
    """The plane along two parameters; its coordinates are their own values.

    Args:
        names: two different parameters of the problem.
        through: what the others are held at.

    Raises:
        KeyError: there is no such parameter.
    """
    places = {name: place for place, name in enumerate(problem.parameters)}
    chosen = [places[name] for name in names]
    point = np.array(through, dtype=np.float64)
    origin = point.copy()
    origin[chosen] = 0.0
    return Plane(origin, np.eye(len(point))[chosen], point, names)


def principal_plane(path: Any, through: Sequence[float]) -> Plane:
    """The plane through a point that holds more of a path than any other.

    With D = path - through its directions are the eigenvectors of D^T D for the two largest eigenvalues. D is not
    centred, as the plane has to pass through that point. Where the path does not settle both directions, an axis that
    it leaves out completes them.

    Args:
        path: (rows, n), finite, n at least 2.

    Source: Li et al. 2018, Visualizing the loss landscape of neural nets, section 7 (there through the last row).
    """
    point = np.array(through, dtype=np.float64)
    offsets = np.asarray(path, dtype=np.float64) - point
    squares, vectors = _principal(offsets)
    settled = squares > squares[-1] * max(offsets.shape) * np.finfo(np.float64).eps
    directions = vectors[settled[-len(vectors) :]][:-3:-1]
    count = len(directions)
    while len(directions) < 2:
        directions = np.vstack([directions, _completing(directions)])
    return Plane(point, np.array([_signed(direction) for direction in directions]), point, settled=count)


def _principal(offsets: Array) -> tuple[Array, Array]:
    """The eigenvalues of D^T D, ascending, and the unit vectors of the largest of them as rows, in the same order.

    Of a long path they are far cheaper than its singular vectors; of many parameters, those of the smaller D D^T lead
    to them: D^T u is an eigenvector where u is one of D D^T.
    """
    rows, n = offsets.shape
    if n <= max(rows, MOST_SQUARE):
        squares, vectors = np.linalg.eigh(offsets.T @ offsets)
        return squares, vectors.T
    squares, sides = np.linalg.eigh(offsets @ offsets.T)
    leading = sides.T[-2:] @ offsets
    lengths = np.linalg.norm(leading, axis=1, keepdims=True)
    return squares, leading / np.where(lengths > 0, lengths, 1.0)


def _completing(directions: Array) -> Array:
    """A unit vector orthogonal to these directions: the axis furthest from their span, less its part in that."""
    near = np.round(np.sum(directions**2, axis=0), 12)  # lest rounding decide between axes that are as far
    axis = np.eye(len(near))[np.argmin(near)]
    rest: Array = axis - axis @ directions.T @ directions
    return rest / math.sqrt(rest @ rest)


def _signed(direction: Array) -> Array:
    """The direction or its opposite, so that its largest component is positive: a decomposition leaves that open."""
    return direction if direction[np.argmax(np.abs(direction))] > 0 else -direction
