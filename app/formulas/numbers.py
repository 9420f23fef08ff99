"""LaTeX of numbers that were computed, rounded for reading, and of what they stand for."""

from __future__ import annotations

import math
from collections.abc import Sequence

from app.formulas.printing import ATOM, Text
from app.formulas.typeset import Printer, latex_name

DIGITS = 4
"""Significant digits of a number; whole numbers below LARGEST_WHOLE are shown whole."""
LARGEST_WHOLE = 1e6
SMALLEST_POWER = -3
"""Below this power of ten a number is written with it."""
FLOAT_NOISE = 1e-12
"""A number this close to a short one, relative to itself, is that: 0.1 + 0.2 is 0.3."""


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
