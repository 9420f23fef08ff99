"""What is asked of runs before they are made: how it is answered, and what is to be changed afterwards.

An answer is computed from the runs: `answered` of a guess takes them, and gives what is said of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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
class PlaceGuess:
    """Where on the map a run ends."""

    run: int

    def answered(self, runs: Runs) -> dict[str, Any]:
        """The place where it ends."""
        return {"kind": "place", "run": self.run, "answer": runs[self.run].parameters[:, -1].tolist()}


EQUAL = 1e-3
"""Two runs are equal in a measure where they differ by no more than this share of the larger."""


@dataclass(frozen=True)
class RunGuess:
    """Which run has the least of something, or the most; one that never comes to it has more than all others."""

    measure: Measure
    first: Literal["least", "most"] = "least"

    def answered(self, runs: Runs) -> dict[str, Any]:
        """That run, with the value of each and the place that it takes."""
        values = [self.measure.of(run) for run in runs]
        sizes = [inf if value is None else value for value in values]

        def before(one: float, other: float) -> bool:
            less, more = (one, other) if self.first == "least" else (other, one)
            return less < more and not isclose(less, more, rel_tol=EQUAL)

        places = [1 + sum(before(other, own) for other in sizes) for own in sizes]
        unit = self.measure.unit
        return {"kind": "run", "unit": unit, "values": values, "places": places, "answer": places.index(1)}


@dataclass(frozen=True)
class ChoiceGuess:
    """Which of a few texts is true of the runs: text -> when it is."""

    options: Mapping[str, Callable[[Runs], bool]]

    def answered(self, runs: Runs) -> dict[str, Any]:
        """The texts, and which of them is true. Raises: ValueError, not exactly one is."""
        (answer,) = [index for index, holds in enumerate(self.options.values()) if holds(runs)]
        return {"kind": "choice", "options": list(self.options), "answer": answer}


@dataclass(frozen=True)
class StepGuess:
    """After how many steps something comes about in a run."""

    run: int
    measure: Measure

    def answered(self, runs: Runs) -> dict[str, Any]:
        """That number of steps."""
        return {"kind": "step", "run": self.run, "answer": self.measure.of(runs[self.run])}


Guess = PlaceGuess | RunGuess | ChoiceGuess | StepGuess


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


CHANGE, DWELL = TypeAdapter(ProposedChange), TypeAdapter(tuple[Dwell, ...])
"""They read what YAML says of a change and of dwells."""


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
