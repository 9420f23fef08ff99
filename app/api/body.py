"""The body of a request: small, JSON, and free of what JSON readers let pass in silence."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Coroutine, Mapping
from typing import Any, NoReturn

import orjson
from fastapi import Request, Response
from fastapi.routing import APIRoute

from app.api.errors import Refused, escaped, field_path, quoted


class StrictRequest(Request):
    """A request whose body is read up to a limit and parsed strictly."""

    async def body(self) -> bytes:
        """The whole body. Raises 413 past the limit and 415 when it is not declared as JSON."""
        if not hasattr(self, "_body"):
            self._body = await self._read()
        return self._body

    async def json(self) -> Any:
        """The body's value, as `parse_json` reads it."""
        return parse_json(await self.body(), ("body",))

    async def _read(self) -> bytes:
        most = self.app.state.settings.max_body_bytes
        declared = self.headers.get("content-length", "")
        if declared.isdecimal() and int(declared[:20]) > most:
            too_large(most)
        parts = bytearray()
        async for chunk in self.stream():
            parts += chunk
            if len(parts) > most:
                too_large(most)
        if parts:
            self._require_json()
        return bytes(parts)

    def _require_json(self) -> None:
        declared = self.headers.get("content-type", "")
        kind = declared.partition(";")[0].strip().lower()
        if not (kind == "application/json" or (kind.startswith("application/") and kind.endswith("+json"))):
            msg = f"the body must be JSON, sent with Content-Type: application/json; got {quoted(declared)}"
            raise Refused(415, ("header", "content-type"), msg, "content_type")


class StrictRoute(APIRoute):
    """A route whose requests are `StrictRequest`s."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler of FastAPI, given the stricter request."""
        handle = super().get_route_handler()

        async def strict(request: Request) -> Response:
            return await handle(StrictRequest(request.scope, request.receive))

        return strict


def too_large(most: int) -> NoReturn:
    """Raise the 413."""
    msg = f"the body may have at most {most} bytes"
    raise Refused(413, ("body",), msg, "too_large", {"Connection": "close"})


def parse_json(text: bytes, loc: tuple[str, ...]) -> Any:
    """The value that JSON `text` stands for.

    orjson reads it, which refuses NaN, Infinity, numbers past the doubles, lone surrogates and deep nesting;
    it keeps the last of two equal keys, so a second reading looks for those.

    Raises: Refused (422) that names what is wrong.
    """
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        _refuse(loc, _finding(text, FINITE_ONLY) or f"{field_path(loc)} is not JSON: {_where(error)}")
    if found := _finding(text):
        _refuse(loc, found)
    return value


class _FindingError(Exception):
    """Something in a JSON text that this API does not let pass."""


class _Outside(float):
    """A number that no finite double stands for."""


def _number(text: str) -> float:
    value = float(text)
    return _Outside(value) if math.isinf(value) else value


NO_READERS: Mapping[str, Any] = {}
FINITE_ONLY: Mapping[str, Any] = {"parse_constant": _Outside, "parse_float": _number, "parse_int": _number}
"""Readers of numbers that let those be found which are not finite; slow, so only for a text known to be wrong."""


def _where(error: orjson.JSONDecodeError) -> str:
    return f"{error.msg} (line {error.lineno}, column {error.colno})"


def _finding(text: bytes, readers: Mapping[str, Any] = NO_READERS) -> str:
    """What is wrong in a text that most readers of JSON take, naming the field; empty where nothing is found."""
    if not text.strip():
        return "the text is empty; a JSON object is expected"
    try:
        json.loads(text, object_pairs_hook=_checked, **readers)
    except _FindingError as finding:
        return str(finding)
    except (ValueError, RecursionError):
        pass
    return ""


def _checked(pairs: list[tuple[str, Any]]) -> None:
    seen: set[str] = set()
    for key, value in pairs:
        if key in seen:
            raise _FindingError(f"{escaped(key)} stands twice in one object: give it once")
        if _outside(value):
            raise _FindingError(
                f"{escaped(key)} must be a finite number, at most 1.8e308; got NaN or something infinite"
            )
        seen.add(key)


def _outside(value: Any) -> bool:
    return isinstance(value, _Outside) or (isinstance(value, list) and any(map(_outside, value)))


def _refuse(loc: tuple[str, ...], msg: str) -> NoReturn:
    raise Refused(422, loc, msg, "json_invalid")
