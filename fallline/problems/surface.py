"""The declaration of a surface: a loss of two parameters, with its map, its start and its known minima."""

from dataclasses import dataclass
from typing import Literal

from fallline.types import InCatalog, Pair


@dataclass(frozen=True)
class Rates:
    """Learning rates at which a path on a landscape is visible and does not diverge.

    `fallline/suggested.py` computes from them and from its `step_length` the rate of each optimizer.

    Args:
        gradient: for optimizers whose step is the rate times a gradient.
        length: for optimizers whose step is about as long as the rate.
        batch_gradient: for optimizers whose step is the rate times the gradient of a batch; None without data.
        n_points: the number of points that the loss adds up; 1 if it is a mean. `gradient` and `batch_gradient` are
            for a mean. The gradient of a sum is larger by the number of points used, so the rate is divided by that.
    """

    gradient: float
    length: float
    batch_gradient: float | None = None
    n_points: int = 1


@dataclass(frozen=True)
class Minimum:
    """A minimum of a surface."""

    at: Pair
    """Its position, as (x, y)."""
    loss: float
    """The loss there."""
    kind: Literal["global", "local"] = "global"
    """`global` if no point of the domain is lower."""
    smooth: bool = True
    """Whether the surface is differentiable there, with gradient 0."""


@dataclass(frozen=True, kw_only=True)
class Surface(InCatalog):
    """A surface of the catalog."""

    expression: str
    """The loss as a formula in x and y."""
    domain: tuple[Pair, Pair]
    """(low, high) of the default map, for x and for y."""
    start: Pair
    """The default start of a run."""
    rates: Rates
    """Learning rates that give visible paths from the start."""
    minima: tuple[Minimum, ...] = (Minimum((0, 0), 0),)
    """The known minima in the domain; if there are more, the summary says so."""
    source: str = "Made for this collection"
    """The origin of the formula."""
