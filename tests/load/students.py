"""A class in a process of its own: `python -m tests.load.students URL STUDENTS SECONDS ARRIVAL`.

Every student is a user of Locust and does with the page what a student does, request by request as the page sends
them. What they saw goes as JSON to standard output.
"""

from __future__ import annotations

import gevent.monkey

gevent.monkey.patch_all()

import json  # noqa: E402 (gevent first)
import os  # noqa: E402
import random  # noqa: E402
import re  # noqa: E402
import resource  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402
from collections import Counter  # noqa: E402
from gzip import decompress  # noqa: E402
from http.client import HTTPConnection, HTTPException  # noqa: E402
from typing import Any  # noqa: E402
from urllib.parse import urlencode, urlsplit  # noqa: E402

import gevent  # noqa: E402
from gevent.pool import Pool  # noqa: E402
from locust import User, constant, task  # noqa: E402
from locust.env import Environment  # noqa: E402

from fallline import Client, ServerError  # noqa: E402
from tests.bench.crowd import COMPUTED, DRAWN, RUNS  # noqa: E402

CONNECTIONS = 6
"""Connections of one browser to one server."""

LOOK, DRAG, READ, WATCH = 2, 3, 10, 1
"""Seconds: at the map before anything is touched, at a slider, at the words, and of a stream that is then left."""

TICKS = 10
"""Requests a second while a slider is dragged; each aborts the one before."""

IDLE = 4
"""Seconds after which a connection is not used again: the server closes it after 5."""

TYPES = 0.3
"""Share of students who type a formula of their own."""

LESSONS = ("the_learning_rate", "momentum", "adam", "mini_batches")
FILES = re.compile(r'(?:href|src)="(/static/[^"]+)"')
LESSON_RUNS = {
    "problem": {"expression": "x**2"},
    "start": [-1.5],
    "optimizers": [{"name": "gd", "learning_rate": rate} for rate in (0.05, 0.3, 1, 1.05)],
    "stop": {"max_steps": 30},
}
ASKED, SENT = {"Accept-Encoding": "gzip"}, {"Content-Type": "application/json"}
FORMULA = "x**2 + {}*y**2 + sin({}*x)"
SWEPT = {"learning_rate": {"from": 1e-5, "to": 10, "count": 73}}


class Student(User):  # type: ignore[misc]
    """One after the other at one place of the class: each comes with a browser that has nothing in store yet."""

    wait_time = constant(0)

    @task
    def hour(self) -> None:
        """Open the page, look, drag a slider, read, open a lesson, perhaps type a formula, leave in mid-stream."""
        self.place = urlsplit(self.host).netloc
        self.idle: list[tuple[HTTPConnection, float]] = []
        with Client(self.host) as self.api:
            self._open()
            gevent.sleep(LOOK)
            self._drag()
            gevent.sleep(READ)
            self._lesson()
            if random.random() < TYPES:
                self._formula()
            gevent.sleep(LOOK)
            self._leave_in_mid_stream()

    def _open(self) -> None:
        began = time.monotonic()
        page = self._send("GET", "/", None, "page")
        self._fetch(
            *(("GET", file, None, "file") for file in dict.fromkeys(FILES.findall(page))),
            ("POST", DRAWN, RUNS, "first runs"),
            ("GET", "/api/v1/catalog/brief", None, "catalog"),
            *((method, path, body, "map" if method == "GET" else "sweep") for method, path, body in COMPUTED),
        )
        self._note("opening", began)

    def _drag(self) -> None:
        """Tick ten times a second. What counts is when a tick is answered: by its own reply, or that to a later one."""
        first = RUNS["optimizers"][0]
        rate = random.uniform(0.001, 0.008)
        unanswered: list[float] = []

        def tick(rate: float) -> None:
            spec = RUNS | {"optimizers": [first | {"learning_rate": round(rate, 7)}]}
            try:
                self._request("POST", "/api/v1/trajectories?fields=parameters,loss", spec)
            except (OSError, HTTPException) as error:
                self._note("tick", unanswered.pop(0), error)
                return
            while unanswered:
                self._note("tick", unanswered.pop(0))

        under_way = gevent.spawn(gevent.sleep)
        try:
            for _ in range(DRAG * TICKS):
                under_way.kill(block=False)
                rate *= random.uniform(0.9, 1.1)
                unanswered.append(time.monotonic())
                under_way = gevent.spawn(tick, rate)
                gevent.sleep(1 / TICKS)
            under_way.join()
        finally:  # also where the class is over
            under_way.kill()

    def _lesson(self) -> None:
        page = self._send("GET", f"/lessons/{random.choice(LESSONS)}", None, "lesson")
        self._fetch(
            *(("GET", file, None, "file") for file in dict.fromkeys(FILES.findall(page))),
            ("POST", DRAWN, LESSON_RUNS, "first runs"),
        )

    def _formula(self) -> None:
        formula = FORMULA.format(random.randint(1, 9), random.randint(1, 99))
        spec = {"problem": {"expression": formula}, "start": [-4, 3], "optimizers": [{"name": "gd"}]}
        self._send("POST", "/api/v1/trajectories?fields=parameters,loss", spec, "formula")
        query = urlencode({"expression": formula, "resolution": 64, "digits": 5})
        self._send("GET", f"/api/v1/landscape?{query}", None, "map")
        self._send("POST", "/api/v1/trajectories/sweep", spec | {"over": SWEPT}, "sweep")

    def _leave_in_mid_stream(self) -> None:
        began = time.monotonic()
        events = self.api.stream(RUNS, pace=20)
        try:
            for _ in events:
                if time.monotonic() - began > WATCH:
                    break
        except ServerError as error:
            self._note("stream", began, error)
        else:
            self._note("stream", began)
        events.close()

    def _fetch(self, *requests: tuple[str, str, Any, str]) -> None:
        """Several at a time, in their order."""
        pool = Pool(CONNECTIONS)
        try:
            for request in requests:
                pool.spawn(self._send, *request)
            pool.join()
        finally:  # also where the class is over
            pool.kill()

    def _send(self, method: str, path: str, body: Any, name: str) -> str:
        began = time.monotonic()
        try:
            came = self._request(method, path, body)
        except (OSError, HTTPException) as error:
            self._note(name, began, error)
            return ""
        self._note(name, began, size=len(came))
        return decompress(came).decode() if name in ("page", "lesson") else ""

    def _request(self, method: str, path: str, body: Any) -> bytes:
        """The body of a reply as it came over the wire. A connection whose request is given up is closed."""
        connection, since = self.idle.pop() if self.idle else (HTTPConnection(self.place, timeout=30), 0.0)
        if time.monotonic() - since > IDLE:
            connection.close()  # the next request opens it again
        try:
            text = None if body is None else json.dumps(body)
            connection.request(method, path, text, ASKED if body is None else ASKED | SENT)
            response = connection.getresponse()
            came = response.read()
            if response.status in (429, 503):
                REFUSED[response.status] += 1
            if response.status != 200:
                raise HTTPException(f"{response.status} {path}")
        except BaseException:
            connection.close()
            raise
        self.idle.append((connection, time.monotonic()))
        return came

    def _note(self, name: str, began: float, error: Exception | None = None, size: int = 0) -> None:
        self.environment.events.request.fire(
            request_type="",
            name=name,
            response_time=(time.monotonic() - began) * 1e3,
            response_length=size,
            exception=error,
            context={},
        )


REFUSED: Counter[int] = Counter()
"""How often the server asked to come again, by status."""


def seen(url: str, students: int, seconds: float, arrival: float) -> dict[str, Any]:
    """What a class of `students` that comes within `arrival` seconds sees in `seconds` from when the last has come."""
    environment = Environment(user_classes=[Student], host=url)
    broken: list[str] = []
    environment.events.user_error.add_listener(lambda exception, **_: broken.append(repr(exception)))
    runner = environment.create_local_runner()
    runner.start(students, spawn_rate=students / arrival)
    gevent.sleep(arrival)
    opened = environment.stats.get("opening", "")
    opening = {"median": opened.median_response_time, "most": opened.max_response_time}
    environment.stats.reset_all()
    began, used = time.monotonic(), time.process_time()
    gevent.sleep(seconds)
    took, total = time.monotonic() - began, environment.stats.total
    return {
        "p99": {
            name: entry.get_response_time_percentile(0.99) for (name, _), entry in environment.stats.entries.items()
        },
        "median": {name: entry.median_response_time for (name, _), entry in environment.stats.entries.items()},
        "requests": total.num_requests,
        "errors": {error.name: f"{error.occurrences} x {error.error}" for error in environment.stats.errors.values()}
        | dict.fromkeys(broken, "a fault of the student"),
        "refused": sum(REFUSED.values()),
        "megabits": total.total_content_length * 8 / 1e6 / took,
        "tester": (time.process_time() - used) / took,
        "opening": opening,
    }


if __name__ == "__main__":
    _, files = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))
    url, *numbers = sys.argv[1:]
    assert urlsplit(url).hostname in ("127.0.0.1", "localhost", "::1"), "only a server on this machine is loaded"
    students, seconds, arrival = map(float, numbers)
    print(json.dumps(seen(url, int(students), seconds, arrival)), flush=True)
    os._exit(0)  # the students are in the middle of something
