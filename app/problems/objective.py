"""What a run minimises: a loss with its gradient, over all the data or over a batch.

An objective is computed on arrays, for one point or for many side by side. One that is made of formulas also gives
itself as lines of Python on floats, which the loop of a run takes in whole; both are written from one expression tree.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Protocol

import numpy as np

from app.formulas.calculus import gradient
from app.formulas.functions import (
    FLOAT_NAMES,
    Arrays,
    Floats,
    Writer,
    array_function,
    bare_array_function,
    compiled,
    float_function,
)
from app.formulas.nodes import Node, substitute

FLOATS_UP_TO = 50
"""With more points than this NumPy sums faster than a loop over floats."""

CACHED_NUMBERS = 16_384
"""So many floats, and a few arrays of them, lie in the cache of one core."""


@dataclass(frozen=True)
class Fragment:
    """Lines that compute named values from named parameters.

    Args:
        lines: Python statements; they may raise, then `rescue` gives the same values as arrays would.
        names: what the lines need beside the parameters.
        rescue: the same values from the parameters (and the batch), never raising.
    """

    lines: tuple[str, ...]
    names: Mapping[str, object]
    rescue: Callable[..., Sequence[float]]


class Objective(Protocol):
    """A loss with its gradient, in `parameters`.

    A point `w` is an array of shape (n,), or (n, lanes) for many points side by side; a gradient has the shape of its
    `w`. What is not finite comes out as inf or nan, with NumPy's warnings, which whoever calls switches off.
    """

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of what is fitted, in order."""

    @property
    def points(self) -> int | None:
        """How many data points it adds up over, None without data."""

    @property
    def cost(self) -> float:
        """Operations of one evaluation of loss and gradient: one is about 0.03 microseconds."""

    def value(self, w: Any) -> Any:
        """The loss; `w` may also be n arrays that broadcast, such as the axes of a grid."""

    def value_and_gradient(self, w: Any) -> tuple[Any, Any]:
        """The loss and its gradient, over all the data."""

    def batch_gradient(self, w: Any, indices: Sequence[int]) -> Any:
        """The gradient over the data points with these indices."""

    def __hash__(self) -> int:
        """Equal objectives share what is compiled for them."""


def evaluate(objective: Objective, at: Sequence[float]) -> tuple[float, tuple[float, ...]]:
    """The loss and its gradient at one point; in formulas the same to the last bit as in a run."""
    if isinstance(objective, InFormulas):
        loss, *found = _evaluator(objective)(*at)
        return loss, tuple(found)
    with np.errstate(all="ignore"):
        value, gradient = objective.value_and_gradient(np.array(at, dtype=float))
    return float(value), tuple(gradient.tolist())


def evaluate_batch(objective: Objective, at: Sequence[float], indices: Sequence[int]) -> tuple[float, ...]:
    """The gradient over the points with these indices; in formulas the same to the last bit as in a run."""
    if isinstance(objective, InFormulas):
        return _batch_evaluator(objective)(*at, indices)
    with np.errstate(all="ignore"):
        return tuple(objective.batch_gradient(np.array(at, dtype=float), indices).tolist())


class InFormulas(ABC):
    """An objective whose loss and gradient are expression trees, which a loop takes in as lines of its own."""

    parameters: tuple[str, ...]

    @property
    @abstractmethod
    def points(self) -> int | None:
        """How many data points it adds up over, None without data."""

    @property
    @abstractmethod
    def gradient(self) -> tuple[Node, ...]:
        """The gradient as expressions: of the loss, or of one data point's share of it."""

    @abstractmethod
    def lines(self, at: Sequence[str], into: Sequence[str]) -> Fragment:
        """The loss at the parameters called `at`, and its gradient, into the variables `into` (loss first).

        With one name in `into` only the loss is computed.
        """

    @abstractmethod
    def batch_lines(self, at: Sequence[str], into: Sequence[str], chosen: str) -> Fragment:
        """The gradient over the points whose indices the variable `chosen` lists."""


@lru_cache(maxsize=256)
def _evaluator(objective: InFormulas) -> Callable[..., tuple[float, ...]]:
    at = [f"w{i}" for i in range(len(objective.parameters))]
    into = ["loss", *(f"e{i}" for i in range(len(at)))]
    return _function(objective.lines(at, into), at, into)


@lru_cache(maxsize=256)
def _batch_evaluator(objective: InFormulas) -> Callable[..., tuple[float, ...]]:
    at = [f"w{i}" for i in range(len(objective.parameters))]
    into = [f"e{i}" for i in range(len(at))]
    return _function(objective.batch_lines(at, into, "chosen"), [*at, "chosen"], into)


def _function(part: Fragment, given: Sequence[str], into: Sequence[str]) -> Callable[..., tuple[float, ...]]:
    heading, body = ", ".join(given), "\n  ".join(part.lines)
    source = f"def f({heading}):\n try:\n  {body}\n except f_raises:\n  return f_rescue({heading})\n"
    source += f" return {', '.join(into)},\n"
    return compiled(source, {**FLOAT_NAMES, **part.names, "f_rescue": part.rescue}, "f")


@dataclass(frozen=True)
class Closed(InFormulas):
    """A loss that is one formula in the parameters."""

    parameters: tuple[str, ...]
    loss: Node

    @property
    def points(self) -> None:
        return None

    @cached_property
    def gradient(self) -> tuple[Node, ...]:
        """The gradient as expressions."""
        return gradient(self.loss, self.parameters)

    @cached_property
    def cost(self) -> int:
        return self.loss.size + sum(part.size for part in self.gradient)

    def lines(self, at: Sequence[str], into: Sequence[str]) -> Fragment:
        roots = (self.loss, *self.gradient)[: len(into)]
        code = Writer(dict(zip(self.parameters, at, strict=True)), prefix="a").write(roots)
        lines = (
            *code.lines,
            *(f"{target} = {result}" for target, result in zip(into, code.results, strict=True)),
        )
        return Fragment(lines, {}, _lazy(self.parameters, roots))

    def batch_lines(self, at: Sequence[str], into: Sequence[str], chosen: str) -> Fragment:  # noqa: ARG002
        raise TypeError("a formula has no data to draw a batch from")

    def value(self, w: Any) -> Any:
        return array_function(self.parameters, (self.loss,))(*w)[0]

    @cached_property
    def _value_and_gradient(self) -> Arrays:
        return bare_array_function(self.parameters, (self.loss, *self.gradient))

    def value_and_gradient(self, w: Any) -> tuple[Any, Any]:
        loss, *found = self._value_and_gradient(*w)
        return loss, _stacked(found, w)

    def batch_gradient(self, w: Any, indices: Sequence[int]) -> Any:  # noqa: ARG002
        raise TypeError("a formula has no data to draw a batch from")


@dataclass(frozen=True, eq=False)
class OverData(InFormulas):
    """A loss that sums what it makes of the residual of each data point, or takes its mean.

    Args:
        parameters: what is fitted.
        of_residual: the loss of one point, in `residual` alone.
        residual: what the fit misses one point by, in the parameters and in `columns`.
        columns: the data by name, each one value a point.
        mean: whether the sum is divided by the number of points.
    """

    parameters: tuple[str, ...]
    of_residual: Node
    residual: Node
    columns: Mapping[str, tuple[float, ...]]
    mean: bool

    @property
    def points(self) -> int:
        return len(next(iter(self.columns.values())))

    @cached_property
    def term(self) -> Node:
        """The loss of one point, in the parameters and in `columns`."""
        return substitute(self.of_residual, {"residual": self.residual})

    @cached_property
    def gradient(self) -> tuple[Node, ...]:
        """The gradient of one point's loss as expressions."""
        return gradient(self.term, self.parameters)

    @cached_property
    def cost(self) -> int:
        size = self.term.size + sum(part.size for part in self.gradient)
        return size * self.points if self.points <= FLOATS_UP_TO else 60 * size + size * self.points // 40

    @cached_property
    def _arrays(self) -> dict[str, Any]:
        return {column: np.array(values, dtype=float) for column, values in self.columns.items()}

    def _sums(self, roots: tuple[Node, ...]) -> Callable[..., list[float]]:
        """The sums (means) of some roots over all points, or over those of a batch, on arrays."""
        function = array_function((*self.parameters, *self.columns), roots)

        def answer(*at: float, chosen: Sequence[int] | None = None) -> list[float]:
            data = list(self._arrays.values())
            data = data if chosen is None else [column[chosen] for column in data]
            count = len(data[0])
            with np.errstate(all="ignore"):
                sums = (np.sum(np.broadcast_to(v, (count,))) for v in function(*map(np.float64, at), *data))
                return [float(s / count if self.mean else s) for s in sums]

        return answer

    def lines(self, at: Sequence[str], into: Sequence[str]) -> Fragment:
        roots = (self.term, *self.gradient)[: len(into)]
        total = self._sums(roots)
        if self.points > FLOATS_UP_TO:
            return Fragment((f"{', '.join(into)}, = d_total({', '.join(at)})",), {"d_total": total}, total)
        rows = tuple(zip(*self.columns.values(), strict=True))
        heading = f"for {', '.join(self._local())}, in d_rows:"
        lines = self._loop(roots, at, into, heading, [], str(float(self.points)))
        return Fragment(lines, {"d_rows": rows}, total)

    def batch_lines(self, at: Sequence[str], into: Sequence[str], chosen: str) -> Fragment:
        total = self._sums(self.gradient)

        def rescue(*given: Any) -> list[float]:
            *values, indices = given
            return total(*values, chosen=indices)

        if self.points > FLOATS_UP_TO:
            line = f"{', '.join(into)}, = d_batch({', '.join(at)}, {chosen})"
            return Fragment((line,), {"d_batch": rescue}, rescue)
        rows = tuple(zip(*self.columns.values(), strict=True))
        fetch = [f"{', '.join(self._local())}, = d_rows[d]"]
        lines = self._loop(self.gradient, at, into, f"for d in {chosen}:", fetch, f"len({chosen})")
        return Fragment(lines, {"d_rows": rows, "len": len}, rescue)

    def _local(self) -> list[str]:
        return [f"d{i}" for i in range(len(self.columns))]

    def _loop(
        self,
        roots: tuple[Node, ...],
        at: Sequence[str],
        into: Sequence[str],
        heading: str,
        first: list[str],
        count: str,
    ) -> tuple[str, ...]:
        names = dict(zip((*self.parameters, *self.columns), (*at, *self._local()), strict=True))
        code = Writer(names, prefix="b").write(roots)
        adds = [f"{target} += {result}" for target, result in zip(into, code.results, strict=True)]
        body = [f" {line}" for line in (*first, *code.lines, *adds)]
        divide = [f"{target} /= {count}" for target in into] if self.mean else []
        return (f"{' = '.join(into)} = 0.0", heading, *body, *divide)

    def value(self, w: Any) -> Any:
        """Adds up a few points at a time, few enough that what they need on this grid stays in the cache."""
        function = array_function((*self.parameters, *self.columns), (self.term,))
        shape = np.broadcast_shapes(*map(np.shape, w))
        columns = [column.reshape(-1, *(1 for _ in shape)) for column in self._arrays.values()]
        at_once = max(1, CACHED_NUMBERS // math.prod(shape))
        total: Any = 0.0
        with np.errstate(all="ignore"):
            for first in range(0, self.points, at_once):
                terms = function(*w, *(column[first : first + at_once] for column in columns))[0]
                total = total + np.sum(terms, axis=0)
            return total / self.points if self.mean else total

    def value_and_gradient(self, w: Any) -> tuple[Any, Any]:
        loss, *found = self._totals(w, (self.term, *self.gradient), slice(None))
        return loss, _stacked(found, w)

    def batch_gradient(self, w: Any, indices: Sequence[int]) -> Any:
        return _stacked(self._totals(w, self.gradient, indices), w)

    def _totals(self, w: Any, roots: tuple[Node, ...], chosen: Any) -> list[Any]:
        lanes = w.shape[1:]
        data = [column[chosen].reshape(-1, *(1 for _ in lanes)) for column in self._arrays.values()]
        shape = (len(data[0]), *lanes)
        found = bare_array_function((*self.parameters, *self.columns), roots)(*w, *data)
        sums = [np.broadcast_to(value, shape).sum(axis=0) for value in found]
        return [value / shape[0] for value in sums] if self.mean else sums


def _stacked(rows: Sequence[Any], like: Any) -> Any:
    """Rows of numbers or arrays as one array of the shape of `like`."""
    stacked = np.empty_like(like)
    for index, row in enumerate(rows):
        stacked[index] = row
    return stacked


def _lazy(names: tuple[str, ...], roots: tuple[Node, ...]) -> Floats:
    """The slow function that never raises, made only if it is ever needed."""
    return lambda *values: float_function(names, roots)(*values)
