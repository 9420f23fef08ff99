"""Either client, of a server that answers as a test says."""

from __future__ import annotations

import asyncio
from itertools import islice

import httpx

import fallline

STREAM = "http://there/api/v1/trajectories/stream"


class Pieces(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that comes in pieces and may break off behind them."""

    def __init__(self, pieces, fault=None):
        self.pieces, self.fault, self.closed = pieces, fault, False

    def __iter__(self):
        yield from self.pieces
        if self.fault:
            raise self.fault

    async def __aiter__(self):
        for piece in self:
            yield piece

    def close(self):
        self.closed = True

    async def aclose(self):
        self.closed = True


def streamed(pieces, fault=None):
    """A response of events."""
    return httpx.Response(200, headers={"content-type": "text/event-stream"}, stream=Pieces(pieces, fault))


class Blocking:
    """A `fallline.Client` of a server that answers as `handle` does."""

    def __init__(self, handle, **options):
        self.client = fallline.Client(
            "http://there", http=httpx.Client(transport=httpx.MockTransport(handle)), **options
        )

    def ask(self, name, *arguments, **fields):
        return getattr(self.client, name)(*arguments, **fields)

    def events(self, spec, most=None, **options):
        stream = self.client.stream(spec, **options)
        events = list(islice(stream, most))
        stream.close()
        return events


class Awaited:
    """A `fallline.AsyncClient` of such a server."""

    def __init__(self, handle, **options):
        self.handle, self.options = handle, options

    def ask(self, name, *arguments, **fields):
        async def ask():
            async with httpx.AsyncClient(transport=httpx.MockTransport(self.handle)) as http:
                client = fallline.AsyncClient("http://there", http=http, **self.options)
                return await getattr(client, name)(*arguments, **fields)

        return asyncio.run(ask())

    def events(self, spec, most=None, **options):
        async def read():
            async with httpx.AsyncClient(transport=httpx.MockTransport(self.handle)) as http:
                stream, events = (
                    fallline.AsyncClient("http://there", http=http, **self.options).stream(spec, **options),
                    [],
                )
                async for event in stream:
                    events.append(event)
                    if len(events) == most:
                        break
                await stream.aclose()
                return events

        return asyncio.run(read())


def after(handle, *answers):
    """A server that answers with these first: a response, or a fault of the connection."""
    left = list(answers)

    def answer(request):
        if not left:
            return handle(request)
        first = left.pop(0)
        if isinstance(first, Exception):
            raise first
        return first

    return answer


def busy(status=429, seconds="3"):
    complaint = {"loc": ["server"], "msg": "the server is busy", "type": "busy", "ctx": {}}
    return httpx.Response(status, headers={"Retry-After": seconds}, json={"detail": [complaint]})
