"""The quantities of a rule over HTTP."""

import pytest

QUANTITIES = "/api/v1/trajectories/quantities"
RUNS = "/api/v1/trajectories"
STEP = "/api/v1/trajectories/step"
SPEC = {"problem": {"surface": "himmelblau"}, "optimizers": [{"name": "adam", "learning_rate": 0.1}]}


def test_columns_stand_beside_those_of_the_run(client):
    told = client.post(QUANTITIES, json={**SPEC, "stop": {"max_steps": 700}}).json()
    step = client.post(STEP, json={**SPEC, "t": 700}).json()
    last = {line["name"]: line["values"] for line in step["lines"]}
    assert (told["n_steps"], told["stop_reason"]) == (700, "max_steps")
    assert told["latex"] == {"m": "m", "v": "v", "m_hat": r"\hat{m}", "v_hat": r"\hat{v}"}
    for parameter in ("x", "y"):
        for state in ("m", "v"):
            column = told["states"][state][parameter]
            assert (len(column), column[0], column[-1]) == (701, 0, last[state][parameter]["value"])
        for value in ("m_hat", "v_hat"):
            column = told["values"][value][parameter]
            assert (len(column), column[-1]) == (700, last[value][parameter]["value"])
        assert len(told["rate"]["values"][parameter]) == 700
    assert (told["rate"]["of"], told["rate"]["formula"]) == ("m_hat", "lr/(sqrt(v_hat) + eps)")


def test_a_rule_without_states_has_empty_groups(client):
    told = client.post(QUANTITIES, json={**SPEC, "optimizers": [{"name": "gd"}], "stop": {"max_steps": 3}}).json()
    assert (told["states"], told["values"]) == ({}, {})
    assert told["rate"]["values"] == {"x": [0.01] * 3, "y": [0.01] * 3}


def test_what_is_not_finite_is_null(client):
    run = {"rule": "q = 1/(g - g)\nw = w - lr*g", "learning_rate": 0.001}
    told = client.post(QUANTITIES, json={**SPEC, "optimizers": [run], "stop": {"max_steps": 2}}).json()
    assert told["values"]["q"] == {"x": [None, None], "y": [None, None]}


@pytest.mark.parametrize("steps", [50_001, 100_000])
def test_too_many_numbers_are_refused(client, steps):
    spec = {**SPEC, "optimizers": [{"name": "adam", "learning_rate": 1e-7}]}
    answer = client.post(QUANTITIES, json={**spec, "stop": {"max_steps": steps}})
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"] == ["body", "stop", "max_steps"]
    assert "at most 50000 steps" in answer.json()["detail"][0]["msg"]
