"""LaTeX with numbers put in: the working of a formula, rounded for reading."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping, Sequence

from app.formulas.functions import float_function
from app.formulas.nodes import Node
from app.formulas.printing import ATOM, Text
from app.formulas.typeset import MAX_PRINTED, SYMBOLS, Printer, latex_name, number_strength, written_size

DIGITS = 4
"""Significant digits of a number put in; whole numbers below LARGEST_WHOLE are shown whole."""
LARGEST_WHOLE = 1e6
SMALLEST_POWER = -3
"""Below this power of ten a number is written with it."""
FLOAT_NOISE = 1e-12
"""A number this close to a short one, relative to itself, is that: 0.1 + 0.2 is 0.3."""

_HOLDS: Mapping[str, Callable[[float, float], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "==": operator.eq, "!=": operator.ne,
}  # fmt: skip
_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}


def latex_value(value: float, digits: int = DIGITS) -> str:
    """A number to so many significant digits: all of them where it was rounded, only what it has where it was not.

    Whole ones are shown whole, very large and small ones with a power of ten.
    """
    if not math.isfinite(value):
        return r"\text{undefined}" if math.isnan(value) else r"\infty" if value > 0 else r"-\infty"
    if value.is_integer() and abs(value) < LARGEST_WHOLE:
        return str(int(value))
    mantissa, _, power = f"{value:.{digits - 1}e}".partition("e")
    exact, exponent = math.isclose(float(f"{value:.{digits}g}"), value, rel_tol=FLOAT_NOISE, abs_tol=0.0), int(power)
    if SMALLEST_POWER <= exponent < digits:
        return _trimmed(f"{value:.{digits - 1 - exponent}f}", exact)
    shown, ten = _trimmed(mantissa, exact), f"10^{{{exponent}}}"
    return shown.replace("1", ten) if shown in ("1", "-1") else rf"{shown}{{\times}}{ten}"


def _trimmed(text: str, exact: bool) -> str:
    """Without the zeros at its end, where they say nothing."""
    return text.rstrip("0").rstrip(".") if exact and "." in text else text


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
    held = dict.fromkeys(_comparison(*pair, *signs) for pair, signs in printer.conditions.items())
    return rf"{text} \quad \text{{as }} " + r"\text{ and }".join(held) if held else text


def value_of(formula: Node, values: Mapping[str, float]) -> float:
    """What a formula computes on floats."""
    names = tuple(sorted(formula.names))
    return float_function(names, (formula,))(*(values[name] for name in names))[0]


def total(parts: Sequence[str]) -> str:
    """A sum of texts, with the signs that they begin with."""
    first, *rest = parts
    return first + "".join(f" - {part[1:]}" if part.startswith("-") else f" + {part}" for part in rest)


def marked_name(name: str, text: str) -> str:
    """A text that tells which quantity it stands for."""
    return rf"\htmlData{{of={name}}}{{{text}}}"


class MarkedNames(Printer):
    """LaTeX in which each name tells what it is."""

    def name(self, name: str) -> Text:
        return marked_name(name, latex_name(name)), ATOM


class _Numbers(Printer):
    """LaTeX with numbers for names. Of two cases it shows the one taken, and keeps the condition."""

    def __init__(self, values: Mapping[str, float], marked: bool) -> None:
        self.values, self.marked = values, marked
        self.conditions: dict[tuple[float, float], list[str]] = {}

    def name(self, name: str) -> Text:
        text, strength = number_strength(latex_value(self.values[name]))
        return marked_name(name, text) if self.marked else text, strength

    def needs_dot(self, first: str, second: str) -> bool:  # noqa: ARG002
        return True

    def choice(self, item: Node) -> Text:
        left, right, yes, no = item.args
        a, b = value_of(left, self.values), value_of(right, self.values)
        holds = _HOLDS[str(item.value)](a, b)
        self.conditions.setdefault((a, b), []).append(str(item.value) if holds else _OPPOSITE[str(item.value)])
        return self.text(yes if holds else no)


def _comparison(a: float, b: float, sign: str, *more: str) -> str:
    """`a < b` with as many digits as it takes to see it; in braces, lest a minus after the words before it subtract.

    Of two numbers that were compared more than once it says how they stand: neither above nor below is equal.
    """
    sign = next((true for true in ("<", "==", ">") if _HOLDS[true](a, b)), sign) if more else sign
    apart = (digits for digits in (DIGITS, 8) if f"{a:.{digits}g}" != f"{b:.{digits}g}" or a == b)
    digits = next(apart, 17)
    one, other = latex_value(a, digits), latex_value(b, digits)
    return f"{{{one} {SYMBOLS[sign]} {other}}}"
