"""What takes a step: from a point with its loss and its gradient to the next point."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, ClassVar, Literal, NamedTuple, Protocol, Self

import numpy as np
from numpy.typing import NDArray

from fallline.formulas.cost import array_cost
from fallline.types import Array, Mask

Lanes = NDArray[np.intp]
"""The indices of some lanes."""
Value = float | Array
"""One number, or an array with one a lane."""
States = Mapping[str, Any]
Evaluated = Literal["loss", "gradient", "hessian"]
"""What is evaluated at a point."""

Refused = Literal["batch_size", "first_points", "noise", "schedule", "network", "sweep", "program"]
"""What a run of a method may be refused: fields of its spec, a network to fit, and what else is made of a run."""

OPERATIONS_OF_A_STEP = 300
"""Operations on arrays in a step of a method that says nothing of its cost: some linear algebra."""


class MethodError(ValueError):
    """What is asked of a method is not in it: the lines of a rule, or to step many lanes."""


class Evaluate(Protocol):
    """What a step may ask of the objective at points of its own choice; every answer is counted."""

    def loss(self, w: Array) -> Any:
        """The loss, over all data."""

    def gradient(self, w: Array) -> Array:
        """The gradient, over all data, of the shape of `w`."""

    def hessian(self, w: Array) -> Array:
        """The second derivatives, shape (n, n), or (n, n, lanes). Raises: MethodError, they have no formulas."""


class StepInput(NamedTuple):
    """What a step is taken from.

    Args:
        t: the step's number, from 1; w: the point.
        loss, g: there; the gradient as it is used, with noise or of a batch.
        states: of the method, before the step.
        lr: the learning rate in force; learning_rate: the same before its schedule.
        evaluate: for methods that look at other points too.
    """

    t: int
    w: Array
    loss: Any
    g: Array
    states: States
    lr: Value
    learning_rate: Value
    evaluate: Evaluate


class Method(ABC):
    """One way to go downhill, from one point, or from many side by side, a lane each.

    A point `w` and its gradient have the shape (n,), or (n, lanes). A state is a number or an array of any shape, as
    (n, n) of a Hessian; with lanes its last axis is theirs. It is handed from step to step; where `columns` names it,
    it has one value a parameter, is a column of a run, and must stay finite.

    A method of the catalog is a dataclass whose fields are its hyperparameters but for `learning_rate`.
    """

    uses: ClassVar[frozenset[Evaluated]] = frozenset({"gradient"})
    """What it reads of the point that it sets off from."""
    asks_more: ClassVar[bool] = True
    """Whether it asks `evaluate` or is ever `done`: then it takes one step at a time, and what it asks is counted."""
    evaluations_a_step: ClassVar[int] = 1
    """Of loss and gradient together, about; that of the point that a step leads to is one."""
    needs_hessian: ClassVar[bool] = False
    """Whether it asks for second derivatives."""
    needs_all_data: ClassVar[bool] = True
    """Whether it goes wrong on a gradient that is drawn, of a batch or with noise, as whatever it asks of `evaluate` is
    of all data."""
    one_point: ClassVar[bool] = False
    """Whether it steps one point at a time, so that of many lanes each is run by itself."""
    is_code: ClassVar[bool] = False
    """Whether its step is code that has no lines, of which only what it makes can be shown."""
    place: ClassVar[str] = ""
    """Of such code the file and the line, where these are known."""
    reads_schedule: ClassVar[bool] = True
    """Whether the rate of each step counts, so that a schedule changes something."""
    lines: ClassVar[Mapping[str, str]] = {}
    """What `step` returns, by name in order -> its LaTeX, where `$name` stands for what is known by then: `w`, `g`,
    `loss`, `lr`, the hyperparameters, states, and what earlier lines assign."""
    symbols: ClassVar[Mapping[str, str]] = {}
    """Name -> its LaTeX, where that does not follow from its letters."""

    def init(self, w: Array, learning_rate: Value) -> States:  # noqa: ARG002
        """The states before the first step."""
        return {}

    def columns(self) -> tuple[str, ...]:
        """The states that are columns of a run."""
        return ()

    @abstractmethod
    def step(self, at: StepInput) -> Mapping[str, Any]:
        """The next point as `w`, its states, the same ones, and what is worked out on the way, by name.

        What is given is not changed.
        """

    def done(self, w: Array, g: Array | None, states: States) -> bool | Mask | None:  # noqa: ARG002
        """Whether it has no step to take from here, so that the run ends; None where it never says so.

        Args:
            w, states: what a step led to; g: the gradient there, None where steps see batches.
        """
        return None

    @classmethod
    def refuses(cls) -> list[Refused]:
        """What does not go with it."""
        refused: dict[Refused, bool] = {
            "batch_size": cls.needs_all_data,
            "first_points": cls.needs_all_data,
            "noise": cls.needs_all_data,
            "schedule": not cls.reads_schedule,
            "network": cls.needs_hessian,
            "sweep": cls.of_lanes is Method.of_lanes,
            "program": True,
        }
        return [name for name, holds in refused.items() if holds]

    @classmethod
    def hyperparameter_names(cls) -> list[str]:
        """Its hyperparameters but for `learning_rate`."""
        return [each.name for each in fields(cls)] if is_dataclass(cls) else []

    def with_value(self, name: str, value: Any) -> Self:
        """This method with another value of one hyperparameter."""
        return replace(self, **{name: value})  # type: ignore[type-var]

    def of_lanes(self, kept: Lanes) -> Method:  # noqa: ARG002
        """The method of some of its lanes, by their indices. Raises: MethodError, it steps one point alone."""
        raise MethodError(f"{type(self).__name__} steps one point alone")

    def cost(self, numbers: int) -> float:
        """Operations of a step on points of so many numbers, but for evaluations, about.

        How often a run pauses follows from it, and nothing else: what is said here will do for most.
        """
        return array_cost(OPERATIONS_OF_A_STEP, numbers)


def of_lanes(value: Any, kept: Lanes) -> Any:
    """The value of some lanes; one number for all stays so."""
    return value[..., kept] if isinstance(value, np.ndarray) and value.ndim else value
