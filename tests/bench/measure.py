"""A measured figure beside its goal, and how to take one."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One line of the table.

    Args:
        what: what was measured.
        value: the figure; goal: what it should be; None where there is none.
        unit: of both, such as `times` or `ms`.
        least: whether the goal is the least (True) or the most (False) it should be.
        note: the absolute times behind a ratio.
    """

    what: str
    value: float | None
    goal: float | None
    unit: str
    least: bool = False
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the goal is reached; None where there is none, or nothing was measured."""
        if self.goal is None or self.value is None:
            return None
        return self.value >= self.goal if self.least else self.value <= self.goal

    def __str__(self) -> str:
        mark = {True: "ok  ", False: "MISS", None: "    "}[self.met]
        shown = "not measured" if self.value is None else f"{self.value:,.4g} {self.unit}"
        goal = "" if self.goal is None else f"{'at least' if self.least else 'at most'} {self.goal:,g} {self.unit}"
        return f"{mark}  {self.what:<62} {shown:>20}   {goal:<26} {self.note}"


def best_of(work: Callable[[], object], rounds: int = 7, seconds: float = 0.4) -> float:
    """Seconds of the fastest of some rounds of `work`, each round long enough to time; the least disturbed one."""
    work()
    started = time.perf_counter()
    work()
    once = max(time.perf_counter() - started, 1e-7)
    calls = max(1, int(seconds / rounds / once))
    return min(_round(work, calls) for _ in range(rounds))


def _round(work: Callable[[], object], calls: int) -> float:
    started = time.perf_counter()
    for _ in range(calls):
        work()
    return (time.perf_counter() - started) / calls


def side_by_side(one: Callable[[], object], other: Callable[[], object], rounds: int = 9) -> tuple[float, float]:
    """Seconds of two pieces of work, measured in turns so that a busy moment meets both."""
    one(), other()
    pairs = [(best_of(one, 1, 0.1), best_of(other, 1, 0.1)) for _ in range(rounds)]
    return min(a for a, _ in pairs), min(b for _, b in pairs)
