"""How a surface and a data set of the line fit are declared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from fallline.formulas import FormulaError, parse
from fallline.types import Pair


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
    """A point with no lower one near it.

    Args:
        at: where it lies; loss: the loss there.
        kind: `global` where no point of the domain is lower.
        smooth: whether the surface has derivatives there, so that they vanish.
    """

    at: Pair
    loss: float
    kind: Literal["global", "local"] = "global"
    smooth: bool = True


@dataclass(frozen=True)
class Surface:
    """One surface, stated once.

    Args:
        name: permanent, snake_case; label: as a person reads it.
        summary: one sentence on what it is good for.
        expression: the loss as a formula over x and y.
        domain: the map it opens with, (low, high) for x and for y.
        start: where a descent begins.
        minima: those known in the domain; the summary says so where there are more.
        rates: learning rates that give a path to look at from the start.
        source: where the formula comes from.
        unlisted_minima: how many smooth minima in the domain are not among `minima`.

    Raises:
        ValueError: the expression does not parse, or the fields do not go together; the message names the field.
    """

    name: str
    label: str
    summary: str
    expression: str
    domain: tuple[Pair, Pair]
    start: Pair
    minima: tuple[Minimum, ...]
    rates: Rates
    source: str
    unlisted_minima: int = 0

    def __post_init__(self) -> None:
        try:
            names = parse(self.expression, ("x", "y")).names
        except FormulaError as error:
            raise ValueError(f'surface "{self.name}": expression: {error}') from error
        if names != {"x", "y"}:
            raise ValueError(f'surface "{self.name}": expression must read both x and y')
        for field, at in (("start", self.start), *(("minima", minimum.at) for minimum in self.minima)):
            if not all(low < value < high for (low, high), value in zip(self.domain, at, strict=True)):
                raise ValueError(f'surface "{self.name}": {field} has {at}, which is not inside domain')


@dataclass(frozen=True)
class FitView:
    """Where a descent begins, as (slope, intercept), and the map it is shown on: (low, high) of each."""

    start: Pair
    domain: tuple[Pair, Pair]


@dataclass(frozen=True)
class Table:
    """Data as they were written down, with columns that the line fit leaves out.

    Args:
        columns: what they are called, with their units.
        rows: of each point, in order, a number or a word for each column.
        feature, target: which columns are fitted.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[float | str, ...], ...]
    feature: int
    target: int


@dataclass(frozen=True)
class Dataset:
    """Points to fit a line to.

    Args:
        name: permanent, snake_case; label: as a person reads it.
        summary: one sentence on what it is good for.
        x_label, y_label: what is measured, with its unit.
        points: (feature, target) pairs.
        source: where they come from.
        raw, standardized: the view in the units as they are, and with both columns standardised.
        opens_standardized: whether the standardised view is the one to begin with, as the other shows little.
        table: with more columns, None where there are no more.
    """

    name: str
    label: str
    summary: str
    x_label: str
    y_label: str
    points: tuple[Pair, ...]
    source: str
    raw: FitView
    standardized: FitView = FitView((-1, 1.5), ((-1.8, 2.2), (-2, 2)))
    opens_standardized: bool = True
    table: Table | None = None
