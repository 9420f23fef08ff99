"""Workers that end, or are slow to start, and the process that looks after them."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from tests.faults.following import wait_for
from tests.faults.processes import serving, workers

SLOW = """\
import sys, time
if any("spawn_main" in word for word in sys.orig_argv):
    time.sleep(12)
"""
"""Read by each process of Python as it starts: a worker takes twelve seconds longer."""


def test_workers_may_take_their_time_to_start(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(SLOW)
    places = os.pathsep.join(filter(None, [str(tmp_path), os.environ.get("PYTHONPATH")]))
    with serving("--workers", "2", within=("env", f"PYTHONPATH={places}")) as server:
        assert len(workers(server)) == 2


def test_a_worker_that_ends_as_it_is_asked_for_a_sign_is_replaced_at_once() -> None:
    """Stopped, it is asked before long, and gives none."""
    with serving("--workers", "2") as server:
        ended, other = workers(server)
        os.kill(ended, signal.SIGSTOP)
        time.sleep(2)
        os.kill(ended, signal.SIGKILL)
        wait_for(lambda: ended not in workers(server) and len(workers(server)) == 2, "another in its place", 20)
        assert other in workers(server)
