"""A line search: the length of a step along a direction of descent."""

from collections.abc import Callable
from typing import NamedTuple

from fallline.optimizers.method import StepInput
from fallline.types import Array

MOST_TRIES = 40
"""The most lengths tried in all; as many halvings leave a part in 10**12."""
NEAREST = 0.1
"""The least distance of an interpolated length from either end of its interval, as a fraction of the interval."""


class Trial(NamedTuple):
    """A length, the loss there, and the slope along the direction; None if the slope was not evaluated."""

    length: float
    loss: float
    slope: float | None = None


def wolfe_length(at: StepInput, direction: Array, first: float, c1: float, c2: float) -> float:
    r"""Return the first length tried that meets the strong Wolfe conditions; 0 if none does and none leads down.

    $L(w + \alpha d) \le L(w) + c_1 \alpha\, g^T d$ and $|\nabla L(w + \alpha d)^T d| \le c_2 |g^T d|$.

    From `first` on, lengths are doubled until an interval contains one that meets the conditions. Then the interval is
    narrowed: at the minimum of a parabola, or in the middle if that minimum is too near an end. If the tries run out,
    as when the loss has hardly any digits left, the result is the lowest length that meets the first condition, if its
    loss is below that at the start.

    Args:
        at: the point from which the step starts; direction: shape (n,).
        first: the length tried first, above 0; c1, c2: with 0 < c1 < c2 < 1.

    Source: Nocedal & Wright 2006, Numerical optimization, algorithms 3.5 and 3.6.
    """
    w, loss, evaluate = at.w, float(at.loss), at.evaluate
    slope = float(at.g @ direction)
    if not slope < 0:
        return 0.0

    def tried(length: float) -> Trial:
        return Trial(length, float(evaluate.loss(w + length * direction)))

    def falls_enough(trial: Trial) -> bool:
        return trial.loss <= loss + c1 * trial.length * slope

    def with_slope(trial: Trial) -> Trial:
        return trial._replace(slope=float(evaluate.gradient(w + trial.length * direction) @ direction))

    low, length = Trial(0.0, loss, slope), first
    for tries in range(1, MOST_TRIES):
        there = tried(length)
        if not falls_enough(there) or (tries > 1 and there.loss >= low.loss):
            high = there
            break
        there = with_slope(there)
        if abs(there.slope or 0) <= -c2 * slope:
            return there.length
        if (there.slope or 0) >= 0:
            low, high = there, low
            break
        low, length = there, 2 * length
    else:
        return low.length
    found = _zoomed(low, high, tried, falls_enough, with_slope, -c2 * slope, MOST_TRIES - tries)
    return found.length if found.loss < loss or (found.slope is not None and abs(found.slope) <= -c2 * slope) else 0.0


def _zoomed(
    low: Trial,
    high: Trial,
    tried: Callable[[float], Trial],
    falls_enough: Callable[[Trial], bool],
    with_slope: Callable[[Trial], Trial],
    flat: float,
    tries: int,
) -> Trial:
    """Return a length between two that meets both conditions; if none is found, the lowest that meets the first.

    Args:
        low: the lowest length so far that meets the first condition; its slope leads down towards `high`.
        flat: the largest slope that meets the second condition.
        tries: the most lengths to try.
    """
    for _ in range(tries):
        there = tried(_between(low, high))
        if there.length in (low.length, high.length):
            break
        if not falls_enough(there) or there.loss >= low.loss:
            high = there
            continue
        there = with_slope(there)
        assert there.slope is not None
        if abs(there.slope) <= flat:
            return there
        if there.slope * (high.length - low.length) >= 0:
            high = low
        low = there
    return low


def _between(low: Trial, high: Trial) -> float:
    """Return the minimum of the parabola through both losses and the slope at `low`; near an end, the middle."""
    assert low.slope is not None
    width = high.length - low.length
    bend = high.loss - low.loss - low.slope * width
    share = -low.slope * width / (2 * bend) if bend > 0 else 0.5
    return low.length + (share if NEAREST <= share <= 1 - NEAREST else 0.5) * width
