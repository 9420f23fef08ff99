"""SVG as text: elements with presentation attributes only, which need no leave of a policy on styles."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from app.drawing.thinning import Offsets, Points

FAMILY = "'Source Sans 3', 'Source Sans Pro', 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
PARTS = 10
"""Outlines are written in tenths of a pixel: whole numbers are shorter."""

UNPRINTABLE = "\ufffd"


def clean(text: str) -> str:
    """The text with whatever is not a printable character shown as such: nothing in it can act or turn around."""
    return "".join(sign if sign.isprintable() else UNPRINTABLE for sign in text)


def number(value: float) -> str:
    """At most two decimals, none that are 0."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def open_tag(name: str, /, **attributes: str | float | None) -> str:
    """The start of an element; `stroke_width=` is the attribute stroke-width, None leaves one out."""
    parts = [
        f' {key.replace("_", "-")}="{escape(value) if isinstance(value, str) else number(value)}"'
        for key, value in attributes.items()
        if value is not None
    ]
    return f"<{name}{''.join(parts)}"


def tag(name: str, *children: str, **attributes: str | float | None) -> str:
    """An element with its children, which are SVG already."""
    start = open_tag(name, **attributes)
    return f"{start}>{''.join(children)}</{name}>" if children else f"{start}/>"


def words(text: str, x: float, y: float, size: float, **attributes: str | float | None) -> str:
    """A line of text, whatever it holds."""
    return tag("text", escape(clean(text)), x=x, y=y, font_size=size, **attributes)


def named(
    name: str, rest: str, x: float, y: float, sizes: tuple[float, float], **attributes: str | float | None
) -> str:
    """A name in bold with more behind it; the name keeps its own direction of writing."""
    first = tag("tspan", escape(clean(name)), font_size=sizes[0], font_weight="600", unicode_bidi="isolate")
    behind = tag("tspan", escape(clean(rest)), dx=0.4 * sizes[1], font_size=sizes[1]) if rest else ""
    return tag("text", first, behind, x=x, y=y, **attributes)


def outline(points: Points, offsets: Offsets, *, closed: bool) -> str:
    """Path data of several lines.

    Args:
        points: (n, 2), in tenths of a pixel; offsets: where each line begins, and n.
        closed: whether the last point of each is its first again.
    """
    whole = np.rint(points).astype(np.int64)
    steps = np.diff(whole, axis=0, prepend=0)
    return "".join(_line(whole[start], steps[start + 1 : end - closed], closed) for start, end in _spans(offsets))


def _spans(offsets: Offsets) -> Iterable[tuple[int, int]]:
    return pairwise(offsets.tolist())


def _line(first: NDArray[np.int64], steps: NDArray[np.int64], closed: bool) -> str:
    moved = " ".join(map(str, steps[steps.any(axis=1)].ravel().tolist())).replace(" -", "-")
    return f"M{first[0]} {first[1]}{'l' if moved else 'h0'}{moved}{'z' if closed else ''}"
