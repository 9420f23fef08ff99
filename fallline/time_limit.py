"""A limit on the time of one call of somebody's code, for a server: a call that takes longer is interrupted."""

import ctypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

LOOKS_IN_A_LIMIT = 20
"""How often the calls are checked, in the time that one may take."""


class NeverEndsError(BaseException):
    """Raised within a call that takes too long. It is not an `Exception`, so that the code does not catch it."""


class _Call:
    def __init__(self, seconds: float) -> None:
        self.seconds, self.ends, self.interrupted = seconds, monotonic() + seconds, False


class TimeLimit:
    """The limit of the time of a call, in seconds; None for no limit.

    A thread checks the running calls, and raises an error within those that take longer. This ends Python code, but not
    a call of a library that does not return to Python.
    """

    def __init__(self) -> None:
        self.seconds: float | None = None
        self._calls: dict[int, _Call] = {}
        self._threads: set[int] = set()
        self._lock = threading.Lock()

    def set(self, seconds: float) -> None:
        """Limit the calls of the current thread from now on."""
        self._threads.add(threading.get_ident())
        is_first, self.seconds = self.seconds is None, seconds
        if is_first:
            threading.Thread(target=self._watch, name="time limit", daemon=True).start()

    @contextmanager
    def over(self, seconds: float | None = None) -> Iterator[None]:
        """A context for one call. A call within another is part of that one.

        Args: seconds: its limit; by default the limit of all calls. Raises: NeverEndsError, if it takes longer.
        """
        thread = threading.get_ident()
        if self.seconds is None or thread not in self._threads or thread in self._calls:
            yield
            return
        call = self._calls[thread] = _Call(seconds or self.seconds)
        try:
            yield
        finally:
            with self._lock:
                del self._calls[thread]
                if call.interrupted:  # the error may not have been raised yet, and must not be raised after the call
                    _raise_in(thread, None)

    def _watch(self) -> None:
        while True:
            seconds = self.seconds or 1.0
            threading.Event().wait(seconds / LOOKS_IN_A_LIMIT)
            with self._lock:
                for thread, call in list(self._calls.items()):
                    if monotonic() > call.ends:  # this repeats if the code continues in spite of the error
                        call.ends, call.interrupted = monotonic() + call.seconds, True
                        _raise_in(thread, NeverEndsError)


def _raise_in(thread: int, error: type[BaseException] | None) -> None:
    """Raise an error at the next instruction of a thread; None withdraws one that has not been raised yet."""
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), error and ctypes.py_object(error))


TIME_LIMIT = TimeLimit()
"""The time limit of this process."""
