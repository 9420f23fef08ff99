"""Rooms whose workers, servers and stores are killed, or have no room: nothing is lost that was answered with 200."""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from tests.faults.following import wait_for
from tests.faults.processes import end, needs, serving, workers
from tests.rooms.stores import valkey
from tests.server import Server, key_of_class

ROOM = "/api/v1/rooms/class"
SHOWN = {"address": "/", "step": 0, "playing": False, "pace": 30}
QUESTION = {"id": "fault/1", "kind": "step"}
SEATS = 20


class Wall:
    """The wall of a class, and its seats, which answer all the time."""

    def __init__(self, server: Server, key: str | None = None) -> None:
        self.url = server.url + ROOM
        self.key = {"Authorization": f"Bearer {key or key_of_class(server)}"}
        self.kept: dict[int, int] = {}
        """Seat -> the last answer of it that was answered with 200."""
        self.refused: set[int] = set()

    def lead(self, path: str, body: Any) -> httpx.Response:
        """Send something as the wall, again until it is answered."""
        end_at = time.monotonic() + 60
        while True:
            with suppress(httpx.TransportError):
                reply = httpx.post(f"{self.url}/{path}", json=body, headers=self.key, timeout=30)
                if reply.status_code != 503:
                    return reply
            assert time.monotonic() < end_at
            time.sleep(0.1)

    def show(self, step: int = 0, question: Any = QUESTION, **more: Any) -> None:
        """Show a step."""
        assert self.lead("shown", SHOWN | {"step": step, "question": question} | more).status_code == 200

    @contextmanager
    def answering(self) -> Iterator[None]:
        """All seats answer as long as the block runs, each with ever greater numbers."""
        over = threading.Event()
        threads = [threading.Thread(target=self._answer, args=(number, over)) for number in range(SEATS)]
        for thread in threads:
            thread.start()
        try:
            wait_for(lambda: len(self.kept) == SEATS, "every seat has answered")
            yield
        finally:
            over.set()
            for thread in threads:
                thread.join(60)

    def _answer(self, number: int, over: threading.Event) -> None:
        entry = 0
        with httpx.Client(timeout=30) as http:
            while not over.is_set():
                entry += 1
                body = {"seat": token(number), "question": QUESTION["id"], "entry": entry}
                with suppress(httpx.TransportError):
                    status = http.post(f"{self.url}/entries", json=body).status_code
                    if status == 200:
                        self.kept[number] = entry
                    else:
                        self.refused.add(status)
                over.wait(random.uniform(0.2, 0.4))

    def check(self) -> None:
        """Nothing is lost: of each seat what counts is the last answer that was answered with 200, or a later one."""
        assert self.lead("ran", {"question": QUESTION["id"], "truth": 1}).status_code == 200
        reply = httpx.get(f"{self.url}/entries.csv", headers=self.key, timeout=60)
        counted = sorted(int(line.split(",")[3]) for line in reply.text.splitlines()[1:])
        kept = sorted(self.kept.values())
        assert len(counted) == SEATS, "each seat once"
        # A seat's last answer may have been taken though it was never told: then it is one or two later.
        assert all(before <= after for before, after in zip(kept, counted, strict=True))


def token(number: int) -> str:
    """The token of a seat."""
    return f"seat-{number:020}"


class Seat(threading.Thread):
    """A seat that follows, and goes on after each break behind the last event that it has."""

    def __init__(self, url: str, number: int = 0) -> None:
        super().__init__(daemon=True)
        self.url, self.number = f"{url}{ROOM}/events?seat={token(number)}", number
        self.events: list[tuple[str, Any]] = []
        self.last = ""
        self.over = False
        self.start()

    def run(self) -> None:
        """Follow until it is over."""
        while not self.over:
            with suppress(httpx.HTTPError):
                headers = {"Last-Event-ID": self.last} if self.last else {}
                with httpx.stream("GET", self.url, headers=headers, timeout=30) as reply:
                    self._read(reply.iter_lines())
            time.sleep(0.2)

    def _read(self, lines: Iterator[str]) -> None:
        name, number = "", ""
        for line in lines:
            field, _, text = line.partition(": ")
            if field == "event":
                name = text
            elif field == "id":
                number = text
            elif field == "data":
                self.events.append((name, json.loads(text)))
                self.last = number
            if self.over:
                return

    def all(self, name: str) -> list[Any]:
        """The data of all events of a name."""
        return [data for each, data in list(self.events) if each == name]


def test_a_worker_that_is_killed_in_mid_question_loses_no_answer() -> None:
    with serving("--workers", "2", "--classroom") as server:
        wall, seats = Wall(server), [Seat(server.url, number) for number in range(4)]
        wall.show()
        with wall.answering():
            for _ in range(2):
                os.kill(workers(server)[0], signal.SIGKILL)
                time.sleep(2)
                wait_for(lambda: len(workers(server)) == 2, "another in its place")
            wall.show(5)
        wall.check()
        for seat in seats:
            wait_for(lambda seat=seat: seat.all("ran"), "every seat is told the answers")  # type: ignore[misc]
            assert (seat.all("shown") or seat.all("state"))[-1]
            seat.over = True


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL], ids=["stopped", "killed"])
def test_a_room_goes_on_when_its_server_is_started_again(how: signal.Signals) -> None:
    with serving("--classroom") as server:
        wall, seat = Wall(server), Seat(server.url)
        wall.show()
        wait_for(lambda: seat.all("state"), "the seat is there")
        with wall.answering():
            pass
        end(server, how)
        with serving("--classroom", "--port", server.url.rpartition(":")[2]):
            wall.show(7)
            wall.check()
            wait_for(lambda: seat.all("ran"), "it is told the answers")
            assert len(seat.all("state")) == 1, "it went on where it was"
            assert seat.all("shown")[-1]["step"] == 7
            seat.over = True


def test_valkey_that_is_killed_and_started_again_has_lost_nothing(tmp_path: Path) -> None:
    with valkey(tmp_path) as store:
        options = ("--classroom", "--room-store", store.address)
        with serving(*options) as one, serving(*options) as two:
            wall = Wall(one)
            assert key_of_class(two) == wall.key["Authorization"].removeprefix("Bearer ")
            seat = Seat(two.url)
            wall.show()
            wait_for(lambda: seat.all("state"), "the seat is there")
            with wall.answering():
                store.kill()
                wait_for(lambda: 503 in wall.refused, "what is not kept is told")
                store.start()
                before = dict(wall.kept)
                wait_for(lambda: all(wall.kept[each] > before[each] for each in before), "all go on")
            wall.check()
            wait_for(lambda: seat.all("ran"), "the seat at the other server is told")
            assert len(seat.all("state")) == 1, "its stream has not broken"
            seat.over = True


SMALL = """
mount --make-rprivate /
mount -t tmpfs -o size=8m small $PLACE
exec "$@"
"""


def test_where_the_disk_is_full_it_is_told_and_what_was_kept_stays(tmp_path: Path) -> None:
    needs("unshare", "--mount", "mount", "--make-rprivate", "/")
    place = tmp_path / "place"
    place.mkdir()
    within = ("env", f"PLACE={place}", "unshare", "--mount", "sh", "-euc", SMALL, "sh")
    with serving("--classroom", "--room-file", str(place / "rooms.db"), within=within) as server:
        wall, seat = Wall(server), Seat(server.url)
        wall.show()
        wait_for(lambda: seat.all("state"), "the seat is there")
        inside = Path(f"/proc/{server.process.pid}/root{place}")
        with wall.answering():
            with suppress(OSError), (inside / "filler").open("wb") as filler:
                while True:
                    filler.write(b"x" * 1000)
                    filler.flush()
            wait_for(lambda: 503 in wall.refused, "what is not kept is told")
            (inside / "filler").unlink()
            before = dict(wall.kept)
            wait_for(lambda: all(wall.kept[each] > before[each] for each in before), "all go on")
        wall.check()
        wait_for(lambda: seat.all("ran"), "the seat is told")
        seat.over = True


def test_a_seat_that_sleeps_keeps_nobody_waiting_and_then_sees_what_is_shown() -> None:
    with serving("--classroom") as server:
        wall, seat, place = Wall(server), Seat(server.url, 1), urlsplit(server.url)
        wall.show()
        wait_for(lambda: seat.all("state"), "the seat is there")
        with socket.socket() as asleep:
            asleep.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            asleep.connect((place.hostname, place.port))
            asleep.sendall(f"GET {ROOM}/events?seat={token(2)} HTTP/1.0\r\nHost: x\r\n\r\n".encode())
            steps = 450
            for step in range(1, steps + 1):
                wall.show(step, picture={"marks": "x" * 15_000})
            wait_for(lambda: seat.all("shown")[-1]["step"] == steps, "the other has seen all", 10)
            came = b""
            asleep.settimeout(60)
            while f'"step":{steps},'.encode() not in came:
                came += asleep.recv(65_536)
        told = came.count(b"event: shown")
        assert told < steps - 50, "beyond what the system holds, some 4 MB, nothing is kept for it"
        seat.over = True
