"""Expression trees back to text of the language, with numbers in place of names where they are known.

The text parses to a tree that computes the same to the last bit: it keeps the order of the operations, and a number
put in as an exponent has its point, so that a power which ran as a power stays one.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from app.formulas.nodes import REAL, Node
from app.formulas.vocabulary import CONSTANTS, FUNCTIONS

_SUM, _PRODUCT, _SIGN, _POWER, _ATOM = 1, 2, 3, 4, 5
_INFIX = {"add": " + ", "sub": " - ", "mul": "*", "div": "/"}
_CONSTANT_NAMES = {value: name for name, value in CONSTANTS.items()}


def written(root: Node, values: Mapping[str, float] | None = None) -> str:
    """The text of an expression, with every name in `values` replaced by its number in full.

    Raises:
        ValueError: a number to be put in is not finite, which the language has no way to write.
    """
    return _Scribe(values or {}).text(root)[0]


def number_text(value: float) -> str:
    """A number as it is written in a formula: whole ones without a point, pi and e by name."""
    if abs(value) in _CONSTANT_NAMES:
        return ("-" if value < 0 else "") + _CONSTANT_NAMES[abs(value)]
    exact = value.is_integer() and abs(value) < 2**53
    return f"{value:.0f}" if exact else repr(value)


def arguments(item: Node) -> list[Node]:
    """The arguments of a call as one writes them: max(max(a, b), c) is max(a, b, c)."""
    if not FUNCTIONS[str(item.value)].many:
        return list(item.args)
    first, second = item.args
    same = first.op == "call" and first.value == item.value
    return [*(arguments(first) if same else [first]), second]


class _Scribe:
    """Text of a node with the strength of its outermost operation, so that brackets stand only where needed."""

    def __init__(self, values: Mapping[str, float]) -> None:
        self.values = values

    def text(self, item: Node) -> tuple[str, int]:
        match item.op:
            case "number":
                return _signed(number_text(item.number or 0.0))
            case "name":
                return self._name(str(item.value))
            case "neg":
                return f"-{self._bracketed(item.args[0], _PRODUCT)}", _SIGN
            case "add" | "sub":
                return self._infix(item, _SUM, _PRODUCT), _SUM
            case "mul" | "div":
                return self._infix(item, _PRODUCT, _SIGN), _PRODUCT
            case "pow":
                return f"{self._bracketed(item.args[0], _ATOM)}**{self._exponent(item)}", _POWER
            case "where":
                return self._where(item), _ATOM
        inside = ", ".join(self.text(each)[0] for each in arguments(item))
        return f"{item.value}({inside})", _ATOM

    def _name(self, name: str) -> tuple[str, int]:
        value = self.values.get(name)
        if value is None:
            return name, _ATOM
        if not math.isfinite(value):
            raise ValueError(f"{name} is {value}")
        return _signed(repr(value))

    def _bracketed(self, item: Node, needed: int) -> str:
        shown, strength = self.text(item)
        return shown if strength >= needed else f"({shown})"

    def _infix(self, item: Node, on_left: int, on_right: int) -> str:
        left, right = item.args
        second = self._bracketed(right, on_right)
        second = f"({second})" if second.startswith("-") else second
        return f"{self._bracketed(left, on_left)}{_INFIX[item.op]}{second}"

    def _exponent(self, item: Node) -> str:
        exponent = item.args[1]
        shown = _with_point(exponent) if item.value == REAL else self._bracketed(exponent, _SIGN)
        return f"({shown})" if shown.startswith("-") else shown

    def _where(self, item: Node) -> str:
        left, right, yes, no = (self.text(each)[0] for each in item.args)
        return f"where({left} {item.value} {right}, {yes}, {no})"


def _signed(shown: str) -> tuple[str, int]:
    return shown, _SIGN if shown.startswith("-") else _ATOM


def _with_point(exponent: Node) -> str:
    sign, exponent = ("-", exponent.args[0]) if exponent.op == "neg" else ("", exponent)
    return sign + repr(exponent.number)
