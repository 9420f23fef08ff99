"""What a client may send, how long it may take, and that it cannot keep others out: raw sockets on a server of its own.

Its deadlines are short; nothing is asserted of how long anything takes, only of what comes of it.
"""

from __future__ import annotations

import asyncio
import json
import select
import socket
import threading
import time
from contextlib import ExitStack, suppress

import httpx2
import pytest

from app.server import connections
from app.server.settings import Settings
from tests.api.specs import STREAM, spec
from tests.api.wires import (
    GET,
    LONG,
    MB,
    PACED,
    POST,
    STREAMS,
    connect,
    hasty_server,
    memory,
    open_stream,
    refusal,
    reply_on,
    sent,
    served,
)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def server():
    with hasty_server() as server:
        yield server


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
    assert detail["ctx"]["limit"] == 65_536 < detail["ctx"]["count"]


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
        assert httpx2.get(f"{server.url}/healthz", timeout=300).status_code == 200
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


@pytest.mark.parametrize(
    "fields", [b"", b"Host: a\r\nHost: a\r\n", b"Host: a/b\r\n", b"Host: a b\r\n", b"Host: x:99999\r\n"]
)
def test_a_request_names_one_host(server, fields):
    status, detail = refusal(sent(server, b"GET /healthz HTTP/1.1\r\n" + fields + b"\r\n"))
    assert (status, detail["type"], detail["loc"]) == (400, "wrong_host", ["head"])


@pytest.mark.parametrize("coding", [b"gzip, chunked", b"identity, chunked"])
def test_a_body_in_a_coding_that_is_not_read_is_refused(server, coding):
    status, detail = refusal(sent(server, POST + b"Transfer-Encoding: " + coding + b"\r\n\r\n0\r\n\r\n"))
    assert (status, detail["type"], detail["loc"]) == (501, "unknown_coding", ["head"])


def test_what_has_no_length_ends_for_http_1_0_with_the_connection(server):
    query = b"surface=bowl&optimizer=gd&max_steps=200"
    replies = []
    for version, host in ((b"1.1", b"Host: test\r\nConnection: close\r\n"), (b"1.0", b"")):
        with sent(
            server, b"GET " + STREAM.encode() + b"?" + query + b" HTTP/" + version + b"\r\n" + host + b"\r\n"
        ) as wire:
            replies.append(reply_on(wire))
    (_, _, chunked), (status, headers, body) = replies
    assert (status, headers["transfer-encoding"], headers["connection"]) == (200, None, "close")
    assert body == chunked
    assert b"event: done" in body


def test_another_protocol_is_not_spoken_and_the_request_answered(server):
    for protocol in (b"websocket", b"h2c"):
        with sent(server, GET, b"Connection: Upgrade\r\nUpgrade: " + protocol + b"\r\n\r\n") as wire:
            assert reply_on(wire)[0] == 200


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
        drips = {head: b"x", body: b" ", chunks: b"1\r\n \r\n", later: b"x", answered: b" "}
        drip_until_told(drips)
        for wire, part in [(head, "head"), (body, "body"), (chunks, "body"), (later, "head")]:
            status, detail = refusal(wire)
            assert (status, detail["type"], detail["loc"]) == (408, "too_slow", [part])
            assert detail["ctx"] == {"limit": 2}
        # Where a byte was under way to a connection that had ended, it is reset.
        with suppress(ConnectionResetError):
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


def stream_of(server, receive_buffer=4096):
    """A stream of which nothing but its head has been read."""
    body = json.dumps(LONG).encode()
    wire = connect(server, receive_buffer)
    wire.sendall(f"POST {STREAM} HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\n".encode())
    wire.sendall(f"Content-Length: {len(body)}\r\n\r\n".encode() + body)
    assert wire.recv(15) == b"HTTP/1.1 200 OK"
    return wire


def read_piece(wire):
    assert wire.recv(4000)
    time.sleep(0.1)


def read_slowly(wire, enough):
    while not enough.is_set():
        read_piece(wire)


def is_cut(wire):
    """Whether a connection ends before its stream does."""
    tail = b""
    try:
        while piece := wire.recv(1 << 16):
            tail = (tail + piece)[-100:]
    except OSError:
        pass
    return b"event: done" not in tail


def test_who_takes_nothing_of_a_stream_loses_the_place_and_who_is_slow_does_not(server):
    with ExitStack() as stack:
        slow, *stalled = (stack.enter_context(stream_of(server)) for _ in range(STREAMS))
        enough = threading.Event()
        reader = threading.Thread(target=read_slowly, args=(slow, enough))
        reader.start()
        for _ in stalled:
            stack.enter_context(open_stream(server))
        assert all(map(is_cut, stalled))
        enough.set()
        reader.join()
        assert slow.recv(2000)


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
            for _ in range(15):
                read_piece(wire)
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
