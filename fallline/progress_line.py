"""A line in the terminal that shows the progress of long work."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

SHOWN_AFTER, REWRITTEN_AFTER = 1.0, 0.1
"""The seconds before the line first appears, and the least seconds between two changes of it."""


@contextmanager
def progress_line(what: str, shown: bool | None) -> Iterator[Callable[[float], None]]:
    """Show the progress of work in one line of stderr, after the first second. The line is removed at the end.

    Args: what: the name of the work; shown: whether to show it, by default only if stderr is a terminal.

    Yields: a function to call with the share that is done, 0 to 1.
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
