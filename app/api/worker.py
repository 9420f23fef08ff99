"""What the requests of one worker process share: the compute slot, room for so many, and the end of it all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from fastapi import Request

from app.api.cache import ByteCache
from app.api.closing import Closing
from app.api.errors import Refused
from app.api.slot import ComputeSlot
from app.settings import Settings

RETRY_SECONDS = 2


class Room:
    """Room for so many at a time. Not by address: a whole class may sit behind one."""

    def __init__(self, most: int, what: str) -> None:
        self._most, self._what = most, what
        self.taken = 0

    def require(self) -> None:
        """Raise a 429 when there is none left."""
        if self.taken >= self._most:
            msg = f"this server is at its limit of {self._most} {self._what} at a time; try again in a moment"
            raise Refused(429, ("server",), msg, "busy", {"Retry-After": str(RETRY_SECONDS)})

    @contextmanager
    def place(self) -> Iterator[None]:
        """Take a place for as long as the block runs."""
        self.taken += 1
        try:
            yield
        finally:
            self.taken -= 1


class Worker:
    """The shared things of one process. Nothing of it outlives a request, so any worker can answer any of them."""

    def __init__(self, settings: Settings, closing: Closing) -> None:
        self.settings = settings
        self.closing = closing
        self.slot = ComputeSlot()
        self.requests = Room(settings.max_requests, "requests")
        self.streams = Room(settings.max_streams, "streams")
        self.landscapes = ByteCache(settings.landscape_cache_bytes)
        self.pictures = ByteCache(settings.picture_cache_bytes)


def worker_of(request: Request) -> Worker:
    """The worker that a request has come to."""
    worker: Worker = request.app.state.worker
    return worker
