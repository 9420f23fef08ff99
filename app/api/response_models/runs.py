"""The models of runs, for responses and the events of streams: the problem, and the columns and end of each run."""

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
    """A sample that a network learns, scaled if the data are standardised."""

    inputs: list[Number] = Field(description="The inputs of the network.")
    target: Number = Field(description="The target of its output.")


class NetworkInForce(ResponseModel):
    """A network, and the samples that it learns."""

    dataset: str | None = Field(description="The name of the data set; null for samples of one's own.")
    hidden: list[int] = Field(description="The number of neurons in each hidden layer.")
    activation: str = Field(description="The name of the activation of the hidden neurons.")
    loss: str = Field(description="The name of the loss.")
    standardized: bool = Field(description="Whether inputs, and targets of a regression, are standardised.")
    label: str = Field(description="The name of the data set for readers.")
    kind: Literal["classification", "regression"] = Field(
        description="Whether targets are the labels 0 and 1 of a classification, or numbers."
    )
    inputs: list[str] = Field(description="The names of the inputs, with their units before scaling.")
    target: str = Field(description="The name of the target.")
    sizes: list[int] = Field(
        description="The number of neurons in each layer, beginning with the inputs and ending with the output neuron."
    )
    output: str = Field(description="The name of the activation of the output neuron, which follows from the loss.")
    samples: list[NetworkSample] = Field(description="The samples that the network learns.")


class ProblemOut(ResponseModel):
    """The problem that was minimised."""

    kind: ProblemKind = Field(description="The kind of the problem.")
    parameters: list[str] = Field(description="The names of the parameters.", examples=[["x", "y"]])
    domain: list[tuple[Number, Number]] = Field(
        description="(low, high) of each parameter on the map; empty if there is no map without a plane."
    )
    minima: list[MinimumOut] = Field(description="The known minima.")
    latex: str | None = Field(
        None, description="For a surface or an expression: the LaTeX of the loss; null if it is too long to print."
    )
    label: str | None = Field(None, description="For a loss of one's own: the name that its author gives it.")
    gradient_source: str | None = Field(
        None,
        description="For a loss of one's own: what computes its gradient. Otherwise the gradient is exact, derived "
        "from the formula.",
    )
    points: list[tuple[Number, Number]] | None = Field(
        None, description="For a line fit: the points, scaled if they are standardised."
    )
    network: NetworkInForce | None = Field(None, description="For a network: every value in force, and its samples.")


class RunFault(ResponseModel):
    """A fault in code of one's own."""

    where: str = Field(description="The function, such as `MyOptimizer.step`.")
    error: str = Field(description="The error, such as `ValueError: math domain error`.")
    place: str = Field(description="The file and the line, such as `my_optimizers.py, line 31`; empty if not known.")


class RecordedOut(ResponseModel):
    """A path that was recorded elsewhere, projected onto its plane. The column `loss` is of the points themselves."""

    steps: list[int] = Field(description="The number of steps of the training before each row.")
    distance: list[float] = Field(description="The distance of the point of each row from the plane.")
    share: float = Field(
        description="The share of the path that lies in the plane, from 0 to 1, measured by squared distances."
    )


class EndingOut(ResponseModel):
    """How a run ended."""

    stop_reason: StopReason = Field(description="Why the run ended.")
    n_steps: int = Field(description="The number of steps that led to a row with finite numbers.")
    diverged_at: int | None = Field(None, description="Only if the run diverged: the number of the step that failed.")
    threshold: float | None = Field(
        None, description="Only if small steps or a low loss ended the run: the limit that they reached."
    )
    what_broke: Broken | None = Field(
        None, description="Only if the run diverged: the quantity that was not finite or too large in that step."
    )
    fault: RunFault | None = Field(
        None, description="Only if a fault in code of one's own ended the run, in the step after its last one."
    )
    sentence: str = Field(description="How the run ended, in words.")
    end_point: StationaryPoint | None = Field(
        None,
        description="The stationary point next to the last row. Absent for a network, for a run that diverged, and if "
        "the derivatives are not finite.",
    )
    recorded: RecordedOut | None = Field(
        None, description="Only for a path that was recorded by a program, and is shown as a run."
    )


class RunColumns(ResponseModel):
    """The columns of a run, in the order of a reply, without those that `fields` leaves out."""

    parameters: dict[str, list[float]] = Field(default_factory=dict, description="Parameter -> its value at each row.")
    loss: list[float] = Field(default_factory=list, description="The loss at each row, over all the data.")
    gradient: dict[str, list[float | None]] = Field(
        default_factory=dict,
        description="Parameter -> the component of the gradient that each step used, of the batch and with noise.",
    )
    learning_rate: list[float | None] = Field(
        default_factory=list, description="The learning rate in force at each step."
    )
    step_size: list[float | None] = Field(
        default_factory=list,
        description="The Euclidean length of each step over all parameters. (`min_step_size` is compared with the step "
        "in each parameter.)",
    )
    batch: list[list[int] | None] | None = Field(
        None,
        description="For each step, the indices, from 0, of the points that it used; null for a step that used all "
        "points, or instead of the list if all steps did.",
    )
    evaluations: dict[Evaluated, list[int]] = Field(
        default_factory=dict,
        description="The number of evaluations of loss, gradient and Hessian for the steps up to each row; a gradient "
        "of a batch counts as one. Evaluations only for the display of a row are not counted.",
    )


class AboutRun(ResponseModel):
    """The optimizer of a run, and the notices for its reader."""

    optimizer: dict[str, Any] = Field(
        description="The optimizer with every value in force. A request may contain it as a run."
    )
    notes: list[str] = Field(description='Sentences for the reader, such as "the noise is simulated".')
    notices: list[Notice] = Field(description="The same sentences as codes with values.")


class Trajectory(RunColumns, EndingOut, AboutRun):
    """One run. Row 0 is the start. The columns of steps (`gradient`, `learning_rate`, `step_size`, `batch`) have one
    entry less than `parameters`.

    With `align=true` they begin with a null, so that every column has n_steps + 1 entries.
    """

    average: dict[str, list[float | None]] | None = Field(
        None,
        description="With `average=100`: the mean of each parameter over the rows from 100 to each later one, and as "
        "`loss` the loss at the mean; null in the rows before, and if it is not finite.",
    )


class Heading(ResponseModel):
    """The fields of a reply before its runs."""

    problem: ProblemOut
    start: list[float] = Field(description="The start of the runs, one number for each parameter.")
    seed: int = Field(description="The seed of batches, noise and drawn starts.")


class Trajectories(Heading):
    """The runs of a spec."""

    runs: list[Trajectory]


class RunOfStream(AboutRun):
    """A run whose rows will follow."""

    run: int = Field(description="The index of the run in the spec, from 0, which the other events refer to.")


class StartEvent(Heading):
    """The first event: the problem and the runs."""

    runs: list[RunOfStream]


class StepsEvent(RunColumns):
    """The next rows of one run, at most 64.

    `parameters` and `loss` are those of these rows, the columns of steps those of the steps that led to them. Row 0 has
    no such step, so in its event these columns have one entry less. A column of the reply equals the columns of all
    events of a run, joined.
    """

    run: int = Field(description="The index of the run in the spec, from 0.")
    first: int = Field(alias="from", description="The number of the first of these rows.")


class EndEvent(EndingOut):
    """The end of a run, after all its rows."""

    run: int = Field(description="The index of the run in the spec, from 0.")


class DoneEvent(ResponseModel):
    """The last event, after the ends of all runs."""


class ErrorEvent(Complaints):
    """Why the stream breaks off."""


EVENTS: Mapping[str, type[BaseModel]] = {
    "start": StartEvent,
    "steps": StepsEvent,
    "end": EndEvent,
    "done": DoneEvent,
    "error": ErrorEvent,
}
"""The name of each event -> the model of its data."""
