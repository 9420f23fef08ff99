"""A function of arrays as an objective, with its gradient from PyTorch, from JAX, or by differences."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any, Literal

import numpy as np

from fallline.faults import FaultError, Faults
from fallline.formulas.cost import array_cost
from fallline.problems.objective import Objective
from fallline.types import Array

GradientSource = Literal["torch", "jax", "differences"]
GRADIENT_SOURCES: Mapping[GradientSource, str] = {
    "torch": "PyTorch's autograd", "jax": "JAX", "differences": "central differences of the loss",
}  # fmt: skip
FIRST_DIFFERENCE, SECOND_DIFFERENCE = 6e-6, 1.2e-4
"""The steps of differences for first and for second derivatives, relative to the parameter if it is above 1: the cube
root and the fourth root of the precision of floats. The errors are about 1e-10 and 1e-8."""
POINTS_TRIED = 5
"""The number of points at which a trial shows whether the function takes many at once."""
OPERATIONS_OF_A_CALL = {"torch": 12_000.0, "jax": 6_000.0, "differences": 1_000.0}
"""The operations of one call of a function, roughly."""


class OwnObjective(Objective):
    """A function of a vector of parameters as an objective.

    Args:
        title: the name that its author gives it; parameters: their names.
        loss: takes an array of shape (n,), or (n, points) if it takes many points at once.
        source: what computes the gradient; given: a function that computes it instead.
        probe: the points, (n, POINTS_TRIED), at which a trial shows whether the function takes many at once.
    """

    has_hessian = True

    def __init__(
        self, title: str, parameters: tuple[str, ...], loss: Callable[[Any], Any], source: GradientSource,
        given: Callable[[Array], Any] | None, probe: Array,
    ) -> None:  # fmt: skip
        self.parameters, self.source, self._loss, self._given = parameters, source, loss, given
        self.second_from = "the gradient" if given else "the loss" if source == "differences" else ""
        self.faults = Faults(title)
        if source == "torch":
            self._torch = import_module("torch")
        elif source == "jax":
            self._jax = import_module("jax")
            self._in_float64 = import_module("fallline.own.optax_code").in_float64
            self._with_gradient = self._jax.jit(self._jax.value_and_grad(self._jax_loss))
            self._hessian = self._jax.jit(self._jax.hessian(self._jax_loss))
            self._of_many = self._jax.jit(self._jax.vmap(self._jax_loss, in_axes=1))
        self.settled = 1e-10 if source != "differences" else 1e-4
        self.takes_many = self._takes_many(probe)
        if not self.takes_many or source != "differences" or given is not None:
            self.lanes = "one by one"

    def _jax_loss(self, w: Any) -> Any:
        return self._jax.numpy.reshape(self._loss(w), ())

    def _takes_many(self, points: Array) -> bool:
        """Whether the function returns for many points at once the same as for each point alone."""
        try:
            with self.faults.told(silent=True), np.errstate(all="ignore"):
                each = [self._at(point) for point in points.T]
                together = self._many(points)
        except FaultError:
            return False
        return together.shape == (POINTS_TRIED,) and bool(np.allclose(together, each, rtol=1e-9, equal_nan=True))

    def _many(self, points: Array) -> Array:
        """The losses at points, (n, points), computed by one call."""
        if self.source == "jax":
            with self._in_float64():
                return np.array(self._of_many(self._jax.numpy.asarray(points)), float)
        made = self._loss(self._torch.tensor(points) if self.source == "torch" else points)
        return np.array(made.detach().numpy() if self.source == "torch" else made, float)

    def _at(self, w: Array) -> float:
        """The loss at one point. Raises: what the function raises; TypeError or ValueError, if it returns no number."""
        if self.source == "jax":
            with self._in_float64():
                return one_number(np.asarray(self._loss(self._jax.numpy.asarray(w))))
        if self.source == "torch":
            return one_number(self._loss(self._torch.tensor(w)))
        return one_number(self._loss(w.copy()))

    def value(self, w: Any) -> Any:
        """The losses of many points; NaN at those where the function raises."""
        points = np.stack(np.broadcast_arrays(*w)).astype(float)
        shape, flat = points.shape[1:], points.reshape(len(points), -1)
        if not shape:
            with self.faults.told():
                return self._at(flat[:, 0])
        losses = self._many_or_nan(flat) if self.takes_many else None
        if losses is None:
            losses = np.array([self._at_or_nan(point) for point in flat.T])
        return losses.reshape(shape)

    def _many_or_nan(self, points: Array) -> Array | None:
        try:
            with self.faults.told(silent=True):
                losses = self._many(points)
        except FaultError:
            return None
        return losses if losses.shape == points.shape[1:] else None

    def _at_or_nan(self, point: Array) -> float:
        try:
            with self.faults.told():
                return self._at(point)
        except FaultError:
            return np.nan

    def value_and_gradient(self, w: Any) -> tuple[Any, Any]:
        """Loss and gradient. Raises: FaultError, if the function raises or returns no number."""
        with self.faults.told():
            if w.ndim == 1:
                return self._with_gradient_at(w)
            lanes = w.reshape(len(w), -1)
            if self.lanes == "together":
                losses, gradients = self._by_differences(lanes)
            else:
                pairs = [self._with_gradient_at(point) for point in lanes.T]
                losses = np.array([loss for loss, _ in pairs])
                gradients = np.stack([gradient for _, gradient in pairs], axis=1)
            return losses.reshape(w.shape[1:]), gradients.reshape(w.shape)

    def _with_gradient_at(self, w: Array) -> tuple[float, Array]:
        if self._given is not None:
            return self._at(w), _vector(self._given(w.copy()), len(w))
        if self.source == "torch":
            point = self._torch.tensor(w, requires_grad=True)
            loss = self._loss(point)
            value = one_number(loss)
            (gradient,) = self._torch.autograd.grad(loss.sum(), point, allow_unused=True)
            return value, np.zeros(len(w)) if gradient is None else gradient.numpy().copy()
        if self.source == "jax":
            with self._in_float64():
                value, gradient = self._with_gradient(self._jax.numpy.asarray(w))
                return float(value), np.array(gradient, float)
        losses, gradients = self._by_differences(w[:, None])
        return float(losses[0]), gradients[:, 0]

    def _by_differences(self, lanes: Array) -> tuple[Array, Array]:
        """The losses at points, (n, points), and the gradients (f(w + h) - f(w - h)) / 2h, in each parameter."""
        n, count = lanes.shape
        steps = FIRST_DIFFERENCE * np.maximum(1.0, np.abs(lanes))
        beside = [lanes, *(lanes + sign * steps * row[:, None] for row in np.eye(n) for sign in (1, -1))]
        losses = self._each(np.concatenate(beside, axis=1)).reshape(2 * n + 1, count)
        above, below = lanes + steps, lanes - steps  # rounded as at the points above, so that 2h is exact
        gradients = (losses[1::2] - losses[2::2]) / (above - below)
        return losses[0], gradients

    def _each(self, points: Array) -> Array:
        return self._many(points) if self.takes_many else np.array([self._at(point) for point in points.T])

    def hessian_at(self, at: Sequence[float]) -> Array | None:
        w = np.array(at, dtype=float)
        try:
            with self.faults.told(), np.errstate(all="ignore"):
                return self._hessian_at(w)
        except FaultError:
            return None

    def _hessian_at(self, w: Array) -> Array:
        if self.source == "torch" and self._given is None:
            made = self._torch.autograd.functional.hessian(lambda x: self._loss(x).sum(), self._torch.tensor(w))
            return np.array(made.numpy(), float)
        if self.source == "jax" and self._given is None:
            with self._in_float64():
                return np.array(self._hessian(self._jax.numpy.asarray(w)), float)
        n = len(w)
        if self._given is not None:
            steps = FIRST_DIFFERENCE * np.maximum(1.0, np.abs(w)) * np.eye(n)
            rows = [
                (_vector(self._given(w + step), n) - _vector(self._given(w - step), n)) / (2 * step.max())
                for step in steps
            ]
            turned: Array = (np.array(rows) + np.array(rows).T) / 2
            return turned
        steps = SECOND_DIFFERENCE * np.maximum(1.0, np.abs(w))
        corners = [
            w + steps * (one * np.eye(n)[i] + other * np.eye(n)[j])
            for i in range(n) for j in range(i, n) for one in (1, -1) for other in (1, -1)
        ]  # fmt: skip
        losses = iter(self._each(np.array(corners).T).reshape(-1, 4).tolist())
        second = np.empty((n, n))
        for i in range(n):
            for j in range(i, n):
                both, first, other, none = next(losses)
                second[i, j] = second[j, i] = (both - first - other + none) / (4 * steps[i] * steps[j])
        return second

    def hessian(self, w: Array) -> Array:
        """The second derivatives, by differences without PyTorch or JAX. Those of a fault are NaN among many points.

        Raises: FaultError, if the function raises at a single point.
        """
        if w.ndim == 1:
            with self.faults.told():
                return self._hessian_at(w)
        points = w.reshape(len(w), -1).T
        found = np.full((len(points), len(w), len(w)), np.nan)
        for place, point in zip(found, points, strict=True):
            there = self.hessian_at(point.tolist())
            place[:] = np.nan if there is None else there
        return np.moveaxis(found, 0, -1).reshape(len(w), *w.shape)

    def cost(self, lanes: int = 1) -> float:
        calls = 1 if self.source != "differences" or self.takes_many else 2 * len(self.parameters) + 1
        if self.lanes == "together":
            return array_cost(OPERATIONS_OF_A_CALL[self.source] / 40, lanes * (2 * len(self.parameters) + 1))
        return OPERATIONS_OF_A_CALL[self.source] * calls * (lanes or 1e-3)


def one_number(value: Any) -> float:
    """The number that a loss returned, as a float. Raises: TypeError or ValueError, if it is not one number."""
    if value is None:
        raise TypeError("it gave back None, where the loss is expected, one number")
    array = np.asarray(value.detach().numpy() if hasattr(value, "detach") else value)
    if array.dtype.kind not in "fiub":
        raise TypeError(f"it gave back {type(value).__name__} of {array.dtype}, where the loss is expected, one number")
    if array.size != 1:
        raise ValueError(f"it gave back an array of shape {array.shape}, where the loss is expected, one number")
    return float(array.reshape(())[()])


def _vector(value: Any, n: int) -> Array:
    array = np.asarray(value.detach().numpy() if hasattr(value, "detach") else value, dtype=float)
    if array.shape != (n,):
        raise ValueError(f"gradient gave back an array of shape {array.shape}, where {n} numbers are expected")
    return array
