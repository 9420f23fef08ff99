"""The residual polynomial of the first steps of a run on a quadratic, over the curvature.

A rule that is linear in gradients multiplies the distance along a direction of curvature c by p(c) in n steps, with p a
polynomial of degree n that is 1 at 0. For gradient descent it is the product of 1 - rate*c over its rates, so that its
zeros are the inverses of the rates. Its maximum over the curvatures of a quadratic is least for Chebyshev's polynomial
(Young 1953; Saad 2003, Iterative Methods for Sparse Linear Systems, section 12.3).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from fallline.types import Array, Described, Finite

MOST_DEGREE = 1000
MOST_ZEROS = 64
"""The most steps for which zeros are computed; with more, they are too close together."""
SAMPLES, SAMPLES_AT_WORST = 481, 4001
SHOWN_TO = 1.06
"""The polynomial is returned up to this multiple of the largest curvature."""


@dataclass(frozen=True)
class ResidualPolynomial(Described):
    """The factor by which the steps so far multiply a distance, for each curvature."""

    n: int
    """The number of steps: the degree."""
    curvature: Finite
    """The curvatures, from 0 to a little above the largest, in equal steps of their square root."""
    kept: Finite
    """The factor at each curvature; negative if the distance changes its sign."""
    at_modes: Finite
    """The factor of each mode, from the smallest curvature."""
    at_worst: float
    """The largest absolute factor, over all curvatures from the smallest to the largest."""
    zeros: list[tuple[float, float]] | None
    """The curvatures at which the factor is 0, as [real, imaginary], in order; null for more than 64 steps."""


def residual_polynomial(steps: Array, curvatures: Array) -> ResidualPolynomial:
    """Return the polynomial of some steps.

    Args:
        steps: a matrix for each step, (n, k, k + 1), from `step_matrices`; the states begin at 0, without the distance.
        curvatures: of the modes, from the smallest, which is above 0.
    """
    low, high = float(curvatures[0]), float(curvatures[-1])
    samples = np.linspace(0, np.sqrt(SHOWN_TO * high), SAMPLES) ** 2
    # Closer together at both ends, where the polynomial changes fastest.
    inside = (high + low) / 2 - (high - low) / 2 * np.cos(np.linspace(0, np.pi, SAMPLES_AT_WORST))
    kept = _kept(steps, np.concatenate((samples, curvatures, inside)))
    at_samples, at_modes, at_inside = np.split(kept, [SAMPLES, SAMPLES + len(curvatures)])
    worst = float(np.abs(at_inside).max())
    zeros = _zeros(steps) if len(steps) <= MOST_ZEROS else None
    return ResidualPolynomial(len(steps), samples, at_samples, at_modes, worst, zeros)


def _kept(steps: Array, curvatures: Array) -> Array:
    """Return the factor of a distance after the last step, shape (curvatures,)."""
    of_all = np.zeros((steps.shape[1], len(curvatures)))
    of_all[0] = 1
    with np.errstate(all="ignore"):
        for matrix in steps:
            of_all = matrix[:, :-1] @ of_all + np.outer(matrix[:, -1], curvatures * of_all[0])
    kept: Array = of_all[0]
    return kept


def _zeros(steps: Array) -> list[tuple[float, float]] | None:
    """Return the zeros of the polynomial: the curvatures for which the last step brings the distance to 0.

    They are eigenvalues. The distances before each step are the eigenvector, since each step changes the distance by
    the curvature times a linear combination of those so far.

    Returns: None if a step does not use its own gradient.
    """
    n = len(steps)
    moved = np.zeros((n + 1, n))
    by_gradient = np.zeros((steps.shape[1], n))
    for index, matrix in enumerate(steps):
        by_gradient = matrix[:, :-1] @ by_gradient
        by_gradient[:, index] += matrix[:, -1]
        moved[index + 1] = by_gradient[0]
    changes = np.eye(n, k=1) - np.eye(n)
    try:
        zeros = np.linalg.eigvals(np.linalg.solve(np.diff(moved, axis=0), changes))
    except np.linalg.LinAlgError:
        return None
    pairs: list[Any] = sorted((zero.real, zero.imag) for zero in zeros.astype(complex).tolist())
    return pairs
