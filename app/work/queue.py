"""The compute queue: one job at a time computes in a worker, in slices too short to block the event loop."""

from __future__ import annotations

import asyncio
import math
from itertools import count
from operator import attrgetter
from time import perf_counter, thread_time
from types import TracebackType
from typing import NamedTuple

from app.server.refusals import RequestError

SLICE = 0.004
"""Seconds after which a slice ends at the next pause of its work; a slice stays below 5 ms in total."""

PATIENCE = 16 * SLICE
"""Seconds after which the oldest job goes first once, so that a long job always advances."""


class WaitingJob(NamedTuple):
    """A job that waits for its next slice. They are ordered by `used`, equal ones by `rank`.

    It is a tuple, as tuples are fast to compare: with a thousand streams, there are a thousand comparisons before each
    slice.

    Args:
        used: seconds it has computed so far; below 0 it goes before all others.
        rank: the order of jobs with equal `used`; all ranks differ.
        number: of the job, lower for an older one; infinite for a job that goes first anyway.
        turn: a future that is done when its slice begins.
    """

    used: float
    rank: int
    number: float
    turn: asyncio.Future[None]


class ComputeQueue:
    """Lets one job at a time compute, between two turns of the event loop; those that have used least time go first.

    A task that computes without a pause delays every other task, and many tasks with pauses each cause a delay. So all
    computing waits in this one queue. After each slice the event loop turns and handles new messages; then the job that
    has used the least time so far computes a slice, the newest one if several have used equally little. With sixteen
    heavy requests, the loop was measured to be late by at most two slices. Jobs whose results are due at set times go
    before the others for one slice, in order of arrival.
    """

    def __init__(self) -> None:
        self._numbers, self._arrivals = count(), count()
        self._busy = False
        self._oldest_first = 0.0
        self._waiting: list[WaitingJob] = []

    def job(self, most: float = math.inf) -> Job:
        """A new job, which has used no time yet and may use `most` seconds."""
        return Job(self, next(self._numbers), most)

    async def enter(self, used: float, number: int) -> None:
        """Wait for the turn of job `number`, which has used `used` seconds so far; below 0 it goes first."""
        loop = asyncio.get_running_loop()
        turn = loop.create_future()
        if used >= 0:
            self._waiting.append(WaitingJob(used, -number, number, turn))
        else:
            self._waiting.append(WaitingJob(-1.0, next(self._arrivals), math.inf, turn))
        if not self._busy:
            self._busy = True
            loop.call_soon(self._call_next)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self.leave()
            raise

    def leave(self) -> None:
        """End a slice. The next job is chosen after the loop has turned, so that it may be a new one."""
        asyncio.get_running_loop().call_soon(self._call_next)

    def _call_next(self) -> None:
        while self._waiting:
            job, now = min(self._waiting), perf_counter()
            if now > self._oldest_first:
                job, self._oldest_first = min(self._waiting, key=attrgetter("number")), now + PATIENCE
            self._waiting.remove(job)
            if not job.turn.done():
                job.turn.set_result(None)
                return
        self._busy = False


class Job:
    """The work of one request: `async with job:` is one slice, which the caller leaves once `job.over`.

    Only processor time counts, so that other programs, or a sleeping laptop, do not use it up.
    Nothing may be awaited inside a slice. Raises: RequestError (422) once it has used more than `most`.
    """

    def __init__(self, queue: ComputeQueue, number: int, most: float) -> None:
        self._queue = queue
        self._number = number
        self._most = most
        self._began, self._used_before, self._credit = 0.0, 0.0, 0.0
        self.used = 0.0

    @property
    def over(self) -> bool:
        """Whether the time of this slice is over."""
        return perf_counter() - self._began >= SLICE

    def go_first(self) -> None:
        """Take the next slice before all others, as a message of this job is due now."""
        self._credit = self.used + SLICE

    async def __aenter__(self) -> Job:
        if self.used > self._most:
            raise RequestError("took_too_long", ("server",), limit=self._most)
        await self._queue.enter(self.used - self._credit, self._number)
        self._began, self._used_before = perf_counter(), thread_time()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.used += thread_time() - self._used_before
        self._queue.leave()
