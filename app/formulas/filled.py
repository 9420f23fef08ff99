"""A formula at work: its value, and the formula with the numbers put in that gave it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.formulas.functions import float_function
from app.formulas.nodes import Node
from app.formulas.numbers import Shown, latex_value, shown
from app.formulas.written import written


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
    return Filled(value, in_full(formula, values), as_text(shown(formula, values, marked)), latex_value(value))


def in_full(formula: Node, values: Mapping[str, float]) -> str | None:
    """`written` with numbers, None where one of them is not finite."""
    try:
        return written(formula, values)
    except ValueError:
        return None


def as_text(text: Shown | None) -> str | None:
    """A text with its conditions."""
    return None if text is None else str(text)
