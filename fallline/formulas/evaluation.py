"""The value of a formula, and the formula with the numbers that gave it in place of names."""

from collections.abc import Mapping
from dataclasses import dataclass

from fallline.formulas.formatter import Fragment, number_fragment, source_with_values
from fallline.formulas.functions import COMPARISONS, values_of
from fallline.formulas.latex_formatter import COMPARISON_SIGNS, DIGITS, MAX_PRINTED, LatexFormatter, latex_value
from fallline.formulas.nodes import Node
from fallline.types import Described, MaybeFinite


@dataclass(frozen=True)
class Evaluation(Described):
    """A formula with its numbers."""

    value: MaybeFinite
    """As it ran, to the last bit."""
    substituted: str | None
    """Its text with every number in full, which computes `value` again; null where a number in it is not finite, or
    where it is too long to read. A `where` computes only the side that it takes, as Python's `yes if a > b else no`
    does, and the other need not have a value."""
    latex: str | None
    """The formula with its numbers rounded to at most 4 significant digits; null where it is too long for that."""
    value_latex: str
    """The value, rounded."""


def evaluate(formula: Node, values: Mapping[str, float], marked: bool = False) -> Evaluation:
    """A formula evaluated at `values`; `marked` as for `latex_with_values`."""
    return written_out(formula, values, value_of(formula, values), marked)


def written_out(formula: Node, values: Mapping[str, float], value: float, marked: bool) -> Evaluation:
    """A formula with the numbers that gave its value, which is known; the rest as for `evaluate`."""
    substituted = source_with_values(formula, values)
    return Evaluation(value, substituted, latex_with_values(formula, values, marked), latex_value(value))


def value_of(formula: Node, values: Mapping[str, float]) -> float:
    """The value of a formula, computed on floats."""
    return values_of((formula,), values)[0]


def latex_with_values(formula: Node, values: Mapping[str, float], marked: bool = False) -> str | None:
    r"""The LaTeX of a formula with rounded numbers for names, and with the comparisons that decided each `where`.

    Args:
        values: of every name in it.
        marked: whether each number tells whose it is, as `\htmlData{of=NAME}{...}`.

    Returns:
        None where the formula has more than MAX_PRINTED parts written out.
    """
    if formula.expanded_size > MAX_PRINTED:
        return None
    formatter = _ValueFormatter(values, marked)
    text = formatter.format(formula)
    compared = dict.fromkeys(formatter.compared)
    return rf"{text} \quad \text{{as }} " + r"\text{ and }".join(compared) if compared else text


class _ValueFormatter(LatexFormatter):
    """LaTeX with numbers in place of names. Of a `where` it formats the side taken, and keeps what was compared."""

    def __init__(self, values: Mapping[str, float], marked: bool) -> None:
        super().__init__(marked=marked)
        self.values = values
        self.compared: list[str] = []

    def format_name(self, name: str) -> Fragment:
        text, precedence = number_fragment(latex_value(self.values[name]))
        return self.mark(name, text), precedence

    def needs_dot(self, left: str, right: str) -> bool:  # noqa: ARG002
        return True

    def format_where(self, item: Node) -> Fragment:
        left, right, yes, no = item.args
        a, b = value_of(left, self.values), value_of(right, self.values)
        self.compared.append(_comparison(a, b))
        return self.fragment(yes if COMPARISONS[str(item.value)](a, b) else no)


def _comparison(a: float, b: float) -> str:
    """`a < b`, `a = b` or `a > b`, whichever holds, with as many digits as it takes to see it.

    It stands in braces, or LaTeX would set a minus at its beginning as a subtraction from the words before it.
    """
    sign = next(COMPARISON_SIGNS[each] for each in ("<", "==", ">", "!=") if COMPARISONS[each](a, b))
    apart = (digits for digits in (DIGITS, 8) if f"{a:.{digits}g}" != f"{b:.{digits}g}" or a == b)
    digits = next(apart, 17)
    return f"{{{latex_value(a, digits)} {sign} {latex_value(b, digits)}}}"
