"""A quadratic of two parameters, rotated about its stationary point by a different angle in each lane."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from fallline.problems.objective import Objective
from fallline.types import Array

OPERATIONS = 20


@dataclass(frozen=True, eq=False)
class TurnedQuadratic(Objective):
    """A quadratic, given by its stationary point and its second derivatives.

    Args:
        stationary: the stationary point, shape (2,); loss: the loss there.
        hessians: of each lane, (2, 2, lanes).
    """

    has_hessian = True

    parameters: tuple[str, ...]
    stationary: Array
    loss: float
    hessians: Array

    def of_lanes(self, lanes: Any) -> "TurnedQuadratic":
        """The objective of some of the lanes, or of one. Args: lanes: their indices, or its index."""
        return TurnedQuadratic(self.parameters, self.stationary, self.loss, self.hessians[..., lanes])

    def cost(self, lanes: int = 1) -> float:
        return OPERATIONS * float(lanes)

    def value(self, w: Any) -> Any:
        return self.value_and_gradient(np.asarray(w))[0]

    def value_and_gradient(self, w: Any) -> tuple[Any, Any]:
        away = (w.T - self.stationary).T
        gradient = (self.hessians * away).sum(axis=1)
        return self.loss + (away * gradient).sum(axis=0) / 2, gradient

    def hessian(self, w: Any) -> Array:  # noqa: ARG002
        """The second derivatives, the same everywhere, (2, 2, lanes), or (2, 2) of one lane."""
        return self.hessians


def turns(angles: Array) -> Array:
    """The rotation matrices of these angles, in radians, shape (2, 2, angles)."""
    across, up = np.cos(angles), np.sin(angles)
    return np.array([[across, -up], [up, across]])
