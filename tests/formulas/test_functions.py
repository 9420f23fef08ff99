"""Functions on floats and on arrays say the same, and floats never raise."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fallline.formulas import array_function, float_function, gradient, parse
from tests.formulas.oracle import formulas

XY = ("x", "y")
FLOATS = st.one_of(st.sampled_from([0.0, -0.0, 1.0, -1.0, 800.0, -800.0, 1e200, -1e-200]), st.floats(-5, 5))


def same(a: float, b: float) -> bool:
    if math.isnan(a) or math.isnan(b):
        return math.isnan(a) and math.isnan(b)
    return a == b or abs(a - b) <= 1e-9 * max(abs(a), abs(b), 1.0)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(formulas(3), FLOATS, FLOATS)
def test_floats_agree_with_arrays(text, x, y):
    roots = (parse(text, XY),)
    on_floats = float_function(XY, roots)(x, y)[0]
    on_arrays = np.broadcast_to(array_function(XY, roots)(np.array([x]), np.array([y]))[0], (1,))[0]
    assert same(on_floats, float(on_arrays)), (text, on_floats, on_arrays)


@pytest.mark.parametrize(
    ("text", "x", "expected"),
    [
        ("1/x", 0.0, math.inf), ("log(x)", 0.0, -math.inf), ("exp(x)", 1000.0, math.inf), ("1/(1 + exp(-x))", -800.0, 0.0),
        ("sqrt(x)", -1.0, math.nan), ("x**0.5", -1.0, math.nan), ("x**(1/3)", -8.0, math.nan), ("x**3", 1e200, math.inf),
        ("sin(x)", math.inf, math.nan), ("x - x", math.inf, math.nan), ("x**-1", 0.0, math.inf), ("10**400 + x", 1.0, math.inf),
    ],
)  # fmt: skip
def test_where_python_raises_the_answer_is_that_of_arrays(text, x, expected):
    got = float_function(("x",), (parse(text, ("x",)),))(x)[0]
    assert same(got, expected)


@pytest.mark.parametrize("x", [0.1, 0.7, 1.3, 2.9, 5.77])
def test_one_part_that_raises_leaves_the_others_to_the_last_bit(x):
    texts = ("sin(x)*exp(x)", "tanh(x)**1.7 + log(x)", "cosh(x)/sinh(x)", "1/(x - x)")
    *parts, raising = float_function(("x",), tuple(parse(text, ("x",)) for text in texts))(x)
    expected = [math.sin(x) * math.exp(x), math.pow(math.tanh(x), 1.7) + math.log(x), math.cosh(x) / math.sinh(x)]
    assert (parts, raising) == (expected, math.inf)


def test_a_power_with_a_point_is_no_product():
    x = 0.3
    product, power, raised = float_function(("x",), tuple(parse(f"x**{n}", ("x",)) for n in ("3", "3.0", "(1 + 2)")))(x)
    assert (product, power, raised) == (x * (x * x), math.pow(x, 3), math.pow(x, 3))
    assert product != power


@pytest.mark.parametrize(
    ("text", "expected"),
    [("-x^2", -9), ("2^3^2", 512), ("2*x - 1", 5), ("-x**-1*3", -1), ("8/4/2", 1), ("(-8)**3", -512), ("2--x", 5),
     ("floor(-2.5)", -3), ("sign(-x) + sign(0)", -1), ("max(1, x, 2)", 3), ("where(x >= 3, 1, 2)", 1), ("+x", 3)],
)  # fmt: skip
def test_precedence_is_that_of_mathematics(text, expected):
    assert float_function(("x",), (parse(text, ("x",)),))(3.0)[0] == expected


def test_shared_parts_are_computed_once():
    root = parse("sin(x*y)**2 + cos(x*y)", XY)
    assert root.size == len({"x", "y", "x*y", "sin", "2", "sin**2", "cos", "+"})
    assert parse("sin(x*y)", XY) is parse("sin( x * y )", XY)


def test_broadcasting_keeps_grids_small():
    x, y = np.linspace(-1, 1, 3)[None, :], np.linspace(0, 1, 2)[:, None]
    loss = array_function(XY, (parse("x**2 + y", XY),))(x, y)[0]
    assert loss.tolist() == [[1.0, 0.0, 1.0], [2.0, 1.0, 2.0]]


def test_deep_where_compiles():
    text = "x"
    for i in range(40):
        text = f"where(x > {i}, {i}, {text})"
    root = parse(text, XY)
    assert float_function(XY, (root, *gradient(root, XY)))(-1.0, 0.0) == (-1.0, 1.0, 0.0)
