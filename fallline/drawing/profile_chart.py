"""A chart of performance profiles: a staircase for each solver, over a logarithmic axis of factors."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from fallline.drawing.geometry import Box
from fallline.drawing.layout import AXIS_NUMBER, DETAIL, NAME, NOTE_LINE, NOTE_SHARE, WIDER, Canvas
from fallline.drawing.markers import marker
from fallline.drawing.svg import (
    Attribute,
    broken_lines,
    document,
    escaped,
    line_of_text,
    moved_to,
    number,
    tag,
    width_of,
)
from fallline.drawing.theme import DASHES, ROUTE, SLOTS, THEMES, Theme
from fallline.types import Array, Pair

_LEFT, _TOP, _BOTTOM, _MARGIN = 52.0, 40.0, 56.0, 16.0
_HEIGHT = 400.0
_APART = 3.0
"""The distance between two staircases with equal shares, in pixels."""
_LINE, _TITLE, _TITLE_LINE = 20.0, 19.0, 30.0
"""The distance from one name to the next; the size of the title's type, and the height that the title takes; in pixels.
"""
_TO_NAMES, _TO_TEXT = 26.0, 15.0
"""The distance from the plot to the markers beside it, and from these to the names, in pixels."""
_MOST_BESIDE = 0.35
"""If names beside the plot would take more than this share of the width, they are below it."""
_TICKS_APART = 30.0
"""The least distance between the numbers of factors, in pixels."""
_HEAD = 5.0
_SHARES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
_TICKS = (1, 2, 5)
_FARTHEST = 1.05
"""The chart ends at this times the largest factor at which a staircase rises."""
_MARKED_EACH = 60.0
"""The least distance between two markers on a staircase, in pixels."""


@dataclass(frozen=True, eq=False)
class ProfileChart:
    """The content of a chart of performance profiles.

    Args:
        names: of the solvers; the index of each decides its colour, dash and marker.
        ratios: (solvers, problems), at least 1; infinite if a solver never reaches the goal.
        of: what the shares are shares of, such as "problems".
        note: the text below the chart; title: above it; either may be empty.
    """

    names: Sequence[str]
    ratios: Array
    of: str
    note: str
    title: str = ""


def profile_chart(shown: ProfileChart, canvas: Canvas) -> str:
    """The SVG of the chart."""
    theme, scale = THEMES[canvas.theme], canvas.font_size / AXIS_NUMBER if canvas.font_size else 1.0
    width, top = canvas.width / scale, _TOP + (_TITLE_LINE if shown.title else 0.0)
    names_wide = WIDER * max(width_of(name, NAME, bold=True) for name in shown.names)
    beside = _TO_NAMES + _TO_TEXT + names_wide
    below = beside > _MOST_BESIDE * width
    box = Box(_LEFT, top, width - _LEFT - _MARGIN - (0 if below else beside), _HEIGHT - _TOP - _BOTTOM)
    across = max(1, int((width - 2 * _MARGIN) / (2 * _TO_TEXT + names_wide)))
    rows = math.ceil(len(shown.names) / across) if below else 0
    note = broken_lines(shown.note, DETAIL, NOTE_SHARE * (width - 2 * _MARGIN))
    foot = _HEIGHT + top - _TOP + rows * _LINE
    height = max(foot, 0 if below else top + _LINE * len(shown.names) + _MARGIN) + NOTE_LINE * len(note)
    finite = shown.ratios[np.isfinite(shown.ratios)]
    most = math.log10(max(2.0, _FARTHEST * float(finite.max(initial=1.0))))
    stairs = [_staircase(ratios, box, most) for ratios in shown.ratios]
    moved = _apart([float(line[-1, 1]) for line in stairs], box)
    order = sorted(range(len(stairs)), key=lambda k: (float(stairs[k][-1, 1]) + moved[k], k))
    drawn = [
        tag("title", escaped("Performance profiles")),
        tag("rect", width=width, height=height, fill=theme.paper),
        *_grid(shown, box, most, theme),
    ]
    for k in reversed(range(len(stairs))):
        drawn += _drawn(stairs[k] + (0.0, moved[k]), k % SLOTS, theme)
    for place, k in enumerate(order):
        if below:
            column, row = place % across, place // across
            left = _MARGIN + _TO_TEXT / 2 + column * (width - 2 * _MARGIN) / across
            at = (left, foot - (rows - row) * _LINE)
        else:
            at = (box.right + _TO_NAMES, top + (place + 0.5) * _LINE)
            drawn.append(_leader((box.right, float(stairs[k][-1, 1]) + moved[k]), at, theme))
        drawn.append(_named(shown.names[k], k % SLOTS, at, theme))
    if shown.title:
        drawn.append(line_of_text(shown.title, _MARGIN, _TITLE_LINE, _TITLE, font_weight="600", fill=theme.ink))
    for k, text in enumerate(note, 1):
        drawn.append(line_of_text(text, _MARGIN, height - NOTE_LINE * (len(note) - k) - 8, DETAIL, fill=theme.ink2))
    return document(width, height, *drawn, scale=scale, unit=canvas.unit) + "\n"


def _staircase(ratios: Array, box: Box, most: float) -> Array:
    """The vertices of a staircase in pixels: from factor 1 to the end of the chart, with a step up at each ratio."""
    steps = np.sort(ratios[np.isfinite(ratios)])
    logs = np.log10(steps)
    shares = np.arange(1, len(steps) + 1) / len(ratios)
    across = np.concatenate([[0.0], np.repeat(logs, 2), [most]])
    up = np.concatenate([[0.0], np.repeat(np.concatenate([[0.0], shares]), 2)[1:-1], [len(steps) / len(ratios)]])
    places: Array = np.column_stack([box.left + across / most * box.width, box.bottom - up * box.height])
    return places


def _apart(ends: Sequence[float], box: Box) -> list[float]:
    """The pixels by which each staircase is moved down, so that those that end at the same height do not overlap."""
    moved = []
    for k, end in enumerate(ends):
        same = [j for j, other in enumerate(ends) if abs(other - end) < _APART]
        by = _APART * (same.index(k) - (len(same) - 1) / 2)
        moved.append(max(box.top - end, by) if len(same) == 1 else by)
    return moved


def _grid(shown: ProfileChart, box: Box, most: float, theme: Theme) -> list[str]:
    rows = [(f"{share:g}", box.bottom - share * box.height) for share in _SHARES]
    columns = list(_ticks(box, most))
    lines = "".join(f"M{box.left:g} {y:.1f}h{box.width:g}" for _, y in rows)
    edge = f"M{box.left:g} {box.top - 6:g}V{box.bottom:g}H{box.right:g}"
    ticks = "".join(f"M{x:.1f} {box.bottom:g}v5" for _, x in columns)
    words = [line_of_text(text, box.left - 8, y + 4.5, 12.5, text_anchor="end") for text, y in rows]
    words += [line_of_text(text, x, box.bottom + 19, 12.5, text_anchor="middle") for text, x in columns]
    names = [
        line_of_text(f"share of {shown.of}", box.left + 6, box.top - 12, DETAIL),
        line_of_text("times the fewest gradients", box.right, box.bottom + 38, DETAIL, text_anchor="end"),
    ]
    return [
        tag("path", d=lines, stroke=theme.ink, stroke_opacity=0.16, stroke_width=0.8),
        tag("path", d=edge + ticks, stroke=theme.ink, fill="none"),
        tag("g", *words, fill=theme.ink2),
        tag("g", *names, fill=theme.ink),
    ]


def _ticks(box: Box, most: float) -> Iterator[tuple[str, float]]:
    """The factors whose numbers have room, with their positions in pixels."""
    free = -math.inf
    for factor in (each * 10.0**decade for decade in range(math.ceil(most) + 1) for each in _TICKS):
        x = box.left + math.log10(factor) / most * box.width
        if free <= x <= box.right:
            yield f"{factor:,.0f}", x
            free = x + _TICKS_APART


def _drawn(places: Array, slot: int, theme: Theme) -> list[str]:
    """A staircase, with markers where it rises."""
    colour, dash = theme.runs[slot], " ".join(map(number, DASHES[slot])) or None
    d = "M" + "L".join(f"{number(x)} {number(y)}" for x, y in places.tolist())
    style: dict[str, Attribute] = {
        "stroke": colour,
        "stroke_width": ROUTE["width"],
        "stroke_linejoin": "round",
        "stroke_linecap": "round",
    }
    drawn = [tag("path", d=d, fill="none", stroke_dasharray=dash, **style)]
    last = -math.inf
    for x, y in places[2:-1:2].tolist():
        if x - last >= _MARKED_EACH:
            drawn.append(tag("path", d=marker(slot, _HEAD), transform=moved_to((x, y)), fill=colour))
            last = x
    return drawn


def _leader(end: Pair, at: Pair, theme: Theme) -> str:
    """A line from the end of a staircase to its name."""
    d = f"M{number(end[0] + 2)} {number(end[1])}L{number(at[0] - _HEAD - 3)} {number(at[1])}"
    return tag("path", d=d, stroke=theme.ink2, stroke_width=0.7, fill="none")


def _named(name: str, slot: int, at: Pair, theme: Theme) -> str:
    """The marker of a staircase, followed by its name."""
    head = tag("path", d=marker(slot, _HEAD), transform=moved_to(at), fill=theme.runs[slot])
    return head + line_of_text(name, at[0] + _TO_TEXT, at[1] + NAME / 3, NAME, fill=theme.ink, font_weight="600")
