"""Requests beside each other: who leaves frees the worker at once, and a light one passes the heavy ones."""

from __future__ import annotations

import asyncio
import json
from itertools import count

import pytest

from app.main import create_app
from app.server.settings import Settings
from app.work import queue as queues
from tests.api.asgi import Call
from tests.api.specs import events, run, spec

HEAVY = spec(*[run("adam", learning_rate=1e-6)] * 16, problem={"surface": "rosenbrock"}, steps=100_000)
LONG = spec(run("adam", learning_rate=1e-6), problem={"surface": "rosenbrock"}, steps=60_000)
LIGHT = spec(run(), steps=100)
STARTS = spec(run(), problem={"surface": "himmelblau"}, steps=900) | {"resolution": 256}
TUNED = spec(run(), steps=2000) | {"over": {"learning_rate": {"from": 1e-4, "to": 1}}, "seeds": 64}
TUNED["stop"] |= {"target_loss": 1e-9}
LONG_WORK = [("/trajectories", LONG), ("/trajectories/basins", STARTS), ("/trajectories/tune", TUNED)]
EVENTS = {"accept": "text/event-stream"}


@pytest.fixture
def app():
    return create_app(Settings(), pages=False)


def worker_of(app):
    return next(route.app for route in app.routes if getattr(route, "name", "") == "api").state.worker


@pytest.fixture
def worker(app):
    return worker_of(app)


def settled(coroutine):
    return asyncio.run(asyncio.wait_for(coroutine, 60))


async def until(happened):
    while not happened():
        await asyncio.sleep(0.001)


async def idle(worker):
    """Wait for the queue to be free and everything to have been given back."""
    await until(lambda: not (worker.queue._busy or worker.streams.taken or worker.requests.taken))


def test_who_leaves_a_stream_frees_the_worker(app, worker):
    async def scene():
        call = Call(app, "/trajectories/stream", HEAVY)
        call.wants = lambda _: len(call.chunks) < 5
        await call.run()
        received = len(call.chunks)
        await idle(worker)
        return received, len(call.chunks)

    received, after = settled(scene())
    assert received == after < 10


@pytest.mark.parametrize(("path", "body"), LONG_WORK)
def test_who_leaves_a_reply_that_is_being_computed_frees_the_worker(app, worker, path, body):
    async def scene():
        call = Call(app, path, body)
        task = asyncio.create_task(call.run())
        await until(lambda: worker.requests.taken)
        call.leave()
        await task
        await idle(worker)
        return call

    call = settled(scene())
    assert (call.status, call.chunks) == (499, [])


@pytest.mark.parametrize(("path", "body"), LONG_WORK[1:])
def test_who_leaves_once_told_how_far_it_is_cancels_it(app, worker, path, body):
    async def scene():
        call = Call(app, path, body, headers=EVENTS)
        call.wants = lambda chunk: b"progress" not in chunk
        await call.run()
        await idle(worker)
        return call

    call = settled(scene())
    told = [(name, data["done"]) for name, _, data in events(call.text)]
    assert call.status == 200
    assert {name for name, _ in told} == {"progress"}
    assert told[-1][1] < 1


def test_who_leaves_a_landscape_frees_the_worker(app, worker):
    async def scene():
        body = {"problem": {"points": [[i, i % 7] for i in range(1000)]}, "resolution": 256}
        call = Call(app, "/landscape", body)
        task = asyncio.create_task(call.run())
        await until(lambda: worker.requests.taken)
        call.leave()
        await task
        await idle(worker)
        return call

    assert settled(scene()).status == 499


@pytest.mark.parametrize(
    "heavy",
    [
        [("/trajectories/stream", HEAVY, {})] * 4,
        [("/trajectories", LONG | {"seed": seed}, {}) for seed in range(4)],
        [("/trajectories/tune", TUNED | {"seed": seed}, EVENTS) for seed in range(4)],
    ],
    ids=["streams", "replies", "tuning"],
)
def test_a_light_request_waits_for_a_few_slices_at_the_most(app, heavy, monkeypatch):
    """Counted in slices of all jobs, by a clock that ticks at each look: ten blocks of a heavy one are a slice."""
    begun, clock = 0, count()
    enter = queues.Job.__aenter__

    async def counted(job):
        nonlocal begun
        await enter(job)
        begun += 1
        return job

    monkeypatch.setattr(queues.Job, "__aenter__", counted)
    for name in ("perf_counter", "thread_time"):
        monkeypatch.setattr(queues, name, lambda: next(clock) * queues.SLICE / 10)

    async def scene():
        calls = [Call(app, path, body, headers=headers) for path, body, headers in heavy]
        tasks = [asyncio.create_task(call.run()) for call in calls]
        await until(lambda: begun > 20)
        waited = []
        for _ in range(20):
            before = begun
            light = await Call(app, "/trajectories", LIGHT, query="fields=loss").run()
            assert light.status == 200
            waited.append(begun - before)
        for call in calls:
            call.leave()
        await asyncio.gather(*tasks)
        return waited

    waited = settled(scene())
    assert max(waited) <= 4, waited


def test_a_short_stream_is_done_while_long_ones_go_on(app):
    async def scene():
        long = [Call(app, "/trajectories/stream", HEAVY) for _ in range(3)]
        tasks = [asyncio.create_task(call.run()) for call in long]
        await until(lambda: all(call.chunks for call in long))
        short = await Call(app, "/trajectories/stream", spec(run(), steps=500)).run()
        done = events(short.text)[-1][0]
        going = [b"event: done" not in call.chunks[-1] for call in long]
        for call in long:
            call.leave()
        await asyncio.gather(*tasks)
        return done, going

    assert settled(scene()) == ("done", [True] * 3)


def test_the_first_bytes_of_a_stream_are_few_and_those_of_every_run(app):
    async def scene():
        call = Call(app, "/trajectories/stream", spec(*[run()] * 8, steps=5000))
        call.wants = lambda _: len(call.chunks) < 8
        await call.run()
        return call.chunks

    chunks = settled(scene())
    assert b"event: start" in chunks[0]
    assert len(chunks[0]) < 12_000
    early = events(b"".join(chunks[:4]).decode().rpartition("\n\n")[0])
    assert {data["run"] for name, _, data in early if name == "steps"} == set(range(8))


def test_a_paced_stream_keeps_its_time(app):
    async def scene():
        loop = asyncio.get_running_loop()
        began, times = loop.time(), []
        call = Call(app, "/trajectories/stream", spec(run(), run(), steps=40), query="pace=40")
        call.wants = lambda chunk: times.append((loop.time() - began, chunk)) or True
        await call.run()
        return times

    times = settled(scene())
    for seconds, chunk in times:
        for name, _, data in events(chunk.decode()):
            if name == "steps":
                assert seconds >= data["from"] / 40 - 0.02
    assert times[-1][0] > 0.7


def test_a_paced_stream_computes_nothing_while_it_waits(app, worker):
    async def scene():
        call = Call(app, "/trajectories/stream", spec(run(), steps=1000), query="pace=1")
        task = asyncio.create_task(call.run())
        await until(lambda: call.chunks)
        free = 0
        for _ in range(50):
            await asyncio.sleep(0.002)
            free += not worker.queue._busy
        call.leave()
        await task
        await idle(worker)
        return free

    assert settled(scene()) > 40


def test_streams_end_when_the_server_stops_so_that_they_go_on_elsewhere(app, worker):
    async def scene():
        calls = [
            Call(app, "/trajectories/stream", HEAVY),
            Call(app, "/trajectories/stream", spec(run(), steps=1000), query="pace=1"),
        ]
        tasks = [asyncio.create_task(call.run()) for call in calls]
        await until(lambda: all(call.chunks for call in calls))
        worker.shutdown.begin()
        await asyncio.gather(*tasks)
        return [events(call.text)[-1][0] for call in calls]

    assert settled(scene()) == ["steps", "steps"]


def test_a_long_silence_is_broken_by_a_comment(app, monkeypatch):
    monkeypatch.setattr("app.api.stream.QUIET_SECONDS", 0.0)

    async def scene():
        call = Call(app, "/trajectories/stream", spec(run("adam"), steps=90_000), headers={"last-event-id": "90000"})
        return (await call.run()).text

    text = settled(scene())
    assert text.startswith(": ")
    assert events(text)[-1][0] == "done"


def limited(**settings):
    return create_app(Settings(**settings), pages=False)


def test_more_streams_than_there_is_room_for_are_told_to_come_back():
    app = limited(max_streams=2, wait_seconds=0.01)

    async def scene():
        open_ones = [Call(app, "/trajectories/stream", HEAVY) for _ in range(2)]
        tasks = [asyncio.create_task(call.run()) for call in open_ones]
        await until(lambda: all(call.chunks for call in open_ones))
        refused = await Call(app, "/trajectories/stream", LIGHT).run()
        light = await Call(app, "/trajectories", LIGHT).run()
        for call in open_ones:
            call.leave()
        await asyncio.gather(*tasks)
        again = await Call(app, "/trajectories/stream", LIGHT).run()
        return refused, light, again

    refused, light, again = settled(scene())
    assert (refused.status, light.status, again.status) == (429, 200, 200)
    assert "2 streams" in refused.text
    assert int(refused.answered["retry-after"]) > 0


def test_more_requests_than_there_is_room_for_are_told_to_come_back():
    app = limited(max_requests=1, wait_seconds=0.01)

    async def scene():
        long = Call(app, "/trajectories", LONG)
        task = asyncio.create_task(long.run())
        await until(lambda: worker_of(app).requests.taken)
        refused = await Call(app, "/landscape", {"problem": {"surface": "bowl"}}).run()
        long.leave()
        await task
        return refused

    refused = settled(scene())
    assert (refused.status, json.loads(refused.text)["detail"][0]["type"]) == (429, "busy")


@pytest.mark.parametrize(
    ("limit", "path"), [("max_requests", "/trajectories"), ("max_streams", "/trajectories/stream")]
)
def test_who_finds_no_room_waits_for_it(limit, path):
    app = limited(**{limit: 1}, wait_seconds=60)

    async def scene():
        bodies = [spec(run(), steps=2000, seed=seed) for seed in range(10)]
        calls = [Call(app, path, body) for body in bodies]
        await asyncio.gather(*(call.run() for call in calls))
        return [(call.status, call.text.count('"stop_reason":"max_steps"')) for call in calls]

    assert settled(scene()) == [(200, 1)] * 10


def test_who_leaves_before_there_is_room_takes_none():
    app = limited(max_streams=1, wait_seconds=60)

    async def scene():
        first, second = (Call(app, "/trajectories/stream", HEAVY) for _ in range(2))
        tasks = [asyncio.create_task(call.run()) for call in (first, second)]
        await until(lambda: first.chunks or second.chunks)
        second.leave()
        first.leave()
        await asyncio.gather(*tasks)
        return await Call(app, "/trajectories/stream", LIGHT).run()

    assert events(settled(scene()).text)[-1][0] == "done"


def test_what_computes_too_long_is_ended():
    """A stream is given the time to begin, also on a busy machine, and takes some times as long to its end."""

    async def scene():
        reply = await Call(limited(max_seconds=0.01), "/trajectories", LONG).run()
        stream = await Call(limited(max_seconds=0.3), "/trajectories/stream", HEAVY).run()
        return reply, stream

    reply, stream = settled(scene())
    assert reply.status == 422
    assert "fewer steps" in reply.text
    assert events(stream.text)[-1][0] == "error"


class Refusing(Call):
    """A call on a connection that takes nothing any more."""

    words: str

    async def _send(self, _):
        raise RuntimeError(self.words)


def test_a_connection_that_closes_as_it_is_answered_is_no_fault(app, caplog):
    call = Refusing(app, "/trajectories", LIGHT)
    call.words = "unable to perform operation on <TCPTransport closed=True>; the handler is closed"
    asyncio.run(call.run())
    assert not caplog.records
    call.words = "another fault"
    with pytest.raises(RuntimeError, match="another fault"):
        asyncio.run(call.run())
