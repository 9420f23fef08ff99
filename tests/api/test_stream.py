"""Runs as a stream: the same rows as the reply, in turn, and going on after any event."""

from __future__ import annotations

import zlib
from collections import defaultdict

import pytest

from app.api.stream_events import Stream, read_id
from fallline.columns import AVERAGE, BY_NAME, COLUMNS
from fallline.spec.models import Spec
from fallline.spec.plan import planning
from tests.api.asgi import Call
from tests.api.specs import BATCHES, MIXED, RACE, STREAM, TRAJECTORIES, events, run, spec
from tests.descent.runs import finished

SPECS = pytest.mark.parametrize("value", [RACE, MIXED, BATCHES], ids=["race", "mixed", "batches"])
SOME_COLUMNS = ("loss", "learning_rate", "step_size")
NAMED_COLUMNS = [field for field in BY_NAME if field != AVERAGE]
"""Those with a column by each name; averages are no part of a stream."""


def streamed(client, value, last=None, **query):
    headers = {} if last is None else {"Last-Event-ID": last}
    reply = client.post(STREAM, json=value, params=query, headers=headers)
    assert reply.status_code == 200, reply.text
    return reply.text


def joined(found):
    """The runs as the events of a stream tell them, in the shape of the reply."""
    (start,) = (data for name, _, data in found if name == "start")
    runs = [{**each, **{field: defaultdict(list) for field in NAMED_COLUMNS}, "batch": None} for each in start["runs"]]
    for name, _, data in found:
        if name == "steps":
            _append(runs[data["run"]], data)
        elif name == "end":
            runs[data["run"]] |= data
    for each in runs:
        del each["run"]
    return {"problem": start["problem"], "start": start["start"], "seed": start["seed"], "runs": runs}


def _append(one, data):
    assert data["from"] == len(one.get("loss", []))
    for field in SOME_COLUMNS:
        one.setdefault(field, []).extend(data[field])
    for field in NAMED_COLUMNS:
        for name, column in data[field].items():
            one[field][name] += column
    if data["batch"] is not None:
        one["batch"] = (one["batch"] or []) + data["batch"]


@SPECS
def test_rows_are_those_of_the_reply_to_the_last_bit(client, value):
    reply = client.post(TRAJECTORIES, json=value).json()
    assert joined(events(streamed(client, value))) == reply


@SPECS
def test_aligned_rows_are_those_of_the_aligned_reply(client, value):
    reply = client.post(TRAJECTORIES, json=value, params={"align": True}).json()
    text = streamed(client, value, align=True)
    assert joined(events(text)) == reply
    for name, _, data in events(text):
        if name == "steps":
            columns = [data["step_size"], *data["gradient"].values(), *data["parameters"].values()]
            assert {len(column) for column in columns} == {len(data["loss"])}


@SPECS
def test_events_come_in_their_order(client, value):
    found = events(streamed(client, value))
    names = [name for name, _, _ in found]
    count = len(value["optimizers"])
    assert (names[0], names[-1], names.count("start"), names.count("done")) == ("start", "done", 1, 1)
    assert names.count("end") == count
    assert found[-1][2] == {}
    for index in range(count):
        own = [name for name, _, data in found[1:-1] if data["run"] == index]
        assert own[-1] == "end"
        assert set(own[:-1]) == {"steps"}


@SPECS
def test_at_most_64_rows_an_event_and_few_at_first(client, value):
    found = [data for name, _, data in events(streamed(client, value)) if name == "steps"]
    sizes = [len(data["loss"]) for data in found]
    assert max(sizes) <= 64
    assert max(len(data["loss"]) for data in found if data["from"] == 0) <= 8
    for data in found:
        assert len(data["step_size"]) == len(data["loss"]) - (data["from"] == 0)


def test_runs_grow_together(client):
    value = spec(*[run(learning_rate=1e-6)] * 8, steps=500)
    rows = [0] * 8
    for name, _, data in events(streamed(client, value)):
        if name == "steps":
            rows[data["run"]] += len(data["loss"])
            assert max(rows) - min(rows) <= 64
    assert rows == [501] * 8


@SPECS
def test_after_any_event_the_stream_goes_on_as_if_it_had_not_broken(client, value):
    whole = streamed(client, value)
    blocks = [block + "\n\n" for block in whole.split("\n\n") if block]
    resumed = 0
    for index, (name, mark, _) in enumerate(events(whole)):
        if name in ("steps", "end"):
            assert streamed(client, value, last=mark) == "".join(blocks[index + 1 :])
            resumed += 1
    assert resumed > 8


@pytest.mark.parametrize("pace", [1000, 400])
def test_a_stream_that_breaks_goes_on_at_another_pace(client, pace):
    value = spec(run("adam"), run(), steps=90)
    found = events(streamed(client, value))
    cut = next(i for i, (name, _, data) in enumerate(found) if name == "steps" and data["from"] > 0)
    rest = events(streamed(client, value, last=found[cut][1], pace=pace))
    assert rest[0][0] == "steps"
    assert joined(found[: cut + 1] + rest) == joined(found)


def test_the_query_may_say_where_to_go_on_and_the_header_counts_more(client):
    whole = events(streamed(client, RACE))
    first, second = (mark for name, mark, _ in whole[1:3])
    by_query = events(streamed(client, RACE, last_event_id=first))
    assert by_query == whole[2:]
    assert events(streamed(client, RACE, last=second, last_event_id=first)) == whole[3:]
    assert events(streamed(client, RACE, last="")) == whole


def test_what_is_left_out_of_fields_is_not_streamed(client):
    found = [data for name, _, data in events(streamed(client, RACE, fields="parameters,loss")) if name == "steps"]
    assert all(set(data) == {"run", "from", "parameters", "loss"} for data in found)


def test_get_streams_the_same_as_post(client):
    value = spec(run(learning_rate=0.05), steps=100)
    query = "surface=bowl&max_steps=100&optimizer=gd:learning_rate=0.05"
    reply = client.get(f"{STREAM}?{query}")
    assert reply.text == streamed(client, value)
    assert reply.headers["content-type"].startswith("text/event-stream")
    assert reply.headers["x-accel-buffering"] == "no"
    assert reply.headers["cache-control"] == "no-store"


def test_head_of_a_stream_runs_nothing(client):
    reply = client.head(f"{STREAM}?surface=bowl&optimizer=gd")
    assert (reply.status_code, reply.content) == (200, b"")
    assert reply.headers["content-type"].startswith("text/event-stream")


BAD_IDS = [
    "x", "8", "8.8.8", "8,8", "-1.8", "8.", ".8", "8..8", "1e5.8", "8E.8", "e.e", "0e.8", "8.8\x85", "٣.8", "102.8",
    "9" * 12 + ".8", "8.8" * 500, "null", "8.8;DROP", "8 8", "+8.8", "8.8ee",
]  # fmt: skip


@pytest.mark.parametrize("mark", BAD_IDS)
def test_an_id_that_no_event_had_is_refused(client, mark):
    reply = client.post(STREAM, json=spec(run(), run(), steps=100), params={"last_event_id": mark})
    assert reply.status_code == 422
    (detail,) = reply.json()["detail"]
    assert detail["msg"].startswith("last_event_id must be the id of an event")
    assert (detail["loc"], detail["type"]) == (["query", "last_event_id"], "last_event_id")


def test_a_wrong_id_is_told_where_it_stood(client):
    reply = client.post(STREAM, json=spec(), headers={"Last-Event-ID": "zz"}, params={"last_event_id": "yy"})
    (detail,) = reply.json()["detail"]
    assert detail["loc"] == ["header", "last-event-id"]
    assert detail["msg"].endswith('got "zz"')


@pytest.mark.parametrize("mark", ["5e", "100e", "8e"])
def test_an_end_that_was_never_sent_is_an_error_event(client, mark):
    """Else the rows between would be lost without a word."""
    ((name, _, data),) = events(streamed(client, spec(steps=100), last=mark))
    (detail,) = data["detail"]
    assert (name, detail["type"]) == ("error", "another_stream")
    assert detail["ctx"] == {"run": 0, "rows": 101, "count": int(mark[:-1])}


def test_an_end_that_was_sent_is_believed_of_each_run(client):
    value = spec(run(), run(learning_rate=2.0), steps=100)
    left = client.post(TRAJECTORIES, json=value).json()["runs"][1]["n_steps"] + 1
    assert left < 101
    assert events(streamed(client, value, last=f"101e.{left}e")) == [("done", None, {})]
    for wrong in (f"{left}e.101e", f"101e.{left - 1}e", f"101.{left + 1}e"):
        assert events(streamed(client, value, last=wrong))[0][0] == "error"


def test_a_fault_on_the_way_is_an_error_event_and_tells_nothing_of_the_inside(client, monkeypatch):
    def broken(*_):
        raise RuntimeError("secret")

    monkeypatch.setattr("app.api.stream_events.column_fields", broken)
    text = streamed(client, spec())
    assert [name for name, _, _ in events(text)] == ["start", "error"]
    assert "secret" not in text


@pytest.mark.parametrize(("pace", "rows"), [(1, 1), (4, 1), (12, 3), (40, 10), (1000, 64)])
def test_a_pace_makes_about_four_events_a_second(settings, pace, rows):
    plan = finished(planning(Spec.model_validate(spec(run(), run(), steps=300)), settings))
    frames = list(Stream(plan, read_id("", plan), ("loss",), pace).frames())
    sent = [(frame.due, events(frame.data.decode())[0][2]) for frame in frames if b"event: steps" in frame.data]
    assert {len(data["loss"]) for _, data in sent[2:-2]} == {rows}
    assert all(due == pytest.approx(data["from"] / pace) for due, data in sent)


@pytest.mark.parametrize("value", [MIXED, BATCHES], ids=["mixed", "batches"])
def test_a_paced_stream_has_the_same_rows_and_goes_on_with_the_same_events(client, settings, value):
    """Its events are fewer rows than are computed at a time."""
    plan = finished(planning(Spec.model_validate(value), settings))

    def texts(mark):
        frames = Stream(plan, read_id(mark, plan), COLUMNS, pace=12).frames()
        return [frame.data.decode() for frame in frames if frame.data]

    whole = texts("")
    found = [events(text)[0] for text in whole]
    assert joined(found) == client.post(TRAJECTORIES, json=value).json()
    for index, (_, mark, _) in list(enumerate(found))[1:-1:5]:
        assert texts(mark) == whole[index + 1 :]


def test_each_chunk_of_a_compressed_stream_can_be_read_when_it_comes(client):
    call = Call(client.app, "/trajectories/stream", spec(run(), steps=2000), headers={"accept-encoding": "gzip"})
    client.portal.call(call.run)
    assert call.answered["content-encoding"] == "gzip"
    unpacker = zlib.decompressobj(wbits=31)
    texts = [unpacker.decompress(chunk).decode() for chunk in call.chunks]
    assert len(texts) > 3
    assert all(text.endswith("\n\n") for text in texts[:-1])
    assert "".join(texts) == streamed(client, spec(run(), steps=2000))


@pytest.mark.parametrize(
    ("pace", "accepted", "encoding"), [("", "gzip", "gzip"), ("&pace=1000", "gzip", None), ("", "identity", None)]
)
def test_a_stream_without_a_pace_is_compressed_for_those_who_take_gzip(client, pace, accepted, encoding):
    for ask in (client.get, client.head):
        reply = ask(f"{STREAM}?surface=bowl&optimizer=gd&max_steps=3{pace}", headers={"Accept-Encoding": accepted})
        assert reply.status_code == 200
        assert reply.headers.get("content-encoding") == encoding


def test_a_stream_is_not_compressed_for_a_proxy_that_would_not_say_so(client):
    sent = {"Accept-Encoding": "gzip", "X-ProxyContextPath": "/user/me/proxy/8000"}
    reply = client.get(f"{STREAM}?surface=bowl&optimizer=gd&max_steps=3", headers=sent)
    assert "content-encoding" not in reply.headers
    assert reply.text.startswith("event: start")
