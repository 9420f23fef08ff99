"""Runs as one reply."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from app.api.body import StrictRoute
from app.api.errors import REFUSALS, REFUSED_QUERY, UNACCEPTED, Responses
from app.api.openapi import SPEC_PARAMETERS
from app.api.replies import MEDIA_TYPES, reply
from app.api.requests import BodyPlan, QueryPlan
from app.api.responses import (
    BY_ACCEPT,
    CACHED_AN_HOUR,
    NOT_MODIFIED,
    bodyless_response,
    etag,
    get_and_head,
    header_list,
    negotiated,
)
from app.api.runs import Fields, Trajectories
from app.api.worker import compute, worker_of

TABLE = (
    "A table with a heading. A label that begins with one of = + - @ has a ' before it, "
    "as a spreadsheet would take it for a formula."
)

TABLES: Responses = {
    200: {
        "description": "The runs.",
        "content": {
            "application/jsonl": {"schema": {"type": "string", "description": "One JSON object a row."}},
            "text/csv": {"schema": {"type": "string", "description": TABLE}},
        },
    },
    **UNACCEPTED,
}

router = APIRouter(tags=["runs"], route_class=StrictRoute)


@get_and_head(
    router, "/trajectories", summary="Run the spec of the query", response_model=Trajectories,
    responses=TABLES | NOT_MODIFIED | REFUSED_QUERY, openapi_extra=SPEC_PARAMETERS,
)  # fmt: skip
async def get_trajectories(request: Request, plan: QueryPlan, fields: Fields) -> Response:
    """Run every optimizer of the spec in the query.

    The reply is columns; with `Accept: application/jsonl` it is a line a row, with `text/csv` a table. It depends
    on nothing but the query, so it may be kept, and a tag answers an `If-None-Match` before any step is computed.
    """
    media_type = negotiated(header_list(request, "Accept"), MEDIA_TYPES)
    headers = {"ETag": etag(plan.canonical(), media_type, *fields), "Cache-Control": CACHED_AN_HOUR, **BY_ACCEPT}
    work = reply(plan, fields, media_type, worker_of(request).settings.max_numbers)
    return bodyless_response(request, headers, media_type) or await compute(request, work, media_type, headers)


@router.post(
    "/trajectories", summary="Run the spec of the body", response_model=Trajectories, responses=TABLES | REFUSALS
)  # fmt: skip
async def post_trajectories(request: Request, plan: BodyPlan, fields: Fields) -> Response:
    """Run every optimizer of the spec in the body.

    `parameters` and `loss` have n_steps + 1 entries, row 0 the start; the other columns have n_steps, and the
    gradient at place t is the one used to reach row t + 1. With `Accept: application/jsonl` the reply is a line a
    row, with `text/csv` a table.
    """
    media_type = negotiated(header_list(request, "Accept"), MEDIA_TYPES)
    work = reply(plan, fields, media_type, worker_of(request).settings.max_numbers)
    return await compute(request, work, media_type, BY_ACCEPT)
