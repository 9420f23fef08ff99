"""The kinds of questions: how each is answered, and what is right by its runs."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.course.lessons.values import Expressions, RunValues, printed
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

Fields = Mapping[str, Any]
"""What stands in a block of YAML."""

MEASURES: Mapping[str, Callable[..., Measure]] = {
    "loss": lambda: END_LOSS, "steps": lambda: STEPS,
    "steps_to": steps_to, "stays": steps_below, "mean_loss": mean_loss, "away": steps_away,
}  # fmt: skip
"""The first word of a measure -> what makes it of the numbers behind it."""


def measure_of(text: str) -> Measure:
    """The measure of a word and its numbers. Raises: KeyError, TypeError, ValueError: there is none."""
    word, *numbers = text.split()
    return MEASURES[word](*(int(number) if number.isdecimal() else float(number) for number in numbers))


def _place(fields: Fields, runs: Runs, _: Expressions) -> Guess:
    run = fields.get("run", 0)
    return PlaceGuess("place", run, runs[run].parameters[:, -1].tolist())


def _run(fields: Fields, runs: Runs, _: Expressions) -> Guess:
    return first_run(measure_of(fields.get("measure") or "loss"), fields.get("first", "least"), runs)


def _step(fields: Fields, runs: Runs, _: Expressions) -> Guess:
    run = fields.get("run", 0)
    steps = measure_of(fields.get("measure") or "steps").of(runs[run])
    assert steps is not None
    return StepGuess("step", run, int(steps))


def _true_option(conditions: Iterable[str], expressions: Expressions, **runs: Runs) -> int:
    """The index of the one condition that holds of the runs."""
    values = {name: list(map(RunValues, each)) for name, each in runs.items()}
    (answer,) = (n for n, condition in enumerate(conditions) if expressions.holds(condition, **values))
    return answer


def _choice(fields: Fields, runs: Runs, expressions: Expressions) -> Guess:
    options = fields["options"]
    answer = _true_option(options.values(), expressions, runs=runs)
    return ChoiceGuess("choice", list(map(expressions.filled, options)), answer, fields.get("run"))


def change_answered(options: Mapping[str, str], runs: Runs, before: Runs) -> ChoiceGuess:
    """The texts to choose from, each with its condition, as the runs after a change and `before` answer."""
    answer = _true_option(options.values(), Expressions(), runs=runs, before=before)
    return ChoiceGuess("choice", list(options), answer, None)


def _chosen(name: str) -> str:
    return f"{name[:1].upper()}{name[1:]}."


@dataclass(frozen=True)
class QuestionKind:
    """A kind of question."""

    how: str
    """How it is answered on paper."""
    task: str
    """How it is answered in a scene that says nothing else; empty where that is seen."""
    guess: Callable[[Fields, Runs, Expressions], Guess]
    """The guess that its fields declare, with what its runs answer."""
    right: Callable[[Mapping[str, Any], Sequence[str]], str]
    """What is right, in a sentence, from a guess and the names of the runs."""


QUESTIONS: Mapping[str, QuestionKind] = {
    "place": QuestionKind(
        "Point at the place.",
        "",
        _place,
        lambda guess, names: f"{names[guess['run']]} ends at {printed(guess['answer'], 3)}.",
    ),
    "run": QuestionKind("Choose one.", "Choose a run.", _run, lambda guess, names: _chosen(names[guess["answer"]])),
    "step": QuestionKind(
        "Give a number of steps.", "Give a number.", _step, lambda guess, _: f"{printed(guess['answer'])} steps."
    ),
    "choice": QuestionKind(
        "Choose one.", "Choose.", _choice, lambda guess, _: _chosen(guess["options"][guess["answer"]])
    ),
}
"""All kinds, by their names."""


def answered(fields: Fields, runs: Runs, expressions: Expressions) -> Guess:
    """The guess that stands there, with what its runs answer. Raises: ValueError."""
    return QUESTIONS[fields["kind"]].guess(fields, runs, expressions)


def answer_text(guess: Mapping[str, Any], names: Sequence[str]) -> str:
    """What is right, in a sentence. Args: names: of the runs."""
    return QUESTIONS[guess["kind"]].right(guess, names)
