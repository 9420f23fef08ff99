"""Text written from a tree computes what the tree computes, to the last bit, with and without numbers put in."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fallline.formulas import float_function, gradient, parse, parse_rule, to_source
from fallline.formulas.formatter import source_with_values
from fallline.optimizers import OPTIMIZERS
from tests.descent.runs import RULES
from tests.formulas.oracle import formulas

XY = ("x", "y")
TEXTS = [
    "x - (y - (x - 2))", "x/(y/3)/2", "-x**2", "(-x)**2", "2**-x", "x**-3", "x**(-3.0)", "x**2.0", "x**0.5", "(x*y)**2*3", "x*(y*2)",
    "2 - -x", "max(x, y, 2) - min(x, 1)", "where(x >= y, x, -y)*2", "abs(x) + sign(-y)", "1e-08*x + 1e300", "pi*x - e",
    "x*(-y)", "(x + 1)**(y + 1)", "x**(1 - 3)", "0.1*3*x", "x - (-2)", "-(-x)", "exp(-x)**2", "x**16", "x**17",
]  # fmt: skip


def same(one, other):
    """The same float, sign of zero aside."""
    return one == other or (math.isnan(one) and math.isnan(other))


def value(text, variables, values):
    return float_function(variables, (parse(text, variables),))(*values)[0]


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_read_and_written_again_is_read_the_same(text):
    root = parse(text, XY)
    assert parse(to_source(root), XY) is root


@settings(max_examples=200, deadline=None, derandomize=True)
@given(formulas(3), st.floats(-5, 5), st.floats(-5, 5))
def test_written_trees_compute_the_same_to_the_last_bit(text, x, y):
    for root in (parse(text, XY), *gradient(parse(text, XY), XY)):
        expected = float_function(XY, (root,))(x, y)[0]
        again = to_source(root)
        if len(again) <= 1000:
            assert same(value(again, XY, (x, y)), expected), again
        numbers = source_with_values(root, {"x": x, "y": y})
        if len(numbers) <= 1000:
            assert same(value(numbers, (), ()), expected), numbers


@pytest.mark.parametrize("t", [1.0, 2.0, 3.0, 5.0, 16.0, 17.0, 1000.0])
def test_a_power_of_the_step_number_stays_a_power(t):
    root = parse("1 - beta**t", ("beta", "t"))
    for beta in (0.9, 0.99, 0.999, 0.123456789):
        text = source_with_values(root, {"beta": beta, "t": t})
        assert value(text, (), ()) == 1 - math.pow(beta, t)


def test_a_small_whole_power_of_a_number_stays_a_product():
    x = 0.3
    assert value(source_with_values(parse("x**3", XY), {"x": x}), (), ()) == x * (x * x)
    assert x * (x * x) != math.pow(x, 3), "or this shows nothing"


def test_what_is_not_finite_cannot_be_written():
    assert source_with_values(parse("1/x", XY), {"x": math.inf}) is None


@pytest.mark.parametrize("name", RULES)
def test_every_rule_of_the_catalog_reads_back(name):
    optimizer = OPTIMIZERS[name]
    for text in (optimizer.rule, *(form.rule for form in optimizer.forms.values())):
        rule = parse_rule(text)
        again = "\n".join(f"{target} = {to_source(formula)}" for target, formula in rule.lines)
        assert parse_rule(again).lines == rule.lines
