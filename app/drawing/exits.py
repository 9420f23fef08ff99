"""Runs that have left the sheet: an arrowhead on the frame where they went, and their name, as roads have there."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from app.drawing.frame import halo
from app.drawing.lettering import shortened, width_of
from app.drawing.look import Look
from app.drawing.marks import polygon
from app.drawing.occupancy import Occupancy
from app.drawing.routes import Walked
from app.drawing.svg import named, number, tag
from app.drawing.table import MARKS
from app.drawing.trail import Exit
from app.drawing.view import Box

WORDS, LINE = 13.0, 17.0
ROWS = (0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5)
"""Lines up or down that a name may stand from its arrowhead, the best first."""

STAMP = 0.5


def exits(walks: Sequence[Walked], look: Look, occupancy: Occupancy) -> Iterator[str]:
    """The arrowheads, then the names."""
    gone = [(walk, exit_) for walk in walks if (exit_ := walk.trail.exit())]
    yield from (_tip(walk, exit_, look) for walk, exit_ in gone)
    written: list[Box] = []
    for walk, exit_ in gone if look.worded else ():
        yield _name(walk, exit_, look, written, occupancy)


def _tip(walk: Walked, exit_: Exit, look: Look) -> str:
    s = look.s if look.worded else STAMP
    place = f"translate({number(exit_.x)} {number(exit_.y)}) rotate({math.degrees(exit_.angle):.1f})"
    return tag(
        "path", d=polygon(MARKS["exit"], s), transform=place, fill=look.theme.runs[walk.slot],
        stroke=look.theme.casing, stroke_width=4 * s, stroke_linejoin="round", paint_order="stroke",
    )  # fmt: skip


def sentence(exit_: Exit, diverged_at: int | None) -> str:
    """When it left, and whether it diverged."""
    diverged = f", diverges at step {diverged_at}" if diverged_at else ""
    return f"leaves the map at step {exit_.row}{diverged}"


def _name(walk: Walked, exit_: Exit, look: Look, written: list[Box], occupancy: Occupancy) -> str:
    size = WORDS * look.s
    name = shortened(walk.name, size, 0.4 * look.box.width, bold=True)
    rest = f"{walk.detail} {sentence(exit_, walk.end.diverged_at)}" if look.kind == "sheet" else walk.detail
    width = width_of(name, size, bold=True) + width_of(rest, size) + 0.4 * size
    box = _place(exit_, look, width, written, occupancy)
    written.append(box)
    return named(name, rest.strip(), box.left, box.top + size, (size, size), fill=look.theme.ink, **halo(look))


def _place(exit_: Exit, look: Look, width: float, written: Sequence[Box], occupancy: Occupancy) -> Box:
    """In the margin above the map where it left by the top, else on the freest ground beside the arrowhead."""
    s, frame, height = look.s, look.box, LINE * look.s
    room = exit_.x + 12 * s + width < frame.right
    left = max(frame.left + 4 * s, exit_.x + 12 * s if room else exit_.x - 14 * s - width)
    above = Box(left, frame.top - 23 * s, width, height)
    if exit_.y < frame.top + 2 and look.kind == "sheet" and not any(above.meets(other) for other in written):
        return above
    tops = (exit_.y - height / 2 + row * (height + 2 * s) for row in ROWS)
    inside = [min(frame.bottom - height - 6 * s, max(frame.top + 6 * s, top)) for top in tops]
    boxes = [Box(left, top, width, height) for top in inside]
    return min(boxes, key=lambda box: (any(box.meets(other) for other in written), occupancy.crowd(box)))
