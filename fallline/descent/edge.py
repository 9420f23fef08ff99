"""The edge of a hyperparameter: from which value on runs end above their start, and from which on they diverge."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from fallline.descent.lanes import sweep
from fallline.descent.rows import Phase
from fallline.descent.run import Run
from fallline.in_parts import InParts
from fallline.types import Array, Described, Mask

STILL = 1e-9
"""Of the loss at the start: what ends higher by less has not moved."""
LANES = 32
"""Tried at a time within a gap: fewer side by side take nearly as long."""
ROUNDS = 2
"""Each leaves of a gap one part in `LANES` + 1: a twelfth of a decade comes down to a relative 0.0002."""
LANES_A_ROUND = 2 * LANES

Fails = Callable[[Array], Mask]


@dataclass(frozen=True)
class Gap(Described):
    """Two values with nothing tried between them."""

    holds: float
    """The last value that does not fail."""
    fails: float
    """The next one: it and all that were tried beyond it fail."""


@dataclass(frozen=True)
class Edge(Described):
    """From which value on all fail, narrowed down from the gap between two values of the sweep to a 1089th part of it
    (or less far, where that is too much work). Null where none fails, where all do, and where the largest does not.

    Where runs fail, hold and fail again, this is the last such place; the first value that failed is told beside it.
    """

    rises: Gap | None
    """To fail is to end above the start, or to diverge."""
    diverges: Gap | None
    """To fail is to diverge."""
    first_rising: float | None
    """The least of the `values` that ends above the start or diverges, not narrowed down; null where none does. Where
    it is below `rises.holds`, or `rises` is null, some larger value holds again, or all fail."""
    first_diverging: float | None
    """The same of those that diverge."""


def find_edge(
    run: Run, phases_of: Callable[[Array], list[Phase]], values: Sequence[float], loss: Array,
    between: Callable[[float, float], Sequence[float]], rounds: int = ROUNDS,
) -> InParts[Edge]:  # fmt: skip
    """Narrow the gap between the last value of a sweep that holds and the next; pauses as a sweep does.

    Args:
        phases_of: those of the run, each lane with its own value.
        values, loss: of the sweep; the loss is nan where the run diverges.
        between: `LANES` values between two, in order.
    """
    start = run.first_row.loss
    highest = start + STILL * abs(start)
    both: tuple[Fails, Fails] = (lambda ends: ~(ends <= highest), np.isnan)
    gaps = [_gap(values, fails(loss)) for fails in both]
    first = [next((value for value, failed in zip(values, fails(loss), strict=True) if failed), None) for fails in both]
    for _ in range(rounds if any(gaps) else 0):
        inner = [between(gap.holds, gap.fails) if gap else [] for gap in gaps]
        tried = np.array([value for each in inner for value in each])
        ends = yield from sweep(run, phases_of(tried), len(tried))
        for place, found in enumerate(np.split(ends.loss, [len(inner[0])])):
            # Its own values are known: one holds, and one fails both ways.
            failed = [False, *both[place](found), True]
            gaps[place] = (gap := gaps[place]) and _gap([gap.holds, *inner[place], gap.fails], failed)
    rises, diverges = gaps
    return Edge(rises, diverges, *first)


def _gap(values: Sequence[float], failed: Sequence[bool] | Mask) -> Gap | None:
    last = max((k for k, fails in enumerate(failed) if not fails), default=len(values))
    return Gap(values[last], values[last + 1]) if last + 1 < len(values) else None
