"""An answer that takes computing: slice by slice, and for nobody who has left."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import TypeVar

from fastapi import Request, Response

from app.api.slot import Job
from app.api.worker import worker_of

CLIENT_LEFT = 499
"""Status of an answer that nobody is there to read, for the log."""

LOOK_EVERY = 4
"""Slices after which it looks whether the client is still there, which takes a turn of the loop by itself."""

Result = TypeVar("Result")

Work = Generator[None, None, bytes]
"""Computing that pauses often and returns the body of an answer."""


async def computed(request: Request, work: Work, media_type: str = "application/json") -> Response:
    """The answer whose body `work` returns. Raises: Refused (429) when the worker has no room."""
    body: list[bytes] = []
    return await worked(request, _into(body, work)) or Response(body[0], media_type=media_type)


async def worked(request: Request, work: Iterator[object]) -> Response | None:
    """Run `work`, which pauses often, to its end; the answer is None, or one for a client that has left meanwhile.

    Raises: Refused, 429 when the worker has no room, 422 when it takes too long.
    """
    worker = worker_of(request)
    worker.requests.require()
    job = worker.slot.job(worker.settings.max_seconds)
    slices = 0
    with worker.requests.place():
        while not await _slice(work, job):
            slices += 1
            if slices % LOOK_EVERY == 0 and await request.is_disconnected():
                return Response(status_code=CLIENT_LEFT)
    return None


async def in_slices(work: Generator[None, None, Result], job: Job) -> Result:
    """What `work`, which pauses often, returns at its end."""
    result: list[Result] = []
    steps = _into(result, work)
    while not await _slice(steps, job):
        pass
    return result[0]


async def _slice(work: Iterator[object], job: Job) -> bool:
    """Work for one slice; whether it has come to its end."""
    async with job:
        for _ in work:
            if job.over:
                return False
    return True


def _into(result: list[Result], work: Generator[None, None, Result]) -> Iterator[None]:
    result.append((yield from work))
