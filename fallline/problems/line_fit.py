"""The line fit: prediction = slope * feature + intercept, and the losses of the residuals."""

import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from fallline.formulas.formatter import to_source
from fallline.formulas.language import parse
from fallline.formulas.latex_formatter import latex
from fallline.formulas.nodes import Node, substitute
from fallline.notices import Notice, notice
from fallline.problems.dataset import Dataset
from fallline.problems.datasets import DATASETS, scaling, standardized
from fallline.problems.objective import OverData
from fallline.problems.problem import Problem
from fallline.problems.surface import Minimum, Rates
from fallline.types import InCatalog, Pair

PARAMETERS = ("slope", "intercept")
PREDICTION = parse("slope*feature + intercept", (*PARAMETERS, "feature"))
START = (1.0, 0.0)
RESIDUAL = parse("target - prediction", ("target", "prediction"))
"""The residual of one point, in its target and its prediction."""
RESIDUAL_OF_LINE = parse("y - (slope*x + intercept)", (*PARAMETERS, "x", "y"))
"""The residual of a point (x, y), with the prediction written out."""

ROUNDING = 16 * sys.float_info.epsilon
"""A residual that is smaller than this times the terms it is computed from is only their rounding error."""


@dataclass(frozen=True, kw_only=True)
class Loss(InCatalog):
    """A measure of how far predictions are from targets."""

    of_residual: Node
    """The loss of one point, in `residual`, which is target - prediction."""
    mean: bool = True
    """Whether the points' losses are averaged; otherwise they are added up."""
    least_squares: bool = False
    """Whether its minimum is the least-squares line."""

    @cached_property
    def expression(self) -> str:
        """The loss of one point as a formula in `target` and `prediction`."""
        return to_source(substitute(self.of_residual, {"residual": RESIDUAL}))

    @cached_property
    def fit_latex(self) -> str:
        """The LaTeX of the loss over n points (x, y): the sum, or the mean, of their losses."""
        of_point = latex(substitute(self.of_residual, {"residual": RESIDUAL_OF_LINE}))
        over_points = r"\tfrac{1}{n}\textstyle\sum" if self.mean else r"\textstyle\sum"
        return f"{over_points} {of_point}"


_LOSSES = (
    Loss(
        name="ssr",
        label="Sum of squared residuals",
        summary="Adds up the squared distances; its gradient grows with the number of points.",
        of_residual=parse("residual**2", ("residual",)),
        mean=False,
        least_squares=True,
    ),
    Loss(
        name="mse",
        label="Mean squared error",
        summary="The average squared distance: the same valley, with a gradient that does not grow with the data.",
        of_residual=parse("residual**2", ("residual",)),
        least_squares=True,
    ),
    Loss(
        name="mae",
        label="Mean absolute error",
        summary="The average distance: an outlier counts no more than its distance, and the valley has a kink.",
        of_residual=parse("abs(residual)", ("residual",)),
    ),
    Loss(
        name="huber",
        label="Huber loss",
        summary="Squared up to a distance of 1 and straight beyond it: smooth, and calm about outliers.",
        of_residual=parse("where(abs(residual) <= 1, residual**2/2, abs(residual) - 1/2)", ("residual",)),
    ),
)

LOSSES: dict[str, Loss] = {loss.name: loss for loss in _LOSSES}


@lru_cache(maxsize=64)
def dataset_problem(name: str, loss: str, standardize: bool = False) -> Problem:
    """A line fitted to a data set of the catalog, with its map. The start is slope 1 and intercept 0.

    The catalog also has a start that shows more (`FitView.start`), which a page may pass instead.

    Raises:
        KeyError: there is no such data set or loss.
    """
    dataset = DATASETS[name]
    domain = (dataset.standardized if standardize else dataset.raw).domain
    return line_fit_problem(dataset.points, loss, standardize, domain)


@lru_cache(maxsize=64)
def line_fit_problem(
    points: tuple[Pair, ...], loss: str, standardize: bool = False, domain: tuple[Pair, Pair] | None = None
) -> Problem:
    """A line fitted to (feature, target) points. The start is slope 1 and intercept 0.

    Args:
        points: at least one.
        loss: the name of a loss.
        standardize: scale features and targets to mean 0 and (population) standard deviation 1; a constant column
            becomes 0. Slope and intercept are then those of the scaled data.
        domain: of the map. By default it contains the start and the best line; standardised, it is always the same.

    Raises:
        KeyError: there is no such loss.
    """
    chosen = LOSSES[loss]
    features, targets = zip(*points, strict=True)
    notices: tuple[Notice, ...] = ()
    if standardize:
        notices = (notice("standardized", columns=["x", "y"], scaled={"x": scaling(features), "y": scaling(targets)}),)
        domain = domain or Dataset.standardized.domain
        features, targets = tuple(standardized(features)), tuple(standardized(targets))
    scaled = tuple(zip(features, targets, strict=True))
    residual = substitute(RESIDUAL, {"prediction": PREDICTION})
    columns = {"feature": features, "target": targets}
    objective = OverData(PARAMETERS, chosen.of_residual, residual, columns, chosen.mean)
    best = least_squares(scaled)
    slopes, intercepts = map(_around, START, best or START)
    domain = domain or (slopes, intercepts)
    minima: tuple[Minimum, ...] = ()
    if best is not None and chosen.least_squares:
        minima = (Minimum(best, _without_noise(objective.value_and_gradient_at(best)[0], best, scaled)),)
    rates = line_fit_rates(scaled, chosen, domain)
    return Problem("line_fit", objective, domain, START, minima, rates, notices)


def least_squares(points: Sequence[Pair]) -> Pair | None:
    """The slope and intercept with the least sum of squared residuals; None if all features are equal."""
    count = len(points)
    mean_x = math.fsum(x for x, _ in points) / count
    mean_y = math.fsum(y for _, y in points) / count
    spread = math.fsum((x - mean_x) ** 2 for x, _ in points)
    if not spread > 0 or not math.isfinite(spread):
        return None
    slope = math.fsum((x - mean_x) * (y - mean_y) for x, y in points) / spread
    intercept = mean_y - slope * mean_x
    noise = ROUNDING * (abs(mean_y) + abs(slope * mean_x) + max(abs(y) for _, y in points))
    return slope, 0.0 if abs(intercept) <= noise else intercept


def _without_noise(least: float, best: Pair, points: Sequence[Pair]) -> float:
    """The loss of the best line, or 0 if its residuals are only rounding errors."""
    slope, intercept = best
    terms = math.fsum((abs(slope * x) + abs(intercept) + abs(y)) ** 2 for x, y in points)
    return 0.0 if least <= ROUNDING**2 * terms else least


def _around(one: float, other: float) -> Pair:
    """(low, high) around two values, with a margin on both sides."""
    low, high = min(one, other), max(one, other)
    margin = max(0.75 * (high - low), 0.25 * max(abs(low), abs(high)), 0.5)
    return low - margin, high + margin


def line_fit_rates(points: Sequence[Pair], loss: Loss, domain: Sequence[Pair]) -> Rates:
    """Learning rates for a line fit, computed from the curvature of its loss and the width of its map.

    Gradient descent on a mean of squares is stable below 2/lambda_max, where lambda_max is the largest curvature; the
    rate is 0.3/lambda_max. For batches, lambda_max is that of the single point with the largest curvature. The
    gradients of `mae`, and of `huber` for large residuals, are bounded; for these losses the rate is at least such
    that a step can be seen on the map.

    Args:
        points: (feature, target), scaled if they are standardised.
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
        n_points=1 if loss.mean else len(points),
    )


def _descent_rate(mean: float, square: float, loss: Loss, length: float) -> float:
    """The rate of gradient descent for features with this mean and mean square."""
    # The largest eigenvalue of the Hessian, which is 2*[[square, mean], [mean, 1]].
    curvature = square + 1 + math.hypot(square - 1, 2 * mean)
    rate = 0.3 / curvature
    return rate if loss.least_squares else max(rate, length / math.sqrt(square + 1))
