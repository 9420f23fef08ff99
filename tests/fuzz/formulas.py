"""The language of formulas: whatever is typed is read or refused in its own words, and what is read holds together."""

from __future__ import annotations

import ast
import gc
import json
import math
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import mpmath
import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from fallline.formulas import (
    FormulaError,
    array_function,
    derivative,
    float_function,
    gradient,
    hessian,
    latex,
    latex_rule,
    parse,
    parse_rule,
    to_source,
)
from fallline.formulas.evaluation import evaluate, value_of
from fallline.formulas.language import MAX_CHARACTERS, Rule
from fallline.formulas.nodes import Node
from fallline.formulas.python_formatter import PythonFormatter, TorchFormatter
from fallline.formulas.vocabulary import FUNCTIONS
from tests.formulas.latex import check as check_latex
from tests.fuzz import trees
from tests.fuzz.rounds import a_round

XY = ("x", "y")
SECONDS = 0.5
"""Of computing, for reading one text."""
SECONDS_FOR_ALL = 2.0
"""For all that is made of a formula: its functions, both derivatives, its texts."""

ONE_ARGUMENT = sorted(name for name, function in FUNCTIONS.items() if not function.many)
MANY_ARGUMENTS = sorted(name for name, function in FUNCTIONS.items() if function.many)
COMPARISONS = sorted(trees.COMPARISONS)

# texts

DIGITS = st.text("0123456789", min_size=1, max_size=40)
NUMBERS = st.one_of(
    st.sampled_from(
        ["0", "1", "2", "3", "0.5", "10", "1e-3", "pi", "e", ".5", "2.", "1e308", "5e-324", "1e-400", "0.0"]
    ),
    st.floats(0, allow_infinity=False, allow_nan=False).map(repr),
    st.integers(0, 40).map(str),
    DIGITS.map(lambda digits: digits.lstrip("0") or "0"),
    st.builds("{}.{}e{}".format, DIGITS, DIGITS, st.integers(-330, 300)),
    st.sampled_from(["0x1F", "0b11", "0o17", "1_000", "9" * 300, "0" * 200 + "." + "1" * 200]),
)
EXPONENTS = st.one_of(
    st.integers(-20, 20).map(str),
    st.sampled_from(["2.0", "-1.0", "0.5", "-0.5", "1e3", "17", "(1 + 1)", "-(2)", "--2"]),
)
SPACES = st.sampled_from(["", "", " ", "  ", "\t"])


def _joined(first: str, operations: list[tuple[str, str, str]]) -> str:
    return first + "".join(f"{space}{sign}{space}{operand}" for sign, space, operand in operations)


def _wider(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    comparison = st.builds("{} {} {}".format, inner, st.sampled_from(COMPARISONS), inner)
    operation = st.tuples(st.sampled_from(["+", "-", "*", "/", "**", "^"]), SPACES, inner)
    return st.one_of(
        st.builds("({})".format, inner),
        st.builds("{}{}".format, st.sampled_from(["-", "+", "--", "-(-1)*"]), inner),
        st.builds(_joined, inner, st.lists(operation, min_size=1, max_size=4)),
        st.builds("({}){}{}".format, inner, st.sampled_from(["**", "^"]), EXPONENTS),
        st.builds("{}({})".format, st.sampled_from(ONE_ARGUMENT), inner),
        st.builds(
            "{}({})".format, st.sampled_from(MANY_ARGUMENTS), st.lists(inner, min_size=2, max_size=4).map(", ".join)
        ),
        st.builds("where({}, {}, {})".format, comparison, inner, inner),
    )


LEAVES = st.one_of(st.sampled_from(["x", "y", "x", "y"]), NUMBERS)
WRITTEN = st.recursive(LEAVES, _wider, max_leaves=12)
"""Formulas made by the grammar."""


def _nested(wrap: tuple[str, str], depth: int, inner: str) -> str:
    return wrap[0] * depth + inner + wrap[1] * depth


WRAPS = [
    ("(", ")"), ("-", ""), ("+", ""), ("x**", ""), ("x*(", ")"), ("x-(", ")"), ("1/(", ")"), ("(", ")**2"), ("(", ")/y"),
    ("max(x, ", ")"), ("max(", ", x)"), ("where(x > y, ", ", x)"), ("where(x > ", ", 1, 2)"), ("where(x != 0, x, ", ")"),
    ("(", "+x)*y"), ("(x**", ")"), ("x+", ""), ("x*", ""), ("", "/x"), ("", "-y"), ("", "**x"), ("(", "^y)"),
    *((f"{name}(", ")") for name in ONE_ARGUMENT),
]  # fmt: skip
NESTED = st.builds(_nested, st.sampled_from(WRAPS), st.one_of(st.integers(1, 70), st.integers(1, 500)), LEAVES)
"""Formulas as deep or as long as they may be, and more so."""

LONG = st.builds(
    lambda sign, parts, times: sign.join(parts * times),
    st.sampled_from(["+", "-", "*", "/", " + ", "**"]),
    st.lists(st.recursive(LEAVES, _wider, max_leaves=3), min_size=1, max_size=3),
    st.integers(1, 150),
)

PIECES = st.one_of(
    st.sampled_from([
        "x", "y", "(", ")", "[", "]", "{", "}", "+", "-", "*", "/", "**", "^", ",", ".", ";", ":", "=", "==", "<", ">=", "!=",
        ":=", "->", "@", "%", "//", "~", "!", "?", "$", "&", "|", "\\", "'", '"', "'''", "`", "#", "\n", "\r\n", "\r", "\t",
        "\x0c", " ", "  ", "_", "__", "1", "0", "00", "1.", "1e", "1e+", "0x", "0b2", "1j", "1_", "1__0", "e", "pi", "sin", "max(",
        "where(", "lambda", "if", "else", "in", "is", "not", "and", "None", "True", "f'{x}'", "f'{", "b''", "print(", "__import__",
        "x.y", "x[0]", "*x", "**x", "x=1", "yield", "await", "async", "\0", "\x1b", "\x7f", "\u00b2", "\u2212", "\u00d7", "\u200b",
        "\u202e", "\u2028", "\ufeff", "\ud800", "\u0660", "\uff11", "\u00e9", "\u03c0", "\u221e", "\u2460", "\U0001f4c9", "\U0001d465",
        "type x = y", "match x:", "import os", "def f(): x", "x: int", "del x", "\\\n", "\\N{DIGIT ONE}", "...", "<>", "<<", ">>",
    ]),
    st.text(max_size=4),
    st.characters(),
)  # fmt: skip


def _mutated(text: str, changes: list[tuple[float, float, str, str]]) -> str:
    for where, length, piece, kind in changes:
        begin = int(where * len(text))
        end = min(len(text), begin + 1 + int(length * 6))
        new = {"delete": "", "insert": piece + text[begin:end], "replace": piece, "double": 2 * text[begin:end]}[kind]
        text = text[:begin] + new + text[end:]
    return text


def mutated(texts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Texts in which a few places have been changed."""
    part = st.floats(0, 1, exclude_max=True)
    kinds = st.sampled_from(["delete", "insert", "replace", "double"])
    return st.builds(_mutated, texts, st.lists(st.tuples(part, part, PIECES, kinds), min_size=1, max_size=4))


NOISE = st.one_of(
    st.text(max_size=80),
    st.text("xy()+-*/^.,_'\"[]{}:=<>0123456789einfpslogax \n\\#;!@", max_size=120),
    st.lists(PIECES, max_size=40).map("".join),
    st.builds(lambda piece, times: piece * times, PIECES, st.integers(1, 1100)),
)
TEXTS = st.one_of(WRITTEN, NESTED, LONG, mutated(WRITTEN), mutated(NESTED), NOISE)

NAMES = st.sampled_from([
    "w", "g", "t", "lr", "m", "v", "m_hat", "beta", "beta1", "lambda_", "eps", "v_max", "weight_decay", "a_b_c", "x0",
    "e", "pi",
])  # fmt: skip
LINES = st.builds(
    "{}{}={}{}{}".format, NAMES, SPACES, SPACES, WRITTEN, st.sampled_from(["", "", " # a ^ (\u03b7", "\r", ";"])
)


def _of_rule(lines: list[str], names: tuple[str, str], last: str) -> str:
    return re.sub(r"\b[xy]\b", lambda found: names["xy".index(found[0])], "\n".join([*lines, last]))


RULES = st.builds(
    _of_rule,
    st.lists(LINES, max_size=5),
    st.tuples(NAMES, NAMES),
    st.sampled_from(["w = w - lr*g", "w = w - lr*m", "w=x", ""]),
)
RULE_TEXTS = st.one_of(RULES, mutated(RULES), NOISE)

VALUES = st.one_of(
    st.sampled_from([0.0, -0.0, 1.0, -1.0, 2.0, 0.5, 800.0, -800.0, 1e200, -1e-200, 5e-324, 1.7e308, math.inf, -math.inf, math.nan]),
    st.floats(-5, 5),
    st.floats(-1000, 1000),
    st.floats(),
)  # fmt: skip
USUAL = st.one_of(
    st.floats(-3, 3).map(lambda value: round(value, 3)), st.floats(-100, 100).map(lambda value: round(value, 6))
)

# what holds of all of them


@contextmanager
def within(seconds: float, what: object) -> Iterator[None]:
    """Fail where computing takes longer; other work on the machine does not count."""
    gc.disable()  # it takes longer the more has been read before
    began = time.process_time()
    try:
        yield
    finally:
        taken = time.process_time() - began
        gc.enable()
    assert taken < seconds, f"{taken:.2f} s for {what!r}"


def read(text: str) -> Node | None:
    """The tree of a formula, or None where it is refused as it should be."""
    return _read(parse, text, XY)


def read_rule(text: str) -> Rule | None:
    """A rule, or None where it is refused as it should be."""
    return _read(parse_rule, text)


Read = TypeVar("Read")


def _read(reader: Callable[..., Read], text: str, *more: tuple[str, ...]) -> Read | None:
    with within(SECONDS, text):
        try:
            return reader(text, *more)
        except FormulaError as error:
            refused = error
    rows = text.split("\n")
    assert 1 <= refused.line <= max(1, len(rows)), (refused.line, text)
    assert 1 <= refused.column <= len(rows[refused.line - 1]) + 1, (refused.line, refused.column, text)
    json.dumps(refused.values)
    assert len(str(refused)) < 1000
    return None


def same(one: float, other: float) -> bool:
    """The same number, but for rounding."""
    if math.isnan(one) or math.isnan(other):
        return math.isnan(one) and math.isnan(other)
    return one == other or abs(one - other) <= 1e-9 * max(abs(one), abs(other))


def alike(one: float, other: float) -> bool:
    """The same float, or none both times."""
    return one == other or (math.isnan(one) and math.isnan(other))


@a_round
@given(TEXTS)
def any_text_is_read_or_refused(text: str) -> None:
    root = read(text)
    if root is not None:
        again = to_source(root)
        if len(again) <= MAX_CHARACTERS:
            assert read(again) is not None, (text, again)


@a_round
@given(RULE_TEXTS)
def any_rule_is_read_or_refused(text: str) -> None:
    rule = read_rule(text)
    if rule is not None:
        for line in latex_rule(rule):
            if line is not None:
                check_latex(line)
        for target, formula in rule.lines:
            ast.parse(PythonFormatter({"lambda_": "lambda_"}).assignment(target, formula))
            ast.parse(TorchFormatter(("w", "g")).assignment(target, formula))


@a_round
@given(TEXTS, VALUES, VALUES)
def functions_on_floats_and_arrays_agree(text: str, x: float, y: float) -> None:
    root = read(text)
    assume(root is not None)
    assert root is not None
    with within(SECONDS_FOR_ALL, text):
        roots = (root, *gradient(root, XY))
        on_floats = float_function(XY, roots)(x, y)
        on_arrays = array_function(XY, roots)(np.array([x, x]), np.array([y, y]))
        for row in hessian(root, XY):
            float_function(XY, row)(x, y)
    for item, one, other in zip(roots, on_floats, on_arrays, strict=True):
        assert isinstance(one, float), (text, one)
        of_array = float(np.broadcast_to(other, (2,))[0])
        if not same(one, of_array):
            assert trees.rounding_may_tell(item, {"x": x, "y": y}, one, of_array), (text, x, y, one, of_array)


@a_round
@given(TEXTS, USUAL, USUAL, st.sampled_from(XY))
def the_derivative_is_that_of_differences(text: str, x: float, y: float, variable: str) -> None:
    root = read(text)
    assume(root is not None)
    assert root is not None
    values = {"x": mpmath.mpf(x), "y": mpmath.mpf(y)}
    with mpmath.workdps(trees.DIGITS):
        try:
            expected = trees.slope_in_full(root, {"x": x, "y": y}, variable)
            found = trees.in_full(derivative(root, variable), values)
        except (trees.NoValueError, trees.OnKinkError):
            assume(False)
        assert abs(found - expected) <= 1e-9 * (abs(expected) + 1e-20 + abs(found)), (text, x, y, found, expected)


@a_round
@given(TEXTS, USUAL, USUAL)
def written_as_python_it_has_the_same_value(text: str, x: float, y: float) -> None:
    root = read(text)
    assume(root is not None)
    assert root is not None
    for item in (root, *gradient(root, XY)):
        written = PythonFormatter().format(item)
        try:
            tree = ast.parse(written, mode="eval")
            ast.parse(TorchFormatter(XY).format(item), mode="eval")
        except SyntaxError as error:
            if "too many nested parentheses" not in error.msg:
                raise
            continue
        values = {"x": mpmath.mpf(x), "y": mpmath.mpf(y)}
        with mpmath.workdps(trees.DIGITS):
            try:
                expected = trees.in_full(item, values)
                found = _value_of_python(tree, values)
            except (trees.NoValueError, trees.OnKinkError):
                continue
            assert abs(found - expected) <= 1e-20 * (1 + abs(expected)), (text, written, x, y, found, expected)


class _InFull(ast.NodeTransformer):
    """Python's text of a formula, with every operation one of `trees.IN_FULL`."""

    SIGNS = {ast.Add: "add", ast.Sub: "sub", ast.Mult: "mul", ast.Div: "div", ast.Pow: "pow"}  # noqa: RUF012

    def visit_Constant(self, item: ast.Constant) -> ast.AST:
        return self._call("number", item)

    def visit_BinOp(self, item: ast.BinOp) -> ast.AST:
        return self._call(self.SIGNS[type(item.op)], self.visit(item.left), self.visit(item.right))

    def visit_UnaryOp(self, item: ast.UnaryOp) -> ast.AST:
        return self._call("neg", self.visit(item.operand))

    def _call(self, name: str, *args: ast.expr) -> ast.AST:
        return ast.Call(ast.Name(f"f_{name}", ast.Load()), list(args), [])


def _value_of_python(tree: ast.AST, values: dict[str, object]) -> object:
    tree = ast.fix_missing_locations(_InFull().visit(tree))
    operations = {f"f_{name}": compute for name, compute in trees.IN_FULL.items()}
    names = {
        **trees.IN_FULL, **operations, "f_number": mpmath.mpf, "pi": mpmath.mpf(math.pi), "e": mpmath.mpf(math.e), **values,
        "max": lambda *args: _reduced("max", args), "min": lambda *args: _reduced("min", args),
    }  # fmt: skip
    return eval(compile(tree, "<formula>", "eval"), {"__builtins__": {}}, names)


def _reduced(name: str, args: tuple[object, ...]) -> object:
    found = args[0]
    for each in args[1:]:
        found = trees.IN_FULL[name](found, each)
    return found


@a_round
@given(TEXTS, VALUES, VALUES)
def what_is_written_of_it_holds(text: str, x: float, y: float) -> None:
    """As LaTeX, with its numbers put in, and as text that is read again."""
    root = read(text)
    assume(root is not None)
    assert root is not None
    with within(SECONDS_FOR_ALL, text):
        for item in (root, *gradient(root, XY)):
            if (printed := latex(item)) is not None:
                check_latex(printed)
            value = float_function(XY, (item,))(x, y)[0]
            again = to_source(item)
            if len(again) <= MAX_CHARACTERS and (tree := read(again)) is not None:
                assert alike(float_function(XY, (tree,))(x, y)[0], value), (text, again, x, y)
            put_in = evaluate(item, {"x": x, "y": y}, marked=True)
            assert alike(put_in.value, value), (text, x, y)
            if put_in.latex is not None:
                check_latex(put_in.latex)
            if put_in.substituted is not None and len(put_in.substituted) <= MAX_CHARACTERS:
                tree = _read(parse, put_in.substituted, ())
                if tree is not None:
                    assert alike(value_of(tree, {}), value), (text, put_in.substituted)


CHECKS = (
    any_text_is_read_or_refused,
    any_rule_is_read_or_refused,
    functions_on_floats_and_arrays_agree,
    the_derivative_is_that_of_differences,
    written_as_python_it_has_the_same_value,
    what_is_written_of_it_holds,
)
