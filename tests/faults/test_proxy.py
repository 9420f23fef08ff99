"""Two servers behind an nginx with the files of `deploy`."""

from __future__ import annotations

import html
import json
import re
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

from tests.api.specs import STREAM, TRAJECTORIES, run, spec
from tests.faults.following import following
from tests.faults.nginx import proxy
from tests.faults.processes import end, serving


@pytest.fixture(scope="module")
def server():
    with serving("--root-path", "/fallline") as server:
        yield server


SLOW = f"{STREAM}?surface=himmelblau&optimizer=adam&max_steps=40&pace=20"
"""A stream of two seconds, all of which fits a buffer of nginx."""


def read(url: str) -> tuple[str, float]:
    """The text of the stream, and the seconds from its first piece to its last."""
    with httpx.stream("GET", url + SLOW, timeout=60) as reply:
        pieces = [(piece, time.monotonic()) for piece in reply.iter_text()]
    return "".join(piece for piece, _ in pieces), pieces[-1][1] - pieces[0][1]


@pytest.mark.parametrize("prefixed", [False, True], ids=["root", "below a path"])
def test_streams_pass_as_they_are_sent(server, tmp_path, prefixed):
    with proxy(tmp_path / "nginx", [server.url], prefixed=prefixed) as url:
        text, seconds = read(url)
        assert text == read(server.url)[0]
        assert seconds > 0.5


def test_below_a_path_the_page_and_all_it_names_is_there(server, tmp_path):
    with proxy(tmp_path / "nginx", [server.url], prefixed=True) as url:
        site = url.removesuffix("/fallline")
        page = httpx.get(f"{url}/", timeout=60)
        named = re.findall(
            r'(?:src|href|content)="((?:http://[^"/]+)?/fallline/(?:static|api)/[^"]*)"', html.unescape(page.text)
        )
        assert len(named) > 4
        for address in {address.removeprefix(site) for address in named}:
            assert httpx.get(site + address, timeout=60, follow_redirects=True).status_code == 200, address
        assert httpx.get(f"{site}/", timeout=60).status_code == 404
        assert httpx.get(f"{url}/metrics", timeout=60).status_code == 404


COMPRESSES = "gzip on; gzip_proxied any; gzip_types text/event-stream;"
"""So that nginx waits for more, unless it is told not to."""


def test_a_proxy_that_compresses_is_told_to_hold_nothing_back(server, tmp_path):
    with proxy(tmp_path / "nginx", [server.url], compression=COMPRESSES) as url:
        assert read(url)[1] > 0.5


def test_what_a_proxy_holds_back_all_the_same_comes_late_but_whole(server, tmp_path):
    ignores = f"{COMPRESSES} proxy_ignore_headers X-Accel-Buffering;"
    with proxy(tmp_path / "nginx", [server.url], compression=ignores) as url:
        text, seconds = read(url)
        assert text == read(server.url)[0]
        assert seconds < 0.5


@contextmanager
def asking(url: str) -> Iterator[list[int | str]]:
    """Ask again and again, by POST and in two threads; yields the statuses of the answers, or why there is none."""
    statuses: list[int | str] = []
    over = threading.Event()

    def ask() -> None:
        with httpx.Client(timeout=60) as http:
            number = 0
            while not over.wait(0.01):
                number += 1
                value = spec(run("adam", learning_rate=0.01 + number * 1e-6), steps=500)
                try:
                    statuses.append(http.post(url + TRAJECTORIES, json=value).status_code)
                except httpx.TransportError as error:
                    statuses.append(repr(error))

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        yield statuses
    finally:
        over.set()
        for thread in threads:
            thread.join(60)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL], ids=["stopped", "killed"])
def test_one_of_two_servers_goes_and_comes_back(server, tmp_path, how):
    """No stream loses a row, and every request is answered.

    Where it is killed, an answer of each thread may be on its way.
    """
    with (
        serving() as other,
        proxy(tmp_path / "nginx", [server.url, other.url]) as url,
        following(url, count=12, pace=250) as streams,
    ):
        streams.wait_for_rows()
        with asking(url) as statuses:
            time.sleep(0.5)
            end(other, how)
            with serving("--port", other.url.rpartition(":")[2]):
                streams.come_whole()
                time.sleep(2)
    assert streams.resumed >= 4
    assert len(statuses) > 20
    broken = [status for status in statuses if status != 200]
    assert not [status for status in broken if isinstance(status, int)]
    assert len(broken) <= (2 if how == signal.SIGKILL else 0), broken


def test_the_server_sees_whence_a_request_comes_and_not_what_it_says_of_itself(tmp_path):
    there = httpx.HTTPTransport(local_address="127.0.0.9")
    with (
        serving("--access-log") as server,
        proxy(tmp_path / "nginx", [server.url]) as url,
        httpx.Client(transport=there, headers={"X-Forwarded-For": "203.0.113.7"}, timeout=60) as http,
    ):
        assert http.get(f"{url}/api/v1/").status_code == 200
        assert server.process.stdout
        lines = (json.loads(line) for line in server.process.stdout if line.startswith("{"))
        assert next(line["client"] for line in lines if line["path"] != "/healthz") == "127.0.0.9"


def test_what_is_too_long_or_too_large_is_told_in_the_words_of_the_server(server, tmp_path):
    with proxy(tmp_path / "nginx", [server.url]) as url:
        for count, status, kind in ((30_000, 422, None), (40_000, 414, "query_too_long")):
            reply = httpx.get(f"{url}{TRAJECTORIES}?spec={'A' * count}", timeout=60)
            assert reply.status_code == status
            assert kind in (None, reply.json()["detail"][0]["type"])
        reply = httpx.post(url + TRAJECTORIES, json={"problem": "A" * 70_000}, timeout=60)
        assert (reply.status_code, "65536" in reply.json()["detail"][0]["msg"].replace(",", "")) == (413, True)
