"""The body of a request: limited in size, and parsed as JSON without doubled keys or numbers that are not finite."""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine
from math import isfinite
from typing import Any

import orjson
from fastapi import Request, Response
from fastapi.routing import APIRoute
from starlette.requests import ClientDisconnect

from app.api.errors import Loc, Refused


class StrictRequest(Request):
    """A request whose body is read up to a limit and parsed strictly, each once."""

    async def body(self) -> bytes:
        """The whole body. Raises 413 past the limit and 415 when it is not declared as JSON."""
        if not hasattr(self, "_body"):
            self._body = await self._read()
        return self._body

    async def json(self) -> Any:
        """The body's value, as `parse_json` reads it."""
        if not hasattr(self, "_json"):
            self._json = parse_json(await self.body(), ("body",))
        return self._json

    async def _read(self) -> bytes:
        most = self.app.state.settings.max_body_bytes
        declared = self.headers.get("content-length", "")
        if declared.isdecimal() and int(declared[:20]) > most:
            raise Refused("body_too_large", ("body",), limit=most)
        parts = bytearray()
        try:
            async for chunk in self.stream():
                parts += chunk
                if len(parts) > most:
                    raise Refused("body_too_large", ("body",), limit=most)
        except ClientDisconnect:
            raise Refused("unreadable", ("body",)) from None
        if parts:
            self._require_json()
        return bytes(parts)

    def _require_json(self) -> None:
        declared = self.headers.get("content-type", "")
        media_type = declared.partition(";")[0].strip().lower()
        is_variant = media_type.startswith("application/") and media_type.endswith("+json")
        if media_type != "application/json" and not is_variant:
            raise Refused("unsupported_media_type", ("header", "content-type"), declared)


Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class StrictRoute(APIRoute):
    """A route whose requests are `StrictRequest`s."""

    def get_route_handler(self) -> Handler:
        """The handler of FastAPI, given the stricter request.

        The body is read before it: whatever is raised while FastAPI reads one, it says only that it could not be read.
        """
        handle = self.around(super().get_route_handler())

        async def strict(request: Request) -> Response:
            request = StrictRequest(request.scope, request.receive)
            if self.body_field and await request.body():
                await request.json()
            return await handle(request)

        return strict

    def around(self, handle: Handler) -> Handler:
        """What is done around a handler once the body is there; nothing by itself."""
        return handle


def parse_json(text: bytes, loc: Loc) -> Any:
    """The value that JSON `text` stands for.

    orjson refuses NaN, Infinity, numbers past the doubles, lone surrogates and deep nesting. But it keeps the last of
    two equal keys, and does not say which number it refuses: `json` reads the text first, to find those.

    Args: loc: the place of the text; the fields in it stand below the first part of that, as those of a spec do.

    Raises: Refused (422) that names what is wrong.
    """
    if not text.strip():
        raise Refused("empty", loc)
    try:
        _check(json.loads(text, object_pairs_hook=_Object, parse_int=float), loc[:1])
    except Refused:
        raise
    except (ValueError, RecursionError):
        pass  # orjson says what is wrong
    try:
        text.decode()
    except UnicodeDecodeError:
        raise Refused("not_utf8", loc) from None
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise Refused("not_json", loc, problem=error.msg, line=error.lineno, column=error.colno) from None


class _Object(list[tuple[str, Any]]):
    """The keys and values of an object, in order."""


def _check(value: Any, loc: Loc) -> None:
    """Raises: Refused at the first key that stands twice in its object, or number in a field that is not finite."""
    if not isinstance(value, list):
        return
    keys = set()
    for key, each in value if isinstance(value, _Object) else enumerate(value):
        at = (*loc, key)
        if key in keys:
            raise Refused("duplicate", at)
        if isinstance(each, float) and not isfinite(each):
            raise Refused("not_finite", at, each)
        keys.add(key)
        _check(each, at)
