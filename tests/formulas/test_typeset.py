"""LaTeX reads back as the same formula."""

import pytest
import sympy
from sympy.parsing.latex import parse_latex

from app.formulas import gradient, latex, latex_name, latex_rule, parse, parse_rule

XY = ("x", "y")
X, Y = sympy.symbols("x y")

FORMULAS = [
    "x**2/2 + 50*y**2", "(1 - x)**2 + 100*(y - x**2)**2", "-x**2 - (-x)*(-3)", "x - (y - (x - 2))", "2**x*3", "(x**2)**3", "x**(y + 1)",
    "(-x)**2", "x/y/3 - (1 - (x - y))", "2*3*x", "x*(y*2)", "-(x + y)", "x - -y", "(x + y)/(x - y)", "cos(2*x)", "sqrt(x + 3)*x",
    "4*x*(2*y)", "0.26*(x**2 + y**2) - 0.48*x*y",
]  # fmt: skip


@pytest.mark.parametrize("text", FORMULAS)
def test_latex_means_the_formula(text):
    root = parse(text, XY)
    for item, expected in ((root, sympy.sympify(text)), (gradient(root, XY)[0], sympy.sympify(text).diff(X))):
        printed = latex(item).replace(r"\,", r" \cdot ").replace(r"\left|", "|").replace(r"\right|", "|")
        read = parse_latex(printed, backend="lark")
        read = read if isinstance(read, sympy.Basic) else read.children[-1]
        for point in ({X: 1.3, Y: 0.7}, {X: 0.4, Y: 2.2}):
            assert float(read.subs(point)) == pytest.approx(float(expected.subs(point)), rel=1e-12), printed


@pytest.mark.parametrize(
    ("name", "printed"),
    [("beta1", r"\beta_{1}"), ("m_hat", r"\hat{m}"), ("v_max", r"v_{\mathrm{max}}"), ("lr", r"\mathrm{lr}"), ("eps", r"\varepsilon"),
     ("x", "x"), ("mu_product", r"\mu_{\mathrm{product}}"), ("w", "w")],
)  # fmt: skip
def test_names_print_as_a_textbook_has_them(name, printed):
    assert latex_name(name) == printed


def test_a_rule_marks_what_it_overwrites():
    lines = latex_rule(parse_rule("m = beta*m + g\nu = 2*m\nw = w - lr*u"))
    assert lines == [r"m \leftarrow \beta\,m + g", r"u = 2\,m", r"w \leftarrow w - \mathrm{lr}\,u"]


def test_past_what_anyone_reads_nothing_is_printed():
    assert latex(parse("+".join(["sin(x*y)"] * 60), XY)) is None


def test_a_choice_of_three_is_one_list_of_cases():
    text = latex(parse("where(x > 0, 1, where(x < y, 2*y, where(x == y, 3, x)))", XY))
    assert text == (
        r"\begin{cases} 1 & \text{if } x > 0 \\ 2\,y & \text{if } x < y \\ 3 & \text{if } x = y \\ x & \text{otherwise} \end{cases}"
    )
