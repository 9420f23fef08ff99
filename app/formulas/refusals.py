"""Where Python's floats raise, as in 1/0, exp(1000) or sqrt(-1), and arrays go on with inf or nan.

Mostly this makes no difference: a run is over once its parameters or its loss are inf or nan, as a program is that
raises. It makes one where inf or nan gets lost on the way: 1/inf is 0, and a comparison may pass over nan. Which
operations that concerns is found by trying.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from app.formulas.functions import array_function
from app.formulas.nodes import Node, ordered

TRIED = 4096
"""How many values."""
LARGEST = 40
"""Up to which power of ten: a run that is past it does not come back."""

_HOLDS: Mapping[str, Any] = {
    "<": np.less, "<=": np.less_equal, ">": np.greater, ">=": np.greater_equal, "==": np.equal, "!=": np.not_equal,
}  # fmt: skip


def refusals(lines: Iterable[tuple[str, Node]], checked: Collection[str], known: Mapping[str, Any]) -> dict[Node, bool]:
    """The operations of some lines that floats refuse, each with whether that may happen though all goes on.

    Args:
        lines: name and formula, in order.
        checked: the names that must be finite after them, or the run is over.
        known: the values of names that are known: one, or several, up to TRIED; of any others many are tried.
    """
    lines = tuple(lines)
    values: dict[str, Any] = {name: np.resize(np.asarray(each, float), TRIED) for name, each in known.items()}
    for name in sorted(set().union(*(root.names for _, root in lines)) - values.keys()):
        values[name] = _tried(seed=len(values))
    refused: dict[Node, Any] = {}
    with np.errstate(all="ignore"):
        for target, root in lines:
            parts = tuple(ordered((root,)))
            of = dict(zip(parts, array_function(tuple(values), parts)(*values.values()), strict=True))
            for item, computed in _computed(parts, of).items():
                refused[item] = refused.get(item, False) | (computed & _refuses(item, of))
            values[target] = of[root]
        goes_on = np.all(np.broadcast_arrays(np.True_, *(np.isfinite(values[name]) for name in checked)), axis=0)
        return {item: bool(np.any(at & goes_on)) for item, at in refused.items() if np.any(at)}


def _tried(seed: int) -> Any:
    """Values of every size, of both signs, and small whole ones."""
    draw = np.random.default_rng(seed)
    powers = np.where(draw.random(TRIED) < 0.7, draw.uniform(-3, 3, TRIED), draw.uniform(-LARGEST, LARGEST, TRIED))
    return np.where(draw.random(TRIED) < 0.3, draw.integers(-9, 10, TRIED), draw.choice((-1, 1), TRIED) * 10**powers)


def _computed(parts: Sequence[Node], of: Mapping[Node, Any]) -> dict[Node, Any]:
    """At which values each part is computed: not in a branch that is not taken."""
    found: dict[Node, Any] = {parts[-1]: np.True_}
    for item in reversed(parts):
        for index, arg in enumerate(item.args):
            here = found[item]
            if item.op == "where" and index >= 2:
                left, right = (of[each] for each in item.args[:2])
                here = here & (_HOLDS[str(item.value)](left, right) == (index == 2))
            found[arg] = found.get(arg, False) | here
    return found


def _refuses(item: Node, of: Mapping[Node, Any]) -> Any:
    """At which values floats refuse an operation."""
    if item.op == "div":
        return np.equal(of[item.args[1]], 0)
    if item.op not in ("pow", "call"):
        return np.False_
    args = np.broadcast_arrays(*(of[arg] for arg in item.args))
    undefined = np.isnan(of[item]) & ~np.any(np.isnan(args), axis=0)
    return undefined | (np.isinf(of[item]) & np.all(np.isfinite(args), axis=0))
