"""What turns a gradient into a step, on arrays: the lines of a rule, or another way down."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fallline.descent.unroll import carried_out
from fallline.formulas.cost import array_cost
from fallline.formulas.errors import FormulaError
from fallline.formulas.functions import array_function, bare_array_function
from fallline.formulas.language import Rule, parse
from fallline.formulas.nodes import Node, number, ordered, variable
from fallline.hyperparameters import Param
from fallline.types import Array, Mask

Lanes = NDArray[np.intp]
"""The indices of some lanes."""
Value = float | Array
"""One number, or an array with one a lane."""
States = Mapping[str, Any]
ValueAndGradient = Callable[[Array], tuple[Any, Array]]
"""From a point to the loss and the gradient there, over all data."""


ANY_NUMBER = Param(0.0, "", 0.0, 0.0)
"""What a value of a rule may be, of which no more is known."""

OPERATIONS_OF_A_STEP = 300
"""Operations on arrays in a step of a method that says nothing of its cost: a few evaluations, some linear algebra."""


class MethodError(ValueError):
    """What is asked of a method is not in it: the lines of a rule, or to step many lanes."""


class Method(ABC):
    """One way to go downhill, from one point, or from many side by side, a lane each.

    A point `w` and its gradient have the shape (n,), or (n, lanes). A state is a number or an array of any shape, as
    (n, n) of a Hessian; with lanes its last axis is theirs. States of the shape of `w`, one value a parameter, are
    columns of a run, and must stay finite; all others are handed from step to step and stand in no column.
    """

    def init(self, w: Array, learning_rate: Value) -> States:  # noqa: ARG002
        """The states before the first step."""
        return {}

    @abstractmethod
    def step(
        self,
        t: int,
        w: Array,
        g: Array,
        states: States,
        lr: Value,
        learning_rate: Value,
        value_and_gradient: ValueAndGradient,
    ) -> tuple[Array, States]:
        """The next point and its states, the same ones; what is given is not changed.

        Args:
            t: the step's number, from 1; g: the gradient used.
            lr: the learning rate in force; learning_rate: the same before its schedule.
            value_and_gradient: for methods that look at other points too.
        """

    def done(self, w: Array, g: Array | None, states: States) -> bool | Mask | None:  # noqa: ARG002
        """Whether it has no step to take from here, so that the run ends; None where it never says so.

        Args:
            w, states: what a step led to; g: the gradient there, None where steps see batches.
        """
        return None

    def of_lanes(self, kept: Lanes) -> Method:  # noqa: ARG002
        """The method of some of its lanes, by their indices. Raises: MethodError, it steps one point alone."""
        raise MethodError(f"{type(self).__name__} steps one point alone")

    def cost(self, numbers: int) -> float:
        """Operations of a step on points of so many numbers, evaluations among them, about.

        How often a run pauses follows from it, and nothing else: what is said here will do for most.
        """
        return array_cost(OPERATIONS_OF_A_STEP, numbers)


@dataclass(frozen=True)
class RuleMethod(Method):
    """The lines of a rule, applied to every parameter by itself.

    Args:
        rule: the lines.
        values: of every hyperparameter they read but `learning_rate`; in a sweep one may be an array, one a lane.
        initial: state -> formula of its value before step 1, in the hyperparameters; 0 where there is none.

    Raises: ValueError, naming the value that is missing, unknown or not a finite number, or the state there is not.
    """

    rule: Rule
    values: Mapping[str, float] = field(default_factory=dict)
    initial: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        read = set(own_hyperparameters(self.rule))
        for state in self.initial:
            known("a state of the rule, to be in initial", state, self.rule.states)
        if self.initial:
            try:
                read.update(*(node.names - {"learning_rate"} for node in self.initial_nodes))
            except FormulaError as error:
                raise ValueError(f"initial of the rule: {error}") from error
        if self.values.keys() != read:
            for name in self.values:
                known("a hyperparameter of the rule", name, sorted(read))
            missing, given = min(read - self.values.keys()), ", ".join(self.values) or "none"
            raise ValueError(f'values must have "{missing}", which the rule reads; got {given}')
        for name, value in self.values.items():
            ANY_NUMBER.check_value(f"{name} of the rule", value)

    @property
    def initial_nodes(self) -> tuple[Node, ...]:
        """The value of each state before step 1."""
        names = ("learning_rate", *self.values)
        return tuple(parse(self.initial[s], names) if s in self.initial else number(0) for s in self.rule.states)

    def cost(self, numbers: int) -> float:
        return array_cost(sum(1 for _ in ordered(_next_w_and_states(self.rule))), numbers)

    def init(self, w: Array, learning_rate: Value) -> States:
        compute = array_function(("learning_rate", *self.values), self.initial_nodes)
        values = compute(learning_rate, *self._constants)
        return {name: np.full(w.shape, value) for name, value in zip(self.rule.states, values, strict=True)}

    @cached_property
    def _constants(self) -> tuple[Any, ...]:
        return tuple(map(as_numpy, self.values.values()))

    @cached_property
    def _function(self) -> Callable[..., tuple[Any, ...]]:
        names = ("w", "g", *self.rule.states, "t", "lr", "learning_rate", *self.values)
        return bare_array_function(names, _next_w_and_states(self.rule))

    def step(
        self,
        t: int,
        w: Array,
        g: Array,
        states: States,
        lr: Value,
        learning_rate: Value,
        value_and_gradient: ValueAndGradient,  # noqa: ARG002
    ) -> tuple[Array, States]:
        next_w, *values = self._function(w, g, *states.values(), np.float64(t), lr, learning_rate, *self._constants)
        return next_w, dict(zip(states, values, strict=True))

    def of_lanes(self, kept: Lanes) -> RuleMethod:
        return replace(self, values={name: of_lanes(value, kept) for name, value in self.values.items()})


def own_hyperparameters(rule: Rule) -> list[str]:
    """The hyperparameters that the lines of a rule read, but for `learning_rate`, which every optimizer has."""
    return [name for name in rule.hyperparameters if name != "learning_rate"]


def known(what: str, name: str, names: Iterable[str]) -> str:
    """The name. Raises: ValueError, it is not one of these."""
    if name not in names:
        raise ValueError(f'must be {what}, one of {", ".join(names) or "none"}; got "{name}"')
    return name


@lru_cache(maxsize=512)
def _next_w_and_states(rule: Rule) -> tuple[Node, ...]:
    """What a step makes of the parameter and of each state."""
    formulas = carried_out(rule.lines, {name: variable(name) for name in ("w", "g", *rule.states, "t", "lr")})
    return tuple(formulas[name] for name in ("w", *rule.states))


def as_numpy(value: Value) -> Any:
    """A number of NumPy's, which divides by 0 as an array does; an array as it is."""
    return np.asarray(value, dtype=float)[()]


def of_lanes(value: Any, kept: Lanes) -> Any:
    """The value of some lanes; one number for all stays so."""
    return value[..., kept] if isinstance(value, np.ndarray) and value.ndim else value
