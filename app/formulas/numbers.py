"""LaTeX with numbers put in: the working of a formula, rounded for reading."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app.formulas.functions import float_function
from app.formulas.nodes import Node
from app.formulas.typeset import (
    ATOM,
    MAX_PRINTED,
    SYMBOLS,
    Printer,
    latex_name,
    number_strength,
    written_size,
)

DIGITS = 4
"""Significant digits of a number put in; whole numbers below LARGEST_WHOLE are shown whole."""
LARGEST_WHOLE = 1e6

_HOLDS: Mapping[str, Callable[[float, float], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "==": operator.eq, "!=": operator.ne,
}  # fmt: skip
_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}


@dataclass(frozen=True)
class Shown:
    """A text with numbers in it, and the conditions that decided between cases in it."""

    text: str
    conditions: tuple[str, ...] = ()

    def __str__(self) -> str:
        held = r",\ ".join(dict.fromkeys(self.conditions))
        return rf"{self.text} \quad \text{{as }} {held}" if held else self.text


def latex_value(value: float, digits: int = DIGITS) -> str:
    """A number to so many significant digits: whole ones whole, very large and small ones with a power of ten."""
    if not math.isfinite(value):
        return r"\text{undefined}" if math.isnan(value) else r"\infty" if value > 0 else r"-\infty"
    if value.is_integer() and abs(value) < LARGEST_WHOLE:
        return str(int(value))
    mantissa, _, exponent = f"{value:.{digits}g}".partition("e")
    if not exponent:
        return mantissa
    power = f"10^{{{int(exponent)}}}"
    return mantissa.replace("1", power) if mantissa in ("1", "-1") else rf"{mantissa} \cdot {power}"


def shown(root: Node, values: Mapping[str, float], marked: bool = False) -> Shown | None:
    r"""An expression with its numbers put in; None where it is too long to read.

    Args:
        values: of every name in it.
        marked: whether each number tells whose it is, as `\htmlData{of=NAME}{...}`.
    """
    if written_size(root) > MAX_PRINTED:
        return None
    printer = _Numbers(values, marked)
    return Shown(printer.text(root)[0], tuple(printer.conditions))


def total(parts: Sequence[str]) -> str:
    """A sum of texts, with the signs that they begin with."""
    first, *rest = parts
    return first + "".join(f" - {part[1:]}" if part.startswith("-") else f" + {part}" for part in rest)


def marked_name(name: str, text: str) -> str:
    """A text that tells which quantity it stands for."""
    return rf"\htmlData{{of={name}}}{{{text}}}"


class MarkedNames(Printer):
    """LaTeX in which each name tells what it is."""

    def name(self, name: str) -> tuple[str, int]:
        return marked_name(name, latex_name(name)), ATOM


class _Numbers(Printer):
    """LaTeX with numbers for names. Of two cases it shows the one taken, and keeps the condition."""

    def __init__(self, values: Mapping[str, float], marked: bool) -> None:
        self.values, self.marked = values, marked
        self.conditions: list[str] = []

    def name(self, name: str) -> tuple[str, int]:
        text, strength = number_strength(latex_value(self.values[name]))
        return self._mark(name, text), strength

    def _mark(self, name: str, text: str) -> str:
        return marked_name(name, text) if self.marked else text

    def times(self, first: str, second: str) -> str:
        return rf"{first} \cdot {second}"

    def where(self, item: Node) -> tuple[str, int]:
        left, right, yes, no = item.args
        a, b = self._value(left), self._value(right)
        holds = _HOLDS[str(item.value)](a, b)
        self.conditions.append(_comparison(a, b, str(item.value) if holds else _OPPOSITE[str(item.value)]))
        return self.text(yes if holds else no)

    def _value(self, item: Node) -> float:
        names = tuple(sorted(item.names))
        return float_function(names, (item,))(*(self.values[name] for name in names))[0]


def _comparison(a: float, b: float, sign: str) -> str:
    """`a < b` with as many digits as it takes to see it."""
    for digits in (DIGITS, 8, 17):
        one, other = latex_value(a, digits), latex_value(b, digits)
        if one != other or a == b:
            break
    return f"{one} {SYMBOLS[sign]} {other}"
