"""Nothing that is sent does worse than to be refused in words that help, or to run for a moment."""

from __future__ import annotations

import base64
import json
import time

import pytest

from tests.api import hostile
from tests.api.specs import LANDSCAPE, STREAM, TRAJECTORIES, events, messages, own, run, spec

JSON = {"Content-Type": "application/json"}
SECONDS = 1.0
"""Of computing, which any of these may take at the most; other work on the machine does not count."""


def cases(group):
    return pytest.mark.parametrize(("value", "words"), [case[1:] for case in group], ids=[case[0] for case in group])


def refused(client, value, words, path=TRAJECTORIES):
    began = time.process_time()
    reply = client.post(path, json=value)
    assert time.process_time() - began < SECONDS
    assert reply.status_code == 422, reply.text
    for each in reply.json()["detail"]:
        assert {"loc", "msg", "type"} <= set(each)
        assert each["loc"][0] == "body"
    assert any(all(word in message for word in words) for message in messages(reply)), messages(reply)


@cases(hostile.FORMULAS)
def test_formulas(client, value, words):
    refused(client, value, words)


@cases(hostile.RULES)
def test_rules(client, value, words):
    refused(client, value, words)


@cases(hostile.RUNS)
def test_runs(client, value, words):
    refused(client, value, words)


@cases(hostile.REST)
def test_the_rest_of_a_spec(client, value, words):
    refused(client, value, words)


@cases(hostile.COUNTS)
def test_counts(client, value, words):
    refused(client, value, words)


def test_there_are_counts_of_schedules_to_try():
    assert len(hostile.COUNTS) > 6 * len(hostile.ENORMOUS)


@cases(hostile.FORMULAS[:2] + hostile.RULES[:2] + hostile.RUNS[:2] + hostile.REST[:2])
def test_a_stream_refuses_the_same_before_it_begins(client, value, words):
    refused(client, value, words, STREAM)


def test_the_table_is_long():
    groups = (hostile.FORMULAS, hostile.RULES, hostile.RUNS, hostile.REST, hostile.BOUNDED)
    assert sum(map(len, groups)) > 150


@cases(hostile.BOUNDED)
def test_what_is_odd_and_right_runs_for_a_moment(client, value, words):
    began = time.process_time()
    reply = client.post(TRAJECTORIES, json=value)
    assert time.process_time() - began < SECONDS
    assert reply.status_code == 200, reply.text
    found = json.loads(reply.text, parse_constant=pytest.fail)
    assert found["runs"][0]["stop_reason"] == words
    for one in [found["problem"], *found["runs"]]:
        for field in ("parameters", "loss", "gradient", "learning_rate", "step_size", "domain", "minima"):
            assert "null" not in json.dumps(one.get(field, 0)), field
    stream = events(client.post(STREAM, json=value).text)
    assert stream[-1][0] == "done"


@pytest.mark.parametrize(
    "text", [case[1]["problem"]["expression"] for case in hostile.FORMULAS if isinstance(case[1], dict)]
)
def test_landscapes_of_the_same_formulas(client, text):
    began = time.process_time()
    reply = client.post(LANDSCAPE, json={"problem": {"expression": text}, "resolution": 256})
    assert time.process_time() - began < SECONDS
    assert reply.status_code in (200, 422)
    json.loads(reply.text, parse_constant=pytest.fail)


def test_a_field_that_is_wrong_is_repeated_short_and_escaped(client):
    reply = client.post(TRAJECTORIES, json=spec(run("<b>\u202e" * 5000)))
    (message,) = messages(reply)
    assert len(message) < 400
    assert message.isascii()


def test_many_wrong_fields_are_told_up_to_a_number(client):
    reply = client.post(TRAJECTORIES, json={f"k{i}": i for i in range(4000)})
    assert len(messages(reply)) == 20


def test_every_wrong_field_is_told_at_once(client):
    value = spec(run(learning_rate=-1), run("adam", beta1=5, beta2=5), start=["a", 1], seed=-1)
    places = {".".join(map(str, each["loc"])) for each in client.post(TRAJECTORIES, json=value).json()["detail"]}
    assert places == {
        "body.optimizers.0.learning_rate", "body.optimizers.1.beta1", "body.optimizers.1.beta2", "body.start.0", "body.seed",
    }  # fmt: skip


def test_the_place_in_a_formula_is_told_for_whoever_draws_a_line_under_it(client):
    reply = client.post(TRAJECTORIES, json=spec(own("m = g\nw = w - lr*sine(m)")))
    (detail,) = reply.json()["detail"]
    assert (detail["type"], detail["ctx"]["reason"]) == ("formula_syntax", "unknown_function")
    assert {"line": 2, "column": 12}.items() <= detail["ctx"].items()


BODIES = [
    ("empty", b"", 422, "required"),
    ("blank", b"  ", 422, "empty"),
    ("broken", b'{"problem":', 422, "not JSON"),
    ("single quotes", b"{'problem': 1}", 422, "not JSON"),
    ("trailing comma", b'{"seed": 1,}', 422, "not JSON"),
    ("comment", b'{"seed": 1} // one', 422, "not JSON"),
    ("NaN", b'{"seed": NaN}', 422, "seed must be a finite number, at most 1.8e308; got NaN"),
    ("a number alone", b"1", 422, "must be an object"),
    ("NaN alone", b"NaN", 422, "not JSON"),
    ("Infinity", b'{"start": [1, Infinity]}', 422, "start[1] must be a finite number"),
    ("minus Infinity", b'{"start": [[-Infinity]]}', 422, "start[0][0] must be a finite number"),
    ("1e400", b'{"seed": 1e400}', 422, "seed must be a finite number, at most 1.8e308; got Infinity"),
    ("10**400", b'{"seed": 1' + b"0" * 400 + b"}", 422, "seed must be a finite number"),
    ("10**5000", b'{"seed": 1' + b"0" * 5000 + b"}", 422, "seed must be a finite number"),
    ("twice", b'{"seed": 1, "seed": 2}', 422, "seed stands twice"),
    ("twice inside", b'{"stop": {"max_steps": 1, "max_steps": 2}}', 422, "stop.max_steps stands twice"),
    ("Infinity deep inside", b'{"a":' * 900 + b"Infinity" + b"}" * 900, 422, "must be a finite number"),
    ("as deep as a body can be", b'{"a":' * 10_000 + b"1" + b"}" * 10_000, 422, "not JSON"),
    ("half a surrogate twice", b'{"\\ud800": 1, "\\ud800": 2}', 422, "\\ud800 stands twice"),
    ("lists in lists", b'{"problem": ' + b"[" * 1000 + b"]" * 1000 + b"}", 422, "got [[[["),
    ("deep lists", b"[" * 5000, 422, "not JSON"),
    ("deep objects", b'{"a":' * 5000, 422, "not JSON"),
    ("not UTF-8", b'{"label": "\xff"}', 422, "not JSON"),
    ("UTF-16", '{"seed": 1}'.encode("utf-16"), 422, "not JSON"),
    ("byte order mark", b"\xef\xbb\xbf{}", 422, "not JSON"),
    ("half a surrogate", b'{"a": "\\ud800"}', 422, "not JSON"),
    ("null byte", b'{"a": "\0"}', 422, "not JSON"),
    ("too large", b'{"a": "' + b"x" * 70_000 + b'"}', 413, "65536"),
    ("a form", b"seed=1", 422, "not JSON"),
]


@pytest.mark.parametrize(("body", "status", "words"), [case[1:] for case in BODIES], ids=[case[0] for case in BODIES])
def test_bodies(client, body, status, words):
    reply = client.post(TRAJECTORIES, content=body, headers=JSON)
    assert reply.status_code == status
    assert words in messages(reply)[0]


@pytest.mark.parametrize(
    ("body", "loc", "code"),
    [
        ('{"optimizers": [{"name": "gd"}, {"learning_rate": NaN}]}', ["optimizers", 1, "learning_rate"], "not_finite"),
        ('{"problem": {"points": [[1, 2], [3, -Infinity]]}}', ["problem", "points", 1, 1], "not_finite"),
        ('{"optimizers": [{"schedule": {"name": "step", "name": "step"}}]}', ["optimizers", 0, "schedule", "name"], "duplicate"),
        ('{"seed": 0, "stop": {"max_steps": 5, "max_steps": 5}}', ["stop", "max_steps"], "duplicate"),
    ],
)  # fmt: skip
def test_the_place_of_what_json_cannot_hold_is_told_as_of_any_other_field(client, body, loc, code):
    encoded = base64.urlsafe_b64encode(body.encode()).decode()
    for where, reply in (
        (["body"], client.post(TRAJECTORIES, content=body, headers=JSON)),
        (["query", "spec"], client.get(f"{TRAJECTORIES}?spec={encoded}")),
    ):
        (detail,) = reply.json()["detail"]
        assert (reply.status_code, detail["loc"], detail["type"]) == (422, [*where, *loc], code)


@pytest.mark.parametrize(
    "kind", ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "text/json"]
)
def test_a_body_that_is_not_declared_as_json_is_a_415(client, kind):
    reply = client.post(TRAJECTORIES, content=b"{}", headers={"Content-Type": kind} if kind else {})
    assert reply.status_code == 415
    assert "application/json" in messages(reply)[0]
    assert repr(kind).strip("'") in messages(reply)[0]


@pytest.mark.parametrize("kind", ["application/json; charset=utf-8", "Application/JSON", "application/ld+json"])
def test_other_ways_to_declare_json_pass(client, kind):
    reply = client.post(TRAJECTORIES, content=json.dumps(spec()).encode(), headers={"Content-Type": kind})
    assert reply.status_code == 200


def test_too_large_a_body_is_refused_by_its_declared_length_and_by_what_comes(client):
    undeclared = (b" " * 10_000 for _ in range(10))
    assert client.post(TRAJECTORIES, content=undeclared, headers=JSON).status_code == 413


QUERIES = [
    ("nothing", "", ("problem is required, one of surface, expression, dataset, points, network",)),
    ("no run", "surface=bowl", ("optimizers is required",)),
    ("misspelt key", "surfaces=bowl&optimizer=gd", ("surfaces", "nearest: surface")),
    ("key twice", "surface=bowl&surface=bowl&optimizer=gd", ("surface", "twice")),
    ("no key", "=1", ("not a key",)),
    ("empty run", "surface=bowl&optimizer=", ("optimizers[0].name", '""')),
    (
        "field without value",
        "surface=bowl&optimizer=gd:learning_rate",
        ("optimizers[0]", "field=value", '"learning_rate"'),
    ),
    ("empty field", "surface=bowl&optimizer=gd:learning_rate=", ("optimizers[0].learning_rate", '""')),
    ("field twice", "surface=bowl&optimizer=gd:noise=1,noise=2", ("optimizers[0].noise", "twice")),
    ("schedule twice", "surface=bowl&optimizer=gd:schedule=step,schedule=step", ("optimizers[0].schedule", "twice")),
    (
        "schedule without name",
        "surface=bowl&optimizer=gd:schedule.decay=1",
        ("optimizers[0].schedule.name", "required"),
    ),
    ("two names", "surface=bowl&optimizer=gd:name=adam", ("optimizers[0].name", "twice")),
    ("a rule", "surface=bowl&optimizer=gd:rule=w", ("optimizers[0].rule", "spec=")),
    ("NaN", "surface=bowl&optimizer=gd:learning_rate=nan", ("optimizers[0].learning_rate", '"nan"')),
    ("inf", "surface=bowl&optimizer=gd:learning_rate=inf", ("optimizers[0].learning_rate", '"inf"')),
    ("1e400", "surface=bowl&optimizer=gd:learning_rate=1e400", ("optimizers[0].learning_rate", "finite")),
    ("underscore", "surface=bowl&optimizer=gd:learning_rate=1_0", ("optimizers[0].learning_rate", '"1_0"')),
    (
        "digits of another script",
        "surface=bowl&optimizer=gd:learning_rate=%D9%A3",
        ("optimizers[0].learning_rate", "u0663"),
    ),
    ("hexadecimal", "surface=bowl&optimizer=gd:learning_rate=0x1", ("optimizers[0].learning_rate", '"0x1"')),
    ("lost plus in a number", "surface=bowl&optimizer=gd:learning_rate=1e+5", ("learning_rate", '"1e 5"', "%2B")),
    ("lost plus in a formula", "expression=x**2+y&optimizer=gd", ("expression", "%2B")),
    ("half a start", "surface=bowl&optimizer=gd&start=1", ("start", "2 numbers")),
    ("empty start", "surface=bowl&optimizer=gd&start=", ("start[0]", '""')),
    ("words for a start", "surface=bowl&optimizer=gd&start=a,b", ("start[0]", '"a"')),
    ("negative seed", "surface=bowl&optimizer=gd&seed=-1", ("seed", "got -1")),
    ("1e30 steps of a cycle", "surface=bowl&optimizer=gd:schedule=one_cycle,schedule.steps=1e30", ("[4, 1000000000]",)),
    ("endless digits", "surface=bowl&optimizer=gd&seed=" + "9" * 6000, ("seed", "Infinity")),
    ("half points", "points=1,2;3&optimizer=gd", ("points[1]", "at least 2")),
    ("no points", "points=&optimizer=gd", ("points[0]",)),
    ("maybe", "points=1,2&standardize=maybe&optimizer=gd", ("standardize", "true or false", '"maybe"')),
    ("network", "network=xor:hidden3&optimizer=gd", ("network", "field=value", "hidden3")),
    ("network field", "network=xor:layers=3&optimizer=gd", ("network.layers", "not a field")),
    ("neurons", "network=xor:hidden=3-x&optimizer=gd", ("network.hidden[1]", "whole number", '"x"')),
    (
        "change without row",
        "surface=bowl&optimizer=gd:changes=learning_rate=0.1",
        ("optimizers[0].changes[0]", "must be AT:field=value"),
    ),
    ("change to nothing", "surface=bowl&optimizer=gd:changes=5:", ("optimizers[0].changes[0]", "a value that changes")),
    ("unknown change", "surface=bowl&optimizer=gd:changes=5:bta=1", ("optimizers[0].changes[0].bta", "not a field")),
    ("two problems", "surface=bowl&dataset=shoe_size&optimizer=gd", ("problem", "exactly one")),
    ("loss alone", "loss=ssr&optimizer=gd", ("problem", "exactly one")),
    ("many runs", "surface=bowl" + "&optimizer=gd" * 2000, ("optimizers", "at most 16", "has 2000")),
    ("not base64", "spec=!!!", ("spec", "base64url", '"!!!"')),
    ("base64 of bytes", "spec=____", ("spec", "not JSON")),
    ("base64 of nothing", "spec=", ("empty",)),
    ("base64 of null", "spec=bnVsbA", ("spec", "object", "null")),
    ("base64 of a list", "spec=W10", ("spec", "object", "[]")),
    ("base64 of {}", "spec=e30", ("problem is required",)),
    ("base64 of a double key", "spec=eyJhIjoxLCJhIjoyfQ", ("a stands twice",)),
    ("base64 of NaN", "spec=TmFO", ("spec", "not JSON")),
    ("two specs", "spec=e30&surface=bowl", ("surface", "beside spec=")),
    ("unknown column", "surface=bowl&optimizer=gd&fields=lost", ("fields", "nearest: loss", '"lost"')),
    (
        "unknown format",
        "surface=bowl&optimizer=gd&format=xlsx",
        ("format is not a format", "json, jsonl, csv", '"xlsx"'),
    ),
    ("near format", "surface=bowl&optimizer=gd&format=CSV2", ("format", "nearest: csv")),
    ("empty format", "surface=bowl&optimizer=gd&format=", ("format", "allowed: json, jsonl, csv", '""')),
    ("format twice", "surface=bowl&optimizer=gd&format=csv&format=csv", ("format", "twice")),
    ("maybe aligned", "surface=bowl&optimizer=gd&align=maybe", ("align must be true or false", '"maybe"')),
    ("no column", "surface=bowl&optimizer=gd&fields=", ("fields", "allowed", '""')),
    ("label that turns round", "surface=bowl&optimizer=gd:label=%E2%80%AE", ("label", "printable", "u202e")),
    ("null byte", "surface=%00&optimizer=gd", ("surface", "u0000")),
    ("not UTF-8", "surface=%ff%fe&optimizer=gd", ("surface",)),
]


@pytest.mark.parametrize(("query", "words"), [case[1:] for case in QUERIES], ids=[case[0] for case in QUERIES])
def test_queries(client, query, words):
    began = time.process_time()
    reply = client.get(f"{TRAJECTORIES}?{query}")
    assert time.process_time() - began < SECONDS
    assert reply.status_code == 422
    assert all(each["loc"][0] == "query" for each in reply.json()["detail"])
    assert any(all(word in message for word in words) for message in messages(reply)), messages(reply)
