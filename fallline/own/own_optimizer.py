"""Optimizers of one's own in the catalog of this process: from a function, a class of PyTorch, a function of Optax."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from typing import Any

from fallline.optimizers import OPTIMIZERS, Optimizer, StepLength
from fallline.own.function_code import STEP_ARGUMENTS, FunctionCode
from fallline.own.naming import (
    definition_of,
    first_line,
    free_name,
    own_label,
    own_name,
    place_of,
    title_of,
)
from fallline.own.own_method import OwnCode, OwnMethod
from fallline.own.signature import hyperparameters
from fallline.spec.run_models import add_to_models, remove_from_models
from fallline.types import Array


class OwnOptimizer:
    """An optimizer of one's own, as it stands among the `optimizers` of a spec, beside words and mappings.

    Called with values it is a mapping of a spec: `mine(lr=0.1, label="faster")`. It is in the catalog of the process
    that made it, as long as that runs.

    Attributes:
        declaration: what the catalog says of it; its `params` are the hyperparameters with their sliders.
        definition: the module and the name of its code.
    """

    def __init__(self, declaration: Optimizer, definition: tuple[str, str]) -> None:
        self.declaration, self.definition = declaration, definition

    @property
    def name(self) -> str:
        """In the catalog; begins with `own.`, which no built-in name does."""
        return self.declaration.name

    @property
    def label(self) -> str:
        """How its runs are called."""
        return self.declaration.label

    @property
    def summary(self) -> str:
        """The first line of the docstring of its code; empty where it has none."""
        return self.declaration.intuition

    @property
    def hyperparameters(self) -> dict[str, float]:
        """Name in a spec -> its value where no other is given; the learning rate is `learning_rate` there."""
        return {name: param.default for name, param in self.declaration.params.items()}

    def __call__(self, **values: Any) -> dict[str, Any]:
        register_optimizer(self)
        return {"name": self.name, **values}

    def __repr__(self) -> str:
        values = ", ".join(f"{name}={value:g}" for name, value in self.hyperparameters.items())
        return f"<OwnOptimizer {self.name!r}: {values}>"


_OWN: dict[str, OwnOptimizer] = {}


def own_optimizers() -> tuple[OwnOptimizer, ...]:
    """Those in the catalog of this process, in the order in which they were made."""
    return tuple(_OWN.values())


def register_optimizer(own: OwnOptimizer) -> None:
    """Put it into the catalog, if it is not there: under another name where a later one has its own."""
    if _OWN.get(own.name) is own:
        return
    own.declaration = replace(own.declaration, name=free_name(own.name, _OWN))
    add_to_models(own.declaration)
    OPTIMIZERS[own.name] = own.declaration
    _OWN[own.name] = own


def forget_optimizer(own: OwnOptimizer) -> None:
    """Take it out of the catalog of this process, so that its name is free again."""
    if _OWN.get(own.name) is own:
        del _OWN[own.name], OPTIMIZERS[own.name]
        remove_from_models(own.name)


def from_function(
    step: Callable[..., Any], *, init: Callable[[Array], Any] | None = None, label: str | None = None,
    **hyperparameters_: float,
) -> OwnOptimizer:  # fmt: skip
    """An optimizer whose step is a function of arrays.

    `step(w, g, state, t, lr, beta) -> (w, state)`: from the point w, shape (n,), the gradient g there and the state to
    the next ones; t counts from 1, and the hyperparameters are handed over by their names.

    Args:
        init: makes the state before step 1 of the start; without it that is {}. What of a state that is a mapping has
            the shape of w is a state with its author's name.
        label: how its runs are called, by default as the function.
        hyperparameters_: their values; what is not given has the default of the function. One that is called `lr`,
            `learning_rate` or `step_size` is the learning rate, which schedules set: `learning_rate` in a spec.

    Raises: TypeError, the function takes a hyperparameter that has no value, or does not take one that has.
    """
    title = title_of(step)
    first = [*inspect.signature(step).parameters][: len(STEP_ARGUMENTS)]
    takes = hyperparameters(f"from_function({title})", step, hyperparameters_, skipped=first)
    return _made(FunctionCode(title, takes, step, init), step, own_label(label, title))


def from_torch(made: Callable[..., Any], *, label: str | None = None, **hyperparameters_: Any) -> OwnOptimizer:
    """An optimizer that is one of PyTorch, on one tensor of float64; a class whose `step` needs a closure gets one.

    Args:
        made: a class derived from `torch.optim.Optimizer`, or a function of the parameters and the hyperparameters.
        label: how its runs are called, by default as the class.
        hyperparameters_: what it is made with. Each number can be set afterwards, and each of a tuple of numbers:
            `betas` is `beta1` and `beta2`. The learning rate is `learning_rate` in a spec.

    Raises: ImportError, PyTorch is not installed; TypeError, as `from_function`; ValueError, it can step no vector.
    """
    code = _needs("torch", "fallline.own.torch_code", "from_torch")
    title = title_of(made)
    first = [name for name in inspect.signature(made).parameters if name != "self"][:1]
    takes = hyperparameters(f"from_torch({title})", made, hyperparameters_, skipped=first)
    of_torch = str(getattr(made, "__module__", "")).startswith("torch.")
    if of_torch and title in code.NOT_DENSE:
        raise ValueError(f"from_torch({title}): {code.NOT_DENSE[title]}")
    return _made(code.TorchCode(title, takes, made), made, own_label(label, title, "PyTorch" if of_torch else ""))


def from_optax(factory: Callable[..., Any], *, label: str | None = None, **hyperparameters_: Any) -> OwnOptimizer:
    """An optimizer that is a gradient transformation of Optax, on one vector of float64.

    Args:
        factory: a function that returns a `GradientTransformation`, as `optax.lion`; one that reads the loss or
            searches along a line (`value`, `value_fn`) is given it.
        label, hyperparameters_: as for `from_torch`.

    Raises: ImportError, JAX or Optax is not installed; TypeError, as `from_function`.
    """
    code = _needs("optax", "fallline.own.optax_code", "from_optax")
    title = title_of(factory)
    takes = hyperparameters(f"from_optax({title})", factory, hyperparameters_)
    of_optax = str(getattr(factory, "__module__", "")).startswith("optax.")
    label = own_label(label, title, "Optax" if of_optax else "")
    return _made(code.OptaxCode(title, takes, factory), factory, label)


def _needs(package: str, module: str, what: str) -> Any:
    try:
        import_module(package)
    except ImportError:
        raise ImportError(f"{what} needs {package}, which is not installed") from None
    return import_module(module)


def _made(code: OwnCode, source: Callable[..., Any], label: str) -> OwnOptimizer:
    """Put it into the catalog; what a cell of a notebook defines again takes the place that it had."""
    takes, place = code.takes, place_of(source)
    declaration = Optimizer(
        name=own_name(code.title),
        label=label,
        family="own",
        summary=". ".join(filter(None, (place, first_line(source).rstrip(".")))) + "." if place else first_line(source),
        intuition=first_line(source),
        method=type(code.title, (OwnMethod,), {"code": code, "place": place, "__doc__": f"{code.title}, {place}"}),
        params=takes.params,
        source=place,
        differs="",
        step_length=StepLength("whole"),
        own=True,
        rate_name=takes.rate or "learning_rate",
    )
    own = OwnOptimizer(declaration, definition_of(source))
    there = _OWN.get(own.name)
    if there and (there.definition, there.label) == (own.definition, own.label):
        forget_optimizer(there)
    register_optimizer(own)
    return own
