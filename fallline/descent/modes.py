"""The effect of a linear step on each mode of a quadratic: its roots, its factor per step, and the limit of stability.

Along an eigenvector of the Hessian each step multiplies the vector of the distance to the minimum and the states by a
matrix, `rest + curvature * gradient e^T`, where e selects the distance. The largest absolute value of its eigenvalues,
its roots, is the factor of the distance per step in the long run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from fallline.types import Array, Mask

UNSTABLE = 1 + 1e-13
"""A mode grows if its factor is above this. It is a little above 1, since eigenvalues have rounding errors."""
AS_FAST = 1e-12
"""Two factors that differ by less count as equally fast."""
SAME_SHAPE = 1e-6
"""Two polynomials are the same if their coefficients differ by less than this times the largest coefficient."""
PRODUCTS = np.geomspace(1e-6, 1e8, 1401)
"""The products of rate and curvature among which an edge is searched before it is refined."""
NARROWINGS, VALUES_A_ROUND = 8, 65
"""How many times an edge is refined, and with how many values each time; this reaches the last digits of a float."""

OfRates = Callable[[Array], "LinearStep"]


@dataclass(frozen=True, eq=False)
class LinearStep:
    """A step on the distance and its states, for any curvature.

    Args:
        rest: the matrix without a gradient, shape (..., k, k); gradient: the factor of the gradient in each row, (...,
            k).
    """

    rest: Array
    gradient: Array

    def matrices(self, curvatures: Array) -> Array:
        """Return the matrix for each curvature, shape (..., curvatures, k, k)."""
        matrices = np.repeat(self.rest[..., None, :, :], len(curvatures), axis=-3)
        with np.errstate(all="ignore"):
            matrices[..., 0] += self.gradient[..., None, :] * curvatures[:, None]
        return matrices

    def roots(self, curvatures: Array) -> Array:
        """Return the eigenvalues for each curvature, the largest first, shape (..., curvatures, k)."""
        roots = _eigenvalues(self.matrices(curvatures))
        with np.errstate(all="ignore"):
            order = np.lexsort((-roots.imag, -np.abs(roots).round(12)), axis=-1)
        return np.take_along_axis(roots, order, axis=-1)

    def factors(self, curvatures: Array) -> Array:
        """Return the factor per step for each curvature in the long run, shape (..., curvatures)."""
        factors: Array = np.abs(_eigenvalues(self.matrices(curvatures))).max(axis=-1)
        return factors


def _eigenvalues(matrices: Array) -> Array:
    """Return the eigenvalues of each matrix; infinite for a matrix with a number too large for a float."""
    finite = np.isfinite(matrices).all(axis=(-2, -1))
    values = np.full(matrices.shape[:-1], np.inf, dtype=complex)
    values[finite] = np.linalg.eigvals(matrices[finite])
    return values


def shared_step(matrices: Array, rate: float, alike: bool) -> tuple[LinearStep, Array] | None:
    """Return the step that all parameters share up to a scale of the gradient, and the scale of each parameter.

    Args:
        matrices: from `step_matrices`, shape (n, k, k + 1).
        rate: the learning rate in force.
        alike: whether all matrices are the same.

    Returns: None if the parameters share no step, or if a constant gradient has no positive factor. If all scales are
        1, the step is that of `rate`; otherwise the factor of a constant gradient in a step is the rate times the
        scale.
    """
    if not np.isfinite(matrices).all():
        return None
    rest, gradient = matrices[..., :-1], matrices[..., -1]
    if alike:
        return LinearStep(rest[0], gradient[0]), np.ones(len(matrices))
    scales = steady_scales(matrices, rate)
    if not (np.isfinite(scales).all() and (scales > 0).all()):
        return None
    shapes = np.array([np.concatenate(_polynomials(*each)) for each in zip(rest, gradient, scales, strict=True)])
    if np.abs(shapes - shapes[0]).max() > SAME_SHAPE * np.abs(shapes).max():
        return None
    return LinearStep(rest[0], gradient[0] / scales[0]), scales


def steady_scales(matrices: Array, rate: float | Array) -> Array:
    """Return the factor of a constant gradient in a step, divided by the rate; shape (...) for (..., k, k + 1)."""
    rest, gradient = matrices[..., :-1], matrices[..., -1]
    keeps = np.eye(rest.shape[-1] - 1) - rest[..., 1:, 1:]
    with np.errstate(all="ignore"):
        try:
            held = np.linalg.solve(keeps, gradient[..., 1:, None])[..., 0]
        except np.linalg.LinAlgError:
            return np.full(matrices.shape[:-2], np.nan)
        scales: Array = -(gradient[..., 0] + (rest[..., 0, 1:] * held).sum(axis=-1)) / rate
    return scales


def _polynomials(rest: Array, gradient: Array, scale: float) -> tuple[Array, Array]:
    """Return the characteristic polynomial at curvature 0, and its change for a curvature of 1 at this scale."""
    at_0 = np.poly(rest)
    with_1 = rest.copy()
    with_1[:, 0] += gradient / scale
    return at_0.astype(float), (np.poly(with_1) - at_0).astype(float)


@dataclass(frozen=True)
class GoodRates:
    """Learning rates for a quadratic.

    Args:
        largest: the rate above which some mode grows; None if none grows up to 1e8 over the largest curvature.
        best, best_to: the least and the largest rate for which the slowest mode shrinks fastest.
        factor: the factor per step of that mode at these rates.
    """

    largest: float | None
    best: float
    best_to: float
    factor: float


def rates(step_of: OfRates, curvatures: Array) -> GoodRates | None:
    """Return the largest and the best learning rate; None if no curvature is positive, or if no rate is stable.

    Args:
        step_of: returns the steps with many learning rates.
        curvatures: of the modes; only positive ones count.
    """
    positive = curvatures[curvatures > 0]
    if not len(positive):
        return None

    def slowest(tried: Array) -> Array:
        factors: Array = step_of(tried).factors(positive).max(axis=-1)
        return factors

    tried = _products_over(positive.max())
    factors = slowest(tried)
    stable = _last_of_run(factors <= UNSTABLE)
    if stable is None:
        return None
    largest = last_stable(slowest, tried, factors)
    best = _lowest(slowest, tried, int(factors[: stable + 1].argmin()))
    least = float(slowest(np.array([best]))[0])

    def as_fast(rate: Array) -> Mask:
        return slowest(rate) <= least + AS_FAST

    fast = np.flatnonzero(factors[: stable + 1] <= least + AS_FAST)
    if not len(fast):
        return GoodRates(largest, best, best, least)
    begin, end = _edge(as_fast, tried, int(fast[0]), -1), _edge(as_fast, tried, int(fast[-1]), 1)
    return GoodRates(largest, begin or best, end or best, least)


def last_stable(factors_of: Callable[[Array], Array], tried: Array, factors: Array) -> float | None:
    """Return the rate, or the curvature, up to which no mode grows: 0 if the first tried is unstable, None if the last
    is stable.

    Args: factors_of: the largest factor of a mode at each; tried: ascending; factors: those at the ones tried.
    """
    stable = _last_of_run(factors <= UNSTABLE)
    return 0.0 if stable is None else _edge(lambda value: factors_of(value) <= UNSTABLE, tried, stable, 1)


def limit(step: LinearStep, rate: float) -> float | None:
    """Return the curvature above which a mode grows at this rate; None if none grows."""
    tried = _products_over(rate)
    return last_stable(step.factors, tried, step.factors(tried)) if len(tried) else None


def _products_over(value: float) -> Array:
    """Return those of `PRODUCTS` divided by a value that are finite."""
    with np.errstate(all="ignore"):
        tried: Array = PRODUCTS / value
    return tried[np.isfinite(tried)]


def _last_of_run(holds: Mask) -> int | None:
    """Return the last index of the stretch from the first on that holds; None if the first does not hold."""
    fails = np.flatnonzero(~holds)
    count = int(fails[0]) if len(fails) else len(holds)
    return count - 1 if count else None


def _edge(holds: Callable[[Array], Mask], values: Array, last: int, direction: int) -> float | None:
    """Return the last value for which a condition holds, in one direction from `values[last]`; None if that is an end.

    Args: direction: 1 or -1.
    """
    if not 0 <= last + direction < len(values):
        return None
    inside, outside = values[last], values[last + direction]
    for _ in range(NARROWINGS):
        between = np.linspace(inside, outside, VALUES_A_ROUND)
        place = int(holds(between[1:]).argmin()) + 1  # the first that fails, as the last one does
        inside, outside = between[place - 1], between[place]
    return float(inside)


def _lowest(value: Callable[[Array], Array], values: Array, place: int) -> float:
    """Return the argument at which a function is lowest, near `values[place]`."""
    low, high = values[max(place - 1, 0)], values[min(place + 1, len(values) - 1)]
    for _ in range(NARROWINGS):
        between = np.linspace(low, high, VALUES_A_ROUND)
        place = int(value(between).argmin())
        low, high = between[max(place - 1, 0)], between[min(place + 1, VALUES_A_ROUND - 1)]
    return float((low + high) / 2)


def path_of_modes(step: LinearStep, curvatures: Array, first: Array, n_steps: int) -> Array:
    """Return the distance along each mode at each row, shape (modes, n_steps + 1).

    Args: first: the distance and the states of each mode at row 0, shape (modes, k).
    """
    power, rows = step.matrices(curvatures), first[:, :, None]
    while rows.shape[-1] <= n_steps:  # doubles the rows: `power` takes each known row that many steps ahead
        rows = np.concatenate((rows, power @ rows), axis=-1)
        power = power @ power
    return rows[:, 0, : n_steps + 1]


@dataclass(frozen=True, eq=False)
class GradientNoise:
    """The gradient noise near the minimum: a step's gradient minus that over all data, without its mean.

    Args:
        at_minimum: the covariance of the noise at the minimum, shape (n, n).
        spread: the matrices D by which the noise depends on the distance, weighted so that their squares add up; shape
            (any, n, n).
        epoch: the number of steps in which all data are drawn once.
        between: the covariance of two gradients of one epoch, shape (n, n).
    """

    at_minimum: Array
    spread: Array
    epoch: int
    between: Array

    @classmethod
    def independent(cls, at_minimum: Array) -> GradientNoise:
        """The noise of steps that are independent."""
        return cls(at_minimum, np.zeros((0, *at_minimum.shape)), 1, np.zeros_like(at_minimum))


def stationary_covariance(step: LinearStep, hessian: Array, noise: GradientNoise) -> Array | None:
    """Return the covariance of the parameters around a minimum in the stationary state, shape (n, n).

    It solves Lyapunov's equation S = M S M^T + b (C + sum of D P D^T) b^T, where P is the block of S of the
    parameters, and b the factor of a gradient in each state. Gradients of one epoch are correlated with those before,
    of which S contains M^j b; S is then the mean over the steps of an epoch.

    Returns: None if a mode is not stable, or if the spread alone makes the distance grow.
    """
    n, size = len(hessian), len(step.gradient)
    comes_in = np.outer(step.gradient, step.gradient)
    by_distance = np.outer(step.gradient, np.eye(1, size))
    matrix = np.kron(np.eye(n), step.rest) + np.kron(hessian, by_distance)
    kept = np.kron(matrix, matrix) + sum(np.kron(part, part) for part in np.kron(noise.spread, by_distance))
    if not (np.abs(np.linalg.eigvals(kept)) < 1).all():
        return None
    at_minimum, between = np.kron(noise.at_minimum, comes_in), np.kron(noise.between, comes_in)

    def covariances(first: Array) -> Iterator[Array]:
        """The covariance after each step of an epoch, as vectors."""
        covariance, before = first, np.zeros_like(matrix)
        for _ in range(noise.epoch):
            together = matrix @ before @ between
            covariance = kept @ covariance + (at_minimum + together + together.T).ravel()
            before = np.eye(len(matrix)) + matrix @ before
            yield covariance

    *_, added = covariances(np.zeros(len(kept)))
    first = np.linalg.solve(np.eye(len(kept)) - np.linalg.matrix_power(kept, noise.epoch), added)
    covariance: Array = np.mean([*covariances(first)], axis=0).reshape(matrix.shape)[::size, ::size]
    return (covariance + covariance.T) / 2
