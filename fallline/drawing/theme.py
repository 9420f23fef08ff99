"""The colours, dashes and markers that pictures share with the page, and the tints of the map.

Tints and the lines on them are mixed in OKLab. Source: Ottosson 2020, A perceptual color space for image processing.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

Triple = tuple[float, float, float]
Corners = tuple[tuple[float, float], ...]

_SHARED: Mapping[str, Any] = json.loads(Path(__file__).with_name("drawing.json").read_text(encoding="utf-8"))


@dataclass(frozen=True, eq=False)
class Theme:
    """The colours of a picture.

    Args:
        name: `day` or `night`.
        paper: of the background; ink, ink2: of main and of secondary text; casing: of the casings of paths.
        halo: the colour of halos around words on the map, and their opacity.
        runs: one for each slot.
        stops: the tints from the lowest to the highest losses, in OKLCH.
        line: kind of line or label -> how much its lightness differs from that of the tint below it.
    """

    name: str
    paper: str
    ink: str
    ink2: str
    casing: str
    halo: tuple[str, float]
    runs: tuple[str, ...]
    stops: tuple[Triple, ...]
    line: Mapping[str, float]


def _theme(name: str, raw: Mapping[str, Any]) -> Theme:
    """A theme of the shared file, where the last two digits of `halo` are its opacity."""
    named = {key: raw[key] for key in ("paper", "ink", "ink2", "casing")}
    stops, halo = tuple(map(tuple, raw["ground"]["stops"])), (raw["halo"][:7], round(int(raw["halo"][7:], 16) / 255, 3))
    return Theme(name, **named, halo=halo, runs=tuple(raw["runs"]), stops=stops, line=raw["ground"]["line"])


THEMES: Mapping[str, Theme] = {name: _theme(name, raw) for name, raw in _SHARED["themes"].items()}
DASHES: Sequence[Sequence[float]] = _SHARED["dashes"]
"""The dash of each slot, in pixels, drawn with round caps; empty for a solid line."""
SLOTS = len(DASHES)
SLOT_OF_RULE: Mapping[str, int] = _SHARED["slot_of_rule"]
"""Name of a rule -> the slot of its runs."""
MARKERS: Sequence[Corners | None] = [raw["corners"] for raw in _SHARED["markers"]]
"""The outline of the marker of each slot, for a radius of 1; None for the circle."""
LEVELS: Mapping[str, Any] = _SHARED["levels"]
CONTOURS: Mapping[str, Mapping[str, float]] = _SHARED["contours"]
ROUTE: Mapping[str, float] = _SHARED["route"]
MARKS: Mapping[str, Any] = _SHARED["marks"]
FRAME: Mapping[str, Any] = _SHARED["frame"]

_CONES = np.array([
    (1.0, 0.3963377774, 0.2158037573),
    (1.0, -0.1055613458, -0.0638541728),
    (1.0, -0.0894841775, -1.291485548),
])  # fmt: skip
_LINEAR = np.array([
    (4.0767416621, -3.3077115913, 0.2309699292),
    (-1.2684380046, 2.6097574011, -0.3413193965),
    (-0.0041960863, -0.7034186147, 1.707614701),
])  # fmt: skip
PALEST, DARKEST = 0.97, 0.05
MORE_CHROMA = 1.25


@lru_cache
def tints(theme: Theme, bands: int) -> tuple[Triple, ...]:
    """One tint for each band, in OKLab; the first is that below the lowest level."""
    lightness, chroma, hue = np.array(theme.stops).T
    angle, places = np.radians(hue), np.linspace(0, len(hue) - 1, bands)
    columns = (lightness, chroma * np.cos(angle), chroma * np.sin(angle))
    return tuple(zip(*(np.interp(places, range(len(hue)), column).tolist() for column in columns), strict=True))


def on_tint(tint: Triple, shift: float) -> Triple:
    """The colour of a line or label on a tint: the same hue, the lightness changed by `shift`, and more chroma."""
    lightness, a, b = tint
    return min(PALEST, max(DARKEST, lightness + shift)), a * MORE_CHROMA, b * MORE_CHROMA


@lru_cache
def hexadecimal(lab: Triple) -> str:
    """An OKLab colour as `#rrggbb`, each channel clipped to the range of sRGB."""
    linear = np.clip(_LINEAR @ (_CONES @ lab) ** 3, 0.0, 1.0)
    gamma = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    return "#" + np.floor(255 * gamma + 0.5).astype(np.uint8).tobytes().hex()
