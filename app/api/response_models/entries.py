"""The models of the catalog, which has everything that a spec can name, and of its brief form for opening a page."""

from typing import Annotated, Literal

from pydantic import Field

from app.api.response_models import Made, Number, ResponseModel, brief
from app.api.response_models.runs import MinimumOut
from app.course.lessons.evidence import Evidence
from app.course.presets import Preset
from app.course.questions import ChoiceGuess, Guess
from fallline.formulas import gradient, latex, latex_rule, parse, parse_rule, to_source
from fallline.formulas.nodes import Node
from fallline.hyperparameters import Param
from fallline.optimizers.method import Refused
from fallline.optimizers.optimizer import STANDARD, Equal, Form, Optimizer
from fallline.own import OwnLoss
from fallline.problems import LOSSES, dataset_problem
from fallline.problems.dataset import Dataset, FitView
from fallline.problems.line_fit import Loss
from fallline.problems.network_datasets import NetworkDataset
from fallline.problems.network_functions import Activation, NetworkLoss
from fallline.problems.surface import Surface
from fallline.schedules.schedule import Schedule
from fallline.suggested import suggested_rates
from fallline.working.method_lines import method_latex

NumberPair = tuple[Number, Number]
Rates = dict[str, Number]

Latex = Annotated[str, Made(lambda item: latex(item.formula))]
Expression = Annotated[str, Made(lambda item: to_source(item.formula))]


class ParamOut(ResponseModel, of=Param, seldom=["help", "allowed"]):
    """A hyperparameter of an optimizer or a schedule."""

    name: str
    allowed: Annotated[str, Made(lambda param: param.range_text)]


Params = Annotated[
    list[ParamOut],
    Made(lambda item: [ParamOut.made_from(param, name=name) for name, param in item.params.items()]),
]


class EqualOut(ResponseModel, of=Equal):
    pass


class FormOut(ResponseModel, of=Form, seldom=["latex", "summary", "equals", "whose"]):
    """A form of an optimizer: its lines as one of its sources writes them. The first form is `standard`."""

    name: str
    latex: Annotated[list[str | None], Made(lambda item: latex_rule(parse_rule(item.rule)))] = Field(
        description="The LaTeX of each line."
    )
    equals: list[EqualOut]


def _forms(optimizer: Optimizer) -> list[FormOut]:
    texts: dict[str, Optimizer | Form] = {STANDARD: optimizer, **optimizer.forms} if optimizer.forms else {}
    return [FormOut.made_from(text, name=name) for name, text in texts.items()]


def _lines(optimizer: Optimizer) -> list[str | None]:
    return list(method_latex(optimizer.method).values()) if optimizer.method else latex_rule(parse_rule(optimizer.rule))


class OptimizerOut(
    ResponseModel,
    of=Optimizer,
    without=["method", "step_length", "equals", "whose", "rate_name"],
    seldom=["summary", "intuition", "latex", "source", "differs", "own"],
):
    """An optimizer."""

    latex: Annotated[list[str | None], Made(_lines)] = Field(description="The LaTeX of each line.")
    forms: Annotated[list[FormOut], Made(_forms)]
    params: Params
    needs_sampling: bool = Field(
        description="Whether it needs batches or noise; without them it is the same as gradient descent."
    )
    refuses: Annotated[
        list[Refused], Made(lambda optimizer: optimizer.method.refuses() if optimizer.method else [])
    ] = Field(
        description="What it does not support: fields of a run, a `network` as the problem, a `sweep` over a "
        "hyperparameter, or the run as a `program`."
    )


class ScheduleOut(ResponseModel, of=Schedule, seldom=["rule", "summary", "latex", "source", "differs"]):
    """A schedule: the factor by which the learning rate is multiplied at step `t`, with `k` = t - 1."""

    latex: Annotated[
        list[str | None], Made(lambda schedule: latex_rule(parse_rule(schedule.rule, ("t", "k"), "factor")))
    ] = Field(description="The LaTeX of each line.")
    params: Params


class KnownMinimum(MinimumOut, seldom=["smooth"]):
    """A minimum of a surface."""

    smooth: bool = Field(description="Whether the surface is differentiable there.")


def _formula(surface: Surface) -> Node:
    return parse(surface.expression, ("x", "y"))


class SurfaceOut(
    ResponseModel, of=Surface, without=["rates"], seldom=["summary", "expression", "gradient_latex", "source", "own"]
):
    """A surface."""

    latex: Annotated[str, Made(lambda surface: latex(_formula(surface)))]
    gradient_latex: Annotated[
        list[str | None], Made(lambda surface: list(map(latex, gradient(_formula(surface), ("x", "y")))))
    ]
    minima: list[KnownMinimum]
    domain: list[NumberPair] = Field(
        description="(low, high) of each parameter. For a loss of one's own with more than two parameters it is empty, "
        "and the map is a plane of its runs, as for networks."
    )
    start: list[Number]
    suggested: Annotated[Rates, Made(lambda surface: suggested_rates(surface.rates, surface.name))] = Field(
        description="Optimizer -> a learning rate that gives a visible path."
    )
    own: bool = Field(
        False, description="Whether it is code of one's own, which only this process has; it has no formula."
    )


def own_surface(it: OwnLoss) -> SurfaceOut:
    """The entry of a loss of one's own, without a formula and suggested rates; with many parameters, without domain."""
    problem = it.problem
    minima = [
        KnownMinimum(at=minimum.at, loss=minimum.loss, kind=minimum.kind, smooth=minimum.smooth)
        for minimum in problem.minima
    ]
    return SurfaceOut.model_validate(
        {
            "name": it.name, "label": it.label, "summary": it.summary, "domain": problem.domain, "start": problem.start,
            "minima": [vars(minimum) for minimum in minima], "expression": "", "latex": "", "gradient_latex": [],
            "suggested": {}, "source": it.source, "own": True,
        }
    )  # fmt: skip


class FitViewOut(ResponseModel, of=FitView, seldom=["suggested"]):
    """The line fit on a data set, raw or standardised."""

    suggested: dict[str, Rates] = Field(description="Loss -> optimizer -> a learning rate.")


def _view(dataset: Dataset, standardize: bool) -> FitViewOut:
    rates = {loss: dataset_problem(dataset.name, loss, standardize).rates for loss in LOSSES}
    suggested = {loss: suggested_rates(each) for loss, each in rates.items()}
    return FitViewOut.made_from(dataset.standardized if standardize else dataset.raw, suggested=suggested)


class DatasetOut(ResponseModel, of=Dataset, seldom=["summary", "source", "table"]):
    """A data set."""

    raw: Annotated[FitViewOut, Made(lambda dataset: _view(dataset, standardize=False))]
    standardized: Annotated[FitViewOut, Made(lambda dataset: _view(dataset, standardize=True))]


class LossOut(
    ResponseModel, of=Loss, without=["of_residual", "least_squares"], seldom=["expression", "summary", "latex"]
):
    """A loss of the line fit."""

    expression: str = Field(description="The loss of one point as a formula in `target` and `prediction`.")
    latex: Annotated[str, Made(lambda loss: latex(parse(loss.expression, ("prediction", "target"))))]
    fit_latex: str = Field(description="The LaTeX of the loss of a line over all points (x, y).")


class PresetOut(ResponseModel, of=Preset, without=["spec", "window", "task", "then"]):
    """A preset, which readers call a scene: prepared runs with a sentence about them."""

    guess: Annotated[Guess, Field(discriminator="kind"), Made(lambda preset: preset.answered)]
    ask: str = Field(description="What is to be seen, and how to answer.")
    changed_sentence: str = Field(
        description="What its change leads to, as a sentence; a run that is the only one of its name has that name."
    )
    change_guess: Annotated[ChoiceGuess, Made(lambda preset: preset.change_answered)] = Field(
        description="What its change may do, to choose from before it is made, and what it does."
    )
    evidence: Annotated[list[Annotated[Evidence, Field(discriminator="kind")]], Made(lambda preset: preset.marked)] = (
        Field(description="The numbers of its sentence as marks on the map, in the loss chart and at the sliders.")
    )
    changed_evidence: Annotated[
        list[Annotated[Evidence, Field(discriminator="kind")]], Made(lambda preset: preset.marked_after)
    ] = Field(description="The same for the sentence after its change, about the changed runs.")
    lesson_title: str | None = Field(description="The title of that lesson.")
    query: str = Field(description="The query of the page that shows it, and of any request that runs it.")


OF_THE_WHOLE = [
    "more", "why", "cause", "lesson", "lesson_title", "words", "core", "evidence", "changed_evidence", "telling",
    "change_guess",
]  # fmt: skip
"""The fields that a page needs only once the runs of a scene have run, or for the list of all scenes."""


class BriefPreset(ResponseModel, of=PresetOut, without=OF_THE_WHOLE):
    pass


OF_ITS_SCENE = ["sentence", "question", "about", "ask", "guess", "change", "changed_sentence", "dwell", "explanation"]
"""The fields that a page needs only of the preset that it shows; it fetches those of others when they are opened."""


class ClosedPreset(ResponseModel, of=BriefPreset, without=OF_ITS_SCENE):
    pass


class NetworkDatasetOut(ResponseModel, of=NetworkDataset, without=["rates", "one_hot", "always_standardized"]):
    suggested: Annotated[Rates, Made(lambda dataset: suggested_rates(dataset.rates))] = Field(
        description="Optimizer -> a learning rate with which the network learns."
    )


class ActivationOut(ResponseModel, of=Activation, without=["formula"]):
    """A function that maps the pre-activation `u` of a neuron to its activation."""

    expression: Expression
    latex: Latex
    derivative: Annotated[str, Made(lambda activation: to_source(activation.derivative))]
    derivative_latex: Annotated[str, Made(lambda activation: latex(activation.derivative))]


class NetworkLossOut(ResponseModel, of=NetworkLoss, without=["formula", "delta", "stable"]):
    """A loss of a network; its mean over the samples is minimised."""

    expression: Expression = Field(description="The loss of one sample as a formula in `output` and `target`.")
    latex: Latex


class Networks(ResponseModel):
    """The data sets, activations and losses for networks."""

    datasets: list[NetworkDatasetOut]
    own: list[NetworkDatasetOut] = Field(
        description="The defaults for samples of one's own: those for labels, and those for numbers."
    )
    activations: list[ActivationOut]
    losses: list[NetworkLossOut]


class OwnFormula(ResponseModel):
    """The start and the domain with which a formula of one's own is opened."""

    start: NumberPair
    domain: tuple[NumberPair, NumberPair]


class Language(ResponseModel):
    """The functions and constants of formulas."""

    functions: list[str]
    constants: dict[str, Number]


class Catalog(ResponseModel, seldom=["samplings", "fields", "networks"]):
    """Everything that can be named, and the limits of a request."""

    optimizers: list[OptimizerOut]
    schedules: list[ScheduleOut]
    surfaces: list[SurfaceOut]
    datasets: list[DatasetOut]
    losses: list[LossOut]
    presets: list[PresetOut]
    own_formula: OwnFormula
    language: Language
    samplings: list[Literal["shuffle", "replacement"]]
    fields: list[str] = Field(description="The columns that a reply may have.")
    networks: Networks
    limits: dict[str, Number] = Field(description="The name of a limit -> its value.")
    own_version: str = Field(description="The version of the code of one's own that is listed; empty without any.")


class BriefCatalog(ResponseModel, of=brief(Catalog)):
    """The catalog without the fields that only the details of an entry show."""

    presets: list[BriefPreset | ClosedPreset] = Field(
        description="The presets. Only the first one, with which a page opens, has its question, sentence and change."
    )
