"""The guess of a question as YAML states it: of a figure in a lesson, and of a scene."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from app.course.lessons.values import Expressions, RunValues
from app.course.questions import (
    END_LOSS,
    STEPS,
    ChoiceGuess,
    Guess,
    Measure,
    PlaceGuess,
    Runs,
    StepGuess,
    first_run,
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


def answered(fields: Mapping[str, Any], runs: Runs, expressions: Expressions) -> Guess:
    """The guess that stands there, with what its runs answer. Raises: ValueError."""
    kind, run, measure = fields["kind"], fields.get("run", 0), fields.get("measure")
    if kind == "place":
        return PlaceGuess(kind, run, runs[run].parameters[:, -1].tolist())
    if kind == "step":
        steps = measure_of(measure or "steps").of(runs[run])
        assert steps is not None
        return StepGuess(kind, run, int(steps))
    if kind == "choice":
        seen = list(map(RunValues, runs))
        (answer,) = (n for n, each in enumerate(fields["options"].values()) if expressions.holds(each, runs=seen))
        return ChoiceGuess(kind, list(map(expressions.filled, fields["options"])), answer)
    return first_run(measure_of(measure or "loss"), fields.get("first", "least"), runs)


def measure_of(text: str) -> Measure:
    """The measure of a word and its numbers. Raises: KeyError, TypeError, ValueError: there is none."""
    word, *numbers = text.split()
    return MEASURES[word](*(int(each) if each.isdecimal() else float(each) for each in numbers))
