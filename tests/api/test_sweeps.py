"""A sweep over HTTP: where single runs end, and every way to ask wrongly."""

import math
from itertools import accumulate
from statistics import quantiles

import numpy as np
import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from app.server.settings import Settings

SWEEP = "/api/v1/trajectories/sweep"
RUNS = "/api/v1/trajectories"
SEEDS = {"seed": {"from": 3, "count": 9}}


def asked(client, over, problem=None, **run):
    """The answer to a sweep of one run on the bowl, or on `problem`."""
    stop = run.pop("stop", {"max_steps": 50, "min_step_size": 1e-3})
    spec = {"problem": problem or {"surface": "bowl"}, "optimizers": [{"name": "gd", **run}], "stop": stop}
    return client.post(SWEEP, json={**spec, "over": over})


def test_each_value_ends_where_its_own_run_ends(client):
    spec = {
        "problem": {"dataset": "stopping_distance", "loss": "mse", "standardize": True},
        "stop": {"max_steps": 400, "min_step_size": 1e-3, "target_loss": 0.3621},
        "start": [-1, 1.5],
        "seed": 3,
    }
    run = {"name": "momentum", "batch_size": 10, "noise": 0.01}
    over = {"learning_rate": {"from": 1e-4, "to": 300, "count": 14}}
    told = client.post(SWEEP, json={**spec, "optimizers": [run], "over": over}).json()
    singles = [{**run, "learning_rate": rate} for rate in told["values"]]
    runs = client.post(RUNS, json={**spec, "optimizers": singles}).json()["runs"]
    assert {"diverged", "max_steps", "min_step_size", "target_loss"} == set(told["stop_reason"])
    assert told["stop_reason"] == [each["stop_reason"] for each in runs]
    assert told["n_steps"] == [each["n_steps"] for each in runs]
    for loss, each in zip(told["loss"], runs, strict=True):
        expected = None if each["stop_reason"] == "diverged" else pytest.approx(each["loss"][-1], rel=1e-9)
        assert loss == expected


def test_rates_have_equal_ratios_and_both_ends(client):
    told = asked(client, {"learning_rate": {"from": 1e-5, "to": 10, "count": 73}}).json()
    assert (told["over"], told["scale"]) == ("learning_rate", "log")
    assert (told["values"][0], told["values"][-1], len(told["values"])) == (1e-5, 10, 73)
    steps = [math.log10(b / a) for a, b in zip(told["values"], told["values"][1:], strict=False)]
    assert steps == pytest.approx([6 / 72] * 72)


def test_other_hyperparameters_are_spaced_as_their_sliders_run(client):
    decay = asked(client, {"beta": {"from": 0, "to": 0.999, "count": 4}}, name="heavy_ball").json()
    assert decay["values"] == pytest.approx([0, 0.9, 0.99, 0.999])
    weight = asked(client, {"weight_decay": {"from": 0, "to": 0.5, "count": 3}}, name="adamw").json()
    assert (weight["scale"], weight["values"]) == ("linear", [0, 0.25, 0.5])


def test_of_each_value_it_is_told_in_which_minimum_it_ends(client):
    """Himmelblau 1972 has four; a heavy ball of plain NumPy goes on until it rests, or flies off."""
    over = {"learning_rate": {"from": 1e-4, "to": 0.1, "count": 31}}
    run = {"name": "heavy_ball", "beta": 0.9, "stop": {"max_steps": 2000}}
    told = asked(client, over, {"surface": "himmelblau"}, **run).json()
    places, loss = np.array(told["minima"])[:, :2], np.array(told["minima"])[:, 2]
    minima = [(3, 2), (-2.805118, 3.131312), (-3.779310, -3.283186), (3.584428, -1.848126)]
    assert sorted(map(tuple, places.round(4))) == sorted(tuple(np.round(each, 4)) for each in minima)
    assert loss == pytest.approx(0, abs=1e-9)

    def ends(rate):
        (x, y), m = (1.0, 5.0), np.zeros(2)
        for _ in range(2000):
            u, v = x * x + y - 11, x + y * y - 7
            m = 0.9 * m + np.array([4 * x * u + 2 * v, 2 * u + 4 * y * v])
            x, y = (x, y) - rate * m
            if not abs(x) + abs(y) < 1e6:
                return -2
        (near,) = np.flatnonzero(np.hypot(*(places - (x, y)).T) < 0.02)
        return near

    start = client.post(RUNS, json={"problem": {"surface": "himmelblau"}, "optimizers": [{"name": "gd"}]}).json()
    assert [start["runs"][0]["parameters"][name][0] for name in "xy"] == [1, 5]
    assert told["end"] == list(map(ends, told["values"]))
    assert len({*told["end"]}) > 3, "several minima, and some fly off"
    network = asked(client, over, {"network": {"dataset": "xor"}}).json()
    assert network["end"] is network["minima"] is None


def test_the_edge_is_told_to_three_digits(client):
    problem, stop = {"expression": "x**2 + 10*y**2"}, {"max_steps": 2000}
    over = {"learning_rate": {"from": 1e-7, "to": 10, "count": 97}}
    edge = asked(client, over, problem, stop=stop).json()["edge"]
    assert edge["rises"]["fails"] == pytest.approx(2 / 20, rel=5e-4)
    assert edge["first_rising"] == pytest.approx(0.1 * 10 ** (1 / 12))
    assert edge["diverges"]["fails"] / edge["diverges"]["holds"] < 1.0005
    adam = asked(client, over, problem, stop=stop, name="adam").json()
    assert "diverged" not in adam["stop_reason"]
    assert adam["edge"]["diverges"] is adam["edge"]["first_diverging"] is None


def test_where_the_work_allows_no_more_the_edge_is_as_wide_as_the_sweep(client):
    stop, over = {"max_steps": 10}, {"learning_rate": {"from": 0.02, "to": 20, "count": 4}}
    served = create_app(Settings(max_work=9_000))
    gap = asked(TestClient(served), over, {"expression": "x**2"}, stop=stop).json()["edge"]["rises"]
    assert gap == {"holds": pytest.approx(0.2), "fails": pytest.approx(2)}
    narrow = asked(client, over, {"expression": "x**2"}, stop=stop).json()["edge"]["rises"]
    assert narrow == {"holds": pytest.approx(1, rel=0.003), "fails": pytest.approx(1, rel=0.003)}


@pytest.mark.parametrize("over", [{"learning_rate": {"from": 0.001, "to": 1, "count": 256}}, SEEDS])
def test_the_steps_that_are_advised_where_it_is_too_much_work_are_few_enough(over):
    # So many steps that a single run would be too much too
    served, steps = TestClient(create_app(Settings(max_work=1e6))), 100_000
    network = {"network": {"dataset": "spiral", "hidden": [4]}}
    (refused,) = asked(served, over, network, stop={"max_steps": steps}).json()["detail"]
    assert refused["type"] == "work_too_large"
    most = refused["ctx"]["limit"]
    assert asked(served, over, network, stop={"max_steps": most}).status_code == 200
    assert asked(served, over, network, stop={"max_steps": most + 1}).status_code == 422


def test_a_rule_of_ones_own_is_swept_in_equal_steps_whatever_its_rate(client):
    body = {
        "problem": {"expression": "x**2"},
        "start": [1],
        "optimizers": [{"rule": "w = w - lr*k2*g", "learning_rate": 100, "k2": 1}],
        "stop": {"max_steps": 3},
        "over": {"k2": {"from": -0.001, "to": 0.001, "count": 3}},
    }
    told = client.post(SWEEP, json=body).json()
    assert told["values"] == [-0.001, 0, 0.001]
    assert told["loss"] == pytest.approx([1.2**6, 1, 0.8**6])


def of_seeds(client, spec, **more):
    """The answer to a sweep over seeds, and its runs one by one."""
    told = client.post(SWEEP, json={**spec, "over": SEEDS, **more}).json()
    singles = [client.post(RUNS, json={**spec, "seed": seed}).json()["runs"][0] for seed in range(3, 12)]
    return told, singles


@pytest.mark.parametrize(
    ("problem", "run", "stop"),
    [
        ({"dataset": "noisy_line", "standardize": True}, {"batch_size": 30}, {"max_steps": 9}),
        ({"dataset": "shoe_size"}, {"name": "sgd", "learning_rate": 0.1}, {"max_steps": 40, "target_loss": 0.08}),
        ({"dataset": "shoe_size"}, {"sampling": "replacement", "batch_size": 2}, {"max_steps": 9}),
        ({"surface": "bowl"}, {"noise": 1.0}, {"max_steps": 20}),
        ({"network": {"dataset": "xor"}}, {"batch_size": 3}, {"max_steps": 5}),
    ],
    ids=["short_last_batch", "some_stop_early", "replacement", "no_data", "network_with_a_start_of_its_own"],
)
def test_over_seeds_it_is_the_single_runs_and_their_quartiles(client, problem, run, stop):
    spec = {"problem": problem, "optimizers": [{"name": "gd", "learning_rate": 0.05, **run}], "stop": stop}
    told, singles = of_seeds(client, spec, curves=True)
    assert (told["over"], told["values"]) == ("seed", list(range(3, 12)))
    assert told["loss"] == [each["loss"][-1] for each in singles]
    assert told["n_steps"] == [each["n_steps"] for each in singles]
    assert told["stop_reason"] == [each["stop_reason"] for each in singles]
    assert set(told["edge"].values()) == {None}
    longest = max(singles, key=lambda each: each["n_steps"])
    rows = [
        quantiles([each["loss"][min(row, each["n_steps"])] for each in singles], n=4, method="inclusive")
        for row in range(longest["n_steps"] + 1)
    ]
    for name, expected in zip(("low", "median", "high"), zip(*rows, strict=True), strict=True):
        assert told["curves"][name] == pytest.approx(expected, rel=1e-12)
    batches = longest["batch"]
    assert told["curves"]["samples"] == (batches and list(accumulate(map(len, batches), initial=0)))


def test_a_run_that_diverged_is_above_all_others(client):
    run = {"rule": "w = w - lr*g*abs(g)", "learning_rate": 0.3, "noise": 1.0}
    spec = {"problem": {"surface": "bowl"}, "start": [0, 0], "optimizers": [run], "stop": {"max_steps": 40}}
    told, singles = of_seeds(client, spec, curves=True)
    lengths = sorted(each["n_steps"] for each in singles)
    assert set(told["stop_reason"]) == {"diverged"}
    assert told["loss"] == [None] * 9
    # of nine runs the upper quartile is the seventh and the median the fifth: finite until as many have diverged
    for name, diverged in (("high", 3), ("median", 5)):
        infinite = [row > lengths[diverged - 1] for row in range(lengths[-1] + 1)]
        assert [value is None for value in told["curves"][name]] == infinite


def test_without_curves_none_come_and_they_are_for_seeds(client):
    spec = {"problem": {"surface": "bowl"}, "optimizers": [{"name": "gd", "noise": 0.1}], "stop": {"max_steps": 5}}
    assert "curves" not in client.post(SWEEP, json={**spec, "over": SEEDS}).json()
    assert "curves" not in client.post(SWEEP, json={**spec, "over": SEEDS, "curves": None}).json()
    many = client.post(SWEEP, json={**spec, "stop": {"max_steps": 100_000}, "over": {"seed": {"from": 0, "count": 2}}})
    assert len(many.json()["loss"]) == 2
    spec["over"] = {"learning_rate": {"from": 1, "to": 2, "count": 3}}
    (told,) = client.post(SWEEP, json={**spec, "curves": True}).json()["detail"]
    assert (told["type"], told["loc"]) == ("only_for_seeds", ["body", "curves"])


@pytest.mark.parametrize(
    ("over", "run", "loc", "words"),
    [
        ({}, {}, ["over"], "at least 1 entry, and has 0"),
        ({key: {"from": 1, "to": 2, "count": 3} for key in ("beta", "eps")}, {}, ["over"], "at most 1 entry, and has 2"),
        ({"learning_rate": {"from": 1, "to": 2}}, {}, ["over", "learning_rate", "count"], "required"),
        ({"learning_rate": {"from": 1, "to": 2, "count": 257}}, {}, ["over", "learning_rate", "count"], "[2, 256]"),
        ({"learning_rate": {"low": 1, "to": 2, "count": 3}}, {}, ["over", "learning_rate", "low"], "from"),
        ({"learning_rate": {"from": 0, "to": 2, "count": 3}}, {}, ["over", "learning_rate", "from"], "above 0"),
        ({"learning_rate": {"from": 2, "to": 2, "count": 3}}, {}, ["over", "learning_rate", "to"], "above 2, which is from"),
        ({"beta": {"from": 0, "to": 0.9, "count": 3}}, {}, ["over", "beta"], "learning_rate"),
        ({"beta1": {"from": 0, "to": 1, "count": 3}}, {"name": "adam"}, ["over", "beta1", "to"], "[0, 1)"),
        ({"eps": {"from": 0, "to": 1, "count": 3}}, {"name": "adam"}, ["over", "eps", "from"], "above 0"),
        ({"learning_rate": {"from": 1, "count": 3}}, {}, ["over", "learning_rate", "to"], "required"),
        ({"seed": {"from": 0, "to": 3, "count": 3}}, {}, ["over", "seed", "to"], "follow one another"),
        ({"seed": {"from": -1, "count": 3}}, {}, ["over", "seed", "from"], "whole number, in [0, "),
        ({"seed": {"from": 0.5, "count": 3}}, {}, ["over", "seed", "from"], "whole number"),
        ({"seed": {"from": 2**53 - 2, "count": 3}}, {}, ["over", "seed", "from"], "9007199254740989"),
        ({"seed": {"from": 0}}, {}, ["over", "seed", "count"], "required"),
        (
            {"seed": {"from": 0, "count": 256}},
            {"problem": {"network": {"dataset": "two_moons"}}, "stop": {"max_steps": 100_000}},
            ["stop", "max_steps"], "at most",
        ),
        (
            {"learning_rate": {"from": 1, "to": 2, "count": 256}},
            {"problem": {"network": {"dataset": "two_moons"}}, "stop": {"max_steps": 100_000}},
            ["stop", "max_steps"], "at most",
        ),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_named(client, over, run, loc, words):
    answer = asked(client, over, **run)
    assert answer.status_code == 422
    found = answer.json()["detail"]
    assert ["body", *loc] in [each["loc"] for each in found]
    assert words in " ".join(each["msg"] for each in found)


def test_one_run_at_a_time(client):
    body = {
        "problem": {"surface": "bowl"},
        "optimizers": [{"name": "gd"}, {"name": "adam"}],
        "over": {"learning_rate": {"from": 1, "to": 2, "count": 3}},
    }
    answer = client.post(SWEEP, json=body)
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"] == ["body", "optimizers"]


def test_of_a_quadratic_it_says_from_which_rate_on_the_curvature_grows(client):
    """x^2 + 10*y^2: curvature 20; descent 2/20, heavy ball 2*(1 + beta)/20 (Polyak 1964), however many the steps."""
    rates = {"learning_rate": {"from": 1e-3, "to": 1, "count": 5}}
    quadratic = {"problem": {"expression": "x^2 + 10*y^2"}, "over": rates}
    for optimizer, above in (({"name": "gd"}, 0.1), ({"name": "heavy_ball", "beta": 0.8}, 0.18)):
        for steps in (5, 500):
            body = {**quadratic, "optimizers": [optimizer], "stop": {"max_steps": steps}}
            grows = client.post(SWEEP, json=body).json()["edge"]["grows"]
            assert grows == {"above": pytest.approx(above, rel=1e-9), "curvature": pytest.approx(20)}
    for changed in (
        {"problem": {"surface": "rosenbrock"}},
        {"optimizers": [{"name": "adam"}]},
        {"optimizers": [{"name": "heavy_ball"}], "over": {"beta": {"from": 0, "to": 0.9, "count": 3}}},
    ):
        body = {**quadratic, "optimizers": [{"name": "gd"}], "stop": {"max_steps": 5}, **changed}
        assert client.post(SWEEP, json=body).json()["edge"]["grows"] is None


def steps_when_turned(degrees, rule, loss=0.08):
    """Steps to a loss of the ravine x^2/2 + 50*y^2 turned by an angle, from (-4, -1) turned with it, by NumPy alone."""
    angle = np.radians(degrees)
    along, across = np.array([np.cos(angle), np.sin(angle)]), np.array([-np.sin(angle), np.cos(angle)])
    w, held = -4 * along - across, [np.zeros(2), np.zeros(2)]
    for step in range(1000):
        if (along @ w) ** 2 / 2 + 50 * (across @ w) ** 2 <= loss:
            return step
        w = w - rule(step + 1, along * (along @ w) + 100 * across * (across @ w), held)
    return None


def descent(_, g, held):  # noqa: ARG001
    return 0.019 * g


def adagrad(_, g, held):
    held[0] += g**2
    return 1.25 * g / np.sqrt(held[0] + 1e-8)


def adam(t, g, held):
    held[0] += 0.1 * (g - held[0])
    held[1] += 0.001 * (g**2 - held[1])
    return 0.1 * held[0] / (1 - 0.9**t) / (np.sqrt(held[1] / (1 - 0.999**t)) + 1e-8)


TURNED = {
    "problem": {"surface": "rotated_ravine"}, "start": [-3.1305, -2.6833],
    "stop": {"max_steps": 300, "target_loss": 0.08},
}  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "optimizer", "steps"),
    [
        (descent, {"name": "gd", "learning_rate": 0.019}, [121, 121, 121]),
        (adagrad, {"name": "adagrad", "learning_rate": 1.25}, [9, 130, 172]),
        (adam, {"name": "adam", "learning_rate": 0.1}, [48, 226, 269]),
    ],
)
def test_steps_by_the_angle_at_which_a_ravine_lies(client, rule, optimizer, steps):
    """Along an axis, as the catalog's turned ravine is, and halfway between the axes; and every 30 degrees."""
    own = np.degrees(np.arctan(0.5))
    told = []
    for low, high in ((0, own), (own, 45)):
        body = {**TURNED, "optimizers": [optimizer], "over": {"angle": {"from": low, "to": high, "count": 2}}}
        reply = client.post(SWEEP, json=body).json()
        assert (reply["angle"], reply["over"], reply["scale"]) == (pytest.approx(own), "angle", "linear")
        told += reply["n_steps"]
    assert told == [steps[0], steps[1], steps[1], steps[2]]
    assert client.post(RUNS, json={**TURNED, "optimizers": [optimizer]}).json()["runs"][0]["n_steps"] == steps[1]
    body["over"] = {"angle": {"from": 0, "to": 180, "count": 7}}
    every = client.post(SWEEP, json=body).json()
    assert every["n_steps"] == [steps_when_turned(degrees, rule) for degrees in every["values"]]


@pytest.mark.parametrize(
    ("changed", "code", "loc"),
    [
        ({"problem": {"surface": "rosenbrock"}}, "not_turned", ["over", "angle"]),
        ({"problem": {"expression": "x^2"}, "start": [1]}, "not_turned", ["over", "angle"]),
        (
            {"problem": {"dataset": "shoe_size"}, "start": [1, 0], "optimizers": [{"name": "sgd"}]},
            "not_turned", ["over", "angle"],
        ),
        ({"over": {"angle": {"from": 0, "count": 3}}}, "missing", ["over", "angle", "to"]),
        ({"over": {"angle": {"from": 90, "to": 0, "count": 3}}}, "not_above", ["over", "angle", "to"]),
        ({"curves": True}, "only_for_seeds", ["curves"]),
    ],
)  # fmt: skip
def test_only_a_quadratic_on_a_map_is_turned(client, changed, code, loc):
    body = {**TURNED, "optimizers": [{"name": "gd", "learning_rate": 0.01}],
            "over": {"angle": {"from": 0, "to": 90, "count": 3}}, **changed}  # fmt: skip
    reply = client.post(SWEEP, json=body)
    (told,) = reply.json()["detail"]
    assert (reply.status_code, told["type"], told["loc"]) == (422, code, ["body", *loc])


def test_a_method_that_takes_one_point_is_turned_by_one_angle_after_the_other(client):
    """What follows from gradients alone turns with the loss, so all angles take as many steps."""
    body = {**TURNED, "optimizers": [{"name": "bfgs"}], "over": {"angle": {"from": 0, "to": 90, "count": 3}}}
    steps = client.post(SWEEP, json=body).json()["n_steps"]
    assert steps == [steps[0]] * 3
    assert 0 < steps[0] < 300


def test_a_line_fit_is_turned_about_its_least_loss(client):
    """At the angle at which it lies it ends as it is; descent, at any angle, after as many steps."""
    body = {"problem": {"dataset": "stopping_distance", "standardize": True, "loss": "mse"}, "start": [-1, 1.5],
            "stop": {"max_steps": 200, "target_loss": 0.36}}  # fmt: skip
    for optimizer in ({"name": "gd", "learning_rate": 0.05}, {"name": "adam", "learning_rate": 0.1}):
        spec = {**body, "optimizers": [optimizer]}
        own = client.post(SWEEP, json={**spec, "over": {"angle": {"from": 0, "to": 90, "count": 2}}}).json()["angle"]
        angles = {"angle": {"from": own, "to": own + 30, "count": 2}}
        told = client.post(SWEEP, json={**spec, "over": angles}).json()
        run = client.post(RUNS, json=spec).json()["runs"][0]
        assert told["n_steps"][0] == run["n_steps"]
        assert told["loss"][0] == pytest.approx(run["loss"][-1], rel=1e-9)
        if optimizer["name"] == "gd":
            assert told["n_steps"][1] == run["n_steps"]


def test_newtons_step_ends_at_the_minimum_at_any_angle(client):
    newton = {"name": "newton", "learning_rate": 1, "damping": 0}
    body = {**TURNED, "optimizers": [newton], "over": {"angle": {"from": 0, "to": 90, "count": 5}}}
    assert client.post(SWEEP, json=body).json()["n_steps"] == [1] * 5
