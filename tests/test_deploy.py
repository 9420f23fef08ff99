"""The files of `deploy` say what the server knows; `make faults` has the programs read them that are to."""

import inspect
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import uvicorn
import yaml
from fastapi.testclient import TestClient

from app.server.settings import Settings, variable_name

DEPLOY = Path(__file__).parent.parent / "deploy"
FILES = sorted(DEPLOY.iterdir())


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_each_variable_is_a_setting(file: Path) -> None:
    known = {variable_name(name) for name in Settings.model_fields}
    assert set(re.findall(r"FALLLINE_[A-Z_]+", file.read_text())) <= known


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_each_option_is_a_setting(file: Path) -> None:
    known = {name.replace("_", "-") for name in Settings.model_fields}
    ours = set(re.findall(r"--([a-z]+-[a-z-]+)", file.read_text()))
    assert ours <= known | {"no-cache-dir"}


def probes() -> list[str]:
    (deployment, *_) = yaml.safe_load_all((DEPLOY / "kubernetes.yaml").read_text())
    (container,) = deployment["spec"]["template"]["spec"]["containers"]
    return [container[f"{kind}Probe"]["httpGet"]["path"] for kind in ("startup", "liveness", "readiness")]


@pytest.mark.parametrize("path", sorted(set(probes())))
def test_each_probe_is_answered(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 200


def test_the_proxy_waits_longer_than_the_server_and_keeps_its_connections_shorter() -> None:
    site, upstream = ((DEPLOY / name).read_text() for name in ("nginx.conf", "upstream.conf"))
    (read,) = re.findall(r"proxy_read_timeout (\d+)s;", site)
    settings = Settings()
    assert int(read) > settings.wait_seconds + settings.max_seconds
    (kept,) = re.findall(r"keepalive_timeout (\d+)s;", upstream)
    assert int(kept) < inspect.signature(uvicorn.Config).parameters["timeout_keep_alive"].default


def test_the_proxy_in_containers_chooses_among_servers_as_the_other_does() -> None:
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text())

    def directives(text: str) -> list[str]:
        lines = re.sub(r"server \S+", "server", re.sub(r"#.*", "", text)).splitlines()
        return [line.strip() for line in lines if line.strip()]

    assert directives(compose["configs"]["upstream"]["content"]) == directives((DEPLOY / "upstream.conf").read_text())


def of_kubernetes() -> dict[tuple[str, str], Any]:
    """What the file has, by kind and name."""
    resources = yaml.safe_load_all((DEPLOY / "kubernetes.yaml").read_text())
    return {(each["kind"], each["metadata"]["name"]): each for each in resources}


def test_rooms_are_kept_where_valkey_serves_and_by_the_same_command_everywhere() -> None:
    compose, resources = yaml.safe_load((DEPLOY / "compose.yaml").read_text()), of_kubernetes()
    (server,) = resources["Deployment", "fallline"]["spec"]["template"]["spec"]["containers"]
    given = {each["name"]: each["value"] for each in server["env"]}
    store = given["FALLLINE_ROOM_STORE"]
    assert store == compose["services"]["fallline-1"]["environment"]["FALLLINE_ROOM_STORE"]
    assert Settings(rooms=int(given["FALLLINE_ROOMS"]), room_store=store).room_store == store
    where = urlsplit(store)
    (port,) = resources["Service", str(where.hostname)]["spec"]["ports"]
    assert port["port"] == where.port
    (valkey,) = resources["StatefulSet", "valkey"]["spec"]["template"]["spec"]["containers"]
    assert valkey["args"] == compose["services"]["valkey"]["command"]
    assert valkey["image"] == compose["services"]["valkey"]["image"]


def test_each_selector_of_kubernetes_finds_its_pods() -> None:
    resources = of_kubernetes()
    made = [each for (kind, _), each in resources.items() if kind in ("Deployment", "StatefulSet")]
    labels = [each["spec"]["template"]["metadata"]["labels"] for each in made]
    for each in made:
        assert each["spec"]["selector"]["matchLabels"] in labels
    for (kind, _), each in resources.items():
        if kind == "Service":
            assert each["spec"]["selector"] in labels
        elif kind == "NetworkPolicy":
            assert each["spec"]["podSelector"]["matchLabels"] in labels
