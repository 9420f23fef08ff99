"""The edge of a hyperparameter: from which value on runs end above their start, and from which on they diverge."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass

import numpy as np

from app.descent.lanes import sweep
from app.descent.phase import Phase
from app.descent.run import Run
from app.types import Array

STILL = 1e-9
"""Of the loss at the start: what ends higher by less has not moved."""
LANES = 32
"""Tried at a time within a gap: fewer side by side take nearly as long."""
ROUNDS = 2
"""Each leaves of a gap one part in `LANES` + 1: a twelfth of a decade comes down to a relative 0.0002."""
LANES_A_ROUND = 2 * LANES

Fails = Callable[[float | None], bool]


@dataclass(frozen=True)
class Gap:
    """Two values with nothing tried between them.

    Args:
        holds: the last one that does not fail.
        fails: the next one; it and all that were tried beyond it fail.
    """

    holds: float
    fails: float


@dataclass(frozen=True)
class Edge:
    """The last value from which on all fail; None where none does, where all do, and where the largest does not.

    Args:
        rises: to fail is to end above the start, or to diverge.
        diverges: to fail is to diverge.
        first_rising, first_diverging: the least value of the sweep that fails so; None where none does.
    """

    rises: Gap | None
    diverges: Gap | None
    first_rising: float | None
    first_diverging: float | None


def find_edge(
    run: Run, phases_of: Callable[[Array], list[Phase]], values: Sequence[float], loss: Sequence[float | None],
    between: Callable[[float, float], Sequence[float]], rounds: int = ROUNDS,
) -> Generator[None, None, Edge]:  # fmt: skip
    """Narrow the gap between the last value of a sweep that holds and the next; pauses as a sweep does.

    Args:
        phases_of: those of the run, each lane with its own value.
        values, loss: of the sweep; the loss is None where the run diverges.
        between: `LANES` values between two, in order.
    """
    start = run.first_row.loss
    highest = start + STILL * abs(start)
    both: tuple[Fails, Fails] = (lambda end: end is None or end > highest, lambda end: end is None)
    gaps = [_gap(values, loss, fails) for fails in both]
    first = [next((value for value, end in zip(values, loss, strict=True) if fails(end)), None) for fails in both]
    for _ in range(rounds if any(gaps) else 0):
        inner = [between(gap.holds, gap.fails) if gap else [] for gap in gaps]
        tried = [value for each in inner for value in each]
        ends = iter((yield from sweep(run, phases_of(np.array(tried)), len(tried))).loss)
        for place, (gap, each) in enumerate(zip(gaps, inner, strict=True)):
            found = [next(ends) for _ in each]
            # Its own values are known: one holds, and one fails both ways.
            gaps[place] = gap and _gap([gap.holds, *each, gap.fails], [start, *found, None], both[place])
    rises, diverges = gaps
    return Edge(rises, diverges, *first)


def _gap(values: Sequence[float], loss: Sequence[float | None], fails: Fails) -> Gap | None:
    last = max((k for k, end in enumerate(loss) if not fails(end)), default=len(values))
    return Gap(values[last], values[last + 1]) if last + 1 < len(values) else None
