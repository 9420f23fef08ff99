"""Sending a stream: slice by slice, at its pace, and no longer than somebody listens."""

from __future__ import annotations

import logging
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from time import monotonic

from fastapi.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from app.api.errors import Refused
from app.api.events import Frame, MisfitError, event
from app.api.slot import Job
from app.api.worker import Room, Worker

FIRST_CHUNK = 2_000
MOST_CHUNK = 64_000
"""Bytes sent at once: few at first, then twice as many each time."""

QUIET_SECONDS = 10.0
"""After so long without an event a comment keeps proxies from closing the connection."""

COMMENT = b": still here\n\n"

HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
"""Nothing keeps a stream, and no proxy holds it back."""

LOG = logging.getLogger("fallline.api")


class EventStream(StreamingResponse):
    """An answer of events that takes a place among the worker's streams and frees it when the client leaves."""

    media_type = "text/event-stream"

    def __init__(self, chunks: AsyncGenerator[bytes], room: Room) -> None:
        super().__init__(chunks, headers=HEADERS)
        self._chunks, self._room = chunks, room

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with self._room.place():
            async with aclosing(self._chunks):
                await super().__call__(scope, receive, send)


async def chunks(frames: Iterator[Frame], worker: Worker) -> AsyncGenerator[bytes]:
    """The bytes of a stream. A fault becomes its last event; a server that stops ends it without one."""
    try:
        async for chunk in _sent(frames, worker):
            yield chunk
    except Refused as refused:
        yield event("error", {"detail": refused.detail})
    except MisfitError as error:
        yield _error(f"Last-Event-ID is of another stream: {error}", "last_event_id")
    except Exception:
        LOG.exception("a stream broke off")
        yield _error("the server met a fault of its own", "fault")


def _error(msg: str, kind: str) -> bytes:
    return event("error", {"detail": [{"loc": ["stream"], "msg": msg, "type": kind}]})


async def _sent(frames: Iterator[Frame], worker: Worker) -> AsyncGenerator[bytes]:
    sender = _Sender(frames, worker.slot.job(worker.settings.max_seconds))
    while not worker.closing and not sender.done:
        chunk = await sender.chunk()
        if chunk:
            yield chunk
        if sender.early > 0:
            await worker.closing.wait(sender.early)


class _Sender:
    """Takes frames while they are due and the slice lasts."""

    def __init__(self, frames: Iterator[Frame], job: Job) -> None:
        self._frames, self._job = frames, job
        self._held: Frame | None = None
        self._began = self._last = monotonic()
        self._limit = FIRST_CHUNK
        self._fault: Exception | None = None
        self.done = False

    @property
    def early(self) -> float:
        """Seconds until the next frame is due."""
        return self._began + self._held.due - monotonic() if self._held else 0.0

    async def chunk(self) -> bytes:
        """The bytes of one slice; a comment after a long silence, else nothing where nothing is due.

        Raises: what the frames raised, once all that came before it has been sent.
        """
        taken = bytearray()
        async with self._job as job:
            while not job.over and len(taken) < self._limit and self._due():
                taken += self._take()
        if self._fault and not taken:
            raise self._fault
        if taken:
            self._limit = min(2 * self._limit, MOST_CHUNK)
        elif monotonic() - self._last < QUIET_SECONDS:
            return b""
        self._last = monotonic()
        return bytes(taken) or COMMENT

    def _due(self) -> bool:
        try:
            self._held = self._held or next(self._frames)
        except StopIteration:
            self.done = True
        except Exception as error:
            self._fault = error
        return self._held is not None and self.early <= 0

    def _take(self) -> bytes:
        assert self._held is not None
        data, self._held = self._held.data, None
        return data
