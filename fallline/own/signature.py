"""The hyperparameters of an optimizer of one's own, found by the signature of its code."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from fallline.hyperparameters import Count, Decay, Factor, Interval, Param, Rate, Tiny, counted

RATE_NAMES = ("learning_rate", "lr", "step_size")
"""The names that the learning rate may have in the code; the first that occurs is used."""
DECAYS = re.compile(r"b\d*|beta\w*|momentum|mu|alpha|rho|gamma|nu|decay|decay_rate|\w*_decay_rate")
"""Matches the names of decays, the shares of an average that are kept in a step, if their value is in [0, 1)."""
RESERVED = ("name", "form", "label", "schedule", "noise", "batch_size", "sampling", "first_points", "changes", "at")
"""The fields of every run, whose names no hyperparameter can have."""
NO_RATE = Param(1.0, "It has none, and this one does nothing.", 1.0, 1.0, allowed=Interval(1, 1))
"""The learning rate of an optimizer that has none."""
SLIDER_SPAN = 100.0
"""A logarithmic slider goes from the default divided by this to the default times this."""


@dataclass(frozen=True)
class Hyperparameters:
    """The hyperparameters of an optimizer of one's own, and the arguments of its code that cannot be set in a spec.

    Args:
        params: name in a spec -> the hyperparameter, `learning_rate` first.
        places: name in a spec -> the argument of the code, and the index in it if it is a tuple, else None.
        fixed: argument -> its value, if that is no number.
        rate: the argument that is the learning rate; None if there is none.
    """

    params: Mapping[str, Param]
    places: Mapping[str, tuple[str, int | None]]
    fixed: Mapping[str, Any] = field(default_factory=dict)
    rate: str | None = None

    @property
    def defaults(self) -> dict[str, float]:
        """Name in a spec -> its default."""
        return {name: param.default for name, param in self.params.items()}

    def arguments(self, values: Mapping[str, float]) -> dict[str, Any]:
        """The arguments of the code. Args: values: name in a spec -> its value, including `learning_rate`."""
        made: dict[str, Any] = dict(self.fixed)
        parts: dict[str, dict[int, float]] = {}
        for name, (argument, index) in self.places.items():
            value = int(values[name]) if self.params[name].whole else float(values[name])
            if index is None:
                made[argument] = value
            else:
                parts.setdefault(argument, {})[index] = value
        return made | {argument: tuple(of[k] for k in sorted(of)) for argument, of in parts.items()}


def hyperparameters(
    what: str, code: Callable[..., Any], given: Mapping[str, Any], skipped: Iterable[str] = ()
) -> Hyperparameters:
    """The hyperparameters of a function or a class: its arguments, with the given values or their defaults.

    A number is a hyperparameter, and so is each number of a tuple: `betas` becomes `beta1` and `beta2`. All other
    arguments are fixed.

    Args:
        what: the call, for errors; skipped: arguments that are no hyperparameters, such as the parameters.
        given: argument -> value; the learning rate may be called `learning_rate`, whatever its name in the code.

    Raises: TypeError, if an argument is missing, or a name of `given` is not an argument.
    """
    arguments = _arguments(code, skipped)
    takes_any = any(parameter.kind is parameter.VAR_KEYWORD for parameter in arguments.values())
    arguments = {
        name: parameter for name, parameter in arguments.items() if parameter.kind is not parameter.VAR_KEYWORD
    }
    rate = next((name for name in RATE_NAMES if name in arguments or (takes_any and name in given)), None)
    values = {name: parameter.default for name, parameter in arguments.items()}
    for name, value in given.items():
        argument = rate if name == "learning_rate" and rate else name
        if argument not in arguments and not takes_any:
            there = ", ".join(arguments) or "none"
            raise TypeError(f"{what}: there is no hyperparameter {name}; there are {there}")
        values[argument] = value
    missing = [name for name, value in values.items() if value is inspect.Parameter.empty]
    if missing:
        raise TypeError(f"{what} needs {', '.join(f'{name}=' for name in missing)}, which has no default")
    may_count = {name for name, parameter in arguments.items() if "float" not in str(parameter.annotation)}
    return _sorted_out(values, rate, may_count)


def _arguments(code: Callable[..., Any], skipped: Iterable[str]) -> dict[str, inspect.Parameter]:
    left_out = {*skipped, "self"}
    parameters = inspect.signature(code).parameters.items()
    return {
        name: parameter
        for name, parameter in parameters
        if name not in left_out and parameter.kind is not parameter.VAR_POSITIONAL
    }


def _sorted_out(values: Mapping[str, Any], rate: str | None, may_count: set[str]) -> Hyperparameters:
    """Sort arguments into hyperparameters and fixed ones.

    Args: may_count: the arguments that may be counts, as they are not annotated as floats.
    """
    rate = rate if rate and _is_number(values[rate]) else None
    params: dict[str, Param] = {"learning_rate": Rate(float(values[rate])) if rate else NO_RATE}
    places: dict[str, tuple[str, int | None]] = {"learning_rate": (rate, None)} if rate else {}
    fixed = {}
    for argument, value in values.items():
        if argument == rate:
            continue
        if _is_number(value):
            name = _field_name(argument, params)
            counts = argument in may_count and isinstance(value, int)
            params[name], places[name] = _param(argument, value, counts=counts), (argument, None)
        elif isinstance(value, tuple | list) and value and all(map(_is_number, value)):
            for index, item in enumerate(value):
                name = _field_name(f"{argument.removesuffix('s')}{index + 1}", params)
                params[name], places[name] = _param(name, item), (argument, index)
        else:
            fixed[argument] = value
    return Hyperparameters(params, places, fixed, rate)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _field_name(name: str, taken: Iterable[str]) -> str:
    """The name of an argument in a spec: its own, with _ added if every run has a field of this name or it is taken."""
    name = name.strip("_") or "value"
    while name in RESERVED or hasattr(BaseModel, name) or name in taken:
        name += "_"
    return name


def _param(name: str, value: float, *, counts: bool = False) -> Param:
    """The kind of hyperparameter, with its slider, that suits a name and a value. Args: counts: whether it may be a
    count.
    """
    summary = f"{name}, as its author calls it."
    if counts and value >= 1:
        return Count(float(value), summary, max=float(max(100, 10 * value)), allowed=counted(0))
    if re.fullmatch(r"eps\w*|\w*_eps(ilon)?|epsilon", name) and value >= 0:
        return Tiny(float(value), help=summary)
    if DECAYS.fullmatch(name) and 0 <= value < 1:
        return Decay(float(value), summary)
    if 0 <= value <= 1:
        return Factor(float(value), summary, allowed=Interval())
    if value > 0:
        return Param(float(value), summary, value / SLIDER_SPAN, value * SLIDER_SPAN, "log")
    return Param(float(value), summary, 2 * value, -2 * value)
