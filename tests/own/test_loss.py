"""A loss that is a function: its gradient, its map, and where runs on it end."""

from __future__ import annotations

import math

import numpy as np
import pytest

import fallline
from fallline import SpecError
from fallline.problems import surface_problem
from tests.descent.conformance import check_objective

DOMAIN = [[-2, 2], [-1, 3]]


def rosenbrock(x, y):
    return (1 - x) ** 2 + 100 * (y - x**2) ** 2


def of_points(w):
    """The same, of one point alone."""
    return math.pow(1 - w[0], 2) + 100 * math.pow(w[1] - w[0] ** 2, 2)


def gradient(w):
    x, y = w
    return np.array([2 * (x - 1) - 400 * x * (y - x**2), 200 * (y - x**2)])


FORMS = {
    "many points at once": (rosenbrock, None, True),
    "one point at a time": (of_points, None, False),
    "a gradient of its own": (of_points, gradient, False),
}


@pytest.mark.parametrize("name", FORMS)
def test_it_is_the_loss_of_the_catalog(name):
    f, derived, many = FORMS[name]
    own = fallline.from_loss(f, domain=DOMAIN, start=(-1.5, 2), minima=[(1, 1)], gradient=derived)
    objective = own.problem.objective
    assert objective.takes_many is many
    check_objective(objective, (-1.5, 2.0))
    assert own.problem.minima[0].loss == 0
    runs = ["adam:learning_rate=0.05", "newton:learning_rate=1", "bfgs:learning_rate=1"]
    ours, theirs = (
        fallline.run(surface=each, start=[-1.5, 2], optimizers=runs, stop={"max_steps": 100})
        for each in (own, "rosenbrock")
    )
    for run, other in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(run.parameters["x"][:20], other.parameters["x"][:20], atol=1e-3)
    assert ours[1].end_point["kind"] == "minimum"
    assert ours[1].end_point["at"] == pytest.approx((1, 1), abs=1e-8)


def test_where_its_gradient_comes_from_is_said():
    by_differences, given = (
        fallline.from_loss(rosenbrock, domain=DOMAIN, gradient=each) for each in (None, lambda w: gradient(w))
    )
    codes = {each.problem.notices[0].type for each in (by_differences, given)}
    assert codes == {"gradient_by_differences", "gradient_from"}
    assert "by central differences" in by_differences.gradient_source
    (run,) = fallline.run(surface=by_differences, optimizers=["gd:learning_rate=0.001"], stop={"max_steps": 2})
    assert run.notes[0] == by_differences.gradient_source
    assert fallline.run(surface=by_differences, optimizers=["gd"]).problem["gradient_source"] == (
        "central differences of the loss"
    )
    plain = fallline.run(surface="bowl", optimizers=["gd"]).problem
    assert not {"gradient_source", "label"} & plain.keys()


def test_a_reply_says_what_its_author_calls_it():
    named = fallline.from_loss(rosenbrock, domain=DOMAIN, label="A bent valley")
    assert fallline.run(surface=named, optimizers=["gd:learning_rate=0.001"]).problem["label"] == "A bent valley"


@pytest.mark.parametrize(
    ("surface", "said"),
    [
        ("rosenbrock", []),
        ({}, ["The second derivatives are by central differences of the loss."]),
        ({"gradient": gradient}, ["The second derivatives are by central differences of the gradient."]),
    ],
)
def test_a_curvature_says_of_what_its_second_derivatives_are_differences(surface, said):
    made = surface if isinstance(surface, str) else fallline.from_loss(rosenbrock, domain=DOMAIN, **surface)
    there = fallline.curvature(surface=made, optimizers=["gd:learning_rate=0.001"], start=[1.0, 1.0], t=0)
    assert there.notes == said


def test_differences_are_as_near_as_they_are_said_to_be():
    theirs = surface_problem("rosenbrock").objective
    ours = fallline.from_loss(rosenbrock, domain=DOMAIN).problem.objective
    points = np.random.default_rng(1).uniform(-2, 2, (2, 200))
    losses, gradients = theirs.value_and_gradient(points)
    mine = ours.value_and_gradient(points)
    np.testing.assert_allclose(mine[0], losses, rtol=1e-12)
    assert np.abs(mine[1] - gradients).max() < 1e-9 * max(1, np.abs(losses).max())
    hessian = theirs.hessian(points[:, :9])
    assert np.abs(ours.hessian(points[:, :9]) - hessian).max() < 1e-5 * np.abs(hessian).max()


@pytest.mark.filterwarnings("ignore::fallline.SlowWarning")
def test_maps_of_starts_sweeps_and_curvatures_are_those_of_the_catalog():
    def himmelblau(x, y):
        return (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2

    known = [each.at for each in surface_problem("himmelblau").minima]
    own = fallline.from_loss(himmelblau, domain=surface_problem("himmelblau").domain, minima=known)
    stop = {"max_steps": 300}
    maps = [
        fallline.basins(surface=each, optimizers=["gd:learning_rate=0.01"], resolution=8, stop=stop).end
        for each in (own, "himmelblau")
    ]
    assert (maps[0] == maps[1]).all()
    found = fallline.basins(
        surface=fallline.from_loss(himmelblau, domain=[[-5, 5], [-5, 5]], label="again"),
        optimizers=["gd:learning_rate=0.01"], resolution=8, stop=stop,
    )  # fmt: skip
    np.testing.assert_allclose(sorted(found.minima.tolist()), sorted([*at, 0] for at in known), atol=1e-5)
    over = {"learning_rate": {"from": 1e-3, "to": 0.02, "count": 5}}
    ends = [
        fallline.sweep(surface=each, start=[1, 1], optimizers=["gd"], over=over, stop=stop)
        for each in (own, "himmelblau")
    ]
    np.testing.assert_allclose(ends[0].loss, ends[1].loss, atol=1e-9)
    assert ends[0].end.tolist() == ends[1].end.tolist()
    modes = [fallline.curvature(surface=each, start=[1, 1], optimizers=["gd"]) for each in (own, "himmelblau")]
    assert modes[0].eigenvalues == pytest.approx(modes[1].eigenvalues, rel=1e-6)


def test_its_picture_is_drawn_and_has_a_hole_where_it_raises(caplog):
    def holed(w):
        if w[0] > 1.2:
            raise ValueError("beyond")
        return w[0] ** 2 + w[1] ** 2

    own = fallline.from_loss(holed, domain=DOMAIN, label="Holed & more")
    result = fallline.run(surface=own, optimizers=["gd:learning_rate=0.1"], stop={"max_steps": 5})
    assert "Holed &amp; more" in result.svg()
    assert np.isnan(own.problem.objective.value([np.array([1.5, 0.0]), np.array([0.0, 0.0])])).tolist() == [True, False]
    assert len([each for each in caplog.records if each.name == "fallline"]) == 1, "one traceback, told once"


def test_a_fault_ends_a_run_and_a_start_with_one_is_refused():
    def broken(x, y):
        if np.any(x < -0.45):
            raise ValueError("too far left")
        return x + y**2

    own = fallline.from_loss(broken, domain=DOMAIN, start=(0, 1))
    runs = fallline.run(
        surface=own, optimizers=["gd:learning_rate=0.1", "lion:learning_rate=0.01"], stop={"max_steps": 20}
    )
    assert [run.stop_reason for run in runs] == ["fault", "max_steps"]
    assert runs[0].sentence == "fault in broken: ValueError: too far left; 4 steps stand"
    swept = fallline.sweep(
        surface=own,
        optimizers=["gd"],
        over={"learning_rate": {"from": 0.01, "to": 0.1, "count": 2}},
        stop={"max_steps": 20},
    )
    assert swept.stop_reason == ["max_steps", "fault"]
    assert swept.n_steps.tolist() == [20, 4]
    with pytest.raises(SpecError, match="start is no place to start from: fault in broken: ValueError: too far left"):
        fallline.run(surface=own, start=[-1, 0], optimizers=["gd"])


def test_a_fault_in_the_second_derivatives_ends_a_run_as_one_in_the_loss_does():
    def broken(w):
        if 1e-6 < abs(w[0] - 1) < 1e-3:
            raise ValueError("next to 1")
        return 2 * w

    own = fallline.from_loss(lambda w: (w**2).sum(), domain=DOMAIN, start=(2, 1), gradient=broken)
    (run,) = fallline.run(surface=own, optimizers=["newton:learning_rate=0.5"], stop={"max_steps": 5})
    assert run.sentence.endswith("ValueError: next to 1; 1 step stands")


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (lambda x, y: None, "it gave back None, where the loss is expected, one number"),
        (lambda x, y: "low", "it gave back str of"),
        (lambda x, y: np.array([x, y]), r"it gave back an array of shape \(2,\), where the loss"),
        (lambda x, y: 1j * x, "it gave back .* of complex128"),
    ],
)
def test_what_is_no_loss_is_told(made, said):
    with pytest.raises(SpecError, match=said):
        fallline.run(surface=fallline.from_loss(made, domain=DOMAIN), optimizers=["gd"])


def test_more_than_two_parameters_get_a_plane():
    def far(w):
        return ((np.asarray(w) - 1) ** 2).sum(axis=0)

    own = fallline.from_loss(far, domain=[[-3, 3]] * 4)
    assert own.problem.parameters == ("w1", "w2", "w3", "w4")
    assert own.problem.objective.takes_many
    result = fallline.run(surface=own, optimizers=["adam:learning_rate=0.1"], stop={"max_steps": 30})
    assert "A plane through the start" in result.svg()
    assert "the loss of its own run as its tint." in result.svg()
    rows = [result.svg(step=step).count('r="4.2"') for step in (10, 30)]
    assert rows == [11, 31]  # a dot for each row up to the step
    over = {"learning_rate": {"from": 0.01, "to": 10, "count": 5}}
    swept = fallline.sweep(surface=own, optimizers=["heavy_ball"], over=over, stop={"max_steps": 30})  # of a quadratic
    assert swept.best is not None
    there = fallline.landscape(surface=own, optimizers=["adam:learning_rate=0.1"], resolution=9)
    assert there.loss.shape == (9, 9)
    assert there.reply["plane"]["share"] == pytest.approx(1)  # each parameter goes the same way
    one = fallline.from_loss(lambda x: (x - 1) ** 2, domain=[[-3, 3]])
    assert "<svg" in fallline.run(surface=one, optimizers=["gd:learning_rate=0.1"]).svg()


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"domain": [[1, -1], [0, 1]]}, "domain must be"),
        ({"domain": [[0, 1]]}, "domain must have 2 intervals, one for each of x, y; got 1"),
        ({"domain": DOMAIN, "start": (1,)}, "start must be 2 finite numbers"),
        ({"domain": DOMAIN, "minima": [(1, math.inf)]}, "minima must be 2 finite numbers"),
        ({"domain": DOMAIN, "gradient": "autograd"}, "gradient must be a function or one of torch, jax, differences"),
    ],
)
def test_what_is_wrong_is_told(values, said):
    with pytest.raises(ValueError, match=said):
        fallline.from_loss(rosenbrock, **values)
