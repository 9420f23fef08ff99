"""The lines of a rule, applied to expressions, and as a method: a step from a gradient, on arrays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Any, ClassVar

import numpy as np

from fallline.formulas.cost import array_cost
from fallline.formulas.errors import FormulaError
from fallline.formulas.functions import array_function, bare_array_function
from fallline.formulas.language import Rule, parse
from fallline.formulas.nodes import Node, number, ordered, substitute, variable
from fallline.hyperparameters import Param
from fallline.optimizers.method import Lanes, Method, States, StepInput, Value, of_lanes
from fallline.types import Array, Stepped

Lines = tuple[tuple[str, Node], ...]
ANY_NUMBER = Param(0.0, "", 0.0, 0.0)
"""The range of a value of a rule, if nothing else is known about the value: any number."""


@dataclass(frozen=True)
class RuleMethod(Method):
    """The lines of a rule, applied to every parameter by itself.

    Args:
        rule: the lines.
        values: for every hyperparameter that the lines read, except `learning_rate`. In a sweep one of them may be an
            array with one value per lane.
        initial: state -> formula for its value before step 1, over the hyperparameters; 0 if there is none.

    Raises: ValueError, naming the value that is missing, unknown or not a finite number, or the unknown state.
    """

    asks_more: ClassVar[bool] = False
    needs_all_data: ClassVar[bool] = False
    lanes: ClassVar[Stepped] = "together"
    has_program: ClassVar[bool] = True

    rule: Rule
    values: Mapping[str, float] = field(default_factory=dict)
    initial: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        read = set(own_hyperparameters(self.rule))
        for state in self.initial:
            one_of("a state of the rule, to be in initial", state, self.rule.states)
        if self.initial:
            try:
                read.update(*(node.names - {"learning_rate"} for node in self.initial_nodes))
            except FormulaError as error:
                raise ValueError(f"initial of the rule: {error}") from error
        if self.values.keys() != read:
            for name in self.values:
                one_of("a hyperparameter of the rule", name, sorted(read))
            missing, given = min(read - self.values.keys()), ", ".join(self.values) or "none"
            raise ValueError(f'values must have "{missing}", which the rule reads; got {given}')
        for name, value in self.values.items():
            ANY_NUMBER.check_value(f"{name} of the rule", value)

    @property
    def initial_nodes(self) -> tuple[Node, ...]:
        """The value of each state before step 1."""
        names = ("learning_rate", *self.values)
        return tuple(parse(self.initial[s], names) if s in self.initial else number(0) for s in self.rule.states)

    @property
    def size(self) -> int:
        """Operations of a step for one parameter."""
        return sum(1 for _ in ordered(_next_w_and_states(self.rule)))

    def cost(self, numbers: int) -> float:
        return array_cost(self.size, numbers)

    def init(self, w: Array, learning_rate: Value) -> States:
        compute = array_function(("learning_rate", *self.values), self.initial_nodes)
        values = compute(learning_rate, *self._constants)
        return {name: np.full(w.shape, value) for name, value in zip(self.rule.states, values, strict=True)}

    def columns(self) -> tuple[str, ...]:
        return tuple(self.rule.states)

    @cached_property
    def _constants(self) -> tuple[Any, ...]:
        return tuple(map(as_numpy, self.values.values()))

    @cached_property
    def _function(self) -> Callable[..., tuple[Any, ...]]:
        names = ("w", "g", *self.rule.states, "t", "lr", "learning_rate", *self.values)
        return bare_array_function(names, _next_w_and_states(self.rule))

    def step(self, at: StepInput) -> Mapping[str, Any]:
        values = self._function(
            at.w, at.g, *at.states.values(), np.float64(at.t), at.lr, at.learning_rate, *self._constants
        )
        return dict(zip(("w", *at.states), values, strict=True))

    def with_value(self, name: str, value: Any) -> RuleMethod:
        return replace(self, values={**self.values, name: value})

    def of_lanes(self, kept: Lanes | int) -> RuleMethod:
        return replace(self, values={name: of_lanes(value, kept) for name, value in self.values.items()})


def own_hyperparameters(rule: Rule) -> list[str]:
    """Return the hyperparameters that the lines of a rule read, except `learning_rate`, which every optimizer has."""
    return [name for name in rule.hyperparameters if name != "learning_rate"]


def one_of(what: str, name: str, names: Iterable[str]) -> str:
    """Return the name, if it is one of `names`. Raises: ValueError, it is not."""
    if name not in names:
        raise ValueError(f'must be {what}, one of {", ".join(names) or "none"}; got "{name}"')
    return name


@lru_cache(maxsize=512)
def _next_w_and_states(rule: Rule) -> tuple[Node, ...]:
    """The expressions of the parameter and of each state after a step."""
    formulas = carried_out(rule.lines, {name: variable(name) for name in ("w", "g", *rule.states, "t", "lr")})
    return tuple(formulas[name] for name in ("w", *rule.states))


def as_numpy(value: Value) -> Any:
    """Return a number as a number of NumPy, whose division by 0 gives inf or nan; return an array unchanged."""
    return np.asarray(value, dtype=float)[()]


def carried_out(lines: Lines, known: Mapping[str, Node]) -> dict[str, Node]:
    """Return the expression for each name after some lines. Args: known: the expressions before these lines."""
    formulas = dict(known)
    for target, formula in lines:
        formulas[target] = substitute(formula, formulas)
    return formulas
