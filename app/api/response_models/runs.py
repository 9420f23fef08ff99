"""Runs: the problem, the columns of each run and how it ended, in one response or as the events of a stream."""

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, Field

from app.api.response_models import Number, ResponseModel
from app.server.refusals import Complaints
from fallline.descent.stops import Broken, StopReason
from fallline.notices import Notice
from fallline.optimizers.method import Evaluated
from fallline.problems.problem import ProblemKind
from fallline.problems.stationary import StationaryPoint
from fallline.problems.surface import Minimum


class MinimumOut(ResponseModel, of=Minimum, without=["smooth"]):
    """A known minimum."""

    at: list[Number]


class NetworkSample(ResponseModel):
    """What goes into a network, and what should come out, as it is fitted: scaled where that is standardized."""

    inputs: list[Number]
    target: Number


class NetworkInForce(ResponseModel):
    """A network, and what it learns."""

    dataset: str | None = Field(description="Null of samples of one's own.")
    hidden: list[int] = Field(description="Neurons of each hidden layer.")
    activation: str = Field(description="The name of that of the hidden neurons.")
    loss: str
    standardized: bool = Field(description="Whether inputs, and targets of a regression, were scaled.")
    label: str = Field(description="Of the data set, as a person reads it.")
    kind: Literal["classification", "regression"] = Field(
        description="Whether targets are the labels 0 and 1 of a classification, or numbers."
    )
    inputs: list[str] = Field(description="The names of what goes in, with their units before scaling.")
    target: str = Field(description="Of what should come out.")
    sizes: list[int] = Field(description="Neurons of each layer, the inputs first and the output neuron last.")
    output: str = Field(description="The name of the activation of the output neuron, which goes with the loss.")
    samples: list[NetworkSample]


class ProblemOut(ResponseModel):
    """What was minimised."""

    kind: ProblemKind
    parameters: list[str] = Field(examples=[["x", "y"]])
    domain: list[tuple[Number, Number]] = Field(description="(low, high) of each parameter on its map, if it has one.")
    minima: list[MinimumOut]
    latex: str | None = Field(None, description="Of a surface or an expression; null when it is too long to print.")
    label: str | None = Field(None, description="Of a loss of one's own: what its author calls it.")
    gradient_source: str | None = Field(
        None, description="Of a loss of one's own: what its gradient is by; else it is exact, from the formula."
    )
    points: list[tuple[Number, Number]] | None = Field(
        None, description="Of a line fit: the points as they are fitted."
    )
    network: NetworkInForce | None = Field(None, description="Of a network: every value in force, and its samples.")


class RunFault(ResponseModel):
    """A fault in code of one's own."""

    where: str = Field(description="In what, as `MyOptimizer.step`.")
    error: str = Field(description="As `ValueError: math domain error`.")
    place: str = Field(description="The file and the line, as `my_optimizers.py, line 31`; empty where unknown.")


class RecordedOut(ResponseModel):
    """A path that was recorded elsewhere, on the plane of its directions: `loss` is of its own points."""

    steps: list[int] = Field(description="How many the training had taken at each row.")
    distance: list[float] = Field(description="How far from the plane the point of each row lies.")
    share: float = Field(description="How much of the path the plane holds, 0 to 1, by squared distance.")


class EndingOut(ResponseModel):
    """How a run ended."""

    stop_reason: StopReason
    n_steps: int
    diverged_at: int | None = Field(None, description="Only of a run that diverged: the step that failed.")
    threshold: float | None = Field(None, description="What the steps or the loss came below, where that ended it.")
    what_broke: Broken | None = Field(None, description="Only of a run that diverged: in the step that failed.")
    fault: RunFault | None = Field(None, description="Only of a run that ended by a fault, in the step after its last.")
    sentence: str = Field(description="The same in words.")
    end_point: StationaryPoint | None = Field(
        None, description="Absent of a network, of a run that diverged, and where they are not finite."
    )
    recorded: RecordedOut | None = Field(
        None, description="Only of a path that was recorded, by a program that shows it."
    )


class RunColumns(ResponseModel):
    """The columns of a run, in the order of a reply; those that `fields` leaves out are not there."""

    parameters: dict[str, list[float]] = Field(default_factory=dict, description="Where each row stands.")
    loss: list[float] = Field(default_factory=list, description="Over all the data.")
    gradient: dict[str, list[float | None]] = Field(
        default_factory=dict, description="The one used: of the batch, with its noise."
    )
    learning_rate: list[float | None] = Field(default_factory=list, description="The rate in force.")
    step_size: list[float | None] = Field(
        default_factory=list,
        description="The length of each step over all parameters, Euclidean; `min_step_size` watches each by itself.",
    )
    batch: list[list[int] | None] | None = Field(
        None, description="Indices from 0 of the points used; null where all were, at a step or throughout."
    )
    evaluations: dict[Evaluated, list[int]] = Field(
        default_factory=dict,
        description="How often each was evaluated for the steps up to each row, a batch's gradient too; not what a row "
        "shows beside what its method needs.",
    )


class AboutRun(ResponseModel):
    """What a reader of a run must know."""

    optimizer: dict[str, Any] = Field(description="Every value in force; it can be sent back as it is.")
    notes: list[str] = Field(description='Sentences such as "the noise is simulated".')
    notices: list[Notice] = Field(description="The same as codes and the values of each sentence.")


class Trajectory(RunColumns, EndingOut, AboutRun):
    """One run. Row 0 is the start; `gradient` and what follows it have one entry less than `parameters`.

    With `align=true` they begin with a null, so that every column has n_steps + 1 entries.
    """

    average: dict[str, list[float | None]] | None = Field(
        None,
        description="With `average=100`: the mean of each parameter over the rows from 100 to each later one, and "
        "`loss`, the loss there; null in the rows before, and where it is not finite.",
    )


class Heading(ResponseModel):
    """What a reply says before its runs."""

    problem: ProblemOut
    start: list[float]
    seed: int


class Trajectories(Heading):
    """The runs of a spec."""

    runs: list[Trajectory]


class RunOfStream(AboutRun):
    """A run of which rows will follow."""

    run: int = Field(description="Its place in the spec, from 0, by which the other events name it.")


class StartEvent(Heading):
    """The first event: what runs."""

    runs: list[RunOfStream]


class StepsEvent(RunColumns):
    """The next rows of one run, at most 64.

    `parameters` and `loss` are of these rows, the other columns of the steps that led to them, so one fewer in the
    event with row 0. The same column of all the events of a run, joined, is that of the reply.
    """

    run: int
    first: int = Field(alias="from", description="The number of the first of these rows.")


class EndEvent(EndingOut):
    """A run has ended: all its rows have been sent."""

    run: int


class DoneEvent(ResponseModel):
    """The last event: every run has ended."""


class ErrorEvent(Complaints):
    """The stream breaks off, and why."""


EVENTS: Mapping[str, type[BaseModel]] = {
    "start": StartEvent,
    "steps": StepsEvent,
    "end": EndEvent,
    "done": DoneEvent,
    "error": ErrorEvent,
}
"""The name of each event -> the model of its data."""
