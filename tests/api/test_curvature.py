"""The curvature at a row, over HTTP, against NumPy's eigenvalues of central differences, and against the run itself."""

import numpy as np
import pytest

import fallline
from fallline.problems import SURFACES

CURVATURE = "/api/v1/trajectories/curvature"
QUADRATIC = {"problem": {"expression": "x^2 + 10*y^2 + x*y"}, "start": [-4, 3], "stop": {"max_steps": 60}}


def ask(client, **fields):
    reply = client.post(CURVATURE, json=fields)
    assert reply.status_code == 200, reply.text
    return reply.json()


def differences(problem, at):
    """The Hessian by central differences of the loss, each a landscape of one point on either side."""

    def loss(point):
        result = fallline.run(problem=problem, start=point, optimizers=[{"name": "gd"}], stop={"max_steps": 1})
        return result.runs[0].loss[0]

    n, h = len(at), 1e-3
    steps = np.eye(n) * h
    hessian = np.empty((n, n))
    for i in range(n):
        for j in range(n):
            corners = (loss(at + a * steps[i] + b * steps[j]) * a * b for a in (1, -1) for b in (1, -1))
            hessian[i, j] = sum(corners) / (4 * h * h)
    return hessian


@pytest.mark.parametrize("name", ["rosenbrock", "himmelblau", "saddle", "beale"])
def test_the_eigenvalues_are_those_of_central_differences(client, name):
    problem = {"surface": name}
    told = ask(client, problem=problem, optimizers=[{"name": "gd", "learning_rate": 1e-4}], t=3, stop={"max_steps": 5})
    expected = np.linalg.eigvalsh(differences(problem, np.array(told["at"])))
    values = [mode["eigenvalue"] for mode in told["modes"]]
    np.testing.assert_allclose(values, expected, rtol=1e-4, atol=1e-3)
    assert np.linalg.norm(told["modes"][0]["direction"]) == pytest.approx(1)


@pytest.mark.parametrize("rate", [5e-324, 1e-300, 4e295, 1e308])
@pytest.mark.parametrize("name", ["gd", "heavy_ball", "adam"])
def test_a_rate_beside_the_ends_of_what_a_float_holds_is_told_as_any(client, name, rate):
    """The step is 1 - rate * curvature: at such rates 1, or far past -1; by hand."""
    spec = {"problem": {"surface": "bowl"}, "optimizers": [{"name": name, "learning_rate": rate}]}
    modes = ask(client, **spec, stop={"max_steps": 2})["modes"]
    assert not any(mode["stable"] for mode in modes)
    if name == "gd" and rate < 1:
        assert [mode["factor"] for mode in modes] == [1, 1]


@pytest.mark.parametrize("name", ["gd", "momentum", "heavy_ball", "nesterov"])
@pytest.mark.parametrize("problem", [QUADRATIC["problem"], {"dataset": "shoe_size", "standardize": True}])
def test_a_quadratic_goes_the_way_that_its_modes_predict(client, problem, name):
    spec = {"problem": problem, "optimizers": [{"name": name, "learning_rate": 0.01}], "stop": {"max_steps": 200}}
    told = ask(client, **spec, predicted=True)
    run = client.post("/api/v1/trajectories", json=spec).json()["runs"][0]
    for parameter, path in run["parameters"].items():
        np.testing.assert_allclose(told["predicted"][parameter], path, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(
    "changed",
    [
        {"problem": {"surface": "rosenbrock"}},
        {"problem": {"expression": "x^2 + abs(y)"}},
        {"problem": {"expression": "x^2 + 0*y"}},
        {"optimizers": [{"name": "adam"}]},
        {"optimizers": [{"name": "momentum", "form": "corrected"}]},
        {"optimizers": [{"name": "gd", "schedule": {"name": "cosine", "steps": 50}}]},
        {"optimizers": [{"name": "gd", "noise": 0.1}]},
        {"optimizers": [{"name": "gd", "changes": [{"at": 5, "learning_rate": 0.02}]}]},
    ],
)
def test_of_anything_else_no_path_is_predicted(client, changed):
    spec = {**QUADRATIC, "optimizers": [{"name": "gd"}], **changed}
    assert ask(client, **spec, predicted=True)["predicted"] is None


CHEBYSHEV = {"name": "gd", "learning_rate": 2 / 101, "schedule": {"name": "chebyshev", "doublings": 3}}
RAVINE = {"problem": {"surface": "ravine"}, "start": [-4, 1], "stop": {"max_steps": 8}, "t": 8, "polynomial": True}


def test_eight_chebyshev_rates_leave_chebyshevs_polynomial(client):
    """Against NumPy's: T_8 of (101 - 2*c)/99, over its value at c = 0, whose zeros are the nodes."""
    told = ask(client, **RAVINE, optimizers=[CHEBYSHEV])["polynomial"]
    t8 = np.polynomial.Chebyshev.basis(8)
    expected = t8((101 - 2 * np.array(told["curvature"])) / 99) / t8(101 / 99)
    np.testing.assert_allclose(told["kept"], expected, atol=1e-12)
    nodes = 50.5 + 49.5 * np.sort(np.polynomial.chebyshev.chebpts1(8))
    np.testing.assert_allclose(told["zeros"], np.column_stack((nodes, np.zeros(8))), atol=1e-9)
    assert told["at_worst"] == pytest.approx(1 / t8(101 / 99), rel=1e-12)
    np.testing.assert_allclose(told["at_modes"], [0.386] * 2, atol=1e-3)


def test_what_the_heavy_ball_and_one_rate_leave_at_worst(client):
    """By NumPy's polynomials in the curvature, step by step; 0.50 and 0.85, where Chebyshev's rates leave 0.39."""
    c = np.polynomial.Polynomial([0, 1])
    for optimizer, beta, worst in (
        ({"name": "heavy_ball", "learning_rate": 0.0304, "beta": 0.7}, 0.7, 0.50),
        ({"name": "gd", "learning_rate": 0.0198}, 0.0, 0.85),
    ):
        w, m = np.polynomial.Polynomial([1]), np.polynomial.Polynomial([0])
        for _ in range(8):
            m = beta * m + c * w
            w = w - optimizer["learning_rate"] * m
        told = ask(client, **RAVINE, optimizers=[optimizer])["polynomial"]
        within = np.array(told["curvature"]) < 90  # coefficients of powers lose digits further on
        np.testing.assert_allclose(np.array(told["kept"])[within], w(np.array(told["curvature"])[within]), atol=1e-6)
        assert told["at_worst"] == pytest.approx(worst, abs=0.005)
        assert w(told["zeros"][0][0]) == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize("name", ["gd", "momentum", "heavy_ball", "nesterov"])
@pytest.mark.parametrize("schedule", [{"name": "constant"}, {"name": "cosine", "steps": 70}, CHEBYSHEV["schedule"]])
def test_a_run_keeps_of_each_direction_what_its_polynomial_says(client, name, schedule):
    optimizer = {"name": name, "learning_rate": 0.01, "schedule": schedule}
    spec = {"problem": {"surface": "ravine"}, "start": [-4, 1], "stop": {"max_steps": 60}, "optimizers": [optimizer]}
    told = ask(client, **spec, t=60, polynomial=True)["polynomial"]
    run = client.post("/api/v1/trajectories", json=spec).json()["runs"][0]
    np.testing.assert_allclose(
        told["at_modes"], [run["parameters"]["x"][60] / -4, run["parameters"]["y"][60]], rtol=1e-9, atol=1e-12
    )
    assert (told["n"], len(told["zeros"])) == (60, 60)


@pytest.mark.parametrize(
    "changed",
    [
        {"problem": {"surface": "rosenbrock"}},
        {"problem": {"expression": "x^2 - y^2"}},
        {"optimizers": [{"name": "adam"}]},
        {"optimizers": [{"name": "lion"}]},
        {"optimizers": [{"name": "momentum", "form": "corrected"}]},
        {"optimizers": [{"name": "gd", "noise": 0.1}]},
        {"optimizers": [{"name": "gd", "changes": [{"at": 5, "learning_rate": 0.02}]}]},
        {"optimizers": [{"rule": "w = 0.9*w - lr*g", "learning_rate": 0.01}]},
        {"t": 1001, "stop": {"max_steps": 1001}},
    ],
)
def test_of_anything_else_there_is_no_polynomial(client, changed):
    told = ask(client, **{**QUADRATIC, "optimizers": [{"name": "gd"}], "t": 3, **changed}, polynomial=True)
    assert told["polynomial"] is None
    assert told["notices"][-1]["type"] == "no_polynomial"


def test_adam_grows_past_its_own_edge_and_leaves(client):
    """Crossing 76 = 38/lr at step 2,508; its scaling alone 25 = 2/lr at 913: measured apart, by NumPy's eigenvalues.

    The loss is past 0.005 again at 2,780, it was least at row 2,495, 8e-113. Scaling alone shows it about step 1,166:
    it leaves by what rounding left, so that a start 1e-5 aside moves that by up to 11.
    """
    ravine = {"problem": {"surface": "rotated_ravine"}, "start": [-3.1305, -2.6833]}
    for optimizer, steps, limit, crosses, leaves in (
        ({"name": "adam", "learning_rate": 0.5}, 3000, 76, 2508, 2780),
        ({"name": "adam", "learning_rate": 0.08, "beta1": 0}, 1200, 25, 913, 1166),
    ):
        told = ask(client, **ravine, optimizers=[optimizer], stop={"max_steps": steps}, every=3)
        columns = told["columns"]
        np.testing.assert_allclose(columns["limit"], limit, rtol=1e-9)
        assert columns["crosses"] == crosses
        assert abs(columns["leaves"] - leaves) <= (0 if limit == 76 else 11)
        leaves = columns["leaves"]
        losses = fallline.run(ravine, optimizers=[optimizer], stop={"max_steps": steps}).runs[0].loss
        assert losses[leaves - 1] < 1e-4 * losses[0] < losses[leaves]
        assert columns["least"] == losses[:leaves].argmin()
        assert limit == 25 or (columns["least"], f"{losses[columns['least']]:.0e}") == (2495, "8e-113")
        assert told["of"] == "preconditioned"


def test_the_curve_has_the_roots_of_each_rate(client):
    """Descent: 1 - rate * eigenvalue."""
    told = ask(client, **QUADRATIC, optimizers=[{"name": "gd", "learning_rate": 0.01}], curve=True)
    rates, roots = (np.array(told["curve"][name]) for name in ("learning_rate", "roots"))
    for mode, own in zip(told["modes"], roots, strict=True):
        np.testing.assert_allclose(own[:, 0, 0], 1 - rates * mode["eigenvalue"], rtol=1e-9, atol=1e-9)
    assert rates[0] < 0.01 < told["learning_rate_max"] < rates[-1]
    assert ask(client, **QUADRATIC, optimizers=[{"name": "lion"}], curve=True)["curve"] is None


def test_momentum_stands_a_rate_nineteen_times_larger(client):
    """(1 + beta)/(1 - beta) = 19: what the deck's averaged momentum wins by."""
    largest = {
        name: ask(client, **QUADRATIC, optimizers=[{"name": name}])["learning_rate_max"] for name in ("gd", "momentum")
    }
    assert largest["momentum"] / largest["gd"] == pytest.approx(19, rel=1e-9)
    assert ask(client, **QUADRATIC, optimizers=[{"name": "gd", "learning_rate": 0.02}])["limit"] == pytest.approx(100)
    assert largest["gd"] == pytest.approx(2 / np.linalg.eigvalsh([[2, 1], [1, 20]])[1], rel=1e-9)


def test_a_network_has_its_largest_eigenvalues(client):
    """Against all eigenvalues of the Hessian by differences of the gradient, each parameter by itself."""
    spec = {"problem": {"network": {"dataset": "xor", "hidden": [4, 3]}}, "stop": {"max_steps": 50},
            "optimizers": [{"name": "gd", "learning_rate": 0.5}], "t": 40}  # fmt: skip
    told = ask(client, **spec)
    n, h = len(told["at"]), 1e-4

    def gradient(point):
        return np.array([column[0] for column in fallline.run(
            problem=spec["problem"], start=point, optimizers=spec["optimizers"], stop={"max_steps": 1},
        ).runs[0].gradient.values()])  # fmt: skip

    at = np.array(told["at"])
    hessian = np.array([(gradient(at + h * e) - gradient(at - h * e)) / (2 * h) for e in np.eye(n)])
    expected = np.linalg.eigvalsh((hessian + hessian.T) / 2)
    largest = np.sort(expected[np.abs(expected).argsort()[-6:]])
    np.testing.assert_allclose([mode["eigenvalue"] for mode in told["modes"]], largest, atol=1e-6)
    assert told["hessian"] is None
    assert {notice["type"] for notice in told["notices"]} >= {"largest_alone"}


@pytest.mark.parametrize("name", ["lion", "rprop", "newton", "bfgs", "nelder_mead"])
def test_what_is_no_sum_of_multiples_has_modes_without_roots(client, name):
    told = ask(client, **QUADRATIC, optimizers=[{"name": name}])
    assert [mode["roots"] for mode in told["modes"]] == [None, None]
    assert told["learning_rate_max"] is None
    assert told["notices"][0]["type"] == "no_modes"
    assert told["condition_number"] == pytest.approx(np.linalg.cond([[2, 1], [1, 20]]))


def test_at_a_saddle_the_factor_says_how_fast_it_leaves(client):
    """x**2 - y**2: descent multiplies y by 1 + 2*lr a step, as the run does."""
    spec = {"problem": {"expression": "x^2 - y^2"}, "start": [1, 1e-6], "stop": {"max_steps": 50}}
    told = ask(client, **spec, optimizers=[{"name": "gd", "learning_rate": 0.1}])
    falling, rising = told["modes"]
    assert (falling["factor"], falling["stable"], rising["stable"]) == (pytest.approx(1.2), False, True)
    run = fallline.run(spec, optimizers=[{"name": "gd", "learning_rate": 0.1}]).runs[0]
    assert run.parameters["y"][50] == pytest.approx(1e-6 * 1.2**50)


@pytest.mark.parametrize("t", [0, 40])
def test_at_a_saddle_the_steps_to_leave_are_predicted_and_counted(client, t):
    """x**2 - y**2 on a map ten wide: y passes 1 at the first step with 1e-6 * 1.2**t > 1, so 76 after the start."""
    spec = {"problem": {"expression": "x^2 - y^2"}, "start": [1e-3, 1e-6], "t": t, "stop": {"max_steps": 200}}
    told = ask(client, **spec, optimizers=[{"name": "gd", "learning_rate": 0.1}])
    expected = int(np.ceil(np.log(1e6) / np.log(1.2))) - t
    assert told["leaving"] == {"distance": 1.0, "predicted": expected, "counted": expected}
    with_momentum = ask(client, **spec, optimizers=[{"name": "heavy_ball", "learning_rate": 0.1}])
    y, m = 1e-6, 0.0
    rows = [y]
    for _ in range(100):
        m = 0.9 * m - 2 * y
        y -= 0.1 * m
        rows.append(y)
    passed = int((np.array(rows) > 1).argmax())
    if t == 0:
        assert with_momentum["leaving"]["predicted"] == with_momentum["leaving"]["counted"] == passed


def test_of_no_quadratic_the_count_may_differ_and_elsewhere_there_is_none(client):
    """x**2 - y**2 + y**4/2 is less curved farther out: it takes longer than predicted near 0."""
    problem = {"expression": "x^2 - y^2 + y^4/8"}
    spec = {"problem": problem, "start": [0.1, 1e-3], "stop": {"max_steps": 300}}
    told = ask(client, **spec, optimizers=[{"name": "gd", "learning_rate": 0.02}])["leaving"]
    y, steps = 1e-3, 0
    while abs(y) <= 1:
        y, steps = y - 0.02 * (-2 * y + y**3 / 2), steps + 1
    assert told["predicted"] == np.ceil(np.log(1e3) / np.log(1.04)) < told["counted"]
    assert abs(told["counted"] - steps) <= 1, "the saddle is where one step of Newton's method leads"
    assert ask(client, **spec, optimizers=[{"name": "gd", "learning_rate": 0.02}], t=250)["leaving"] is None
    assert ask(client, **spec, optimizers=[{"name": "adam"}])["leaving"] is None
    assert ask(client, **QUADRATIC, optimizers=[{"name": "gd"}])["leaving"] is None
    assert ask(client, problem={"expression": "-x^2 + 0*y"}, optimizers=[{"name": "gd"}])["leaving"] is None
    short = {**spec, "stop": {"max_steps": 20}}
    told = ask(client, **short, optimizers=[{"name": "gd", "learning_rate": 0.02}])["leaving"]
    assert (told["predicted"], told["counted"]) == (None, None)


@pytest.mark.parametrize(
    ("fields", "loc", "code"),
    [
        ({"t": 61}, ["body", "t"], "past_the_end"),
        ({"t": -1}, ["body", "t"], "out_of_range"),
        ({"every": 0}, ["body", "every"], "out_of_range"),
        ({"every": 2, "stop": {"max_steps": 5000}}, ["body", "every"], "out_of_range"),
        ({"predicted": 1}, ["body", "predicted"], "not_a_boolean"),
        ({"domain": [[-1, 4], [0, 1]]}, ["body", "domain", 0, 0], "out_of_range"),
        ({"domain": [[0, 4], [1, 1]]}, ["body", "domain", 1], "empty_interval"),
        ({"domain": [[0, 4], [0, 1]], "lambda": 0}, ["body", "lambda"], "out_of_range"),
    ],
)
def test_what_cannot_be_told_is_refused(client, fields, loc, code):
    reply = client.post(CURVATURE, json={**QUADRATIC, "optimizers": [{"name": "gd", "learning_rate": 0.01}], **fields})
    (error,) = reply.json()["detail"]
    assert (reply.status_code, error["loc"], error["type"]) == (422, loc, code)


@pytest.mark.parametrize("name", SURFACES)
def test_every_surface_is_told_at_every_row_asked_for(client, name):
    for optimizer in ("adan", "nadam"):
        told = ask(client, problem={"surface": name}, optimizers=[{"name": optimizer}], stop={"max_steps": 20}, every=5)
        assert [len(told["columns"][name]) for name in ("t", "lambda_max", "limit")] == [5, 5, 5]
        assert len(told["modes"]) in (0, 2)


def test_the_library_has_the_same(client):
    spec = {"problem": {"expression": "x^2 + 10*y^2"}, "optimizers": [{"name": "heavy_ball", "beta": 0.8}], "t": 2}
    here = fallline.curvature("expression=x^2%2B10*y^2&optimizer=heavy_ball:beta=0.8", t=2)
    told = ask(client, **spec)
    assert [mode["factor"] for mode in told["modes"]] == here.factors.tolist()
    np.testing.assert_array_equal(here.roots.view(float).reshape(2, 2, 2), [mode["roots"] for mode in told["modes"]])
    assert (here.condition_number, here.learning_rate_max) == (told["condition_number"], told["learning_rate_max"])
    assert "each step keeps 0.8944, 0.8944" in repr(here)


PLANE = {"problem": {"expression": "x^2"}, "stop": {"max_steps": 1}, "domain": [[0, 4], [0, 0.999]]}


def polynomials(name, a, beta):
    """The characteristic polynomials of the literature, as in tests/descent/test_modes.py."""
    return {
        "heavy_ball": [1, a - 1 - beta, beta],
        "nesterov": [1, -(1 + beta) * (1 - a), beta * (1 - a)],
        "momentum": [1, (1 - beta) * a - 1 - beta, beta],
        "adam": [1, (1 - beta) * a - 1 - beta, beta],
    }[name]


@pytest.mark.parametrize("name", ["heavy_ball", "nesterov", "momentum", "adam"])
def test_the_plane_of_rate_times_curvature_and_momentum_needs_no_point(client, name):
    plane = ask(client, **PLANE, optimizers=[{"name": name}])["plane"]
    assert plane["parameter"] == ("beta1" if name == "adam" else "beta")
    (products, momenta), size = (plane["product"], plane["momentum"]), (61, 121)
    assert (products[0], products[-1], momenta[0], momenta[-1]) == (0, 4, 0, 0.999)
    for j, i in ((0, 30), (12, 5), (40, 60), (50, 110), (55, 90)):
        roots = np.roots(polynomials(name, products[i], momenta[j]))
        assert plane["factor"][j][i] == pytest.approx(np.abs(roots).max(), abs=2e-5)
        assert plane["discriminant"][j][i] == pytest.approx(((roots[0] - roots[1]) ** 2).real, abs=2e-5)
        assert plane["real"][j][i] == pytest.approx(roots[np.abs(roots).round(9).argmax()].real, abs=2e-5)
    if name != "nesterov":
        edges = 2 * (1 + np.array(momenta)) / (1 if name == "heavy_ball" else 1 - np.array(momenta))
        told = [np.nan if edge is None else edge for edge in plane["edge"]]
        np.testing.assert_allclose(told, np.where(edges < 4, edges, np.nan), rtol=1e-9)
    assert all(np.shape(plane[each]) == size for each in ("factor", "real", "discriminant"))


def test_without_momentum_the_plane_is_one_row(client):
    """Descent: |1 - a|; RMSProp the same, of the curvature that it scales. With decay 0.1 of its own: |1 - a - 0.1a/2|.

    AdamW's weights decay by 1 - lr*decay (Loshchilov and Hutter 2019), at the curvature 2 by a/2 times as much.
    """
    for name in ("gd", "rmsprop"):
        told = ask(client, **PLANE, optimizers=[{"name": name}])
        assert (told["momentum"], told["plane"]["parameter"], told["plane"]["momentum"]) == (None, None, [])
        (factor,) = told["plane"]["factor"]
        np.testing.assert_allclose(factor, np.abs(1 - np.array(told["plane"]["product"])), atol=2e-5)
    decayed = ask(client, **PLANE, optimizers=[{"name": "adamw", "beta1": 0, "weight_decay": 0.1}], **{"lambda": 2})
    products = np.array(decayed["plane"]["product"])
    np.testing.assert_allclose(decayed["plane"]["factor"][0], np.abs(1 - products - 0.1 * products / 2), atol=2e-5)


def test_a_rule_of_ones_own_has_its_plane_and_one_without_roots_none(client):
    own = {"rule": "v = keep*v - lr*g\nw = w + v", "learning_rate": 0.1, "keep": 0.5}
    assert ask(client, **PLANE, optimizers=[own])["plane"]["parameter"] == "keep"
    assert ask(client, **PLANE, optimizers=[{"name": "lion"}])["plane"] is None
    factor = fallline.curvature("expression=x^2&optimizer=heavy_ball", domain=PLANE["domain"]).reply["plane"]["factor"]
    assert factor[0][60] == pytest.approx(0, abs=1e-5), "descent with rate times curvature 1 is there in a step"


def test_the_values_in_force_are_told_after_a_schedule_and_a_change(client):
    """1/2 of the rate from step 5 on; beta as it is set at row 8."""
    halves = {"name": "step", "every": 4, "factor": 0.5}
    optimizer = {"name": "heavy_ball", "learning_rate": 0.02, "beta": 0.5, "schedule": halves}
    told = ask(client, **QUADRATIC, optimizers=[optimizer], t=5)
    assert (told["values"]["learning_rate"], told["values"]["beta"], told["momentum"]) == (0.01, 0.5, "beta")
    changed = {"name": "heavy_ball", "learning_rate": 0.02, "beta": 0.5, "changes": [{"at": 8, "beta": 0.9}]}
    assert ask(client, **QUADRATIC, optimizers=[changed], t=8)["values"]["beta"] == 0.9


def test_descent_goes_past_the_edge_of_its_own_and_comes_back(client):
    """On (1 - x*y)**2/2 the sharpness on the valley is x**2 + y**2, beyond 2/lr at the start; it ends below: nothing is
    left there. A run within the edge all along crosses nothing.
    """
    spec = {"problem": {"expression": "(1 - x*y)^2/2"}, "start": [3, 0.4], "stop": {"max_steps": 300}}
    told = ask(client, **spec, optimizers=[{"name": "gd", "learning_rate": 0.25}], every=1)["columns"]
    assert told["crosses"] == 1
    assert told["lambda_max"][-1] < told["limit"][-1] == pytest.approx(8)
    calm = ask(client, **spec, optimizers=[{"name": "gd", "learning_rate": 0.05}], every=7)["columns"]
    assert (calm["crosses"], calm["leaves"], calm["least"]) == (None, None, None)
