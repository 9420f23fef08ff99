"""The last losses of several runs: over one hyperparameter as lines in one chart, over two as a map for each run."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np

from fallline.descent import End
from fallline.drawing.axes import Axes, ScaledAxis
from fallline.drawing.geometry import Box
from fallline.drawing.heat_map import hatching
from fallline.drawing.layout import (
    AXIS_NUMBER,
    BAR,
    DETAIL,
    LEFT,
    NAME,
    NOTE_LINE,
    NOTE_SHARE,
    ROW,
    SCALE_NAME,
    SCALE_NUMBERS,
    SCALE_WIDEST,
    WIDER,
    Canvas,
    Layout,
    Route,
    flow_of,
)
from fallline.drawing.legend import legend, tint_scale
from fallline.drawing.levels import LossScale, loss_scale
from fallline.drawing.loss_chart import loss_axis, ruled_grid
from fallline.drawing.markers import head, marker
from fallline.drawing.number_text import level_text, nice_step, value_text
from fallline.drawing.paths import Path, draw_paths
from fallline.drawing.svg import (
    Attribute,
    broken_lines,
    document,
    escaped,
    line_of_text,
    moved_to,
    rect,
    shortened,
    tag,
    width_of,
)
from fallline.drawing.theme import THEMES, Theme, hexadecimal
from fallline.types import Array

_MARGIN, _TITLE, _TITLE_LINE, _FOOT = 16.0, 19.0, 30.0, 34.0
_HIGH = 300.0
"""The height of the plot with the lines, in pixels."""
_LANE = 11.0
"""The distance between the lines above the plot that show where runs diverge, in pixels."""
_DECADE = 10.0
"""The axis is logarithmic if the values are positive and span more than this factor."""
_TICKS_APART, _BETWEEN = 70.0, 10.0
"""The least distance of two ticks, and of two numbers at a map, in pixels."""
_MAP_WIDE = 215.0
"""The least width of a map if several are side by side, in pixels."""
_MAP_HEAD, _MAP_FOOT = 44.0, 42.0
"""Pixels above a map for its names, and below it for its numbers."""
_CELL = 15.0, 34.0
"""The least and the greatest height of a cell, in pixels."""
_MAP_HIGH = 190.0
_RING = 5.0


@dataclass(frozen=True, eq=False)
class GridOfLosses:
    """The content of a chart of last losses.

    Args:
        names: of the runs; the index of each decides its colour, dash and marker.
        values: one hyperparameter, or two -> the values that were tried.
        loss: the last loss of each run, (runs, values) or (runs, values, values); NaN if there is none.
        start: the loss at the start.
        title: the text above the chart, may be empty; note: below it, by default an explanation of the marks.
    """

    names: Sequence[str]
    values: Mapping[str, Array]
    loss: Array
    start: float
    title: str = ""
    note: str | None = None


def grid_chart(shown: GridOfLosses, canvas: Canvas) -> str:
    """The SVG. Its height follows from its legend or its maps."""
    theme, scale = THEMES[canvas.theme], canvas.font_size / AXIS_NUMBER if canvas.font_size else 1.0
    width, top = canvas.width / scale, _TITLE_LINE + 12 if shown.title else _MARGIN
    bottom, drawn, remark = (_lines if len(shown.values) == 1 else _maps)(shown, width, top, theme)
    text = f"{_note(shown)}{remark}" if shown.note is None else shown.note
    note = broken_lines(text, DETAIL, NOTE_SHARE * (width - 2 * _MARGIN))
    height = bottom + NOTE_LINE * len(note) + 8
    over = " and ".join(map(_words, shown.values))
    around = [
        tag("title", escaped(f"{shown.title}: last loss over {over}" if shown.title else f"Last loss over {over}")),
        tag("rect", width=width, height=height, fill=theme.paper),
    ]
    if shown.title:
        title = shortened(shown.title, _TITLE, width - 2 * _MARGIN, bold=True)
        around.append(line_of_text(title, _MARGIN, _TITLE_LINE, _TITLE, font_weight="600", fill=theme.ink))
    below = [
        line_of_text(text, _MARGIN, bottom + NOTE_LINE * k - 4, DETAIL, fill=theme.ink2)
        for k, text in enumerate(note, 1)
    ]
    return document(width, height, *around, *drawn, *below, scale=scale, unit=canvas.unit) + "\n"


def _note(shown: GridOfLosses) -> str:
    lost = bool(np.isnan(shown.loss).any())
    if len(shown.values) == 1:
        diverges = " A line above the chart: there the run diverges, or a fault ends it." if lost else ""
        return f"The last loss of each run, at its marker and beside its name the least.{diverges}"
    diverges = " Hatched: the run diverges, or a fault ends it." if lost else ""
    return f"The last loss of each run, at its ring and below its name the least.{diverges}"


def _words(name: str) -> str:
    return name.replace("_", " ")


def _best(loss: Array) -> int | None:
    """The flat index of the least loss; None if all are NaN."""
    return None if np.isnan(loss).all() else int(np.nanargmin(loss))


def _lines(shown: GridOfLosses, width: float, top: float, theme: Theme) -> tuple[float, list[str], str]:
    """The lower end of the chart in pixels, its SVG, and a remark on it."""
    ((name, values),) = shown.values.items()
    order = np.argsort(values)
    values, losses = values[order], shown.loss[:, order]
    routes = [
        Route(None, label, _where([values], loss), index)
        for index, (label, loss) in enumerate(zip(shown.names, losses, strict=True))
    ]
    across = width - LEFT - _MARGIN
    entries = tuple(flow_of(routes, width - 2 * _MARGIN))
    lost = [index for index, loss in enumerate(losses) if np.isnan(loss).any()]
    box = Box(LEFT, top + ROW * (1 + entries[-1][1]) + 20 + _LANE * len(lost), across, _HIGH)
    x = _axis_of(name, values, box)
    axes = Axes(box, x, loss_axis(np.append(losses, shown.start), shown.start, box))
    layout = Layout(width, box.bottom + _FOOT, 1.0, theme, box, legend=entries)
    at = x.pixels(np.log10(values) if x.log else values)
    paths: list[Path] = []
    marks = []
    for route, loss in zip(routes, losses, strict=True):
        places, around, best = np.column_stack([at, _heights(loss, axes)]), box.around(0.5), _best(loss)
        for part in _stretches(loss, lost=False):
            paths.append(Path(len(paths), route, around, places[part], part.stop - part.start - 1, _END))
        marked = Path(0, route, around, places[best : best + 1], 0, _END) if best is not None else None
        if marked and marked.head:
            marks.append(tag("g", head(marked, layout), transform=moved_to(marked.head)))
    drawn = [
        ruled_grid(axes, layout, fine=False),
        *_start_line(shown.start, axes, theme),
        *(
            _diverging(losses[index], routes[index].slot_at(index), at, box.top - 12 - _LANE * k, theme)
            for k, index in enumerate(lost)
        ),
        tag("clipPath", rect(box.around(1)), id="frame"),
        draw_paths(paths, 0, layout, balls=False),
        tag("g", *marks, stroke_linejoin="round"),
        *legend(routes, replace(layout, box=Box(_MARGIN, box.top, width - 2 * _MARGIN, _HIGH)), top),
    ]
    deepest = 10.0**axes.y.low if axes.y.log else -math.inf
    below = f" On the lower edge lie losses below {level_text(deepest)}." if (losses < deepest).any() else ""
    return box.bottom + _FOOT, drawn, below


_END = End("max_steps", 0, None, "")
"""The end of a line of the chart, which has no reason other than that its values end."""


def _where(values: Sequence[Array], loss: Array) -> str:
    """The text of the least loss and of the values at which it is reached."""
    best = _best(loss)
    if best is None:
        return "has none"
    at = np.unravel_index(best, loss.shape)
    place = ", ".join(value_text(float(each[k]), 3) for each, k in zip(values, at, strict=True))
    return f"{value_text(float(loss.flat[best]), 2)} at {place}"


def _axis_of(name: str, values: Array, box: Box) -> ScaledAxis:
    """The axis of a hyperparameter; logarithmic if its values span more than a decade."""
    low, high = float(values[0]), float(values[-1])
    if low > 0 and high / low > _DECADE:
        low, high = math.log10(low), math.log10(high)
        step = max(1.0, math.ceil((high - low) * _TICKS_APART / box.width))
        return ScaledAxis(_words(name), low, high, box.left, box.right, step, log=True)
    if low == high:
        low, high = low - (abs(low) or 1.0) / 2, high + (abs(high) or 1.0) / 2
    return ScaledAxis(_words(name), low, high, box.left, box.right, nice_step((high - low) * _TICKS_APART / box.width))


def _heights(loss: Array, axes: Axes) -> Array:
    """The y of losses in pixels. On a logarithmic axis, losses below the chart lie on its lower edge."""
    return axes.y.pixels(np.log10(np.maximum(loss, 10.0**axes.y.low)) if axes.y.log else loss)


def _stretches(loss: Array, *, lost: bool) -> Iterator[slice]:
    """The stretches of neighbouring values with a loss; or those without, if `lost`."""
    for is_lost, group in groupby(range(len(loss)), key=lambda k: bool(np.isnan(loss[k]))):
        if is_lost == lost:
            indices = list(group)
            yield slice(indices[0], indices[-1] + 1)


def _start_line(start: float, axes: Axes, theme: Theme) -> Iterator[str]:
    """A line across the chart at the loss of the start."""
    y = axes.y.pixels(math.log10(start)) if axes.y.log and start > 0 else axes.y.pixels(start)
    if (start > 0 or not axes.y.log) and axes.box.top <= y <= axes.box.bottom:
        d = f"M{axes.box.left:g} {y:.1f}h{axes.box.width:g}"
        yield tag("path", d=d, stroke=theme.ink, stroke_width=1.2, stroke_dasharray="2 4")
        line = y + DETAIL + 2 if y - DETAIL - 5 < axes.box.top else y - 5
        yield line_of_text("start", axes.box.right - 8, line, DETAIL, fill=theme.ink2, text_anchor="end")


def _diverging(loss: Array, slot: int, at: Array, y: float, theme: Theme) -> str:
    """A line above the values for which a run has no loss, beginning with its marker."""
    edges = np.concatenate([at[:1], (at[1:] + at[:-1]) / 2, at[-1:]])
    spans = [(float(edges[part.start]), float(edges[part.stop])) for part in _stretches(loss, lost=True)]
    d = "".join(f"M{left - 2:.1f} {y:.1f}H{right + 2:.1f}" for left, right in spans)
    heads = (tag("path", d=marker(slot, 4.5), transform=moved_to((left, y))) for left, _ in spans)
    return tag("g", tag("path", d=d, stroke=theme.runs[slot], stroke_width=3), *heads, fill=theme.runs[slot])


def _maps(shown: GridOfLosses, width: float, top: float, theme: Theme) -> tuple[float, list[str], str]:
    """The lower end of the maps in pixels, their SVG with the scale of their tints, and an empty remark."""
    scale = loss_scale(shown.loss)
    numbers = [value_text(value, 3) for value in [*shown.values.values()][1].tolist()]
    left = max(width_of(text, AXIS_NUMBER) for text in numbers) + 34
    widest = max(WIDER * width_of(name, NAME, bold=True) for name in shown.names)
    across = max(1, min(len(shown.names), int((width - _MARGIN) / (left + max(widest, _MAP_WIDE)))))
    part = (width - _MARGIN) / across
    bar = Box(_MARGIN + SCALE_NAME, top + 6, min(SCALE_WIDEST, width - SCALE_NAME - 2 * _MARGIN - 10), BAR)
    layout = Layout(width, 0.0, 1.0, theme, bar)
    drawn = [hatching(theme), *([tint_scale(scale, layout, bar)] if scale.levels else [])]
    top += 6 + BAR + SCALE_NUMBERS if scale.levels else 0
    high = min(_CELL[1], max(_CELL[0], _MAP_HIGH / len(numbers)))
    each = _MAP_HEAD + high * len(numbers) + _MAP_FOOT
    for index in range(len(shown.names)):
        row, column = divmod(index, across)
        box = Box(column * part + left, top + _MAP_HEAD + row * each, part - left, high * len(numbers))
        drawn += _map(shown, index, box, scale, theme)
    return top + each * math.ceil(len(shown.names) / across), drawn, ""


def _map(shown: GridOfLosses, index: int, box: Box, scale: LossScale, theme: Theme) -> Iterator[str]:
    """The map of one run: the first hyperparameter increases to the right, the second upwards."""
    (x_name, xs), (y_name, ys) = shown.values.items()
    rights, ups = np.argsort(xs), np.argsort(ys)
    loss, tints = shown.loss[index][np.ix_(rights, ups)], [hexadecimal(colour) for colour in scale.tints(theme)]
    wide, high, best = box.width / len(xs), box.height / len(ys), _best(loss)
    ring: str = ""
    for i, j in np.ndindex(*loss.shape):
        cell = Box(box.left + i * wide, box.bottom - (j + 1) * high, wide, high)
        value = float(loss[i, j])
        fill = "url(#never)" if math.isnan(value) else tints[scale.band(value)]
        yield rect(cell, fill=fill, stroke=theme.paper, stroke_width=min(1.0, wide / 20))
        if best == i * len(ys) + j:
            middle = {"cx": cell.left + wide / 2, "cy": cell.top + high / 2, "r": min(_RING, 0.4 * high)}
            ring = tag("circle", **middle, fill=theme.paper, stroke=theme.ink, stroke_width=1.8)
    yield rect(box, fill="none", stroke=theme.ink) + ring
    name = shortened(shown.names[index], NAME, box.width / WIDER, bold=True)
    detail = _where([xs[rights], ys[ups]], loss)
    yield line_of_text(name, box.left, box.top - 7 - NOTE_LINE, NAME, font_weight="600", fill=theme.ink)
    yield line_of_text(shortened(detail, DETAIL, box.width / WIDER), box.left, box.top - 7, DETAIL, fill=theme.ink2)
    yield from _numbers(_words(x_name), xs[rights], _words(y_name), ys[ups], box, theme)


def _numbers(x_name: str, xs: Array, y_name: str, ys: Array, box: Box, theme: Theme) -> Iterator[str]:
    """The values beside the cells, as many as there is room for, and the names of both hyperparameters."""
    widest = max(width_of(value_text(value, 3), AXIS_NUMBER) for value in xs.tolist())
    apart = math.ceil((widest + _BETWEEN) * len(xs) / box.width)
    below = [
        line_of_text(
            value_text(value, 3), box.left + (k + 0.5) * box.width / len(xs), box.bottom + 16, AXIS_NUMBER,
            text_anchor="middle",
        )
        for k, value in enumerate(xs.tolist()) if k % apart == 0
    ]  # fmt: skip
    every = math.ceil(AXIS_NUMBER * len(ys) / box.height)
    up = [
        line_of_text(
            value_text(value, 3), box.left - 7, box.bottom - (k + 0.5) * box.height / len(ys) + 4, AXIS_NUMBER,
            text_anchor="end",
        )
        for k, value in enumerate(ys.tolist()) if k % every == 0
    ]  # fmt: skip
    yield tag("g", *below, *up, fill=theme.ink2)
    numbers = max(width_of(value_text(value, 3), AXIS_NUMBER) for value in ys.tolist())
    turned = f"translate({box.left - 14 - numbers:.1f} {box.top + box.height / 2:.1f}) rotate(-90)"
    style: dict[str, Attribute] = {"font_weight": "600", "font_style": "italic", "text_anchor": "middle"}
    yield tag(
        "g",
        line_of_text(x_name, box.left + box.width / 2, box.bottom + 32, DETAIL),
        line_of_text(y_name, 0, 0, DETAIL, transform=turned),
        fill=theme.ink,
        **style,
    )
