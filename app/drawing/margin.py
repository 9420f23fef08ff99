"""The margin of the sheet: title, the scale of the tints, and the legend of the routes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from app.drawing.colour import hexadecimal, tints
from app.drawing.lettering import shortened, width_of
from app.drawing.levels import Levels
from app.drawing.look import DETAIL, GAPS, NAME, ROW, SAMPLE, Look
from app.drawing.marks import marker
from app.drawing.numerals import level_text
from app.drawing.routes import Walked
from app.drawing.scene import Scene
from app.drawing.svg import named, number, tag, words
from app.drawing.table import DASHES, ROUTE

TITLE, FORMULA, NOTE, FIGURE = 22.0, 14.0, 12.0, 12.0
BAR = 11.0
KEY_SHARE, KEY_WIDEST = 0.42, 320.0
LEAST_BETWEEN = 12.0
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_COEFFICIENT = re.compile(r"(?<![\w./])(?<!e-)(\d[\d.]*π?|π)\*(?=([a-z]{2,}\()|[a-zA-Zπ(])")
"""A number at the front of a product: 2*x, 10*cos(x), 2*π*x, but not that of x/2*y."""


def title(scene: Scene, look: Look) -> Iterator[str]:
    """The name of the landscape, and its formula, or that alone."""
    s, sheet = look.s, look.kind == "sheet"
    room = look.box.width * (1 - KEY_SHARE if sheet else 1) - 20 * s
    size = (TITLE if sheet else 17.0) * s
    text = shortened(scene.title or equation(scene), size, room, bold=True)
    yield words(text, look.box.left, 32 * s if sheet else 24 * s, size, font_weight="600", fill=look.theme.ink)
    if sheet and scene.title and scene.formula:
        below = shortened(equation(scene), FORMULA * s, room)
        yield words(below, look.box.left, 52 * s, FORMULA * s, fill=look.theme.ink2, font_style="italic")


def equation(scene: Scene) -> str:
    """The formula with the name of what it is of; a loss over data has no such name."""
    text = readable(scene.formula)
    own = text and "=" not in text and not scene.problem.objective.points
    return f"f({', '.join(scene.problem.parameters)}) = {text}" if own else text


def readable(formula: str) -> str:
    """A formula as it is printed: powers raised, a dot only between what would run together or be read wrongly."""
    text = re.sub(r"\bpi\b", "π", re.sub(r"\s*(\*\*?)\s*", r"\1", formula))
    text = re.sub(r"\*\*(\d+)(?![.\d])", lambda power: power[1].translate(_RAISED), text)
    for _ in range(2):
        text = _COEFFICIENT.sub(lambda found: found[1] + " " * bool(found[2]), text)
    return text.replace("**", "^").replace("*", "·").replace("-", "−")


def key(levels: Levels, look: Look) -> Iterator[str]:
    """The tints in a bar, with the losses of the index contours under it."""
    if not levels.lines:
        return
    s, theme = look.s, look.theme
    width = min(KEY_WIDEST * s, KEY_SHARE * look.box.width)
    left, top, count = look.box.right - width, 16 * s, len(levels.lines) + 1
    part = width / count
    for k, tint in enumerate(tints(theme, count)):
        yield tag("rect", x=left + k * part, y=top, width=part + 0.3, height=BAR * s, fill=hexadecimal(tint))
    lines = "".join(
        f"M{left + (k + 1) * part:.1f} {top:g}v{(BAR + 4 if line.index else BAR) * s:g}"
        for k, line in enumerate(levels.lines)
    )
    yield tag("path", d=lines, stroke=theme.ink, stroke_width=0.7 * s, stroke_opacity=0.6)
    yield tag("rect", x=left, y=top, width=width, height=BAR * s, fill="none", stroke=theme.ink)
    style = {"font_weight": "600", "font_style": "italic", "text_anchor": "end"}
    yield words("loss", left - 8 * s, top + 10 * s, 13.5 * s, fill=theme.ink, **style)
    yield tag("g", *_figures(levels, left, part, top + (BAR + 15) * s, s), fill=theme.ink2, text_anchor="middle")


def _figures(levels: Levels, left: float, part: float, top: float, s: float) -> Iterator[str]:
    free = float("-inf")
    for k, line in enumerate(levels.lines):
        text = level_text(line.value)
        middle, half = left + (k + 1) * part, width_of(text, FIGURE * s) / 2
        if line.index and middle - half >= free:
            free = middle + half + LEAST_BETWEEN * s
            yield words(text, middle, top, FIGURE * s)


def notes(texts: Sequence[str], look: Look) -> str:
    """What a reader must know of the drawing, under the scale of the tints."""
    if not texts:
        return ""
    place = {"fill": look.theme.ink2, "text_anchor": "end"}
    return words(" ".join(texts), look.box.right, 58 * look.s, NOTE * look.s, **place)


def legend(walks: Sequence[Walked], look: Look) -> Iterator[str]:
    """An entry for each route: a piece of its line with its marker, its name, and what stands behind it."""
    for walk, (left, row) in zip(walks, look.legend, strict=False):
        yield _entry(walk, look.box.left + left, look.legend_top + row * ROW * look.s, look)
    rest = len(walks) - len(look.legend)
    if rest:
        more = f"and {rest} more"
        place = {"fill": look.theme.ink2, "text_anchor": "end"}
        yield words(more, look.box.right, look.box.top - 12 * look.s, NOTE * look.s, **place)


def _entry(walk: Walked, left: float, top: float, look: Look) -> str:
    s, theme = look.s, look.theme
    at = left + (SAMPLE + GAPS[0]) * s
    room = look.box.right - at - (GAPS[1] + width_of(walk.detail, DETAIL)) * s
    name = shortened(walk.name, NAME * s, max(40 * s, room), bold=True)
    text = named(name, walk.detail, at, top + 15 * s, (NAME * s, DETAIL * s), fill=theme.ink)
    return _sample(walk, left, top + 10.5 * s, look) + text


def _sample(walk: Walked, left: float, middle: float, look: Look) -> str:
    s, colour = look.s, look.theme.runs[walk.slot]
    dash = " ".join(number(length * s) for length in DASHES[walk.slot]) or None
    line = tag(
        "path", d=f"M{number(left + s)} {number(middle)}h{number((SAMPLE - 7) * s)}", stroke=colour,
        stroke_width=ROUTE["width"] * s, stroke_dasharray=dash, stroke_linecap="round",
    )  # fmt: skip
    place = f"translate({number(left + (SAMPLE - 6) * s)} {number(middle)})"
    return line + tag("path", d=marker(walk.slot, 5 * s), transform=place, fill=colour)
