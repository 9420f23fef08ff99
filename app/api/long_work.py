"""Responses to work that may take seconds: the result as JSON, or events with its progress."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import Annotated, Any

import orjson
from fastapi import Depends, Request, Response

from app.api.requests import keys_beside_spec, plan_of
from app.api.stream import HEADERS, EventStream, chunks, compressed, may_be_compressed
from app.api.stream_events import Frame
from app.server import counts
from app.server.messages import JSON, event_text, header_list, negotiated
from app.server.refusals import REFUSALS, UNACCEPTED, Responses
from app.work.worker import job_of, located_in, respond, worker_of
from fallline.in_parts import InParts, Progress, steps_of
from fallline.spec.models import Spec
from fallline.spec.plan import Plan
from fallline.types import Described

LEAST_PROGRESS = 0.01
"""The least progress, as a share of the work, from one event to the next."""

LONGER = 10
"""As events, a request may be this many times as much work: lighter requests go before it, and clients can cancel it.
"""


def _asks_for_events(request: Request) -> bool:
    """Whether the Accept header prefers events to JSON. Raises: RequestError (406)."""
    return negotiated(header_list(request, "Accept"), (JSON, EventStream.media_type)) != JSON


AsEvents = Annotated[bool, Depends(_asks_for_events)]

AS_EVENTS: Responses = {
    200: {
        "description": "As events: `progress` has `done`, the share of the work that is done, and `so_far`, a "
        "preliminary result or null; the last event, `done`, has the whole result. A fault is an `error` event. "
        "Closing the connection cancels the work.",
        "content": {EventStream.media_type: {"schema": {"type": "string"}}},
    },
    **UNACCEPTED,
    **REFUSALS,
}
"""The responses to long work."""


async def plan_long(request: Request, spec: Spec, as_events: bool) -> Plan:
    """The plan of a spec in the body, with larger limits for events. Raises: as `planning`."""
    limits = worker_of(request).settings.limits
    limits = replace(limits, max_work=LONGER * limits.max_work) if as_events else limits
    return await plan_of(request, spec, keys_beside_spec(request), limits)


async def respond_long(request: Request, work: InParts[Described], as_events: bool) -> Response:
    """The response with the result of `work`, which ends if the client leaves. Raises: as `respond`."""
    headers = {"Vary": "Accept"}
    if not as_events:
        return await respond(request, _written(work), headers=headers)
    async with job_of(request):
        with located_in(request):
            first = next(work)  # so that an error of the spec is a response of its own, before the stream begins
    requests = worker_of(request).requests
    await requests.take()
    pieces = chunks(_frames(first, work), worker_of(request), paced=False)
    headers |= HEADERS
    if may_be_compressed(request):
        headers, pieces = headers | {"Content-Encoding": "gzip"}, compressed(pieces)
    return EventStream(pieces, headers, requests)


def _frames(first: Any, work: InParts[Described]) -> Iterator[Frame]:
    """An event whenever there was enough progress, and one at the end."""
    result: list[Described] = []

    def parts() -> Iterator[Any]:
        result.append((yield from work))

    done = 0.0
    for part in chain([first], parts()):
        counts.STEPS.inc(steps_of(part))
        yield Frame()
        if isinstance(part, Progress) and (part.so_far or part.done >= done + LEAST_PROGRESS):
            done = part.done
            so_far = part.so_far and part.so_far.reply
            yield Frame(event_text("progress", {"done": done, "so_far": so_far}))
    yield Frame(event_text("done", result[0].reply))


def _written(work: InParts[Described]) -> InParts[bytes]:
    answer = yield from work
    yield
    return orjson.dumps(answer.reply, option=orjson.OPT_SERIALIZE_NUMPY)
