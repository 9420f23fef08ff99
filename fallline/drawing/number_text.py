"""Numbers as text, with a true minus sign and raised exponents, and the round numbers of ticks."""

import math
import re
from collections.abc import Sequence

MINUS = "−"
HYPHEN_OF_NUMBER = re.compile(r"(?<![\w)\]])-(?=\d)|(?<=[\w)\]] )-(?= [\w(])")
"""A hyphen before a number, or between two terms."""
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
FEWEST_ZEROS = 1e-6
MOST_DECIMALS = 12
MOST_STEPS_APART = 10_000
EXACT_STEPS = 2.0**53
"""At this many steps from 0 and beyond, floats are further apart than a step."""


def with_minus(text: str) -> str:
    """A text in which numbers are typed with hyphens, with true minus signs."""
    return HYPHEN_OF_NUMBER.sub(MINUS, text)


def value_text(value: float, digits: int = 6) -> str:
    """A value with `digits` significant digits, without trailing zeros ("0.2", "0.0006", "1.5×10⁻⁵")."""
    if math.isnan(value):
        return "undefined"
    if math.isinf(value):
        return "∞" if value > 0 else MINUS + "∞"
    if value == 0:
        return "0"
    mantissa, exponent = _scientific(value, digits)
    if -4 <= exponent < 6:
        return _signed(_trimmed(f"{float(f'{mantissa}e{exponent}'):.{max(0, digits - 1 - exponent)}f}"))
    return _power(mantissa, exponent)


def place_text(point: Sequence[float], digits: int = 3) -> str:
    """The coordinates of a point with `digits` significant digits: "(3, 2)", or "3" for one parameter."""
    values = ", ".join(map(value_text, coordinates(point, digits)))
    return values if len(point) == 1 else f"({values})"


def coordinates(point: Sequence[float], digits: int) -> list[float]:
    """A point to `digits` significant digits. What is nothing beside its largest coordinate to these is 0."""
    nothing = 10.0 ** -(digits + 1) * max(map(abs, point))
    return [0.0 if abs(value) < nothing else float(f"{value:.{digits}g}") for value in point]


def level_text(value: float) -> str:
    """The number on a contour or a colour scale: short at any size ("0.05", "1000", "10⁵")."""
    return value_text(value, 4) if value == 0 or 1e-3 <= abs(value) < 1e5 else _power(*_scientific(value, 4))


def tick_text(value: float, step: float) -> str:
    """The number at a tick, with as many decimals as `step` has. Args: step: the distance between ticks."""
    size = abs(value)
    if size < step * FEWEST_ZEROS:
        return "0"
    if size >= 1e6 or step < 1e-5:
        return value_text(value, max(1, math.ceil(math.log10(size / step)) + 1))
    decimals = min(MOST_DECIMALS, max(0, -math.floor(math.log10(step) + 1e-9)))
    return _signed(f"{value:.{decimals}f}")


def _scientific(value: float, digits: int) -> tuple[str, int]:
    mantissa, _, exponent = f"{value:.{digits - 1}e}".partition("e")
    return mantissa, int(exponent)


def _power(mantissa: str, exponent: int) -> str:
    front, power = _signed(_trimmed(mantissa)), "10" + str(exponent).translate(RAISED)
    return power if front == "1" else f"{front}×{power}"


def _trimmed(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def _signed(text: str) -> str:
    return text.replace("-", MINUS)


def nice_step(least: float) -> float:
    """The smallest of 1, 2, 5 times a power of ten that is at least `least`. Args: least: above 0."""
    power = 10.0 ** math.floor(math.log10(least))
    share = least / power * (1 - 1e-9)
    return next((factor for factor in (1, 2, 5) if factor >= share), 10) * power


def multiples(low: float, high: float, step: float) -> list[float]:
    """All multiples of `step` from low to high, ascending, without the rounding errors of repeated addition."""
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    if last - first >= MOST_STEPS_APART:
        return []
    return [rounded(k * step, step) for k in range(first, last + 1)]


def rounded(value: float, step: float) -> float:
    """The nearest multiple of `step`, rounded to the decimals of the step."""
    if abs(value) >= EXACT_STEPS * step:
        return value
    decimals = max(0, 1 - math.floor(math.log10(step)))
    nearest = math.floor(value / step + 0.5) * step
    return nearest if decimals > 100 else round(nearest, decimals) + 0.0
