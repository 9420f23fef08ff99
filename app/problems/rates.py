"""Learning rates that a landscape suggests: two numbers, from which each optimizer's own follows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from app.optimizers import OPTIMIZERS, Optimizer
from app.problems.losses import Loss


@dataclass(frozen=True)
class Rates:
    """The learning rates with which a path on a landscape can be seen and does not run away.

    Args:
        gradient: for optimizers whose step is the rate times a gradient.
        length: for optimizers whose step is about as long as the rate.
        batch_gradient: as `gradient`, for optimizers that see a batch; None where there is no data.
        points: how many points the loss adds up; a gradient is so many times as large, or as the batch has.
    """

    gradient: float
    length: float
    batch_gradient: float | None = None
    points: int = 1

    def of(self, optimizer: Optimizer) -> float:
        """The rate for one optimizer, to two significant digits."""
        gradient = self.batch_gradient if optimizer.batch_size and self.batch_gradient else self.gradient
        gradient /= min(optimizer.batch_size or self.points, self.points)
        base = {"gradient": gradient, "length": self.length, "both": min(gradient, self.length)}
        step = optimizer.step_length
        return float(f"{min(base[step.kind] * step.factor, step.most):.2g}")

    def all(self) -> dict[str, float]:
        """Optimizer name -> rate."""
        return {optimizer.name: self.of(optimizer) for optimizer in OPTIMIZERS.values()}


def line_fit_rates(points: Sequence[tuple[float, float]], loss: Loss, domain: Sequence[tuple[float, float]]) -> Rates:
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
