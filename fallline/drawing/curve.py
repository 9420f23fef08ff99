"""The picture of a problem with one parameter: its loss as a curve, over the tints that a map of it has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from fallline.drawing.axes import Axes, axes_of
from fallline.drawing.geometry import Points, separate, simplified
from fallline.drawing.layout import Layout, Scene
from fallline.drawing.levels import LossScale
from fallline.drawing.sampling import losses
from fallline.drawing.svg import FROM_TENTHS, TENTHS, path_data, rect, tag
from fallline.drawing.theme import CONTOURS, hexadecimal, on_tint
from fallline.in_parts import InParts
from fallline.types import Array, Pair

ABOVE, BELOW = 0.06, 0.12
"""Room above and below a curve, as shares of its height."""
FLAT, TINY = 1e-12, 1e-200
"""A curve lower than this, against its distance from 0 or at all, is drawn as a flat one."""
FADED = ((0.0, 0.0), (0.5, 0.06), (1.0, 0.53))
"""How the tints below a curve fade out downwards: share of the height, opacity of the paper over them."""


@dataclass(frozen=True, eq=False)
class Curve:
    """The loss at every pixel across, and the axes that show it; nan where it is not a finite number."""

    x: Array
    loss: Array
    axes: Axes


def sampled_curve(scene: Scene, layout: Layout) -> InParts[Curve]:
    """Return the curve of a scene."""
    (window,) = scene.visible_domain
    x = np.linspace(*window, int(layout.box.width) + 1)
    loss = yield from losses(scene.problem.objective, [x])
    names = (scene.problem.parameters[0], "loss")
    return Curve(x, loss, axes_of(names, (window, _range(loss)), layout.box, equal=False))


def _range(loss: Array) -> Pair:
    """The losses at the lower and the upper edge of the picture."""
    finite = loss[np.isfinite(loss)]
    if not finite.size:
        return 0.0, 1.0
    low, high = float(finite.min()), float(finite.max())
    size = max(abs(low), abs(high))
    height = high - low if high - low > max(FLAT * size, TINY) else max(size, 1.0) / 2
    return low - BELOW * height, high + ABOVE * height


def draw_curve(curve: Curve, scale: LossScale, layout: Layout, marks: str) -> str:
    """The curve in its frame, with `marks` on it."""
    points = np.column_stack(curve.axes.pixels(curve.x, curve.loss))
    below = tag("clipPath", tag("path", d="".join(_below(part, layout) for part in separate(points))), id="below")
    stops = [tag("stop", offset=at, stop_color=layout.theme.paper, stop_opacity=opacity) for at, opacity in FADED]
    fade = tag("linearGradient", *stops, id="fade", x2=0.0, y2=1.0) + rect(layout.box, fill="url(#fade)")
    strip = tag("g", *_strip(points[:, 0], curve.loss, scale, layout), fade, clip_path="url(#below)")
    ground = rect(layout.box, fill=layout.theme.paper)
    return tag("g", ground, below, strip, _line(points, layout), marks, clip_path="url(#frame)")


def _below(part: Points, layout: Layout) -> str:
    """The outline of what lies below a piece of the curve, as path data."""
    top = np.maximum(part[:, 1], layout.box.top - 10)
    line = "L".join(f"{x:.1f} {y:.1f}" for x, y in zip(part[:, 0].tolist(), top.tolist(), strict=True))
    return f"M{part[0, 0]:.1f} {layout.box.bottom:g}L{line}V{layout.box.bottom:g}z"


def _strip(x: Points, loss: Array, scale: LossScale, layout: Layout) -> Iterator[str]:
    """The tint of every place along the parameter, and a line where it changes."""
    tints = scale.tints(layout.theme)
    box = layout.box
    band = np.searchsorted(scale.values, loss, side="right")
    starts = np.concatenate([[0], np.flatnonzero(np.diff(band)) + 1])
    for start, end in zip(starts, [*starts[1:], len(x) - 1], strict=True):
        left, width = float(x[start]), float(x[end] - x[start])
        fill = hexadecimal(tints[band[start]])
        yield tag("rect", x=left, y=box.top, width=width + 0.6, height=box.height, fill=fill)
        if start and layout.has_text:
            edge = tints[max(band[start], band[start - 1])]
            stroke = hexadecimal(on_tint(edge, layout.theme.line["minor"]))
            line = f"M{left:.1f} {box.top:g}v{box.height:g}"
            yield tag("path", d=line, stroke=stroke, stroke_width=CONTOURS["minor"]["width"])


def _line(points: Points, layout: Layout) -> str:
    d = path_data(simplified(points, 0.05, 4))
    width = 1.6 * TENTHS
    style = {"fill": "none", "stroke": layout.theme.ink, "stroke_linejoin": "round"}
    return tag("path", d=d, transform=FROM_TENTHS, stroke_width=width, **style)
