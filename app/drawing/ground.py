"""The printed ground: a flat tint for each band, contours cut for their numbers; or a curve over what lies below it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np

from app.drawing.colour import hexadecimal, mix, on_tint, tints
from app.drawing.labels import Label, placed
from app.drawing.levels import Levels
from app.drawing.look import Look
from app.drawing.occupancy import Occupancy
from app.drawing.relief import Contour, Relief
from app.drawing.survey import Work
from app.drawing.svg import PARTS, outline, tag, words
from app.drawing.table import CONTOURS, Triple
from app.drawing.thinning import Points, straightened
from app.drawing.view import View

SHRUNK = f"scale({1 / PARTS:g})"
NUMBER = 12.0
GAP = 9.0
"""Between the lines of the hatching."""

STAMP_INDEX = 0.9
"""Width of an index contour on a stamp, which has no others."""

FADED = ((0.0, 0.0), (0.5, 0.06), (1.0, 0.53))
"""How the strip below a curve goes out towards the depth: share of the height, share of paper."""


def _colours(levels: Levels, look: Look) -> list[Triple]:
    return tints(look.theme, len(levels.lines) + 1)


def unsurveyed(look: Look) -> str:
    """Paper, hatched as maps mark what could not be surveyed: to lie where the loss is not finite."""
    box, gap = look.box, GAP * look.s
    lines = "".join(
        f"M{box.left + d:.1f} {box.bottom:.1f}l{box.height:.1f}{-box.height:.1f}"
        for d in np.arange(-box.height, box.width, gap)
    )
    paper = tag("rect", x=box.left, y=box.top, width=box.width, height=box.height, fill=look.theme.paper)
    hatching = tag("path", d=lines, stroke=look.theme.ink, stroke_width=0.8 * look.s, stroke_opacity=0.16, fill="none")
    return paper + hatching


def outlines(relief: Relief) -> Iterator[str]:
    """The outlines that the ground is filled and lined with, once each."""
    for k, contour in enumerate(relief.contours):
        yield tag("path", id=f"a{k}", d=contour.area)
        if contour.edge is not None:
            yield tag("path", id=f"e{k}", d=contour.edge)


def bands(relief: Relief, levels: Levels, look: Look) -> str:
    """The tints, each laid over all lower ones, so that no seam shows between two."""
    colours = [hexadecimal(colour) for colour in _colours(levels, look)]
    box, lowest = look.box, colours[relief.first_tint]
    if relief.whole is None:
        floor = tag("rect", x=box.left, y=box.top, width=box.width, height=box.height, fill=lowest)
    else:
        floor = unsurveyed(look) + tag("path", d=relief.whole, fill=lowest, transform=SHRUNK)
    tinted = [(k, contour.tint) for k, contour in enumerate(relief.contours) if contour.tint is not None]
    areas = [tag("use", href=f"#a{k}", fill=colours[tint]) for k, tint in tinted]
    return floor + (tag("g", *areas, transform=SHRUNK) if areas else "")


def contours(relief: Relief, levels: Levels, look: Look) -> str:
    """The lines; a stamp has those of the index alone."""
    colours = _colours(levels, look)
    drawn = [(k, each) for k, each in enumerate(relief.contours) if look.worded or each.line.index]
    lines = [_line(k, contour, _tint(contour.line.value, levels, colours), look) for k, contour in drawn]
    inner = tag("g", *lines, transform=SHRUNK, fill="none", stroke_linejoin="round") if lines else ""
    return tag("g", inner, clip_path="url(#lines)") if look.worded and inner else inner


def _line(k: int, contour: Contour, tint: Triple, look: Look) -> str:
    kind = "index" if contour.line.index else "minor"
    stroke = CONTOURS[kind]
    width = stroke.width * look.s if look.worded else STAMP_INDEX
    return tag(
        "use", href=f"#{'a' if contour.edge is None else 'e'}{k}",
        stroke=hexadecimal(on_tint(tint, look.theme.line[kind])),
        stroke_width=width * PARTS, stroke_opacity=stroke.opacity,
    )  # fmt: skip


def _tint(value: float, levels: Levels, colours: Sequence[Triple]) -> Triple:
    """The ground that a line runs on: half below, half above."""
    band = levels.band(value)
    return mix(colours[max(0, band - 1)], colours[band], 0.5)


def numbers(relief: Relief, look: Look, occupancy: Occupancy) -> Work[list[Label]]:
    """Where the numbers of the index contours stand; a stamp has none."""
    rings = [(contour.line.value, ring) for contour in relief.contours for ring in contour.rings]
    return (yield from placed(rings if look.worded else (), NUMBER * look.s, occupancy))


def written(labels: Sequence[Label], levels: Levels, look: Look) -> str:
    """The numbers of the index contours."""
    colours = _colours(levels, look)
    lines = []
    for label in labels:
        ink = hexadecimal(on_tint(_tint(label.value, levels, colours), look.theme.line["label"]))
        place = f"translate({label.x:.1f} {label.y:.1f}) rotate({math.degrees(label.angle):.1f})"
        lines.append(words(label.text, 0, 4.1 * look.s, NUMBER * look.s, transform=place, fill=ink))
    return tag("g", *lines, font_weight="600", text_anchor="middle") if lines else ""


def cut(labels: Sequence[Label], look: Look) -> str:
    """The clip that keeps lines off the numbers: the frame without their places, by the even-odd rule."""
    box = look.box
    holes = [_hole(label, 0.62 * NUMBER * look.s) for label in labels]
    d = f"M{box.left:g} {box.top:g}h{box.width:g}v{box.height:g}h{-box.width:g}z{''.join(holes)}"
    return tag("clipPath", tag("path", d=d, clip_rule="evenodd"), id="lines") if look.worded else ""


def _hole(label: Label, half: float) -> str:
    cos, sin, long = math.cos(label.angle), math.sin(label.angle), label.width / 2
    corners = [(u * long * cos - v * half * sin, u * long * sin + v * half * cos) for u, v in _CORNERS]
    return "M" + "L".join(f"{label.x + x:.1f} {label.y + y:.1f}" for x, y in corners) + "z"


_CORNERS = ((-1, -1), (-1, 1), (1, 1), (1, -1))


def section(curve: tuple[Points, Points], view: View, levels: Levels, look: Look) -> Iterator[str]:
    """A problem of one parameter: its curve, and below it the strip of map one would see from above."""
    x, loss = curve
    points = np.column_stack([view.box.left + (x - view.x0) * view.kx, view.box.top + (view.y1 - loss) * view.ky])
    parts = [part for part in _unbroken(points) if len(part) > 1]
    box = look.box
    yield tag("rect", x=box.left, y=box.top, width=box.width, height=box.height, fill=look.theme.paper)
    yield tag("clipPath", tag("path", d="".join(_below(part, look) for part in parts)), id="below")
    yield tag("g", *_columns(points[:, 0], loss, levels, look), _fade(look), clip_path="url(#below)")
    yield _curve(parts, look)


def _unbroken(points: Points) -> list[Points]:
    finite = np.isfinite(points[:, 1])
    breaks = np.flatnonzero(np.diff(finite)) + 1
    return [part for part in np.split(points, breaks) if np.isfinite(part[0, 1])]


def _below(part: Points, look: Look) -> str:
    top = np.maximum(part[:, 1], look.box.top - 10)
    line = "L".join(f"{x:.1f} {y:.1f}" for x, y in zip(part[:, 0].tolist(), top.tolist(), strict=True))
    return f"M{part[0, 0]:.1f} {look.box.bottom:g}L{line}V{look.box.bottom:g}z"


def _columns(x: Points, loss: Points, levels: Levels, look: Look) -> Iterator[str]:
    """The tint of every place along the parameter, and a line where it changes."""
    colours, box = _colours(levels, look), look.box
    band = np.searchsorted(levels.values, loss, side="right")
    starts = np.concatenate([[0], np.flatnonzero(np.diff(band)) + 1])
    for start, end in zip(starts, [*starts[1:], len(x) - 1], strict=True):
        tint = colours[band[start]]
        left, width = float(x[start]), float(x[end] - x[start])
        yield tag("rect", x=left, y=box.top, width=width + 0.6, height=box.height, fill=hexadecimal(tint))
        if start and look.worded:
            edge = colours[max(band[start], band[start - 1])]
            stroke = hexadecimal(on_tint(edge, look.theme.line["minor"]))
            line = f"M{left:.1f} {box.top:g}v{box.height:g}"
            yield tag("path", d=line, stroke=stroke, stroke_width=CONTOURS["minor"].width * look.s)


def _fade(look: Look) -> str:
    box, paper = look.box, look.theme.paper
    stops = [tag("stop", offset=offset, stop_color=paper, stop_opacity=opacity) for offset, opacity in FADED]
    gradient = tag("linearGradient", *stops, id="fade", x2=0.0, y2=1.0)
    return gradient + tag("rect", x=box.left, y=box.top, width=box.width, height=box.height, fill="url(#fade)")


def _curve(parts: Sequence[Points], look: Look) -> str:
    if not parts:
        return ""
    offsets = np.concatenate([[0], np.cumsum([len(part) for part in parts])])
    line = outline(*straightened(np.concatenate(parts) * PARTS, offsets, 0.5, 4), closed=False)
    width = (1.6 * look.s if look.worded else 1.2) * PARTS
    style = {"fill": "none", "stroke": look.theme.ink, "stroke_linejoin": "round"}
    return tag("path", d=line, transform=SHRUNK, stroke_width=width, **style)
