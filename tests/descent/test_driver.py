"""The loop and the driver give the same rows, and the driver carries methods that are no rule."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as some

from app.descent import Phase, Row, Run, Stop
from app.descent.draws import Draws
from app.descent.driver import Driver
from app.formulas.calculus import hessian
from app.formulas.functions import array_function
from app.problems.line_fit import dataset_problem
from app.problems.problem import expression_problem, surface_problem
from app.schedules import SCHEDULES
from tests.descent.runs import FORMS, setup

PROBLEMS = {
    "himmelblau": surface_problem("himmelblau"), "rosenbrock": surface_problem("rosenbrock"),
    "curve": expression_problem("x**4/4 - x**2"), "shoes": dataset_problem("shoe_size", "ssr"),
    "cars": dataset_problem("stopping_distance", "huber", True), "many": dataset_problem("noisy_line", "mse", True),
}  # fmt: skip
STEPS = 60


def rows(run):
    """A run as one block."""
    return run.whole()


def driven(run):
    """The same on arrays."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.descent.run.MOST_PARAMETERS", 0)
        assert not run.fused
        return run.whole()


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
    if problem.points is not None and draw(some.booleans()):
        extra |= {"batch_size": draw(some.integers(1, 3)), "sampling": draw(some.sampled_from(["shuffle", "replacement"]))}
    if draw(some.booleans()):
        extra["noise"] = draw(some.sampled_from([0.01, 0.5]))
    rate = draw(some.sampled_from([1e-3, 0.02, 0.3, 5.0]))
    stop = Stop(
        STEPS,
        draw(some.sampled_from([None, 1e-3, 0.05])),
        draw(some.sampled_from([None, 0.5])),
        draw(some.sampled_from(["step_and_gradient", "step"])),
    )
    return problem, setup(name, form, learning_rate=rate, **extra), stop, draw(some.integers(0, 3))


@given(runs())
@settings(max_examples=300, derandomize=True, deadline=None)
def test_the_loop_gives_the_rows_of_the_driver(given_run):
    problem, made, stop, seed = given_run
    start = tuple(value + 0.25 for value in problem.start)
    whole = rows(Run(problem, made, start, stop, seed))
    # a run that a change in the last digits moves is chaotic: no two ways to add up agree on it
    beside = rows(Run(problem, made, tuple(value * (1 + 1e-13) for value in start), stop, seed))
    assume(same(whole, beside))
    assert same(whole, driven(Run(problem, made, start, stop, seed)), 1e-7)


@pytest.mark.parametrize(("name", "form"), FORMS)
def test_every_rule_is_the_same_on_floats_and_on_arrays(name, form):
    run = Run(PROBLEMS["himmelblau"], setup(name, form, learning_rate=0.01), (1, 5), Stop(STEPS, 1e-4))
    assert same(rows(run), driven(run))


@pytest.mark.parametrize("room", [1, 7, 64])
def test_blocks_of_the_driver_join_to_the_same_run(room, monkeypatch):
    monkeypatch.setattr("app.descent.run.MOST_PARAMETERS", 0)
    run = Run(PROBLEMS["cars"], setup("adam", learning_rate=0.05, batch_size=7), None, Stop(100, 1e-3), 3)
    blocks = list(run.blocks([room] * 101))
    joined = blocks[0]
    for block in blocks[1:]:
        joined = joined.followed_by(block)
    whole = run.whole()
    assert (joined.parameters, joined.batch, joined.end) == (whole.parameters, whole.batch, whole.end)


@pytest.mark.parametrize(
    ("text", "start", "name", "values"),
    [
        ("x**4", 0.0, "adam", {"eps": 0.0}), ("log(x)", 1.5, "gd", {"learning_rate": 3.0}),
        ("1e200*x", 1e-150, "adam", {}), ("x**2", 1.0, "gd", {"learning_rate": 1e120}),
        ("x**2", 1.0, "gd", {"learning_rate": 1.05}),
    ],
)  # fmt: skip
def test_both_diverge_at_the_same_step_and_say_the_same(text, start, name, values):
    run = Run(expression_problem(text), setup(name, **values), (start,), Stop(3000))
    assert rows(run).end == driven(run).end
    assert rows(run).end.reason == "diverged"


# methods that are no rule


@dataclass(frozen=True)
class Newton:
    """w - H**-1 g, with the exact Hessian: not element-wise, and without a rate."""

    objective: object

    def init(self, w):  # noqa: ARG002
        return {}

    def step(self, t, w, g, states, lr, evaluate):  # noqa: ARG002
        parts = [part for row in hessian(self.objective.loss, self.objective.parameters) for part in row]
        values = array_function(self.objective.parameters, tuple(parts))(*w)
        return w - np.linalg.solve(np.array(values, dtype=float).reshape(len(w), len(w)), g), states


@dataclass(frozen=True)
class Backtracking:
    """Descent that halves its rate until the loss falls enough (Armijo 1966, with a share of a half): more evaluations."""

    def init(self, w):
        return {"tries": np.zeros_like(w)}

    def step(self, t, w, g, states, lr, evaluate):  # noqa: ARG002
        here, tries = evaluate(w)[0], 0
        while evaluate(w - lr * g)[0] > here - lr * (g @ g) / 2:
            lr, tries = lr / 2, tries + 1
        return w - lr * g, {"tries": states["tries"] + tries}


def taken(method, problem, start, steps):
    """A driver after some steps of a method, and what it took."""
    loss, gradient = problem.objective.value_and_gradient(np.array(start))
    row = Row(0, start, loss, gradient, method.init(np.array(start)), Draws())
    driver = Driver(problem.objective, method, Phase(0, setup("gd", learning_rate=1.0), 0), Stop(steps), row)
    return driver, driver.advance(steps)


def test_newton_reaches_the_minimum_of_a_quadratic_in_one_step():
    bowl = surface_problem("bowl")
    _, found = taken(Newton(bowl.objective), bowl, (-2.5, 2.0), 1)
    assert found.w[0] == pytest.approx([0, 0], abs=1e-12)


def test_newton_goes_from_row_to_row_on_a_surface():
    """From (1, 5) of Himmelblau to (3, 2), whose loss is 0: at the end the number of right digits doubles."""
    problem = surface_problem("himmelblau")
    _, found = taken(Newton(problem.objective), problem, (3.5, 2.5), 8)
    assert found.w[-1] == pytest.approx([3, 2], abs=1e-12)
    distances = np.hypot(*(found.w - [3, 2]).T)
    assert distances[2] < distances[1] ** 1.8


def test_evaluations_are_counted_and_states_kept():
    """Of x**2 + 2*y**2 from (1, 0) at rate 1: a half arrives, so one try too many, three evaluations and the row's own."""
    driver, found = taken(Backtracking(), surface_problem("bowl"), (1.0, 0.0), 1)
    assert found.w[0] == pytest.approx([0, 0])
    assert found.states["tries"][0].tolist() == [1, 1]
    assert driver.evaluations == 4
