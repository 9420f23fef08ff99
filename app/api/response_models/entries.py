"""The catalog: everything that can be named; and what of it a page opens with, the models that begin with `Brief`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from app.api.response_models import Number, ResponseModel
from app.api.response_models.runs import MinimumOut
from app.course.presets import Preset
from app.course.questions import Guess
from fallline.hyperparameters import Param
from fallline.optimizers.method import Refused
from fallline.optimizers.optimizer import Equal, Form, Optimizer
from fallline.problems.dataset import Dataset, FitView
from fallline.problems.line_fit import Loss
from fallline.problems.network_datasets import NetworkDataset
from fallline.problems.network_functions import Activation, NetworkLoss
from fallline.problems.surface import Surface
from fallline.schedules.schedule import Schedule

NumberPair = tuple[Number, Number]
Rates = dict[str, Number]


class ParamOut(ResponseModel, of=Param):
    """A hyperparameter of an optimizer or a schedule."""

    name: str
    allowed: str


class BriefParam(ResponseModel, of=ParamOut, without=["help", "allowed"]):
    pass


class EqualOut(ResponseModel, of=Equal):
    pass


class FormOut(ResponseModel, of=Form, without=["reference"]):
    """The same optimizer in other words; the first is `standard`."""

    name: str
    latex: list[str | None] = Field(description="The LaTeX of each line.")
    equals: list[EqualOut]


class BriefForm(ResponseModel, of=FormOut, without=["latex", "summary", "equals", "whose"]):
    pass


class OptimizerOut(ResponseModel, of=Optimizer, without=["method", "reference", "step_length", "equals", "whose"]):
    """An optimizer."""

    latex: list[str | None] = Field(description="The LaTeX of each line.")
    forms: list[FormOut]
    params: list[ParamOut]
    needs_sampling: bool = Field(description="Whether it is only itself with samples or noise.")
    refuses: list[Refused] = Field(
        description="What does not go with it: fields of its run, `network` as the problem, `sweep` over a "
        "hyperparameter, and the run as a `program`."
    )


class BriefOptimizer(ResponseModel, of=OptimizerOut, without=["summary", "intuition", "latex", "source", "differs"]):
    forms: list[BriefForm]
    params: list[BriefParam]


class ScheduleOut(ResponseModel, of=Schedule):
    """A schedule: the factor on the learning rate at step `t`, with `k` = t - 1."""

    latex: list[str | None] = Field(description="The LaTeX of each line.")
    params: list[ParamOut]


class BriefSchedule(ResponseModel, of=ScheduleOut, without=["summary", "latex", "source", "differs"]):
    params: list[BriefParam]


class KnownMinimum(MinimumOut):
    """A minimum of a surface."""

    smooth: bool = Field(description="Whether the surface is smooth there.")


class SurfaceOut(ResponseModel, of=Surface, without=["rates", "unlisted_minima"]):
    """A surface."""

    latex: str
    gradient_latex: list[str | None]
    minima: list[KnownMinimum]
    suggested: Rates = Field(description="Optimizer -> a learning rate with which there is something to see.")


class BriefSurface(ResponseModel, of=SurfaceOut, without=["summary", "gradient_latex", "source"]):
    pass


class FitViewOut(ResponseModel, of=FitView):
    """The line fit on a data set, raw or standardized."""

    suggested: dict[str, Rates] = Field(description="Loss -> optimizer -> a learning rate.")


class BriefFitView(ResponseModel, of=FitViewOut, without=["suggested"]):
    pass


class DatasetOut(ResponseModel, of=Dataset):
    """A data set."""

    raw: FitViewOut
    standardized: FitViewOut


class BriefDataset(ResponseModel, of=DatasetOut, without=["summary", "source", "table"]):
    raw: BriefFitView
    standardized: BriefFitView


class LossOut(ResponseModel, of=Loss, without=["of_residual", "least_squares"]):
    """A loss of the line fit."""

    expression: str = Field(description="Of one point, over `target` and `prediction`.")
    latex: str


class BriefLoss(ResponseModel, of=LossOut, without=["summary"]):
    pass


class PresetOut(ResponseModel, of=Preset, without=["spec", "window"]):
    """A scene that is worth opening."""

    guess: Annotated[Guess, Field(discriminator="kind")]
    query: str = Field(description="Of the page that shows it, and of any call that runs it.")


class BriefPreset(ResponseModel, of=PresetOut, without=["more"]):
    pass


OF_ITS_SCENE = ["sentence", "question", "ask", "guess", "change", "dwell"]
"""What a page needs of the scene that it shows: of the others, not before they are opened."""


class ClosedPreset(ResponseModel, of=BriefPreset, without=OF_ITS_SCENE):
    pass


class NetworkDatasetOut(ResponseModel, of=NetworkDataset, without=["rates", "one_hot", "always_standardized"]):
    suggested: Rates = Field(description="Optimizer -> a learning rate with which it learns.")


class ActivationOut(ResponseModel, of=Activation, without=["formula"]):
    """What a neuron makes of its pre-activation `u`."""

    expression: str
    latex: str
    derivative: str
    derivative_latex: str


class NetworkLossOut(ResponseModel, of=NetworkLoss, without=["formula", "delta", "stable"]):
    """How far outputs of a network are from targets; the mean over the samples is minimised."""

    expression: str = Field(description="Of one sample, over `output` and `target`.")
    latex: str


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
    samplings: list[Literal["shuffle", "replacement"]]
    fields: list[str] = Field(description="The columns that a reply may have.")
    networks: Networks
    limits: dict[str, Number] = Field(description="Name -> the most of it.")


class BriefCatalog(ResponseModel, of=Catalog, without=["samplings", "fields", "networks"]):
    """The catalog without what only a reader who wants to know more needs."""

    optimizers: list[BriefOptimizer]
    schedules: list[BriefSchedule]
    surfaces: list[BriefSurface]
    datasets: list[BriefDataset]
    losses: list[BriefLoss]
    presets: list[BriefPreset | ClosedPreset] = Field(description="The first, with which a page opens, has its scene.")
