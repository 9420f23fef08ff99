"""LaTeX reads back as the same formula."""

import re

import pytest
import sympy
from sympy.parsing.latex import parse_latex

from fallline.formulas import gradient, latex, latex_name, latex_rule, parse, parse_rule

XY = ("x", "y")
X, Y = sympy.symbols("x y")

FORMULAS = [
    "x**2/2 + 50*y**2", "(1 - x)**2 + 100*(y - x**2)**2", "-x**2 - (-x)*(-3)", "x - (y - (x - 2))", "2**x*3", "(x**2)**3", "x**(y + 1)",
    "(-x)**2", "x/y/3 - (1 - (x - y))", "2*3*x", "x*(y*2)", "-(x + y)", "x - -y", "(x + y)/(x - y)", "cos(2*x)", "sqrt(x + 3)*x",
    "4*x*(2*y)", "0.26*(x**2 + y**2) - 0.48*x*y",
]  # fmt: skip


JUXTAPOSED = re.compile(r"(?<=[\w)}]) (?<!\\cdot )(?=[\w(\\])(?!\\cdot)")


def spelled_out(printed):
    """What a reader of LaTeX with little experience understands too: every product with its dot, plain brackets."""
    for ours, plain in ((r"\bigl", ""), (r"\bigr", ""), (r"\lvert ", "|"), (r"\rvert", "|"), (r"\!", "")):
        printed = printed.replace(ours, plain)
    return JUXTAPOSED.sub(r" \\cdot ", printed)


@pytest.mark.parametrize("text", FORMULAS)
def test_latex_means_the_formula(text):
    root = parse(text, XY)
    for item, expected in ((root, sympy.sympify(text)), (gradient(root, XY)[0], sympy.sympify(text).diff(X))):
        printed = spelled_out(latex(item))
        read = parse_latex(printed, backend="lark")
        read = read if isinstance(read, sympy.Basic) else read.children[-1]
        for point in ({X: 1.3, Y: 0.7}, {X: 0.4, Y: 2.2}):
            assert float(read.subs(point)) == pytest.approx(float(expected.subs(point)), rel=1e-12), printed


@pytest.mark.parametrize(
    ("name", "printed"),
    [("beta1", r"\beta_{1}"), ("m_hat", r"\hat{m}"), ("v_max", r"v_{\mathrm{max}}"), ("lr", r"\mathrm{lr}"), ("eps", r"\varepsilon"),
     ("x", "x"), ("mu_product", r"\mu_{\mathrm{product}}"), ("w", "w"), ("rho_inf", r"\rho_{\infty}"), ("v2", "v_{2}"),
     ("weight_decay", r"\mathrm{weight\ decay}"), ("step_min", r"\mathrm{step}_{\mathrm{min}}"), ("x_hat", r"\hat{x}"),
     ("foo_bar_2", r"\mathrm{foo\ bar}_{2}"), ("foo_hat", r"\widehat{\mathrm{foo}}"), ("theta_1_hat", r"\hat{\theta}_{1}")],
)  # fmt: skip
def test_names_print_as_a_textbook_has_them(name, printed):
    assert latex_name(name) == printed


def test_a_rule_marks_what_it_overwrites():
    lines = latex_rule(parse_rule("m = beta*m + g\nu = 2*m\nw = w - lr*u"))
    assert lines == [r"m \leftarrow \beta m + g", r"u = 2 m", r"w \leftarrow w - \mathrm{lr} \cdot u"]


def test_past_what_anyone_reads_nothing_is_printed():
    assert latex(parse("+".join(["sin(x*y)"] * 60), XY)) is None


def test_a_choice_of_three_is_one_list_of_cases():
    text = latex(parse("where(x > 0, 1, where(x < y, 2*y, where(x == y, 3, x)))", XY))
    assert text == (
        r"\begin{cases} 1 & \text{if } x > 0 \\ 2 y & \text{if } x < y \\ 3 & \text{if } x = y \\ x & \text{otherwise} \end{cases}"
    )


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        ("4*x*(x**2 + y - 11)", "4 x (x^{2} + y - 11)"), ("x - (y - (x - 2))", r"x - \bigl(y - (x - 2)\bigr)"), ("exp(-((x - 1)**2 + y))", "e^{-((x - 1)^{2} + y)}"), ("-(-x)", "-(-x)"),
        ("sin(x/y)", r"\sin\!\left(\frac{x}{y}\right)"), ("max(x, abs(y))", r"\max(x, \lvert y\rvert)"), ("x*3*y", r"x \cdot 3 y"),
        ("(x/y)**2", r"\left(\frac{x}{y}\right)^{2}"), ("sin(x)**2*y", r"\sin^{2}(x) y"), ("1e-8*x", "10^{-8} x"), ("2.5e-8", r"2.5{\times}10^{-8}"),
        ("-x*y", "-x y"), ("-(x*y)", "-x y"), ("x*(-y)", "x (-y)"), ("-(x + y)*2", r"-(x + y) \cdot 2"), ("x/(-y)", r"\frac{x}{-y}"),
        ("-x/y", r"-\frac{x}{y}"), ("x/2/3", r"\frac{x}{2 \cdot 3}"), ("x/y/(x + 1)", r"\frac{x}{y (x + 1)}"), ("where(x > 0, x/y, 1)", r"\begin{cases} \displaystyle \frac{x}{y} & \text{if } x > 0 \\ 1 & \text{otherwise} \end{cases}"),
    ],
)  # fmt: skip
def test_formulas_are_set_as_in_a_book(formula, text):
    assert latex(parse(formula, XY)) == text


def test_a_word_stands_apart_from_its_neighbours():
    (line,) = latex_rule(parse_rule("w = w - 2*lr*weight_decay*w"))
    assert line == r"w \leftarrow w - 2 \cdot \mathrm{lr} \cdot \mathrm{weight\ decay} \cdot w"


def test_an_index_of_words_keeps_its_distance():
    assert latex_rule(parse_rule("w = mu_product*mu*w")) == [r"w \leftarrow \mu_{\mathrm{product}}\,\mu w"]
