"""Both clients: their answers are the server's, and a server that is busy or is none is told."""

from __future__ import annotations

import asyncio

import httpx
import pytest

import fallline
from app.main import create_app
from tests.fallline.servers import Pieces, after, busy
from tests.fallline.specs import BOWL, SPECS, plain


@pytest.mark.parametrize("name", SPECS)
def test_a_run_is_that_without_a_server(connect, serve, name):
    there, here = connect(serve).ask("run", SPECS[name]), fallline.run(SPECS[name])
    assert plain(there) == plain(here)
    assert (there.spec, there.svg()) == (here.spec, here.svg())


def test_every_question(connect, serve, client):
    there = connect(serve)
    over = {"learning_rate": {"from": 0.01, "to": 1, "count": 3}}
    assert there.ask("sweep", BOWL, over=over).to_json() == fallline.sweep(BOWL, over=over).to_json()
    basins = there.ask("basins", BOWL, resolution=3)
    here = fallline.basins(BOWL, resolution=3)
    assert (basins.to_json(), basins.svg()) == (here.to_json(), here.svg())
    asked = {"t": 2, "domain": [[0, 4], [0, 1]], "lambda_": 2}
    curvature = there.ask("curvature", BOWL, **asked)
    assert curvature.factors.tolist() == fallline.curvature(BOWL, t=2).factors.tolist()
    assert curvature.plane == fallline.curvature(BOWL, **asked).plane
    wanted = {"over": {"learning_rate": {"from": 0.01, "to": 1}}, "stop": {"max_steps": 9, "target_loss": 1}}
    assert there.ask("tune", BOWL, **wanted).to_json() == fallline.tune(BOWL, **wanted).to_json()
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
