"""A ground whose tints and patterns show the end of each start, as on the page, with a few contours over it."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from fallline.drawing.axes import Axes
from fallline.drawing.contours import APART, CROSSINGS, contours_of, levels_in_sight, sampled
from fallline.drawing.layout import Layout, MapOfStarts
from fallline.drawing.levels import LossScale
from fallline.drawing.svg import FROM_TENTHS, TENTHS, path_data, tag
from fallline.drawing.theme import Theme, hexadecimal
from fallline.in_parts import InParts
from fallline.problems.minima import DIVERGED
from fallline.problems.problem import Problem
from fallline.types import Array

_SHARED: Mapping[str, Any] = json.loads(Path(__file__).with_name("basins.json").read_text(encoding="utf-8"))
DIFFERENT = len(_SHARED["patterns"])
"""The number of ends that can be told apart by their looks."""


def end_colours(index: int, theme: Theme) -> tuple[str, str]:
    """The colours of the ground and of its pattern, for starts that end in the minimum of this index."""
    shared = _SHARED[theme.name]
    lightness, chroma, hue = shared["tints"][_look(index) % len(shared["tints"])]
    a, b = chroma * np.cos(np.radians(hue)), chroma * np.sin(np.radians(hue))
    return hexadecimal((lightness, a, b)), hexadecimal((lightness + shared["pattern"], a, b))


def _look(index: int) -> int:
    """The look of an end. Each time that looks are used again their order is shifted by one, so that ends with equal
    looks are seldom side by side.
    """
    return (index + index // DIFFERENT) % DIFFERENT


def draw_ends(ends: MapOfStarts, axes: Axes, layout: Layout) -> str:
    """The ground: a cell around each start, in the tint and the pattern of its end."""
    across = axes.x.pixels(_edges(ends.x))
    up = np.array([axes.box.bottom, axes.box.top]) if ends.y is None else axes.y.pixels(_edges(ends.y))
    reached = np.unique(ends.end).tolist()
    patterns = [_pattern(end, layout) for end in reached]
    cells = [
        tag("path", d=_cells(ends.end == end, across, up), fill=f"url(#end{end})" if pattern else _plain(end, layout))
        for end, pattern in zip(reached, patterns, strict=True)
    ]
    return "".join(patterns) + tag("g", *cells, transform=FROM_TENTHS, shape_rendering="crispEdges")


def draw_few_contours(
    problem: Problem, axes: Axes, scale: LossScale, layout: Layout
) -> InParts[tuple[str, list[float]]]:
    """Return the index contours, without the others, and their losses."""
    samples = yield from sampled(problem.objective, axes, APART)
    levels = levels_in_sight(scale, samples[2], CROSSINGS * layout.box.width * layout.box.height)
    index, drawn = [level for level in levels if level.index], []
    style = _SHARED["contour"]
    for contour in contours_of(samples, scale, index):
        drawn.append(tag("path", d=path_data(contour.line)))
        yield
    lines = {"stroke": layout.theme.ink, "stroke_width": style["width"] * TENTHS, "stroke_opacity": style["opacity"]}
    return tag("g", *drawn, transform=FROM_TENTHS, fill="none", **lines), [level.value for level in index]


def _edges(at: Array) -> Array:
    """The edges between the cells of neighbouring starts; the outer edges are at the first and the last start."""
    return np.concatenate((at[:1], (at[1:] + at[:-1]) / 2, at[-1:]))


def _cells(chosen: Array, across: Array, up: Array) -> str:
    """The path data of the chosen cells; neighbours in a row are one rectangle."""
    return "".join(_row(row, across, low, high) for row, low, high in zip(chosen, up[:-1], up[1:], strict=True))


def _row(chosen: Array, across: Array, low: float, high: float) -> str:
    turns = np.flatnonzero(np.diff(np.concatenate(([0], chosen, [0]))))
    places = np.rint(across[turns] * TENTHS).astype(int).reshape(-1, 2).tolist()
    top, bottom = round(high * TENTHS), round(low * TENTHS)
    return "".join(f"M{left} {top}H{right}V{bottom}H{left}z" for left, right in places)


def _plain(end: int, layout: Layout) -> str:
    return layout.theme.paper if end < 0 else end_colours(end, layout.theme)[0]


def _pattern(end: int, layout: Layout) -> str:
    """The pattern of an end, in tenths of a pixel as the cells; empty if its tint is plain."""
    if end == DIVERGED:
        size, lines, turned, ink = (4.24, 4.24), "M.46 0v4.24", "rotate(-45)", layout.theme.ink
        style = {"stroke": ink, "stroke_opacity": _SHARED["hatch"], "stroke_width": 0.92}
    else:
        kind = _SHARED["patterns"][_look(end)] if end >= 0 else "plain"
        if kind == "plain":
            return ""
        size, lines, width, turned = _PATTERNS[kind]
        style = {"stroke": end_colours(end, layout.theme)[1], "stroke_width": width}
    ground = tag("rect", width=size[0], height=size[1], fill=_plain(end, layout))
    place = {"patternUnits": "userSpaceOnUse", "patternTransform": f"scale({TENTHS}) {turned}".rstrip()}
    drawn = tag("path", d=lines, fill="none", **style)
    return tag("pattern", ground, drawn, id=f"end{end}", width=size[0], height=size[1], **place)


_PATTERNS: Mapping[str, tuple[tuple[float, float], str, float, str]] = {
    "lines": ((8, 8), "M0 .5h8", 1, ""),
    "dots": ((12, 6), "M0 .8h1.6M6 3.8h1.6", 1.6, ""),
    "diagonals": ((6.36, 6.36), "M.46 0v6.36", 0.92, "rotate(45)"),
    "uprights": ((8, 8), "M.5 0v8", 1, ""),
    "grid": ((10, 10), "M.5 0v10M0 .5h10", 1, ""),
    "dashes": ((12, 12), "M0 .6h6M6 6.6h6", 1.2, ""),
    "lattice": ((8.49, 8.49), "M.46 0v8.49M0 .46h8.49", 0.92, "rotate(45)"),
}
"""The name of a pattern -> its size, strokes, their width, and its rotation; in pixels, as on the page."""
