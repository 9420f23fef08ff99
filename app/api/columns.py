"""Columns of a run as JSON, in pieces: orjson holds the interpreter while it writes, so it writes little at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import orjson

from app.descent import Block, End, Run

FIELDS = ("parameters", "loss", "gradient", "learning_rate", "step_size", "batch")
"""The columns of a run, in the order of a reply."""

BY_PARAMETER = ("parameters", "gradient")

OPERATIONS_A_BLOCK = 50_000
"""About a millisecond of work, so that a slice ends near its time whatever a step costs."""


def rows_a_block(run: Run, most: int) -> int:
    """How many rows to compute at once: a pure function of the spec."""
    return max(1, min(most, int(OPERATIONS_A_BLOCK / run.cost)))


def columns(block: Block, parameters: Sequence[str], fields: Sequence[str]) -> dict[str, Any]:
    """The columns of a block by name: a list each, or a list for each parameter."""
    return {
        field: dict(zip(parameters, getattr(block, field), strict=True))
        if field in BY_PARAMETER
        else getattr(block, field)
        for field in fields
    }


def ending(end: End) -> dict[str, Any]:
    """How a run ended, as a reply tells it."""
    diverged = {} if end.diverged_at is None else {"diverged_at": end.diverged_at}
    return {"stop_reason": end.reason, "n_steps": end.n_steps, **diverged, "sentence": end.sentence}


class _Column:
    """The JSON of one list that grows."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []
        self.count = 0

    def add(self, values: Sequence[Any]) -> None:
        if values:
            self.pieces.append(orjson.dumps(values)[1:-1])
            self.count += len(values)

    def text(self) -> Iterator[bytes]:
        yield b"["
        for index, piece in enumerate(self.pieces):
            if index:
                yield b","
            yield piece
        yield b"]"


class ColumnText:
    """The JSON of the columns of one run, of which blocks come one after the other."""

    def __init__(self, parameters: Sequence[str], fields: Sequence[str]) -> None:
        self._parameters = parameters
        self._columns: dict[str, dict[str, _Column] | _Column | None] = {
            field: {name: _Column() for name in parameters} if field in BY_PARAMETER else _Column() for field in fields
        }

    @property
    def numbers(self) -> int:
        """Numbers written so far."""
        return sum(column.count for column in self._each())

    def add(self, block: Block) -> None:
        """Write the rows of one more block."""
        for field, column in self._columns.items():
            values = getattr(block, field)
            if isinstance(column, dict):
                for part, piece in zip(column.values(), values, strict=True):
                    part.add(piece)
            elif values is None:
                self._columns[field] = None
            elif column is not None:
                column.add(values)

    def text(self) -> Iterator[bytes]:
        """`,"parameters":{"x":[...]},"loss":[...]` and so on, to stand in an object."""
        for field, column in self._columns.items():
            yield f',"{field}":'.encode()
            if isinstance(column, dict):
                yield from _object(column)
            else:
                yield from column.text() if column else (b"null",)

    def _each(self) -> Iterator[_Column]:
        for column in self._columns.values():
            if isinstance(column, dict):
                yield from column.values()
            elif column is not None:
                yield column


def _object(members: dict[str, _Column]) -> Iterator[bytes]:
    for index, (name, column) in enumerate(members.items()):
        yield (b"," if index else b"{") + orjson.dumps(name) + b":"
        yield from column.text()
    yield b"}"
