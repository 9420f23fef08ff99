"""Lanes end where single runs end."""

import numpy as np
import pytest

from app.descent import Phase, RuleMethod, Run, Setup, Stop
from app.descent.sweep import lanes_together, sweep
from app.formulas import parse_rule
from app.optimizers import OPTIMIZERS
from app.problems.line_fit import dataset_problem
from app.problems.network_datasets import network_problem
from app.problems.problem import expression_problem, surface_problem
from app.schedules import SCHEDULES
from tests.descent.runs import finished

RATES = [10 ** (-5 + 6 * i / 36) for i in range(37)]
HIMMELBLAU = surface_problem("himmelblau")
CARS = dataset_problem("stopping_distance", "mse", True)


def lanes(run, over, values):
    """The finished sweep of a run over one hyperparameter."""
    return finished(sweep(run, [Phase(0, run.setup.with_value(over, np.array(values)))], values))


def single(problem, made, start, stop, seed):
    """Loss, steps and reason of one run."""
    run = Run(problem, made, start, stop, seed)
    whole = run.whole()
    end = whole.end
    return (None if end.reason == "diverged" else whole.loss[-1]), end.n_steps, end.reason


def near(one, other, within):
    """The same, or both None."""
    return one is other if one is None or other is None else one == pytest.approx(other, rel=within, abs=1e-20)


@pytest.mark.parametrize("name", OPTIMIZERS)
@pytest.mark.parametrize("stop", [Stop(60), Stop(200, 1e-3), Stop(200, 1e-4, 20.0)], ids=["steps", "small", "target"])
def test_each_rate_ends_where_its_own_run_ends(name, stop):
    found = lanes(Run(HIMMELBLAU, Setup.of(name), (1, 5), stop), "learning_rate", RATES)
    for rate, loss, n_steps, reason in zip(found.values, found.loss, found.n_steps, found.stop_reason, strict=True):
        expected = single(HIMMELBLAU, Setup.of(name, learning_rate=rate), (1, 5), stop, 0)
        jittered = single(HIMMELBLAU, Setup.of(name, learning_rate=rate), (1 + 1e-13, 5), stop, 0)
        if jittered[1:] == expected[1:] and near(jittered[0], expected[0], 1e-9):
            assert (n_steps, reason) == expected[1:]
            assert near(loss, expected[0], 1e-7)


@pytest.mark.parametrize(
    "extra",
    [
        {}, {"batch_size": 7}, {"batch_size": 7, "sampling": "replacement", "noise": 0.1},
        {"schedule": SCHEDULES["cosine"], "schedule_values": {"steps": 50, "floor": 0}, "batch_size": 1},
    ],
    ids=["all", "shuffle", "replacement and noise", "schedule"],
)  # fmt: skip
def test_on_data_the_lanes_see_the_batches_and_the_noise_of_a_single_run(extra):
    stop = Stop(120, 2e-3)
    found = lanes(Run(CARS, Setup.of("momentum", **extra), None, stop, 4), "learning_rate", RATES)
    for i, rate in enumerate(RATES):
        expected = single(CARS, Setup.of("momentum", learning_rate=rate, **extra), None, stop, 4)
        assert (found.n_steps[i], found.stop_reason[i]) == expected[1:]
        assert found.loss[i] == pytest.approx(expected[0], rel=1e-8)


def test_any_hyperparameter_can_be_swept():
    betas = [0.0, 0.5, 0.9, 0.99]
    found = lanes(Run(HIMMELBLAU, Setup.of("heavy_ball", learning_rate=0.0015), (1, 5), Stop(300, 1e-4)), "beta", betas)
    expected = [
        single(HIMMELBLAU, Setup.of("heavy_ball", learning_rate=0.0015, beta=b), (1, 5), Stop(300, 1e-4), 0) for b in betas
    ]
    assert found.n_steps == [e[1] for e in expected]


def test_a_curve_and_a_rule_of_ones_own():
    made = Setup(RuleMethod(parse_rule("m = k*m + g\nw = w - lr*m"), {"k": 0.3}), 0.1)
    found = lanes(Run(expression_problem("x**2"), made, (1.0,), Stop(50)), "k", [0.0, 0.3])
    assert found.loss[0] == pytest.approx(0.8**100)


def test_ends_before_the_first_step():
    assert lanes(Run(HIMMELBLAU, Setup.of("gd"), (3, 2), Stop(9, None, 0.0)), "learning_rate", [1.0]).stop_reason == [
        "target_loss"
    ]
    assert lanes(Run(HIMMELBLAU, Setup.of("gd"), (3, 3), Stop(0)), "learning_rate", [1.0]).stop_reason == ["max_steps"]


def test_the_edge_of_stability_of_the_deck():
    """2/L = 0.1947036 for the deck's points (eigenvalue 10.27203): below it descent arrives, above it runs away."""
    run = Run(dataset_problem("shoe_size", "ssr"), Setup.of("gd"), stop=Stop(100_000))
    found = lanes(run, "learning_rate", [0.19, 0.1947, 0.1948, 0.2])
    assert found.stop_reason == ["max_steps", "max_steps", "max_steps", "diverged"]
    assert found.loss[1] < 0.0605
    assert found.loss[2] > 10


def test_lanes_of_a_network_that_are_too_many_for_one_step_together_end_where_their_runs_end():
    moons = network_problem("two_moons", (8, 8, 8))
    stop = Stop(12, target_loss=0.4)
    rates = [10 ** (-3 + 3 * i / 99) for i in range(100)]
    assert lanes_together(Run(moons, Setup.of("adam"), stop=stop), 100) < 100
    found = lanes(Run(moons, Setup.of("adam", batch_size=20), moons.start_for(0), stop, 3), "learning_rate", rates)
    assert {"max_steps", "target_loss"} == set(found.stop_reason)
    for i in (0, 50, 99):
        expected = single(moons, Setup.of("adam", batch_size=20, learning_rate=rates[i]), moons.start_for(0), stop, 3)
        assert (found.n_steps[i], found.stop_reason[i]) == expected[1:]
        assert found.loss[i] == pytest.approx(expected[0], rel=1e-9)
