"""A server of its own: it stops with streams open, and a stream goes on at another one."""

from __future__ import annotations

import base64
import json
import time
from contextlib import contextmanager

import httpx2
import pytest

from tests.api.specs import STREAM, TRAJECTORIES, events, run, spec
from tests.server import start_server

pytestmark = pytest.mark.slow

LONG = spec(*[run("adam", learning_rate=1e-6)] * 16, problem={"surface": "rosenbrock"}, steps=100_000)


@contextmanager
def served():
    server = start_server()
    with server.process:
        try:
            yield server
        finally:
            server.process.kill()


@pytest.fixture(scope="module")
def server():
    with served() as server:
        yield server


def test_a_server_with_an_open_stream_lets_its_streams_end_and_stops():
    with served() as server, httpx2.stream("POST", server.url + STREAM, json=LONG, timeout=30) as reply:
        parts = reply.iter_text()
        text = next(parts)
        began = time.monotonic()
        server.process.terminate()
        text += "".join(parts)
        assert server.process.wait(timeout=10) in (0, -15)
    assert time.monotonic() - began < 8
    assert "event: done" not in text
    assert "event: error" not in text


def test_a_stream_goes_on_at_another_server(server):
    value = spec(run("sgd", noise=0.1), run("adam"), steps=20_000, seed=5)
    with served() as other:
        whole = httpx2.post(other.url + STREAM, json=value, timeout=30).text
        with httpx2.stream("POST", server.url + STREAM, json=value) as reply:
            first = next(reply.iter_text(20_000)).rpartition("\n\n")[0] + "\n\n"
        mark = events(first)[-1][1]
        rest = httpx2.post(other.url + STREAM, json=value, headers={"Last-Event-ID": mark}, timeout=30).text
    assert first + rest == whole


def test_a_server_whose_clients_leave_answers_the_next_at_once(server):
    with httpx2.Client(base_url=server.url, timeout=30) as client:
        for _ in range(20):
            with client.stream("POST", STREAM, json=LONG) as reply:
                next(reply.iter_bytes())
        began = time.monotonic()
        assert client.post(TRAJECTORIES, json=spec()).status_code == 200
        assert time.monotonic() - began < 5


def test_an_address_of_any_length_below_that_of_the_parser_is_answered_in_words(server):
    """Also the longest spec of an address, which has a third more bytes than its JSON."""
    fits = base64.urlsafe_b64encode(json.dumps(spec()).encode().ljust(24_500)).decode().rstrip("=")
    assert httpx2.get(f"{server.url}{TRAJECTORIES}?spec={fits}").status_code == 200
    for count in (32_800, 60_000):
        reply = httpx2.get(f"{server.url}{TRAJECTORIES}?spec={'A' * count}")
        assert (reply.status_code, reply.json()["detail"][0]["type"]) == (414, "query_too_long")


def test_head_has_no_body_on_the_wire(server):
    with httpx2.Client(base_url=server.url, timeout=30) as client:
        for path in (f"{TRAJECTORIES}?surface=bowl&optimizer=gd", f"{STREAM}?surface=bowl&optimizer=gd"):
            assert client.head(path).status_code == 200
            assert client.get("/healthz").status_code == 200
