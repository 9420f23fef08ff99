"""Optimizers of one's own in the catalog of this process: of a function, a class of PyTorch, or a function of Optax."""

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
    """An optimizer of one's own. The `optimizers` of a spec may contain it, beside texts and mappings.

    Called with values, it returns a run of a spec: `mine(lr=0.1, label="faster")`. It is in the catalog of the process
    that made it, as long as that runs.

    Attributes:
        declaration: its entry in the catalog; `params` has the hyperparameters with their sliders.
        definition: the module and the name of its code.
    """

    def __init__(self, declaration: Optimizer, definition: tuple[str, str]) -> None:
        self.declaration, self.definition = declaration, definition

    @property
    def name(self) -> str:
        """Its name in the catalog, which begins with `own.`; no built-in name does."""
        return self.declaration.name

    @property
    def label(self) -> str:
        """The label of its runs."""
        return self.declaration.label

    @property
    def summary(self) -> str:
        """The first line of the docstring of its code; empty if it has none."""
        return self.declaration.intuition

    @property
    def hyperparameters(self) -> dict[str, float]:
        """Name in a spec -> its default. The learning rate is called `learning_rate` there."""
        return {name: param.default for name, param in self.declaration.params.items()}

    def __call__(self, **values: Any) -> dict[str, Any]:
        register_optimizer(self)
        return {"name": self.name, **values}

    def __repr__(self) -> str:
        values = ", ".join(f"{name}={value:g}" for name, value in self.hyperparameters.items())
        return f"<OwnOptimizer {self.name!r}: {values}>"


_OWN: dict[str, OwnOptimizer] = {}


def own_optimizers() -> tuple[OwnOptimizer, ...]:
    """The own optimizers in the catalog of this process, in the order in which they were made."""
    return tuple(_OWN.values())


def register_optimizer(own: OwnOptimizer) -> None:
    """Put an optimizer into the catalog unless it is there; it gets another name if a later one has taken its name."""
    if _OWN.get(own.name) is own:
        return
    own.declaration = replace(own.declaration, name=free_name(own.name, _OWN))
    add_to_models(own.declaration)
    OPTIMIZERS[own.name] = own.declaration
    _OWN[own.name] = own


def forget_optimizer(own: OwnOptimizer) -> None:
    """Remove an optimizer from the catalog of this process, so that its name is free again."""
    if _OWN.get(own.name) is own:
        del _OWN[own.name], OPTIMIZERS[own.name]
        remove_from_models(own.name)


def from_function(
    step: Callable[..., Any], *, init: Callable[[Array], Any] | None = None, label: str | None = None,
    **hyperparameters_: float,
) -> OwnOptimizer:  # fmt: skip
    """Make an optimizer whose step is a function of arrays.

    `step(w, g, state, t, lr, beta) -> (w, state)` takes the point w, shape (n,), the gradient g there, the state and
    the number t of the step, from 1. It returns the next point and the next state. The other arguments are the
    hyperparameters, which are passed by name.

    Args:
        init: returns the state before step 1 for a start; without it, that is {}. If a state is a mapping, its arrays
            of the shape of w are shown as states, by their keys.
        label: of its runs; by default the name of the function.
        hyperparameters_: their values; those left out have the defaults of the function. One called `lr`,
            `learning_rate` or `step_size` is the learning rate, which a spec calls `learning_rate`, and schedules
            change.

    Raises: TypeError, if a hyperparameter of the function has no value, or the function does not have one.
    """
    title = title_of(step)
    first = [*inspect.signature(step).parameters][: len(STEP_ARGUMENTS)]
    takes = hyperparameters(f"from_function({title})", step, hyperparameters_, skipped=first)
    return _made(FunctionCode(title, takes, step, init), step, own_label(label, title))


def from_torch(made: Callable[..., Any], *, label: str | None = None, **hyperparameters_: Any) -> OwnOptimizer:
    """Make an optimizer of one of PyTorch. It has one parameter, a vector of float64.

    If its `step` needs a closure, it gets one.

    Args:
        made: a class derived from `torch.optim.Optimizer`, or a function of the list of parameters and the
            hyperparameters that returns such an optimizer.
        label: of its runs; by default the name of the class.
        hyperparameters_: the arguments of the class. A spec can set each number, and each number of a tuple: `betas`
            becomes `beta1` and `beta2`. The learning rate is called `learning_rate` in a spec.

    Raises:
        ImportError: PyTorch is not installed.
        TypeError: as `from_function`.
        ValueError: the optimizer cannot step a vector.
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
    """Make an optimizer of a gradient transformation of Optax, on one vector of float64.

    Args:
        factory: a function that returns a `GradientTransformation`, such as `optax.lion`. A transformation that takes
            the loss (`value`, `value_fn`), for instance for a line search, gets it.
        label, hyperparameters_: as for `from_torch`.

    Raises:
        ImportError: JAX or Optax is not installed.
        TypeError: as `from_function`.
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
    """Put an optimizer into the catalog. If a cell of a notebook defines one again, it replaces the earlier one."""
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
