"""The words around the map: its title, the scale of the tints, notes, and the legend of the paths."""

import math
import re
from collections.abc import Iterator, Sequence

from fallline.drawing.geometry import Box
from fallline.drawing.layout import BAR, DETAIL, GAPS, NAME, NOTE_LINE, ROW, SAMPLE, WIDER, Head, Layout, Route, Scene
from fallline.drawing.levels import LossScale
from fallline.drawing.markers import marker
from fallline.drawing.number_text import RAISED, level_text
from fallline.drawing.svg import line_of_text, moved_to, name_and_detail, number, rect, shortened, tag, width_of
from fallline.drawing.theme import DASHES, ROUTE, hexadecimal

FORMULA, NOTE, SCALE_NUMBER = 14.0, 12.0, 12.0
LEAST_BETWEEN = 12.0
_COEFFICIENT = re.compile(r"(?<![\w./])(?<!e-)(\d[\d.]*π?|π)\*(?=([a-z]{2,}\()|[a-zA-Zπ(])")
"""Matches a number that is the first factor of a product: of 2*x, 10*cos(x) and 2*π*x, but not of x/2*y."""


def around(scene: Scene, scale: LossScale, caption: str, layout: Layout, head: Head) -> Iterator[str]:
    """All words around the map except those of its axes, with the scale of the tints.

    The name of the problem is above its formula. Without a name, the formula is in its place.

    Args: caption: remarks on the picture, in one line.
    """
    box, ink, ink2, formula = layout.box, layout.theme.ink, layout.theme.ink2, equation(scene)
    if head.title is not None and (scene.title or formula):
        title = shortened(scene.title or formula, head.size, head.room, bold=True)
        yield line_of_text(title, box.left, head.title, head.size, font_weight="600", fill=ink)
    if head.formula is not None:
        text = shortened(formula, FORMULA, head.room)
        yield line_of_text(text, box.left, head.formula, FORMULA, fill=ink2, font_style="italic")
    if scale.levels and not scene.ends:
        yield tint_scale(scale, layout, head.bar)
    yield from legend(scene.routes, layout, head.legend)
    more = len(scene.routes) - len(layout.legend)
    notes = [(caption, head.caption), (f"and {more} more" if more else "", box.top - 12)]
    if layout.narrow:
        notes = [(shortened(" ".join(text for text, _ in reversed(notes) if text), NOTE, box.width), head.caption)]
    for text, y in (note for note in notes if note[0]):
        yield line_of_text(text, box.right, y, NOTE, fill=ink2, text_anchor="end")
    for k, text in enumerate(layout.note, -len(layout.note)):
        yield line_of_text(text, box.left, layout.height + 8 + k * NOTE_LINE, DETAIL, fill=ink2)


def equation(scene: Scene) -> str:
    """The formula of a scene in print, with f(x, y) = before it unless the loss is a sum over data."""
    text = readable(scene.formula)
    named = text and "=" not in text and not scene.problem.objective.n_points
    return f"f({', '.join(scene.problem.parameters)}) = {text}" if named else text


def readable(formula: str) -> str:
    """A formula in print: exponents are raised, and factors have a dot between them only where it is needed."""
    text = re.sub(r"\bpi\b", "π", re.sub(r"\s*(\*\*?)\s*", r"\1", formula))
    text = re.sub(r"\*\*(\d+)(?![.\d])", lambda power: power[1].translate(RAISED), text)
    text = _COEFFICIENT.sub(lambda coefficient: coefficient[1] + " " * bool(coefficient[2]), text)
    return text.replace("**", "^").replace("*", "·").replace("-", "−")


def tint_scale(scale: LossScale, layout: Layout, bar: Box) -> str:
    """A bar of all tints, with the losses of the index contours below it."""
    theme, tints = layout.theme, scale.tints(layout.theme)
    part = bar.width / len(tints)
    fields = [
        rect(Box(bar.left + k * part, bar.top, part + 0.3, BAR), fill=hexadecimal(tint)) for k, tint in enumerate(tints)
    ]
    lines, numbers = [], []
    free = -math.inf  # to the right of this, no number has been placed
    for k, level in enumerate(scale.levels, 1):
        left, text = bar.left + k * part, level_text(level.value)
        lines.append(f"M{left:.1f} {bar.top:g}v{(BAR + 4 if level.index else BAR):g}")
        half = width_of(text, SCALE_NUMBER) / 2
        if level.index and left - half >= free:
            free = left + half + LEAST_BETWEEN
            numbers.append(line_of_text(text, left, bar.top + (BAR + 15), SCALE_NUMBER))
    style = {"fill": theme.ink, "font_weight": "600", "font_style": "italic", "text_anchor": "end"}
    return "".join([
        *fields,
        tag("path", d="".join(lines), stroke=theme.ink, stroke_width=0.7, stroke_opacity=0.6),
        rect(bar, fill="none", stroke=theme.ink),
        line_of_text("loss", bar.left - 8, bar.top + 10, 13.5, **style),
        tag("g", *numbers, fill=theme.ink2, text_anchor="middle"),
    ])  # fmt: skip


def legend(routes: Sequence[Route], layout: Layout, first: float) -> Iterator[str]:
    """An entry for each route: a sample of its line with its marker, its name and its detail.

    Args: first: the top of the first row.
    """
    for index, (left, row) in enumerate(layout.legend):
        route, slot = routes[index], routes[index].slot_at(index)
        left, top, colour = layout.box.left + left, first + row * ROW, layout.theme.runs[slot]
        dash = " ".join(number(length) for length in DASHES[slot]) or None
        d = f"M{number(left + 1)} {number(top + 10.5)}h{number(SAMPLE - 7)}"
        yield tag(
            "path", d=d, stroke=colour, stroke_width=ROUTE["width"], stroke_dasharray=dash, stroke_linecap="round"
        )
        yield tag("path", d=marker(slot, 5), transform=moved_to((left + (SAMPLE - 6), top + 10.5)), fill=colour)
        left += SAMPLE + GAPS[0]
        room = (layout.box.right - left - GAPS[1]) / WIDER - width_of(route.detail, NAME)
        name = shortened(route.name, NAME, max(40, room), bold=True)
        yield name_and_detail(name, route.detail, left, top + 15, NAME, fill=layout.theme.ink)
