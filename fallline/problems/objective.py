"""An objective, which a run minimises: a loss with its gradient, over all the data or over a batch.

An objective is computed on arrays, for one point or for many side by side. One that consists of formulas is also a
function of floats, which is faster at one point; both functions are generated from the same expression tree.
"""

import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any

import numpy as np

from fallline.formulas.calculus import gradient, hessian
from fallline.formulas.cost import array_cost
from fallline.formulas.functions import (
    FLOAT_NAMES,
    CodeGenerator,
    bare_array_function,
    compiled,
    filled,
    float_function,
)
from fallline.formulas.nodes import Node, substitute
from fallline.types import Array, Stepped

FLOATS_UP_TO = 50
"""With more data points than this, NumPy sums faster than a loop over floats."""

CACHED_NUMBERS = 16_384
"""A few arrays of this many floats fit into the cache of one core."""

FloatsFunction = Callable[..., Sequence[float]]
"""A function of floats that returns several floats. It never raises, but returns inf or nan."""


class Objective(ABC):
    """A loss with its gradient, in `parameters`. Equal objectives have the same hash, and share compiled functions.

    On arrays, a point `w` has shape (n,), or (n, lanes) for many points side by side; a gradient has the shape of its
    `w`. Results that are not finite are inf or nan; NumPy warns of them, unless the caller turns its warnings off.

    Methods whose names end in `_at` are for one point. They take floats and do not warn. Their results equal those of
    a run to the last bit.
    """

    parameters: tuple[str, ...]
    """The names of the parameters, in order."""
    second_from: str = ""
    """`the loss` or `the gradient`, if its second derivatives are central differences of that; else empty."""
    has_hessian: bool = False
    """Whether it has second derivatives: `hessian` and, at one point, `hessian_at`."""
    lanes: Stepped = "together"
    """Whether it is computed at many points side by side, one per lane, or at one point at a time."""
    settled: float = 1e-10
    """Newton's method has converged when a step is shorter than this share of the distance that counts as near."""

    @property
    def points(self) -> Sequence[Sequence[float]]:
        """The data points that the loss sums over, each its features followed by its target; empty without data."""
        return ()

    @property
    def n_points(self) -> int | None:
        """The number of data points; None without data."""
        return len(self.points) or None

    @abstractmethod
    def cost(self, lanes: int = 1) -> float:
        """The operations of loss and gradient on arrays, at `lanes` points side by side; linear in `lanes`."""

    @abstractmethod
    def value(self, w: Any) -> Any:
        """The loss; `w` may also be n arrays that broadcast, such as the axes of a grid."""

    @abstractmethod
    def value_and_gradient(self, w: Any) -> tuple[Any, Any]:
        """The loss and its gradient, over all the data."""

    def batch_gradient(self, w: Any, indices: Sequence[int]) -> Any:  # noqa: ARG002
        """The gradient over the data points with these indices."""
        raise TypeError("there is no data to draw a batch from")

    def hessian(self, w: Array) -> Array:  # noqa: ARG002
        """The second derivatives, shape (n, n), or (n, n, lanes)."""
        raise TypeError("there are no second derivatives of this loss")

    def value_and_gradient_at(self, at: Sequence[float]) -> tuple[float, tuple[float, ...]]:
        """The loss and its gradient at one point, over all the data."""
        with np.errstate(all="ignore"):
            value, gradient = self.value_and_gradient(np.array(at, dtype=float))
        return float(value), tuple(gradient.tolist())

    def batch_gradient_at(self, at: Sequence[float], indices: Sequence[int]) -> tuple[float, ...]:
        """The gradient at one point over the data points with these indices."""
        with np.errstate(all="ignore"):
            return tuple(self.batch_gradient(np.array(at, dtype=float), indices).tolist())

    def hessian_at(self, at: Sequence[float]) -> Array | None:  # noqa: ARG002
        """The second derivatives at one point, shape (n, n); None if the objective has none."""
        return None


class InFormulas(Objective):
    """An objective whose loss and gradient are expression trees, so that it can be computed on floats too."""

    has_hessian = True

    @property
    @abstractmethod
    def term(self) -> Node:
        """The loss in the parameters; with data, the loss of one point in the parameters and the columns."""

    @cached_property
    def gradient(self) -> tuple[Node, ...]:
        """The derivative of `term` in each parameter."""
        return gradient(self.term, self.parameters)

    @cached_property
    def _size(self) -> int:
        """Operations of `term` and its gradient."""
        return self.term.size + sum(partial.size for partial in self.gradient)

    @property
    def cost_on_floats(self) -> float:
        """Operations of loss and gradient at one point."""
        return min(self._size * (self.n_points or 1), self.cost())

    @abstractmethod
    def on_floats(self, formulas: tuple[Node, ...]) -> FloatsFunction:
        """The function from the parameters to the values of these formulas; with data, to their sums or means."""

    @abstractmethod
    def _on_arrays(self, w: Any, shape: tuple[int, ...], formulas: tuple[Node, ...]) -> Sequence[Any]:
        """The value of each formula at `w`, as arrays that broadcast to `shape`; with data, the sum or mean of each."""

    def value(self, w: Any) -> Any:
        return self._on_arrays(w, np.broadcast_shapes(*map(np.shape, w)), (self.term,))[0]

    def value_and_gradient(self, w: Any) -> tuple[Any, Any]:
        loss, *partials = self._on_arrays(w, w.shape[1:], (self.term, *self.gradient))
        return loss, _stacked(partials, w)

    @cached_property
    def value_and_gradient_on_floats(self) -> FloatsFunction:
        """The function from the parameters to the loss and the components of its gradient."""
        return self.on_floats((self.term, *self.gradient))

    @cached_property
    def _second_derivatives(self) -> tuple[Node, ...]:
        return tuple(chain(*hessian(self.term, self.parameters)))

    @cached_property
    def _hessian_on_floats(self) -> FloatsFunction:
        return self.on_floats(self._second_derivatives)

    def hessian(self, w: Array) -> Array:
        partials = self._on_arrays(w, w.shape[1:], self._second_derivatives)
        stacked: Array = _stacked(partials, np.empty((len(partials), *w.shape[1:])))
        return stacked.reshape(len(w), *w.shape)

    def value_and_gradient_at(self, at: Sequence[float]) -> tuple[float, tuple[float, ...]]:
        loss, *partials = self.value_and_gradient_on_floats(*at)
        return loss, tuple(partials)

    def hessian_at(self, at: Sequence[float]) -> Array:
        return np.reshape(self._hessian_on_floats(*at), (len(at), len(at)))


@dataclass(frozen=True)
class Closed(InFormulas):
    """A loss that is one formula in the parameters."""

    parameters: tuple[str, ...]
    formula: Node

    @property
    def term(self) -> Node:
        return self.formula

    def cost(self, lanes: int = 1) -> float:
        return array_cost(self._size, lanes)

    def on_floats(self, formulas: tuple[Node, ...]) -> FloatsFunction:
        return float_function(self.parameters, formulas)

    def _on_arrays(self, w: Any, shape: tuple[int, ...], formulas: tuple[Node, ...]) -> Sequence[Any]:  # noqa: ARG002
        return bare_array_function(self.parameters, formulas)(*w)


SUM_OVER_POINTS = """\
def f({given}):
    try:
        {start} = 0.0
        for {point}, in {points}:
            {add}
        {divide}
        return {sums},
    except f_raises:
        return by_arrays({given})
"""
"""The source of a function that sums over data points; `filled` replaces the parts in braces."""


@dataclass(frozen=True, eq=False)
class OverData(InFormulas):
    """A loss that is the sum or the mean of the losses of data points, each a function of the point's residual.

    Args:
        parameters: their names.
        of_residual: the loss of one point, in `residual` alone.
        residual: target less prediction of one point, in the parameters and in `columns`.
        columns: the name of a column -> its values, one for each point.
        mean: whether the sum is divided by the number of points.
    """

    parameters: tuple[str, ...]
    of_residual: Node
    residual: Node
    columns: Mapping[str, tuple[float, ...]]
    mean: bool

    @cached_property
    def points(self) -> Sequence[tuple[float, ...]]:
        return tuple(zip(*self.columns.values(), strict=True))

    @cached_property
    def term(self) -> Node:
        return substitute(self.of_residual, {"residual": self.residual})

    def cost(self, lanes: int = 1) -> float:
        return array_cost(self._size, len(self.points) * lanes)

    @cached_property
    def _arrays(self) -> dict[str, Any]:
        return {column: np.array(values, dtype=float) for column, values in self.columns.items()}

    @cached_property
    def batch_gradient_on_floats(self) -> FloatsFunction:
        """The function from the parameters and a list of indices to the gradient over the points with these indices."""
        return self.on_floats(self.gradient, batch=True)

    def batch_gradient_at(self, at: Sequence[float], indices: Sequence[int]) -> tuple[float, ...]:
        return tuple(self.batch_gradient_on_floats(*at, indices))

    def on_floats(self, formulas: tuple[Node, ...], *, batch: bool = False) -> FloatsFunction:
        """The function from the parameters to the sums (means) of formulas over the points.

        Args: batch: the function takes the indices of the points after the parameters, and sums over these alone.
        """

        def by_arrays(*given: Any) -> list[float]:
            w, indices = (given[:-1], given[-1]) if batch else (given, slice(None))
            with np.errstate(all="ignore"):
                return [float(total) for total in self._on_arrays(np.array(w, dtype=float), (), formulas, indices)]

        if len(self.points) > FLOATS_UP_TO:
            return by_arrays
        point = self.points.__getitem__
        names = {"points": self.points, "point": point, "map": map, "len": len, "by_arrays": by_arrays}
        return compiled(self._sum_over_points(formulas, batch=batch), {**FLOAT_NAMES, **names}, "f")

    def _sum_over_points(self, formulas: tuple[Node, ...], *, batch: bool) -> Iterator[str]:
        """The source of a function that loops over the data points; where floats raise, it calls `by_arrays`."""
        w = [f"w{i}" for i in range(len(self.parameters))]
        point = [f"d{i}" for i in range(len(self.columns))]
        sums = [f"s{i}" for i in range(len(formulas))]
        names = dict(zip((*self.parameters, *self.columns), (*w, *point), strict=True))
        code = CodeGenerator(names).generate(formulas)
        add = (f"{total} += {term}" for total, term in zip(sums, code.results, strict=True))
        count = "len(indices)" if batch else len(self.points)
        return filled(
            SUM_OVER_POINTS,
            given=", ".join([*w, "indices"] if batch else w),
            start=" = ".join(sums),
            point=", ".join(point),
            points="map(point, indices)" if batch else "points",
            add="\n".join([*code.lines, *add]),
            divide="\n".join(f"{total} /= {count}" for total in sums if self.mean),
            sums=", ".join(sums),
        )

    def batch_gradient(self, w: Any, indices: Sequence[int]) -> Any:
        return _stacked(self._on_arrays(w, w.shape[1:], self.gradient, indices), w)

    def _on_arrays(
        self, w: Any, shape: tuple[int, ...], formulas: tuple[Node, ...], indices: Any = slice(None)
    ) -> list[Any]:
        """The sum (mean) of each formula over the points with these indices.

        It adds up a few points at a time, so few that their arrays stay in the cache.
        """
        function = bare_array_function((*self.parameters, *self.columns), formulas)
        columns = [column[indices].reshape(-1, *(1 for _ in shape)) for column in self._arrays.values()]
        count = len(columns[0])
        at_once = max(1, CACHED_NUMBERS // max(1, math.prod(shape)))
        totals: list[Any] = [0.0] * len(formulas)
        for first in range(0, count, at_once):
            part = [column[first : first + at_once] for column in columns]
            terms = (np.broadcast_to(value, (len(part[0]), *shape)) for value in function(*w, *part))
            totals = [total + term.sum(axis=0) for total, term in zip(totals, terms, strict=True)]
        return [total / count for total in totals] if self.mean else totals


def _stacked(rows: Sequence[Any], like: Any) -> Any:
    """Rows of numbers or arrays, one for each parameter, as one array of the shape of `like`."""
    stacked = np.empty_like(like)
    for index, row in enumerate(rows):
        stacked[index] = row
    return stacked
