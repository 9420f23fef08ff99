"""The routes of the catalog, which has everything that a spec can name, and of the index, which links to it."""

import gzip
from collections.abc import Callable
from functools import lru_cache
from typing import Annotated

import orjson
from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from app.api.requests import check_no_keys
from app.api.response_models import ResponseModel
from app.api.response_models import entries as models
from app.course import presets
from app.own.files import OwnCatalog
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
from app.server.refusals import NO_KEYS, REFUSED_QUERY
from app.server.settings import Settings
from app.work.worker import worker_of
from fallline import __version__, hyperparameters, optimizers, problems, schedules
from fallline.columns import COLUMNS
from fallline.descent.draws import SAMPLINGS
from fallline.formulas.language import MAX_CHARACTERS, MAX_DEPTH, MAX_NODES
from fallline.formulas.vocabulary import CONSTANTS, FUNCTIONS
from fallline.own import OwnLoss, OwnOptimizer
from fallline.own.own_loss import own_losses
from fallline.own.own_optimizer import own_optimizers
from fallline.problems.network_datasets import NETWORK_DATASETS, OWN
from fallline.problems.network_functions import ACTIVATIONS, NETWORK_LOSSES
from fallline.problems.problem import PLAIN_DOMAIN, PLAIN_START
from fallline.spec.fields import MAX_LABEL, MAX_SEED
from fallline.spec.models import MAX_RESOLUTION
from fallline.spec.problem_models import MAX_INPUTS, MAX_LAYERS, MAX_NEURONS, MAX_PARAMETERS
from fallline.spec.run_models import MAX_CHANGES


class Index(ResponseModel):
    """The index of the API, at the base path."""

    name: str = Field(description="The name of the API.")
    version: str = Field(description="The version of the server.")
    links: dict[str, str] = Field(description="`catalog`, `openapi` and `docs` -> the address.")


def catalog(settings: Settings, own_version: str) -> models.Catalog:
    """The whole catalog. own_version: of the code of one's own that it lists"""
    networks = models.Networks(
        datasets=list(map(models.NetworkDatasetOut.made_from, NETWORK_DATASETS.values())),
        own=list(map(models.NetworkDatasetOut.made_from, OWN.values())),
        activations=list(map(models.ActivationOut.made_from, ACTIVATIONS.values())),
        losses=list(map(models.NetworkLossOut.made_from, NETWORK_LOSSES.values())),
    )
    return models.Catalog(
        optimizers=list(map(models.OptimizerOut.made_from, optimizers.OPTIMIZERS.values())),
        schedules=list(map(models.ScheduleOut.made_from, schedules.SCHEDULES.values())),
        surfaces=[
            *map(models.own_surface, own_losses()),
            *map(models.SurfaceOut.made_from, problems.SURFACES.values()),
        ],
        datasets=list(map(models.DatasetOut.made_from, problems.DATASETS.values())),
        losses=list(map(models.LossOut.made_from, problems.LOSSES.values())),
        presets=list(map(models.PresetOut.made_from, presets.PRESETS.values())),
        own_formula=models.OwnFormula(start=PLAIN_START, domain=(PLAIN_DOMAIN, PLAIN_DOMAIN)),
        language=models.Language(functions=[*FUNCTIONS, "where"], constants=dict(CONSTANTS)),
        samplings=SAMPLINGS,
        fields=COLUMNS,
        networks=networks,
        limits=_limits(settings),
        own_version=own_version,
    )


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
        "max_network_inputs": MAX_INPUTS,
        "max_network_parameters": MAX_PARAMETERS,
        "max_count": hyperparameters.LARGEST_COUNT,
    }


OF_A_PAGE = (
    "max_steps", "max_points", "max_query_bytes", "max_seed", "max_changes", "max_hidden_layers", "max_neurons",
    "max_network_inputs",
)  # fmt: skip
"""The limits that the brief catalog has, as a page needs them."""


def brief_catalog(whole: models.Catalog) -> models.BriefCatalog:
    """The brief form of a catalog, with which a page opens."""
    opening, *others = whole.presets
    presets = [models.BriefPreset(**vars(opening)), *(models.ClosedPreset(**vars(preset)) for preset in others)]
    limits = {name: whole.limits[name] for name in OF_A_PAGE}
    return models.BriefCatalog.model_validate({**whole.model_dump(), "presets": presets, "limits": limits})


class OwnEntry(ResponseModel):
    """An optimizer or a loss of one's own."""

    name: str = Field(description="Its name in requests.")
    label: str = Field(description="Its name for readers.")
    place: str = Field(
        description="The file and the line of its code, such as `my_optimizers.py, line 9`; empty if not known."
    )
    summary: str = Field(description="The first line of its docstring; empty if it has none.")


class OwnState(ResponseModel):
    """The entries of the catalog that are code of one's own, at present."""

    version: str = Field(description="A version, which differs after each change.")
    read_at: str = Field(
        description="The time of day at which the files with such code were last read, as 15:41:07; empty if never."
    )
    wrong: list[str] = Field(
        description="The errors of these files as they were last saved, one line each. Until they are corrected, the "
        "earlier optimizers and losses of such a file remain."
    )
    optimizers: list[OwnEntry] = Field(description="The optimizers.")
    surfaces: list[OwnEntry] = Field(description="The losses.")


def _own_state(own: OwnCatalog) -> OwnState:
    def entry(each: OwnOptimizer | OwnLoss, place: str) -> OwnEntry:
        return OwnEntry(name=each.name, label=each.label, place=place, summary=each.summary)

    return OwnState(
        version=own.version, read_at=own.read_at, wrong=own.wrong,
        optimizers=[entry(optimizer, optimizer.declaration.source) for optimizer in own_optimizers()],
        surfaces=[entry(loss, loss.source) for loss in own_losses()],
    )  # fmt: skip


HELD_SECONDS = 20.0
"""A request that waits for a change is answered after this many seconds, even if there is none."""


def catalog_router(settings: Settings, own: OwnCatalog) -> APIRouter:
    """The routes of the index and of the catalog, which is built once for each state of the code of one's own."""
    router = APIRouter(tags=["catalog"])

    @get_and_head(router, "/", summary="The index of the API", response_model=Index, responses=NO_KEYS)
    async def get_index(request: Request) -> Index:
        """Return the version of the server, and the addresses of the catalog, of the OpenAPI document and of the page
        with the documentation.

        The base path gives the same response with and without a slash at its end.
        """
        check_no_keys(request)
        base = request.scope["root_path"]
        links = {"catalog": "catalog", "openapi": "openapi.json", "docs": "docs"}
        return Index(
            name="Fall Line", version=__version__, links={name: f"{base}/{path}" for name, path in links.items()}
        )

    @lru_cache(maxsize=1)
    def written(own_version: str) -> tuple[Responds, Responds]:
        whole = catalog(settings, own_version)
        return _made(orjson.dumps(whole, default=dict)), _made(orjson.dumps(brief_catalog(whole), default=dict))

    def at_present() -> tuple[Responds, Responds]:
        own.look()
        return written(own.version if own.exists else "")

    at_present()

    @get_and_head(
        router, "/catalog", summary="Everything that can be named", response_model=models.Catalog,
        responses=NOT_MODIFIED | NO_KEYS,
    )  # fmt: skip
    async def get_catalog(request: Request) -> Response:
        """Return everything that a spec can name.

        These are the optimizers with their rules, hyperparameters and forms, the surfaces, data sets, losses and
        schedules. The catalog also has the words of the formula language, and the limits of a request.
        """
        return at_present()[0](request)

    @get_and_head(
        router, "/catalog/brief", summary="The catalog in brief", response_model=models.BriefCatalog,
        responses=NOT_MODIFIED | NO_KEYS,
    )  # fmt: skip
    async def get_brief_catalog(request: Request) -> Response:
        """Return the catalog without the fields that only the details of an entry show. A page opens with this."""
        return at_present()[1](request)

    @get_and_head(
        router, "/catalog/own", summary="The code of one's own", response_model=OwnState, responses=REFUSED_QUERY
    )
    async def get_own(
        request: Request,
        response: Response,
        after: Annotated[
            str | None,
            Query(description="A version. The reply waits until there is another one, for at most 20 seconds."),
        ] = None,
    ) -> OwnState:
        """Return the optimizers and losses of the catalog that are code of one's own.

        A server has only the code that its command line (`fallline --with FILE`) or its program
        (`fallline.playground`) gave it. No request can name a file.
        """
        response.headers["Cache-Control"] = "no-store"
        if after is not None and request.method == "GET":
            async with worker_of(request).streams.reserve():
                await own.changed(after, HELD_SECONDS)
        own.look()
        return _own_state(own)

    return router


Responds = Callable[[Request], Response]


def _made(content: bytes) -> Responds:
    """A function that responds with `content`, which is compressed only once."""
    headers, packed = {"ETag": etag(content), "Cache-Control": REVALIDATED}, gzip.compress(content, mtime=0)

    def respond(request: Request) -> Response:
        check_no_keys(request)
        return bodyless_response(request, headers, JSON) or packed_response(request, packed, headers, JSON)

    return respond
