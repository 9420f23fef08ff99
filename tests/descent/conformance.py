"""What any objective and any method must do: run each new one through these."""

from __future__ import annotations

import numpy as np
import pytest

from fallline.descent import Setup, Stop
from fallline.descent.evaluations import CountedObjective
from fallline.descent.rows import join_blocks
from fallline.optimizers.method import StepInput
from tests.descent.runs import OnArrays

POINTS_BESIDE = (0.0, 0.11, -0.07)
"""How far beside its start an objective is looked at."""


def check_objective(objective, start):
    """Check that all an objective says of the points beside one is the same loss, and that its gradient is the gradient."""
    w = np.array(start, dtype=float)
    points = np.stack([w + beside for beside in POINTS_BESIDE], axis=1)
    losses, gradients = objective.value_and_gradient(points)
    assert losses.shape == (len(POINTS_BESIDE),)
    assert gradients.shape == points.shape
    assert objective.value(points) == pytest.approx(losses, rel=1e-12)
    assert objective.value(list(points)) == pytest.approx(losses, rel=1e-12), "of an array for each parameter"
    for lane, at in enumerate(points.T):
        loss, gradient = objective.value_and_gradient(at.copy())
        assert loss == pytest.approx(losses[lane], rel=1e-12)
        assert gradient == pytest.approx(gradients[:, lane], rel=1e-10, abs=1e-13)
        loss, gradient = objective.value_and_gradient_at(at.tolist())
        assert [type(value) for value in (loss, *gradient)] == [float] * (1 + len(w))
        assert (loss, *gradient) == pytest.approx((losses[lane], *gradients[:, lane]), rel=1e-10, abs=1e-13)
        _check_derivatives(objective, at, gradient)
    assert hash(objective) == hash(objective)
    one, two, three = (objective.cost(lanes) for lanes in (1, 2, 3))
    assert 0 < one <= two
    assert three - two == pytest.approx(two - one), "a straight line over the lanes"
    if objective.n_points is None:
        assert len(objective.points) == 0
    else:
        _check_batches(objective, w)


def _check_derivatives(objective, at, gradient):
    """Central differences of the loss, and of the gradient where there is a Hessian."""
    h = 1e-6
    hessian = objective.hessian_at(at.tolist())
    for i in range(len(at)):
        above, below = at.copy(), at.copy()
        above[i] += h
        below[i] -= h
        difference = (objective.value(above) - objective.value(below)) / (2 * h)
        assert gradient[i] == pytest.approx(difference, rel=1e-5, abs=1e-5)
        if hessian is not None:
            difference = (objective.value_and_gradient(above)[1] - objective.value_and_gradient(below)[1]) / (2 * h)
            assert hessian[i] == pytest.approx(difference, rel=1e-5, abs=1e-4)


def _check_batches(objective, w):
    assert len(objective.points) == objective.n_points
    everything = list(range(objective.n_points))
    assert objective.batch_gradient(w, everything) == pytest.approx(
        objective.value_and_gradient(w)[1], rel=1e-9, abs=1e-12
    )
    some = everything[::-2]
    batch = objective.batch_gradient(w, some)
    assert objective.batch_gradient_at(w.tolist(), some) == pytest.approx(batch, rel=1e-10, abs=1e-13)
    lanes = objective.batch_gradient(np.stack((w, w + 0.1), axis=1), some)
    assert lanes[:, 0] == pytest.approx(batch, rel=1e-10, abs=1e-13)


def check_method(method, problem, learning_rate=0.01, steps=12):
    """Check that a method changes nothing it is given, goes on from any row as if it had not stopped, and keeps lanes apart."""
    objective, setup = problem.objective, Setup(method, learning_rate)
    w = np.array(problem.start, dtype=float)
    loss, g = objective.value_and_gradient(w)
    states = method.init(w, learning_rate)
    given = w.copy(), g.copy(), {name: np.copy(state) for name, state in states.items()}
    at = StepInput(1, w, loss, g, states, learning_rate, learning_rate, CountedObjective(objective))
    made = method.step(at)
    next_w, next_states = made["w"], {name: made[name] for name in states}
    assert next_w.shape == w.shape
    assert [np.shape(state) for state in next_states.values()] == [np.shape(state) for state in states.values()]
    assert set(method.lines) <= set(made), "each line is worked out"
    assert np.array_equal(w, given[0])
    assert np.array_equal(g, given[1])
    assert all(np.array_equal(state, given[2][name], equal_nan=True) for name, state in states.items())
    assert np.array_equal(method.step(at)["w"], next_w), "the same of the same"
    assert method.cost(len(w)) > 0
    assert method.done(next_w, g, next_states) in (None, True, False)
    _check_rows(OnArrays(problem, setup, stop=Stop(steps)))
    _check_lanes(method, objective, w, learning_rate)


def _check_rows(run):
    whole = run.whole()
    assert set(whole.states) <= set(run.first_row.states)
    for rows in (1, 2, 5):
        cut = next(run.blocks([rows]))
        if cut.end is None:
            rest = next(run.blocks([run.stop.max_steps + 1], cut.last))
            both = join_blocks([cut, rest])
            assert np.array_equal(both.parameters, whole.parameters)
            assert both.end == whole.end


def _check_lanes(method, objective, w, learning_rate):
    if method.lanes == "one by one":
        return
    lane = method.of_lanes(np.array([1]))
    points, rates = np.stack((w, w + 0.1), axis=1), np.array([learning_rate, learning_rate / 2])
    loss, g = objective.value_and_gradient(points)
    states, evaluate = method.init(points, rates), CountedObjective(objective)
    together = method.step(StepInput(1, points, loss, g, states, rates, rates, evaluate))["w"]
    one, rate = points[:, [1]], rates[[1]]
    of_one = StepInput(1, one, loss[[1]], g[:, [1]], lane.init(one, rate), rate, rate, evaluate)
    alone = lane.step(of_one)["w"]
    assert together[:, [1]] == pytest.approx(alone, rel=1e-12)
