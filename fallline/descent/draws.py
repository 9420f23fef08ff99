"""The random numbers of a run: the data points of each step's batch, and the noise added to its gradient."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from fallline.problems.objective import Objective

if TYPE_CHECKING:
    from fallline.descent.setup import Setup

SAMPLINGS = ("shuffle", "replacement")
"""The ways to draw a batch."""


class Draws:
    """Draws from one `random.Random(seed)`.

    With `shuffle` an epoch goes through all points in a new order, and its last batch may be short; with `replacement`
    each place of a batch is one `randrange`. When the number of points changes, a new epoch begins.

    Args:
        seed: of the generator, a whole number of at least 0.
    """

    def __init__(self, seed: int = 0) -> None:
        self.random = Random(seed)
        self._order: list[int] = []
        self._position = 0

    def next(self, setup: Setup, objective: Objective) -> tuple[list[int] | None, tuple[float, ...] | None]:
        """Draw the batch of the next step, then the noise of each component in order; None if the step has none."""
        batch = noise = None
        if objective.n_points is not None and setup.sees_batches(objective.n_points):
            batch = self.batch(setup.sampling, setup.points_there(objective.n_points), setup.batch_size)
        if setup.noise:
            noise = tuple(self.random.gauss(0.0, setup.noise) for _ in objective.parameters)
        return batch, noise

    def batch(self, sampling: str, n_points: int, size: int | None) -> list[int]:
        """Draw the indices of the points of the next step.

        Args:
            sampling: `shuffle` or `replacement`.
            n_points: the number of points available.
            size: the most points of a batch; None for all points, in order and without a draw.
        """
        if size is None:
            return list(range(n_points))
        if sampling == "replacement":
            return [self.random.randrange(n_points) for _ in range(size)]
        if len(self._order) != n_points:
            self._order, self._position = list(range(n_points)), n_points
        if self._position >= n_points:
            self.random.shuffle(self._order)
            self._position = 0
        begin, self._position = self._position, self._position + size
        return self._order[begin : begin + size]

    def copy(self) -> Draws:
        """An independent copy, which draws the same numbers."""
        twin = Draws()
        twin.random.setstate(self.random.getstate())
        twin._order, twin._position = self._order.copy(), self._position
        return twin
