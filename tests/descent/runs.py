"""Runs for the tests of what is told about them."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from itertools import chain, repeat
from typing import Any, TypeVar
from unittest.mock import patch

from fallline.descent import Block, Row, Run
from fallline.descent.driver import Driver
from fallline.optimizers import OPTIMIZERS

T = TypeVar("T")

RULES = [name for name, optimizer in OPTIMIZERS.items() if optimizer.rule]
FORMS = [(name, form) for name in RULES for form in ("standard", *OPTIMIZERS[name].forms)]
"""Every rule of the catalog: (optimizer, form)."""
METHODS = [name for name, optimizer in OPTIMIZERS.items() if optimizer.method]
"""The optimizers of the catalog that step by a method that is no rule."""


class OnArrays(Run):
    """A run that goes over arrays where the quick loop could."""

    def next_block(self, row: Row | None = None, most_rows: int = 1024) -> Block:
        with patch("fallline.descent.run.driver_of", lambda *_: Driver):
            return super().next_block(row, most_rows)


def finished(work: Generator[None, None, T]) -> T:
    """What a generator returns."""
    while True:
        try:
            next(work)
        except StopIteration as end:
            value: T = end.value
            return value


def columns(run: Run, field: str) -> list[list[Any]]:
    """A column for each parameter (or for each state of each parameter) of a whole run."""
    if field != "states":
        return list(getattr(run.whole(), field))
    states = [block.states or {} for block in by_optimizer(run)]
    return [list(chain(*(held[state][i] for held in states))) for state in states[0] for i in range(len(run.start))]


def by_optimizer(run: Run, *sizes: int) -> Iterator[Block]:
    """A whole run in blocks of at most so many rows, each by one optimizer."""
    block = run.next_block()
    yield block
    for most_rows in chain(sizes, repeat(1024)):
        if block.end is not None:
            return
        block = run.next_block(block.last, most_rows)
        yield block
