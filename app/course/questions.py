"""What is asked of runs before they are made, with what they answer, and what is to be changed afterwards."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import inf, isclose
from typing import Any, Literal

import numpy as np
from pydantic import TypeAdapter

from fallline.descent import Block
from fallline.types import Described

Runs = Sequence[Block]
"""The runs of a scene, or of a figure, each whole."""


@dataclass(frozen=True)
class Measure:
    """A number of a run: a count of steps or a loss, None where it never comes to it."""

    unit: Literal["steps", "loss"]
    of: Callable[[Block], float | None]


@dataclass(frozen=True)
class PlaceGuess(Described):
    """Asked is where on the map a run ends."""

    kind: Literal["place"]
    run: int
    """Which run, from 0."""
    answer: list[float]
    """Its parameters there."""


@dataclass(frozen=True)
class RunGuess(Described):
    """Asked is which run is first by some measure."""

    kind: Literal["run"]
    unit: Literal["steps", "loss"]
    """Of the values."""
    values: list[float | None]
    """Of each run its measure; null where it never gets there."""
    places: list[int]
    """Of each run the place it takes, from 1; one place where they differ by less than 0.1 %."""
    answer: int
    """The run that takes the first place, from 0."""


@dataclass(frozen=True)
class ChoiceGuess(Described):
    """Asked is which of a few texts is true of the runs."""

    kind: Literal["choice"]
    options: list[str]
    """The texts."""
    answer: int
    """Which of them is true, from 0."""


@dataclass(frozen=True)
class StepGuess(Described):
    """Asked is after how many steps something comes about."""

    kind: Literal["step"]
    run: int
    """Which run, from 0."""
    answer: int
    """That many steps."""


Guess = PlaceGuess | RunGuess | ChoiceGuess | StepGuess

EQUAL = 1e-3
"""Two runs are equal in a measure where they differ by no more than this share of the larger."""


def first_run(measure: Measure, first: str, runs: Runs) -> RunGuess:
    """Which run has the least of something, or the most; one that never comes to it has more than all others."""
    values = [measure.of(run) for run in runs]
    sizes = [inf if value is None else value for value in values]

    def before(one: float, other: float) -> bool:
        less, more = (one, other) if first == "least" else (other, one)
        return less < more and not isclose(less, more, rel_tol=EQUAL)

    places = [1 + sum(before(other, own) for other in sizes) for own in sizes]
    return RunGuess("run", measure.unit, values, places, places.index(1))


@dataclass(frozen=True)
class Control(Described):
    """A value of the spec as it is set."""

    run: int | None
    """Of which run, from 0; null for what all runs have in common."""
    param: str
    """As in an address: a hyperparameter, `batch_size`, `schedule.decay` and such; `start` of all runs."""
    value: int | float | tuple[float, ...]
    """What to set it to."""


@dataclass(frozen=True)
class ProposedChange(Described):
    """What is to be changed once the scene is understood."""

    do: str
    """What to do, beginning with "Now"; with a colon between them, the two texts are one sentence."""
    then: str
    """What it leads to."""
    control: Control


@dataclass(frozen=True)
class Dwell(Described):
    """The steps from `first` to `last` in which something quick happens to a run, and what it is."""

    first: int
    last: int
    run: int
    """To which run, from 0."""
    label: str
    """What it is."""


@dataclass(frozen=True)
class Telling(Described):
    """The step of a run at which what the scene is about happens: what explains a step opens there."""

    run: int
    """Of which run, from 0."""
    step: int
    """Its number, from 1."""


CHANGE, DWELL = TypeAdapter(ProposedChange), TypeAdapter(tuple[Dwell, ...])
TELLING = TypeAdapter(Telling)
"""They read what YAML says of a change, of dwells and of the telling step."""


def _first(holds: np.ndarray[Any, Any]) -> int | None:
    """The first row for which it holds."""
    return int(holds.argmax()) if holds.any() else None


def steps_to(loss: float) -> Measure:
    """Steps until the loss is at or below this for the first time."""
    return Measure("steps", lambda run: _first(run.loss <= loss))


def steps_below(loss: float) -> Measure:
    """Steps until the loss stays at or below this."""

    def count(run: Block) -> int | None:
        """One more than the last row above it."""
        above = int(np.flatnonzero(np.append(True, run.loss > loss))[-1])
        return None if above == len(run) else above

    return Measure("steps", count)


def steps_away(parameter: int, distance: float) -> Measure:
    """Steps until a parameter, by its index, is further from 0 than this."""
    return Measure("steps", lambda run: _first(np.abs(run.parameters[parameter]) > distance))


def mean_loss(rows: int) -> Measure:
    """The mean loss over the last so many rows."""
    return Measure("loss", lambda run: float(run.loss[-rows:].mean()))


STEPS = Measure("steps", lambda run: len(run) - 1)
"""All that it takes."""
END_LOSS = mean_loss(1)
"""Where it ends."""
