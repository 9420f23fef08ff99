"""Dots for points off the plane of the map: each has the tint of its own loss, and its edge fades with its distance."""

from collections.abc import Sequence

from fallline.drawing.axes import Axes
from fallline.drawing.layout import Layout
from fallline.drawing.levels import LossScale
from fallline.drawing.paths import Path
from fallline.drawing.svg import Attribute, tag
from fallline.drawing.theme import hexadecimal

_RADIUS, _EDGE, _FADED = 4.2, 1.5, 0.22
"""The radius of a dot and the width of its edge, in pixels; the opacity of the edge of the farthest dot."""
MOST_DOTS = 80
"""The most dots of one route; a longer route draws only every second point, every third and so on."""


def every_dot(paths: Sequence[Path]) -> int:
    """The number of points from one drawn dot to the next; 0 if no route has dots."""
    longest = max((len(path.route.dots.losses) for path in paths if path.route.dots), default=0)
    return -(-longest // MOST_DOTS)


def draw_dots(paths: Sequence[Path], axes: Axes, scale: LossScale, layout: Layout) -> str:
    """The dots of all paths up to the playhead; those farthest from the plane are drawn first, below the others."""
    every, drawn = every_dot(paths), list[tuple[float, str]]()
    colours = [hexadecimal(tint) for tint in scale.tints(layout.theme)]
    for path in paths:
        dots = path.route.dots
        if dots is None:
            continue
        edge = layout.theme.runs[path.route.slot_at(path.index)]
        across, up = axes.pixels(*dots.places.T)
        for k in range(0, path.step + 1, every):
            x, y, away = float(across[k]), float(up[k]), float(dots.away[k])
            if axes.box.holds(x, y):
                fill = colours[scale.band(float(dots.losses[k]))]
                style: dict[str, Attribute] = {"fill": fill, "stroke": edge, "stroke_opacity": 1 - (1 - _FADED) * away}
                drawn.append((-away, tag("circle", cx=x, cy=y, r=_RADIUS, **style)))
    return tag("g", *(dot for _, dot in sorted(drawn, key=lambda each: each[0])), stroke_width=_EDGE) if drawn else ""
