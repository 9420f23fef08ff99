"""The same run with many seeds: each run, and the quartiles of their losses at each step."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from fallline.descent.run import Run
from fallline.descent.stops import End
from fallline.in_parts import InParts
from fallline.types import Array, Described, Finite

QUARTILES = (1 / 4, 1 / 2, 3 / 4)


@dataclass(frozen=True)
class SeededRun:
    """One of the runs.

    Args:
        end: how it ended; loss: over all data, of each row.
        seen: how many points each step saw, None without data.
    """

    end: End
    loss: Array
    seen: list[int] | None


@dataclass(frozen=True)
class Curves(Described):
    """The loss at each step, of the runs with all seeds: four lists that begin with the start. A run that has ended
    counts with its last loss, one that has diverged with an infinite one.
    """

    samples: list[int] | None
    """How many data points, each counted as often as it was used, a run has seen by then; null of a problem without
    data."""
    low: Finite
    """The lower quartile, interpolated between the runs on either side of it; null where not finite."""
    median: Finite
    high: Finite
    """The upper quartile."""


def runs_of_seeds(runs: Sequence[Run]) -> InParts[list[SeededRun]]:
    """Return each run; pauses every few rows.

    Args:
        runs: runs that differ in their seeds only, so that their steps use batches of the same sizes.
    """
    seeded = []
    for run in runs:
        n_points = run.problem.objective.n_points
        parts, _, end = yield from run.in_parts(
            lambda block: (block.loss, block.batch or [None] * len(block.learning_rate))
        )
        losses, batches = zip(*parts, strict=True)
        seen = [n_points or 0 if batch is None else len(batch) for batch in chain.from_iterable(batches)]
        seeded.append(SeededRun(end, np.concatenate(losses), None if n_points is None else seen))
    return seeded


def curves(runs: Sequence[SeededRun]) -> Curves:
    """The quartiles of the loss at each step, interpolated between the two runs nearest to one.

    A run that has ended counts with its last loss, one that has diverged with an infinite one.
    """
    longest = max(runs, key=lambda run: len(run.loss))
    rows = len(longest.loss)
    table = np.empty((len(runs), rows))
    for line, run in zip(table, runs, strict=True):
        line[: len(run.loss)] = run.loss
        line[len(run.loss) :] = math.inf if run.end.reason == "diverged" else run.loss[-1]
    table.sort(axis=0)
    samples = None if longest.seen is None else [0, *np.cumsum(longest.seen, dtype=int).tolist()]
    return Curves(samples, *(_at_share(table, share) for share in QUARTILES))


def _at_share(ordered: Array, share: float) -> Array:
    """The quantile of each column at this share."""
    place = share * (len(ordered) - 1)
    first = math.floor(place)
    below, above = ordered[first], ordered[min(first + 1, len(ordered) - 1)]
    with np.errstate(invalid="ignore"):  # for two infinite losses, or 0 times one
        values: Array = below + (place - first) * (above - below)
    values[np.isnan(values)] = below[np.isnan(values)]
    return values
