"""Places words where nothing else is drawn; and the number of a contour on its line, where that is nearly straight."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from fallline.drawing.geometry import Box, Points, lengths, separate
from fallline.drawing.number_text import level_text
from fallline.drawing.svg import width_of
from fallline.in_parts import InParts
from fallline.types import Pair

CELL, AROUND = 6.0, 120.0
"""The side of a square of `Occupancy`, and how far the squares extend beyond the frame, in pixels."""
SPOTS = (
    (1, 0.55), (1, -0.55), (-1, 0.55), (-1, -0.55), (1, 0), (-1, 0), (0, 1), (0, -1),
    *((side, down) for down in (1.7, -1.7, 2.9, -2.9, 4.1, -4.1) for side in (1, -1)),
)  # fmt: skip
"""The positions of words around a mark, the best first: the side across, and down as a share of their height."""
FAR, OVER = 12, 200
"""The costs of a position, as numbers of occupied squares: for each line of text that it is further away than one, and
for covering its own mark."""
MOST_A_LEVEL = 3
STEP, MOST_TRIED = 18.0, 60
SAME_LEVEL_APART = 280.0
"""The least distance between two numbers of one level, in pixels."""
MOST_BENT = 0.05
"""A number is placed on a stretch of a line only if the chord is shorter than the stretch by less than this share."""
CROWDED = 3


class Occupancy:
    """Keeps which squares of a few pixels are occupied by drawn things. All squares outside the frame are occupied."""

    def __init__(self, frame: Box) -> None:
        self._frame, self._area = frame, frame.around(AROUND)
        self._taken = np.ones((int(self._area.height // CELL) + 1, int(self._area.width // CELL) + 1), dtype=bool)
        self._taken[self._under(frame)] = False

    def take_lines(self, points: Points) -> None:
        """Mark the squares along lines as occupied."""
        for line in separate(points):
            along = lengths(line)
            at = np.arange(0.0, along[-1], CELL / 2)
            x, y = (np.interp(at, along, column) for column in line.T)
            inside = self._area.holds(x, y)
            j, i = (y[inside] - self._area.top) // CELL, (x[inside] - self._area.left) // CELL
            self._taken[j.astype(int), i.astype(int)] = True

    def take(self, box: Box) -> None:
        """Mark the squares under a box as occupied."""
        self._taken[self._under(box)] = True

    def crowd(self, box: Box) -> int:
        """The number of occupied squares under a box."""
        return int(np.count_nonzero(self._taken[self._under(box)]))

    def _under(self, box: Box) -> tuple[slice, slice]:
        left, right = (max(0, int((x - self._area.left) // CELL)) for x in (box.left, box.right + CELL))
        top, bottom = (max(0, int((y - self._area.top) // CELL)) for y in (box.top, box.bottom + CELL))
        return slice(top, bottom), slice(left, right)

    def take_beside(self, place: Pair, size: Pair, gap: float) -> Box:
        """Find the best box for words beside a mark, in the frame, and mark it as occupied.

        Args: place: of the mark; size: (width, height) of the words; gap: pixels between the mark and the words.
        """

        def cost(spot: Pair) -> float:
            box = self._beside(place, size, gap, spot)
            over = bool(box.around(gap / 2).holds(*place))
            return self.crowd(box) + FAR * max(0.0, abs(spot[1]) - 1) + OVER * over

        box = self._beside(place, size, gap, min(SPOTS, key=cost))
        self.take(box)
        return box

    def _beside(self, place: Pair, size: Pair, gap: float, spot: Pair) -> Box:
        """The box for words at one of `SPOTS`, moved into the frame."""
        (x, y), (width, height), (across, down), frame = place, size, spot, self._frame
        left = x + across * (gap + width / 2) - width / 2
        top = y + down * (height if across else gap + height / 2) - height / 2
        left, top = min(left, frame.right - width), min(top, frame.bottom - height)
        return Box(max(frame.left, left), max(frame.top, top), width, height)


@dataclass(frozen=True)
class ContourLabel:
    """The number of a contour.

    Args:
        text: the number; value: the loss of the contour; x, y: the middle of the text; angle: its rotation in radians.
        width: of the text, in pixels.
    """

    text: str
    value: float
    x: float
    y: float
    angle: float
    width: float

    def around(self, half: float) -> Box:
        """The upright box around it. Args: half: half the height of its type, in pixels."""
        wide, high = (abs(turn(self.angle)) * 0.4 * self.width + half for turn in (math.cos, math.sin))
        return Box(self.x - wide, self.y - high, 2 * wide, 2 * high)


def placed_labels(
    lines: Iterable[tuple[float, Points]], size: float, occupancy: Occupancy
) -> InParts[list[ContourLabel]]:
    """Return the numbers of contours. The longest lines come first; numbers of one level are not close together.

    Args:
        lines: (loss, line in pixels); size: of the type; occupancy: the placed numbers are added to it.
    """
    labels: list[ContourLabel] = []
    for value, line in sorted(lines, key=lambda option: -len(option[1])):
        for label in _candidates(value, line, size):
            distances = [(math.hypot(other.x - label.x, other.y - label.y), other.value == value) for other in labels]
            fits = all(
                distance > (SAME_LEVEL_APART if same_level else label.width) for distance, same_level in distances
            )
            few = sum(same_level for _, same_level in distances) < MOST_A_LEVEL
            if fits and few and occupancy.crowd(label.around(size / 2)) < CROWDED:
                labels.append(label)
                occupancy.take(label.around(size / 2))
        yield
    return labels


def _candidates(value: float, line: Points, size: float) -> list[ContourLabel]:
    """The positions along a line where it is straight enough; the straightest and most horizontal ones come first."""
    text, along = level_text(value), lengths(line)
    width = width_of(text, size, bold=True) + 0.9 * size
    middles = np.arange(width, along[-1] - width, max(STEP, along[-1] / MOST_TRIED))
    ends = (middles - width / 2, middles, middles + width / 2)
    start, middle, end = (np.column_stack([np.interp(at, along, column) for column in line.T]) for at in ends)
    dx, dy = (end - start).T
    bent, angles = (
        1 - np.hypot(dx, dy) / width,
        np.arctan(np.divide(dy, dx, out=np.full_like(dx, np.inf), where=dx != 0)),
    )
    best = [k for k in np.argsort(400 * bent + 3 * np.abs(angles), kind="stable").tolist() if bent[k] < MOST_BENT]
    places = [(*middle[k].tolist(), float(angles[k])) for k in best]
    return [ContourLabel(text, value, x, y, angle, width) for x, y, angle in places]
