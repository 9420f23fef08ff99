"""A step by a gradient transformation of Optax."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

import numpy as np

from fallline.optimizers.method import StepInput
from fallline.own.own_method import OwnCode
from fallline.own.signature import Hyperparameters
from fallline.types import Array

MOST_COMPILED = 64
"""The most compiled steps that are kept."""


def in_float64() -> Any:
    """A context in which JAX computes in float64, as runs do. Outside of it, the setting of JAX is unchanged."""
    jax = import_module("jax")
    return jax.enable_x64(True) if hasattr(jax, "enable_x64") else import_module("jax.experimental").enable_x64()


class OptaxCode(OwnCode):
    """A `GradientTransformation`, built by a function from hyperparameters, on one vector of float64.

    Hyperparameters that are floats are arguments of the compiled step, so that one compilation serves all values. If
    the function branches on such a value, JAX cannot compile it, and steps run uncompiled.

    Args: factory: the function.
    """

    def __init__(self, title: str, takes: Hyperparameters, factory: Callable[..., Any]) -> None:
        super().__init__(title, takes, f"{title}.update")
        self._factory = factory
        self._jax, self._optax = import_module("jax"), import_module("optax")
        self._compiled: dict[tuple[Any, ...], Any] = {}
        self._compiles = True
        self._evaluate: Any = None
        self._loss = self._differentiable_loss()
        self.asks = self._needs_the_loss()

    def begin(self, w: Array, values: Mapping[str, float]) -> Any:
        with in_float64():
            return self._made(self.takes.arguments(values)).init(self._jax.numpy.asarray(w))

    def step(self, kept: Any, at: StepInput, values: Mapping[str, float]) -> tuple[Any, Any]:
        self._evaluate = at.evaluate
        arguments = self.takes.arguments(values)
        numbers = {name: value for name, value in arguments.items() if isinstance(value, float)}
        whole = {name: value for name, value in arguments.items() if name not in {**numbers, **self.takes.fixed}}
        with in_float64():
            asarray = self._jax.numpy.asarray
            given = (asarray(at.w), asarray(at.g), asarray(float(np.ravel(at.loss)[0])), kept)
            if self._compiles:
                try:
                    w, kept = self._compiled_for(whole)(numbers, *given)
                except Exception:  # whatever tracing makes of code that was not written for it
                    self._compiles = False
            if not self._compiles:
                w, kept = self._update(arguments, *given)
            return np.array(w), kept

    def _compiled_for(self, whole: Mapping[str, Any]) -> Callable[..., Any]:
        """The compiled step. Whole numbers are constants in it, as they may be sizes of arrays."""
        key = tuple(whole.items())
        if key not in self._compiled:
            if len(self._compiled) >= MOST_COMPILED:
                self._compiled.clear()
            self._compiled[key] = self._jax.jit(lambda numbers, *given: self._update({**numbers, **whole}, *given))
        return self._compiled[key]  # type: ignore[no-any-return]

    def _needs_the_loss(self) -> bool:
        """Whether a step also needs the loss, for instance for a line search."""
        try:
            with in_float64():
                w = self._jax.numpy.full(2, 0.3)
                made = self._made(
                    self.takes.arguments({name: param.default for name, param in self.takes.params.items()})
                )
                made.update(w, made.init(w), w)
        except Exception as error:
            return isinstance(error, TypeError) and "value" in str(error)
        return False

    def _made(self, arguments: Mapping[str, Any]) -> Any:
        """The transformation with these arguments and the fixed ones."""
        return self._optax.with_extra_args_support(self._factory(**{**self.takes.fixed, **arguments}))

    def _update(self, arguments: Mapping[str, Any], w: Any, g: Any, loss: Any, kept: Any) -> tuple[Any, Any]:
        updates, kept = self._made(arguments).update(g, kept, w, value=loss, grad=g, value_fn=self._loss)
        return self._optax.apply_updates(w, updates), kept

    def _differentiable_loss(self) -> Callable[[Any], Any]:
        """The loss of the current step, as a function that JAX can trace and differentiate."""
        jax, shape = self._jax, self._jax.ShapeDtypeStruct

        def value_at(w: Array) -> Any:
            return np.asarray(self._evaluate.loss(np.array(w, float)), dtype=np.float64)

        def gradient_at(w: Array) -> Array:
            return np.asarray(self._evaluate.gradient(np.array(w, float)), dtype=np.float64)

        def loss(w: Any) -> Any:
            return jax.pure_callback(value_at, shape((), np.float64), w)

        def forward(w: Any) -> tuple[Any, Any]:
            return differentiable(w), jax.pure_callback(gradient_at, shape(w.shape, np.float64), w)

        differentiable: Any = jax.custom_vjp(loss)
        differentiable.defvjp(forward, lambda gradient, back: (back * gradient,))
        return lambda w: differentiable(w)

    def arrays(self, kept: Any) -> Mapping[str, Any]:
        flat, _ = self._jax.tree_util.tree_flatten_with_path(kept)
        named: dict[str, Any] = {}
        for path, leaf in flat:
            names = [each.name for each in path if hasattr(each, "name")] or [
                str(getattr(each, "key", "")) for each in path[-1:]
            ]
            name = base = names[-1] or "state"
            number = 2
            while name in named:
                name, number = f"{base}_{number}", number + 1
            numbers = getattr(getattr(leaf, "dtype", None), "kind", "") in ("f", "i", "u", "b")  # a random key has none
            named[name] = np.asarray(leaf) if numbers else leaf
        return named
