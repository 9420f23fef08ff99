"""Forwards a request, unchanged, to the process that runs code of one's own."""

from __future__ import annotations

import asyncio
from contextlib import aclosing, suppress

import httpx
from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from app.server.messages import event_text
from app.server.refusals import RequestError, detail_of, refused_response
from app.server.settings import Settings

OF_A_CONNECTION = (
    "accept-encoding", "connection", "date", "host", "keep-alive", "server", "transfer-encoding", "x-forwarded-for",
    "x-forwarded-proto",
)  # fmt: skip
"""Headers that are not forwarded unchanged."""


class Forwarder:
    """Forwards requests to a port of this machine, and their responses back.

    Args:
        port: of the process with the code.
    """

    def __init__(self, settings: Settings, port: int) -> None:
        self._settings, self._port = settings, port
        self._client: httpx.AsyncClient | None = None

    async def forward(self, scope: Scope, path: str, body: bytes, receive: Receive, send: Send) -> None:
        """Forward a request, until it is answered or whoever made it has left. Args: path: below the root path."""
        answering = asyncio.ensure_future(self._answer(self._asked(scope, path, body), scope, receive, send))
        leaving = asyncio.ensure_future(_left(receive))
        try:
            await asyncio.wait({answering, leaving}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            leaving.cancel()
            if not answering.done():
                answering.cancel()
        with suppress(asyncio.CancelledError):
            await answering

    def _asked(self, scope: Scope, path: str, body: bytes) -> httpx.Request:
        self._client = self._client or httpx.AsyncClient(
            timeout=None,  # noqa: S113 (only the calls of the code are limited, and the time of the processor)
            limits=httpx.Limits(max_connections=None),
            trust_env=False,
        )
        headers = [(name, value) for name, value in scope["headers"] if name.decode("latin-1") not in OF_A_CONNECTION]
        given, client = Headers(scope=scope), scope.get("client") or ("127.0.0.1", 0)
        headers += [(b"host", given.get("host", "localhost").encode()), (b"x-forwarded-for", client[0].encode())]
        headers += [(b"x-forwarded-proto", scope["scheme"].encode()), (b"accept-encoding", b"identity")]
        address = httpx.URL(f"http://127.0.0.1:{self._port}{path}", query=scope["query_string"])
        return self._client.build_request(scope["method"], address, headers=headers, content=body or None)

    async def _answer(self, asked: httpx.Request, scope: Scope, receive: Receive, send: Send) -> None:
        """Forward the response of the other process; if it ends meanwhile, respond with that error."""
        assert self._client
        begun: httpx.Response | None = None
        try:
            answer = await self._client.send(asked, stream=True)
            async with aclosing(answer):
                fields = [(n.lower(), v) for n, v in answer.headers.raw if n.lower().decode() not in OF_A_CONNECTION]
                await send({"type": "http.response.start", "status": answer.status_code, "headers": fields})
                begun = answer
                async for part in answer.aiter_raw():
                    await send({"type": "http.response.body", "body": part, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
        except httpx.TransportError:
            fault = RequestError("own_code_ended", ("server",), seconds=self._settings.own_seconds)
            if begun is None:
                await refused_response(fault)(scope, receive, send)
            elif "event-stream" in begun.headers.get("content-type", ""):
                last = event_text("error", detail_of(fault.complaints))
                await send({"type": "http.response.body", "body": last})
            else:
                raise


async def _left(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
