"""Requests that a client sends behind another, without waiting for its answer: raw sockets on a server of its own."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
import threading
from contextlib import ExitStack, suppress

import pytest

from tests.api.specs import STREAM, spec
from tests.api.wires import (
    GET,
    MB,
    POST,
    STREAMS,
    connect,
    hasty_server,
    memory,
    open_stream,
    reply_from,
    sent,
    served,
)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def server():
    with hasty_server() as server:
        yield server


def cut_off(wire):
    """End a connection without a word, as a client does that is killed."""
    wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    wire.close()


CHUNK = b"1000\r\n" + b" " * 4096 + b"\r\n"


@pytest.mark.parametrize(
    ("behind", "end"),
    [
        (GET + b"\r\n", socket.socket.close), ((GET + b"\r\n") * 3000, socket.socket.close),
        (GET + b"\r\n", cut_off),
    ],
    ids=["one", "many", "reset"],
)  # fmt: skip
def test_who_ends_a_stream_with_requests_behind_it_gives_the_place_back(server, behind, end):
    with ExitStack() as stack:
        for _ in range(STREAMS):
            end(stack.enter_context(open_stream(server, behind)))
        stack.enter_context(open_stream(server))


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


def test_a_request_behind_another_is_refused_behind_its_response(server):
    """An answer within it would be read as part of it."""
    stream = f"GET {STREAM}?surface=bowl&optimizer=gd&max_steps=500 HTTP/1.1\r\nHost: test\r\n\r\n".encode()
    with sent(server, stream, b"nonsense\r\n\r\n") as wire:
        first, end, second = b"".join(iter(lambda: wire.recv(1 << 16), b"")).partition(b"\r\n0\r\n\r\n")
    assert b"event: done" in first
    assert end
    assert second.startswith(b"HTTP/1.1 400")


@pytest.mark.parametrize("count", [1, 3])
def test_requests_are_answered_whatever_follows_them_in_the_same_packet(server, count):
    upgrade = GET + b"Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n"
    for last in (GET + b"\r\n", upgrade):
        with (
            sent(server, (GET + b"\r\n") * (count - 1) + last + b"\x00 nonsense" * 1000) as wire,
            wire.makefile("rb") as replies,
        ):
            assert [reply_from(replies)[0] for _ in range(count + 1)] == [200] * count + [400]
            assert replies.read() == b""
