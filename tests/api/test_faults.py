"""What befalls a server in the middle of a stream, quickly told; `make faults` has what takes longer."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx
import pytest

from app.api.error_codes import ERRORS
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
        killed = max(workers(server), key=sockets)
        os.kill(killed, signal.SIGKILL)
        wait_for(lambda: killed not in workers(server) and len(workers(server)) == 2, "another in its place", 20)
        streams.come_whole()
        assert streams.resumed >= 3


def sockets(worker: int) -> int:
    """How many connections a worker has, and a few sockets of its own."""
    return sum(file.resolve().name.startswith("socket:") for file in Path(f"/proc/{worker}/fd").iterdir())


def test_a_worker_gives_a_sign_before_it_reads_all_that_it_serves_with():
    """Each reads the command first, and one that gives none for long is taken to hang."""
    heavy = "{'fastapi', 'numpy'} & sys.modules.keys()"
    command = [sys.executable, "-c", f"import sys, app.__main__; sys.exit(str({heavy} or ''))"]
    assert subprocess.run(command, check=False, capture_output=True, text=True).stderr.strip() == ""


def answer_while_stopping(stop_seconds: int) -> httpx.Response:
    """What comes for a sweep of some seconds when the server is told to stop while it computes it."""
    wide = spec(run("adam"), problem={"surface": "rosenbrock"}, steps=100_000)
    wide |= {"over": {"learning_rate": {"from": 1e-5, "to": 0.1, "count": 200}}}
    answers = []
    with serving("--stop-seconds", str(stop_seconds)) as server:
        asking = threading.Thread(
            target=lambda: answers.append(httpx.post(server.url + SWEEP, json=wide, timeout=60)), daemon=True
        )
        asking.start()
        time.sleep(0.4)
        assert not answers, "it has been answered before the server is told to stop"
        server.process.terminate()
        assert server.process.wait(timeout=60) in (0, -15)
        asking.join(10)
    return answers[0]


def test_told_to_stop_it_answers_what_is_under_way():
    answer = answer_while_stopping(60)
    assert answer.status_code == 200
    assert len(answer.json()["values"]) == 200


def test_what_it_cannot_finish_before_it_stops_it_says_so_of():
    answer = answer_while_stopping(0)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
    assert answer.json()["detail"] == [
        {"loc": ["server"], "type": "stopping", "ctx": {}, "msg": f"the server {ERRORS['stopping']}"}
    ]
