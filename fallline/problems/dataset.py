"""What a data set of the line fit is."""

from dataclasses import dataclass

from fallline.types import Described, InCatalog, Pair


@dataclass(frozen=True)
class FitView:
    """Where a descent begins, as (slope, intercept), and the map it is shown on: (low, high) of each."""

    start: Pair
    domain: tuple[Pair, Pair]


@dataclass(frozen=True)
class Table(Described):
    """Data as they were written down, with columns that the line fit leaves out."""

    columns: tuple[str, ...]
    """What they are called, with their units."""
    rows: tuple[tuple[int | float | str, ...], ...]
    """Of each point, in order, a number or a word for each column."""
    feature: int
    """The column, from 0, that the line is fitted over."""
    target: int
    """The column, from 0, that it is fitted to."""


@dataclass(frozen=True, kw_only=True)
class Dataset(InCatalog):
    """Points to fit a line to."""

    x_label: str
    """What is measured, with its unit."""
    y_label: str
    """What is measured, with its unit."""
    points: tuple[Pair, ...]
    """(feature, target) pairs."""
    source: str
    """Where they come from."""
    raw: FitView
    """The view in the units as they are."""
    standardized: FitView = FitView((-1, 1.5), ((-1.8, 2.2), (-2, 2)))
    """The view with both columns standardised."""
    opens_standardized: bool = True
    """Whether the standardised view is the one to begin with, as the other shows little."""
    table: Table | None = None
    """The data with more columns; null where there are no more."""
