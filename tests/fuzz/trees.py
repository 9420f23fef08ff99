"""Expression trees computed node by node, by none of the code that the project generates from them.

In multiple precision, where rounding hides nothing; and on floats with every result a little off, which tells how
far rounding may part two right answers.
"""

from __future__ import annotations

import math
import operator
import random
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import mpmath
import numpy as np

from fallline.formulas.nodes import Node, ordered

Operations = Mapping[str, Callable[..., Any]]

COMPARISONS: Operations = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "==": operator.eq, "!=": operator.ne,
}  # fmt: skip
INFIX: Operations = {
    "add": operator.add, "sub": operator.sub, "mul": operator.mul, "div": operator.truediv, "neg": operator.neg,
}  # fmt: skip
DIGITS = 280
LARGEST, SMALLEST = 1e150, 1e-150
"""Beyond these a number is not computed with: the exponents of multiple precision have no end."""
STEP = mpmath.mpf(10) ** -60
ULPS = 8


class NoValueError(ArithmeticError):
    """There is no real number here, or none of a size to compute with."""


class OnKinkError(ArithmeticError):
    """A choice hangs in the balance: there need be no derivative here."""


def value_of(
    root: Node,
    number: Callable[[float], Any],
    values: Mapping[str, Any],
    operations: Operations,
    holds: Callable[[str, Any, Any], bool],
) -> Any:
    """The value of a tree; of a `where` only the side that is taken is computed.

    Args:
        number: makes a constant; values: those of the names.
        operations: by op, of calls by the name of the function; holds: whether a comparison does.
    """
    known: dict[Node, Any] = {}

    def wants(item: Node) -> Iterator[Node]:
        """What has to be computed before an item is."""
        if item.op == "where":
            yield from item.args[:2]
            if all(arg in known for arg in item.args[:2]):
                yield taken(item)
        else:
            yield from item.args

    def taken(item: Node) -> Node:
        left, right, yes, no = item.args
        return yes if holds(str(item.value), known[left], known[right]) else no

    stack = [root]
    while stack:
        item = stack[-1]
        missing = [each for each in wants(item) if each not in known]
        if missing:
            stack.extend(missing)
            continue
        stack.pop()
        if item.number is not None:
            known[item] = number(item.number)
        elif item.op == "name":
            known[item] = values[str(item.value)]
        elif item.op == "where":
            known[item] = known[taken(item)]
        else:
            name = str(item.value) if item.op == "call" else item.op
            known[item] = operations[name](*(known[arg] for arg in item.args))
    return known[root]


# in multiple precision


def _real(compute: Callable[..., Any]) -> Callable[..., Any]:
    def checked(*args: Any) -> Any:
        try:
            value = compute(*args)
        except (ZeroDivisionError, ValueError, OverflowError):
            raise NoValueError from None
        if not isinstance(value, mpmath.mpf) or mpmath.isnan(value) or not abs(value) < LARGEST:
            raise NoValueError
        if value and abs(value) < SMALLEST:
            raise NoValueError
        return value

    return checked


def _moderate(compute: Callable[..., Any]) -> Callable[..., Any]:
    def checked(value: Any) -> Any:
        if abs(value) > 400:
            raise NoValueError
        return compute(value)

    return checked


def _power(base: Any, exponent: Any) -> Any:
    if base and abs(exponent * mpmath.log(abs(base))) > 400:
        raise NoValueError
    return mpmath.power(base, exponent)


def _floor(value: Any) -> Any:
    if value == mpmath.floor(value):
        raise OnKinkError
    return mpmath.floor(value)


def _away_from_zero(compute: Callable[..., Any]) -> Callable[..., Any]:
    def checked(value: Any) -> Any:
        if not value:
            raise OnKinkError
        return compute(value)

    return checked


def _holds(comparison: str, left: Any, right: Any) -> bool:
    """A comparison of two numbers that floats tell apart too."""
    if abs(left - right) <= 1e-9 * max(abs(left), abs(right)):
        raise OnKinkError
    return bool(COMPARISONS[comparison](left, right))


def _first_if(comparison: str) -> Callable[[Any, Any], Any]:
    return lambda u, v: u if _holds(comparison, u, v) else v


IN_FULL: Operations = {
    name: _real(compute)
    for name, compute in {
        **INFIX,
        "pow": _power,
        "exp": _moderate(mpmath.exp),
        "sinh": _moderate(mpmath.sinh),
        "cosh": _moderate(mpmath.cosh),
        "tanh": _moderate(mpmath.tanh),
        **{name: getattr(mpmath, name) for name in ("sqrt", "log", "log1p", "sin", "cos", "tan", "atan")},
        "abs": _away_from_zero(abs),
        "sign": _away_from_zero(mpmath.sign),
        "floor": _floor,
        "max": _first_if(">="),
        "min": _first_if("<="),
    }.items()
}


def in_full(root: Node, values: Mapping[str, Any]) -> Any:
    """The value of a tree in multiple precision. Raises: NoValueError, OnKinkError."""
    return value_of(root, mpmath.mpf, values, IN_FULL, _holds)


def slope_in_full(root: Node, values: Mapping[str, float], variable: str) -> Any:
    """The derivative of a tree by differences, in multiple precision.

    Raises: NoValueError; OnKinkError where those to either side differ.
    """
    place = {name: mpmath.mpf(value) for name, value in values.items()}
    below, here, above = (in_full(root, {**place, variable: place[variable] + k * STEP}) for k in (-1, 0, 1))
    left, right = (here - below) / STEP, (above - here) / STEP
    if abs(left - right) > 1e-12 * (1 + abs(left)):
        raise OnKinkError
    return (left + right) / 2


# on floats, each result a little off


def _off(compute: Callable[..., Any], chance: random.Random) -> Callable[..., Any]:
    def nudged(*args: Any) -> Any:
        value = compute(*args)
        return value * (1 + chance.randint(-ULPS, ULPS) * 2.0**-53)

    return nudged


_ON_FLOATS: Operations = {
    **{name: compute for name, compute in INFIX.items() if name not in ("div", "neg")},
    "div": np.divide, "pow": np.power, "atan": np.arctan, "abs": np.abs, "sign": np.sign,
    **{name: getattr(np, name) for name in ("sqrt", "exp", "log", "log1p", "sin", "cos", "tan", "sinh", "cosh", "tanh")},
}  # fmt: skip
_EXACT: Operations = {
    "neg": operator.neg, "floor": np.floor,
    "max": lambda u, v: u if u >= v else v, "min": lambda u, v: u if u <= v else v,
}  # fmt: skip


def nudged_values(root: Node, values: Mapping[str, float], count: int = 40) -> list[float]:
    """What a tree may come to on floats that are rounded otherwise; the first is rounded as usual."""
    chance, found = random.Random(0), []
    # Of minus infinity to the power of 0.5 NumPy's `power` takes the root, which is no number; C's power is infinite.
    given = [_ON_FLOATS, {**_ON_FLOATS, "pow": np.float_power}]
    place = {name: np.float64(value) for name, value in values.items()}
    for index in range(count):
        operations = {**{n: _off(c, chance) if index else c for n, c in given[index % 2].items()}, **_EXACT}
        found.append(float(value_of(root, np.float64, place, operations, lambda c, a, b: bool(COMPARISONS[c](a, b)))))
    return found


def rounding_may_tell(root: Node, values: Mapping[str, float], one: float, other: float) -> bool:
    """Whether rounding accounts for the difference of two values of a tree."""
    with np.errstate(all="ignore"):
        nudged = nudged_values(root, values)
    finite = [value for value in nudged if math.isfinite(value)]
    if len({_kind(value) for value in nudged}) > 1:
        return True
    if not finite or not (math.isfinite(one) and math.isfinite(other)):
        return False
    return abs(one - other) <= 10 * (max(finite) - min(finite)) + 1e-15 * abs(one)


def _kind(value: float) -> str:
    return str(value) if not math.isfinite(value) else ""


def depth_of(root: Node) -> int:
    """Levels of a tree."""
    depth: dict[Node, int] = {}
    for item in ordered((root,)):
        depth[item] = 1 + max((depth[arg] for arg in item.args), default=0)
    return depth[root]
