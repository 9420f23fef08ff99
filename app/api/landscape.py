"""Landscapes: the loss over a rectangle of the parameters."""

from __future__ import annotations

import orjson
from fastapi import APIRouter, Request, Response
from pydantic import Field

from app.api.body import StrictRoute
from app.api.openapi import LANDSCAPE_PARAMETERS
from app.api.requests import QueryLandscape, keys_beside_spec
from app.api.response_models import ResponseModel
from app.server.messages import CACHED_AN_HOUR, NOT_MODIFIED, etag, get_and_head
from app.server.refusals import REFUSALS, REFUSED_QUERY
from app.work.worker import located_in, respond, worker_of
from fallline.in_parts import InParts
from fallline.landscapes import Landscape, landscape_of
from fallline.planes import PlaneShape
from fallline.spec.models import LandscapeSpec
from fallline.spec.page import check_shown
from fallline.spec.query import located_in_address

router = APIRouter(tags=["landscapes"], route_class=StrictRoute)


class LandscapeOut(ResponseModel):
    """The loss on a grid."""

    parameters: list[str]
    x: list[float]
    y: list[float] | None
    loss: list[list[float | None]] | list[float | None]
    plane: PlaneShape | None = Field(None, description="Only of a network: which plane it is, and what it holds.")


@get_and_head(
    router, "/landscape", summary="The landscape of the query", response_model=LandscapeOut,
    responses=NOT_MODIFIED | REFUSED_QUERY, openapi_extra=LANDSCAPE_PARAMETERS,
)  # fmt: skip
async def get_landscape(request: Request, spec: QueryLandscape) -> Response:
    """The loss of a problem on a grid: `loss[j][i]` at `y[j]`, `x[i]`, to 7 significant digits or as many as asked for.

    A value that is not a finite number is null. With one parameter `y` is null and `loss` is a list. The query may
    be that of a page: its window is the domain; its runs do not matter, but
    must be right.

    The landscape of a network is a plane through its parameters, at its start or `at` another point: along two of
    them (`plane=w1_1_1,w2_1_2`) or, with a run, along the two principal directions of its path. `plane` says which,
    how much of the path it holds, and where the path lies on it.
    """
    return await _landscape(request, spec)


@router.post("/landscape", summary="The landscape of the body", response_model=LandscapeOut, responses=REFUSALS)
async def post_landscape(request: Request, spec: LandscapeSpec) -> Response:
    """The same, of a problem in the body."""
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
    """The JSON of a landscape; a value that is not finite is null."""
    found = yield from work
    reply = {name: value for name, value in vars(found).items() if name != "plane" or value}
    return orjson.dumps(reply, option=orjson.OPT_SERIALIZE_NUMPY)
