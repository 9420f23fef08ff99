"""The server over HTTP: a race as one reply, rows streamed, and a light request beside a heavy one."""

from __future__ import annotations

import http.client
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any
from urllib.parse import urlsplit

from tests.bench import bare
from tests.bench.measure import Figure, best_of, side_by_side
from tests.server import start_server

RUNS = "/api/v1/trajectories"
STREAM, STEP, BASINS = f"{RUNS}/stream", f"{RUNS}/step", f"{RUNS}/basins"
JSON = {"Content-Type": "application/json"}
ROSENBROCK = {"surface": "rosenbrock"}

RACE = {
    "problem": {"surface": "himmelblau"},
    "start": list(bare.START),
    "optimizers": [{"name": name, "learning_rate": rate} for name, (_, rate) in bare.RACE.items()],
    "stop": {"max_steps": bare.STEPS},
}
LIGHT = {"problem": {"surface": "bowl"}, "optimizers": [{"name": "gd"}], "stop": {"max_steps": 100}}
STREAMS, STREAMED_RUNS, STREAMED_STEPS = 4, 8, 25_000
LIGHT_REQUESTS = 200
FRESH = count()


def adams(count: int, steps: int) -> dict[str, Any]:
    """So many runs of Adam that go on to the last step."""
    run = {"name": "adam", "learning_rate": 1e-5}
    return {"problem": ROSENBROCK, "optimizers": [run] * count, "stop": {"max_steps": steps}}


def figures() -> Iterator[Figure]:
    """Every figure of the server, asked by clients in another process than its own."""
    with served() as place:
        yield race(place)
        yield deep_step(place)
        yield rows_streamed(place)
        yield light_beside(place, "a heavy one", 10, lambda stop: read_stream(place, adams(16, 100_000), stop))
        for side, goal in ((64, 100), (256, 2000)):
            yield Figure(f"where {side} x {side} starts end, 300 steps", map_of_starts(place, side) * 1e3, goal, "ms")
        yield light_beside(place, "a map of 256 x 256 starts", 50, lambda stop: ask_maps(place, stop))


@contextmanager
def served() -> Iterator[tuple[str, int]]:
    """A server of its own, with one worker; its host and port."""
    server = start_server()
    place = urlsplit(server.url)
    try:
        yield str(place.hostname), int(place.port or 80)
    finally:
        server.stop()


def asked(connection: http.client.HTTPConnection, spec: object, path: str = RUNS) -> bytes:
    """The body of one reply, over a connection that is kept."""
    connection.request("POST", path, json.dumps(spec), JSON)
    reply = connection.getresponse()
    body = reply.read()
    assert reply.status == 200, body[:300]
    return body


def race(place: tuple[str, int]) -> Figure:
    """Eight runs of 1,000 steps with all columns, from the request to the last byte, against loops that keep nothing."""
    connection = http.client.HTTPConnection(*place)
    runs = json.loads(asked(connection, RACE))["runs"]
    assert [run["n_steps"] for run in runs] == [bare.STEPS] * len(bare.RACE)

    def by_hand() -> None:
        for loop, rate in bare.RACE.values():
            loop(rate)

    ours, theirs = side_by_side(lambda: asked(connection, RACE), by_hand)
    note = f"{ours * 1e3:.1f} against {theirs * 1e3:.1f} ms"
    return Figure(
        "race of 8 x 1,000 steps over HTTP: against loops that keep nothing", ours / theirs, 3, "times", note=note
    )


def deep_step(place: tuple[str, int]) -> Figure:
    """The working of step 90,000 of Adam on a surface, from the request to the last byte."""
    connection = http.client.HTTPConnection(*place)
    spec = {**adams(1, 90_000), "t": 90_000}
    return Figure("the working of step 90,000", best_of(lambda: asked(connection, spec, STEP), 3, 0.6) * 1e3, 200, "ms")


def rows_streamed(place: tuple[str, int]) -> Figure:
    """Rows a second of several streams read at once."""
    rows = STREAMS * STREAMED_RUNS * (STREAMED_STEPS + 1)
    readers = [
        threading.Thread(target=read_stream, args=(place, adams(STREAMED_RUNS, STREAMED_STEPS))) for _ in range(STREAMS)
    ]
    began = time.perf_counter()
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    speed = rows / (time.perf_counter() - began)
    return Figure("rows streamed by one worker", speed, 300_000, "a second", True, f"{STREAMS} streams")


def read_stream(place: tuple[str, int], spec: object, stop: threading.Event | None = None) -> None:
    """Take a stream to its end, or until told to leave."""
    body = json.dumps(spec).encode()
    head = (
        f"POST {STREAM} HTTP/1.1\r\nHost: {place[0]}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}"
    )
    with socket.create_connection(place) as wire:
        wire.sendall(head.encode() + b"\r\n\r\n" + body)
        tail = b""
        while b"event: done" not in tail and not (stop and stop.is_set()):
            tail = (tail + wire.recv(1 << 16))[-40:]


def map_of_starts(place: tuple[str, int], side: int) -> float:
    """Seconds of a map of where starts end, each time with another rate, as replies are kept."""
    connection = http.client.HTTPConnection(*place)

    def work() -> None:
        run = {"name": "heavy_ball", "learning_rate": 0.0005 + 1e-9 * next(FRESH), "beta": 0.9}
        spec = {"problem": {"surface": "himmelblau"}, "optimizers": [run], "stop": {"max_steps": 300}}
        asked(connection, {**spec, "resolution": side}, BASINS)

    return best_of(work, 3, 0.6)


def ask_maps(place: tuple[str, int], stop: threading.Event) -> None:
    """Ask for maps of 256 x 256 starts, one after the other, until told to leave."""
    while not stop.is_set():
        map_of_starts(place, 256)


def light_beside(place: tuple[str, int], what: str, goal: float, work: Callable[[threading.Event], None]) -> Figure:
    """How much later a light request is answered beside heavy `work`, such as a stream taken as fast as it comes."""
    alone = sorted(latencies(place, LIGHT_REQUESTS // 4))
    stop = threading.Event()
    heavy = threading.Thread(target=work, args=(stop,))
    heavy.start()
    time.sleep(0.2)
    beside = sorted(latencies(place, LIGHT_REQUESTS))
    assert heavy.is_alive(), "the heavy work was over too soon to be in the way"
    stop.set()
    heavy.join()
    usual, late = alone[len(alone) // 2], beside[len(beside) * 99 // 100]
    note = f"99 of 100; alone {usual * 1e3:.1f} ms, median beside {beside[len(beside) // 2] * 1e3:.1f} ms"
    return Figure(f"a light request beside {what}: later by", (late - usual) * 1e3, goal, "ms", note=note)


def latencies(place: tuple[str, int], count: int) -> Iterator[float]:
    """Seconds of each of so many light requests, one after the other."""
    connection = http.client.HTTPConnection(*place)
    asked(connection, LIGHT)
    for _ in range(count):
        began = time.perf_counter()
        asked(connection, LIGHT)
        yield time.perf_counter() - began
