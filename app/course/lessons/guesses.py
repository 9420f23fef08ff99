"""The guess of a question as YAML states it: of a figure in a lesson, and of a scene."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from app.course.lessons.faults import Source, Way
from app.course.lessons.fields import Shape, check, check_one_of
from app.course.lessons.values import Expressions, RunValues
from app.course.questions import (
    END_LOSS,
    STEPS,
    ChoiceGuess,
    Guess,
    Measure,
    PlaceGuess,
    RunGuess,
    Runs,
    StepGuess,
    mean_loss,
    steps_away,
    steps_below,
    steps_to,
)

GUESSES: Mapping[str, Shape] = {
    "place": {"kind": str, "run?": int},
    "run": {"kind": str, "measure?": str, "first?": str},
    "step": {"kind": str, "run?": int, "measure?": str},
    "choice": {"kind": str, "options": dict},
}
MEASURES = "loss, steps, steps_to LOSS, stays LOSS, mean_loss ROWS, away PARAMETER DISTANCE"
OF_NUMBERS: Mapping[str, Callable[..., Measure]] = {
    "steps_to": steps_to, "stays": steps_below, "mean_loss": mean_loss, "away": steps_away,
}  # fmt: skip


def guess_of(
    fields: Mapping[str, Any], source: Source, expressions: Expressions, way: Way, beside: Shape | None = None
) -> Guess:
    """The guess at the end of a way. Raises: LessonError.

    Args: beside: what stands there with it.
    """
    kind, run = fields.get("kind"), fields.get("run", 0)
    check_one_of(kind, GUESSES, source, *way, "kind")
    check(fields, {**(beside or {}), **GUESSES[str(kind)]}, source, *way)
    if kind == "place":
        return PlaceGuess(run)
    if kind == "choice":
        options = fields["options"]
        check(options, dict.fromkeys(options, str), source, *way, "options")
        return ChoiceGuess({text: partial(_holds, expressions, condition) for text, condition in options.items()})
    measure = _measure(fields.get("measure", "steps" if kind == "step" else "loss"), source, way)
    if kind == "step":
        return StepGuess(run, measure)
    first = fields.get("first", "least")
    check_one_of(first, ("least", "most"), source, *way, "first")
    return RunGuess(measure, first)


def _holds(expressions: Expressions, condition: str, runs: Runs) -> bool:
    return expressions.holds(condition, runs=list(map(RunValues, runs)))


def _measure(name: str, source: Source, way: Way) -> Measure:
    measures = {"steps": STEPS, "loss": END_LOSS}
    if name in measures:
        return measures[name]
    word, *numbers = name.split()
    try:
        return OF_NUMBERS[word](*(int(each) if each.isdecimal() else float(each) for each in numbers))
    except (KeyError, ValueError, TypeError):
        raise source.fault(f"must be one of {MEASURES}; got {name!r}", *way, "measure") from None
