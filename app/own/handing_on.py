"""Forwards requests that name code of one's own to the process that has it, and caches nothing of them."""

from __future__ import annotations

from urllib.parse import unquote_to_bytes

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.server.settings import Settings
from fallline.spec.fields import OWN_PREFIX

OWN_PORT = "FALLLINE_OWN_PORT"
"""The variable with the port of the process that runs such code. It is not a setting, as the process chooses it."""

NAMED = OWN_PREFIX.encode()
IN_CATALOG = ("/catalog", "/catalog/brief", "/catalog/own", "/openapi.json")
"""The paths, below the base path of the API, whose responses list such code."""


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
        self._app, self._settings, self._base = app, settings, base
        self._forwarder = None
        if port is not None:
            from app.own.forwarding import Forwarder  # with HTTPX, a tenth of the time in which a server starts

            self._forwarder = Forwarder(settings, port)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "").removeprefix(scope.get("root_path", ""))
        in_api = path.startswith(f"{self._base}/") and not path.startswith(f"{self._base}/rooms")
        if scope["type"] != "http" or not (in_api or path == "/handout"):
            await self._app(scope, receive, send)
            return
        messages = await self._received(scope, receive) if scope["method"] == "POST" else []
        body = b"".join(message.get("body", b"") for message in messages)
        replay = _replayed(messages, receive)
        of_catalog = path.removeprefix(self._base) in IN_CATALOG
        if not of_catalog and not names_own(scope, body):
            await self._app(scope, replay, send)
        elif self._forwarder is None:
            await self._app(scope, replay, send if of_catalog else _kept_nowhere(scope, send))
        else:
            await self._forwarder.forward(scope, path, body, receive, send)

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
