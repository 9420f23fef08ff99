"""Chooses the losses at which there is a contour and the tint changes, by the same rule as the page.

Levels are chosen from samples of a problem's whole domain, so that a tint means the same loss at every size and in
every window. They are round numbers: 1, 2, 5 in each decade if the loss spans decades, otherwise even steps.
"""

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from fallline.drawing.number_text import multiples, nice_step, rounded
from fallline.drawing.theme import LEVELS, Theme, Triple, tints
from fallline.in_parts import InParts
from fallline.problems.grid import rows_on_grid
from fallline.problems.objective import Objective
from fallline.problems.problem import Problem
from fallline.types import Array


@dataclass(frozen=True, order=True)
class Level:
    """A loss with a contour. An `index` contour is drawn stronger and labelled with its loss."""

    value: float
    index: bool


@dataclass(frozen=True)
class LossScale:
    """A division of losses into bands, each with a tint.

    Args:
        kind: whether levels are chosen by decades of the loss above `base`, or in even steps.
        levels: ascending; the lowest tint is below the first, the highest from the last on.
        pattern: the factors within a decade; or the step, as the only element.
        base: the loss from which decades are counted; most: the largest loss of the samples.
    """

    kind: Literal["decades", "steps"]
    levels: tuple[Level, ...]
    pattern: Sequence[float]
    base: float
    most: float

    @property
    def values(self) -> tuple[float, ...]:
        """The losses alone."""
        return tuple(level.value for level in self.levels)

    def band(self, loss: float) -> int:
        """The index of the tint of a loss: the number of levels at or below it."""
        return bisect_right(self.values, loss)

    def tints(self, theme: Theme) -> tuple[Triple, ...]:
        """The colour of each band, the lowest first."""
        return tints(theme, len(self.levels) + 1)

    def ground(self, loss: float, theme: Theme) -> Triple:
        """The mean colour of the two bands that meet at a level. Args: loss: the level."""
        below, above = (self.tints(theme)[max(0, self.band(loss) - lower)] for lower in (1, 0))
        lightness, a, b = np.mean([below, above], axis=0).tolist()
        return lightness, a, b

    def height(self, loss: Array) -> Array:
        """An increasing function of the loss that is nearly linear between samples, in which contours are traced.

        For decades it is the logarithm of the loss above `base`, flattened below the lowest level; otherwise the loss.
        """
        if self.kind == "steps" or not self.levels:
            return loss
        return np.log10(np.maximum(loss - self.base, 0.0) + self.levels[0].value - self.base)

    def between(self, low: float, high: float) -> tuple[Level, ...]:
        """The contours to draw in a window whose losses run from low to high.

        These are the levels; further levels of the same pattern outside the range of the samples; and, if there are
        few, even steps between them.
        """
        if not high > low:
            return ()
        if self.kind == "decades":
            above = high - self.base
            levels = _in_decades(self.pattern, self.base, max(low - self.base, above * 1e-9, 1e-300), above)
        else:
            steps = _in_steps(low, high, self.pattern[0])
            levels = [level for level in steps if level.value > self.most or level.value in self.values]
        if len(levels) > 4 * LEVELS["at_most"]:
            return tuple(level for level in levels if level.index)[: 4 * LEVELS["at_most"]]
        if len(levels) >= LEVELS["few"]:
            return tuple(levels)
        step = nice_step((high - low) / 10)
        even = _in_steps(low, high, step)
        added = [level for level in even if all(abs(other.value - level.value) > step / 2 for other in levels)]
        return tuple(sorted([*levels, *added]))


def losses(objective: Objective, axes: Sequence[Array]) -> InParts[Array]:
    """Return the loss on a grid, (nx,) or (ny, nx); nan where it is not a finite number.

    Args: axes: the values of x; or of x and of y.
    """
    parts = []
    for rows in rows_on_grid(objective, axes):
        parts.append(rows)
        yield
    loss = np.concatenate(parts)
    return np.where(np.isfinite(loss), loss, np.nan)


def scale_of(problem: Problem) -> InParts[LossScale]:
    """Return the levels of a problem, which do not depend on the size or the window of a picture."""
    axes = [np.linspace(low, high, LEVELS["samples"]) for low, high in problem.domain]
    return loss_scale((yield from losses(problem.objective, axes)))


def loss_scale(loss: Array) -> LossScale:
    """The levels for some losses; those that are not finite are ignored."""
    ordered = np.sort(loss[np.isfinite(loss)], axis=None)
    if not ordered.size:
        return LossScale("steps", (), (1.0,), 0.0, 0.0)
    least, most = float(ordered[0]), float(ordered[-1])
    base = min(0.0, least)
    low, high, top = (_quantile(ordered, share) for share in (0.05, 0.95, 1 - LEVELS["above"]))
    if high - least > LEVELS["spans_decades"] * (low - least) and high - base > 4 * (low - base):
        lowest = max(_quantile(ordered, LEVELS["below"]) - base, (top - base) * 1e-12)
        for pattern in LEVELS["patterns"]:
            levels = _in_decades(pattern, base, lowest, top - base)
            if len(levels) <= LEVELS["at_most"]:
                break
        return LossScale("decades", tuple(levels), pattern, base, most)
    step = nice_step((top - least) / 20 or abs(least) / 10 or 1.0)
    steps = _in_steps(least + step * 1e-6, top, step)
    levels = [level for level in steps if not _is_flat(ordered, level.value, step * 0.02)]
    return LossScale("steps", tuple(levels), (step,), base, most)


def spread(loss: Array) -> tuple[float, float]:
    """The least and greatest loss, without the lowest and the highest thousandth, which get no further contours."""
    ordered = np.sort(loss[np.isfinite(loss)], axis=None)
    last, tail = ordered.size - 1, LEVELS["tail"]
    return float(ordered[math.floor(tail * last)]), float(ordered[math.ceil((1 - tail) * last)])


def _quantile(ordered: Array, share: float) -> float:
    return float(ordered[math.floor(share * (ordered.size - 1) + 0.5)])


def _is_flat(ordered: Array, value: float, near: float) -> bool:
    """Whether many samples lie close to a level, so that its contour would trace the noise of a flat region."""
    low, high = np.searchsorted(ordered, value - near), np.searchsorted(ordered, value + near, side="right")
    return bool(high - low > LEVELS["flat"] * ordered.size)


def _in_decades(pattern: Sequence[float], base: float, low: float, high: float) -> list[Level]:
    levels: list[Level] = []
    for decade in range(math.floor(math.log10(low)), math.floor(math.log10(high)) + 1):
        unit = 10.0 ** (decade - 1 if base == 0 else decade)
        for factor in pattern:
            excess = factor * 10.0**decade
            value = rounded(base + excess, unit)
            above = value > (levels[-1].value if levels else base)
            if above and low * (1 - 1e-9) < excess < high:
                levels.append(Level(value, factor == 1))
    return levels


def _in_steps(low: float, high: float, step: float) -> list[Level]:
    every = 2 if f"{step:e}".startswith("5") else 5
    return [Level(value, math.floor(value / step + 0.5) % every == 0) for value in multiples(low, high, step)]
