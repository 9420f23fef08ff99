"""A heat map of a comparison: a row for each problem, a column for each solver, tinted by the ratio to the best."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from fallline.drawing.geometry import Box
from fallline.drawing.layout import AXIS_NUMBER, NAME, NOTE_LINE, NOTE_SHARE, WIDER, Canvas
from fallline.drawing.svg import Attribute, broken_lines, document, escaped, line_of_text, rect, tag, width_of
from fallline.drawing.theme import THEMES, Theme, hexadecimal, tints

TINTED_FROM: Sequence[float] = (1, 2, 5, 10, 20, 50)
"""The largest ratio of each tint except the last: only the best has 1; then come ratios up to 2, up to 5, and so on."""
_NUMBER, _HEADING, _NOTE = 14.0, 19.0, 13.0
_HIGH = 30.0
_MARGIN, _GAP, _SLANT = 16.0, 10.0, 40
"""Pixels around the map and beside names; the slope, in degrees, of the names of columns if they are too wide."""
_NARROWEST = 42.0
"""The least width of a column, in pixels."""
_LEGEND = 62.0
"""The height of the legend below the map, in pixels."""
_NEVER = "never"


@dataclass(frozen=True)
class HeatMap:
    """The content of a heat map.

    Args:
        title: the text above the map; note: below it; either may be empty.
        rows, columns: the names of problems and of solvers.
        needed: for each row and column, the number of gradients that were needed; infinite for never.
        ratios: the same, divided by the least of the row.
    """

    title: str
    note: str
    rows: Sequence[str]
    columns: Sequence[str]
    needed: Sequence[Sequence[float]]
    ratios: Sequence[Sequence[float]]


def heat_map(shown: HeatMap, canvas: Canvas) -> str:
    """The SVG of a heat map. Its height follows from its rows; if names need more width, everything is scaled down."""
    theme, width = THEMES[canvas.theme], canvas.width * (AXIS_NUMBER / canvas.font_size if canvas.font_size else 1.0)
    left = _MARGIN + WIDER * max(width_of(name, NAME) for name in shown.rows) + _GAP
    wide = [WIDER * width_of(name, NAME) for name in shown.columns]
    column = max(_NARROWEST, (width - left - _MARGIN) / len(wide))
    slanted = max(wide) + _GAP > column
    rise, runs = math.sin(math.radians(_SLANT)) * max(wide), [math.cos(math.radians(_SLANT)) * width for width in wide]
    right = left + column * len(wide)
    if slanted:
        fits = ((width - left - _MARGIN - run) / (j + 0.5) for j, run in enumerate(runs))
        column = max(_NARROWEST, min(column, *fits))
        right = max(left + column * (j + 0.5) + run for j, run in enumerate(runs))
    total = max(width, right + _MARGIN if slanted else right)
    top = (_HEADING + 2 * _MARGIN if shown.title else _MARGIN) + (rise + NAME if slanted else NAME + _GAP)
    box = Box(left, top, column * len(wide), _HIGH * len(shown.rows))
    note = broken_lines(shown.note, _NOTE, NOTE_SHARE * (total - 2 * _MARGIN))
    height = box.bottom + _LEGEND + NOTE_LINE * len(note) + _MARGIN / 2
    drawn = [
        tag("title", escaped(shown.title or "Heat map")),
        tag("rect", width=total, height=height, fill=theme.paper),
        hatching(theme),
        *_cells(shown, box, theme),
        rect(box, fill="none", stroke=theme.ink),
        *_names(shown, box, column, theme, slanted=slanted),
        *_legend(box.left, box.bottom + 16, min(box.width - 90, 420.0), theme),
    ]
    if shown.title:
        drawn.append(
            line_of_text(shown.title, _MARGIN, _MARGIN + _HEADING, _HEADING, font_weight="600", fill=theme.ink)
        )
    for k, text in enumerate(note):
        y = box.bottom + _LEGEND + NOTE_LINE * k + _NOTE / 2
        drawn.append(line_of_text(text, _MARGIN, y, _NOTE, fill=theme.ink2))
    return document(total, height, *drawn, scale=canvas.width / total, unit=canvas.unit) + "\n"


def count_text(needed: float) -> str:
    """The text of a number of gradients, or "never"."""
    return f"{needed:,.0f}" if math.isfinite(needed) else _NEVER


def _tint(ratio: float, theme: Theme) -> str:
    if not math.isfinite(ratio):
        return "url(#never)"
    band = next((k for k, factor in enumerate(TINTED_FROM) if ratio <= factor), len(TINTED_FROM))
    return hexadecimal(tints(theme, len(TINTED_FROM) + 1)[band])


def hatching(theme: Theme) -> str:
    """The pattern `never`, for cells without a number."""
    line = tag("path", d="M0 0v9", stroke=theme.ink, stroke_opacity=0.3, stroke_width=1.4)
    turned: dict[str, Attribute] = {"patternUnits": "userSpaceOnUse", "patternTransform": "rotate(45)"}
    return tag("pattern", line, id="never", width="6.4", height="9", **turned)


def _cells(shown: HeatMap, box: Box, theme: Theme) -> list[str]:
    column, cells, numbers = box.width / len(shown.columns), [], []
    for i, (needed, ratios) in enumerate(zip(shown.needed, shown.ratios, strict=True)):
        for j, (number, ratio) in enumerate(zip(needed, ratios, strict=True)):
            cell = Box(box.left + j * column, box.top + i * _HIGH, column, _HIGH)
            cells.append(rect(cell, fill=_tint(ratio, theme), stroke=theme.paper, stroke_width=1.5))
            if math.isfinite(number):
                style: dict[str, Attribute] = {"fill": theme.ink, "text_anchor": "middle"}
                weight = "600" if ratio == 1 else None
                x, y = cell.left + column / 2, cell.top + _HIGH / 2 + _NUMBER / 3
                numbers.append(line_of_text(count_text(number), x, y, _NUMBER, font_weight=weight, **style))
    return [*cells, *numbers]


def _names(shown: HeatMap, box: Box, column: float, theme: Theme, *, slanted: bool) -> list[str]:
    beside = [
        line_of_text(name, box.left - _GAP, box.top + (i + 0.5) * _HIGH + NAME / 3, NAME, text_anchor="end")
        for i, name in enumerate(shown.rows)
    ]
    above = []
    for j, name in enumerate(shown.columns):
        x, y = box.left + (j + 0.5) * column, box.top - _GAP
        if slanted:
            turned = f"translate({x:.1f} {y:.1f}) rotate({-_SLANT})"
            above.append(line_of_text(name, 0, 0, NAME, transform=turned))
        else:
            above.append(line_of_text(name, x, y, NAME, text_anchor="middle"))
    return [tag("g", *beside, *above, fill=theme.ink)]


def _legend(left: float, top: float, width: float, theme: Theme) -> list[str]:
    """The tints with their factors, and the hatching."""
    count, high = len(TINTED_FROM) + 1, 11.0
    part = width / count
    ratios = [*TINTED_FROM, 2 * TINTED_FROM[-1]]
    fields = [rect(Box(left + k * part, top, part, high), fill=_tint(ratio, theme)) for k, ratio in enumerate(ratios)]
    ticks = "".join(f"M{left + k * part:.1f} {top:g}v{high + 4:g}" for k in range(1, count))
    words = [line_of_text("times", left + width - part / 3, top + high + 16, _NOTE)]
    words += [line_of_text("fewest", left + part / 2, top + high + 16, _NOTE)]
    words += [
        line_of_text(f"{factor:g}", left + (k + 1) * part, top + high + 16, _NOTE)
        for k, factor in enumerate(TINTED_FROM) if k
    ]  # fmt: skip
    outline = rect(Box(left, top, width, high), fill="none", stroke=theme.ink, stroke_width=0.8)
    swatch = rect(Box(left + width + 24, top, 22, high), fill="url(#never)", stroke=theme.ink2, stroke_width=0.5)
    never = line_of_text(_NEVER, left + width + 52, top + high - 1, _NOTE, text_anchor="start")
    return [
        *fields,
        tag("path", d=ticks, stroke=theme.ink, stroke_width=0.8),
        outline,
        swatch,
        tag("g", *words, never, fill=theme.ink2, text_anchor="middle"),
    ]
