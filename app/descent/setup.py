"""One optimizer with every value in force."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from app.descent.unroll import schedule_values
from app.formulas.language import Rule
from app.schedules import SCHEDULES, Schedule


@dataclass(frozen=True)
class Setup:
    """One optimizer with every value in force.

    Args:
        rule: its lines.
        learning_rate: above 0. In a sweep it may be an array, one a lane, and so may each of `values`.
        values: hyperparameter -> value, for every one the rule reads.
        initial: state -> formula of its value before step 1.
        schedule, schedule_values: the factor on the learning rate.
        batch_size: points a step sees, None for all.
        sampling: `shuffle` (a new order each epoch, a last short batch as it is) or `replacement`.
        noise: standard deviation of a Gaussian added to each gradient component.
    """

    rule: Rule
    learning_rate: float
    values: Mapping[str, float] = field(default_factory=dict)
    initial: Mapping[str, str] = field(default_factory=dict)
    schedule: Schedule = SCHEDULES["constant"]
    schedule_values: Mapping[str, float] = field(default_factory=dict)
    batch_size: int | None = None
    sampling: str = "shuffle"
    noise: float = 0.0

    @property
    def known(self) -> dict[str, Any]:
        """Every constant of the run by the name that the unrolled rule uses; of a sweep one may be an array."""
        own = {"learning_rate": self.learning_rate, **self.values, **schedule_values(self.schedule_values)}
        return {text: value if isinstance(value, np.ndarray) else float(value) for text, value in own.items()}

    def with_value(self, name: str, value: Any) -> Setup:
        """The same with another value of one hyperparameter."""
        if name == "learning_rate":
            return replace(self, learning_rate=value)
        return replace(self, values={**self.values, name: value})

    def of_lanes(self, kept: Any) -> Setup:
        """The same with the values of some lanes, by their indices; what is one number for all stays so."""
        picked = {name: _picked(value, kept) for name, value in self.values.items()}
        return replace(self, learning_rate=_picked(self.learning_rate, kept), values=picked)

    def epoch(self, n_points: int | None) -> int:
        """Steps in one pass over so many data points; 1 where every step sees all."""
        return math.ceil(n_points / self.batch_size) if n_points and self.batch_size else 1


def _picked(value: Any, kept: Any) -> Any:
    return value[kept] if isinstance(value, np.ndarray) else value
