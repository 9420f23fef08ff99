"""A diagram of a network: its inputs, its neurons without their values, and a number on every weight and bias."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from fallline.drawing.geometry import Box
from fallline.drawing.number_text import value_text
from fallline.drawing.svg import Attribute, document, haloed, line_of_text, rect, tag
from fallline.drawing.theme import THEMES
from fallline.problems.network import neuron_name
from fallline.types import Pair

SIDE, RADIUS, STEM = 24.0, 30.0, (-46.0, -38.0)
"""In pixels: half the side of an input, the radius of a neuron, and the vector from a neuron to the end of its bias."""
LEFT, RIGHT, TOP, BOTTOM = 60.0, 60.0, 62.0, 62.0
PITCH = 180.0
"""The largest distance from a neuron to the one below, in pixels."""
AT = 0.3
"""The position of the number on the line of a weight, as a share of the line from its beginning."""
TYPE, VALUE_DIGITS = 16.0, 3
LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
DASH = "7 5"
"""The dash of negative weights and biases."""


def network_diagram(sizes: Sequence[int], values: Mapping[str, float], width: int, height: int) -> str:
    """The diagram as SVG, in the colours of the theme `day`.

    Args:
        sizes: the number of neurons in each layer, beginning with the inputs.
        values: of inputs, target, weights and biases, by the names that they have in `fallline.working`.
        width, height: in pixels.
    """
    ink = THEMES["day"].ink
    gap = (width - LEFT - RIGHT) / (len(sizes) - 1)
    spots = [[(LEFT + layer * gap, y) for y in _rows(count, height)] for layer, count in enumerate(sizes)]
    outlined: dict[str, Attribute] = {"fill": "#ffffff", "stroke": ink, "stroke_width": 1.6}
    lines, words, nodes = [], [], []

    def draw(start: Pair, end: Pair, value: float) -> None:
        (x1, y1), (x2, y2) = start, end
        dash: dict[str, Attribute] = {"stroke_dasharray": DASH if value < 0 else None}
        lines.append(tag("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=ink, stroke_width=1.0 + abs(value), **dash))

    def write(text: str, x: float, y: float) -> None:
        words.append(line_of_text(text, x, y + 0.35 * TYPE, TYPE))

    for source, (x, y) in enumerate(spots[0], 1):
        nodes.append(rect(Box(x, y, 0, 0).around(SIDE), **outlined))
        write(value_text(values[f"x{source}"], VALUE_DIGITS), x, y)
        write(f"x{str(source).translate(LOWERED)}", x, y - SIDE - 14)
    for layer, (before, own) in enumerate(pairwise(spots), 1):
        for to, (x, y) in enumerate(own, 1):
            for source, start in enumerate(before, 1):
                value = values[neuron_name("w", layer, to, source)]
                draw(start, (x, y), value)
                write(value_text(value, VALUE_DIGITS), start[0] + AT * (x - start[0]), start[1] + AT * (y - start[1]))
            bias, free = values[neuron_name("b", layer, to)], (x + STEM[0], y + STEM[1])
            draw(free, (x, y), bias)
            write(value_text(bias, VALUE_DIGITS), free[0] - 8, free[1] - 8)
            nodes.append(tag("circle", cx=x, cy=y, r=RADIUS, **outlined))
            if layer < len(sizes) - 1:
                write(f"neuron {to}", x, y + RADIUS + 14)
            else:
                write(f"target {value_text(values['y'], VALUE_DIGITS)}", x, y + RADIUS + 14)
                write("output", x, y - RADIUS - 14)
    numbers = tag("g", *words, fill=ink, text_anchor="middle", font_weight="600")
    over = haloed(numbers, stroke="#ffffff", stroke_width=9.0, stroke_linejoin="round")
    return document(width, height, *lines, *nodes, over, aria_label="The network")


def _rows(count: int, height: float) -> list[float]:
    """The y of each neuron of a layer."""
    pitch = min(PITCH, (height - TOP - BOTTOM) / max(1, count - 1))
    middle = TOP + (height - TOP - BOTTOM) / 2
    return [middle + (k - (count - 1) / 2) * pitch for k in range(count)]
