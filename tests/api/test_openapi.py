"""The description for machines says what is declared, and its examples run."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient
from pydantic import TypeAdapter

from app.api.maps import LandscapeOut
from app.api.response_models.runs import EVENTS, Trajectories
from app.api.single_runs import RuleQuantities, Step
from app.main import create_app
from app.server.settings import Settings
from fallline.notices import WithNotices
from fallline.optimizers import OPTIMIZERS
from fallline.problems import DATASETS, LOSSES, SURFACES
from fallline.schedules import SCHEDULES
from fallline.spec.fields import LABEL, name_of, real
from fallline.spec.problem_models import PROBLEM_MODELS as PROBLEMS
from fallline.spec.query import PAGE_KEYS, SPEC_KEYS
from fallline.sweeps import SweepEnds
from tests.api.specs import BASE, BATCHES, MIXED, STREAM, events

ADDRESS = f"{BASE}/openapi.json"


@pytest.fixture(scope="module")
def document(client):
    return client.get(ADDRESS).json()


@pytest.fixture(scope="module")
def schemas(document):
    return document["components"]["schemas"]


def operations(document):
    """All but those of rooms, of which one has to be open: `test_rooms.py` is about them."""
    return [each for each in all_operations(document) if "/rooms" not in each[0]]


def all_operations(document):
    return [(path, method, each) for path, item in document["paths"].items() for method, each in item.items()]


@pytest.mark.slow
def test_it_is_valid(document):
    from openapi_spec_validator import validate  # here, as it takes seconds to import

    validate(document)


def test_paths_are_whole(document):
    assert {f"{BASE}/{name}" for name in ("catalog", "trajectories", "trajectories/stream", "landscape")} <= set(
        document["paths"]
    )
    assert "servers" not in document


def test_below_a_prefix_the_server_is_the_prefix():
    client = TestClient(create_app(Settings(), pages=False), root_path="/tools/fallline")
    document = client.get(f"/tools/fallline{ADDRESS}").json()
    assert document["servers"] == [{"url": "/tools/fallline"}]
    assert f"{BASE}/trajectories" in document["paths"]


def test_every_reference_leads_somewhere(client, document):
    references = set(re.findall(r'"\$ref":"#/components/schemas/([^"]+)"', client.get(ADDRESS).text))
    assert references <= set(document["components"]["schemas"])


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_optimizer_has_its_hyperparameters_with_defaults_ranges_and_help(schemas, name):
    (found,) = (each for each in schemas.values() if each.get("properties", {}).get("name", {}).get("const") == name)
    assert found["description"] == OPTIMIZERS[name].summary
    for key, param in OPTIMIZERS[name].params.items():
        told = found["properties"][key]
        assert told["description"] == f"{param.help} By default {param.default}."
        low, high = param.allowed.low, param.allowed.high
        assert told.get("exclusiveMinimum" if param.allowed.low_open else "minimum", low) == low
        assert told.get("exclusiveMaximum" if param.allowed.high_open else "maximum", high) == high
    assert set(found["properties"]["form"]["enum"]) == {"standard", *OPTIMIZERS[name].forms}


@pytest.mark.parametrize("name", SCHEDULES)
def test_every_schedule_has_its_parameters(schemas, name):
    (found,) = (each for key, each in schemas.items() if key.lower() == name.replace("_", "") + "schedule")
    assert set(found["properties"]) == {"name", *SCHEDULES[name].params}


def test_every_operation_is_described(document):
    for path, method, each in all_operations(document):
        assert each["description"], (path, method)
        assert each["summary"] != each["operationId"].replace("_", " ").title()
        assert "HTTPValidationError" not in str(each["responses"])
    names = [each["operationId"] for _, _, each in all_operations(document)]
    assert len(names) == len(set(names))


def test_every_answer_says_what_it_is(document):
    for path, method, each in all_operations(document):
        content = (each["responses"].get("200") or each["responses"]["201"])["content"]
        assert content, (path, method)
        for kind, told in content.items():
            assert told.get("schema") or kind == "image/svg+xml", (path, method, kind)
            assert path.endswith(("/stream", "/program", ".svg", ".csv", "/events")) == (
                kind != "application/json" and len(content) == 1
            )


def test_other_answers_than_200_are_told(document):
    told = {(path.removeprefix(BASE), method): set(each["responses"]) for path, method, each in operations(document)}
    cached = {key for key, statuses in told.items() if "304" in statuses}
    assert cached == {
        (path, "get") for path in ("/catalog", "/catalog/brief", "/trajectories", "/landscape", "/plot.svg")
    }
    assert {key for key, statuses in told.items() if "406" in statuses} == {
        ("/trajectories", "get"), ("/trajectories", "post"), ("/trajectories/basins", "post"), ("/trajectories/tune", "post"),
    }  # fmt: skip
    assert all("422" in statuses for statuses in told.values())


def test_the_keys_of_the_query_are_offered(document):
    names = {one["name"] for _, _, each in operations(document) for one in each.get("parameters", [])}
    assert {"surface", "network", "plane", "optimizer", "width", "language", "format", "fields", "align"} <= names


def parameters(document, path, method="get"):
    return {each["name"]: each["schema"] for each in document["paths"][f"{BASE}/{path}"][method]["parameters"]}


def test_a_key_of_the_query_has_the_type_and_the_limits_of_its_field(document):
    found = parameters(document, "landscape") | parameters(document, "plot.svg")
    assert found["surface"] == {"type": "string", "enum": list(SURFACES)}
    assert found["dataset"]["enum"] == list(DATASETS)
    assert found["loss"]["enum"] == list(LOSSES)
    assert found["standardize"] == {"type": "boolean"}
    assert found["max_steps"] == {"type": "integer", "minimum": 1}
    assert found["min_step_size"] == {"type": "number", "minimum": 0}
    assert found["target_loss"] == {"type": "number"}
    assert found["seed"] == {"type": "integer", "minimum": 0, "maximum": 2**53 - 1}
    assert found["small"]["enum"] == ["step_and_gradient", "step"]
    assert found["resolution"] == {"type": "integer", "minimum": 2, "maximum": 256}
    assert found["height"] == {"type": "integer", "minimum": 32, "maximum": 2000}
    assert found["optimizer"]["type"] == "array"


def test_a_key_has_no_default_that_a_client_would_send_and_says_it_in_words(document):
    told = {
        each["name"]: each
        for path in ("trajectories", "landscape", "plot.svg")
        for each in document["paths"][f"{BASE}/{path}"]["get"]["parameters"]
    }
    assert not [name for name in (*SPEC_KEYS, *PAGE_KEYS) if "default" in told[name]["schema"]]
    assert told["max_steps"]["description"].endswith("By default 1000.")
    assert told["standardize"]["description"].endswith("By default false.")


@pytest.mark.parametrize(
    ("key", "text", "fits"),
    [
        ("start", "-1.5,2", True), ("start", "1e-3", True), ("start", "1,,2", False), ("start", "1;2", False),
        ("points", "0.6,1.1;0.8,1.2", True), ("points", "0.6,1.1;", False), ("window", "-2,2,-1,3", True),
        ("plane", "w1_1_1,w2_1_2", True), ("plane", "w1_1_1,", False), ("slots", "0,2", True), ("slots", "a", False),
        ("network", "xor:hidden=4-3,activation=tanh", True), ("network", "hidden=4", False),
        ("network", "hidden=4,points=0,1;1,0", True), ("network", "points=0,1", True),
        ("optimizer", "adam:beta1=0.9,changes=9:name=gd;20:noise=1", True), ("optimizer", "adam", True),
        ("optimizer", "learning_rate=1", False), ("spec", "eyJhIjoxfQ", True), ("spec", "{}", False),
    ],
)  # fmt: skip
def test_what_is_joined_to_one_text_has_its_form(document, key, text, fits):
    schema = {**parameters(document, "landscape"), **parameters(document, "plot.svg")}[key]
    pattern = schema.get("items", schema)["pattern"]
    assert bool(re.search(pattern, text)) == fits


def test_one_of_several_kinds_is_a_schema_of_its_own_that_names_each(schemas):
    """One level, as generators lose fields of what is nested, and a name, as they make up another for each use."""
    kinds = {name: schema["oneOf"] for name, schema in schemas.items() if "oneOf" in schema}
    assert kinds.keys() == {"AnyProblem", "AnyRun", "AnySchedule"}
    told = {name: [schemas[each["$ref"].rpartition("/")[2]] for each in options] for name, options in kinds.items()}
    assert [each["required"] for each in told["AnyProblem"]] == [[kind] for kind in PROBLEMS]
    *catalog, own = told["AnyRun"]
    assert [each["properties"]["name"]["const"] for each in catalog] == list(OPTIMIZERS)
    assert "name" not in own["properties"]
    assert [each["properties"]["name"]["const"] for each in told["AnySchedule"]] == list(SCHEDULES)
    used = {"AnyProblem": "problem", "AnyRun": "optimizers"}
    for name in ("Spec", "SingleSpec", "LandscapeSpec", "StepSpec", "SweepSpec"):
        assert all(kind in str(schemas[name]["properties"][field]) for kind, field in used.items())
    assert schemas["OwnRun"]["properties"]["schedule"]["anyOf"][0] == {"$ref": "#/components/schemas/AnySchedule"}


def test_no_field_of_a_body_has_a_default_that_a_generator_would_make_required(schemas):
    fields = {(name, key): told for name, each in schemas.items() for key, told in each.get("properties", {}).items()}
    assert not [place for place, told in fields.items() if "default" in told]
    assert fields["AdamRun", "beta1"]["description"].endswith(" By default 0.9.")
    assert fields["DatasetChoice", "standardize"]["description"].endswith(" By default false.")


def test_a_rule_of_ones_own_may_have_fields_beside_those_that_are_texts(schemas):
    assert schemas["OwnRun"]["additionalProperties"] is True


def test_columns_that_are_left_out_are_not_required(client, schemas):
    reply = client.get(f"{BASE}/trajectories?surface=bowl&optimizer=gd&max_steps=3&fields=loss").json()
    assert set(schemas["Trajectory"]["required"]) <= reply["runs"][0].keys()
    assert "parameters" not in reply["runs"][0]


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stream_names_the_schema_of_each_event(document, schemas, method):
    content = document["paths"][STREAM][method]["responses"]["200"]["content"]["text/event-stream"]
    told = {name: each["$ref"].rpartition("/")[2] for name, each in content["x-events"].items()}
    assert told == {name: shape.__name__ for name, shape in EVENTS.items()}
    assert all(schemas[model]["description"] for model in told.values())


@pytest.mark.parametrize(
    ("value", "last", "told"),
    [
        (MIXED, "", {"start", "steps", "end", "done"}),
        (BATCHES, "", {"start", "steps", "end", "done"}),
        (MIXED, "140.1.1.1", {"error"}),
    ],
    ids=["mixed", "batches", "past the end of a run"],
)
def test_every_key_of_an_event_is_described(client, value, last, told):
    found = events(client.post(STREAM, json=value, headers={"Last-Event-ID": last}).text)
    assert {name for name, _, _ in found} == told
    for name, _, data in found:
        EVENTS[name].model_validate(data, extra="forbid")


@pytest.mark.parametrize(
    ("path", "shape"),
    [
        ("trajectories", Trajectories), ("trajectories/step", Step), ("trajectories/quantities", RuleQuantities),
        ("trajectories/sweep", SweepEnds), ("landscape", LandscapeOut),
    ],
)  # fmt: skip
def test_every_key_of_an_answer_is_described(client, document, schemas, path, shape):
    operation = document["paths"][f"{BASE}/{path}"]["post"]
    body = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
    described = operation["responses"]["200"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
    assert described == shape.__name__
    for example in schemas[body]["examples"]:
        validate(shape, client.post(f"{BASE}/{path}", json=example).json())


def validate(shape, reply):
    if issubclass(shape, WithNotices):
        assert reply.pop("notes") == [each["msg"] for each in reply["notices"]]
    TypeAdapter(shape).validate_python(reply, extra="forbid")


@pytest.mark.parametrize(
    "problem", [{"surface": "bowl"}, {"dataset": "shoe_size"}, {"network": {"dataset": "xor"}}], ids=str
)
def test_every_key_of_a_working_is_described(client, problem):
    run = {"name": "sgd", "noise": 0.1, "schedule": {"name": "exponential"}}
    asked = {"problem": problem, "optimizers": [run], "t": 2}
    validate(Step, client.post(f"{BASE}/trajectories/step", json=asked).json())


def test_examples_of_bodies_run(client, document, schemas):
    ran = 0
    for path, method, each in operations(document):
        if "requestBody" not in each:
            continue
        name = each["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
        for example in schemas[name]["examples"]:
            reply = client.request(method, path, json=example)
            assert reply.status_code == 200, (path, reply.text)
            ran += 1
    assert ran >= 3


def test_examples_of_queries_run(client, document):
    ran = 0
    for path, method, each in operations(document):
        examples = {one["name"]: one["example"] for one in each.get("parameters", []) if "example" in one}
        if method == "get" and examples:
            reply = client.get(f"{path}?{urlencode(examples, doseq=True)}")
            assert reply.status_code == 200, (path, reply.text)
            ran += 1
    assert ran >= 3


def test_examples_of_fields_are_what_the_fields_take(client, schemas):
    problems = [name for name in schemas if name.endswith("Choice")]
    tried = 0
    for name in problems:
        for field, about in schemas[name]["properties"].items():
            for example in about.get("examples", []):
                reply = client.post(f"{BASE}/landscape", json={"problem": {field: example}, "resolution": 4})
                assert reply.status_code == 200, reply.text
                tried += 1
    assert tried >= 4


def test_it_is_asked_again_each_time_and_answered_with_304(client):
    first = client.get(ADDRESS)
    again = client.get(ADDRESS, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_type_of_a_field_can_be_hashed():
    """Python 3.11 hashes what stands in an `Annotated[...] | None`."""
    assert len({real(), LABEL, name_of("a thing", ["one"])}) == 3
