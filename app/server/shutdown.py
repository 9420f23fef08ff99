"""The shutdown of a server: its streams are told of it, and sleep no longer."""

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
"""Seconds: who waits for a moment is woken at the first multiple of this after it, all of a tick by one timer."""

EARLY = 0.001
"""Seconds by which a timer may fire too early, as uvloop counts whole milliseconds."""


class Shutdown:
    """Whether the server is stopping, for streams to ask.

    A server that is told to stop waits for the responses under way before it tells the application, and a stream
    may go on for minutes. So this handles the same signals itself, and then calls the handlers before it.
    """

    def __init__(self) -> None:
        self.has_begun = False
        self.at_begin: list[Callable[[], None]] = []
        """What else wakes streams."""
        self._sleepers: dict[int, list[asyncio.Future[None]]] = {}

    def begin(self) -> None:
        """Tell every stream to end."""
        self.has_begun = True
        for tick in list(self._sleepers):
            self._wake(tick)
        for wake in self.at_begin:
            wake()

    async def wait_until(self, moment: float) -> None:
        """Sleep until a moment of the loop's clock, or until the server stops: never too short, a tick too long."""
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
        """Handle the signals while the application runs; only the main thread can, which a server runs it in."""
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
    """Have one worker of several stop, as when it is told to, once the process that started it is gone.

    That may be killed without a word to its workers, which would go on with its port.
    """
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    ended = parent.sentinel

    def stop() -> None:
        loop.remove_reader(ended)
        if folder := os.environ.get(COUNTS_FOLDER):  # who made it can remove it no more
            shutil.rmtree(folder, ignore_errors=True)
        signal.raise_signal(signal.SIGTERM)

    loop.add_reader(ended, stop)


def collect_garbage_seldom() -> None:
    """Have garbage collected in small portions, for a process that only serves.

    By default Python goes through all objects whenever their number has grown by a quarter: with a thousand streams
    open that stops everything for a quarter of a second. Here that comes after a thousand looks at the younger ones.
    """
    gc.freeze()
    gc.set_threshold(10_000, 10, 100)
