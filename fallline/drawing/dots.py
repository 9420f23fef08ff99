"""The points of routes beside a plane: each in the tint of its own loss, its edge fading with its distance."""

from collections.abc import Sequence

from fallline.drawing.axes import Axes
from fallline.drawing.layout import Layout
from fallline.drawing.levels import LossScale
from fallline.drawing.paths import Path
from fallline.drawing.svg import Attribute, tag
from fallline.drawing.theme import hexadecimal

_RADIUS, _EDGE, _FADED = 4.2, 1.5, 0.22
"""Of a dot and its edge, pixels; how opaque the edge of the farthest one is."""
MOST_DOTS = 80
"""Of one route; of more every so many are drawn."""


def every_dot(paths: Sequence[Path]) -> int:
    """How many points there are from one that is drawn to the next; 0 where no route has any."""
    longest = max((len(path.route.dots.losses) for path in paths if path.route.dots), default=0)
    return -(-longest // MOST_DOTS)


def draw_dots(paths: Sequence[Path], axes: Axes, scale: LossScale, layout: Layout) -> str:
    """The dots of all paths up to their steps, those that lie off the furthest lowest."""
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
