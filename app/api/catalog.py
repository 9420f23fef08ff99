"""The catalog: everything that can be named, made from the declarations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from fastapi import APIRouter, Request, Response
from pydantic import Field

from app import hyperparameters, optimizers, presets, problems, schedules
from app.api.errors import NO_KEYS
from app.api.requests import query_pairs
from app.api.responses import NOT_MODIFIED, REVALIDATED, bodyless_response, etag, get_and_head
from app.api.runs import FIELDS, Minimum
from app.api.shapes import Number, Shape
from app.api.spec.changes import MAX_CHANGES
from app.api.spec.fields import MAX_LABEL, MAX_SEED
from app.api.spec.models import MAX_RESOLUTION, Spec
from app.api.spec.optimizers import SAMPLINGS
from app.api.spec.problems import MAX_LAYERS, MAX_NEURONS
from app.api.spec.query import refuse_all_keys, spec_to_query
from app.formulas import gradient, latex, latex_rule, parse, parse_rule
from app.formulas.language import MAX_CHARACTERS, MAX_DEPTH, MAX_NODES
from app.formulas.vocabulary import CONSTANTS, FUNCTIONS
from app.hyperparameters import Scale
from app.optimizers.declaration import STANDARD
from app.problems.network_datasets import NETWORK_DATASETS
from app.problems.network_functions import ACTIVATIONS, NETWORK_LOSSES
from app.problems.problem import PLAIN_DOMAIN, PLAIN_START
from app.settings import Settings

Pair = tuple[Number, Number]
Rates = dict[str, Number]


class Param(Shape):
    """A hyperparameter of an optimizer or a schedule."""

    name: str
    default: Number
    min: Number = Field(description="Of its slider; a value beyond may still be given.")
    max: Number
    scale: Scale = Field(description="How its slider runs.")
    help: str
    whole: bool = Field(description="Whether it counts something.")
    allowed: str = Field(description="The values for which the formula is defined, in words.")


class Equal(Shape):
    """Another optimizer that takes the same steps, and with which values."""

    name: str
    form: str
    values: dict[str, str] = Field(description="Hyperparameter of it -> formula over those of this one.")
    constant_rate: bool = Field(description="Whether that holds only while the rate stays as it is.")


class Form(Shape):
    """The same optimizer in other words; the first is `standard`."""

    name: str
    label: str
    whose: str = Field("", description="Who writes it so.")
    summary: str
    rule: str
    latex: list[str | None] = Field(description="Of each line.")
    equals: list[Equal]


class Optimizer(Shape):
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
    forms: list[Form] = Field(description="Empty where there is but one.")
    params: list[Param] = Field(description="`learning_rate` first.")
    batch_size: int | None = Field(description="Its default on data; null: all points.")
    needs_sampling: bool = Field(description="Whether it is only itself with samples or noise.")


class Schedule(Shape):
    """A schedule: the factor on the learning rate at step `t`, with `k` = t - 1."""

    name: str
    label: str
    summary: str
    rule: str
    latex: list[str | None]
    source: str
    differs: str
    params: list[Param]


class KnownMinimum(Minimum):
    """A minimum of a surface."""

    smooth: bool = Field(description="Whether the surface is smooth there.")


class Surface(Shape):
    """A surface."""

    name: str
    label: str
    summary: str
    expression: str
    latex: str
    gradient_latex: list[str | None]
    domain: tuple[Pair, Pair] = Field(description="(low, high) of x and of y on its map.")
    start: Pair
    minima: list[KnownMinimum]
    suggested: Rates = Field(description="Optimizer -> a learning rate with which there is something to see.")
    source: str


class FitView(Shape):
    """The line fit on a data set, raw or standardized."""

    start: Pair
    domain: tuple[Pair, Pair]
    suggested: dict[str, Rates] = Field(description="Loss -> optimizer -> a learning rate.")


class Dataset(Shape):
    """A data set."""

    name: str
    label: str
    summary: str
    x_label: str
    y_label: str
    points: list[Pair] = Field(description="(feature, target).")
    source: str
    raw: FitView
    standardized: FitView
    opens_standardized: bool


class Loss(Shape):
    """A loss of the line fit."""

    name: str
    label: str
    summary: str
    expression: str = Field(description="Of one point, over `target` and `prediction`.")
    latex: str
    mean: bool = Field(description="Whether it is the mean over the points; otherwise their sum.")


class Preset(Shape):
    """A scene that is worth opening."""

    name: str
    group: str
    title: str
    sentence: str
    query: str = Field(description="Of the page that shows it, and of any call that runs it.")
    core: bool
    look_at: str
    count: str


class NetworkDataset(Shape):
    """Samples for a network to learn, and the network that suits them."""

    name: str
    label: str
    summary: str
    inputs: list[str]
    target: str
    kind: Literal["classification", "regression"] = Field(description="Whether targets are the labels 0 and 1.")
    rows: list[list[Number]] = Field(description="Of each sample the inputs, then the target, before any scaling.")
    source: str
    hidden: list[int] = Field(description="Neurons of each hidden layer unless others are given; so for the next two.")
    activation: str
    loss: str
    suggested: Rates = Field(description="Optimizer -> a learning rate with which it learns.")
    note: str | None = Field(description="What must be known of its numbers.")


class Activation(Shape):
    """What a neuron makes of its pre-activation `u`."""

    name: str
    label: str
    summary: str
    expression: str
    latex: str
    derivative: str = Field(description="Over `a`, the activation itself.")
    derivative_latex: str


class NetworkLoss(Shape):
    """How far outputs of a network are from targets; the mean over the samples is minimised."""

    name: str
    label: str
    summary: str
    output: str = Field(description="The activation of the output.")
    expression: str = Field(description="Of one sample, over `output` and `target`.")
    latex: str
    labels: bool = Field(description="Whether targets must be 0 or 1.")


class Networks(Shape):
    """What a network is put together from."""

    datasets: list[NetworkDataset]
    activations: list[Activation]
    losses: list[NetworkLoss]


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

    optimizers: list[Optimizer]
    schedules: list[Schedule]
    surfaces: list[Surface]
    datasets: list[Dataset]
    losses: list[Loss]
    presets: list[Preset]
    own_formula: OwnFormula
    language: Language
    samplings: list[Literal["shuffle", "replacement"]]
    fields: list[str] = Field(description="The columns that a reply may have.")
    networks: Networks
    limits: dict[str, Number] = Field(description="Name -> the most of it.")


def catalog(settings: Settings) -> Catalog:
    """The whole catalog."""
    return Catalog(
        optimizers=[_optimizer(each) for each in optimizers.OPTIMIZERS.values()],
        schedules=[_schedule(each) for each in schedules.SCHEDULES.values()],
        surfaces=[_surface(each) for each in problems.SURFACES.values()],
        datasets=[_dataset(each) for each in problems.DATASETS.values()],
        losses=[_loss(each) for each in problems.LOSSES.values()],
        presets=[Preset.made_from(each, query=query_of(each)) for each in presets.PRESETS.values()],
        own_formula=OwnFormula(start=PLAIN_START, domain=(PLAIN_DOMAIN, PLAIN_DOMAIN)),
        language=Language(functions=[*FUNCTIONS, "where"], constants=dict(CONSTANTS)),
        samplings=SAMPLINGS,
        fields=FIELDS,
        networks=_networks(),
        limits=_limits(settings),
    )


def _networks() -> Networks:
    return Networks(
        datasets=[
            NetworkDataset.made_from(each, suggested=each.rates.all()) for each in NETWORK_DATASETS.values()
        ],
        activations=[
            Activation.made_from(
                each,
                expression=each.text,
                latex=latex(each.formula),
                derivative=each.derivative_text,
                derivative_latex=latex(each.derivative),
            )
            for each in ACTIVATIONS.values()
        ],
        losses=[
            NetworkLoss.made_from(each, expression=each.text, latex=latex(each.formula))
            for each in NETWORK_LOSSES.values()
        ],
    )


def _optimizer(it: optimizers.Optimizer) -> Optimizer:
    forms: dict[str, optimizers.Optimizer | optimizers.Form] = {STANDARD: it, **it.forms} if it.forms else {}
    return Optimizer.made_from(
        it,
        latex=latex_rule(parse_rule(it.rule)),
        forms=[_form(name, each) for name, each in forms.items()],
        params=_params(it.params),
    )


def _form(name: str, it: optimizers.Optimizer | optimizers.Form) -> Form:
    return Form.made_from(it, name=name, latex=latex_rule(parse_rule(it.rule)))


def _params(params: Mapping[str, hyperparameters.Param]) -> list[Param]:
    return [Param.made_from(each, name=name, allowed=each.range_text) for name, each in params.items()]


def _schedule(it: schedules.Schedule) -> Schedule:
    rule = parse_rule(it.rule, ("t", "k"), "factor")
    return Schedule.made_from(it, latex=latex_rule(rule), params=_params(it.params))


def _surface(it: problems.Surface) -> Surface:
    loss = parse(it.expression, ("x", "y"))
    components = [latex(component) for component in gradient(loss, ("x", "y"))]
    return Surface.made_from(it, latex=latex(loss), gradient_latex=components)


def _dataset(it: problems.Dataset) -> Dataset:
    return Dataset.made_from(it, raw=_view(it, standardize=False), standardized=_view(it, standardize=True))


def _view(it: problems.Dataset, standardize: bool) -> FitView:
    suggested = {loss: problems.dataset_problem(it.name, loss, standardize).suggested for loss in problems.LOSSES}
    return FitView.made_from(it.standardized if standardize else it.raw, suggested=suggested)


def _loss(it: problems.Loss) -> Loss:
    return Loss.made_from(it, latex=latex(parse(it.expression, ("prediction", "target"))))


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
        "max_resolution": MAX_RESOLUTION,
        "max_label_characters": MAX_LABEL,
        "max_seed": MAX_SEED,
        "max_changes": MAX_CHANGES,
        "max_hidden_layers": MAX_LAYERS,
        "max_neurons": MAX_NEURONS,
        "max_count": hyperparameters.MOST_COUNTED,
    }


JSON = "application/json"


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
        refuse_all_keys(query_pairs(request))
        short = bodyless_response(request, headers, JSON)
        return short or Response(content, headers=headers, media_type=JSON)

    return router
