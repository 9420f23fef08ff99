"""The expression tree: immutable, hash-consed nodes.

Two equal expressions are the same object, so a tree with repeated parts is a graph. All that walks it (derivative,
code, LaTeX) processes a repeated part only once.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from weakref import WeakValueDictionary

REAL = "real"
"""The `value` of a power whose exponent is written with a decimal point. A power without one is computed as a product.
"""


class Node:
    """One operation on other nodes.

    Args:
        op: `number`, `name`, `neg`, `add`, `sub`, `mul`, `div`, `pow`, `call` or `where`.
        args: its operands. Those of a `where` are the two sides of the comparison, the value if it holds, and the
            value if it does not.
        value: the float of a number, the text of a name, the function of a call, the comparison of a `where`; REAL for
            some powers.
    """

    __slots__ = ("__weakref__", "args", "names", "op", "value")
    op: str
    args: tuple[Node, ...]
    value: float | str | None
    names: frozenset[str]

    @property
    def number(self) -> float | None:
        """The value of a number; None for any other node."""
        return self.value if self.op == "number" and isinstance(self.value, float) else None

    @property
    def size(self) -> int:
        """The number of different nodes of the expression, and so of operations that compute it."""
        return sum(1 for _ in ordered((self,)))

    @property
    def expanded_size(self) -> int:
        """The number of parts of the expression if shared ones are written out at each use."""
        sizes: dict[Node, int] = {}
        for item in ordered((self,)):
            sizes[item] = 1 + sum(sizes[arg] for arg in item.args)
        return sizes[self]


_interned: WeakValueDictionary[tuple[object, ...], Node] = WeakValueDictionary()


def node(op: str, *args: Node, value: float | str | None = None) -> Node:
    """The one node with this operation and these operands."""
    sign = math.copysign(1.0, value) if isinstance(value, float) else None
    key = (op, value, sign, args)
    interned = _interned.get(key)
    if interned is None:
        interned = Node()
        interned.op, interned.args, interned.value = op, args, value
        interned.names = frozenset([str(value)]) if op == "name" else frozenset().union(*(arg.names for arg in args))
        _interned[key] = interned
    return interned


def number(value: float) -> Node:
    """The constant `value`."""
    return node("number", value=float(value))


def variable(text: str) -> Node:
    """The variable called `text`."""
    return node("name", value=text)


def call(function: str, *args: Node) -> Node:
    """`function(args)`."""
    return node("call", *args, value=function)


def where(comparison: str, left: Node, right: Node, yes: Node, no: Node) -> Node:
    """`yes` if `left comparison right` holds, else `no`."""
    return node("where", left, right, yes, no, value=comparison)


def ordered(roots: Iterable[Node]) -> Iterator[Node]:
    """Every different node of `roots` once, operands before the nodes that use them; without recursion."""
    seen: set[Node] = set()
    stack = [(root, False) for root in reversed(list(roots))]
    while stack:
        item, expanded = stack.pop()
        if expanded:
            yield item
        elif item not in seen:
            seen.add(item)
            stack.append((item, True))
            stack.extend((arg, False) for arg in reversed(item.args) if arg not in seen)


def rebuild(roots: Iterable[Node], change: Callable[[Node], Node]) -> dict[Node, Node]:
    """Change the nodes of `roots`, operands first. Returns: every node -> `change` of it with its changed operands."""
    changed: dict[Node, Node] = {}
    for item in ordered(roots):
        args = tuple(changed[arg] for arg in item.args)
        changed[item] = change(item if args == item.args else node(item.op, *args, value=item.value))
    return changed


def substitute(root: Node, values: Mapping[str, Node]) -> Node:
    """`root` with each name in `values` replaced."""

    def change(item: Node) -> Node:
        return values.get(str(item.value), item) if item.op == "name" else item

    return rebuild((root,), change)[root]
