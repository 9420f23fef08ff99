"""The examples of the README run as they are printed, and print what it says."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.server.settings import Settings, option
from tests.server import start_server

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
CLASSROOM = (ROOT / "docs" / "classroom.md").read_text()
PRINTED_ADDRESS = "http://localhost:8000"


@pytest.fixture(scope="module")
def url():
    server = start_server()
    yield server.url
    server.stop()


def block(language: str, number: int = 0) -> str:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)[number]


def printed_after(code: str) -> list[str]:
    """The indented lines that follow a code block."""
    rest = README.split(code + "```")[1]
    return [line.strip() for line in re.match(r"\n\n((?:    .*\n)+)", rest).group(1).splitlines()]  # type: ignore[union-attr]


def run_python(code: str) -> list[str]:
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.mark.slow
def test_the_curl_example(url):
    if not shutil.which("curl"):
        pytest.skip("curl is not installed")
    command = shlex.split(block("sh").replace(PRINTED_ADDRESS, url))
    done = subprocess.run([*command, "--silent", "--fail"], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["runs"][0]["n_steps"] == 200


@pytest.mark.slow
def test_the_httpx_example(url):
    code = block("python", 0)
    assert run_python(code.replace(PRINTED_ADDRESS, url)) == printed_after(code)


@pytest.mark.slow
def test_the_example_of_a_client(url):
    code = block("python", 7)
    assert run_python(code.replace(PRINTED_ADDRESS, url)) == printed_after(code)


@pytest.mark.slow
@pytest.mark.parametrize("number", [2, 3, 4, 5, 6])
def test_an_example_without_a_server(number):
    code = block("python", number)
    assert run_python(code) == printed_after(code)


@pytest.mark.slow
def test_the_examples_of_the_library_have_the_types_they_say():
    code = "".join(block("python", number) for number in (4, 5, 6, 7)) + "fallline.run(spec, start=result.start)"
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_every_file_it_links_to_exists():
    for target in re.findall(r"\]\((?!http)([^)#]+)\)", README):
        assert (ROOT / target).exists(), target


def test_every_option_that_the_page_for_classrooms_names_is_one_of_the_command():
    of_others = {"--add-port", "--find-links", "--input", "--no-index", "--output", "--rm", "--wheel-dir"}
    named = set(re.findall(r"--[a-z][a-z-]+", CLASSROOM)) - of_others
    assert named == {"--address", "--classroom", "--port", "--rooms", "--workers"}
    assert named <= {option(name) for name in Settings.model_fields}


def test_the_routes_it_lists_are_those_of_the_api(client):
    listed = set(re.findall(r"(/api/v1/[a-z/._{}]*)` \|", README))
    paths = set(client.get("/api/v1/openapi.json").json()["paths"])
    assert listed == {path for path in paths if path.startswith("/api/v1/")}
