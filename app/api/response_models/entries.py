"""The catalog: everything that can be named; and what of it a page opens with, its `brief`."""

from typing import Annotated, Literal

from pydantic import Field

from app.api.response_models import Made, Number, ResponseModel, brief
from app.api.response_models.runs import MinimumOut
from app.course.lessons.evidence import Evidence
from app.course.presets import Preset
from app.course.questions import Guess
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

Latex = Annotated[str, Made(lambda it: latex(it.formula))]
Expression = Annotated[str, Made(lambda it: to_source(it.formula))]


class ParamOut(ResponseModel, of=Param, seldom=["help", "allowed"]):
    """A hyperparameter of an optimizer or a schedule."""

    name: str
    allowed: Annotated[str, Made(lambda it: it.range_text)]


Params = Annotated[
    list[ParamOut],
    Made(lambda it: [ParamOut.made_from(each, name=name) for name, each in it.params.items()]),
]


class EqualOut(ResponseModel, of=Equal):
    pass


class FormOut(ResponseModel, of=Form, seldom=["latex", "summary", "equals", "whose"]):
    """The same optimizer in other words; the first is `standard`."""

    name: str
    latex: Annotated[list[str | None], Made(lambda it: latex_rule(parse_rule(it.rule)))] = Field(
        description="The LaTeX of each line."
    )
    equals: list[EqualOut]


def _forms(it: Optimizer) -> list[FormOut]:
    texts: dict[str, Optimizer | Form] = {STANDARD: it, **it.forms} if it.forms else {}
    return [FormOut.made_from(each, name=name) for name, each in texts.items()]


def _lines(it: Optimizer) -> list[str | None]:
    return list(method_latex(it.method).values()) if it.method else latex_rule(parse_rule(it.rule))


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
    needs_sampling: bool = Field(description="Whether it is only itself with samples or noise.")
    refuses: Annotated[list[Refused], Made(lambda it: it.method.refuses() if it.method else [])] = Field(
        description="What does not go with it: fields of its run, `network` as the problem, `sweep` over a "
        "hyperparameter, and the run as a `program`."
    )


class ScheduleOut(ResponseModel, of=Schedule, seldom=["rule", "summary", "latex", "source", "differs"]):
    """A schedule: the factor on the learning rate at step `t`, with `k` = t - 1."""

    latex: Annotated[list[str | None], Made(lambda it: latex_rule(parse_rule(it.rule, ("t", "k"), "factor")))] = Field(
        description="The LaTeX of each line."
    )
    params: Params


class KnownMinimum(MinimumOut, seldom=["smooth"]):
    """A minimum of a surface."""

    smooth: bool = Field(description="Whether the surface is smooth there.")


def _formula(it: Surface) -> Node:
    return parse(it.expression, ("x", "y"))


class SurfaceOut(
    ResponseModel, of=Surface, without=["rates"], seldom=["summary", "expression", "gradient_latex", "source", "own"]
):
    """A surface."""

    latex: Annotated[str, Made(lambda it: latex(_formula(it)))]
    gradient_latex: Annotated[list[str | None], Made(lambda it: list(map(latex, gradient(_formula(it), ("x", "y")))))]
    minima: list[KnownMinimum]
    domain: list[NumberPair] = Field(
        description="(low, high) of each parameter. A loss of one's own may have one; with more than two the domain is "
        "empty, and the map a plane of its runs, as of networks."
    )
    start: list[Number]
    suggested: Annotated[Rates, Made(lambda it: suggested_rates(it.rates, it.name))] = Field(
        description="Optimizer -> a learning rate with which there is something to see."
    )
    own: bool = Field(False, description="Whether it is code of one's own, in this process alone; it has no formula.")


def own_surface(it: OwnLoss) -> SurfaceOut:
    """A loss of one's own beside the surfaces: without formula and suggested rates; of many parameters no domain."""
    problem = it.problem
    minima = [KnownMinimum(at=each.at, loss=each.loss, kind=each.kind, smooth=each.smooth) for each in problem.minima]
    return SurfaceOut.model_validate(
        {
            "name": it.name, "label": it.label, "summary": it.summary, "domain": problem.domain, "start": problem.start,
            "minima": [vars(each) for each in minima], "expression": "", "latex": "", "gradient_latex": [],
            "suggested": {}, "source": it.source, "own": True,
        }
    )  # fmt: skip


class FitViewOut(ResponseModel, of=FitView, seldom=["suggested"]):
    """The line fit on a data set, raw or standardized."""

    suggested: dict[str, Rates] = Field(description="Loss -> optimizer -> a learning rate.")


def _view(it: Dataset, standardize: bool) -> FitViewOut:
    rates = {loss: dataset_problem(it.name, loss, standardize).rates for loss in LOSSES}
    suggested = {loss: suggested_rates(each) for loss, each in rates.items()}
    return FitViewOut.made_from(it.standardized if standardize else it.raw, suggested=suggested)


class DatasetOut(ResponseModel, of=Dataset, seldom=["summary", "source", "table"]):
    """A data set."""

    raw: Annotated[FitViewOut, Made(lambda it: _view(it, standardize=False))]
    standardized: Annotated[FitViewOut, Made(lambda it: _view(it, standardize=True))]


class LossOut(
    ResponseModel, of=Loss, without=["of_residual", "least_squares"], seldom=["expression", "summary", "latex"]
):
    """A loss of the line fit."""

    expression: str = Field(description="Of one point, over `target` and `prediction`.")
    latex: Annotated[str, Made(lambda it: latex(parse(it.expression, ("prediction", "target"))))]
    fit_latex: str = Field(description="The LaTeX of the loss of a line over all points (x, y).")


class PresetOut(ResponseModel, of=Preset, without=["spec", "window"]):
    """A scene that is worth opening."""

    guess: Annotated[Guess, Field(discriminator="kind"), Made(lambda it: it.answered)]
    evidence: Annotated[list[Annotated[Evidence, Field(discriminator="kind")]], Made(lambda it: it.marked)] = Field(
        description="What its sentence says, as marks on the map, in the loss chart and at the sliders."
    )
    changed_evidence: Annotated[
        list[Annotated[Evidence, Field(discriminator="kind")]], Made(lambda it: it.marked_after)
    ] = Field(description="The same of what its change then says, of the runs with that change.")
    query: str = Field(description="Of the page that shows it, and of any call that runs it.")


class BriefPreset(
    ResponseModel, of=PresetOut, without=["more", "why", "core", "evidence", "changed_evidence", "telling"]
):
    pass


OF_ITS_SCENE = ["sentence", "question", "ask", "guess", "change", "dwell", "explanation"]
"""What a page needs of the scene that it shows: of the others, not before they are opened."""


class ClosedPreset(ResponseModel, of=BriefPreset, without=OF_ITS_SCENE):
    pass


class NetworkDatasetOut(ResponseModel, of=NetworkDataset, without=["rates", "one_hot", "always_standardized"]):
    suggested: Annotated[Rates, Made(lambda it: suggested_rates(it.rates))] = Field(
        description="Optimizer -> a learning rate with which it learns."
    )


class ActivationOut(ResponseModel, of=Activation, without=["formula"]):
    """What a neuron makes of its pre-activation `u`."""

    expression: Expression
    latex: Latex
    derivative: Annotated[str, Made(lambda it: to_source(it.derivative))]
    derivative_latex: Annotated[str, Made(lambda it: latex(it.derivative))]


class NetworkLossOut(ResponseModel, of=NetworkLoss, without=["formula", "delta", "stable"]):
    """How far outputs of a network are from targets; the mean over the samples is minimised."""

    expression: Expression = Field(description="Of one sample, over `output` and `target`.")
    latex: Latex


class Networks(ResponseModel):
    """What a network is put together from."""

    datasets: list[NetworkDatasetOut]
    own: list[NetworkDatasetOut] = Field(description="For samples of one's own: what suits labels, and numbers.")
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
    limits: dict[str, Number] = Field(description="Name -> the most of it.")


class BriefCatalog(ResponseModel, of=brief(Catalog)):
    """The catalog without what only a reader who wants to know more needs."""

    presets: list[BriefPreset | ClosedPreset] = Field(description="The first, with which a page opens, has its scene.")
