"""The stream of runs: its routes, and how its events are sent, at their pace and as long as the client is connected."""

import logging
import math
import zlib
from collections.abc import AsyncGenerator, Iterator, Mapping
from contextlib import aclosing
from time import monotonic
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from fastapi.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from app.api.openapi import EVENT_SCHEMAS, SPEC_PARAMETERS
from app.api.requests import MAX_PACE, Align, BodyPlan, Fields, Handler, QueryPlan, StrictRoute
from app.api.response_models.runs import EVENTS
from app.api.stream_events import Frame, Stream, read_id
from app.server import counts
from app.server.messages import event_text, get_and_head, head_response, request_takes_gzip
from app.server.refusals import REFUSALS, REFUSED_QUERY, RequestError, Responses, detail_of
from app.work.queue import Job
from app.work.worker import Capacity, Worker, worker_of
from fallline.errors import Loc, SpecError
from fallline.spec.plan import Plan

FIRST_CHUNK = 2_000
MOST_CHUNK = 64_000
"""The bytes that are sent at once: at first few, then twice as many each time up to the second number."""

QUIET_SECONDS = 10.0
"""Seconds without an event after which a comment is sent, so that no proxy closes the connection."""

COMMENT = b": still here\n\n"

HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
"""Headers that keep caches from storing a stream and proxies from buffering it."""

DROPS_ENCODING = "X-ProxyContextPath"
"""A header of jupyter-server-proxy, which forwards events without their Content-Encoding (as version 4.6.0 does), so
that a browser would read compressed bytes as text."""

LEVEL, WINDOW_BITS, MEMORY_LEVEL = 4, 13, 6
"""The settings for the compression of a stream. It takes 64 kB of memory instead of 256, and has 1 % more bytes."""

THE_END = Frame()
"""A frame that marks the end of a stream."""

LOG = logging.getLogger("fallline.api")

RESPONSES: Responses = {
    200: {
        "description": "The events `start`, `steps`, `end` and `done`; after a fault, an `error` event. The `data` of "
        "an event is one line of JSON, whose schema is in `x-events`: "
        + ", ".join(f"`{name}` {shape.__name__}" for name, shape in EVENTS.items())
        + ".",
        "content": {"text/event-stream": {"schema": {"type": "string"}, "x-events": EVENT_SCHEMAS}},
    }
}


class StreamRoute(StrictRoute):
    """A route whose requests take a place among the worker's streams before they are planned, in order of arrival.

    Their `EventStream` keeps the place to its end.
    """

    def around(self, handle: Handler) -> Handler:
        """A handler that takes a place first."""

        async def placed(request: Request) -> Response:
            streams, response = worker_of(request).streams, None
            await streams.take()
            try:
                response = await handle(request)
            finally:
                if not isinstance(response, EventStream):
                    streams.free()
            return response

        return placed


router = APIRouter(tags=["runs"], route_class=StreamRoute)


async def resume_from(
    header: Annotated[
        str | None,
        Header(alias="Last-Event-ID", description="The id of the last event received; the stream continues after it."),
    ] = None,
    last_event_id: Annotated[
        str | None,
        Query(description="The same as the header, for clients that cannot set it; the header takes precedence."),
    ] = None,
) -> tuple[str, Loc]:
    """The id of the event after which a stream continues, empty for the beginning, and its location in the request."""
    if header or not last_event_id:
        return header or "", ("header", "last-event-id")
    return last_event_id, ("query", "last_event_id")


Pace = Annotated[
    int | None,
    Query(ge=1, le=MAX_PACE, description="Steps per second of each run; by default as fast as they are read."),
]
ResumeFrom = Annotated[tuple[str, Loc], Depends(resume_from)]


@get_and_head(
    router, "/trajectories/stream", summary="Stream the spec of the query", response_class=Response,
    responses=RESPONSES | REFUSED_QUERY, openapi_extra=SPEC_PARAMETERS,
)  # fmt: skip
async def get_stream(
    request: Request, plan: QueryPlan, fields: Fields, last: ResumeFrom, pace: Pace = None, align: Align = False
) -> Response:
    """Stream the runs of the spec in the query as Server-Sent Events.

    `start` has the problem and the runs. `steps`, with an `id`, has the next rows of one run, at most 64; the runs
    take turns. `end` says why a run ended. `done` is the last event.

    After a break, a request with the last `id` as `Last-Event-ID` continues the stream after that event, on any worker
    and at any pace, without lost or repeated events. Without a pace, the stream is compressed for clients that accept
    gzip.
    """
    return _stream(request, plan, fields, pace, last, align)


@router.post(
    "/trajectories/stream", summary="Stream the spec of the body", response_class=Response,
    responses=RESPONSES | REFUSALS,
)  # fmt: skip
async def post_stream(
    request: Request, plan: BodyPlan, fields: Fields, last: ResumeFrom, pace: Pace = None, align: Align = False
) -> Response:
    """Stream the runs of the spec in the body as Server-Sent Events; otherwise the same as the GET."""
    return _stream(request, plan, fields, pace, last, align)


def may_be_compressed(request: Request) -> bool:
    """Whether the events for a request may be compressed."""
    return request_takes_gzip(request) and DROPS_ENCODING not in request.headers


def _stream(
    request: Request, plan: Plan, fields: tuple[str, ...], pace: int | None, last: tuple[str, Loc], align: bool
) -> Response:
    worker = worker_of(request)
    stream = Stream(plan, read_id(last[0], plan, last[1]), fields, pace, align)
    headers, pieces = HEADERS, chunks(stream.frames(), worker, paced=pace is not None)
    # A stream with a pace stays open for long and sends little at a time.
    if pace is None and may_be_compressed(request):
        headers, pieces = HEADERS | {"Content-Encoding": "gzip"}, compressed(pieces)
    if request.method == "HEAD":
        return head_response(headers, EventStream.media_type)
    return EventStream(pieces, headers, worker.streams)


class EventStream(StreamingResponse):
    """A response of events. It frees its place when it has ended or its client has left. Args: streams: the places."""

    media_type = "text/event-stream"

    def __init__(self, chunks: AsyncGenerator[bytes], headers: Mapping[str, str], streams: Capacity) -> None:
        super().__init__(chunks, headers=headers)
        self._chunks, self._streams = chunks, streams

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            async with aclosing(self._chunks):
                with counts.STREAMS.track_inprogress():
                    await super().__call__(scope, receive, send)
        finally:
            self._streams.free()


async def chunks(frames: Iterator[Frame], worker: Worker, *, paced: bool) -> AsyncGenerator[bytes]:
    """The bytes of the frames, each sent when it is due, those of one slice together; comments while none is due.

    After a fault, or once the slices have taken too long in total, the last event is `error`. When the server stops,
    there is no last event.
    """
    job = worker.queue.job(worker.settings.max_seconds)
    frames, limit = _with_faults(frames), FIRST_CHUNK
    frame: Frame | None = None
    try:
        async with job:  # so that the time of waiting for the first slice does not count
            began = last_sent = monotonic()
        if paced:
            job.go_first()
        while frame is not THE_END and not worker.shutdown.has_begun:
            async with job:
                chunk, since, frame = _due(frames, frame, began, job, limit)
            if chunk:
                limit = min(2 * limit, MOST_CHUNK)
                if paced:
                    counts.LATENESS.observe(monotonic() - since)
            elif frame is not THE_END and monotonic() - last_sent >= QUIET_SECONDS:
                chunk += COMMENT
            if chunk:
                last_sent = monotonic()
                yield bytes(chunk)
            if frame and began + frame.due > monotonic():
                await worker.shutdown.wait_until(began + frame.due)
                job.go_first()
    except SpecError as refused:
        yield _error_text(refused)


def _due(
    frames: Iterator[Frame], frame: Frame | None, began: float, job: Job, limit: int
) -> tuple[bytearray, float, Frame | None]:
    """Collect frames that are due, within one slice.

    Args: frame: one that was not due before; limit: after this many bytes no more are collected.

    Returns: the bytes, the time since which the first of them is due, and a frame that is not due yet.
    """
    chunk, since = bytearray(), math.inf
    while not job.over and len(chunk) < limit:
        frame = frame or next(frames)
        if frame is THE_END or began + frame.due > monotonic():
            break
        chunk += frame.data
        since, frame = min(since, began + frame.due), None
    return chunk, since, frame


async def compressed(chunks: AsyncGenerator[bytes]) -> AsyncGenerator[bytes]:
    """The chunks compressed by gzip, such that each can be decompressed as soon as it arrives."""
    packer = zlib.compressobj(LEVEL, wbits=16 + WINDOW_BITS, memLevel=MEMORY_LEVEL)
    async with aclosing(chunks):
        async for chunk in chunks:
            yield packer.compress(chunk) + packer.flush(zlib.Z_SYNC_FLUSH)
    yield packer.flush()


def _with_faults(frames: Iterator[Frame]) -> Iterator[Frame]:
    try:
        yield from frames
    except RequestError as told:
        yield Frame(_error_text(told))
    except Exception:
        LOG.exception("a stream broke off")
        yield Frame(_error_text(RequestError("fault", ("stream",))))
    yield THE_END


def _error_text(error: SpecError) -> bytes:
    return event_text("error", detail_of(error.complaints))
