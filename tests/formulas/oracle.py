"""Random formulas, and dual numbers that differentiate them without any of the project's code."""

from __future__ import annotations

import math

from hypothesis import strategies as st

UNARY = ("sqrt", "exp", "log", "log1p", "sin", "cos", "tan", "atan", "tanh", "sinh", "cosh", "abs", "sign")
COMPARISONS = ("<", "<=", ">", ">=")


def formulas(depth: int = 4) -> st.SearchStrategy[str]:
    """Formulas in x and y, as a person could type them."""
    leaves = st.sampled_from(["x", "y", "2", "0.5", "3", "10", "1e-3", "pi"])

    def wider(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        pair = st.tuples(inner, inner)
        return st.one_of(
            st.builds(lambda a, b, op: f"({a} {op} {b})", inner, inner, st.sampled_from("+-*/")),
            st.builds(lambda a, n: f"({a})**{n}", inner, st.sampled_from(["2", "3", "4", "-1", "0.5", "1.5"])),
            st.builds(lambda a: f"(-{a})", inner),
            st.builds(lambda f, a: f"{f}({a})", st.sampled_from(UNARY), inner),
            st.builds(lambda f, ab: f"{f}({ab[0]}, {ab[1]})", st.sampled_from(("max", "min")), pair),
            st.builds(
                lambda c, ab, cd: f"where({ab[0]} {c} {ab[1]}, {cd[0]}, {cd[1]})",
                st.sampled_from(COMPARISONS),
                pair,
                pair,
            ),
        )

    return st.recursive(leaves, wider, max_leaves=2**depth)


class Dual:
    """A number with its derivative: (a + a'e) with e*e = 0."""

    def __init__(self, value: float, slope: float = 0.0) -> None:
        self.value, self.slope = value, slope

    def __add__(self, other: object) -> Dual:
        o = dual(other)
        return Dual(self.value + o.value, self.slope + o.slope)

    def __sub__(self, other: object) -> Dual:
        o = dual(other)
        return Dual(self.value - o.value, self.slope - o.slope)

    def __mul__(self, other: object) -> Dual:
        o = dual(other)
        return Dual(self.value * o.value, self.slope * o.value + self.value * o.slope)

    def __truediv__(self, other: object) -> Dual:
        o = dual(other)
        return Dual(self.value / o.value, (self.slope * o.value - self.value * o.slope) / o.value**2)

    def __pow__(self, other: object) -> Dual:
        o = dual(other)
        if self.value == 0 and o.value < 1:  # also where the slope is 0: sqrt(x²) is |x|
            raise OnKink
        value = math.pow(self.value, o.value)
        if o.slope == 0:
            inner = o.value * math.pow(self.value, o.value - 1) if self.slope else 0.0
            return Dual(value, inner * self.slope)
        return Dual(value, value * (o.slope * math.log(self.value) + o.value * self.slope / self.value))

    def __neg__(self) -> Dual:
        return Dual(-self.value, -self.slope)

    __radd__ = __add__

    def __rsub__(self, other: object) -> Dual:
        return dual(other) - self

    __rmul__ = __mul__

    def __rtruediv__(self, other: object) -> Dual:
        return dual(other) / self

    def __rpow__(self, other: object) -> Dual:
        return dual(other) ** self


def dual(value: object) -> Dual:
    """The value as a dual number."""
    return value if isinstance(value, Dual) else Dual(float(value))  # type: ignore[arg-type]


class OnKink(Exception):
    """The point lies where the formula has no derivative."""


def _chain(function, slope):  # type: ignore[no-untyped-def]
    def answer(a: object) -> Dual:
        d = dual(a)
        return Dual(function(d.value), slope(d.value) * d.slope)

    return answer


def _sign(value: float) -> float:
    if value == 0:
        raise OnKink
    return math.copysign(1.0, value)


def _choose(larger: bool):  # type: ignore[no-untyped-def]
    def answer(a: object, b: object) -> Dual:
        u, v = dual(a), dual(b)
        if u.value == v.value and u.slope != v.slope:
            raise OnKink
        return u if (u.value >= v.value) == larger else v

    return answer


NAMESPACE = {
    "sqrt": _chain(math.sqrt, lambda v: 0.5 / math.sqrt(v)),
    "exp": _chain(math.exp, math.exp),
    "log": _chain(math.log, lambda v: 1 / v),
    "log1p": _chain(math.log1p, lambda v: 1 / (1 + v)),
    "sin": _chain(math.sin, math.cos),
    "cos": _chain(math.cos, lambda v: -math.sin(v)),
    "tan": _chain(math.tan, lambda v: 1 + math.tan(v) ** 2),
    "atan": _chain(math.atan, lambda v: 1 / (1 + v * v)),
    "tanh": _chain(math.tanh, lambda v: 1 / math.cosh(v) ** 2),
    "sinh": _chain(math.sinh, math.cosh),
    "cosh": _chain(math.cosh, math.sinh),
    "abs": _chain(abs, _sign),
    "sign": _chain(_sign, lambda _: 0.0),
    "max": _choose(True),
    "min": _choose(False),
    "pi": math.pi,
    "e": math.e,
}


def slope_of(text: str, x: float, y: float, variable: str) -> tuple[float, float]:
    """The value of a formula and its derivative in `variable`, by dual numbers over Python's own evaluation.

    Raises:
        OnKink, ArithmeticError, ValueError: where the formula has no derivative or no value.
    """
    known = {"x": Dual(x, float(variable == "x")), "y": Dual(y, float(variable == "y"))}
    return _value(_python(text), {**NAMESPACE, **known})


def _python(text: str) -> str:
    """`where(a < b, c, d)` as a call whose branches are not computed before the choice."""
    import ast

    class Lazy(ast.NodeTransformer):
        def visit_Call(self, node: ast.Call) -> ast.AST:
            self.generic_visit(node)
            if isinstance(node.func, ast.Name) and node.func.id == "where":
                test = node.args[0]
                assert isinstance(test, ast.Compare)
                args = ast.Tuple([test.left, test.comparators[0]], ast.Load())
                held = ast.Call(ast.Name("holds", ast.Load()), [ast.Constant(type(test.ops[0]).__name__), args], [])
                return ast.IfExp(held, node.args[1], node.args[2])
            return node

    tree = Lazy().visit(ast.parse(text, mode="eval"))
    return ast.unparse(ast.fix_missing_locations(tree))


def _holds(operator: str, pair: tuple[object, object]) -> bool:
    a, b = dual(pair[0]).value, dual(pair[1]).value
    if a == b:
        raise OnKink
    return a < b if operator.startswith("Lt") else a > b


def _value(source: str, names: dict[str, object]) -> tuple[float, float]:
    result = dual(eval(source, {"__builtins__": {}}, {**names, "holds": _holds}))
    return result.value, result.slope
