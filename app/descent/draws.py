"""The random numbers of a run: which data points each step sees, and the noise that is added to its gradient."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from app.problems.objective import Objective

if TYPE_CHECKING:
    from app.descent.setup import Setup

SAMPLINGS = ("shuffle", "replacement")
"""The ways to draw a batch."""


class Draws:
    """Draws from one `random.Random(seed)`.

    With `shuffle` an epoch goes through all points in a new order and ends with a short batch where they do not come
    out even; with `replacement` each place of a batch is one `randrange`.

    Args:
        seed: of the generator, a whole number of at least 0.
    """

    def __init__(self, seed: int = 0) -> None:
        self.random = Random(seed)
        self._order: list[int] = []
        self._position = 0

    def next(self, setup: Setup, objective: Objective) -> tuple[list[int] | None, tuple[float, ...] | None]:
        """What the next step draws: first its batch, then the noise of each component in order; None where it has none.

        The loop on floats does the same in its own lines.
        """
        batch = noise = None
        if objective.n_points is not None and setup.batch_size is not None:
            batch = self.batch(setup.sampling, objective.n_points, setup.batch_size)
        if setup.noise:
            noise = tuple(self.random.gauss(0.0, setup.noise) for _ in objective.parameters)
        return batch, noise

    def batch(self, sampling: str, n_points: int, size: int) -> list[int]:
        """The indices of the points that the next step sees.

        Args:
            sampling: `shuffle` or `replacement`; n_points: how many there are; size: of a batch, at most so many.
        """
        if sampling == "replacement":
            return [self.random.randrange(n_points) for _ in range(size)]
        if self._position >= len(self._order):
            self._order = self._order or list(range(n_points))
            self.random.shuffle(self._order)
            self._position = 0
        begin, self._position = self._position, self._position + size
        return self._order[begin : begin + size]

    def copy(self) -> Draws:
        """Draws that go on from here, apart from these."""
        twin = Draws()
        twin.random.setstate(self.random.getstate())
        twin._order, twin._position = self._order.copy(), self._position
        return twin
