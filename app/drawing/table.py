"""The numbers of the sheet that the pictures share with the page: colours, dashes, outlines, and the rule of levels."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.places import STATIC

Triple = tuple[float, float, float]
Corners = tuple[tuple[float, float], ...]

_EXPORT = "export default "
"""The table is JSON in a module of the page: older browsers import no JSON itself."""

_TABLE: Mapping[str, Any] = json.loads(
    (STATIC / "data" / "sheet.js").read_text(encoding="utf-8").removeprefix(_EXPORT).rstrip().removesuffix(";")
)


@dataclass(frozen=True)
class Theme:
    """The colours of one sheet.

    Args:
        paper, ink, ink2, ink3: the ground of the margin and three strengths of type; casing: under routes.
        halo: around words on the ground, and how opaque it is.
        runs: one colour a slot.
        stops: tints from valley to height, OKLCH; shadow, light: how full shade moves a tint in OKLab; gain: of light.
        line: kind of line or label -> how its lightness differs from the tint it runs on.
    """

    paper: str
    ink: str
    ink2: str
    ink3: str
    casing: str
    halo: tuple[str, float]
    runs: tuple[str, ...]
    stops: tuple[Triple, ...]
    shadow: Triple
    light: Triple
    gain: float
    line: Mapping[str, float]


@dataclass(frozen=True)
class Stroke:
    """How a line is drawn: width in pixels, opacity."""

    width: float
    opacity: float


def _theme(raw: Mapping[str, Any]) -> Theme:
    plain = {key: raw[key] for key in ("paper", "ink", "ink2", "ink3", "casing")}
    halo, ground = raw["halo"], raw["ground"]
    return Theme(
        **plain,
        halo=(halo[:7], round(int(halo[7:], 16) / 255, 3)),
        runs=tuple(raw["runs"]),
        stops=tuple(map(tuple, ground["stops"])),
        shadow=tuple(ground["shadow"]),
        light=tuple(ground["light"]),
        gain=ground["gain"],
        line=ground["line"],
    )


def _corners(raw: list[list[float]] | None) -> Corners | None:
    return None if raw is None else tuple((x, y) for x, y in raw)


THEMES: Mapping[str, Theme] = {name: _theme(raw) for name, raw in _TABLE["sheets"].items()}
DASHES: tuple[tuple[float, ...], ...] = tuple(map(tuple, _TABLE["dashes"]))
"""Dash of each slot, in pixels, drawn with round caps; empty: solid."""

MARKERS: tuple[Corners | None, ...] = tuple(_corners(raw["corners"]) for raw in _TABLE["markers"])
"""Outline of each slot's marker for a radius of 1; None is the circle."""

LEVELS: Mapping[str, Any] = _TABLE["levels"]
SHADE: Mapping[str, float] = _TABLE["shade"]
CONTOURS: Mapping[str, Stroke] = {kind: Stroke(**raw) for kind, raw in _TABLE["contours"].items()}
ROUTE: Mapping[str, float] = _TABLE["route"]
MARKS: Mapping[str, Any] = _TABLE["marks"]
FRAME: Mapping[str, Any] = _TABLE["frame"]
SLOTS = len(DASHES)
