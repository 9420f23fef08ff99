"""A program of a run that changes its values, or its optimizer, on the way."""

import pytest

from app.descent import Phase, Run, Setup, Stop
from app.formulas import parse_rule
from app.problems.line_fit import dataset_problem
from app.problems.problem import expression_problem, surface_problem
from app.schedules import SCHEDULES
from tests.descent.runs import setup
from tests.programs.running import IN_BOTH, ended, printed, same, text

SURFACE = surface_problem("himmelblau")
DATA = dataset_problem("shoe_size", "huber")


class Phased(Run):
    """A run that is told to change on the way, for its program alone: (after, setup, began) of each phase."""

    changes = ()

    @property
    def phases(self):
        return tuple(Phase(*change) for change in self.changes)


def phased(problem, changes, stop, seed=0):
    run = Phased(problem, changes[0][1], None, stop, seed)
    run.changes = changes
    return run


def joined(problem, first, second, after, stop):
    """The end of two runs, each begun afresh, the second where the first ended."""
    _, middle = ended(Run(problem, first, None, Stop(after)))
    return ended(Run(problem, second, tuple(middle.values()), Stop(stop.max_steps - after, stop.min_step_size)))


@IN_BOTH
def test_a_new_optimizer_begins_afresh(program):
    cosine = {"schedule": SCHEDULES["cosine"], "schedule_values": {"steps": 50.0, "floor": 0.1}}
    first, second = setup("gd", learning_rate=0.002), setup("adam", learning_rate=0.05, **cosine)
    source = text(program, phased(SURFACE, [(0, first, 0), (30, second, 30)], Stop(70)))
    assert same(("", printed(source)[1]), ("", joined(SURFACE, first, second, 30, Stop(70))[1]))
    assert "    if count == 31:" in source.split("\n")


@IN_BOTH
def test_where_only_values_change_the_states_are_kept(program):
    """By hand: heavy ball on x**2 (gradient 2x) from x = 1, rate 0.1, beta 0.5 for two steps, then 0.2 and 0.25.

    m: 2, 2.6, 1.73, 0.8205; x: 0.8, 0.54, 0.194, 0.0299.
    """
    rule = parse_rule("m = beta*m + g\nw = w - lr*m")
    slow, quick = Setup(rule, 0.1, {"beta": 0.5}), Setup(rule, 0.2, {"beta": 0.25})
    run = phased(expression_problem("x**2"), [(0, slow, 0), (2, quick, 0)], Stop(4))
    run.start = (1.0,)
    source = text(program, run)
    assert printed(source)[1]["x"] == pytest.approx(0.0299)
    assert source.count("def step") == 1
    assert "    if t == 3:\n        learning_rate = 0.2\n        beta = 0.25\n" in source


@IN_BOTH
def test_a_phase_that_changes_nothing_makes_no_difference(program):
    made = setup("momentum", learning_rate=0.01, batch_size=2, noise=0.1)
    run = phased(DATA, [(0, made, 0), (15, made, 0)], Stop(40, 1e-9), 7)
    assert same(printed(text(program, run)), ended(Run(DATA, made, None, run.stop, 7)))


@IN_BOTH
def test_batches_and_noise_may_end_on_the_way(program):
    drawn, plain = setup("gd", learning_rate=0.01, batch_size=2, noise=0.1), setup("gd", learning_rate=0.01)
    _, middle = ended(Run(DATA, drawn, None, Stop(15), 7))
    expected = ended(Run(DATA, plain, tuple(middle.values()), Stop(25)))[1]
    run = phased(DATA, [(0, drawn, 0), (15, plain, 0)], Stop(40, 1e-9), 7)
    assert printed(text(program, run))[1] == pytest.approx(expected, rel=1e-9)
