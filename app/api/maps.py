"""Routes for maps: the loss over a rectangle of parameters as numbers, and the picture of a page's address as SVG."""

from dataclasses import asdict
from typing import Any

import orjson
from fastapi import APIRouter, Request, Response
from pydantic import Field

from app.api.openapi import LANDSCAPE_PARAMETERS, PICTURE_PARAMETERS
from app.api.requests import QueryLandscape, StrictRoute, keys_beside_spec
from app.api.response_models import ResponseModel
from app.server.messages import CACHED_AN_HOUR, NOT_MODIFIED, etag, get_and_head, query_pairs
from app.server.refusals import REFUSALS, REFUSED_QUERY
from app.work.worker import in_slices, located_in, respond, worker_of
from fallline.drawing import Canvas, Scene, picture_in_parts
from fallline.in_parts import InParts
from fallline.landscapes import Landscape, landscape_of
from fallline.pictures import requested_format, requested_picture
from fallline.planes import PlaneShape
from fallline.spec.models import LandscapeSpec
from fallline.spec.page import check_shown
from fallline.spec.query import located_in_address

router = APIRouter(route_class=StrictRoute)


class LandscapeOut(ResponseModel):
    """The loss on a grid."""

    parameters: list[str] = Field(description="The names of the axes.")
    x: list[float] = Field(description="The values of the first axis.")
    y: list[float] | None = Field(description="The values of the second axis; null with one parameter.")
    loss: list[list[float | None]] | list[float | None] = Field(
        description="`loss[j][i]` at `y[j]`, `x[i]`, or with one parameter `loss[i]`; null if it is not finite."
    )
    plane: PlaneShape | None = Field(
        None, description="Only for a network: the plane of the grid, and the runs projected onto it."
    )


@get_and_head(
    router, "/landscape", tags=["landscapes"], summary="The landscape of the query", response_model=LandscapeOut,
    responses=NOT_MODIFIED | REFUSED_QUERY, openapi_extra=LANDSCAPE_PARAMETERS,
)  # fmt: skip
async def get_landscape(request: Request, spec: QueryLandscape) -> Response:
    """Return the loss of a problem on a grid: `loss[j][i]` at `y[j]`, `x[i]`, with 7 significant digits or `digits`.

    A value that is not a finite number is null. With one parameter, `y` is null and `loss` is a list. The query may be
    that of a page: then its window is the domain. Its runs are checked, but have no effect.

    The landscape of a network lies on a plane through its start, or through the point `at`. The plane lies along two
    parameters (`plane=w1_1_1,w2_1_2`) or, with a run, along the two principal directions of its path. `plane` in the
    reply has the directions, the share of the path that lies in the plane, and the projection of the path onto it.
    """
    return await _landscape(request, spec)


@router.post(
    "/landscape", tags=["landscapes"], summary="The landscape of the body", response_model=LandscapeOut,
    responses=REFUSALS,
)  # fmt: skip
async def post_landscape(request: Request, spec: LandscapeSpec) -> Response:
    """Return the loss of a problem in the body on a grid; otherwise the same as the GET."""
    return await _landscape(request, spec)


async def _landscape(request: Request, spec: LandscapeSpec) -> Response:
    page, problem, worker = keys_beside_spec(request), spec.problem.build(), worker_of(request)
    with located_in_address(request.query_params):
        check_shown(page, problem, spec.optimizers)
    with located_in(request):
        identity, work = landscape_of(problem, spec, worker.settings.limits)
    headers = {"ETag": etag(orjson.dumps(identity, option=orjson.OPT_SORT_KEYS)), "Cache-Control": CACHED_AN_HOUR}
    return await respond(request, _written(work), headers=headers, cache=worker.landscapes)


def _written(work: InParts[Landscape]) -> InParts[bytes]:
    """The JSON of a landscape; values that are not finite are null."""
    found = yield from work
    reply = {name: value for name, value in vars(found).items() if name != "plane" or value}
    return orjson.dumps(reply, option=orjson.OPT_SERIALIZE_NUMPY)


SVG = "image/svg+xml"
POLICY = "sandbox; default-src 'none'; style-src 'none'"
"""Wherever a picture is opened, it may load nothing, run no script and use no style sheet."""

PICTURES: dict[int | str, dict[str, Any]] = {
    200: {"description": "The picture.", "content": {SVG: {"schema": {"type": "string"}}}}
}


@get_and_head(
    router, "/plot.svg", tags=["pictures"], summary="The picture of the query", response_class=Response,
    responses=PICTURES | NOT_MODIFIED | REFUSED_QUERY, openapi_extra=PICTURE_PARAMETERS,
)  # fmt: skip
async def get_picture(request: Request) -> Response:
    """Return the map of a page's address with its runs, at their ends or at a `step`.

    For a network it is a plane of the loss, as for landscapes, with a sentence about the plane below it. Without an
    optimizer the picture is only the map; below 200 pixels it is a thumbnail without words. It looks like the page, and
    is meant for an `img` element, a report or the preview of a link.
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
