"""A plane through a point of parameter space, on which a loss of more than two parameters has a map."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from fallline.problems.objective import Objective
from fallline.problems.problem import Problem
from fallline.types import Array, Pair

MARGIN = 0.15
"""The margin on each side of a map, as a share of its width."""
NARROWEST = 0.25
"""The least ratio of the two widths of a domain, so that a nearly straight path is not stretched across it."""
WIDTH_AROUND_A_POINT = 6.0
"""The width of the domain if there is no path, or the path does not move."""


MOST_SQUARE = 512
"""With up to this many parameters n, the (n, n) matrix D^T D is computed, however few rows the path has."""


@dataclass(frozen=True, eq=False)
class Plane:
    """The points `origin + x*directions[0] + y*directions[1]` of an n-dimensional space.

    Args:
        origin: the point where both coordinates are 0, (n,).
        directions: two orthonormal vectors, (2, n).
        through: the point that the plane was required to pass through, (n,).
        parameters: the names of the two parameters that the coordinates equal; None if a direction mixes parameters.
        settled: how many of the directions, from 0 to 2, the path determines; the others were chosen freely.
    """

    origin: Array
    directions: Array
    through: Array
    parameters: tuple[str, str] | None = None
    settled: int = 2

    def value(self, objective: Objective, x: Any, y: Any) -> Array:
        """The loss at these coordinates.

        Args: x, y: arrays whose shapes broadcast; for a grid (1, nx) and (ny, 1).
        """
        x, y = np.broadcast_arrays(x, y)
        first, second = self.directions[:, :, None]
        loss: Array = objective.value(self.origin[:, None] + first * x.ravel() + second * y.ravel())
        return loss.reshape(x.shape)

    def project(self, path: Any) -> Array:
        """The coordinates of the orthogonal projections of a path onto the plane, (rows, n) -> (rows, 2)."""
        projected: Array = (np.asarray(path) - self.origin) @ self.directions.T
        return projected

    def distance(self, path: Any) -> Array:
        """The distances of the points of a path from the plane, (rows, n) -> (rows,)."""
        offsets = np.asarray(path) - self.through
        distances: Array = np.linalg.norm(offsets - offsets @ self.directions.T @ self.directions, axis=1)
        return distances

    def share(self, path: Any) -> float:
        """The share of a path's extent that lies in the plane, from 0 to 1.

        1 - (squared distances from the plane) / (squared distances from `through`), both summed over the rows; 1
        if all rows equal `through`.
        """
        whole = float(np.sum((np.asarray(path) - self.through) ** 2))
        outside = float(np.sum(self.distance(path) ** 2))
        return 1.0 if whole == 0 else max(0.0, 1.0 - outside / whole)

    def domain(self, path: Any = ()) -> tuple[Pair, Pair]:
        """(low, high) of both coordinates, such that `through` and a path lie inside with a margin."""
        rows = np.vstack([self.through, *np.asarray(path)])
        low, high = (end(self.project(rows), axis=0) for end in (np.min, np.max))
        widths = (high - low) / (1 - 2 * MARGIN)
        least = NARROWEST * float(max(widths)) or WIDTH_AROUND_A_POINT
        middle, half = (low + high) / 2, np.maximum(widths, least) / 2
        (x_low, y_low), (x_high, y_high) = (middle - half).tolist(), (middle + half).tolist()
        return (x_low, x_high), (y_low, y_high)


@dataclass(frozen=True, eq=False)
class OnPlane(Objective):
    """An objective restricted to a plane, in the two coordinates of the plane.

    Args:
        whole: the objective in all its parameters; parameters: the names of the coordinates.
    """

    whole: Objective
    plane: Plane
    parameters: tuple[str, ...]

    @property
    def points(self) -> Sequence[Sequence[float]]:
        return self.whole.points

    def cost(self, lanes: int = 1) -> float:
        return self.whole.cost(lanes)  # the change of coordinates costs little more

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
    """The problem restricted to a plane. Its start is `plane.through`; its coordinates are called `names`."""
    x, y = plane.project(plane.through).tolist()
    return Problem(problem.kind, OnPlane(problem.objective, plane, names), domain, (x, y), notices=problem.notices)


def weights_plane(problem: Problem, names: tuple[str, str], through: Sequence[float]) -> Plane:
    """The plane along two parameters. Its coordinates are the values of these parameters.

    Args:
        names: two different parameters of the problem.
        through: the point that gives the values of all other parameters, (n,).

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
    """Of all planes through a point, the one to which a path is closest: the largest `share`.

    With D = path - through, its directions are the eigenvectors of D^T D for the two largest eigenvalues. D is not
    centred, as the plane must pass through the point. If the path determines fewer than two directions, the others
    are completed by axes far from their span.

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
    """The eigenvalues of D^T D, ascending, and unit eigenvectors of the largest of them as rows, in the same order.

    For a long path they cost far less than the singular vectors of D. For many parameters they are computed from the
    smaller matrix D D^T: if u is an eigenvector of that, D^T u is one of D^T D.
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
    """A unit vector orthogonal to these directions: the axis furthest from their span, less its projection onto it."""
    near = np.round(np.sum(directions**2, axis=0), 12)  # so that rounding does not decide between equal distances
    axis = np.eye(len(near))[np.argmin(near)]
    rest: Array = axis - axis @ directions.T @ directions
    return rest / math.sqrt(rest @ rest)


def _signed(direction: Array) -> Array:
    """The direction, or its opposite if its largest component is negative: an eigenvector has either sign."""
    return direction if direction[np.argmax(np.abs(direction))] > 0 else -direction
