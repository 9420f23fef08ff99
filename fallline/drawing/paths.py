"""The paths of runs: their vertices in the picture, and the lines, ticks and balls drawn along them.

The casings of all paths are drawn first, then the dashes of each path in a thin casing. So paths that lie on each other
can all be seen.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from fallline.descent import End
from fallline.drawing.axes import Axes
from fallline.drawing.geometry import Box, Points, joined, outermost, simplified
from fallline.drawing.layout import Layout, Route, Scene
from fallline.drawing.svg import FROM_TENTHS, TENTHS, Attribute, number, path_data, tag
from fallline.drawing.theme import DASHES, ROUTE
from fallline.in_parts import InParts
from fallline.types import Pair

CUT_MARGIN = 24.0
"""Lines are cut this many pixels outside the frame, so that their ends are hidden."""
MOST_VERTICES = 9000
"""The most vertices of all paths together, roughly."""
MOST_OF_ONE = 2400
"""The most vertices of one path, roughly."""
STRAY, PASSES = 0.06, 6
"""The most pixels by which a simplified line departs from its path, and how many times it is simplified."""
REST = (3.0, 0.55), (1.0, 0.85)
"""Width and opacity of the casing, and of the line, for the steps after the playhead."""
MOST_TICKED = 4
"""If there are more paths than this they have no ticks, which would hide the map."""
EVERY = (1, 5, 10, 50, 100)
"""The number of steps from one tick to the next is one of these."""
TICKS_APART, MOST_TICKS = 9.0, 32
"""The least distance of two ticks, in pixels; and the most ticks on the longest path, unless it is very long."""
TICK, BALL = 1.1, (7.6, 5.2)
"""The width of a tick; and that of the casing, and of the line, of a ball."""
HALF_TICK = 2.8
"""Half the length of a tick, in pixels."""


@dataclass(frozen=True, eq=False)
class Path:
    """A run in the picture.

    Args:
        index: of its route among the routes; frame: the box of the map.
        places: the position of each row, (n, 2) in pixels. Positions outside the frame are not clamped; only drawn
            lines are cut.
        step: the row of the playhead; end: why the run ends.
        most: roughly how many vertices are drawn.
    """

    index: int
    route: Route
    frame: Box
    places: Points
    step: int
    end: End
    most: int = MOST_OF_ONE

    @property
    def slot(self) -> int:
        """The number of its colour, dash and marker."""
        return self.route.slot_at(self.index)

    @property
    def goes_on(self) -> bool:
        """Whether there are steps after the playhead."""
        return self.step < len(self.places) - 1

    @property
    def stopped(self) -> bool:
        """Whether the playhead is at the end, and the run ended before its largest number of steps."""
        return self.end.reason != "max_steps" and not self.goes_on

    @cached_property
    def inside(self) -> NDArray[np.bool_]:
        """Whether each row up to the playhead is in the frame."""
        inside: NDArray[np.bool_] = self.frame.holds(*self.places[: self.step + 1].T)
        return inside

    @property
    def head(self) -> Pair | None:
        """The position at the playhead; None if that is outside the frame."""
        x, y = self.places[self.step].tolist()
        return (x, y) if self.inside[-1] else None

    @property
    def left_at(self) -> int | None:
        """The first row after it was in the frame for the last time; None if it is in the frame, or never was."""
        inside = np.flatnonzero(self.inside)
        return int(inside[-1]) + 1 if inside.size and inside[-1] < self.step else None

    @cached_property
    def walked(self) -> Points:
        """The vertices of its line up to the playhead."""
        return _line(self.places[: self.step + 1], self.frame, self.most)

    @cached_property
    def whole(self) -> Points:
        """The vertices of its line over all steps."""
        return _line(self.places, self.frame, self.most) if self.goes_on else self.walked


def path_of(index: int, route: Route, scene: Scene, axes: Axes) -> InParts[Path]:
    """Compute the run of a route, unless it is there already, and return its path."""
    if route.made:
        rows, end = route.made
    else:
        blocks, _, end = yield from route.run.in_parts(lambda block: np.vstack((block.parameters, block.loss))[:2])
        rows = np.concatenate(blocks, axis=1)
    places = np.column_stack(axes.pixels(*rows))
    step = len(places) - 1 if scene.step is None else min(scene.step, len(places) - 1)
    most = min(MOST_OF_ONE, MOST_VERTICES // (len(scene.routes) * (1 if scene.step is None else 2)))
    return Path(index, route, axes.box, places, step, end, most)


def _line(places: Points, frame: Box, most: int) -> Points:
    """The vertices that are drawn for some rows: every segment with an end in the frame, cut slightly outside it."""
    inside = np.pad(frame.holds(*places.T), 1)
    places = places[inside[:-2] | inside[1:-1] | inside[2:]]
    places = places[outermost(places, most)]
    wide, lines = frame.around(CUT_MARGIN), []
    turns = np.flatnonzero(np.diff(frame.holds(*places.T), prepend=False, append=False)).tolist()
    for start, end in zip(turns[::2], turns[1::2], strict=True):
        before = [wide.way_out(places[start], places[start - 1])] if start > 0 else []
        after = [wide.way_out(places[end - 1], places[end])] if end < len(places) else []
        lines.append(np.array([*before, *places[start:end], *after]))
    return simplified(joined(lines), STRAY, PASSES)


def draw_paths(paths: Sequence[Path], every: int, layout: Layout, *, balls: bool, ahead: bool = True) -> str:
    """The lines of all paths: thin ones after the playhead, then all casings, then what joins dashes, dashes and marks.

    Args:
        every: steps from one mark to the next, 0 for no marks.
        balls: whether marks are balls, as on a curve, instead of ticks across a path.
        ahead: whether the steps after the playhead are drawn.
    """
    casing, colours = layout.theme.casing, layout.theme.runs
    later = [path for path in paths if path.goes_on and ahead]
    lines = [tag("path", id=f"r{path.index}", d=path_data(path.walked)) for path in paths]
    lines += [tag("path", id=f"w{path.index}", d=path_data(path.whole)) for path in later]

    def line(name: str, stroke: str, wide: float, **style: Attribute) -> str:
        return tag("use", href=f"#{name}", stroke=stroke, stroke_width=wide * TENTHS, **style)

    (under, faint), (over, clear), width = *REST, ROUTE["width"]
    drawn = [line(f"w{path.index}", casing, under, stroke_opacity=faint) for path in later]
    drawn += [line(f"w{path.index}", colours[path.slot], over, stroke_opacity=clear) for path in later]
    drawn += [line(f"r{path.index}", casing, width + ROUTE["casing"]) for path in paths]
    dashed = [path for path in paths if DASHES[path.slot]]
    thin = {"stroke_opacity": ROUTE["joined_opacity"]}
    drawn += [line(f"r{path.index}", colours[path.slot], ROUTE["joined"], **thin) for path in dashed]
    for path in paths:
        dash = " ".join(number(length * TENTHS) for length in DASHES[path.slot]) or None
        # A casing that reached beyond the ends of dashes would part them from the line that joins them.
        cased = {"stroke_dasharray": dash, "stroke_linecap": "butt" if dash else None}
        drawn.append(line(f"r{path.index}", casing, width + ROUTE["dash_casing"], **cased))
        drawn.append(line(f"r{path.index}", colours[path.slot], width, stroke_dasharray=dash))
    drawn += [step_marks(path, every, layout, balls=balls) for path in paths if every]
    caps = {"fill": "none", "stroke_linecap": "round", "stroke_linejoin": "round"}
    return tag("defs", *lines) + tag("g", tag("g", *drawn, transform=FROM_TENTHS, **caps), clip_path="url(#frame)")


def steps_a_tick(paths: Sequence[Path], layout: Layout) -> int:
    """The number of steps from one mark to the next, the same for all paths; 0 for no marks."""
    if not layout.has_text or layout.narrow or not 0 < len(paths) <= MOST_TICKED:
        return 0
    longest = max(len(path.places) for path in paths) - 1
    return next((every for every in EVERY if longest <= MOST_TICKS * every), EVERY[-1])


def step_marks(path: Path, every: int, layout: Layout, *, balls: bool) -> str:
    """The marks on a path, ticks or balls: one at regular steps, unless it would be too close to the one before."""
    rows, marks = np.arange(every, path.step, every), []
    last = path.places[0]
    for row in rows[path.inside[rows]].tolist():
        place, (dx, dy) = path.places[row], path.places[row + 1] - path.places[row - 1]
        length = math.hypot(dx, dy)
        if length and np.abs(place - last).sum() >= TICKS_APART:
            half = np.zeros(2) if balls else HALF_TICK / length * np.array((-dy, dx))
            marks.append(np.array((place - half, place + half)))
            last = place
    if not marks:
        return ""
    colour, d = layout.theme.runs[path.slot], path_data(joined(marks))
    if not balls:
        return tag("path", d=d, stroke=colour, stroke_width=TICK * TENTHS, stroke_linecap="butt")
    wide, width = (width * TENTHS for width in BALL)
    return layout.cased(tag("path", d=d), wide, stroke=colour, stroke_width=width)
