"""Learning rates that a landscape suggests for each optimizer."""

from __future__ import annotations

from app.optimizers import OPTIMIZERS, Optimizer
from app.problems.declaration import Rates


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
