"""What the requests of one worker process share: the compute queue, limits and caches."""

import asyncio
import zlib
from collections import OrderedDict
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractContextManager, asynccontextmanager
from hashlib import sha256
from types import MappingProxyType
from typing import Any

from fastapi import Request, Response

from app.server import counts
from app.server.messages import JSON, ChunkedResponse, bodyless_response, packed_response
from app.server.refusals import ClientLeftError, RequestError
from app.server.settings import Settings
from app.server.shutdown import Shutdown
from app.work.queue import ComputeQueue, Job
from fallline.errors import located
from fallline.in_parts import InParts, Returned, steps_of
from fallline.spec.query import located_in_address

LOOK_SECONDS = 0.5
"""Seconds between two checks of whether a client that waits for the work of another request is still connected. A class
of hundreds that waits together checks hundreds of times as often.
"""


class Capacity:
    """A limit on the number of concurrent uses. It does not count by address, as a class may share one."""

    def __init__(self, most: int, what: str, wait_seconds: float) -> None:
        self._most, self._what, self._wait_seconds = most, what, wait_seconds
        self._places = asyncio.Semaphore(most)
        self.taken = 0

    async def take(self) -> None:
        """Take a place, to be freed later; places are given in the order of requests. Raises: RequestError (429)."""
        try:
            async with asyncio.timeout(self._wait_seconds):
                await self._places.acquire()
        except TimeoutError:
            limits: dict[str, Any] = {"limit": self._most, "what": self._what, "seconds": self._wait_seconds}
            raise RequestError("busy", ("server",), **limits) from None
        self.taken += 1

    def free(self) -> None:
        """Give a place back."""
        self.taken -= 1
        self._places.release()

    @asynccontextmanager
    async def reserve(self) -> AsyncIterator[None]:
        """Take a place for as long as the block runs. Raises: RequestError (429)."""
        await self.take()
        try:
            yield
        finally:
            self.free()


class SharedWork:
    """Work for one request; equal requests wait for the same result."""

    def __init__(self) -> None:
        self.result: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self.waiting = 0

    async def wait(self, request: Request) -> bytes:
        """The result, for another request. Raises: the errors of the work; ClientLeftError."""
        self.waiting += 1
        try:
            while not self.result.done():
                await asyncio.wait({self.result}, timeout=LOOK_SECONDS)
                if not self.result.done() and await request.is_disconnected():
                    raise ClientLeftError
            return self.result.result()
        finally:
            self.waiting -= 1


class Worker:
    """What the requests of one process share. No request depends on an earlier one, so any worker can answer any."""

    def __init__(self, settings: Settings, shutdown: Shutdown) -> None:
        self.settings = settings
        self.shutdown = shutdown
        self.queue = ComputeQueue()
        self.requests = Capacity(settings.max_requests, "requests", settings.wait_seconds)
        self.streams = Capacity(settings.max_streams, "streams", settings.wait_seconds)
        self.under_way: dict[bytes, SharedWork] = {}
        self._empty()

    def _empty(self) -> None:
        self.landscapes = ByteCache(self.settings.landscape_cache_bytes)
        self.pictures = ByteCache(self.settings.picture_cache_bytes)
        self.replies = ByteCache(self.settings.reply_cache_bytes)

    def forget(self) -> None:
        """Drop all cached and running results, as code of one's own has changed."""
        self.under_way = {}
        self._empty()


def worker_of(request: Request) -> Worker:
    """The worker that serves a request."""
    worker: Worker = request.app.state.worker
    return worker


ENTRY_BYTES = 200
"""The bytes that an entry of a cache takes beside its body: a short key, and overhead."""


class ByteCache:
    """The bodies of the latest responses, up to `most` bytes in total."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._size = 0
        self._held: OrderedDict[str | bytes, bytes] = OrderedDict()

    def get(self, key: str | bytes) -> bytes | None:
        """The body kept under `key`."""
        body = self._held.get(key)
        if body is not None:
            self._held.move_to_end(key)
        return body

    def put(self, key: str | bytes, body: bytes) -> None:
        """Keep `body`, and drop the bodies used longest ago."""
        if key in self._held:
            self._size -= ENTRY_BYTES + len(self._held.pop(key))
        self._size += ENTRY_BYTES + len(body)
        self._held[key] = body
        while self._size > self._most:
            self._size -= ENTRY_BYTES + len(self._held.popitem(last=False)[1])


LOOK_EVERY = 4
"""Slices between two checks whether the client is still connected: a check takes a turn of the event loop."""

PACKED_AT_ONCE = 32_000
"""Bytes compressed between two pauses, in a millisecond or two."""


async def respond(
    request: Request,
    work: InParts[bytes],
    media_type: str = JSON,
    headers: Mapping[str, str] = MappingProxyType({}),
    cache: ByteCache | None = None,
) -> Response:
    """The response with the body that `work` returns, or without a body if the ETag matches or the method is HEAD.

    Args: cache: keeps the body under its ETag, compressed once for all, rather than under the request.

    Raises: as `shared_body`.
    """
    if bodyless := bodyless_response(request, headers, media_type):
        return bodyless
    if cache is None:
        return ChunkedResponse(await shared_body(request, work), headers=headers, media_type=media_type)
    packed = await shared_body(request, _packed(work), cache, headers["ETag"])
    return packed_response(request, packed, headers, media_type)


def _packed(work: InParts[bytes]) -> InParts[bytes]:
    """The gzip of the body that `work` returns."""
    body = yield from work
    packer, pieces = zlib.compressobj(wbits=31), []
    for begin in range(0, len(body), PACKED_AT_ONCE):
        yield
        pieces.append(packer.compress(body[begin : begin + PACKED_AT_ONCE]))
    return b"".join(pieces) + packer.flush()


async def shared_body(
    request: Request, work: InParts[bytes], cache: ByteCache | None = None, kept_as: str | bytes = b""
) -> bytes:
    """The result of `work`: computed once for equal concurrent requests, and cached for later ones.

    Args: cache, kept_as: the cache and the key; by default that of replies, and the request.

    Raises: RequestError, 429 when the worker has too many requests, 422 when it takes too long; ClientLeftError.
    """
    worker, key = worker_of(request), await _identity(request)
    cache, kept_as = cache or worker.replies, kept_as or key
    if body := cache.get(kept_as):
        return body
    if key in worker.under_way:
        return await worker.under_way[key].wait(request)
    shared = worker.under_way[key] = SharedWork()
    try:
        async with worker.requests.reserve():
            body = await in_slices(request, work, shared)
        cache.put(kept_as, body)
        shared.result.set_result(body)
        return body
    except Exception as error:
        if shared.waiting:
            shared.result.set_exception(error)
        raise
    finally:
        if worker.under_way.get(key) is shared:
            del worker.under_way[key]
        shared.result.cancel()  # unless it is done: for those who wait when the server stops


async def _identity(request: Request) -> bytes:
    """A digest of everything that determines the body of a response."""
    body, scope = await request.body() if request.method == "POST" else b"", request.scope
    head = repr((scope["method"], scope["path"], scope["query_string"], request.headers.get("accept")))
    return sha256(head.encode() + body).digest()


def job_of(request: Request) -> Job:
    """The only job of a request, also for planning. Equal concurrent requests are all planned before any is run."""
    if not hasattr(request.state, "job"):
        worker = worker_of(request)
        request.state.job = worker.queue.job(worker.settings.max_seconds)
    job: Job = request.state.job
    return job


async def in_slices(request: Request, work: InParts[Returned], shared: SharedWork | None = None) -> Returned:
    """The result of `work`, which pauses often.

    Raises: RequestError (422); ClientLeftError, unless others wait for the result as `shared`.
    """
    job, work = job_of(request), _located(request, work)
    while True:
        for _ in range(LOOK_EVERY):
            async with job:
                try:
                    counts.STEPS.inc(steps_of(next(work)))
                    while not job.over:
                        counts.STEPS.inc(steps_of(next(work)))
                except StopIteration as end:
                    result: Returned = end.value
                    return result
        if await request.is_disconnected() and not (shared and shared.waiting):
            raise ClientLeftError


def located_in(request: Request) -> AbstractContextManager[None]:
    """A context that adds to the location of errors where the spec came from: the body, or the keys of the address."""
    return located("body") if request.method == "POST" else located_in_address(request.query_params)


def _located(request: Request, work: InParts[Returned]) -> InParts[Returned]:
    with located_in(request):
        return (yield from work)
