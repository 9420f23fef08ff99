"""The status line in the terminal of a server: the load, and how well the server handles it."""

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
"""Seconds between two updates of the line, and the seconds over which it counts."""

LINE = (
    "{streams:stream|streams}, {speed} steps/s; in 60 s: {pages:page|pages}",
    ", {late} late",
    ", {busy} refused",
)
"""The template of the line, which fits 80 columns. "Refused" are requests that found the server busy."""

NAMES = {
    "fallline_pages_total": "pages",
    "fallline_streams_open": "streams",
    "fallline_steps_total": "steps",
    "fallline_refusals_total": "busy",
    "fallline_stream_lateness_seconds_bucket": "late",
}
"""A name in /metrics -> the name in this module."""

CLEAR = "\r\x1b[K"


class Sums(NamedTuple):
    """The counts at one time.

    Args: at: the time, by `time.monotonic`; late: a bound in seconds -> the number of events that were at most so late.
    """

    at: float
    pages: int = 0
    streams: int = 0
    steps: int = 0
    busy: int = 0
    late: dict[float, int] = {}  # noqa: RUF012 (never changed)


def sums(counted: CollectorRegistry, at: float) -> Sums:
    """The counts that the line needs, of all counts."""
    totals, late = dict.fromkeys(("pages", "streams", "steps", "busy"), 0), {}
    for metric in counted.collect():
        for name, labels, value, *_ in metric.samples:
            called = NAMES.get(name)
            if called == "late":
                late[float(labels["le"])] = int(value)
            elif called and labels.get("code", called) == called:
                totals[called] += int(value)
    return Sums(at, **totals, late=dict(sorted(late.items())))


def status_text(minute_ago: Sums, last: Sums, now: Sums) -> str:
    """The text of the line, from earlier counts and those of now."""
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
    """The lateness of the latest event between two times, by the bounds of the counts; empty if none was sent."""
    new = {bound: count - before.get(bound, 0) for bound, count in now.items()}
    total = new.get(inf, 0)
    if not total:
        return ""
    bound = min(bound for bound, count in new.items() if count == total)
    if bound == inf:
        return f"over {_seconds(max(seconds for seconds in new if seconds < inf))}"
    return f"up to {_seconds(bound)}"


def _seconds(value: float) -> str:
    return f"{value:g} s" if value >= 1 else f"{1000 * value:g} ms"


@contextmanager
def status_line(read: Callable[[], CollectorRegistry]) -> Iterator[None]:
    """A context in which the line is shown, if the standard output is a terminal. Args: read: returns all counts."""
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
    """Write the line again and again in place of the one before, until `over` is set; then remove it."""
    past = deque([sums(read(), monotonic())], maxlen=LOOKS_BACK // EVERY)
    while not over.wait(EVERY):
        now = sums(read(), monotonic())
        text = status_text(past[0], past[-1], now)
        past.append(now)
        # The cursor returns to the beginning, so that other output overwrites the line.
        sys.stdout.write(f"{CLEAR}{text[: shutil.get_terminal_size().columns - 1]}\r")
        sys.stdout.flush()
    sys.stdout.write(CLEAR)
    sys.stdout.flush()
