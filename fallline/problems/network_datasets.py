"""The data sets for networks, and the problem of training a network on one of them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from random import Random
from typing import Literal

import numpy as np

from fallline.notices import Notice, notice
from fallline.problems.datasets import normal, scaling, standardized
from fallline.problems.network import Network
from fallline.problems.network_functions import ACTIVATIONS, NETWORK_LOSSES
from fallline.problems.problem import Problem
from fallline.problems.surface import Rates
from fallline.types import Array, InCatalog, Pair

SampleRows = tuple[tuple[float, ...], ...]
Kind = Literal["classification", "regression"]

HERE = "Made for this collection"
WEIGHTS: Pair = (-3.0, 3.0)
"""The domain of weight and bias, on the map of a network that has only these two parameters."""


@dataclass(frozen=True, kw_only=True)
class NetworkDataset(InCatalog):
    """Samples for a network to learn, and the network that suits them."""

    inputs: tuple[str, ...]
    """The names of the inputs, with their units."""
    target: str
    """The name of the target, with its unit."""
    kind: Kind = "classification"
    """Whether targets are the labels 0 and 1 of a classification, or numbers."""
    rows: SampleRows
    """One row for each sample: its inputs, then its target."""
    source: str
    """The origin of the samples."""
    hidden: tuple[int, ...]
    """By default, the number of neurons in each hidden layer, from the first on."""
    activation: str = "tanh"
    """By default, the activation of the hidden neurons."""
    loss: str
    """By default, the loss."""
    rates: Rates
    """Learning rates with which the default network learns the samples."""
    one_hot: frozenset[str] = frozenset()
    """The `inputs` that are one-hot: 1 in the column of the sample's category, 0 in the others; never scaled."""
    always_standardized: bool = False
    """Whether inputs and targets are scaled even if a spec does not ask for it."""
    note: str | None = None
    """A remark on its numbers for the reader of a run."""

    @property
    def scaled(self) -> list[str]:
        """The names of the columns that standardising scales."""
        inputs = [name for name in self.inputs if name not in self.one_hot]
        return [*inputs, self.target] if self.kind == "regression" else inputs


@lru_cache(maxsize=64)
def network_problem(
    data: str | NetworkDataset,
    hidden: tuple[int, ...] | None = None,
    activation: str | None = None,
    loss: str | None = None,
    standardize: bool = False,
) -> Problem:
    """The problem of training a network on a data set.

    Args:
        data: the data set, or its name in the catalog. It declares the values of the next three that are None.
        hidden: the number of neurons in each hidden layer, from the first on; empty for no hidden layer.
        activation: the name of the activation of the hidden neurons; loss: the name of a loss of networks.
        standardize: scale inputs, and the targets of a regression, to mean 0 and (population) standard deviation 1; a
            constant column becomes 0. Labels and one-hot columns are not scaled.

    Raises:
        KeyError: there is no such data set, activation or loss.
        ValueError: the loss takes labels, and the targets are numbers.
    """
    dataset = NETWORK_DATASETS[data] if isinstance(data, str) else data
    chosen = NETWORK_LOSSES[loss or dataset.loss]
    if chosen.labels and dataset.kind == "regression":
        raise ValueError(f"{chosen.name} takes the labels 0 and 1, and the targets of {dataset.name} are numbers")
    standardize = standardize or dataset.always_standardized
    inputs, targets, notices = _samples(dataset, standardize)
    hidden = dataset.hidden if hidden is None else hidden
    network = Network(inputs, targets, hidden, ACTIVATIONS[activation or dataset.activation], chosen)
    return Problem(
        kind="network",
        objective=network,
        domain=(WEIGHTS, WEIGHTS) if len(network.parameters) == 2 else (),
        start=network.start(0),
        seeded_start=network.start,
        rates=dataset.rates,
        notices=notices,
    )


def _samples(dataset: NetworkDataset, standardize: bool) -> tuple[Array, Array, tuple[Notice, ...]]:
    """The inputs (samples, features), the targets (samples,), and notices that say how they were scaled."""
    table = np.array(dataset.rows, dtype=np.float64)
    notices = []
    if dataset.note:
        notices.append(notice("dataset_note", dataset=dataset.name, note=dataset.note))
    if standardize:
        columns = {}
        for name in dataset.scaled:
            place = [*dataset.inputs, dataset.target].index(name)
            column = table[:, place].tolist()
            table[:, place] = standardized(column)
            columns[name] = scaling(column)
        notices.append(notice("standardized_from", columns=columns))
    return table[:, :-1], table[:, -1], tuple(notices)


def _scattered(points: Sequence[tuple[float, float, int]], noise: float, seed: int) -> SampleRows:
    """Points (x, y, label) with Gaussian noise of this standard deviation added to x and to y."""
    random = Random(seed)

    def with_noise(value: float) -> float:
        return round(value + noise * normal(random), 3)

    return tuple((with_noise(x), with_noise(y), label) for x, y, label in points)


def _two_moons() -> SampleRows:
    """Two interleaved half circles of fifty points each."""
    angles = [math.pi * i / 49 for i in range(50)]
    moons = [((math.cos(a), math.sin(a), 0), (1 - math.cos(a), 0.5 - math.sin(a), 1)) for a in angles]
    return _scattered([point for pair in moons for point in pair], 0.1, 1)


def _circles() -> SampleRows:
    """A circle of radius 1/2 within one of radius 1, fifty points each."""
    angles = [2 * math.pi * i / 50 for i in range(50)]
    return _scattered(
        [(r * math.cos(a), r * math.sin(a), label) for a in angles for label, r in enumerate((1.0, 0.5))], 0.08, 2
    )  # fmt: skip


def _spiral() -> SampleRows:
    """Two spiral arms of one and a quarter turns, with sixty points each."""
    points = []
    for i in range(60):
        share = (i + 1) / 60
        for label in (0, 1):
            angle = 2.5 * math.pi * share + math.pi * label
            points.append((2 * share * math.cos(angle), 2 * share * math.sin(angle), label))
    return _scattered(points, 0.05, 3)


def _sine() -> SampleRows:
    """target = sin(2x) + noise, at forty places between -2 and 2."""
    random = Random(4)
    rows = []
    for i in range(40):
        x = round(-2 + 4 * (i + random.random()) / 40, 3)
        rows.append((x, round(math.sin(2 * x) + 0.1 * normal(random), 3)))
    return tuple(rows)


_CITIES = ("Amiens", "Lille", "Versailles", "Nice")

_NETWORK_DATASETS = (
    NetworkDataset(
        name="xor",
        label="XOR",
        summary="Four points that no straight line parts: the least a hidden layer is needed for.",
        inputs=("x1", "x2"),
        target="whether just one of them is 1",
        rows=((0, 0, 0), (0, 1, 1), (1, 0, 1), (1, 1, 0)),
        source="Minsky and Papert 1969, Perceptrons",
        hidden=(3,),
        loss="mse",
        rates=Rates(0.1, 0.05),
    ),
    NetworkDataset(
        name="two_moons",
        label="Two moons",
        summary="Two half circles that reach into each other: a border with one bend each way.",
        inputs=("x1", "x2"),
        target="which moon",
        rows=_two_moons(),
        source=f"{HERE} after make_moons of scikit-learn: noise 0.1, seed 1",
        hidden=(8,),
        loss="cross_entropy",
        rates=Rates(0.5, 0.05, batch_gradient=0.1),
    ),
    NetworkDataset(
        name="circles",
        label="Circles",
        summary="One circle within another: a border that closes.",
        inputs=("x1", "x2"),
        target="whether on the inner circle",
        rows=_circles(),
        source=f"{HERE} after make_circles of scikit-learn: noise 0.08, seed 2",
        hidden=(6,),
        loss="cross_entropy",
        rates=Rates(0.5, 0.05, batch_gradient=0.1),
    ),
    NetworkDataset(
        name="spiral",
        label="Spiral",
        summary="Two arms around each other: hard, and worth three layers.",
        inputs=("x1", "x2"),
        target="which arm",
        rows=_spiral(),
        source=f"{HERE} after the spiral of TensorFlow Playground: noise 0.05, seed 3",
        hidden=(8, 8, 8),
        loss="cross_entropy",
        rates=Rates(0.2, 0.02, batch_gradient=0.05),
    ),
    NetworkDataset(
        name="regression_sine",
        label="A curve",
        summary="Forty noisy points of a sine: a sum of a few S-shapes is bent until it fits.",
        inputs=("x",),
        target="y",
        kind="regression",
        rows=_sine(),
        source=f"{HERE}: target = sin(2x) + noise of 0.1, seed 4",
        hidden=(8,),
        loss="mse",
        rates=Rates(0.1, 0.02, batch_gradient=0.02),
    ),
    NetworkDataset(
        name="house_prices",
        label="House prices",
        summary="Four homes, all that the lecture's table says of them: what training is shown on there.",
        inputs=("area (square metres)", "rooms", "distance (from the train station)", *_CITIES),
        target="price (euros)",
        kind="regression",
        rows=(
            (32, 3, 5, 1, 0, 0, 0, 60000), (25, 1, 8, 0, 1, 0, 0, 70000),
            (80, 4, 10, 0, 0, 1, 0, 600000), (55, 3, 10, 0, 0, 0, 1, 450000),
        ),
        source="Four made-up homes in Amiens, Lille, Versailles and Nice, of a lecture on optimizers",
        hidden=(3,),
        activation="relu",
        loss="mse",
        rates=Rates(0.05, 0.02),
        one_hot=frozenset(_CITIES),
        always_standardized=True,
        note="Area, rooms, distance and price are always standardised; a city is a column of its own, 1 where the "
        "home stands there and 0 elsewhere.",
    ),
)  # fmt: skip

NETWORK_DATASETS: dict[str, NetworkDataset] = {dataset.name: dataset for dataset in _NETWORK_DATASETS}


def _suiting(alike: str) -> NetworkDataset:
    """A data set that has the network and the learning rates of the data set `alike`, and no samples."""
    title = "Samples of one's own"
    return replace(NETWORK_DATASETS[alike], name="points", label=title, summary="", rows=(), source=title)


OWN: dict[Kind, NetworkDataset] = {
    "classification": _suiting("two_moons"),
    "regression": _suiting("regression_sine"),
}
"""The kind of the targets -> the network and the learning rates for samples of one's own."""


def own_dataset(rows: SampleRows, kind: Kind | None = None) -> NetworkDataset:
    """A data set of samples of one's own.

    Args:
        rows: a row of numbers for each sample, all of one length: its inputs, then its target.
        kind: by default `classification` if every target is 0 or 1, else `regression`.
    """
    labels = all(row[-1] in (0, 1) for row in rows)
    count = len(rows[0]) - 1
    inputs = ("x",) if count == 1 else tuple(f"x{k}" for k in range(1, count + 1))
    label = f"{len(rows)} sample{'s' * (len(rows) != 1)}"
    network = OWN[kind or ("classification" if labels else "regression")]
    return replace(network, label=label, inputs=inputs, target="y", rows=rows)
