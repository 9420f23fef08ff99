"""Changes on the way over the API: in the body and the query, in replies, streams, steps, quantities and sweeps."""

from __future__ import annotations

import pytest

from fallline.spec.models import Spec
from tests.api.specs import STREAM, TRAJECTORIES, events, messages, own, run, spec

HIMMELBLAU = {"surface": "himmelblau"}
CHANGES = [{"at": 20, "learning_rate": 0.0005}, {"at": 40, "name": "adam", "learning_rate": 0.1}]
CHANGED = spec(run(learning_rate=0.001, changes=CHANGES), problem=HIMMELBLAU, steps=60, start=[1, 5])


def asked(client, path, body):
    """The reply to a body."""
    reply = client.post(path, json=body)
    assert reply.status_code == 200, reply.text
    return reply.json()


def single(client, body):
    """The one run of a body."""
    return asked(client, TRAJECTORIES, body)["runs"][0]


def test_a_run_goes_on_with_other_values_and_then_as_another_optimizer(client):
    found = single(client, CHANGED)
    assert found["learning_rate"] == [0.001] * 20 + [0.0005] * 20 + [0.1] * 20
    before = single(client, spec(run(learning_rate=0.001), problem=HIMMELBLAU, steps=20, start=[1, 5]))
    assert found["loss"][:21] == before["loss"]
    place = [found["parameters"][name][40] for name in "xy"]
    after = single(client, spec(run("adam", learning_rate=0.1), problem=HIMMELBLAU, steps=20, start=place))
    assert found["loss"][40:] == after["loss"]


def test_what_comes_back_can_be_sent_again(client):
    found = single(client, CHANGED)
    again = single(client, {**CHANGED, "optimizers": [found["optimizer"]]})
    assert again == found
    assert found["optimizer"]["changes"][0] == {"at": 20, "learning_rate": 0.0005}
    assert found["optimizer"]["changes"][1]["beta2"] == 0.999


def test_what_may_change_is_told_once(client):
    value = spec(run(changes=[{"at": 1, "zz": 1}]))
    (detail,) = client.post(TRAJECTORIES, json=value).json()["detail"]
    assert len(set(detail["ctx"]["allowed"])) == len(detail["ctx"]["allowed"]) > 5


@pytest.mark.parametrize(
    ("optimizer", "query"),
    [
        (run(learning_rate=0.001, changes=CHANGES),
         "gd:learning_rate=0.001,changes=20:learning_rate=0.0005;40:name=adam,learning_rate=0.1"),
        (run("adam", changes=[{"at": 5, "schedule": {"name": "exponential", "decay": 0.9}, "beta1": 0.5}]),
         "adam:learning_rate=0.01,changes=5:schedule=exponential,schedule.decay=0.9,beta1=0.5"),
    ],
    ids=["optimizer", "schedule"],
)  # fmt: skip
def test_the_query_says_the_same(client, optimizer, query):
    body = spec(optimizer, problem=HIMMELBLAU, steps=60, start=[1, 5])
    reply = client.get(f"{TRAJECTORIES}?surface=himmelblau&start=1,5&max_steps=60&optimizer={query}")
    assert reply.json() == asked(client, TRAJECTORIES, body)


@pytest.mark.parametrize("pace", ["", "?pace=1000"])
def test_a_stream_holds_the_same_rows_and_goes_on_across_a_change(client, pace):
    whole, parts = single(client, CHANGED), events(client.post(f"{STREAM}{pace}", json=CHANGED).text)
    steps = [data for name, _, data in parts if name == "steps"]
    for column in ("loss", "learning_rate", "step_size"):
        assert [value for data in steps for value in data[column]] == whole[column]
    for index, (_, mark, _) in enumerate(parts):
        if mark is not None:
            rest = client.post(f"{STREAM}{pace}", json=CHANGED, headers={"Last-Event-ID": mark})
            assert events(rest.text) == parts[index + 1 :]


@pytest.mark.parametrize("t", [20, 21, 40, 41, 60])
def test_a_step_is_written_out_with_the_values_of_its_phase(client, t):
    whole, step = single(client, CHANGED), asked(client, f"{TRAJECTORIES}/step", {**CHANGED, "t": t})
    assert step["lr"] == whole["learning_rate"][t - 1]
    assert step["after"] == {name: column[t] for name, column in whole["parameters"].items()}
    assert ("m_hat" in {line["name"] for line in step["lines"]}) == (t > 40)
    assert step["optimizer"]["learning_rate"] == step["lr"]
    assert step["optimizer"]["label"] == ("Adam" if t > 40 else "Gradient descent")
    own_count = f"Step {t} is step {t - 40} of this optimizer, which began after row 40."
    assert (own_count in step["notes"]) == (t > 40)


def test_a_sweep_leaves_to_a_change_what_the_change_sets(client):
    over = {"learning_rate": {"from": 0.0001, "to": 0.002, "count": 4}}
    found = asked(client, f"{TRAJECTORIES}/sweep", {**CHANGED, "over": over})
    for rate, loss in zip(found["values"], found["loss"], strict=True):
        body = spec(run(learning_rate=rate, changes=CHANGES), problem=HIMMELBLAU, steps=60, start=[1, 5])
        assert loss == pytest.approx(single(client, body)["loss"][-1], rel=1e-9)


@pytest.mark.parametrize("change", [{"learning_rate": 0.0005}, {"name": "adam"}], ids=["value", "optimizer"])
def test_a_sweep_leaves_it_to_a_change_at_the_start_too(client, change):
    body = spec(run(changes=[{"at": 0, **change}]), problem=HIMMELBLAU, steps=10, start=[1, 5])
    found = asked(
        client, f"{TRAJECTORIES}/sweep", {**body, "over": {"learning_rate": {"from": 0.0001, "to": 0.002, "count": 3}}}
    )
    assert found["loss"] == pytest.approx([single(client, body)["loss"][-1]] * 3, rel=1e-9)


def test_batches_go_on_and_all_the_points_may_follow(client):
    shoes = {"dataset": "shoe_size"}
    changes = [{"at": 6, "name": "adam"}, {"at": 9, "batch_size": None}]
    found = single(client, spec(run("mini_batch", changes=changes), problem=shoes, steps=12, seed=2))
    plain = single(client, spec(run("mini_batch"), problem=shoes, steps=12, seed=2))
    assert found["batch"][:9] == plain["batch"][:9]
    assert found["batch"][9:] == [None] * 3
    table = client.post(TRAJECTORIES, json=spec(run("mini_batch", changes=changes), problem=shoes, steps=12, seed=2),
                        headers={"Accept": "text/csv"})  # fmt: skip
    assert table.status_code == 200


ARRIVING = spec(
    run("sgd", first_points=2, changes=[{"at": 6, "first_points": None}]), problem={"dataset": "shoe_size"}, steps=12
)


def test_points_that_come_later_join_in(client):
    found = single(client, ARRIVING)
    assert {point for batch in found["batch"][:6] for point in batch} == {0, 1}
    assert {point for batch in found["batch"][6:9] for point in batch} == {0, 1, 2}
    assert found["optimizer"]["first_points"] == 2
    assert found["notes"] == ["After row 6 it goes on with the first 3 points of the data."]
    query = "dataset=shoe_size&max_steps=12&optimizer=sgd:learning_rate=0.01,first_points=2,changes=6:first_points=null"
    assert client.get(f"{TRAJECTORIES}?{query}").json()["runs"][0] == found
    parts = events(client.post(STREAM, json=ARRIVING).text)
    for index, (_, mark, _) in enumerate(parts):
        if mark is not None:
            rest = client.post(STREAM, json=ARRIVING, headers={"Last-Event-ID": mark})
            assert events(rest.text) == parts[index + 1 :]
    step = asked(client, f"{TRAJECTORIES}/step", {**ARRIVING, "t": 7})
    assert step["after"] == {name: column[7] for name, column in found["parameters"].items()}


@pytest.mark.parametrize(
    ("problem", "values", "place", "words"),
    [
        ({"surface": "bowl"}, {"first_points": 1}, "first_points", "is for data"),
        ({"dataset": "shoe_size"}, {"first_points": 4}, "first_points", "at most 3, the points; got 4"),
        ({"dataset": "shoe_size"}, {"first_points": 0}, "first_points", "whole number, in [1, "),
        ({"dataset": "shoe_size"}, {"first_points": 1, "batch_size": 2}, "batch_size", "at most 1, the points; got 2"),
        ({"dataset": "shoe_size"}, {"changes": [{"at": 1, "first_points": 9}]}, "changes[0].first_points", "at most 3"),
    ],
)
def test_points_that_are_not_there_are_named(client, problem, values, place, words):
    reply = client.post(TRAJECTORIES, json=spec(run(**values), problem=problem))
    assert reply.status_code == 422
    (message,) = messages(reply)
    assert message.startswith(f"optimizers[0].{place} "), message
    assert words in message


def test_a_rule_of_ones_own_can_follow_and_change(client):
    mine = {"at": 10, "rule": "m = beta*m + g\nw = w - lr*m", "learning_rate": 0.001, "beta": 0.5}
    found = single(client, spec(run(learning_rate=0.001, changes=[mine, {"at": 20, "beta": 0.9}]), problem=HIMMELBLAU))
    assert found["optimizer"]["changes"][0]["rule"].startswith("m = beta*m")
    rolled = single(client, spec(own("m = beta*m + g\nw = w - lr*m", beta=0.5), problem=HIMMELBLAU))
    assert len(rolled["loss"]) == len(found["loss"])


@pytest.mark.parametrize(
    ("changes", "place", "words"),
    [
        ([{"learning_rate": 0.1}], "optimizers[0].changes[0].at", ("required",)),
        ([{"at": -1, "learning_rate": 0.1}], "optimizers[0].changes[0].at", ("whole number", "-1")),
        ([{"at": 5}], "optimizers[0].changes[0]", ("a value that changes",)),
        ([{"at": 5, "learning_rate": 0}], "optimizers[0].changes[0].learning_rate", ("above 0", "got 0")),
        ([{"at": 5, "beta1": 0.5}], "optimizers[0].changes[0].beta1", ("not a field",)),
        ([{"at": 5, "lable": "x"}], "optimizers[0].changes[0].lable", ("learning_rate", "batch_size")),
        ([{"at": 5, "name": "adam", "bet": 1}], "optimizers[0].changes[0].bet", ("nearest: beta1, beta2",)),
        ([{"at": 5, "name": "adm"}], "optimizers[0].changes[0].name", ("adam", '"adm"')),
        ([{"at": 5, "name": "adam", "beta1": 1}], "optimizers[0].changes[0].beta1", ("[0, 1)", "got 1")),
        ([{"at": 5, "label": "x"}], "optimizers[0].changes[0].label", ("the run whole",)),
        ([{"at": 5, "batch_size": 2}], "optimizers[0].changes[0].batch_size", ("for data",)),
        ([{"at": 5, "name": "sgd"}], "optimizers[0].changes[0].noise", ("above 0", "Stochastic")),
        ([{"at": 5, "noise": 1}, {"at": 5, "noise": 2}], "optimizers[0].changes[1].at", ("above 5", "got 5")),
        ([{"at": n, "noise": 1} for n in range(17)], "optimizers[0].changes", ("at most 16", "17")),
        ("later", "optimizers[0].changes", ("a list",)),
        ([{"at": 5, "rule": "w = w - k*g", "learning_rate": 1}], "optimizers[0].changes[0].k", ("required",)),
        ([{"at": 5, "name": "gd", "rule": "w = g"}], "optimizers[0].changes[0].name", ("beside rule",)),
    ],
)  # fmt: skip
def test_a_change_that_does_not_fit_is_named(client, changes, place, words):
    reply = client.post(TRAJECTORIES, json=spec(run(changes=changes)))
    assert reply.status_code == 422
    (message,) = messages(reply)
    assert message.startswith(place), message
    assert all(word in message for word in words), message


def test_a_field_that_stands_twice_in_a_change_is_named_there(client):
    reply = client.get(f"{TRAJECTORIES}?surface=bowl&optimizer=gd:changes=3:noise=1,noise=2")
    assert messages(reply) == ["optimizers[0].changes[0].noise stands twice: give it once"]


def test_a_change_after_the_last_step_is_said_to_have_none(client):
    late = spec(run(changes=[{"at": 60, "learning_rate": 0.5}]), problem=HIMMELBLAU, steps=60)
    assert single(client, late)["notes"] == ["The change after row 60 is never made, as the run has at most 60 steps."]


# stop.small


def test_the_decks_rule_to_the_letter_stops_adam_after_one_step(client):
    """Adam's first step is its rate, 0.001, less a rounding of eps: below 0.001 in both parameters."""
    body = spec(run("adam", learning_rate=0.001), problem={"dataset": "shoe_size"})
    body["stop"] = {"max_steps": 1000, "min_step_size": 0.001}
    assert single(client, body)["n_steps"] == 347
    body["stop"]["small"] = "step"
    assert single(client, body)["n_steps"] == 1
    query = "dataset=shoe_size&optimizer=adam&min_step_size=0.001&small=step"
    assert client.get(f"{TRAJECTORIES}?{query}").json()["runs"][0]["n_steps"] == 1


def test_it_is_refused_by_name(client):
    body = spec(run()) | {"stop": {"small": "gradient"}}
    assert "stop.small" in messages(client.post(TRAJECTORIES, json=body))[0]


def test_the_phases_of_a_run_are_validated_once():
    (choice,) = Spec.model_validate(CHANGED).optimizers
    assert [phase.from_row for phase in choice.phases] == [0, 20, 40]
    assert choice.phases is choice.phases
    assert choice == Spec.model_validate(CHANGED).optimizers[0]
