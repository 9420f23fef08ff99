"""Around the map: its title, the scale of the tints, notes, and the legend of the paths."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

from fallline.drawing.geometry import Box
from fallline.drawing.layout import DETAIL, GAPS, HEAD, NAME, NOTE_LINE, ROW, SAMPLE, WIDER, Layout, Route, Scene
from fallline.drawing.levels import LossScale
from fallline.drawing.markers import marker
from fallline.drawing.number_text import RAISED, level_text
from fallline.drawing.svg import line_of_text, name_and_detail, number, rect, shortened, tag, width_of
from fallline.drawing.theme import DASHES, ROUTE, hexadecimal
from fallline.types import Pair

TITLE, FORMULA, NOTE, SCALE_NUMBER = 22.0, 14.0, 12.0, 12.0
BAR = 11.0
SCALE_SHARE, SCALE_WIDEST = 0.42, 320.0
LEAST_BETWEEN = 12.0
_COEFFICIENT = re.compile(r"(?<![\w./])(?<!e-)(\d[\d.]*π?|π)\*(?=([a-z]{2,}\()|[a-zA-Zπ(])")
"""A number at the front of a product: 2*x, 10*cos(x), 2*π*x, but not that of x/2*y."""


def around(scene: Scene, scale: LossScale, said: str, layout: Layout) -> Iterator[str]:
    """All words around the map but those of its axes, with the scale of the tints. Args: said: of the picture."""
    yield title(scene, layout)
    yield tint_scale(scale, layout)
    yield note(said, 58, layout)
    yield from legend(scene.routes, layout)
    yield below(layout)


def title(scene: Scene, layout: Layout) -> str:
    """The name of the problem, and below it its formula; without a name the formula alone."""
    left, formula = layout.box.left, equation(scene)
    room = layout.box.width * (1 - SCALE_SHARE) - 20
    text = shortened(scene.title or formula, TITLE, room, bold=True)
    name = line_of_text(text, left, 32, TITLE, font_weight="600", fill=layout.theme.ink)
    if not (scene.title and scene.formula):
        return name
    text = shortened(formula, FORMULA, room)
    return name + line_of_text(text, left, 52, FORMULA, fill=layout.theme.ink2, font_style="italic")


def equation(scene: Scene) -> str:
    """The formula of a scene as it is printed, with f(x, y) = before it where it is a function and no sum over data."""
    text = readable(scene.formula)
    named = text and "=" not in text and not scene.problem.objective.n_points
    return f"f({', '.join(scene.problem.parameters)}) = {text}" if named else text


def readable(formula: str) -> str:
    """A formula as it is printed: powers raised, a dot only between what would run together or be read wrongly."""
    text = re.sub(r"\bpi\b", "π", re.sub(r"\s*(\*\*?)\s*", r"\1", formula))
    text = re.sub(r"\*\*(\d+)(?![.\d])", lambda power: power[1].translate(RAISED), text)
    text = _COEFFICIENT.sub(lambda coefficient: coefficient[1] + " " * bool(coefficient[2]), text)
    return text.replace("**", "^").replace("*", "·").replace("-", "−")


def tint_scale(scale: LossScale, layout: Layout) -> str:
    """The tints in a bar, with the losses of the index contours under it."""
    if not scale.levels:
        return ""
    theme = layout.theme
    tints = scale.tints(theme)
    width = min(SCALE_WIDEST, SCALE_SHARE * layout.box.width)
    bar = Box(layout.box.right - width, 16, width, BAR)
    part = width / len(tints)
    fields = [Box(bar.left + k * part, bar.top, part + 0.3, bar.height) for k in range(len(tints))]
    edges = [bar.left + (k + 1) * part for k in range(len(scale.levels))]
    lines, numbers = [], []
    free = -math.inf  # from here to the right no number stands yet
    for level, left in zip(scale.levels, edges, strict=True):
        lines.append(f"M{left:.1f} {bar.top:g}v{(BAR + 4 if level.index else BAR):g}")
        text = level_text(level.value)
        half = width_of(text, SCALE_NUMBER) / 2
        if level.index and left - half >= free:
            free = left + half + LEAST_BETWEEN
            numbers.append(line_of_text(text, left, bar.top + (BAR + 15), SCALE_NUMBER))
    style = {"fill": theme.ink, "font_weight": "600", "font_style": "italic", "text_anchor": "end"}
    return "".join([
        *(rect(field, fill=hexadecimal(tint)) for field, tint in zip(fields, tints, strict=True)),
        tag("path", d="".join(lines), stroke=theme.ink, stroke_width=0.7, stroke_opacity=0.6),
        rect(bar, fill="none", stroke=theme.ink),
        line_of_text("loss", bar.left - 8, bar.top + 10, 13.5, **style),
        tag("g", *numbers, fill=theme.ink2, text_anchor="middle"),
    ])  # fmt: skip


def note(text: str, y: float, layout: Layout) -> str:
    """A line of text to the right above the map."""
    return line_of_text(text, layout.box.right, y, NOTE, fill=layout.theme.ink2, text_anchor="end")


def below(layout: Layout) -> str:
    """The lines of a note below the map and its numbers."""
    box = layout.box
    first = layout.height - (len(layout.note) * NOTE_LINE - 8)
    return "".join(
        line_of_text(line, box.left, first + number * NOTE_LINE, DETAIL, fill=layout.theme.ink2)
        for number, line in enumerate(layout.note)
    )


def legend(routes: Sequence[Route], layout: Layout) -> Iterator[str]:
    """An entry for each route: a sample of its line with its marker, its name and its detail."""
    for index, (left, row) in enumerate(layout.legend):
        place = layout.box.left + left, HEAD + row * ROW
        yield _entry(routes[index], routes[index].slot_at(index), place, layout)
    rest = len(routes) - len(layout.legend)
    if rest:
        yield note(f"and {rest} more", layout.box.top - 12, layout)


def _entry(route: Route, slot: int, place: Pair, layout: Layout) -> str:
    left, top = place
    colour = layout.theme.runs[slot]
    middle = top + 10.5
    text_left = left + (SAMPLE + GAPS[0])
    dash = " ".join(number(length) for length in DASHES[slot]) or None
    line = tag(
        "path", d=f"M{number(left + 1)} {number(middle)}h{number(SAMPLE - 7)}", stroke=colour,
        stroke_width=ROUTE["width"], stroke_dasharray=dash, stroke_linecap="round",
    )  # fmt: skip
    end = f"translate({number(left + (SAMPLE - 6))} {number(middle)})"
    head = tag("path", d=marker(slot, 5), transform=end, fill=colour)
    room = (layout.box.right - text_left - GAPS[1]) / WIDER - width_of(route.detail, NAME)
    name = shortened(route.name, NAME, max(40, room), bold=True)
    return line + head + name_and_detail(name, route.detail, text_left, top + 15, NAME, fill=layout.theme.ink)
