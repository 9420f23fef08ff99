"""A problem: an objective with its map, its default start and its known minima."""

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
"""The domain of a formula of one's own, for each variable."""
PLAIN_START = (-4.0, 3.0)


@dataclass(frozen=True, eq=False)
class Problem:
    """An objective, with its map, its default start and its known minima.

    Args:
        kind: where the objective comes from.
        objective: computes the loss and its gradient.
        domain: (low, high) of the map for each parameter; empty with more than two parameters, which have no map.
        start: the default start of a run.
        minima: the known ones.
        rates: learning rates that give visible paths from `start`; None for a formula of one's own.
        notices: notices about the data, such as how they were scaled.
        seeded_start: returns the default start for a seed, if it is drawn at random; `start` is then that of seed 0.
        title: the title of the map of a loss of one's own.
        gradient_source: what computes the gradient, such as `PyTorch`; empty if it is derived from the formula.
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
        """The names of the parameters, in order."""
        return self.objective.parameters

    def start_for(self, seed: int) -> tuple[float, ...]:
        """The default start of a run with this seed."""
        return self.start if self.seeded_start is None else self.seeded_start(seed)

    def loss_at(self, values: tuple[float, ...]) -> float:
        """The loss at one point."""
        return self.objective.value_and_gradient_at(values)[0]


OWN_PROBLEMS: dict[str, Problem] = {}
"""Losses of one's own by name. They exist only in the process that defined them, beside the surfaces of the catalog."""


@lru_cache(maxsize=64)
def surface_problem(name: str) -> Problem:
    """A surface of the catalog.

    Raises:
        KeyError: no surface has this name.
    """
    surface = SURFACES[name]
    loss = parse(surface.expression, ("x", "y"))
    return Problem("surface", Closed(("x", "y"), loss), surface.domain, surface.start, surface.minima, surface.rates)


@lru_cache(maxsize=256)
def expression_problem(text: str) -> Problem:
    """A formula of one's own: of two parameters if it contains `y`, of one if it contains only `x`.

    Raises:
        FormulaError: it does not parse, or names neither x nor y.
    """
    loss = parse(text, ("x", "y"))
    if not loss.names:
        raise FormulaError("no_variable", 1, 1)
    parameters = ("x", "y") if "y" in loss.names else ("x",)
    domain = (PLAIN_DOMAIN,) * len(parameters)
    return Problem("expression", Closed(parameters, loss), domain, PLAIN_START[: len(parameters)])
