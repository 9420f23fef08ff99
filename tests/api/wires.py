"""Raw sockets on a server whose deadlines are short, and on an application of a test."""

from __future__ import annotations

import asyncio
import json
import re
import socket
from contextlib import contextmanager
from functools import partial
from http.client import HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import pytest
import uvicorn
from uvicorn.server import ServerState

from app.server import connections
from app.server.settings import Settings
from tests.api.specs import STREAM, TRAJECTORIES, checked, run, spec
from tests.server import start_server

STREAMS = 4
SETTINGS = {"request-seconds": 2, "stalled-seconds": 2, "max-streams": STREAMS, "wait-seconds": 1}
OPTIONS = [word for name, value in SETTINGS.items() for word in (f"--{name}", str(value))]
MB = 1_000_000
GET = b"GET /healthz HTTP/1.1\r\nHost: test\r\n"
POST = f"POST {TRAJECTORIES} HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\n".encode()
LONG = spec(*[run("adam", learning_rate=1e-6)] * 16, problem={"surface": "rosenbrock"}, steps=100_000)
PACED = f"GET {STREAM}?surface=bowl&optimizer=gd:learning_rate=1e-9&pace=1 HTTP/1.1\r\nHost: test\r\n\r\n".encode()


@contextmanager
def hasty_server():
    """A server with short deadlines and few places."""
    server = start_server(*OPTIONS)
    with server.process:
        try:
            assert httpx2.get(f"{server.url}/healthz", timeout=300).status_code == 200
            yield server
        finally:
            server.process.kill()


def connect(server, receive_buffer=None):
    """A connection to the server; with a small buffer the client's system takes little that is not read."""
    wire = socket.socket()
    wire.settimeout(300)
    if receive_buffer:
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    place = urlsplit(server.url)
    wire.connect((place.hostname, place.port))
    return wire


def sent(server, *parts):
    """A connection on which something has been sent, as far as the server took it."""
    wire = connect(server)
    try:
        for part in parts:
            wire.sendall(part)
    except (BrokenPipeError, ConnectionResetError):
        pass
    return wire


def reply_on(wire):
    """The status, headers and body of a reply."""
    reply = HTTPResponse(wire)
    reply.begin()
    return reply.status, reply.headers, reply.read()


def reply_from(file):
    """The status and body of the next of several replies."""
    status, size = int(file.readline().split()[1]), 0
    while (line := file.readline()) != b"\r\n":
        name, _, value = line.partition(b":")
        size = int(value) if name == b"content-length" else size
    return status, file.read(size)


def refusal(wire):
    """The status and the error of a refusal, after which the connection ends."""
    with wire:
        status, headers, body = reply_on(wire)
        assert headers["connection"] == "close"
        assert headers["content-type"] == "application/json"
        assert wire.recv(1) == b""
    (detail,) = json.loads(body)["detail"]
    return status, checked(detail)


def memory(server):
    """Bytes that the server holds; 0 where the system does not tell."""
    status = Path(f"/proc/{server.process.pid}/status")
    return 1000 * int(re.search(r"VmRSS:\s+(\d+)", status.read_text())[1]) if status.exists() else 0


def open_stream(server, behind=b""):
    """A stream that has a place, with what is sent behind it, by the time that a client gives up to come back when it is told to."""
    for _ in range(30):
        wire = sent(server, PACED + behind)
        if wire.recv(15) == b"HTTP/1.1 200 OK":
            return wire
        wire.close()
    pytest.fail("no place became free")


async def served(app, client, settings=None):
    """Run a client, of an address, on an application with connections of this server and small buffers."""
    config, state = uvicorn.Config(app, ws="none"), ServerState()
    listener = socket.create_server(("127.0.0.1", 0))
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
    made = partial(connections.Connection, config, state, {}, settings=settings or Settings())
    async with await asyncio.get_running_loop().create_server(made, sock=listener):
        await asyncio.to_thread(client, listener.getsockname())
