"""The loop and the driver give the same rows, and the driver carries methods that are no rule."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as some

from fallline.descent import MethodError, Phase, RuleMethod, Run, Setup, Stop, loop
from fallline.descent.lanes import sweep
from fallline.descent.replay import replayed_step
from fallline.descent.rows import join_blocks
from fallline.formulas import parse_rule
from fallline.problems.line_fit import dataset_problem
from fallline.problems.problem import expression_problem, surface_problem
from fallline.programs import PROGRAMS
from fallline.schedules import SCHEDULES
from tests.descent.methods import Backtracking
from tests.descent.runs import FORMS, OnArrays, finished

PROBLEMS = {
    "himmelblau": surface_problem("himmelblau"), "rosenbrock": surface_problem("rosenbrock"),
    "curve": expression_problem("x**4/4 - x**2"), "shoes": dataset_problem("shoe_size", "ssr"),
    "cars": dataset_problem("stopping_distance", "huber", True), "many": dataset_problem("noisy_line", "mse", True),
}  # fmt: skip
STEPS = 60


def same(one, other, within=1e-9):
    """Whether two blocks hold the same rows, to rounding."""
    if (one.end, one.batch) != (other.end, other.batch):
        return False
    columns = [[*b.parameters, b.loss, *b.gradient, b.learning_rate, b.step_size] for b in (one, other)]
    return all(a == pytest.approx(b, rel=within, abs=1e-12) for a, b in zip(*columns, strict=True))


@some.composite
def runs(draw):
    """Any optimizer and form on any kind of problem, with any schedule, batch and noise."""
    problem = PROBLEMS[draw(some.sampled_from(sorted(PROBLEMS)))]
    name, form = draw(some.sampled_from(FORMS))
    schedule = SCHEDULES[draw(some.sampled_from(sorted(SCHEDULES)))]
    extra = {"schedule": schedule, "schedule_values": {key: each.default for key, each in schedule.params.items()}}
    if problem.objective.n_points is not None and draw(some.booleans()):
        extra |= {
            "batch_size": draw(some.integers(1, 3)),
            "sampling": draw(some.sampled_from(["shuffle", "replacement"])),
        }
    if problem.objective.n_points is not None:
        extra["first_points"] = draw(some.sampled_from([None, 3]))
    if draw(some.booleans()):
        extra["noise"] = draw(some.sampled_from([0.01, 0.5]))
    rate = draw(some.sampled_from([1e-3, 0.02, 0.3, 5.0]))
    stop = Stop(
        STEPS,
        draw(some.sampled_from([None, 1e-3, 0.05])),
        draw(some.sampled_from([None, 0.5])),
        draw(some.sampled_from(["step_and_gradient", "step"])),
    )
    return problem, Setup.of(name, form, learning_rate=rate, **extra), stop, draw(some.integers(0, 3))


@pytest.mark.slow
@given(runs())
@settings(max_examples=100, derandomize=True, deadline=None)
def test_the_loop_gives_the_rows_of_the_driver(given_run):
    problem, made, stop, seed = given_run
    start = tuple(value + 0.25 for value in problem.start)
    whole = Run(problem, made, start, stop, seed).whole()
    # a run that a change in the last digits moves is chaotic: no two ways to add up agree on it
    beside = Run(problem, made, tuple(value * (1 + 1e-13) for value in start), stop, seed).whole()
    assume(same(whole, beside))
    assert same(whole, OnArrays(problem, made, start, stop, seed).whole(), 1e-7)


@pytest.mark.parametrize(("name", "form"), FORMS)
def test_every_rule_is_the_same_on_floats_and_on_arrays(name, form):
    given_run = PROBLEMS["himmelblau"], Setup.of(name, form, learning_rate=0.01), (1, 5), Stop(STEPS, 1e-4)
    assert same(Run(*given_run).whole(), OnArrays(*given_run).whole())


@pytest.mark.parametrize("most_rows", [1, 7, 64])
def test_blocks_of_the_driver_join_to_the_same_run(most_rows):
    made = Setup.of("adam", learning_rate=0.05, batch_size=7)
    run = OnArrays(PROBLEMS["cars"], made, None, Stop(100, 1e-3), 3)
    blocks = list(run.blocks([most_rows] * 101))
    both, whole = join_blocks(blocks), run.whole()
    assert both.parameters.tolist() == whole.parameters.tolist()
    assert (both.batch, both.end) == (whole.batch, whole.end)


@pytest.mark.parametrize(
    ("text", "start", "name", "values"),
    [
        ("x**4", 0.0, "adam", {"eps": 0.0}), ("log(x)", 1.5, "gd", {"learning_rate": 3.0}),
        ("1e200*x", 1e-150, "adam", {}), ("x**2", 1.0, "gd", {"learning_rate": 1e120}),
        ("x**2", 1.0, "gd", {"learning_rate": 1.05}),
    ],
)  # fmt: skip
def test_both_diverge_at_the_same_step_and_say_the_same(text, start, name, values):
    given_run = expression_problem(text), Setup.of(name, **values), (start,), Stop(3000)
    end = Run(*given_run).whole().end
    assert end == OnArrays(*given_run).whole().end
    assert end.reason == "diverged"


def test_the_example_of_the_loop_is_what_is_written(monkeypatch):
    """But for the depth of its indents."""
    objective, setup = expression_problem("x**2").objective, Setup.of("gd")
    monkeypatch.setattr(loop, "compiled", lambda source, *_: source)
    rule, constants = setup.rule_method.rule, tuple(setup.constants)
    source = loop._loop.__wrapped__(objective, rule, setup.schedule.rule, constants, False)
    written = "\n".join(line.strip() for line in source)
    assert written in "\n".join(line.strip() for line in loop._loop.__doc__.splitlines())


@pytest.mark.parametrize("divisor", ["lr - 0.1", "learning_rate - 0.1", "k - 0.1"])
def test_a_value_by_which_arrays_divide_may_be_0(divisor):
    """Of Python's numbers a quotient by 0 raises; w - 0.1*g/inf stays where it is."""
    rule = RuleMethod(parse_rule(f"far = 1/({divisor})\nw = w - lr*g/far + 0*k"), {"k": 0.1})
    for run_of in (Run, OnArrays):
        rows = run_of(expression_problem("x**2"), Setup(rule, 0.1), (1.0,), Stop(2)).whole()
        assert rows.parameters.tolist() == [[1, 1, 1]]


# methods that are no rule


def test_newton_reaches_the_minimum_of_a_quadratic_in_one_step():
    bowl = surface_problem("bowl")
    rows = Run(bowl, Setup.of("newton"), (-2.5, 2.0), Stop(1)).whole()
    assert [column[1] for column in rows.parameters] == pytest.approx([0, 0], abs=1e-12)


def test_newton_goes_from_row_to_row_on_a_surface_and_stops_by_the_same_rules():
    """From (3.5, 2.5) of Himmelblau to (3, 2), whose loss is 0: at the end the number of right digits doubles."""
    problem = surface_problem("himmelblau")
    stop = Stop(50, 1e-9, small="step")
    rows = Run(problem, Setup.of("newton"), (3.5, 2.5), stop).whole()
    assert [column[-1] for column in rows.parameters] == pytest.approx([3, 2], abs=1e-12)
    assert rows.end.reason == "min_step_size"
    distances = [math.hypot(x - 3, y - 2) for x, y in zip(*rows.parameters, strict=True)]
    assert distances[3] < distances[2] ** 1.8


def test_another_optimizer_may_take_over_from_a_method():
    bowl = surface_problem("bowl")
    adam = Phase(2, Setup.of("adam", learning_rate=0.1))
    search = Setup(Backtracking(), 1.0)
    rows = Run(bowl, search, (1.0, 1.0), Stop(4), 0, [adam]).whole()
    assert rows.learning_rate.tolist() == [1.0, 1.0, 0.1, 0.1]


def test_a_method_may_take_over_from_another_optimizer():
    bowl = surface_problem("bowl")
    newton = Phase(2, Setup.of("newton"))
    run = Run(bowl, Setup.of("gd", learning_rate=0.01), (1.0, 1.0), Stop(3), changes=[newton])
    x, y = run.whole().parameters
    assert x == pytest.approx([1, 0.98, 0.98**2, 0], abs=1e-12)
    assert y == pytest.approx([1, 0.96, 0.96**2, 0], abs=1e-12)
    step = finished(replayed_step(run, 3))
    assert (step.w_before, step.w_after) == ((x[2], y[2]), (x[3], y[3]))
    assert run.rows_a_block(1000) < Run(bowl, Setup.of("gd")).rows_a_block(1000), "arrays take longer than the loop"


@pytest.mark.parametrize("begins", [0, 1])
def test_what_is_made_of_the_lines_of_a_rule_is_refused_where_there_are_none(begins):
    bowl = surface_problem("bowl")
    newton = Phase(begins, Setup.of("newton"))
    run = Run(bowl, Setup.of("gd"), None, Stop(3), changes=[newton])
    said = "Newton has no lines of a rule"
    for program in PROGRAMS.values():
        with pytest.raises(MethodError, match=said):
            program(run, "")


def test_a_sweep_of_a_method_ends_where_its_runs_end():
    """Newton's own step does not depend on the rate, so only the stop rule, which compares lr*|gradient|, does."""
    problem, rates, stop = surface_problem("himmelblau"), [1e-6, 1e-3, 10.0], Stop(50, 1e-6)
    run = Run(problem, Setup.of("newton"), (3.5, 2.5), stop)
    own = replace(run.setup, learning_rate=np.array(rates))
    found = finished(sweep(run, [Phase(0, own)], len(rates)))
    for rate, loss, n_steps in zip(rates, found.loss, found.n_steps, strict=True):
        single = Run(problem, replace(run.setup, learning_rate=rate), (3.5, 2.5), stop).whole()
        assert (n_steps, loss) == (single.end.n_steps, pytest.approx(single.loss[-1], abs=1e-20))


def test_a_sweep_of_a_method_that_takes_one_point_steps_one_lane_after_the_other():
    problem, rates = surface_problem("bowl"), [1e-3, 0.4, 3.0]
    run = Run(problem, Setup(Backtracking(), 0.01), None, Stop(9))
    found = finished(sweep(run, [Phase(0, replace(run.setup, learning_rate=np.array(rates)))], len(rates)))
    for rate, loss, end in zip(rates, found.loss, found.parameters.T, strict=True):
        single = Run(problem, Setup(Backtracking(), rate), None, Stop(9)).whole()
        assert (loss, *end) == (single.loss[-1], *single.parameters[:, -1])


def test_the_states_of_a_method_are_kept():
    """Of x**2 + 2*y**2 from (1, 0) at rate 1: a half arrives, so one try too many in the first step."""
    bowl = surface_problem("bowl")
    run = Run(bowl, Setup(Backtracking(), 1.0), (1.0, 0.0), Stop(1))
    rows = run.whole()
    assert rows.parameters[:, 1] == pytest.approx([0, 0])
    assert rows.states["tries"][:, 1].tolist() == [1, 1]
