"""Runs: as one reply, and as a stream."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from app.api.accept import chosen
from app.api.answers import Pieces
from app.api.body import StrictRoute
from app.api.cache import FRESH, bare, short_answer, tag
from app.api.computing import worked
from app.api.events import Stream, read_id
from app.api.parameters import SPEC_PARAMETERS
from app.api.reading import readable
from app.api.reply import REPLIES
from app.api.requests import BodyPlan, Fields, LastEvent, Pace, QueryPlan, Resumed
from app.api.shapes import EVENTS, KNOWN, REFUSALS, REFUSED_QUERY, TABLES, Trajectories
from app.api.spec.plan import Plan
from app.api.streaming import HEADERS, EventStream, chunks
from app.api.worker import worker_of

router = APIRouter(tags=["runs"], route_class=StrictRoute)


@readable(
    router, "/trajectories", summary="Run the spec of the query", response_model=Trajectories,
    responses=TABLES | KNOWN | REFUSED_QUERY, openapi_extra=SPEC_PARAMETERS,
)  # fmt: skip
async def get_trajectories(request: Request, plan: QueryPlan, fields: Fields) -> Response:
    """Run every optimizer of the spec in the query.

    The reply is columns; with `Accept: application/jsonl` it is a line a row, with `text/csv` a table. It depends
    on nothing but the query, so it may be kept, and a tag answers an `If-None-Match` before anything is computed.
    """
    kind = chosen(request.headers.get("accept"), list(REPLIES))
    headers = {"ETag": tag(plan.canonical(), kind, *fields), "Cache-Control": FRESH, "Vary": "Accept"}
    return short_answer(request, headers, kind) or await _reply(request, plan, fields, kind, headers)


@router.post(
    "/trajectories", summary="Run the spec of the body", response_model=Trajectories, responses=TABLES | REFUSALS
)  # fmt: skip
async def post_trajectories(request: Request, plan: BodyPlan, fields: Fields) -> Response:
    """Run every optimizer of the spec in the body.

    `parameters` and `loss` have n_steps + 1 entries, row 0 the start; the other columns have n_steps, and the
    gradient at place t is the one used to reach row t + 1. With `Accept: application/jsonl` the reply is a line a
    row, with `text/csv` a table.
    """
    kind = chosen(request.headers.get("accept"), list(REPLIES))
    return await _reply(request, plan, fields, kind, {"Vary": "Accept"})


@readable(
    router, "/trajectories/stream", summary="Stream the spec of the query", response_class=Response,
    responses=EVENTS | REFUSED_QUERY, openapi_extra=SPEC_PARAMETERS,
)  # fmt: skip
async def get_stream(request: Request, plan: QueryPlan, fields: Fields, pace: Pace, last: LastEvent) -> Response:
    """Stream the runs of the spec in the query as Server-Sent Events.

    `start` says what runs; `steps`, with an `id`, carries the next rows of one run, at most 64, the runs in turn;
    `end` says why a run stopped; `done` is the last event. After a break the stream goes on behind the event whose
    id is given as `Last-Event-ID`, on any worker and at any pace, with nothing lost and nothing twice.
    """
    return _stream(request, plan, fields, pace, last)


@router.post(
    "/trajectories/stream", summary="Stream the spec of the body", response_class=Response,
    responses=EVENTS | REFUSALS,
)  # fmt: skip
async def post_stream(request: Request, plan: BodyPlan, fields: Fields, pace: Pace, last: LastEvent) -> Response:
    """Stream the runs of the spec in the body as Server-Sent Events; otherwise the same as the GET."""
    return _stream(request, plan, fields, pace, last)


async def _reply(request: Request, plan: Plan, fields: tuple[str, ...], kind: str, headers: dict[str, str]) -> Response:
    reply = REPLIES[kind](plan, fields, worker_of(request).settings.max_numbers)
    return await worked(request, reply.work()) or Pieces(reply.pieces, headers, kind)


def _stream(request: Request, plan: Plan, fields: tuple[str, ...], pace: int | None, last: Resumed) -> Response:
    worker = worker_of(request)
    stream = Stream(plan, read_id(last.text, plan, last.loc), fields, pace)
    worker.streams.require()
    if request.method == "HEAD":
        return bare(HEADERS, EventStream.media_type)
    return EventStream(chunks(stream.frames(), worker), worker.streams)
