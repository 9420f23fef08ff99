"""Runs for the tests of what is told about them."""

from __future__ import annotations

from collections.abc import Generator
from itertools import chain
from typing import Any, TypeVar

from app.descent import Run
from app.descent.run import PhaseBlock
from app.optimizers import OPTIMIZERS

T = TypeVar("T")

FORMS = [(name, form) for name, optimizer in OPTIMIZERS.items() for form in ("standard", *optimizer.forms)]
"""Every text of the catalog: (optimizer, form)."""


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
    pieces = [piece.block.states or {} for piece in in_pieces(run)]
    return [list(chain(*(held[state][i] for held in pieces))) for state in pieces[0] for i in range(len(run.start))]


def in_pieces(run: Run, *sizes: int) -> list[PhaseBlock]:
    """A whole run in pieces of so many rows, with states."""
    return list(run.pieces(sizes))
