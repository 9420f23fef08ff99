"""Lines of a rule with numbers put in: in full they compute the value again.

For reading they have four digits, or more where those come to another value.
"""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fallline.formulas import parse, parse_rule
from fallline.formulas.evaluation import Evaluation, evaluate, latex_with_values, value_of
from tests.formulas.latex import MARK, NUMBER, check, significant
from tests.formulas.oracle import formulas

VALUES = st.one_of(st.floats(-5, 5), st.sampled_from([0.0, -0.0, 1.0, -3.0, 1e-20, -1e20, 0.1 + 0.2, 123456.0, 9999.5]))


def typed_rules() -> st.SearchStrategy[str]:
    """Rules as someone might type them, whose lines use those before them."""
    names = {"x": "g", "y": "x_hat"}

    def rule(lines: list[str], last: str) -> str:
        texts = [f"v_{k} = {line}" for k, line in enumerate(lines)]
        texts = [text.replace("x", names["x"]).replace("y", "w") for text in texts]
        before = f"v_{len(lines) - 1}"
        return "\n".join([*texts, f"w = w - lr*foo_bar*{before} + {last.replace('x', before).replace('y', 'g')}"])

    plain = formulas(2).filter(lambda text: not {"exp", "max"} & {word for word in ("exp", "max") if word in text})
    return st.builds(rule, st.lists(plain, min_size=1, max_size=3), plain)


def worked(text: str, values: dict[str, float]) -> list[Evaluation]:
    """Every line with its numbers, each with the values of those before it."""
    known, lines = dict(values), []
    for target, formula in parse_rule(text).lines:
        lines.append(evaluate(formula, known, marked=True))
        known[target] = lines[-1].value
    return lines


@settings(max_examples=150, deadline=None, derandomize=True)
@given(typed_rules(), VALUES, VALUES)
def test_typed_rules_say_what_ran(text: str, g: float, w: float) -> None:
    for line in worked(text, {"g": g, "w": w, "lr": 0.1, "foo_bar": -0.7}):
        if line.substituted is not None and len(line.substituted) <= 1000:
            again = value_of(parse(line.substituted, ()), {})
            assert again == line.value or (math.isnan(again) and math.isnan(line.value)), (text, line.substituted)
        if line.latex is None:
            continue
        check(line.latex)
        shown, _, _ = MARK.sub("", line.latex).partition(r"\quad \text{as }")
        digits = [number for number in NUMBER.findall(shown) if "." in number or float(number) >= 1e6]
        assert all(significant(number) <= 8 for number in digits), line.latex


@pytest.mark.parametrize(
    ("text", "x", "y", "shown"),
    [
        ("2*x + y", 1.23456, 7.0, r"2 \cdot 1.235 + 7"),
        ("x - y", 3.00012, 3.00004, "3.00012 - 3.00004"),  # 3.000 - 3.000 would be 0, and it is 8e-5
        ("x - y", 3.0000012, 3.0, "3.0000012 - 3"),
        ("x - y", 3 + 1e-10, 3.0, "3.000 - 3"),  # eight digits do not show it either
    ],
)
def test_numbers_have_the_digits_with_which_the_formula_comes_to_its_value(text, x, y, shown):
    assert latex_with_values(parse(text, ("x", "y")), {"x": x, "y": y}) == shown
