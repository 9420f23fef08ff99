"""One optimizer with every value in force."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from numbers import Real
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from app.descent.unroll import schedule_values
from app.formulas.language import Rule, parse_rule
from app.hyperparameters import Param
from app.optimizers import OPTIMIZERS
from app.optimizers.declaration import STANDARD
from app.schedules import SCHEDULES, Schedule

if TYPE_CHECKING:
    from app.descent.method import Method

SETTINGS = ("schedule", "schedule_values", "batch_size", "sampling", "noise", "method")
"""What holds beside the values of a rule."""


@dataclass(frozen=True)
class Setup:
    """One optimizer with every value in force.

    Args:
        rule: its lines.
        learning_rate: above 0. In a sweep it may be an array, one a lane, and so may each of `values`.
        values: hyperparameter -> value, for every one the rule reads.
        initial: state -> formula of its value before step 1.
        schedule, schedule_values: the factor on the learning rate; what has no value has the schedule's default.
        batch_size: points a step sees, None for all.
        sampling: `shuffle` (a new order each epoch, a last short batch as it is) or `replacement`.
        noise: standard deviation of a Gaussian added to each gradient component.
        method: what steps in place of the rule; the rate, batches and noise are those of the setup with any.
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
    method: Method | None = None

    def __post_init__(self) -> None:
        defaults = {name: param.default for name, param in self.schedule.params.items()}
        object.__setattr__(self, "schedule_values", {**defaults, **self.schedule_values})

    @classmethod
    def of(cls, name: str, form: str = STANDARD, **values: Any) -> Self:
        """An optimizer of the catalog, by name, at its defaults but for some values.

        Args:
            form: whose lines; values: hyperparameters, `learning_rate` among them, and any of `SETTINGS`.

        Raises: ValueError, naming what there is not, or the values that a hyperparameter may have.
        """
        optimizer = OPTIMIZERS[_known("an optimizer", name, OPTIMIZERS)]
        text = optimizer.text(_known(f"a form of {name}", form, (STANDARD, *optimizer.forms)))
        for each in values:
            _known(f"a hyperparameter of {name}", each, (*optimizer.params, *SETTINGS))
        given = {each: values.pop(each, param.default) for each, param in optimizer.params.items()}
        made = cls(
            parse_rule(text), given.pop("learning_rate"), given, optimizer.initial,
            **{"batch_size": optimizer.batch_size, **values},
        )  # fmt: skip
        _check_values(made.schedule.params, made.schedule_values, f"schedule {made.schedule.name}")
        _check_values(optimizer.params, {"learning_rate": made.learning_rate, **made.values}, name)
        return made

    @property
    def known(self) -> dict[str, Any]:
        """Every constant of the run by the name that the unrolled rule uses; of a sweep one may be an array."""
        constants = {"learning_rate": self.learning_rate, **self.values, **schedule_values(self.schedule_values)}
        return {text: value if isinstance(value, np.ndarray) else float(value) for text, value in constants.items()}

    def with_value(self, name: str, value: Any) -> Setup:
        """This optimizer with another value of one hyperparameter."""
        if name == "learning_rate":
            return replace(self, learning_rate=value)
        return replace(self, values={**self.values, name: value})

    def of_lanes(self, kept: Any) -> Setup:
        """The setup of some lanes, by their indices; what is one number for all stays so.

        Raises: MethodError, its method steps one point alone.
        """
        method = self.method and self.method.of_lanes(kept)
        values = {name: _picked(value, kept) for name, value in self.values.items()}
        return replace(self, learning_rate=_picked(self.learning_rate, kept), values=values, method=method)

    def epoch(self, n_points: int | None) -> int:
        """Steps in one pass over so many data points; 1 where every step sees all."""
        return math.ceil(n_points / self.batch_size) if n_points and self.batch_size else 1


def _known(what: str, name: str, names: Iterable[str]) -> str:
    if name not in names:
        raise ValueError(f'must be {what}, one of {", ".join(names)}; got "{name}"')
    return name


def _check_values(params: Mapping[str, Param], values: Mapping[str, Any], owner: str) -> None:
    for name, value in values.items():
        param = params[_known(f"a hyperparameter of {owner}", name, params)]
        for each in np.ravel(value):
            if not (isinstance(each, Real) and param.takes(float(each))):
                raise ValueError(f"{name} of {owner} must be {param.range_text}; got {each}")


def _picked(value: Any, kept: Any) -> Any:
    return value[kept] if isinstance(value, np.ndarray) else value
