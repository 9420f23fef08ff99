"""A limit on how long one call of somebody's code takes, for a server: what never ends is ended where it stands."""

import ctypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

LOOKS_IN_A_LIMIT = 20
"""How often it is looked, in the time that a call may take."""


class NeverEndsError(BaseException):
    """Raised within a call that takes too long; not an `Exception`, which the code may catch."""


class _Call:
    def __init__(self, seconds: float) -> None:
        self.seconds, self.ends, self.interrupted = seconds, monotonic() + seconds, False


class TimeLimit:
    """How long a call may take, in seconds; without any, as long as it takes.

    A thread of its own looks at the calls under way, and raises within those that take longer. Python code is ended by
    that; a call of a library that does not come back to Python is not.
    """

    def __init__(self) -> None:
        self.seconds: float | None = None
        self._calls: dict[int, _Call] = {}
        self._threads: set[int] = set()
        self._lock = threading.Lock()

    def set(self, seconds: float) -> None:
        """Limit the calls of this thread from now on."""
        self._threads.add(threading.get_ident())
        is_first, self.seconds = self.seconds is None, seconds
        if is_first:
            threading.Thread(target=self._watch, name="time limit", daemon=True).start()

    @contextmanager
    def over(self, seconds: float | None = None) -> Iterator[None]:
        """One call, which may take as long as all do, or so long. A call within another counts with that.

        Raises: NeverEndsError.
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
                if call.interrupted:  # what is not raised yet is not to be raised later
                    _raise_in(thread, None)

    def _watch(self) -> None:
        while True:
            seconds = self.seconds or 1.0
            threading.Event().wait(seconds / LOOKS_IN_A_LIMIT)
            with self._lock:
                for thread, call in list(self._calls.items()):
                    if monotonic() > call.ends:  # again, where the code goes on none the less
                        call.ends, call.interrupted = monotonic() + call.seconds, True
                        _raise_in(thread, NeverEndsError)


def _raise_in(thread: int, error: type[BaseException] | None) -> None:
    """Have an error raised at the next instruction of a thread; None takes back one that has not been raised."""
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), error and ctypes.py_object(error))


TIME_LIMIT = TimeLimit()
"""That of this process."""
