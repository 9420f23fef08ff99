"""Lengths on paper: a number with its unit, in pixels of 1/96 inch as SVG and CSS have them."""

import math
import re
from collections.abc import Mapping

UNITS: Mapping[str, float] = {"px": 1.0, "pt": 96 / 72, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
"""Unit -> its pixels."""
_LENGTH = re.compile(r"\s*(\d+\.?\d*|\.\d+)\s*([a-z]+)\s*", re.ASCII)


def length(text: str, what: str) -> tuple[float, str]:
    """The pixels of a length such as "88mm", and its unit. Args: what: is so long. Raises: ValueError."""
    read = _LENGTH.fullmatch(text)
    if not read or read[2] not in UNITS or not 0 < float(read[1]) < math.inf:
        raise ValueError(f"{what} must be a number with its unit, {', '.join(UNITS)}, as '88mm'; got {text!r}")
    return float(read[1]) * UNITS[read[2]], read[2]


def in_unit(pixels: float, unit: str) -> str:
    """A length with its unit, to a thousandth, as "88mm"."""
    return f"{pixels / UNITS[unit]:.3f}".rstrip("0").rstrip(".") + unit
