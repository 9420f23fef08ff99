"""The engine against paths of PyTorch, Optax and Keras in float64, made once and kept as JSON."""

import json
from pathlib import Path

import pytest

from fallline.descent import Run, Setup, Stop
from fallline.optimizers import OPTIMIZERS
from fallline.problems import dataset_problem, surface_problem
from fallline.schedules import SCHEDULES
from tests.descent.runs import FORMS
from tests.optimizers.test_by_hand import CASES as BY_HAND

LIBRARIES = ("torch", "optax", "keras")
GOLDENS = {name: json.loads(Path(__file__).with_name(f"{name}.json").read_text()) for name in LIBRARIES}
CASES = [{"library": name, **case} for name in LIBRARIES for case in GOLDENS[name]["cases"]]
SCIPY = json.loads(Path(__file__).with_name("scipy.json").read_text())
SAMPLED = GOLDENS["torch"]["sampled"]
HELD = {
    *((case["optimizer"], case["form"]) for case in (*CASES, *SAMPLED)),
    *((case["optimizer"], "standard") for case in SCIPY["ends"]),
    ("nelder_mead", "standard"),
    *((case["optimizer"], case["form"]) for case in BY_HAND if len(case["rows"]) > 1),
}
"""Optimizer and form of every case; the first step alone does not show what a rule remembers."""


def label(case):
    """What a test of a case is called."""
    return "-".join(str(case[key]) for key in ("library", "optimizer", "form", "problem"))


def problem_of(name):
    """`himmelblau` is a surface, `shoe_size/ssr` a data set with a loss."""
    return dataset_problem(*name.split("/")) if "/" in name else surface_problem(name)


def rows(problem, setup, start, steps, seed=0):
    """Every row of a run, the start first, and the batches."""
    blocks = list(Run(problem, setup, start, Stop(steps), seed).blocks())
    columns = [[value for block in blocks for value in block.parameters[i]] for i in range(len(start))]
    return list(zip(*columns, strict=True)), [batch for block in blocks for batch in block.batch or []]


def setup_of(case):
    """The catalog's optimizer with the values of a case."""
    optimizer = OPTIMIZERS[case["optimizer"]]
    assert set(case["values"]) == set(optimizer.params) - {"learning_rate"}
    schedule = dict(case["schedule"] or {"name": "constant"})
    return Setup.of(
        case["optimizer"],
        case["form"],
        learning_rate=case["learning_rate"],
        **case["values"],
        batch_size=None,
        schedule=SCHEDULES[schedule.pop("name")],
        schedule_values=schedule,
    )


def close(values):
    """A relative 1e-9; below 1e-6 in size, of 1e-6."""
    return pytest.approx(values, rel=1e-9, abs=1e-15)


@pytest.mark.parametrize("case", CASES, ids=label)
def test_the_path_is_the_librarys(case):
    path, _ = rows(problem_of(case["problem"]), setup_of(case), case["start"], 200)
    assert len(path) == 201
    for step, expected in case["rows"].items():
        assert path[int(step)] == close(tuple(expected)), f"step {step}"


@pytest.mark.parametrize(("name", "form"), FORMS)
def test_every_form_has_a_case(name, form):
    assert (name, form) in HELD, "add cases to a golden/with_....py, or two steps to optimizers/test_by_hand.py"


@pytest.mark.parametrize("case", SAMPLED, ids=lambda case: f"{case['sampling']}-{case['seed']}")
def test_batches_and_noise_come_from_the_seed_as_documented(case):
    setup = Setup.of(
        case["optimizer"],
        learning_rate=case["learning_rate"],
        batch_size=case["batch_size"],
        sampling=case["sampling"],
        noise=case["noise"],
    )
    path, batches = rows(dataset_problem("shoe_size", "ssr"), setup, case["start"], 200, case["seed"])
    assert [sorted(batch) for batch in batches[:30]] == [sorted(batch) for batch in case["batches"]]
    for step, expected in case["rows"].items():
        assert path[int(step)] == close(tuple(expected)), f"step {step}"
