"""Requests to the API in process: made from the OpenAPI document, specs with parts changed, any text as a formula."""

from __future__ import annotations

import copy
import json
import time
from collections.abc import Iterator
from functools import cache
from http import HTTPStatus
from typing import Any

from fastapi.testclient import TestClient
from hypothesis import assume, given
from hypothesis import strategies as st

from app.main import create_app
from tests.api import hostile
from tests.api.random_requests import SETTINGS, operations
from tests.api.specs import BASE, BATCHES, LANDSCAPE, MIXED, RACE, SHOES, STREAM, TRAJECTORIES, checked, own, run, spec
from tests.fuzz.formulas import RULE_TEXTS, TEXTS
from tests.fuzz.rounds import Check, a_round

SECONDS = 3.0
"""Of computing, for one answer."""
STATUSES = {200, 413, 422}

PATHS: dict[str, dict[str, Any]] = {
    TRAJECTORIES: {}, f"{TRAJECTORIES}?format=csv": {}, f"{TRAJECTORIES}?align=true&format=jsonl": {}, STREAM: {},
    f"{TRAJECTORIES}/step": {"t": 1, "marked": True}, f"{TRAJECTORIES}/quantities": {}, f"{TRAJECTORIES}/program": {},
    f"{TRAJECTORIES}/program?language=pytorch": {}, LANDSCAPE: {"resolution": 9},
    f"{TRAJECTORIES}/sweep": {"over": {"learning_rate": {"from": 0.001, "to": 10, "count": 5}}},
    f"{TRAJECTORIES}/sweep?": {"over": {"seed": {"from": 0, "count": 3}}, "curves": True},
}  # fmt: skip
"""Every route that takes a spec, with fields of its own."""

SPECS = [
    RACE, MIXED, BATCHES, spec(problem={"network": {"dataset": "xor", "hidden": [2]}}, steps=5),
    spec(problem={"points": [[1, 2], [2, 3], [4, 4]], "loss": "huber", "standardize": True}),
    spec(run("sgd", batch_size=1, changes=[{"at": 3, "noise": 1}, {"at": 5, "name": "adam", "beta1": 0.5}]), problem=SHOES),
    spec(own("m = beta*m + g\nw = w - lr*m", beta=0.5, initial={"m": "beta*2"}, schedule={"name": "cosine", "steps": 9})),
    *(value for _, value, _ in [*hostile.RUNS, *hostile.RULES, *hostile.REST, *hostile.BOUNDED] if isinstance(value, dict)),
]  # fmt: skip

NUMBERS = st.one_of(
    st.sampled_from([0, 1, -1, 2, 3, 0.5, 1e-9, 1e100, 1e101, 1e308, 5e-324, -0.0, 2**53, 2**63, 10**30]),
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-10, 300),
)
WORDS = """
    name rule learning_rate label schedule noise batch_size sampling first_points changes at form initial problem surface
    expression dataset points network hidden activation loss standardize start stop max_steps min_step_size target_loss
    small seed beta beta1 eps gd sgd adam rprop step cosine one_cycle shuffle replacement xor shoe_size bowl mse ssr
"""
NAMES = st.sampled_from(WORDS.split())
VALUES = st.recursive(
    st.one_of(NUMBERS, NAMES, st.none(), st.booleans(), st.text(max_size=5)),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.one_of(NAMES, st.text(max_size=3)), inner, max_size=4)),
    max_leaves=8,
)  # fmt: skip
"""Any JSON, with words that mean something here."""


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every list and object in a value, with each index or key of it."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield value, key
        yield from _places(inner)


def _changed(value: Any, changes: list[tuple[float, str, str, Any]]) -> Any:
    value = copy.deepcopy(value)
    for where, how, name, new in changes:
        places = list(_places(value))
        if not places:
            return value
        inside, key = places[int(where * len(places))]
        if how == "delete":
            del inside[key]
        elif how == "add" and isinstance(inside, dict):
            inside[name] = new
        elif how == "add" and len(inside) < 40:
            inside.extend(inside[: 3 if new else 1])
        else:
            inside[key] = new
    return value


CHANGES = st.tuples(st.floats(0, 1, exclude_max=True), st.sampled_from(["delete", "add", "replace"]), NAMES, VALUES)
CHANGED = st.builds(_changed, st.sampled_from(SPECS), st.lists(CHANGES, min_size=1, max_size=3))


@cache
def client() -> TestClient:
    """Of one application, which stays open."""
    client = TestClient(create_app(SETTINGS, pages=False))
    client.__enter__()
    return client


def answered(path: str, value: Any) -> None:
    """Send a body, and check the answer."""
    began = time.process_time()
    reply = client().post(path, json=value)
    assert time.process_time() - began < SECONDS, (path, value)
    assert reply.status_code in STATUSES, (path, value, reply.text)
    for detail in reply.json()["detail"] if reply.status_code != HTTPStatus.OK else ():
        checked(detail)
        assert len(detail["msg"]) < 1500, detail


def shortened(value: Any) -> Any:
    """A spec with runs that are no longer than those that are random: a sweep or a plane makes many."""
    stop = value.get("stop")
    if isinstance(stop, dict) and isinstance(stop.get("max_steps"), int):
        stop["max_steps"] = min(stop["max_steps"], 300)
    return value


def send_only_text(*texts: str) -> None:
    """Leave out an example with half a surrogate, which no client can send."""
    assume(not any("\ud800" <= character <= "\udfff" for text in texts for character in text))


@a_round
@given(st.sampled_from(sorted(PATHS)), CHANGED)
def a_spec_with_parts_changed_is_answered(path: str, value: Any) -> None:
    send_only_text(json.dumps(value, ensure_ascii=False))
    answered(path, {**shortened(value), **PATHS[path]})


@a_round
@given(st.sampled_from(sorted(PATHS)), TEXTS, st.lists(NUMBERS, min_size=1, max_size=2))
def any_text_as_an_expression_is_answered(path: str, text: str, start: list[float]) -> None:
    send_only_text(text)
    answered(path, {**spec(problem={"expression": text}, steps=9, start=start), **PATHS[path]})


@a_round
@given(st.sampled_from(sorted(PATHS)), RULE_TEXTS, st.dictionaries(NAMES, NUMBERS, max_size=3))
def any_text_as_a_rule_is_answered(path: str, text: str, values: dict[str, float]) -> None:
    send_only_text(text)
    answered(path, {**spec({**own(text), **values}, steps=9), **PATHS[path]})


@a_round
@given(st.lists(st.tuples(NAMES, st.one_of(st.text(max_size=12), VALUES.map(str))), max_size=6))
def any_query_is_answered(pairs: list[tuple[str, str]]) -> None:
    send_only_text(*(text for _, text in pairs))
    for path in ("trajectories", "landscape", "plot.svg"):
        reply = client().get(f"{BASE}/{path}", params=[("surface", "bowl"), ("optimizer", "gd"), *pairs])
        assert reply.status_code in STATUSES, (path, pairs, reply.text)


def checks() -> list[Check]:
    """All of them, with those made from the document."""
    made = [operation.check(a_round) for right in (True, False) for operation in operations(right)]
    return [
        a_spec_with_parts_changed_is_answered, any_text_as_an_expression_is_answered, any_text_as_a_rule_is_answered,
        any_query_is_answered, *made,
    ]  # fmt: skip
