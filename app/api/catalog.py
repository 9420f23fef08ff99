"""The catalog: everything that can be named, made from the declarations; and the index, which leads to it."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping

import orjson
from fastapi import APIRouter, Request, Response
from pydantic import Field

from app.api.requests import check_no_keys
from app.api.response_models import ResponseModel
from app.api.response_models import entries as models
from app.course import presets
from app.server.messages import (
    JSON,
    MAX_QUERY_BYTES,
    NOT_MODIFIED,
    REVALIDATED,
    bodyless_response,
    etag,
    get_and_head,
    packed_response,
)
from app.server.refusals import NO_KEYS
from app.server.settings import Settings
from fallline import __version__, hyperparameters, optimizers, problems, schedules
from fallline.columns import FIELDS
from fallline.descent.draws import SAMPLINGS
from fallline.formulas import gradient, latex, latex_rule, parse, parse_rule, to_source
from fallline.formulas.language import MAX_CHARACTERS, MAX_DEPTH, MAX_NODES
from fallline.formulas.vocabulary import CONSTANTS, FUNCTIONS
from fallline.optimizers.optimizer import STANDARD
from fallline.problems import network_functions
from fallline.problems.network_datasets import NETWORK_DATASETS
from fallline.problems.network_functions import ACTIVATIONS, NETWORK_LOSSES
from fallline.problems.problem import PLAIN_DOMAIN, PLAIN_START
from fallline.spec.fields import MAX_LABEL, MAX_SEED
from fallline.spec.models import MAX_RESOLUTION
from fallline.spec.problem_models import MAX_LAYERS, MAX_NEURONS, MAX_PARAMETERS
from fallline.spec.run_models import MAX_CHANGES
from fallline.suggested import suggested_rates
from fallline.working.method_lines import method_latex


class Index(ResponseModel):
    """Where to go on from the base path."""

    name: str
    version: str = Field(description="Of the server.")
    links: dict[str, str] = Field(description="`catalog`, `openapi` and `docs` -> its address.")


def catalog(settings: Settings) -> models.Catalog:
    """The whole catalog."""
    return models.Catalog(
        optimizers=list(map(_optimizer, optimizers.OPTIMIZERS.values())),
        schedules=list(map(_schedule, schedules.SCHEDULES.values())),
        surfaces=list(map(_surface, problems.SURFACES.values())),
        datasets=list(map(_dataset, problems.DATASETS.values())),
        losses=list(map(_loss, problems.LOSSES.values())),
        presets=list(map(_preset, presets.PRESETS.values())),
        own_formula=models.OwnFormula(start=PLAIN_START, domain=(PLAIN_DOMAIN, PLAIN_DOMAIN)),
        language=models.Language(functions=[*FUNCTIONS, "where"], constants=dict(CONSTANTS)),
        samplings=SAMPLINGS,
        fields=FIELDS,
        networks=_networks(),
        limits=_limits(settings),
    )


def _networks() -> models.Networks:
    datasets = [
        models.NetworkDatasetOut.made_from(each, suggested=suggested_rates(each.rates))
        for each in NETWORK_DATASETS.values()
    ]
    losses = [
        models.NetworkLossOut.made_from(each, expression=to_source(each.formula), latex=latex(each.formula))
        for each in NETWORK_LOSSES.values()
    ]
    return models.Networks(datasets=datasets, activations=list(map(_activation, ACTIVATIONS.values())), losses=losses)


def _activation(it: network_functions.Activation) -> models.ActivationOut:
    written = {"expression": to_source(it.formula), "derivative": to_source(it.derivative)}
    typeset = {"latex": latex(it.formula), "derivative_latex": latex(it.derivative)}
    return models.ActivationOut.made_from(it, **written, **typeset)


def _optimizer(it: optimizers.Optimizer) -> models.OptimizerOut:
    texts: dict[str, optimizers.Optimizer | optimizers.Form] = {STANDARD: it, **it.forms} if it.forms else {}
    forms = [models.FormOut.made_from(each, name=name, latex=_lines(each.rule)) for name, each in texts.items()]
    more = {"params": _params(it.params), "needs_sampling": it.needs_sampling}
    lines = list(method_latex(it.method).values()) if it.method else _lines(it.rule)
    refuses = it.method.refuses() if it.method else []
    return models.OptimizerOut.made_from(it, latex=lines, forms=forms, refuses=refuses, **more)


def _lines(rule: str) -> list[str | None]:
    return latex_rule(parse_rule(rule))


def _params(params: Mapping[str, hyperparameters.Param]) -> list[models.ParamOut]:
    return [models.ParamOut.made_from(each, name=name, allowed=each.range_text) for name, each in params.items()]


def _schedule(it: schedules.Schedule) -> models.ScheduleOut:
    rule = parse_rule(it.rule, ("t", "k"), "factor")
    return models.ScheduleOut.made_from(it, latex=latex_rule(rule), params=_params(it.params))


def _surface(it: problems.Surface) -> models.SurfaceOut:
    loss = parse(it.expression, ("x", "y"))
    components = [latex(component) for component in gradient(loss, ("x", "y"))]
    suggested = suggested_rates(it.rates, it.name)
    return models.SurfaceOut.made_from(it, latex=latex(loss), gradient_latex=components, suggested=suggested)


def _dataset(it: problems.Dataset) -> models.DatasetOut:
    return models.DatasetOut.made_from(it, raw=_view(it, standardize=False), standardized=_view(it, standardize=True))


def _view(it: problems.Dataset, standardize: bool) -> models.FitViewOut:
    suggested = {
        loss: suggested_rates(problems.dataset_problem(it.name, loss, standardize).rates) for loss in problems.LOSSES
    }
    return models.FitViewOut.made_from(it.standardized if standardize else it.raw, suggested=suggested)


def _loss(it: problems.Loss) -> models.LossOut:
    return models.LossOut.made_from(it, latex=latex(parse(it.expression, ("prediction", "target"))))


def _preset(it: presets.Preset) -> models.PresetOut:
    return models.PresetOut.made_from(it, query=it.query, guess=it.answered)


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
        "max_count": hyperparameters.LARGEST_COUNT,
    }


def brief(whole: models.Catalog) -> models.BriefCatalog:
    """What a page opens with."""
    opening, *others = whole.presets
    presets = [models.BriefPreset(**vars(opening)), *(models.ClosedPreset(**vars(each)) for each in others)]
    return models.BriefCatalog.model_validate({**whole.model_dump(), "presets": presets})


def catalog_router(settings: Settings) -> APIRouter:
    """The routes of the index and of the catalog, which is made once."""
    router = APIRouter(tags=["catalog"])

    @get_and_head(router, "/", summary="Where everything is", response_model=Index, responses=NO_KEYS)
    async def get_index(request: Request) -> Index:
        """The version of the server, and the addresses of the catalog, of this description and of its page.

        The base path answers the same with a slash at its end and without one.
        """
        check_no_keys(request)
        base = request.scope["root_path"]
        links = {"catalog": "catalog", "openapi": "openapi.json", "docs": "docs"}
        return Index(
            name="Fall Line", version=__version__, links={name: f"{base}/{path}" for name, path in links.items()}
        )

    whole = catalog(settings)
    respond = _made(orjson.dumps(whole, default=dict))
    respond_briefly = _made(orjson.dumps(brief(whole), default=dict))

    @get_and_head(
        router, "/catalog", summary="Everything that can be named", response_model=models.Catalog,
        responses=NOT_MODIFIED | NO_KEYS,
    )  # fmt: skip
    async def get_catalog(request: Request) -> Response:
        """Everything that can be named.

        The optimizers with their rules, hyperparameters and forms, the surfaces, data sets, losses and schedules,
        the words of the formula language, and the limits of a request.
        """
        return respond(request)

    @get_and_head(
        router, "/catalog/brief", summary="The catalog in brief", response_model=models.BriefCatalog,
        responses=NOT_MODIFIED | NO_KEYS,
    )  # fmt: skip
    async def get_brief_catalog(request: Request) -> Response:
        """The catalog without what only a reader who wants to know more needs: what a page opens with."""
        return respond_briefly(request)

    return router


def _made(content: bytes) -> Callable[[Request], Response]:
    """What responds with `content`, which is compressed once."""
    headers, packed = {"ETag": etag(content), "Cache-Control": REVALIDATED}, gzip.compress(content, mtime=0)

    def respond(request: Request) -> Response:
        check_no_keys(request)
        return bodyless_response(request, headers, JSON) or packed_response(request, packed, headers, JSON)

    return respond
