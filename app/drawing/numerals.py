"""Numbers as text for reading: a real minus, powers of ten raised, only the digits that mean something."""

from __future__ import annotations

import math

MINUS = "−"
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
FEWEST_ZEROS = 1e-6
MOST_DECIMALS = 12


def chosen(value: float, digits: int = 6) -> str:
    """A value someone chose: every digit it has up to `digits`, none it has not ("0.2", "10⁻⁸", "1.5×10⁻⁵")."""
    if value == 0 or not math.isfinite(value):
        return "0" if value == 0 else _unusual(value)
    mantissa, exponent = _scientific(value, digits)
    if -3 <= exponent < 6:
        return _signed(_trimmed(f"{float(f'{mantissa}e{exponent}'):.{max(0, digits - 1 - exponent)}f}"))
    return _power(mantissa, exponent)


def level_text(value: float) -> str:
    """The number on a contour or a colour scale: short at any size ("0.05", "1000", "10⁵")."""
    return chosen(value, 4) if abs(value) < 1e5 else _power(*_scientific(value, 4))


def on_scale(value: float, step: float) -> str:
    """A value on a scale whose ticks are `step` apart."""
    size = abs(value)
    if size < step * FEWEST_ZEROS:
        return "0"
    if size >= 1e6 or step < 1e-5:
        return chosen(value, max(1, math.ceil(math.log10(size / step)) + 1))
    decimals = min(MOST_DECIMALS, max(0, -math.floor(math.log10(step) + 1e-9)))
    return _signed(f"{value:.{decimals}f}")


def _unusual(value: float) -> str:
    if math.isnan(value):
        return "undefined"
    return "∞" if value > 0 else MINUS + "∞"


def _scientific(value: float, digits: int) -> tuple[str, int]:
    mantissa, _, exponent = f"{value:.{digits - 1}e}".partition("e")
    return mantissa, int(exponent)


def _power(mantissa: str, exponent: int) -> str:
    front, power = _signed(_trimmed(mantissa)), "10" + str(exponent).translate(_RAISED)
    return power if front == "1" else f"{front}×{power}"


def _trimmed(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def _signed(text: str) -> str:
    return text.replace("-", MINUS)
