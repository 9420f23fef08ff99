"""What a surface is: a loss of two parameters, with its map, its start and what is known of it."""

from dataclasses import dataclass
from typing import Literal

from fallline.types import InCatalog, Pair


@dataclass(frozen=True)
class Rates:
    """The learning rates at which a path on a landscape can be seen and does not run away.

    The rate of each optimizer follows from these and its `step_length`: `fallline/suggested.py`.

    Args:
        gradient: for optimizers whose step is the rate times a gradient.
        length: for optimizers whose step is about as long as the rate.
        batch_gradient: for optimizers whose step is the rate times the gradient of a batch; None without data.
        n_points: how many points the loss adds up, 1 for a mean. `gradient` and `batch_gradient` are for a mean; the
            gradient of a sum is larger by the number of points seen, and the rate is divided by it.
    """

    gradient: float
    length: float
    batch_gradient: float | None = None
    n_points: int = 1


@dataclass(frozen=True)
class Minimum:
    """A point with no lower one near it."""

    at: Pair
    """Where it lies."""
    loss: float
    """The loss there."""
    kind: Literal["global", "local"] = "global"
    """`global` where no point of the domain is lower."""
    smooth: bool = True
    """Whether the surface has derivatives there, so that they vanish."""


@dataclass(frozen=True, kw_only=True)
class Surface(InCatalog):
    """One surface, stated once."""

    expression: str
    """The loss as a formula over x and y."""
    domain: tuple[Pair, Pair]
    """The map it opens with, (low, high) for x and for y."""
    start: Pair
    """Where a descent begins."""
    rates: Rates
    """Learning rates that give a path to look at from the start."""
    minima: tuple[Minimum, ...] = (Minimum((0, 0), 0),)
    """Those known in the domain; the summary says so where there are more."""
    source: str = "Made for this collection"
    """Where the formula comes from."""
