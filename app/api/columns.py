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


Piece = bytes | memoryview
"""A part of a text."""


class _Column:
    """The JSON of one list that grows."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []

    def add(self, values: Sequence[Any]) -> None:
        """Write `values` without the brackets about them, and without copying what is left."""
        if values:
            self.pieces.append(memoryview(orjson.dumps(values))[1:-1])

    def text(self) -> Iterator[Piece]:
        yield b"["
        for index, piece in enumerate(self.pieces):
            if index:
                yield b","
            yield piece
        yield b"]"


class ColumnText:
    """The JSON of the columns of one run, of which blocks come one after the other."""

    def __init__(self, parameters: Sequence[str], fields: Sequence[str]) -> None:
        self._columns: dict[str, dict[str, _Column] | _Column | None] = {
            field: {name: _Column() for name in parameters} if field in BY_PARAMETER else _Column() for field in fields
        }

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

    def text(self) -> Iterator[Piece]:
        """`,"parameters":{"x":[...]},"loss":[...]` and so on, to stand in an object."""
        for field, column in self._columns.items():
            yield f',"{field}":'.encode()
            if isinstance(column, dict):
                yield from _object(column)
            else:
                yield from column.text() if column else (b"null",)


def _object(members: dict[str, _Column]) -> Iterator[Piece]:
    for index, (name, column) in enumerate(members.items()):
        yield (b"," if index else b"{") + orjson.dumps(name) + b":"
        yield from column.text()
    yield b"}"
