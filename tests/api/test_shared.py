"""Equal requests: computed once at the same time, whoever leaves, and kept for who comes later while there is room."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager

import pytest

from app.main import create_app
from app.server.settings import Settings
from app.work.worker import Capacity
from tests.api.asgi import Call
from tests.api.specs import run, spec
from tests.api.test_concurrent import settled, until, worker_of

SHORT = spec(run("adam"), steps=3000)
LONG = spec(*[run("adam", learning_rate=1e-6)] * 4, problem={"surface": "rosenbrock"}, steps=100_000)
SWEEP = spec(run(), steps=500) | {"over": {"learning_rate": {"from": 0.01, "to": 0.1, "count": 50}}}
QUERY = "surface=bowl&optimizer=adam&max_steps=3000"

ROUTES = [
    ("/trajectories", SHORT, ""), ("/trajectories", None, QUERY), ("/trajectories/sweep", SWEEP, ""),
    ("/trajectories/step", SHORT | {"t": 2999}, ""), ("/trajectories/quantities", SHORT, ""),
    ("/landscape", {"problem": {"surface": "bowl"}}, ""), ("/landscape", None, "surface=bowl"),
    ("/plot.svg", None, QUERY),
]  # fmt: skip


class Begun(list):
    """Grows by one with each computation, which then waits until `may_run`."""

    may_run = staticmethod(lambda: True)


@pytest.fixture
def begun(monkeypatch):
    places, reserve = Begun(), Capacity.reserve

    @asynccontextmanager
    async def counted(capacity):
        places.append(capacity)
        async with reserve(capacity):
            await until(places.may_run)
            yield

    monkeypatch.setattr(Capacity, "reserve", counted)
    return places


@pytest.fixture
def app():
    return create_app(Settings(), pages=False)


async def all_at_once(calls):
    await asyncio.gather(*(call.run() for call in calls))
    return {(call.status, call.text) for call in calls}


@pytest.mark.parametrize(("path", "body", "query"), ROUTES)
def test_the_same_is_computed_once(app, begun, path, body, query):
    begun.may_run = lambda: [shared.waiting for shared in worker_of(app).under_way.values()] == [19]
    answers = settled(all_at_once([Call(app, path, body, query) for _ in range(20)]))
    ((status, text),) = answers
    assert (status, bool(text), len(begun)) == (200, True, 1)
    assert not worker_of(app).under_way


@pytest.mark.parametrize(("room", "computed"), [(16_000_000, 1), (1000, 2)])
def test_for_who_comes_later_it_is_kept_while_there_is_room(begun, room, computed):
    app, answers = create_app(Settings(reply_cache_bytes=room), pages=False), set()
    for _ in range(2):
        call = Call(app, "/trajectories", SHORT)
        settled(call.run())
        answers.add((call.status, call.text))
    ((status, text),) = answers
    assert (status, bool(text), len(begun)) == (200, True, computed)


@pytest.mark.parametrize(
    "other",
    [
        {"body": SHORT | {"seed": 1}}, {"query": "fields=loss"}, {"headers": {"accept": "text/csv"}},
        {"path": "/trajectories/quantities"}, {"body": None, "query": QUERY},
    ],
    ids=str,
)  # fmt: skip
def test_what_is_not_the_same_is_computed_apart(app, begun, other):
    calls = [Call(app, **{"path": "/trajectories", "body": SHORT} | more) for more in ({}, other)]
    together = settled(all_at_once(calls))
    assert {status for status, _ in together} == {200}
    assert len(begun) == 2
    alone = {settled(all_at_once([Call(app, call.path, call.body, call.query, call.headers)])).pop() for call in calls}
    assert together == alone


@pytest.mark.parametrize("leaver", [0, 1], ids=["who came first", "who waits"])
def test_who_leaves_takes_nothing_from_the_others(app, begun, leaver):
    async def scene():
        calls = [Call(app, "/trajectories", LONG, "fields=loss") for _ in range(3)]
        tasks = [asyncio.create_task(call.run()) for call in calls]
        worker = worker_of(app)
        await until(lambda: [shared.waiting for shared in worker.under_way.values()] == [2])
        calls[leaver].leave()
        await asyncio.gather(*tasks)
        stayed = [call for index, call in enumerate(calls) if index != leaver]
        return {call.status for call in stayed}, {call.text for call in stayed}, worker.under_way

    statuses, texts, kept = settled(scene())
    assert (statuses, len(texts), len(begun), kept) == ({200}, 1, 1, {})


def test_it_is_given_up_when_all_have_left(app, monkeypatch):
    monkeypatch.setattr("app.work.worker.LOOK_SECONDS", 0.001)

    async def scene():
        calls = [Call(app, "/trajectories", LONG, "fields=loss") for _ in range(3)]
        tasks = [asyncio.create_task(call.run()) for call in calls]
        worker = worker_of(app)
        await until(lambda: [shared.waiting for shared in worker.under_way.values()] == [2])
        for call in calls:
            call.leave()
        await asyncio.gather(*tasks)
        return {call.status for call in calls}, worker.under_way, worker.requests.taken

    assert settled(scene()) == ({499}, {}, 0)


def test_a_refusal_reaches_all():
    app = create_app(Settings(max_numbers=1000), pages=False)
    ((status, text),) = settled(all_at_once([Call(app, "/trajectories", SHORT) for _ in range(5)]))
    assert status == 422
    assert "1000 numbers" in text
    assert not worker_of(app).under_way


def test_a_fault_reaches_all_and_is_not_kept(app, monkeypatch):
    def broken(*_):
        yield
        raise RuntimeError("secret")

    monkeypatch.setattr("app.api.trajectories.written_runs", broken)

    async def scene():
        calls = [Call(app, "/trajectories", SHORT) for _ in range(5)]
        faults = await asyncio.gather(*(call.run() for call in calls), return_exceptions=True)
        return {str(fault) for fault in faults}, {call.status for call in calls}

    assert settled(scene()) == ({"secret"}, {500})
    monkeypatch.undo()
    assert settled(Call(app, "/trajectories", SHORT).run()).status == 200
