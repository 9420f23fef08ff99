"""What a reader of a run must know comes as sentences, and as codes with the values of these."""

from __future__ import annotations

import pytest

from fallline.notices import NOTICES
from fallline.sentences import names_in, sentence
from tests.api.specs import SHOES, STREAM, TRAJECTORIES, events, run, spec

LATER = {"name": "adam", "learning_rate": 0.1}
HOMES = {"network": {"dataset": "house_prices"}}
CASES = [
    (spec(run("sgd", noise=0.1)), ["noise_simulated", "no_data"]),
    (spec(run(), problem={**SHOES, "standardize": True}), ["standardized"]),
    (spec(run(), problem=HOMES), ["dataset_note", "standardized_from"]),
    (spec(run(changes=[{"at": 2, "learning_rate": 0.5}, {"at": 3, **LATER}])), ["other_values", "other_optimizer"]),
    (spec(run(changes=[{"at": 2, "first_points": 2, "noise": 0}]), problem=SHOES), ["other_values", "other_points"]),
    (spec(run(changes=[{"at": 60, "noise": 0.5}])), ["noise_simulated", "change_never_made"]),
]

XOR = {"network": {"dataset": "xor"}}
KINK = {"expression": "x^2 + (y^2)^0.75"}
DECAY = {"name": "adamw", "form": "l2", "weight_decay": 0.4, "learning_rate": 0.5}
CURVATURES = [
    (spec(run("lion")), ["no_modes"]),
    ({**spec(run("lion")), "polynomial": True}, ["no_modes", "no_polynomial"]),
    ({**spec(DECAY, problem={"surface": "ravine"}), "t": 9}, ["modes_not_apart"]),
    (spec(run("adam"), problem={"surface": "saddle"}), ["scale_held", "does_not_rise"]),
    ({**spec(run(), problem=KINK), "start": [1, 0]}, ["curvature_not_finite"]),
    (spec(run("sgd"), problem=XOR), ["does_not_rise", "largest_alone", "curvature_of_all"]),
]


def said(found):
    """The codes of notices, each of which gives its sentence from its values alone."""
    assert found["notes"] == [each["msg"] for each in found["notices"]]
    for each in found["notices"]:
        assert each["msg"] == sentence(NOTICES[each["type"]], each["ctx"])
        assert names_in(NOTICES[each["type"]]) <= each["ctx"].keys()
    return [each["type"] for each in found["notices"]]


@pytest.mark.parametrize(("value", "codes"), CASES)
def test_a_run_tells_its_notices_in_a_reply_and_in_a_stream(client, value, codes):
    (found,) = client.post(TRAJECTORIES, json=value).json()["runs"]
    assert said(found) == codes
    _, _, start = events(client.post(STREAM, json=value).text)[0]
    assert start["runs"][0]["notices"] == found["notices"]
    assert said(start["runs"][0]) == codes


def test_a_step_tells_them_too_and_every_code_is_met(client):
    value = spec(run(changes=[{"at": 2, **LATER}]))
    step = client.post(f"{TRAJECTORIES}/step", json={**value, "t": 5}).json()
    assert said(step) == ["step_of_optimizer", "rounded"]
    assert step["notices"][0]["ctx"] == {"t": 5, "count": 3, "began": 2}
    of_runs = {code for _, codes in CASES for code in codes}
    of_curvatures = {code for _, codes in CURVATURES for code in codes}
    of_tuning = {"never_reached", "good_to_the_end"}  # met in test_tuning.py
    of_own = {
        "rate_suggested",
        "own_fault",
        "recorded_path",
        "recorded_plane",
        "gradient_from",
        "gradient_by_differences",
        "curvature_by_differences",
        "loss_one_point",
        "step_is_code",
    }  # met in tests/own
    assert of_runs | set(said(step)) | of_curvatures | of_tuning | of_own == NOTICES.keys()


@pytest.mark.parametrize(("value", "codes"), CURVATURES)
def test_a_curvature_tells_what_is_to_be_known_of_it(client, value, codes):
    assert said(client.post(f"{TRAJECTORIES}/curvature", json=value).json()) == codes


def test_the_values_are_those_of_the_request(client):
    changes = [{"at": 2, "learning_rate": 0.5, "schedule": {"name": "inverse_time", "decay": 0.1}}, {"at": 3, **LATER}]
    values, other = client.post(TRAJECTORIES, json=spec(run(changes=changes))).json()["runs"][0]["notices"]
    assert values["ctx"] == {"at": 2, "values": {"learning_rate": 0.5, "schedule": "inverse_time"}}
    assert values["msg"] == "After row 2 it goes on with learning rate 0.5, schedule inverse time."
    assert other["ctx"] == {"at": 3, "optimizer": "Adam", "learning_rate": 0.1}


def test_how_a_run_ends_is_told_in_values(client):
    rules = {"max_steps": 300, "min_step_size": 0.001}
    away, there = client.post(
        TRAJECTORIES, json={**spec(run(learning_rate=2.0), run(learning_rate=0.1)), "stop": rules}
    ).json()["runs"]
    assert (away["stop_reason"], away["diverged_at"]) == ("diverged", away["n_steps"] + 1)
    assert away["what_broke"] == {
        "quantity": "loss", "failure": "too_large", "parameter": None, "state": None, "beyond": 1e100,
    }  # fmt: skip
    assert (there["stop_reason"], there["threshold"]) == ("min_step_size", 0.001)
    assert "threshold" not in away
    assert "what_broke" not in there
