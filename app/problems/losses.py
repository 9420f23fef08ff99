"""The losses of the line fit."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from app.formulas.language import parse
from app.formulas.nodes import Node, substitute
from app.formulas.source_text import to_source

RESIDUAL = parse("target - prediction", ("target", "prediction"))
"""The residual of one point."""


@dataclass(frozen=True)
class Loss:
    """How far predictions are from targets.

    Args:
        name: permanent, snake_case; label: as a person reads it.
        summary: one sentence on what it does.
        of_residual: the loss of one point, a formula over `residual`, which is target - prediction.
        mean: whether the points' losses are averaged; otherwise they are added up.
        least_squares: whether the least-squares line is where it is least.
    """

    name: str
    label: str
    summary: str
    of_residual: str
    mean: bool
    least_squares: bool

    @cached_property
    def formula(self) -> Node:
        """The loss of one point as a formula over `residual` alone."""
        return parse(self.of_residual, ("residual",))

    @cached_property
    def expression(self) -> str:
        """The loss of one point as a formula over `target` and `prediction`."""
        return to_source(substitute(self.formula, {"residual": RESIDUAL}))


_LOSSES = (
    Loss(
        name="ssr",
        label="Sum of squared residuals",
        summary="Adds up the squared distances; its gradient grows with the number of points.",
        of_residual="residual**2",
        mean=False,
        least_squares=True,
    ),
    Loss(
        name="mse",
        label="Mean squared error",
        summary="The average squared distance: the same valley, with a gradient that does not grow with the data.",
        of_residual="residual**2",
        mean=True,
        least_squares=True,
    ),
    Loss(
        name="mae",
        label="Mean absolute error",
        summary="The average distance: an outlier counts no more than its distance, and the valley has a kink.",
        of_residual="abs(residual)",
        mean=True,
        least_squares=False,
    ),
    Loss(
        name="huber",
        label="Huber loss",
        summary="Squared up to a distance of 1 and straight beyond it: smooth, and calm about outliers.",
        of_residual="where(abs(residual) <= 1, residual**2/2, abs(residual) - 1/2)",
        mean=True,
        least_squares=False,
    ),
)

LOSSES: dict[str, Loss] = {loss.name: loss for loss in _LOSSES}
