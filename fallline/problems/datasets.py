"""The data sets for line fits."""

import math
from collections.abc import Sequence
from random import Random

from fallline.problems.dataset import Dataset, FitView, Table
from fallline.types import Pair

SPEEDS = (
    4, 4, 7, 7, 8, 9, 10, 10, 10, 11, 11, 12, 12, 12, 12, 13, 13, 13, 13, 14, 14, 14, 14, 15, 15,
    15, 16, 16, 17, 17, 17, 18, 18, 18, 18, 19, 19, 19, 20, 20, 20, 20, 20, 22, 23, 24, 24, 24, 24, 25,
)  # fmt: skip
DISTANCES = (
    2, 10, 4, 22, 16, 10, 18, 26, 34, 17, 28, 14, 20, 24, 28, 26, 34, 34, 46, 26, 36, 60, 80, 20, 26,
    54, 32, 40, 32, 40, 50, 42, 56, 76, 84, 36, 46, 68, 32, 48, 52, 56, 64, 66, 54, 70, 92, 93, 120, 85,
)  # fmt: skip
ANSCOMBE_X = (10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5)


def mean_and_deviation(column: Sequence[float]) -> Pair:
    """The mean and the population standard deviation; 1 in place of a deviation of 0."""
    mean = math.fsum(column) / len(column)
    return mean, math.sqrt(math.fsum((value - mean) ** 2 for value in column) / len(column)) or 1.0


def scaling(column: Sequence[float]) -> dict[str, float]:
    """The numbers by which a column is standardised, as values of a notice: the mean and the divisor."""
    mean, deviation = mean_and_deviation(column)
    return {"less": mean, "divided_by": deviation}


def standardized(column: Sequence[float]) -> list[float]:
    """The values scaled to mean 0 and population standard deviation 1; equal values all become 0."""
    mean, deviation = mean_and_deviation(column)
    return [(value - mean) / deviation for value in column]


def normal(random: Random) -> float:
    """Draw an approximately standard normal number: the sum of twelve uniform draws, less 6.

    It calls only `Random.random`, whose sequence is the same on every machine and Python version.
    """
    return sum(random.random() for _ in range(12)) - 6


def _pairs(x: tuple[float, ...], y: tuple[float, ...]) -> tuple[Pair, ...]:
    return tuple(zip(x, y, strict=True))


def _noisy_line() -> tuple[Pair, ...]:
    """A hundred points about target = 4 + 1.5*feature, every twelfth of them 8 to 14 too high."""
    random = Random(1973)
    points = []
    for i in range(100):
        feature = round(10 * random.random(), 2)
        noise = normal(random)
        outlier = 8 + 6 * random.random() if i % 12 == 5 else 0.0
        points.append((feature, round(4 + 1.5 * feature + noise + outlier, 2)))
    return tuple(points)


def _anscombe(name: str, label: str, summary: str, x: tuple[float, ...], y: tuple[float, ...]) -> Dataset:
    """One of Anscombe's four data sets, which have the same best line."""
    source = "Anscombe 1973, Graphs in statistical analysis, The American Statistician 27"
    view = FitView((1, 0), ((-2.5, 3.5), (-1.5, 4.5)))
    return Dataset(
        name=name, label=label, summary=summary, x_label="x", y_label="y", points=_pairs(x, y), source=source, raw=view
    )


_DATASETS = (
    Dataset(
        name="shoe_size",
        label="Shoe size and height",
        summary="Three points, few enough to do every step by hand.",
        x_label="shoe size (in a unit of its own)",
        y_label="height (in a unit of its own)",
        points=((0.6, 1.1), (0.8, 1.2), (1.1, 2.1)),
        source="Three made-up points of a lecture on optimizers",
        raw=FitView((1, 0), ((0, 3.4), (-1.7, 1.7))),
        opens_standardized=False,
    ),
    Dataset(
        name="house_prices",
        label="House prices",
        summary="Four homes whose prices run to 600,000: in raw units hardly any rate works.",
        x_label="area (square metres)",
        y_label="price (euros)",
        points=((32, 60000), (25, 70000), (80, 600000), (55, 450000)),
        source="Four made-up homes in Amiens, Lille, Versailles and Nice, of a lecture on optimizers",
        raw=FitView((1, 0), ((-4000, 18000), (-500000, 250000))),
        table=Table(
            ("area (square metres)", "rooms", "distance from train station", "city", "price (euros)"),
            (
                (32, 3, 5, "Amiens", 60000),
                (25, 1, 8, "Lille", 70000),
                (80, 4, 10, "Versailles", 600000),
                (55, 3, 10, "Nice", 450000),
            ),
            feature=0,
            target=4,
        ),
    ),
    Dataset(
        name="stopping_distance",
        label="Stopping distance",
        summary="How far fifty cars of the 1920s rolled on: the faster, the further, and the more they differ.",
        x_label="speed (miles an hour)",
        y_label="stopping distance (feet)",
        points=_pairs(SPEEDS, DISTANCES),
        source="Ezekiel 1930, Methods of Correlation Analysis; the data set `cars` of R",
        raw=FitView((1, 0), ((-18, 26), (-30, 14))),
    ),
    _anscombe(
        "anscombe_1", "Anscombe's first",
        "A line with honest scatter; the other three have nearly its means, variances, correlation and best line.",
        ANSCOMBE_X, (8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68),
    ),
    _anscombe(
        "anscombe_2", "Anscombe's second",
        "A curve: the best line is the same as for the first, below the points in the middle and above them at both "
        "ends.",
        ANSCOMBE_X, (9.14, 8.14, 8.74, 8.77, 9.26, 8.1, 6.13, 3.1, 9.13, 7.26, 4.74),
    ),
    _anscombe(
        "anscombe_3", "Anscombe's third",
        "A perfect line and one outlier: mae finds the line, huber comes nearer to it than the squares.",
        ANSCOMBE_X, (7.46, 6.77, 12.74, 7.11, 7.81, 8.84, 6.08, 5.39, 8.15, 6.42, 5.73),
    ),
    _anscombe(
        "anscombe_4", "Anscombe's fourth",
        "One far point alone decides the slope.",
        (8, 8, 8, 8, 8, 8, 8, 19, 8, 8, 8), (6.58, 5.76, 7.71, 8.84, 8.47, 7.04, 5.25, 12.5, 5.56, 7.91, 6.89),
    ),
    Dataset(
        name="noisy_line",
        label="Noisy line",
        summary="A hundred points about a line and eight outliers far above it: enough for batches and robust losses.",
        x_label="x",
        y_label="y",
        points=_noisy_line(),
        source="Made for this collection: target = 4 + 1.5*feature + noise, seed 1973",
        raw=FitView((1, 0), ((-2, 5), (-1, 6))),
    ),
)  # fmt: skip

DATASETS: dict[str, Dataset] = {dataset.name: dataset for dataset in _DATASETS}
