"""Bytes to a server of its own on loopback: noise, requests with parts changed, endless heads, bodies that drip.

In between it must answer a right request soon; it may answer nothing with a 5xx and print no traceback, and at the end it
must be alive and hold about the memory that it held at the beginning.
"""

from __future__ import annotations

import json
import random
import re
import select
import socket
import tempfile
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx2

from tests.api.specs import MIXED, STREAM, TRAJECTORIES, spec
from tests.server import Server, start_server

OPTIONS = ("--max-steps", "200", "--max-streams", "50")
SECONDS = 3.0
"""Within which a right request is answered."""
MOST_MORE = 30_000_000
"""Bytes that the server may hold at the end beyond what it held before."""
MOST = 50_000
"""Connections in all."""
DRIPPING = 30
"""Connections at once on which a byte comes now and then."""
EVERY = 40
"""Connections between two right requests."""
PAUSE = 0.002
"""Seconds between two connections."""

BODY = json.dumps(spec()).encode()
POST = f"POST {TRAJECTORIES} HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\n".encode()
RIGHT = [
    b"GET /healthz HTTP/1.1\r\nHost: test\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: test\r\nAccept: text/html\r\nAccept-Encoding: gzip, br\r\nCookie: a=b\r\n\r\n",
    f"GET {TRAJECTORIES}?surface=bowl&optimizer=gd&max_steps=3 HTTP/1.1\r\nHost: test\r\n\r\n".encode(),
    f"HEAD {TRAJECTORIES}?surface=bowl&optimizer=gd HTTP/1.1\r\nHost: test\r\nIf-None-Match: W/\"a\"\r\n\r\n".encode(),
    f"GET {STREAM}?surface=bowl&optimizer=gd&max_steps=3 HTTP/1.1\r\nHost: test\r\nLast-Event-ID: 2\r\n\r\n".encode(),
    b"OPTIONS /api/v1/catalog HTTP/1.1\r\nHost: test\r\nOrigin: http://a\r\nAccess-Control-Request-Method: GET\r\n\r\n",
    POST + b"Content-Length: %d\r\n\r\n" % len(BODY) + BODY,
    POST + b"Transfer-Encoding: chunked\r\n\r\n%x\r\n" % len(BODY) + BODY + b"\r\n0\r\n\r\n",
    POST + b"Expect: 100-continue\r\nContent-Length: %d\r\n\r\n" % len(BODY) + BODY,
    POST + b"Content-Length: 3000\r\n\r\n" + json.dumps(MIXED).encode().ljust(3000),
]  # fmt: skip
PIECES = [
    b"\r\n", b"\n", b"\r", b"\0", b" ", b"\t", b":", b"\r\n\r\n", b"\xff", b"%00", b"%", b"%ff", b"?", b"#", b"//", b"..", b"HTTP/1.0",
    b"HTTP/2.0", b"http://test/", b"*", b"Host: a\r\n", b"Content-Length: -1\r\n", b"Content-Length: 99999999999999999999\r\n",
    b"Content-Length: 5\r\nContent-Length: 6\r\n", b"Transfer-Encoding: chunked\r\n", b"Transfer-Encoding: gzip, chunked\r\n",
    b"Content-Encoding: gzip\r\n", b"Connection: Upgrade\r\nUpgrade: websocket\r\n", b"Connection: close\r\n", b" folded\r\n", b"ffffffffffffffff\r\n",
    b"-1\r\n", b"0\r\n\r\n", b"1;" + b"x" * 5000 + b"\r\n", b"Range: bytes=0-0,0-0\r\n", b"Accept: */*;q=nan\r\n", b"Accept-Encoding: gzip;q=-1\r\n",
    b"X-Forwarded-For: a, b\r\n", b"If-None-Match: *\r\n", b"Cookie: " + b"a=b; " * 2000 + b"\r\n", b"GET", b"POST", b"CONNECT", b"[" * 5000, b"{" * 500,
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "\u00e9\u2028".encode(), b"Host: " + b"a" * 3000 + b"\r\n",
]  # fmt: skip


def noise(chance: random.Random) -> bytes:
    """Bytes that are no request."""
    return chance.randbytes(chance.choice([1, 10, 200, 5000]))


def changed(chance: random.Random) -> bytes:
    """A right request with parts deleted, doubled or replaced."""
    text = chance.choice(RIGHT)
    for _ in range(chance.randint(1, 4)):
        begin = chance.randrange(len(text) + 1)
        end = min(len(text), begin + chance.choice([0, 1, 5, 30]))
        new = chance.choice([b"", chance.choice(PIECES), 2 * text[begin:end], chance.randbytes(3)])
        text = text[:begin] + new + text[end:]
    return text


def many(chance: random.Random) -> bytes:
    """Requests behind each other, right and changed ones."""
    return b"".join(chance.choice([chance.choice(RIGHT), changed(chance)]) for _ in range(chance.randint(2, 30)))


def long_head(chance: random.Random) -> bytes:
    """A head of up to 2 MB that may not end."""
    field = b"x%d: " % chance.randrange(99) + b"y" * chance.choice([1, 100, 8000]) + b"\r\n"
    size = chance.choice([10_000, 70_000, 2_000_000])
    head = chance.choice(
        [b"GET /" + b"z" * chance.choice([1, 70_000]) + b" HTTP/1.1\r\n", b"GET / HTTP/1.1\r\nHost: a\r\n"]
    )
    return head + field * (size // len(field)) + chance.choice([b"", b"\r\n"])


def long_body(chance: random.Random) -> bytes:
    """A body that is too long, too short or deep, in pieces or not."""
    body = chance.choice([b"[" * 60_000, b" " * 200_000, b'{"a":' * 9000, BODY, chance.randbytes(3000)])
    if chance.random() < 0.5:
        size = chance.choice([1, 1000])
        pieces = (body[k : k + size] for k in range(0, min(len(body), 3000 * size), size))
        return POST + b"Transfer-Encoding: chunked\r\n\r\n" + b"".join(b"%x\r\n%b\r\n" % (len(p), p) for p in pieces)
    return POST + b"Content-Length: %d\r\n\r\n" % chance.choice([len(body), 1, 10**6, 10**15]) + body


MAKERS: tuple[Callable[[random.Random], bytes], ...] = (noise, changed, changed, changed, many, long_head, long_body)


def run(seconds: float, seed: int) -> int:
    """Send for so many seconds, and say what came of it; returns how much was wrong."""
    with tempfile.TemporaryFile("w+") as log:
        server = start_server(*OPTIONS, log=log)
        with server.process:
            try:
                faults = Sender(server, random.Random(seed)).run(seconds)
            finally:
                server.process.terminate()
        log.seek(0)
        text = log.read()
    if "Traceback" in text:
        faults.append("the server printed a traceback:\n" + text[-2000:])
    for fault in faults:
        print(f"  {fault}", flush=True)
    return len(faults)


class Sender:
    """What is sent to one server, and what it answers."""

    def __init__(self, server: Server, chance: random.Random) -> None:
        self.server, self.chance = server, chance
        address = urlsplit(server.url)
        self.place = (address.hostname, address.port)
        self.statuses: Counter[str] = Counter()
        self.dripping: deque[tuple[socket.socket, Iterator[bytes]]] = deque()
        self.slowest = 0.0

    def run(self, seconds: float) -> list[str]:
        """Everything that was wrong."""
        faults = []
        for _ in range(200):  # what is imported or kept on first use counts as held before
            self.right_request()
            self.send(self.chance.choice(RIGHT))
        before, ends, sent = self.memory(), time.monotonic() + seconds, 0
        while time.monotonic() < ends and sent < MOST and self.server.process.poll() is None:
            sent += 1
            text = self.chance.choice(MAKERS)(self.chance)
            found = self.drip(text) if self.chance.random() < 0.2 else self.send(text)
            if found:
                faults.append(f"{found} to {text[:2000]!r}")
            if sent % EVERY == 0:
                taken = self.right_request()
                self.slowest = max(self.slowest, taken)
                if taken > SECONDS:
                    faults.append(f"a right request took {taken:.1f} s")
            time.sleep(PAUSE)
        for wire, _ in self.dripping:
            wire.close()
        if self.server.process.poll() is not None:
            return [*faults, f"the server ended with {self.server.process.returncode}"]
        self.right_request()
        more = self.memory() - before
        if more > MOST_MORE:
            faults.append(f"the server holds {more / 1e6:.0f} MB more than before")
        told = ", ".join(f"{count} {status}" for status, count in sorted(self.statuses.items()))
        print(f"  {sent} connections; {told}", flush=True)
        print(f"  slowest right request {self.slowest:.2f} s; {more / 1e6:+.1f} MB of {before / 1e6:.0f}", flush=True)
        return faults

    def right_request(self) -> float:
        """Seconds that a right request takes; fails where it is not answered."""
        began = time.monotonic()
        reply = httpx2.post(self.server.url + TRAJECTORIES, json=spec(), timeout=10 * SECONDS)
        assert reply.status_code == 200, reply.text
        return time.monotonic() - began

    def send(self, text: bytes) -> str:
        """Send all at once or in pieces, and read what comes at once; what is wrong with it, or nothing."""
        answer = bytearray()
        try:
            with socket.create_connection(self.place, timeout=2) as wire:
                size = self.chance.choice([len(text) or 1, len(text) or 1, 1000, 7])
                for k in range(0, min(len(text), 200 * size), size):
                    wire.sendall(text[k : k + size])
                if self.chance.random() < 0.5:
                    wire.shutdown(socket.SHUT_WR)
                while select.select([wire], [], [], 0.05)[0] and (piece := wire.recv(1 << 16)):
                    answer += piece
        except OSError:
            pass
        return self.told(bytes(answer))

    def drip(self, text: bytes) -> str:
        """Begin to send byte by byte, and go on so with what was begun before."""
        if len(self.dripping) < DRIPPING:
            wire = socket.create_connection(self.place, timeout=2)
            rest = iter([text[: len(text) // 2], *(bytes([each]) for each in text[len(text) // 2 :])])
            self.dripping.append((wire, rest))
        wire, rest = self.dripping.popleft()
        try:
            piece = next(rest, b"")
            wire.sendall(piece)
            if piece and not select.select([wire], [], [], 0)[0]:
                self.dripping.append((wire, rest))
                return ""
            answer = wire.recv(1 << 16) if select.select([wire], [], [], 0.05)[0] else b""
        except OSError:
            answer = b""
        wire.close()
        return self.told(answer)

    def told(self, answer: bytes) -> str:
        """Count the statuses of an answer; what is wrong with it, or nothing."""
        found = re.findall(rb"^HTTP/1\.[01] (\d\d\d)", answer, re.MULTILINE)
        self.statuses.update(status.decode() for status in found)
        self.statuses["without an answer"] += not found
        wrong = [status.decode() for status in found if status.startswith(b"5")]
        return f"{', '.join(wrong)} came as an answer" if wrong else ""

    def memory(self) -> int:
        """Bytes that the server holds; 0 where the system does not tell."""
        status = Path(f"/proc/{self.server.process.pid}/status")
        return 1000 * int(re.search(r"VmRSS:\s+(\d+)", status.read_text())[1]) if status.exists() else 0  # type: ignore[index]
