"""A formula at work: its value, and the formula with the numbers put in that gave it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.formulas.nodes import Node
from app.formulas.numbers import latex_value, shown, value_of
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
