"""Runs as one reply."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from app.api.body import StrictRoute
from app.api.openapi import SPEC_PARAMETERS
from app.api.requests import Align, BodyPlan, Fields, QueryPlan
from app.api.response_models.runs import Trajectories
from app.api.writers import MEDIA_TYPES, written_runs
from app.server.messages import (
    CACHED_AN_HOUR,
    NOT_MODIFIED,
    etag,
    get_and_head,
    header_list,
    negotiated,
)
from app.server.refusals import BY_ACCEPT, REFUSALS, REFUSED_QUERY, UNACCEPTED, Responses
from app.work.worker import respond, worker_of

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


async def media_type_asked(
    request: Request,
    format: Annotated[  # noqa: A002 (the name of the key)
        str | None,
        Query(
            description=f"{', '.join(MEDIA_TYPES)}: the same as Accept with its media type, and counts for more.",
            json_schema_extra={"enum": list(MEDIA_TYPES)},
        ),
    ] = None,
) -> tuple[str, Mapping[str, str]]:
    """The media type of the reply, and the headers that tell how it was chosen. Raises: SpecError (406).

    `AddressKeys` refuses a format that there is none of.
    """
    if format and format in MEDIA_TYPES:
        return MEDIA_TYPES[format], {}
    return negotiated(header_list(request, "Accept"), tuple(MEDIA_TYPES.values())), BY_ACCEPT


MediaType = Annotated[tuple[str, Mapping[str, str]], Depends(media_type_asked)]


@get_and_head(
    router, "/trajectories", summary="Run the spec of the query", response_model=Trajectories,
    responses=TABLES | NOT_MODIFIED | REFUSED_QUERY, openapi_extra=SPEC_PARAMETERS,
)  # fmt: skip
async def get_trajectories(
    request: Request, plan: QueryPlan, fields: Fields, asked: MediaType, align: Align = False
) -> Response:
    """Run every optimizer of the spec in the query.

    The reply is columns; with `format=jsonl` (or `Accept: application/jsonl`) it is a line a row, with `format=csv`
    (or `text/csv`) a table, as `pandas.read_csv` takes it from this address. It depends on nothing but the query, so
    it may be kept, and a tag answers an `If-None-Match` before any step is computed.
    """
    media_type, chosen = asked
    tag = etag(plan.canonical(), media_type, *fields, *["align"] * align)
    headers = {"ETag": tag, "Cache-Control": CACHED_AN_HOUR, **chosen}
    work = written_runs(plan, fields, media_type, worker_of(request).settings.max_numbers, align)
    return await respond(request, work, media_type, headers)


@router.post(
    "/trajectories", summary="Run the spec of the body", response_model=Trajectories, responses=TABLES | REFUSALS
)  # fmt: skip
async def post_trajectories(
    request: Request, plan: BodyPlan, fields: Fields, asked: MediaType, align: Align = False
) -> Response:
    """Run every optimizer of the spec in the body.

    `parameters` and `loss` have n_steps + 1 entries, row 0 the start; the other columns have n_steps, and the
    gradient at place t is the one used to reach row t + 1. In `format=jsonl` (or `Accept: application/jsonl`), a line
    a row, and `format=csv` (or `text/csv`), a table, they are empty in the last row. With `align=true` they are null
    or empty in row 0 instead, and a row has the step that led to it.
    """
    media_type, chosen = asked
    work = written_runs(plan, fields, media_type, worker_of(request).settings.max_numbers, align)
    return await respond(request, work, media_type, chosen)
