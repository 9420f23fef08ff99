"""The changes that CONTRIBUTING.md shows are whole: applied to a copy, everything that must follow is there."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DIFFS = re.findall(r"```diff\n(.*?)```", (ROOT / "CONTRIBUTING.md").read_text(), re.DOTALL)

ASK = """
import json, sys, warnings
warnings.simplefilter("ignore")
from fastapi.testclient import TestClient
from app.main import create_app
with TestClient(create_app()) as client:
    catalog = client.get("/api/v1/catalog").json()
    runs = [{"name": o["name"], "learning_rate": 0.05} for o in catalog["optimizers"] if o["name"] == "sign_descent"]
    spec = {"problem": {"surface": "basket"}, "optimizers": runs, "stop": {"max_steps": 3}}
    spec["optimizers"][0]["schedule"] = {"name": "square_root"}
    print(json.dumps({
        "catalog": catalog,
        "run": client.post("/api/v1/trajectories", json=spec).json(),
        "landscape": client.get("/api/v1/landscape?surface=basket&resolution=8").json(),
        "schema": client.get("/api/v1/openapi.json").text.count("sign_descent"),
    }))
"""


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    """What the server says once the three changes are made."""
    copy = tmp_path_factory.mktemp("changed")
    for folder in ("app", "static", "templates"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for diff in DIFFS:
        subprocess.run(["git", "apply", "--unsafe-paths", "-"], cwd=copy, input=diff, text=True, check=True)
    run = subprocess.run([sys.executable, "-c", ASK], cwd=copy, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def entry(answers, kind, name):
    return next(item for item in answers["catalog"][kind] if item["name"] == name)


def test_three_changes_are_shown():
    assert len(DIFFS) == 3


def test_the_optimizer_is_in_the_catalog_with_its_slider_and_latex(answers):
    found = entry(answers, "optimizers", "sign_descent")
    assert found["rule"] == "w = w - lr*sign(g)"
    assert "operatorname{sign}" in str(found["latex"])
    assert [param["name"] for param in found["params"]] == ["learning_rate"]
    assert {"default", "min", "max", "scale", "help"} <= set(found["params"][0])


def test_the_schema_has_it(answers):
    assert answers["schema"] > 0


def test_the_surface_has_gradient_suggestions_and_a_landscape(answers):
    found = entry(answers, "surfaces", "basket")
    assert r"\cos" in str(found["gradient_latex"])
    assert found["suggested"]["sign_descent"] > 0
    assert len(answers["landscape"]["loss"]) == 8


def test_the_run_is_driven_by_gradient_and_schedule(answers):
    run = answers["run"]["runs"][0]
    assert run["learning_rate"] == pytest.approx([0.05, 0.05 / 2**0.5, 0.05 / 3**0.5])
    assert run["parameters"]["x"][1] == pytest.approx(-2.45)
    assert run["parameters"]["y"][1] == pytest.approx(1.95)
    # d/dx (x^2 + sin(3x)^2) = 2x + 3 sin(6x) at -2.5
    assert run["gradient"]["x"][0] == pytest.approx(-5 + 3 * -0.6502878401571168, rel=1e-9)
