"""Networks over the API: runs, streams, batches, the working with its forward and backward sections, and planes."""

from __future__ import annotations

import math

import numpy as np
import pytest

from fallline.problems.network_datasets import NETWORK_DATASETS
from tests.api.specs import BASE, LANDSCAPE, TRAJECTORIES, messages, run, spec

XOR = {"network": {"dataset": "xor"}}
HOMES = {"network": {"dataset": "house_prices"}}
MOONS = {"network": {"dataset": "two_moons", "hidden": [3], "loss": "cross_entropy"}}
ADAM = run("adam", learning_rate=0.05)


def asked(client, path, body):
    """The reply to a body."""
    reply = client.post(path, json=body)
    assert reply.status_code == 200, reply.text
    return reply.json()


def test_a_run_of_a_network_says_what_it_is_and_learns(client):
    reply = asked(client, TRAJECTORIES, spec(ADAM, problem=XOR, steps=300, seed=4))
    assert reply["problem"]["kind"] == "network"
    names = reply["problem"]["parameters"]
    assert names == [
        "w1_1_1", "w1_1_2", "w1_2_1", "w1_2_2", "w1_3_1", "w1_3_2", "b1_1", "b1_2", "b1_3",
        "w2_1_1", "w2_1_2", "w2_1_3", "b2_1",
    ]  # fmt: skip
    network = reply["problem"]["network"]
    assert {name: network[name] for name in ("dataset", "hidden", "activation", "loss", "output", "standardized")} == {
        "dataset": "xor", "hidden": [3], "activation": "tanh", "loss": "mse", "output": "linear", "standardized": False,
    }  # fmt: skip
    assert (network["inputs"], network["sizes"]) == (["x1", "x2"], [2, 3, 1])
    assert network["samples"][2] == {"inputs": [1, 0], "target": 1}
    found = reply["runs"][0]
    assert list(found["parameters"]) == names
    assert found["loss"][-1] < 0.01 < found["loss"][0]
    assert {len(column) for column in found["gradient"].values()} == {300}


def test_the_query_says_the_same_as_the_body(client):
    body = spec(run("adam", learning_rate=0.02, batch_size=10), problem=MOONS, steps=20, seed=3)
    query = "network=two_moons:hidden=3,loss=cross_entropy&optimizer=adam:learning_rate=0.02,batch_size=10&seed=3"
    reply = client.get(f"{TRAJECTORIES}?{query}&max_steps=20")
    assert reply.json() == asked(client, TRAJECTORIES, body)
    assert {len(batch) for batch in reply.json()["runs"][0]["batch"]} == {10}
    assert reply.headers["etag"]


def test_without_hidden_layers_and_standardised(client):
    """Under squares that is the line fit: with one standardised input the least loss is 1 - r**2."""
    query = "network=regression_sine:hidden=,loss=mse&standardize=true&optimizer=gd:learning_rate=0.3&max_steps=200"
    reply = client.get(f"{TRAJECTORIES}?{query}").json()
    assert reply["problem"]["parameters"] == ["w1_1_1", "b1_1"]
    found = {name: values[-1] for name, values in reply["runs"][0]["parameters"].items()}
    assert found["b1_1"] == pytest.approx(0, abs=1e-9)
    assert reply["runs"][0]["loss"][-1] == pytest.approx(1 - found["w1_1_1"] ** 2)


def test_what_is_always_scaled_is_said(client):
    reply = asked(client, TRAJECTORIES, spec(run(), problem=HOMES, steps=1))
    network = reply["problem"]["network"]
    assert network["standardized"]
    # areas 32, 25, 80, 55 have mean 48 and variance 464.5, rooms 3, 1, 4, 3 have 2.75 and 1.1875, distances 5, 8, 10, 10
    # have 8.25 and 4.1875; cities stay as they are
    numbers = [32 / math.sqrt(464.5), 1.25 / math.sqrt(1.1875), 1.75 / math.sqrt(4.1875)]
    assert network["samples"][2]["inputs"] == pytest.approx([*numbers, 0, 0, 1, 0])
    always, scaled = notes = reply["runs"][0]["notes"]
    assert "always standardised" in always
    assert "price (euros) less 295000, divided by" in scaled
    step = asked(client, f"{TRAJECTORIES}/step", {**spec(run(), problem=HOMES, steps=1), "t": 1})
    assert [text for text in step["notes"] if "standardised" in text] == notes


def test_samples_of_ones_own_are_learned_by_a_neuron_as_by_hand(client):
    """At weight 1 and bias 0 of 2 and 4 it says 1 and 3: errors of -1, so that the loss is 1 and its gradient
    2 * (-1 * 1 - 1 * 3) / 2 = -4 and -2. Scaled, 1, 3 and 2, 4 are both -1 and 1: nothing is left to learn.
    """
    body = spec(run("gd", learning_rate=0.1), problem={"network": {"points": [[1, 2], [3, 4]], "hidden": []}}, steps=1)
    reply = asked(client, TRAJECTORIES, body | {"start": [1, 0]})
    network = reply["problem"]["network"]
    assert (network["dataset"], network["label"], network["kind"]) == (None, "2 samples", "regression")
    assert (network["inputs"], network["target"], network["loss"]) == (["x"], "y", "mse")
    (found,) = reply["runs"]
    assert found["loss"][0] == 1
    assert found["gradient"] == {"w1_1_1": [-4], "b1_1": [-2]}
    assert {name: values[-1] for name, values in found["parameters"].items()} == {"w1_1_1": 1.4, "b1_1": 0.2}
    scaled = body | {"problem": {**body["problem"], "standardize": True}, "start": [1, 0]}
    reply = asked(client, TRAJECTORIES, scaled)
    assert reply["runs"][0]["loss"] == [0, 0]
    assert "x less 2, divided by 1; y less 3, divided by 1" in reply["runs"][0]["notes"][0]


def test_targets_of_0_and_1_are_labels_unless_they_are_called_numbers(client):
    points = [[0.5, 1, 0], [2, 1, 1]]
    for kind, expected in ((None, "classification"), ("regression", "regression")):
        problem = {"network": {"points": points, "kind": kind}, "standardize": True}
        network = asked(client, TRAJECTORIES, spec(run(), problem=problem, steps=1))["problem"]["network"]
        assert (network["kind"], network["inputs"]) == (expected, ["x1", "x2"])
        # of 1 and 1 the deviation is 0: divided by 1
        assert [sample["inputs"] for sample in network["samples"]] == [[-1, 0], [1, 0]]
        targets = [sample["target"] for sample in network["samples"]]
        assert targets == ([0, 1] if expected == "classification" else [-1, 1])


def test_samples_of_ones_own_are_what_those_of_the_catalog_are(client):
    rows = NETWORK_DATASETS["xor"].rows
    own = {"network": {"points": rows, "hidden": [3], "loss": "mse"}}
    of_catalog, of_own = (asked(client, TRAJECTORIES, spec(ADAM, problem=each, steps=9)) for each in (XOR, own))
    assert of_own["runs"] == of_catalog["runs"]
    query = "network=hidden=3,loss=mse,points=0,0,0;0,1,1;1,0,1;1,1,0&optimizer=adam:learning_rate=0.05&max_steps=9"
    assert client.get(f"{TRAJECTORIES}?{query}").json() == of_own
    own_suits, suits = (client.get(f"{BASE}/catalog").json()["networks"][name] for name in ("own", "datasets"))
    assert [(each["kind"], each["rows"]) for each in own_suits] == [("classification", []), ("regression", [])]
    assert [each["suggested"] for each in own_suits] == [suits[1]["suggested"], suits[4]["suggested"]]


def test_of_the_working_one_sample_can_be_asked_for_alone(client):
    body = spec(run("gd", learning_rate=0.1, batch_size=2), problem=XOR, steps=5, seed=1)
    reply = asked(client, f"{TRAJECTORIES}/step", {**body, "t": 2})
    assert [sample["index"] for sample in reply["samples"]] == reply["batch"]
    assert reply["more_samples"] == 0
    alone = asked(client, f"{TRAJECTORIES}/step", {**body, "t": 2, "sample": 1})
    assert (alone["samples"], alone["more_samples"]) == (reply["samples"][1:], 1)
    assert alone["backward"][1]["delta"] == reply["backward"][1]["delta"][3:]


# planes


def test_a_plane_along_two_weights_is_the_loss_with_those_two_changed(client):
    reply = client.get(f"{LANDSCAPE}?network=xor&plane=w1_1_1,b2_1&seed=3&domain=-1,1,-2,2&resolution=5").json()
    assert reply["parameters"] == ["w1_1_1", "b2_1"]
    assert reply["plane"]["parameters"] == ["w1_1_1", "b2_1"]
    assert reply["plane"]["share"] is None
    assert "along w1_1_1 and b2_1; every other direction is left out" in reply["plane"]["sentence"]
    start = asked(client, TRAJECTORIES, spec(ADAM, problem=XOR, steps=1, seed=3))["start"]
    for i, j in ((0, 0), (3, 1), (4, 4)):
        point = [reply["x"][i], *start[1:12], reply["y"][j]]
        loss = asked(client, TRAJECTORIES, spec(ADAM, problem=XOR, steps=1, start=point))["runs"][0]["loss"][0]
        assert reply["loss"][j][i] == pytest.approx(loss, rel=1e-6)


def test_a_network_of_one_weight_and_one_bias_has_a_map_and_needs_no_plane(client):
    body = {"problem": {"network": {"dataset": "regression_sine", "hidden": []}}, "resolution": 5}
    found = asked(client, LANDSCAPE, body)
    assert found["parameters"] == ["w1_1_1", "b1_1"]
    assert "plane" not in found
    assert found["x"] == found["y"] == [-3, -1.5, 0, 1.5, 3]
    targets = [row[-1] for row in NETWORK_DATASETS["regression_sine"].rows]
    assert found["loss"][2][2] == pytest.approx(sum(y * y for y in targets) / len(targets), rel=1e-6)


def test_the_plane_of_a_run_holds_most_of_it_and_says_how_much(client):
    body = {**spec(ADAM, problem=XOR, steps=120, seed=5), "resolution": 9}
    found = asked(client, TRAJECTORIES, spec(ADAM, problem=XOR, steps=120, seed=5))["runs"][0]
    path = np.array(list(found["parameters"].values())).T
    reply = asked(client, LANDSCAPE, body)
    plane = reply["plane"]
    start, directions = np.array(plane["through"]), np.array(plane["directions"])
    assert start.tolist() == path[0].tolist()
    assert directions @ directions.T == pytest.approx(np.eye(2), abs=1e-12)
    projected = (path - start) @ directions.T
    assert plane["paths"][0]["x"] == pytest.approx(projected[:, 0].tolist(), abs=1e-9)
    away = np.sqrt(np.sum((path - start) ** 2, axis=1) - np.sum(projected**2, axis=1))  # by Pythagoras
    assert plane["paths"][0]["distance"][1:] == pytest.approx(away[1:].tolist(), rel=1e-6)
    assert plane["farthest"] == max(plane["paths"][0]["distance"])
    # no other two directions hold more: the singular values of the offsets
    lengths = np.linalg.svd(path - start, compute_uv=False) ** 2
    assert plane["share"] == pytest.approx(lengths[:2].sum() / lengths.sum())
    assert f"{100 * plane['share']:.3g} % of the path" in plane["sentence"]
    two = asked(client, LANDSCAPE, {**spec(run("gd"), run("adam"), problem=XOR, steps=5), "resolution": 4})["plane"]
    assert "the two directions in which the paths go furthest" in two["sentence"]
    assert reply["x"][0] < projected[:, 0].min() < projected[:, 0].max() < reply["x"][-1]


@pytest.mark.parametrize(
    ("stop", "words"),
    [
        ({"max_steps": 1}, "along the one direction in which the path goes and another at right angles to it;"),
        ({"max_steps": 5, "target_loss": 1e9}, "along two parameters, as the path stays where it is;"),
    ],
)
def test_a_path_that_tells_no_plane_is_said_to(client, stop, words):
    found = asked(client, LANDSCAPE, {**spec(ADAM, problem=XOR), "stop": stop, "resolution": 4})
    assert words in found["plane"]["sentence"]


def test_a_plane_may_go_through_another_point(client):
    point = ",".join(["0.5"] * 13)
    reply = client.get(f"{LANDSCAPE}?network=xor&plane=w1_1_1,w1_1_2&at={point}&resolution=4").json()
    assert reply["plane"]["through"] == [0.5] * 13
    assert "through the given point" in reply["plane"]["sentence"]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("network=xor", ("plane is required", "no run")),
        ("network=xor&plane=w1_1_1,w9_1_1", ("plane[1]", "not a parameter", '"w9_1_1"')),
        ("network=xor&plane=w1_1_1,w1_1_1", ("plane", "two different")),
        ("network=xor&plane=w1_1_1", ("plane", "at least 2")),
        ("network=xor&plane=w1_1_1,w1_1_2&at=1,2", ("at", "13 numbers", "w1_1_1")),
        ("network=xor&plane=w1_1_1,w1_1_2&domain=0,1", ("domain", "[low, high]", "w1_1_1, w1_1_2")),
        ("network=xor&plane=one,two&domain=0,1", ("domain", "[low, high]", "direction 1, direction 2")),
        ("network=xor&plane=one,two&window=0,1", ("window", "[low, high]", "direction 1, direction 2")),
        ("network=xor&optimizer=gd:learning_rate=0.1&max_steps=999999", ("max_steps", "100000")),
        ("network=xor&optimizer=gd&optimizer=adam&max_steps=20000", ("max_steps", "at most 19230", "20000")),
        ("surface=bowl&plane=x,y", ("plane", "for a network of more than 2 parameters")),
        ("surface=bowl&at=1,2", ("at is for a network",)),
    ],
)
def test_a_plane_that_does_not_fit_is_named(client, query, words):
    reply = client.get(f"{LANDSCAPE}?{query}")
    assert reply.status_code == 422
    (message,) = messages(reply)
    assert all(word in message for word in words), message


def test_a_landscape_of_a_network_is_cacheable(client):
    address = f"{LANDSCAPE}?network=xor&plane=w1_1_1,w1_1_2&resolution=4"
    entity = client.get(address).headers["etag"]
    assert client.get(address, headers={"If-None-Match": entity}).status_code == 304
    assert client.get(f"{address}&seed=1").headers["etag"] != entity


def test_a_list_of_neurons_with_commas_is_helped(client):
    reply = client.get(f"{TRAJECTORIES}?network=xor:hidden=3,4&optimizer=gd")
    assert reply.status_code == 422
    assert "hidden=3-4" in messages(reply)[0]


def test_the_catalog_names_what_a_network_is_made_of(client):
    found = client.get(f"{BASE}/catalog").json()["networks"]
    assert {"xor", "two_moons", "circles", "spiral", "regression_sine", "house_prices"} <= {
        each["name"] for each in found["datasets"]
    }
    assert {each["name"] for each in found["activations"]} == {"tanh", "sigmoid", "relu", "linear"}
    assert {each["name"] for each in found["losses"]} == {"mse", "cross_entropy"}
    xor = next(each for each in found["datasets"] if each["name"] == "xor")
    assert xor["rows"] == [[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0]]
    assert xor["suggested"]["adam"] > 0
