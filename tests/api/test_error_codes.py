"""Every error has a code of one table and the values of its sentence, and every code of the table is met."""

from __future__ import annotations

import base64
import html
import json
import re
from typing import get_args

import pytest
from fastapi.testclient import TestClient
from pydantic_core.core_schema import ErrorType

from app.main import create_app
from app.server.refusals import ALL_ERRORS
from app.server.settings import Settings
from app.work.worker import Capacity
from fallline import path as recorded_path
from fallline.errors import ERRORS, HINTS, OF_PYDANTIC, SpecError, complaints, error_text
from fallline.over_plane import Spanned
from fallline.own.own_loss import forget_loss, from_loss
from fallline.own.own_optimizer import forget_optimizer
from fallline.recorded_planes import recorded_plane
from fallline.sentences import names_in
from tests.api.specs import BASE, LANDSCAPE, SHOES, STREAM, TRAJECTORIES, checked, events, own, run, spec
from tests.formulas.test_language import IN_FORMULAS, IN_RULES

STEP, SWEEP, QUANTITIES = (f"{TRAJECTORIES}/{name}" for name in ("step", "sweep", "quantities"))
XOR = {"network": {"dataset": "xor"}}


def post(value, path=TRAJECTORIES, **asked):
    return lambda client: client.post(path, json=value, **asked)


def sent(body, kind="application/json"):
    return lambda client: client.post(TRAJECTORIES, content=body, headers={"Content-Type": kind})


def get(query, path=TRAJECTORIES, **headers):
    return lambda client: client.get(f"{path}?{query}", headers=headers)


def limited(asked, **settings):
    """The same of a server with other settings."""
    return lambda _: asked(TestClient(create_app(Settings(**settings), pages=False)))


def sweep(low, high, name="learning_rate"):
    return post({**spec(), "over": {name: {"from": low, "to": high, "count": 3}}}, SWEEP)


def encoded(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode()


def of_recorded(path, **other):
    """What is asked of a recorded path."""

    def asked(client):
        points = [[0.0, 0.0, 0.0], [1.0, 2.0, 0.5], [2.0, 2.0, 1.0]]
        plane = recorded_path(points).plane(lambda w: w @ w, progress=False)
        spanned = Spanned(plane.origin, plane.directions)
        shown = recorded_plane(spanned, lambda w: w @ w, plane.domain, plane.seen, plane.sentence)
        try:
            runs = [{"name": shown.paths[0].name}]
            return client.post(path, json={"problem": shown.surface(), "optimizers": runs, **other})
        finally:
            forget_loss(shown.surface)
            forget_optimizer(shown.paths[0])

    return asked


def of_own_loss(client):
    """A run on a loss that raises where it is to start."""
    own = from_loss(lambda w: w[5], domain=[[0, 1], [0, 1]])
    try:
        return client.post(TRAJECTORIES, json=spec(problem=own()))
    finally:
        forget_loss(own)


ROOMS = f"{BASE}/rooms"
SHOWN = {"address": "/", "step": 0, "playing": False, "pace": 30}
ENTRY = {"seat": "a" * 16, "question": "q", "entry": 1}


def in_room(path, body, *before, key=None, **settings):
    """The same in a room of its own, where something was sent to the same address before."""

    def ask(_):
        server = TestClient(create_app(Settings(rooms=1, room_file=":memory:", **settings), pages=False))
        room = server.post(ROOMS).json()
        headers = {"Authorization": f"Bearer {room['key'] if key is None else key}"}
        for each in (*before, body):
            reply = server.post(f"{ROOMS}/{room['code']}/{path}", json=each, headers=headers)
        return reply

    return ask


LONG = "surface=bowl&optimizer=gd:learning_rate=1e-9&max_steps=90000"
GD = "surface=bowl&optimizer=gd"

REQUESTS = {
    "missing": post({}),
    "missing_hyperparameter": post(spec(own("w = w - lr*beta*g"))),
    "missing_plane": get("network=xor", LANDSCAPE),
    "missing_change": post(spec(run(changes=[{"at": 5}]))),
    "unknown_field": post(spec(run(learing_rate=1))),
    "unknown_state": post(spec(own("w = w - g", initial={"m": 1}))),
    "unknown_key": post(spec(), f"{TRAJECTORIES}?seed=1"),
    "no_keys": get("x=1", f"{BASE}/catalog"),
    "unknown_name": post(spec(run("adm"))),
    "not_a_name": post(spec(run(5))),
    "duplicate": sent(b'{"seed": 1, "seed": 2}'),
    "both_given": get("spec=e30&surface=bowl"),
    "not_exactly_one": post({**spec(), "problem": {}}),
    "name_taken": post(spec(own("w = w - noise*g"))),
    "not_in_a_change": post(spec(run(changes=[{"at": 5, "label": "x"}]))),
    "not_an_object": post([]),
    "not_a_list": post(spec(start="1,2")),
    "not_a_text": post(spec(problem={"expression": 5})),
    "not_a_boolean": get(f"{GD}&align=maybe"),
    "not_a_number": post(spec(seed="0")),
    "not_a_number_or_formula": post(spec(own("m = m + g\nw = w - m", initial={"m": None}))),
    "not_finite": get("surface=bowl&optimizer=gd:learning_rate=1e400"),
    "not_whole": post(spec(seed=0.5)),
    "wrong_label": post(spec(run(label="a" * 41))),
    "invisible_label": post(spec(run(label="  "))),
    "formula_syntax": post(spec(problem={"expression": "x + zz"})),
    "not_fields": get("surface=bowl&optimizer=gd:learning_rate"),
    "needs_spec": get("surface=bowl&optimizer=gd:rule=w"),
    "not_base64": get("spec=!!!"),
    "not_json": sent(b"{"),
    "not_utf8": sent('{"problem": "\u00e9"}'.encode("latin-1")),
    "empty": sent(b"  "),
    "out_of_range": post(spec(run(learning_rate=-1))),
    "not_above": post(spec(run(changes=[{"at": 5, "noise": 1}, {"at": 4, "noise": 2}]))),
    "empty_interval": get("surface=bowl&domain=1,1,0,1", LANDSCAPE),
    "too_many": post(spec(*[run()] * 17)),
    "too_few": post({**spec(), "optimizers": []}),
    "wrong_count": post(spec(start=[1])),
    "wrong_axes": get("surface=bowl&domain=0,1", LANDSCAPE),
    "network_too_large": post(spec(problem={"network": {"dataset": "xor", "hidden": [16] * 4}})),
    "batch_too_large": post(spec(run(batch_size=4), problem=SHOES)),
    "only_for_data": post(spec(run(batch_size=1))),
    "recorded_elsewhere": of_recorded(TRAJECTORIES, problem={"surface": "bowl"}),
    "recorded_only": of_recorded(STEP, t=1),
    "only_for_networks": get("surface=bowl&plane=x,y", LANDSCAPE),
    "only_for_seeds": post(
        {**spec(), "over": {"learning_rate": {"from": 1, "to": 2, "count": 3}}, "curves": True}, SWEEP
    ),
    "not_turned": post(
        {**spec(problem={"surface": "rosenbrock"}), "over": {"angle": {"from": 0, "to": 90, "count": 3}}}, SWEEP
    ),
    "seeds_follow": sweep(0, 3, "seed"),
    "not_a_label": post(spec(problem={"network": {"points": [[1, 2]], "kind": "classification"}})),
    "needs_labels": post(spec(problem={"network": {"dataset": "regression_sine", "loss": "cross_entropy"}})),
    "needs_noise": post(spec(run("sgd"))),
    "needs_sampling": post(spec(run("sgd", batch_size=None), problem=SHOES)),
    "needs_batch_size": post(spec(run(sampling="replacement"), problem=SHOES)),
    "needs_all_data": post(spec(run("bfgs", noise=0.1))),
    "rate_read_once": post(spec(run("nelder_mead", schedule={"name": "exponential", "decay": 0.9}))),
    "no_hessian": post(spec(run("newton"), problem=XOR)),
    "no_rule": post(spec(run("newton")), f"{TRAJECTORIES}/program"),
    "needs_map": post(spec(run(), problem={"network": {"dataset": "xor"}}), f"{TRAJECTORIES}/basins"),
    "same_parameter": get("network=xor&plane=w1_1_1,w1_1_1", LANDSCAPE),
    "start_fault": of_own_loss,
    "own_not_here": get("surface=bowl&optimizer=own.theirs"),
    "start_not_finite": post(spec(problem={"expression": "log(x)"})),
    "program_too_deep": post(
        spec(problem={"expression": "*".join(["x"] * 203)}, start=[0.5]), f"{TRAJECTORIES}/program"
    ),
    "no_step": post({**spec(run(learning_rate=1e300)), "t": 1}, STEP),
    "past_the_end": post({**spec(steps=3), "t": 4}, STEP),
    "last_event_id": get(GD, STREAM, **{"Last-Event-ID": "zz"}),
    "work_too_large": limited(get(GD), max_work=1000),
    "too_many_numbers": limited(post(spec(steps=5000), QUANTITIES), max_numbers=1000),
    "reply_too_large": limited(get(LONG), max_numbers=1000),
    "took_too_long": limited(get(LONG), max_seconds=1e-9),
    "query_too_long": limited(get("spec=" + "A" * 2000), max_body_bytes=1024),
    "body_too_large": sent(b" " * 70_000),
    "not_found": get("", f"{BASE}/nowhere"),
    "method_not_allowed": lambda client: client.delete(TRAJECTORIES),
    "not_acceptable": get(GD, Accept="image/png"),
    "unsupported_media_type": sent(b"{}", "text/plain"),
    "no_room": get("", f"{ROOMS}/XXXX"),
    "wrong_key": in_room("shown", {}, key=""),
    "wrong_seat": in_room("entries", ENTRY | {"seat": "me"}),
    "not_open": in_room("ran", {"question": "q"}),
    "not_leading": in_room("shown", SHOWN, SHOWN | {"window": "a", "take": True}),
    "not_of_this_site": in_room("shown", SHOWN | {"address": "//a"}),
    "too_fast": in_room("entries", ENTRY, *[ENTRY] * 2, entries_a_second=1),
    "room_full": in_room("entries", ENTRY | {"seat": "b" * 16}, ENTRY, room_seats=1),
    "not_kept": limited(post({}, ROOMS), rooms=1, room_file="/proc/rooms.db"),
}
ON_THE_WIRE = {"not_http", "wrong_host", "unknown_coding", "head_too_large", "too_many_fields", "too_slow"}
"""Codes of what never becomes a request: `test_connections.py` is about them."""
ELSEWHERE = {"wrong_value", "busy", "another_stream", "unreadable", "fault", "own_code_ended", "stopping"} | ON_THE_WIRE
"""Codes that no single request meets; a test below is about each of the others."""


@pytest.mark.parametrize("code", REQUESTS)
def test_a_request_meets_each_code(client, code):
    reply = REQUESTS[code](client)
    details = [checked(each) for each in reply.json()["detail"]]
    assert code in [each["type"] for each in details]
    assert all(each["type"] in ALL_ERRORS for each in details)


def test_no_code_is_left_out():
    assert set(REQUESTS) | ELSEWHERE == set(ALL_ERRORS)
    assert not set(REQUESTS) & ELSEWHERE


def test_busy(client):
    async def ask():
        async with Capacity(0, "streams", 0.01).reserve():
            raise AssertionError

    with pytest.raises(SpecError) as caught:
        client.portal.call(ask)
    (detail,) = complaints(caught.value)
    assert checked(vars(detail))["ctx"] == {"limit": 0, "what": "streams", "seconds": 0.01}


def test_an_event_of_another_stream(client):
    query = "surface=bowl&optimizer=gd:learning_rate=2&max_steps=300"
    ((name, _, data),) = events(client.get(f"{STREAM}?{query}", headers={"Last-Event-ID": "290"}).text)
    (detail,) = data["detail"]
    assert (name, checked(detail)["type"], detail["ctx"]["count"]) == ("error", "another_stream", 290)
    assert detail["ctx"]["rows"] < 290


def test_a_code_of_pydantics_that_is_not_foreseen():
    (detail,) = complaints(SpecError("url_parsing", ("body", "seed"), 5))
    assert (checked(vars(detail))["type"], detail.ctx) == ("wrong_value", {"got": "5"})


def test_a_body_that_breaks_off(client):
    told = []

    async def ask():
        async def receive():
            return {"type": "http.disconnect"}

        async def send(message):
            told.append(message)

        headers = [(b"content-type", b"application/json")]
        scope = {
            "type": "http", "method": "POST", "path": TRAJECTORIES, "raw_path": TRAJECTORIES.encode(), "root_path": "",
            "query_string": b"", "headers": headers, "scheme": "http", "server": ("test", 1), "client": ("test", 1),
        }  # fmt: skip
        await client.app(scope, receive, send)

    client.portal.call(ask)
    assert told[0]["status"] == 400
    (detail,) = json.loads(told[1]["body"])["detail"]
    assert checked(detail)["type"] == "unreadable"


def test_a_fault(monkeypatch):
    def broken(*_):
        raise RuntimeError

    monkeypatch.setattr("app.api.catalog.check_no_keys", broken)
    reply = TestClient(create_app(Settings(), pages=False), raise_server_exceptions=False).get(f"{BASE}/catalog")
    (detail,) = reply.json()["detail"]
    assert checked(detail)["type"] == "fault"


@pytest.mark.parametrize(
    ("query", "hint"),
    [
        ("surface=bowl&optimizer=gd:learning_rate=1e+5", "plus"), ("surface=bowl&optimizer=gd&seed=%201", "space"),
        ("expression=x+y&optimizer=gd", "plus"), ("surface=bowl&optimizer=gd&seed=x", None),
        ("surface=bowl&optimizer=gd&max_steps=1_0", None), ("surface=bowl&optimizer=gd&start=1_0,2", None),
        ("surface=bowl&optimizer=gd&max_steps=%225%22", "quotes"), ("surface=bowl&optimizer=gd&seed='5'", "quotes"),
        ("surface=bowl&optimizer=gd&max_steps=%22x%22", None), (f"spec={encoded(spec(seed='5'))}", "quotes"),
        (f"spec={encoded(spec(seed='1_0'))}", None),
    ],
)  # fmt: skip
def test_a_hint_is_a_code_too(client, query, hint):
    (detail,) = client.get(f"{TRAJECTORIES}?{query}").json()["detail"]
    assert checked(detail)["ctx"].get("hint") == hint


def test_quotes_are_hinted_at(client):
    (detail,) = client.post(TRAJECTORIES, json=spec(seed="0")).json()["detail"]
    assert detail["ctx"] == {
        "range": {"low": 0, "high": 2**53 - 1, "low_open": False, "high_open": False, "whole": True},
        "got": '"0"',
        "hint": "quotes",
    }
    assert set(HINTS) == {"plus", "space", "quotes"}


def test_no_name_of_pydantics_leaves():
    theirs = set(get_args(ErrorType))
    assert set(OF_PYDANTIC) <= theirs
    assert set(OF_PYDANTIC.values()) <= set(ERRORS)
    assert theirs & set(ERRORS) == {"missing"}, "it means the same"


def test_codes_and_values_are_snake_case_and_the_document_lists_them(client):
    document = client.get(f"{BASE}/openapi.json").json()
    assert document["components"]["schemas"]["Complaint"]["properties"]["type"]["enum"] == list(ALL_ERRORS)
    for code, template in ALL_ERRORS.items():
        assert re.fullmatch("[a-z]+(_[a-z0-9]+)*", code)
        assert all(re.fullmatch("[a-z]+(_[a-z]+)*", name) for name in names_in(template))


@pytest.fixture(scope="module")
def page(site):
    """The page of the codes, as a browser reads it."""
    return html.unescape(site.get(f"{BASE}/errors").text)


def said_by_the_list(page, values):
    """The sentence that a reader of the list alone makes of the values of a formula's fault."""
    listed = dict(re.findall(r"<li><code>([a-z_]+)</code>: <code>(.+)</code></li>", page))
    (allowed,) = re.findall(r"where <code>\[allowed\]</code> is <code>(.+?)</code> or <code>(.+?)</code>,", page)
    text = listed[values["reason"]].replace("[allowed]", "".join(f"[{part}]" for part in allowed))
    for part in re.findall(r"\[[^]]+\]", text):
        needed = re.findall(r"\{(\w+)", part)
        text = text.replace(part, part[1:-1] if all(name in values for name in needed) else "")

    def value(found):
        name, one, many = found.groups()
        came = values[name]
        if one:
            return f"{came} {one if came == 1 else many}"
        joint = " or " if name == "nearest" else ", "
        return joint.join(came) if isinstance(came, list) else str(came)

    place = f"line {values['line']}, " if values["line"] > 1 else ""
    return f"{place}column {values['column']}: " + re.sub(r"\{(\w+)(?::(\w+)\|(\w+))?\}", value, text)


@pytest.mark.parametrize(
    ("field", "text"),
    [
        *(("expression", text) for text in IN_FORMULAS.values()), *(("rule", text) for text in IN_RULES.values()),
        ("rule", "m += g^2\nw = w - m"), ("rule", "w = w - sine(g)"),
    ],
)  # fmt: skip
def test_the_list_says_how_the_fault_of_a_formula_is_told(client, page, field, text):
    value = spec(problem={"expression": text}) if field == "expression" else spec(own(text))
    (detail,) = client.post(TRAJECTORIES, json=value).json()["detail"]
    place = "problem.expression" if field == "expression" else "optimizers[0].rule"
    assert detail["msg"] == f"{place} is not a formula: {said_by_the_list(page, detail['ctx'])}"
    given = set(re.findall(r"<code>(\w+)</code>", "".join(re.findall(r"<li>(<code>.+?</code>): [^<]", page))))
    assert detail["ctx"].keys() <= given, "each value is explained"


def test_an_optional_part_is_said_only_where_its_values_are():
    assert error_text(ERRORS["missing"], {}) == "is required"
    assert error_text(ERRORS["missing"], {"allowed": ["a", "b"]}) == "is required, one of a, b"
    assert error_text(ERRORS["too_few"], {"limit": 1, "count": 0}) == "must have at least 1 entry, and has 0"
    assert error_text(ERRORS["unknown_name"], {"what": "optimizer", "nearest": ["adam"], "got": '"adm"'}) == (
        'is not an optimizer; the nearest: adam; got "adm"'
    )
