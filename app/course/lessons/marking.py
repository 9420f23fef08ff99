"""Makes the evidence that a scene or a figure declares: where it lies, and the number beside it, from its runs."""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from app.course.lessons.evidence import (
    AwayMark,
    CrossingsMark,
    EndsMark,
    Evidence,
    GoalMark,
    LeftMark,
    LevelMark,
    LimitMark,
    LineMark,
    MomentMark,
    Place,
    ReadOffMark,
    RescaledMark,
    StepMark,
)  # fmt: skip
from app.course.lessons.outlines import brim, contours, outline_around, rounded_line, surrounds
from app.course.lessons.values import Expressions, RunValues, curvatures_at
from fallline.descent import Block
from fallline.descent.local_step import Places
from fallline.descent.quantities import Quantities
from fallline.descent.run import Run
from fallline.drawing.number_text import coordinates, value_text
from fallline.problems.grid import axis, rows_on_grid
from fallline.spec.plan import Plan
from fallline.types import Array, Pair

SIDES = 72
"""Of the polygon that an ellipse is drawn as."""
SAMPLES = 301
"""A side of the grid in which valleys and curvatures are looked for."""


class Marking:
    """Makes the marks of one scene, or figure.

    Args: blocks: its runs, whole; window: of the map, (low, high) of x and y; expressions: what may be said besides
        `runs`.
    """

    def __init__(
        self, plan: Plan, blocks: Sequence[Block], window: Sequence[Pair], expressions: Expressions | None = None
    ) -> None:
        self._plan, self._problem, self._window = plan, plan.problem, window
        self._runs = list(map(RunValues, blocks))
        self._expressions = expressions or Expressions()

    def marks(self, declared: Mapping[str, Any]) -> list[Evidence]:
        """What is declared. Raises: KeyError, TypeError, ValueError: no such kind, or something is missing."""
        fields = dict(declared)
        made = MARKS[fields.pop("kind")](self, **fields)
        return made if isinstance(made, list) else [made]

    def _value(self, said: Any) -> Any:
        """A value, or that of an expression."""
        if not isinstance(said, str):
            return said
        return self._expressions.value(said, **self._names)

    def _text(self, text: str) -> str:
        return self._expressions.filled(text, **self._names)

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
        run_values = self._runs[run]
        x, *rest = run_values.parameters[:, row].tolist()
        return x, rest[0] if rest else float(run_values.loss[row])

    def goal(self, loss: float | None = None, stays: bool = False, text: str = "", runs: Any = None) -> Evidence:
        return GoalMark("goal", loss, stays, text or ("" if loss is None else value_text(loss, 6)), runs)

    def gate(self, loss: float, text: str = "") -> Evidence:
        """The contour of a loss, the longest of its lines."""
        x, y, losses = self._grid(self._losses)
        line = max(contours(x, y, losses, loss), key=len)
        return LineMark("line", "plain", None, rounded_line(line, x, y), text or value_text(loss, 6))

    def away(self, parameter: int, distance: float) -> Evidence:
        return AwayMark("away", parameter, distance)

    def crossings(self, parameter: int, steps: int) -> Evidence:
        return CrossingsMark("crossings", parameter, steps)

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
        places = [(float(x), float(y)) for x, y in map(self._value, points)]
        return LineMark("line", shape, run, places, self._text(text))

    def ellipse(self, condition: float, reach: float, text: str) -> Evidence:
        """A level of a bowl around (0, 0) that is so many times as curved across, in y, as along."""
        angles = np.linspace(0, 2 * np.pi, SIDES, endpoint=False)
        points = np.stack([reach * np.cos(angles), reach * np.sin(angles) / math.sqrt(condition)], axis=1)
        return LineMark("line", "ring", None, list(map(_place, points)), text)

    def left(self, share: float, others: Mapping[str, str], at: Place = (0.0, 0.0)) -> Evidence:
        factors = [float(self._value(factor)) for factor in others.values()]
        return LeftMark("left", None, (float(at[0]), float(at[1])), share, factors, list(others))

    def read_off(self, run: int, row: int | str, parameters: Sequence[int], digits: int = 3) -> Evidence:
        at = self._place(run, int(self._value(row)))
        told = coordinates(at, digits)
        texts = [value_text(value) if k in parameters else "" for k, value in enumerate(told)]
        return ReadOffMark("read_off", run, at, texts)

    def limit(self, run: int, rate: float | str, text: str) -> Evidence:
        return LimitMark("limit", run, float(self._value(rate)), self._text(text))

    def valley(self, run: int) -> Evidence:
        """The valley in which a run ends, filled to its pass: with the loss there, or, where a minimum is named in it,
        with the loss of the pass."""
        place = self._place(run, -1)
        grid = self._grid(self._losses)
        spills, level = brim(*grid, place)
        outline = outline_around(*grid, level, place)
        named = any(surrounds(np.array(outline), minimum.at) for minimum in self._problem.minima)
        words = (
            f"valley: loss below {value_text(spills, 3)}" if named else value_text(float(self._runs[run].loss[-1]), 3)
        )
        return LineMark("line", "outline", run, outline, words)

    def curved(self, curvature: float, run: int, text: str) -> list[Evidence]:
        """Where on the map the largest curvature is this; named on the line nearest to where a run ends."""

        def largest(axes: Sequence[Array]) -> Array:
            x, y = np.meshgrid(*axes)
            hessians = self._problem.objective.hessian(np.stack([x.ravel(), y.ravel()]))
            found: Array = np.linalg.eigvalsh(np.moveaxis(hessians, -1, 0))[:, -1].reshape(x.shape)
            return found

        x, y, values = self._grid(largest)
        end = self._place(run, -1)
        lines = contours(x, y, values, curvature)
        lines.sort(key=lambda line: float(np.hypot(*(line - end).T).min()))
        return [
            LineMark("line", "plain", run, rounded_line(line, x, y), "" if turn else self._text(text))
            for turn, line in enumerate(lines)
        ]

    def step(self, run: int, step: int, terms: Sequence[str]) -> Evidence:
        kept, added = parts_of_step(self._plan.runs[run], self._runs[run], step)
        at = self._runs[run].parameters[:, step - 1]
        return StepMark("step", run, step, _place(at), _place(kept), _place(added), list(terms))

    def rescaled(self, run: int, step: int, text: str, rates: bool = False) -> Evidence:
        """A step beside its gradient. Args: rates: each part is written as its own rate times the gradient's."""
        values, parameters = self._runs[run], self._problem.parameters
        gradient, rate = values.gradient[:, step - 1], float(values.learning_rate[step - 1])
        moved = values.parameters[:, step] - values.parameters[:, step - 1]
        sizes = sizes_divided_by(self._plan.runs[run], gradient, moved, step, rate)
        texts = [
            f"{name}: {value_text(rate / size, 3)} · {value_text(abs(part), 3)} = {value_text(abs(by), 3)}"
            if rates
            else f"{name}: {value_text(rate, 3)} · {value_text(abs(part), 3)} / {value_text(size, 3)}"
            f" = {value_text(abs(by), 3)}"
            for name, part, size, by in zip(parameters, gradient, sizes, moved, strict=True)
        ]
        at, gradient_arrow, step_arrow = map(_place, (values.parameters[:, step - 1], gradient, moved))
        return RescaledMark("rescaled", run, step, at, gradient_arrow, step_arrow, self._text(text), texts)

    def _losses(self, axes: Sequence[Array]) -> Array:
        return np.concatenate(list(rows_on_grid(self._problem.objective, axes)))

    def _grid(self, of: Callable[[Sequence[Array]], Array]) -> tuple[Array, Array, Array]:
        axes = [axis(low, high, SAMPLES) for low, high in self._window]
        return axes[0], axes[1], of(axes)


def parts_of_step(run: Run, values: RunValues, step: int) -> tuple[Array, Array]:
    """What a step keeps of the gradients before, through the states of its rule, and what the gradient now adds.

    Args: step: its number, from 1.
    Raises: ValueError: they do not add up to it, as the rule is no sum of multiples, or its multiples change.
    """
    row = slice(step - 1, step)
    states = {name: state[:, row] for name, state in (values.states or {}).items()}
    places = Places.of(run, [step - 1], values.parameters[:, row], states)
    if places.linear is None:
        raise ValueError("the step of this rule is no sum of what is kept and what the gradient adds")
    factors = places.matrices(places.linear, values.gradient[:, row])[:, 0, 0]
    held = [states[name][:, 0] for name in places.linear.states]
    kept = sum((factors[:, k] * state for k, state in enumerate(held, 1)), np.zeros(len(factors)))
    added = factors[:, -1] * values.gradient[:, step - 1]
    if not np.allclose(kept + added, values.parameters[:, step] - values.parameters[:, step - 1], rtol=1e-9):
        raise ValueError("what this step keeps and what the gradient adds do not add up to it")
    return kept, added


def sizes_divided_by(run: Run, gradient: Array, moved: Array, step: int, rate: float) -> Array:
    """What a step divides each part of its gradient by, once that is multiplied by the learning rate.

    Args: gradient, moved: that of the step, and the step; step: its number, from 1; rate: the learning rate.
    Raises: ValueError: the step is not the gradient times the effective rate of the rule, as where it has an average.
    """
    quantities = Quantities(run)
    block = run.next_block(None, step + 1)
    quantities.add(block)
    quantities.add(run.next_block(block.last, step))
    rates = np.array([column[step - 1] for column in quantities.effective_rate], dtype=float)
    if not (rates.size and np.allclose(-rates * gradient, moved, rtol=1e-6)):
        raise ValueError("this step is not the gradient times an effective rate")
    return np.asarray(rate / rates)


def _place(values: Array) -> Place:
    x, y = values.tolist()
    return x, y


def foot(at: Place, along: Place) -> Place:
    """The nearest place to another on the line from (0, 0) along a direction."""
    share = np.dot(at, along) / np.dot(along, along)
    return float(share * along[0]), float(share * along[1])


MARKS: Mapping[str, Callable[..., Evidence | list[Evidence]]] = {
    "goal": Marking.goal, "gate": Marking.gate, "away": Marking.away, "crossings": Marking.crossings,
    "ends": Marking.ends, "level": Marking.level, "moment": Marking.moment, "flag": Marking.flag, "line": Marking.line,
    "read_off": Marking.read_off, "limit": Marking.limit, "valley": Marking.valley, "curved": Marking.curved,
    "ellipse": Marking.ellipse, "left": Marking.left, "step": Marking.step,
    "rescaled": Marking.rescaled,
}  # fmt: skip
"""The kinds that may be declared."""
