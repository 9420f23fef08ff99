"""How a linear step acts on each mode of a quadratic: its roots, how fast it shrinks, where it is no longer stable.

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
"""A factor above this grows; eigenvalues have rounding errors."""
AS_FAST = 1e-12
"""Factors that differ by less are equally fast."""
SAME_SHAPE = 1e-6
"""Polynomials whose coefficients differ by less, relative to the largest, are the same."""
PRODUCTS = np.geomspace(1e-6, 1e8, 1401)
"""Rates times curvatures among which an edge is searched, before it is refined."""
NARROWINGS, VALUES_A_ROUND = 8, 65
"""How many times an edge is refined, and by how many values each time: to the last digits of a float."""

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
        """The matrix of each curvature, shape (..., curvatures, k, k)."""
        matrices = np.repeat(self.rest[..., None, :, :], len(curvatures), axis=-3)
        with np.errstate(all="ignore"):
            matrices[..., 0] += self.gradient[..., None, :] * curvatures[:, None]
        return matrices

    def roots(self, curvatures: Array) -> Array:
        """The eigenvalues of each, the largest first, shape (..., curvatures, k)."""
        roots = _eigenvalues(self.matrices(curvatures))
        with np.errstate(all="ignore"):
            order = np.lexsort((-roots.imag, -np.abs(roots).round(12)), axis=-1)
        return np.take_along_axis(roots, order, axis=-1)

    def factors(self, curvatures: Array) -> Array:
        """The factor per step of each in the long run, shape (..., curvatures)."""
        factors: Array = np.abs(_eigenvalues(self.matrices(curvatures))).max(axis=-1)
        return factors


def _eigenvalues(matrices: Array) -> Array:
    """The eigenvalues; infinite where a number of the matrix is too large for a float."""
    finite = np.isfinite(matrices).all(axis=(-2, -1))
    values = np.full(matrices.shape[:-1], np.inf, dtype=complex)
    values[finite] = np.linalg.eigvals(matrices[finite])
    return values


def shared_step(matrices: Array, rate: float, alike: bool) -> tuple[LinearStep, Array] | None:
    """The step that all parameters share up to a scale of the gradient, and the scale of each.

    Args:
        matrices: of `step_matrices`, shape (n, k, k + 1); rate: in force; alike: whether all matrices are the same.

    Returns: None where they share none, or where a constant gradient counts by no positive number. If all scales are 1
        the step is that of `rate`; else the factor of a constant gradient in a step is the rate times the scale.
        step is the rate times the scale.
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
    """The factor of a constant gradient in a step, over the rate; shape (...) for (..., k, k + 1)."""
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
    """The characteristic polynomial at curvature 0, and the change of it for a curvature of 1, scaled."""
    at_0 = np.poly(rest)
    with_1 = rest.copy()
    with_1[:, 0] += gradient / scale
    return at_0.astype(float), (np.poly(with_1) - at_0).astype(float)


@dataclass(frozen=True)
class GoodRates:
    """Learning rates for a quadratic.

    Args:
        largest: beyond it some mode grows, None where none does up to 1e8 over the largest curvature.
        best, best_to: the least and the largest of those for which the slowest mode shrinks fastest.
        factor: what that mode keeps a step there.
    """

    largest: float | None
    best: float
    best_to: float
    factor: float


def rates(step_of: OfRates, curvatures: Array) -> GoodRates | None:
    """The largest and the best learning rate; None where no curvature is positive, or none of the rates is stable.

    Args: step_of: the steps with many learning rates; curvatures: of the modes, of which only positive ones count.
    """
    positive = curvatures[curvatures > 0]
    if not len(positive):
        return None

    def slowest(tried: Array) -> Array:
        factors: Array = step_of(tried).factors(positive).max(axis=-1)
        return factors

    tried = _products_over(positive.max())
    factors = slowest(tried)
    stable = _run_of(factors <= UNSTABLE, 0)
    if stable is None:
        return None
    largest = last_stable(slowest, tried, factors)
    best = _lowest(slowest, tried, int(factors[: stable[1] + 1].argmin()))
    least = float(slowest(np.array([best]))[0])

    def as_fast(rate: Array) -> Mask:
        return slowest(rate) <= least + AS_FAST

    fast = np.flatnonzero(factors[: stable[1] + 1] <= least + AS_FAST)
    if not len(fast):
        return GoodRates(largest, best, best, least)
    begin, end = _edge(as_fast, tried, int(fast[0]), -1), _edge(as_fast, tried, int(fast[-1]), 1)
    return GoodRates(largest, begin or best, end or best, least)


def last_stable(factors_of: Callable[[Array], Array], tried: Array, factors: Array) -> float | None:
    """The rate up to which no mode grows, by `factors_of` rates; None where none of those tried is stable."""
    stable = _run_of(factors <= UNSTABLE, 0)
    return 0.0 if stable is None else _edge(lambda rate: factors_of(rate) <= UNSTABLE, tried, stable[1], 1)


def limit(step: LinearStep, rate: float) -> float | None:
    """The curvature beyond which a mode grows at this rate; None where none does."""
    tried = _products_over(rate)
    if not len(tried):
        return None

    def is_stable(curvatures: Array) -> Mask:
        return step.factors(curvatures) <= UNSTABLE

    stable = _run_of(is_stable(tried), 0)
    return 0.0 if stable is None else _edge(is_stable, tried, stable[1], 1)


def _products_over(value: float) -> Array:
    """`PRODUCTS` over a value, as far as these are finite."""
    with np.errstate(all="ignore"):
        tried: Array = PRODUCTS / value
    return tried[np.isfinite(tried)]


def _run_of(holds: Mask, begin: int) -> tuple[int, int] | None:
    """The range around an index in which a condition holds without a gap; None where it does not hold there."""
    if begin >= len(holds) or not holds[begin]:
        return None
    fails = np.flatnonzero(~holds[begin:])
    return begin, begin + (int(fails[0]) if len(fails) else len(holds[begin:])) - 1


def _edge(holds: Callable[[Array], Mask], values: Array, last: int, direction: int) -> float | None:
    """The last value for which a condition holds, from `values[last]` in one direction; None at the end of them."""
    if not 0 <= last + direction < len(values):
        return None
    inside, outside = values[last], values[last + direction]
    for _ in range(NARROWINGS):
        between = np.linspace(inside, outside, VALUES_A_ROUND)
        place = int(holds(between[1:]).argmin()) + 1  # the first that fails, as the last one does
        inside, outside = between[place - 1], between[place]
    return float(inside)


def _lowest(value: Callable[[Array], Array], values: Array, place: int) -> float:
    """The argument of the lowest value of a function, near one of those at which it was computed."""
    low, high = values[max(place - 1, 0)], values[min(place + 1, len(values) - 1)]
    for _ in range(NARROWINGS):
        between = np.linspace(low, high, VALUES_A_ROUND)
        place = int(value(between).argmin())
        low, high = between[max(place - 1, 0)], between[min(place + 1, VALUES_A_ROUND - 1)]
    return float((low + high) / 2)


def path_of_modes(step: LinearStep, curvatures: Array, first: Array, n_steps: int) -> Array:
    """The distance along each mode at each row, shape (modes, n_steps + 1).

    Args: first: the distance and the states of each mode at row 0, shape (modes, k).
    """
    power, rows = step.matrices(curvatures), first[:, :, None]
    while rows.shape[-1] <= n_steps:  # doubles the rows: those known, so many steps later
        rows = np.concatenate((rows, power @ rows), axis=-1)
        power = power @ power
    return rows[:, 0, : n_steps + 1]


@dataclass(frozen=True, eq=False)
class GradientNoise:
    """The difference between a step's gradient and that over all data, near the minimum, without its mean.

    Args:
        at_minimum: its covariance there, shape (n, n).
        spread: matrices D by which it depends on the distance, weighted so that their squares add up, (any, n, n).
        epoch: steps in which all data are drawn once; between: the covariance of two gradients of one epoch, (n, n).
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
    """The covariance of the parameters around a minimum in the stationary state, shape (n, n).

    It solves Lyapunov's equation S = M S M^T + b (C + sum of D P D^T) b^T, where P is the block of S of the
    parameters, and b the factor of a gradient in each state. Gradients of one epoch are correlated with those before,
    of which S contains M^j b; S is then the mean over the steps of an epoch.

    Returns: None where a mode is not stable, or where the spread alone makes the distance grow.
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
        now, before = first, np.zeros_like(matrix)
        for _ in range(noise.epoch):
            together = matrix @ before @ between
            now = kept @ now + (at_minimum + together + together.T).ravel()
            before = np.eye(len(matrix)) + matrix @ before
            yield now

    *_, added = covariances(np.zeros(len(kept)))
    first = np.linalg.solve(np.eye(len(kept)) - np.linalg.matrix_power(kept, noise.epoch), added)
    covariance: Array = np.mean([*covariances(first)], axis=0).reshape(matrix.shape)[::size, ::size]
    return (covariance + covariance.T) / 2
