"""The command `fallline`: its addresses, its settings, its refusals and its end."""

import os
import re
import socket
import sys
import threading
import time
from itertools import islice
from pathlib import Path
from unittest import mock

import httpx
import pytest

from app.__main__ import _allow_connections, main
from app.server.settings import COUNTS_FOLDER, Settings, SettingsError, option, variable_name
from tests.faults.processes import workers
from tests.server import Server, environment, key_of_class, start_server

PLACE = "a name or an address, with a port where it is another, as in 192.168.1.5:8000"


def refusal(*options: str, **env: str) -> str:
    """What the command says as it ends with status 1."""
    with mock.patch.dict(os.environ, environment(**env), clear=True), pytest.raises(SystemExit) as ended:
        main(options)
    assert isinstance(ended.value.code, str)
    return ended.value.code


@pytest.mark.slow
@pytest.mark.parametrize("options", [(), ("--workers", "2"), ("--development",)], ids=["one", "workers", "reload"])
def test_serves_where_it_says_and_stops_when_told_with_a_stream_open(options: tuple[str, ...]) -> None:
    server = start_server("--stop-seconds", "600", *options)
    paced = f"{server.url}/api/v1/trajectories/stream?surface=bowl&optimizer=gd:learning_rate=0.01&pace=1"
    with httpx.stream("GET", paced, timeout=300) as stream:
        text = stream.iter_text()
        assert next(text).startswith("event: start")
        server.stop()
        rest = "".join(text)
        assert "event: done" not in rest
        assert "event: error" not in rest


def counts_folder(server: Server) -> Path | None:
    """Where the workers of a server count together; None where the system does not tell."""
    of_workers = [Path(f"/proc/{worker}/environ") for worker in workers(server)] if sys.platform == "linux" else []
    found = {re.search(rf"{COUNTS_FOLDER}=([^\0]+)", file.read_text())[1] for file in of_workers}  # type: ignore[index]
    return Path(*found) if found else None


@pytest.mark.slow
def test_workers_end_their_streams_and_stop_when_the_process_that_started_them_is_killed() -> None:
    server = start_server("--workers", "2")
    paced = f"{server.url}/api/v1/trajectories/stream?surface=bowl&optimizer=gd:learning_rate=0.01&pace=1"
    with httpx.stream("GET", paced, timeout=300) as stream:
        text = stream.iter_text()
        next(text)
        folder = counts_folder(server)
        assert folder is None or folder.is_dir()
        server.process.kill()
        assert "event: done" not in "".join(islice(text, 30))
        assert next(text, "") == "", "it goes on"
    with server.process:
        server.process.wait()
    for _ in range(600):  # one that is still starting first comes to its end
        with socket.socket() as wire:
            if wire.connect_ex(("127.0.0.1", int(server.url.rpartition(":")[2]))):
                break  # nobody listens any more
        time.sleep(0.1)
    else:
        pytest.fail("a worker is still there")
    assert folder is None or not folder.exists()


@pytest.mark.slow
def test_open_to_the_network_it_prints_an_address_for_others_and_one_to_teach_at(tmp_path: Path) -> None:
    states = environment(XDG_STATE_HOME=str(tmp_path))
    server = start_server("--classroom", "--address", "192.0.2.7", "--workers", "2", env=states)
    try:
        port = re.fullmatch(r"http://127\.0\.0\.1:(\d+)", server.url)[1]  # type: ignore[index]
        assert server.process.stdout
        assert server.process.stdout.readline() == f"Others on this network open http://192.0.2.7:{port}/join/class\n"
        page = httpx.get(f"http://127.0.0.2:{port}/join", timeout=300)  # every address of this machine answers
        assert f">192.0.2.7:{port}/join/class</text>" in page.text
        room, lead = f"{server.url}/api/v1/rooms/class", {"Authorization": f"Bearer {key_of_class(server)}"}
        for _ in range(4):  # whichever worker takes it
            shown = {"address": "/", "step": 0, "playing": False, "pace": 30}
            assert httpx.post(f"{room}/shown", json=shown, headers=lead, timeout=300).status_code == 200
            assert httpx.get(room, timeout=300).json()["shown"]["address"] == "/"
    finally:
        server.stop()
    assert [file.name for file in tmp_path.rglob("*.db")] == [f"rooms-{port}.db"]


@pytest.mark.slow
def test_behind_a_proxy_that_takes_a_prefix_off_the_page_finds_its_files_and_check_tells_how_the_server_is(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    server = start_server("--root-path", "/tools/fallline")
    try:
        with httpx.Client(base_url=server.url, timeout=300) as client:
            addresses = re.findall(r'href="(/[^"]*)"', client.get("/").text)
            assert addresses
            for address in addresses:
                assert address.startswith("/tools/fallline/")
                reply = client.get(address.removeprefix("/tools/fallline"))
                if reply.is_redirect:
                    reply = client.get(reply.headers["location"].removeprefix("/tools/fallline"))
                assert reply.status_code == 200
        monkeypatch.setenv("FALLLINE_PORT", server.url.rpartition(":")[2])
        main(["--check"])
        assert '"status":"ok"' in capsys.readouterr().out
    finally:
        server.stop()


def test_a_taken_port_is_said_in_words() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = refusal("--port", str(port))
    assert (
        said == f"fallline: port {port} is taken by another program; choose another, as in: fallline --port {port + 1}"
    )


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--port", "many"), "--port must be a whole number from 0 to 65535; got 'many'"),
        (("--port", "99999"), "--port must be a whole number from 0 to 65535; got '99999'"),
        (("--check", "--port", "99999"), "--port must be a whole number from 0 to 65535; got '99999'"),
        (("--check", "--port", "0"), "--check asks one port, from 1 to 65535"),
        (("--workers", "0"), "--workers must be a whole number from 1 to 64; got '0'"),
        (("--max-body-bytes", "1.5"), "--max-body-bytes must be a whole number from 1024; got '1.5'"),
        (("--address", "http://a:8000/"), f"--address must be {PLACE}; got 'http://a:8000/'"),
        (("--address", "a:99999"), f"--address must be {PLACE}; got 'a:99999'"),
        (("--address", "a:0"), f"--address must be {PLACE}; got 'a:0'"),
        (("--address", "::1"), f"--address must be {PLACE}; got '::1'"),
        (("--address", "a:"), f"--address must be {PLACE}; got 'a:'"),
        (("--address", "teacher@a"), f"--address must be {PLACE}; got 'teacher@a'"),
        (("--max-seconds", "0"), "--max-seconds must be a number above 0; got '0'"),
        (("--host", "no.such.host.invalid"), "cannot listen on host 'no.such.host.invalid'"),
    ],
)
def test_a_wrong_setting_is_said_in_words(options: tuple[str, ...], said: str) -> None:
    refused = refusal(*options)
    assert refused.startswith(f"fallline: {said}")
    assert len(refused.splitlines()) == 1


def test_help_names_every_setting_with_its_variable(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    with pytest.raises(SystemExit):
        main(["--help"])
    text = " ".join(capsys.readouterr().out.split())
    for name, field in Settings.model_fields.items():
        assert option(name) in text
        assert re.search(
            rf"{re.escape(field.description)} \([^)]*\bdefault {re.escape(str(field.default))}; {variable_name(name)}\)",
            text,
        )
    assert "(a whole number from 0 to 65535; default 8000; FALLLINE_PORT)" in text
    assert "(default 127.0.0.1; FALLLINE_HOST)" in text


def test_check_tells_that_there_is_no_server() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))  # keeps its port from others, and does not listen
        port = silent.getsockname()[1]
        said = refusal("--check", "--port", str(port))
    assert said.startswith(
        f"fallline: nothing to check at http://127.0.0.1:{port}: Connection refused; --host and --port"
    )
    assert len(said.splitlines()) == 1


@pytest.mark.parametrize(
    "answer", [b"HTTP/1.0 200 OK\r\n\r\n<html>", b"HTTP/1.0 200 OK\r\n\r\n7", b"SSH-2.0-OpenSSH\r\n"]
)
def test_check_tells_that_another_program_is_there(answer: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:

        def reply() -> None:
            connection, _ = other.accept()
            with connection:
                connection.recv(1000)
                connection.sendall(answer)

        thread = threading.Thread(target=reply)
        thread.start()
        port = other.getsockname()[1]
        said = refusal("--check", "--port", str(port))
        thread.join()
    assert said.startswith(f"fallline: what answers at http://127.0.0.1:{port} is another program")


def test_settings_come_from_the_environment_and_options_win() -> None:
    assert Settings.from_environment({"FALLLINE_PORT": "81", "HOME": "/"}) == Settings(port=81)
    assert "got 'x'" in refusal("--port", "x", FALLLINE_PORT="81")


def test_a_class_is_let_in_on_every_address_unless_one_is_given() -> None:
    assert Settings().listens_on == "127.0.0.1"
    assert Settings.from_environment({"FALLLINE_CLASSROOM": "true"}).listens_on == "0.0.0.0"
    assert Settings(classroom=True, host="192.0.2.7").listens_on == "192.0.2.7"


def test_a_wrong_setting_is_called_as_it_was_given() -> None:
    said = refusal("--port", "x", FALLLINE_WORKERS="65", FALLLINE_DEVELOPMENT="maybe")
    assert said.splitlines() == [
        "fallline: --port must be a whole number from 0 to 65535; got 'x'",
        "FALLLINE_WORKERS must be a whole number from 1 to 64; got '65'",
        "FALLLINE_DEVELOPMENT must be true or false; got 'maybe'",
    ]


def test_every_wrong_setting_is_named() -> None:
    with pytest.raises(SettingsError, match=r"FALLLINE_PORT must .*\nFALLLINE_WORKERS must "):
        Settings.from_environment({"FALLLINE_PORT": "x", "FALLLINE_WORKERS": "0"})


def test_as_many_connections_as_the_system_allows() -> None:
    resource = pytest.importorskip("resource")
    before = soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(soft, hard - 1), hard))
    said = _allow_connections(Settings(max_streams=1))
    after = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, before)
    assert (after, said) == ((hard, hard), "")


def test_it_says_where_the_system_allows_fewer_connections_than_the_settings_promise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    resource = pytest.importorskip("resource")
    monkeypatch.setattr(resource, "getrlimit", lambda _: (200, 256))
    monkeypatch.setattr(resource, "setrlimit", lambda *_: None)
    assert _allow_connections(Settings(max_streams=1500, max_requests=64)) == (
        "a process may have 200 files open here, and --max-streams 1500 with --max-requests 64 takes 1820: "
        "allow more (ulimit -n 1820), or choose fewer streams"
    )


def test_where_no_limit_is_no_number_the_settings_tell_how_many_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on macOS."""
    resource = pytest.importorskip("resource")
    limits = [256]

    def setrlimit(_: int, wanted: tuple[int, int]) -> None:
        if wanted[0] == resource.RLIM_INFINITY:
            raise ValueError
        limits[0] = wanted[0]

    monkeypatch.setattr(resource, "getrlimit", lambda _: (limits[0], resource.RLIM_INFINITY))
    monkeypatch.setattr(resource, "setrlimit", setrlimit)
    assert _allow_connections(Settings(max_streams=1500, max_requests=64)) == ""
    assert limits == [1820]
