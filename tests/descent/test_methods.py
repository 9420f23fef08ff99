"""Any method and any objective: the conformance of those there are, and methods with states of any shape."""

from __future__ import annotations

import numpy as np
import pytest

from fallline.descent import Method, Phase, RuleMethod, Run, Setup, Stop
from fallline.descent.driver import Driver
from fallline.descent.replay import replayed_step
from fallline.descent.rows import Block
from fallline.formulas import parse_rule
from fallline.optimizers import OPTIMIZERS
from fallline.problems import dataset_problem, expression_problem, surface_problem
from fallline.problems.network_datasets import network_problem
from fallline.problems.plane import plane_problem, principal_plane
from fallline.schedules import SCHEDULES
from tests.descent.conformance import check_method, check_objective
from tests.descent.methods import Backtracking
from tests.descent.runs import FORMS, finished

ROSENBROCK = surface_problem("rosenbrock")
START = (-1.2, 1.0)
OBJECTIVES = {
    "closed, two parameters": surface_problem("himmelblau"), "closed, one": expression_problem("x**4/4 - x**2"),
    "sum over few points": dataset_problem("shoe_size", "ssr"),
    "mean over many": dataset_problem("noisy_line", "mse", True), "network": network_problem("xor", (3,)),
    "plane of a network": plane_problem(
        network_problem("xor", (3,)), principal_plane(np.random.default_rng(1).normal(size=(5, 13)), np.full(13, 0.2)),
        ("direction 1", "direction 2"), (),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", OBJECTIVES)
def test_every_kind_of_objective_conforms(name):
    check_objective(OBJECTIVES[name].objective, OBJECTIVES[name].start)


@pytest.mark.parametrize(("name", "form"), FORMS)
def test_every_rule_conforms(name, form):
    check_method(Setup.of(name, form).method, OBJECTIVES["closed, two parameters"])


@pytest.mark.parametrize(
    "method",
    [Backtracking(), *(Setup.of(name).method for name, each in OPTIMIZERS.items() if each.method)],
    ids=lambda method: type(method).__name__,
)
def test_every_other_method_conforms(method):
    check_method(method, ROSENBROCK)


# states that are no column


def test_a_matrix_is_handed_on_and_is_no_column():
    """Of a quadratic with Hessian H a line search that takes whole steps ends with the inverse of H."""
    run = Run(expression_problem("x**2 + x*y + y**2"), Setup.of("bfgs"), (1.0, 0.5), Stop(40))
    block = run.next_block(run.first_row)
    while block.end is None:
        assert block.states == {}
        block = run.next_block(block.last)
    assert block.last.states["inverse"] == pytest.approx(np.linalg.inv([[2, 1], [1, 2]]), rel=1e-3)


def test_a_step_of_such_a_method_can_be_taken_out_of_its_run():
    run = Run(ROSENBROCK, Setup.of("bfgs"), START, Stop(9))
    step = finished(replayed_step(run, 7))
    assert step.states == {}
    assert step.w_after == tuple(run.whole().parameters[:, 7])


def test_a_matrix_stays_where_only_values_change_and_is_fresh_where_another_optimizer_begins():
    setup, plain = Setup.of("bfgs"), Run(ROSENBROCK, Setup.of("bfgs"), START, Stop(12)).whole()
    same = Run(ROSENBROCK, setup, START, Stop(12), changes=[Phase(5, setup, 0)]).whole()
    assert same.parameters.tolist() == plain.parameters.tolist()
    fresh = Run(ROSENBROCK, setup, START, Stop(12), changes=[Phase(5, setup)]).whole()
    alone = Run(ROSENBROCK, setup, plain.parameters[:, 5], Stop(7)).whole()
    assert fresh.parameters[:, 5:].tolist() == alone.parameters.tolist()


class Halves(Method):
    """Halves the way to 0 and counts its steps in one number a lane, until there have been as many as its rate."""

    def init(self, w, learning_rate):  # noqa: ARG002
        return {"count": np.zeros(w.shape[1:])}

    def step(self, at):
        return {"w": at.w / 2, "count": at.states["count"] + 1}

    def done(self, w, g, states):  # noqa: ARG002
        return states["count"] >= 3


def test_a_number_may_be_a_state():
    rows = Run(surface_problem("bowl"), Setup(Halves(), 1.0), (1.0, 1.0), Stop(9)).whole()
    assert rows.parameters[0].tolist() == [1, 0.5, 0.25, 0.125]
    assert rows.end.reason == "method_done"


def test_the_stop_rules_hold_for_it_and_go_first():
    bowl = surface_problem("bowl")
    for stop, reason in ((Stop(3), "method_done"), (Stop(2), "max_steps"), (Stop(9, None, 0.1), "target_loss")):
        assert Run(bowl, Setup(Halves(), 1.0), (1.0, 1.0), stop).whole().end.reason == reason


def test_a_setup_needs_a_method():
    with pytest.raises(ValueError, match=r"method must be a Method; Setup\.of finds an optimizer by name; got 'adam'"):
        Setup("adam", 0.1)


def test_a_schedule_holds_for_any_method():
    falling = {"schedule": SCHEDULES["exponential"], "schedule_values": {"decay": 0.5}}
    rows = Run(surface_problem("bowl"), Setup(Backtracking(), 1.0, **falling), (1.0, 0.0), Stop(3)).whole()
    gd = Setup(RuleMethod(parse_rule("w = w - lr*g")), 1.0, **falling)
    assert (
        rows.learning_rate.tolist()
        == Run(surface_problem("bowl"), gd, (1.0, 0.0), Stop(3)).whole().learning_rate.tolist()
    )


class RemembersTwo(Method):
    """Descent that carries two numbers of its own, which are no parameters' though these are two as well."""

    def init(self, w, learning_rate):  # noqa: ARG002
        return {"last_two": np.full(2, np.inf)}

    def step(self, at):
        return {"w": at.w - at.lr * at.g, "last_two": at.states["last_two"]}


def test_a_state_is_a_column_where_the_method_says_so_whatever_its_shape():
    rows = Run(surface_problem("bowl"), Setup(RemembersTwo(), 0.01), (1.0, 1.0), Stop(3)).whole()
    assert (rows.end.reason, rows.states) == ("max_steps", {})


def test_a_method_that_may_look_at_other_points_sees_all_the_data_unless_it_says_that_it_needs_not():
    with pytest.raises(ValueError, match="RemembersTwo takes no batch_size; got 1"):
        Setup(RemembersTwo(), 0.1, batch_size=1)

    class OfBatches(RemembersTwo):
        needs_all_data = False

    assert Setup(OfBatches(), 0.1, batch_size=1).batch_size == 1


def test_a_long_run_one_step_at_a_time_looks_at_each_block_once(monkeypatch):
    looked = 0
    length = Block.__len__

    def counted(block):
        nonlocal looked
        looked += 1
        return length(block)

    monkeypatch.setattr(Block, "__len__", counted)
    Run(surface_problem("bowl"), Setup(RemembersTwo(), 0.01), (1.0, 1.0), Stop(200)).whole()
    assert looked < 20 * 200


class Normalised(Method):
    """Steps as long as the rate along the gradient: not element-wise, and it asks nothing else."""

    asks_more = False

    def step(self, at):
        return {"w": at.w - at.lr * at.g / np.hypot(*at.g)}


def test_a_method_that_asks_nothing_more_is_stepped_many_steps_at_once_and_counts_as_a_rule_does(monkeypatch):
    taken = []
    take = Driver._take

    def noted(driver, count):
        taken.append(count)
        return take(driver, count)

    monkeypatch.setattr(Driver, "_take", noted)
    rows = Run(surface_problem("bowl"), Setup(Normalised(), 0.01), (1.0, 1.0), Stop(100)).whole()
    assert sum(taken) == 100
    assert len(taken) < 20
    # from (1, 1) along the gradient of a bowl, a hundredth a step
    assert np.hypot(*np.diff(rows.parameters, axis=1)) == pytest.approx(np.full(100, 0.01))
    assert rows.evaluations[:, -1].tolist() == [0, 100, 0]
