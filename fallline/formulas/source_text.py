"""Expression trees back to text of the language, with names or with numbers in their place.

The text parses to a tree that computes the same to the last bit: it keeps the order of the operations, and a number
put in as an exponent has its point, so that a power which ran as a power stays one.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from fallline.formulas.formatter import ATOM, POWER, SIGN, Formatter, Fragment, number_fragment
from fallline.formulas.nodes import REAL, Node


def to_source(formula: Node) -> str:
    """The text of an expression."""
    return SourceFormatter({}).format(formula)


def source_with_values(formula: Node, values: Mapping[str, float]) -> str | None:
    """The text of an expression with every name in `values` replaced by its number in full.

    Returns:
        None where one of these numbers is not finite: the language has no way to write it.
    """
    used = {name: value for name, value in values.items() if name in formula.names}
    return SourceFormatter(used).format(formula) if all(map(math.isfinite, used.values())) else None


class SourceFormatter(Formatter):
    """Text of the language, with numbers for the names in `values`."""

    def __init__(self, values: Mapping[str, float]) -> None:
        self.values = values

    def format_name(self, name: str) -> Fragment:
        return number_fragment(repr(self.values[name])) if name in self.values else (name, ATOM)

    def format_power(self, item: Node) -> Fragment:
        base, exponent = item.args
        text = self.operand(exponent, SIGN)
        if item.value == REAL:  # a number, which keeps its point
            text = f"-{exponent.args[0].number!r}" if exponent.op == "neg" else repr(exponent.number)
        return f"{self.operand(base, ATOM)}**{self.parenthesized(text) if text.startswith('-') else text}", POWER
