"""An answer that takes computing: slice by slice, and for nobody who has left."""

from __future__ import annotations

from collections.abc import Generator, Iterator

from fastapi import Request, Response

from app.api.worker import ClientLeft, finish, worker_of

CLIENT_LEFT = 499
"""Status of an answer that nobody is there to read, for the log."""

Work = Generator[None, None, bytes]
"""Computing that pauses often and returns the body of an answer."""


async def computed(request: Request, work: Work, media_type: str = "application/json") -> Response:
    """The answer whose body `work` returns. Raises: Refused (429) when the worker has no room."""
    worker = worker_of(request)
    worker.requests.require()
    body: list[bytes] = []
    with worker.requests.place():
        try:
            await finish(_into(body, work), worker.slot.job(), request)
        except ClientLeft:
            return Response(status_code=CLIENT_LEFT)
    return Response(body[0], media_type=media_type)


def _into(body: list[bytes], work: Work) -> Iterator[None]:
    body.append((yield from work))
