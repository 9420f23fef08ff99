"""The stationary distribution of a run with noise: its covariance around the minimum, and the excess loss.

The noise of a step is that of its batch, plus the declared noise. Near a minimum, the gradient of a data point is
c + h (w - minimum), so that the noise of a batch grows with the distance. For gradient descent with the mean of a
batch, the covariance is S = A S A + rate**2 * share * (C + E[(h - H) S (h - H)]), with A = 1 - rate*H and
C = E[c c^T]. If the loss is a sum, the gradient of a batch is the sum over its points.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fallline.descent.modes import GradientNoise, LinearStep, stationary_covariance
from fallline.descent.setup import Setup
from fallline.problems.objective import Objective
from fallline.types import Array


@dataclass(frozen=True, eq=False)
class Rattling:
    """The stationary distribution of a run.

    Args:
        center: the minimum, shape (n,); covariance: around it, (n, n).
        excess: the mean of the loss less that at the minimum, to second order; least: the loss at the minimum.
    """

    center: Array
    covariance: Array
    excess: float
    least: float


def rattling(setup: Setup, objective: Objective, step: LinearStep, hessian: Array, center: Array) -> Rattling | None:
    """The stationary distribution of the steps; None without noise, or if there is no such distribution.

    Args: hessian, center: the second derivatives and the minimum; with batches, the loss must be a quadratic.
    """
    seen, noise = hessian, GradientNoise.independent(np.eye(len(center)) * setup.noise**2)
    n_points = objective.n_points
    if setup.sees_batches(n_points):
        gradients, curvatures = _of_points(objective, center, n_points or 0)
        mean, size = curvatures.mean(axis=0), setup.batch_size or len(gradients)
        sums, in_epochs = not np.allclose(mean, hessian), setup.sampling == "shuffle"
        if setup.first_points is not None or (sums and in_epochs and len(gradients) % size):
            return None  # other points have another minimum, and a short batch makes another step
        counts = size if sums else 1
        of_one, seen = counts**2 * gradients.T @ gradients / len(gradients), counts * mean
        share = _share(setup, len(gradients))
        noise = GradientNoise(
            noise.at_minimum + share * of_one,
            (curvatures - mean) * counts * np.sqrt(share / len(gradients)),
            setup.epoch(len(gradients)) if in_epochs else 1,
            -of_one / max(1, len(gradients) - 1),
        )
    if not noise.at_minimum.any():
        return None
    covariance = stationary_covariance(step, seen, noise)
    if covariance is None:
        return None
    with np.errstate(all="ignore"):
        least = float(objective.value(center))
    return Rattling(center, covariance, float(np.trace(hessian @ covariance) / 2), least)


def _share(setup: Setup, n_points: int) -> float:
    """The variance of the mean of a batch, divided by that of one point. Within an epoch no point is drawn twice."""
    size = setup.batch_size or n_points
    if setup.sampling == "replacement":
        return 1 / size
    sizes = [min(size, n_points - begun) for begun in range(0, n_points, size)]
    return float(np.mean([(n_points - size) / (n_points - 1) / size for size in sizes])) if n_points > 1 else 0.0


def _of_points(objective: Objective, center: Array, n_points: int) -> tuple[Array, Array]:
    """The gradient of each data point at `center`, shape (points, n), and its second derivatives, (points, n, n)."""
    places = np.concatenate((center[None], center + np.eye(len(center))))
    gradients = np.array(
        [[objective.batch_gradient_at(tuple(place), [index]) for place in places] for index in range(n_points)]
    )
    return gradients[:, 0], gradients[:, 1:] - gradients[:, :1]
