"""A loss of one's own in the catalog of this process: a function of arrays."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

import numpy as np

from fallline.notices import Notice, notice
from fallline.own.naming import definition_of, first_line, free_name, own_label, own_name, place_of
from fallline.own.own_objective import GRADIENT_SOURCES, POINTS_TRIED, GradientSource, OwnObjective, one_number
from fallline.problems.problem import OWN_PROBLEMS, Problem
from fallline.problems.surface import Minimum
from fallline.types import Array, Pair


class OwnLoss:
    """A loss of one's own. It can be the `problem` of a spec, or its `surface`.

    Attributes:
        problem: the loss with its map; definition: the module and the name of its code.
        summary: the first line of its docstring.
    """

    def __init__(
        self, name: str, problem: Problem, definition: tuple[str, str], source: str, summary: str = ""
    ) -> None:
        self.name, self.problem, self.definition, self.source = name, problem, definition, source
        self.summary = summary

    @property
    def label(self) -> str:
        """The title of its map."""
        return self.problem.title

    @property
    def gradient_source(self) -> str:
        """A sentence on what computes its gradient."""
        return self.problem.notices[0].msg

    def __call__(self) -> dict[str, str]:
        """The mapping that is the `problem` of a spec with this loss."""
        register_loss(self)
        return {"surface": self.name}

    def __repr__(self) -> str:
        return f"<OwnLoss {self.name!r} of {', '.join(self.problem.parameters)}>"


_OWN: dict[str, OwnLoss] = {}


def own_losses() -> tuple[OwnLoss, ...]:
    """The own losses in the catalog of this process, in the order in which they were made."""
    return tuple(_OWN.values())


def register_loss(own: OwnLoss) -> None:
    """Put a loss into the catalog unless it is there; it gets another name if a later loss has taken its name."""
    if _OWN.get(own.name) is not own:
        own.name = free_name(own.name, _OWN)
        _OWN[own.name], OWN_PROBLEMS[own.name] = own, own.problem


def forget_loss(own: OwnLoss) -> None:
    """Remove a loss from the catalog of this process, so that its name is free again."""
    if _OWN.get(own.name) is own:
        del _OWN[own.name], OWN_PROBLEMS[own.name]


def from_loss(
    f: Callable[..., Any], *, domain: Sequence[Sequence[float]], label: str | None = None,
    start: Sequence[float] | None = None, minima: Sequence[Sequence[float]] = (),
    gradient: GradientSource | Callable[[Array], Any] | None = None,
) -> OwnLoss:  # fmt: skip
    """Make a loss of a function: `f(x, y)`, or `f(w)` with an array of shape (n,), which returns one number.

    If the function also takes many points at once, as arrays x and y or as (n, points), it is called with many. A
    trial finds this out.

    Args:
        domain: (low, high) for each parameter. With more than two parameters the map is a plane, as for networks.
        label: the title of its map, by default the name of the function.
        start: the start of runs; by default a fifth of the width of the domain from its low ends.
        minima: the known minima, each with a number for each parameter.
        gradient: `"torch"` or `"jax"`: the function gets tensors or arrays of these, in float64, and is differentiated
            by them. `"differences"`: the gradient is by central differences. A function: it returns the gradient. By
            default torch or jax if the code of the function uses it, else differences.

    Raises: TypeError or ValueError, with a message that names the wrong value.
    """
    title = getattr(f, "__name__", type(f).__name__).replace("<lambda>", "f")
    axes = _checked_domain(domain)
    names, loss = _one_vector(f, len(axes))
    low, high = np.array(axes).T
    place = low + (high - low) / 5 if start is None else _checked_point("start", start, len(axes))
    source, given = (gradient, None) if isinstance(gradient, str) else (None, gradient)
    if source is not None and source not in GRADIENT_SOURCES:
        raise ValueError(f"gradient must be a function or one of {', '.join(GRADIENT_SOURCES)}; got {source!r}")
    probe = low[:, None] + (high - low)[:, None] * np.random.default_rng(0).uniform(0.1, 0.9, (len(axes), POINTS_TRIED))
    source = source or ("differences" if given else _source_of(f, loss, probe[:, 0]))
    objective = OwnObjective(title, names, loss, source, given, probe)
    known = [_checked_point("minima", at, len(axes)) for at in minima]
    losses = [float(objective.value(at)) for at in known]
    listed = tuple(
        Minimum(tuple(at.tolist()), value, "global" if value <= min(losses) else "local")
        for at, value in zip(known, losses, strict=True)
    )
    label = own_label(label, title)
    problem = Problem(
        "surface", objective, axes if len(axes) <= 2 else (), tuple(place.tolist()), listed,
        notices=tuple(_notices(title, objective, given)), title=label,
        gradient_source="its author" if given else GRADIENT_SOURCES[objective.source],
    )  # fmt: skip
    own = OwnLoss(own_name(title), problem, definition_of(f), place_of(f), first_line(f))
    there = _OWN.get(own.name)
    if there and (there.definition, there.label) == (own.definition, own.label):
        forget_loss(there)
    register_loss(own)
    return own


def _notices(title: str, objective: OwnObjective, given: Any) -> Sequence[Notice]:
    source = (
        f"{getattr(given, '__name__', 'a function')} of its author" if given else GRADIENT_SOURCES[objective.source]
    )
    by_differences = objective.source == "differences" and not given
    notices = [notice("gradient_by_differences" if by_differences else "gradient_from", what=title, source=source)]
    return notices if objective.takes_many else [*notices, notice("loss_one_point", what=title)]


def _checked_domain(domain: Sequence[Sequence[float]]) -> tuple[Pair, ...]:
    ends = np.array(domain, dtype=float)
    if ends.ndim != 2 or ends.shape[1] != 2 or not (np.isfinite(ends).all() and (ends[:, 0] < ends[:, 1]).all()):
        raise ValueError(f"domain must be [low, high] for each parameter, low below high; got {domain!r}")
    return tuple((low, high) for low, high in ends.tolist())


def _checked_point(what: str, at: Sequence[float], n: int) -> Array:
    point = np.array(at, dtype=float)
    if point.shape != (n,) or not np.isfinite(point).all():
        raise ValueError(f"{what} must be {n} finite numbers, one for each parameter; got {at!r}")
    return point


def _one_vector(f: Callable[..., Any], n: int) -> tuple[tuple[str, ...], Callable[[Any], Any]]:
    """The names of the parameters, and the function changed to one that takes an array of them."""
    kinds = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
    needed = [
        parameter.name for parameter in inspect.signature(f).parameters.values()
        if parameter.kind in kinds and parameter.default is parameter.empty
    ]  # fmt: skip
    if len(needed) <= 1:
        names = ("x", "y") if n == 2 else ("x",) if n == 1 else tuple(f"w{k + 1}" for k in range(n))
        return names, f
    if len(needed) != n:
        raise ValueError(f"domain must have {len(needed)} intervals, one for each of {', '.join(needed)}; got {n}")
    return tuple(needed), lambda w: f(*w)


def _source_of(f: Callable[..., Any], loss: Callable[[Any], Any], at: Array) -> GradientSource:
    """Torch or jax if the code of a function uses it, or the function takes only its arrays; else differences."""
    named = _packages(f)
    for source in ("torch", "jax"):
        if source in named:
            return source
    try:
        with np.errstate(all="ignore"):
            one_number(loss(at.copy()))
    except Exception:  # it may need tensors of a package that only functions called by it use
        if "torch" in sys.modules and _works(loss, import_module("torch").tensor(at)):
            return "torch"
        if "jax" in sys.modules and _works(loss, import_module("jax.numpy").asarray(at)):
            return "jax"
    return "differences"


def _works(loss: Callable[[Any], Any], at: Any) -> bool:
    try:
        one_number(loss(at))
    except Exception:
        return False
    return True


def _packages(f: Callable[..., Any]) -> set[str]:
    """The packages of all global and enclosed names that the code of a function uses."""
    code = getattr(f, "__code__", None)
    if code is None:
        return set()
    spaces = {**inspect.getclosurevars(f).globals, **inspect.getclosurevars(f).nonlocals}
    things = [spaces[name] for name in (*code.co_names, *code.co_freevars) if name in spaces]
    homes = (getattr(thing, "__module__", None) or getattr(thing, "__name__", "") for thing in things)
    return {str(home).partition(".")[0] for home in homes}
