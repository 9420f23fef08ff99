"""Forwards requests that name code of one's own to the process that has it, and caches nothing of them."""

from __future__ import annotations

import asyncio
from contextlib import aclosing, suppress
from urllib.parse import unquote_to_bytes

import httpx
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.server.messages import event_text
from app.server.refusals import RequestError, detail_of, refused_response
from app.server.settings import Settings
from fallline.spec.fields import OWN_PREFIX

OWN_PORT = "FALLLINE_OWN_PORT"
"""The variable with the port of the process that runs such code. It is not a setting, as the process chooses it."""

NAMED = OWN_PREFIX.encode()
IN_CATALOG = ("/catalog", "/catalog/brief", "/catalog/own", "/openapi.json")
"""The paths, below the base path of the API, whose responses list such code."""
OF_A_CONNECTION = (
    "accept-encoding", "connection", "date", "host", "keep-alive", "server", "transfer-encoding", "x-forwarded-for",
    "x-forwarded-proto",
)  # fmt: skip
"""Headers that are not forwarded unchanged."""


def names_own(scope: Scope, body: bytes) -> bool:
    """Whether a request may name code of one's own: in its address, perhaps in a spec in base64, or in its body."""
    query = scope["query_string"]
    return NAMED in unquote_to_bytes(query) or query.startswith(b"spec=") or b"&spec=" in query or NAMED in body


class OwnRequests:
    """Middleware around requests that name code of one's own.

    Their responses are not cached, as the code may change at any time. If a separate process runs the code, the
    requests are forwarded to it unchanged: that process can be ended at any time, and nothing else with it.

    Args:
        base: the base path of the API. Rooms, and everything that is neither part of the API nor a hand-out, are
            answered here.
        port: of the process with the code, on this machine; None if it is this process.
    """

    def __init__(self, app: ASGIApp, settings: Settings, base: str, port: int | None) -> None:
        self._app, self._settings, self._base, self._port = app, settings, base, port
        self._client: httpx.AsyncClient | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "").removeprefix(scope.get("root_path", ""))
        in_api = path.startswith(f"{self._base}/") and not path.startswith(f"{self._base}/rooms")
        if scope["type"] != "http" or not (in_api or path == "/handout"):
            await self._app(scope, receive, send)
            return
        messages = await self._received(scope, receive) if scope["method"] == "POST" else []
        body = b"".join(each.get("body", b"") for each in messages)
        replay = _replayed(messages, receive)
        of_catalog = path.removeprefix(self._base) in IN_CATALOG
        if not of_catalog and not names_own(scope, body):
            await self._app(scope, replay, send)
        elif self._port is None:
            await self._app(scope, replay, send if of_catalog else _kept_nowhere(scope, send))
        else:
            await self._hand_on(scope, path, body, receive, send)

    async def _received(self, scope: Scope, receive: Receive) -> list[Message]:
        """The messages of a body. Of a body that is too large, just enough is read that its route refuses it."""
        messages, size = [], 0
        declared = Headers(scope=scope).get("content-length", "")
        if declared.isdecimal() and int(declared[:20]) > self._settings.max_body_bytes:
            return []
        while size <= self._settings.max_body_bytes:
            messages.append(await receive())
            size += len(messages[-1].get("body", b""))
            if messages[-1]["type"] != "http.request" or not messages[-1].get("more_body"):
                break
        return messages

    async def _hand_on(self, scope: Scope, path: str, body: bytes, receive: Receive, send: Send) -> None:
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


def _replayed(messages: list[Message], receive: Receive) -> Receive:
    waiting = list(messages)

    async def replay() -> Message:
        return waiting.pop(0) if waiting else await receive()

    return replay


def _kept_nowhere(scope: Scope, send: Send) -> Send:
    """A function that sends a response without an ETag. The client's If-None-Match is removed from the request."""
    given = MutableHeaders(scope=scope)
    if "if-none-match" in given:
        del given["if-none-match"]

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["Cache-Control"] = "no-store"
            if "etag" in headers:
                del headers["etag"]
        await send(message)

    return sent
