"""Where several runs have stopped at one place, their heads lie on each other: all of them stand beside it, small."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.drawing.look import Look
from app.drawing.marks import freest, head
from app.drawing.occupancy import Occupancy
from app.drawing.svg import number, tag
from app.drawing.view import Box, Pair

NEAR, APART, SMALL, GAP = 9.0, 15.0, 4.4, 13.0


@dataclass(frozen=True)
class Rest:
    """Where a run is over: its slot, its place, and whether it stopped by itself."""

    slot: int
    place: Pair
    stopped: bool


def gathered(rests: Sequence[Rest], look: Look, occupancy: Occupancy) -> Iterator[str]:
    """Beside each place where two and more are over, a slip of paper with the heads of all of them."""
    for group in groups(rests, NEAR * look.s):
        x, y = group[0].place
        apart = APART * look.s
        box = freest(x, y, (len(group) * apart, apart), GAP * look.s, occupancy)
        yield _slip(x, y, box, look)
        for k, rest in enumerate(group):
            middle = (box.left + (k + 0.5) * apart, box.top + box.height / 2)
            yield head(rest.slot, middle, look, stopped=rest.stopped, radius=SMALL)


def groups(rests: Sequence[Rest], near: float) -> list[list[Rest]]:
    """Those that lie within `near` of the first of them, two and more."""
    found: list[list[Rest]] = []
    for rest in rests:
        group = next((known for known in found if math.dist(known[0].place, rest.place) < near), None)
        if group is None:
            found.append([rest])
        else:
            group.append(rest)
    return [group for group in found if len(group) > 1]


def _slip(x: float, y: float, box: Box, look: Look) -> str:
    """Paper under the heads, with a line to the place they are all at: no head stands where its run does not."""
    to_x, to_y = min(max(x, box.left), box.right), min(max(y, box.top), box.bottom)
    leader = f"M{number(x)} {number(y)}L{number(to_x)} {number(to_y)}"
    around = f"M{number(box.left)} {number(box.top)}h{number(box.width)}v{number(box.height)}h{number(-box.width)}z"
    theme, s = look.theme, look.s
    return tag(
        "g",
        tag("path", d=leader + around, fill="none", stroke=theme.paper, stroke_width=3.5 * s),
        tag("path", d=leader, fill="none", stroke=theme.ink, stroke_width=s),
        tag("path", d=around, fill=theme.paper, stroke=theme.ink, stroke_width=s),
    )
