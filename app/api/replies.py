"""The reply of runs that is not streamed: JSON, a line a step, or a table; each made block by block.

orjson holds the interpreter while it writes, so it writes little at a time.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from typing import Any, ClassVar, NoReturn

import orjson

from app.api.errors import Refused
from app.api.responses import Piece
from app.api.runs import BY_PARAMETER, ending, heading
from app.api.spec.plan import Plan
from app.api.worker import rows_a_block
from app.descent import Block, Run

Row = tuple[int, dict[str, Any]]
"""The step number t, and field -> its value; a tuple where there is one for each parameter."""

ROW_FIELDS = ("parameters", "loss")
"""What a row has by itself; the other fields belong to the step from it to the next row."""

ROWS = 1024
"""Rows of a block at the most."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet take a text for a formula."""


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


def rows(blocks: Iterable[Block], fields: Sequence[str]) -> Iterator[list[Row]]:
    """The rows of a run, for each block those that are complete; the last one also has its `end`.

    The gradient, rate, step size and batch of row t are the ones used to reach row t + 1, so a row waits for the
    next one, and the last has None there.
    """
    of_row = [field for field in fields if field in ROW_FIELDS]
    of_step = [field for field in fields if field not in ROW_FIELDS]
    waiting: list[dict[str, Any]] = []
    t, end = 0, None
    for block in blocks:
        waiting += _records(block, of_row, len(block.loss))
        steps = _records(block, of_step, len(block.step_size))
        yield [(t + i, place | step) for i, (place, step) in enumerate(zip(waiting[:-1], steps, strict=True))]
        t, waiting, end = t + len(steps), waiting[-1:], block.end
    yield [(t, place | dict.fromkeys(of_step) | {"end": end}) for place in waiting]


def _records(block: Block, fields: Sequence[str], count: int) -> list[dict[str, Any]]:
    columns = [_column(block, field, count) for field in fields]
    return [dict(zip(fields, values, strict=True)) for values in zip(*columns, strict=True)] or [{}] * count


def _column(block: Block, field: str, count: int) -> Iterable[Any]:
    values = getattr(block, field)
    if field in BY_PARAMETER:
        return zip(*values, strict=True)
    return repeat(None, count) if values is None else values


class Reply:
    """Runs written out as text of one media type.

    Args:
        plan: what runs; fields: the columns wanted; max_numbers: how many numbers it may hold.
    """

    media_type: ClassVar[str]

    def __init__(self, plan: Plan, fields: Sequence[str], max_numbers: int) -> None:
        self.plan, self.fields, self._max_numbers = plan, fields, max_numbers
        self.pieces: list[Piece] = []
        self.numbers = 0

    def work(self) -> Iterator[None]:
        """Compute and write; pauses after each block. Raises: Refused (422) past `max_numbers`."""
        self.begin()
        for index, run in enumerate(self.plan.runs):
            yield from self.write(index, run)
        self.finish()

    def blocks(self, run: Run) -> Iterator[Block]:
        """The blocks of a run, counted."""
        for block in run.blocks(repeat(rows_a_block(run, ROWS))):
            self.numbers += _numbers(block, self.fields)
            if self.numbers > self._max_numbers:
                _refuse(self.plan, self._max_numbers)
            yield block

    def begin(self) -> None:
        """Write what stands before the runs."""

    def write(self, index: int, run: Run) -> Iterator[None]:
        """Write one run, pausing after each block."""
        raise NotImplementedError

    def finish(self) -> None:
        """Write what stands after the runs."""


class JsonReply(Reply):
    """Columns, as the API's own form has them."""

    media_type = "application/json"

    def begin(self) -> None:
        self.pieces.append(orjson.dumps(heading(self.plan))[:-1] + b',"runs":[')

    def write(self, index: int, run: Run) -> Iterator[None]:
        text = ColumnText(self.plan.problem.parameters, self.fields)
        for block in self.blocks(run):
            text.add(block)
            yield
        assert block.end is not None
        about = {"optimizer": self.plan.optimizer(index), **ending(block.end), "notes": self.plan.notes(index)}
        self.pieces.append((b"," if index else b"") + orjson.dumps(about)[:-1])
        self.pieces += text.text()
        self.pieces.append(b"}")

    def finish(self) -> None:
        self.pieces.append(b"]}")


class LinesReply(Reply):
    """One JSON object a row; the last row of a run also says how it ended."""

    media_type = "application/jsonl"

    def write(self, index: int, run: Run) -> Iterator[None]:
        for ready in rows(self.blocks(run), self.fields):
            lines = [{"run": index, "t": t, **self._by_name(row)} for t, row in ready]
            self.pieces.append(b"".join(orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE) for line in lines))
            yield

    def _by_name(self, row: dict[str, Any]) -> dict[str, Any]:
        names, end = self.plan.problem.parameters, row.get("end")
        return {
            field: dict(zip(names, row[field], strict=True)) if field in BY_PARAMETER and row[field] else row[field]
            for field in self.fields
        } | (ending(end) if end else {})


class TableReply(Reply):
    """A table with a heading, for a spreadsheet."""

    media_type = "text/csv"

    def begin(self) -> None:
        self._heads = {
            "parameters": list(self.plan.problem.parameters),
            "gradient": [f"gradient_{name}" for name in self.plan.problem.parameters],
        }
        wide = [head for field in self.fields for head in self._heads.get(field, [field])]
        self._write([["run", "label", "t", *wide]])

    def write(self, index: int, run: Run) -> Iterator[None]:
        label = _no_formula(self.plan.spec.optimizers[index].shown)
        for ready in rows(self.blocks(run), self.fields):
            self._write([index, label, t, *self._cells(row)] for t, row in ready)
            yield

    def _cells(self, row: dict[str, Any]) -> Iterator[Any]:
        for field in self.fields:
            value = row[field]
            if field in self._heads:
                yield from value or [None] * len(self._heads[field])
            else:
                yield " ".join(map(str, value)) if isinstance(value, list) else value

    def _write(self, lines: Iterable[Iterable[Any]]) -> None:
        text = io.StringIO()
        csv.writer(text).writerows(lines)
        self.pieces.append(text.getvalue().encode())


REPLIES: dict[str, type[Reply]] = {each.media_type: each for each in (JsonReply, LinesReply, TableReply)}
"""Media type -> the reply in it; the first is the default."""


def _no_formula(text: str) -> str:
    """The text with a mark before it where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _numbers(block: Block, fields: Sequence[str]) -> int:
    rows, width = len(block.loss), len(block.parameters)
    plain = sum(width if field in BY_PARAMETER else 1 for field in fields if field != "batch")
    drawn = sum(len(batch or ()) for batch in block.batch) if block.batch and "batch" in fields else 0
    return rows * plain + drawn


def _refuse(plan: Plan, most: int) -> NoReturn:
    ways = "ask for fewer steps, for fewer columns (fields=), or for the stream"
    msg = f"the reply would hold more than {most} numbers: {ways}"
    raise Refused(422, (plan.where, "stop", "max_steps"), msg, "too_many_numbers")
