"""`fallline --with FILE`: the catalog, runs, faults, what never ends, and the file as it is saved."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from tests.server import THIS_COMMAND, environment, start_server

CODE = '''
import fallline, os, time

def mine(w, g, state, t, lr, beta):
    """Momentum, from memory."""
    m = beta * state.get("m", 0 * w) + g
    return w - lr * m, {"m": m}

def breaks(w, g, state, t, lr=0.02):
    if t == 4:
        raise ValueError("math domain error")
    return w - lr * g, state

def endless(w, g, state, t, lr=0.01):
    while t == 3:
        pass
    return w - lr * g, state

def asleep(w, g, state, t, lr=0.01):
    """Comes back to Python no more."""
    time.sleep(1000 * (t == 3))
    return w - lr * g, state

def bent(x, y):
    return (x * x - y) ** 2 + 0.1 * x * x

fallline.from_function(mine, lr=0.01, beta=0.9, label="Mine")
for each in (breaks, endless, asleep):
    fallline.from_function(each)
fallline.from_loss(bent, domain=[[-2, 2], [-1, 3]], label="Bent")
'''
RUNS = "/api/v1/trajectories"


class Served:
    """A server with a file of somebody's own."""

    def __init__(self, file: Path, log: Path, *options: str) -> None:
        self.file, self.log = file, log
        self._out = log.open("w")
        self.server = start_server("--with", str(file), "--own-seconds", "1", *options, log=self._out)
        self.client = httpx.Client(base_url=self.server.url, timeout=500)

    def own(self) -> dict[str, Any]:
        return self.client.get("/api/v1/catalog/own").json()

    def run(self, name: str, **more: Any) -> dict[str, Any]:
        spec = {"problem": {"surface": "bowl"}, "optimizers": [{"name": name}], "stop": {"max_steps": 5}} | more
        return self.client.post(RUNS, json=spec).json()["runs"][0]

    def save(self, change: Callable[[str], str]) -> dict[str, Any]:
        """Save the file, and wait until the server has read it."""
        before = self.own()["version"]
        self.file.write_text(change(CODE))
        return self.client.get("/api/v1/catalog/own", params={"after": before}).json()

    def end(self) -> None:
        self.client.close()
        self.server.stop()
        self._out.close()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("own")
    file = folder / "my_optimizers.py"
    file.write_text(CODE)
    served = Served(file, folder / "log")
    yield served
    served.end()


def test_its_steps_are_given_more_time_than_those_of_the_catalog(served: Served) -> None:
    limits = served.client.get("/api/v1/catalog").json()["limits"]
    assert limits | {"max_work": 4e9, "max_seconds": 240} == limits


def test_the_catalog_has_what_the_file_makes(served: Served) -> None:
    whole = served.client.get("/api/v1/catalog").json()
    own = [each for each in whole["optimizers"] if each["own"]]
    assert [each["label"] for each in own] == ["Mine", "breaks", "endless", "asleep"]
    assert own[0]["name"] == "own.mine"
    assert [each["name"] for each in own[0]["params"]] == ["learning_rate", "beta"]
    assert [(each["name"], each["label"]) for each in whole["surfaces"] if each["own"]] == [("own.bent", "Bent")]
    state = served.own()
    assert state["optimizers"][0]["place"] == "my_optimizers.py, line 4"
    assert state["optimizers"][0]["summary"] == "Momentum, from memory."
    assert state["wrong"] == []


def test_a_run_has_its_states_and_the_working_shows_them_before_and_after(served: Served) -> None:
    spec = {"problem": {"surface": "own.bent"}, "optimizers": [{"name": "own.mine"}], "stop": {"max_steps": 5}}
    held = served.client.post(f"{RUNS}/quantities", json=spec).json()["states"]["m"]
    step = served.client.post(f"{RUNS}/step", json=spec | {"t": 3}).json()
    lines = {line["name"]: line["value"] for line in step["method_lines"]}
    assert list(lines) == ["m", "step", "w"]
    assert lines["m"] == pytest.approx([held["x"][3], held["y"][3]])
    assert lines["step"] == pytest.approx([-0.01 * each for each in lines["m"]])
    assert lines["w"] == pytest.approx(list(step["after"].values()))
    assert [step["states"]["m"][name] for name in "xy"] == pytest.approx([held[name][2] for name in "xy"])
    assert "The step itself is code: my_optimizers.py, line 4." in step["notes"]


@pytest.mark.parametrize(
    ("path", "more"),
    [
        ("/trajectories/sweep", {"over": {"learning_rate": {"from": 0.001, "to": 0.1, "count": 3}}}),
        ("/trajectories/basins", {"resolution": 3}),
        (
            "/trajectories/tune",
            {"over": {"learning_rate": {"from": 0.001, "to": 0.1}}},
        ),
        ("/trajectories/curvature", {}),
    ],
)
def test_what_explains_runs_works_of_ones_own_too(served: Served, path: str, more: dict[str, Any]) -> None:
    spec = {
        "problem": {"surface": "bowl"},
        "optimizers": [{"name": "own.mine"}],
        "stop": {"max_steps": 9, "target_loss": 0.1},
        **more,
    }
    reply = served.client.post(f"/api/v1{path}", json=spec)
    assert reply.status_code == 200, reply.text


def test_a_picture_a_table_and_a_hand_out_are_made_of_it_and_kept_nowhere(served: Served) -> None:
    query = "surface=own.bent&optimizer=own.mine&max_steps=9"
    for path in ("/api/v1/plot.svg", RUNS, f"{RUNS}?format=csv&", "/handout"):
        reply = served.client.get(f"{path}{'' if '?' in path else '?'}{query}")
        assert reply.status_code == 200, reply.text
        assert "etag" not in reply.headers
        assert reply.headers["cache-control"] == "no-store"


def test_a_fault_ends_its_run_alone_and_its_traceback_is_at_the_terminal(served: Served) -> None:
    run = served.run("own.breaks")
    assert run["stop_reason"] == "fault"
    assert run["sentence"] == "fault in breaks: ValueError: math domain error; 3 steps stand"
    assert run["fault"] == {
        "where": "breaks", "error": "ValueError: math domain error", "place": "my_optimizers.py, line 11",
    }  # fmt: skip
    assert len(run["loss"]) == 4
    assert 'raise ValueError("math domain error")' in served.log.read_text()
    assert served.run("adam")["stop_reason"] == "max_steps"


def test_a_step_that_never_ends_is_ended_and_says_after_how_long(served: Served) -> None:
    with served.client.stream(
        "GET", f"{RUNS}/stream?surface=bowl&optimizer=own.endless&optimizer=adam&max_steps=5"
    ) as told:
        text = "".join(told.iter_text())
    assert "fault in endless: it did not end within 1 s, and was ended; 2 steps stand" in text
    assert text.rstrip().endswith("event: done\ndata: {}")


def test_a_process_that_gives_no_sign_is_ended_and_starts_again_and_no_other_request_is_harmed(served: Served) -> None:
    with ThreadPoolExecutor(1) as thread, httpx.Client(base_url=served.server.url, timeout=500) as other:
        asleep = thread.submit(other.get, f"{RUNS}/stream?surface=bowl&optimizer=own.asleep&max_steps=5")
        assert served.client.get(f"{RUNS}?surface=bowl&optimizer=adam&max_steps=5").status_code == 200
        assert "own_code_ended" in asleep.result().text
    assert served.run("own.mine")["stop_reason"] == "max_steps"
    assert "gave no sign for 6 s, and was ended; it starts again" in served.log.read_text()


def test_a_file_that_is_saved_is_read_again(served: Served) -> None:
    first = served.run("own.mine")["loss"]
    state = served.save(lambda code: code.replace("w - lr * m", "w - 2 * lr * m"))
    assert state["wrong"] == []
    assert served.run("own.mine")["loss"] != first
    served.save(lambda code: code)
    assert served.run("own.mine")["loss"] == first


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda code: code.replace("def bent(", "def bent(("), "my_optimizers.py, line 24: SyntaxError: "),
        (lambda code: code + "\n1 / 0\n", "my_optimizers.py, line 32: ZeroDivisionError: division by zero"),
        (lambda code: code + "\nraise SystemExit(3)\n", "my_optimizers.py, line 32: SystemExit: 3"),
        (lambda code: "", "my_optimizers.py makes no optimizer and no loss"),
    ],
)
def test_what_is_wrong_with_a_file_is_told_and_what_it_gave_before_stands(
    served: Served, change: Any, said: str
) -> None:
    first = served.run("own.mine")["loss"]
    state = served.save(change)
    assert len(state["wrong"]) == 1
    assert state["wrong"][0].startswith(said)
    assert served.run("own.mine")["loss"] == first
    assert "my_optimizers.py was not read" in served.log.read_text()
    assert served.save(lambda code: code)["wrong"] == []


@pytest.mark.parametrize("field", ["optimizers", "surface"])
def test_what_is_not_there_is_named(served: Served, field: str) -> None:
    query = {"optimizers": "surface=bowl&optimizer=own.theirs", "surface": "surface=own.theirs&optimizer=adam"}[field]
    (fault,) = served.client.get(f"{RUNS}?{query}").json()["detail"]
    assert fault["type"] == "own_not_here"
    assert "own.theirs" in fault["msg"]
    assert "fallline --with FILE" in fault["msg"]


@pytest.mark.parametrize(
    "name", ["own.os", "own.../my_optimizers", "own./etc/passwd", "own.my_optimizers.mine", "my_optimizers.py", "own."]
)
def test_no_request_names_a_file_or_a_module(served: Served, name: str) -> None:
    spec = {"problem": {"surface": "bowl"}, "optimizers": [{"name": name}]}
    reply = served.client.post(RUNS, json=spec)
    assert reply.status_code == 422
    assert reply.json()["detail"][0]["type"] in ("own_not_here", "unknown_name")
    for path in ("/api/v1/catalog/own", "/api/v1/catalog"):
        assert served.client.post(path, json={"file": "x.py"}).status_code == 405
        assert served.client.get(path, params={"file": "x.py"}).status_code == (422 if path.endswith("log") else 200)
    before = served.own()
    assert before["wrong"] == []


def test_several_workers_have_one_process_for_it_that_ends_with_them(tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    file.write_text(CODE)
    served = Served(file, tmp_path / "log", "--workers", "2")
    versions = {
        served.client.get("/api/v1/catalog/own", headers={"Connection": "close"}).json()["version"] for _ in "12345678"
    }
    assert len(versions) == 1
    assert served.run("own.mine")["stop_reason"] == "max_steps"
    tasks = Path(f"/proc/{served.server.process.pid}/task").iterdir()
    children = " ".join((task / "children").read_text() for task in tasks).split()
    assert any(b"app.own.process" in Path(f"/proc/{child}/cmdline").read_bytes() for child in children)
    served.end()
    while any(Path(f"/proc/{child}").exists() for child in children):
        time.sleep(0.1)


@pytest.mark.parametrize("name", ["nowhere.py", "folder", "mine.txt"])
def test_a_file_that_cannot_be_one_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "mine.txt").write_text(CODE)
    done = subprocess.run(
        [*THIS_COMMAND, "--with", name],
        cwd=tmp_path,
        env=environment(PYTHONPATH=str(Path.cwd())),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("fallline: --with must be a file that is there, and ends in .py; got ")


def test_a_server_without_a_file_has_nothing_of_ones_own(client: TestClient) -> None:
    assert client.get("/api/v1/catalog/own").json()["optimizers"] == []
    assert "own_not_here" in client.get(f"{RUNS}?surface=bowl&optimizer=own.mine").text
