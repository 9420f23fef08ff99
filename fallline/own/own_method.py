"""A method whose step is somebody's code. It is called at one point at a time, and its errors become faults."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, ClassVar, Self

import numpy as np

from fallline.faults import FaultError, Faults
from fallline.optimizers.method import Lanes, Method, States, StepInput, Value, of_lanes
from fallline.own.signature import Hyperparameters
from fallline.types import Array

STEP_COST = 40_000.0
"""The operations of a step, about a third of a millisecond, which is the time of a step in PyTorch."""
MEMORY = "memory"
"""The name of the state that contains everything the code keeps. Its arrays of the shape of `w` are also states."""
TRIED_SIZES = (7, 2, 1)
"""A trial step shows the names of the states. It has one of these numbers of parameters: the first that works."""


@dataclass(frozen=True)
class Memory:
    """The value of the state `MEMORY`: what the code keeps from step to step, or the fault of its beginning."""

    kept: Any = None
    fault: FaultError | None = None


class OwnCode(ABC):
    """The interface through which the method calls somebody's code.

    What the code keeps is a value: a step returns a new one, and does not change the old one.

    Args: title: the name that its author gives it; takes: its hyperparameters; step_name: what errors call the step.

    Attributes:
        asks: whether a step evaluates the loss or the gradient itself, and so needs the gradient of all data.
        scheduled: whether the learning rate can be set at each step.
    """

    asks = False
    scheduled = True

    def __init__(self, title: str, takes: Hyperparameters, step_name: str) -> None:
        self.title, self.takes, self.faults = title, takes, Faults(step_name)
        self.scheduled = takes.rate is not None
        self._columns: dict[tuple[float, ...], tuple[str, ...]] = {}

    @abstractmethod
    def begin(self, w: Array, values: Mapping[str, float]) -> Any:
        """What the code keeps before step 1. Args: w: the start, shape (n,); values: of all hyperparameters."""

    @abstractmethod
    def step(self, kept: Any, at: StepInput, values: Mapping[str, float]) -> tuple[Any, Any]:
        """Take a step. Args: values: of all hyperparameters, with the learning rate in force.

        Returns: the next point, as the code returns it, and what the code keeps.
        """

    @abstractmethod
    def arrays(self, kept: Any) -> Mapping[str, Any]:
        """What the code keeps, by the names that its author gives."""

    def columns(self, values: Mapping[str, float]) -> tuple[str, ...]:
        """The names of the kept arrays that have the shape of `w`, found by a trial step."""
        key = tuple(values.values())
        if key not in self._columns:
            if len(self._columns) > 256:
                self._columns.clear()
            self._columns[key] = next(filter(None, (self._tried(n, values) for n in TRIED_SIZES)), ())
        return self._columns[key]

    def _tried(self, n: int, values: Mapping[str, float]) -> tuple[str, ...]:
        w, g = np.linspace(0.3, 0.9, n), np.linspace(0.2, -0.1, n)
        rate = values["learning_rate"]
        try:
            with self.faults.told(silent=True), np.errstate(all="ignore"):
                kept = self.begin(w.copy(), values)
                _, kept = self.step(kept, StepInput(1, w, 0.5, g, {}, rate, rate, _Flat(g)), values)
        except FaultError:
            return ()
        return tuple(name for name, array in self.arrays(kept).items() if _like(array, w))


class _Flat:
    """A loss with a constant gradient, for trial steps."""

    def __init__(self, g: Array) -> None:
        self.g = g

    def loss(self, w: Array) -> Any:
        return float(self.g @ w)

    def gradient(self, w: Array) -> Array:  # noqa: ARG002
        return self.g

    hessian = gradient


def _like(value: Any, w: Array) -> bool:
    array = value if isinstance(value, np.ndarray) else np.empty(0, dtype=object)
    return array.shape == w.shape and array.dtype.kind in "fiub"


class OwnMethod(Method):
    """A method of one's own. Each is a subclass, which has the code."""

    is_code = True
    code: ClassVar[OwnCode]

    def __init__(self, **values: Value) -> None:
        self.values = values

    def __init_subclass__(cls) -> None:
        cls.reads_schedule, cls.needs_all_data = cls.code.scheduled, cls.code.asks

    @cached_property
    def _floats(self) -> dict[str, float]:
        """The hyperparameters except the learning rate."""
        return {name: float(value) for name, value in self.values.items()}

    def _values(self, rate: Value) -> dict[str, float]:
        return {"learning_rate": float(rate), **self._floats}

    def init(self, w: Array, learning_rate: Value) -> States:
        try:
            with self.code.faults.told():
                memory = Memory(self.code.begin(w.copy(), self._values(learning_rate)))
                return {MEMORY: memory, **self._arrays(memory, w)}
        except FaultError as fault:
            memory = Memory(fault=fault)
            return {MEMORY: memory, **self._arrays(memory, w)}

    def _arrays(self, memory: Memory, w: Array) -> dict[str, Array]:
        """The states that are arrays of the shape of `w`; 0 for one that the code does not have yet."""
        kept = {} if memory.fault else self.code.arrays(memory.kept)
        return {
            name: np.array(kept[name], float) if _like(kept.get(name), w) else np.zeros(w.shape)
            for name in self.columns()
        }

    def columns(self) -> tuple[str, ...]:
        return self.code.columns({"learning_rate": 0.01, **self._floats} if self.code.takes.rate else self._values(1.0))

    def step(self, at: StepInput) -> Mapping[str, Any]:
        """The next point and the states. Raises: FaultError, if the code raises, or returns something else."""
        memory = np.asarray(at.states[MEMORY]).item()
        if memory.fault:
            raise memory.fault
        point = at._replace(w=at.w.copy(), g=np.array(at.g, float))
        with self.code.faults.told():
            w, kept = self.code.step(memory.kept, point, self._values(at.lr))
            made = _checked(w, len(at.w))
            memory = replace(memory, kept=kept)
            return {"w": made, MEMORY: memory, **self._arrays(memory, at.w)}

    @classmethod
    def hyperparameter_names(cls) -> list[str]:
        return [name for name in cls.code.takes.params if name != "learning_rate"]

    def with_value(self, name: str, value: Any) -> Self:
        return type(self)(**{**self.values, name: value})

    def of_lanes(self, kept: Lanes | int) -> Self:
        return type(self)(**{name: of_lanes(value, kept) for name, value in self.values.items()})

    def cost(self, numbers: int) -> float:
        return STEP_COST + numbers


def _checked(w: Any, n: int) -> Array:
    """The next point that a step returned, as an array. Raises: ValueError or TypeError, if it is none."""
    expected = f"where {n} number{'s' * (n > 1)} of the next point are expected"
    if w is None:
        raise TypeError(f"it gave back None, {expected}")
    array = np.asarray(w)
    if array.dtype.kind not in "fiub":
        kind = "complex numbers" if array.dtype.kind == "c" else f"a {type(w).__name__} of {array.dtype}"
        raise TypeError(f"it gave back {kind}, {expected}")
    if array.shape != (n,):
        raise ValueError(f"it gave back an array of shape {array.shape}, {expected}")
    return array.astype(float)
