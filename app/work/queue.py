"""The compute queue: one piece of work at a time in a worker, in slices short enough that nobody waits."""

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
"""Seconds after which a slice ends at the next pause of its work; with the piece under way that is below 5 ms."""

PATIENCE = 16 * SLICE
"""Seconds after which the oldest job goes first for once, so that a long one is never starved."""


class WaitingJob(NamedTuple):
    """A job that waits for its next slice. The least goes first, by `used` and of equals by `rank`.

    A tuple, as with a thousand streams a thousand are compared before each slice.

    Args:
        used: seconds it has computed for; below 0 it goes before all others.
        rank: its place among those that have used the same; no two have the same one.
        number: of the job, less for an older one; infinite where it goes before the others anyway.
        turn: done when its slice begins.
    """

    used: float
    rank: int
    number: float
    turn: asyncio.Future[None]


class ComputeQueue:
    """Lets one job at a time compute, between two turns of the event loop, the newest and shortest first.

    A task that computes without a pause delays every other task, and many tasks with pauses delay them once each.
    So all computing waits in this one queue: after each slice the event loop turns and serves what has come in,
    then the job that has used the least time so far computes a slice (of equals the newest). Beside sixteen heavy
    requests the loop was measured to be late by two slices at the most. Jobs whose results are due at set times go
    before the others for as long as one slice, in the order in which they come.
    """

    def __init__(self) -> None:
        self._numbers, self._arrivals = count(), count()
        self._busy = False
        self._oldest_first = 0.0
        self._waiting: list[WaitingJob] = []

    def job(self, most: float = math.inf) -> Job:
        """A new piece of work, which has used no time yet and may use `most` seconds."""
        return Job(self, next(self._numbers), most)

    async def enter(self, used: float, number: int) -> None:
        """Wait for the turn of job `number`, which has computed for `used` seconds so far; below 0 it goes first."""
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
        """End a slice. The next job is chosen after the loop has turned, so that a new one may be it."""
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
    """The work of one request: `async with job:` is one slice, to be left once `job.over`.

    What it has used are seconds of the processor: other programs, or a laptop that slept, do not count against it.
    Nothing may be awaited inside a slice. Raises: RequestError (422) once it has used more than it may.
    """

    def __init__(self, queue: ComputeQueue, number: int, most: float) -> None:
        self._queue = queue
        self._number = number
        self._most = most
        self._began, self._used_before, self._credit = 0.0, 0.0, 0.0
        self.used = 0.0

    @property
    def over(self) -> bool:
        """Whether this slice has had its time."""
        return perf_counter() - self._began >= SLICE

    def go_first(self) -> None:
        """Take the next slice before all others, as its message is due now."""
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
