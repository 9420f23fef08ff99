"""A formula at work: its value, and the formula with the numbers put in that gave it."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.formulas.functions import float_function
from app.formulas.nodes import Node
from app.formulas.numbers import DIGITS, latex_value, marked_name
from app.formulas.printing import Text
from app.formulas.typeset import MAX_PRINTED, SYMBOLS, Printer, number_strength, written_size
from app.formulas.written import written

_HOLDS: Mapping[str, Callable[[float, float], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "==": operator.eq, "!=": operator.ne,
}  # fmt: skip
_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}


@dataclass(frozen=True)
class Filled:
    """A formula with its numbers.

    Args:
        value: as it ran, to the last bit.
        substituted: its text with every number in full, which computes `value` again; None where a number in it is
            not finite, or where it is too long to read. A `where` computes only the side that it takes, as Python's
            `yes if a > b else no` does, and the other need not have a value.
        latex: the same, rounded to at most 4 significant digits; None where it is too long for that.
        value_latex: the value, rounded.
    """

    value: float
    substituted: str | None
    latex: str | None
    value_latex: str


def value_of(formula: Node, values: Mapping[str, float]) -> float:
    """What a formula computes on floats."""
    names = tuple(sorted(formula.names))
    return float_function(names, (formula,))(*(values[name] for name in names))[0]


def fill(formula: Node, values: Mapping[str, float], marked: bool = False) -> Filled:
    """A formula with the numbers of `values` put in; `marked` as in `shown`."""
    value = value_of(formula, values)
    return Filled(value, in_full(formula, values), shown(formula, values, marked), latex_value(value))


def in_full(formula: Node, values: Mapping[str, float]) -> str | None:
    """`written` with numbers, None where one of them is not finite."""
    try:
        return written(formula, values)
    except ValueError:
        return None


def shown(root: Node, values: Mapping[str, float], marked: bool = False) -> str | None:
    r"""An expression with its numbers put in, and what decided between cases in it; None where it is too long to read.

    Args:
        values: of every name in it.
        marked: whether each number tells whose it is, as `\htmlData{of=NAME}{...}`.
    """
    if written_size(root) > MAX_PRINTED:
        return None
    printer = _Numbers(values, marked)
    text = printer.plain(root)
    held = dict.fromkeys(_comparison(*pair, sign) for pair, sign in printer.conditions.items())
    return rf"{text} \quad \text{{as }} " + r"\text{ and }".join(held) if held else text


class _Numbers(Printer):
    """LaTeX with numbers for names. Of two cases it shows the one taken, and keeps the condition.

    Of two numbers that were compared more than once it says how they stand: neither above nor below is equal.
    """

    def __init__(self, values: Mapping[str, float], marked: bool) -> None:
        self.values, self.marked = values, marked
        self.conditions: dict[tuple[float, float], str] = {}

    def name(self, name: str) -> Text:
        text, strength = number_strength(latex_value(self.values[name]))
        return marked_name(name, text) if self.marked else text, strength

    def needs_dot(self, first: str, second: str) -> bool:  # noqa: ARG002
        return True

    def choice(self, item: Node) -> Text:
        left, right, yes, no = item.args
        a, b = value_of(left, self.values), value_of(right, self.values)
        comparison = str(item.value)
        holds = _HOLDS[comparison](a, b)
        sign = comparison if holds else _OPPOSITE[comparison]
        if (a, b) in self.conditions:
            sign = next((stands for stands in ("<", "==", ">") if _HOLDS[stands](a, b)), sign)
        self.conditions[a, b] = sign
        return self.text(yes if holds else no)


def _comparison(a: float, b: float, sign: str) -> str:
    """`a < b` with as many digits as it takes to see it; in braces, lest a minus after the words before it subtract."""
    apart = (digits for digits in (DIGITS, 8) if f"{a:.{digits}g}" != f"{b:.{digits}g}" or a == b)
    digits = next(apart, 17)
    one, other = latex_value(a, digits), latex_value(b, digits)
    return f"{{{one} {SYMBOLS[sign]} {other}}}"
