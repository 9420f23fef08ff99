"""A server of its own: it stops with streams open, and a stream goes on at another one."""

from __future__ import annotations

import base64
import json

import httpx2
import pytest

from tests.api.specs import STREAM, TRAJECTORIES, run, spec
from tests.faults.following import wait_for

pytestmark = pytest.mark.slow

LONG = spec(*[run("adam", learning_rate=1e-6)] * 16, problem={"surface": "rosenbrock"}, steps=100_000)


def test_a_server_whose_clients_leave_has_its_places_back_and_answers_the_next(server):
    with httpx2.Client(base_url=server.url, timeout=300) as client:
        for _ in range(20):
            with client.stream("POST", STREAM, json=LONG) as reply:
                next(reply.iter_bytes())
        wait_for(lambda: "fallline_streams_open 0.0" in client.get("/metrics").text, "every place is free")
        assert client.post(TRAJECTORIES, json=spec()).status_code == 200


def test_an_address_of_any_length_below_that_of_the_parser_is_answered_in_words(server):
    """Also the longest spec of an address, which has a third more bytes than its JSON."""
    fits = base64.urlsafe_b64encode(json.dumps(spec()).encode().ljust(24_500)).decode().rstrip("=")
    assert httpx2.get(f"{server.url}{TRAJECTORIES}?spec={fits}", timeout=300).status_code == 200
    for count in (32_800, 60_000):
        reply = httpx2.get(f"{server.url}{TRAJECTORIES}?spec={'A' * count}", timeout=300)
        assert (reply.status_code, reply.json()["detail"][0]["type"]) == (414, "query_too_long")


def test_head_has_no_body_on_the_wire(server):
    with httpx2.Client(base_url=server.url, timeout=300) as client:
        for path in (f"{TRAJECTORIES}?surface=bowl&optimizer=gd", f"{STREAM}?surface=bowl&optimizer=gd"):
            assert client.head(path).status_code == 200
            assert client.get("/healthz").status_code == 200
