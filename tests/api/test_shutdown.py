"""Waiting for a moment: one timer for all who wait within a tick, an end to it and to a response when the server stops."""

from __future__ import annotations

import asyncio
import json

import pytest

from app.server.access import AccessMiddleware
from app.server.shutdown import TICK, Shutdown

SCOPE = {"type": "http", "method": "GET", "path": "/"}


def test_those_of_one_tick_share_a_timer_and_none_wakes_too_early(monkeypatch):
    async def scene():
        loop, shutdown, timers = asyncio.get_running_loop(), Shutdown(), []
        monkeypatch.setattr(loop, "call_at", lambda *timer: timers.append(timer))
        moments = [TICK * tick for tick in (100.1, 100.5, 100.9, 101.5)]
        waiting = [asyncio.create_task(shutdown.wait_until(moment)) for moment in moments]
        await asyncio.sleep(0)
        woken = []
        for when, wake, *given in timers:
            wake(*given)
            await asyncio.sleep(0)
            woken.append([task.done() for task in waiting])
            assert all(moment <= when for moment, task in zip(moments, waiting, strict=True) if task.done())
        return woken

    assert asyncio.run(scene()) == [[True, True, True, False], [True] * 4]


def test_all_wake_when_the_server_stops():
    async def scene():
        loop, shutdown = asyncio.get_running_loop(), Shutdown()
        waiting = [asyncio.create_task(shutdown.wait_until(loop.time() + hours * 3600)) for hours in (1, 2, 2)]
        waiting[2].cancel()
        await asyncio.sleep(0)
        shutdown.begin()
        done, _ = await asyncio.wait(waiting, timeout=300)
        return len(done), shutdown.has_begun

    assert asyncio.run(scene()) == (3, True)


@pytest.mark.parametrize(
    ("begun", "stops", "told"), [(True, True, [200]), (False, True, [503, "stopping"]), (True, False, None)]
)
def test_a_response_that_is_cancelled_as_the_server_stops_ends_without_a_fault(begun, stops, told):
    shutdown, came = Shutdown(), []

    async def app(_, __, send):
        if begun:
            await send({"type": "http.response.start", "status": 200, "headers": []})
        await asyncio.Event().wait()

    async def send(message):
        came.extend([message["status"]] if "status" in message else [json.loads(message["body"])["detail"][0]["type"]])

    async def scene():
        request = asyncio.create_task(AccessMiddleware(app, shutdown, prints=False)(dict(SCOPE), None, send))
        await asyncio.sleep(0)
        if stops:
            shutdown.begin()
        request.cancel()
        await request

    if told:
        asyncio.run(scene())
        assert came == told
    else:
        with pytest.raises(asyncio.CancelledError):
            asyncio.run(scene())
