"""Lanes end where single runs end, in a sweep and in a map of starts."""

from itertools import cycle

import numpy as np
import pytest

from fallline.descent import Phase, RuleMethod, Run, Setup, StartError, Stop
from fallline.descent.lanes import Aim, ends_of_starts, lanes_together, sweep
from fallline.formulas import parse_rule
from fallline.problems.line_fit import dataset_problem
from fallline.problems.network_datasets import network_problem
from fallline.problems.problem import expression_problem, surface_problem
from fallline.schedules import SCHEDULES
from tests.descent.runs import RULES, finished

RATES = [10 ** (-5 + 6 * i / 36) for i in range(37)]
HIMMELBLAU = surface_problem("himmelblau")
CARS = dataset_problem("stopping_distance", "mse", True)


def lanes(run, over, values):
    """The finished sweep of a run over one hyperparameter."""
    return finished(sweep(run, [Phase(0, run.setup.with_value(over, np.array(values)))], len(values)))


def single(problem, made, start, stop, seed):
    """Loss, nan where it diverged, steps and reason of one run."""
    run = Run(problem, made, start, stop, seed)
    whole = run.whole()
    end = whole.end
    return (np.nan if end.reason == "diverged" else whole.loss[-1]), end.n_steps, end.reason


def near(one, other, within):
    """The same, or both nan."""
    return one == pytest.approx(other, rel=within, abs=1e-20, nan_ok=True)


@pytest.mark.parametrize(
    ("name", "stop"),
    list(
        zip(
            [*RULES, "newton", "bfgs", "nelder_mead"],
            cycle([Stop(60), Stop(200, 1e-3), Stop(200, 1e-4, 20.0)]),
            strict=False,
        )
    ),
)
def test_each_rate_ends_where_its_own_run_ends(name, stop):
    found = lanes(Run(HIMMELBLAU, Setup.of(name), (1, 5), stop), "learning_rate", RATES)
    for rate, loss, n_steps, reason in zip(RATES, found.loss, found.n_steps, found.reasons, strict=True):
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
        assert (found.n_steps[i], found.reasons[i]) == expected[1:]
        assert found.loss[i] == pytest.approx(expected[0], rel=1e-8)


def test_any_hyperparameter_can_be_swept():
    betas = [0.0, 0.5, 0.9, 0.99]
    found = lanes(Run(HIMMELBLAU, Setup.of("heavy_ball", learning_rate=0.0015), (1, 5), Stop(300, 1e-4)), "beta", betas)
    expected = [
        single(HIMMELBLAU, Setup.of("heavy_ball", learning_rate=0.0015, beta=b), (1, 5), Stop(300, 1e-4), 0)
        for b in betas
    ]
    assert found.n_steps.tolist() == [e[1] for e in expected]


def test_a_curve_and_a_rule_of_ones_own():
    made = Setup(RuleMethod(parse_rule("m = k*m + g\nw = w - lr*m"), {"k": 0.3}), 0.1)
    found = lanes(Run(expression_problem("x**2"), made, (1.0,), Stop(50)), "k", [0.0, 0.3])
    assert found.loss[0] == pytest.approx(0.8**100)


def test_ends_before_the_first_step():
    assert lanes(Run(HIMMELBLAU, Setup.of("gd"), (3, 2), Stop(9, None, 0.0)), "learning_rate", [1.0]).reasons == [
        "target_loss"
    ]
    assert lanes(Run(HIMMELBLAU, Setup.of("gd"), (3, 3), Stop(0)), "learning_rate", [1.0]).reasons == ["max_steps"]


def test_lanes_of_a_network_that_are_too_many_for_one_step_together_end_where_their_runs_end():
    moons = network_problem("two_moons", (8, 8, 8))
    stop = Stop(12, target_loss=0.4)
    rates = [10 ** (-3 + 3 * i / 99) for i in range(100)]
    assert lanes_together(Run(moons, Setup.of("adam"), stop=stop), 100) < 100
    found = lanes(Run(moons, Setup.of("adam", batch_size=20), moons.start_for(0), stop, 3), "learning_rate", rates)
    assert {"max_steps", "target_loss"} == set(found.reasons)
    for i in (0, 50, 99):
        expected = single(moons, Setup.of("adam", batch_size=20, learning_rate=rates[i]), moons.start_for(0), stop, 3)
        assert (found.n_steps[i], found.reasons[i]) == expected[1:]
        assert found.loss[i] == pytest.approx(expected[0], rel=1e-9)


# a map of starts


def grid(problem, count=7):
    """Starts all over the map of a problem, (n, lanes)."""
    axes = [np.linspace(low, high, count) for low, high in problem.domain]
    return np.stack([axis.ravel() for axis in np.meshgrid(*axes)])


@pytest.mark.parametrize(
    ("problem", "name", "values", "stop"),
    [
        (HIMMELBLAU, "gd", {"learning_rate": 0.01}, Stop(200, 1e-4)),
        (HIMMELBLAU, "momentum", {"learning_rate": 0.01}, Stop(80, 1e-3, 0.5)),
        (CARS, "adam", {"learning_rate": 0.1, "batch_size": 7, "noise": 0.01}, Stop(60)),
        (expression_problem("x**4 - x**2"), "gd", {"learning_rate": 0.05}, Stop(100, 1e-5)),
        (expression_problem("log(x) + y**2"), "gd", {"learning_rate": 0.1}, Stop(40)),
        (expression_problem("log(x) + y**2"), "conjugate_gradient", {"learning_rate": 0.1}, Stop(40)),
    ],
    ids=["to four minima", "a target", "batches and noise", "one parameter", "no loss left of 0", "one by one"],
)
def test_each_start_ends_where_its_own_run_ends(problem, name, values, stop):
    made, starts = Setup.of(name, **values), grid(problem)
    found = finished(ends_of_starts(Run(problem, made, (1.0,) * len(starts), stop, 5), starts))
    reasons = set()
    for lane, start in enumerate(starts.T):
        loss, n_steps, reason = found.loss[lane], found.n_steps[lane], found.reasons[lane]
        try:
            whole = Run(problem, made, start, stop, 5).whole()
        except StartError:
            assert np.isnan(loss)
            assert (n_steps, reason) == (0, "diverged")
            continue
        reasons.add(reason)
        assert (n_steps, reason) == (whole.end.n_steps, whole.end.reason)
        if reason == "diverged":
            assert np.isnan([loss, *found.parameters[:, lane]]).all()
        else:
            assert loss == pytest.approx(whole.loss[-1], rel=1e-7, abs=1e-20)
            assert found.parameters[:, lane] == pytest.approx(whole.parameters[:, -1], rel=1e-7, abs=1e-9)
    assert reasons, "some start can be run from"


def test_a_map_of_starts_goes_through_the_phases_of_its_run():
    changes = [Phase(10, Setup.of("adam", learning_rate=0.1))]
    run = Run(HIMMELBLAU, Setup.of("gd", learning_rate=0.001), (1, 5), Stop(30), changes=changes)
    found = finished(ends_of_starts(run, np.array([[1.0, -2.0], [5.0, 1.0]])))
    for lane, start in enumerate([(1, 5), (-2, 1)]):
        whole = Run(HIMMELBLAU, Setup.of("gd", learning_rate=0.001), start, Stop(30), changes=changes).whole()
        assert found.parameters[:, lane] == pytest.approx(whole.parameters[:, -1])


def test_a_map_that_is_too_large_for_one_step_together_is_the_same():
    run, starts = Run(HIMMELBLAU, Setup.of("gd", learning_rate=0.01), (1, 5), Stop(20)), grid(HIMMELBLAU, 400)
    assert lanes_together(run, 160_000) < 160_000
    found = finished(ends_of_starts(run, starts))
    for lane in (0, 80_123, 159_999):
        whole = Run(HIMMELBLAU, run.setup, starts[:, lane], Stop(20)).whole()
        assert found.loss[lane] == pytest.approx(whole.loss[-1])


def test_a_start_at_a_minimum_takes_no_step_and_each_start_is_a_point():
    run = Run(HIMMELBLAU, Setup.of("gd"), (1, 5), Stop(9, None, 0.0))
    found = finished(ends_of_starts(run, np.array([[3.0, 1.0], [2.0, 1.0]])))
    assert (found.n_steps[0], found.reasons[0]) == (0, "target_loss")
    with pytest.raises(ValueError, match="starts must have 2 rows, one for each of x, y; got 3"):
        finished(ends_of_starts(run, np.ones((3, 4))))


def test_a_lane_that_does_not_stay_at_the_goal_early_enough_is_given_up():
    """Those of the others are the same as without it."""
    run = Run(HIMMELBLAU, Setup.of("heavy_ball"), (1, 5), Stop(400))
    phases = [Phase(0, run.setup.with_value("learning_rate", np.array(RATES)))]
    whole, some = (finished(sweep(run, phases, len(RATES), Aim(0.1, by))) for by in (np.inf, 150))
    stays = np.isfinite(whole.loss) & whole.stays
    in_time = stays & (whole.below_from <= 150)
    assert 0 < in_time.sum() < stays.sum()
    assert (some.below_from == whole.below_from)[in_time].all()
    assert some.loss[in_time] == pytest.approx(whole.loss[in_time], rel=1e-7, abs=1e-20)
    assert np.isnan(some.loss[~in_time]).all()
