"""Many clients in a process of their own, on raw sockets: `python -m tests.bench.clients WHAT HOST PORT COUNT`.

What they ask for comes as JSON on standard input, what they saw goes as JSON to standard output.
"""

from __future__ import annotations

import asyncio
import json
import re
import resource
import sys
import time
import zlib
from collections import Counter, deque
from collections.abc import Callable
from typing import Any

import uvloop

CONNECTIONS = 6
"""Connections of one browser to one server."""

OPENED_A_SECOND = 200
"""Streams: were all opened in one moment, it would be measured how requests are taken in, not how events are sent."""

STEPS = re.compile(rb'event: steps\nid: [^\n]*\ndata: {"run":\d+,"from":(\d+)')
LENGTH = re.compile(rb"content-length: (\d+)")
DONE = b"event: done\ndata: {}\n\n"


class Connection(asyncio.Protocol):
    """One connection, with one request under way at a time.

    Args:
        on_piece: told of the pieces of a body as they come; on_reply: that it has ended.

    Attributes:
        status: of the reply, 0 where the connection broke; tail: the last bytes of its body.
    """

    def __init__(self, on_piece: Callable[[bytes], object], on_reply: Callable[[Connection], object]) -> None:
        self._on_piece, self._on_reply = on_piece, on_reply
        self._text = b""
        self._left: int | None = None
        self._chunked = self._busy = False
        self.status, self.tail = 0, b""

    def connection_made(self, transport: Any) -> None:
        self.transport = transport

    def ask(self, request: bytes) -> None:
        self._busy, self.tail = True, b""
        self.transport.write(request)

    def data_received(self, data: bytes) -> None:
        self._text += data
        while self._text and (self._head() if self._left is None else self._body()):
            pass

    def connection_lost(self, _: Exception | None) -> None:
        if self._busy:
            self.status = 0
            self._end()

    def _head(self) -> bool:
        """Take the head of a reply; whether there may be more to take."""
        head, end, rest = self._text.partition(b"\r\n\r\n")
        if not end:
            return False
        self.status, self._text, head = int(head[9:12]), rest, head.lower()
        self._chunked = b"transfer-encoding: chunked" in head
        self._unpacker = zlib.decompressobj(wbits=31) if b"content-encoding: gzip" in head else None
        length = LENGTH.search(head)
        self._left = int(length[1]) if length else 0
        return self._left > 0 or self._chunked or self._end()

    def _body(self) -> bool:
        if self._chunked and not self._left:
            size, end, rest = self._text.partition(b"\r\n")
            room = int(size, 16) if end else 0
            if not end or len(rest) < room + 2:
                return False
            self._text = rest[room + 2 :]
            return self._piece(rest[:room]) if room else self._end()
        piece = self._text[: self._left]
        self._text, self._left = self._text[self._left :], (self._left or 0) - len(piece)
        self._piece(piece)
        return self._left > 0 or self._end()

    def _piece(self, piece: bytes) -> bool:
        if self._unpacker:
            piece = self._unpacker.decompress(piece)
        self.tail = (self.tail + piece)[-len(DONE) :]
        self._on_piece(piece)
        return True

    def _end(self) -> bool:
        self._left, self._busy = None, False
        self._on_reply(self)
        return True


class Opening:
    """A browser that opens the page: first the page alone, then all the rest in turn over several connections."""

    def __init__(self, address: tuple[str, int], requests: list[tuple[str, bytes]]) -> None:
        self._address, self._requests = address, deque(requests)
        self._under_way: dict[Connection, str] = {}
        self.statuses: Counter[int] = Counter()
        self.runs_after = 0.0
        self.over = asyncio.get_running_loop().create_future()

    async def begin(self) -> None:
        self._began = time.monotonic()
        await self._connect()

    async def _connect(self) -> None:
        loop = asyncio.get_running_loop()
        _, connection = await loop.create_connection(lambda: Connection(len, self._reply), *self._address)
        self._ask(connection)

    def _ask(self, connection: Connection) -> None:
        if self._requests:
            self._under_way[connection], request = self._requests.popleft()
            connection.ask(request)
        elif not self._under_way:
            self.over.set_result(None)

    def _reply(self, connection: Connection) -> None:
        path = self._under_way.pop(connection)
        streamed = "/trajectories/stream" in path
        self.statuses[0 if streamed and connection.tail != DONE else connection.status] += 1
        if streamed:
            self.runs_after = time.monotonic() - self._began
        if path == "/":
            self._more = [asyncio.ensure_future(self._connect()) for _ in range(CONNECTIONS - 1)]
        self._ask(connection)


async def openings(address: tuple[str, int], count: int, asked: list[tuple[str, str, Any]]) -> dict[str, Any]:
    """Browsers that open the page in the same moment, each with the requests `asked`: method, path and body."""
    requests = [(path, request_text(address[0], method, path, body)) for method, path, body in asked]
    browsers = [Opening(address, requests) for _ in range(count)]
    await asyncio.gather(*(browser.begin() for browser in browsers))
    await asyncio.gather(*(browser.over for browser in browsers))
    waited = sorted(browser.runs_after for browser in browsers)
    statuses = sum((browser.statuses for browser in browsers), Counter())
    return {"statuses": statuses, "median": waited[count // 2], "last": waited[-1]}


class PacedStream:
    """What one stream brought: when its events came, counted from when they were due, and a checksum of it all."""

    def __init__(self, pace: int) -> None:
        self._pace = pace
        self.times: list[float] = []
        self.checksum = 0
        self.end: asyncio.Future[tuple[int, bool]] = asyncio.get_running_loop().create_future()

    def piece(self, data: bytes) -> None:
        now = time.monotonic()
        self.times += [now - int(found[1]) / self._pace for found in STEPS.finditer(data)]
        self.checksum = zlib.crc32(data, self.checksum)

    def reply(self, connection: Connection) -> None:
        self.end.set_result((connection.status, connection.tail == DONE))


async def streams(address: tuple[str, int], count: int, asked: dict[str, Any]) -> dict[str, Any]:
    """Streams of the same runs at a `pace`, taken to their ends; an event is late against the best of its stream."""
    loop, taken = asyncio.get_running_loop(), []
    request = request_text(address[0], "POST", f"{asked['path']}&pace={asked['pace']}", asked["body"])
    for _ in range(count):
        taken.append(PacedStream(asked["pace"]))
        protocol = Connection(taken[-1].piece, taken[-1].reply)
        await loop.create_connection(lambda made=protocol: made, *address)
        protocol.ask(request)
        await asyncio.sleep(1 / OPENED_A_SECOND)
    ends = [await stream.end for stream in taken]
    late = sorted(moment - min(stream.times) for stream in taken for moment in stream.times)
    return {
        "whole": sum(end == (200, True) for end in ends),
        "contents": len({stream.checksum for stream in taken}),
        "median": late[len(late) // 2],
        "late": late[len(late) * 99 // 100],
    }


def request_text(host: str, method: str, path: str, body: object = None) -> bytes:
    """A request as it goes over the wire."""
    text = b"" if body is None else json.dumps(body).encode()
    head = f"{method} {path} HTTP/1.1\r\nHost: {host}\r\nAccept-Encoding: gzip\r\n"
    if text:
        head += f"Content-Type: application/json\r\nContent-Length: {len(text)}\r\n"
    return f"{head}\r\n".encode() + text


if __name__ == "__main__":
    _, files = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))
    what, host, port, count = sys.argv[1:]
    act = {"openings": openings, "streams": streams}[what]
    print(json.dumps(uvloop.run(act((host, int(port)), int(count), json.load(sys.stdin)))))
