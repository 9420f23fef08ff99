"""The catalog: everything that can be named, made from the declarations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import orjson
from fastapi import APIRouter, Request, Response
from pydantic import Field

from app.api.errors import NO_KEYS
from app.api.requests import pairs_of
from app.api.responses import ASKED_EACH_TIME, KNOWN, readable, short_answer, tag
from app.api.runs import FIELDS, MinimumShape
from app.api.shapes import Described
from app.api.spec.fields import MAX_LABEL, MAX_SEED
from app.api.spec.models import MAX_RESOLUTION, Spec
from app.api.spec.optimizers import SAMPLINGS
from app.api.spec.query import refuse_all_keys, spec_to_query
from app.formulas import gradient, latex, latex_rule, parse, parse_rule
from app.formulas.language import MAX_CHARACTERS, MAX_DEPTH, MAX_NODES
from app.formulas.vocabulary import CONSTANTS, FUNCTIONS
from app.hyperparameters import MOST_COUNTED, Param, Scale
from app.optimizers import OPTIMIZERS, Form, Optimizer
from app.optimizers.declaration import STANDARD
from app.presets import PRESETS, Preset
from app.problems import DATASETS, LOSSES, SURFACES, Dataset, Loss, Surface, dataset_problem
from app.problems.problem import PLAIN_DOMAIN, PLAIN_START
from app.schedules import SCHEDULES, Schedule
from app.settings import Settings

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


def catalog(settings: Settings) -> bytes:
    """The whole catalog as JSON."""
    return orjson.dumps(
        {
            "optimizers": [_optimizer(each) for each in OPTIMIZERS.values()],
            "schedules": [_schedule(each) for each in SCHEDULES.values()],
            "surfaces": [_surface(each) for each in SURFACES.values()],
            "datasets": [_dataset(each) for each in DATASETS.values()],
            "losses": [_loss(each) for each in LOSSES.values()],
            "presets": [_preset(each) for each in PRESETS.values()],
            "own_formula": {"start": PLAIN_START, "domain": (PLAIN_DOMAIN, PLAIN_DOMAIN)},
            "language": {"functions": [*FUNCTIONS, "where"], "constants": dict(CONSTANTS)},
            "samplings": SAMPLINGS,
            "fields": FIELDS,
            "limits": _limits(settings),
        }
    )


def _optimizer(it: Optimizer) -> dict[str, Any]:
    return {
        "name": it.name,
        "label": it.label,
        "family": it.family,
        "summary": it.summary,
        "intuition": it.intuition,
        "rule": it.rule,
        "latex": latex_rule(parse_rule(it.rule)),
        "initial": dict(it.initial),
        "source": it.source,
        "differs": it.differs,
        "forms": _forms(it),
        "params": _params(it.params),
        "batch_size": it.batch_size,
        "needs_sampling": it.needs_sampling,
    }


def _forms(it: Optimizer) -> list[dict[str, Any]]:
    if not it.forms:
        return []
    every: dict[str, Optimizer | Form] = {STANDARD: it, **it.forms}
    return [_form(name, each) for name, each in every.items()]


def _form(name: str, it: Optimizer | Form) -> dict[str, Any]:
    return {
        "name": name,
        "label": it.label,
        "whose": it.whose,
        "summary": it.summary,
        "rule": it.rule,
        "latex": latex_rule(parse_rule(it.rule)),
        "equals": [
            {"name": e.name, "form": e.form, "values": dict(e.values), "constant_rate": e.constant_rate}
            for e in it.equals
        ],
    }


def _params(params: Mapping[str, Param]) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "default": each.default,
            "min": each.min,
            "max": each.max,
            "scale": each.scale,
            "help": each.help,
            "whole": each.whole,
            "allowed": each.range_text,
        }
        for name, each in params.items()
    ]


def _schedule(it: Schedule) -> dict[str, Any]:
    return {
        "name": it.name,
        "label": it.label,
        "summary": it.summary,
        "rule": it.rule,
        "latex": latex_rule(parse_rule(it.rule, ("t", "k"), "factor")),
        "source": it.source,
        "differs": it.differs,
        "params": _params(it.params),
    }


def _surface(it: Surface) -> dict[str, Any]:
    loss = parse(it.expression, ("x", "y"))
    return {
        "name": it.name,
        "label": it.label,
        "summary": it.summary,
        "expression": it.expression,
        "latex": latex(loss),
        "gradient_latex": [latex(slope) for slope in gradient(loss, ("x", "y"))],
        "domain": it.domain,
        "start": it.start,
        "minima": [{"at": each.at, "loss": each.loss, "kind": each.kind, "smooth": each.smooth} for each in it.minima],
        "suggested": dict(it.suggested),
        "source": it.source,
    }


def _dataset(it: Dataset) -> dict[str, Any]:
    return {
        "name": it.name,
        "label": it.label,
        "summary": it.summary,
        "x_label": it.x_label,
        "y_label": it.y_label,
        "points": it.points,
        "source": it.source,
        "raw": _view(it, standardize=False),
        "standardized": _view(it, standardize=True),
        "opens_standardized": it.opens_standardized,
    }


def _view(it: Dataset, standardize: bool) -> dict[str, Any]:
    """A start from which there is something to see, the map, and rates for each loss."""
    view = it.standardized if standardize else it.raw
    suggested = {loss: dict(dataset_problem(it.name, loss, standardize).suggested) for loss in LOSSES}
    return {"start": view.start, "domain": view.domain, "suggested": suggested}


def _loss(it: Loss) -> dict[str, Any]:
    return {
        "name": it.name,
        "label": it.label,
        "summary": it.summary,
        "expression": it.expression,
        "latex": latex(parse(it.expression, ("prediction", "target"))),
        "mean": it.mean,
    }


def query_of(it: Preset) -> str:
    """The query of the page that shows a preset."""
    window = ",".join(f"{each:g}" for each in it.window)
    return f"{spec_to_query(Spec.model_validate(it.spec))}&window={window}"

OPENING = query_of(PRESETS["opening"])
"""The query that the address of a page without one stands for."""


def _preset(it: Preset) -> dict[str, Any]:
    return {
        "name": it.name,
        "group": it.group,
        "title": it.title,
        "sentence": it.sentence,
        "query": query_of(it),
        "core": it.core,
        "look_at": it.look_at,
        "count": it.count,
    }


def _limits(settings: Settings) -> dict[str, float]:
    configured = {name: value for name, value in settings.model_dump().items() if name.startswith("max_")}
    return {
        **configured,
        "max_formula_characters": MAX_CHARACTERS,
        "max_formula_nodes": MAX_NODES,
        "max_formula_depth": MAX_DEPTH,
        "max_resolution": MAX_RESOLUTION,
        "max_label_characters": MAX_LABEL,
        "max_seed": MAX_SEED,
        "max_count": MOST_COUNTED,
    }


JSON = "application/json"


def catalog_router(settings: Settings) -> APIRouter:
    """The route that tells the catalog, made once."""
    router = APIRouter(tags=["catalog"])
    content = catalog(settings)
    headers = {"ETag": tag(content), "Cache-Control": ASKED_EACH_TIME}

    @readable(
        router, "/catalog", summary="Everything that can be named", response_model=CatalogShape,
        responses=KNOWN | NO_KEYS,
    )  # fmt: skip
    async def get_catalog(request: Request) -> Response:
        """Everything that can be named.

        The optimizers with their rules, hyperparameters and forms, the surfaces, data sets, losses and schedules,
        the words of the formula language, and the limits of a request.
        """
        refuse_all_keys(pairs_of(request))
        short = short_answer(request, headers, JSON)
        return short or Response(content, headers=headers, media_type=JSON)

    return router
