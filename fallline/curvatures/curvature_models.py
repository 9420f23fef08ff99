"""The request for the curvature at a row of a run, and its reply."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from fallline.descent import Run
from fallline.descent.residual import ResidualPolynomial
from fallline.hyperparameters import Interval
from fallline.notices import WithNotices
from fallline.problems.spectrum import MOST_PRODUCTS
from fallline.spec.fields import Nullable, real, whole_number
from fallline.spec.models import Axis, SingleSpec, examples
from fallline.types import Described, Finite, Listed, Matrix

MOST_ROWS = 1000
"""The most rows of a run at which one request computes the curvature."""


class CurvatureSpec(SingleSpec):
    """A spec with one optimizer, and the row of its run at which the curvature is computed."""

    model_config = examples(
        {
            "problem": {"expression": "x^2 + 10*y^2"},
            "optimizers": [{"name": "heavy_ball", "learning_rate": 0.02, "beta": 0.8}],
            "t": 0,
        },
        {
            "problem": {"surface": "ravine"},
            "optimizers": [{"name": "adam", "learning_rate": 0.5}],
            "stop": {"max_steps": 400},
            "every": 20,
        },
        {
            "problem": {"expression": "x^2"},
            "optimizers": [{"name": "heavy_ball"}],
            "domain": [[0, 4], [0, 0.999]],
        },
    )

    t: Annotated[int, whole_number(0, math.inf)] = Field(0, description="The row; 0 is the start.")
    every: Annotated[int, whole_number(1, math.inf)] | None = Field(
        None,
        description=f"Also return the largest curvature at every so many rows of the run, at most at {MOST_ROWS} rows.",
    )
    predicted: Annotated[bool, Field(strict=True), Nullable] = Field(
        False,
        description="Also return the path that the modes of a quadratic predict, which the run follows up to rounding.",
    )
    curve: Annotated[bool, Field(strict=True), Nullable] = Field(
        False, description="Also return the roots of each mode for other learning rates, from far below the best to "
        "above the largest stable one.",
    )  # fmt: skip
    domain: Annotated[list[Axis], Field(min_length=2, max_length=2)] | None = Field(
        None, description="Also return the factor of a step over a plane. Its axes are the learning rate times the "
        "curvature, at least 0, and the hyperparameter of momentum: [low, high] of each.",
    )  # fmt: skip
    lambda_: Annotated[float, real(Interval(low=0, low_open=True))] = Field(
        1.0,
        alias="lambda",
        description="The curvature on that plane; it has an effect only for rules with weight decay.",
    )
    polynomial: Annotated[bool, Field(strict=True), Nullable] = Field(
        False, description="Also return the residual polynomial: the share of a distance that is left on a quadratic "
        "after the steps to that row, as a polynomial of the curvature.",
    )  # fmt: skip

    def cost(self, runs: Sequence[Run]) -> float:
        """The operations of a step of the run, with those of the curvature divided by `every`."""
        objective = runs[0].problem.objective
        row = min(len(objective.parameters), MOST_PRODUCTS) * objective.cost(2)
        return super().cost(runs) + (row / self.every if self.every else 0.0)


@dataclass(frozen=True)
class Mode(Described):
    """An eigenvector of the Hessian, along which a quadratic is independent of the other directions."""

    eigenvalue: float
    """The curvature along the mode: an eigenvalue of the Hessian, or of the preconditioned Hessian."""
    direction: list[float] | None
    """A vector of length 1 along the mode, one number for each parameter; null for more than two parameters."""
    roots: list[tuple[float, float]] | None
    """The roots of the characteristic polynomial of a step along the mode, as [real, imaginary], the largest first;
    null if the rule has no roots."""
    factor: float | None
    """The factor by which a step multiplies the distance along the mode in the long run: the absolute value of the
    largest root; null if the rule has no roots."""
    stable: bool | None
    """Whether the factor is below 1; null if the rule has no roots."""


@dataclass(frozen=True)
class Leaving(Described):
    """How a run leaves a saddle, along the only direction of negative curvature."""

    distance: float
    """The run has left the saddle once it is further away than this along that direction: a tenth of the map's width.
    """
    predicted: int | None
    """The number of steps from the row until it has left, as predicted from the curvature at the row; null if it would
    not have left by the last step."""
    counted: int | None
    """The number of steps that the run really takes; null if it has not left by the last step."""


@dataclass(frozen=True)
class CurvatureColumns(Described):
    """The largest curvature along the run."""

    t: list[int]
    """The rows at which it was computed."""
    lambda_max: Finite
    """The largest eigenvalue of the Hessian, or of the preconditioned Hessian, at each of these rows; null if it is not
    finite."""
    limit: Finite
    """The curvature above which a mode grows, with the learning rate in force at the row; null if there is no limit."""
    crosses: int | None = None
    """The first step from a row at which the largest curvature is above the limit, which need not be one of `t`; null
    if there is none."""
    least: int | None = None
    """The row of the least loss before the run leaves the minimum; null if it does not leave."""
    leaves: int | None = None
    """The first row after `crosses` whose loss is above the least by more than 1/10,000 of the descent from the start;
    null if there is none."""


@dataclass(frozen=True)
class RootCurve(Described):
    """The roots of each mode for other learning rates."""

    learning_rate: list[float]
    """Learning rates with equal ratios, from far below that of the run and the best to above the largest stable one."""
    roots: list[list[list[tuple[float, float]]]]
    """For each mode and each of these rates: the roots, as [real, imaginary], the largest first."""


@dataclass(frozen=True)
class StabilityPlane(Described):
    """The factor of a mode, over the learning rate times the curvature and the hyperparameter of momentum."""

    parameter: str | None
    """The name of the hyperparameter of momentum; null if the rule has none, and then there is only one row."""
    product: list[float]
    """Values of the learning rate times the curvature, whose square roots are evenly spaced."""
    momentum: list[float]
    """Values of the hyperparameter, evenly spaced; empty if the rule has none."""
    factor: list[list[float | None]]
    """`factor[j][i]` at `momentum[j]`, `product[i]`: the factor by which a step multiplies the distance along the mode
    in the long run."""
    real: list[list[float | None]]
    """The real part of the largest root, at the same places."""
    discriminant: list[list[float | None]]
    """The discriminant of the characteristic polynomial, at the same places: below 0 two roots are complex, and the
    distance oscillates."""
    edge: list[float | None]
    """For each value of `momentum`, the product above which the mode grows; null if it does not grow on the plane."""


@dataclass(frozen=True, kw_only=True)
class CurvatureAtRow(WithNotices):
    """The curvature at a row, and how a step changes the distance along each mode."""

    t: int
    """The row."""
    at: Listed
    """The point of the row."""
    of: Literal["loss", "preconditioned"]
    """`loss` if the modes are those of the Hessian H; `preconditioned` if they are those of D^-1/2 H D^-1/2, where the
    rule divides the gradient by D."""
    scale: list[float] | None
    """1/D, one number for each parameter: the factor by which a constant gradient is multiplied in a step, divided by
    the learning rate; null if `of` is `loss`."""
    hessian: Matrix | None
    """The second derivatives of the loss; null for more than two parameters."""
    modes: list[Mode]
    """The modes, by ascending eigenvalue; for a network, the six with the largest absolute eigenvalues."""
    condition_number: float | None
    """The largest eigenvalue of the Hessian divided by the smallest; null unless both are above 0, or for a network."""
    learning_rate_max: float | None
    """The learning rate above which the mode with the largest curvature grows; null if the rule has no such rate."""
    learning_rate_best: float | None
    """The learning rate with which the slowest mode shrinks fastest; the least one if several are equally fast."""
    learning_rate_best_to: float | None
    """The largest learning rate that is equally fast as `learning_rate_best`."""
    factor_best: float | None
    """The factor of the slowest mode with `learning_rate_best`."""
    limit: float | None
    """The curvature above which a mode grows, with the learning rate in force; null if the rule has no such limit."""
    predicted: dict[str, Finite] | None = None
    """Parameter -> its values at all rows, computed from the modes alone; null unless requested, if the loss is not
    quadratic, or if steps change."""
    covariance: Matrix | None = None
    """With noise, or with batches and a quadratic loss: the stationary covariance of the run around the minimum, from
    Lyapunov's equation; null without noise and batches, without a stable minimum, and for rules that divide the
    gradient."""
    center: list[float] | None = None
    """This minimum, to which one step of Newton's method leads."""
    excess: float | None = None
    """How much the loss is above that of the minimum then, on average and to second order."""
    excess_share: float | None = None
    """`excess` divided by the loss at the minimum; null if that is not above 0."""
    leaving: Leaving | None = None
    """How the run leaves the saddle next to the row; null if there is none, if the run has left it, or if steps change.
    """
    columns: CurvatureColumns | None = None
    """The largest curvature along the run; null unless requested by `every`."""
    curve: RootCurve | None = None
    """The roots for other learning rates; null unless requested, and if the rule has no roots."""
    values: dict[str, float]
    """The hyperparameters in force in the step from the row, with `learning_rate` after its schedule."""
    momentum: str | None
    """The name of the hyperparameter of momentum, an axis of `plane`; null if the rule has none."""
    plane: StabilityPlane | None = None
    """The factors over a plane; null unless requested by `domain`, and if the rule has no roots."""
    polynomial: ResidualPolynomial | None = None
    """The residual polynomial of the steps to the row; null unless requested, and if it does not exist for this rule
    and loss."""
