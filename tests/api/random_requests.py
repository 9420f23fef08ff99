"""Random requests made from the OpenAPI document by schemathesis, and what must hold of every answer to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, cast

import schemathesis
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis.strategies import SearchStrategy
from schemathesis import Case, GenerationMode
from schemathesis.checks import load_all_checks, not_a_server_error
from schemathesis.specs.openapi import checks

from app.main import create_app
from app.server.settings import Settings
from tests.api.specs import BASE

DOCUMENT = f"{BASE}/openapi.json"
Schema = dict[str, Any]

SETTINGS = Settings(max_numbers=20_000, max_work=2e7, max_seconds=5)
"""Those under which no request takes long."""

OF_ANY = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]
"""What must hold of an answer, whatever was asked."""
OF_WRONG = [*OF_ANY, checks.negative_data_rejection]
"""And of the answer to what the document does not allow."""
OF_A_MAP = {f"GET {BASE}/landscape", f"GET {BASE}/plot.svg"}
"""What takes the address of a page, where the keys of runs do not matter for a map alone, be they right or wrong."""

FORMULAS = ["x**2 + 3*y**2", "where(x > y, x, sin(y))", "1/(x + 4)", "(x - 1)**4", "exp(x)*y", "abs(x) + max(x, y)"]
RULES = ["w = w - lr*g", "m = 0.9*m + g\nw = w - lr*m", "w = w - lr*g/(abs(g) + 1e-8)", "w = w/0"]
POINTS = [[[0.6, 1.1], [0.8, 1.2], [1.1, 2.1]], [[1, 2]], [[1, 2], [1, 3]]]
OVER = [
    {"learning_rate": {"from": 0.001, "to": 1, "count": 5}},
    {"seed": {"from": 0, "count": 4}},
    {"noise": {"from": 0, "to": 1, "count": 3}},
]
RUNS = ["gd", "adam:learning_rate=0.05,beta1=0.8", "gd:learning_rate=0.9,noise=1", "rprop", "sgd:noise=0.1,label=s"]

KEPT = {"surface", "max_steps", "min_step_size", "target_loss", "small", "seed", "optimizer", "resolution", "digits",
        "align", "format", "pace", "step", "paths", "width", "height", "theme"}  # fmt: skip
"""Keys of an address that go together, whatever they are."""


def document_of(app: FastAPI) -> Schema:
    """The OpenAPI document. Of a stream it has what the events are, as OpenAPI 3.2 says it and schemathesis reads it."""
    with TestClient(app) as client:
        document: Schema = client.get(DOCUMENT).json()
    for _, operation in described(document):
        answer = operation["responses"].get("200", {})
        for content in answer.get("content", {}).values():
            if events := content.pop("x-events", None):
                del content["schema"]
                content["itemSchema"] = {"oneOf": [_event(name, schema) for name, schema in events.items()]}
    return document


def _event(name: str, data: Schema) -> Schema:
    text = {"type": "string", "contentMediaType": "application/json", "contentSchema": data}
    fields = {"event": {"const": name}, "id": {"type": "string"}, "data": text}
    return {"type": "object", "properties": fields, "required": ["event", "data"]}


def described(document: Schema) -> Iterator[tuple[str, Schema]]:
    """The name of every operation, with what the document says of it."""
    for path, of_path in document["paths"].items():
        for method, operation in of_path.items():
            yield f"{method.upper()} {path}", operation


def narrowed(document: Schema) -> Schema:
    """The document, narrowed to requests most of which run: a schema cannot say what a formula is, or what goes together."""
    schemas = document["components"]["schemas"]

    def only(name: str, field: str, values: list[Any]) -> None:
        if field in schemas[name]["properties"]:
            schemas[name]["properties"][field] = {"enum": values}

    for name in schemas:
        if name.endswith("Run") and name != "AnyRun":
            schemas[name]["additionalProperties"] = False
            only(name, "label", ["one", "two", "<b>"])
            for field in ("batch_size", "sampling", "first_points", "changes", "initial"):
                schemas[name]["properties"].pop(field, None)
        elif name.endswith("Spec"):
            schemas[name]["properties"]["optimizers"]["maxItems"] = 3
            schemas[name]["required"] = [*schemas[name]["required"], "stop"]
            schemas[name]["properties"]["stop"] = {"$ref": "#/components/schemas/StopRules"}
            only(name, "start", [None])
            only(name, "domain", [None, [[-2, 2], [-1, 3]]])
            for field in ("plane", "at"):
                schemas[name]["properties"].pop(field, None)
    only("OwnRun", "rule", RULES)
    only("ExpressionChoice", "expression", FORMULAS)
    only("PointsChoice", "points", POINTS)
    only("NetworkFields", "points", [None, [[0, 0, 0], [0, 1, 1]], [[0.5, 2], [1, -1]]])
    only("NetworkFields", "loss", ["mse", None])
    only("NetworkFields", "hidden", [[], [2], [3, 2], None])
    only("SweepSpec", "over", OVER)
    only("StepSpec", "t", [1, 2])
    only("TuneSpec", "over", [{"learning_rate": {"from": 0.01, "to": 0.1}}])
    only("TuneSpec", "seeds", [1, 2])
    only("TuneSpec", "stop", [{"max_steps": 20, "target_loss": 1}])
    for field in ("min_step_size", "target_loss"):
        schemas["StopRules"]["properties"].pop(field)
    only("StopRules", "max_steps", [2, 3, 20, 60])
    schemas["StopRules"]["required"] = ["max_steps"]
    for _, operation in described(document):
        _narrow_keys(operation)
    return document


def _narrow_keys(operation: Schema) -> None:
    keys = [key for key in operation.get("parameters", []) if key["name"] in KEPT]
    for key in keys:
        if key["name"] in ("surface", "max_steps", "optimizer"):
            key["required"] = True
        if key["name"] == "max_steps":
            key["schema"] = {"enum": [1, 3, 20, 60]}
        if key["name"] == "pace":
            key["schema"]["minimum"] = 500
        if key["name"] == "optimizer":
            key["schema"] = {"type": "array", "items": {"enum": RUNS}, "minItems": 1, "maxItems": 3}
    if keys:
        operation["parameters"] = keys


@dataclass
class Operation:
    """One operation, with random requests to it.

    Args:
        requests: such as the document allows or, where `right` is False, does not.
        statuses: of the answers so far.
    """

    name: str
    requests: SearchStrategy[Case]
    right: bool
    statuses: Counter[int] = field(default_factory=Counter)

    def check(self, settings: Callable[[Any], Any]) -> Callable[[], None]:
        """What sends requests and checks the answers, made by Hypothesis with these settings."""

        @settings
        @given(case=self.requests)
        def check(case: Case) -> None:
            answer = case.call()
            self.statuses[answer.status_code] += 1
            any_will_do = self.right or self.name in OF_A_MAP
            case.validate_response(answer, checks=OF_ANY if any_will_do else OF_WRONG)

        check.__name__ = f"{'right' if self.right else 'wrong'} {self.name}"
        return cast(Callable[[], None], check)


def operations(right: bool) -> Iterator[Operation]:
    """Every operation; where wrong requests are wanted, every one that takes anything."""
    load_all_checks()
    app = create_app(SETTINGS, pages=False)
    document = document_of(app)
    takes = {name for name, told in described(document) if told.get("parameters") or "requestBody" in told}
    schema = schemathesis.openapi.from_dict(narrowed(document) if right else document)
    schema.app = app
    mode = GenerationMode.POSITIVE if right else GenerationMode.NEGATIVE
    for each in schema.get_all_operations():
        operation = each.ok()
        if "/rooms" in operation.path:
            continue  # a room has to be open, and its key known
        if right or operation.label in takes:
            yield Operation(operation.label, operation.as_strategy(generation_mode=mode), right)
