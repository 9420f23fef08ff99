"""What a scene says, or a figure of a lesson, marked where it happens: on its map, in its loss chart, at its sliders.

It declares what is to be marked; where that lies, and the number beside it, is worked out from its runs. What a
visitor may change (steps to a loss, the share above the least) is declared by its level alone: the page follows it.
"""

import heapq
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from contourpy import LineType, contour_generator

from app.course.lessons.values import Expressions, RunValues, curvatures_at
from app.course.questions import Runs
from fallline.drawing.geometry import separate, simplified, traced
from fallline.drawing.number_text import value_text
from fallline.problems.grid import axis, rows_on_grid
from fallline.problems.problem import Problem
from fallline.types import Array, Described, Pair

Place = list[float]
"""A place on the map: x and y, or x and the loss on a curve."""


@dataclass(frozen=True)
class GoalMark(Described):
    """A loss to come to, with the step at which each run does."""

    kind: Literal["goal"]
    loss: float | None
    """The loss; null for the end of each run, wherever that is."""
    stays: bool
    """Counted is the step from which on the loss stays at or below it, else the first such step."""
    text: str
    """What the loss is, beside its level."""
    runs: list[int] | None
    """Of which runs, from 0; null for all."""


@dataclass(frozen=True)
class AwayMark(Described):
    """A distance of one parameter from 0, with the step at which each run is further away."""

    kind: Literal["away"]
    parameter: int
    """Its index."""
    distance: float


@dataclass(frozen=True)
class EndsMark(Described):
    """The loss at which each run ends."""

    kind: Literal["ends"]
    least: float | None
    """The least loss, above which the end stands by so many per cent; null where the loss itself is told."""


@dataclass(frozen=True)
class LevelMark(Described):
    """A loss about which a run stays over some of its steps, such as a mean over seeds."""

    kind: Literal["level"]
    run: int
    """Of which run, from 0."""
    first: int
    last: int
    """From which step to which."""
    loss: float
    least: float
    """The least loss, above which it stays."""
    text: str


@dataclass(frozen=True)
class MomentMark(Described):
    """One row of a run in the loss chart."""

    kind: Literal["moment"]
    run: int | None
    """Of which run, from 0; null for none of these."""
    step: int
    loss: float
    text: str


@dataclass(frozen=True)
class LineMark(Described):
    """A line on the map, or a place where it has one point."""

    kind: Literal["line"]
    shape: Literal["outline", "ring", "measure", "arrow", "plain"]
    """An outline of an area, or of a level named at its top; a length with a tick at either end; an arrow to its last
    point; a line alone."""
    run: int | None
    """The run that it is of, from 0; null for the ground."""
    points: list[Place]
    text: str


@dataclass(frozen=True)
class ReadOffMark(Described):
    """A place of a run, read off at the edge of the map."""

    kind: Literal["read_off"]
    run: int
    """Of which run, from 0."""
    at: Place
    texts: list[str]
    """Of each parameter its value; empty where it is not read."""


@dataclass(frozen=True)
class LimitMark(Described):
    """A learning rate beyond which a run does not come to rest."""

    kind: Literal["limit"]
    run: int
    """At the slider of which run, from 0."""
    rate: float
    text: str


@dataclass(frozen=True)
class LeftMark(Described):
    """A share of the distance to a minimum, with the step at which no more of it is left: of each run, and beside them
    in other valleys, at a factor that each step keeps."""

    kind: Literal["left"]
    run: None
    """Null: of no one run."""
    at: Place
    """The minimum."""
    share: float
    kept: list[float]
    """The factor of a step in each of the other valleys."""
    texts: list[str]
    """What these are called."""


Evidence = GoalMark | AwayMark | EndsMark | LevelMark | MomentMark | LineMark | ReadOffMark | LimitMark | LeftMark


class Marking:
    """Makes the marks of one scene, or figure.

    Args: window: of the map, (low, high) of x and y; expressions: what may be said besides `runs`.
    """

    def __init__(
        self, problem: Problem, runs: Runs, window: Sequence[Pair], expressions: Expressions | None = None
    ) -> None:
        self._problem, self._runs, self._window = problem, list(map(RunValues, runs)), window
        self._expressions = expressions or Expressions()

    def marks(self, declared: Mapping[str, Any]) -> list[Evidence]:
        """What is declared. Raises: KeyError, TypeError, ValueError: no such kind, or something is missing."""
        fields = dict(declared)
        made = MARKS[fields.pop("kind")](self, **fields)
        return made if isinstance(made, list) else [made]

    def _value(self, said: Any) -> Any:
        """A value, or what an expression comes to."""
        if not isinstance(said, str):
            return said
        return self._expressions.value(said, **self._names)

    def _text(self, said: str) -> str:
        return self._expressions.filled(said, **self._names)

    @property
    def _names(self) -> dict[str, Any]:
        return {"runs": self._runs, "curvature": self._curvature, "place": self._place, "foot": foot}

    @property
    def _least(self) -> float:
        """The least known loss."""
        return min((minimum.loss for minimum in self._problem.minima), default=math.nan)

    def _curvature(self, at: Sequence[float]) -> list[float]:
        """The eigenvalues of the Hessian at a place, the largest first."""
        return curvatures_at(self._problem.objective, at)

    def _place(self, run: int, row: int) -> Place:
        """Where a run is on the map; on a curve with its loss."""
        one = self._runs[run]
        at = one.parameters[:, row].tolist()
        return at if len(at) > 1 else [*at, float(one.loss[row])]

    def goal(self, loss: float | None = None, stays: bool = False, text: str = "", runs: Any = None) -> Evidence:
        return GoalMark("goal", loss, stays, text or ("" if loss is None else value_text(loss, 6)), runs)

    def gate(self, loss: float, text: str = "") -> Evidence:
        """The contour of a loss, the longest of its lines."""
        x, y, losses = self._grid(self._losses)
        line = max(contours(x, y, losses, loss), key=len)
        return LineMark("line", "plain", None, _rounded(line, x, y), text or value_text(loss, 6))

    def away(self, parameter: int, distance: float) -> Evidence:
        return AwayMark("away", parameter, distance)

    def ends(self, above_least: bool = False) -> Evidence:
        return EndsMark("ends", self._least if above_least else None)

    def level(self, run: int, first: int, last: int, above: float, text: str) -> Evidence:
        return LevelMark("level", run, first, last, self._least * (1 + above), self._least, text)

    def moment(self, run: int, row: int | str, text: str = "") -> Evidence:
        step = range(len(self._runs[run].loss))[int(self._value(row))]
        loss = float(self._runs[run].loss[step])
        return MomentMark("moment", run, step, loss, self._text(text) or value_text(loss, 2))

    def flag(self, step: int, loss: float, text: str) -> Evidence:
        return MomentMark("moment", None, step, loss, text)

    def line(self, points: Any, text: str = "", shape: Any = "plain", run: int | None = None) -> Evidence:
        return LineMark("line", shape, run, [list(map(float, self._value(each))) for each in points], self._text(text))

    def ellipse(self, condition: float, reach: float, text: str) -> Evidence:
        """A level of a bowl around (0, 0) that is so many times as curved across, in y, as along."""
        angles = np.linspace(0, 2 * np.pi, SIDES, endpoint=False)
        points = np.stack([reach * np.cos(angles), reach * np.sin(angles) / math.sqrt(condition)], axis=1)
        return LineMark("line", "ring", None, points.tolist(), text)

    def left(self, share: float, others: Mapping[str, str], at: Sequence[float] = (0, 0)) -> Evidence:
        kept = [float(self._value(factor)) for factor in others.values()]
        return LeftMark("left", None, list(map(float, at)), share, kept, list(others))

    def read_off(self, run: int, row: int | str, parameters: Sequence[int], digits: int = 3) -> Evidence:
        at = self._place(run, int(self._value(row)))
        texts = [value_text(value, digits) if k in parameters else "" for k, value in enumerate(at)]
        return ReadOffMark("read_off", run, at, texts)

    def limit(self, run: int, rate: float | str, text: str) -> Evidence:
        return LimitMark("limit", run, float(self._value(rate)), self._text(text))

    def valley(self, run: int) -> Evidence:
        """The valley in which a run ends, filled to its pass; with the loss there, unless a minimum is named in it."""
        place = self._place(run, -1)
        grid = self._grid(self._losses)
        outline = outline_around(*grid, brim(*grid, place), place)
        named = any(_surrounds(np.array(outline), minimum.at) for minimum in self._problem.minima)
        return LineMark(
            "line", "outline", run, outline, "" if named else value_text(float(self._runs[run].loss[-1]), 3)
        )

    def curved(self, curvature: float, run: int, text: str) -> list[Evidence]:
        """Where on the map the largest curvature is this; named on the line nearest to where a run ends."""

        def largest(axes: Sequence[Array]) -> Array:
            x, y = np.meshgrid(*axes)
            hessians = self._problem.objective.hessian(np.stack([x.ravel(), y.ravel()]))  # type: ignore[attr-defined]
            found: Array = np.linalg.eigvalsh(np.moveaxis(hessians, -1, 0))[:, -1].reshape(x.shape)
            return found

        x, y, values = self._grid(largest)
        end = self._place(run, -1)
        lines = contours(x, y, values, curvature)
        lines.sort(key=lambda line: float(np.hypot(*(line - end).T).min()))
        return [
            LineMark("line", "plain", None, _rounded(line, x, y), "" if turn else self._text(text))
            for turn, line in enumerate(lines)
        ]

    def _losses(self, axes: Sequence[Array]) -> Array:
        return np.concatenate(list(rows_on_grid(self._problem.objective, axes)))

    def _grid(self, of: Callable[[Sequence[Array]], Array]) -> tuple[Array, Array, Array]:
        axes = [axis(low, high, SAMPLES) for low, high in self._window]
        return axes[0], axes[1], of(axes)


def foot(at: Place, along: Place) -> Place:
    """The nearest place to another on the line from (0, 0) along a direction."""
    share = np.dot(at, along) / np.dot(along, along)
    return [float(share * part) for part in along]


SIDES = 72
"""Of the polygon that an ellipse is drawn as."""
SAMPLES = 301
"""A side of the grid in which valleys and curvatures are looked for."""
SPILL = 1e-3
"""Water that falls by this share of the depth of a valley has left it."""
BELOW = 0.02
"""Part of that depth by which the outline lies below the pass, at which two valleys are one."""
STRAY = 1 / 3000
"""Part of the map by which an outline may stray."""


def brim(x: Array, y: Array, loss: Array, at: Sequence[float]) -> float:
    """The loss to which the valley around a place is filled just before it spills over its lowest pass, or the edge."""
    row, column = int(np.abs(y - at[1]).argmin()), int(np.abs(x - at[0]).argmin())
    level = least = float(loss[row, column])
    seen, shore = {(row, column)}, [(level, row, column)]
    while True:
        height, row, column = heapq.heappop(shore)
        at_edge = row in (0, len(y) - 1) or column in (0, len(x) - 1)
        if at_edge or (level > least and height < level - SPILL * (level - least)):
            return level - BELOW * (level - least)
        # Until it has risen the water runs down to the bottom of its own valley.
        level, least = (height, height) if height < least else (max(level, height), least)
        for other in ((row + 1, column), (row - 1, column), (row, column + 1), (row, column - 1)):
            if other not in seen:
                seen.add(other)
                heapq.heappush(shore, (float(loss[other]), *other))


def contours(x: Array, y: Array, values: Array, level: float) -> list[Array]:
    """The lines on which the values are at a level, each (n, 2)."""
    generator = contour_generator(x, y, values, line_type=LineType.ChunkCombinedOffset)
    return separate(traced(generator.lines(level)))


def outline_around(x: Array, y: Array, loss: Array, level: float, at: Sequence[float]) -> list[Place]:
    """The contour of a loss that surrounds a place, the nearest one."""
    lines = [line for line in contours(x, y, loss, level) if _surrounds(line, at)]
    return _rounded(min(lines, key=lambda line: float(np.ptp(line, axis=0).prod())), x, y)


def _surrounds(line: Array, at: Sequence[float]) -> bool:
    """Whether a place lies within a closed line: a ray to the right crosses it an odd number of times."""
    (x, y), (next_x, next_y) = line.T, np.roll(line, -1, axis=0).T
    crosses = (y > at[1]) != (next_y > at[1])
    with np.errstate(all="ignore"):
        right = at[0] < x + (at[1] - y) / (next_y - y) * (next_x - x)
    return bool((crosses & right).sum() % 2)


def _rounded(line: Array, x: Array, y: Array) -> list[Place]:
    """Few vertices, of few digits."""
    sides = np.array([x[-1] - x[0], y[-1] - y[0]])
    kept = simplified(line / sides, STRAY, 4) * sides
    return [[float(f"{value:.4g}") for value in point] for point in kept]


MARKS: Mapping[str, Callable[..., Evidence | list[Evidence]]] = {
    "goal": Marking.goal, "gate": Marking.gate, "away": Marking.away, "ends": Marking.ends, "level": Marking.level,
    "moment": Marking.moment, "flag": Marking.flag, "line": Marking.line, "read_off": Marking.read_off,
    "limit": Marking.limit, "valley": Marking.valley, "curved": Marking.curved, "ellipse": Marking.ellipse,
    "left": Marking.left,
}  # fmt: skip
"""The kinds that may be declared."""
