"""Compiles expression trees to Python functions, on floats and on NumPy arrays.

Code is generated from nodes, with generated names and a line for each shared part; it contains no text of a user.
If Python's floats raise (1/0, exp(1000), log(0)), the expression is computed again operation by operation. Then the
operation that raised gives inf or nan, as on arrays, and every other one the same float as before.
"""

import math
import operator
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial, reduce
from typing import Any

import numpy as np

from fallline.formulas.language import parse
from fallline.formulas.nodes import REAL, Node, node, number, ordered, rebuild, substitute
from fallline.formulas.vocabulary import FUNCTIONS

FloatFunction = Callable[..., tuple[float, ...]]
ArrayFunction = Callable[..., tuple[Any, ...]]

_INFIX = {"add": "+", "sub": "-", "mul": "*", "div": "/"}
_LARGEST_PRODUCT = 16
"""The largest whole exponent of a power that is computed as a product."""
_DEEPEST_INLINE = 24
"""A part that is nested at least this deep gets a name."""
_SHORT = 80
"""A part that only one side of a `where` needs is repeated at each use if it has at most this many characters."""
_RAISES = (ArithmeticError, ValueError)
"""The exceptions of float arithmetic in cases in which arrays give inf or nan."""


def _careful(on_floats: Callable[..., float], on_arrays: Callable[..., Any]) -> Callable[..., float]:
    """A function that calls `on_floats`, and if that raises returns the result of `on_arrays`."""

    def careful(*values: float) -> float:
        try:
            return on_floats(*values)
        except _RAISES:
            with np.errstate(all="ignore"):
                return float(on_arrays(*map(np.float64, values)))

    return careful


_OPERATIONS: Mapping[str, tuple[Callable[..., float], Callable[..., Any]]] = {
    **{f"f_{f.name}": (f.on_floats, f.on_arrays) for f in FUNCTIONS.values() if f.on_floats and f.on_arrays},
    "f_pow": (math.pow, np.power),
    "f_div": (operator.truediv, np.divide),
}
"""The name of an operation in generated code -> its functions on floats, which may raise, and on arrays."""
_NAMES: Mapping[str, object] = {"f_inf": math.inf, "f_nan": math.nan, "f_raises": _RAISES, "f_where": np.where}
FLOAT_NAMES: Mapping[str, object] = {**_NAMES, **{text: pair[0] for text, pair in _OPERATIONS.items()}}
_ARRAY_NAMES: Mapping[str, object] = {**_NAMES, **{text: pair[1] for text, pair in _OPERATIONS.items()}}

COMPARISONS: Mapping[str, Callable[[float, float], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "==": operator.eq, "!=": operator.ne,
}  # fmt: skip
_NEVER_RAISING: Mapping[float | str | None, Callable[..., float]] = {
    "add": operator.add, "sub": operator.sub, "mul": operator.mul, "neg": operator.neg,
    **{text.removeprefix("f_"): _careful(*pair) for text, pair in _OPERATIONS.items()},
}  # fmt: skip


def values_of(roots: tuple[Node, ...], values: Mapping[str, float]) -> tuple[float, ...]:
    """The values of expressions, computed operation by operation, without compiling anything. It never raises."""
    roots, value_of = lowered(roots), dict[Node, Any]()
    for item in ordered(roots):
        if _is_operation(item):
            value_of[item] = _operation(item)(*[value_of[arg] for arg in item.args])
        else:
            value_of[item] = item.number if item.number is not None else values[str(item.value)]
    return tuple([value_of[root] for root in roots])


def _operation(item: Node) -> Callable[..., float]:
    """The function of an operation on floats; it returns inf or nan where Python would raise."""
    if item.op == "where":
        holds = COMPARISONS[str(item.value)]
        return lambda left, right, yes, no: yes if holds(left, right) else no
    return _NEVER_RAISING[item.value if item.op == "call" else item.op]


# lowering: expressions in the form in which they run, which differs from the form in which they are written


@lru_cache(maxsize=512)
def lowered(roots: tuple[Node, ...]) -> tuple[Node, ...]:
    """`roots` with small whole powers as products; max, min and sign as `where`; and constant parts computed."""
    products = rebuild(roots, _as_product)  # first, before constant parts such as 1 + 1 become exponents like 2
    changed = rebuild(tuple(products[root] for root in roots), _lowered_node)
    return tuple(changed[products[root]] for root in roots)


def _lowered_node(item: Node) -> Node:
    if item.op == "call" and (text := FUNCTIONS[str(item.value)].lowered):
        simpler = lowered((parse(text, ("u", "v")),))[0]
        item = substitute(simpler, dict(zip("uv", item.args, strict=False)))
        return rebuild((item,), _folded)[item]
    return _folded(item)


def _folded(item: Node) -> Node:
    """The value of an operation on numbers; any other expression unchanged."""
    if item.names or not _is_operation(item):
        return item
    return number(_operation(item)(*(arg.number for arg in item.args)))


def _as_product(item: Node) -> Node:
    """A power as a product, if its exponent is a small whole number written without a decimal point."""
    if item.op != "pow" or item.value == REAL:
        return item
    base, exponent = item.args
    negative = exponent.op == "neg"
    count = exponent.args[0].number if negative else exponent.number
    if count is None or not count.is_integer() or not 1 <= abs(count) <= _LARGEST_PRODUCT:
        return item
    factors, square = [], base
    for bit in reversed(f"{abs(int(count)):b}"):  # by squaring: the factors are some of base**1, base**2, base**4, ...
        factors += [square] if bit == "1" else []
        square = node("mul", square, square)
    product = reduce(partial(node, "mul"), factors)
    return node("div", number(1), product) if negative != (count < 0) else product


# code


@dataclass
class Code:
    """Generated Python that computes expressions.

    Args:
        lines: assignments of shared parts to names.
        results: for each root, a Python expression of its value after these lines.
        names: the names that `lines` assign.
    """

    lines: list[str] = field(default_factory=list)
    results: list[str] = field(default_factory=list)
    names: set[str] = field(default_factory=set)


@dataclass
class CodeGenerator:
    """Generates the code of expressions. A part that is used several times gets a name; others are written in place.

    Args:
        names: the variable of Python for each variable of the formulas.
        branching: True on floats, where a `where` computes only the side that it takes; False on arrays, where it
            computes both sides and chooses.
        whole: variables that are always whole numbers. A power with such an exponent uses Python's operator, which is
            faster, and never returns a complex number for a whole exponent.
    """

    names: Mapping[str, str]
    branching: bool = True
    whole: frozenset[str] = frozenset()
    _texts: dict[Node, str] = field(default_factory=dict, init=False)

    def generate(self, roots: Sequence[Node]) -> Code:
        """The code that computes `roots`."""
        roots = lowered(tuple(roots))
        code = Code()
        nodes = list(ordered(roots))
        uses = Counter([*roots, *(arg for item in nodes for arg in item.args)])
        always = self._always_needed(nodes, roots)
        depth: dict[Node, int] = {}
        for item in nodes:
            text = self._texts[item] = self._expression(item) if _is_operation(item) else self._atom(item)
            depth[item] = 1 + max((depth[arg] for arg in item.args), default=-1)
            shared = uses[item] > 1 and (item in always or len(text) > _SHORT)
            if _is_operation(item) and (shared or depth[item] >= _DEEPEST_INLINE):
                label = f"t{len(self._texts)}"
                code.lines.append(f"{label} = {text}")
                code.names.add(label)
                self._texts[item], depth[item] = label, 0
        code.results = [self._texts[root] for root in roots]
        return code

    def _always_needed(self, nodes: Sequence[Node], roots: Sequence[Node]) -> set[Node]:
        """The nodes that are computed whichever side each `where` takes."""
        needed = set(roots)
        for item in reversed(nodes):  # backwards, as operands come before the nodes that use them
            if item in needed:
                needed.update(item.args[:2] if item.op == "where" and self.branching else item.args)
        return needed

    def _atom(self, item: Node) -> str:
        value = item.number
        if value is None:
            return self.names[str(item.value)]
        if math.isnan(value):
            return "f_nan"
        if math.isinf(value):
            return "f_inf" if value > 0 else "(-f_inf)"
        return f"({value!r})" if repr(value).startswith("-") else repr(value)

    def _expression(self, item: Node) -> str:
        args = [self._texts[arg] for arg in item.args]
        if item.op in _INFIX:
            return f"({args[0]} {_INFIX[item.op]} {args[1]})"
        if item.op == "neg":
            return f"(-{args[0]})"
        if item.op == "where":
            test = f"{args[0]} {item.value} {args[1]}"
            if self.branching:
                return f"({args[2]} if {test} else {args[3]})"
            return f"f_where({test}, {args[2]}, {args[3]})"
        if item.op == "pow" and self.branching and item.args[1].value in self.whole:
            return f"({args[0]} ** {args[1]})"
        return f"f_{item.value if item.op == 'call' else item.op}({', '.join(args)})"


def _is_operation(item: Node) -> bool:
    return item.op not in ("number", "name")


def filled(template: str, **parts: str) -> Iterator[str]:
    """The lines of a template with its parts in braces replaced. Every line of a part is indented as its brace is."""
    for line in template.splitlines():
        indent = line[: len(line) - len(line.lstrip())]
        yield from (indent + each for each in line.strip().format(**parts).splitlines())


def compiled(source: Iterable[str], namespace: Mapping[str, object], function: str) -> Callable[..., Any]:
    """Compile lines of generated source, and return the function of that name."""
    scope: dict[str, Any] = {"__builtins__": {}, **namespace}
    exec(compile("\n".join(source), "<formula>", "exec"), scope)  # noqa: S102 - written from nodes, never from a user's text
    defined: Callable[..., Any] = scope[function]
    return defined


# The following functions take the values of `names`, and return a tuple of the values of `roots`.


@lru_cache(maxsize=512)
def float_function(names: tuple[str, ...], roots: tuple[Node, ...]) -> FloatFunction:
    """The function on floats. It never raises: where Python would, it returns the result of `array_function`."""
    return _function(names, roots, FLOAT_NAMES, lambda *values: values_of(roots, dict(zip(names, values, strict=True))))


@lru_cache(maxsize=512)
def array_function(names: tuple[str, ...], roots: tuple[Node, ...]) -> ArrayFunction:
    """The function on arrays, elementwise. Shapes broadcast; the value of a root without names is a float."""
    return np.errstate(all="ignore")(bare_array_function(names, roots))


@lru_cache(maxsize=512)
def bare_array_function(names: tuple[str, ...], roots: tuple[Node, ...]) -> ArrayFunction:
    """The same as `array_function`, for callers that turn off NumPy's warnings of inf and nan themselves."""
    return _function(names, roots, _ARRAY_NAMES)


_ON_FLOATS = """\
def f({given}):
    try:
        {lines}
        return ({results})
    except f_raises:
        return f_rescue({given})
"""
_ON_ARRAYS = """\
def f({given}):
    {lines}
    return ({results})
"""


def _function(
    names: Sequence[str],
    roots: Sequence[Node],
    namespace: Mapping[str, object],
    rescue: FloatFunction | None = None,
) -> Callable[..., tuple[Any, ...]]:
    variables = {text: f"x{i}" for i, text in enumerate(names)}
    code = CodeGenerator(variables, branching=rescue is not None).generate(roots)
    parameters, results = ", ".join(variables.values()), "".join(f"{result}, " for result in code.results)
    template = _ON_FLOATS if rescue else _ON_ARRAYS
    source = filled(template, given=parameters, lines="\n".join(code.lines), results=results)
    return compiled(source, {**namespace, "f_rescue": rescue}, "f")
