"""The routes: every casing first, then each run's dashes in a thin casing of their own, as maps mark shared trails."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from app.descent import End
from app.drawing.look import Look
from app.drawing.svg import PARTS, number, outline, tag
from app.drawing.table import DASHES, ROUTE, Stroke, Theme
from app.drawing.thinning import Offsets, Points, sampled, straightened
from app.drawing.trail import Trail

MOST_VERTICES = 9000
"""Of all routes together."""

MOST_OF_ONE = 2400
STRAY, PASSES = 0.06, 6
AHEAD = Stroke(3.0, 0.55), Stroke(1.0, 0.85)
"""Casing and line of what is still to be walked."""

STAMP = 0.62
"""Lines of a stamp against those of a sheet."""

EVERY = (1, 5, 10, 50, 100)
APART, ROOMY = 9.0, 16.0
"""Pixels that two ticks keep, and that a typical step must leave for ticks to be worth drawing."""

TICK, TICK_CASING = 1.3, 3.2
HALF = 3.2
BALL, BALL_CASING = 5.2, 7.6
MOST_TICKS = 400


@dataclass(frozen=True)
class Walked:
    """A run in the picture.

    Args:
        index: its number among the routes; slot: its colour, dash and marker; name, detail: as in its legend.
        whole: where it goes; trail: the part of it that has been walked; end: why it ends.
        vertices: how many a line may have.
    """

    index: int
    slot: int
    name: str
    detail: str
    whole: Trail
    trail: Trail
    end: End
    vertices: int

    @property
    def goes_on(self) -> bool:
        """Whether it has a part that is still to be walked."""
        return self.trail is not self.whole

    @cached_property
    def lines(self) -> list[Points]:
        """What is drawn of the part walked."""
        return _lines(self.trail, self.vertices)

    @cached_property
    def whole_lines(self) -> list[Points]:
        """What is drawn of the whole way."""
        return _lines(self.whole, self.vertices) if self.goes_on else self.lines


def _lines(trail: Trail, most: int) -> list[Points]:
    lines = trail.stretches()
    if not lines:
        return []
    points, offsets = straightened(np.concatenate(lines), _offsets(lines), STRAY, PASSES)
    return sampled(np.split(points, offsets[1:-1]), most)


def definitions(walks: Sequence[Walked]) -> Iterator[str]:
    """The line of each run, once, in tenths of a pixel, and of one that goes on its whole way."""
    for walk in walks:
        yield tag("path", id=f"r{walk.index}", d=_outline(walk.lines))
        if walk.goes_on:
            yield tag("path", id=f"w{walk.index}", d=_outline(walk.whole_lines))


def vertices(lines: int) -> int:
    """How many vertices each of so many lines may have."""
    return min(MOST_OF_ONE, MOST_VERTICES // max(1, lines))


def _offsets(lines: Sequence[Points]) -> Offsets:
    return np.concatenate([[0], np.cumsum([len(line) for line in lines])])


def _outline(lines: Sequence[Points]) -> str:
    return outline(np.concatenate(lines) * PARTS, _offsets(lines), closed=False) if lines else ""


def routes(walks: Sequence[Walked], look: Look) -> Iterator[str]:
    """Casings of all, then the dashes of each."""
    s = look.s if look.worded else STAMP
    casing, width = look.theme.casing, ROUTE["width"] * s * PARTS
    wide = width + ROUTE["casing"] * s * PARTS
    yield from _ahead([walk for walk in walks if walk.goes_on], look.theme, s * PARTS)
    yield from (_use(walk, stroke=casing, stroke_width=wide) for walk in walks)
    for walk in walks:
        dash = " ".join(number(length * s * PARTS) for length in DASHES[walk.slot]) or None
        yield _use(walk, stroke=casing, stroke_width=width + ROUTE["dash_casing"] * s * PARTS, stroke_dasharray=dash)
        yield _use(walk, stroke=look.theme.runs[walk.slot], stroke_width=width, stroke_dasharray=dash)


def _ahead(walks: Sequence[Walked], theme: Theme, s: float) -> Iterator[str]:
    """The whole way of each, thin, before it is walked."""
    under, over = ({"stroke_width": stroke.width * s, "stroke_opacity": stroke.opacity} for stroke in AHEAD)
    yield from (tag("use", href=f"#w{walk.index}", stroke=theme.casing, **under) for walk in walks)
    yield from (tag("use", href=f"#w{walk.index}", stroke=theme.runs[walk.slot], **over) for walk in walks)


def _use(walk: Walked, **attributes: str | float | None) -> str:
    return tag("use", href=f"#r{walk.index}", **attributes)


def tick_every(walks: Sequence[Walked], look: Look) -> int:
    """Steps a tick, for all runs the same: the fewest at which a typical step leaves room."""
    typical = sorted(size for walk in walks if (size := _typical_step(walk.whole)) > 0)
    middle = typical[len(typical) // 2] if typical else ROOMY
    return next((every for every in EVERY if every * middle >= ROOMY * look.s), EVERY[-1])


def _typical_step(trail: Trail) -> float:
    """The mean step over the first nine tenths of the way, in pixels."""
    if len(trail.rows) < 2:
        return 0.0
    steps = np.hypot(*np.diff(trail.places, axis=0).T)
    along = np.cumsum(np.minimum(steps, 1e6))
    k = int(np.searchsorted(along, 0.9 * along[-1]))
    return float(along[k] / trail.rows[k + 1])


def ticks(walk: Walked, every: int, look: Look) -> str:
    """Ticks across a route, one every so many steps: how far apart they are is how fast it goes."""
    spaced = _spaced(walk.trail, every, APART * look.s)
    if not spaced:
        return ""
    half = HALF * look.s * PARTS
    d = "".join(_tick(x * PARTS, y * PARTS, ax * half, ay * half) for (x, y), (ax, ay) in spaced)
    strokes = ((look.theme.casing, TICK_CASING), (look.theme.runs[walk.slot], TICK))
    return "".join(tag("path", d=d, stroke=colour, stroke_width=width * look.s * PARTS) for colour, width in strokes)


def _tick(x: float, y: float, dx: float, dy: float) -> str:
    return f"M{x - dx:.0f} {y - dy:.0f}l{2 * dx:.0f} {2 * dy:.0f}"


def balls(walk: Walked, look: Look) -> str:
    """A ball at every step of a run on a curve, as far as they stay apart."""
    places = [place for place, _ in _spaced(walk.trail, 1, APART * look.s)]
    if not places:
        return ""
    d = "".join(f"M{x * PARTS:.0f} {y * PARTS:.0f}h0" for x, y in places)
    return "".join(
        tag("path", d=d, stroke=colour, stroke_width=width * look.s * PARTS, stroke_linecap="round")
        for colour, width in ((look.theme.casing, BALL_CASING), (look.theme.runs[walk.slot], BALL))
    )


def _spaced(trail: Trail, every: int, apart: float) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """Places and the way across at every so many rows, none closer to the one before than `apart`."""
    kept: list[tuple[tuple[float, float], tuple[float, float]]] = []
    for row, place, across in trail.walked():
        if row % every or len(kept) >= MOST_TICKS:
            continue
        last = kept[-1][0] if kept else trail.places[0]
        if abs(place[0] - last[0]) + abs(place[1] - last[1]) >= apart:
            kept.append((place, across))
    return kept
