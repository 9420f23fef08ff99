"""The catalog: everything that can be named."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any, Literal, TypeVar, get_args, get_origin

from pydantic import Field, create_model

from app.api.response_models import Number, ResponseModel
from app.api.response_models.runs import MinimumOut
from fallline.hyperparameters import Scale

NumberPair = tuple[Number, Number]
Rates = dict[str, Number]

Of = TypeVar("Of")
READ_UP, OF_ITS_SCENE = "read up", "of its scene"
ReadUp = Annotated[Of, READ_UP]
"""What a page needs only for whoever wants to know more: the brief catalog leaves it out."""
OfItsScene = Annotated[Of, OF_ITS_SCENE]
"""What a page needs of the scene that it shows: of the others, not before they are opened."""


class Declared(ResponseModel):
    """What can be named in a spec."""

    name: str = Field(description="Permanent, snake_case.")
    label: str = Field(description="As a person reads it.")


class ParamOut(ResponseModel):
    """A hyperparameter of an optimizer or a schedule."""

    name: str
    default: Number = Field(description="The value it has when none is given.")
    help: ReadUp[str] = Field(description="One sentence on what it does.")
    min: Number = Field(description="The ends of its slider; a value beyond them may still be typed.")
    max: Number = Field(description="The ends of its slider; a value beyond them may still be typed.")
    scale: Scale = Field(
        description="How the slider runs: `log`, `linear`, or `decay` (log in 1 - value, for numbers close below 1)."
    )
    whole: bool = Field(description="Whether it counts something.")
    allowed: ReadUp[str] = Field(description="The values for which the formula is defined, in words.")


class EqualOut(ResponseModel):
    """Another rule that gives the path of this one, once some values are converted."""

    name: str = Field(description="Of that rule.")
    form: str = Field(description="Of that rule.")
    values: dict[str, str] = Field(
        description="Its hyperparameter -> formula over those of this rule; the others stay as they are."
    )
    constant_rate: bool = Field(description="Whether that holds only while the rate in force does not change.")


class FormOut(ResponseModel):
    """The same optimizer in other words; the first is `standard`."""

    name: str
    label: str = Field(description="As a person reads it.")
    rule: str = Field(description="Its lines.")
    latex: ReadUp[list[str | None]] = Field(description="The LaTeX of each line.")
    summary: ReadUp[str] = Field(description="What is different, in one sentence.")
    equals: ReadUp[list[EqualOut]] = Field(description="Rules that give the path of this form.")
    whose: ReadUp[str] = Field(description="Who writes it so, such as `as the deck`, where the label does not say it.")


class OptimizerOut(Declared):
    """An optimizer."""

    family: Literal["descent", "momentum", "adaptive"] = Field(description="The chapter of a course it belongs to.")
    summary: ReadUp[str] = Field(description="What it does.")
    intuition: ReadUp[str] = Field(description="How to think of it; one sentence each.")
    rule: str = Field(
        description="Lines `name = formula`. `w` is a parameter, `g` its gradient, `t` the step number from 1, `lr` "
        "the learning rate in force. A name read before it is assigned is state, one never assigned is a "
        "hyperparameter. Applied to each parameter by itself."
    )
    latex: ReadUp[list[str | None]] = Field(description="The LaTeX of each line.")
    forms: list[FormOut] = Field(description="Empty where there is but one.")
    params: list[ParamOut] = Field(description="`learning_rate` first.")
    initial: dict[str, str] = Field(
        description="State -> formula over the hyperparameters of its value before step 1; 0 where not given."
    )
    batch_size: int | None = Field(description="How many points a step sees, null for all.")
    needs_sampling: bool = Field(description="Whether it is only itself with samples or noise.")
    source: ReadUp[str] = Field(description="Where it was published.")
    differs: ReadUp[str] = Field(description="How PyTorch, Keras and Optax write it.")


class ScheduleOut(Declared):
    """A schedule: the factor on the learning rate at step `t`, with `k` = t - 1."""

    summary: ReadUp[str] = Field(description="One sentence on what it does.")
    rule: str = Field(
        description="Lines `name = formula` over `t` (the step number from 1), `k` = t - 1 and the schedule's own "
        "parameters; the last line assigns `factor`, by which the learning rate is multiplied."
    )
    latex: ReadUp[list[str | None]] = Field(description="The LaTeX of each line.")
    params: list[ParamOut]
    source: ReadUp[str] = Field(description="Where it comes from.")
    differs: ReadUp[str] = Field(description="How PyTorch, Keras and Optax write it.")


class KnownMinimum(MinimumOut):
    """A minimum of a surface."""

    smooth: bool = Field(description="Whether the surface is smooth there.")


class SurfaceOut(Declared):
    """A surface."""

    summary: ReadUp[str] = Field(description="One sentence on what it is good for.")
    expression: str = Field(description="The loss as a formula over x and y.")
    latex: str
    gradient_latex: ReadUp[list[str | None]]
    domain: tuple[NumberPair, NumberPair] = Field(description="The map it opens with, (low, high) for x and for y.")
    start: NumberPair = Field(description="Where a descent begins.")
    minima: list[KnownMinimum]
    suggested: Rates = Field(description="Optimizer -> a learning rate with which there is something to see.")
    source: ReadUp[str] = Field(description="Where the formula comes from.")


class FitViewOut(ResponseModel):
    """The line fit on a data set, raw or standardized."""

    start: NumberPair
    domain: tuple[NumberPair, NumberPair]
    suggested: ReadUp[dict[str, Rates]] = Field(description="Loss -> optimizer -> a learning rate.")


class TableOut(ResponseModel):
    """Data as they were written down, with columns that the line fit leaves out."""

    columns: list[str] = Field(description="What they are called, with their units.")
    rows: list[list[int | float | str]] = Field(description="Of each point a number or a word for each column.")
    feature: int = Field(description="The column, from 0, that the line is fitted over.")
    target: int = Field(description="The column, from 0, that it is fitted to.")


class DatasetOut(Declared):
    """A data set."""

    summary: ReadUp[str] = Field(description="One sentence on what it is good for.")
    x_label: str = Field(description="What is measured, with its unit.")
    y_label: str = Field(description="What is measured, with its unit.")
    points: list[NumberPair] = Field(description="(feature, target) pairs.")
    source: ReadUp[str] = Field(description="Where they come from.")
    raw: FitViewOut
    standardized: FitViewOut
    opens_standardized: bool = Field(
        description="Whether the standardised view is the one to begin with, as the other shows little."
    )
    table: ReadUp[TableOut | None] = Field(description="The data with more columns; null where there are no more.")


class LossOut(Declared):
    """A loss of the line fit."""

    summary: ReadUp[str] = Field(description="One sentence on what it does.")
    expression: str = Field(description="Of one point, over `target` and `prediction`.")
    latex: str
    mean: bool = Field(description="Whether the points' losses are averaged; otherwise they are added up.")


class PlaceGuessOut(ResponseModel):
    """Asked is where on the map a run ends."""

    kind: Literal["place"]
    run: int = Field(description="Which run, from 0.")
    answer: list[Number] = Field(description="Its parameters there.")


class RunGuessOut(ResponseModel):
    """Asked is which run is first by some measure."""

    kind: Literal["run"]
    unit: Literal["steps", "loss"] = Field(description="Of the values.")
    values: list[Number | None] = Field(description="Of each run its measure; null where it never gets there.")
    places: list[int] = Field(
        description="Of each run the place it takes, from 1; one place where they differ by less than 0.1 %."
    )
    answer: int = Field(description="The run that takes the first place, from 0.")


class ChoiceGuessOut(ResponseModel):
    """Asked is which of a few texts is true of the runs."""

    kind: Literal["choice"]
    options: list[str] = Field(description="The texts.")
    answer: int = Field(description="Which of them is true, from 0.")


class StepGuessOut(ResponseModel):
    """Asked is after how many steps something comes about."""

    kind: Literal["step"]
    run: int = Field(description="Which run, from 0.")
    answer: int = Field(description="That many steps.")


class ControlOut(ResponseModel):
    """A value of the spec that is to be set."""

    run: int | None = Field(description="Of which run, from 0; null for what all runs have in common.")
    param: str = Field(
        description="As in an address: a hyperparameter, `batch_size`, `schedule.decay` and such; `start` of all runs."
    )
    value: int | float | list[float] = Field(description="What to set it to.")


class ProposedChangeOut(ResponseModel):
    """What is to be changed once the runs have been seen; with a colon between them, the texts are one sentence."""

    do: str = Field(description="What to do, such as `Now set the start to (3, 1.5)`.")
    then: str = Field(description="What it leads to.")
    control: ControlOut


class DwellOut(ResponseModel):
    """Steps in which something quick happens, to be played slowly."""

    first: int = Field(description="The first of these steps.")
    last: int = Field(description="The last of these steps.")
    run: int = Field(description="To which run, from 0.")
    label: str = Field(description="What it is.")


class PresetOut(ResponseModel):
    """A scene that is worth opening."""

    name: str = Field(description="Permanent, snake_case.")
    group: str = Field(description="The chapter of a course it belongs to.")
    title: str = Field(description="A few words.")
    sentence: OfItsScene[str] = Field(description="What is to be seen, every number of it true of the runs.")
    more: ReadUp[str] = Field(
        description="The same in numbers, its cause, and the rates and starts for which it holds."
    )
    question: OfItsScene[str] = Field(description="What can be asked before it runs.")
    ask: OfItsScene[str] = Field(description="What is to be seen, and how to answer.")
    guess: OfItsScene[
        Annotated[PlaceGuessOut | RunGuessOut | ChoiceGuessOut | StepGuessOut, Field(discriminator="kind")]
    ] = Field(description="How the question is answered, and the answer as the runs give it.")
    change: OfItsScene[ProposedChangeOut]
    dwell: OfItsScene[list[DwellOut]] = Field(description="Where to slow down.")
    query: str = Field(description="Of the page that shows it, and of any call that runs it.")
    core: bool = Field(description="Whether it belongs to the short list.")
    look_at: Literal["map", "loss"] = Field(description="Where the point is seen: on the map or in the loss chart.")
    count: Literal["steps", "samples"] = Field(
        description="What the loss chart counts: steps, or samples seen on a logarithmic axis."
    )


class NetworkDatasetOut(Declared):
    """Samples for a network to learn, and the network that suits them."""

    summary: str = Field(description="One sentence on what it is good for.")
    inputs: list[str] = Field(description="The names of what goes in, with their units.")
    target: str = Field(description="Of what should come out.")
    kind: Literal["classification", "regression"] = Field(
        description="Whether targets are the labels 0 and 1 of a classification, or numbers."
    )
    rows: list[list[Number]] = Field(description="Of each sample the inputs, then the target.")
    source: str = Field(description="Where they come from.")
    hidden: list[int] = Field(description="A network that learns them.")
    activation: str = Field(description="A network that learns them.")
    loss: str = Field(description="A network that learns them.")
    suggested: Rates = Field(description="Optimizer -> a learning rate with which it learns.")
    note: str | None = Field(description="What must be known of its numbers.")


class ActivationOut(Declared):
    """What a neuron makes of its pre-activation `u`."""

    summary: str = Field(description="One sentence on what it does.")
    expression: str
    latex: str
    derivative: str = Field(description="Over `a`, the activation itself.")
    derivative_latex: str


class NetworkLossOut(Declared):
    """How far outputs of a network are from targets; the mean over the samples is minimised."""

    summary: str = Field(description="One sentence on what it does.")
    output: str = Field(description="The name of the activation of the output neuron that goes with it.")
    expression: str = Field(description="Of one sample, over `output` and `target`.")
    latex: str
    labels: bool = Field(description="Whether targets must be 0 or 1.")


class Networks(ResponseModel):
    """What a network is put together from."""

    datasets: list[NetworkDatasetOut]
    activations: list[ActivationOut]
    losses: list[NetworkLossOut]


class OwnFormula(ResponseModel):
    """Where a formula of one's own is opened."""

    start: NumberPair
    domain: tuple[NumberPair, NumberPair]


class Language(ResponseModel):
    """The words of formulas."""

    functions: list[str]
    constants: dict[str, Number]


class Catalog(ResponseModel):
    """Everything that can be named, and the limits of a request."""

    optimizers: list[OptimizerOut]
    schedules: list[ScheduleOut]
    surfaces: list[SurfaceOut]
    datasets: list[DatasetOut]
    losses: list[LossOut]
    presets: list[PresetOut]
    own_formula: OwnFormula
    language: Language
    samplings: ReadUp[list[Literal["shuffle", "replacement"]]]
    fields: ReadUp[list[str]] = Field(description="The columns that a reply may have.")
    networks: ReadUp[Networks]
    limits: dict[str, Number] = Field(description="Name -> the most of it.")


@cache
def without(model: type[ResponseModel], prefix: str, *marks: str) -> type[ResponseModel]:
    """The model, and those in it, without the fields that bear one of the marks; itself where none does."""
    kept: dict[str, Any] = {}
    for name, field in model.model_fields.items():
        if not any(mark in field.metadata for mark in marks):
            kept[name] = (_without(field.annotation, prefix, *marks), field)
    if [each for each, _ in kept.values()] == [field.annotation for field in model.model_fields.values()]:
        return model
    made: type[ResponseModel] = create_model(
        f"{prefix}{model.__name__}", __base__=ResponseModel, __doc__=model.__doc__, **kept
    )
    return made


def _without(annotation: Any, prefix: str, *marks: str) -> Any:
    if get_origin(annotation) is list:
        (item,) = get_args(annotation)
        return list[_without(item, prefix, *marks)]  # type: ignore[misc]
    if isinstance(annotation, type) and issubclass(annotation, ResponseModel):
        return without(annotation, prefix, *marks)
    return annotation


OpenPreset: Any = without(PresetOut, "Brief", READ_UP)
ClosedPreset: Any = without(PresetOut, "Closed", READ_UP, OF_ITS_SCENE)
BriefCatalog = create_model(
    "BriefCatalog",
    __base__=without(Catalog, "Brief", READ_UP),
    __doc__="The catalog without what only a reader who wants to know more needs.",
    presets=(list[OpenPreset | ClosedPreset], Field(description="The first, with which a page opens, has its scene.")),
)
