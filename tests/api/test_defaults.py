"""A value that is the default, and null where it means none, may be sent wherever its field could stand."""

from __future__ import annotations

import pytest

from fallline.spec.models import Spec
from fallline.spec.query import spec_to_query
from tests.api.specs import LANDSCAPE, TRAJECTORIES, own, run, spec

NOISY = {"noise": 0.5}

SAME = [
    (spec(run(sampling="shuffle", batch_size=None, form="standard", changes=[])), spec(run())),
    (spec(run(schedule=None, noise=None, changes=None, label=None)), spec(run())),
    (spec(own("w = w - lr*g", initial=None, schedule=None)), spec(own("w = w - lr*g"))),
    (spec(run("sgd", batch_size=1, **NOISY)), spec(run("sgd", **NOISY))),
    (spec(run("mini_batch", batch_size=2, sampling="shuffle", **NOISY)), spec(run("mini_batch", **NOISY))),
    ({**spec(), "stop": None, "start": None}, {**spec(), "stop": {}}),
    (spec(problem={"surface": "bowl", "loss": "ssr", "standardize": False}), spec()),
    (spec(problem={"surface": "bowl", "expression": None, "dataset": None, "points": None, "loss": None}), spec()),
    (
        spec(problem={"network": {"dataset": "xor", "hidden": None}, "loss": "ssr"}),
        spec(problem={"network": {"dataset": "xor"}}),
    ),
    (
        spec(run(schedule={"name": "cosine"}, changes=[{"at": 5, "schedule": None, "noise": None}])),
        spec(run(schedule={"name": "cosine"}, changes=[{"at": 5, "schedule": {"name": "constant"}, "noise": 0.0}])),
    ),
    (
        spec(run(changes=[{"at": 5, "name": "adam", "schedule": None}])),
        spec(run(changes=[{"at": 5, "name": "adam"}])),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("value", "short"), SAME)
def test_it_changes_nothing(client, value, short):
    reply = client.post(TRAJECTORIES, json=value)
    assert reply.status_code == 200, reply.text
    assert reply.json() == client.post(TRAJECTORIES, json=short).json()


@pytest.mark.parametrize(("value", "short"), SAME[:9])
def test_an_address_leaves_it_out(value, short):
    assert spec_to_query(Spec.model_validate(value)) == spec_to_query(Spec.model_validate(short))


def test_beside_a_key_that_needs_it_not_it_changes_no_tag(client):
    short = f"{TRAJECTORIES}?surface=bowl&optimizer=gd"
    long = f"{short}:sampling=shuffle,batch_size=null,noise=null&loss=ssr&standardize=false&small=step_and_gradient"
    assert client.get(long).headers["etag"] == client.get(short).headers["etag"]


def test_a_landscape_may_have_null_for_its_runs(client):
    value = {"problem": {"surface": "bowl"}, "resolution": 4}
    nulls = {"optimizers": None, "stop": None, "start": None, "domain": None, "plane": None, "at": None}
    assert client.post(LANDSCAPE, json=value | nulls).json() == client.post(LANDSCAPE, json=value).json()


def test_a_reply_with_changes_can_be_sent_back(client):
    value = spec(run("momentum", changes=[{"at": 5, "sampling": "shuffle", "schedule": None}]))
    first = client.post(TRAJECTORIES, json=value).json()
    (change,) = first["runs"][0]["optimizer"]["changes"]
    assert change == {"at": 5, "sampling": "shuffle", "schedule": {"name": "constant"}}
    again = client.post(TRAJECTORIES, json={**value, "optimizers": [first["runs"][0]["optimizer"]]})
    assert again.json()["runs"][0]["loss"] == first["runs"][0]["loss"]
