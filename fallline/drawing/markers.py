"""What is marked on the map: known minima, the start, where runs end, and where they have left it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from fallline.drawing.axes import Axes
from fallline.drawing.geometry import Box
from fallline.drawing.labels import Occupancy
from fallline.drawing.layout import Layout
from fallline.drawing.number_text import place_text, value_text
from fallline.drawing.paths import Path
from fallline.drawing.svg import Attribute, name_and_detail, number, rect, shortened, tag, width_of
from fallline.drawing.theme import MARKERS, MARKS, ROUTE, Corners
from fallline.problems.surface import Minimum
from fallline.types import Pair

WORDS, COORDINATES, START = 13.0, 12.5, 13.5
NEAR, HEADS_APART, SMALL, GAP = 9.0, 15.0, 4.4, 13.0
"""Of runs that end at one place: how near they are, and of their heads the distance, the size and the gap to it."""
LINE, BASELINE, SPACE = 1.15, 0.9, 0.4
"""Of words beside a mark, against their size: from line to line, from the top to the baseline, between words."""
MARKED = 15.0
"""Pixels from the left of a marker before words to these."""


def minima(known: Sequence[Minimum], axes: Axes, layout: Layout, occupancy: Occupancy) -> tuple[str, str]:
    """The minima in sight: their marks, to lie under the paths, and their losses and places, to lie over them."""
    words = []
    places = [(axes.pixels(*minimum.at), minimum.loss, minimum.at) for minimum in known]
    in_sight = [each for each in places if layout.box.holds(*each[0])]
    if not in_sight:
        return "", ""
    for place, *_ in in_sight:
        occupancy.take_around(place, 7)
    for place, loss, at in in_sight:
        text = f"min {value_text(loss, 4)} at {place_text(at, 4)}"
        words.append(words_beside(place, [(text, "", WORDS)], 11, layout, occupancy, font_style="italic"))
    rings = "".join(tag("g", _ring_with_arms(MARKS["sink"]), transform=_moved(place)) for place, *_ in in_sight)
    marks = layout.cased(rings, 4, inside="none", fill="none", stroke=layout.theme.ink, stroke_width=1.5)
    return marks, "".join(words)


def _ring_with_arms(shape: dict[str, float]) -> str:
    inner, outer = (shape["radius"] * shape[end] for end in ("inner", "outer"))
    arms = (f"M{x * inner:g} {y * inner:g}L{x * outer:g} {y * outer:g}" for x, y in ((1, 0), (-1, 0), (0, 1), (0, -1)))
    return tag("circle", r=shape["radius"]) + tag("path", d="".join(arms))


def words_beside(
    place: Pair,
    lines: Sequence[tuple[str, str, float]],
    gap: float,
    layout: Layout,
    occupancy: Occupancy,
    slot: int | None = None,
    **style: Attribute,
) -> str:
    """Words beside a mark, where the map is free.

    Args:
        lines: (bold words, others behind them, size of both); gap: to the mark.
        slot: of a run whose marker stands before them.
    """
    shift = 0.0 if slot is None else MARKED
    width = max(width_of(name, size, bold=True) + width_of(detail, size) + SPACE * size for name, detail, size in lines)
    box = occupancy.take_beside(place, (shift + width, sum(LINE * size for *_, size in lines)), gap)
    left, anchor = _anchored(box, place[0], layout.box) if slot is None else (box.left + shift, "start")
    drawn, top = [], box.top
    for name, detail, size in lines:
        drawn.append(name_and_detail(name, detail, left, top + BASELINE * size, size))
        top += LINE * size
    words = tag("g", *drawn, fill=layout.theme.ink, text_anchor=anchor, **style)
    if slot is None:
        return layout.haloed(words)
    middle = (box.left + SMALL, box.top + box.height / 2)
    return layout.haloed(
        words + tag("path", d=marker(slot, SMALL), fill=layout.theme.runs[slot], transform=_moved(middle))
    )


def _anchored(box: Box, x: float, frame: Box) -> tuple[float, str]:
    """Where words in a box are anchored, and with which end, so that they keep off the mark at x at any width.

    At the edge of the frame a font that is wider than the one measured grows away from it.
    """
    if box.right < x or box.right > frame.right - WORDS:
        return box.right, "end"
    return (box.left, "start") if box.left > x else (box.left + box.width / 2, "middle")


def start(place: Pair | None, values: Sequence[float], layout: Layout, occupancy: Occupancy) -> str:
    """A ring with a dot, which is no run's marker, with its name and coordinates where there is room for words."""
    if not place or not layout.box.holds(*place):
        return ""
    ink, (ring, dot) = layout.theme.ink, (tag("circle", r=MARKS["start"][part]) for part in ("radius", "dot"))
    drawn = layout.cased(ring, 5, fill="none", stroke=ink, stroke_width=2) + tag("g", dot, fill=ink)
    drawn = tag("g", drawn, transform=_moved(place))
    if not layout.has_text:
        return drawn
    lines = [("start", "", START), ("", ", ".join(value_text(value, 4) for value in values), COORDINATES)]
    return drawn + words_beside(place, lines, GAP, layout, occupancy)


def head(path: Path, place: Pair, layout: Layout, radius: float = ROUTE["head"]) -> str:
    """A run's marker where it ends: hollow where it stopped by itself, full where its steps ran out."""
    colour, shape = layout.theme.runs[path.slot], tag("path", d=marker(path.slot, radius))
    if path.stopped:
        drawn = layout.cased(shape, 6, fill="none", stroke=colour, stroke_width=2.2)
    else:
        drawn = layout.cased(shape, 4, fill=colour)
    return tag("g", drawn, transform=_moved(place), stroke_linejoin="round")


def _moved(place: Pair) -> str:
    return f"translate({number(place[0])} {number(place[1])})"


def marker(slot: int, radius: float) -> str:
    """Path data of a slot's marker around (0, 0): equal in weight to the eye, not in radius."""
    corners = MARKERS[slot]
    if corners is None:
        r = number(radius)
        return f"M{r} 0A{r} {r} 0 1 1 -{r} 0A{r} {r} 0 1 1 {r} 0Z"
    return polygon(corners, radius)


def polygon(corners: Corners, scale: float) -> str:
    """Path data of an outline."""
    return "M" + "L".join(f"{number(x * scale)} {number(y * scale)}" for x, y in corners) + "Z"


def ends(paths: Sequence[Path], layout: Layout, occupancy: Occupancy) -> Iterator[str]:
    """The heads of all runs, and where they have left the map."""
    for path in paths:
        if path.head:
            yield head(path, path.head, layout)
    if layout.has_text:
        yield from end_clusters(paths, layout, occupancy)
    yield from exits(paths, layout, occupancy)


def end_clusters(paths: Sequence[Path], layout: Layout, occupancy: Occupancy) -> Iterator[str]:
    """The heads of runs that end at one place and would cover each other, side by side."""
    apart = HEADS_APART
    for place, group in _groups(paths, NEAR):
        box = occupancy.take_beside(place, (len(group) * apart, apart), GAP)
        yield _cluster_ground(place, box, layout)
        for k, path in enumerate(group):
            middle = (box.left + (k + 0.5) * apart, box.top + box.height / 2)
            yield head(path, middle, layout, radius=SMALL)


def _groups(paths: Sequence[Path], near: float) -> list[tuple[Pair, list[Path]]]:
    """Runs that are over and end together: the place of the first, and two or more that are within `near` of it."""
    groups: list[tuple[Pair, list[Path]]] = []
    for path in paths:
        if not path.head or path.goes_on:
            continue
        for place, group in groups:
            if math.dist(place, path.head) < near:
                group.append(path)
                break
        else:
            groups.append((path.head, [path]))
    return [(place, group) for place, group in groups if len(group) > 1]


def _cluster_ground(place: Pair, box: Box, layout: Layout) -> str:
    """What a cluster of heads stands on, with a line to the place where all of these runs are."""
    x, y = min(max(place[0], box.left), box.right), min(max(place[1], box.top), box.bottom)
    leader = f"M{place[0]:.1f} {place[1]:.1f}L{x:.1f} {y:.1f}"
    theme = layout.theme
    line = layout.cased(tag("path", d=leader), 3.5, stroke=theme.ink, stroke_width=1.0)
    return line + rect(box, fill=theme.paper, stroke=theme.ink, stroke_width=1.0)


def exits(paths: Sequence[Path], layout: Layout, occupancy: Occupancy) -> Iterator[str]:
    """Arrowheads on the frame where runs have left the map, with their names."""
    names = []
    for path in paths:
        if path.left_at:
            start, end = path.places[path.left_at - 1 : path.left_at + 1].tolist()
            place = layout.box.way_out(start, end)
            angle = math.atan2(end[1] - start[1], end[0] - start[0])
            occupancy.take_around(place, 8)
            yield _arrowhead(path, place, angle, layout)
            names.append((path, place))
    for path, place in names if layout.has_text else ():
        yield _exit_name(path, place, layout, occupancy)


def _arrowhead(path: Path, place: Pair, angle: float, layout: Layout) -> str:
    shape = tag("path", d=polygon(MARKS["exit"], 1.0))
    turned = f"{_moved(place)} rotate({math.degrees(angle):.1f})"
    drawn = layout.cased(shape, 4, fill=layout.theme.runs[path.slot])
    return tag("g", drawn, transform=turned, stroke_linejoin="round")


def _exit_name(path: Path, place: Pair, layout: Layout, occupancy: Occupancy) -> str:
    """The name of a run that has left; on a full picture also when, and whether it diverged."""
    name = shortened(path.route.name, WORDS, 0.4 * layout.box.width, bold=True)
    diverged = f", diverges at step {path.end.diverged_at}" if path.end.diverged_at else ""
    detail = f"{path.route.detail} leaves the map at step {path.left_at}{diverged}".strip()
    return words_beside(place, [(name, detail, WORDS)], GAP, layout, occupancy)
