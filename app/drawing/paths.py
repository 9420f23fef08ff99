"""The paths of runs: their vertices in the picture, and the lines, ticks and balls drawn along them.

Every casing lies below, then each run's dashes in a thin casing of their own, as maps mark shared trails.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.descent import End
from app.drawing.axes import Axes
from app.drawing.geometry import Lines, Pair, Points, limited, outermost
from app.drawing.layout import Layout
from app.drawing.sampling import Work
from app.drawing.scene import Route, Scene
from app.drawing.svg import TENTHS, number, path_data, tag
from app.drawing.theme import DASHES, ROUTE, SLOTS

OPERATIONS_A_BLOCK = 50_000
"""Of a run: about a millisecond."""

MOST_ROWS = 1024
CLOSE = 0.25
"""Rows in one square of so many pixels, one after the other, are one vertex."""

MOST, RECENT = 6_000, 8
"""Vertices of one run that are held at a time, and how many of the last are never left out."""

BEYOND = 24.0
"""Lines are cut this many pixels outside the frame, which hides their ends."""

MOST_VERTICES = 9000
"""Of all paths together."""

MOST_OF_ONE = 2400
STRAY, PASSES = 0.06, 6
REST = (3.0, 0.55), (1.0, 0.85)
"""Width and opacity of the casing and the line of steps still to come."""

THUMBNAIL = 0.62
"""Lines of a thumbnail against those of a larger picture."""

EVERY = (1, 5, 10, 50, 100)
"""Steps a tick, to choose from."""

APART, ROOMY = 9.0, 16.0
"""Pixels that two ticks keep, and that a typical step must leave for ticks to be worth drawing."""

TICK, TICK_CASING, HALF_TICK = 1.3, 3.2, 3.2
"""Width of a tick, of its casing, and half its length."""

BALL, BALL_CASING = 5.2, 7.6
MOST_TICKS = 400


@dataclass(frozen=True)
class Exit:
    """Where a run left the picture for good: the place on the frame, its direction, and the first row outside."""

    place: Pair
    angle: float
    row: int


class Vertices:
    """Those rows of a run that the eye can tell apart, taken up block by block.

    Nothing is clamped: a row outside keeps its place, however far; only what is drawn is cut at the frame.

    Attributes:
        rows: number of the row at each vertex; places: where it lies, (n, 2) in pixels.
    """

    def __init__(self, axes: Axes) -> None:
        self._axes = axes
        self.rows: NDArray[np.int64] = np.empty(0, dtype=np.int64)
        self.places: Points = np.empty((0, 2))

    @property
    def inside(self) -> NDArray[np.bool_]:
        """Which vertices are in the frame."""
        return self._axes.box.contains(self.places)

    def add(self, first: int, x: Sequence[float], y: Sequence[float]) -> None:
        """Take up the rows from number `first` on; a run that diverges at the start of a block has none there."""
        if not len(x):
            return
        places = np.column_stack(self._axes.pixels(np.array(x), np.array(y)))
        keep = np.flatnonzero(_visible(places, self._axes.box.contains(places)))
        self.rows = np.concatenate([self.rows, first + keep])
        self.places = np.concatenate([self.places, places[keep]])
        count = len(self.rows)
        if count > MOST:  # memory must not grow with a run
            keep = np.union1d(outermost(self.places, MOST // 2), np.arange(count - RECENT, count))
            self.rows, self.places = self.rows[keep], self.places[keep]

    @property
    def head(self) -> Pair | None:
        """Where it ends, if that is in the frame."""
        return self._at(-1) if self.inside[-1] else None

    def _at(self, vertex: int) -> Pair:
        x, y = self.places[vertex].tolist()
        return x, y

    def lines(self) -> list[Points]:
        """The lines to draw: every segment with an end in the frame, cut a little outside of it."""
        wide, lines = self._axes.box.around(BEYOND), []
        turns = np.flatnonzero(np.diff(self.inside, prepend=False, append=False)).tolist()
        for start, end in zip(turns[::2], turns[1::2], strict=True):
            before = [wide.way_out(self._at(start), self._at(start - 1))] if start > 0 else []
            after = [wide.way_out(self._at(end - 1), self._at(end))] if end < len(self.rows) else []
            lines.append(np.array([*before, *self.places[start:end].tolist(), *after]))
        return [line for line in lines if len(line) > 1]

    def drawn(self, most: int) -> list[Points]:
        """The same lines, about `most` vertices in all."""
        return limited(Lines.joined(self.lines()).simplified(STRAY, PASSES).parts, most)

    def exit(self) -> Exit | None:
        """Where it left for good; None while it is in the frame, or if it never was."""
        inside = np.flatnonzero(self.inside)
        if not inside.size or inside[-1] == len(self.rows) - 1:
            return None
        last = int(inside[-1])
        (x0, y0), (x1, y1) = self._at(last), self._at(last + 1)
        place = self._axes.box.way_out((x0, y0), (x1, y1))
        return Exit(place, math.atan2(y1 - y0, x1 - x0), int(self.rows[last + 1]))

    def spaced(self, every: int, apart: float) -> list[tuple[Pair, Pair]]:
        """Places and the way across at every so many rows, none closer to the one before than `apart`."""
        along = self.places[2:] - self.places[:-2]
        length = np.hypot(*along.T)
        kept: list[tuple[Pair, Pair]] = []
        for k in np.flatnonzero(self.inside[1:-1] & (length > 0) & (self.rows[1:-1] % every == 0)).tolist():
            (x, y), (last_x, last_y) = self._at(k + 1), kept[-1][0] if kept else self._at(0)
            if abs(x - last_x) + abs(y - last_y) >= apart:
                dx, dy = (along[k] / length[k]).tolist()
                kept.append(((x, y), (-dy, dx)))
            if len(kept) == MOST_TICKS:
                break
        return kept

    def typical_step(self) -> float:
        """The mean step over the first nine tenths of the way, in pixels."""
        if len(self.rows) < 2:
            return 0.0
        along = np.cumsum(np.minimum(np.hypot(*np.diff(self.places, axis=0).T), 1e6))
        k = int(np.searchsorted(along, 0.9 * along[-1]))
        return float(along[k] / self.rows[k + 1])


def _visible(places: Points, inside: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which rows of a block become vertices: those that have moved, those on either side of the frame, both ends."""
    cells = np.floor(places / CLOSE)
    keep: NDArray[np.bool_] = inside.copy()
    keep[1:] &= (cells[1:] != cells[:-1]).any(axis=1)
    crossing = inside[1:] != inside[:-1]
    keep[1:] |= crossing
    keep[:-1] |= crossing
    keep[[0, -1]] = True
    return keep


@dataclass(frozen=True, eq=False)
class Path:
    """A run in the picture.

    Args:
        index: its number among the routes.
        whole: all of it; walked: its steps up to that of the scene, `whole` itself where there are no more.
        whole_lines, lines: what is drawn of the two; end: why the run ends.
    """

    index: int
    route: Route
    whole: Vertices
    walked: Vertices
    whole_lines: list[Points]
    lines: list[Points]
    end: End

    @property
    def slot(self) -> int:
        """Its colour, dash and marker."""
        return (self.index if self.route.slot is None else self.route.slot) % SLOTS

    @property
    def goes_on(self) -> bool:
        """Whether there are steps still to come."""
        return self.walked is not self.whole

    @property
    def stopped(self) -> bool:
        """Whether the run is over, and not for want of steps."""
        return self.end.reason != "max_steps" and not self.goes_on


def path_of(index: int, route: Route, scene: Scene, axes: Axes) -> Work[Path]:
    """Make the run of a scene's route."""
    run, step, whole, walked = route.run, scene.step, Vertices(axes), Vertices(axes)
    rows = max(1, min(MOST_ROWS, int(OPERATIONS_A_BLOCK / run.cost)))
    for block in run.blocks(iter(lambda: rows, 0)):
        x, y = (*block.parameters, block.loss)[:2]
        whole.add(block.first, x, y)
        if step is not None:
            count = max(0, step + 1 - block.first)
            walked.add(block.first, x[:count], y[:count])
        yield ""
    assert block.end is not None
    goes_on = step is not None and step < block.end.n_steps
    most = min(MOST_OF_ONE, MOST_VERTICES // (len(scene.routes) * (1 + goes_on)))
    whole_lines = whole.drawn(most)
    if not goes_on:
        return Path(index, route, whole, whole, whole_lines, whole_lines, block.end)
    return Path(index, route, whole, walked, whole_lines, walked.drawn(most), block.end)


def outlines(paths: Sequence[Path]) -> Iterator[str]:
    """The line walked by each, once, and the whole line of one that goes on."""
    for path in paths:
        yield tag("path", id=f"r{path.index}", d=_path_data(path.lines))
        if path.goes_on:
            yield tag("path", id=f"w{path.index}", d=_path_data(path.whole_lines))


def _path_data(lines: Sequence[Points]) -> str:
    return path_data(Lines.joined(lines).scaled(TENTHS), closed=False)


def draw_paths(paths: Sequence[Path], layout: Layout) -> Iterator[str]:
    """What goes on, thin; then the casings of all; then the dashes of each."""
    unit = (layout.px if layout.has_text else THUMBNAIL) * TENTHS
    casing, colours = layout.theme.casing, layout.theme.runs
    width = ROUTE["width"] * unit
    under, over = ({"stroke_width": wide * unit, "stroke_opacity": opacity} for wide, opacity in REST)
    later = [path for path in paths if path.goes_on]
    yield from (tag("use", href=f"#w{path.index}", stroke=casing, **under) for path in later)
    yield from (tag("use", href=f"#w{path.index}", stroke=colours[path.slot], **over) for path in later)
    wide = width + ROUTE["casing"] * unit
    yield from (tag("use", href=f"#r{path.index}", stroke=casing, stroke_width=wide) for path in paths)
    for path in paths:
        dash = " ".join(number(length * unit) for length in DASHES[path.slot]) or None
        for colour, wide in ((casing, width + ROUTE["dash_casing"] * unit), (colours[path.slot], width)):
            yield tag("use", href=f"#r{path.index}", stroke=colour, stroke_width=wide, stroke_dasharray=dash)


def steps_a_tick(paths: Sequence[Path], layout: Layout) -> int:
    """For all runs the same: the fewest at which a typical step leaves room."""
    typical = sorted(size for path in paths if (size := path.whole.typical_step()) > 0)
    middle = typical[len(typical) // 2] if typical else ROOMY
    return next((every for every in EVERY if every * middle >= ROOMY * layout.px), EVERY[-1])


def step_ticks(path: Path, every: int, layout: Layout) -> str:
    """Ticks across a path, one every so many steps: how far apart they are is how fast it goes."""
    half = HALF_TICK * layout.px * TENTHS
    marks = path.walked.spaced(every, APART * layout.px)
    d = "".join(
        f"M{x * TENTHS - dx * half:.0f} {y * TENTHS - dy * half:.0f}l{2 * dx * half:.0f} {2 * dy * half:.0f}"
        for (x, y), (dx, dy) in marks
    )
    return _twice(d, path, layout, (TICK_CASING, TICK))


def step_balls(path: Path, layout: Layout) -> str:
    """A ball at every step of a run on a curve, as far as they stay apart."""
    marks = path.walked.spaced(1, APART * layout.px)
    d = "".join(f"M{x * TENTHS:.0f} {y * TENTHS:.0f}h0" for (x, y), _ in marks)
    return _twice(d, path, layout, (BALL_CASING, BALL), stroke_linecap="round")


def _twice(d: str, path: Path, layout: Layout, widths: Pair, **style: str) -> str:
    """A line in its casing."""
    strokes = zip((layout.theme.casing, layout.theme.runs[path.slot]), widths, strict=True)
    lines = (tag("path", d=d, stroke=ink, stroke_width=width * layout.px * TENTHS, **style) for ink, width in strokes)
    return "".join(lines) if d else ""
