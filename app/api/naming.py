"""The route of the catalog."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from app.api.cache import ASKED_EACH_TIME, short_answer, tag
from app.api.catalog import catalog
from app.api.catalog_shapes import CatalogShape
from app.api.reading import readable
from app.api.requests import pairs_of
from app.api.shapes import KNOWN, NO_KEYS
from app.api.spec.query import refuse_all_keys
from app.settings import Settings

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
