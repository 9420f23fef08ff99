"""Colours of the ground: tints between valley and height, and the lines that run on them, by way of OKLab.

Source: Ottosson 2020, A perceptual color space for image processing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from app.drawing.table import Theme, Triple

Matrix = tuple[Triple, Triple, Triple]

_CONES: Matrix = (
    (1.0, 0.3963377774, 0.2158037573),
    (1.0, -0.1055613458, -0.0638541728),
    (1.0, -0.0894841775, -1.291485548),
)
_LINEAR: Matrix = (
    (4.0767416621, -3.3077115913, 0.2309699292),
    (-1.2684380046, 2.6097574011, -0.3413193965),
    (-0.0041960863, -0.7034186147, 1.707614701),
)
PALEST, DARKEST = 0.97, 0.05
MORE_CHROMA = 1.25


def tints(theme: Theme, bands: int) -> list[Triple]:
    """One flat tint for each band in OKLab, the first below the lowest level."""
    return [_tint(theme.stops, band / (bands - 1) if bands > 1 else 0.0) for band in range(bands)]


def on_tint(tint: Triple, shift: float) -> Triple:
    """A line or label on a tint: the tint's own hue, its lightness moved by `shift`, with some more chroma."""
    lightness, a, b = tint
    return min(PALEST, max(DARKEST, lightness + shift)), a * MORE_CHROMA, b * MORE_CHROMA


def mix(one: Triple, other: Triple, share: float) -> Triple:
    """Straight between two colours."""
    x, y, z = (p + (q - p) * share for p, q in zip(one, other, strict=True))
    return x, y, z


def hexadecimal(lab: Triple) -> str:
    """An OKLab colour as `#rrggbb`, each channel cut to what a screen can show."""
    cones = _times(_CONES, lab)
    linear = _times(_LINEAR, [cone**3 for cone in cones])
    return "#" + "".join(f"{_byte(channel):02x}" for channel in linear)


def _tint(stops: Sequence[Triple], share: float) -> Triple:
    place = min(1.0, max(0.0, share)) * (len(stops) - 1)
    below = min(len(stops) - 2, int(place))
    return mix(_oklab(stops[below]), _oklab(stops[below + 1]), place - below)


def _oklab(lch: Triple) -> Triple:
    lightness, chroma, hue = lch
    angle = math.radians(hue)
    return lightness, chroma * math.cos(angle), chroma * math.sin(angle)


def _times(matrix: Matrix, vector: Sequence[float]) -> list[float]:
    return [sum(factor * value for factor, value in zip(row, vector, strict=True)) for row in matrix]


def _byte(linear: float) -> int:
    cut = min(1.0, max(0.0, linear))
    gamma = 12.92 * cut if cut <= 0.0031308 else 1.055 * cut ** (1 / 2.4) - 0.055
    return math.floor(255 * gamma + 0.5)
