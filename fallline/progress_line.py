"""A line in the terminal that says how far long work is."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

SHOWN_AFTER, REWRITTEN_AFTER = 1.0, 0.1
"""Seconds before the line first appears, and from one change of it to the next."""


@contextmanager
def progress_line(what: str, shown: bool | None) -> Iterator[Callable[[float], None]]:
    """Give what takes the share that is done, and write it to stderr, over what was there: once it takes long.

    The line is gone at the end, and where Ctrl-C cancels the work.

    Args: shown: None shows it where stderr is a terminal.
    """
    err = sys.stderr
    due, length = monotonic() + SHOWN_AFTER, 0
    shown = err.isatty() if shown is None else shown

    def tell(done: float) -> None:
        nonlocal due, length
        if shown and monotonic() >= due:
            line = f"{what}: {100 * done:.0f} %, Ctrl-C cancels"
            err.write("\r" + line.ljust(length))
            err.flush()
            due, length = monotonic() + REWRITTEN_AFTER, len(line)

    try:
        yield tell
    finally:
        if length:
            err.write("\r" + " " * length + "\r")
            err.flush()
