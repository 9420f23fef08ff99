"""What the quantities of a run can be, from its rule and its constants alone, for whatever its path."""

from __future__ import annotations

from collections.abc import Mapping

from app.descent.loop import BEYOND
from app.descent.run import Run
from app.descent.unroll import DONE
from app.formulas.bounds import LARGEST, Interval, Reach, hull
from app.formulas.nodes import Node
from app.problems.objective import Objective, OverData

FINITE: Interval = (-LARGEST, LARGEST)
NEAR: Interval = (-BEYOND, BEYOND)
ROUNDS = 20
"""A state's interval is widened at each end at most twice, so it settles long before."""


def rate_reach(run: Run) -> tuple[Interval, set[Node]]:
    """Where the rate in force lies, and which operations of its formula floats may refuse."""
    last = float(max(run.stop.max_steps, 1))
    reach = Reach({**_points(run.setup.known), "t": (1.0, last), DONE: (0.0, last - 1)})
    return reach.of(run.unrolled.lr), reach.raising


def rule_raising(run: Run, *, guarded: bool = True) -> set[Node]:
    """Which operations of the rule's lines floats may refuse, at any step; `guarded` as in `Reach`."""
    last = float(max(run.stop.max_steps, 1))
    given = {**_points(run.setup.known), "w": NEAR, "g": FINITE, "t": (1.0, last), "lr": rate_reach(run)[0]}
    held = _points(run.initial)
    for _ in range(ROUNDS):
        after, raising = _one_step(run, {**given, **held}, guarded)
        grown = {state: _widened(held[state], hull((held[state], after[state]))) for state in held}
        if grown == held:
            return raising
        held = grown
    return _one_step(run, {**given, **dict.fromkeys(held, FINITE)}, guarded)[1]


def objective_known(objective: Objective) -> dict[str, Interval]:
    """Where the parameters lie that a loss is asked for, and the data."""
    known = dict.fromkeys(objective.parameters, NEAR)
    columns = objective.columns if isinstance(objective, OverData) else {}
    return {**known, **{name: (min(values), max(values)) for name, values in columns.items()}}


def _one_step(run: Run, known: Mapping[str, Interval], guarded: bool) -> tuple[dict[str, Interval], set[Node]]:
    found, raising = dict(known), set[Node]()
    for target, formula in run.setup.rule.lines:
        reach = Reach(found, guarded=guarded)
        found[target] = reach.of(formula)
        raising |= reach.raising
    return found, raising


def _points(values: Mapping[str, float]) -> dict[str, Interval]:
    return {name: (value, value) for name, value in values.items()}


def _widened(before: Interval, after: Interval) -> Interval:
    """`after`, each end that moved set to 0 where it may stay on its side of it, else as far as a state can be."""
    low = before[0] if after[0] >= before[0] else 0.0 if after[0] >= 0 else -LARGEST
    high = before[1] if after[1] <= before[1] else 0.0 if after[1] <= 0 else LARGEST
    return low, high
