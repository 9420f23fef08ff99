"""Changes on the way: two runs joined by hand, and PyTorch with another rate or another optimizer from a row on."""

from __future__ import annotations

import json
import re
from dataclasses import FrozenInstanceError, replace
from itertools import chain
from pathlib import Path

import numpy as np
import pytest

from fallline.descent import Phase, Run, Setup, Stop
from fallline.descent.lanes import sweep
from fallline.descent.quantities import Quantities
from fallline.descent.replay import replayed_step
from fallline.problems.line_fit import dataset_problem, line_fit_problem
from fallline.problems.problem import surface_problem
from fallline.schedules import SCHEDULES
from fallline.working import working
from tests.descent.runs import OnArrays, by_optimizer, finished

HIMMELBLAU = surface_problem("himmelblau")
BOWL = surface_problem("bowl")
DECK = dataset_problem("shoe_size", "ssr")
GOLDEN = json.loads((Path(__file__).parent.parent / "golden" / "torch_changes.json").read_text())

on_floats_and_arrays = pytest.mark.parametrize("run_of", [Run, OnArrays], ids=["floats", "arrays"])


def changed(made, at, **values):
    """The phase in which the optimizer goes on with other values."""
    for key in tuple(values):
        if key in made.rule_method.values:
            made = made.with_value(key, values.pop(key))
    return Phase(at, replace(made, **values), 0)


def another(at, name, **values):
    """The phase of another optimizer."""
    return Phase(at, Setup.of(name, **values))


@on_floats_and_arrays
@pytest.mark.parametrize("case", GOLDEN["cases"], ids=lambda case: case["name"])
def test_the_path_is_that_of_pytorch(case, run_of):
    first, *later = case["phases"]
    made = Setup.of(first["optimizer"], first["form"], learning_rate=first["learning_rate"], **first["values"])
    phases = []
    for each in later:
        if "optimizer" in each:
            given = Setup.of(each["optimizer"], each["form"], learning_rate=each["learning_rate"], **each["values"])
            phases.append(Phase(each["after"], given))
        else:
            before, began = (phases[-1].setup, phases[-1].began) if phases else (made, 0)
            phases.append(Phase(each["after"], replace(before, learning_rate=each["learning_rate"]), began))
    whole = run_of(surface_problem(case["problem"]), made, case["start"], Stop(200), changes=phases).whole()
    for t, expected in case["rows"].items():
        found = [column[int(t)] for column in whole.parameters]
        assert found == pytest.approx(expected, rel=1e-9, abs=1e-15), f"row {t}"


@on_floats_and_arrays
def test_another_optimizer_sets_off_from_the_row_as_a_run_of_its_own(run_of):
    changes = [another(40, "adam", learning_rate=0.1)]
    run = run_of(HIMMELBLAU, Setup.of("gd", learning_rate=0.002), (1, 5), Stop(90), changes=changes)
    whole = run.whole()
    first = run_of(HIMMELBLAU, Setup.of("gd", learning_rate=0.002), (1, 5), Stop(40)).whole()
    start = [column[-1] for column in first.parameters]
    second = run_of(HIMMELBLAU, Setup.of("adam", learning_rate=0.1), start, Stop(50)).whole()
    assert whole.loss.tolist() == [*first.loss, *second.loss[1:]]
    assert whole.learning_rate.tolist() == [0.002] * 40 + [0.1] * 50
    assert [len(column) for column in whole.parameters] == [91, 91]


@on_floats_and_arrays
def test_states_go_on_where_only_values_change(run_of):
    """The heavy ball by hand on x**2 + 2*y**2 from (1, 0): w and m follow in numbers."""
    made = Setup.of("heavy_ball", learning_rate=0.1, beta=0.5)
    change = changed(made, 2, learning_rate=0.2, beta=0.25)
    x = run_of(BOWL, made, (1, 0), Stop(3), changes=[change]).whole().parameters[0]
    # m: 2, then 0.5*2 + 1.6 = 2.6, then 0.25*2.6 + 1.08 = 1.73
    assert x == pytest.approx([1, 0.8, 0.54, 0.54 - 0.2 * 1.73])


def test_a_schedule_goes_on_with_the_steps_and_begins_anew_with_another_optimizer():
    falling = {"schedule": SCHEDULES["linear"], "schedule_values": {"steps": 10, "floor": 0.0}}
    made = Setup.of("gd", learning_rate=0.1, **falling)
    goes_on = Run(BOWL, made, (1, 1), Stop(6), changes=[changed(made, 4, learning_rate=0.01)]).whole()
    assert goes_on.learning_rate == pytest.approx([0.1, 0.09, 0.08, 0.07, 0.006, 0.005])
    fresh = Run(BOWL, made, (1, 1), Stop(6), changes=[another(4, "adam", learning_rate=0.01, **falling)]).whole()
    assert fresh.learning_rate == pytest.approx([0.1, 0.09, 0.08, 0.07, 0.01, 0.009])


@pytest.mark.parametrize("most_rows", [1, 3, 20, 64])
def test_a_change_does_not_cut_a_block(most_rows):
    made = Setup.of("adam", learning_rate=0.1)
    changes = [changed(made, 30, learning_rate=0.01), another(50, "gd", learning_rate=0.001)]
    run = Run(HIMMELBLAU, made, (1, 5), Stop(100), changes=changes)
    blocks = list(run.blocks([most_rows] * 200))
    assert {len(block) for block in blocks[:-1]} == {most_rows}
    assert [value for block in blocks for value in block.loss] == run.whole().loss.tolist()


@on_floats_and_arrays
@pytest.mark.parametrize("extra", [{}, {"noise": 0.1}, {"batch_size": 2}, {"batch_size": 1, "sampling": "replacement"}])
@pytest.mark.parametrize("cut", [1, 8, 9, 15])
def test_a_run_is_taken_up_at_any_row(cut, extra, run_of):
    """Its parameters, its states, its draws and its small steps all stand in the row: nothing of the way there is needed."""
    made = Setup.of("adam", learning_rate=0.01, **extra)
    changes = [changed(made, 8, learning_rate=0.004), another(14, "momentum", learning_rate=0.001, **extra)]
    run = run_of(DECK, made, None, Stop(200, 0.001), 3, changes)
    whole = run.whole()
    row = next(run.blocks([cut])).last
    assert row.t == cut - 1
    rest = next(run.blocks([1000], row=row))
    assert rest.loss.tolist() == whole.loss[cut:].tolist()
    assert rest.parameters.tolist() == whole.parameters[:, cut:].tolist()
    assert (rest.batch or []) == (whole.batch or [])[cut - 1 :]
    assert rest.end == whole.end


@on_floats_and_arrays
def test_a_block_stays_as_it_is_when_the_run_goes_on_with_another_optimizer(run_of):
    """Its last row has the states with which its own steps ended; the row before the next block has the fresh ones."""
    run = run_of(
        HIMMELBLAU, Setup.of("momentum", learning_rate=0.01), (1, 5), Stop(9), changes=[another(4, "adam")],
    )  # fmt: skip
    first = run.next_block(run.first_row)
    assert (first.last.t, list(first.last.states)) == (4, ["m"])
    second = run.next_block(first.last)
    assert list(second.before.states) == ["m", "v"]
    assert list(first.last.states) == ["m"]
    with pytest.raises(FrozenInstanceError):
        first.last = second.last


def test_batches_and_noise_are_drawn_on_through_a_change():
    """As a program that draws from one generator would: what is drawn does not depend on the change."""
    made = Setup.of("gd", learning_rate=0.01, batch_size=2, noise=0.1)
    plain = Run(DECK, made, None, Stop(20), 7).whole()
    whole = Run(DECK, made, None, Stop(20), 7, [changed(made, 5, learning_rate=0.02)]).whole()
    assert whole.batch == plain.batch
    assert whole.loss[:6].tolist() == plain.loss[:6].tolist()
    assert whole.loss[6] != plain.loss[6]


def test_from_a_batch_to_all_the_points():
    made = Setup.of("gd", learning_rate=0.01, batch_size=1)
    whole = Run(DECK, made, None, Stop(4), 7, [changed(made, 2, batch_size=None)]).whole()
    assert [batch is None for batch in whole.batch] == [False, False, True, True]
    slope, intercept = (column[2] for column in whole.parameters)
    residuals = [(y - slope * x - intercept, x) for x, y in DECK.objective.points]
    assert whole.gradient[0][2] == pytest.approx(sum(-2 * r * x for r, x in residuals))


@pytest.mark.parametrize(("at", "steps"), [(0, 5), (5, 5), (9, 5)], ids=["at once", "at the last row", "past it"])
def test_a_change_at_either_end(at, steps):
    run = Run(HIMMELBLAU, Setup.of("gd", learning_rate=0.001), (1, 5), Stop(steps), changes=[another(at, "adam")])
    whole = run.whole()
    alone = Setup.of("adam") if at == 0 else Setup.of("gd", learning_rate=0.001)
    assert whole.loss.tolist() == Run(HIMMELBLAU, alone, (1, 5), Stop(steps)).whole().loss.tolist()
    assert (whole.end.reason, whole.end.n_steps) == ("max_steps", steps)


@pytest.mark.parametrize("rows", [(20, 10), (5, 5), (-1, 4)])
def test_changes_out_of_order_are_refused(rows):
    changes = [another(at, "adam") for at in rows]
    with pytest.raises(ValueError, match="each after a later one; got " + re.escape(str(list(rows)))):
        Run(HIMMELBLAU, Setup.of("gd"), changes=changes)


def test_a_run_that_ends_before_the_change_never_makes_it():
    run = Run(HIMMELBLAU, Setup.of("gd", learning_rate=0.5), (1, 5), Stop(50), changes=[another(20, "adam")])
    assert run.whole().end.diverged_at == 4


@pytest.mark.parametrize("t", [1, 4, 5, 6, 12])
def test_a_step_and_its_working_are_those_of_the_phase(t):
    made = Setup.of("momentum", learning_rate=0.01)
    changes = [changed(made, 4, learning_rate=0.005), another(8, "adam", learning_rate=0.1)]
    run = Run(HIMMELBLAU, made, (1, 5), Stop(20), changes=changes)
    whole, step = run.whole(), finished(replayed_step(run, t))
    assert list(step.w_after) == [column[t] for column in whole.parameters]
    told = finished(working(run, step))
    assert told.lr == whole.learning_rate[t - 1]
    assert list(told.after.values()) == list(step.w_after)
    last = [each for each in told.lines if each.name == "w"][-1]
    assert [value.value for value in last.values.values()] == list(step.w_after)


def test_quantities_have_a_column_for_each_optimizer_and_nothing_where_it_is_not_in_force():
    run = Run(
        HIMMELBLAU,
        Setup.of("gd", learning_rate=0.001),
        (1, 5),
        Stop(6),
        changes=[another(3, "adam", learning_rate=0.1)],
    )
    found = Quantities(run)
    for block in by_optimizer(run, 2, 2):
        found.add(block)
    x = found.states["m"][0]
    assert x[:4] == [None] * 4
    gradient = run.whole().gradient[0]
    assert x[4] == pytest.approx(0.1 * gradient[3])
    corrected = found.values["m_hat"][0]
    assert corrected[:3] == [None] * 3
    assert corrected[3:] == pytest.approx([x[4] / 0.1, x[5] / (1 - 0.9**2), x[6] / (1 - 0.9**3)])
    assert found.effective_rate[0][:3] == [0.001] * 3


@pytest.mark.parametrize("name", ["momentum", "adam"])
def test_a_sweep_of_a_run_that_changes_ends_where_its_runs_end(name):
    values = [0.001, 0.01, 0.02]
    made = Setup.of(name, learning_rate=values[0])
    changes = [
        changed(made, 10, **{"beta" if name == "momentum" else "beta1": 0.5}),
        another(20, "gd", learning_rate=0.001),
    ]
    run = Run(HIMMELBLAU, made, (1, 5), Stop(40, 1e-4), changes=changes)
    phases = [
        replace(p, setup=replace(p.setup, learning_rate=np.array(values))) if p.began == 0 else p for p in run.phases
    ]
    found = finished(sweep(run, phases, len(values)))
    for value, loss, n_steps in zip(values, found.loss, found.n_steps, strict=True):
        own = [replace(p, setup=replace(p.setup, learning_rate=value)) if p.began == 0 else p for p in run.phases]
        whole = Run(HIMMELBLAU, own[0].setup, (1, 5), Stop(40, 1e-4), changes=own[1:]).whole()
        assert (n_steps, loss) == (whole.end.n_steps, pytest.approx(whole.loss[-1], rel=1e-9))


def test_lanes_set_off_with_their_own_first_states_where_values_change_at_once():
    """The first step of Rprop is as long as the rate: lanes with rates of 0.1 and 0.2 are there after one."""
    made = Setup.of("rprop", learning_rate=0.5)
    run = Run(BOWL, made, (1, 1), Stop(1), changes=[changed(made, 0, eta_plus=1.5)])
    rates = [0.1, 0.2]
    phases = [replace(phase, setup=phase.setup.with_value("learning_rate", np.array(rates))) for phase in run.phases]
    assert finished(sweep(run, phases, 2)).loss == pytest.approx([3 * 0.9**2, 3 * 0.8**2])


@on_floats_and_arrays
def test_points_that_come_later_join_in_and_the_run_goes_on_from_where_it_is(run_of):
    points = dataset_problem("noisy_line", "mse").objective.points[:7]
    problem, few = line_fit_problem(points, "mse"), line_fit_problem(points[:4], "mse")
    made = Setup.of("momentum", learning_rate=0.01, batch_size=2, first_points=4)
    run = run_of(problem, made, None, Stop(19), 5, [changed(made, 7, first_points=None)])
    whole = run.whole()
    alone = Run(few, replace(made, first_points=None), None, Stop(7), 5).whole()
    assert whole.parameters[:, :8] == pytest.approx(alone.parameters, rel=1e-12)
    assert whole.batch[:7] == alone.batch
    # the fourth epoch of four points is broken off; each of the next takes four steps for seven points, and the last
    # is one point short
    epochs = [whole.batch[first : first + 4] for first in (7, 11, 15)]
    assert [[len(batch) for batch in epoch] for epoch in epochs] == [[2, 2, 2, 1]] * 3
    assert all(sorted(chain(*epoch)) == list(range(7)) for epoch in epochs)
    # the average of the gradients is kept: m = 0.9*m + 0.1*g, by hand from the step before the points came
    m, g = whole.states["m"], whole.gradient
    assert m[:, 8] == pytest.approx(0.9 * alone.states["m"][:, 7] + 0.1 * g[:, 7], rel=1e-12)
    # the loss is over all seven all along
    assert whole.loss[3] == pytest.approx(problem.loss_at(tuple(whole.parameters[:, 3])))


def test_a_step_without_a_batch_size_sees_all_the_points_that_are_there():
    """By hand: one point (1, 3), from slope 1 and intercept 0; the residual is 2, the gradient of its square (-4, -4)."""
    problem = line_fit_problem(((1.0, 3.0), (2.0, 0.0)), "ssr")
    made = Setup.of("gd", learning_rate=0.25, first_points=1)
    whole = Run(problem, made, (1, 0), Stop(2), changes=[changed(made, 1, first_points=2)]).whole()
    assert whole.batch == [[0], [0, 1]]
    assert whole.parameters[:, 1].tolist() == [2, 1]
    # then residuals 0 and -5: the gradient is that of the second alone, (20, 10)
    assert whole.parameters[:, 2].tolist() == [-3, -1.5]
