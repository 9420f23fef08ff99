"""The factor of a mode, over the learning rate times the curvature and the hyperparameter of momentum."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np

from fallline.curvatures.curvature_models import StabilityPlane
from fallline.descent.linear_step import LinearRule
from fallline.descent.local_step import LocalStep
from fallline.descent.modes import last_stable
from fallline.in_parts import InParts
from fallline.types import Array

PRODUCTS_TOLD, MOMENTA_TOLD = 121, 61
DECIMALS_TOLD = 5


def hyperparameter_of_momentum(step: LocalStep) -> str | None:
    """The hyperparameter by which a state that adds up gradients is multiplied in a step; None if there is none."""
    kept = _kept(step.linear)
    return next((name for name in step.places.phase.setup.rule_method.values if name in kept), None)


def _kept(linear: LinearRule) -> frozenset[str]:
    """The names in the factors by which a step multiplies the states."""
    return frozenset[str]().union(*(linear.factors[k][k].names for k in range(1, len(linear.factors))))


def stability_plane(step: LocalStep, domain: Sequence[Sequence[float]], curvature: float) -> InParts[StabilityPlane]:
    """Return the factors of a mode with this curvature.

    Args: domain: [low, high] of the rate times the curvature, and of the hyperparameter of momentum.
    """
    name, ((low, high), (least, most)) = hyperparameter_of_momentum(step), domain
    products = np.linspace(np.sqrt(low), np.sqrt(high), PRODUCTS_TOLD) ** 2
    momenta = np.linspace(least, most, MOMENTA_TOLD) if name else np.empty(0)
    rows: list[tuple[Array, Array, Array]] = []
    unknown, edges = np.full(len(products), np.nan), list[float | None]()
    for value in momenta.tolist() or [0.0]:
        at_value = _with_value(step, name, value) if name else step
        rows.append(_row(at_value, products, curvature) if at_value else (unknown, unknown, unknown))
        edges.append(_edge(at_value, products, rows[-1][0], curvature) if at_value else None)
        yield len(products)
    factor, real, discriminant = (np.stack(column).round(DECIMALS_TOLD).tolist() for column in zip(*rows, strict=True))
    return StabilityPlane(name, products.tolist(), momenta.tolist(), factor, real, discriminant, edges)


def _with_value(step: LocalStep, name: str, value: float) -> LocalStep | None:
    """The step with another value of a hyperparameter."""
    phase = step.places.phase
    places = replace(step.places, phase=replace(phase, setup=phase.setup.with_value(name, value)))
    return LocalStep.of(places, step.gradients)


def _row(step: LocalStep, products: Array, curvature: float) -> tuple[Array, Array, Array]:
    """The factor, the real part of the largest root, and the discriminant at each product."""
    roots = step.with_learning_rates(products / curvature).roots(np.array([curvature]))[:, 0]
    pairs = combinations(roots.T, 2)
    discriminant = np.prod([(one - other) ** 2 for one, other in pairs], axis=0) * np.ones(len(roots))
    return np.abs(roots[:, 0]), roots[:, 0].real, discriminant.real


def _edge(step: LocalStep, products: Array, factors: Array, curvature: float) -> float | None:
    """The product above which the mode grows; None if it does not grow within `products`."""

    def factors_of(rates: Array) -> Array:
        return step.with_learning_rates(rates).factors(np.array([curvature]))[:, 0]

    rate = last_stable(factors_of, products / curvature, factors)
    return None if rate is None else rate * curvature
