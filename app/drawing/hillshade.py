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

from app.drawing.geometry import Lines
from app.drawing.layout import Layout
from app.drawing.levels import LossScale
from app.drawing.sampling import Array, Samples
from app.drawing.svg import TENTHS, path_data, tag
from app.drawing.theme import SHADE, Theme, Triple, hexadecimal, tints

APART = 8.0
"""Pixels between the samples that are shaded, about: the steepness changes slowly."""

LAYERS, THUMBNAIL_LAYERS = 8, 4
COVER = 0.32
"""How much of the map all layers together hide."""

STRAY, PASSES = 0.5, 5
GENTLE = 2
"""So many layers belong to ground so gentle that their edges are far apart."""

BLURS, THUMBNAIL_BLURS = (16.0, 5.0), (2.5, 1.0)
"""Pixels over which the edge of a layer goes out, on gentle and on steep ground."""


def hillshade(samples: Samples, scale: LossScale, layout: Layout) -> Iterator[str]:
    """The layers, to lie on the tints; a pause after each."""
    if layout.has_text:
        samples = samples.every(max(1, round(APART * layout.px / (samples.x[1] - samples.x[0]))))
    if min(samples.loss.shape) < 2:
        return
    lit = light(_height(samples.loss, scale), samples.x, samples.y, layout)
    fill_type = FillType.ChunkCombinedOffset
    generator = contour_generator(samples.x * TENTHS, samples.y * TENTHS, lit, fill_type=fill_type)
    count, blurs = (LAYERS, BLURS) if layout.has_text else (THUMBNAIL_LAYERS, THUMBNAIL_BLURS)
    for name, blur in zip(("gentle", "steep"), blurs, strict=True):
        yield tag("filter", tag("feGaussianBlur", stdDeviation=blur * layout.px * TENTHS), id=name)
    opacity = round(1 - (1 - COVER) ** (1 / count), 3)
    bounds = [(k + 0.5) / count for k in range(count)]
    theme = layout.theme
    for colour, sign in ((_moved(theme, theme.shadow), -1), (_moved(theme, theme.light), 1)):
        for name, part in (("gentle", bounds[:GENTLE]), ("steep", bounds[GENTLE:])):
            layers = [_layer(generator, sign * bound) for bound in part]
            yield tag("g", *layers, fill=colour, fill_opacity=opacity, filter=f"url(#{name})") if any(layers) else ""


def _layer(generator: ContourGenerator, bound: float) -> str:
    """What is shaded as much as `bound` or more."""
    found = generator.filled(bound, np.inf) if bound > 0 else generator.filled(-np.inf, bound)
    d = path_data(Lines.traced(found).simplified(STRAY * TENTHS, PASSES), closed=True)
    return tag("path", d=d) if d else ""


def _moved(theme: Theme, shift: Triple) -> str:
    """The colour that, laid over the middle tint at full cover, moves it by `shift`."""
    middle = tints(theme, 3)[1]
    lightness, a, b = (part + moved / COVER for part, moved in zip(middle, shift, strict=True))
    return hexadecimal((min(1.0, max(0.0, lightness)), a, b))


def _height(loss: Array, scale: LossScale) -> Array:
    """In decades above the lowest level; in even steps over the domain where the loss does not span decades."""
    if scale.kind == "steps" or not scale.levels:
        return (loss - scale.least) * (SHADE["steps"] / ((scale.most - scale.least) or 1.0))
    floor = SHADE["floor"] * (scale.levels[0].value - scale.base)
    return np.log10(np.maximum(loss - scale.base, 0.0) + floor)


def light(height: Array, x: Array, y: Array, layout: Layout) -> Array:
    """-1 full shadow, 0 as on flat ground, 1 full light; nan where there is no height."""
    relief = SHADE["relief"] * min(layout.box.width, SHADE["tallest"] * layout.box.height)
    down, across = (relief * rise for rise in np.gradient(height, y, x))
    steep = np.hypot(across, down)
    tamed = np.divide(np.tanh(SHADE["tame"] * steep), steep, out=np.full_like(steep, SHADE["tame"]), where=steep > 0)
    across, down = across * tamed, down * tamed
    flat, side = math.sin(math.radians(SHADE["altitude"])), math.cos(math.radians(SHADE["altitude"])) / math.sqrt(2)
    lit = (side * (across + down) + flat) / np.sqrt(1 + across**2 + down**2) - flat
    amount: Array = lit * np.where(lit < 0, SHADE["shadow_gain"], layout.theme.gain)
    return np.clip(amount, -1.0, 1.0)
