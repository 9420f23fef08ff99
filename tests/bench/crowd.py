"""A class on one worker: everybody opens the page in the same moment, and a thousand watch paced runs."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.bench.http import STREAM, adams, read_stream
from tests.bench.measure import Figure
from tests.server import Server, start_server

CLASS, LISTENERS, PACE = 150, 1000, 20

COUNTED = """
import os
from app.__main__ import main
from app.work.worker import Capacity

reserve = Capacity.reserve

def counted(capacity):
    if capacity._what == "requests":
        os.write(1, b".")
    return reserve(capacity)

Capacity.reserve = counted
main()
"""
"""The command, which also prints a dot for each reply that it computes."""

RUNS = {
    "problem": {"surface": "himmelblau"},
    "start": [1, 5],
    "optimizers": [
        {"name": "gd", "learning_rate": 0.002},
        {"name": "heavy_ball", "learning_rate": 0.0015},
        {"name": "rmsprop", "learning_rate": 0.04},
        {"name": "adam", "learning_rate": 0.2},
    ],
    "stop": {"max_steps": 300, "min_step_size": 0.0001},
}
DRAWN = f"{STREAM}?fields=parameters,loss,gradient,batch"
RATES = {"learning_rate": {"from": 1e-5, "to": 10, "count": 73}}
COMPUTED = [
    ("GET", "/api/v1/landscape?surface=himmelblau&resolution=64&digits=5", None),
    ("GET", "/api/v1/landscape?surface=himmelblau&domain=-9,9,-6.5,6.5&resolution=64&digits=5", None),
    *(
        ("POST", "/api/v1/trajectories/sweep", RUNS | {"optimizers": [run], "over": RATES})
        for run in RUNS["optimizers"]
    ),
]
"""What the page asks for when it opens and is computed: its map, then with its margins, and where each rate ends."""


def figures() -> Iterator[Figure]:
    """Every figure of a class."""
    yield from opened_at_once()
    yield from paced_streams()


def opened_at_once() -> Iterator[Figure]:
    """So many openings of the page, each with its files, on a server that has computed nothing yet."""
    server = start_server(command=(sys.executable, "-c", COUNTED))
    try:
        page = urllib.request.urlopen(server.url).read().decode()
        files = dict.fromkeys(re.findall(r'(?:href|src)="(/static/[^"]+)"', page))
        asked = [("GET", "/", None), *(("GET", file, None) for file in files)]
        asked += [("POST", DRAWN, RUNS), ("GET", "/api/v1/catalog/brief", None), *COMPUTED]
        seen = clients("openings", server, CLASS, asked)
        server.process.terminate()
        computed = server.process.communicate()[0].count(".")
    finally:
        server.stop()
    answered = seen["statuses"].pop("200")
    assert answered + sum(seen["statuses"].values()) == CLASS * len(asked)
    what, note = f"{CLASS} openings of the page at once", f"of {CLASS * len(asked):,} requests"
    yield Figure(f"{what}: refused or broken", sum(seen["statuses"].values()), 0, "", note=note)
    note = f"half of them after {seen['median']:.1f} s"
    yield Figure(f"{what}: until the last has its runs", seen["last"], 3, "s", note=note)
    yield Figure(f"{what}: replies computed", computed, 30, "", note=f"of {CLASS * len(COMPUTED)} asked for")


def paced_streams() -> Iterator[Figure]:
    """So many streams at a pace, and again beside one that is taken as fast as it comes."""
    for beside in ("", " beside one without"):
        server, stop = start_server(), threading.Event()
        place = urlsplit(server.url)
        heavy = threading.Thread(target=read_stream, args=((place.hostname, place.port), adams(16, 100_000), stop))
        try:
            if beside:
                heavy.start()
            body = RUNS | {"stop": {"max_steps": 200}}
            seen = clients("streams", server, LISTENERS, {"path": DRAWN, "pace": PACE, "body": body})
            memory = most_memory(server.process.pid)
        finally:
            stop.set()
            server.stop()
        assert (seen["whole"], seen["contents"]) == (LISTENERS, 1), seen
        note = f"99 of 100; median {seen['median'] * 1e3:.1f} ms"
        what = f"{LISTENERS:,} streams with a pace{beside}: events late by"
        yield Figure(what, seen["late"] * 1e3, 100, "ms", note=note)
    yield Figure(
        f"{LISTENERS:,} streams with a pace: memory", memory, 300, "MB", note=f"{len(RUNS['optimizers'])} runs each"
    )


def clients(what: str, server: Server, count: int, asked: object) -> dict[str, Any]:
    """What so many clients saw, who ran in a process of their own."""
    place = urlsplit(server.url)
    words = [sys.executable, "-m", "tests.bench.clients", what, str(place.hostname), str(place.port), str(count)]
    done = subprocess.run(words, input=json.dumps(asked), stdout=subprocess.PIPE, text=True, check=True)
    seen: dict[str, Any] = json.loads(done.stdout)
    return seen


def most_memory(pid: int) -> float | None:
    """The most megabytes that a process has held; None where the system does not tell."""
    status = Path(f"/proc/{pid}/status")
    found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text()) if status.exists() else None
    return int(found[1]) / 1000 if found else None
