"""Where Python's floats raise and the run goes on, its program goes on too."""

import pytest

from app.descent import Run, Setup, Stop
from app.formulas import parse_rule
from app.problems.problem import expression_problem
from tests.descent.runs import setup
from tests.programs.running import IN_BOTH, check


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("1/(1 + exp(-x)) + x**2/1e9", -800.0),
        ("1/(1 + exp(-x)) + x**2/1e9", -400.0),
        ("log(x)", 0.5),
        ("sqrt(x)", 2.0),
        ("where(x > 0, log(x), x**2)", 3.0),
        ("max(log(x), -5) + max(-5, log(x)) + x**2", 0.1),
        ("1/x", -1.0),
        ("sin(x**8)*x**8", 9.0),
        ("abs(x)**0.5*sinh(x)", 5.0),
        ("(x - 1)**1.5 + x", 2.0),
        ("max((x - 1)**1.5, 0) + x", 2.0),
        ("1/(1 + 1/x**2)", 2.0),
        ("1/(1 + 1/x**2) + x**2", 0.0),
        ("exp(-1/x**2) + x**2", 0.0),
        ("tanh(exp(x)) + x**2/1e6", 800.0),
        ("cosh(x/1e3)*tan(x)", 3.0),
        ("0*x", 3.0),
        ("3*x - max(1, x, 2)*floor(x)", 3.0),
        ("x**-3 + 2**x + 0.5**-x", 1.0),
    ],
)
@pytest.mark.parametrize("rule", ["w = w - lr*g", "w = w - lr*sign(g)", "w = w - lr*g*1e3"])
def test_it_goes_on_as_the_run_does(text, start, rule):
    check(Run(expression_problem(text), Setup(parse_rule(rule), 0.5), (start,), Stop(60)))


@IN_BOTH
@pytest.mark.parametrize(
    "rule",
    [
        "q = 1/g\nw = w - lr*where(abs(g) > 3, q, sign(g))",
        "q = 1/(g - g)\nw = w - lr*g",
        "w = w - lr/(1 + 1/(g*0))",
        "q = sqrt(g)\nw = w - lr*where(g > 0, q, 1)",
        "w = w - lr*where(1/(g*0) > 5, 1, 2)",
        "q = log(g)\nw = w - lr*max(q, g)",
        "q = log(g)\nw = w - lr*max(g, q)",
        "q = exp(g*1e4)\nw = w - lr/(1 + q)",
        "q = (-g)**0.5\nw = w - lr*min(1, q)",
        "v = 1.1*v + 1\nw = w - lr*1.1**-v*g",
        "q = 2**t/3**t*7**-t\nw = w - lr*q*g",
        "q = 1/(t - 3)\nw = w - lr*g*where(t > 3, q, 1)",
        "ratio = g/g_last\ng_last = g\nw = w - lr*where(t < 2, g, ratio*g)",
        "m = 7*m*g + g\nw = w - lr*m/(1 + m)",
        "w = sqrt(lr*t)",
        "m = t\nw = w - lr*g*sqrt(m)",
        "n = n + 1\nw = w - lr*g/(1 + (t**16)**16 + 9**9**9)/n",
    ],
)
def test_lines_that_raise_or_that_nobody_reads(rule, program):
    for start in (2.0, -2.0, 4.0, 0.0):
        check(Run(expression_problem("x**2"), Setup(parse_rule(rule), 0.5), (start,), Stop(80)), program)


def test_only_what_may_be_passed_over_is_kept_from_raising():
    """exp in a sum ends the run as it ends the program; below a line it does not."""
    texts = {text: check(Run(expression_problem(text), setup("gd"), (1.0,), Stop(5))) for text in ("exp(x)", "x/(1 + exp(x))")}
    assert ["def exp" in source for source in texts.values()] == [False, True]


def test_a_formula_too_long_to_read_becomes_lines():
    text = "+".join(f"sin({i}*x*y)/({i} + where(x > {i}, x, y)**2)" for i in range(1, 22))
    source = check(Run(expression_problem(text), setup("adam", learning_rate=0.05), (2.0, 1.0), Stop(30)))
    assert "part" in source


@IN_BOTH
def test_a_loss_that_is_flat_here_has_a_gradient(program):
    text = "where(x > 1, 1, x**2) + max(1, -x) + sign(x) + floor(x)"
    check(Run(expression_problem(text), setup("gd"), (2.5,), Stop(5)), program)
