"""Exact derivatives, computed forward on the shared tree, and simplified only so far that they are readable.

The derivative is an ordinary expression: it is computed, typeset and substituted like any other. The derivative of a
`where` has the condition of that `where`. At a kink the derivative of `abs` is 0; `max` and `min` of equal arguments
have the derivative of the first.
"""

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache

from fallline.formulas.language import parse
from fallline.formulas.nodes import Node, call, node, number, ordered, substitute, where
from fallline.formulas.vocabulary import FUNCTIONS

ZERO, ONE = number(0.0), number(1.0)


@lru_cache(maxsize=1024)
def derivative(root: Node, variable: str) -> Node:
    """The partial derivative of `root` in `variable`. The time is proportional to the number of nodes of `root`."""
    known: dict[Node, Node] = {}
    for item in ordered((root,)):
        known[item] = _derivative(item, known) if variable in item.names else ZERO
    return known[root]


def gradient(root: Node, variables: Sequence[str]) -> tuple[Node, ...]:
    """The partial derivatives of `root` in each of `variables`, in their order."""
    return tuple(derivative(root, variable) for variable in variables)


def hessian(root: Node, variables: Sequence[str]) -> tuple[tuple[Node, ...], ...]:
    """The second partial derivatives of `root`, row by row."""
    return tuple(gradient(first, variables) for first in gradient(root, variables))


def _derivative(item: Node, known: Mapping[Node, Node]) -> Node:
    match item.op, item.args:
        case "name", _:
            return ONE
        case "neg", (u,):
            return negative(known[u])
        case "add", (u, v):
            return plus(known[u], known[v])
        case "sub", (u, v):
            return minus(known[u], known[v])
        case "mul", (u, v):
            return plus(times(known[u], v), times(u, known[v]))
        case "div", (u, v):
            return minus(over(known[u], v), over(times(u, known[v]), power(v, number(2))))
        case "pow", (u, v):
            inner = times(times(v, power(u, minus(v, ONE))), known[u])
            return plus(inner, times(times(item, call("log", u)), known[v]))
        case "where", (left, right, yes, no):
            return _branch(str(item.value), left, right, known[yes], known[no])
        case "call", (u, v):
            return _branch(">=" if item.value == "max" else "<=", u, v, known[u], known[v])
    (u,) = item.args
    outer = FUNCTIONS[str(item.value)].derivative
    assert outer is not None
    return times(substitute(parse(outer, ("u",)), {"u": u}), known[u])


def _branch(comparison: str, left: Node, right: Node, yes: Node, no: Node) -> Node:
    return yes if yes is no else where(comparison, left, right, yes, no)


# Constructors that keep a derivative readable. They drop exact zeros and ones, and combine factors that are numbers.
# They never cancel or reorder anything that could change where the value is defined.


def plus(left: Node, right: Node) -> Node:
    """left + right."""
    if left is ZERO:
        return right
    if right is ZERO:
        return left
    if _is_negative(right):
        return minus(left, negative(right))
    if left is right:
        return times(number(2), left)
    return _folded("add", left, right)


def minus(left: Node, right: Node) -> Node:
    """left - right."""
    if right is ZERO:
        return left
    if left is ZERO:
        return negative(right)
    if _is_negative(right):
        return plus(left, negative(right))
    return _folded("sub", left, right)


def negative(item: Node) -> Node:
    """-item."""
    if item.number is not None:
        return number(0.0 - item.number)
    return item.args[0] if item.op == "neg" else node("neg", item)


def times(left: Node, right: Node) -> Node:
    """left * right, with the product of their numeric factors in front."""
    if left is ZERO or right is ZERO:
        return ZERO
    (a, u), (b, v) = _coefficient(left), _coefficient(right)
    return _scaled(a * b, _product(u, v)) if math.isfinite(a * b) else node("mul", left, right)


def over(above: Node, below: Node) -> Node:
    """above / below."""
    if above is ZERO or below is ONE:
        return above
    factor, rest = _coefficient(above)
    divisor = below.number
    if divisor and _reads_well(factor / divisor):
        return _scaled(factor / divisor, rest)
    if divisor and factor.is_integer() and divisor.is_integer() and (shared := math.gcd(int(factor), int(divisor))) > 1:
        return over(_scaled(factor / shared, rest), number(divisor / shared))
    if factor < 0:
        return negative(over(negative(above), below))
    return node("div", above, below)


def power(base: Node, exponent: Node) -> Node:
    """base ** exponent."""
    if exponent is ONE:
        return base
    return ONE if exponent is ZERO else node("pow", base, exponent)


def _is_negative(item: Node) -> bool:
    return item.op == "neg" or (item.number is not None and item.number < 0)


def _reads_well(value: float) -> bool:
    return math.isfinite(value) and len(repr(abs(value))) <= 6


def _folded(op: str, left: Node, right: Node) -> Node:
    a, b = left.number, right.number
    if a is None or b is None:
        return node(op, left, right)
    value = a + b if op == "add" else a - b
    return number(value) if math.isfinite(value) else node(op, left, right)


def _coefficient(item: Node) -> tuple[float, Node]:
    """The numeric factor in front of a term, and the rest of the term."""
    if item.number is not None:
        return item.number, ONE
    if item.op == "neg":
        factor, rest = _coefficient(item.args[0])
        return -factor, rest
    if item.op == "mul" and item.args[0].number is not None:
        return item.args[0].number, item.args[1]
    return 1.0, item


def _scaled(factor: float, rest: Node) -> Node:
    if rest is ONE:
        return number(factor)
    if factor < 0:
        return negative(_scaled(-factor, rest))
    if factor == 1:
        return rest
    if rest.op == "div" and rest.args[0] is ONE:
        return node("div", number(factor), rest.args[1])
    if rest.op == "div" and rest.args[0].op != "number":
        return over(_scaled(factor, rest.args[0]), rest.args[1])
    return node("mul", number(factor), rest)


def _product(left: Node, right: Node) -> Node:
    if left is ONE:
        return right
    if right is ONE:
        return left
    if left.op == "div":
        return node("div", _product(left.args[0], right), left.args[1])
    if right.op == "div":
        return node("div", _product(left, right.args[0]), right.args[1])
    if _rank_in_product(left) > _rank_in_product(right):
        left, right = right, left
    return node("mul", left, right)


def _rank_in_product(item: Node) -> int:
    """The order of a factor in a product: names first, then functions, then sums."""
    item = item.args[0] if item.op == "pow" else item
    return {"add": 2, "sub": 2, "call": 1, "where": 1}.get(item.op, 0)
