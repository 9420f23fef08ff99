"""Expression trees back to text of the language, with numbers in place of names where they are known.

The text parses to a tree that computes the same to the last bit: it keeps the order of the operations, and a number
put in as an exponent has its point, so that a power which ran as a power stays one.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import ClassVar

from app.formulas.nodes import REAL, Node
from app.formulas.printing import ATOM, POWER, SIGN, Printing, Text, arguments
from app.formulas.vocabulary import CONSTANTS

INFIX = {"add": " + ", "sub": " - ", "mul": "*", "div": "/"}
"""The signs of the language, which are Python's."""
_CONSTANT_NAMES = {value: name for name, value in CONSTANTS.items()}


def written(root: Node, values: Mapping[str, float] | None = None) -> str:
    """The text of an expression, with every name in `values` replaced by its number in full.

    Raises:
        ValueError: a number to be put in is not finite, which the language has no way to write.
    """
    return _Scribe(values or {}).plain(root)


def number_text(value: float) -> str:
    """A number as it is written in a formula: whole ones without a point, pi and e by name."""
    if abs(value) in _CONSTANT_NAMES:
        return ("-" if value < 0 else "") + _CONSTANT_NAMES[abs(value)]
    exact = value.is_integer() and abs(value) < 2**53
    return f"{value:.0f}" if exact else repr(value)


def signed(shown: str) -> Text:
    """The text of a number, with how strongly it binds."""
    return shown, SIGN if shown.startswith("-") else ATOM


class _Scribe(Printing):
    """Text of the language."""

    signs: ClassVar = INFIX

    def __init__(self, values: Mapping[str, float]) -> None:
        self.values = values

    def number(self, value: float) -> Text:
        return signed(number_text(value))

    def name(self, name: str) -> Text:
        value = self.values.get(name)
        if value is None:
            return name, ATOM
        if not math.isfinite(value):
            raise ValueError(f"{name} is {value}")
        return signed(repr(value))

    def power(self, item: Node) -> Text:
        base, exponent = item.args
        shown = _with_point(exponent) if item.value == REAL else self.bracketed(exponent, SIGN)
        return f"{self.bracketed(base, ATOM)}**{self.in_brackets(shown) if self.is_signed(shown) else shown}", POWER

    def choice(self, item: Node) -> Text:
        left, right, yes, no = map(self.plain, item.args)
        return f"where({left} {item.value} {right}, {yes}, {no})", ATOM

    def call(self, item: Node) -> Text:
        return f"{item.value}({', '.join(map(self.plain, arguments(item)))})", ATOM


def _with_point(exponent: Node) -> str:
    sign, exponent = ("-", exponent.args[0]) if exponent.op == "neg" else ("", exponent)
    return sign + repr(exponent.number)
