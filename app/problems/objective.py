"""What a run minimises: a loss with its gradient, over all the data or over a batch.

An objective is computed on arrays, for one point or for many side by side. One that is made of formulas is also a
function of floats, which is quicker at one point; both are written from one expression tree.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any, Protocol

import numpy as np

from app.formulas.calculus import gradient, hessian
from app.formulas.cost import array_operations
from app.formulas.functions import (
    FLOAT_NAMES,
    ArrayFunction,
    CodeGenerator,
    FloatFunction,
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


class Objective(Protocol):
    """A loss with its gradient, in `parameters`.

    A point `w` is an array of shape (n,), or (n, lanes) for many points side by side; a gradient has the shape of its
    `w`. What is not finite comes out as inf or nan, with NumPy's warnings, which whoever calls switches off.
    """

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of what is fitted, in order."""

    @property
    def n_points(self) -> int | None:
        """How many data points it adds up over, None without data."""

    def cost(self, lanes: int = 1) -> float:
        """Operations of loss and gradient on arrays, at so many points side by side; a straight line over the lanes."""

    def value(self, w: Any) -> Any:
        """The loss; `w` may also be n arrays that broadcast, such as the axes of a grid."""

    def value_and_gradient(self, w: Any) -> tuple[Any, Any]:
        """The loss and its gradient, over all the data."""

    def batch_gradient(self, w: Any, indices: Sequence[int]) -> Any:
        """The gradient over the data points with these indices."""

    def __hash__(self) -> int:
        """Equal objectives share what is compiled for them."""


@dataclass(frozen=True)
class Closed:
    """A loss that is one formula in the parameters."""

    parameters: tuple[str, ...]
    loss: Node

    @property
    def n_points(self) -> None:
        return None

    @cached_property
    def gradient(self) -> tuple[Node, ...]:
        """The gradient as expressions."""
        return gradient(self.loss, self.parameters)

    @cached_property
    def cost_on_floats(self) -> int:
        """Operations of loss and gradient at one point."""
        return self.loss.size + sum(part.size for part in self.gradient)

    def cost(self, lanes: int = 1) -> float:
        return array_operations(self.cost_on_floats, lanes)

    @cached_property
    def value_and_gradient_on_floats(self) -> FloatFunction:
        """The parameters -> the loss and each component of its gradient; never raises."""
        return float_function(self.parameters, (self.loss, *self.gradient))

    @cached_property
    def hessian_on_floats(self) -> FloatFunction:
        """The parameters -> the second derivatives, row by row; never raises."""
        return float_function(self.parameters, tuple(chain(*hessian(self.loss, self.parameters))))

    def value(self, w: Any) -> Any:
        return array_function(self.parameters, (self.loss,))(*w)[0]

    @cached_property
    def _value_and_gradient(self) -> ArrayFunction:
        return bare_array_function(self.parameters, (self.loss, *self.gradient))

    def value_and_gradient(self, w: Any) -> tuple[Any, Any]:
        loss, *found = self._value_and_gradient(*w)
        return loss, _stacked(found, w)

    def batch_gradient(self, w: Any, indices: Sequence[int]) -> Any:  # noqa: ARG002
        raise TypeError("a formula has no data to draw a batch from")


@dataclass(frozen=True, eq=False)
class OverData:
    """A loss that sums what it makes of the residual of each data point, or takes its mean.

    Args:
        parameters: what is fitted.
        of_residual: the loss of one point, in `residual` alone.
        residual: target less prediction of one point, in the parameters and in `columns`.
        columns: the data by name, each one value a point.
        mean: whether the sum is divided by the number of points.
    """

    parameters: tuple[str, ...]
    of_residual: Node
    residual: Node
    columns: Mapping[str, tuple[float, ...]]
    mean: bool

    @property
    def n_points(self) -> int:
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
    def _size(self) -> int:
        return self.term.size + sum(part.size for part in self.gradient)

    @cached_property
    def cost_on_floats(self) -> float:
        """Operations of loss and gradient at one point."""
        return self._size * self.n_points if self.n_points <= FLOATS_UP_TO else self.cost()

    def cost(self, lanes: int = 1) -> float:
        sums = 500 * (1 + len(self.parameters))
        return sums + array_operations(self._size, self.n_points * lanes)

    @cached_property
    def _arrays(self) -> dict[str, Any]:
        return {column: np.array(values, dtype=float) for column, values in self.columns.items()}

    @cached_property
    def value_on_floats(self) -> Callable[..., Sequence[float]]:
        """The parameters -> the loss alone, in a sequence; never raises."""
        return self._on_floats((self.term,))

    @cached_property
    def value_and_gradient_on_floats(self) -> Callable[..., Sequence[float]]:
        """The parameters -> the loss and each component of its gradient; never raises."""
        return self._on_floats((self.term, *self.gradient))

    @cached_property
    def hessian_on_floats(self) -> Callable[..., Sequence[float]]:
        """The parameters -> the second derivatives, row by row; never raises."""
        return self._on_floats(tuple(chain(*hessian(self.term, self.parameters))))

    @cached_property
    def batch_gradient_on_floats(self) -> Callable[..., Sequence[float]]:
        """The parameters and a list of indices -> the gradient over the data points with these; never raises."""
        return self._on_floats(self.gradient, batch=True)

    def _on_floats(self, roots: tuple[Node, ...], *, batch: bool = False) -> Callable[..., Sequence[float]]:
        """The sums (means) of these over all points, or over those whose indices are given after the parameters."""

        def by_arrays(*given: Any) -> list[float]:
            w, chosen = (given[:-1], given[-1]) if batch else (given, slice(None))
            with np.errstate(all="ignore"):
                return [float(total) for total in self._totals(np.array(w, dtype=float), (), roots, chosen)]

        if self.n_points > FLOATS_UP_TO:
            return by_arrays
        w, data, sums = (
            [f"{letter}{i}" for i in range(count)]
            for letter, count in (("w", len(self.parameters)), ("d", len(self.columns)), ("s", len(roots)))
        )
        code = CodeGenerator(dict(zip((*self.parameters, *self.columns), (*w, *data), strict=True))).generate(roots)
        given = ", ".join([*w, "chosen"] if batch else w)
        body = [
            f"{' = '.join(sums)} = 0.0",
            f"for {', '.join(data)}, in {'map(row, chosen)' if batch else 'rows'}:",
            *(f" {line}" for line in code.lines),
            *(f" {each} += {result}" for each, result in zip(sums, code.results, strict=True)),
            *(f"{each} /= {'len(chosen)' if batch else self.n_points}" for each in sums if self.mean),
            f"return {', '.join(sums)},",
        ]
        lines = [f"def f({given}):", " try:", *(f"  {line}" for line in body), " except f_raises:"]
        rows = tuple(zip(*self.columns.values(), strict=True))
        names = {"rows": rows, "row": rows.__getitem__, "map": map, "len": len, "by_arrays": by_arrays}
        return compiled("\n".join([*lines, f"  return by_arrays({given})\n"]), {**FLOAT_NAMES, **names}, "f")

    def value(self, w: Any) -> Any:
        with np.errstate(all="ignore"):
            return self._totals(w, np.broadcast_shapes(*map(np.shape, w)), (self.term,))[0]

    def value_and_gradient(self, w: Any) -> tuple[Any, Any]:
        loss, *found = self._totals(w, w.shape[1:], (self.term, *self.gradient))
        return loss, _stacked(found, w)

    def batch_gradient(self, w: Any, indices: Sequence[int]) -> Any:
        return _stacked(self._totals(w, w.shape[1:], self.gradient, indices), w)

    def _totals(self, w: Any, shape: tuple[int, ...], roots: tuple[Node, ...], chosen: Any = slice(None)) -> list[Any]:
        """The sums (means) of these, each of this shape.

        Adds up a few points at a time, few enough that what they need stays in the cache.
        """
        function = bare_array_function((*self.parameters, *self.columns), roots)
        data = [column[chosen].reshape(-1, *(1 for _ in shape)) for column in self._arrays.values()]
        count, at_once = len(data[0]), max(1, CACHED_NUMBERS // max(1, math.prod(shape)))
        totals: list[Any] = [0.0] * len(roots)
        for first in range(0, count, at_once):
            some = [column[first : first + at_once] for column in data]
            found = (np.broadcast_to(value, (len(some[0]), *shape)) for value in function(*w, *some))
            totals = [total + value.sum(axis=0) for total, value in zip(totals, found, strict=True)]
        return [total / count for total in totals] if self.mean else totals


InFormulas = Closed | OverData
"""An objective whose loss and gradient are expression trees."""


def evaluate(objective: Objective, at: Sequence[float]) -> tuple[float, tuple[float, ...]]:
    """The loss and its gradient at one point; in formulas the same to the last bit as in a run."""
    if isinstance(objective, InFormulas):
        loss, *found = objective.value_and_gradient_on_floats(*at)
        return loss, tuple(found)
    with np.errstate(all="ignore"):
        value, gradient = objective.value_and_gradient(np.array(at, dtype=float))
    return float(value), tuple(gradient.tolist())


def evaluate_batch(objective: Objective, at: Sequence[float], indices: Sequence[int]) -> tuple[float, ...]:
    """The gradient over the points with these indices; in formulas the same to the last bit as in a run."""
    if isinstance(objective, OverData):
        return tuple(objective.batch_gradient_on_floats(*at, indices))
    with np.errstate(all="ignore"):
        return tuple(objective.batch_gradient(np.array(at, dtype=float), indices).tolist())


def _stacked(rows: Sequence[Any], like: Any) -> Any:
    """Rows of numbers or arrays as one array of the shape of `like`."""
    stacked = np.empty_like(like)
    for index, row in enumerate(rows):
        stacked[index] = row
    return stacked
