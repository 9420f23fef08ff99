"""LaTeX with numbers put in, as one would write the working by hand."""

import math
import re

import pytest

from fallline.formulas import parse, parse_rule
from fallline.formulas.evaluation import latex_with_values
from fallline.formulas.latex_formatter import LatexFormatter, latex_sum, latex_value

VALUES = {
    "x": -0.344, "y": 2.0, "beta": 0.9, "eps": 1e-8, "t": 12345.0, "m": 0.123456, "v": 1.5e-7, "a": -0.3, "b": 0.2,
}  # fmt: skip


def put(text):
    return latex_with_values(parse(text, tuple(VALUES)), VALUES)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.123456, "0.1235"), (-0.344, "-0.344"), (0.0, "0"), (-0.0, "0"), (12345.0, "12345"), (12345.6, r"1.235{\times}10^{4}"),
        (1e-8, "10^{-8}"), (-1e-8, "-10^{-8}"), (2.5e-8, r"2.5{\times}10^{-8}"), (0.00012344, r"1.234{\times}10^{-4}"), (3e6, r"3{\times}10^{6}"),
        (1234567.8, r"1.235{\times}10^{6}"), (0.99999, "1.000"), (6.6500001, "6.650"), (1 - 1e-9, "1.000"), (0.02, "0.02"), (0.1 + 0.2, "0.3"), (math.inf, r"\infty"), (-math.inf, r"-\infty"), (math.nan, r"\text{undefined}"),
    ],
)  # fmt: skip
def test_numbers_are_rounded_to_four_significant_digits(value, text):
    assert latex_value(value) == text


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        ("beta*x", r"0.9 \cdot (-0.344)"),
        ("x*beta", r"-0.344 \cdot 0.9"),
        ("beta*m + (1 - beta)*x", r"0.9 \cdot 0.1235 + (1 - 0.9) \cdot (-0.344)"),
        ("y + x", r"2 + (-0.344)"),
        ("y - x", r"2 - (-0.344)"),
        ("y + x*beta", r"2 + (-0.344) \cdot 0.9"),
        ("y - x*beta*m", r"2 - (-0.344) \cdot 0.9 \cdot 0.1235"),
        ("y*(x*beta)", r"2 \cdot (-0.344) \cdot 0.9"),
        ("x*beta*m - y", r"-0.344 \cdot 0.9 \cdot 0.1235 - 2"),
        ("-(x*beta)", r"-(-0.344) \cdot 0.9"),
        ("x**2", r"(-0.344)^{2}"),
        ("eps**2", r"(10^{-8})^{2}"),
        ("v**2*y", r"(1.5{\times}10^{-7})^{2} \cdot 2"),
        ("beta**t", r"0.9^{12345}"),
        ("-x", r"-(-0.344)"),
        ("x/(sqrt(v) + eps)", r"\frac{-0.344}{\sqrt{1.5{\times}10^{-7}} + 10^{-8}}"),
        ("max(x, abs(x), y)", r"\max(-0.344, \lvert -0.344\rvert, 2)"),
        ("2*pi*y", r"2 \cdot \pi \cdot 2"),
    ],
)  # fmt: skip
def test_a_formula_with_its_numbers_reads_as_written_by_hand(formula, text):
    assert put(formula) == text


def test_of_two_cases_the_one_taken_is_shown_with_its_reason():
    assert put("where(x > 0, beta, y) - m") == r"2 - 0.1235 \quad \text{as } {-0.344 < 0}"
    assert put("where(x > 0, 1, where(a*b < 0, y, 3))") == r"2 \quad \text{as } {-0.344 < 0}\text{ and }{-0.06 < 0}"
    assert put("where(x < y, m, 1) + where(x < y, beta, 1)") == r"0.1235 + 0.9 \quad \text{as } {-0.344 < 2}"


def test_numbers_compared_twice_stand_in_one_way():
    root = parse("where(x > 0, 1, where(x < 0, 2, 3))", ("x",))
    shown_at = [latex_with_values(root, {"x": x}) for x in (2.0, 0.0, -2.0)]
    assert shown_at == [
        rf"{n} \quad \text{{as }} {{{x} {sign} 0}}" for n, x, sign in ((1, 2, ">"), (3, 0, "="), (2, -2, "<"))
    ]


def test_a_comparison_shows_enough_digits_to_be_seen():
    root = parse("where(x > 5, 1, 0)", ("x",))
    assert latex_with_values(root, {"x": 5.000001}) == r"1 \quad \text{as } {5.000001 > 5}"
    assert latex_with_values(root, {"x": 5.0}) == r"0 \quad \text{as } {5 = 5}"


def test_the_branch_not_taken_is_never_computed():
    assert put("where(x > 0, where(sqrt(x) > 1, 1, 2), y)") == r"2 \quad \text{as } {-0.344 < 0}"


def test_marks_tell_whose_number_it_is():
    root = parse_rule("m_hat = m/2\nw = w - lr*m_hat").lines[1][1]
    marked = latex_with_values(root, {"w": 1.0, "lr": 0.1, "m_hat": -2.0}, marked=True)
    assert marked == r"\htmlData{of=w}{1} - \htmlData{of=lr}{0.1} \cdot (\htmlData{of=m_hat}{-2})"
    assert r"\htmlData{of=m_hat}{\hat{m}}" in LatexFormatter(marked=True).format(root)


def test_a_sum_takes_the_signs_of_its_parts():
    assert latex_sum(["-0.6", "-0.64", "2"]) == "-0.6 - 0.64 + 2"


def test_a_formula_too_long_to_read_has_no_latex_with_values():
    assert latex_with_values(parse("+".join(["sin(x*y)"] * 60), ("x", "y")), {"x": 1.0, "y": 2.0}) is None


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("beta*m + g", {"beta": 0.9, "m": -2.5, "g": -24.7}),
        ("x**2 + y - 11", {"x": -3.3, "y": -1.623}),
        ("w - lr*m", {"w": -1.5, "lr": 0.1, "m": -4e-5}),
        ("-g*m", {"g": -2.0, "m": -3.0}),
    ],
)
def test_marks_change_nothing_but_that_they_are_there(text: str, values: dict[str, float]) -> None:
    root = parse(text, tuple(values))
    bare = re.sub(
        r"\\htmlData\{of=\w+\}\{((?:[^{}]|\{[^{}]*\})*)\}", r"\1", latex_with_values(root, values, marked=True)
    )
    assert bare == latex_with_values(root, values)
