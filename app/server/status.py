"""The status line: in the terminal of whoever serves, what is asked for and how well that goes."""

import shutil
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import inf
from time import monotonic
from typing import NamedTuple

from prometheus_client import CollectorRegistry

from fallline.sentences import sentence

EVERY, LOOKS_BACK = 2, 60
"""Seconds between two lines, and that they look back."""

LINE = (
    "{streams:stream|streams}, {speed} steps/s; in 60 s: {pages:page|pages}",
    ", {late} late",
    ", {busy} refused",
)
"""Short, so that it fits a terminal of 80 columns. Refused are requests that found the server busy."""

NAMES = {
    "fallline_pages_total": "pages",
    "fallline_streams_open": "streams",
    "fallline_steps_total": "steps",
    "fallline_refusals_total": "busy",
    "fallline_stream_lateness_seconds_bucket": "late",
}
"""A name in /metrics -> what it is called here."""

CLEAR = "\r\x1b[K"


class Sums(NamedTuple):
    """What had been counted `at` one second, of the clock that `time.monotonic` reads.

    Args: late: a bound in seconds -> events that were at most as late.
    """

    at: float
    pages: int = 0
    streams: int = 0
    steps: int = 0
    busy: int = 0
    late: dict[float, int] = {}  # noqa: RUF012 (never changed)


def sums(counted: CollectorRegistry, at: float) -> Sums:
    """What the line tells of everything that is counted."""
    found, late = dict.fromkeys(("pages", "streams", "steps", "busy"), 0), {}
    for metric in counted.collect():
        for name, labels, value, *_ in metric.samples:
            called = NAMES.get(name)
            if called == "late":
                late[float(labels["le"])] = int(value)
            elif called and labels.get("code", called) == called:
                found[called] += int(value)
    return Sums(at, **found, late=dict(sorted(late.items())))


def status_text(minute_ago: Sums, last: Sums, now: Sums) -> str:
    """The line, from what was counted before and is counted now."""
    seconds, busy = now.at - last.at, now.busy - minute_ago.busy
    values = {
        "streams": now.streams,
        "speed": f"{(now.steps - last.steps) / seconds if seconds > 0 else 0:,.0f}",
        "pages": now.pages - minute_ago.pages,
        **({"late": late} if (late := _latest(minute_ago.late, now.late)) else {}),
        **({"busy": busy} if busy else {}),
    }
    return sentence(LINE, values)


def _latest(before: dict[float, int], now: dict[float, int]) -> str:
    """How late the latest event between two moments was, as far as its bound tells; empty where none was sent."""
    new = {bound: count - before.get(bound, 0) for bound, count in now.items()}
    total = new.get(inf, 0)
    if not total:
        return ""
    bound = min(bound for bound, count in new.items() if count == total)
    if bound == inf:
        return f"over {_seconds(max(each for each in new if each < inf))}"
    return f"up to {_seconds(bound)}"


def _seconds(value: float) -> str:
    return f"{value:g} s" if value >= 1 else f"{1000 * value:g} ms"


@contextmanager
def status_line(read: Callable[[], CollectorRegistry]) -> Iterator[None]:
    """Keep the line in the terminal while the block runs; where the output is no terminal nothing is written.

    Args: read: gives all that is counted.
    """
    if not sys.stdout.isatty():
        yield
        return
    over = threading.Event()
    writer = threading.Thread(target=_write, args=(read, over), daemon=True)
    writer.start()
    try:
        yield
    finally:
        over.set()
        writer.join()


def _write(read: Callable[[], CollectorRegistry], over: threading.Event) -> None:
    """Write the line until it is over, each in place of the one before, and leave none behind."""
    past = deque([sums(read(), monotonic())], maxlen=LOOKS_BACK // EVERY)
    while not over.wait(EVERY):
        now = sums(read(), monotonic())
        text = status_text(past[0], past[-1], now)
        past.append(now)
        # What else is printed begins where the line does.
        sys.stdout.write(f"{CLEAR}{text[: shutil.get_terminal_size().columns - 1]}\r")
        sys.stdout.flush()
    sys.stdout.write(CLEAR)
    sys.stdout.flush()
