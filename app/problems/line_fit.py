"""The line fit: prediction = slope * feature + intercept, and what a loss makes of the residuals."""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from functools import lru_cache

from app.formulas.language import parse
from app.formulas.nodes import substitute
from app.problems.datasets import DATASETS, standardized
from app.problems.declaration import Minimum, View
from app.problems.losses import LOSSES, RESIDUAL
from app.problems.objective import OverData, evaluate
from app.problems.problem import Problem
from app.problems.rates import line_fit_rates, suggested_rates
from app.types import Pair

PARAMETERS = ("slope", "intercept")
PREDICTION = parse("slope*feature + intercept", (*PARAMETERS, "feature"))
START = (1.0, 0.0)
STANDARDIZED = "All numbers are in standardised units: x and y each with mean 0 and standard deviation 1."

ROUNDING = 16 * sys.float_info.epsilon
"""Share of the terms of a residual that is no more than the rounding of them."""


@lru_cache(maxsize=64)
def dataset_problem(name: str, loss: str, standardize: bool = False) -> Problem:
    """A line fitted to a data set of the catalog, on the map that suits it, from slope 1 and intercept 0.

    The catalog also names a start from which there is more to see (`View.start`); a page may pass that.

    Raises:
        KeyError: there is no such data set or loss.
    """
    dataset = DATASETS[name]
    domain = (dataset.standardized if standardize else dataset.raw).domain
    return line_fit_problem(dataset.points, loss, standardize, View(START, domain))


@lru_cache(maxsize=64)
def line_fit_problem(
    points: tuple[Pair, ...], loss: str, standardize: bool = False, view: View | None = None
) -> Problem:
    """A line fitted to (feature, target) points.

    Args:
        points: at least one.
        loss: the name of a loss.
        standardize: scale features and targets to mean 0 and (population) standard deviation 1, constant columns
            divided by 1; slope and intercept are then in those units.
        view: the start and the map; by default slope 1, intercept 0 and a map that holds these and the best line.

    Raises:
        KeyError: there is no such loss.
    """
    chosen = LOSSES[loss]
    features, targets = zip(*points, strict=True)
    if standardize:
        features, targets = tuple(standardized(features)), tuple(standardized(targets))
    scaled = tuple(zip(features, targets, strict=True))
    residual = substitute(RESIDUAL, {"prediction": PREDICTION})
    objective = OverData(PARAMETERS, chosen.formula, residual, {"feature": features, "target": targets}, chosen.mean)
    best = least_squares(scaled)
    view = view or View(START, _domain(best or START))
    minima: tuple[Minimum, ...] = ()
    if best is not None and chosen.least_squares:
        minima = (Minimum(best, _without_noise(evaluate(objective, best)[0], best, scaled)),)
    suggested = suggested_rates(line_fit_rates(scaled, chosen, view.domain))
    units = STANDARDIZED if standardize else ""
    return Problem("line_fit", objective, view.domain, view.start, minima, suggested, scaled, units)


def least_squares(points: Sequence[Pair]) -> Pair | None:
    """The slope and intercept with the least sum of squared residuals; None where all features are the same."""
    count = len(points)
    mean_x = math.fsum(x for x, _ in points) / count
    mean_y = math.fsum(y for _, y in points) / count
    spread = math.fsum((x - mean_x) ** 2 for x, _ in points)
    if not spread > 0 or not math.isfinite(spread):
        return None
    slope = math.fsum((x - mean_x) * (y - mean_y) for x, y in points) / spread
    return slope, mean_y - slope * mean_x


def _without_noise(least: float, best: Pair, points: Sequence[Pair]) -> float:
    """The least loss, 0 where the residuals are no more than what rounding leaves of the terms they come from."""
    slope, intercept = best
    terms = math.fsum((abs(slope * x) + abs(intercept) + abs(y)) ** 2 for x, y in points)
    return 0.0 if least <= ROUNDING**2 * terms else least


def _domain(best: Pair) -> tuple[Pair, Pair]:
    """A map on which both the usual start and the best line lie well inside."""
    slope, intercept = (_around(start, end) for start, end in zip(START, best, strict=True))
    return slope, intercept


def _around(one: float, other: float) -> Pair:
    low, high = min(one, other), max(one, other)
    margin = max(0.75 * (high - low), 0.25 * max(abs(low), abs(high)), 0.5)
    return low - margin, high + margin
