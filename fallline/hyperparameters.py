"""Kinds of hyperparameters, each with a slider, the allowed values, and often a default and a help text."""

import math
from dataclasses import dataclass
from functools import partial
from numbers import Real
from typing import Any, Literal

import numpy as np

Scale = Literal["log", "decay", "linear"]

LARGEST_COUNT = 10**9
"""The largest value of any count. No run reaches it, and every reader of JSON keeps it exactly."""


@dataclass(frozen=True)
class Interval:
    """The finite numbers between two ends.

    Args:
        low, high: the ends; an infinite end is itself not allowed.
        low_open, high_open: whether the end is excluded.
    """

    low: float = -math.inf
    high: float = math.inf
    low_open: bool = False
    high_open: bool = False

    def __contains__(self, value: float) -> bool:
        above = value > self.low if self.low_open else value >= self.low
        below = value < self.high if self.high_open else value <= self.high
        return math.isfinite(value) and above and below

    def __str__(self) -> str:
        if math.isinf(self.low) and math.isinf(self.high):
            return "any finite number"
        if math.isinf(self.high):
            return f"{'above' if self.low_open else 'at least'} {_end(self.low)}"
        if math.isinf(self.low):
            return f"{'below' if self.high_open else 'at most'} {_end(self.high)}"
        return f"in {'(' if self.low_open else '['}{_end(self.low)}, {_end(self.high)}{')' if self.high_open else ']'}"


def _end(value: float) -> str:
    """The text of an end: a whole number with all its digits, if floats represent it exactly."""
    return f"{value:.0f}" if float(value).is_integer() and abs(value) < 2**53 else f"{value:g}"


def counted(low: float) -> Interval:
    """The interval of the values of a count, from `low`."""
    return Interval(low, LARGEST_COUNT)


@dataclass(frozen=True)
class Param:
    """One hyperparameter of an optimizer or a schedule."""

    default: float
    """The value that it has if none is given."""
    help: str
    """One sentence on what it does."""
    min: float
    """The lower end of its slider; smaller values may be typed, if they are allowed."""
    max: float
    """The upper end of its slider; larger values may be typed, if they are allowed."""
    scale: Scale = "linear"
    """The scale of the slider: `log`, `linear`, or `decay` (logarithmic in 1 - value, for numbers just below 1)."""
    allowed: Interval = Interval()
    """The values for which the formula is defined."""
    whole: bool = False
    """Whether only whole numbers are allowed, as it is a count."""

    def takes(self, value: float) -> bool:
        """Whether the formula is defined for this value."""
        return value in self.allowed and (not self.whole or float(value).is_integer())

    @property
    def range_text(self) -> str:
        """The allowed values in words: `in [0, 1)` or `a whole number, at least 1`."""
        return f"a whole number, {self.allowed}" if self.whole else str(self.allowed)

    def check_value(self, what: str, value: Any) -> None:
        """Check a value, or each of an array. Raises: ValueError, beginning with `what`, if one is not allowed."""
        each_of: Any = np.ravel(value) if isinstance(value, np.ndarray) else (value,)
        if len(each_of) > 2 and not self.whole:  # if the least and the greatest are in the interval, all are
            each_of = np.min(each_of), np.max(each_of)
        for each in each_of:
            if not (isinstance(each, (float, Real)) and self.takes(float(each))):
                raise ValueError(f"{what} must be {self.range_text}; got {each}")


POSITIVE = Interval(low=0, low_open=True)

Rate = partial(
    Param, help="How far a step goes for a given gradient.", min=1e-5, max=10.0, scale="log", allowed=POSITIVE
)
"""The learning rate."""
Decay = partial(Param, min=0.0, max=0.9999, scale="decay", allowed=Interval(0, 1, high_open=True))
"""The share of an average that is kept from one step to the next."""
Tiny = partial(
    Param,
    help="Keeps the division from failing where the gradients vanish.",
    min=1e-16,
    max=1.0,
    scale="log",
    allowed=Interval(low=0),
)
"""A number that keeps a division from failing, and should have no other effect."""
Length = partial(Param, min=1e-8, max=100.0, scale="log", allowed=POSITIVE)
"""A length in units of the parameters."""
Factor = partial(Param, min=0.0, max=1.0, allowed=Interval(low=0))
"""A factor; with 0 its term vanishes."""
Count = partial(Param, min=1.0, max=1000.0, scale="log", allowed=counted(1), whole=True)
"""A number of steps."""
