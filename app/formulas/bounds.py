"""Where the parts of a formula can lie, and so which of its operations Python's floats may refuse.

Intervals are computed with the operations themselves at their ends, which rounds as the values do. They hold every
value that is a number; an end that is infinite may be reached. What is guarded by a `where` is looked at with what its
condition says: `where(r > 5, sqrt(r - 4), 0)` is safe.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import product

from app.formulas.functions import RAISES, product_exponent
from app.formulas.nodes import Node, name
from app.formulas.vocabulary import FUNCTIONS

Interval = tuple[float, float]
ALL: Interval = (-math.inf, math.inf)
LARGEST = sys.float_info.max
DEEPEST = 3
"""Conditions inside each other that are followed; what deeper ones say is passed over."""

_WITHIN: Mapping[str, Interval] = {
    "sin": (-1, 1), "cos": (-1, 1), "sign": (-1, 1), "tanh": (-1, 1), "atan": (-2, 2), "tan": ALL,
    "cosh": (1, math.inf),
}  # fmt: skip
"""Functions whose values lie within these ends whatever their argument; any other rises with each argument."""

_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


class Reach:
    """What the parts of formulas can be, and which of their operations may raise.

    Args:
        known: name -> where it lies; any other name may be anything.
        guarded: whether a case is computed only where its condition holds.
    """

    def __init__(self, known: Mapping[str, Interval], *, guarded: bool = True) -> None:
        self.raising: set[Node] = set()
        self._given: dict[Node, Interval] = {name(text): ends for text, ends in known.items()}
        self._found: dict[Node, Interval] = {}
        self._depth = 0 if guarded else DEEPEST

    def of(self, item: Node) -> Interval:
        """Where a formula lies; what may raise in it joins `raising`."""
        for part in self._outside_branches(item):
            self._found[part] = self._given.get(part) or self._interval(part)
        return self._found[item]

    def _outside_branches(self, root: Node) -> Iterator[Node]:
        """What is not yet found of `root`, operands first, without the cases of a `where`. Without recursion."""
        stack, found = [root], self._found
        while stack:
            item = stack[-1]
            needed = () if item in self._given else item.args[:2] if item.op == "where" else item.args
            missing = [arg for arg in needed if arg not in found]
            stack.extend(missing)
            if not missing:
                stack.pop()
                if item not in found:
                    yield item

    def _interval(self, item: Node) -> Interval:
        if item.op in ("number", "name"):
            return ALL if item.number is None else (item.number, item.number)
        if item.op == "where":
            return self._cases(item)
        ends = [self._found[arg] for arg in item.args]
        if _may_raise(item, ends):
            self.raising.add(item)
        return _result(item, ends)

    def _cases(self, item: Node) -> Interval:
        left, right, yes, no = item.args
        comparison = str(item.value)
        with self._where({left: (comparison, right), right: (_TURNED.get(comparison, ""), left)}):
            first = self.of(yes)
        # A comparison with nan fails too: that it fails says something only beside a number.
        opposite = _OPPOSITE.get(comparison, "")
        failed = {left: (opposite, right)} if right.op == "number" else {}
        failed |= {right: (_TURNED.get(opposite, ""), left)} if left.op == "number" else {}
        with self._where(failed):
            second = self.of(no)
        return hull((first, second))

    @contextmanager
    def _where(self, held: Mapping[Node, tuple[str, Node]]) -> Iterator[None]:
        """Look at things with what is known when each of some nodes stands so to another."""
        narrowed = {
            item: _narrowed(self.of(item), comparison, self.of(other))
            for item, (comparison, other) in held.items()
            if item.op != "number"
        }
        outside = self._given, self._found, self._depth
        if narrowed and self._depth < DEEPEST:
            self._given, self._found, self._depth = {**self._given, **narrowed}, {}, self._depth + 1
        yield
        self._given, self._found, self._depth = outside


def hull(intervals: Iterable[Interval]) -> Interval:
    """The smallest interval around some."""
    lows, highs = zip(*intervals, strict=True)
    return min(lows), max(highs)


def _narrowed(ends: Interval, comparison: str, other: Interval) -> Interval:
    """The part of an interval that compares so to some number of another; all of it where there is none."""
    low, high = ends
    if comparison in (">", ">="):
        low = max(low, math.nextafter(other[0], math.inf) if comparison == ">" else other[0])
    elif comparison in ("<", "<="):
        high = min(high, math.nextafter(other[1], -math.inf) if comparison == "<" else other[1])
    return (low, high) if low <= high else ends


def _may_raise(item: Node, ends: list[Interval]) -> bool:
    if item.op == "div":
        return _holds_zero(ends[1])
    if item.op == "pow":
        return _power_may_raise(item, *ends)
    function = FUNCTIONS[str(item.value)].on_floats if item.op == "call" else None
    return function is not None and any(_raises(function, at) for end in ends for at in _tried(end))


def _power_may_raise(item: Node, base: Interval, exponent: Interval) -> bool:
    count = product_exponent(item)
    if count:
        return count < 0 and _holds_zero(_whole_power(base, -count))
    negative = base[0] < 0 or (base[0] == 0 and exponent[0] < 0)
    return negative or any(_raises(math.pow, *at) for at in product(_tried(base), _tried(exponent)))


def _tried(ends: Interval) -> set[float]:
    """The ends, and the largest numbers where they are infinite."""
    return {*ends, *(max(-LARGEST, min(LARGEST, end)) for end in ends)}


def _raises(function: Callable[..., float], *at: float) -> bool:
    try:
        function(*at)
    except RAISES:
        return True
    return False


def _holds_zero(ends: Interval) -> bool:
    return ends[0] <= 0 <= ends[1]


def _result(item: Node, ends: list[Interval]) -> Interval:
    match item.op:
        case "neg":
            return -ends[0][1], -ends[0][0]
        case "add":
            return _sum(ends[0], ends[1])
        case "sub":
            return _sum(ends[0], (-ends[1][1], -ends[1][0]))
        case "mul":
            return _whole_power(ends[0], 2) if item.args[0] is item.args[1] else _product(*ends)
        case "div":
            return _quotient(*ends)
        case "pow":
            return _power(item, *ends)
    return _call(str(item.value), ends)


def _sum(one: Interval, other: Interval) -> Interval:
    low, high = one[0] + other[0], one[1] + other[1]
    return (-math.inf if math.isnan(low) else low), (math.inf if math.isnan(high) else high)


def _product(one: Interval, other: Interval) -> Interval:
    """Of the ends; 0 times an infinite end is 0, as no value is beyond every other."""
    found = [0.0 if math.isnan(a * b) else a * b for a, b in product(one, other)]
    return min(found), max(found)


def _quotient(above: Interval, below: Interval) -> Interval:
    if _holds_zero(below):
        return ALL
    found = [a / b for a, b in product(above, below)]
    if any(map(math.isnan, found)):
        return (0.0, math.inf) if above[0] >= 0 < below[0] else ALL
    return min(found), max(found)


def _whole_power(base: Interval, count: int) -> Interval:
    low, high = (_times(end, count) for end in base)
    if count % 2:
        return low, high
    return (0.0 if _holds_zero(base) else min(low, high)), max(low, high)


def _times(value: float, count: int) -> float:
    result = 1.0
    for _ in range(count):
        result *= value
    return result


def _power(item: Node, base: Interval, exponent: Interval) -> Interval:
    count = product_exponent(item)
    if count:
        positive = _whole_power(base, abs(count))
        return positive if count > 0 else _quotient((1.0, 1.0), positive)
    if base[0] < 0:
        return ALL
    found = [_end(math.pow, *at) for at in product(base, exponent)]
    return min(found), max(found)


def _call(function: str, ends: list[Interval]) -> Interval:
    if function in _WITHIN:
        return _WITHIN[function]
    if function == "abs":
        low, high = sorted(map(abs, ends[0]))
        return (0.0 if _holds_zero(ends[0]) else low), high
    if function in ("max", "min"):
        choose = max if function == "max" else min
        return choose(end[0] for end in ends), choose(end[1] for end in ends)
    compute = FUNCTIONS[function].on_floats
    assert compute is not None
    low, high = (_end(compute, end) for end in ends[0])
    return low, high


def _end(function: Callable[..., float], *at: float) -> float:
    """The value at an end, and where the function refuses it the value that it runs to."""
    try:
        return function(*at)
    except OverflowError:
        return math.copysign(math.inf, at[0])
    except ValueError:
        return -math.inf if len(at) == 1 else math.inf
