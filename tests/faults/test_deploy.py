"""Each file of `deploy` is read by the program that it is for."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
import yaml

from tests.api.specs import TRAJECTORIES
from tests.faults.nginx import DEPLOY, write
from tests.faults.processes import serving
from tests.faults.programs import find

UNIT = DEPLOY / "fallline.service"


@pytest.mark.parametrize("prefixed", [False, True], ids=["root", "below a path"])
def test_nginx_takes_its_files(tmp_path: Path, prefixed: bool) -> None:
    main = write(tmp_path, 8080, ["127.0.0.1:8000", "127.0.0.1:8001"], prefixed=prefixed)
    command = [str(find("nginx")), "-t", "-e", tmp_path / "error.log", "-p", tmp_path, "-c", main]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "[warn]" not in done.stderr, done.stderr


def test_compose_takes_its_file() -> None:
    command = ["docker-compose", "--file", DEPLOY / "compose.yaml", "config", "--format", "json"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert done.stderr == ""
    services = json.loads(done.stdout)["services"]
    assert set(services) == {"fallline-1", "fallline-2", "proxy", "valkey"}
    for source in (volume["source"] for volume in services["proxy"]["volumes"]):
        assert Path(source).is_file()


@pytest.fixture(scope="module")
def unit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unit, with a program that is there."""
    text = UNIT.read_text()
    assert text.count("/opt/fallline/bin/fallline\n") == 1
    unit = tmp_path_factory.mktemp("unit") / UNIT.name
    unit.write_text(text.replace("/opt/fallline/bin/fallline\n", f"{sys.executable} -m app\n"))
    return unit


def test_systemd_takes_the_unit_and_finds_it_safe(unit: Path) -> None:
    for command in (["verify"], ["security", "--offline=true", "--threshold=12"]):
        done = subprocess.run(["systemd-analyze", *command, unit], check=False, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        assert done.stderr == ""


def test_a_server_needs_no_more_than_the_unit_allows() -> None:
    within = (sys.executable, "-m", "tests.faults.confined", str(UNIT))
    with serving("--workers", "2", "--rooms", "2", within=within) as server:
        for _ in range(4):
            assert httpx.get(f"{server.url}/api/v1/rooms/XXXX", timeout=60).status_code == 404
        assert httpx.post(f"{server.url}/api/v1/rooms", timeout=60).status_code == 201
        for path in (
            "/",
            f"{TRAJECTORIES}?surface=himmelblau&optimizer=adam",
            "/api/v1/plot.svg?surface=bowl&optimizer=gd",
        ):
            assert httpx.get(server.url + path, timeout=60).status_code == 200


def test_kubernetes_takes_its_file() -> None:
    import kubernetes_validate  # which `make faults` alone installs

    for resource in yaml.safe_load_all((DEPLOY / "kubernetes.yaml").read_text()):
        for version in ("1.30", kubernetes_validate.latest_version()):
            kubernetes_validate.validate(resource, version, strict=True)
