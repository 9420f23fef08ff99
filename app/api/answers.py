"""Answers in pieces."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence

from fastapi import Response
from starlette.types import Receive, Scope, Send

AT_ONCE = 256_000
"""Bytes sent between two turns of the event loop: what comes after (compression) then also goes by pieces."""


class Pieces(Response):
    """A body whose pieces are never joined into one, sent with its length."""

    def __init__(self, pieces: Sequence[bytes], headers: Mapping[str, str], media_type: str) -> None:
        self._pieces = pieces
        length = str(sum(map(len, pieces)))
        super().__init__(None, headers={**headers, "Content-Length": length}, media_type=media_type)

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        *early, last = _gathered(self._pieces)
        for chunk in early:
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
            await asyncio.sleep(0)
        await send({"type": "http.response.body", "body": last, "more_body": False})


def _gathered(pieces: Iterable[bytes]) -> Iterator[bytes]:
    held: list[bytes] = []
    size = 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size >= AT_ONCE:
            yield b"".join(held)
            held, size = [], 0
    yield b"".join(held)
