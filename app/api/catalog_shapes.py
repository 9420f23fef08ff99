"""The shape of the catalog, for its description only."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from app.api.shapes import Described, MinimumShape
from app.hyperparameters import Scale

Pair = tuple[float, float]
Rates = dict[str, float]


class ParamShape(Described):
    """A hyperparameter of an optimizer or a schedule."""

    name: str
    default: float
    min: float = Field(description="Of its slider; a value beyond may still be given.")
    max: float
    scale: Scale = Field(description="How its slider runs.")
    help: str
    whole: bool = Field(description="Whether it counts something.")
    allowed: str = Field(description="The values for which the formula is defined, in words.")


class EqualShape(Described):
    """Another optimizer that takes the same steps, and with which values."""

    name: str
    form: str
    values: dict[str, str] = Field(description="Hyperparameter of it -> formula over those of this one.")
    constant_rate: bool = Field(description="Whether that holds only while the rate stays as it is.")


class FormShape(Described):
    """The same optimizer in other words; the first is `standard`."""

    name: str
    label: str
    whose: str = Field("", description="Who writes it so.")
    summary: str
    rule: str
    latex: list[str | None] = Field(description="Of each line.")
    equals: list[EqualShape]


class OptimizerShape(Described):
    """An optimizer."""

    name: str
    label: str
    family: str
    summary: str
    intuition: str
    rule: str = Field(description="Lines `name = formula`, as they run.")
    latex: list[str | None] = Field(description="Of each line.")
    initial: dict[str, str] = Field(description="State -> formula of its value before the first step, where not 0.")
    source: str
    differs: str = Field(description="Where libraries do it otherwise.")
    forms: list[FormShape] = Field(description="Empty where there is but one.")
    params: list[ParamShape] = Field(description="`learning_rate` first.")
    batch_size: int | None = Field(description="Its default on data; null: all points.")
    needs_sampling: bool = Field(description="Whether it is only itself with samples or noise.")


class ScheduleShape(Described):
    """A schedule: the factor on the learning rate at step `t`, with `k` = t - 1."""

    name: str
    label: str
    summary: str
    rule: str
    latex: list[str | None]
    source: str
    differs: str
    params: list[ParamShape]


class KnownMinimumShape(MinimumShape):
    """A minimum of a surface."""

    smooth: bool = Field(description="Whether the surface is smooth there.")


class SurfaceShape(Described):
    """A surface."""

    name: str
    label: str
    summary: str
    expression: str
    latex: str
    gradient_latex: list[str | None]
    domain: tuple[Pair, Pair] = Field(description="(low, high) of x and of y on its map.")
    start: Pair
    minima: list[KnownMinimumShape]
    suggested: Rates = Field(description="Optimizer -> a learning rate with which there is something to see.")
    source: str


class DatasetViewShape(Described):
    """The line fit on a data set, raw or standardized."""

    start: Pair
    domain: tuple[Pair, Pair]
    suggested: dict[str, Rates] = Field(description="Loss -> optimizer -> a learning rate.")


class DatasetShape(Described):
    """A data set."""

    name: str
    label: str
    summary: str
    x_label: str
    y_label: str
    points: list[Pair] = Field(description="(feature, target).")
    source: str
    raw: DatasetViewShape
    standardized: DatasetViewShape
    opens_standardized: bool


class LossShape(Described):
    """A loss of the line fit."""

    name: str
    label: str
    summary: str
    expression: str = Field(description="Of one point, over `target` and `prediction`.")
    latex: str
    mean: bool = Field(description="Whether it is the mean over the points; otherwise their sum.")


class PresetShape(Described):
    """A scene that is worth opening."""

    name: str
    group: str
    title: str
    sentence: str
    query: str = Field(description="Of the page that shows it, and of any call that runs it.")
    core: bool
    look_at: str
    count: str


class OwnFormulaShape(Described):
    """Where a formula of one's own is opened."""

    start: Pair
    domain: tuple[Pair, Pair]


class LanguageShape(Described):
    """The words of formulas."""

    functions: list[str]
    constants: dict[str, float]


class CatalogShape(Described):
    """Everything that can be named, and the limits of a request."""

    optimizers: list[OptimizerShape]
    schedules: list[ScheduleShape]
    surfaces: list[SurfaceShape]
    datasets: list[DatasetShape]
    losses: list[LossShape]
    presets: list[PresetShape]
    own_formula: OwnFormulaShape
    language: LanguageShape
    samplings: list[Literal["shuffle", "replacement"]]
    fields: list[str] = Field(description="The columns that a reply may have.")
    limits: dict[str, float] = Field(description="Name -> the most of it.")
