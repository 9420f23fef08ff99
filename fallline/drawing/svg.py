"""SVG as text: elements, path data, and lines of text with their approximate widths.

Elements have presentation attributes only, as a content security policy may forbid inline styles. The server cannot
measure fonts, so widths are those of Helvetica. Arial and most screen fonts are equally wide within a few hundredths.
Source Sans is narrower: with it, words have slightly more room than they need, never less.
"""

import re
from html import escape
from unicodedata import combining, east_asian_width

import numpy as np

from fallline.drawing.geometry import Box, Points, separate
from fallline.drawing.lengths import in_unit
from fallline.sentences import JOINER, is_printable
from fallline.types import Pair

Attribute = str | float | None
TENTHS = 10
"""Outlines are written in tenths of a pixel, as whole numbers are shorter."""
FROM_TENTHS = f"scale({1 / TENTHS:g})"
FAMILY = "'Source Sans 3', 'Source Sans Pro', 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
UNPRINTABLE = "\ufffd"
_EMS = {
    0.25: " !'’,./:;I[\\]fijlt|·",
    0.36: '()-r`"*⁰¹²³⁴⁵⁶⁷⁸⁹⁻',
    0.5: "Jcksvxyz",
    0.71: "ABCDEGHKNOPQRSUVXYw&",
    0.88: "MWm@%…",
}
_EM = {sign: em for em, signs in _EMS.items() for sign in signs}
USUAL, WIDE, BOLDER = 0.56, 1.0, 1.09


def number(value: float) -> str:
    """The text of a number with at most two decimals, without zeros at the end."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def tag(name: str, /, *children: str, **attributes: Attribute) -> str:
    """An element. Args: children: SVG; attributes: `stroke_width` is written stroke-width; None is left out."""
    parts = [
        f' {key.replace("_", "-")}="{escape(value) if isinstance(value, str) else number(value)}"'
        for key, value in attributes.items()
        if value is not None
    ]
    start = f"<{name}{''.join(parts)}"
    return f"{start}>{''.join(children)}</{name}>" if children else f"{start}/>"


def document(
    width: float, height: float, *children: str, scale: float = 1.0, unit: str = "", **attributes: Attribute
) -> str:
    """A whole picture.

    Args:
        width, height: of the layout, in pixels; scale: the size of the picture is that of the layout times this.
        unit: the unit of its size in the SVG; empty for pixels.
    """
    view: dict[str, Attribute] = {"viewBox": f"0 0 {number(width)} {number(height)}", "role": "img"}
    sides = {"width": width * scale, "height": height * scale}
    size: dict[str, Attribute] = {side: in_unit(pixels, unit) if unit else pixels for side, pixels in sides.items()}
    xmlns = "http://www.w3.org/2000/svg"
    return tag("svg", *children, xmlns=xmlns, **size, **view, font_family=FAMILY, **attributes)


def rect(box: Box, **attributes: Attribute) -> str:
    """A rectangle."""
    return tag("rect", x=box.left, y=box.top, width=box.width, height=box.height, **attributes)


def moved_to(place: Pair) -> str:
    """The transform that moves an element drawn around (0, 0) to a place."""
    return f"translate({number(place[0])} {number(place[1])})"


def with_ids(svg: str, prefix: str) -> str:
    """A picture for a document that contains several: its ids, and references to them, get a prefix."""
    return re.sub(r'(\bid="|url\(#|href="#)', rf"\1{prefix}", svg)


def path_data(points: Points) -> str:
    """The path data of lines, in tenths of a pixel; a line that ends where it begins is closed."""
    return "".join(map(_line, separate(np.rint(points * TENTHS))))


def _line(line: Points) -> str:
    steps = np.diff(line, axis=0).astype(int)
    closed = (line[0] == line[-1]).all()
    if closed:
        steps = steps[:-1]
    moved = " ".join(map(str, steps[steps.any(axis=1)].ravel().tolist())).replace(" -", "-")
    return f"M{line[0, 0]:.0f} {line[0, 1]:.0f}{'l' if moved else 'h0'}{moved}{'z' if closed else ''}"


def escaped(text: str) -> str:
    """A text escaped for SVG. Characters that are not printable are replaced, so that none controls the direction or
    has another effect.
    """
    return escape("".join(sign if is_printable(sign) else UNPRINTABLE for sign in text))


def line_of_text(text: str, x: float, y: float, size: float, **attributes: Attribute) -> str:
    """A text element."""
    return tag("text", escaped(text), x=x, y=y, font_size=size, **attributes)


def name_and_detail(name: str, detail: str, x: float, y: float, size: float, **style: Attribute) -> str:
    """A name in bold, with its own direction of writing, followed by a detail; one of the two may be empty."""
    bold = tag("tspan", escaped(name), font_weight="600", unicode_bidi="isolate") if name else ""
    rest = tag("tspan", escaped(detail), dx=0.4 * size if name else None) if detail else ""
    return tag("text", bold, rest, x=x, y=y, font_size=size, **style)


def haloed(drawn: str, **halo: Attribute) -> str:
    """An element over a stroked copy of itself: not every SVG viewer can paint a stroke below a fill."""
    return tag("g", drawn, **halo) + drawn


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """The approximate width of a line of text, in pixels."""
    return sum(map(_em, text)) * size * (BOLDER if bold else 1.0)


def _em(sign: str) -> float:
    if combining(sign) or sign == JOINER:
        return 0.0
    return _EM.get(sign) or (WIDE if east_asian_width(sign) in "WF" else USUAL)


def broken_lines(text: str, size: float, room: float) -> tuple[str, ...]:
    """The text in lines of at most `room` pixels, broken between words."""
    lines: list[str] = []
    for word in text.split():
        if lines and width_of(f"{lines[-1]} {word}", size) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return tuple(lines)


def shortened(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """The text, cut to `room` pixels with an ellipsis if it is longer."""
    if width_of(text, size, bold=bold) <= room:
        return text
    while text and width_of(text + "…", size, bold=bold) > room:
        text = text[:-1]
    return text.rstrip() + "…"
