"""The interface of a method, which takes a step: from a point with its loss and its gradient to the next point."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, ClassVar, Literal, NamedTuple, Protocol, Self

import numpy as np
from numpy.typing import NDArray

from fallline.formulas.cost import array_cost
from fallline.types import Array, Mask, Stepped

Lanes = NDArray[np.intp]
"""The indices of some lanes."""
Value = float | Array
"""One number, or an array with one per lane."""
States = Mapping[str, Any]
Evaluated = Literal["loss", "gradient", "hessian"]
"""The quantities that can be evaluated at a point."""

Refused = Literal["batch_size", "first_points", "noise", "schedule", "network", "sweep", "program"]
"""What a run of a method may not have: fields of its spec, a network to fit, and analyses of the run."""

OPERATIONS_OF_A_STEP = 300
"""Operations on arrays in a step of a method that declares no cost: some linear algebra."""


class MethodError(ValueError):
    """A method was asked for the lines of a rule, and has none."""


class Evaluate(Protocol):
    """Evaluates the objective at points that a step chooses; every evaluation is counted."""

    def loss(self, w: Array) -> Any:
        """The loss, over all data."""

    def gradient(self, w: Array) -> Array:
        """The gradient, over all data, of the shape of `w`."""

    def hessian(self, w: Array) -> Array:
        """The second derivatives, shape (n, n), or (n, n, lanes)."""


class StepInput(NamedTuple):
    """The input of a step.

    Args:
        t: the step's number, from 1; w: the point.
        loss: at the point, over all data.
        g: the gradient that the step uses, over the batch and with noise if there are any.
        states: of the method, before the step.
        lr: the learning rate in force; learning_rate: the same before its schedule.
        evaluate: evaluates the objective at other points.
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
    """An algorithm that steps from one point to the next, or, if it says so by `lanes`, from many points side by side.

    A point `w` and its gradient have the shape (n,), or (n, lanes). A state is a number or an array of any shape, such
    as (n, n) for a Hessian; with lanes, its last axis is the lanes. It is passed from step to step. A state that
    `columns` names has one value per parameter, is a column of the run, and must stay finite.

    A method of the catalog is a dataclass. Its fields are its hyperparameters except `learning_rate`.
    """

    uses: ClassVar[frozenset[Evaluated]] = frozenset({"gradient"})
    """The quantities of the current point that it reads."""
    asks_more: ClassVar[bool] = True
    """Whether it calls `evaluate` or is ever `done`: then it takes one step at a time, its evaluations counted."""
    evaluations_a_step: ClassVar[int] = 1
    """Evaluations of loss and gradient together in a step, roughly; that of the next point is one."""
    needs_hessian: ClassVar[bool] = False
    """Whether it evaluates second derivatives."""
    needs_all_data: ClassVar[bool] = True
    """Whether it needs the gradient over all data: with a gradient of a batch or with noise it would be wrong, as
    `evaluate` is over all data.
    """
    lanes: ClassVar[Stepped] = "one by one"
    """Whether its `step` takes many points, one per lane, or one point alone."""
    has_program: ClassVar[bool] = False
    """Whether a program can be written of its step."""
    is_code: ClassVar[bool] = False
    """Whether its step is code without lines, of which only the results can be shown."""
    place: ClassVar[str] = ""
    """The file and the line of such code, if known."""
    reads_schedule: ClassVar[bool] = True
    """Whether it uses the rate of each step, so that a schedule has an effect."""
    lines: ClassVar[Mapping[str, str]] = {}
    """The names that `step` returns, in order -> their formulas in LaTeX. `$name` in a formula is a name known by then:
    `w`, `g`, `loss`, `lr`, a hyperparameter, a state, or a name that an earlier line assigns."""
    symbols: ClassVar[Mapping[str, str]] = {}
    """Name -> its LaTeX, for names whose LaTeX is not the default."""

    def init(self, w: Array, learning_rate: Value) -> States:  # noqa: ARG002
        """The states before the first step."""
        return {}

    def columns(self) -> tuple[str, ...]:
        """The states that are columns of a run."""
        return ()

    @abstractmethod
    def step(self, at: StepInput) -> Mapping[str, Any]:
        """Return, by name, the next point as `w`, the next value of every state, and the intermediate values.

        The input must not be changed.
        """

    def done(self, w: Array, g: Array | None, states: States) -> bool | Mask | None:  # noqa: ARG002
        """Return whether the method has no further step from here, so that the run ends; None if it is never done.

        Args:
            w, states: after a step.
            g: the gradient at `w`; None if steps use batches.
        """
        return None

    @classmethod
    def refuses(cls) -> list[Refused]:
        """Return what a run with this method may not have."""
        refused: dict[Refused, bool] = {
            "batch_size": cls.needs_all_data,
            "first_points": cls.needs_all_data,
            "noise": cls.needs_all_data,
            "schedule": not cls.reads_schedule,
            "network": cls.needs_hessian,
            "program": not cls.has_program,
        }
        return [name for name, holds in refused.items() if holds]

    @classmethod
    def hyperparameter_names(cls) -> list[str]:
        """Return the names of its hyperparameters except `learning_rate`."""
        return [field.name for field in fields(cls)] if is_dataclass(cls) else []

    def with_value(self, name: str, value: Any) -> Self:
        """This method with another value of one hyperparameter."""
        return replace(self, **{name: value})  # type: ignore[type-var]

    def of_lanes(self, kept: Lanes | int) -> Self:
        """The method with the values of some lanes, by their indices, or with those of one."""
        values = {name: of_lanes(getattr(self, name), kept) for name in self.hyperparameter_names()}
        return replace(self, **values) if values else self  # type: ignore[type-var]

    def cost(self, numbers: int) -> float:
        """Return roughly the operations of a step on points of this many numbers, without evaluations.

        It only decides how often a run pauses, so the default suits most methods.
        """
        return array_cost(OPERATIONS_OF_A_STEP, numbers)


def of_lanes(value: Any, kept: Lanes | int) -> Any:
    """The values of some lanes, or the number of one; a single number stays the same."""
    if not (isinstance(value, np.ndarray) and value.ndim):
        return value
    return value[..., kept] if isinstance(kept, np.ndarray) else value[kept].item()
