"""Requests and responses of every route: keys of the address, media types, entity tags, HEAD, bodies in chunks."""

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
"""Of an address. The server's own parser cuts an address or its headers at 64 kB, and says only that it is invalid."""


def query_pairs(request: Request) -> list[tuple[str, str]]:
    """The keys and values of the address. Raises: RequestError (414)."""
    most = min(request.app.state.settings.max_body_bytes, MAX_QUERY_BYTES)
    if len(request.scope["query_string"]) > most:
        raise RequestError("query_too_long", ("query",), limit=most)
    return request.query_params.multi_items()


def negotiated(header: str, offered: Sequence[str]) -> str:
    """The offered media type that an Accept header prefers, of equals the first offered; an empty one takes any.

    Raises: RequestError (406) when it accepts none.
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
    """The value of a header that is a list, which may come in several lines; empty where there is none."""
    return ", ".join(request.headers.getlist(name))


JSON = "application/json"
CACHED_AN_HOUR = "public, max-age=3600"
REVALIDATED = "no-cache"


def etag(*parts: bytes | str) -> str:
    """The entity tag of a response that follows from `parts` and this version alone.

    It is weak, since the same response may be sent compressed or not.
    """
    text = b"\0".join(part.encode() if isinstance(part, str) else part for part in (__version__, *parts))
    return f'W/"{hashlib.sha256(text).hexdigest()[:32]}"'


def _is_held(request: Request, entity: str) -> bool:
    """Whether the client says that it has this response already."""
    held = header_list(request, "If-None-Match")
    opaque = entity.removeprefix("W/")
    return held.strip() == "*" or any(each.strip().removeprefix("W/") == opaque for each in held.split(","))


def bodyless_response(request: Request, headers: Mapping[str, str], media_type: str) -> Response | None:
    """The response that needs no body: 304 to a client that has it, the headers alone to a HEAD."""
    if "ETag" in headers and _is_held(request, headers["ETag"]):
        return Response(status_code=304, headers=dict(headers))
    if request.method == "HEAD":
        return head_response(headers, media_type)
    return None


def head_response(headers: Mapping[str, str], media_type: str) -> Response:
    """The headers of a response without its body, whose length is not known."""
    response = Response(headers=dict(headers), media_type=media_type)
    del response.headers["Content-Length"]
    return response


NOT_MODIFIED: Responses = {304: {"description": "Not changed since the ETag that was sent as If-None-Match."}}
"""The response to a GET whose body the client has."""

Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])


def get_and_head(router: APIRouter, path: str, **described: Any) -> Callable[[Endpoint], Endpoint]:
    """Like `router.get`, and the same endpoint for HEAD, which is not described twice."""

    def declare(endpoint: Endpoint) -> Endpoint:
        router.add_api_route(path, endpoint, methods=["HEAD"], include_in_schema=False, response_model=None)
        return router.get(path, **described)(endpoint)

    return declare


def request_takes_gzip(request: Request) -> bool:
    """Whether the client takes gzip, as `AcceptEncoding` leaves it in the header."""
    return "gzip" in request.headers.get("accept-encoding", "")


def packed_response(request: Request, packed: bytes, headers: Mapping[str, str], media_type: str) -> Response:
    """The response whose body is kept in gzip: unpacked for a client that does not take it."""
    if request_takes_gzip(request):
        return ChunkedResponse(packed, headers={**headers, "Content-Encoding": "gzip"}, media_type=media_type)
    return ChunkedResponse(gzip.decompress(packed), headers=dict(headers), media_type=media_type)


AT_ONCE, AT_ONCE_COMPRESSED = 2_000_000, 256_000
"""Bytes sent between two turns of the event loop: about a millisecond of copying, a few of compressing."""


class ChunkedResponse(Response):
    """A body sent with its length and in chunks, between which the event loop turns."""

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        is_packed = "content-encoding" in self.headers
        size = AT_ONCE_COMPRESSED if request_takes_gzip(Request(scope)) and not is_packed else AT_ONCE
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        for begin in range(0, len(self.body) or 1, size):
            end = begin + size
            await send({"type": "http.response.body", "body": self.body[begin:end], "more_body": end < len(self.body)})
            await asyncio.sleep(0)


def event_text(name: str, data: object, event_id: str | None = None) -> bytes:
    """One event as text of the stream; `event_id` says where a broken stream goes on."""
    line = f"id: {event_id}\n" if event_id is not None else ""
    return f"event: {name}\n{line}data: ".encode() + orjson.dumps(data, option=orjson.OPT_SERIALIZE_NUMPY) + b"\n\n"
