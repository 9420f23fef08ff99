"""Intervals hold every value, and what is called safe never raises."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.formulas import float_function, parse
from app.formulas.bounds import ALL, Reach
from app.formulas.functions import FLOAT_NAMES as NAMES
from app.formulas.functions import RAISES, Writer, compiled
from tests.formulas.oracle import formulas

XY = ("x", "y")
ENDS = st.one_of(st.sampled_from([0.0, 1.0, -1.0, 1e200, -1e200, math.inf, -math.inf]), st.floats(-5, 5))


def reach(text, **known):
    """Where a formula lies and how many of its operations may raise."""
    found = Reach(known)
    return found.of(parse(text, tuple(known))), found.raising


def strict(text):
    """The formula on floats, which raises."""
    code = Writer({"x": "x", "y": "y"}).write((parse(text, XY),))
    body = "\n ".join([*code.lines, f"return {code.results[0]}"])
    return compiled(f"def f(x, y):\n {body}\n", NAMES, "f")


@settings(max_examples=300, deadline=None, derandomize=True)
@given(formulas(3), st.tuples(ENDS, ENDS), st.tuples(ENDS, ENDS), st.floats(0, 1), st.floats(0, 1))
def test_intervals_hold_the_values_and_safe_formulas_do_not_raise(text, one, other, u, v):
    (a, b), (c, d) = sorted(one), sorted(other)
    (low, high), raising = reach(text, x=(a, b), y=(c, d))
    assert not low > high
    for x in (a, b, max(a, -1e308) * (1 - u) + u * min(b, 1e308)):
        for y in (c, d, max(c, -1e308) * (1 - v) + v * min(d, 1e308)):
            if not (a <= x <= b and c <= y <= d):
                continue
            value = float_function(XY, (parse(text, XY),))(x, y)[0]
            slack = 1e-12 * max(abs(value), 1) if math.isfinite(value) else 0
            assert math.isnan(value) or low - slack <= value <= high + slack, (text, x, y)
            if not raising:
                strict(text)(x, y)


@pytest.mark.parametrize(
    ("text", "known", "safe"),
    [
        ("1/(sqrt(v) + eps)", {"v": (0, math.inf), "eps": (1e-8, 1e-8)}, True),
        ("1/(sqrt(v) + eps)", {"v": (0, math.inf), "eps": (0, 0)}, False),
        ("sqrt(g**2)", {"g": ALL}, True),
        ("sqrt(g**3)", {"g": ALL}, False),
        ("m/(1 - beta**t)", {"m": ALL, "beta": (0.9, 0.9), "t": (1, 1e5)}, True),
        ("m/(1 - beta**t)", {"m": ALL, "beta": (0.9, 0.9), "t": (0, 1e5)}, False),
        ("beta**t", {"beta": (1.1, 1.1), "t": (1, 1e5)}, False),
        ("exp(-x**2)", {"x": ALL}, True),
        ("exp(x)", {"x": (-1e100, 700)}, True),
        ("exp(x)", {"x": (0, 710)}, False),
        ("sin(x**2)", {"x": (-1e100, 1e100)}, True),
        ("sin(x**4)", {"x": (-1e100, 1e100)}, False),
        ("where(r > 5, sqrt(r - 4), 0)", {"r": ALL}, True),
        ("where(r > 3, sqrt(r - 4), 0)", {"r": ALL}, False),
        ("where(x > 0, log(x), 0)", {"x": ALL}, True),
        ("where(x >= 0, log(x), 0)", {"x": ALL}, False),
        ("where(x <= 0, 0, log(x))", {"x": ALL}, True),
        ("where(0 < x, 1/x, x)", {"x": ALL}, True),
        ("where(x > y, 1, sqrt(y - x))", {"x": ALL, "y": ALL}, False),
        ("1/cosh(x)", {"x": (-700, 700)}, True),
        ("x**-2", {"x": (1, 2)}, True),
        ("x**-2", {"x": (-1, 2)}, False),
        ("x**0.5", {"x": (0, 9)}, True),
        ("x**(1 - y)", {"x": (0, 9), "y": (0, 2)}, False),
    ],
)  # fmt: skip
def test_what_may_raise_is_found(text, known, safe):
    assert (not reach(text, **known)[1]) == safe


def test_a_condition_that_fails_may_have_failed_for_nan():
    """y is not below x where x is nan: then nothing holds of y."""
    assert reach("where(q > y, 1, sqrt(y))", q=(1, 2), y=ALL)[1]
    assert math.isnan(float_function(("q", "y"), (parse("where(q > y, 1, sqrt(y))", ("q", "y")),))(math.nan, -1.0)[0])


def test_raising_is_what_floats_do():
    with pytest.raises(RAISES):
        strict("log(x)")(0.0, 0.0)
