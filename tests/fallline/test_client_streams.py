"""Streams of both clients: what breaks on the way loses nothing and repeats nothing."""

from __future__ import annotations

import random
from itertools import chain, count, repeat

import httpx
import pytest

import fallline
from tests.fallline.servers import STREAM, Blocking, after, busy, streamed
from tests.fallline.specs import BOWL, SPECS, plain


def replies(events):
    return [(type(event), event.reply) for event in events]


@pytest.mark.parametrize("name", SPECS)
def test_a_stream_amounts_to_the_result(connect, serve, name):
    events = connect(serve).events(SPECS[name])
    result = fallline.result_of(events)
    assert plain(result) == plain(fallline.run(SPECS[name]))
    assert result.spec == SPECS[name]
    start, *rest = events
    assert start.problem == result.problem
    assert [about["optimizer"] for about in start.runs] == [run.optimizer for run in result]
    seen = [0] * len(result)
    for event in rest:
        if isinstance(event, fallline.Rows):
            assert event.first == seen[event.run]
            assert (event.loss == result[event.run].loss[event.first :][: len(event.loss)]).all()
            assert len(event.step_size) == len(event.loss) - (event.first == 0)
            seen[event.run] += len(event.loss)
        else:
            assert (event.n_steps + 1, event.sentence) == (seen[event.run], result[event.run].sentence)


@pytest.mark.parametrize("kept", [0, 1, -1])
def test_a_part_of_a_stream_is_no_result(serve, kept):
    events = Blocking(serve).events(SPECS["diverged"])[:kept]
    with pytest.raises(ValueError, match="a result takes all the events of a stream" if events else "unpack"):
        fallline.result_of(events)


def breaking(serve, lengths, fault):
    """A server whose streams break off after so many bytes each; in small pieces, so that messages are cut."""
    asked = []

    def answer(request):
        asked.append(request.headers.get("last-event-id"))
        came, length = serve(request).content, next(lengths)
        pieces = [came[begin : min(begin + 501, length)] for begin in range(0, min(length, len(came)), 501)]
        return streamed(pieces, fault if length < len(came) else None)

    return answer, asked


@pytest.mark.parametrize(
    "fault", [httpx.ReadError("reset"), httpx.ReadTimeout("quiet"), httpx.RemoteProtocolError("cut"), None]
)
def test_a_stream_that_breaks_again_and_again_loses_nothing_and_repeats_nothing(connect, serve, waits, fault):
    spec, draws = SPECS["surface"], random.Random(1)
    whole = replies(connect(serve).events(spec))
    answer, asked = breaking(serve, (draws.choice([0, 40, 3000, 30_000, 60_000]) for _ in count()), fault)
    assert replies(connect(answer).events(spec)) == whole
    assert len(asked) > 5
    assert max(waits) <= 4


def test_what_comes_sets_patience_back(connect, serve, waits):
    answer, asked = breaking(serve, chain([20_000] * 5, repeat(10**9)), httpx.ReadError("reset"))
    connect(answer, patience=0).events(SPECS["surface"])
    assert len(asked) == 6
    assert waits == [0] * 5


def test_a_stream_that_begins_anew_is_refused(connect, serve):
    answer, _ = breaking(serve, chain([20_000], repeat(10**9)), httpx.ReadError("reset"))

    def forget(request):
        request.headers.pop("last-event-id", None)
        return answer(request)

    with pytest.raises(fallline.ServerError, match="the stream does not go on where it broke: row 0 comes again"):
        connect(forget).events(SPECS["surface"])


@pytest.mark.usefixtures("waits")
def test_a_stream_broken_anywhere_goes_on_there(serve):
    spec = {**SPECS["diverged"], "stop": {"max_steps": 20}}
    size = len(serve(httpx.Request("POST", STREAM, json=spec)).content)
    whole = replies(Blocking(serve).events(spec))
    for first in range(0, size, 199):
        answer, asked = breaking(serve, iter([first, size]), httpx.ReadError("reset"))
        assert replies(Blocking(answer).events(spec)) == whole, first
        assert len(asked) == 2


def test_a_stream_waits_for_a_server_that_starts_again(connect, serve, waits):
    answer, asked = breaking(serve, iter([20_000, 10**9]), httpx.ReadError("reset"))
    absent = after(answer, *[httpx.ConnectError("Connection refused")] * 3, busy(503, "2"))
    events = connect(lambda request: (absent if asked else answer)(request)).events(SPECS["surface"])
    assert waits == [0, 0.25, 0.5, 1, 2]
    assert plain(fallline.result_of(events)) == plain(fallline.run(SPECS["surface"]))


def test_a_stream_that_gets_no_further_ends_with_the_fault(connect, serve, waits):
    answer, asked = breaking(serve, chain([3000] * 3, repeat(0)), httpx.ReadError("reset"))
    with pytest.raises(fallline.ServerError, match=r"^no answer from http://there/api/v1/trajectories/stream: reset$"):
        connect(answer).events(SPECS["network"])
    assert 50 <= sum(waits) <= 60
    assert len(asked) == len(waits) + 1


@pytest.mark.parametrize(("where", "kind"), [("stream", fallline.ServerError), ("server", fallline.SpecError)])
def test_a_fault_in_a_stream_is_told(connect, waits, where, kind):
    complaint = f'{{"loc": ["{where}"], "msg": "it failed", "type": "fault", "ctx": {{}}}}'
    body = f'event: error\ndata: {{"detail": [{complaint}]}}\n\n'.encode()
    answer = streamed([b": still here\n\n", body])
    with pytest.raises(kind, match="it failed"):
        connect(lambda _: answer).events(BOWL)
    assert answer.is_closed
    assert waits == []


def test_a_stream_that_is_left_early_is_closed(connect, serve):
    answer = streamed([serve(httpx.Request("POST", STREAM, json=BOWL)).content])
    (start,) = connect(lambda _: answer).events(BOWL, most=1)
    assert isinstance(start, fallline.Start)
    assert answer.is_closed


def test_pace_and_columns_are_asked_for(connect, serve):
    asked = []
    there = connect(lambda request: asked.append(request.url.query) or serve(request))
    events = there.events(BOWL, pace=1000, columns=("loss", "batch"))
    assert asked == [b"fields=loss%2Cbatch&pace=1000"]
    assert plain(fallline.result_of(events))["runs"][0]["loss"] == fallline.run(BOWL)[0].loss.tolist()
