"""LaTeX of numbers: in full as a formula has them, and rounded for reading as they were computed."""

from __future__ import annotations

import math
from collections.abc import Sequence

DIGITS = 4
"""Significant digits of a rounded number; whole numbers below LARGEST_WHOLE are shown whole."""
LARGEST_WHOLE = 1e6
SMALLEST_POWER = -3
"""Below this power of ten a number is written with it."""
FLOAT_NOISE = 1e-12
"""A number this close to a short one, relative to itself, is shown as that: 0.1 + 0.2 as 0.3."""


def latex_number(value: float) -> str:
    """The LaTeX of a number in full: 1e-08 as a power of ten, pi and e by name."""
    if value in (math.pi, math.e):
        return r"\pi" if value == math.pi else r"\mathrm{e}"
    text = f"{value:.0f}" if value.is_integer() and abs(value) < 1e15 else repr(value)
    mantissa, _, exponent = text.partition("e")
    if not exponent:
        return mantissa
    power = f"10^{{{int(exponent)}}}"
    return power if mantissa == "1" else rf"{mantissa}{{\times}}{power}"


def latex_value(value: float, digits: int = DIGITS) -> str:
    """The LaTeX of a number rounded to so many significant digits, or to fewer where these hold it exactly.

    Whole numbers are shown whole, very large and very small ones with a power of ten.
    """
    if math.isnan(value):
        return r"\text{undefined}"
    if math.isinf(value):
        return r"\infty" if value > 0 else r"-\infty"
    if value.is_integer() and abs(value) < LARGEST_WHOLE:
        return str(int(value))
    mantissa, _, power = f"{value:.{digits - 1}e}".partition("e")
    exponent = int(power)
    exact = math.isclose(float(f"{value:.{digits}g}"), value, rel_tol=FLOAT_NOISE, abs_tol=0.0)
    if SMALLEST_POWER <= exponent < digits:
        return _trimmed(f"{value:.{digits - 1 - exponent}f}", exact)
    text, ten = _trimmed(mantissa, exact), f"10^{{{exponent}}}"
    return text.replace("1", ten) if text in ("1", "-1") else rf"{text}{{\times}}{ten}"


def _trimmed(text: str, exact: bool) -> str:
    """The text of a number, without zeros at its end where it is exact and not rounded."""
    return text.rstrip("0").rstrip(".") if exact and "." in text else text


def latex_matrix(rows: Sequence[float] | Sequence[Sequence[float]]) -> str:
    """The LaTeX of a matrix, or of a vector as a column, with each number rounded."""
    cells = [[each] if isinstance(each, float) else each for each in rows]
    lines = r" \\ ".join(" & ".join(map(latex_value, row)) for row in cells)
    return rf"\begin{{bmatrix}} {lines} \end{{bmatrix}}"


def latex_sum(terms: Sequence[str]) -> str:
    """The LaTeX of a sum; a term that begins with a minus is subtracted."""
    first, *rest = terms
    return first + "".join(f" - {term[1:]}" if term.startswith("-") else f" + {term}" for term in rest)
