"""Derivatives against dual numbers and sympy, which know nothing of this project's code."""

import math

import pytest
import sympy
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from fallline.formulas import derivative, float_function, gradient, hessian, parse
from fallline.problems.surfaces import SURFACES
from tests.formulas.oracle import OnKink, formulas, slope_of

POINTS = st.floats(-3, 3, allow_nan=False).map(lambda v: round(v, 3))
XY = ("x", "y")


@pytest.mark.slow
@settings(max_examples=200, deadline=None, derandomize=True)
@given(formulas(), POINTS, POINTS, st.sampled_from(XY))
def test_the_derivative_is_that_of_dual_numbers(text, x, y, variable):
    try:
        value, slope = slope_of(text, x, y, variable)
    except (OnKink, ArithmeticError, ValueError, TypeError):  # TypeError: Python turned complex
        assume(False)
    assume(abs(value) < 1e12 and abs(slope) < 1e9)
    root = parse(text, XY)
    got, got_slope = float_function(XY, (root, derivative(root, variable)))(x, y)
    assert got == pytest.approx(value, rel=1e-9, abs=1e-9)
    assert got_slope == pytest.approx(slope, rel=1e-6, abs=1e-6 * max(1.0, abs(value)))


@pytest.mark.parametrize("name", SURFACES)
def test_surface_gradients_and_hessians_are_those_of_sympy(name):
    surface = SURFACES[name]
    x, y = sympy.symbols("x y")
    oracle = sympy.sympify(surface.expression, locals={"e": sympy.E})
    root = parse(surface.expression, XY)
    rows = hessian(root, XY)
    ours = float_function(XY, (root, *gradient(root, XY), *rows[0], *rows[1]))
    first = [oracle.diff(v) for v in (x, y)]
    second = [d.diff(v) for d in first for v in (x, y)]
    theirs = [sympy.lambdify((x, y), f, "math") for f in (oracle, *first, *second)]
    for point in ((0.3, -0.7), (1.1, 2.3), (-2.1, 0.4)):
        expected = [f(*point) for f in theirs]
        assert ours(*point) == pytest.approx(expected, rel=1e-10, abs=1e-10)


def test_a_branch_not_taken_is_not_computed():
    root = parse("where(x > 0, sqrt(x), x**2)", XY)
    assert float_function(XY, gradient(root, XY))(-1.0, 0.0) == (-2.0, 0.0)


def test_kinks_take_the_side_that_the_documentation_names():
    slopes = {text: derivative(parse(text, XY), "x") for text in ("abs(x)", "max(x, 0)", "min(x, 0)", "sign(x)")}
    at_zero = {text: float_function(XY, (slope,))(0.0, 0.0)[0] for text, slope in slopes.items()}
    assert at_zero == {"abs(x)": 0.0, "max(x, 0)": 1.0, "min(x, 0)": 1.0, "sign(x)": 0.0}


def test_a_chain_of_max_stays_linear():
    chain = "max(" + ", ".join(f"sin({i}*x)" for i in range(1, 21)) + ")"
    slope = derivative(parse(chain, XY), "x")
    assert slope.size < 200
    taken = max(range(1, 21), key=lambda i: math.sin(i * 0.3))
    assert float_function(XY, (slope,))(0.3, 0.0)[0] == pytest.approx(taken * math.cos(taken * 0.3))
