"""Parts of requests and responses that all routes use: keys of addresses, media types, ETags, HEAD, chunked bodies."""

import asyncio
import gzip
import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import orjson
from fastapi import APIRouter, Request, Response
from starlette.types import Receive, Scope, Send

from app.server.headers import weights
from app.server.refusals import RequestError, Responses
from fallline import __version__

MAX_QUERY_BYTES = 32_768
"""The most bytes of a query. Above 64 kB, the parser of the server would only say that the request is invalid."""


def query_pairs(request: Request) -> list[tuple[str, str]]:
    """The keys and values of the address. Raises: RequestError (414)."""
    most = min(request.app.state.settings.max_body_bytes, MAX_QUERY_BYTES)
    if len(request.scope["query_string"]) > most:
        raise RequestError("query_too_long", ("query",), limit=most)
    return request.query_params.multi_items()


def negotiated(header: str, offered: Sequence[str]) -> str:
    """The offered media type that an Accept header prefers: of equal ones the first, and the first for no header.

    Raises: RequestError (406), if it accepts none.
    """
    weight = weights(header or "*/*")

    def quality(media_type: str) -> float:
        patterns = (media_type, f"{media_type.partition('/')[0]}/*", "*/*")
        return next((weight[pattern] for pattern in patterns if pattern in weight), 0.0)

    best = max(offered, key=quality)
    if quality(best) <= 0:
        raise RequestError("not_acceptable", ("header", "accept"), header, allowed=list(offered))
    return best


def header_list(request: Request, name: str) -> str:
    """The value of a header that is a list, which may be in several lines; empty if there is none."""
    return ", ".join(request.headers.getlist(name))


JSON = "application/json"
CACHED_AN_HOUR = "public, max-age=3600"
REVALIDATED = "no-cache"


def etag(*parts: bytes | str) -> str:
    """The ETag of a response that depends only on `parts` and the version of this software.

    It is weak, as the same response may be sent compressed or not.
    """
    text = b"\0".join(part.encode() if isinstance(part, str) else part for part in (__version__, *parts))
    return f'W/"{hashlib.sha256(text).hexdigest()[:32]}"'


def _is_held(request: Request, entity: str) -> bool:
    """Whether the client has this response already, by its If-None-Match."""
    held = header_list(request, "If-None-Match")
    opaque = entity.removeprefix("W/")
    return held.strip() == "*" or any(tag.strip().removeprefix("W/") == opaque for tag in held.split(","))


def bodyless_response(request: Request, headers: Mapping[str, str], media_type: str) -> Response | None:
    """The response if it needs no body: 304 for a client that has it already, only headers for a HEAD; else None."""
    if "ETag" in headers and _is_held(request, headers["ETag"]):
        return Response(status_code=304, headers=dict(headers))
    if request.method == "HEAD":
        return head_response(headers, media_type)
    return None


def head_response(headers: Mapping[str, str], media_type: str) -> Response:
    """A response with headers only, without Content-Length, as the length is not known."""
    response = Response(headers=dict(headers), media_type=media_type)
    del response.headers["Content-Length"]
    return response


NOT_MODIFIED: Responses = {304: {"description": "Not changed since the ETag that was sent as If-None-Match."}}
"""The response to a GET whose body the client has."""

Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])


def get_and_head(router: APIRouter, path: str, **described: Any) -> Callable[[Endpoint], Endpoint]:
    """Like `router.get`, and also for HEAD, which is not in the OpenAPI document."""

    def declare(endpoint: Endpoint) -> Endpoint:
        router.add_api_route(path, endpoint, methods=["HEAD"], include_in_schema=False, response_model=None)
        return router.get(path, **described)(endpoint)

    return declare


def request_takes_gzip(request: Request) -> bool:
    """Whether the client accepts gzip, after `HeadersMiddleware` has simplified the header."""
    return "gzip" in request.headers.get("accept-encoding", "")


def packed_response(request: Request, packed: bytes, headers: Mapping[str, str], media_type: str) -> Response:
    """The response whose body is given as gzip; it is decompressed for a client that does not accept gzip."""
    if request_takes_gzip(request):
        return ChunkedResponse(packed, headers={**headers, "Content-Encoding": "gzip"}, media_type=media_type)
    return ChunkedResponse(gzip.decompress(packed), headers=dict(headers), media_type=media_type)


AT_ONCE, AT_ONCE_COMPRESSED = 2_000_000, 256_000
"""The bytes sent between two turns of the event loop: copying takes about a millisecond, compressing a few."""


class ChunkedResponse(Response):
    """A response whose body is sent in chunks, between which the event loop turns; its length is known."""

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        is_packed = "content-encoding" in self.headers
        size = AT_ONCE_COMPRESSED if request_takes_gzip(Request(scope)) and not is_packed else AT_ONCE
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        for begin in range(0, len(self.body) or 1, size):
            end = begin + size
            await send({"type": "http.response.body", "body": self.body[begin:end], "more_body": end < len(self.body)})
            await asyncio.sleep(0)


def event_text(name: str, data: object, event_id: str | None = None) -> bytes:
    """One event as text of a stream. Args: event_id: with it a broken stream continues after this event."""
    line = f"id: {event_id}\n" if event_id is not None else ""
    return f"event: {name}\n{line}data: ".encode() + orjson.dumps(data, option=orjson.OPT_SERIALIZE_NUMPY) + b"\n\n"
