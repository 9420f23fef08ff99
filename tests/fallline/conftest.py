"""What the tests of both clients are given."""

from __future__ import annotations

from types import SimpleNamespace

import httpx
import pytest

from fallline.client import clients
from tests.fallline.servers import Awaited, Blocking


@pytest.fixture(params=[Blocking, Awaited])
def connect(request):
    """Makes either client, of a server that answers as a function does."""
    return request.param


@pytest.fixture
def waits(monkeypatch):
    """The seconds that a client would have slept, in order."""
    waits = []

    async def sleep(seconds):
        waits.append(seconds)

    monkeypatch.setattr(clients, "time", SimpleNamespace(sleep=waits.append))
    monkeypatch.setattr(clients, "asyncio", SimpleNamespace(sleep=sleep))
    return waits


@pytest.fixture
def serve(client):
    """Answers a request as the API does."""

    def serve(request):
        headers = {name: value for name, value in request.headers.items() if name in ("content-type", "last-event-id")}
        came = client.request(request.method, request.url.raw_path.decode(), content=request.content, headers=headers)
        headers = {"content-type": came.headers["content-type"]}
        return httpx.Response(came.status_code, headers=headers, content=came.content)

    return serve
