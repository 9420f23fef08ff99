"""The value of a formula, and the formula with numbers in place of names, as a step computed it."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from fallline.formulas.formatter import Fragment, number_fragment, source_with_values
from fallline.formulas.functions import COMPARISONS, values_of
from fallline.formulas.latex_formatter import COMPARISON_SIGNS, DIGITS, MAX_PRINTED, LatexFormatter, latex_value
from fallline.formulas.nodes import Node
from fallline.types import Described, MaybeFinite

MORE_DIGITS = (DIGITS, 6, 8)
"""Significant digits of numbers in a formula: the fewest with which it comes to its value."""
SAME_VALUE = 1e-3
"""Formulas come to the same value if these differ by less than this share."""


@dataclass(frozen=True)
class Evaluation(Described):
    """A formula with the numbers of one computation."""

    value: MaybeFinite
    """The value, equal to the last bit to that of the run."""
    substituted: str | None
    """The text of the formula with all numbers in full, which computes `value` again. A `where` computes only the side
    that it takes, as Python's `yes if a > b else no` does; the other side may have no value. Null if one of the numbers
    is not finite, or the text is too long to read."""
    latex: str | None
    """The LaTeX of the formula with rounded numbers: of 4 significant digits, or of 6 or 8 where fewer come to another
    value; null if it is too long to read."""
    value_latex: str
    """The LaTeX of the value, rounded."""


def evaluate(formula: Node, values: Mapping[str, float], marked: bool = False) -> Evaluation:
    """Evaluate a formula at `values`. Args: marked: see `latex_with_values`."""
    return written_out(formula, values, value_of(formula, values), marked)


def written_out(formula: Node, values: Mapping[str, float], value: float, marked: bool) -> Evaluation:
    """The evaluation of a formula whose value is already known. Args: values, marked: as for `evaluate`."""
    substituted = source_with_values(formula, values)
    return Evaluation(value, substituted, latex_with_values(formula, values, marked), latex_value(value))


def value_of(formula: Node, values: Mapping[str, float]) -> float:
    """The value of a formula, computed on floats."""
    return values_of((formula,), values)[0]


def latex_with_values(formula: Node, values: Mapping[str, float], marked: bool = False) -> str | None:
    r"""The LaTeX of a formula with rounded numbers for names, and with the comparison that decided each `where`.

    Args:
        values: the value of every name in the formula.
        marked: whether each number is marked with the name that it replaces, as `\htmlData{of=NAME}{...}`.

    Returns:
        None if the formula, written out, has more than MAX_PRINTED parts.
    """
    if formula.expanded_size > MAX_PRINTED:
        return None
    formatter = _ValueFormatter(values, marked, _digits_needed(formula, values))
    text = formatter.format(formula)
    compared = dict.fromkeys(formatter.compared)
    return rf"{text} \quad \text{{as }} " + r"\text{ and }".join(compared) if compared else text


def _digits_needed(formula: Node, values: Mapping[str, float]) -> int:
    """The fewest digits of the numbers with which the formula comes to its value; `DIGITS` if 8 are too few, too."""
    value = value_of(formula, values)
    for digits in MORE_DIGITS:
        rounded = {name: float(f"{each:.{digits}g}") for name, each in values.items()}
        if math.isclose(value_of(formula, rounded), value, rel_tol=SAME_VALUE):
            return digits
    return DIGITS


class _ValueFormatter(LatexFormatter):
    """LaTeX with numbers in place of names. For a `where` it formats the side taken, and keeps the comparison."""

    def __init__(self, values: Mapping[str, float], marked: bool, digits: int) -> None:
        super().__init__(marked=marked)
        self.values = values
        self.digits = digits
        self.compared: list[str] = []

    def format_name(self, name: str) -> Fragment:
        text, precedence = number_fragment(latex_value(self.values[name], self.digits))
        return self.mark(name, text), precedence

    def needs_dot(self, left: str, right: str) -> bool:  # noqa: ARG002
        return True

    def format_where(self, item: Node) -> Fragment:
        left, right, yes, no = item.args
        a, b = value_of(left, self.values), value_of(right, self.values)
        self.compared.append(_comparison(a, b))
        return self.fragment(yes if COMPARISONS[str(item.value)](a, b) else no)


def _comparison(a: float, b: float) -> str:
    """`a < b`, `a = b` or `a > b`, whichever holds, with enough digits to show that it holds.

    It is in braces; otherwise LaTeX would set a leading minus as a subtraction from the words before it.
    """
    sign = next(COMPARISON_SIGNS[each] for each in ("<", "==", ">", "!=") if COMPARISONS[each](a, b))
    apart = (digits for digits in (DIGITS, 8) if f"{a:.{digits}g}" != f"{b:.{digits}g}" or a == b)
    digits = next(apart, 17)
    return f"{{{latex_value(a, digits)} {sign} {latex_value(b, digits)}}}"
