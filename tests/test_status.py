"""The status line: what it says, and where."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import httpx
import pytest
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from app import __main__ as command
from app.server import status
from app.server.settings import COUNTS_FOLDER, Settings
from app.server.status import Sums, status_line, status_text, sums
from tests.server import THIS_COMMAND, environment

INF = float("inf")


@pytest.mark.parametrize(
    ("minute_ago", "last", "now", "said"),
    [
        (Sums(0), Sums(0), Sums(2), "0 streams, 0 steps/s; in 60 s: 0 pages"),
        (Sums(0, pages=5), Sums(58, pages=6, steps=100), Sums(60, pages=6, streams=1, steps=5100), "1 stream, 2,500 steps/s; in 60 s: 1 page"),
        (Sums(0, late={0.01: 2, 0.1: 2, INF: 2}), Sums(58), Sums(60, late={0.01: 5, 0.1: 6, INF: 6}), "0 streams, 0 steps/s; in 60 s: 0 pages, up to 100 ms late"),
        (Sums(0, late={0.01: 2, 0.1: 3, INF: 3}), Sums(58), Sums(60, late={0.01: 9, 0.1: 10, INF: 10}), "0 streams, 0 steps/s; in 60 s: 0 pages, up to 10 ms late"),
        (Sums(0), Sums(58), Sums(60, late={0.01: 5, 10: 5, INF: 6}, busy=2), "0 streams, 0 steps/s; in 60 s: 0 pages, over 10 s late, 2 refused"),
    ],
)  # fmt: skip
def test_it_says_what_is_new_since_a_moment_ago(minute_ago: Sums, last: Sums, now: Sums, said: str) -> None:
    assert status_text(minute_ago, last, now) == said


def test_a_class_at_work_fits_80_columns() -> None:
    late = {0.01: 1, 0.025: 2, INF: 2}
    now = Sums(60, pages=150, streams=150, steps=240_000, busy=12, late=late)
    assert len(status_text(Sums(0), Sums(58), now)) < 80


def test_it_reads_what_is_counted() -> None:
    registry = CollectorRegistry()
    Counter("fallline_pages", "p", registry=registry).inc(3)
    Counter("fallline_steps", "s", registry=registry).inc(40)
    Gauge("fallline_streams_open", "o", registry=registry).set(2)
    refusals = Counter("fallline_refusals", "r", ["code"], registry=registry)
    refusals.labels("busy").inc(5)
    refusals.labels("not_found").inc(7)
    Histogram("fallline_stream_lateness_seconds", "l", buckets=(0.01, 1), registry=registry).observe(0.5)
    assert sums(registry, 9) == Sums(9, pages=3, streams=2, steps=40, busy=5, late={0.01: 0, 1: 1, INF: 1})


def test_without_a_terminal_nothing_is_written(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(status, "EVERY", 0.01)
    with status_line(CollectorRegistry):
        time.sleep(0.1)
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("full", ["TemporaryDirectory", "disk_usage", "gettempdir"])
def test_workers_without_a_folder_have_no_line_and_say_so(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, full: str
) -> None:
    monkeypatch.setattr(command, "FILES_IN_MEMORY", "/nowhere")
    monkeypatch.setattr(command, full, no_room)
    with command._counting(2):
        assert COUNTS_FOLDER not in os.environ
        for settings in (Settings(workers=2, status=True), Settings(workers=2, classroom=True)):
            with command._status_line(settings):
                pass
            assert "without a status line" in capsys.readouterr().out


def no_room(*place: object, **_: object) -> SimpleNamespace:
    if not place:
        raise OSError("Read-only file system")
    return SimpleNamespace(free=command.COUNTS_BYTES)


def test_where_the_memory_has_no_folder_the_system_s_own_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "FILES_IN_MEMORY", "/nowhere")
    with command._counting(2):
        folder = os.environ[COUNTS_FOLDER]
        assert Path(folder).is_dir()
    assert not Path(folder).exists()
    assert COUNTS_FOLDER not in os.environ


@contextmanager
def in_a_terminal(*options: str) -> Iterator[tuple[str, list[str]]]:
    """The command with a terminal for its output: its address, and what it writes there."""
    mine, its = os.openpty()
    process = subprocess.Popen([*THIS_COMMAND, "--port", "0", *options], env=environment(), stdout=its)
    os.close(its)
    written: list[str] = []

    def read() -> None:
        try:
            while piece := os.read(mine, 4096):
                written.append(piece.decode())
        except OSError:
            pass  # the terminal is closed

    reader = threading.Thread(target=read)
    reader.start()
    try:
        found = wait_for(written, r"http://\S+")
        yield found, written
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=120)
        reader.join()
        os.close(mine)


def wait_for(written: list[str], pattern: str, seconds: float = 300) -> str:
    end = time.monotonic() + seconds
    while not (found := re.search(pattern, "".join(written))):
        assert time.monotonic() < end, written
        time.sleep(0.05)
    return found[0]


@pytest.mark.slow
def test_it_adds_up_what_several_workers_count_and_so_does_every_worker() -> None:
    with in_a_terminal("--workers", "2", "--status") as (url, written):
        paced = f"{url}/api/v1/trajectories/stream?surface=bowl&optimizer=gd:learning_rate=0.01&pace=5"
        with httpx.stream("GET", paced, timeout=300) as first, httpx.stream("GET", paced, timeout=60) as second:
            open_texts = [stream.iter_text() for stream in (first, second)]
            assert all(next(text).startswith("event: start") for text in open_texts)
            for _ in range(6):
                told = httpx.get(f"{url}/metrics", timeout=300).text
                assert "fallline_streams_open 2.0" in told
                assert "worker=" not in told
            assert 'route="/metrics",status="200"} 5.0' in told
            wait_for(written, r"K2 streams, [\d,]+ steps/s; in 60 s: 0 pages, up to \S+ m?s late")
            httpx.get(f"{url}/", timeout=300)
            wait_for(written, r"in 60 s: 1 page,")
    assert "".join(written).endswith("\r\x1b[K")
