"""The description for machines says what is declared, and its examples run."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient

from app.api.landscape import Landscape
from app.api.quantities import RuleQuantities
from app.api.runs import Trajectories
from app.api.shapes import Shape, with_fields_of
from app.api.spec.fields import LABEL, name_of, real
from app.api.step import Step
from app.api.sweep import SweepEnds
from app.main import create_app
from app.optimizers import OPTIMIZERS
from app.schedules import SCHEDULES
from app.settings import Settings
from tests.api.specs import BASE

ADDRESS = f"{BASE}/openapi.json"


@pytest.fixture(scope="module")
def document(client):
    return client.get(ADDRESS).json()


@pytest.fixture(scope="module")
def schemas(document):
    return document["components"]["schemas"]


def operations(document):
    return [(path, method, each) for path, item in document["paths"].items() for method, each in item.items()]


def test_paths_are_whole(document):
    assert {f"{BASE}/{name}" for name in ("catalog", "trajectories", "trajectories/stream", "landscape")} <= set(
        document["paths"]
    )
    assert "servers" not in document


def test_below_a_prefix_the_server_is_the_prefix():
    client = TestClient(create_app(Settings()), root_path="/tools/fallline")
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
        assert told["default"] == param.default
        assert told["description"] == param.help
        low, high = param.allowed.low, param.allowed.high
        assert told.get("exclusiveMinimum" if param.allowed.low_open else "minimum", low) == low
        assert told.get("exclusiveMaximum" if param.allowed.high_open else "maximum", high) == high
    assert set(found["properties"]["form"]["enum"]) == {"standard", *OPTIMIZERS[name].forms}


@pytest.mark.parametrize("name", SCHEDULES)
def test_every_schedule_has_its_parameters(schemas, name):
    (found,) = (each for each in schemas.values() if each["title"].lower() == name.replace("_", "") + "schedule")
    assert set(found["properties"]) == {"name", *SCHEDULES[name].params}


def test_every_operation_is_described(document):
    for path, method, each in operations(document):
        assert each["description"], (path, method)
        assert each["summary"] != each["operationId"].replace("_", " ").title()
        assert "HTTPValidationError" not in str(each["responses"])
    names = [each["operationId"] for _, _, each in operations(document)]
    assert len(names) == len(set(names))


def test_every_answer_says_what_it_is(document):
    for path, method, each in operations(document):
        content = each["responses"]["200"]["content"]
        assert content, (path, method)
        for kind, told in content.items():
            assert told.get("schema") or kind == "image/svg+xml", (path, method, kind)
            assert path.endswith(("/stream", "/program", ".svg")) == (kind != "application/json" and len(content) == 1)


def test_other_answers_than_200_are_told(document):
    told = {(path.removeprefix(BASE), method): set(each["responses"]) for path, method, each in operations(document)}
    cached = {key for key, statuses in told.items() if "304" in statuses}
    assert cached == {(path, "get") for path in ("/catalog", "/trajectories", "/landscape", "/plot.svg")}
    assert {key for key, statuses in told.items() if "406" in statuses} == {
        ("/trajectories", "get"), ("/trajectories", "post"),
    }  # fmt: skip
    assert all("422" in statuses for statuses in told.values())


def test_the_keys_of_the_query_are_offered(document):
    names = {one["name"] for _, _, each in operations(document) for one in each.get("parameters", [])}
    assert {"surface", "network", "plane", "optimizer", "width", "language", "format", "fields", "align"} <= names


@pytest.mark.parametrize(
    ("path", "shape"),
    [
        ("trajectories", Trajectories), ("trajectories/step", Step), ("trajectories/quantities", RuleQuantities),
        ("trajectories/sweep", SweepEnds), ("landscape", Landscape),
    ],
)  # fmt: skip
def test_every_key_of_an_answer_is_described(client, document, schemas, path, shape):
    operation = document["paths"][f"{BASE}/{path}"]["post"]
    body = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
    described = operation["responses"]["200"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
    assert described == shape.__name__
    for example in schemas[body]["examples"]:
        shape.model_validate(client.post(f"{BASE}/{path}", json=example).json(), extra="forbid")


def test_what_comes_from_a_dataclass_has_the_texts_of_its_docstring(schemas):
    working, filled = (schemas[name]["properties"] for name in ("Step", "RateInForce"))
    assert working["batch"]["description"] == "The indices from 0 of the points seen, null for all."
    assert working["before"]["description"] == working["after"]["description"] == "Parameter -> value on both sides."
    assert filled["value"]["description"] == "As it ran, to the last bit."
    assert {"type": "null"} in filled["value"]["anyOf"]


@dataclass
class Reworded:
    """A pair.

    Args:
        first, second: the ends: low; and high, None
            for none.
        third the middle.
    """

    first: float
    second: float
    third: float


@dataclass
class Pair:
    """A pair.

    Args:
        first: the low end; second: the high one, None
            for none.

    Raises:
        ValueError: never.
    """

    first: float
    second: float


def test_a_text_that_belongs_to_no_field_is_a_fault_and_not_lost():
    with pytest.raises(ValueError, match=r"Args of Reworded .* \['third', 'third the middle.'\]"):
        with_fields_of(Reworded)(Shape)
    found = with_fields_of(Pair)(Shape).model_fields
    assert [field.description for field in found.values()] == ["The low end.", "The high one, null for none."]


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


def test_the_page_of_the_documentation_is_at_the_api_and_leads_to_the_document(client):
    page = client.get(f"{BASE}/docs")
    assert page.status_code == 200
    assert f'data-openapi="{ADDRESS}"' in page.text
    assert client.get("/api", follow_redirects=False).headers["location"] == f"{BASE}/docs"


def test_it_is_asked_again_each_time_and_answered_with_304(client):
    first = client.get(ADDRESS)
    again = client.get(ADDRESS, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_type_of_a_field_can_be_hashed():
    """Python 3.11 hashes what stands in an `Annotated[...] | None`."""
    assert len({real(), LABEL, name_of("a thing", ["one"])}) == 3
