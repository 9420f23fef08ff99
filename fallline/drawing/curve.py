"""The picture of a problem with one parameter: its loss as a curve, filled with the tints of the loss."""

from itertools import pairwise

import numpy as np

from fallline.drawing.axes import Axes, axes_of
from fallline.drawing.geometry import separate, simplified
from fallline.drawing.layout import Layout, Scene
from fallline.drawing.levels import LossScale, losses
from fallline.drawing.svg import FROM_TENTHS, TENTHS, path_data, tag
from fallline.drawing.theme import CONTOURS, hexadecimal, on_tint
from fallline.in_parts import InParts
from fallline.types import Array, Pair

ROOM_ABOVE, ROOM_BELOW = 0.06, 0.12
"""The room above and below a curve, as shares of its height."""
FLAT, FLAT_AT_ALL = 1e-12, 1e-200
"""A curve counts as flat if its height is at most this times its distance from 0, or at most the second number."""


def sampled_curve(scene: Scene, layout: Layout) -> InParts[tuple[Axes, Array]]:
    """Return the axes of a curve, and the loss at every pixel across; nan where it is not a finite number."""
    (window,) = scene.visible_domain
    loss = yield from losses(scene.problem.objective, [np.linspace(*window, int(layout.box.width) + 1)])
    names = (scene.problem.parameters[0], "loss")
    axes = axes_of(names, (window, _range(loss)), layout.box, equal=False, narrow=layout.narrow)
    return axes, loss


def _range(loss: Array) -> Pair:
    """The losses at the lower and the upper edge of the picture."""
    finite = loss[np.isfinite(loss)]
    if not finite.size:
        return 0.0, 1.0
    low, high = float(finite.min()), float(finite.max())
    size = max(abs(low), abs(high))
    height = high - low if high - low > max(FLAT * size, FLAT_AT_ALL) else max(size, 1.0) / 2
    return low - ROOM_BELOW * height, high + ROOM_ABOVE * height


def draw_curve(axes: Axes, loss: Array, scale: LossScale, layout: Layout) -> str:
    """The curve, with the area below it in the tints of the loss, and lines where the tint changes."""
    box, theme, tints = layout.box, layout.theme, scale.tints(layout.theme)
    points = np.column_stack((np.linspace(box.left, box.right, len(loss)), axes.y.pixels(loss)))
    bands = np.searchsorted(scale.values, loss, side="right")
    strips = []
    for start, end in pairwise([0, *(np.flatnonzero(np.diff(bands)) + 1).tolist(), len(points) - 1]):
        tint = tints[bands[start]]
        style = {"fill": hexadecimal(tint), "stroke": hexadecimal(on_tint(tint, theme.line["minor"]))}
        for part in separate(points[start : end + 1]):
            ends = [(x, box.bottom) for x in part[[-1, 0], 0].tolist()]
            strips.append(tag("path", d=path_data(np.vstack([part, ends, part[:1]])), **style))
    below = tag("g", *strips, transform=FROM_TENTHS, stroke_width=CONTOURS["minor"]["width"] * TENTHS)
    return tag("g", below, curve_line(axes, loss, layout), clip_path="url(#frame)")


def curve_line(axes: Axes, loss: Array, layout: Layout) -> str:
    """The curve alone."""
    points = np.column_stack((np.linspace(layout.box.left, layout.box.right, len(loss)), axes.y.pixels(loss)))
    style = {"fill": "none", "stroke": layout.theme.ink, "stroke_linejoin": "round", "transform": FROM_TENTHS}
    return tag("path", d=path_data(simplified(points, 0.05, 4)), stroke_width=1.6 * TENTHS, **style)
