"""The end of a worker: its open streams are told, so that stopping it does not wait for them."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from types import FrameType
from typing import Any

SIGNALS = (signal.SIGTERM, signal.SIGINT)


class Closing:
    """Whether the server is stopping, as streams see it.

    A server that is told to stop waits for the answers under way before the application hears of it, and a
    stream may go on for minutes. So this listens to the same signals, then hands them on.
    """

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def __bool__(self) -> bool:
        return self._event.is_set()

    def set(self) -> None:
        """Tell every stream to end."""
        self._event.set()

    async def wait(self, seconds: float) -> None:
        """Sleep, but not past the beginning of the end."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._event.wait(), max(seconds, 0))

    @asynccontextmanager
    async def lifespan(self, _app: Any) -> AsyncIterator[None]:
        """Listen for as long as the application lives."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        loop = asyncio.get_running_loop()
        before = {number: signal.getsignal(number) for number in SIGNALS}

        def heard(number: int, frame: FrameType | None) -> None:
            loop.call_soon_threadsafe(self.set)
            then = before[signal.Signals(number)]
            if callable(then):
                then(number, frame)

        for number in SIGNALS:
            signal.signal(number, heard)
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler or signal.SIG_DFL)
