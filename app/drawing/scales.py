"""Where ticks go on a scale."""

from __future__ import annotations

import math

MOST_TICKS = 10_000
EXACT = 2.0**53
"""Steps from 0 beyond which floats are further apart than a step."""


def nice_step(least: float) -> float:
    """The smallest of 1, 2, 5 times a power of ten that is not below `least`, which is above 0."""
    power = 10.0 ** math.floor(math.log10(least))
    share = least / power * (1 - 1e-9)
    return next((factor for factor in (1, 2, 5) if factor >= share), 10) * power


def multiples(low: float, high: float, step: float) -> list[float]:
    """Every multiple of `step` from low to high, ascending, without the noise of adding up."""
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    if last - first >= MOST_TICKS:
        return []
    return [rounded(k * step, step) for k in range(first, last + 1)]


def rounded(value: float, step: float) -> float:
    """The nearest multiple of `step`, printed by the step's own decimals."""
    if abs(value) >= EXACT * step:
        return value
    decimals = max(0, 1 - math.floor(math.log10(step)))
    nearest = math.floor(value / step + 0.5) * step
    return nearest if decimals > 100 else round(nearest, decimals) + 0.0
