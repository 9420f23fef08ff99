"""Work that is done in parts, each short, so that whoever drives it can do other things between them."""

from collections.abc import Generator
from typing import Any, TypeVar

Returned = TypeVar("Returned")

InParts = Generator[Any, None, Returned]
"""Yields after each part, with the number of steps taken in it or None, and returns its result."""


def whole(work: InParts[Returned]) -> Returned:
    """What `work` returns, done at one go."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            result: Returned = end.value
            return result
