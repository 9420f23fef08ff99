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
        end: how the run ended.
        loss: over all data, at each row.
        seen: the number of points that each step saw; None without data.
    """

    end: End
    loss: Array
    seen: list[int] | None


@dataclass(frozen=True)
class Curves(Described):
    """The quartiles of the loss over the runs with all seeds, at each step from the start on. A run that has ended
    counts with its last loss, a run that has diverged with an infinite loss.
    """

    samples: list[int] | None
    """The number of data points that a run has used up to each step; a point counts each time it is used. Null for a
    problem without data."""
    low: Finite
    """The lower quartile, interpolated between the runs on either side of it; null if it is not finite."""
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
        points_seen = [n_points or 0 if batch is None else len(batch) for batch in chain.from_iterable(batches)]
        seeded.append(SeededRun(end, np.concatenate(losses), None if n_points is None else points_seen))
    return seeded


def curves(runs: Sequence[SeededRun]) -> Curves:
    """Return the quartiles of the loss at each step, interpolated between the two runs nearest to each.

    A run that has ended counts with its last loss, a run that has diverged with an infinite loss.
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
    """Return the quantile of each column at this fraction. Args: ordered: each column ascending."""
    place = share * (len(ordered) - 1)
    first = math.floor(place)
    below, above = ordered[first], ordered[min(first + 1, len(ordered) - 1)]
    with np.errstate(invalid="ignore"):  # for two infinite losses, or 0 times one
        values: Array = below + (place - first) * (above - below)
    values[np.isnan(values)] = below[np.isnan(values)]
    return values
