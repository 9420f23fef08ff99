"""Waiting for a moment: one timer for all who wait within a tick, and an end to it when the server stops."""

from __future__ import annotations

import asyncio

from app.api.shutdown import TICK, Shutdown


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
        done, _ = await asyncio.wait(waiting, timeout=10)
        return len(done), shutdown.has_begun

    assert asyncio.run(scene()) == (3, True)
