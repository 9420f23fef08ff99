"""The question a scene asks before its runs are made, the answer the runs give, and the change it proposes after."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import inf, isclose
from typing import Any, Literal

import numpy as np
from pydantic import TypeAdapter

from fallline.descent import Block
from fallline.types import Described

Runs = Sequence[Block]
"""All rows of each run of a scene or a figure."""


@dataclass(frozen=True)
class Measure:
    """A number that is measured on a run: a count of steps, or a loss. It is None if the run never reaches it."""

    unit: Literal["steps", "loss"]
    of: Callable[[Block], float | None]


@dataclass(frozen=True)
class PlaceGuess(Described):
    """The question where on the map a run ends."""

    kind: Literal["place"]
    run: int
    """The index of the run, from 0."""
    answer: list[float]
    """The parameters at the end of the run."""


@dataclass(frozen=True)
class RunGuess(Described):
    """The question which run is first by some measure."""

    kind: Literal["run"]
    unit: Literal["steps", "loss"]
    """The unit of the values."""
    values: list[float | None]
    """The measure of each run; null for a run that never reaches it."""
    places: list[int]
    """The rank of each run, from 1. Runs whose values differ by less than 0.1 % share a rank."""
    answer: int
    """The index of the run with rank 1, from 0."""


@dataclass(frozen=True)
class ChoiceGuess(Described):
    """The question which of a few texts is true of the runs."""

    kind: Literal["choice"]
    options: list[str]
    """The texts to choose from."""
    answer: int
    """The index of the true text, from 0."""
    run: int | None
    """The index of the run that it is asked of, from 0; null: of several."""


@dataclass(frozen=True)
class StepGuess(Described):
    """The question after how many steps something happens."""

    kind: Literal["step"]
    run: int
    """The index of the run, from 0."""
    answer: int
    """The number of steps."""


Guess = PlaceGuess | RunGuess | ChoiceGuess | StepGuess

EQUAL = 1e-3
"""Two runs share a rank if their measures differ by at most this fraction of the larger one."""


def first_run(measure: Measure, first: str, runs: Runs) -> RunGuess:
    """Rank the runs by a measure. Args: first: "least" or "most". A run without the measure counts as infinite."""
    values = [measure.of(run) for run in runs]
    sizes = [inf if value is None else value for value in values]

    def before(size: float, other: float) -> bool:
        less, more = (size, other) if first == "least" else (other, size)
        return less < more and not isclose(less, more, rel_tol=EQUAL)

    places = [1 + sum(before(other, size) for other in sizes) for size in sizes]
    return RunGuess("run", measure.unit, values, places, places.index(1))


@dataclass(frozen=True)
class Control(Described):
    """A parameter of the spec, and the value to set it to."""

    run: int | None
    """The index of the run, from 0; null for a parameter that all runs share."""
    param: str
    """The name as in an address: a hyperparameter, `batch_size`, `schedule.decay`, ...; `start` for all runs."""
    value: int | float | tuple[float, ...]
    """The new value."""


@dataclass(frozen=True)
class ProposedChange(Described):
    """The change that a scene proposes once it has been seen."""

    do: str
    """What to do; begins with "Now". `do`, a colon and `then` read as one sentence."""
    then: str
    """What the change leads to."""
    control: Control


@dataclass(frozen=True)
class Dwell(Described):
    """The steps from `first` to `last`, in which something happens quickly to a run; playback slows down there."""

    first: int
    last: int
    run: int
    """The index of the run, from 0."""
    label: str
    """What happens."""


@dataclass(frozen=True)
class Telling(Described):
    """The step of a run that shows what the scene is about: the explanation of a step opens there."""

    run: int
    """The index of the run, from 0."""
    step: int
    """The number of the step, from 1."""


CHANGE, DWELL = TypeAdapter(ProposedChange), TypeAdapter(tuple[Dwell, ...])
TELLING = TypeAdapter(Telling)
"""They validate the change, the dwells and the telling step that a YAML file gives."""


def _first(holds: np.ndarray[Any, Any]) -> int | None:
    """The index of the first row for which `holds` is true; None if there is none."""
    return int(holds.argmax()) if holds.any() else None


def steps_to(loss: float) -> Measure:
    """Return the measure: the number of steps until the loss is at or below `loss` for the first time."""
    return Measure("steps", lambda run: _first(run.loss <= loss))


def steps_below(loss: float) -> Measure:
    """Return the measure: the number of steps after which the loss stays at or below `loss`."""

    def count(run: Block) -> int | None:
        """The index after the last row whose loss is above `loss`."""
        above = int(np.flatnonzero(np.append(True, run.loss > loss))[-1])
        return None if above == len(run) else above

    return Measure("steps", count)


def steps_away(parameter: int, distance: float) -> Measure:
    """Return the measure: steps until the parameter with this index is further than `distance` from 0."""
    return Measure("steps", lambda run: _first(np.abs(run.parameters[parameter]) > distance))


def mean_loss(rows: int) -> Measure:
    """Return the measure: the mean loss over the last `rows` rows."""
    return Measure("loss", lambda run: float(run.loss[-rows:].mean()))


STEPS = Measure("steps", lambda run: len(run) - 1)
"""The number of steps of a run."""
END_LOSS = mean_loss(1)
"""The loss at the end of a run."""
