"""The eigenvalues of the second derivatives at a point: all of them, or the few largest of many parameters."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from fallline.in_parts import InParts
from fallline.problems.objective import Objective
from fallline.types import Array

EIGENVALUES_TOLD = 6
"""So many eigenvalues are told of more parameters than a map has."""
MOST_PRODUCTS = 80
"""Products of the Hessian with a vector for these: so many parameters give all they have, more the largest closely."""
PRODUCTS_BETWEEN_PAUSES = 4
DIFFERENCE = 6e-6
"""How far apart two gradients lie whose difference is such a product: the third root of what floats resolve, which
leaves an error of about 1e-10 of the gradient."""


@dataclass(frozen=True, eq=False)
class Spectrum:
    """Args: eigenvalues: from the smallest; directions: of each, of length 1, a row."""

    eigenvalues: Array
    directions: Array


def spectrum(matrix: Array) -> Spectrum:
    """That of a symmetric matrix, shape (n, n), or of many, (rows, n, n)."""
    eigenvalues, columns = np.linalg.eigh(matrix)
    return Spectrum(eigenvalues, np.swapaxes(columns, -1, -2))


def hessian_times(objective: Objective, w: Array) -> Callable[[Array], Array]:
    """The product of the second derivatives at `w` with a vector, by the difference of two gradients."""
    size = DIFFERENCE * max(1.0, float(np.abs(w).max()))

    def product(vector: Array) -> Array:
        with np.errstate(all="ignore"):
            _, gradients = objective.value_and_gradient(np.stack((w + size * vector, w - size * vector), axis=1))
        change: Array = (gradients[:, 0] - gradients[:, 1]) / (2 * size)
        return change

    return product


def largest(product: Callable[[Array], Array], n: int) -> InParts[Spectrum]:
    """Return the eigenvalues of the largest size of a symmetric matrix of which only products are known; pauses often.

    Lanczos's method, each direction made orthogonal to all before it (Golub and Van Loan, Matrix computations,
    section 10.1 in the fourth edition): exact up to rounding once it has as many directions as `n`, or as there are
    different eigenvalues.
    """
    basis = np.zeros((min(n, MOST_PRODUCTS), n))
    images = np.zeros_like(basis)
    direction = np.random.default_rng(0).standard_normal(n)
    found = 0
    for found in range(len(basis)):
        size = np.linalg.norm(direction)
        if not size > 1e-9 * (np.linalg.norm(images[found - 1]) if found else 1.0):
            break
        basis[found] = direction / size
        images[found] = product(basis[found])
        if found % PRODUCTS_BETWEEN_PAUSES == 0:
            yield PRODUCTS_BETWEEN_PAUSES
        if not np.isfinite(images[found]).all():
            return Spectrum(np.full(1, np.nan), basis[:1])
        direction = images[found].copy()
        for _ in range(2):  # once leaves what rounding brings back
            direction -= basis[: found + 1].T @ (basis[: found + 1] @ direction)
    else:
        found = len(basis)
    projected = basis[:found] @ images[:found].T
    inner = spectrum((projected + projected.T) / 2)
    kept = np.sort(np.abs(inner.eigenvalues).argsort()[-EIGENVALUES_TOLD:])
    return Spectrum(inner.eigenvalues[kept], inner.directions[kept] @ basis[:found])
