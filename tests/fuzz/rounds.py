"""Checks with random examples, in turn, until the time is up."""

from __future__ import annotations

import time
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from functools import wraps
from itertools import count
from typing import Any

from hypothesis import HealthCheck, seed, settings

EXAMPLES = 100
"""Of one check in a round."""

a_round = settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
"""The decorator of every check."""

Check = Callable[[], Any]


def run(checks: Sequence[Check], seconds: float, first: int) -> int:
    """Make rounds for so many seconds; returns how many checks failed, each of which is left out from then on."""
    ends, ran, left = time.monotonic() + seconds, Counter[str](), list(checks)
    for check in left:
        inner = check.hypothesis  # type: ignore[attr-defined]
        inner.inner_test = _counted(inner.inner_test, ran, check.__name__)
    for number in count(first):
        for check in list(left):
            if time.monotonic() >= ends:
                break
            try:
                seed(number)(check)()
            except BaseException as fault:
                if isinstance(fault, KeyboardInterrupt):
                    raise
                traceback.print_exc()
                print(f"{check.__name__} failed in the round with --seed {number}", flush=True)
                left.remove(check)
        if not left or time.monotonic() >= ends:
            break
    for check in checks:
        print(f"  {ran[check.__name__]:8} {check.__name__.replace('_', ' ')}", flush=True)
    return len(checks) - len(left)


def _counted(inner: Callable[..., Any], ran: Counter[str], name: str) -> Callable[..., Any]:
    @wraps(inner)
    def counted(*args: Any, **kwargs: Any) -> Any:
        ran[name] += 1
        return inner(*args, **kwargs)

    return counted
