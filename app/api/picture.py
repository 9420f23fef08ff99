"""Pictures: the map of a page's address, as SVG."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import orjson
from fastapi import APIRouter, Request, Response

from app.api.body import StrictRoute
from app.api.openapi import PICTURE_PARAMETERS
from app.api.requests import keys_beside_spec
from app.server.messages import CACHED_AN_HOUR, NOT_MODIFIED, etag, get_and_head, query_pairs
from app.server.refusals import REFUSED_QUERY
from app.work.worker import in_slices, located_in, respond, worker_of
from fallline.drawing import Canvas, Scene, picture_in_parts
from fallline.in_parts import InParts
from fallline.pictures import requested_format, requested_picture

SVG = "image/svg+xml"
POLICY = "sandbox; default-src 'none'; style-src 'none'"
"""A picture may load nothing, run nothing and use no style sheet, wherever it is opened."""

PICTURES: dict[int | str, dict[str, Any]] = {
    200: {"description": "The picture.", "content": {SVG: {"schema": {"type": "string"}}}}
}

router = APIRouter(tags=["pictures"], route_class=StrictRoute)


@get_and_head(
    router, "/plot.svg", summary="The picture of the query", response_class=Response,
    responses=PICTURES | NOT_MODIFIED | REFUSED_QUERY, openapi_extra=PICTURE_PARAMETERS,
)  # fmt: skip
async def get_picture(request: Request) -> Response:
    """The map of a page's address with its runs, as they stand when all have ended or at a `step`.

    Of a network it is a plane of the loss, as for landscapes, with the sentence that says which below it.
    Without an optimizer it is the map alone, and below 200 pixels a thumbnail without words. It looks as the page
    does, and is meant for an `img` element, a report or the preview of a link.
    """
    pairs, worker = query_pairs(request), worker_of(request)
    keys_beside_spec(request)
    with located_in(request):
        picture_format = requested_format(pairs)
    scene, identity = await in_slices(request, requested_picture(pairs, worker.settings.limits))
    entity = etag(identity, orjson.dumps(asdict(picture_format)), "picture")
    headers = {"ETag": entity, "Cache-Control": CACHED_AN_HOUR, "Content-Security-Policy": POLICY}
    return await respond(request, _svg(scene, picture_format), SVG, headers, worker.pictures)


def _svg(scene: Scene, picture_format: Canvas) -> InParts[bytes]:
    return (yield from picture_in_parts(scene, picture_format)).encode()
