"""Lengths on paper, each a number with a unit, and in pixels of 1/96 inch, as in SVG and CSS."""

import math
import re
from collections.abc import Mapping

UNITS: Mapping[str, float] = {"px": 1.0, "pt": 96 / 72, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
"""The name of a unit -> its length in pixels."""
_LENGTH = re.compile(r"\s*(\d+\.?\d*|\.\d+)\s*([a-z]+)\s*", re.ASCII)


def length(text: str, what: str) -> tuple[float, str]:
    """The pixels and the unit of a length such as "88mm". Args: what: its name, for the error. Raises: ValueError."""
    read = _LENGTH.fullmatch(text)
    if not read or read[2] not in UNITS or not 0 < float(read[1]) < math.inf:
        raise ValueError(f"{what} must be a number with its unit, {', '.join(UNITS)}, as '88mm'; got {text!r}")
    return float(read[1]) * UNITS[read[2]], read[2]


def in_unit(pixels: float, unit: str) -> str:
    """A length with its unit, to a thousandth, as "88mm"."""
    return f"{pixels / UNITS[unit]:.3f}".rstrip("0").rstrip(".") + unit
