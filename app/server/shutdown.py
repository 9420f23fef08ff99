"""The shutdown of a server, which wakes its sleeping streams, so that they end."""

import asyncio
import gc
import math
import multiprocessing
import os
import shutil
import signal
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from types import FrameType
from typing import Any

from app.server.settings import COUNTS_FOLDER

SIGNALS = (signal.SIGTERM, signal.SIGINT)

TICK = 0.01
"""In seconds. A stream that sleeps until some time is woken at the next multiple of this, by one timer for all."""

EARLY = 0.001
"""A timer may fire this many seconds too early, as uvloop counts whole milliseconds."""


class Shutdown:
    """Whether the server is stopping, which streams check.

    A server that is told to stop waits for the current responses before it tells the application, and a stream may last
    for minutes. So this class handles the same signals itself, and then calls the earlier handlers.
    """

    def __init__(self) -> None:
        self.has_begun = False
        self.at_begin: list[Callable[[], None]] = []
        """Further functions to call when the shutdown begins."""
        self._sleepers: dict[int, list[asyncio.Future[None]]] = {}

    def begin(self) -> None:
        """Tell every stream to end."""
        self.has_begun = True
        for tick in list(self._sleepers):
            self._wake(tick)
        for wake in self.at_begin:
            wake()

    async def wait_until(self, moment: float) -> None:
        """Sleep until a time of the loop's clock, or until the server stops; it may be up to a tick longer."""
        if self.has_begun:
            return
        loop, tick = asyncio.get_running_loop(), math.ceil(moment / TICK)
        sleepers = self._sleepers.get(tick)
        if sleepers is None:
            sleepers = self._sleepers[tick] = []
            loop.call_at(tick * TICK + EARLY, self._wake, tick)
        sleeper = loop.create_future()
        sleepers.append(sleeper)
        await sleeper

    def _wake(self, tick: int) -> None:
        for sleeper in self._sleepers.pop(tick, ()):
            if not sleeper.done():
                sleeper.set_result(None)

    @asynccontextmanager
    async def lifespan(self, _app: Any) -> AsyncIterator[None]:
        """Handle the signals while the application runs, if this is the main thread; no other thread can."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        collect_garbage_seldom()
        loop = asyncio.get_running_loop()
        before = {number: signal.getsignal(number) for number in SIGNALS}

        def handle(number: int, frame: FrameType | None) -> None:
            loop.call_soon_threadsafe(self.begin)
            then = before[signal.Signals(number)]
            if callable(then):
                then(number, frame)

        for number in SIGNALS:
            signal.signal(number, handle)
        stop_without_parent(loop)
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler or signal.SIG_DFL)


def stop_without_parent(loop: asyncio.AbstractEventLoop) -> None:
    """Let a worker stop once the process that started it is gone, as if it had been told to stop.

    If that process is killed, it cannot tell its workers, which would otherwise keep its port.
    """
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    ended = parent.sentinel

    def stop() -> None:
        loop.remove_reader(ended)
        if folder := os.environ.get(COUNTS_FOLDER):  # the process that made it can no longer remove it
            shutil.rmtree(folder, ignore_errors=True)
        signal.raise_signal(signal.SIGTERM)

    loop.add_reader(ended, stop)


def collect_garbage_seldom() -> None:
    """Make the garbage collector work in small portions, for a process that only serves.

    By default, Python goes through all objects whenever their number has grown by a quarter. With a thousand open
    streams, that stops everything for a quarter of a second. With these settings it happens only after a thousand
    collections of younger objects.
    """
    gc.freeze()
    gc.set_threshold(10_000, 10, 100)
