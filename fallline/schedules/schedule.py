"""What a schedule is: how the learning rate in force follows from the step number."""

import inspect
from collections.abc import Mapping
from dataclasses import dataclass, field

from fallline.hyperparameters import Param
from fallline.types import InCatalog


@dataclass(frozen=True, kw_only=True)
class Schedule(InCatalog):
    """One schedule, stated once."""

    rule: str
    """Lines `name = formula` over `t` (the step number from 1), `k` = t - 1 and the schedule's own parameters; the last
    line assigns `factor`, by which the learning rate is multiplied."""
    source: str
    """Where it comes from."""
    differs: str
    """How PyTorch, Keras and Optax write it."""
    params: Mapping[str, Param] = field(default_factory=dict)
    """Its own parameters."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "rule", inspect.cleandoc(self.rule))
