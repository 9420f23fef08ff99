"""What makes an answer cacheable: its tag, and a small store of answers already made."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Mapping

from fastapi import Request, Response

from app import __version__

FRESH = "public, max-age=3600"
ASKED_EACH_TIME = "no-cache"


def tag(*parts: bytes | str) -> str:
    """The entity tag of what follows from `parts` and this version alone.

    Weak, since the same answer may leave compressed or not.
    """
    digest = hashlib.sha256()
    for part in (__version__, *parts):
        data = part.encode() if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big") + data)
    return f'W/"{digest.hexdigest()[:32]}"'


def known(request: Request, entity: str) -> bool:
    """Whether the client says that it has this answer already."""
    held = request.headers.get("if-none-match", "")
    opaque = entity.removeprefix("W/")
    return held.strip() == "*" or any(each.strip().removeprefix("W/") == opaque for each in held.split(","))


def short_answer(request: Request, headers: Mapping[str, str], media_type: str) -> Response | None:
    """The answer that needs no body: 304 to a client that has it, the headers alone to a HEAD."""
    if known(request, headers["ETag"]):
        return Response(status_code=304, headers=dict(headers))
    if request.method == "HEAD":
        return bare(headers, media_type)
    return None


def bare(headers: Mapping[str, str], media_type: str) -> Response:
    """The headers of an answer without its body, whose length is not known."""
    response = Response(headers=dict(headers), media_type=media_type)
    del response.headers["Content-Length"]
    return response


class ByteCache:
    """The answers last used, up to so many bytes in all."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._size = 0
        self._held: OrderedDict[str, list[bytes]] = OrderedDict()

    def get(self, key: str) -> list[bytes] | None:
        """The pieces kept under `key`."""
        found = self._held.get(key)
        if found is not None:
            self._held.move_to_end(key)
        return found

    def put(self, key: str, pieces: list[bytes]) -> None:
        """Keep `pieces`, and let go of what was used longest ago."""
        self._size += sum(map(len, pieces)) - sum(map(len, self._held.pop(key, ())))
        self._held[key] = pieces
        while self._size > self._most:
            _, gone = self._held.popitem(last=False)
            self._size -= sum(map(len, gone))
