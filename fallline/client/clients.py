"""Clients of a server, a blocking and an asynchronous one. They send and wait; `exchange.py` makes all decisions."""

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
from fallline.results.analyses import Basins, Curvature, Tuning
from fallline.results.result import Result, Sweep
from fallline.spec_forms import SpecLike

URL = "http://localhost:8000"
PATIENCE = 60.0
TIMEOUT = httpx.Timeout(10.0, read=45.0)
"""In seconds. A server may let a request wait for 10 and compute for 20; a stream sends something every 10."""


@cache
def _certificates() -> ssl.SSLContext:
    """The certificates, which are read only once, as that takes longer than a request."""
    return httpx.create_ssl_context()


class Client:
    """A blocking client of a server. Use it in a `with`, or close it.

    Args:
        url: of the site of the server, including a path that a proxy adds.
        patience: how many seconds a request may wait in total for a server that is busy (429 or 503; the wait follows
            its Retry-After) or whose connection breaks, before an error is raised; for a stream, since the last event.
        http: a client of httpx to send requests with, which keeps its timeouts, and which `close` does not close.
    """

    def __init__(self, url: str = URL, *, patience: float = PATIENCE, http: httpx.Client | None = None) -> None:
        self._http, self._is_own = http or httpx.Client(verify=_certificates(), timeout=TIMEOUT), http is None
        self._calls = Calls(url, self._http.build_request, patience)

    def run(self, spec: SpecLike | None = None, /, **fields: Unpack[RunFields]) -> Result:
        """Run every optimizer of a spec.

        Args:
            spec, fields: as for `fallline.run`.
            columns: some of `parameters`, `loss`, `gradient`, `learning_rate`, `step_size` and `batch`; by default
                all.

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
        """The catalog of the server, as in the REST API. The `query` of each of its `presets` is a spec.

        Raises: ServerError.
        """
        return self._have(self._calls.catalog())

    def stream(self, spec: SpecLike | None = None, /, **fields: Unpack[StreamFields]) -> Iterator[Event]:
        """Yield a `Start`, then as they arrive the `Rows` of all runs, in turn, and an `End` for each run.

        If the connection breaks, the stream continues after the last event received; no event is lost or repeated.

        Args:
            spec, fields, columns: as for `run`.
            pace: steps per second, from 1 to 1000; by default as fast as events are read.

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
    """An asynchronous client of a server: `await client.run(spec)`, `async for event in client.stream(spec)`.

    Use it in an `async with`, or close it.

    Args: as for `Client`, except that `http` is an `httpx.AsyncClient`.
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
        """As `Client.stream`. To leave it early and close the connection at once, use `contextlib.aclosing`."""
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
