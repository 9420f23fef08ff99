"""Optimizers that step by a method that is no rule: what the routes say of them, and what they refuse."""

import csv
import io
import json

import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from app.server.settings import Settings
from tests.api.specs import BASE, SHOES, TRAJECTORIES, checked, events, run, spec
from tests.descent.runs import METHODS

ADAM = {"at": 3, "name": "adam", "learning_rate": 0.1}


@pytest.mark.parametrize("name", METHODS)
def test_it_is_named_like_any_optimizer_in_every_route(client, name):
    asked = spec(run(name), steps=5)
    reply = client.post(TRAJECTORIES, json=asked).json()["runs"][0]
    counts, n_steps = reply["evaluations"], reply["n_steps"]
    assert {key: len(column) for key, column in counts.items()} == dict.fromkeys(counts, n_steps + 1)
    assert sum(column[-1] for column in counts.values()) > 0
    stream = client.post(f"{TRAJECTORIES}/stream", json=asked).text
    parts = [data for event, _, data in events(stream) if event == "steps"]
    assert {key: [each for part in parts for each in part["evaluations"][key]] for key in counts} == counts
    step = client.post(f"{TRAJECTORIES}/step", json={**asked, "t": 1}).json()
    assert step["lines"] == []
    assert step["method_lines"][0]["latex"]
    assert client.post(f"{TRAJECTORIES}/quantities", json=asked).json()["values"] == {}
    seeds = {**asked, "over": {"seed": {"from": 0, "count": 2}}}
    assert client.post(f"{TRAJECTORIES}/sweep", json=seeds).json()["n_steps"] == [n_steps] * 2


def test_the_evaluations_stand_in_every_format(client):
    asked = f"{TRAJECTORIES}?surface=bowl&optimizer=newton&max_steps=2&fields=evaluations"
    rows = list(csv.DictReader(io.StringIO(client.get(f"{asked}&format=csv").text)))
    assert [row["evaluations_hessian"] for row in rows] == ["0", "1", "2"]
    lines = client.get(f"{asked}&format=jsonl").text.splitlines()
    assert [json.loads(line)["evaluations"]["gradient"] for line in lines] == [0, 1, 2]


def test_they_do_not_count_against_the_numbers_of_a_reply():
    """Of 141 rows with 7 numbers each, which a client could ask for before there were evaluations, none is refused."""
    client = TestClient(create_app(Settings(max_numbers=1000), pages=False))
    assert client.post(TRAJECTORIES, json=spec(steps=140)).status_code == 200
    assert client.post(TRAJECTORIES, json=spec(steps=144)).status_code == 422


def test_the_catalog_has_its_lines(client):
    found = {each["name"]: each for each in client.get(f"{BASE}/catalog").json()["optimizers"]}
    assert found["newton"]["rule"] == ""
    assert found["newton"]["latex"][0] == r"H = \nabla^2 L(w)"
    assert found["newton"]["family"] == "classical"


@pytest.mark.parametrize("name", ["adam", *METHODS])
def test_what_it_refuses_is_refused_and_nothing_else(client, name):
    found = {each["name"]: each["refuses"] for each in client.get(f"{BASE}/catalog/brief").json()["optimizers"]}
    asked = {
        "batch_size": ("", spec(run(name, batch_size=2), problem=SHOES)),
        "first_points": ("", spec(run(name, first_points=2), problem=SHOES)),
        "noise": ("", spec(run(name, noise=0.1))),
        "schedule": ("", spec(run(name, schedule={"name": "cosine", "steps": 5}))),
        "network": ("", spec(run(name), problem={"network": {"dataset": "xor"}})),
        "sweep": ("/sweep", {**spec(run(name)), "over": {"learning_rate": {"from": 0.1, "to": 1, "count": 3}}}),
        "program": ("/program", spec(run(name))),
    }
    replies = {what: client.post(f"{TRAJECTORIES}{path}", json=body) for what, (path, body) in asked.items()}
    assert found[name] == [what for what, reply in replies.items() if reply.status_code == 422]


def test_another_optimizer_may_take_over_and_its_evaluations_go_on(client):
    reply = client.post(TRAJECTORIES, json=spec(run("newton", changes=[ADAM]), steps=5)).json()["runs"][0]
    assert reply["evaluations"]["hessian"] == [0, 1, 2, 3, 3, 3]
    assert reply["evaluations"]["gradient"] == [0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("problem", "fields", "loc", "code"),
    [
        (SHOES, {"name": "bfgs", "batch_size": 2}, ["batch_size"], "needs_all_data"),
        (SHOES, {"name": "newton", "first_points": 2}, ["first_points"], "needs_all_data"),
        (SHOES, {"name": "sgd", "changes": [{"at": 2, "name": "newton"}]}, ["changes", 0, "batch_size"], "needs_all_data"),
        (SHOES, {"name": "gd", "changes": [{"at": 2, "name": "newton", "noise": 1}]}, ["changes", 0, "noise"], "needs_all_data"),
        (SHOES, {"name": "bfgs", "schedule": {"name": "cosine", "steps": 5}}, ["schedule"], "rate_read_once"),
        (SHOES, {"name": "bfgs", "changes": [{"at": 2, "learning_rate": 1}]}, ["changes", 0, "learning_rate"], "rate_read_once"),
        ({"network": {"dataset": "xor"}}, {"name": "newton"}, ["name"], "no_hessian"),
    ],
)  # fmt: skip
def test_what_it_cannot_take_into_account_is_refused(client, problem, fields, loc, code):
    (error,) = map(checked, client.post(TRAJECTORIES, json=spec(fields, problem=problem)).json()["detail"])
    assert (error["type"], error["loc"]) == (code, ["body", "optimizers", 0, *loc])


@pytest.mark.parametrize("fields", [run("bfgs"), run("gd", changes=[{"at": 2, "name": "bfgs"}])])
def test_a_program_of_what_has_no_rule_is_refused_with_a_code(client, fields):
    reply = client.post(f"{TRAJECTORIES}/program", json=spec(fields))
    (error,) = map(checked, reply.json()["detail"])
    assert error["type"] == "no_rule"
    assert "bfgs" in error["msg"]


def test_newton_sweeps_over_its_damping(client):
    asked = {**spec(run("newton", learning_rate=1.0), steps=1), "over": {"damping": {"from": 0, "to": 4, "count": 3}}}
    assert client.post(f"{TRAJECTORIES}/sweep", json=asked).json()["loss"][0] == pytest.approx(0, abs=1e-20)
