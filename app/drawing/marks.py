"""What is marked on the ground: the known minima, as sinks are on a map, and the survey point the runs start from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.drawing.frame import halo
from app.drawing.lettering import width_of
from app.drawing.look import Look
from app.drawing.numerals import chosen
from app.drawing.occupancy import Occupancy
from app.drawing.plane import Plane
from app.drawing.svg import number, tag, words
from app.drawing.table import MARKERS, MARKS, ROUTE, Corners
from app.drawing.view import Box, Pair

SPOTS = ((1, 0.55), (1, -0.55), (-1, 0.55), (-1, -0.55), (1, 0), (-1, 0), (0, 1), (0, -1))
"""Where words stand around a mark: side across and share of their height down, the best first."""

WORDS, PLACE, START = 13.0, 12.5, 13.5


@dataclass(frozen=True)
class Sink:
    """A minimum in the picture, its words and where they stand."""

    x: float
    y: float
    text: str
    box: Box


def freest(x: float, y: float, size: tuple[float, float], gap: float, occupancy: Occupancy) -> Box:
    """The freest of eight places around a mark for words of a size."""
    boxes = [_box_at(x, y, size, gap, spot) for spot in SPOTS]
    return min(boxes, key=occupancy.crowd)


def _box_at(x: float, y: float, size: tuple[float, float], gap: float, spot: tuple[float, float]) -> Box:
    (width, height), (across, down) = size, spot
    left = x - width / 2 if across == 0 else x + gap if across > 0 else x - gap - width
    top = y + down * height - height / 2 if across else y + gap if down > 0 else y - gap - height
    return Box(left, top, width, height)


def sinks(plane: Plane, look: Look, occupancy: Occupancy) -> list[Sink]:
    """The minima in sight; they take up their places."""
    r = 7 * look.s
    seen = [(*plane.view.at(*at), f"min {chosen(loss, 4)}") for at, loss in plane.minima]
    seen = [(x, y, text) for x, y, text in seen if look.box.holds(x, y)]
    for x, y, _ in seen:
        occupancy.mark_box(Box(x, y, 0, 0).around(r))
    return [_sink(x, y, text, look.s, occupancy) for x, y, text in seen]


def _sink(x: float, y: float, text: str, s: float, occupancy: Occupancy) -> Sink:
    box = freest(x, y, (width_of(text, WORDS * s, bold=True), 15 * s), 11 * s, occupancy)
    occupancy.mark_box(box)
    return Sink(x, y, text, box)


def sink_marks(found: Sequence[Sink], look: Look) -> str:
    """The marks of minima, to lie under the routes."""
    if not found:
        return ""
    theme, s = look.theme, look.s
    d = "".join(_sink_outline(sink, MARKS["sink"], s) for sink in found)
    colour, opacity = theme.halo
    under = tag("path", d=d, fill="none", stroke=colour, stroke_opacity=opacity, stroke_width=4 * s)
    return under + tag("path", d=d, fill="none", stroke=theme.ink, stroke_width=1.5 * s)


def sink_words(found: Sequence[Sink], look: Look) -> str:
    """The words of minima, to lie over the routes."""
    lines = [_beside(sink, look.s) for sink in found]
    style = {"fill": look.theme.ink, "font_weight": "600", "font_style": "italic", **halo(look)}
    return tag("g", *lines, **style) if lines else ""


def _beside(sink: Sink, s: float) -> str:
    at, anchor = _anchored(sink.box, sink.x)
    return words(sink.text, at, sink.box.top + 11.5 * s, WORDS * s, text_anchor=anchor)


def _anchored(box: Box, x: float) -> tuple[float, str]:
    """Where words in a box begin, so that they keep off the mark at x however wide they come out."""
    return (box.left, "start") if box.left > x else (box.right, "end") if box.right < x else (x, "middle")


def _sink_outline(sink: Sink, shape: dict[str, float], s: float) -> str:
    r = shape["radius"] * s
    ring = f"M{number(sink.x + r)} {number(sink.y)}a{r:g} {r:g} 0 1 1 {-2 * r:g} 0a{r:g} {r:g} 0 1 1 {2 * r:g} 0z"
    inner, outer = shape["inner"] * r, shape["outer"] * r
    arms = (_arm(sink, dx, dy, inner, outer) for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)))
    return ring + "".join(arms)


def _arm(sink: Sink, dx: int, dy: int, inner: float, outer: float) -> str:
    x, y = (number(place + way * inner) for place, way in ((sink.x, dx), (sink.y, dy)))
    return f"M{x} {y}l{number(dx * (outer - inner))} {number(dy * (outer - inner))}"


def start(place: Pair, coordinates: Sequence[float], look: Look, occupancy: Occupancy) -> Iterator[str]:
    """The survey triangle, with its name and coordinates where there is room for words."""
    x, y = place
    if not look.box.holds(x, y):
        return
    theme, s = look.theme, look.s if look.worded else 0.5
    triangle = polygon(MARKS["start"], s)
    yield tag(
        "g",
        tag("path", d=triangle, fill=theme.casing, stroke=theme.casing, stroke_width=5 * s),
        tag("path", d=triangle, fill="none", stroke=theme.ink, stroke_width=1.8 * s),
        tag("circle", cy=1.4 * s, r=1.7 * s, fill=theme.ink),
        transform=f"translate({number(x)} {number(y)})",
    )
    if look.worded:
        yield _start_words(x, y, ", ".join(chosen(value, 4) for value in coordinates), look, occupancy)


def _start_words(x: float, y: float, coordinates: str, look: Look, occupancy: Occupancy) -> str:
    s = look.s
    width = max(width_of(coordinates, PLACE * s), width_of("start", START * s, bold=True))
    box = freest(x, y, (width, 29 * s), 13 * s, occupancy)
    at, anchor = _anchored(box, x)
    return tag(
        "g",
        words("start", at, box.top + 12 * s, START * s, font_weight="600"),
        words(coordinates, at, box.top + 26 * s, PLACE * s),
        fill=look.theme.ink, text_anchor=anchor, **halo(look),
    )  # fmt: skip


def head(slot: int, place: Pair, look: Look, *, stopped: bool, radius: float = ROUTE["head"]) -> str:
    """A run's marker where it ends: hollow where it stopped by itself, full where its steps ran out."""
    theme, s = look.theme, look.s if look.worded else 0.55
    colour, d = theme.runs[slot], marker(slot, radius * s)
    shapes = [tag("path", d=d, fill=theme.casing, stroke=theme.casing, stroke_width=(6 if stopped else 4) * s)]
    if stopped:
        shapes.append(tag("path", d=d, fill="none", stroke=colour, stroke_width=2.2 * s))
    else:
        shapes.append(tag("path", d=d, fill=colour))
    x, y = place
    return tag("g", *shapes, transform=f"translate({number(x)} {number(y)})", stroke_linejoin="round")


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
