"""SVG as text: elements, path data and lines of text, with about how wide these are.

Elements have presentation attributes only, which a policy that forbids styles lets stand. No font can be asked where
pictures are drawn: widths are those of Helvetica, which Arial and most screen fonts share within a few hundredths;
Source Sans is narrower, so words may come out with a little more room around them, never with less.
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
"""Outlines are written in tenths of a pixel: whole numbers are shorter."""
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
    """At most two decimals, none that are 0."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def tag(name: str, /, *children: str, **attributes: Attribute) -> str:
    """An element with its children, which are SVG already; `stroke_width=` is stroke-width, None leaves one out."""
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
    """A whole picture, laid out in a width and height of its own and shown at a scale.

    Args: unit: in which its size is written; empty for pixels.
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
    """The transform that moves what is drawn around (0, 0)."""
    return f"translate({number(place[0])} {number(place[1])})"


def with_ids(svg: str, prefix: str) -> str:
    """A picture for a document that holds several: its ids, and what refers to them, begin with `prefix`."""
    return re.sub(r'(\bid="|url\(#|href="#)', rf"\1{prefix}", svg)


def path_data(points: Points) -> str:
    """The d of a path along lines, in tenths of a pixel; one that ends where it begins is closed."""
    return "".join(map(_line, separate(np.rint(points * TENTHS))))


def _line(line: Points) -> str:
    steps = np.diff(line, axis=0).astype(int)
    closed = (line[0] == line[-1]).all()
    if closed:
        steps = steps[:-1]
    moved = " ".join(map(str, steps[steps.any(axis=1)].ravel().tolist())).replace(" -", "-")
    return f"M{line[0, 0]:.0f} {line[0, 1]:.0f}{'l' if moved else 'h0'}{moved}{'z' if closed else ''}"


def escaped(text: str) -> str:
    """A text for SVG: whatever is not a printable character is shown as such, so it can neither act nor turn around."""
    return escape("".join(sign if is_printable(sign) else UNPRINTABLE for sign in text))


def line_of_text(text: str, x: float, y: float, size: float, **attributes: Attribute) -> str:
    """A text element."""
    return tag("text", escaped(text), x=x, y=y, font_size=size, **attributes)


def name_and_detail(name: str, detail: str, x: float, y: float, size: float, **style: Attribute) -> str:
    """A name in bold, which keeps its own direction of writing, and what stands behind it; one of them may be empty."""
    bold = tag("tspan", escaped(name), font_weight="600", unicode_bidi="isolate") if name else ""
    rest = tag("tspan", escaped(detail), dx=0.4 * size if name else None) if detail else ""
    return tag("text", bold, rest, x=x, y=y, font_size=size, **style)


def haloed(drawn: str, **halo: Attribute) -> str:
    """What is drawn over itself with a stroke: not all that shows SVG can paint a stroke below a fill."""
    return tag("g", drawn, **halo) + drawn


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a line of text in pixels, about."""
    return sum(map(_em, text)) * size * (BOLDER if bold else 1.0)


def _em(sign: str) -> float:
    if combining(sign) or sign == JOINER:
        return 0.0
    return _EM.get(sign) or (WIDE if east_asian_width(sign) in "WF" else USUAL)


def broken_lines(text: str, size: float, room: float) -> tuple[str, ...]:
    """The text in lines that fit in `room` pixels, broken between words."""
    lines: list[str] = []
    for word in text.split():
        if lines and width_of(f"{lines[-1]} {word}", size) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return tuple(lines)


def shortened(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """The text, or as much of it as fits in `room` pixels with an ellipsis."""
    if width_of(text, size, bold=bold) <= room:
        return text
    while text and width_of(text + "…", size, bold=bold) > room:
        text = text[:-1]
    return text.rstrip() + "…"
