"""Which losses get a contour and a tint of their own: the rule of the page, on the same samples.

Levels come from samples of a problem's whole domain, so that a tint means the same loss at every size and in every
window. They are round numbers: 1, 2, 5 in each decade where the loss spans decades, even steps where it does not.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from app.drawing.scales import multiples, nice_step, rounded
from app.drawing.table import LEVELS

Grid = NDArray[np.float64]


@dataclass(frozen=True)
class Line:
    """One contour; an `index` contour is drawn stronger and carries its number."""

    value: float
    index: bool


@dataclass(frozen=True)
class Levels:
    """Where the tints change.

    Args:
        kind: whether they go by decades of the loss above `base`, or in even steps.
        lines: ascending; below the first lies the lowest tint, from the last up the highest.
        pattern: the factors within a decade, or the step alone.
        least, most: of the samples.
    """

    kind: Literal["decades", "steps"]
    lines: tuple[Line, ...]
    pattern: Sequence[float]
    base: float
    least: float
    most: float

    @property
    def values(self) -> tuple[float, ...]:
        """The losses alone."""
        return tuple(line.value for line in self.lines)

    def band(self, loss: float) -> int:
        """How many levels lie at or below `loss`: the number of its tint."""
        return bisect_right(self.values, loss)

    def height(self) -> Callable[[Grid], Grid]:
        """A rising function of the loss that is as even as the levels are: between samples it is nearly straight."""
        if self.kind == "steps" or not self.lines:
            return lambda loss: loss
        floor = self.lines[0].value - self.base
        return lambda loss: np.log10(np.maximum(loss - self.base, 0.0) + floor)

    def between(self, low: float, high: float) -> tuple[Line, ...]:
        """Every contour to draw where the loss in sight runs from low to high.

        The levels, the same pattern beyond them, and even steps between where that leaves few.
        """
        if not high > low:
            return ()
        lines = self._beyond(low, high)
        if len(lines) > 4 * LEVELS["at_most"]:
            return tuple(line for line in lines if line.index)[: 4 * LEVELS["at_most"]]
        return _filled(lines, low, high) if len(lines) < LEVELS["few"] else tuple(lines)

    def _beyond(self, low: float, high: float) -> list[Line]:
        if self.kind == "decades":
            above = high - self.base
            return _in_decades(self.pattern, self.base, max(low - self.base, above * 1e-9, 1e-300), above)
        lines = _in_steps(low, high, self.pattern[0])
        return [line for line in lines if line.value > self.most or line.value in self.values]


def levels_of(loss: Grid) -> Levels:
    """The levels of a problem, from samples of its whole domain; what is not finite is left out."""
    ordered = np.sort(loss[np.isfinite(loss)], axis=None)
    if not ordered.size:
        return Levels("steps", (), (1.0,), 0.0, 0.0, 0.0)
    least, most = float(ordered[0]), float(ordered[-1])
    base = min(0.0, least)
    if _spans_decades(ordered, base):
        pattern, lines = _decade_lines(ordered, base)
        return Levels("decades", tuple(lines), pattern, base, least, most)
    step, lines = _step_lines(ordered)
    return Levels("steps", tuple(lines), (step,), base, least, most)


def spread(loss: Grid) -> tuple[float, float]:
    """The losses in sight, less the lowest and highest thousandth, which get no contours of their own."""
    ordered = np.sort(loss[np.isfinite(loss)], axis=None)
    if not ordered.size:
        return 0.0, 0.0
    last, tail = ordered.size - 1, LEVELS["tail"]
    return float(ordered[math.floor(tail * last)]), float(ordered[math.ceil((1 - tail) * last)])


def _quantile(ordered: Grid, share: float) -> float:
    return float(ordered[math.floor(share * (ordered.size - 1) + 0.5)])


def _spans_decades(ordered: Grid, base: float) -> bool:
    low, high, least = _quantile(ordered, 0.05), _quantile(ordered, 0.95), float(ordered[0])
    return high - least > LEVELS["spans_decades"] * (low - least) and high - base > 4 * (low - base)


def _decade_lines(ordered: Grid, base: float) -> tuple[Sequence[float], list[Line]]:
    high = _quantile(ordered, 1 - LEVELS["above"]) - base
    low = max(_quantile(ordered, LEVELS["below"]) - base, high * 1e-12)
    tried = [(pattern, _in_decades(pattern, base, low, high)) for pattern in LEVELS["patterns"]]
    return next((found for found in tried if len(found[1]) <= LEVELS["at_most"]), tried[-1])


def _in_decades(pattern: Sequence[float], base: float, low: float, high: float) -> list[Line]:
    lines: list[Line] = []
    for decade in range(math.floor(math.log10(low)), math.floor(math.log10(high)) + 1):
        unit = 10.0 ** (decade - 1 if base == 0 else decade)
        for factor in pattern:
            excess = factor * 10.0**decade
            value = rounded(base + excess, unit)
            above = value > (lines[-1].value if lines else base)
            if above and low * (1 - 1e-9) < excess < high:
                lines.append(Line(value, factor == 1))
    return lines


def _step_lines(ordered: Grid) -> tuple[float, list[Line]]:
    low, high = float(ordered[0]), _quantile(ordered, 1 - LEVELS["above"])
    step = nice_step((high - low) / 20 or abs(low) / 10 or 1.0)
    lines = _in_steps(low + step * 1e-6, high, step)
    return step, [line for line in lines if not _is_flat(ordered, line.value, step * 0.02)]


def _is_flat(ordered: Grid, value: float, near: float) -> bool:
    """Whether a good part of the ground lies at a level, so that its contour would trace the noise of a plain."""
    low = np.searchsorted(ordered, value - near, side="left")
    high = np.searchsorted(ordered, value + near, side="right")
    return bool(high - low > LEVELS["flat"] * ordered.size)


def _in_steps(low: float, high: float, step: float) -> list[Line]:
    every = 2 if f"{step:e}".startswith("5") else 5
    return [Line(value, math.floor(value / step + 0.5) % every == 0) for value in multiples(low, high, step)]


def _filled(lines: list[Line], low: float, high: float) -> tuple[Line, ...]:
    step = nice_step((high - low) / 10)
    added = [
        line for line in _in_steps(low, high, step) if all(abs(each.value - line.value) > step / 2 for each in lines)
    ]
    return tuple(sorted([*lines, *added], key=lambda line: line.value))
