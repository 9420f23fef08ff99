"""What the requests of one worker process share: the compute slot, limits, caches, and its end."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections import OrderedDict
from collections.abc import AsyncIterator, Generator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from types import FrameType
from typing import Any, TypeVar

from fastapi import Request, Response

from app.api.errors import ClientLeftError, Refused
from app.api.responses import JSON, ChunkedResponse
from app.api.slot import ComputeSlot, Job
from app.settings import Settings

RETRY_SECONDS = 2


class Capacity:
    """How many of something a worker takes at a time. Addresses are not told apart: a class may share one."""

    def __init__(self, most: int, what: str) -> None:
        self._most, self._what = most, what
        self.taken = 0

    def require(self) -> None:
        """Raise a 429 when there is none left."""
        if self.taken >= self._most:
            headers = {"Retry-After": str(RETRY_SECONDS)}
            raise Refused(429, ("server",), "busy", headers, limit=self._most, what=self._what)

    @contextmanager
    def reserve(self) -> Iterator[None]:
        """Take a place for as long as the block runs."""
        self.taken += 1
        try:
            yield
        finally:
            self.taken -= 1


class Worker:
    """What the requests of one process share. No request relies on one before it, so any worker can answer any."""

    def __init__(self, settings: Settings, closing: Closing) -> None:
        self.settings = settings
        self.closing = closing
        self.slot = ComputeSlot()
        self.requests = Capacity(settings.max_requests, "requests")
        self.streams = Capacity(settings.max_streams, "streams")
        self.landscapes = ByteCache(settings.landscape_cache_bytes)
        self.pictures = ByteCache(settings.picture_cache_bytes)


def worker_of(request: Request) -> Worker:
    """The worker that a request has come to."""
    worker: Worker = request.app.state.worker
    return worker


class ByteCache:
    """The bodies of the responses last used, up to `most` bytes in all."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._size = 0
        self._held: OrderedDict[str, bytes] = OrderedDict()

    def get(self, key: str) -> bytes | None:
        """The body kept under `key`."""
        found = self._held.get(key)
        if found is not None:
            self._held.move_to_end(key)
        return found

    def put(self, key: str, body: bytes) -> None:
        """Keep `body`, and let go of what was used longest ago."""
        self._size += len(body) - len(self._held.pop(key, b""))
        self._held[key] = body
        while self._size > self._most:
            self._size -= len(self._held.popitem(last=False)[1])


LOOK_EVERY = 4
"""Slices between two looks whether the client is still there: a look takes a turn of the event loop."""

Result = TypeVar("Result")

Work = Generator[None, None, bytes]
"""Computing that pauses often and returns the body of a response."""


async def compute(
    request: Request, work: Work, media_type: str = JSON, headers: Mapping[str, str] | None = None
) -> Response:
    """The response whose body `work` returns. Raises: as `run_work`."""
    return ChunkedResponse(await run_work(request, work), headers=headers, media_type=media_type)


async def cached(
    request: Request, cache: ByteCache, work: Work, headers: Mapping[str, str], media_type: str
) -> Response:
    """The response whose body `work` returns, or the cache has under its ETag."""
    body = cache.get(headers["ETag"])
    if body is None:
        body = await run_work(request, work)
        cache.put(headers["ETag"], body)
    return ChunkedResponse(body, headers=headers, media_type=media_type)


async def run_work(request: Request, work: Work) -> bytes:
    """What `work` returns.

    Raises: Refused, 429 when the worker has too many requests, 422 when it takes too long; ClientLeftError.
    """
    worker = worker_of(request)
    worker.requests.require()
    with worker.requests.reserve():
        return await in_slices(request, work, worker.slot.job(worker.settings.max_seconds))


async def in_slices(request: Request, work: Generator[None, None, Result], job: Job) -> Result:
    """What `work`, which pauses often, returns at its end. Raises: Refused (422), ClientLeftError."""
    while True:
        for _ in range(LOOK_EVERY):
            async with job:
                try:
                    next(work)
                    while not job.over:
                        next(work)
                except StopIteration as end:
                    result: Result = end.value
                    return result
        if await request.is_disconnected():
            raise ClientLeftError


def finished(work: Generator[None, None, Result]) -> Result:
    """What `work` returns, computed without a pause, for a command that nobody else waits for."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            result: Result = end.value
            return result


SIGNALS = (signal.SIGTERM, signal.SIGINT)


class Closing:
    """Whether the server is stopping, for streams to ask.

    A server that is told to stop waits for the responses under way before it tells the application, and a stream
    may go on for minutes. So this handles the same signals itself, and then calls the handlers before it.
    """

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def __bool__(self) -> bool:
        return self._event.is_set()

    def set(self) -> None:
        """Tell every stream to end."""
        self._event.set()

    async def wait(self, seconds: float) -> None:
        """Sleep so many seconds, or until the server stops."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._event.wait(), max(seconds, 0))

    @asynccontextmanager
    async def lifespan(self, _app: Any) -> AsyncIterator[None]:
        """Handle the signals while the application runs; only the main thread can."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        loop = asyncio.get_running_loop()
        before = {number: signal.getsignal(number) for number in SIGNALS}

        def heard(number: int, frame: FrameType | None) -> None:
            loop.call_soon_threadsafe(self.set)
            then = before[signal.Signals(number)]
            if callable(then):
                then(number, frame)

        for number in SIGNALS:
            signal.signal(number, heard)
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler or signal.SIG_DFL)
