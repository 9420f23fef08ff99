"""Warnings, before they begin, of many runs that are slow, as a method or a loss takes one point at a time."""

import warnings
from time import perf_counter

from fallline.descent import Run
from fallline.descent.lanes import cost_of_lanes, one_by_one
from fallline.spec.models import SingleSpec
from fallline.spec.plan import Plan

STEPS_TIMED = 20
TOLD_FROM = 10.0
"""There is no warning of runs that take fewer seconds than this."""


class SlowWarning(UserWarning):
    """Many runs will take long, as they are stepped one after the other."""


def warn_if_slow(spec: SingleSpec, plan: Plan, runs: int | None = None) -> None:
    """Warn if a sweep, a map of starts or a search may take long; the time is estimated from a few timed steps.

    Args: runs: the number of runs, if it does not follow from the spec.
    """
    run = plan.runs[0]
    if one_by_one(run):
        count = round(spec.cost(plan.runs) / cost_of_lanes(run, 1)) if runs is None else runs
        warn_of_runs(run, spec.optimizers[0].display_name, count, spec.stop.max_steps)


def warn_of_runs(run: Run, label: str, count: int, steps: int) -> None:
    """Warn if `count` runs of up to `steps` steps, one after the other, may take long. Args: run: one of these runs."""
    row = run.next_block().last
    begin, taken = perf_counter(), 0
    while taken < min(STEPS_TIMED, steps):
        block = run.next_block(row, 1)
        row, taken = block.last, taken + 1
        if block.end:
            break
    seconds = (perf_counter() - begin) / taken * count * steps
    if seconds >= TOLD_FROM:
        warnings.warn(
            f"{label} takes one point at a time: {count} runs of up to {steps} steps are "
            f"about {_time_text(seconds)} at the most; Ctrl-C cancels",
            SlowWarning,
            stacklevel=4,
        )


def _time_text(seconds: float) -> str:
    minutes = seconds / 60
    return f"{seconds:.0f} s" if seconds < 90 else f"{minutes:.0f} min" if minutes < 90 else f"{minutes / 60:.1f} h"
