"""Learning rates that a landscape suggests for each optimizer, and the two numbers they follow from on a line fit."""

from __future__ import annotations

import math
from collections.abc import Sequence

from app.optimizers import OPTIMIZERS, Optimizer
from app.problems.declaration import Rates
from app.problems.losses import Loss
from app.types import Pair


def suggested_rates(rates: Rates, surface: str = "") -> dict[str, float]:
    """Optimizer name -> learning rate that gives a path to look at.

    Args: surface: the name of the surface, for which an optimizer may have a special rate.
    """
    return {
        name: optimizer.step_length.special.get(surface) or _rate_of(optimizer, rates)
        for name, optimizer in OPTIMIZERS.items()
    }


def _rate_of(optimizer: Optimizer, rates: Rates) -> float:
    """The rate for one optimizer, to two significant digits."""
    gradient = rates.batch_gradient if optimizer.batch_size and rates.batch_gradient else rates.gradient
    gradient /= min(optimizer.batch_size or rates.points, rates.points)
    base = {"gradient": gradient, "length": rates.length, "both": min(gradient, rates.length)}
    step = optimizer.step_length
    return float(f"{min(base[step.kind] * step.factor, step.most):.2g}")


def line_fit_rates(points: Sequence[Pair], loss: Loss, domain: Sequence[Pair]) -> Rates:
    """Learning rates for a line fit, from how strongly its loss is curved and how wide its map is.

    Plain descent on squares is stable below 2/L, with L the largest curvature of the mean, and gets 0.3/L; on batches
    L is that of the worst single point. A gradient that is not proportional to the residuals but bounded, as of `mae`
    and far out of `huber`, gets steps of a visible length.

    Args:
        points: (feature, target) as they are fitted.
        domain: (low, high) of slope and intercept on the map.
    """
    length = 0.015 * min(high - low for low, high in domain)
    mean = math.fsum(x for x, _ in points) / len(points)
    square = math.fsum(x * x for x, _ in points) / len(points)
    furthest = max(abs(x) for x, _ in points)
    return Rates(
        gradient=_descent_rate(mean, square, loss, length),
        length=float(f"{length:.1g}"),
        batch_gradient=_descent_rate(furthest, furthest**2, loss, length),
        points=1 if loss.mean else len(points),
    )


def _descent_rate(mean: float, square: float, loss: Loss, length: float) -> float:
    """The rate of plain descent where features have this mean and mean square; L is 2*[[square, mean], [mean, 1]]'s."""
    curvature = square + 1 + math.hypot(square - 1, 2 * mean)
    rate = 0.3 / curvature
    return rate if loss.least_squares else max(rate, length / math.sqrt(square + 1))
