"""What turns a gradient into a step, on arrays."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from app.descent.setup import Setup
from app.descent.unroll import carried_out, initial_nodes, unrolled
from app.formulas.functions import array_function, bare_array_function
from app.formulas.nodes import variable
from app.types import Array

Lanes = NDArray[np.intp]
"""The indices of some lanes."""
States = Mapping[str, Array]
Evaluate = Callable[[Array], tuple[Any, Array]]
"""From a point to the loss and the gradient there, over all data."""


class MethodError(ValueError):
    """What is asked of a method is not in it: the lines of a rule, or to step many lanes."""


class Method(Protocol):
    """One way to go downhill. A point `w`, its gradient and each state have the shape (n,), or (n, lanes)."""

    @property
    def operations(self) -> float:
        """Operations on arrays in a step, evaluations among them, about: how often a run pauses follows from it."""

    def init(self, w: Array) -> States:
        """The states before the first step."""

    def step(
        self, t: int, w: Array, g: Array, states: States, lr: float | Array, evaluate: Evaluate
    ) -> tuple[Array, States]:
        """The next point and its states.

        Args:
            t: the step's number, from 1; g: the gradient used; lr: the learning rate in force.
            evaluate: for methods that look at other points too.
        """

    def of_lanes(self, kept: Lanes) -> Method:
        """The method of some of its lanes, by their indices. Raises: MethodError, it steps one point alone."""


@dataclass(frozen=True)
class RuleMethod:
    """The lines of a rule, applied to every parameter by itself.

    Args:
        setup: the rule and its hyperparameters, each a number or an array with one a lane.
    """

    setup: Setup

    @property
    def operations(self) -> float:
        return unrolled(self.setup.rule, 1, self.setup.schedule.rule).cost

    def init(self, w: Array) -> States:
        known, rule = self.setup.known, self.setup.rule
        nodes = initial_nodes(rule, self.setup.initial, tuple(known))
        values = array_function(tuple(known), nodes)(*known.values())
        return {name: np.full(w.shape, value) for name, value in zip(rule.states, values, strict=True)}

    @cached_property
    def _constants(self) -> dict[str, Any]:
        """NumPy's numbers even where there is one alone, which divide by 0 as arrays do."""
        return {name: np.asarray(value)[()] for name, value in self.setup.known.items()}

    @cached_property
    def _function(self) -> Callable[..., tuple[Any, ...]]:
        rule = self.setup.rule
        names = ("w", "g", *rule.states)
        after = carried_out(rule.lines, {name: variable(name) for name in (*names, "t", "lr")})
        roots = tuple(after[name] for name in ("w", *rule.states))
        return bare_array_function((*names, "t", "lr", *self._constants), roots)

    def step(
        self, t: int, w: Array, g: Array, states: States, lr: float | Array, evaluate: Evaluate  # noqa: ARG002
    ) -> tuple[Array, States]:
        after, *held = self._function(w, g, *states.values(), np.float64(t), lr, *self._constants.values())
        return after, dict(zip(states, held, strict=True))
