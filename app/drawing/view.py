"""What part of the plane is in sight and where it lies in the picture.

One scale on both axes wherever one is possible, the window asked for always whole, spare room showing more ground.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.drawing.table import FRAME

Pair = tuple[float, float]
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Box:
    """A rectangle in the picture, in pixels from its top left."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in it."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    def contains(self, x: Numbers, y: Numbers) -> NDArray[np.bool_]:
        """Which of many points lie in it."""
        return (self.left <= x) & (x <= self.right) & (self.top <= y) & (y <= self.bottom)

    def around(self, margin: float) -> Box:
        """The same, wider by `margin` on every side."""
        return Box(self.left - margin, self.top - margin, self.width + 2 * margin, self.height + 2 * margin)

    def meets(self, other: Box) -> bool:
        """Whether the two overlap."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def cut(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float] | None:
        """The part of a segment inside: from and to, as shares of it; None where it misses.

        Source: Liang and Barsky 1984, A new concept and method for line clipping.
        """
        start, end = 0.0, 1.0
        dx, dy = x1 - x0, y1 - y0
        for speed, room in (
            (-dx, x0 - self.left), (dx, self.right - x0), (-dy, y0 - self.top), (dy, self.bottom - y0),
        ):  # fmt: skip
            if speed == 0 and room < 0:
                return None
            if speed < 0:
                start = max(start, room / speed)
            if speed > 0:
                end = min(end, room / speed)
        return (start, end) if start < end else None


@dataclass(frozen=True)
class View:
    """The ground in sight.

    Args:
        box: what the frame surrounds.
        x0, x1, y0, y1: the ground from edge to edge.
        equal: whether both axes have one scale.
    """

    box: Box
    x0: float
    x1: float
    y0: float
    y1: float
    equal: bool

    @property
    def kx(self) -> float:
        """Pixels a unit across."""
        return self.box.width / (self.x1 - self.x0)

    @property
    def ky(self) -> float:
        """Pixels a unit up."""
        return self.box.height / (self.y1 - self.y0)

    def at(self, x: float, y: float) -> Pair:
        """Where a point of the ground lies in the picture."""
        return self.box.left + (x - self.x0) * self.kx, self.box.top + (self.y1 - y) * self.ky

    def places(self, x: Numbers, y: Numbers) -> tuple[Numbers, Numbers]:
        """The same of many points."""
        return self.box.left + (x - self.x0) * self.kx, self.box.top + (self.y1 - y) * self.ky


def fits_one_scale(window: tuple[Pair, Pair], box: Box) -> bool:
    """Whether one scale on both axes shows the window well enough."""
    (x0, x1), (y0, y1) = window
    share = ((x1 - x0) * box.height) / ((y1 - y0) * box.width)
    return bool(FRAME["thinnest"] < share < 1 / FRAME["thinnest"])


def view_of(window: tuple[Pair, Pair], box: Box, equal: bool) -> View:
    """The window in a box: wholly in sight, in its middle."""
    (x0, x1), (y0, y1) = window
    kx, ky = box.width / (x1 - x0), box.height / (y1 - y0)
    if equal:
        kx = ky = min(kx, ky)
    half_x, half_y = box.width / kx / 2, box.height / ky / 2
    x, y = (x0 + x1) / 2, (y0 + y1) / 2
    return View(box, x - half_x, x + half_x, y - half_y, y + half_y, equal)
