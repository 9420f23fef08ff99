"""The marks on the map: known minima, the start, the ends of runs, and the places where runs left the map."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fallline.drawing.axes import Axes
from fallline.drawing.geometry import Box
from fallline.drawing.labels import Occupancy
from fallline.drawing.layout import Layout
from fallline.drawing.number_text import place_text, value_text
from fallline.drawing.paths import Path
from fallline.drawing.svg import moved_to, name_and_detail, number, rect, shortened, tag, width_of
from fallline.drawing.theme import MARKERS, MARKS, ROUTE, Corners
from fallline.problems.surface import Minimum
from fallline.types import Pair

WORDS, COORDINATES, START_WORD, LETTER = 13.0, 12.5, 13.5, 17.0
ENDS_APART, SMALL, SMALL_APART, TO_WORDS = 9.0, 4.4, 15.0, 13.0
"""In pixels: the distance below which the ends of runs cover each other; the size and the distance of small heads; the
distance from a mark to the words beside it."""
LINE, BASELINE, SPACE = 1.15, 0.9, 0.4
"""For words beside a mark, relative to the size of their type: the distance of lines, the distance from the top to the
baseline, and the space between words."""


@dataclass(frozen=True)
class Mark:
    """A shape at a place of the picture, with words beside it where there is room.

    Args:
        place: in pixels; shape: SVG around (0, 0); reach: words stay this many pixels away from the place.
        words: for each line the bold words, the plain words after them, and the size of both.
        heads: SVG of small heads before the words.
    """

    place: Pair
    shape: str = ""
    words: Sequence[tuple[str, str, float]] = ()
    heads: Sequence[str] = ()
    reach: float = 7.0
    italic: bool = False


def draw_marks(marks: Sequence[Mark], layout: Layout, occupancy: Occupancy) -> str:
    """All marks with the words beside them; a thumbnail has only the shapes."""
    for mark in marks:
        occupancy.take(Box(*mark.place, 0, 0).around(mark.reach))
    shapes = [
        tag("g", mark.shape, transform=moved_to(mark.place), stroke_linejoin="round") for mark in marks if mark.shape
    ]
    named = [mark for mark in marks if mark.words or mark.heads] if layout.has_text else []
    return "".join([*shapes, *(_beside(mark, layout, occupancy) for mark in named)])


def _beside(mark: Mark, layout: Layout, occupancy: Occupancy) -> str:
    heads_wide = SMALL_APART * len(mark.heads)
    wide = [
        width_of(name, size, bold=True) + width_of(detail, size) + SPACE * size for name, detail, size in mark.words
    ]
    high = sum(LINE * size for *_, size in mark.words) or SMALL_APART
    box = occupancy.take_beside(mark.place, (heads_wide + max(wide, default=0.0), high), TO_WORDS)
    drawn = [] if mark.words else [_ground(mark.place, box, layout)]
    first, middle = box.left + (SMALL if mark.words else SMALL_APART / 2), box.top + box.height / 2
    for k, head in enumerate(mark.heads):
        drawn.append(tag("g", head, transform=moved_to((first + SMALL_APART * k, middle))))
    left, anchor = (box.left + heads_wide, "start") if drawn else _anchored(box, mark.place[0], layout.box)
    lines, top = [], box.top
    for name, detail, size in mark.words:
        lines.append(name_and_detail(name, detail, left, top + BASELINE * size, size))
        top += LINE * size
    slant = "italic" if mark.italic else None
    words = tag("g", *lines, fill=layout.theme.ink, text_anchor=anchor, font_style=slant)
    return "".join(drawn) + (layout.haloed(words) if lines else "")


def _ground(place: Pair, box: Box, layout: Layout) -> str:
    """The background of small heads, with a line to the place where these runs end."""
    x, y = min(max(place[0], box.left), box.right), min(max(place[1], box.top), box.bottom)
    leader = tag("path", d=f"M{place[0]:.1f} {place[1]:.1f}L{x:.1f} {y:.1f}")
    ink = layout.theme.ink
    return layout.cased(leader, 3.5, stroke=ink, stroke_width=1) + rect(box, fill=layout.theme.paper, stroke=ink)


def _anchored(box: Box, x: float, frame: Box) -> tuple[float, str]:
    """The x and the `text-anchor` of words in a box, such that they stay off the mark at `x` in a wider font too.

    At the right edge of the frame, words in a font that is wider than the measured one extend to the left.
    """
    if box.right < x or box.right > frame.right - WORDS:
        return box.right, "end"
    return (box.left, "start") if box.left > x else (box.left + box.width / 2, "middle")


def minima(known: Sequence[Minimum], axes: Axes, layout: Layout) -> Iterator[Mark]:
    """The minima inside the map, each a ring with arms, with its loss and its position."""
    shape = _sink(layout)
    for minimum in known:
        place = axes.pixels(*minimum.at)
        if layout.box.holds(*place):
            text = f"min {value_text(minimum.loss, 4)} at {place_text(minimum.at, 4)}"
            yield Mark(place, shape, [] if layout.narrow else [(text, "", WORDS)], italic=True)


def lettered(places: Sequence[Pair], letters: Sequence[str], layout: Layout) -> Iterator[Mark]:
    """The minima inside the map in which starts end, each a ring with arms and its letter."""
    shape = _sink(layout)
    for place, letter in zip(places, letters, strict=True):
        if layout.box.holds(*place):
            yield Mark(place, shape, [(letter, "", LETTER)])


def _sink(layout: Layout) -> str:
    radius, inner, outer = (MARKS["sink"][key] for key in ("radius", "inner", "outer"))
    ends = [(side * radius * inner, side * radius * outer) for side in (1, -1)]
    arms = "".join(f"M{near:g} 0H{far:g}M0 {near:g}V{far:g}" for near, far in ends)
    ring = tag("circle", r=radius) + tag("path", d=arms)
    return layout.cased(ring, 4, inside="none", fill="none", stroke=layout.theme.ink, stroke_width=1.5)


def start(place: Pair, values: Sequence[float], layout: Layout) -> Mark:
    """The mark of the start: a ring with a dot, which no run has as its marker, with its name and coordinates."""
    ink, (ring, dot) = layout.theme.ink, (tag("circle", r=MARKS["start"][part]) for part in ("radius", "dot"))
    shape = layout.cased(ring, 5, fill="none", stroke=ink, stroke_width=2) + tag("g", dot, fill=ink)
    coordinates = ", ".join(value_text(value, 4) for value in values)
    words = [("start", "", START_WORD), *([] if layout.narrow else [("", coordinates, COORDINATES)])]
    return Mark(place, shape, words, reach=10)


def head(path: Path, layout: Layout, radius: float = ROUTE["head"]) -> str:
    """The marker at the head of a run: hollow if the run ended before its largest number of steps, otherwise filled."""
    colour, shape = layout.theme.runs[path.slot], tag("path", d=marker(path.slot, radius))
    if path.stopped:
        return layout.cased(shape, 6, fill="none", stroke=colour, stroke_width=2.2)
    return layout.cased(shape, 4, fill=colour)


def marker(slot: int, radius: float) -> str:
    """The path data of a slot's marker around (0, 0). Markers look equally large, though their radii differ."""
    corners = MARKERS[slot]
    if corners is None:
        r = number(radius)
        return f"M{r} 0A{r} {r} 0 1 1 -{r} 0A{r} {r} 0 1 1 {r} 0Z"
    return polygon(corners, radius)


def polygon(corners: Corners, scale: float) -> str:
    """The path data of an outline."""
    return "M" + "L".join(f"{number(x * scale)} {number(y * scale)}" for x, y in corners) + "Z"


def ends(paths: Sequence[Path], layout: Layout) -> Iterator[Mark]:
    """The heads of all runs. Those that end at one place, and so cover each other, are repeated side by side."""
    over = []
    for path in paths:
        if path.head:
            yield Mark(path.head, head(path, layout))
            over += [] if path.goes_on else [(path.head, path)]
    while over:
        place, _ = over[0]
        together = [path for at, path in over if math.dist(place, at) < ENDS_APART]
        if len(together) > 1:
            yield Mark(place, heads=[head(path, layout, SMALL) for path in together])
        over = [(at, path) for at, path in over if path not in together]


def exits(paths: Sequence[Path], layout: Layout) -> Iterator[Mark]:
    """Arrowheads on the frame where runs left the map, with their names, the step, and whether they diverged."""
    for path in paths:
        if path.left_at:
            start, end = path.places[path.left_at - 1 : path.left_at + 1].tolist()
            angle = math.degrees(math.atan2(end[1] - start[1], end[0] - start[0]))
            outline = tag("path", d=polygon(MARKS["exit"], 1.0), transform=f"rotate({angle:.1f})")
            shape = layout.cased(outline, 4, fill=layout.theme.runs[path.slot])
            name = shortened(path.route.name, WORDS, 0.4 * layout.box.width, bold=True)
            diverged = f", diverges at step {path.end.diverged_at}" if path.end.diverged_at else ""
            detail = f"{path.route.detail} leaves the map at step {path.left_at}{diverged}".strip()
            yield Mark(layout.box.way_out(start, end), shape, [(name, "" if layout.narrow else detail, WORDS)])
