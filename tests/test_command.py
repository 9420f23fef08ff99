"""The command `fallline`: its addresses, its settings, its refusals and its end."""

import re
import socket
import subprocess
import time

import httpx
import pytest

from app.settings import Settings, SettingsError, variable
from tests.server import THIS_COMMAND, environment, start_server

pytestmark = pytest.mark.slow


def run(*options: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*THIS_COMMAND, *options], env=environment(**env), capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize("options", [(), ("--workers", "2"), ("--development",)], ids=["one", "workers", "reload"])
def test_serves_where_it_says_and_stops_when_told(options: tuple[str, ...]) -> None:
    server = start_server(*options)
    try:
        assert httpx.get(f"{server.url}/healthz", timeout=60).json()["status"] == "ok"
    finally:
        began = time.monotonic()
        server.stop()
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("options", [(), ("--workers", "2")], ids=["one", "workers"])
def test_stops_when_told_with_a_stream_open(options: tuple[str, ...]) -> None:
    server = start_server(*options)
    slow = f"{server.url}/api/v1/trajectories/stream?surface=bowl&optimizer=gd:learning_rate=0.01&pace=1"
    with httpx.stream("GET", slow, timeout=60) as stream:
        text = stream.iter_text()
        assert next(text).startswith("event: start")
        began = time.monotonic()
        server.stop()
        assert time.monotonic() - began < 5
        assert "event: done" not in "".join(text)


def test_open_to_the_network_it_prints_an_address_for_others() -> None:
    server = start_server("--host", "0.0.0.0")
    try:
        assert server.url.startswith("http://127.0.0.1:")
        assert httpx.get(f"{server.url}/healthz", timeout=60).status_code == 200
    finally:
        server.stop()


def test_behind_a_proxy_that_takes_a_prefix_off_the_page_finds_its_files() -> None:
    server = start_server("--root-path", "/tools/fallline")
    try:
        addresses = re.findall(r'href="(/[^"]*)"', httpx.get(server.url).text)
        assert addresses
        for address in addresses:
            assert address.startswith("/tools/fallline/")
            assert httpx.get(server.url + address.removeprefix("/tools/fallline")).status_code == 200
    finally:
        server.stop()


def test_a_taken_port_is_said_in_words() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused = run("--port", str(port))
    assert refused.returncode == 1
    assert refused.stderr == (
        f"fallline: port {port} is taken by another program; choose another, as in: fallline --port {port + 1}\n"
    )


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--port", "many"), "FALLLINE_PORT: Input should be a valid integer"),
        (("--port", "70000"), "FALLLINE_PORT: Input should be less than or equal to 65535; got '70000'"),
        (("--workers", "0"), "FALLLINE_WORKERS: Input should be greater than or equal to 1; got '0'"),
        (("--host", "no.such.host.invalid"), "cannot listen on host 'no.such.host.invalid'"),
    ],
)
def test_a_wrong_setting_is_said_in_words(options: tuple[str, ...], said: str) -> None:
    refused = run(*options)
    assert refused.returncode == 1
    assert refused.stderr.startswith(f"fallline: {said}")
    assert len(refused.stderr.splitlines()) == 1


def test_help_names_every_setting_with_its_variable() -> None:
    text = " ".join(run("--help", COLUMNS="200").stdout.split())
    for name, field in Settings.model_fields.items():
        assert f"--{name.replace('_', '-')}" in text
        assert f"{field.description} (default {field.default}; {variable(name)})" in text


def test_check_tells_a_server_that_is_well_from_none() -> None:
    server = start_server()
    port = server.url.rpartition(":")[2]
    try:
        assert run("--check", FALLLINE_PORT=port).returncode == 0
    finally:
        server.stop()
    gone = run("--check", "--port", port)
    assert gone.returncode == 1
    assert len(gone.stderr.splitlines()) == 1


def test_settings_come_from_the_environment_and_options_win() -> None:
    assert Settings.from_environment({"FALLLINE_PORT": "81", "HOME": "/"}) == Settings(port=81)
    assert run("--port", "x", FALLLINE_PORT="81").returncode == 1


def test_every_wrong_setting_is_named() -> None:
    with pytest.raises(SettingsError, match=r"FALLLINE_PORT: .*\n.*FALLLINE_WORKERS: "):
        Settings.from_environment({"FALLLINE_PORT": "x", "FALLLINE_WORKERS": "0"})
