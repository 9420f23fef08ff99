"""The working of a step over HTTP."""

import math
import re

import pytest

from fallline.formulas import float_function, parse

STEP = "/api/v1/trajectories/step"
RUNS = "/api/v1/trajectories"
SURFACE = {"problem": {"surface": "rosenbrock"}, "optimizers": [{"name": "adam", "learning_rate": 0.05}]}
DATA = {
    "problem": {"dataset": "shoe_size", "loss": "ssr"},
    "optimizers": [{"name": "momentum", "batch_size": 2, "schedule": {"name": "inverse_time", "decay": 0.1}}],
    "seed": 4,
}


def computed(text):
    """What a text with numbers alone computes, in the project's own language."""
    return float_function((), (parse(text, ()),))()[0]


@pytest.mark.parametrize("spec", [SURFACE, DATA], ids=["surface", "data"])
@pytest.mark.parametrize("t", [1, 2, 3, 1000])
def test_a_step_is_that_of_the_run(client, spec, t):
    told = client.post(STEP, json={**spec, "t": t}).json()
    run = client.post(RUNS, json=spec).json()["runs"][0]
    names = list(run["parameters"])
    assert told["before"] == {name: run["parameters"][name][t - 1] for name in names}
    assert told["after"] == {name: run["parameters"][name][t] for name in names}
    assert {name: told["gradient"][name]["value"] for name in names} == {n: run["gradient"][n][t - 1] for n in names}
    assert (told["t"], told["lr"]) == (t, run["learning_rate"][t - 1])
    assert told["batch"] == (run["batch"] and run["batch"][t - 1])
    assert told["optimizer"] == run["optimizer"]
    for line in told["lines"]:
        for filled in line["values"].values():
            assert computed(filled["substituted"]) == filled["value"]
    assert {name: told["lines"][-1]["values"][name]["value"] for name in names} == told["after"]


def test_the_contract_names_every_part(client):
    told = client.post(STEP, json={**DATA, "t": 3}).json()
    assert {"t", "lr", "before", "gradient", "lines", "after"} <= set(told)
    assert {"value", "latex", "terms"} <= set(told["gradient"]["slope"])
    assert {"point", "latex", "value"} <= set(told["gradient"]["slope"]["terms"][0])
    assert {"residual", "chain", "formula", "formula_latex"} <= set(told["gradient"]["slope"]["terms"][0])
    assert {"residual", "loss", "outer", "inner", "product", "divisor"} <= set(told["gradient"]["slope"]["chain"])
    assert {"name", "formula", "latex", "values"} <= set(told["lines"][0])
    assert {"substituted", "latex", "value"} <= set(told["lines"][0]["values"]["slope"])
    assert [term["point"] for term in told["gradient"]["slope"]["terms"]] == told["batch"]


def test_a_step_past_the_end_is_refused_with_the_reason(client):
    spec = {**DATA, "optimizers": [{"name": "gd"}], "stop": {"max_steps": 1000, "min_step_size": 0.001}}
    assert client.post(STEP, json={**spec, "t": 81}).status_code == 200
    for t in (82, 1000, 10**15, 10**30):
        answer = client.post(STEP, json={**spec, "t": t})
        assert answer.status_code == 422
        assert answer.json()["detail"] == [
            {
                "loc": ["body", "t"],
                "msg": f"t must be at most 81, where the run ends (min_step_size); got {int(float(t))}",
                "type": "past_the_end",
                "ctx": {"limit": 81, "stop_reason": "min_step_size", "got": str(int(float(t)))},
            }
        ]


@pytest.mark.parametrize(
    ("t", "words"), [(0, "at least 1"), (1.5, "whole number"), ("3", "quotes"), (None, "whole number"), (True, "whole number")]
)  # fmt: skip
def test_t_counts_from_one(client, t, words):
    answer = client.post(STEP, json={**SURFACE, "t": t})
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"] == ["body", "t"]
    assert words in answer.json()["detail"][0]["msg"]


def test_one_run_at_a_time_and_t_is_required(client):
    answer = client.post(STEP, json={**SURFACE, "optimizers": SURFACE["optimizers"] * 2})
    assert answer.status_code == 422
    assert [each["loc"][1] for each in answer.json()["detail"]] == ["optimizers", "t"]


def test_marks_are_there_when_asked_for(client):
    line = client.post(STEP, json={**SURFACE, "t": 2, "marked": True}).json()["lines"][0]
    assert line["latex"].startswith(r"\htmlData{of=m}{m} \leftarrow \htmlData{of=beta1}{\beta_{1}} \htmlData")
    assert "htmlData" not in client.post(STEP, json={**SURFACE, "t": 2}).text


def test_what_is_not_finite_is_null(client):
    run = {"rule": "q = 1/(g - g)\nw = w - lr*g", "learning_rate": 0.001}
    told = client.post(STEP, json={**SURFACE, "optimizers": [run], "t": 1}).json()
    q = told["lines"][0]["values"]["x"]
    assert q["value"] is None
    assert q["value_latex"] == r"\infty"
    assert math.isinf(computed(q["substituted"]))


def test_a_thousand_points_list_their_terms(client):
    points = [[i / 1000, (i * 7919 % 1000) / 1000] for i in range(1000)]
    spec = {"problem": {"points": points, "loss": "huber"}, "optimizers": [{"name": "adam"}], "t": 5}
    told = client.post(STEP, json=spec).json()
    assert [term["point"] for term in told["gradient"]["slope"]["terms"]] == list(range(1000))


def test_what_is_substituted_computes_the_value_with_whole_powers_as_products(client):
    """Python's own power of the cube differs in the last digits."""
    value = {"problem": {"surface": "beale"}, "optimizers": [{"name": "adagrad", "learning_rate": 0.01}], "t": 7}
    told = client.post(STEP, json=value).json()["gradient"]["x"]
    square = re.sub(r"([\d.]+)\*\*2", r"(\1*\1)", told["substituted"])
    products = re.sub(r"([\d.]+)\*\*3", r"(\1*(\1*\1))", square)
    assert eval(products) == told["value"]
    assert eval(told["substituted"]) == pytest.approx(told["value"], rel=1e-14)
