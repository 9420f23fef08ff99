"""`make load`: what a class sees of one worker and of two, with those who play it on the same machine."""

from __future__ import annotations

import json
import os
import platform
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

import psutil
import pytest

from tests.bench.crowd import most_memory
from tests.bench.http import STREAM, adams
from tests.bench.measure import Figure
from tests.faults.nginx import proxy
from tests.faults.processes import wait_until_well
from tests.faults.programs import find
from tests.rooms.stores import valkey
from tests.server import Server, key_of_class, start_server

CLASS = 150
SIZES = (150, 200, 250, 300, 400)
SECONDS, ARRIVAL = 30, 20
"""How long a class is watched, and within how long it has come before that: as long as one student takes, so that at any
moment each is at something else."""

LATE = 250
"""Milliseconds: 99 of 100 ticks of a slider are answered sooner, or the class is too large."""

SLOW, SLOW_BYTES = 200, 4_000
"""Readers that take so many bytes a second of a stream without a pace."""

SETTLING, SLOW_SECONDS = 20, 60
"""Until all streams are under way, and then until their memory is compared with what it was."""

SMALL_BUFFER = 32_768
"""Bytes that the system of a slow reader takes beside those that are read."""


SEATS, STEP_LATE, JOIN_LATE, ENTRY_LATE, ROOM_MEMORY = 300, 250, 5, 5, 350
"""Of a room: its seats; milliseconds until 99 of 100 have a step of the wall; seconds until the slowest has all, and is
told that it has answered; megabytes of the server for each worker.
"""


@contextmanager
def served(workers: int, *options: str) -> Iterator[Server]:
    """A server of its own that answers."""
    server = start_server("--workers", str(workers), *options)
    try:
        wait_until_well(server.url)
        yield server
    finally:
        server.stop()


def processes_of(server: Server) -> list[psutil.Process]:
    """A server and its workers."""
    parent = psutil.Process(server.process.pid)
    return [parent, *parent.children(recursive=True)]


def seconds_used(server: Server) -> float:
    """Seconds of a processor that a server and its workers have used."""
    return sum(sum(each.cpu_times()[:2]) for each in processes_of(server))


def memory_held(server: Server) -> float:
    """The most megabytes that a server and its workers have held; what they share counts for each."""
    return sum(most_memory(each.pid) or 0 for each in processes_of(server))


def class_of(students: int, workers: int, seconds: float = SECONDS, arrival: float = ARRIVAL) -> dict[str, Any]:
    """What so many students saw of a server of their own, and what it took."""
    with served(workers) as server:
        words = [sys.executable, "-m", "tests.load.students", server.url, *map(str, (students, seconds, arrival))]
        before, began = seconds_used(server), time.monotonic()
        done = subprocess.run(words, stdout=subprocess.PIPE, text=True, check=True)
        seen: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        seen["cores"] = (seconds_used(server) - before) / (time.monotonic() - began)
        seen["memory"] = memory_held(server)
    return seen


def noted(seen: dict[str, Any]) -> str:
    """The rest of what was seen, in a line."""
    return (
        f"half in {seen['median']['tick']:.0f} ms; {seen['requests']:,} requests, {seen['refused']} to come again; "
        f"server {seen['cores']:.2f} cores, {seen['megabits']:.1f} Mbit/s; tester {seen['tester']:.2f} cores"
    )


def one_class() -> Iterator[Figure]:
    """A class on one worker."""
    seen = class_of(CLASS, 1)
    for name, error in seen["errors"].items():
        print(f"      {name}: {error}", flush=True)
    yield Figure(f"{CLASS} students, one worker: kinds of errors", len(seen["errors"]), 0, "")
    yield Figure(f"{CLASS} students, one worker: a tick, 99 of 100", seen["p99"]["tick"], LATE, "ms", note=noted(seen))


def how_many() -> Iterator[Figure]:
    """The largest class whose ticks are in time, for one worker and for two."""
    for workers in (1, 2):
        for students in SIZES:
            seen = class_of(students, workers)
            what = f"{students} students, workers: {workers}; a tick, 99 of 100"
            yield Figure(what, seen["p99"]["tick"], None, "ms", note=noted(seen))
            if seen["p99"]["tick"] > LATE or seen["errors"]:
                break


def coming_at_once() -> Iterator[Figure]:
    """Three hundred who open the page within ten seconds."""
    for workers in (1, 2):
        seen = class_of(300, workers, seconds=1, arrival=10)
        half = f"half in {seen['opening']['median'] / 1e3:.2f} s"
        yield Figure(
            f"300 open within 10 s, workers: {workers}; the slowest has all",
            seen["opening"]["most"] / 1e3,
            10,
            "s",
            note=half,
        )


def slow_readers() -> Iterator[Figure]:
    """Streams of sixteen long runs, read so slowly that most of them would have to be stored."""
    with served(1) as server:
        place = urlsplit(server.url)
        body = json.dumps(adams(16, 100_000)).encode()
        head = f"POST {STREAM} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        readers = []
        for _ in range(SLOW):
            reader = socket.socket()
            reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL_BUFFER)
            reader.connect((place.hostname, place.port))
            reader.sendall(head.encode() + body)
            reader.setblocking(False)
            readers.append(reader)
        taken, settled, cut = 0, 0.0, set()
        for second in range(SETTLING + SLOW_SECONDS):
            if second == SETTLING:
                settled = memory_held(server)
            for reader in readers:
                try:
                    taken += len(reader.recv(SLOW_BYTES))
                except BlockingIOError:
                    pass
                except OSError:
                    cut.add(reader)
            time.sleep(1)
        held = memory_held(server)
        for reader in readers:
            reader.close()
    what = f"{SLOW} readers of {SLOW_BYTES:,} bytes a second"
    yield Figure(f"{what}: memory more after {SLOW_SECONDS} s", held - settled, 5, "MB", note=f"{held:.0f} MB in all")
    yield Figure(f"{what}: cut off", len(cut), 0, "", note=f"{taken / 1e6:.0f} MB read")


def one_room() -> Iterator[Figure]:
    """A class in one room, on one worker and on two, and on two servers with Valkey behind nginx."""
    for workers in (1, 2):
        with served(workers, "--classroom") as server:
            key = key_of_class(server)
            yield from room_of(server.url, key, f"workers: {workers}", server, workers)
    if not find("nginx"):
        print("      two servers and Valkey are left out: nginx is missing", flush=True)
        return
    try:
        with TemporaryDirectory() as folder, valkey(Path(folder)) as store:
            shared = ("--classroom", "--room-store", store.address)
            with (
                served(1, *shared) as one,
                served(1, *shared) as two,
                proxy(Path(folder) / "nginx", [one.url, two.url]) as url,
            ):
                key = key_of_class(one)
                yield from room_of(url, key, "two servers, Valkey", one, 1)
    except pytest.skip.Exception as reason:
        print(f"      two servers and Valkey are left out: {reason}", flush=True)


def room_of(url: str, key: str, where: str, server: Server, workers: int) -> Iterator[Figure]:
    """What the seats of a room saw. Args: server: of which the memory is told, of each of its workers."""
    words = [sys.executable, "-m", "tests.load.seats", url, key, str(SEATS)]
    done = subprocess.run(words, stdout=subprocess.PIPE, text=True, check=True)
    seen: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    late, what = seen["late"], f"{SEATS} seats, {where}"
    note = f"half {late['0.5']:.0f} ms, last {late['1']:.0f} ms; {seen['told']:,} of {SEATS * seen['steps']:,} told"
    yield Figure(f"{what}: a step of the wall, 99 of 100", late["0.99"], STEP_LATE, "ms", note=note)
    yield Figure(f"{what}: all come within 10 s, the slowest", seen["joined"], JOIN_LATE, "s")
    note = "; ".join(seen["faults"])
    yield Figure(f"{what}: all answer within 2 s, the slowest", seen["answered"], ENTRY_LATE, "s", note=note)
    yield Figure(f"{what}: answers that were counted", seen["counted"], SEATS, "", least=True)
    yield Figure(f"{what}: seats that were told the answers", seen["ran"], SEATS, "", least=True)
    yield Figure(f"{what}: memory for each worker", memory_held(server) / workers, ROOM_MEMORY, "MB")


PARTS: dict[str, Callable[[], Iterator[Figure]]] = {
    "class": one_class,
    "opening": coming_at_once,
    "room": one_room,
    "slow": slow_readers,
    "most": how_many,
}


def main(wanted: list[str]) -> int:
    """Print the parts asked for (all by default); the exit code is 1 where a goal is missed."""
    print(
        f"Python {platform.python_version()} on {platform.machine()}, {os.cpu_count()} cores, with the tester",
        flush=True,
    )
    missed = False
    for name in wanted or PARTS:
        for figure in PARTS[name]():
            print(figure, flush=True)
            missed = missed or figure.met is False
    return int(missed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
