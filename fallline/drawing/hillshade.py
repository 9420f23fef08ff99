"""Hill shade: darker where a slope faces away from a light in the north-west, brighter where it faces it.

SVG has no such shading, so it is drawn in thin layers, for shadow and for light. Layer k of n covers what is shaded by
more than k/n of the full shade, so that more layers lie over one another the darker a place is; a blur hides their
edges. The colour of a layer is not grey, which would shift the hue of the tints, but moves the middle tint in OKLab.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
from contourpy import FillType, contour_generator

from fallline.drawing.geometry import simplified, traced
from fallline.drawing.layout import Layout
from fallline.drawing.levels import LossScale
from fallline.drawing.sampling import Samples
from fallline.drawing.svg import FROM_TENTHS, TENTHS, path_data, tag
from fallline.drawing.theme import SHADE, Theme, Triple, hexadecimal, tints
from fallline.types import Array

SAMPLES_APART = 0.01
"""How far the samples that are shaded lie apart, about, as a share of the map's width."""
LAYERS = 8
COVER = 0.32
"""How much of the map all layers together hide."""
STRAY, PASSES = 0.5, 5
GENTLE = 2
"""How many layers are of gentle slopes, where edges lie far apart and take the wider blur."""
BLURS = {"gentle": 0.02, "steep": 0.006}
"""How wide the blur of a layer's edge is, on gentle and on steep slopes, as a share of the map's width."""


def hillshade(samples: Samples, scale: LossScale, layout: Layout) -> Iterator[str]:
    """The layers, to be drawn over the tints, each made as it is asked for."""
    theme, width = layout.theme, layout.box.width
    samples = samples.every(max(1, round(SAMPLES_APART * width / (samples.x[1] - samples.x[0]))))
    for name, blur in BLURS.items():
        yield tag("filter", tag("feGaussianBlur", stdDeviation=blur * width * TENTHS), id=name)
    height = scale.height(samples.loss, SHADE["floor"]) * (SHADE["steps"] if scale.kind == "steps" else 1.0)
    lit = light(height, samples.x, samples.y, layout)
    opacity = round(1 - (1 - COVER) ** (1 / LAYERS), 3)
    for shift, amount in ((theme.shadow, -lit), (theme.light, lit)):
        generator = contour_generator(samples.x, samples.y, amount, fill_type=FillType.ChunkCombinedOffset)
        areas = [simplified(traced(generator.filled((k + 0.5) / LAYERS, np.inf)), STRAY, PASSES) for k in range(LAYERS)]
        style = {"fill": _moved(theme, shift), "fill_opacity": opacity, "transform": FROM_TENTHS}
        for name, part in (("gentle", areas[:GENTLE]), ("steep", areas[GENTLE:])):
            layers = [tag("path", d=path_data(area)) for area in part if len(area)]
            yield tag("g", *layers, filter=f"url(#{name})", **style) if layers else ""


def _moved(theme: Theme, shift: Triple) -> str:
    """The colour that, laid over the middle tint at full cover, moves it by `shift`."""
    middle = tints(theme, 3)[1]
    lightness, a, b = (part + moved / COVER for part, moved in zip(middle, shift, strict=True))
    return hexadecimal((min(1.0, max(0.0, lightness)), a, b))


def light(height: Array, x: Array, y: Array, layout: Layout) -> Array:
    """How much each place is lit: -1 in full shadow, 0 as flat ground, 1 in full light; nan where there is no height.

    Args: height: at every `x` of every row `y`, these in pixels.
    """
    relief = SHADE["relief"] * min(layout.box.width, SHADE["tallest"] * layout.box.height)
    down, across = (relief * rise for rise in np.gradient(height, y, x))
    steep = np.hypot(across, down)
    tamed = np.divide(np.tanh(SHADE["tame"] * steep), steep, out=np.full_like(steep, SHADE["tame"]), where=steep > 0)
    across, down = across * tamed, down * tamed
    altitude = math.radians(SHADE["altitude"])
    flat, side = math.sin(altitude), math.cos(altitude) / math.sqrt(2)
    lit = (side * (across + down) + flat) / np.sqrt(1 + across**2 + down**2) - flat
    amount: Array = lit * np.where(lit < 0, SHADE["shadow_gain"], layout.theme.gain)
    return np.clip(amount, -1.0, 1.0)
