"""The body of a request: limited in size, and parsed as JSON without doubled keys or numbers that are not finite."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute
from starlette.requests import ClientDisconnect

from app.server.refusals import RequestError
from fallline.errors import SpecError, located
from fallline.spec.json_text import parse_json

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class StrictRoute(APIRoute):
    """A route whose body is read up to a limit and parsed strictly, once."""

    def get_route_handler(self) -> Handler:
        """The handler of FastAPI, given a request with its body.

        That is read before it: whatever is raised while FastAPI reads one, it says only that it could not be read.
        """
        handle = self.around(super().get_route_handler())

        async def strict(request: Request) -> Response:
            if self.body_field:
                request._body = await _body(request)
                if request._body:
                    with located("body"):
                        request._json = parse_json(request._body)
            return await handle(request)

        return strict

    def around(self, handle: Handler) -> Handler:
        """What is done around a handler once the body is there; nothing by itself."""
        return handle


async def _body(request: Request) -> bytes:
    """The whole body. Raises 413 past the limit and 415 when it is not declared as JSON."""
    most = request.app.state.settings.max_body_bytes
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared[:20]) > most:
        raise RequestError("body_too_large", ("body",), limit=most)
    parts = bytearray()
    try:
        async for chunk in request.stream():
            parts += chunk
            if len(parts) > most:
                raise RequestError("body_too_large", ("body",), limit=most)
    except ClientDisconnect:
        raise SpecError("unreadable", ("body",)) from None
    if parts:
        _require_json(request.headers.get("content-type", ""))
    return bytes(parts)


def _require_json(declared: str) -> None:
    media_type = declared.partition(";")[0].strip().lower()
    is_variant = media_type.startswith("application/") and media_type.endswith("+json")
    if media_type != "application/json" and not is_variant:
        raise RequestError("unsupported_media_type", ("header", "content-type"), declared)
