"""A run row by row, for replies that are read a line at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from typing import Any

from app.api.columns import BY_PARAMETER
from app.descent import Block

Row = tuple[int, dict[str, Any]]
"""The step number t, and field -> its value; a tuple where there is one for each parameter."""

AT_A_PLACE = ("parameters", "loss")
"""What a row has by itself; the other fields belong to the step from it to the next row."""


def rows(blocks: Iterable[Block], fields: Sequence[str]) -> Iterator[list[Row]]:
    """The rows of a run, for each block those that are complete.

    The gradient, rate, step size and batch of row t are the ones used to reach row t + 1, so a row waits for the
    next one, and the last has None there.
    """
    here = [field for field in fields if field in AT_A_PLACE]
    onward = [field for field in fields if field not in AT_A_PLACE]
    waiting: list[dict[str, Any]] = []
    t = 0
    for block in blocks:
        waiting += _records(block, here, len(block.loss))
        steps = _records(block, onward, len(block.step_size))
        yield [(t + i, place | step) for i, (place, step) in enumerate(zip(waiting[:-1], steps, strict=True))]
        t, waiting = t + len(steps), waiting[-1:]
    yield [(t, place | dict.fromkeys(onward)) for place in waiting]


def _records(block: Block, fields: Sequence[str], count: int) -> list[dict[str, Any]]:
    columns = [_column(block, field, count) for field in fields]
    return [dict(zip(fields, values, strict=True)) for values in zip(*columns, strict=True)] or [{}] * count


def _column(block: Block, field: str, count: int) -> Iterable[Any]:
    values = getattr(block, field)
    if field in BY_PARAMETER:
        return zip(*values, strict=True)
    return repeat(None, count) if values is None else values
