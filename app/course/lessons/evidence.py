"""What a scene says, or a figure of a lesson, marked where it happens: on its map, in its loss chart, at its sliders.

What a visitor may change (steps to a loss, the share above the least) is declared by its level alone: the page
follows it. All else, as where a run is, is worked out from the runs (`marking.py`).
"""

from dataclasses import dataclass
from typing import Literal

from fallline.types import Described

Place = tuple[float, float]
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
class CrossingsMark(Described):
    """Where each run crosses the line on which one parameter is 0, and how often, over its first steps."""

    kind: Literal["crossings"]
    parameter: int
    """Its index."""
    steps: int
    """Over how many steps it is counted."""


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
    shape: Literal["outline", "ring", "measure", "bracket", "arrow", "plain"]
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


@dataclass(frozen=True)
class StepMark(Described):
    """How one step comes about: what it keeps of the steps before, and what the gradient adds, head to tail."""

    kind: Literal["step"]
    run: int
    """Of which run, from 0."""
    step: int
    """Its number, from 1."""
    at: Place
    """Where it sets off."""
    kept: Place
    """What it keeps, in x and y."""
    added: Place
    """What the gradient there adds, likewise; both together are the step."""
    terms: list[str]
    """What the rule calls the one and the other."""


@dataclass(frozen=True)
class RescaledMark(Described):
    """One step of a rule that divides each part of the gradient by a size of its own."""

    kind: Literal["rescaled"]
    run: int
    """Of which run, from 0."""
    step: int
    """Its number, from 1."""
    at: Place
    """Where it sets off."""
    gradient: Place
    """The gradient there, in x and y."""
    moved: Place
    """The step: of each part the rate times the gradient divided by its size, downhill."""
    text: str
    """What it divides by."""
    texts: list[str]
    """That of each part, in numbers."""


Evidence = (
    GoalMark
    | AwayMark
    | CrossingsMark
    | EndsMark
    | LevelMark
    | MomentMark
    | LineMark
    | ReadOffMark
    | LimitMark
    | LeftMark
    | StepMark
    | RescaledMark
)
