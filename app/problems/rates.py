"""Learning rates that a landscape suggests: two numbers, from which each optimizer's own follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.optimizers import OPTIMIZERS, Optimizer


@dataclass(frozen=True)
class Rates:
    """The learning rates with which a path on a landscape can be seen and does not run away.

    Args:
        slope: for optimizers whose step is the rate times a gradient.
        length: for optimizers whose step is about as long as the rate.
        special: optimizer name -> rate, where the pace of the optimizer does not tell.
        batch_slope: as `slope`, for optimizers that see a batch; None where there is no data.
        points: how many points the loss adds up; a gradient is so many times as large, or as the batch has.
    """

    slope: float
    length: float
    special: Mapping[str, float] = field(default_factory=dict)
    batch_slope: float | None = None
    points: int = 1

    def of(self, optimizer: Optimizer) -> float:
        """The rate for one optimizer, to two significant digits."""
        slope = self.batch_slope if optimizer.batch_size and self.batch_slope else self.slope
        slope /= min(optimizer.batch_size or self.points, self.points)
        base = {"slope": slope, "length": self.length, "both": min(slope, self.length)}
        rate = min(base[optimizer.pace.kind] * optimizer.pace.factor, optimizer.pace.most)
        return self.special.get(optimizer.name, float(f"{rate:.2g}"))

    def all(self) -> dict[str, float]:
        """Optimizer name -> rate."""
        return {optimizer.name: self.of(optimizer) for optimizer in OPTIMIZERS.values()}
