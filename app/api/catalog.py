"""The catalog: everything that can be named, made from the declarations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from fastapi import APIRouter, Request, Response
from pydantic import Field

from app import hyperparameters, optimizers, presets, problems, schedules
from app.api.errors import NO_KEYS
from app.api.requests import MAX_QUERY_BYTES, query_pairs
from app.api.responses import JSON, NOT_MODIFIED, REVALIDATED, bodyless_response, etag, get_and_head
from app.api.runs import Minimum
from app.api.shapes import Number, Shape, with_fields_of
from app.api.spec.changes import MAX_CHANGES
from app.api.spec.fields import MAX_LABEL, MAX_SEED
from app.api.spec.models import FIELDS, MAX_RESOLUTION, Spec
from app.api.spec.optimizers import SAMPLINGS
from app.api.spec.problems import MAX_LAYERS, MAX_NEURONS, MAX_PARAMETERS
from app.api.spec.query import check_no_keys, spec_to_query
from app.formulas import gradient, latex, latex_rule, parse, parse_rule, to_source
from app.formulas.language import MAX_CHARACTERS, MAX_DEPTH, MAX_NODES
from app.formulas.vocabulary import CONSTANTS, FUNCTIONS
from app.optimizers.declaration import STANDARD
from app.problems import network_datasets, network_functions
from app.problems.declaration import View
from app.problems.network_datasets import NETWORK_DATASETS
from app.problems.network_functions import ACTIVATIONS, NETWORK_LOSSES
from app.problems.problem import PLAIN_DOMAIN, PLAIN_START
from app.settings import Settings

Pair = tuple[Number, Number]
Rates = dict[str, Number]
Lines = Annotated[list[str | None], Field(description="The LaTeX of each line.")]


@with_fields_of(hyperparameters.Param)
class ParamShape(Shape):
    """A hyperparameter of an optimizer or a schedule."""

    name: str
    allowed: str = Field(description="The values for which the formula is defined, in words.")


@with_fields_of(optimizers.Form, without=("reference",))
class FormShape(Shape):
    """The same optimizer in other words; the first is `standard`."""

    name: str
    latex: Lines


@with_fields_of(optimizers.Optimizer, without=("reference", "step_length", "equals", "whose"))
class OptimizerShape(Shape):
    """An optimizer."""

    latex: Lines
    forms: list[FormShape] = Field(description="Empty where there is but one.")
    params: list[ParamShape] = Field(description="`learning_rate` first.")
    needs_sampling: bool = Field(description="Whether it is only itself with samples or noise.")


@with_fields_of(schedules.Schedule)
class ScheduleShape(Shape):
    """A schedule: the factor on the learning rate at step `t`, with `k` = t - 1."""

    latex: Lines
    params: list[ParamShape]


class KnownMinimum(Minimum):
    """A minimum of a surface."""

    smooth: bool = Field(description="Whether the surface is smooth there.")


@with_fields_of(problems.Surface, without=("rates", "unlisted_minima"))
class SurfaceShape(Shape):
    """A surface."""

    minima: list[KnownMinimum]
    latex: str
    gradient_latex: list[str | None]
    suggested: Rates = Field(description="Optimizer -> a learning rate with which there is something to see.")


@with_fields_of(View)
class FitView(Shape):
    """The line fit on a data set, raw or standardized."""

    suggested: dict[str, Rates] = Field(description="Loss -> optimizer -> a learning rate.")


@with_fields_of(problems.Dataset)
class DatasetShape(Shape):
    """A data set."""

    raw: FitView
    standardized: FitView


@with_fields_of(problems.Loss, without=("of_residual", "least_squares"))
class LossShape(Shape):
    """A loss of the line fit."""

    expression: str = Field(description="Of one point, over `target` and `prediction`.")
    latex: str


@with_fields_of(presets.Preset, without=("spec", "window"))
class PresetShape(Shape):
    """A scene that is worth opening."""

    query: str = Field(description="Of the page that shows it, and of any call that runs it.")


@with_fields_of(network_datasets.NetworkDataset, without=("rates", "one_hot", "always_standardized"))
class NetworkDatasetShape(Shape):
    """Samples for a network to learn, and the network that suits them."""

    suggested: Rates = Field(description="Optimizer -> a learning rate with which it learns.")
    note: str | None = Field(description="What must be known of its numbers.")


@with_fields_of(network_functions.Activation, without=("formula",))
class ActivationShape(Shape):
    """What a neuron makes of its pre-activation `u`."""

    expression: str
    latex: str
    derivative: str = Field(description="Over `a`, the activation itself.")
    derivative_latex: str


@with_fields_of(network_functions.NetworkLoss, without=("formula", "delta", "stable"))
class NetworkLossShape(Shape):
    """How far outputs of a network are from targets; the mean over the samples is minimised."""

    expression: str = Field(description="Of one sample, over `output` and `target`.")
    latex: str


class Networks(Shape):
    """What a network is put together from."""

    datasets: list[NetworkDatasetShape]
    activations: list[ActivationShape]
    losses: list[NetworkLossShape]


class OwnFormula(Shape):
    """Where a formula of one's own is opened."""

    start: Pair
    domain: tuple[Pair, Pair]


class Language(Shape):
    """The words of formulas."""

    functions: list[str]
    constants: dict[str, Number]


class Catalog(Shape):
    """Everything that can be named, and the limits of a request."""

    optimizers: list[OptimizerShape]
    schedules: list[ScheduleShape]
    surfaces: list[SurfaceShape]
    datasets: list[DatasetShape]
    losses: list[LossShape]
    presets: list[PresetShape]
    own_formula: OwnFormula
    language: Language
    samplings: list[Literal["shuffle", "replacement"]]
    fields: list[str] = Field(description="The columns that a reply may have.")
    networks: Networks
    limits: dict[str, Number] = Field(description="Name -> the most of it.")


def catalog(settings: Settings) -> Catalog:
    """The whole catalog."""
    return Catalog(
        optimizers=list(map(_optimizer, optimizers.OPTIMIZERS.values())),
        schedules=list(map(_schedule, schedules.SCHEDULES.values())),
        surfaces=list(map(_surface, problems.SURFACES.values())),
        datasets=list(map(_dataset, problems.DATASETS.values())),
        losses=list(map(_loss, problems.LOSSES.values())),
        presets=[PresetShape.made_from(each, query=query_of(each)) for each in presets.PRESETS.values()],
        own_formula=OwnFormula(start=PLAIN_START, domain=(PLAIN_DOMAIN, PLAIN_DOMAIN)),
        language=Language(functions=[*FUNCTIONS, "where"], constants=dict(CONSTANTS)),
        samplings=SAMPLINGS,
        fields=FIELDS,
        networks=_networks(),
        limits=_limits(settings),
    )


def _networks() -> Networks:
    datasets = [
        NetworkDatasetShape.made_from(each, suggested=each.rates.suggested()) for each in NETWORK_DATASETS.values()
    ]
    losses = [
        NetworkLossShape.made_from(each, expression=to_source(each.formula), latex=latex(each.formula))
        for each in NETWORK_LOSSES.values()
    ]
    return Networks(datasets=datasets, activations=list(map(_activation, ACTIVATIONS.values())), losses=losses)


def _activation(it: network_functions.Activation) -> ActivationShape:
    written = {"expression": to_source(it.formula), "derivative": to_source(it.derivative)}
    typeset = {"latex": latex(it.formula), "derivative_latex": latex(it.derivative)}
    return ActivationShape.made_from(it, **written, **typeset)


def _optimizer(it: optimizers.Optimizer) -> OptimizerShape:
    texts: dict[str, optimizers.Optimizer | optimizers.Form] = {STANDARD: it, **it.forms} if it.forms else {}
    forms = [FormShape.made_from(each, name=name, latex=_lines(each.rule)) for name, each in texts.items()]
    return OptimizerShape.made_from(it, latex=_lines(it.rule), forms=forms, params=_params(it.params))


def _lines(rule: str) -> list[str | None]:
    return latex_rule(parse_rule(rule))


def _params(params: Mapping[str, hyperparameters.Param]) -> list[ParamShape]:
    return [ParamShape.made_from(each, name=name, allowed=each.range_text) for name, each in params.items()]


def _schedule(it: schedules.Schedule) -> ScheduleShape:
    rule = parse_rule(it.rule, ("t", "k"), "factor")
    return ScheduleShape.made_from(it, latex=latex_rule(rule), params=_params(it.params))


def _surface(it: problems.Surface) -> SurfaceShape:
    loss = parse(it.expression, ("x", "y"))
    components = [latex(component) for component in gradient(loss, ("x", "y"))]
    suggested = it.rates.suggested(it.name)
    return SurfaceShape.made_from(it, latex=latex(loss), gradient_latex=components, suggested=suggested)


def _dataset(it: problems.Dataset) -> DatasetShape:
    return DatasetShape.made_from(it, raw=_view(it, standardize=False), standardized=_view(it, standardize=True))


def _view(it: problems.Dataset, standardize: bool) -> FitView:
    suggested = {loss: problems.dataset_problem(it.name, loss, standardize).suggested for loss in problems.LOSSES}
    return FitView.made_from(it.standardized if standardize else it.raw, suggested=suggested)


def _loss(it: problems.Loss) -> LossShape:
    return LossShape.made_from(it, latex=latex(parse(it.expression, ("prediction", "target"))))


def query_of(it: presets.Preset) -> str:
    """The query of the page that shows a preset."""
    window = ",".join(f"{each:g}" for each in it.window)
    return f"{spec_to_query(Spec.model_validate(it.spec))}&window={window}"


OPENING = query_of(presets.PRESETS["opening"])
"""The query that the address of a page without one stands for."""


def _limits(settings: Settings) -> dict[str, float]:
    configured = {name: value for name, value in settings.model_dump().items() if name.startswith("max_")}
    return {
        **configured,
        "max_formula_characters": MAX_CHARACTERS,
        "max_formula_nodes": MAX_NODES,
        "max_formula_depth": MAX_DEPTH,
        "max_query_bytes": MAX_QUERY_BYTES,
        "max_resolution": MAX_RESOLUTION,
        "max_label_characters": MAX_LABEL,
        "max_seed": MAX_SEED,
        "max_changes": MAX_CHANGES,
        "max_hidden_layers": MAX_LAYERS,
        "max_neurons": MAX_NEURONS,
        "max_network_parameters": MAX_PARAMETERS,
        "max_count": hyperparameters.MOST_COUNTED,
    }


def catalog_router(settings: Settings) -> APIRouter:
    """The route that tells the catalog, made once."""
    router = APIRouter(tags=["catalog"])
    content = catalog(settings).json_bytes()
    headers = {"ETag": etag(content), "Cache-Control": REVALIDATED}

    @get_and_head(
        router, "/catalog", summary="Everything that can be named", response_model=Catalog,
        responses=NOT_MODIFIED | NO_KEYS,
    )  # fmt: skip
    async def get_catalog(request: Request) -> Response:
        """Everything that can be named.

        The optimizers with their rules, hyperparameters and forms, the surfaces, data sets, losses and schedules,
        the words of the formula language, and the limits of a request.
        """
        check_no_keys(query_pairs(request))
        return bodyless_response(request, headers, JSON) or Response(content, headers=headers, media_type=JSON)

    return router
