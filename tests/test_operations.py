"""What is there for whoever runs a server: its health, its metrics, and its access log."""

from __future__ import annotations

import json
import os
import re
import sys

import httpx
import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from app.api import BASE
from app.main import create_app
from app.server import access, counts
from app.server.settings import Settings
from tests.server import environment, start_server

RUNS = f"{BASE}/trajectories"
GD = "surface=bowl&optimizer=gd:learning_rate=1e-6"


def samples(text: str) -> dict[str, float]:
    """Name and labels of each line of /metrics -> its value."""
    families = text_string_to_metric_families(text)
    named = ((name, sorted(labels.items()), value) for family in families for name, labels, value, *_ in family.samples)
    return {
        "".join([name.removeprefix("fallline_"), *(f" {value}" for _, value in labels)]): n for name, labels, n in named
    }


def counted(client: TestClient, method: str, path: str, **more: object) -> dict[str, float]:
    """By how much what /metrics tells has grown with one request."""
    before = samples(client.get("/metrics").text)
    client.request(method, path, **more)
    after = samples(client.get("/metrics").text)
    return {
        name: grown
        for name, value in after.items()
        if (grown := value - before.get(name, 0)) and "/metrics" not in name
    }


@pytest.mark.parametrize(
    ("method", "path", "counts"),
    [
        ("GET", f"{RUNS}?{GD}&max_steps=123", {"requests_total GET /api/v1/trajectories 200": 1, "steps_total": 123}),
        ("GET", f"{RUNS}/stream?{GD}&max_steps=123", {"steps_total": 123, "requests_total GET /api/v1/trajectories/stream 200": 1}),
        ("GET", f"{BASE}/plot.svg?{GD}&max_steps=123", {"steps_total": 123}),
        ("GET", f"{RUNS}?{GD}&max_steps=0&seed=-1", {"requests_total GET /api/v1/trajectories 422": 1, "refusals_total out_of_range": 2}),
        ("GET", BASE, {"requests_total GET /api/v1/ 200": 1}),
        ("GET", f"{BASE}/nowhere", {"requests_total GET none 404": 1, "refusals_total not_found": 1}),
        ("GET", "/nowhere", {"requests_total GET none 404": 1}),
        ("DELETE", "/healthz", {"requests_total DELETE /healthz 405": 1}),
        ("STEAL", "/healthz", {"requests_total other /healthz 405": 1}),
    ],
)  # fmt: skip
def test_what_a_request_comes_to_is_counted(
    client: TestClient, method: str, path: str, counts: dict[str, float]
) -> None:
    grown = counted(client, method, path)
    assert counts.items() <= grown.items()
    assert sum(value for name, value in grown.items() if name.startswith("requests_total")) == 1
    assert sum(value for name, value in grown.items() if name.startswith("request_seconds_count")) == 1


def test_a_sweep_counts_the_steps_of_each_value(client: TestClient) -> None:
    spec = {
        "problem": {"surface": "bowl"}, "optimizers": [{"name": "gd"}], "stop": {"max_steps": 50},
        "over": {"learning_rate": {"from": 1e-6, "to": 1e-5, "count": 7}},
    }  # fmt: skip
    assert counted(client, "POST", f"{RUNS}/sweep", json=spec)["steps_total"] == 350


@pytest.mark.parametrize(
    ("path", "asked", "steps"),
    [("/step", {"t": 31}, 31), ("/quantities", {}, 50), ("/sweep", {"over": {"seed": {"from": 0, "count": 3}}}, 150)],
)
def test_steps_are_counted_wherever_a_run_is_made(
    client: TestClient, path: str, asked: dict[str, object], steps: int
) -> None:
    rate = {"name": "gd", "learning_rate": 1e-6}
    spec = {"problem": {"surface": "bowl"}, "optimizers": [rate], "stop": {"max_steps": 50}, **asked}
    assert counted(client, "POST", f"{RUNS}{path}", json=spec)["steps_total"] == steps


def test_lateness_is_that_of_streams_with_a_pace(client: TestClient) -> None:
    paced = counted(client, "GET", f"{RUNS}/stream?{GD}&max_steps=20&pace=100")
    assert paced["stream_lateness_seconds_count"] >= 1
    assert paced["stream_lateness_seconds_sum"] < 10
    assert "stream_lateness_seconds_count" not in counted(client, "GET", f"{RUNS}/stream?{GD}&max_steps=20")


@pytest.mark.parametrize("path", ["/", "/embed", "/handout?preset=opening", "/lessons", "/lessons/glossary"])
def test_pages_opened_are_counted_and_nothing_else_is(site: TestClient, path: str) -> None:
    assert counted(site, "GET", path)["pages_total"] == 1
    assert "pages_total" not in counted(site, "HEAD", path)
    assert "pages_total" not in counted(site, "GET", "/healthz")


def test_a_worker_that_cannot_count_with_the_others_says_in_each_line_which_one_it_is() -> None:
    lines = [line for line in counts.metrics_text(workers=2).decode().splitlines() if not line.startswith("#")]
    assert lines
    assert all(f'worker="{os.getpid()}"' in line for line in lines)
    assert "worker=" not in counts.metrics_text(workers=1).decode()


def test_the_open_streams_of_a_process_that_has_ended_are_left_away(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    ended = os.getpid() + 1
    for pid in (ended, os.getpid()):
        (tmp_path / f"gauge_livesum_{pid}.db").write_bytes(bytes(64))
        (tmp_path / f"counter_{pid}.db").write_bytes(bytes(64))
    monkeypatch.setenv(counts.COUNTS_FOLDER, str(tmp_path))
    counts.forget(ended)
    left = {file.name for file in tmp_path.iterdir()}
    assert left == {f"gauge_livesum_{os.getpid()}.db", f"counter_{os.getpid()}.db", f"counter_{ended}.db"}


def test_a_server_that_stops_is_well_and_takes_no_more_requests() -> None:
    app = create_app(Settings(), pages=False)
    with TestClient(app) as client:
        assert client.get("/readyz").json() == {"status": "ready"}
        app.state.worker.shutdown.begin()
        reply = client.get("/readyz")
        assert (reply.status_code, reply.headers["retry-after"], reply.json()) == (503, "1", {"status": "stopping"})
        assert client.get("/healthz").status_code == 200


def test_a_fault_carries_the_security_headers_too() -> None:
    app = create_app(Settings(), pages=False)
    app.add_api_route("/fault", lambda: 1 / 0)
    reply = TestClient(app, raise_server_exceptions=False).get("/fault")
    assert reply.status_code == 500
    assert reply.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("char", ["a", '"', "\x00", "\xff", "\U0001f600", "\ud800"])
def test_a_line_of_the_access_log_is_written_at_once_whatever_came(
    char: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(access.LOG, "propagate", True)
    caplog.set_level("INFO", access.LOG.name)
    access.print_line("OPTIONS", "/" + char * 20_000, 200, 1e6, 10**12, (char * 20_000, 65_535))
    line = caplog.messages[-1]
    assert len(line) < 4096
    path, client = json.loads(line)["path"], json.loads(line)["client"]
    assert path == "/" + char * (len(path) - 1)
    assert client is None, "what a proxy names that is no address"
    access.print_line("GET", "/", 200, 1, 2, ("fd00::2", 65_535))
    assert json.loads(caplog.messages[-1])["client"] == "fd00::2"


FAULTY = """
import os, app.server.operations
from app.__main__ import main

def faulty(workers):
    raise ValueError(os.environ["SAID"])

os.dup2(1, 2)
app.server.operations.metrics_text = faulty
main()
"""
"""The command, with what it logs on the standard output too, and a fault in /metrics that says what it is told."""

HOSTILE = 'a\n2026-01-01 ERROR forged: "b" \x1b[31mc\u202ed'


@pytest.mark.slow
def test_nothing_of_a_request_is_printed_unescaped() -> None:
    env = environment(SAID=HOSTILE)
    server = start_server("--access-log", command=(sys.executable, "-c", FAULTY), env=env)
    try:
        path = "/no%0Awhere%22%1B%5B31m%E2%80%AE"
        hostile = {"X-Forwarded-For": b'6"\x9b31m', "User-Agent": b'\x9b31m"', "Referer": b'"\x9b'}
        for each in (path, f"{RUNS}/stream?surface=%0A%22%1B%5B31m&secret=1", "/metrics"):
            httpx.get(server.url + each, headers=hostile, timeout=300)  # after a fault uvicorn closes the connection
        httpx.get(f"{server.url}/healthz", timeout=300)
        httpx.get(f"{server.url}/", headers={"X": "\x1b" * 70_000}, timeout=300)
        server.process.terminate()
        said = server.process.communicate()[0]
    finally:
        server.stop()
    assert all(char.isprintable() or char == "\n" for char in said)
    lines = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
    assert [(line["path"], line["status"]) for line in lines] == [
        ('/no\nwhere"\x1b[31m\u202e', 404), (f"{RUNS}/stream", 422), ("/metrics", 500), ("/healthz", 200),
        (None, 431),
    ]  # fmt: skip
    assert set(lines[0]) == {"time", "method", "path", "status", "milliseconds", "bytes", "client"}
    assert [line["client"] for line in lines] == [None] * 3 + ["127.0.0.1"] * 2
    assert (lines[-1]["method"], lines[-1]["milliseconds"]) == (None, None)
    assert lines[-2]["bytes"] == len('{"status":"ok","version":"0.1.0"}')
    assert lines[-2]["milliseconds"] < 5000
    others = [line for line in said.splitlines() if not line.startswith(("{", "  | "))]
    assert others
    assert all(re.match(r"\d{4}-\d\d-\d\d [\d:,]+ ERROR (fallline|uvicorn)", line) for line in others)
    assert '  | 2026-01-01 ERROR forged: "b" \\x1b[31mc\\u202ed' in said
