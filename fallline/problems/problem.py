"""A problem: an objective with its map, where a descent begins, and what is known of it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from fallline.formulas import FormulaError, parse
from fallline.notices import Notice
from fallline.problems.objective import Closed, Objective
from fallline.problems.surface import Minimum, Rates
from fallline.problems.surfaces import SURFACES
from fallline.types import Pair

ProblemKind = Literal["surface", "expression", "line_fit", "network"]
PLAIN_DOMAIN: Pair = (-5.0, 5.0)
"""The map of a formula of one's own, for each variable."""
PLAIN_START = (-4.0, 3.0)


@dataclass(frozen=True, eq=False)
class Problem:
    """Something to minimise, and what is known of it.

    Args:
        kind: where it comes from.
        objective: the loss and its gradient, as they are computed.
        domain: (low, high) of the map for each parameter; empty with more than two, of which there is no map.
        start: where a descent begins by default.
        minima: those known.
        rates: the learning rates that give a path to look at from `start`; None of a formula of one's own.
        notices: what a reader must know of the data, such as how they were scaled.
        seeded_start: seed -> where a descent begins, if that is drawn at random; `start` is then the one of seed 0.
        title: what the map of a loss of one's own is called.
        gradient_source: what its gradient is by, as `PyTorch`; empty where it is worked out from the formula.
    """

    kind: ProblemKind
    objective: Objective
    domain: tuple[Pair, ...]
    start: tuple[float, ...]
    minima: tuple[Minimum, ...] = ()
    rates: Rates | None = None
    notices: tuple[Notice, ...] = ()
    seeded_start: Callable[[int], tuple[float, ...]] | None = None
    title: str = ""
    gradient_source: str = ""

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of what is fitted, in order."""
        return self.objective.parameters

    def start_for(self, seed: int) -> tuple[float, ...]:
        """Where a descent with this seed begins by default."""
        return self.start if self.seeded_start is None else self.seeded_start(seed)

    def loss_at(self, values: tuple[float, ...]) -> float:
        """The loss at one point."""
        return self.objective.value_and_gradient_at(values)[0]


OWN_PROBLEMS: dict[str, Problem] = {}
"""Losses of one's own by name, which stand beside the surfaces of the catalog in the process that has them."""


@lru_cache(maxsize=64)
def surface_problem(name: str) -> Problem:
    """A surface of the catalog.

    Raises:
        KeyError: there is none of this name.
    """
    surface = SURFACES[name]
    loss = parse(surface.expression, ("x", "y"))
    return Problem("surface", Closed(("x", "y"), loss), surface.domain, surface.start, surface.minima, surface.rates)


@lru_cache(maxsize=256)
def expression_problem(text: str) -> Problem:
    """A formula of one's own: 2-D with `y` in it, 1-D with `x` alone.

    Raises:
        FormulaError: it does not parse, or names neither x nor y.
    """
    loss = parse(text, ("x", "y"))
    if not loss.names:
        raise FormulaError("no_variable", 1, 1)
    parameters = ("x", "y") if "y" in loss.names else ("x",)
    domain = (PLAIN_DOMAIN,) * len(parameters)
    return Problem("expression", Closed(parameters, loss), domain, PLAIN_START[: len(parameters)])
