"""The query says the same as the JSON, and one table reads and writes it."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path
from urllib.parse import parse_qsl, quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from pydantic import ValidationError

from app.api.openapi import SPEC_PARAMETERS
from app.api.response_models.runs import RunColumns
from fallline.columns import COLUMNS
from fallline.errors import SpecError
from fallline.optimizers import OPTIMIZERS
from fallline.problems import DATASETS, LOSSES, SURFACES
from fallline.problems.network_functions import ACTIVATIONS
from fallline.schedules import SCHEDULES
from fallline.spec import query
from fallline.spec.fields import BLANKS
from fallline.spec.models import Spec
from fallline.spec.query import RUN_TEXTS, query_to_spec, spec_to_query
from fallline.spec.run_models import OPTIMIZER_MODELS, CatalogRun
from tests.api.asgi import Call
from tests.api.specs import BASE, LANDSCAPE, STREAM, TRAJECTORIES, own, run, spec


def read(text):
    return Spec.model_validate(query_to_spec(parse_qsl(text, keep_blank_values=True)))


def tail(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


NUMBERS = some.floats(-1e100, 1e100)
POSITIVE = some.floats(1e-300, 1e300)
LABELS = some.text(min_size=1, max_size=40).filter(lambda text: text.isprintable() and not set(text) <= BLANKS)


def values_of(params):
    """Some of the hyperparameters of a declaration, each at a value that it takes."""
    return some.fixed_dictionaries({}, optional={name: _value(param) for name, param in params.items()})


def _value(param):
    low = max(param.allowed.low, -1e100)
    high = min(param.allowed.high, 1e100)
    if param.whole:
        return some.integers(int(low), min(10**6, int(high)))
    return some.floats(low, high, exclude_min=param.allowed.low_open, exclude_max=param.allowed.high_open)


@some.composite
def schedules(draw):
    name = draw(some.sampled_from(list(SCHEDULES)))
    return {"name": name, **draw(values_of(SCHEDULES[name].params))}


@some.composite
def runs(draw):
    declared = OPTIMIZERS[draw(some.sampled_from(list(OPTIMIZERS)))]
    options = {
        "label": LABELS,
        "noise": some.floats(0, 1e100),
        "schedule": schedules(),
        "form": some.sampled_from(["standard", *declared.forms]),
        "batch_size": some.none() | some.integers(1, 1000),
        "sampling": some.sampled_from(["shuffle", "replacement"]),
    }
    for refused in declared.method.refuses() if declared.method else ():
        options.pop(refused, None)
    return {
        "name": declared.name,
        **draw(values_of(declared.params)),
        **draw(some.fixed_dictionaries({}, optional=options)),
    }


RULES = some.just(own("m = beta*m + (1 - beta)*g\nw = w - lr*m", beta=0.9, label="mine, too"))
FIT = {"loss": some.sampled_from(list(LOSSES)), "standardize": some.booleans()}
PROBLEMS = (
    some.fixed_dictionaries({"surface": some.sampled_from(list(SURFACES))})
    | some.fixed_dictionaries(
        {"expression": some.sampled_from(["x^2 + y**2", "-x", "exp(-x)/(1 + y)", "max(x, y) + pi"])}
    )
    | some.fixed_dictionaries({"dataset": some.sampled_from(list(DATASETS))}, optional=FIT)
    | some.fixed_dictionaries(
        {"points": some.lists(some.tuples(NUMBERS, NUMBERS).map(list), min_size=1, max_size=5)}, optional=FIT
    )
    | some.fixed_dictionaries(
        {
            "network": some.fixed_dictionaries(
                {"points": some.lists(some.tuples(NUMBERS, NUMBERS).map(list), min_size=1, max_size=5)},
                optional={
                    "hidden": some.lists(some.integers(1, 16), max_size=3).filter(lambda sizes: sum(sizes) < 20),
                    "kind": some.just("regression"),
                    "activation": some.sampled_from(list(ACTIVATIONS)),
                },
            )
        }
    )
)
STOPS = some.fixed_dictionaries(
    {},
    optional={
        "max_steps": some.integers(1, 100_000),
        "min_step_size": some.none() | some.floats(0, 1e100),
        "target_loss": some.none() | NUMBERS,
    },
)
SPECS = some.fixed_dictionaries(
    {"problem": PROBLEMS, "optimizers": some.lists(runs() | RULES, min_size=1, max_size=4)},
    optional={"start": some.lists(NUMBERS, min_size=1, max_size=3), "stop": STOPS, "seed": some.integers(0, 2**53 - 1)},
)


@pytest.mark.slow
@settings(derandomize=True, deadline=None, max_examples=100)
@given(SPECS)
def test_written_and_read_again_a_spec_is_the_same(value):
    before = Spec.model_validate(value)
    after = read(spec_to_query(before))
    assert after == before
    assert spec_to_query(after) == spec_to_query(before)


@pytest.mark.slow
@settings(derandomize=True, deadline=None, max_examples=100)
@given(SPECS)
def test_what_is_written_has_the_form_that_is_described(value):
    schemas = {each["name"]: each["schema"] for each in SPEC_PARAMETERS["parameters"]}
    for key, text in parse_qsl(spec_to_query(Spec.model_validate(value))):
        schema = schemas[key].get("items", schemas[key])
        assert re.search(schema.get("pattern", ""), text, re.ASCII)
        assert text in schema.get("enum", [text])


@pytest.mark.slow
@settings(derandomize=True, deadline=None, max_examples=100)
@given(
    some.lists(some.tuples(some.sampled_from(query.KEYS) | some.text(max_size=8), some.text(max_size=30)), max_size=6)
)
def test_no_query_does_worse_than_to_be_refused(client, pairs):
    reply = client.get(TRAJECTORIES, params=[(key, value) for key, value in pairs])
    assert reply.status_code in (200, 422)
    if reply.status_code == 422:
        assert all(each["loc"] and each["msg"] for each in reply.json()["detail"])


def test_defaults_are_left_out():
    value = spec(
        run("adam", learning_rate=0.001, beta1=0.9, form="standard"), run("sgd", batch_size=1), steps=1000, seed=0
    )
    assert spec_to_query(Spec.model_validate(value)) == "surface=bowl&optimizer=adam&optimizer=sgd"


def test_it_is_readable():
    value = spec(
        run("adam", learning_rate=0.05, beta1=0.95),
        run(learning_rate=1e-5, schedule={"name": "exponential", "decay": 0.9}, label="a b"),
        problem={"expression": "x**2 + 3*y^2"},
        start=[-1.5, 2],
        steps=300,
    )
    assert spec_to_query(Spec.model_validate(value)) == (
        "expression=x**2%20%2B%203*y^2&start=-1.5,2&max_steps=300&optimizer=adam:learning_rate=0.05,beta1=0.95"
        "&optimizer=gd:learning_rate=1e-05,label=a%20b,schedule=exponential,schedule.decay=0.9"
    )


@pytest.mark.parametrize("value", [own("w = w - lr*g"), run(label="one, two")], ids=["rule", "comma"])
def test_what_it_cannot_say_goes_as_the_whole_spec(value):
    text = spec_to_query(Spec.model_validate(spec(value)))
    assert text.startswith("spec=")
    assert read(text) == Spec.model_validate(spec(value))


def test_a_whole_spec_needs_no_padding_and_bears_it(client):
    text = tail(spec())
    replies = {client.get(f"{TRAJECTORIES}?spec={text}{pad}").content for pad in ("", "=", "==", "%3D")}
    assert replies == {client.post(TRAJECTORIES, json=spec()).content}


def test_every_text_of_a_run_is_known_to_the_table():
    texts = {
        name
        for model in (CatalogRun, *OPTIMIZER_MODELS.values())
        for name, field in model.model_fields.items()
        if field.annotation is str or "str" in str(field.annotation)
    }
    assert texts - {"name"} == set(RUN_TEXTS)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("points=0.6,1.1;0.8,1.2", {"points": [[0.6, 1.1], [0.8, 1.2]]}),
        ("dataset=anscombe_1&loss=mae&standardize=true", {"dataset": "anscombe_1", "loss": "mae", "standardize": True}),
        ("expression=x**2+%2B+y**2", {"expression": "x**2 + y**2"}),
        ("surface=beale", {"surface": "beale"}),
        ("network=points=0,0;1,1", {"network": {"points": [[0, 0], [1, 1]]}}),
        (
            "network=hidden=4-3,kind=regression,points=0,1,-2;1e-3,1,0&standardize=true",
            {
                "network": {"hidden": [4, 3], "kind": "regression", "points": [[0, 1, -2], [0.001, 1, 0]]},
                "standardize": True,
            },
        ),
    ],
)
def test_problems_are_read(text, value):
    assert read(f"{text}&optimizer=gd") == Spec.model_validate({"problem": value, "optimizers": [{"name": "gd"}]})


@pytest.mark.parametrize("text", ["null", "0"])
def test_null_turns_a_stop_rule_off(text):
    found = read(f"surface=bowl&min_step_size={text}&target_loss=null&optimizer=gd").stop
    assert not found.min_step_size
    assert found.target_loss is None


VALUES = json.loads(Path(__file__).with_name("query_values.json").read_text())
"""Values of an address, which the page is held to, too (`tests/js/state/address.test.ts`)."""


@pytest.mark.parametrize(("text", "value"), VALUES["read"].items())
def test_a_value_is_read_as_on_the_page(text, value):
    found = read(f"surface=bowl&{text}&optimizer=gd")
    assert {**dict(found.stop), **dict(found)}[text.partition("=")[0]] == value


@pytest.mark.parametrize(("text", "problem"), VALUES["problems"].items())
def test_a_problem_is_read_as_on_the_page(text, problem):
    assert read(f"{text}&optimizer=gd") == Spec.model_validate({"problem": problem, "optimizers": [{"name": "gd"}]})


@pytest.mark.parametrize(("text", "run"), VALUES["runs"].items())
def test_a_run_is_read_as_on_the_page(text, run):
    found = read(f"surface=bowl&optimizer={quote(text)}")
    assert found == Spec.model_validate({"problem": {"surface": "bowl"}, "optimizers": [run]})


@pytest.mark.parametrize("text", VALUES["refused"])
def test_a_value_is_refused_as_on_the_page(text):
    problem, runs = "surface=bowl&" * ("network" not in text), "&optimizer=gd" * ("optimizer" not in text)
    with pytest.raises((SpecError, ValidationError)):
        read(f"{problem}{text}{runs}")


OVER = {"learning_rate": {"from": 0.01, "to": 0.1, "count": 2}}


def test_the_columns_are_those_of_a_reply():
    assert tuple(RunColumns.model_fields) == COLUMNS


def test_keys_of_other_routes_pass(client):
    others = "window=0,1,0,1&domain=0,1,0,1&resolution=9&digits=5&plane=x,y&at=0,1&step=1&slots=0&paths=false&width=99&height=99&theme=night"
    of_single_routes = {"format", "fields", "align", "average", "pace", "last_event_id"}
    assert {each.partition("=")[0] for each in others.split("&")} | of_single_routes == set(query.OTHER_KEYS)
    reply = client.get(f"{TRAJECTORIES}?surface=bowl&optimizer=gd&max_steps=2&pace=1&last_event_id=1&{others}")
    assert reply.status_code == 200
    for path in (LANDSCAPE, f"{BASE}/plot.svg"):
        link = f"{path}?surface=bowl&optimizer=gd&max_steps=2&format=csv&align=true&fields=loss"
        assert client.get(link).status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        "step=banana", "slots=x", "slots=1,1,1", "window=zz", "window=5,1,0,1", "window=0,1", "domain=0,1", "width=q",
        "height=1", "paths=x", "theme=zz", "digits=1", "format=xml", "fields=lost", "align=maybe", "average=-1", "average=0.5", "pace=-1", "pace=x",
    ],
)  # fmt: skip
def test_keys_of_other_routes_must_be_right(client, wrong):
    query = f"surface=bowl&optimizer=gd&{wrong}"
    asked = [client.get(f"{path}?{query}") for path in (TRAJECTORIES, STREAM, LANDSCAPE, f"{BASE}/plot.svg")]
    bodies = {"": {}, "/step": {"t": 1}, "/sweep": {"over": OVER}, "/program": {}, "/quantities": {}, "/stream": {}}
    asked += [client.post(f"{TRAJECTORIES}{path}?{wrong}", json=spec() | more) for path, more in bodies.items()]
    asked.append(client.post(f"{LANDSCAPE}?{wrong}", json=spec()))
    for reply in asked:
        assert reply.status_code == 422, reply.url
        assert reply.json()["detail"][0]["loc"][:1] == ["query"]
        assert reply.json()["detail"][0]["loc"][1] == wrong.partition("=")[0]


@pytest.mark.parametrize(("window", "status"), [("0,1", 200), ("0,1,0,1", 200), ("1,0,0,1", 422)])
def test_the_window_of_a_curve_may_be_that_of_its_page(client, window, status):
    for path in (TRAJECTORIES, f"{BASE}/plot.svg"):
        assert client.get(f"{path}?expression=x**2&optimizer=gd&window={window}").status_code == status


def test_a_pace_is_told_with_its_whole_range_and_no_hint(client):
    for pace in ("0", "x", "1001"):
        (detail,) = client.get(f"{STREAM}?surface=bowl&optimizer=gd&pace={pace}").json()["detail"]
        assert "must be a whole number, in [1, 1000]; got" in detail["msg"]
        assert "hint" not in detail["ctx"]


@pytest.mark.parametrize(
    ("path", "query", "loc"),
    [
        (f"{BASE}/plot.svg", "surface=bowl&window=1,0,0,1", ["window", 0]),
        (LANDSCAPE, "surface=bowl&domain=1,0,0,1&window=0,1,0,1", ["domain", 0]),
        (TRAJECTORIES, "surface=bowl&optimizer=gd&max_steps=0", ["max_steps"]),
        (TRAJECTORIES, "surface=bowl&optimizer=gd&max_steps=100001", ["max_steps"]),
        (TRAJECTORIES, "expression=x+-+&optimizer=gd", ["expression"]),
        (TRAJECTORIES, "points=1,2;3&optimizer=gd", ["points", 1]),
        (TRAJECTORIES, "network=xor:hidden=99&optimizer=gd", ["network", "hidden", 0]),
        (TRAJECTORIES, "network=hidden=4,points=0,1;2,x&optimizer=gd", ["network", "points", 1, 1]),
        (TRAJECTORIES, "network=hidden=4&optimizer=gd", ["network"]),
        (TRAJECTORIES, "surface=bowl&optimizer=gd&optimizer=gd:beta=1", ["optimizers", 1, "beta"]),
        (TRAJECTORIES, f"spec={tail(spec(steps=0))}", ["spec", "stop", "max_steps"]),
    ],
)
def test_an_error_is_at_the_key_that_came(client, path, query, loc):
    assert client.get(f"{path}?{query}").json()["detail"][0]["loc"] == ["query", *loc]


@pytest.mark.parametrize(
    ("query", "hinted"),
    [
        ("surface=bowl&optimizer=gd&slots=0,%201", "(leave out the space)"),
        ("surface=bowl&optimizer=gd:learning_rate=1e+5", "(in an address a + is written %2B"),
        ("expression=x%20%2B%20zz&optimizer=gd", ""),
        ("surface=my+bowl&optimizer=gd", ""),
    ],
)
def test_a_lost_plus_is_suspected_only_where_one_may_have_been(client, query, hinted):
    message = client.get(f"{TRAJECTORIES}?{query}").json()["detail"][0]["msg"]
    assert hinted in message
    assert ("%2B" in message) == ("%2B" in hinted)


def test_the_cause_of_a_lost_plus_comes_before_what_is_wrong_without_it(client):
    message = client.get(f"{TRAJECTORIES}?expression=x^2+y^2&optimizer=gd").json()["detail"][0]["msg"]
    assert message.startswith("expression has a space in place of a sign: in an address a + is written %2B")
    assert "column 5" in message


@pytest.mark.parametrize("key", ["surface", "optimizer", "seed", "spec", "limit"])
def test_a_post_takes_no_spec_from_its_query(client, key):
    reply = client.post(TRAJECTORIES, json=spec(), params={key: "1"})
    assert reply.status_code == 422
    assert reply.json()["detail"][0]["loc"] == ["query", key]


def test_too_long_a_query_is_a_414(client):
    call = client.portal.call(Call(client.app, "/trajectories", query="spec=" + "A" * 33_000).run)
    assert call.status == 414
    assert "POST" in call.text
