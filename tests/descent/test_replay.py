"""A step taken out of a run is the step of the run, to the last bit."""

from itertools import chain

import pytest

from fallline.descent import Run, Setup, Stop
from fallline.descent.replay import PastTheEndError, replayed_step
from fallline.problems.line_fit import dataset_problem, line_fit_problem
from fallline.problems.problem import surface_problem
from fallline.schedules import SCHEDULES
from tests.descent.runs import METHODS, OnArrays, columns, finished

DECK = dataset_problem("shoe_size", "ssr")
MANY = line_fit_problem(tuple((i / 10, i % 7) for i in range(120)), "huber")
SURFACE = surface_problem("rosenbrock")


def pauses(work):
    """How often a generator pauses."""
    return sum(1 for _ in work)


@pytest.mark.parametrize("name", ["gd", "heavy_ball", "adam", "nadam", "rprop"])
@pytest.mark.parametrize(
    ("problem", "extra"),
    [
        (SURFACE, {}),
        (SURFACE, {"noise": 0.3}),
        (DECK, {"batch_size": 2, "noise": 0.1, "schedule": SCHEDULES["exponential"], "schedule_values": {"decay": 0.99}}),
        (DECK, {"batch_size": 2, "sampling": "replacement", "noise": 0.1}),
        (MANY, {"batch_size": 50}),
    ],
    ids=["surface", "noise", "shuffle", "replacement", "many points"],
)  # fmt: skip
@pytest.mark.parametrize("run_of", [Run, OnArrays], ids=["floats", "arrays"])
def test_every_part_of_a_step_is_that_of_the_run(name, problem, extra, run_of):
    run = run_of(problem, Setup.of(name, learning_rate=1e-3, **extra), None, Stop(40), 7)
    parameters, gradient, states = (columns(run, field) for field in ("parameters", "gradient", "states"))
    batches = run.whole().batch
    for t in (1, 2, 3, 17, 40):
        step = finished(replayed_step(run, t, rows=5))
        assert step.w_before == tuple(column[t - 1] for column in parameters)
        assert step.w_after == tuple(column[t] for column in parameters)
        assert step.gradient == tuple(column[t - 1] for column in gradient)
        assert tuple(chain(*step.states.values())) == tuple(column[t - 1] for column in states)
        assert step.batch == (None if batches is None else batches[t - 1])


@pytest.mark.parametrize("name", METHODS)
def test_a_step_of_a_method_that_is_no_rule_is_that_of_the_run(name):
    run = Run(SURFACE, Setup.of(name, learning_rate=1e-3), None, Stop(9))
    whole = run.whole()
    for t in range(1, whole.end.n_steps + 1):
        step = finished(replayed_step(run, t, rows=2))
        assert step.w_before == tuple(whole.parameters[:, t - 1])
        assert step.w_after == tuple(whole.parameters[:, t])
        assert step.states == {state: tuple(values[:, t - 1]) for state, values in whole.states.items()}


def test_blocks_hold_the_states():
    run = Run(SURFACE, Setup.of("nadam", learning_rate=0.02), None, Stop(300))
    blocks = list(run.blocks([1, 7]))
    assert all(state.shape == (2, len(block)) for block in blocks for state in block.states.values())
    start = {state: values[:, 0].tolist() for state, values in blocks[0].states.items()}
    assert start == {"mu_product": [1, 1], "m": [0, 0], "v": [0, 0]}, "the product of momenta starts at 1"


def test_the_last_step_is_there_and_the_next_is_not():
    run = Run(DECK, Setup.of("gd", learning_rate=0.01), None, Stop(1000, 0.001))
    step = finished(replayed_step(run, 81))
    assert step.t == 81
    with pytest.raises(PastTheEndError, match="no step 82: the run stopped after 81 steps"):
        finished(replayed_step(run, 82))


@pytest.mark.parametrize("t", [2, 50, 5000])
def test_a_run_that_diverged_has_no_step_beyond_its_last_finite_row(t):
    run = Run(SURFACE, Setup.of("gd", learning_rate=1.0), None, Stop(1000))
    end = run.whole().end
    assert end.reason == "diverged"
    last = end.n_steps
    assert finished(replayed_step(run, last)).t == last
    with pytest.raises(PastTheEndError) as caught:
        finished(replayed_step(run, last + t))
    assert caught.value.end.n_steps == last


def test_a_run_that_never_set_off_has_no_step():
    with pytest.raises(PastTheEndError, match="at or below"):
        finished(replayed_step(Run(SURFACE, Setup.of("gd"), (1, 1), Stop(9, None, 0.0)), 1))


def test_it_pauses_often_on_the_way_and_after_the_step():
    assert pauses(replayed_step(Run(SURFACE, Setup.of("adam"), None, Stop(1000)), 1000, rows=100)) == 1 + 10 + 1
