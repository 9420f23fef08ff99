"""What is minimised, whole: the objective with the map that shows it, where a descent begins and what is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from app.formulas.language import FormulaError, parse
from app.problems.declaration import Minimum, Pair
from app.problems.objective import Closed, Objective, evaluate
from app.problems.surfaces import SURFACES

Kind = Literal["surface", "expression", "line_fit", "network"]
PLAIN_DOMAIN: Pair = (-5.0, 5.0)
"""The map of a formula of one's own, for each variable."""
PLAIN_START = (-4.0, 3.0)

Grid = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Problem:
    """Something to minimise, and the map of it.

    Args:
        kind: where it comes from.
        objective: the loss and its gradient as code.
        domain: (low, high) of the map for each parameter.
        start: where a descent begins by default.
        minima: those known.
        suggested: optimizer name -> learning rate that gives a path to look at from `start`.
        points: the (feature, target) points of a line fit, as they are fitted.
        standardized: whether its data were scaled to mean 0 and standard deviation 1.
        seeded_start: seed -> where a descent begins, if that is drawn; `start` is then that of seed 0.
    """

    kind: Kind
    objective: Objective
    domain: tuple[Pair, ...]
    start: tuple[float, ...]
    minima: tuple[Minimum, ...] = ()
    suggested: Mapping[str, float] = field(default_factory=dict)
    points: tuple[Pair, ...] | None = None
    standardized: bool = False
    seeded_start: Callable[[int], tuple[float, ...]] | None = None

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of what is fitted, in order."""
        return self.objective.parameters

    def start_for(self, seed: int) -> tuple[float, ...]:
        """Where a descent with this seed begins by default."""
        return self.start if self.seeded_start is None else self.seeded_start(seed)

    def loss_at(self, values: tuple[float, ...]) -> float:
        """The loss at one point."""
        return evaluate(self.objective, values)[0]

    def landscape(self, domain: tuple[Pair, ...], resolution: int) -> tuple[Grid, Grid | None, Grid]:
        """The loss on a grid.

        Args:
            domain: (low, high) of each parameter.
            resolution: points along each side.

        Returns:
            x and y of the grid, and the loss as `loss[j][i]` at `y[j]`, `x[i]`; y is None with one parameter. Where
            the loss is not a finite number it is inf or nan.
        """
        axes = [np.linspace(low, high, resolution) for low, high in domain]
        shaped: list[Any] = [axes[0]] if len(axes) == 1 else [axes[0][None, :], axes[1][:, None]]
        loss = np.broadcast_to(self.objective.value(shaped), (resolution,) * len(axes))
        return axes[0], axes[1] if len(axes) > 1 else None, loss


@lru_cache(maxsize=64)
def surface_problem(name: str) -> Problem:
    """A surface of the catalog.

    Raises:
        KeyError: there is none of this name.
    """
    surface = SURFACES[name]
    loss = parse(surface.expression, ("x", "y"))
    return Problem(
        "surface", Closed(("x", "y"), loss), surface.domain, surface.start, surface.minima, surface.suggested
    )  # fmt: skip


@lru_cache(maxsize=256)
def expression_problem(text: str) -> Problem:
    """A formula of one's own: 2-D with `y` in it, 1-D with `x` alone.

    Raises:
        FormulaError: it does not parse, or names neither x nor y.
    """
    loss = parse(text, ("x", "y"))
    if not loss.names:
        raise FormulaError("the formula has neither x nor y", 1, 1, "", "With x alone it is a curve, with y a surface.")
    parameters = ("x", "y") if "y" in loss.names else ("x",)
    domain = (PLAIN_DOMAIN,) * len(parameters)
    return Problem("expression", Closed(parameters, loss), domain, PLAIN_START[: len(parameters)])
