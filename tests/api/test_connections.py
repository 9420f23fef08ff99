"""What a client may send, how long it may take, and that it cannot keep others out: raw sockets on a server of its own.

Its deadlines are short; nothing is asserted of how long anything takes, only of what comes of it.
"""

from __future__ import annotations

import asyncio
import json
import re
import select
import socket
import struct
import threading
import time
from contextlib import ExitStack, suppress
from functools import partial
from http.client import HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
import pytest
import uvicorn
from uvicorn.server import ServerState

from app import connections
from app.settings import Settings
from tests.api.specs import STREAM, TRAJECTORIES, checked, run, spec
from tests.server import start_server

pytestmark = pytest.mark.slow

STREAMS = 4
SETTINGS = {"request-seconds": 2, "stalled-seconds": 2, "max-streams": STREAMS, "wait-seconds": 1}
OPTIONS = [word for name, value in SETTINGS.items() for word in (f"--{name}", str(value))]
MB = 1_000_000
GET = b"GET /healthz HTTP/1.1\r\nHost: test\r\n"
POST = f"POST {TRAJECTORIES} HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\n".encode()
LONG = spec(*[run("adam", learning_rate=1e-6)] * 16, problem={"surface": "rosenbrock"}, steps=100_000)
PACED = f"GET {STREAM}?surface=bowl&optimizer=gd:learning_rate=1e-9&pace=1 HTTP/1.1\r\nHost: test\r\n\r\n".encode()


@pytest.fixture(scope="module")
def server():
    server = start_server(*OPTIONS)
    with server.process:
        try:
            assert httpx2.get(f"{server.url}/healthz", timeout=60).status_code == 200
            yield server
        finally:
            server.process.kill()


def connect(server, receive_buffer=None):
    """A connection to the server; with a small buffer the client's system takes little that is not read."""
    wire = socket.socket()
    wire.settimeout(15)
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


TOO_LONG = {
    "fields": [GET, *[b"x: " + b"y" * 1000 + b"\r\n"] * 90],
    "one endless line": [GET, b"x: ", *[b"y" * 1000] * 90],
    "small pieces": [GET, b"x: ", *[b"y" * 50] * 2000],
    "target": [b"GET /", *[b"y" * 1000] * 90],
    "trailers": [POST, b"Transfer-Encoding: chunked\r\n\r\n0\r\n", *[b"x: " + b"y" * 1000 + b"\r\n"] * 150],
    "chunk extension": [POST, b"Transfer-Encoding: chunked\r\n\r\n1;", b"y" * 150_000],
}


@pytest.mark.parametrize("parts", TOO_LONG.values(), ids=TOO_LONG)
def test_a_head_may_have_64_kb(server, parts):
    status, detail = refusal(sent(server, *parts))
    assert (status, detail["type"], detail["loc"]) == (431, "head_too_large", ["head"])
    assert detail["ctx"] == {"limit": 65_536, "count": 65_536}


def test_a_head_of_64_kb_is_taken_however_it_comes_and_beside_a_body(server):
    head = GET + b"x: "
    head += b"y" * (65_536 - len(head) - 4) + b"\r\n\r\n"
    body = json.dumps(spec()).encode().ljust(65_536)
    for size in (1, 1000, 65_536):
        pieces = [head[:600][k : k + size] for k in range(0, 600, size)] + [head[600:]]
        with sent(server, *pieces) as wire:
            assert reply_on(wire)[0] == 200
            wire.sendall(POST + b"x: " + b"y" * 60_000 + b"\r\nContent-Length: 65536\r\n\r\n" + body)
            assert reply_on(wire)[0] == 200
            wire.sendall(POST + b"Expect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n")
            assert wire.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
            for k in range(0, len(body), 8192):
                wire.sendall(b"2000\r\n" + body[k : k + 8192] + b"\r\n")
            wire.sendall(b"0\r\n\r\n")
            assert reply_on(wire)[0] == 200
    assert refusal(sent(server, head[:-4] + b"y" + head[-4:]))[0] == 431


def test_80_mb_of_head_take_no_memory_and_keep_nobody_waiting(server):
    before = memory(server)
    with connect(server) as wire:

        def send():
            try:
                wire.sendall(GET)
                for _ in range(80):
                    wire.sendall(b"x" * MB)
            except OSError:
                pass

        sender = threading.Thread(target=send)
        sender.start()
        assert httpx2.get(f"{server.url}/healthz", timeout=15).status_code == 200
        assert reply_on(wire)[0] == 431
        sender.join()
    assert memory(server) - before < 30 * MB


def test_a_head_may_have_100_fields(server):
    fields = [b"x: y\r\n"] * 99
    with sent(server, GET, *fields, b"\r\n") as wire:
        assert reply_on(wire)[0] == 200
    status, detail = refusal(sent(server, GET, *fields, b"x: y\r\n", b"\r\n"))
    assert (status, detail["type"]) == (431, "too_many_fields")
    assert detail["msg"] == "the head may have at most 100 header fields, and has 101"


@pytest.mark.parametrize(
    "text",
    [
        b"nonsense\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",  # a browser that was told https://
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /\xff HTTP/1.1\r\nHost: test\r\n\r\n",
        b"CONNECT test:80 HTTP/1.1\r\nHost: test\r\n\r\n",
        GET + b"no colon\r\n\r\n",
        POST + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}",
        POST + b"Transfer-Encoding: chunked\r\n\r\nlong\r\n",
    ],
)
def test_what_is_no_http_is_refused_in_words(server, text):
    status, detail = refusal(sent(server, text))
    assert (status, detail["type"], detail["loc"]) == (400, "not_http", ["request"])
    assert detail["msg"].startswith('the request is not HTTP/1.1; got "')


def test_another_protocol_is_not_spoken_and_the_request_answered(server):
    for protocol in (b"websocket", b"h2c"):
        with sent(server, GET, b"Connection: Upgrade\r\nUpgrade: " + protocol + b"\r\n\r\n") as wire:
            status, headers, _ = reply_on(wire)
            assert (status, headers["connection"], wire.recv(1)) == (200, "close", b"")


def test_a_request_that_does_not_come_to_its_end_is_refused(server):
    """However often a byte of it comes, also on a connection that has been used, and where it is answered already."""
    with ExitStack() as stack:
        head, body, chunks, later, answered, empty = (stack.enter_context(connect(server)) for _ in range(6))
        head.sendall(GET)
        body.sendall(POST + b"Content-Length: 1000\r\n\r\n")
        chunks.sendall(POST + b"Transfer-Encoding: chunked\r\n\r\n")
        later.sendall(GET + b"\r\n")
        assert reply_on(later)[0] == 200
        answered.sendall(POST.replace(b"POST", b"DELETE") + b"Content-Length: 1000\r\n\r\n")
        assert reply_on(answered)[0] == 405
        drips = {head: b"x", body: b" ", chunks: b"1\r\n \r\n", later: b"\r\n", answered: b" "}
        drip_until_told(drips)
        for wire, part in [(head, "head"), (body, "body"), (chunks, "body"), (later, "head")]:
            status, detail = refusal(wire)
            assert (status, detail["type"], detail["loc"]) == (408, "too_slow", [part])
            assert detail["ctx"] == {"limit": 2}
        assert answered.recv(1) == b""
        assert empty.recv(1) == b"", "nothing came: a browser connects ahead, and would show what it is told"


def drip_until_told(drips):
    """Send a little on each connection, again and again, until all have an answer or have ended."""
    left = dict(drips)
    for _ in range(100):
        for wire, text in list(left.items()):
            if select.select([wire], [], [], 0)[0]:
                del left[wire]
            else:
                wire.sendall(text)
        if not left:
            return
        time.sleep(0.1)
    pytest.fail(f"{len(left)} are still waited for")


def test_a_request_behind_another_is_not_refused_within_its_response(server):
    """An answer to the second would be read as part of the first."""
    with sent(server, PACED) as wire:
        assert wire.recv(15).startswith(b"HTTP/1.1 200")
        wire.sendall(b"nonsense\r\n\r\n")
        rest = b"".join(iter(lambda: wire.recv(1 << 16), b""))
    assert b"HTTP/1.1" not in rest
    assert b"not_http" not in rest


def stream_of(server, receive_buffer=4096):
    """A stream of which nothing but its head has been read."""
    body = json.dumps(LONG).encode()
    wire = connect(server, receive_buffer)
    wire.sendall(f"POST {STREAM} HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\n".encode())
    wire.sendall(f"Content-Length: {len(body)}\r\n\r\n".encode() + body)
    assert wire.recv(15) == b"HTTP/1.1 200 OK"
    return wire


def read_slowly(wire, pieces):
    for _ in range(pieces):
        assert wire.recv(4000)
        time.sleep(0.1)


def is_cut(wire):
    """Whether a connection ends before its stream does."""
    tail = b""
    try:
        while piece := wire.recv(1 << 16):
            tail = (tail + piece)[-100:]
    except OSError:
        pass
    return b"event: done" not in tail


def open_stream(server, behind=b""):
    """A stream that has a place, with what is sent behind it, by the time that a client gives up to come back when it is told to."""
    for _ in range(30):
        wire = sent(server, PACED + behind)
        if wire.recv(15) == b"HTTP/1.1 200 OK":
            return wire
        wire.close()
    pytest.fail("no place became free")


def test_who_takes_nothing_of_a_stream_loses_the_place_and_who_is_slow_does_not(server):
    with ExitStack() as stack:
        slow, *stalled = (stack.enter_context(stream_of(server)) for _ in range(STREAMS))
        reader = threading.Thread(target=read_slowly, args=(slow, 30))
        reader.start()
        for _ in stalled:
            stack.enter_context(open_stream(server))
        assert all(map(is_cut, stalled))
        reader.join()
        assert slow.recv(2000)


async def served(app, client, settings=None):
    """Run a client, of an address, on an application with connections of this server and small buffers."""
    config, state = uvicorn.Config(app, ws="none"), ServerState()
    listener = socket.create_server(("127.0.0.1", 0))
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
    made = partial(connections.Connection, config, state, {}, settings=settings or Settings())
    async with await asyncio.get_running_loop().create_server(made, sock=listener):
        await asyncio.to_thread(client, listener.getsockname())


def test_where_the_system_cuts_nothing_the_server_does_once_nothing_is_taken(monkeypatch):
    """It has much to send, and small buffers: what is taken of it shows at once."""
    monkeypatch.setattr(connections, "SYSTEM_CUTS", False)
    ended = threading.Event()

    async def app(_, receive, send):
        try:
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": bytes(MB), "more_body": True})
            while (await receive())["type"] != "http.disconnect":
                pass
        finally:
            ended.set()

    def client(place):
        with socket.socket() as wire:
            wire.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            wire.connect(place)
            wire.sendall(GET + b"\r\n")
            read_slowly(wire, 15)
            assert not ended.is_set()
            assert ended.wait(15)

    asyncio.run(served(app, client, Settings(stalled_seconds=1)))


def test_more_streams_than_places_are_told_to_come_back_and_then_served(server):
    with ExitStack() as stack:
        first = [stack.enter_context(open_stream(server)) for _ in range(STREAMS)]
        others = [stack.enter_context(sent(server, PACED)) for _ in range(2)]
        for wire in others:
            status, headers, body = reply_on(wire)
            assert (status, json.loads(body)["detail"][0]["type"]) == (429, "busy")
            assert int(headers["retry-after"]) > 0
        for wire in first[:2]:
            wire.close()
        for wire in others:  # on the connections they have
            wire.sendall(PACED)
            assert wire.recv(15) == b"HTTP/1.1 200 OK"
        assert all(wire.recv(1 << 16) for wire in first[2:])


def test_of_more_streams_than_places_the_first_are_served(server):
    with ExitStack() as stack:
        wires = [stack.enter_context(connect(server)) for _ in range(STREAMS + 3)]
        for wire in wires:
            wire.sendall(PACED)
        assert [wire.recv(12)[-3:] for wire in wires] == [b"200"] * STREAMS + [b"429"] * 3


def test_neither_a_stream_that_is_refused_nor_one_whose_body_has_not_come_keeps_a_place(server):
    begun = f"POST {STREAM} HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{{".encode()
    wrong = f"GET {STREAM}?surface=nowhere HTTP/1.1\r\nHost: test\r\n\r\n".encode()
    with ExitStack() as stack:
        for _ in range(STREAMS):
            stack.enter_context(sent(server, begun))
            assert reply_on(stack.enter_context(sent(server, wrong)))[0] == 422
        assert stack.enter_context(sent(server, PACED)).recv(15) == b"HTTP/1.1 200 OK"


def cut_off(wire):
    """End a connection without a word, as a client does that is killed."""
    wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    wire.close()


def send_nonsense(wire):
    wire.sendall(GET + b"\r\nnonsense\r\n\r\n")


@pytest.mark.parametrize(
    ("behind", "end"),
    [
        (GET + b"\r\n", socket.socket.close), ((GET + b"\r\n") * 3000, socket.socket.close),
        (GET + b"\r\n", cut_off), (b"", send_nonsense),
    ],
    ids=["one", "many", "reset", "nonsense"],
)  # fmt: skip
def test_who_ends_a_stream_with_requests_behind_it_gives_the_place_back(server, behind, end):
    with ExitStack() as stack:
        for _ in range(STREAMS):
            end(stack.enter_context(open_stream(server, behind)))
        stack.enter_context(open_stream(server))


CHUNK = b"1000\r\n" + b" " * 4096 + b"\r\n"


@pytest.mark.parametrize(
    ("first", "more"),
    [(b"", GET + b"x: " + b"y" * 1000 + b"\r\n\r\n"), (POST + b"Transfer-Encoding: chunked\r\n\r\n", CHUNK)],
)
def test_what_comes_behind_a_request_is_not_read_on_however_often_that_looks_for_its_client(first, more):
    sent_all = []

    async def app(_, receive, __):
        await receive()
        while not sent_all:
            look = asyncio.ensure_future(receive())
            await asyncio.sleep(0.001)
            look.cancel()

    def client(place):
        with socket.create_connection(place, timeout=1) as wire:
            try:
                wire.sendall(GET + b"\r\n" + first + more * (40 * MB // len(more)))
            except TimeoutError:
                sent_all.append(False)
            else:
                sent_all.append(True)

    asyncio.run(served(app, client))
    assert sent_all == [False]


def test_more_requests_than_may_wait_are_answered_one_after_the_other_and_take_no_memory(server):
    """Each has a body, so that some end within the pieces in which they are read."""
    body = json.dumps(spec(steps=1)).encode()
    one = POST + f"Content-Length: {len(body)}\r\n\r\n".encode() + body
    before = memory(server)
    with connect(server) as wire:

        def send():
            with suppress(OSError):
                wire.sendall(one * 100_000)

        sender = threading.Thread(target=send)
        sender.start()
        replies = wire.makefile("rb")
        first = reply_from(replies)
        assert first[0] == 200
        assert all(reply_from(replies) == first for _ in range(3000))
        assert memory(server) - before < 30 * MB
        wire.shutdown(socket.SHUT_RDWR)
        sender.join()
