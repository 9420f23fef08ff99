"""Landscapes: the loss where it belongs, seven digits of it, and null where there is none."""

from __future__ import annotations

import base64
import gzip
import json
import math
import re

import numpy as np
import pytest

from fallline.landscapes import to_digits
from fallline.problems import SURFACES
from tests.api.asgi import Call
from tests.api.specs import LANDSCAPE, TRAJECTORIES, messages


def asked(client, problem, **more):
    reply = client.post(LANDSCAPE, json={"problem": problem, **more})
    assert reply.status_code == 200, reply.text
    return reply.json()


def seven(value):
    return float(f"{value:.6e}")


def test_loss_stands_at_its_row_and_column(client):
    found = asked(client, {"expression": "100*x + y"}, domain=[[0, 2], [10, 40]], resolution=4)
    assert found["x"] == pytest.approx([0, 2 / 3, 4 / 3, 2])
    assert found["y"] == [10, 20, 30, 40]
    assert found["loss"] == [[seven(100 * x + y) for x in found["x"]] for y in found["y"]]
    assert found["parameters"] == ["x", "y"]


def test_one_parameter_has_a_list_and_no_y(client):
    found = asked(client, {"expression": "x^2"}, domain=[[-1, 1]], resolution=5)
    assert found == {"parameters": ["x"], "x": [-1, -0.5, 0, 0.5, 1], "y": None, "loss": [1, 0.25, 0, 0.25, 1]}


@pytest.mark.parametrize(
    ("expression", "nulls"),
    [("log(x)", 5), ("1/x", 1), ("sqrt(x)", 4), ("exp(1000*x)", 4), ("x/0", 9), ("where(x > 0, 1, 0/0)*x", 5)],
)
def test_what_is_not_finite_is_null(client, expression, nulls):
    reply = client.post(LANDSCAPE, json={"problem": {"expression": expression}, "domain": [[-4, 4]], "resolution": 9})
    assert not re.search("NaN|Infinity", reply.text)
    assert reply.json()["loss"].count(None) == nulls


def test_seven_digits_are_kept_and_no_more(client):
    found = asked(client, {"expression": "exp(x)*sin(y)"}, domain=[[-30, 30], [1, 2]], resolution=32)
    for row, y in zip(found["loss"], found["y"], strict=True):
        for loss, x in zip(row, found["x"], strict=True):
            assert loss == seven(loss)
            assert loss == pytest.approx(math.exp(x) * math.sin(y), rel=5.1e-7)


def test_rounding_agrees_with_printing_seven_digits():
    random = np.random.default_rng(5)
    values = random.standard_normal(5000) * 10.0 ** random.uniform(-320, 308, 5000)
    special = [0.0, -0.0, 1.0, 9.99999949, 999999.5, 1e22, 1e-22, 123456789.0, 5e-324, 1.7e308, -1e-300]
    values = np.concatenate([values, special])
    assert to_digits(values).tolist() == pytest.approx([seven(value) for value in values], rel=1e-15, abs=0)

    assert np.isnan(to_digits(np.array([np.nan, np.inf, -np.inf]))).all()


def test_the_window_of_a_page_is_the_domain_where_none_is_given(client):
    page = "surface=bowl&optimizer=adam&start=1,1&max_steps=9&resolution=3"
    assert client.get(f"{LANDSCAPE}?{page}&window=0,1,2,3").json()["x"] == [0, 0.5, 1]
    assert client.get(f"{LANDSCAPE}?{page}&window=0,1,2,3&domain=-1,1,-1,1").json()["x"] == [-1, 0, 1]
    assert client.get(f"{LANDSCAPE}?{page}").json()["x"][0] == SURFACES["bowl"].domain[0][0]


@pytest.mark.parametrize("key", ["optimizer=nope", "max_steps=0", "optimizer=gd:learning_rate=-1", "seed=x", "start=a"])
def test_the_runs_of_a_page_do_not_matter_and_must_be_right(client, key):
    (detail,) = client.get(f"{LANDSCAPE}?surface=bowl&{key}").json()["detail"]
    runs = "" if "optimizer" in key else "&optimizer=gd"
    assert [detail] == client.get(f"{TRAJECTORIES}?surface=bowl&{key}{runs}").json()["detail"]


def test_the_whole_spec_of_a_page_says_which_problem(client):
    page = {"problem": {"expression": "x + y"}, "optimizers": [{"name": "gd"}]}
    text = base64.urlsafe_b64encode(json.dumps(page).encode()).decode()
    found = client.get(f"{LANDSCAPE}?spec={text}&window=0,1,0,2&resolution=3").json()
    assert found["loss"] == [[0, 0.5, 1], [1, 1.5, 2], [2, 2.5, 3]]


def test_get_is_the_same_as_post(client):
    got = client.get(f"{LANDSCAPE}?expression=x**2%2By**2&domain=-1,1,-2,2&resolution=9")
    body = {"problem": {"expression": "x**2+y**2"}, "domain": [[-1, 1], [-2, 2]], "resolution": 9}
    assert got.content == client.post(LANDSCAPE, json=body).content


def test_it_may_be_kept_and_is_answered_with_304(client):
    first = client.get(f"{LANDSCAPE}?surface=bowl")
    assert "max-age" in first.headers["cache-control"]
    again = client.get(f"{LANDSCAPE}?surface=bowl", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get(f"{LANDSCAPE}?surface=bowl&resolution=64", headers={"If-None-Match": first.headers["etag"]})
    assert other.status_code == 200


def test_what_was_asked_before_is_not_computed_again(client, monkeypatch):
    query = f"{LANDSCAPE}?expression=x**2-y&resolution=40"
    first = client.get(query).content
    monkeypatch.setattr("app.work.worker.in_slices", None)
    assert client.get(query).content == first
    body = {"problem": {"expression": "x**2-y"}, "resolution": 40}
    assert client.post(LANDSCAPE, json=body).content == first


@pytest.mark.parametrize(
    ("change", "place", "words"),
    [
        ({"resolution": 1}, "resolution", ("[2, 256]", "got 1")),
        ({"resolution": 257}, "resolution", ("[2, 256]", "got 257")),
        ({"resolution": "64"}, "resolution", ("leave out the quotes",)),
        ({"domain": [[0, 1]]}, "domain", ("x, y", "[[0.0, 1.0]]")),
        ({"domain": [[1, 0], [0, 1]]}, "domain[0]", ("low", "[1.0, 0.0]")),
        ({"domain": [[1, 1], [0, 1]]}, "domain[0]", ("low",)),
        ({"domain": [[1, 1 + 1e-15], [0, 1]]}, "domain[0]", ("further apart",)),
        ({"domain": [[0, 1, 2], [0, 1]]}, "domain[0]", ("at most 2",)),
        ({"domain": [[0, 1e300], [0, 1]]}, "domain[0][1]", ("1e+100", "1e+300")),
        ({"domain": {"x": [0, 1]}}, "domain", ("list",)),
        ({"window": [[0, 1], [0, 1]]}, "window", ("not a field", "domain")),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_named(client, change, place, words):
    reply = client.post(LANDSCAPE, json={"problem": {"surface": "bowl"}, **change})
    assert reply.status_code == 422
    (message,) = messages(reply)
    assert message.startswith(place + " ")
    assert all(word in message for word in words)


def test_wide_and_deep_windows_are_drawn(client):
    wide = asked(client, {"surface": "himmelblau"}, domain=[[-1e100, 1e100], [-1e100, 1e100]], resolution=4)
    assert wide["loss"][0][0] is None
    deep = asked(client, {"surface": "bowl"}, domain=[[1, 1 + 1e-10], [1, 1 + 1e-10]], resolution=4)
    assert deep["x"] == sorted(set(deep["x"]))


def test_it_is_the_same_compressed_and_not_first_computed_and_kept(client):
    body = {"problem": {"surface": "ackley"}, "resolution": 256, "domain": [[-2, 2.25], [-2, 2]]}
    texts = []
    for accepted in ("gzip", "identity", "gzip"):
        call = Call(client.app, "/landscape", body, headers={"accept-encoding": accepted})
        client.portal.call(call.run)
        assert ("content-encoding" in call.answered) is (accepted == "gzip")
        sent = b"".join(call.chunks)
        assert len(sent) == int(call.answered["content-length"])
        texts.append(gzip.decompress(sent) if accepted == "gzip" else sent)
    assert texts[0] == texts[1] == texts[2]
    assert len(json.loads(texts[0])["loss"]) == 256
