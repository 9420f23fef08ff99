"""What befalls a server in the middle of a stream, quickly told; `make faults` has what takes longer."""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import subprocess
import sys
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.server.refusals import OF_REQUESTS
from tests.api.specs import TRAJECTORIES, run, spec
from tests.faults.following import following, wait_for
from tests.faults.processes import serving, workers

SWEEP = f"{TRAJECTORIES}/sweep"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="reads of /proc which worker is which"),
]


def test_streams_go_on_when_their_worker_is_killed_and_another_takes_its_place():
    with serving("--workers", "2") as server, following(server.url, count=6, pace=1000) as streams:
        streams.wait_for_rows()
        killed = max(workers(server), key=open_sockets)
        os.kill(killed, signal.SIGKILL)
        wait_for(lambda: killed not in workers(server) and len(workers(server)) == 2, "another in its place")
        streams.come_whole()
        assert streams.resumed >= 3


def open_sockets(worker: int) -> int:
    """How many connections a worker has, and a few sockets of its own."""
    return sum(file.resolve().name.startswith("socket:") for file in Path(f"/proc/{worker}/fd").iterdir())


def test_a_worker_gives_a_sign_before_it_reads_all_that_it_serves_with():
    """Each reads the command first, and one that gives none for long is taken to hang."""
    heavy = "{'fastapi', 'numpy'} & sys.modules.keys()"
    command = [sys.executable, "-c", f"import sys, app.__main__; sys.exit(str({heavy} or ''))"]
    assert subprocess.run(command, check=False, capture_output=True, text=True).stderr.strip() == ""


def answer_while_stopping(stop_seconds: int, *options: str) -> tuple[int, str | None, Any]:
    """Status, Retry-After and JSON for a sweep of some seconds when the server is told to stop while it computes it.

    Whoever connects meanwhile is refused at once, and never left to wait for an answer that does not come.
    """
    wide = spec(run("adam"), problem={"surface": "rosenbrock"}, steps=40_000)
    wide |= {"over": {"learning_rate": {"from": 1e-5, "to": 0.1, "count": 200}}}
    with (
        serving("--stop-seconds", str(stop_seconds), "--max-seconds", "600", *options) as server,
        closing(HTTPConnection(server.url.removeprefix("http://"), timeout=600)) as connection,
    ):
        connection.request("POST", SWEEP, json.dumps(wide), {"Content-Type": "application/json"})
        # All of it is with the server, and what comes after it is answered between its slices.
        httpx.get(f"{server.url}/healthz", timeout=300)
        server.process.terminate()
        if stop_seconds:
            wait_for(lambda: refuses(server.url), "no connection")
            assert not select.select([connection.sock], [], [], 0)[0], "it had answered before"
        answer = connection.getresponse()
        told = answer.status, answer.headers["Retry-After"], json.load(answer)
        assert server.process.wait(timeout=300) in (0, -15)
    return told


def refuses(url: str) -> bool:
    """Whether a server takes no more connections."""
    host, port = url.removeprefix("http://").split(":")
    try:
        socket.create_connection((host, int(port)), timeout=300).close()
    except ConnectionRefusedError:
        return True
    return False


def test_told_to_stop_it_answers_what_is_under_way():
    status, _, answer = answer_while_stopping(600, "--workers", "2")
    assert status == 200, answer
    assert len(answer["values"]) == 200


def test_what_it_cannot_finish_before_it_stops_it_says_so_of():
    status, retry, answer = answer_while_stopping(0)
    assert (status, retry) == (503, "2")
    assert answer["detail"] == [
        {"loc": ["server"], "type": "stopping", "ctx": {}, "msg": f"the server {OF_REQUESTS['stopping']}"}
    ]
