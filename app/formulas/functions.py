"""Expression trees to Python functions, on floats and on NumPy arrays.

Code is written from nodes as straight lines, one a shared part, with names of its own; no text of a user reaches it.
On floats a `where` computes only the side it takes. Where Python's floats raise (1/0, exp(1000), log(0)) the same
expression is computed again with care: the operation that raised gives inf or nan as arrays do, every other one the
same float as before.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np

from app.formulas.language import parse
from app.formulas.nodes import REAL, Node, node, number, ordered, rebuild, substitute
from app.formulas.vocabulary import FUNCTIONS

Floats = Callable[..., tuple[float, ...]]
Arrays = Callable[..., tuple[Any, ...]]

_INFIX = {"add": "+", "sub": "-", "mul": "*", "div": "/"}
LARGEST_PRODUCT = 16
_DEEPEST_INLINE = 24
RAISES = (ArithmeticError, ValueError)
"""What float arithmetic raises where arrays give inf or nan."""

FLOAT_NAMES: dict[str, object] = {f"f_{f.name}": f.on_floats for f in FUNCTIONS.values() if f.on_floats}
FLOAT_NAMES |= {"f_pow": math.pow, "f_inf": math.inf, "f_nan": math.nan, "f_raises": RAISES}
_ON_BOTH: dict[str, tuple[Callable[..., float], Callable[..., Any]]] = {
    f"f_{f.name}": (f.on_floats, f.on_arrays) for f in FUNCTIONS.values() if f.on_floats and f.on_arrays
}
_ON_BOTH |= {"f_pow": (math.pow, np.power), "f_div": (operator.truediv, np.divide)}
ARRAY_NAMES: dict[str, object] = {f"f_{f.name}": f.on_arrays for f in FUNCTIONS.values() if f.on_arrays}
ARRAY_NAMES |= {
    "f_pow": np.power,
    "f_inf": math.inf,
    "f_nan": math.nan,
    "f_where": np.where,
    "f_float": float,
}


# lowering: what is run in place of what is written


def lowered(roots: Sequence[Node]) -> tuple[Node, ...]:
    """`roots` with small whole powers as products, max, min and sign as `where`, constant parts computed."""
    products = rebuild(roots, _as_product)  # before constants are computed: only an exponent as written counts
    changed = rebuild(tuple(products[root] for root in roots), _lowered_one)
    return tuple(changed[products[root]] for root in roots)


def _lowered_one(item: Node) -> Node:
    if item.op == "call" and (text := FUNCTIONS[str(item.value)].lowered):
        simpler = lowered((parse(text, ("u", "v")),))[0]
        item = substitute(simpler, dict(zip("uv", item.args, strict=False)))
    return item if item.names or item.op in ("number", "name") else number(_constant(item))


def _constant(item: Node) -> float:
    values: dict[Node, float] = {}
    for part in ordered((item,)):
        values[part] = compute(part, tuple(values[a] for a in part.args))
    return values[item]


def _as_product(item: Node) -> Node:
    count = product_exponent(item)
    if count is None:
        return item
    base = item.args[0]
    result, square, left = None, base, abs(count)
    while left:
        if left % 2:
            result = square if result is None else node("mul", result, square)
        square, left = node("mul", square, square), left // 2
    assert result is not None
    return result if count > 0 else node("div", number(1), result)


def product_exponent(item: Node) -> int | None:
    """The exponent of a power that is computed as a product: a small whole number, written without a point."""
    if item.op != "pow" or item.value == REAL:
        return None
    exponent, sign = item.args[1], 1.0
    if exponent.op == "neg":
        exponent, sign = exponent.args[0], -1.0
    count = exponent.number
    if count is None or not count.is_integer() or not 1 <= abs(count) <= LARGEST_PRODUCT:
        return None
    return int(sign * count)


def compute(item: Node, args: Sequence[float]) -> float:
    """The value of one operation over the values of its operands, with the arrays' answers where floats raise."""
    if item.op in ("number", "name"):
        return item.number if item.number is not None else math.nan
    names = tuple(f"a{i}" for i in range(len(args)))
    shell = node(item.op, *(node("name", value=text) for text in names), value=item.value)
    return float_function(names, (shell,))(*args)[0]


# writing


@dataclass
class Code:
    """Lines of Python, and where the values asked for stand after them.

    Args:
        before: lines for the parts that only hold constants, to stand outside a loop; they may raise.
        lines: the lines of one step.
        results: an expression for each node asked for.
        constants: the names that `before` assigns, with the nodes they hold.
    """

    before: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    results: list[str] = field(default_factory=list)
    constants: dict[str, Node] = field(default_factory=dict)


Condition = tuple[str, Node, Node]
Scope = tuple[tuple[Condition, int], ...]
"""The branches a part stands in, outermost first: a condition and which operand of the `where` (2 yes, 3 no)."""


class Writer:
    """Writes the lines for some nodes.

    Args:
        names: Python's name for each variable of the formulas.
        branching: True on floats (a `where` is an if), False on arrays (both sides, then a choice).
        constant: variables that do not change during a loop; parts made of these alone go to `before`, unless only
            a branch reaches them.
        whole: variables that only take whole numbers: a power with such an exponent may use Python's own operator,
            which is quicker and can turn complex for no base.
        careful: whether a division is a call, as one that may give inf.
        prefix: of the names given to parts.
    """

    def __init__(
        self,
        names: Mapping[str, str],
        *,
        branching: bool = True,
        constant: frozenset[str] = frozenset(),
        whole: frozenset[str] = frozenset(),
        careful: bool = False,
        prefix: str = "t",
    ) -> None:
        self.names, self.branching, self.constant, self.prefix = names, branching, constant, prefix
        self.whole, self.careful = whole, careful
        self.code = Code()
        self.written: dict[Node, str] = {}
        self.depth: dict[Node, int] = {}

    def write(self, roots: Sequence[Node]) -> Code:
        roots = lowered(roots)
        self.nodes = list(ordered(roots))
        self.position = {item: index for index, item in enumerate(self.nodes)}
        self.uses = self._count_uses(roots)
        self.scopes = self._find_scopes(roots)
        self.written = {n: self._atom(n) for n in self.nodes if not _compound(n)}
        self._hoist(roots)
        self.inside: dict[Scope, list[Node]] = {}
        for item in self.nodes:
            if item not in self.written:
                self.inside.setdefault(self.scopes[item], []).append(item)
        self._write_scope((), self.code.lines, len(self.nodes))
        self.code.results = [self.written[root] for root in roots]
        return self.code

    def _count_uses(self, roots: Sequence[Node]) -> dict[Node, int]:
        uses = dict.fromkeys(self.nodes, 0)
        for item in self.nodes:
            for arg in item.args:
                uses[arg] += 1
        for root in roots:
            uses[root] += 1
        return uses

    def _find_scopes(self, roots: Sequence[Node]) -> dict[Node, Scope]:
        """The innermost branch that holds every use of a node: users come first, so the walk is backwards.

        Branches of one condition are one scope: what a `where` and its derivative share is computed in the first `if`
        and still there in the second, which takes the same side.
        """
        scopes: dict[Node, Scope] = dict.fromkeys(roots, ())
        for item in reversed(self.nodes):
            here = scopes[item]
            for index, arg in enumerate(item.args):
                inner = (
                    (*here, (_condition(item), index)) if self.branching and item.op == "where" and index >= 2 else here
                )
                scopes[arg] = _common(scopes[arg], inner) if arg in scopes else inner
        return scopes

    def _hoist(self, roots: Sequence[Node]) -> None:
        """Write the parts made of constants alone, each kept only where the rest needs it."""
        fixed: set[Node] = set()
        for item in self.nodes:
            if self._is_fixed(item) and all(arg in fixed or not _compound(arg) for arg in item.args):
                fixed.add(item)
        wanted = {a for n in self.nodes if n not in fixed for a in n.args if a in fixed} | (fixed & set(roots))
        for item in self.nodes:
            if item in fixed:
                self._place(item, self.code.before, "c", keep=item in wanted)

    def _is_fixed(self, item: Node) -> bool:
        return _compound(item) and item.op != "where" and item.names <= self.constant and not self.scopes[item]

    def _write_scope(self, scope: Scope, lines: list[str], before: int) -> None:
        for item in self.inside.get(scope, ()):
            if item not in self.written and self.position[item] < before:
                self._place(item, lines, self.prefix)

    def _place(self, item: Node, lines: list[str], prefix: str, keep: bool = False) -> None:
        if item.op == "where" and self.branching:
            self._place_branch(item, lines, prefix)
            return
        depth = 1 + max((self.depth.get(a, 0) for a in item.args), default=0)
        text = self._expression(item)
        if not keep and self.uses[item] == 1 and depth < _DEEPEST_INLINE:
            self.written[item], self.depth[item] = text, depth
            return
        self._name(item, text, lines, prefix)

    def _name(self, item: Node, text: str, lines: list[str], prefix: str) -> str:
        label = f"{prefix}{len(self.written)}"
        lines.append(f"{label} = {text}")
        self.written[item] = label
        if lines is self.code.before:
            self.code.constants[label] = item
        return label

    def _place_branch(self, item: Node, lines: list[str], prefix: str) -> None:
        left, right, yes, no = item.args
        test = f"{self.written[left]} {item.value} {self.written[right]}"
        bodies: list[list[str]] = [[], []]
        for index, body in enumerate(bodies):
            self._write_scope((*self.scopes[item], (_condition(item), index + 2)), body, self.position[item])
        first, second = self.written[yes], self.written[no]
        if not bodies[0] and not bodies[1]:
            depth = 1 + max(self.depth.get(a, 0) for a in item.args)
            text = f"({first} if {test} else {second})"
            if self.uses[item] == 1 and depth < _DEEPEST_INLINE:
                self.written[item], self.depth[item] = text, depth
            else:
                self._name(item, text, lines, prefix)
            return
        label = f"{prefix}{len(self.written)}"
        lines += [f"if {test}:", *(f" {b}" for b in bodies[0]), f" {label} = {first}"]
        lines += ["else:", *(f" {b}" for b in bodies[1]), f" {label} = {second}"]
        self.written[item] = label

    def _atom(self, item: Node) -> str:
        value = item.number
        if value is None:
            return self.names[str(item.value)]
        if math.isnan(value):
            return "f_nan"
        if math.isinf(value):
            return "f_inf" if value > 0 else "(-f_inf)"
        return repr(value) if value >= 0 and not repr(value).startswith("-") else f"({value!r})"

    def _expression(self, item: Node) -> str:
        args = [self.written[arg] for arg in item.args]
        if item.op in _INFIX and not (self.careful and item.op == "div"):
            return f"({args[0]} {_INFIX[item.op]} {args[1]})"
        if item.op == "neg":
            return f"(-{args[0]})"
        if item.op == "where":
            return f"f_where({args[0]} {item.value} {args[1]}, {args[2]}, {args[3]})"
        if item.op == "pow" and self.branching and item.args[1].value in self.whole:
            return f"({args[0]} ** {args[1]})"
        return f"f_{item.value if item.op == 'call' else item.op}({', '.join(args)})"


def _compound(item: Node) -> bool:
    return item.op not in ("number", "name")


def _condition(item: Node) -> Condition:
    return str(item.value), item.args[0], item.args[1]


def _common(one: Scope, other: Scope) -> Scope:
    shared = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        shared += 1
    return one[:shared]


def compiled(source: str, namespace: Mapping[str, object], function: str) -> Callable[..., Any]:
    """The function of that name in a source this project wrote itself."""
    scope: dict[str, Any] = {"__builtins__": {}, **namespace}
    exec(compile(source, "<formula>", "exec"), scope)  # noqa: S102 - written from nodes, never from a user's text
    found: Callable[..., Any] = scope[function]
    return found


@lru_cache(maxsize=512)
def float_function(names: tuple[str, ...], roots: tuple[Node, ...]) -> Floats:
    """The function of the floats called `names` that returns a tuple of the values of `roots`.

    It never raises for a float: where Python would, it answers as `array_function` does.
    """
    variables = {text: f"x{i}" for i, text in enumerate(names)}
    code = Writer(variables).write(roots)
    heading = ", ".join(variables.values())
    body = "\n  ".join([*code.lines, f"return ({' '.join(r + ',' for r in code.results)})"])
    source = f"def f({heading}):\n try:\n  {body}\n except f_raises:\n  return f_rescue({heading})\n"
    return compiled(source, {**FLOAT_NAMES, "f_rescue": lambda *a: scalar_function(names, roots)(*a)}, "f")


@lru_cache(maxsize=512)
def scalar_function(names: tuple[str, ...], roots: tuple[Node, ...]) -> Floats:
    """`float_function` with care in every operation: slow, and never raises."""
    variables = {text: f"x{i}" for i, text in enumerate(names)}
    code = Writer(variables, careful=True).write(roots)
    body = "\n ".join([*code.lines, f"return ({' '.join(r + ',' for r in code.results)})"])
    careful = {text: _careful(*pair) for text, pair in _ON_BOTH.items()}
    return compiled(f"def f({', '.join(variables.values())}):\n {body}\n", {**FLOAT_NAMES, **careful}, "f")


def _careful(on_floats: Callable[..., float], on_arrays: Callable[..., Any]) -> Callable[..., float]:
    """`on_floats`, with the answer of `on_arrays` where it raises."""

    def answer(*values: float) -> float:
        try:
            return on_floats(*values)
        except RAISES:
            with np.errstate(all="ignore"):
                return float(on_arrays(*map(np.float64, values)))

    return answer


@lru_cache(maxsize=512)
def array_function(names: tuple[str, ...], roots: tuple[Node, ...]) -> Arrays:
    """The function of the arrays called `names` that returns a tuple of the values of `roots`, elementwise.

    Shapes broadcast; a root without any name is a float.
    """
    bare = bare_array_function(names, roots)

    def answer(*values: Any) -> tuple[Any, ...]:
        with np.errstate(all="ignore"):
            return bare(*values)

    return answer


@lru_cache(maxsize=512)
def bare_array_function(names: tuple[str, ...], roots: tuple[Node, ...]) -> Arrays:
    """`array_function` for a caller that has told NumPy itself to be quiet about inf and nan."""
    variables = {text: f"x{i}" for i, text in enumerate(names)}
    code = Writer(variables, branching=False).write(roots)
    body = "\n ".join([*code.lines, f"return ({' '.join(r + ',' for r in code.results)})"])
    return compiled(f"def f({', '.join(variables.values())}):\n {body}\n", ARRAY_NAMES, "f")
