"""Says beforehand that many runs of code of one's own take long, as it is called at one point at a time."""

import warnings
from time import perf_counter

from fallline.descent import Run
from fallline.descent.lanes import cost_of_lanes, one_at_a_time
from fallline.spec.models import SingleSpec
from fallline.spec.plan import Plan

STEPS_TIMED = 20
TOLD_FROM = 10.0
"""Seconds: what takes less is not told."""


class SlowWarning(UserWarning):
    """What was asked for takes long, as code of one's own steps one point at a time."""


def warn_if_slow(spec: SingleSpec, plan: Plan, runs: int | None = None) -> None:
    """Warn how long a sweep, a map of starts or a search takes at the most, by a few steps that are timed.

    Args: runs: how many there are, where the spec does not tell.
    """
    run = plan.runs[0]
    if one_at_a_time(run):
        count = round(spec.cost(plan.runs) / cost_of_lanes(run, 1)) if runs is None else runs
        warn_of_runs(run, spec.optimizers[0].display_name, count, spec.stop.max_steps)


def warn_of_runs(run: Run, label: str, count: int, steps: int) -> None:
    """Warn how long so many runs like one, of up to so many steps, take where each is made by itself."""
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
