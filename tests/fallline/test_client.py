"""Both clients: their answers are the server's, and what breaks on the way loses nothing and repeats nothing."""

from __future__ import annotations

import asyncio
import random
from itertools import chain, count, islice, repeat
from types import SimpleNamespace

import httpx
import pytest

import fallline
from app.main import create_app
from fallline.client import clients
from tests.fallline.specs import BOWL, SPECS, plain

STREAM = "http://there/api/v1/trajectories/stream"


class Pieces(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that comes in pieces and may break off behind them."""

    def __init__(self, pieces, fault=None):
        self.pieces, self.fault, self.closed = pieces, fault, False

    def __iter__(self):
        yield from self.pieces
        if self.fault:
            raise self.fault

    async def __aiter__(self):
        for piece in self:
            yield piece

    def close(self):
        self.closed = True

    async def aclose(self):
        self.closed = True


def streamed(pieces, fault=None):
    """A response of events."""
    return httpx.Response(200, headers={"content-type": "text/event-stream"}, stream=Pieces(pieces, fault))


class Blocking:
    """A `fallline.Client` of a server that answers as `handle` does."""

    def __init__(self, handle, **options):
        self.client = fallline.Client(
            "http://there", http=httpx.Client(transport=httpx.MockTransport(handle)), **options
        )

    def ask(self, name, *arguments, **fields):
        return getattr(self.client, name)(*arguments, **fields)

    def events(self, spec, most=None, **options):
        stream = self.client.stream(spec, **options)
        events = list(islice(stream, most))
        stream.close()
        return events


class Awaited:
    """A `fallline.AsyncClient` of such a server."""

    def __init__(self, handle, **options):
        self.handle, self.options = handle, options

    def ask(self, name, *arguments, **fields):
        async def ask():
            async with httpx.AsyncClient(transport=httpx.MockTransport(self.handle)) as http:
                client = fallline.AsyncClient("http://there", http=http, **self.options)
                return await getattr(client, name)(*arguments, **fields)

        return asyncio.run(ask())

    def events(self, spec, most=None, **options):
        async def read():
            async with httpx.AsyncClient(transport=httpx.MockTransport(self.handle)) as http:
                stream, events = (
                    fallline.AsyncClient("http://there", http=http, **self.options).stream(spec, **options),
                    [],
                )
                async for event in stream:
                    events.append(event)
                    if len(events) == most:
                        break
                await stream.aclose()
                return events

        return asyncio.run(read())


@pytest.fixture(params=[Blocking, Awaited])
def connect(request):
    """Makes either client, of a server that answers as a function does."""
    return request.param


@pytest.fixture
def waits(monkeypatch):
    """The seconds that a client would have slept, in order."""
    waits = []

    async def sleep(seconds):
        waits.append(seconds)

    monkeypatch.setattr(clients, "time", SimpleNamespace(sleep=waits.append))
    monkeypatch.setattr(clients, "asyncio", SimpleNamespace(sleep=sleep))
    return waits


@pytest.fixture
def serve(client):
    """Answers a request as the API does."""

    def serve(request):
        headers = {name: value for name, value in request.headers.items() if name in ("content-type", "last-event-id")}
        came = client.request(request.method, request.url.raw_path.decode(), content=request.content, headers=headers)
        headers = {"content-type": came.headers["content-type"]}
        return httpx.Response(came.status_code, headers=headers, content=came.content)

    return serve


def after(handle, *answers):
    """A server that answers with these first: a response, or a fault of the connection."""
    left = list(answers)

    def answer(request):
        if not left:
            return handle(request)
        first = left.pop(0)
        if isinstance(first, Exception):
            raise first
        return first

    return answer


def busy(status=429, seconds="3"):
    complaint = {"loc": ["server"], "msg": "the server is busy", "type": "busy", "ctx": {}}
    return httpx.Response(status, headers={"Retry-After": seconds}, json={"detail": [complaint]})


@pytest.mark.parametrize("name", SPECS)
def test_a_run_is_that_without_a_server(connect, serve, name):
    there, here = connect(serve).ask("run", SPECS[name]), fallline.run(SPECS[name])
    assert plain(there) == plain(here)
    assert (there.spec, there.svg()) == (here.spec, here.svg())


def test_every_question(connect, serve, client):
    there = connect(serve)
    over = {"learning_rate": {"from": 0.01, "to": 1, "count": 3}}
    assert there.ask("sweep", BOWL, over=over).reply == fallline.sweep(BOWL, over=over).reply
    basins = there.ask("basins", BOWL, resolution=3)
    here = fallline.basins(BOWL, resolution=3)
    assert (basins.reply, basins.svg()) == (here.reply, here.svg())
    asked = {"t": 2, "domain": [[0, 4], [0, 1]], "lambda_": 2}
    curvature = there.ask("curvature", BOWL, **asked)
    assert curvature.factors.tolist() == fallline.curvature(BOWL, t=2).factors.tolist()
    assert curvature.reply["plane"] == fallline.curvature(BOWL, **asked).reply["plane"]
    wanted = {"over": {"learning_rate": {"from": 0.01, "to": 1}}, "stop": {"max_steps": 9, "target_loss": 1}}
    assert there.ask("tune", BOWL, **wanted).reply == fallline.tune(BOWL, **wanted).reply
    assert there.ask("catalog") == client.get("/api/v1/catalog").json()
    preset = there.ask("catalog")["presets"][3]["query"]
    assert plain(there.ask("run", preset, stop={"max_steps": 20})) == plain(
        fallline.run(preset, stop={"max_steps": 20})
    )
    (run,) = there.ask("run", BOWL, columns=["loss"])
    assert (run.loss == fallline.run(BOWL)[0].loss).all()
    assert list(run.table()) == ["t", "loss"]
    with pytest.raises(AttributeError, match="the column step_size was not asked for"):
        _ = run.step_size


@pytest.mark.parametrize("url", ["http://there", "http://there/", "http://there/api/v1", "http://there/api/v1/"])
def test_the_url_is_that_of_the_site_or_of_the_api(url):
    asked = []
    http = httpx.Client(
        transport=httpx.MockTransport(lambda request: asked.append(str(request.url)) or httpx.Response(200, json={}))
    )
    fallline.Client(url, http=http).catalog()
    assert asked == ["http://there/api/v1/catalog"]


def test_a_refused_spec_is_told_at_once(connect, serve, waits):
    for ask in (lambda there: there.ask("run", "surface=bowl"), lambda there: there.events("surface=bowl")):
        with pytest.raises(fallline.SpecError, match="optimizers"):
            ask(connect(serve))
    with pytest.raises(fallline.SpecError, match="pace") as refused:
        connect(serve).events(BOWL, pace=2000)
    assert refused.value.complaints[0].loc == ("query", "pace")
    assert waits == []


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_busy_server_is_waited_for_as_long_as_it_asks(connect, serve, waits, status):
    there = connect(after(serve, busy(status), busy(status, "7"), httpx.Response(status)))
    assert plain(there.ask("run", BOWL)) == plain(fallline.run(BOWL))
    assert waits == [3, 7, 0.5]
    there = connect(after(serve, busy(status, "2")))
    assert plain(fallline.result_of(there.events(BOWL))) == plain(fallline.run(BOWL))
    assert waits[3:] == [2]


@pytest.mark.parametrize("ask", ["run", "stream"])
@pytest.mark.parametrize(
    ("seconds", "tries"), [("0", 7), ("3", 4), ("", 7), ("11", 1), ("Fri, 31 Dec 1999 23:59:59 GMT", 7)]
)
def test_a_server_that_stays_busy_is_told_in_its_words(connect, waits, ask, seconds, tries):
    asked = []
    there = connect(lambda request: asked.append(request) or busy(seconds=seconds), patience=10)
    with pytest.raises(fallline.ServerError, match="the server is busy") as error:
        there.ask("run", BOWL) if ask == "run" else there.events(BOWL)
    assert error.value.status == 429
    assert len(asked) == tries
    assert sum(waits) <= 10


def test_a_connection_that_broke_is_tried_again_and_one_that_never_stood_is_told(connect, serve, waits):
    left = httpx.RemoteProtocolError("Server disconnected without sending a response.")
    for absent in (httpx.ReadError("reset"), httpx.ConnectError("Connection refused")):
        assert plain(connect(after(serve, left, absent)).ask("run", BOWL)) == plain(fallline.run(BOWL))
    assert waits == [0, 0.25] * 2
    with pytest.raises(
        fallline.ServerError, match=r"^no answer from http://there/api/v1/trajectories: Connection refused$"
    ):
        connect(after(serve, httpx.ConnectError("Connection refused"))).ask("run", BOWL)
    with pytest.raises(fallline.ServerError, match="Connection refused"):
        connect(after(serve, httpx.ConnectError("Connection refused"))).events(BOWL)
    assert len(waits) == 4


@pytest.mark.parametrize(
    ("status", "headers", "text", "says"),
    [
        (404, {}, "<html>", "http://there/api/v1/trajectories(/stream)? answers 404 Not Found, and not as Fall Line does"),
        (301, {"Location": "https://there/"}, "", "it points to https://there/"),
        (500, {}, '{"detail": "?"}', "answers 500"),
        (200, {}, "<html>", "answers 200 OK, and not as Fall Line does"),
        (200, {}, "{}", "answers 200 OK, and not as Fall Line does"),
    ],
)  # fmt: skip
def test_another_server_is_told(connect, waits, status, headers, text, says):
    there = connect(lambda _: httpx.Response(status, headers=headers, stream=Pieces([text.encode()])))
    for ask in (there.ask, lambda _, spec: there.events(spec)):
        with pytest.raises(fallline.ServerError, match=says) as error:
            ask("run", BOWL)
        assert error.value.status == status
    assert waits == []


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


def test_the_application_itself_is_asked_in_process(settings):
    async def ask():
        transport = httpx.ASGITransport(create_app(settings, pages=False))
        async with httpx.AsyncClient(transport=transport) as http:
            client = fallline.AsyncClient("http://there", http=http)
            results = await asyncio.gather(*(client.run(BOWL, seed=seed) for seed in range(3)))
            return results, [event async for event in client.stream(SPECS["surface"])]

    results, events = asyncio.run(ask())
    assert [result.seed for result in results] == [0, 1, 2]
    assert plain(fallline.result_of(events)) == plain(fallline.run(SPECS["surface"]))


def test_many_clients_share_what_takes_long():
    clients = [fallline.Client() for _ in range(3)]
    contexts = {id(each._http._transport._pool._ssl_context) for each in clients}
    assert len(contexts) == 1
    for each in clients:
        each.close()
