"""Streams that are read to their ends with the library, each in a thread, while something befalls the server."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import numpy as np

import fallline
from fallline import Rows, result_of

SPEC: dict[str, Any] = {
    "problem": {"surface": "himmelblau"},
    "start": [1, 5],
    "optimizers": [{"name": "sgd", "noise": 0.1, "learning_rate": 0.001}, {"name": "adam", "learning_rate": 0.01}],
    "seed": 7,
    "stop": {"max_steps": 2000},
}
TIMEOUT = httpx.Timeout(60)


class Follower(threading.Thread):
    """Reads one stream of SPEC and keeps its events, when the first and last came, and what ended it too early."""

    def __init__(self, url: str, pace: int, http: httpx.Client) -> None:
        super().__init__(daemon=True)
        self._stream = fallline.Client(url, patience=240, http=http).stream(SPEC, pace=pace)
        self.events: list[fallline.Event] = []
        self.moments: list[float] = []
        self.fault: Exception | None = None

    def run(self) -> None:
        try:
            for event in self._stream:
                self.moments.append(time.monotonic())
                self.events.append(event)
        except Exception as fault:
            self.fault = fault

    @property
    def rows(self) -> int:
        """How many rows have come."""
        return sum(len(event.loss) for event in self.events if isinstance(event, Rows))


class Followers:
    """All that are there; `resumed` counts the requests that went on behind an event."""

    def __init__(self, url: str, count: int, pace: int, http: httpx.Client) -> None:
        self.resumed = 0
        http.event_hooks["request"].append(self._count)
        self.all = [Follower(url, pace, http) for _ in range(count)]
        for follower in self.all:
            follower.start()

    def _count(self, request: httpx.Request) -> None:
        self.resumed += "last-event-id" in request.headers

    def wait_for_rows(self, seconds: float = 120) -> None:
        """Wait until all are under way."""
        wait_for(lambda: all(one.rows > 1 or one.fault for one in self.all), "every stream has begun", seconds)
        assert not any(one.rows >= 4000 for one in self.all), "a stream is over before anything has befallen it"

    def come_whole(self, seconds: float = 240) -> None:
        """Wait for all; each has every row once, and the numbers of a run without a server."""
        end = time.monotonic() + seconds
        for one in self.all:
            one.join(max(0, end - time.monotonic()))
        assert [one.fault for one in self.all if one.fault] == []
        assert not any(one.is_alive() for one in self.all), "a stream does not go on"
        expected = fallline.run(SPEC)
        for one in self.all:
            for run, as_expected in zip(result_of(one.events), expected, strict=True):
                np.testing.assert_array_equal(run.loss, as_expected.loss)
                np.testing.assert_array_equal(run.parameters["x"], as_expected.parameters["x"])


@contextmanager
def following(url: str, count: int = 1, pace: int = 500) -> Iterator[Followers]:
    """Begin to read so many streams of SPEC, of 2,000 steps each."""
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=0)
    with httpx.Client(timeout=TIMEOUT, limits=limits, event_hooks={"request": []}) as http:
        yield Followers(url, count, pace, http)


def wait_for(condition: Callable[[], object], what: str, seconds: float = 120) -> None:
    """Wait until the condition holds. Raises: AssertionError after so many seconds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"not within {seconds} seconds: {what}"
        time.sleep(0.05)
