"""The eigenvalues of the Hessian at a point: all of them, or with many parameters the few largest."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from fallline.in_parts import InParts
from fallline.problems.objective import Objective
from fallline.types import Array

EIGENVALUES_TOLD = 6
"""The number of eigenvalues that are computed of the Hessian in more parameters than a map has."""
MOST_PRODUCTS = 80
"""The most products of the Hessian with a vector that are computed for these. With up to this many parameters the
eigenvalues are exact; with more, the largest are close approximations."""
PRODUCTS_BETWEEN_PAUSES = 4
DIFFERENCE = 6e-6
"""The step of the central difference that computes such a product, relative to the largest parameter if that is above
1: the cube root of the precision of floats. The error is about 1e-10 of the gradient."""


@dataclass(frozen=True, eq=False)
class Spectrum:
    """Eigenvalues and eigenvectors. Args: eigenvalues: ascending; directions: a unit eigenvector of each, as rows."""

    eigenvalues: Array
    directions: Array


def spectrum(matrix: Array) -> Spectrum:
    """The spectrum of a symmetric matrix, shape (n, n), or of several, (rows, n, n)."""
    eigenvalues, columns = np.linalg.eigh(matrix)
    return Spectrum(eigenvalues, np.swapaxes(columns, -1, -2))


def hessian_times(objective: Objective, w: Array) -> Callable[[Array], Array]:
    """A function that multiplies the Hessian at `w` by a vector, as a central difference of gradients."""
    size = DIFFERENCE * max(1.0, float(np.abs(w).max()))

    def product(vector: Array) -> Array:
        with np.errstate(all="ignore"):
            _, gradients = objective.value_and_gradient(np.stack((w + size * vector, w - size * vector), axis=1))
        change: Array = (gradients[:, 0] - gradients[:, 1]) / (2 * size)
        return change

    return product


def largest(product: Callable[[Array], Array], n: int) -> InParts[Spectrum]:
    """Return the eigenvalues of largest absolute value of a symmetric matrix; pauses after every few products.

    It is Lanczos's method, with each direction made orthogonal to all before it. The result is exact up to rounding
    once there are `n` directions, or as many as there are different eigenvalues.

    Args:
        product: multiplies the matrix by a vector; n: the number of its rows.

    Source: Golub and Van Loan, Matrix computations, section 10.1 in the fourth edition.
    """
    basis = np.zeros((min(n, MOST_PRODUCTS), n))
    images = np.zeros_like(basis)
    direction = np.random.default_rng(0).standard_normal(n)
    count = 0
    for count in range(len(basis)):
        size = np.linalg.norm(direction)
        if not size > 1e-9 * (np.linalg.norm(images[count - 1]) if count else 1.0):
            break
        basis[count] = direction / size
        images[count] = product(basis[count])
        if count % PRODUCTS_BETWEEN_PAUSES == 0:
            yield PRODUCTS_BETWEEN_PAUSES
        if not np.isfinite(images[count]).all():
            return Spectrum(np.full(1, np.nan), basis[:1])
        direction = images[count].copy()
        for _ in range(2):  # a second time, as rounding leaves a part of them the first time
            direction -= basis[: count + 1].T @ (basis[: count + 1] @ direction)
    else:
        count = len(basis)
    projected = basis[:count] @ images[:count].T
    inner = spectrum((projected + projected.T) / 2)
    kept = np.sort(np.abs(inner.eigenvalues).argsort()[-EIGENVALUES_TOLD:])
    return Spectrum(inner.eigenvalues[kept], inner.directions[kept] @ basis[:count])
