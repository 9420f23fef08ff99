"""What a schedule is: how the learning rate in force follows from the step number."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import dataclass, field

from app.hyperparameters import Param


@dataclass(frozen=True)
class Schedule:
    """One schedule, stated once.

    Args:
        name: permanent, snake_case; label: as a person reads it.
        summary: one sentence on what it does.
        rule: lines `name = formula` over `t` (the step number from 1), `k` = t - 1 and the schedule's own
            parameters; the last line assigns `factor`, by which the learning rate is multiplied.
        params: its own parameters.
        source: where it comes from; differs: how PyTorch, Keras and Optax write it.
    """

    name: str
    label: str
    summary: str
    rule: str
    source: str
    differs: str
    params: Mapping[str, Param] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "rule", inspect.cleandoc(self.rule))
