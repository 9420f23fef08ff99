"""Learning rates that a landscape suggests: two numbers, from which each optimizer's own follows."""

from __future__ import annotations

from dataclasses import dataclass

from app.optimizers import OPTIMIZERS, Optimizer


@dataclass(frozen=True)
class Rates:
    """The learning rates with which a path on a landscape can be seen and does not run away.

    Args:
        gradient: for optimizers whose step is the rate times a gradient.
        length: for optimizers whose step is about as long as the rate.
        batch_gradient: as `gradient`, for optimizers that see a batch; None where there is no data.
        points: how many points the loss adds up; a gradient is so many times as large, or as the batch has.
    """

    gradient: float
    length: float
    batch_gradient: float | None = None
    points: int = 1

    def of(self, optimizer: Optimizer) -> float:
        """The rate for one optimizer, to two significant digits."""
        gradient = self.batch_gradient if optimizer.batch_size and self.batch_gradient else self.gradient
        gradient /= min(optimizer.batch_size or self.points, self.points)
        base = {"gradient": gradient, "length": self.length, "both": min(gradient, self.length)}
        step = optimizer.step_length
        return float(f"{min(base[step.kind] * step.factor, step.most):.2g}")

    def all(self) -> dict[str, float]:
        """Optimizer name -> rate."""
        return {optimizer.name: self.of(optimizer) for optimizer in OPTIMIZERS.values()}
