"""The compute queue: one at a time, the newest and shortest first, and the loop turns in between."""

from __future__ import annotations

import asyncio

import pytest

from app.work import queue as queues
from app.work.queue import ComputeQueue
from fallline.errors import SpecError
from fallline.spec.plan import Plan
from tests.api.specs import BASE, spec


def settled(coroutine):
    return asyncio.run(asyncio.wait_for(coroutine, 60))


def test_one_job_at_a_time_computes():
    queue, inside, most = ComputeQueue(), 0, 0

    async def work():
        nonlocal inside, most
        job = queue.job()
        for _ in range(20):
            async with job:
                inside += 1
                most = max(most, inside)
                inside -= 1

    async def all_of_them():
        await asyncio.gather(*(work() for _ in range(10)))

    settled(all_of_them())
    assert most == 1


def test_slices_of_jobs_interleave():
    queue, order = ComputeQueue(), []

    async def work(name):
        job = queue.job()
        for _ in range(10):
            async with job:
                order.append(name)
                job.used += 1  # as if each slice had taken a second

    async def both():
        await asyncio.gather(work("a"), work("b"))

    settled(both())
    assert abs(order[:10].count("a") - 5) <= 1


def test_a_new_job_overtakes_those_that_have_computed_long():
    queue, order = ComputeQueue(), []

    async def heavy(name):
        job = queue.job()
        for _ in range(40):
            async with job:
                job.used += 1
                order.append(name)

    async def light():
        for _ in range(20):
            await asyncio.sleep(0)
        order.append("came")
        async with queue.job():
            order.append("light")

    async def together():
        await asyncio.gather(*(heavy(f"h{i}") for i in range(16)), light())

    settled(together())
    assert order.index("light") - order.index("came") <= 3


def test_of_two_that_have_used_the_same_the_newer_goes_first():
    queue, order = ComputeQueue(), []

    async def wait_for_turn(job, name):
        async with job:
            order.append(name)

    async def race():
        holder, old, new = queue.job(), queue.job(), queue.job()
        async with holder:
            waiting = [asyncio.create_task(wait_for_turn(j, n)) for j, n in ((old, "old"), (new, "new"))]
            for _ in range(5):
                await asyncio.sleep(0)
        await asyncio.gather(*waiting)

    settled(race())
    assert order == ["new", "old"]


def test_a_job_that_is_due_goes_first_for_a_slice():
    queue, order = ComputeQueue(), []

    async def work(job, name):
        async with job:
            order.append(name)

    async def together():
        async with queue.job():
            pass  # once the oldest has gone first
        paced, worn = queue.job(), queue.job()
        paced.used = worn.used = 100.0
        paced.go_first()
        worn.go_first()
        worn.used += 2 * queues.SLICE
        new = queue.job()
        await asyncio.gather(work(worn, "worn"), work(new, "new"), work(paced, "paced"))

    settled(together())
    assert order == ["paced", "new", "worn"]


def test_a_job_that_is_due_may_use_no_more_than_before():
    async def spend():
        job = ComputeQueue().job(most=1.0)
        job.used += 2
        job.go_first()
        with pytest.raises(SpecError, match="has computed for more than"):
            async with job:
                pass

    settled(spend())


@pytest.mark.parametrize("due", [False, True], ids=["beside short ones", "beside those that are due"])
def test_nobody_waits_for_ever(due):
    queue = ComputeQueue()

    async def short_ones(done):
        while not done.is_set():
            job = queue.job()
            if due:
                job.go_first()
            async with job:
                pass

    async def long_one(done):
        job = queue.job()
        job.used = 1000.0
        async with job:
            done.set()

    async def together():
        done = asyncio.Event()
        await asyncio.gather(*(short_ones(done) for _ in range(4)), long_one(done))

    settled(together())


def test_those_that_are_due_go_in_the_order_in_which_they_come():
    queue, order = ComputeQueue(), []

    async def work(job, name):
        async with job:
            order.append(name)

    async def together():
        jobs = [queue.job() for _ in range(5)]
        for index, job in enumerate(jobs):
            job.used = 0.1 * index
            job.go_first()
        await asyncio.gather(*(work(jobs[index], index) for index in (3, 0, 4, 2, 1)))

    settled(together())
    assert order == [3, 0, 4, 2, 1]


def test_the_loop_turns_between_the_slices_of_a_lonely_job():
    turns = 0

    async def others(done):
        nonlocal turns
        while not done.is_set():
            turns += 1
            await asyncio.sleep(0)

    async def lonely(done):
        job = ComputeQueue().job()
        for _ in range(50):
            async with job:
                pass
        done.set()

    async def together():
        done = asyncio.Event()
        await asyncio.gather(others(done), lonely(done))

    settled(together())
    assert turns >= 50


@pytest.mark.parametrize("waits", [0, 1, 3])
def test_a_job_that_is_cancelled_leaves_the_slot_to_the_next(waits):
    queue = ComputeQueue()

    async def enter(job):
        async with job:
            await asyncio.sleep(0)

    async def scene():
        first = queue.job()
        async with first:
            doomed = [asyncio.create_task(enter(queue.job())) for _ in range(3)]
            for _ in range(waits):
                await asyncio.sleep(0)
        for task in doomed:
            task.cancel()
        await asyncio.gather(*doomed, return_exceptions=True)
        async with queue.job():
            return True

    assert settled(scene())


def test_a_slice_is_over_after_its_time(monkeypatch):
    now = 100.0
    monkeypatch.setattr(queues, "perf_counter", lambda: now)

    async def look():
        nonlocal now
        async with ComputeQueue().job() as job:
            assert not job.over
            now += queues.SLICE
            assert job.over

    settled(look())
    assert queues.SLICE < 0.005


def test_what_others_compute_meanwhile_does_not_count(monkeypatch):
    clock, processor = 100.0, 5.0
    monkeypatch.setattr(queues, "perf_counter", lambda: clock)
    monkeypatch.setattr(queues, "thread_time", lambda: processor)

    async def held_up():
        nonlocal clock, processor
        job = ComputeQueue().job(most=1.0)
        async with job:
            clock += 3600
            processor += 0.25
        async with job:
            return job.used

    assert settled(held_up()) == 0.25


def test_a_job_that_has_used_all_it_may_is_refused():
    async def spend():
        job = ComputeQueue().job(most=1.0)
        async with job:
            job.used += 2
        with pytest.raises(SpecError, match="has computed for more than"):
            async with job:
                pass

    settled(spend())


SWEPT = {"over": {"learning_rate": {"from": 0.01, "to": 0.1, "count": 3}}}
TUNED = {"over": {"learning_rate": {"from": 0.01, "to": 0.1}}, "stop": {"max_steps": 5, "target_loss": 1}}
ROUTES = {
    "/trajectories": {}, "/trajectories/stream": {}, "/trajectories/step": {"t": 1}, "/trajectories/quantities": {},
    "/trajectories/program": {}, "/trajectories/sweep": SWEPT, "/trajectories/curvature": {"every": 5},
    "/trajectories/basins": {"resolution": 3}, "/trajectories/tune": TUNED,
    "/plot.svg?surface=bowl&optimizer=adam": None,
}  # fmt: skip


@pytest.mark.parametrize("path", ROUTES)
def test_every_route_writes_its_runs_out_inside_a_slice(client, monkeypatch, path):
    slices, places = 0, []
    enter, leave, made = queues.Job.__aenter__, queues.Job.__aexit__, Plan.run

    async def entered(job):
        nonlocal slices
        await enter(job)
        slices += 1
        return job

    async def left(job, *error):
        nonlocal slices
        slices -= 1
        await leave(job, *error)

    monkeypatch.setattr(queues.Job, "__aenter__", entered)
    monkeypatch.setattr(queues.Job, "__aexit__", left)
    monkeypatch.setattr(Plan, "run", lambda plan, choice: places.append(slices) or made(plan, choice))
    more = ROUTES[path]
    url = f"{BASE}{path}"
    reply = client.get(url) if more is None else client.post(url, json=spec(steps=5) | more)
    assert reply.status_code == 200, reply.text
    assert places == [1]
