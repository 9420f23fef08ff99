"""Runs as one reply: its columns, its media types, its limits, and what may be kept of it."""

from __future__ import annotations

import csv
import io
import json
import math

import numpy as np
import pytest

from fallline.optimizers import OPTIMIZERS
from fallline.problems import SURFACES
from fallline.schedules import SCHEDULES
from tests.api.specs import BATCHES, MIXED, RACE, SHOES, STREAM, TRAJECTORIES, events, messages, own, run, spec

STEP_FIELDS = ("learning_rate", "step_size")
QUERY = "surface=himmelblau&start=1,5&max_steps=30&optimizer=gd:learning_rate=0.002&optimizer=adam:learning_rate=0.2"


def asked(client, value, **query):
    reply = client.post(TRAJECTORIES, json=value, params=query)
    assert reply.status_code == 200, reply.text
    return reply.json()


def varies(reply):
    """What a reply varies with, the origin of the asking page apart."""
    return set(reply.headers["vary"].split(", ")) - {"Origin"}


@pytest.mark.parametrize("value", [RACE, MIXED, BATCHES], ids=["race", "mixed", "batches"])
def test_columns_have_their_lengths_and_only_finite_numbers(client, value):
    reply = asked(client, value)
    assert set(reply) == {"problem", "start", "seed", "runs"}
    for one in reply["runs"]:
        columns = [*one["parameters"].values(), one["loss"]]
        steps = [*one["gradient"].values(), one["learning_rate"], one["step_size"]]
        assert {len(column) for column in columns} == {one["n_steps"] + 1}
        assert {len(column) for column in steps} == {one["n_steps"]}
        assert all(math.isfinite(number) for column in columns + steps for number in column)
        assert [column[0] for column in one["parameters"].values()] == reply["start"]


def test_ends_are_named_with_a_sentence(client):
    leaves, late, noisy, arrives = asked(client, MIXED)["runs"]
    assert leaves["stop_reason"] == "diverged"
    assert leaves["diverged_at"] == leaves["n_steps"] + 1
    assert (late["stop_reason"], noisy["stop_reason"]) == ("max_steps", "max_steps")
    assert arrives["stop_reason"] == "min_step_size"
    assert "diverged_at" not in arrives
    assert str(arrives["n_steps"]) in arrives["sentence"]
    assert "simulated" in " ".join(noisy["notes"])
    assert arrives["notes"] == []


def test_the_end_point_is_what_gradient_and_hessian_say_of_it(client):
    value = spec(run(learning_rate=0.002), problem={"surface": "rastrigin"}, steps=300, start=[-3.3, 2.8])
    (one,) = asked(client, value)["runs"]
    point = one["end_point"]
    assert (point["kind"], point["lowest"]) == ("minimum", False)
    assert point["at"] == pytest.approx([-2.98486, 2.98486], abs=1e-5)
    # In each parameter 2 + 40 pi**2 cos(2 pi x)
    assert point["eigenvalues"] == pytest.approx([2 + 40 * math.pi**2 * math.cos(2 * math.pi * 2.98486)] * 2, rel=1e-4)
    assert 0 <= point["gradient_norm"] < 1e-3


@pytest.mark.parametrize(
    ("problem", "rate"), [({"surface": "bowl"}, 1e5), ({"network": {"dataset": "xor"}}, 0.1)], ids=["away", "network"]
)
def test_a_run_that_diverged_and_a_network_have_no_end_point(client, problem, rate):
    (one,) = asked(client, spec(run(learning_rate=rate), problem=problem))["runs"]
    assert "end_point" not in one


@pytest.mark.parametrize("pace", [None, 1000])
def test_the_stream_ends_with_it_where_the_last_block_is_empty_too(client, pace):
    value = spec(problem={"surface": "saddle"}, start=[0, 0], steps=63)
    reply = client.post(STREAM, json=value, params={} if pace is None else {"pace": pace})
    (end,) = (data for name, _, data in events(reply.text) if name == "end")
    assert end["end_point"]["kind"] == "saddle"


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_optimizer_runs_and_tells_every_value_in_force(client, name):
    declared = OPTIMIZERS[name]
    reply = asked(client, spec({"name": name, "noise": 0.1 if declared.rule else 0}, steps=5))
    told = reply["runs"][0]["optimizer"]
    assert told["name"] == name
    assert {key: told[key] for key in declared.params} == {key: p.default for key, p in declared.params.items()}
    assert told["schedule"] == {"name": "constant"}


@pytest.mark.parametrize("value", [RACE, MIXED, BATCHES], ids=["race", "mixed", "batches"])
def test_what_the_reply_tells_can_be_sent_back(client, value):
    reply = asked(client, value)
    again = {**value, "optimizers": [one["optimizer"] for one in reply["runs"]]}
    assert asked(client, again) == reply


def test_a_schedule_tells_its_parameters(client):
    name = "warmup_cosine"
    (one,) = asked(client, spec(run(schedule={"name": name}), steps=5))["runs"]
    told = one["optimizer"]["schedule"]
    assert told == {"name": name, **{key: p.default for key, p in SCHEDULES[name].params.items()}}


def test_a_surface_runs_from_its_own_start(client):
    name = "himmelblau"
    reply = asked(client, spec(run(learning_rate=1e-4), problem={"surface": name}, steps=5))
    assert reply["problem"]["kind"] == "surface"
    assert reply["problem"]["parameters"] == ["x", "y"]
    assert reply["start"] == list(SURFACES[name].start)
    assert [m["at"] for m in reply["problem"]["minima"]] == [list(m.at) for m in SURFACES[name].minima]


@pytest.mark.parametrize(
    ("problem", "parameters"),
    [
        ({"expression": "x**2 + 3*y**2"}, ["x", "y"]),
        ({"expression": "(x - 1)^2"}, ["x"]),
        ({"expression": "y"}, ["x", "y"]),
    ],
)
def test_an_expression_has_the_parameters_it_names(client, problem, parameters):
    reply = asked(client, spec(problem=problem, steps=2))
    assert reply["problem"]["parameters"] == parameters
    assert reply["problem"]["kind"] == "expression"


def test_own_points_are_the_same_fit_as_the_data_set_with_them(client):
    points = {"points": [[0.6, 1.1], [0.8, 1.2], [1.1, 2.1]]}
    by_points = asked(client, spec(problem=points, start=[1, 0]))
    by_name = asked(client, spec(problem=SHOES, start=[1, 0]))
    assert by_points["runs"] == by_name["runs"]
    assert by_points["runs"][0]["loss"][0] == pytest.approx(1.41)


def test_an_own_rule_is_the_optimizer_whose_lines_it_repeats(client):
    mine = own(
        OPTIMIZERS["nadam"].rule, beta1=0.9, beta2=0.999, eps=1e-8, momentum_decay=0.004, initial={"mu_product": 1}
    )
    reply = asked(client, spec(mine, run("nadam"), steps=20))
    mine, theirs = reply["runs"]
    assert mine["parameters"] == theirs["parameters"]


def test_a_state_of_an_own_rule_may_start_at_a_formula(client):
    mine = own("s = s + 1\nw = w - lr*s*0*g", initial={"s": "2*learning_rate"})
    (one,) = asked(client, spec(mine, steps=1))["runs"]
    assert one["optimizer"]["initial"] == {"s": "2*learning_rate"}


@pytest.mark.parametrize("fields", ["parameters,loss", "loss", "batch", "step_size,gradient"])
def test_fields_leave_the_other_columns_out(client, fields):
    (one,) = asked(client, spec(), fields=fields)["runs"]
    columns = {"parameters", "loss", "gradient", "learning_rate", "step_size", "batch"}
    assert columns & set(one) == set(fields.split(","))


def test_get_is_the_same_as_post(client):
    value = spec(
        run(learning_rate=0.002),
        run("adam", learning_rate=0.2),
        problem={"surface": "himmelblau"},
        start=[1, 5],
        steps=30,
    )
    assert client.get(f"{TRAJECTORIES}?{QUERY}").content == client.post(TRAJECTORIES, json=value).content


def rows_of(reply):
    """(run, t) -> the row, as the JSON reply has it."""
    for index, one in enumerate(reply["runs"]):
        for t in range(one["n_steps"] + 1):
            last = t == one["n_steps"]
            yield (
                (index, t),
                {
                    "parameters": {name: column[t] for name, column in one["parameters"].items()},
                    "loss": one["loss"][t],
                    "gradient": None if last else {name: column[t] for name, column in one["gradient"].items()},
                    **{field: None if last else one[field][t] for field in STEP_FIELDS},
                    "batch": None if last or one["batch"] is None else one["batch"][t],
                },
            )


@pytest.mark.parametrize("value", [RACE, MIXED, BATCHES], ids=["race", "mixed", "batches"])
def test_lines_hold_the_same_rows(client, value):
    text = client.post(TRAJECTORIES, json=value, headers={"Accept": "application/jsonl"})
    assert text.headers["content-type"].startswith("application/jsonl")
    lines = [json.loads(line) for line in text.text.splitlines()]
    reply = asked(client, value)
    expected = dict(rows_of(reply))
    assert [(line["run"], line["t"]) for line in lines] == list(expected)
    for line in lines:
        row = expected[line["run"], line["t"]]
        assert {key: line[key] for key in row} == row
    ends = [(line["run"], line["stop_reason"]) for line in lines if "stop_reason" in line]
    assert ends == [(index, one["stop_reason"]) for index, one in enumerate(reply["runs"])]


@pytest.mark.parametrize("value", [RACE, MIXED, BATCHES], ids=["race", "mixed", "batches"])
def test_the_table_holds_the_same_rows(client, value):
    text = client.post(TRAJECTORIES, json=value, headers={"Accept": "text/csv"})
    assert text.headers["content-type"].startswith("text/csv")
    heading, *rows = csv.reader(io.StringIO(text.text))
    reply = asked(client, value)
    names = reply["problem"]["parameters"]
    assert heading == [
        "run", "label", "t", *names, "loss", *(f"gradient_{n}" for n in names), "learning_rate", "step_size", "batch",
        "evaluations_loss", "evaluations_gradient", "evaluations_hessian",
    ]  # fmt: skip
    expected = list(rows_of(reply))
    assert len(rows) == len(expected)
    for cells, ((index, t), row) in zip(rows, expected, strict=True):
        assert (int(cells[0]), int(cells[2])) == (index, t)
        assert [float(cell) for cell in cells[3 : 3 + len(names)]] == list(row["parameters"].values())
        assert float(cells[3 + len(names)]) == row["loss"]
        assert (cells[-5] == "") == (row["step_size"] is None)
        assert cells[-4] == " ".join(map(str, row["batch"] or []))


def test_the_average_of_the_rows_is_a_column_of_its_own_in_every_format(client):
    """Polyak and Ruppert's: NumPy's mean of the rows from 100 to each later one, over blocks of 1,024, and its loss."""
    value = spec(run(learning_rate=0.05, noise=1.0), problem={"expression": "x^2 + 10*y^2"}, start=[1, 1], steps=2500)
    (one,) = asked(client, value, average=100)["runs"]
    found, rows = one["average"], np.array(list(one["parameters"].values()))
    assert list(found) == ["x", "y", "loss"]
    for name, column in found.items():
        assert (len(column), set(column[:100])) == (2501, {None}), name
    for t in (100, 101, 1023, 1024, 2500):
        x, y = rows[:, 100 : t + 1].mean(axis=1)
        assert [found[name][t] for name in found] == pytest.approx([x, y, x**2 + 10 * y**2], rel=1e-9)
    lines = client.post(TRAJECTORIES, json=value, params={"average": 100, "format": "jsonl"}).text.splitlines()
    assert [json.loads(lines[t])["average"] for t in (99, 100)] == [None, {name: found[name][100] for name in found}]
    table = client.post(TRAJECTORIES, json=value, params={"average": 100, "format": "csv", "fields": "loss"}).text
    heading, *cells = csv.reader(io.StringIO(table))
    assert heading[3:] == ["loss", "average_loss"]
    assert (cells[99][4], float(cells[2500][4])) == ("", found["loss"][2500])
    (short,) = asked(client, value | {"stop": {"max_steps": 9}}, average=100)["runs"]
    assert short["average"]["loss"] == [None] * 10


@pytest.mark.parametrize("value", [RACE, MIXED, BATCHES, spec(start=[0, 0]) | {"stop": {"target_loss": 0.0}}])
def test_aligned_columns_are_of_one_length_and_begin_with_a_null(client, value):
    plain, aligned = asked(client, value), asked(client, value, align=True)
    for one, other in zip(plain["runs"], aligned["runs"], strict=True):
        for field in STEP_FIELDS:
            assert other[field] == [None, *one[field]]
        assert other["gradient"] == {name: [None, *column] for name, column in one["gradient"].items()}
        assert other["batch"] == (one["batch"] and [None, *one["batch"]])
        assert len(other["step_size"]) == len(other["loss"]) == one["n_steps"] + 1
        same = {key: value for key, value in one.items() if key not in (*STEP_FIELDS, "gradient", "batch")}
        assert same.items() <= other.items()


@pytest.mark.parametrize("value", [RACE, MIXED, BATCHES], ids=["race", "mixed", "batches"])
def test_aligned_rows_say_which_step_led_to_them_in_every_format(client, value):
    reply = asked(client, value, align=True)
    lines = list(map(json.loads, client.post(f"{TRAJECTORIES}?align=true&format=jsonl", json=value).text.splitlines()))
    table = list(csv.DictReader(io.StringIO(client.post(f"{TRAJECTORIES}?align=true&format=csv", json=value).text)))
    assert len(lines) == len(table) == sum(one["n_steps"] + 1 for one in reply["runs"])
    for line, cells in zip(lines, table, strict=True):
        one, t = reply["runs"][line["run"]], line["t"]
        gradient = {name: column[t] for name, column in one["gradient"].items()}
        assert line["gradient"] == (gradient if t else None)
        assert [cells[f"gradient_{name}"] for name in gradient] == [
            str(each) if t else "" for each in gradient.values()
        ]
        assert line["batch"] == (one["batch"] and one["batch"][t])
        assert cells["batch"] == " ".join(map(str, line["batch"] or []))
        for field in STEP_FIELDS:
            assert line[field] == one[field][t]
            assert cells[field] == (str(one[field][t]) if t else "")


def test_a_get_may_be_kept_and_is_answered_with_304(client):
    first = client.get(f"{TRAJECTORIES}?{QUERY}")
    tag = first.headers["etag"]
    assert "max-age" in first.headers["cache-control"]
    for held in (tag, f'"other", {tag}', f'"other" ,{tag},W/"a"', "*", " * ", tag.removeprefix("W/")):
        again = client.get(f"{TRAJECTORIES}?{QUERY}", headers={"If-None-Match": held})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        assert varies(again) == varies(first) == {"Accept", "Accept-Encoding"}
    lines = [("If-None-Match", '"other"'), ("If-None-Match", tag)]
    assert client.get(f"{TRAJECTORIES}?{QUERY}", headers=lines).status_code == 304
    assert client.get(f"{TRAJECTORIES}?{QUERY}", headers={"If-None-Match": '"other"'}).status_code == 200


def test_304_comes_before_anything_is_computed(client, monkeypatch):
    tag = client.get(f"{TRAJECTORIES}?{QUERY}").headers["etag"]
    monkeypatch.setattr("app.work.worker.shared_body", None)
    assert client.get(f"{TRAJECTORIES}?{QUERY}", headers={"If-None-Match": tag}).status_code == 304
    assert client.head(f"{TRAJECTORIES}?{QUERY}").headers["etag"] == tag


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("optimizer=adam", "optimizer=adam:beta1=0.9", True),
        ("optimizer=adam", "optimizer=adam&window=-1,1,-1,1", True),
        ("optimizer=adam", "optimizer=adam&max_steps=1000&seed=0", True),
        ("optimizer=adam", "optimizer=adam:beta1=0.8", False),
        ("optimizer=adam", "optimizer=adam&seed=1", False),
        ("optimizer=adam", "optimizer=adam&fields=loss", False),
        ("optimizer=adam", "optimizer=adam&format=json", True),
        ("optimizer=adam", "optimizer=adam&format=csv", False),
        ("optimizer=adam", "optimizer=adam&align=false", True),
        ("optimizer=adam", "optimizer=adam&align=true", False),
        ("optimizer=adam", "optimizer=adam:label=x", False),
    ],
)
def test_the_tag_is_of_what_is_asked_and_not_of_how(client, one, other, same):
    tags = [client.head(f"{TRAJECTORIES}?surface=bowl&{query}").headers["etag"] for query in (one, other)]
    assert (tags[0] == tags[1]) is same


def test_more_numbers_than_a_reply_may_hold_are_refused_early(client):
    heavy = spec(*[run(learning_rate=1e-9)] * 16, steps=100_000)
    reply = client.post(TRAJECTORIES, json=heavy)
    assert reply.status_code == 422
    assert all(word in messages(reply)[0] for word in ("500000", "fewer steps", "fields=", "stream"))


def test_only_numbers_that_come_count(client):
    value = spec(run(learning_rate=0.1), steps=100_000) | {"stop": {"max_steps": 100_000, "min_step_size": 1e-6}}
    assert asked(client, value)["runs"][0]["n_steps"] < 1000


def test_long_columns_are_whole(client):
    (one,) = asked(client, spec(run(learning_rate=1e-6), steps=60_000))["runs"]
    assert len(one["loss"]) == 60_001
    assert one["loss"] == sorted(one["loss"], reverse=True)


def test_a_formula_comes_back_typeset_for_whoever_shows_it(client):
    spec = {"problem": {"expression": "x**2 + sqrt(3)"}, "optimizers": [{"name": "gd"}], "stop": {"max_steps": 1}}
    assert client.post("/api/v1/trajectories", json=spec).json()["problem"]["latex"] == r"x^{2} + \sqrt{3}"
    fit = {**spec, "problem": {"dataset": "shoe_size"}}
    assert "latex" not in client.post("/api/v1/trajectories", json=fit).json()["problem"]


@pytest.mark.parametrize("name", ["title", "setup", "phases", "copy", "hyperparameters"])
def test_a_hyperparameter_of_ones_own_may_have_any_name(client, name):
    """On x**2 + 2*y**2 half of a rate of 0.1 takes x from 1 to 1 - 0.05*2."""
    run = {"rule": f"w = w - lr*{name}*g", "learning_rate": 0.1, name: 0.5}
    body = {"problem": {"surface": "bowl"}, "start": [1, 1], "optimizers": [run], "stop": {"max_steps": 1}}
    (reply,) = client.post(TRAJECTORIES, json=body).json()["runs"]
    assert reply["optimizer"][name] == 0.5
    assert reply["parameters"]["x"] == pytest.approx([1, 0.9])
