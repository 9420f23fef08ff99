"""How wide a text is, about: pictures are drawn where no font can be asked, and read with whatever font there is.

Widths are those of Helvetica, which Arial and most screen fonts share within a few hundredths; Source Sans is
narrower, so words may come out with a little more room around them, never with less.
"""

from __future__ import annotations

from unicodedata import combining, east_asian_width

_EMS = {
    0.22: "ijl|'’",
    0.28: " !,./:;I[\\]ft·",
    0.33: "()-r`",
    0.39: '*"⁰¹²³⁴⁵⁶⁷⁸⁹⁻',
    0.5: "Jcksvxyz",
    0.58: "+<=>~−×",
    0.67: "ABEKPSVXY&",
    0.72: "CDHNRUw",
    0.78: "GOQ",
    0.85: "Mm%",
    0.95: "W@…",
}
_EM = {sign: em for em, signs in _EMS.items() for sign in signs}
USUAL, WIDE, BOLDER = 0.56, 1.0, 1.09


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a line of text in pixels, about."""
    return sum(map(_em, text)) * size * (BOLDER if bold else 1.0)


def shortened(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """The text, or as much of it as fits in `room` pixels with an ellipsis."""
    if width_of(text, size, bold=bold) <= room:
        return text
    while text and width_of(text + "…", size, bold=bold) > room:
        text = text[:-1]
    return text.rstrip() + "…"


def _em(sign: str) -> float:
    if combining(sign):
        return 0.0
    return _EM.get(sign) or (WIDE if east_asian_width(sign) in "WF" else USUAL)
