"""The guess of a question as YAML states it: of a figure in a lesson, and of a scene."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

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

MEASURES: Mapping[str, Callable[..., Measure]] = {
    "loss": lambda: END_LOSS, "steps": lambda: STEPS,
    "steps_to": steps_to, "stays": steps_below, "mean_loss": mean_loss, "away": steps_away,
}  # fmt: skip
"""The first word of a measure -> what makes it of the numbers behind it."""


def guess_of(fields: Mapping[str, Any], expressions: Expressions) -> Guess:
    """The guess that stands there. Raises: ValueError."""
    kind, run, measure = fields["kind"], fields.get("run", 0), fields.get("measure")
    if kind == "place":
        return PlaceGuess(run)
    if kind == "choice":
        return ChoiceGuess({text: partial(_holds, expressions, holds) for text, holds in fields["options"].items()})
    if kind == "step":
        return StepGuess(run, measure_of(measure or "steps"))
    return RunGuess(measure_of(measure or "loss"), fields.get("first", "least"))


def _holds(expressions: Expressions, condition: str, runs: Runs) -> bool:
    return expressions.holds(condition, runs=list(map(RunValues, runs)))


def measure_of(text: str) -> Measure:
    """The measure of a word and its numbers. Raises: KeyError, TypeError, ValueError: there is none."""
    word, *numbers = text.split()
    return MEASURES[word](*(int(each) if each.isdecimal() else float(each) for each in numbers))
