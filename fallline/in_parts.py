"""Work that is done in parts, each short, so that whoever drives it can do other things between them."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any, TypeVar

Returned = TypeVar("Returned")

InParts = Generator[Any, None, Returned]
"""Yields after each part, with the number of steps taken in it, their `Progress` or None, and returns its result."""


@dataclass(frozen=True)
class Progress:
    """How far long work is.

    Args:
        done: the share of it that is done, from 0 to 1, and never less than before.
        steps: taken in this part.
        so_far: its result as far as it is known, where that is of use.
    """

    done: float
    steps: int = 0
    so_far: Any = None


def steps_of(part: Progress | int | None) -> int:
    """The steps taken in a part."""
    return part.steps if isinstance(part, Progress) else part or 0


def telling(work: InParts[Returned], begin: float, end: float, most: int) -> InParts[Returned]:
    """Tell after each part of `work`, which takes `most` steps at the most, how far it is from `begin` to `end`."""
    taken = 0
    while True:
        try:
            steps = steps_of(next(work))
        except StopIteration as over:
            result: Returned = over.value
            return result
        taken += steps
        yield Progress(begin + (end - begin) * min(1.0, taken / most), steps)


def whole(work: InParts[Returned], tell: Callable[[float], None] = lambda _: None) -> Returned:
    """What `work` returns, done at one go. Args: tell: told how far it is, where the work tells."""
    while True:
        try:
            part = next(work)
        except StopIteration as end:
            result: Returned = end.value
            return result
        if isinstance(part, Progress):
            tell(part.done)
