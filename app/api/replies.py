"""The reply of runs that is not streamed: JSON, a line a row, or a table.

orjson holds the interpreter while it writes, so it writes a column or a row at a time.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, repeat, zip_longest
from typing import Any, NoReturn

import orjson

from app.api.errors import Refused
from app.api.runs import BY_PARAMETER, ending, heading
from app.api.spec.plan import Plan
from app.api.worker import Work, rows_a_block
from app.descent import Block, End

ROWS = 1024
"""Rows of a block at the most."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet take a text for a formula."""


@dataclass(frozen=True)
class ComputedRun:
    """A run that has ended.

    Args:
        parts: field -> what each block has of it.
        n_rows: rows in all.
        end: how it ended.
    """

    parts: dict[str, list[Any]]
    n_rows: int
    end: End


Runs = Sequence[ComputedRun]


def reply(plan: Plan, fields: Sequence[str], media_type: str, most: int) -> Work:
    """Compute the runs of a plan and return their columns `fields` as text of one of MEDIA_TYPES.

    Raises: Refused (422) where it would hold more than `most` numbers.
    """
    runs = yield from _computed(plan, fields, most)
    return (yield from WRITERS[media_type](plan, fields, runs))


def _computed(plan: Plan, fields: Sequence[str], most: int) -> Generator[None, None, Runs]:
    runs, numbers = [], 0
    for run in plan.runs:
        parts: dict[str, list[Any]] = {field: [] for field in fields}
        n_rows = 0
        for block in run.blocks(repeat(rows_a_block(run, ROWS))):
            numbers += _numbers(block, fields)
            if numbers > most:
                _refuse(plan, most)
            for field, column in parts.items():
                column.append(getattr(block, field))
            n_rows += len(block)
            yield
        assert block.end is not None
        runs.append(ComputedRun(parts, n_rows, block.end))
    return runs


def json_text(plan: Plan, fields: Sequence[str], runs: Runs) -> Work:
    """Columns, as the API's own form has them."""
    written = []
    for index, run in enumerate(runs):
        columns: dict[str, Any] = {}
        for field in fields:
            parts = run.parts[field]
            if field in BY_PARAMETER:
                columns[field] = {}
                for name, *lists in zip(plan.problem.parameters, *parts, strict=True):
                    columns[field][name] = _joined(lists)
                    yield
            else:
                columns[field] = None if parts[0] is None else _joined(parts)
                yield
        about = {"optimizer": plan.optimizer(index), **ending(run.end), "notes": plan.notes(index)}
        written.append({**about, **columns})
    return orjson.dumps({**heading(plan), "runs": written})


def _joined(lists: Sequence[list[Any]]) -> orjson.Fragment:
    """The JSON of lists that make up one column."""
    return orjson.Fragment(orjson.dumps([*chain.from_iterable(lists)]))


def lines_text(plan: Plan, fields: Sequence[str], runs: Runs) -> Work:
    """One JSON object a row; the last row of a run also says how it ended."""
    names, text = plan.problem.parameters, bytearray()
    for index, run in enumerate(runs):
        for t, *values in _rows(run, fields):
            line: dict[str, Any] = {"run": index, "t": t}
            for field, value in zip(fields, values, strict=True):
                line[field] = dict(zip(names, value, strict=True)) if value and field in BY_PARAMETER else value
            if t == run.n_rows - 1:
                line |= ending(run.end)
            text += orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE)
            yield
    return bytes(text)


def table_text(plan: Plan, fields: Sequence[str], runs: Runs) -> Work:
    """A table with a heading, for a spreadsheet."""
    names, text = plan.problem.parameters, io.StringIO()
    heads = {"parameters": names, "gradient": [f"gradient_{name}" for name in names]}
    table = csv.writer(text)
    table.writerow(["run", "label", "t", *chain.from_iterable(heads.get(field, (field,)) for field in fields)])
    for index, run in enumerate(runs):
        label = _no_formula(plan.spec.optimizers[index].shown)
        for t, *values in _rows(run, fields):
            cells = (_cells(field, value, len(names)) for field, value in zip(fields, values, strict=True))
            table.writerow([index, label, t, *chain.from_iterable(cells)])
            yield
    return text.getvalue().encode()


def _cells(field: str, value: Any, width: int) -> Sequence[Any]:
    if field in BY_PARAMETER:
        return value or [None] * width
    return [" ".join(map(str, value)) if isinstance(value, list) else value]


def _rows(run: ComputedRun, fields: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """The step number t of each row, and its value of each field: a tuple where there is one for each parameter.

    The gradient, rate, step size and batch of row t are the ones used to reach row t + 1: the last row has None.
    """
    return zip_longest(range(run.n_rows), *(_by_row(run, field) for field in fields))


def _by_row(run: ComputedRun, field: str) -> Iterator[Any]:
    for part in run.parts[field]:
        yield from zip(*part, strict=True) if field in BY_PARAMETER else part or ()


WRITERS: dict[str, Callable[[Plan, Sequence[str], Runs], Work]] = {
    "application/json": json_text,
    "application/jsonl": lines_text,
    "text/csv": table_text,
}
MEDIA_TYPES = tuple(WRITERS)
"""What a reply may be written as; the first is the default."""


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
