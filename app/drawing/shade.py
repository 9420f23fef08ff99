"""Hill shade in outlines: thin layers of shadow and of light, each a little smaller than the one below, add up to it,
and a blur takes away their edges.

The light comes from the north-west, as on the page's map. A layer is not a grey but the middle tint moved as far in
OKLab as its cover allows, so that straw does not turn khaki.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
from contourpy import ContourGenerator, FillType, contour_generator

from app.drawing.colour import hexadecimal, tints
from app.drawing.levels import Grid, Levels
from app.drawing.look import Look
from app.drawing.relief import combined
from app.drawing.survey import Samples
from app.drawing.svg import PARTS, outline, tag
from app.drawing.table import SHADE, Theme, Triple
from app.drawing.thinning import straightened

APART = 8.0
"""Pixels between the samples that are shaded, about: slopes change slowly."""

LAYERS, STAMP_LAYERS = 8, 4
COVER = 0.32
"""How much of the ground all layers together hide."""

STRAY, PASSES = 0.5, 5
GENTLE = 2
"""So many layers belong to slopes so gentle that their edges are far apart."""

BLURS, STAMP_BLURS = (16.0, 5.0), (2.5, 1.0)
"""Pixels over which the edge of a layer goes out, on gentle and on steep slopes."""


def shade(samples: Samples, levels: Levels, look: Look) -> Iterator[str]:
    """The layers, to lie on the tints; a pause after each."""
    every = max(1, round(APART * look.s / (samples.x[1] - samples.x[0]))) if look.worded else 1
    x, y, loss = samples.x[::every], samples.y[::every], samples.loss[::every, ::every]
    if min(loss.shape) < 2:
        return
    amount = _amount(_height(loss, levels), x, y, look)
    tracer = contour_generator(x * PARTS, y * PARTS, amount, fill_type=FillType.ChunkCombinedOffset)
    count, blurs = (LAYERS, BLURS) if look.worded else (STAMP_LAYERS, STAMP_BLURS)
    for name, blur in zip(("gentle", "steep"), blurs, strict=True):
        yield tag("filter", tag("feGaussianBlur", stdDeviation=blur * look.s * PARTS), id=name)
    opacity = round(1 - (1 - COVER) ** (1 / count), 3)
    bounds = [(k + 0.5) / count for k in range(count)]
    for colour, sign in ((_moved(look.theme, look.theme.shadow), -1), (_moved(look.theme, look.theme.light), 1)):
        for name, part in (("gentle", bounds[:GENTLE]), ("steep", bounds[GENTLE:])):
            layers = [_layer(tracer, sign * bound) for bound in part]
            yield tag("g", *layers, fill=colour, fill_opacity=opacity, filter=f"url(#{name})") if any(layers) else ""


def _layer(tracer: ContourGenerator, bound: float) -> str:
    """What is shaded as much as `bound` or more."""
    points, offsets = combined(tracer.filled(bound, np.inf) if bound > 0 else tracer.filled(-np.inf, bound))
    if not len(points):
        return ""
    return tag("path", d=outline(*straightened(points, offsets, STRAY * PARTS, PASSES), closed=True))


def _moved(theme: Theme, shift: Triple) -> str:
    """The colour that, laid over the middle tint at full cover, moves it by `shift`."""
    middle = tints(theme, 3)[1]
    lightness, a, b = (part + moved / COVER for part, moved in zip(middle, shift, strict=True))
    return hexadecimal((min(1.0, max(0.0, lightness)), a, b))


def _height(loss: Grid, levels: Levels) -> Grid:
    """The height of the ground, in decades above the lowest level; in even steps over the domain without decades."""
    if levels.kind == "steps" or not levels.lines:
        return (loss - levels.least) * (SHADE["steps"] / ((levels.most - levels.least) or 1.0))
    floor = SHADE["floor"] * (levels.lines[0].value - levels.base)
    return np.log10(np.maximum(loss - levels.base, 0.0) + floor)


def _amount(height: Grid, x: Grid, y: Grid, look: Look) -> Grid:
    """-1 full shadow, 0 as on flat ground, 1 full light; nan where there is no ground."""
    relief = SHADE["relief"] * min(look.box.width, SHADE["tallest"] * look.box.height)
    down, across = (relief * slope for slope in np.gradient(height, y, x))
    steep = np.hypot(across, down)
    tamed = np.divide(np.tanh(SHADE["tame"] * steep), steep, out=np.full_like(steep, SHADE["tame"]), where=steep > 0)
    across, down = across * tamed, down * tamed
    flat, side = math.sin(math.radians(SHADE["altitude"])), math.cos(math.radians(SHADE["altitude"])) / math.sqrt(2)
    lit = (side * (across + down) + flat) / np.sqrt(1 + across**2 + down**2) - flat
    amount: Grid = lit * np.where(lit < 0, SHADE["shadow_gain"], look.theme.gain)
    return np.clip(amount, -1.0, 1.0)
