"""Networks against PyTorch in float64: the loss and gradient at the start, over a batch, and the paths of optimizers."""

import json
from pathlib import Path

import numpy as np
import pytest

import fallline
from fallline.descent import Run, Setup, Stop
from fallline.problems.network import Network
from fallline.problems.network_datasets import network_problem
from fallline.problems.network_functions import ACTIVATIONS, NETWORK_LOSSES
from fallline.problems.problem import Problem

GOLDEN = json.loads(Path(__file__).with_name("torch_network.json").read_text())
CASES = GOLDEN["cases"]


def label(case):
    """What a test of a case is called."""
    return "-".join([case["data"], *map(str, case["hidden"]), case["activation"], case["loss"]])


def network(case):
    """The network of a case on the golden's own data."""
    inputs, targets = (np.array(part, dtype=float) for part in GOLDEN["data"][case["data"]])
    functions = ACTIVATIONS[case["activation"]], NETWORK_LOSSES[case["loss"]]
    return Network(inputs, targets, tuple(case["hidden"]), *functions)


def exact(values):
    """A relative 1e-12; of 1e-4 in size and below, as far as the terms of a sum of that size are rounded."""
    return pytest.approx(np.array(values), rel=1e-12, abs=1e-16)


every_case = pytest.mark.parametrize("case", CASES, ids=label)


@every_case
def test_loss_and_gradient_are_pytorchs(case):
    found, start = network(case), np.array(case["start"])
    loss, gradient = found.value_and_gradient(start)
    assert loss == exact(case["whole"]["loss"])
    assert found.value(start) == exact(case["whole"]["loss"])
    assert gradient == exact(case["whole"]["gradient"])
    assert found.batch_gradient(start, case["batch"]["indices"]) == exact(case["batch"]["gradient"])


@every_case
def test_given_as_points_of_a_spec_the_samples_are_learned_alike(case):
    inputs, targets = GOLDEN["data"][case["data"]]
    points = [[*row, target] for row, target in zip(inputs, targets, strict=True)]
    network = {"points": points, **{name: case[name] for name in ("hidden", "activation", "loss")}}
    optimizers = [{"name": "gd", "learning_rate": 0.1}]
    stop = {"max_steps": 1}
    found = fallline.run(
        {"problem": {"network": network}, "start": case["start"], "optimizers": optimizers, "stop": stop}
    ).runs[0]
    assert found.loss[0] == exact(case["whole"]["loss"])
    assert [column[0] for column in found.gradient.values()] == exact(case["whole"]["gradient"])


@every_case
def test_the_start_is_drawn_as_documented(case):
    assert network(case).start(case["seed"]) == pytest.approx(tuple(case["start"]), rel=1e-15)


@every_case
def test_the_paths_are_pytorchs(case):
    start = tuple(case["start"])
    problem = Problem("network", network(case), ((-1, 1),) * len(start), start)
    for run in case["runs"]:
        given = {"learning_rate": run["learning_rate"], "batch_size": None, **run["values"]}
        setup = Setup.of(run["optimizer"], run["form"], **given)
        path = Run(problem, setup, stop=Stop(200)).whole().parameters
        for t, row in run["rows"].items():
            found = [column[int(t)] for column in path]
            assert found == pytest.approx(row, rel=1e-9, abs=1e-15), f"{run['optimizer']}, row {t}"


def test_few_runs_were_dropped():
    assert len(CASES) == 10
    assert sum(len(case["runs"]) for case in CASES) >= 45


def test_the_homes_of_the_catalog_are_those_of_the_golden():
    inputs, targets = GOLDEN["data"]["homes"]
    objective = network_problem("house_prices").objective
    assert objective.inputs == exact(inputs)
    assert objective.targets == exact(targets)
