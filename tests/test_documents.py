"""The programs of the documents run as they are printed, and print what is said; what they link to is there."""

from __future__ import annotations

import json
import posixpath
import re
import shlex
import shutil
import signal
import subprocess
import sys
import textwrap
from importlib.util import find_spec

import httpx
import pytest

from app.server.settings import Settings, option
from tests.documents import DOCUMENTS, PRINTED_ADDRESS, ROOT, block, printed_after
from tests.server import environment

README, REST, LIBRARY, CLASSROOM = (
    DOCUMENTS[name] for name in ("README.md", "docs/rest.md", "docs/library.md", "docs/classroom.md")
)
CLIENT = 3
"""The program of the library's document that asks a server."""


@pytest.fixture(scope="module")
def url(server):
    return server.url


def run_python(code: str, folder=ROOT) -> list[str]:
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_every_file_of_the_project_that_contributing_names_is_there():
    folders = ("app", "fallline", "static/css", "static/page", "tests", "docs")
    ours = [f"/{path}" for folder in folders for path in (ROOT / folder).rglob("*.*")]
    ours += [f"/{path}" for path in ROOT.glob("*.*")]
    text = re.sub(r"```.*?```", "", DOCUMENTS["CONTRIBUTING.md"], flags=re.DOTALL)
    named = set(re.findall(r"`([\w./-]+\.(?:py|ts|js|css|svg|json|toml|md|yaml|ipynb))`", text))
    assert len(named) > 50
    gone = [name for name in named if "NN_" not in name and not any(path.endswith(f"/{name}") for path in ours)]
    assert gone == []


@pytest.mark.slow
def test_the_curl_example(url):
    if not shutil.which("curl"):
        pytest.skip("curl is not installed")
    command = shlex.split(block(REST, "sh").replace(PRINTED_ADDRESS, url))
    done = subprocess.run([*command, "--silent", "--fail"], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["runs"][0]["n_steps"] == 200


@pytest.mark.slow
def test_the_httpx_example(url):
    code = block(REST, "python", 0)
    assert run_python(code.replace(PRINTED_ADDRESS, url)) == printed_after(REST, code)


@pytest.mark.slow
def test_the_example_of_a_client(url):
    code = block(LIBRARY, "python", CLIENT)
    assert run_python(code.replace(PRINTED_ADDRESS, url)) == printed_after(LIBRARY, code)


@pytest.mark.slow
@pytest.mark.parametrize("number", [0, 1, 2, 4, 5])
def test_an_example_without_a_server(number):
    code = block(LIBRARY, "python", number)
    assert run_python(code) == printed_after(LIBRARY, code)


@pytest.mark.slow
def test_the_example_that_comes_first(tmp_path):
    code = block(README, "python")
    assert run_python(f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{code}", tmp_path) == printed_after(README, code)
    assert (tmp_path / "paths.svg").read_text(encoding="utf-8").startswith("<svg")


CLASS_OF_TORCH = """
import torch

class MyOptimizer(torch.optim.SGD):
    pass
"""
FUNCTION_IN_ITS_PLACE = """
import fallline

def MyOptimizer(w, g, state, t, lr):
    return w - lr * g, state

fallline.from_torch = fallline.from_function  # PyTorch is not installed
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C cannot be sent to one program there")
@pytest.mark.parametrize("library", ["torch", "none"])
def test_the_lines_that_show_an_optimizer_of_ones_own_on_the_page(library, tmp_path):
    if library == "torch" and not find_spec("torch"):
        pytest.skip("PyTorch is not installed: make peers")
    lines = re.search(r"beside the one of your class:\n\n((?:    .*\n|\n)+)", README)[1]
    # A shell that starts the tests behind has Ctrl-C ignored in all that they start.
    listens = "import signal\nsignal.signal(signal.SIGINT, signal.default_int_handler)\n"
    (tmp_path / "shown.py").write_text(listens + textwrap.dedent(lines))
    (tmp_path / "my_optimizer.py").write_text(CLASS_OF_TORCH if library == "torch" else FUNCTION_IN_ITS_PLACE)
    env = environment(PYTHONPATH=str(ROOT), BROWSER="true")  # in place of a browser, a program that does nothing
    command = [sys.executable, "shown.py"]
    with subprocess.Popen(command, cwd=tmp_path, env=env, stdout=subprocess.PIPE, text=True) as script:
        said = script.stdout.readline()
        try:
            base, query = said.removeprefix("Fall Line is at ").strip().split("/?")
            runs = httpx.get(f"{base}/api/v1/trajectories?{query}", timeout=300).json()["runs"]
        finally:
            script.send_signal(signal.SIGINT)
            try:
                ended = script.wait(120)
            finally:
                script.kill()
        assert ended == 0
    assert [run["optimizer"]["label"] for run in runs] == ["MyOptimizer", "AdamW"]
    assert runs[0]["optimizer"]["learning_rate"] == 0.01


@pytest.mark.slow
def test_the_examples_of_the_library_have_the_types_they_say(tmp_path):
    """As the project has itself checked: what `make lint` has read of it is not read again."""
    code = "".join(block(LIBRARY, "python", number) for number in range(CLIENT + 1))
    code += "fallline.run(spec, start=result.start)"
    (tmp_path / "examples.py").write_text(code, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", str(tmp_path / "examples.py")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def links(name: str) -> set[tuple[str, str]]:
    """What a document links to in the project: a path from the project's folder, and the anchor there."""
    found = re.findall(r"\]\((?!https?:|/)([^)#\s]*)(?:#([\w-]+))?\)", DOCUMENTS[name])
    folder = posixpath.dirname(name)
    return {(posixpath.normpath(posixpath.join(folder, path)) if path else name, anchor) for path, anchor in found}


def anchors(text: str) -> set[str]:
    """The anchors of its headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.*)$", re.sub(r"```.*?```", "", text, flags=re.DOTALL), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_a_document_links_to_is_there(name):
    for path, anchor in links(name):
        assert (ROOT / path).exists(), path
        assert not anchor or anchor in anchors(DOCUMENTS[path]), f"{path}#{anchor}"


def test_the_readme_leads_to_every_document():
    reached, ahead = set(), {"README.md"}
    while ahead:
        reached |= ahead
        ahead = {path for name in ahead & set(DOCUMENTS) for path, _ in links(name)} - reached
    every = {
        path.relative_to(ROOT).as_posix() for kind in ("md", "ipynb") for path in (ROOT / "docs").glob(f"*.{kind}")
    }
    assert {path for path in every if path.endswith(".md")} <= set(DOCUMENTS)
    assert every <= reached


def test_every_option_that_the_page_for_classrooms_names_is_one_of_the_command():
    of_others = {"--add-port", "--find-links", "--input", "--no-index", "--output", "--rm", "--wheel-dir"}
    named = set(re.findall(r"--[a-z][a-z-]+", CLASSROOM)) - of_others
    assert named == {"--address", "--classroom", "--port", "--rooms", "--workers"}
    assert named <= {option(name) for name in Settings.model_fields}


def test_the_routes_that_are_listed_are_those_of_the_api(client):
    listed = set(re.findall(r"(/api/v1/[a-z/._{}]*)` \|", REST))
    paths = set(client.get("/api/v1/openapi.json").json()["paths"])
    assert listed == {path for path in paths if path.startswith("/api/v1/")}
