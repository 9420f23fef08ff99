"""A program of a run that changes its values, or its optimizer, on the way."""

from dataclasses import replace

import pytest

from fallline.descent import Phase, RuleMethod, Run, Setup, Stop
from fallline.formulas import parse_rule
from fallline.problems.line_fit import dataset_problem
from fallline.problems.network_datasets import network_problem
from fallline.problems.problem import expression_problem, surface_problem
from fallline.schedules import SCHEDULES
from tests.programs.running import IN_BOTH, check, ended, printed, same, text

SURFACE = surface_problem("himmelblau")
DATA = dataset_problem("shoe_size", "huber")


def joined(problem, first, second, after, stop):
    """The end of two runs, each begun afresh, the second where the first ended."""
    _, middle = ended(Run(problem, first, None, Stop(after)))
    return ended(Run(problem, second, tuple(middle.values()), Stop(stop.max_steps - after, stop.min_step_size)))


@IN_BOTH
def test_a_new_optimizer_begins_afresh(program):
    cosine = {"schedule": SCHEDULES["cosine"], "schedule_values": {"steps": 50.0, "floor": 0.1}}
    first, second = Setup.of("gd", learning_rate=0.002), Setup.of("adam", learning_rate=0.05, **cosine)
    source = text(program, Run(SURFACE, first, None, Stop(70), changes=[Phase(30, second)]))
    assert same(("", printed(source)[1]), ("", joined(SURFACE, first, second, 30, Stop(70))[1]))
    assert "    if t == 31:" in source.split("\n")


@IN_BOTH
def test_where_only_values_change_the_states_are_kept(program):
    """By hand: heavy ball on x**2 (gradient 2x) from x = 1, rate 0.1, beta 0.5 for two steps, then 0.2 and 0.25.

    m: 2, 2.6, 1.73, 0.8205; x: 0.8, 0.54, 0.194, 0.0299.
    """
    rule = parse_rule("m = beta*m + g\nw = w - lr*m")
    slow, quick = Setup(RuleMethod(rule, {"beta": 0.5}), 0.1), Setup(RuleMethod(rule, {"beta": 0.25}), 0.2)
    run = Run(expression_problem("x**2"), slow, (1.0,), Stop(4), changes=[Phase(2, quick, 0)])
    source = text(program, run)
    assert printed(source)[1]["x"] == pytest.approx(0.0299)
    assert source.count("def step") == 1
    assert "    if t == 3:\n        learning_rate = 0.2\n        beta = 0.25\n" in source


@IN_BOTH
def test_a_phase_that_changes_nothing_makes_no_difference(program):
    made = Setup.of("momentum", learning_rate=0.01, batch_size=2, noise=0.1)
    run = Run(DATA, made, None, Stop(40, 1e-9), 7, [Phase(15, made, 0)])
    assert same(printed(text(program, run)), ended(Run(DATA, made, None, run.stop, 7)))


@IN_BOTH
def test_batches_noise_and_the_optimizer_may_change_on_the_way(program):
    drawn = Setup.of("gd", learning_rate=0.01, batch_size=2, noise=0.1)
    replaced = Setup.of("adam", learning_rate=0.01, batch_size=1, sampling="replacement")
    changes = [Phase(10, replaced), Phase(20, Setup.of("gd", learning_rate=0.01)), Phase(30, drawn)]
    check(Run(DATA, drawn, None, Stop(40, 1e-9), 7, changes), program)


@IN_BOTH
def test_small_steps_are_counted_anew_from_a_change(program):
    """Of three points, one at a step: every step is small, so the run ends with the third after the change."""
    made = Setup.of("gd", learning_rate=0.01, batch_size=1)
    run = Run(DATA, made, None, Stop(400, 0.05), 7, [Phase(2, made, 0)])
    assert ended(run)[0].startswith("stopped at step 5: ")
    check(run, program)


@IN_BOTH
@pytest.mark.parametrize("problem", [DATA, network_problem("xor")], ids=["line", "network"])
@pytest.mark.parametrize(
    "first",
    [{"batch_size": 1}, {"batch_size": 2, "sampling": "replacement"}, {}],
    ids=["shuffle", "replacement", "all_that_are_there"],
)
def test_points_that_come_later_join_in(program, problem, first):
    made = Setup.of("momentum", learning_rate=0.05, first_points=2, **first)
    changes = [Phase(7, replace(made, first_points=3), 0), Phase(17, replace(made, first_points=None), 0)]
    source = check(Run(problem, made, None, Stop(40, 1e-9), 7, changes), program)
    assert "    if t == 8:\n        first_points = 3\n" in source
    assert ("Random" in source) == bool(first)


@IN_BOTH
def test_other_points_may_come_while_all_of_them_are_seen(program):
    """An epoch goes on, or begins, by how many there were when points were last drawn in turn."""
    made, replaced = (
        Setup.of("gd", learning_rate=0.01, batch_size=1, sampling=each) for each in ("shuffle", "replacement")
    )
    values = [replace(made, first_points=2), replace(replaced, first_points=3), replace(made, first_points=2)]
    changes = [Phase(9 * k, each, 0) for k, each in enumerate(values) if k]
    check(Run(DATA, values[0], None, Stop(40), 7, changes), program)
