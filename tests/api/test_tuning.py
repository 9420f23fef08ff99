"""What is found best against every rate by itself, and against what can be worked out by hand."""

import numpy as np
import pytest

import fallline
from fallline.in_parts import whole
from fallline.limits import UNLIMITED
from fallline.spec.fields import MAX_SEED
from fallline.spec.plan import planning
from fallline.tuning import TuneSpec
from tests.api.specs import events, run, spec

TUNE = "/api/v1/trajectories/tune"
RATES = {"learning_rate": {"from": 1e-3, "to": 1}}
RAVINE = {"problem": {"expression": "x^2/2 + 25*y^2/2"}, "start": [5, 1], "optimizers": [{"name": "gd"}],
          "stop": {"max_steps": 500, "target_loss": 0.001}}  # fmt: skip


def ask(client, **fields):
    reply = client.post(TUNE, json=fields)
    assert reply.status_code == 200, reply.text
    return reply.json()


def steps_of_descent(rate, target=0.001, stays=False):
    """By hand: x is multiplied by 1 - rate at each step, y by 1 - 25 rate."""
    t = np.arange(501)
    with np.errstate(over="ignore"):
        loss = (5 * (1 - rate) ** t) ** 2 / 2 + 25 * (1 - 25 * rate) ** (2.0 * t) / 2
    below = loss <= target
    if stays:
        return np.inf if not below[-1] else 1 + np.flatnonzero(~below)[-1]
    return np.flatnonzero(below)[0] if below.any() else np.inf


def test_descent_finds_the_best_rate_of_a_quadratic(client):
    told = ask(client, **RAVINE, over=RATES)
    (best,) = told["best"].values()
    by_hand = [steps_of_descent(rate) for rate in np.geomspace(1e-3, 1, 20_001)]
    assert told["steps"] == told["evaluations"] == steps_of_descent(best)
    assert told["steps"] <= min(by_hand) + 1
    for value, steps in told["curve"]:
        assert steps == pytest.approx(steps_of_descent(value)) or (steps is None and steps_of_descent(value) == np.inf)
    low, high = told["range"]["learning_rate"]
    assert low < best <= high
    assert max(steps_of_descent(low), steps_of_descent(high)) <= 2 * told["steps"]
    assert steps_of_descent(low / 10 ** (3 / 72)) > 2 * told["steps"]


def test_a_pair_is_better_than_a_rate_alone(client):
    """Polyak 1964: with curvatures 1 and 25 the best heavy ball keeps (5 - 1)/(5 + 1) a step, descent 24/26."""
    pair = {**RATES, "beta": {"from": 0, "to": 0.99}}
    ball = ask(client, **{**RAVINE, "optimizers": [{"name": "heavy_ball"}]}, over=pair)
    descent = ask(client, **RAVINE, over=RATES)
    assert ball["steps"] < descent["steps"] / 2
    assert ball["budget"]["runs"] == pytest.approx(33 * 17 + 5 * 81 + 2 * 73, rel=0.2)
    run = fallline.run({**RAVINE, "optimizers": [{"name": "heavy_ball", **ball["best"]}]}).runs[0]
    assert (run.n_steps, run.stop_reason) == (ball["steps"], "target_loss")


def test_a_loss_that_is_passed_through_does_not_count_where_it_must_stay(client):
    told = ask(client, **{**RAVINE, "optimizers": [{"name": "heavy_ball", "beta": 0.9}]}, over=RATES, stays=True)
    one = {"name": "heavy_ball", "beta": 0.9, **told["best"]}
    loss = fallline.run({**RAVINE, "optimizers": [one], "stop": {"max_steps": 500}}).runs[0].loss
    assert (loss[int(told["steps"]) :] <= 0.001).all()
    assert loss[int(told["steps"]) - 1] > 0.001
    reached = ask(client, **{**RAVINE, "optimizers": [{"name": "heavy_ball", "beta": 0.9}]}, over=RATES)
    assert reached["steps"] < told["steps"]


def test_where_it_must_stay_no_run_is_planned_to_end_at_the_target():
    one = {**RAVINE, "over": RATES}
    targets = [
        whole(planning(TuneSpec.model_validate({**one, "stays": stays}), UNLIMITED)).runs[0].stop.target_loss
        for stays in (False, True)
    ]
    assert targets == [0.001, None]


def test_with_fewer_values_it_finds_nearly_as_good_ones(client):
    """Of 320,000 pairs in NumPy one needs 14 steps and most of the best 15."""
    pair = {**RAVINE, "optimizers": [{"name": "heavy_ball"}], "over": {**RATES, "beta": {"from": 0, "to": 0.99}}}
    pair["stays"] = True
    full, coarse = ask(client, **pair), ask(client, **pair, coarse=True)
    assert coarse["budget"]["runs"] < full["budget"]["runs"] / 3
    assert 14 <= full["steps"] <= coarse["steps"] <= 16


def test_of_three_values_it_tries_so_few_that_code_run_point_by_point_can_take_a_thousand_steps():
    over = {**RATES, "beta1": {"from": 0, "to": 0.99}, "beta2": {"from": 0, "to": 0.999}}
    spec = {**RAVINE, "optimizers": [{"name": "adam"}], "over": over, "coarse": True}
    assert TuneSpec.model_validate(spec).effort.tried < 400
    assert TuneSpec.model_validate({**spec, "coarse": False}).effort.tried > 4000


def test_values_have_few_digits(client):
    beta = {"beta": {"from": 0, "to": 0.99}}
    told = ask(client, **{**RAVINE, "optimizers": [{"name": "heavy_ball"}]}, over={**RATES, **beta}, stays=True)
    assert all(len(f"{value:.12g}") <= len("0.01234") for value in told["best"].values())


def test_as_events_it_may_be_ten_times_as_much(client):
    asked = {**RAVINE, "optimizers": [{"name": "adam"}], "stop": {"max_steps": 90_000, "target_loss": 30}}
    asked["over"] = {**RATES, "beta1": {"from": 0, "to": 0.99}, "beta2": {"from": 0, "to": 0.999}}
    as_events = {"Accept": "text/event-stream"}
    refused, begun, too_much = (
        client.post(TUNE, json={**asked, "seeds": seeds}, headers=headers)
        for seeds, headers in ((1, {}), (1, as_events), (64, as_events))
    )
    assert [refused.status_code, begun.status_code, too_much.status_code] == [422, 200, 422]
    assert {reply.json()["detail"][0]["type"] for reply in (refused, too_much)} == {"work_too_large"}


def test_of_several_seeds_the_median_counts(client):
    noisy = {**RAVINE, "optimizers": [{"name": "gd", "noise": 1.0}], "seed": 3}
    told = ask(client, **noisy, over=RATES, seeds=5)
    assert told["budget"]["seeds"] == [3, 4, 5, 6, 7]
    one = {"name": "gd", "noise": 1.0, **told["best"]}
    steps = sorted(fallline.run({**noisy, "optimizers": [one]}, seed=seed).runs[0].n_steps for seed in range(3, 8))
    assert told["steps"] == steps[2]


def test_where_none_gets_there_that_is_said(client):
    told = ask(client, **{**RAVINE, "stop": {"max_steps": 20, "target_loss": -1}}, over=RATES)
    assert (told["best"], told["range"], told["steps"]) == (None, None, None)
    assert [notice["type"] for notice in told["notices"]] == ["never_reached"]
    assert {steps for _, steps in told["curve"]} == {None}


def test_what_needs_many_steps_is_found_among_what_needs_few(client):
    """Gradient descent to 1e-40 needs over a thousand steps, a heavy ball some three hundred."""
    asked = {**RAVINE, "stop": {"max_steps": 4000, "target_loss": 1e-40}}
    told = ask(client, **asked, over=RATES)
    (best,) = told["best"].values()
    assert told["steps"] == pytest.approx(np.log(1e-40) / 2 / np.log(24 / 26), rel=0.05)
    assert best == pytest.approx(2 / 26, rel=0.01)


def test_a_range_that_goes_to_the_end_of_what_was_tried_says_so(client):
    told = ask(client, **RAVINE, over={"learning_rate": {"from": 0.05, "to": 0.07}})
    assert told["notices"][0] == {
        "type": "good_to_the_end", "ctx": {"name": "learning_rate", "ends": [0.05, 0.07]},
        "msg": "The good values of learning_rate go to an end of what was tried (0.05 or 0.07), and may go on.",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "loc", "code"),
    [
        ({"stop": {"max_steps": 10}}, ["body", "stop", "target_loss"], "missing"),
        ({"over": {"beta": {"from": 0, "to": 0.9}}}, ["body", "over", "beta"], "unknown_name"),
        ({"over": {"learning_rate": {"from": 1, "to": 0.1}}}, ["body", "over", "learning_rate", "to"], "not_above"),
        ({"over": {"learning_rate": {"from": 0, "to": 0.1}}}, ["body", "over", "learning_rate", "from"],
         "out_of_range"),
        ({"over": {}}, ["body", "over"], "too_few"),
        ({"seeds": 65}, ["body", "seeds"], "out_of_range"),
        ({"seed": MAX_SEED, "seeds": 2}, ["body", "seed"], "out_of_range"),
        ({"stop": {"max_steps": 100_000, "target_loss": 1}, "seeds": 64}, ["body", "stop", "max_steps"],
         "work_too_large"),
    ],
)  # fmt: skip
def test_what_cannot_be_tuned_is_refused(client, fields, loc, code):
    reply = client.post(TUNE, json={**RAVINE, "over": RATES, **fields})
    assert reply.status_code == 422
    error = reply.json()["detail"][0]
    assert (error["loc"], error["type"]) == (loc, code)


def test_a_method_that_takes_one_point_at_a_time_is_tuned(client):
    told = ask(
        client, **spec(run("bfgs")) | {"over": RATES, "stop": {"max_steps": 9, "target_loss": 1}, "coarse": True}
    )
    best = spec(run("bfgs", **told["best"])) | {"stop": {"max_steps": 9, "target_loss": 1}}
    assert fallline.run(best)[0].n_steps == told["steps"]


def test_as_events_it_tells_how_far_it_is(client):
    asked = {**RAVINE, "over": RATES, "seeds": 3}
    reply = client.post(TUNE, json=asked, headers={"Accept": "text/event-stream"})
    *before, (last, _, whole) = events(reply.text)
    assert (last, whole) == ("done", ask(client, **asked))
    shares = [data["done"] for _, _, data in before]
    assert shares == sorted(shares)
    assert len(shares) > 8
    assert 0 < shares[0] < 0.34 < shares[-1] <= 1
