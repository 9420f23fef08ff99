"""Tapes over a plane: the projection of each point of a training onto it, their distance, and the losses of both."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from fallline.types import Array

Along = Literal["principal", "random"]
LossAtPoint = Callable[[Array], float]
FREE_AROUND = 0.15
"""The margin on each side of the paths, as a share of the side."""
LOWEST, HIGHEST = 0.5, 0.72
"""The least and the greatest ratio of height to width, which suit a map."""
WEIGHTS_AROUND = 1.0
"""With random directions, the plane extends at least this far; 1 is the length of the model's weights."""


@dataclass(frozen=True, eq=False)
class Spanned:
    """The points `origin + x*directions[0] + y*directions[1]`. Args: origin: (n,); directions: (2, n), any two."""

    origin: Array
    directions: Array

    def at(self, x: float, y: float) -> Array:
        """The point at these coordinates."""
        point: Array = self.origin + x * self.directions[0] + y * self.directions[1]
        return point

    def nearest(self, points: Array) -> tuple[Array, Array]:
        """The coordinates of the nearest points of the plane, (rows, 2), and their distances, (rows,)."""
        offsets = points - self.origin
        squares = self.directions @ self.directions.T
        places: Array = np.linalg.solve(squares, self.directions @ offsets.T).T
        away: Array = np.linalg.norm(offsets - places @ self.directions, axis=1)
        return places, away


@dataclass(frozen=True, eq=False)
class Seen:
    """A tape over the plane, row by row.

    Args:
        label: of the tape; steps: of the tape, (rows,).
        places: the coordinates of the nearest points of the plane, (rows, 2); away: their distances, (rows,).
        losses: at the points themselves, (rows,); below: at the nearest points of the plane, (rows,).
        share: the share of the tape's extent that lies in the plane, from 0 to 1.
    """

    label: str
    steps: NDArray[np.int64]
    places: Array
    away: Array
    losses: Array
    below: Array
    share: float


def filter_normalised(weights: Array, filters: Sequence[tuple[int, ...]], seed: int) -> Array:
    """Two random directions, (2, n), in which each filter has the same length as that of the weights.

    A filter contains the weights that lead to one output: the part of a parameter with one first index. Parameters with
    one axis, such as biases, are 0 in both directions.

    Args: weights: (n,); filters: the shape of each parameter, in order; seed: of the normal numbers.

    Source: Li et al. 2018, Visualizing the loss landscape of neural nets, section 4.
    """
    draws, directions = np.random.default_rng(seed), []
    for _ in range(2):
        parts, first = [], 0
        for shape in filters:
            size = math.prod(shape)
            of_parameter = weights[first : first + size].reshape((*shape[:1], -1) if shape else (1, 1))
            drawn = draws.standard_normal(of_parameter.shape)
            lengths = np.linalg.norm(drawn, axis=1, keepdims=True)
            scaled = drawn / lengths * np.linalg.norm(of_parameter, axis=1, keepdims=True)
            parts.append((scaled if len(shape) > 1 else np.zeros(of_parameter.shape)).ravel())
            first += size
        directions.append(np.concatenate(parts))
    return np.array(directions)


def places_around(places: Array, along: Along, resolution: int) -> tuple[Array, Array]:
    """The coordinates at which the loss is evaluated, x and y: a grid around the paths in the proportions of a map."""
    low, high = places.min(axis=0), places.max(axis=0)
    if along == "random":
        low, high = np.minimum(low, -WEIGHTS_AROUND), np.maximum(high, WEIGHTS_AROUND)
    middle, (wide, tall) = (low + high) / 2, (high - low) / (1 - 2 * FREE_AROUND)
    wide, tall = max(wide, tall / HIGHEST) or 1.0, tall
    tall = max(tall, LOWEST * wide)
    x = np.linspace(middle[0] - wide / 2, middle[0] + wide / 2, resolution)
    y = np.linspace(middle[1] - tall / 2, middle[1] + tall / 2, max(2, round(resolution * tall / wide)))
    return x, y
