"""The declaration of a data set of the line fit."""

from dataclasses import dataclass

from fallline.types import Described, InCatalog, Pair


@dataclass(frozen=True)
class FitView:
    """The default start as (slope, intercept), and the domain of the map: (low, high) of each."""

    start: Pair
    domain: tuple[Pair, Pair]


@dataclass(frozen=True)
class Table(Described):
    """The data as they were published, with columns that the line fit does not use."""

    columns: tuple[str, ...]
    """The names of the columns, with their units."""
    rows: tuple[tuple[int | float | str, ...], ...]
    """One row for each point, in the order of `points`: a number or a word for each column."""
    feature: int
    """The index, from 0, of the column that is the feature of the line fit."""
    target: int
    """The index, from 0, of the column that is the target of the line fit."""


@dataclass(frozen=True, kw_only=True)
class Dataset(InCatalog):
    """Points to fit a line to."""

    x_label: str
    """The name of the feature, with its unit."""
    y_label: str
    """The name of the target, with its unit."""
    points: tuple[Pair, ...]
    """(feature, target) pairs."""
    source: str
    """The origin of the data."""
    raw: FitView
    """The start and the map in the original units."""
    standardized: FitView = FitView((-1, 1.5), ((-1.8, 2.2), (-2, 2)))
    """The start and the map with feature and target standardised."""
    opens_standardized: bool = True
    """Whether a page opens with the standardised view, because the raw one shows little."""
    table: Table | None = None
    """The data with all their columns; null if there are only feature and target."""
