"""`fallline.playground`: a server in this process with live code, in a script and below a notebook's cell."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import httpx
import pytest

import fallline
from fallline.playgrounds import Playground
from tests.server import environment

RUNS = "/api/v1/trajectories"


@pytest.fixture
def page() -> Iterator[Playground]:
    factor = [2.0]  # a live object, which no other process could be handed

    def closure(w, g, state, t, lr):
        while t == 5 and lr > 0.5:
            pass
        return w - factor[0] * lr * g, state

    mine = fallline.from_function(closure, lr=0.01, label="Mine")
    page = fallline.playground([mine, "adam:learning_rate=0.1"], ["bowl"], open=False, seconds=1)
    yield page
    page.close()


def test_it_opens_with_the_runs_and_the_surface_that_it_is_given(page: Playground) -> None:
    assert page.url.endswith("/?surface=bowl&optimizer=own.closure&optimizer=adam:learning_rate=0.1")
    whole = httpx.get(page.url, timeout=300)
    assert whole.status_code == 200
    assert "/static/own-" in whole.text
    base, query = page.url.split("/?")
    ran, other = httpx.get(f"{base}{RUNS}?{query}", timeout=300).json()["runs"]
    assert (ran["optimizer"]["label"], other["stop_reason"]) == ("Mine", "max_steps")
    assert ran["parameters"]["x"][1] == pytest.approx(ran["parameters"]["x"][0] - 0.02 * ran["gradient"]["x"][0])


def test_it_stands_in_a_frame_below_a_cell(page: Playground) -> None:
    shown = page._repr_html_()
    assert f'<iframe src="{page.url.replace("&", "&amp;")}" title="Fall Line"' in shown
    assert "Mine is your own: it lives in this kernel" in shown
    assert "Only the machine on which the kernel runs can reach it." in shown


def test_what_never_ends_is_ended_and_the_page_goes_on(page: Playground) -> None:
    base = page.url.split("/?")[0]
    (run,) = httpx.get(f"{base}{RUNS}?surface=bowl&optimizer=own.closure:learning_rate=0.6", timeout=300).json()["runs"]
    assert run["sentence"] == "fault in closure: it did not end within 1 s, and was ended; 4 steps stand"
    assert httpx.get(f"{base}{RUNS}?surface=bowl&optimizer=gd", timeout=300).status_code == 200


def test_an_open_page_is_told_when_a_cell_is_run_again(page: Playground) -> None:
    base = page.url.split("/?")[0]
    before = httpx.get(f"{base}/api/v1/catalog/own", timeout=300).json()

    def another(w, g, state, t, lr):
        return w - lr * g, state

    made = fallline.from_function(another, lr=0.01)
    now = httpx.get(f"{base}/api/v1/catalog/own", params={"after": before["version"]}, timeout=300).json()
    assert now["version"] != before["version"]
    assert made.name in [each["name"] for each in now["optimizers"]]


def test_a_loss_of_many_parameters_stands_among_the_surfaces_without_a_domain(page: Playground) -> None:
    base = page.url.split("/?")[0]
    made = fallline.from_loss(lambda w: float(w @ w), domain=[[-1, 1]] * 3, label="Three")
    surfaces = httpx.get(f"{base}/api/v1/catalog", timeout=300).json()["surfaces"]
    (three,) = (each for each in surfaces if each["name"] == made.name)
    assert (three["label"], three["domain"], len(three["start"])) == ("Three", [], 3)
    asked = {"problem": {"surface": made.name}, "optimizers": [{"name": "gd", "learning_rate": 0.1}], "resolution": 4}
    plane = httpx.post(f"{base}/api/v1/landscape", json=asked, timeout=300).json()["plane"]
    assert len(plane["directions"][0]) == 3


def test_a_second_one_shares_its_server(page: Playground) -> None:
    assert fallline.playground(open=False).url.split("/?")[0] == page.url.split("/?")[0]


def test_the_library_imports_nothing_of_the_server_until_it_is_asked_for() -> None:
    code = "import fallline, sys; fallline.playground; print([m for m in sys.modules if m.split('.')[0] in ('app', 'fastapi')])"
    done = subprocess.run([sys.executable, "-c", code], env=environment(), capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_without_the_server_it_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "app.serving", None)
    with pytest.raises(ImportError, match="needs the server of Fall Line"):
        fallline.playground(open=False)


@pytest.mark.parametrize(
    ("environ", "address", "place", "root"),
    [
        ({}, None, "http://127.0.0.1:{port}", ""),
        ({"JUPYTERHUB_SERVICE_PREFIX": "/user/me/"}, None, "/user/me/proxy/{port}", "/user/me/proxy/{port}"),
        ({"JUPYTERHUB_SERVICE_PREFIX": "/user/me/"}, "/other/{port}/", "/other/{port}", "/other/{port}"),
        ({}, "https://me-{port}.example.com", "https://me-{port}.example.com", ""),
    ],
)
def test_a_browser_on_another_machine_finds_it_where_its_address_says(
    monkeypatch: pytest.MonkeyPatch, environ: dict[str, str], address: str | None, place: str, root: str
) -> None:
    monkeypatch.delenv("JUPYTERHUB_SERVICE_PREFIX", raising=False)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    page = fallline.playground(surfaces=["bowl"], open=False, address=address)
    port = str(page._server.port)
    assert page.url == f"{place.replace('{port}', port)}/?surface=bowl&optimizer=gd&optimizer=adam"
    assert f'<iframe src="{page.url.replace("&", "&amp;")}"' in page._repr_html_()
    assert ("Only the machine on which the kernel runs" in page._repr_html_()) == place.startswith("http://127")
    assert "after a restart, run the cell again" in page._repr_html_()
    # A proxy takes the path off; what the page loads has it.
    html = httpx.get(f"http://127.0.0.1:{port}/", timeout=300).text
    assert f'"{root.replace("{port}", port)}/static/' in html


@pytest.mark.parametrize("address", ["hub.example.com/{port}", "/proxy/8000", "ftp://here/{port}"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match=r'address must begin with "/", "http://" or "https://".* got'):
        fallline.playground(open=False, address=address)
