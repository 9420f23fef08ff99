"""One optimizer with all its values."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from fallline.descent.draws import SAMPLINGS
from fallline.descent.rate import schedule_values
from fallline.descent.rule_method import RuleMethod, one_of
from fallline.formulas.language import parse_rule
from fallline.hyperparameters import Count, Factor, Param, Rate
from fallline.optimizers import OPTIMIZERS
from fallline.optimizers.method import Lanes, Method, MethodError, of_lanes
from fallline.optimizers.optimizer import STANDARD, Optimizer
from fallline.schedules import SCHEDULES, Schedule

SETTINGS = ("schedule", "schedule_values", "batch_size", "sampling", "first_points", "noise")
"""The fields beside the values of a method."""

NOISE = Factor(0.0, "Standard deviation of a Gaussian added to each component of each gradient.")
NUMBER_FIELDS: Mapping[str, Param] = {
    "learning_rate": Rate(0.01),
    "noise": NOISE,
    "batch_size": Count(1, "How many points a step sees."),
    "first_points": Count(1, "How many of the points are there yet."),
}
"""The fields of a setup that are numbers -> their ranges; each may be None, too."""


@dataclass(frozen=True)
class Setup:
    """One optimizer with all its values.

    Args:
        method: takes the steps.
        learning_rate: above 0. In a sweep it may be an array with one rate per lane.
        schedule, schedule_values: the factor on the learning rate; a missing value has the schedule's default.
        batch_size: points that a step uses, None for all.
        sampling: `shuffle` (a new order each epoch, a last short batch as it is) or `replacement`.
        first_points: the number of points available so far, from the first of the data on; steps use no others. None
            for all. The loss of a run is over all of them in any case.
        noise: standard deviation of a Gaussian added to each gradient component.

    Raises: ValueError, naming the field that is wrong.
    """

    method: Method
    learning_rate: float
    schedule: Schedule = SCHEDULES["constant"]
    schedule_values: Mapping[str, float] = field(default_factory=dict)
    batch_size: int | None = None
    sampling: str = "shuffle"
    first_points: int | None = None
    noise: float = 0.0

    def __post_init__(self) -> None:
        if not isinstance(self.method, Method):
            raise ValueError(f"method must be a Method; Setup.of finds an optimizer by name; got {self.method!r}")
        if not isinstance(self.schedule, Schedule):
            raise ValueError(f"schedule must be a Schedule, such as one of SCHEDULES; got {self.schedule!r}")
        _check_values(self.schedule.params, self.schedule_values, f"schedule {self.schedule.name}")
        for name, param in NUMBER_FIELDS.items():
            if (value := getattr(self, name)) is not None:
                param.check_value(name, value)
        one_of("a sampling", self.sampling, SAMPLINGS)
        for name in not_taken(self.method, vars(self)):
            raise ValueError(f"{type(self.method).__name__} takes no {name}; got {getattr(self, name)!r}")
        defaults = {name: param.default for name, param in self.schedule.params.items()}
        object.__setattr__(self, "schedule_values", {**defaults, **self.schedule_values})

    @classmethod
    def of(cls, name: str, form: str = STANDARD, **values: Any) -> Self:
        """An optimizer of the catalog, by name, with its defaults apart from some values.

        Args:
            form: the form of its lines; values: hyperparameters, `learning_rate` among them, and any of `SETTINGS`.

        Raises: ValueError, naming the unknown name, or the range of a hyperparameter.
        """
        optimizer = OPTIMIZERS[one_of("an optimizer", name, OPTIMIZERS)]
        one_of(f"a form of {name}", form, (STANDARD, *optimizer.forms))
        for each in values:
            one_of(f"a hyperparameter of {name}", each, (*optimizer.params, *SETTINGS))
        hyperparameters = {name: values.pop(name, param.default) for name, param in optimizer.params.items()}
        _check_values(optimizer.params, hyperparameters, name)
        learning_rate = hyperparameters.pop("learning_rate")
        method = method_of(optimizer, form, hyperparameters)
        return cls(method, learning_rate, **{"batch_size": optimizer.batch_size, **values})

    @property
    def rule_method(self) -> RuleMethod:
        """The method, as the lines of a rule. Raises: MethodError, the method has no lines."""
        if isinstance(self.method, RuleMethod):
            return self.method
        raise MethodError(f"{type(self.method).__name__} has no lines of a rule, of which this is made")

    @property
    def constants(self) -> dict[str, float]:
        """The values of the rule, if it has one, and of its schedule, by the names that formulas use."""
        of_rule = self.method.values if isinstance(self.method, RuleMethod) else {}
        values = {"learning_rate": self.learning_rate, **of_rule}
        return {**{name: float(value) for name, value in values.items()}, **schedule_values(self.schedule_values)}

    def with_value(self, name: str, value: Any) -> Setup:
        """This optimizer with another value of one hyperparameter."""
        if name == "learning_rate":
            return replace(self, learning_rate=value)
        return replace(self, method=self.method.with_value(name, value))

    def of_lanes(self, kept: Lanes | int) -> Setup:
        """The setup of some lanes, by their indices, or of one."""
        return replace(self, learning_rate=of_lanes(self.learning_rate, kept), method=self.method.of_lanes(kept))

    def sees_batches(self, n_points: int | None) -> bool:
        """Whether a step may use only some of the data points. Args: n_points: None for a problem without data."""
        return n_points is not None and (self.batch_size is not None or self.first_points is not None)

    def points_there(self, n_points: int) -> int:
        """Return how many of the `n_points` data points are available."""
        return n_points if self.first_points is None else self.first_points

    def epoch(self, n_points: int | None) -> int:
        """Return the steps in one pass over the available data points; 1 if every step uses all of them."""
        return math.ceil(self.points_there(n_points) / self.batch_size) if n_points and self.batch_size else 1


def not_taken(method: Method, fields: Mapping[str, Any]) -> list[str]:
    """The fields of a setup that its method cannot use. Args: fields: name -> value, of all fields."""
    in_use = {name: fields[name] for name in ("batch_size", "first_points", "noise")}
    in_use["schedule"] = fields["schedule"].name != SCHEDULES["constant"].name
    return [name for name in method.refuses() if in_use.get(name)]


def method_of(optimizer: Optimizer, form: str, values: Mapping[str, Any]) -> Method:
    """The method of an optimizer of the catalog, with the lines of one of its forms and these values."""
    if optimizer.method:
        return optimizer.method(**values)
    return RuleMethod(parse_rule(optimizer.text(form)), values, optimizer.initial)


def _check_values(params: Mapping[str, Param], values: Mapping[str, Any], owner: str) -> None:
    for name, value in values.items():
        params[one_of(f"a hyperparameter of {owner}", name, params)].check_value(f"{name} of {owner}", value)
