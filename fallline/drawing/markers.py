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
from fallline.drawing.svg import haloed, line_of_text, name_and_detail, number, rect, shortened, tag, width_of
from fallline.drawing.theme import MARKERS, MARKS, ROUTE, Corners
from fallline.problems.surface import Minimum
from fallline.types import Pair

WORDS, COORDINATES, START = 13.0, 12.5, 13.5
NEAR, HEADS_APART, SMALL, GAP = 9.0, 15.0, 4.4, 13.0
"""Of runs that end at one place: how near they are, and of their heads the distance, the size and the gap to it."""
EXIT_LINE = 17.0


def minima(known: Sequence[Minimum], axes: Axes, layout: Layout, occupancy: Occupancy) -> tuple[str, str]:
    """The minima in sight: their marks, to lie under the paths, and their losses and places, to lie over them."""
    px, ink, words = layout.px, layout.theme.ink, []
    places = [(axes.pixels(*minimum.at), minimum.loss, minimum.at) for minimum in known]
    in_sight = [each for each in places if layout.box.holds(*each[0])]
    if not in_sight:
        return "", ""
    for place, *_ in in_sight:
        occupancy.take_around(place, 7 * px)
    for place, loss, at in in_sight:
        text = f"min {value_text(loss, 4)}" + (f" at {place_text(at, 4)}" if layout.kind == "full" else "")
        box = occupancy.take_beside(place, (width_of(text, WORDS * px, bold=True), 15 * px), 11 * px)
        # A font that is wider than the one measured grows away from the edge.
        at_edge = box.right > layout.box.right - WORDS * px
        left, anchor = (box.right, "end") if at_edge else _anchored(box, place[0])
        words.append(line_of_text(text, left, box.top + 11.5 * px, WORDS * px, text_anchor=anchor))
    colour, opacity = layout.theme.halo
    rings = "".join(tag("g", _ring_with_arms(MARKS["sink"], px), transform=_moved(place)) for place, *_ in in_sight)
    under = tag("g", rings, fill="none", stroke=colour, stroke_opacity=opacity, stroke_width=4 * px)
    marks = under + tag("g", rings, fill="none", stroke=ink, stroke_width=1.5 * px)
    return marks, layout.haloed(tag("g", *words, fill=ink, font_weight="600", font_style="italic"))


def _ring_with_arms(shape: dict[str, float], px: float) -> str:
    inner, outer = (shape["radius"] * shape[end] * px for end in ("inner", "outer"))
    arms = (f"M{x * inner:g} {y * inner:g}L{x * outer:g} {y * outer:g}" for x, y in ((1, 0), (-1, 0), (0, 1), (0, -1)))
    return tag("circle", r=shape["radius"] * px) + tag("path", d="".join(arms))


def _anchored(box: Box, x: float) -> tuple[float, str]:
    """Where words in a box are anchored, and with which end, so that they keep off the mark at x at any width."""
    if box.left > x:
        return box.left, "start"
    return (box.right, "end") if box.right < x else (box.left + box.width / 2, "middle")


def start(place: Pair, values: Sequence[float], layout: Layout, occupancy: Occupancy) -> str:
    """A ring with a dot, which is no run's marker, with its name and coordinates where there is room for words."""
    if not layout.box.holds(*place):
        return ""
    theme = layout.theme
    px = layout.px
    radius, dot = (MARKS["start"][part] * px for part in ("radius", "dot"))
    drawn = tag(
        "g",
        tag("circle", r=radius, fill=theme.casing, stroke=theme.casing, stroke_width=5 * px),
        tag("circle", r=radius, fill="none", stroke=theme.ink, stroke_width=2 * px),
        tag("circle", r=dot, fill=theme.ink),
        transform=_moved(place),
    )
    if not layout.has_text:
        return drawn
    coordinates = ", ".join(value_text(value, 4) for value in values)
    width = max(width_of(coordinates, COORDINATES * px), width_of("start", START * px, bold=True))
    box = occupancy.take_beside(place, (width, 29 * px), 13 * px)
    left, anchor = _anchored(box, place[0])
    name = line_of_text("start", left, box.top + 12 * px, START * px, font_weight="600")
    values_below = line_of_text(coordinates, left, box.top + 26 * px, COORDINATES * px)
    return drawn + layout.haloed(tag("g", name, values_below, fill=theme.ink, text_anchor=anchor))


def head(path: Path, place: Pair, layout: Layout, radius: float = ROUTE["head"]) -> str:
    """A run's marker where it ends: hollow where it stopped by itself, full where its steps ran out."""
    theme = layout.theme
    px = layout.px
    colour = theme.runs[path.slot]
    d = marker(path.slot, radius * px)
    casing = tag("path", d=d, fill=theme.casing, stroke=theme.casing, stroke_width=(6 if path.stopped else 4) * px)
    hollow = {"fill": "none", "stroke": colour, "stroke_width": 2.2 * px}
    inner = tag("path", d=d, **(hollow if path.stopped else {"fill": colour}))
    return tag("g", casing, inner, transform=_moved(place), stroke_linejoin="round")


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
    apart = HEADS_APART * layout.px
    for place, group in _groups(paths, NEAR * layout.px):
        box = occupancy.take_beside(place, (len(group) * apart, apart), GAP * layout.px)
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
    theme, px = layout.theme, layout.px
    return (
        tag("path", d=leader, stroke=theme.paper, stroke_width=3.5 * px)
        + tag("path", d=leader, stroke=theme.ink, stroke_width=px)
        + rect(box, fill=theme.paper, stroke=theme.ink, stroke_width=px)
    )


def exits(paths: Sequence[Path], layout: Layout, occupancy: Occupancy) -> Iterator[str]:
    """Arrowheads on the frame where runs have left the map, with their names."""
    names = []
    for path in paths:
        if path.left_at:
            start, end = path.places[path.left_at - 1 : path.left_at + 1].tolist()
            place = layout.box.way_out(start, end)
            angle = math.atan2(end[1] - start[1], end[0] - start[0])
            occupancy.take_around(place, 8 * layout.px)
            yield _arrowhead(path, place, angle, layout)
            names.append((path, place))
    for path, place in names if layout.has_text else ():
        yield _exit_name(path, place, layout, occupancy)


def _arrowhead(path: Path, place: Pair, angle: float, layout: Layout) -> str:
    px = layout.px
    turned = f"{_moved(place)} rotate({math.degrees(angle):.1f})"
    head = tag("path", d=polygon(MARKS["exit"], px), transform=turned, fill=layout.theme.runs[path.slot])
    return haloed(head, stroke=layout.theme.casing, stroke_width=4 * px, stroke_linejoin="round")


def _exit_name(path: Path, place: Pair, layout: Layout, occupancy: Occupancy) -> str:
    """The name of a run that has left; on a full picture also when, and whether it diverged."""
    size = WORDS * layout.px
    detail = path.route.detail
    name = shortened(path.route.name, size, 0.4 * layout.box.width, bold=True)
    if layout.kind == "full":
        diverged = f", diverges at step {path.end.diverged_at}" if path.end.diverged_at else ""
        detail = f"{detail} leaves the map at step {path.left_at}{diverged}"
    width = width_of(name, size, bold=True) + width_of(detail, size) + 0.4 * size
    box = occupancy.take_beside(place, (width, EXIT_LINE * layout.px), GAP * layout.px)
    left, anchor = _anchored(box, place[0])
    style = {"fill": layout.theme.ink, "text_anchor": anchor}
    return layout.haloed(name_and_detail(name, detail.strip(), left, box.top + size, (size, size), **style))
