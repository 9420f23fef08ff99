"""The learning rates suggested for a landscape, computed from its rates and the step length of each optimizer."""

from fallline.optimizers import OPTIMIZERS, Optimizer
from fallline.problems.surface import Rates

OF_A_PAIR = {
    ("beale", "lion"): 0.01,
    ("mccormick", "lion"): 0.005,
    ("rosenbrock", "nadam"): 0.05,
}
"""(surface, optimizer) -> the suggested rate, where the computed one gives no visible path."""


def suggested_rates(rates: Rates | None, surface: str = "") -> dict[str, float]:
    """Optimizer name -> learning rate that gives a visible path.

    Args:
        rates: of the landscape; None if they are not known, and then the result is empty.
        surface: the name of the landscape, if it is a surface of the catalog.
    """
    if rates is None:
        return {}
    return {
        name: OF_A_PAIR.get((surface, name)) or _rate(rates, optimizer)
        for name, optimizer in OPTIMIZERS.items()
        if not optimizer.own
    }


def _rate(rates: Rates, optimizer: Optimizer) -> float:
    """The rate for one optimizer, rounded to two significant digits."""
    gradient = rates.batch_gradient if optimizer.batch_size and rates.batch_gradient else rates.gradient
    gradient /= min(optimizer.batch_size or rates.n_points, rates.n_points)
    of_kind = {"gradient": gradient, "length": rates.length, "both": min(gradient, rates.length), "whole": 1.0}
    step = optimizer.step_length
    return float(f"{min(of_kind[step.kind] * step.factor, step.most):.2g}")
