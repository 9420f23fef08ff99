"""What is asked of the curvature at a row of a run, and what is told of it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Annotated, Any, Literal

from pydantic import Field

from fallline.descent import Run
from fallline.descent.residual import ResidualPolynomial
from fallline.hyperparameters import Interval
from fallline.notices import Notice
from fallline.problems.spectrum import MOST_PRODUCTS
from fallline.spec.fields import Nullable, real, whole_number
from fallline.spec.models import Axis, SingleSpec, examples
from fallline.types import Described, Finite

MOST_ROWS = 1000
"""At so many rows of a run the curvature is told at the most."""


class CurvatureSpec(SingleSpec):
    """A spec with one optimizer, and the row of its run at which the curvature is wanted."""

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

    t: Annotated[int, whole_number(0, math.inf)] = Field(0, description="The row, from 0, the start, to the last.")
    every: Annotated[int, whole_number(1, math.inf)] | None = Field(
        None, description=f"Also the largest curvature at every so many rows of the run, at most {MOST_ROWS} of them."
    )
    predicted: Annotated[bool, Field(strict=True), Nullable] = Field(
        False, description="Also the path that the modes of a quadratic predict, which the run follows to rounding."
    )
    curve: Annotated[bool, Field(strict=True), Nullable] = Field(
        False, description="Also the roots of each mode with other learning rates, from far below the best to past the "
        "largest.",
    )  # fmt: skip
    domain: Annotated[list[Axis], Field(min_length=2, max_length=2)] | None = Field(
        None, description="Also what a step keeps over a plane: [low, high] of the learning rate times the curvature, "
        "from 0, and of the hyperparameter of momentum.",
    )  # fmt: skip
    lambda_: Annotated[float, real(Interval(low=0, low_open=True))] = Field(
        1.0, alias="lambda", description="The curvature on that plane; it matters only to rules with a decay."
    )
    polynomial: Annotated[bool, Field(strict=True), Nullable] = Field(
        False, description="Also what the steps to that row leave of a distance on a quadratic, as a polynomial of the "
        "curvature.",
    )  # fmt: skip

    def cost(self, runs: Sequence[Run]) -> float:
        """Operations of a step of the run, and of the curvature at its share of a row."""
        objective = runs[0].problem.objective
        row = min(len(objective.parameters), MOST_PRODUCTS) * objective.cost(2)
        return super().cost(runs) + (row / self.every if self.every else 0.0)


@dataclass(frozen=True)
class Mode(Described):
    """A direction in which the loss is curved, by itself."""

    eigenvalue: float
    """The curvature along it, of the Hessian, or of the preconditioned one."""
    direction: list[float] | None
    """Of length 1, one number for each parameter; null of more than two."""
    roots: list[tuple[float, float]] | None
    """Those of the characteristic polynomial of a step, as [real, imaginary], the largest first; null where the rule
    has none."""
    factor: float | None
    """What is kept a step of the distance in the long run, the size of the largest root; null likewise."""
    stable: bool | None
    """Whether the factor is below 1."""


@dataclass(frozen=True)
class Leaving(Described):
    """How a run leaves a saddle, along the one direction that falls."""

    distance: float
    """From the saddle along it, beyond which the run has left: a tenth of the width of the map."""
    predicted: int | None
    """The steps from the row until then, as the curvature there predicts; null where it does not by the last step."""
    counted: int | None
    """The steps that the run takes; null likewise."""


@dataclass(frozen=True)
class CurvatureColumns(Described):
    """The largest curvature along the run."""

    t: list[int]
    """The rows."""
    lambda_max: Finite
    """The largest eigenvalue there, of the Hessian, or of the preconditioned one; null where it is not finite."""
    limit: Finite
    """Beyond which a mode grows, at the rate in force there; null where there is no limit."""
    crosses: int | None = None
    """The first step, told or not, that sets off where the largest curvature is beyond the limit; null where none."""
    least: int | None = None
    """The row of the least loss before the run leaves; null where it does not."""
    leaves: int | None = None
    """The first row after that whose loss lies more than 1/10,000 of the descent from the start above the least."""


@dataclass(frozen=True)
class RootCurve(Described):
    """What other learning rates would make of each mode."""

    learning_rate: list[float]
    """By equal ratios, from far below the best and the run's own to past the largest stable one."""
    roots: list[list[list[tuple[float, float]]]]
    """Of each mode, with each of these rates: [real, imaginary], the largest first."""


@dataclass(frozen=True)
class StabilityPlane(Described):
    """What a step makes of a mode, over the learning rate times its curvature and the hyperparameter of momentum."""

    parameter: str | None
    """That hyperparameter; null where the rule has none, and there is one row."""
    product: list[float]
    """Rates times curvature, evenly spaced by their square roots."""
    momentum: list[float]
    """Values of the hyperparameter, evenly spaced; none where there is none."""
    factor: list[list[float | None]]
    """`factor[j][i]` at `momentum[j]`, `product[i]`: what is kept a step of the distance in the long run."""
    real: list[list[float | None]]
    """The real part of the largest root, likewise."""
    discriminant: list[list[float | None]]
    """Of the characteristic polynomial: below 0 two roots are complex, and the distance swings."""
    edge: list[float | None]
    """The product beyond which it grows, of each row; null where it grows nowhere on the plane."""


@dataclass(frozen=True, kw_only=True)
class CurvatureAtRow(Described):
    """What a row's curvature asks, and what the optimizer makes of it."""

    t: int
    at: list[float]
    """The point."""
    of: Literal["loss", "preconditioned"]
    """Whether the modes are of the Hessian, or of the one that the rule's own division leaves, D^-1/2 H D^-1/2."""
    scale: list[float] | None
    """1/D, one number a parameter: what a gradient that stays the same comes to be multiplied by in a step, over the
    rate; null of the loss itself."""
    hessian: list[list[float]] | None
    """The second derivatives of the loss; null of more than two parameters."""
    modes: list[Mode]
    """From the smallest eigenvalue; of a network the six largest in size."""
    condition_number: float | None
    """The largest eigenvalue over the smallest; null where one is not above 0, and of a network."""
    learning_rate_max: float | None
    """Beyond it the largest curvature grows; null where the rule has no such rate."""
    learning_rate_best: float | None
    """The rate with which the slowest mode shrinks fastest; where a range of them is equally fast, the least."""
    learning_rate_best_to: float | None
    """The largest that is equally fast."""
    factor_best: float | None
    """What the slowest mode keeps a step at that rate."""
    limit: float | None
    """The curvature beyond which a mode grows, at the rate in force; null where the rule has no such limit."""
    predicted: dict[str, Finite] | None = None
    """Parameter -> its values at each row by the modes alone, where asked for; null where the loss is no quadratic, or
    where steps change."""
    covariance: list[list[float]] | None = None
    """With noise, and with batches of a quadratic loss: the stationary covariance in which the run comes to rattle
    around the minimum, from Lyapunov's equation; null without either, without a stable minimum, and of rules that
    divide."""
    center: list[float] | None = None
    """That minimum, as one step of Newton's method leads to it."""
    excess: float | None = None
    """By how much the loss then lies above the minimum on average, to second order."""
    excess_share: float | None = None
    """The same over the loss at the minimum; null where that is not above 0."""
    leaving: Leaving | None = None
    """Near a saddle; null elsewhere, once it has been left, and where steps change."""
    columns: CurvatureColumns | None = None
    """Where asked for by `every`."""
    curve: RootCurve | None = None
    """Where asked for; null where the rule has no roots."""
    values: dict[str, float]
    """The hyperparameters in force in the step from there, `learning_rate` after its schedule."""
    momentum: str | None
    """The hyperparameter of momentum, over which the plane of `domain` goes; null where the rule has none."""
    plane: StabilityPlane | None = None
    """Where asked for by `domain`; null where the rule has no roots."""
    polynomial: ResidualPolynomial | None = None
    """Where asked for; null where what steps leave is no polynomial of the curvature alone."""
    notes: list[str]
    """What a reader must know."""
    notices: list[Notice]
    """The same as codes and values."""

    def reply(self) -> dict[str, Any]:
        """Its fields as the REST API names them."""
        return asdict(self)
