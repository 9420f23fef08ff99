"""Clients of a server, one that blocks and one to be awaited: they send, wait and hand on, and decide nothing."""

import asyncio
import ssl
import time
from collections.abc import AsyncIterator, Iterator
from functools import cache
from typing import Any, Self, Unpack

import httpx

from fallline.client.events import Event
from fallline.client.exchange import (
    Answer,
    BasinsFields,
    Calls,
    CurvatureFields,
    Received,
    RunFields,
    StreamFields,
    SweepFields,
    Talk,
    TuneFields,
    is_stream,
)
from fallline.given import SpecLike
from fallline.results.analyses import Basins, Curvature, Tuning
from fallline.results.result import Result, Sweep

URL = "http://localhost:8000"
PATIENCE = 60.0
TIMEOUT = httpx.Timeout(10.0, read=45.0)
"""Seconds. A server may let a request wait for 10 and compute for 20; of a stream something comes every 10."""


@cache
def _certificates() -> ssl.SSLContext:
    """Read once, as that takes longer than a request."""
    return httpx.create_ssl_context()


class Client:
    """Asks a server. It may be used in a `with`, or closed.

    Args:
        url: of the server's site, with the path below which a proxy shows it.
        patience: seconds that a request may wait in all for a server that is busy (429 or 503: as long as its
            Retry-After asks) or whose connection breaks, before that is raised; for a stream, since the last event.
        http: what to send with, whose timeouts then hold; it is not closed with the client.
    """

    def __init__(self, url: str = URL, *, patience: float = PATIENCE, http: httpx.Client | None = None) -> None:
        self._http, self._is_own = http or httpx.Client(verify=_certificates(), timeout=TIMEOUT), http is None
        self._calls = Calls(url, self._http.build_request, patience)

    def run(self, spec: SpecLike | None = None, /, **fields: Unpack[RunFields]) -> Result:
        """Run every optimizer of a spec.

        Args:
            spec, fields: as for `fallline.run`.
            columns: those wanted, of `parameters`, `loss`, `gradient`, `learning_rate`, `step_size` and `batch`; all
                by default.

        Raises: SpecError, ServerError.
        """
        return self._have(self._calls.run(spec, **fields))

    def sweep(self, spec: SpecLike | None = None, /, **fields: Unpack[SweepFields]) -> Sweep:
        """As `fallline.sweep`. Raises: SpecError, ServerError."""
        return self._have(self._calls.sweep(spec, **fields))

    def curvature(self, spec: SpecLike | None = None, /, **fields: Unpack[CurvatureFields]) -> Curvature:
        """As `fallline.curvature`. Raises: SpecError, ServerError."""
        return self._have(self._calls.curvature(spec, **fields))

    def basins(self, spec: SpecLike | None = None, /, **fields: Unpack[BasinsFields]) -> Basins:
        """As `fallline.basins`. Raises: SpecError, ServerError."""
        return self._have(self._calls.basins(spec, **fields))

    def tune(self, spec: SpecLike | None = None, /, **fields: Unpack[TuneFields]) -> Tuning:
        """As `fallline.tune`. Raises: SpecError, ServerError."""
        return self._have(self._calls.tune(spec, **fields))

    def catalog(self) -> dict[str, Any]:
        """Everything that can be named, as the REST API has it; the `query` of each of its `presets` is a spec.

        Raises: ServerError.
        """
        return self._have(self._calls.catalog())

    def stream(self, spec: SpecLike | None = None, /, **fields: Unpack[StreamFields]) -> Iterator[Event]:
        """Yield a `Start`, then `Rows` of the runs in turn as they come and an `End` of each.

        Where the connection breaks it goes on behind the last event that came, nothing lost and nothing twice.

        Args:
            spec, fields, columns: as for `run`.
            pace: steps a second, from 1 to 1000; by default as fast as they are read.

        Raises: SpecError, ServerError.
        """
        reading = self._calls.stream(spec, **fields)
        while not reading.done:
            response = self._have(reading.connect())
            try:
                for piece in response.iter_bytes():
                    yield from reading.take(piece)
                reading.breaks(response.url)
            except httpx.TransportError as error:
                reading.breaks(response.url, error)
            finally:
                response.close()

    def _have(self, talk: Talk[Answer]) -> Answer:
        outcome: Received = None
        while True:
            try:
                seconds, request = talk.send(outcome)
            except StopIteration as end:
                answer: Answer = end.value
                return answer
            if seconds is not None:
                time.sleep(seconds)
            try:
                outcome = self._http.send(request, stream=True)
                if not is_stream(outcome):
                    outcome.read()
            except httpx.TransportError as error:
                outcome = error

    def close(self) -> None:
        """Close its connections."""
        if self._is_own:
            self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class AsyncClient:
    """The same to be awaited: `await client.run(spec)`, `async for event in client.stream(spec)`.

    It may be used in an `async with`, or closed.

    Args: as of `Client`, but http, an `httpx.AsyncClient`.
    """

    def __init__(self, url: str = URL, *, patience: float = PATIENCE, http: httpx.AsyncClient | None = None) -> None:
        self._http, self._is_own = http or httpx.AsyncClient(verify=_certificates(), timeout=TIMEOUT), http is None
        self._calls = Calls(url, self._http.build_request, patience)

    async def run(self, spec: SpecLike | None = None, /, **fields: Unpack[RunFields]) -> Result:
        """As `Client.run`."""
        return await self._have(self._calls.run(spec, **fields))

    async def sweep(self, spec: SpecLike | None = None, /, **fields: Unpack[SweepFields]) -> Sweep:
        """As `Client.sweep`."""
        return await self._have(self._calls.sweep(spec, **fields))

    async def curvature(self, spec: SpecLike | None = None, /, **fields: Unpack[CurvatureFields]) -> Curvature:
        """As `Client.curvature`."""
        return await self._have(self._calls.curvature(spec, **fields))

    async def basins(self, spec: SpecLike | None = None, /, **fields: Unpack[BasinsFields]) -> Basins:
        """As `Client.basins`."""
        return await self._have(self._calls.basins(spec, **fields))

    async def tune(self, spec: SpecLike | None = None, /, **fields: Unpack[TuneFields]) -> Tuning:
        """As `Client.tune`."""
        return await self._have(self._calls.tune(spec, **fields))

    async def catalog(self) -> dict[str, Any]:
        """As `Client.catalog`."""
        return await self._have(self._calls.catalog())

    async def stream(self, spec: SpecLike | None = None, /, **fields: Unpack[StreamFields]) -> AsyncIterator[Event]:
        """As `Client.stream`. Whoever leaves it early closes the connection at once with `contextlib.aclosing`."""
        reading = self._calls.stream(spec, **fields)
        while not reading.done:
            response = await self._have(reading.connect())
            try:
                async for piece in response.aiter_bytes():
                    for event in reading.take(piece):
                        yield event
                reading.breaks(response.url)
            except httpx.TransportError as error:
                reading.breaks(response.url, error)
            finally:
                await response.aclose()

    async def _have(self, talk: Talk[Answer]) -> Answer:
        outcome: Received = None
        while True:
            try:
                seconds, request = talk.send(outcome)
            except StopIteration as end:
                answer: Answer = end.value
                return answer
            if seconds is not None:
                await asyncio.sleep(seconds)
            try:
                outcome = await self._http.send(request, stream=True)
                if not is_stream(outcome):
                    await outcome.aread()
            except httpx.TransportError as error:
                outcome = error

    async def aclose(self) -> None:
        """Close its connections."""
        if self._is_own:
            await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()
