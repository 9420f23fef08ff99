"""Work in short parts, between which the caller can do other things."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any, TypeVar

Returned = TypeVar("Returned")

InParts = Generator[Any, None, Returned]
"""A generator that yields after each part, and returns the result. It yields the number of steps taken in the part, a
`Progress`, or None."""


@dataclass(frozen=True)
class Progress:
    """The progress of long work.

    Args:
        done: the share of it that is done, from 0 to 1; it never decreases.
        steps: taken in this part.
        so_far: a preliminary result, if there is one.
    """

    done: float
    steps: int = 0
    so_far: Any = None


def steps_of(part: Progress | int | None) -> int:
    """The steps taken in a part."""
    return part.steps if isinstance(part, Progress) else part or 0


def telling(work: InParts[Returned], begin: float, end: float, most: int) -> InParts[Returned]:
    """Do `work`, which takes at most `most` steps, and yield after each part its `Progress`, from `begin` to `end`."""
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
    """Do `work` without a pause, and return its result. Args: tell: called with the share done, if the work says it."""
    while True:
        try:
            part = next(work)
        except StopIteration as end:
            result: Returned = end.value
            return result
        if isinstance(part, Progress):
            tell(part.done)
