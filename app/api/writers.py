"""The reply of runs that is not streamed: JSON, a line a row, or a table.

orjson holds the interpreter while it writes, so it writes a short run, a column or a row at a time.
"""

from __future__ import annotations

import csv
import io
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, repeat, zip_longest
from typing import Any

import numpy as np
import orjson

from app.api.worker import Work
from app.server.errors import RequestError
from fallline.columns import BY_NAME, STEP_FIELDS
from fallline.descent import Block
from fallline.reply import ending_fields, heading_fields, list_names, notice_fields
from fallline.spec.page import FORMATS
from fallline.spec.plan import Plan
from fallline.types import Array

ROWS = 1024
"""Rows of a block at the most."""

WITH_ITS_RUN = 4096
"""Rows of a column at the most that is written together with the others of its run: a few of them take 1 ms."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""First characters by which a spreadsheet takes a text for a formula."""


Parts = Mapping[str, list[Any]]
"""Field -> what each block of a run has of it."""


def written_runs(plan: Plan, fields: Sequence[str], media_type: str, most: int, align: bool = False) -> Work:
    """Compute the runs of a plan and return their columns `fields` as text of one of MEDIA_TYPES.

    Args: most: numbers in all; align: whether row 0 of the step columns is a null.

    Raises: RequestError (422) where it would hold more than `most` numbers.
    """
    writer, numbers = WRITERS[media_type](plan, fields, STEP_FIELDS if align else ()), 0
    for index, run in enumerate(plan.runs):
        parts: Parts = {field: [] for field in fields}
        for block in run.blocks(repeat(run.rows_a_block(ROWS))):
            numbers += _numbers(block, fields)
            if numbers > most:
                raise RequestError("reply_too_large", (plan.where, "stop", "max_steps"), limit=most)
            for field, column in parts.items():
                column.append(getattr(block, field))
            yield
        yield from writer.write(index, parts, ending_fields(run, block))
    return writer.body()


class Writer(ABC):
    """Writes runs one after the other as text of one media type.

    Args:
        plan: of the runs; fields: the columns to write.
        aligned: fields whose column has a null in row 0, so that it is as long as the others.
    """

    def __init__(self, plan: Plan, fields: Sequence[str], aligned: Sequence[str]) -> None:
        self.plan, self.fields, self.aligned = plan, fields, aligned
        self.names = plan.problem.parameters

    @abstractmethod
    def write(self, index: int, parts: Parts, end: Mapping[str, Any]) -> Iterator[None]:
        """Write one run, with pauses; `end` is how it ended, as `fallline.reply.ending_fields` says it."""

    @abstractmethod
    def body(self) -> bytes:
        """All that was written."""


class JsonWriter(Writer):
    """Columns, as the schema of the reply has them."""

    def __init__(self, plan: Plan, fields: Sequence[str], aligned: Sequence[str]) -> None:
        super().__init__(plan, fields, aligned)
        self._runs: list[orjson.Fragment] = []

    def write(self, index: int, parts: Parts, end: Mapping[str, Any]) -> Iterator[None]:
        about = {"optimizer": self.plan.optimizer(index), **end, **notice_fields(self.plan, index)}
        for field, blocks in parts.items():
            aligned = field in self.aligned
            if field in BY_NAME:
                about[field] = {}
                for name, column in zip(list_names(field, self.names), np.concatenate(blocks, axis=1), strict=True):
                    about[field][name] = _column(column, aligned)
                    yield
            elif field == "batch":
                about[field] = None if blocks[0] is None else _column(list(chain.from_iterable(blocks)), aligned)
            elif field == "learning_rate":
                about[field] = _rates(np.concatenate(blocks), aligned)
            else:
                about[field] = _column(np.concatenate(blocks), aligned)
            yield
        self._runs.append(orjson.Fragment(_text(about)))

    def body(self) -> bytes:
        return orjson.dumps({**heading_fields(self.plan), "runs": self._runs})


def _column(column: Any, aligned: bool) -> Any:
    """A column to be written: a short one as it is, with its run, which is quicker; any other as its text."""
    return column if len(column) <= WITH_ITS_RUN and not aligned else _fragment(_text(column), aligned)


def _fragment(text: bytes, aligned: bool) -> orjson.Fragment:
    """The column that JSON `text` states, with a null before all else where it is aligned."""
    if aligned:
        text = b"[null]" if text == b"[]" else b"[null," + text[1:]
    return orjson.Fragment(text)


def _text(content: Any) -> bytes:
    return orjson.dumps(content, option=orjson.OPT_SERIALIZE_NUMPY)


def _rates(rates: Array, aligned: bool) -> Any:
    """A rate without a schedule is written once and repeated, which takes a tenth of the time."""
    if len(rates) and (rates == rates[0]).all():
        text = orjson.dumps(rates[0].item())
        return _fragment(b"[" + (text + b",") * (len(rates) - 1) + text + b"]", aligned)
    return _column(rates, aligned)


class LinesWriter(Writer):
    """One JSON object a row; the last row of a run also says how it ended."""

    def __init__(self, plan: Plan, fields: Sequence[str], aligned: Sequence[str]) -> None:
        super().__init__(plan, fields, aligned)
        self._text = bytearray()

    def write(self, index: int, parts: Parts, end: Mapping[str, Any]) -> Iterator[None]:
        for t, *values in _rows(parts, end["n_steps"] + 1, self.aligned):
            line: dict[str, Any] = {"run": index, "t": t}
            for field, value in zip(self.fields, values, strict=True):
                names = list_names(field, self.names)
                line[field] = dict(zip(names, value, strict=True)) if value and field in BY_NAME else value
            if t == end["n_steps"]:
                line |= end
            self._text += orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE)
            yield

    def body(self) -> bytes:
        return bytes(self._text)


class TableWriter(Writer):
    """A table with a heading, for a spreadsheet."""

    def __init__(self, plan: Plan, fields: Sequence[str], aligned: Sequence[str]) -> None:
        super().__init__(plan, fields, aligned)
        self._text = io.StringIO()
        self._table = csv.writer(self._text)
        heads = {field: tuple(f"{field}_{name}" for name in list_names(field, self.names)) for field in BY_NAME}
        heads["parameters"] = tuple(self.names)
        wide = chain.from_iterable(heads.get(field, (field,)) for field in fields)
        self._table.writerow(["run", "label", "t", *wide])

    def write(self, index: int, parts: Parts, end: Mapping[str, Any]) -> Iterator[None]:
        label = self.plan.spec.optimizers[index].display_name
        if label.startswith(FORMULA_STARTS):
            label = f"'{label}"
        for t, *values in _rows(parts, end["n_steps"] + 1, self.aligned):
            cells = chain.from_iterable(map(self._cells, self.fields, values))
            self._table.writerow([index, label, t, *cells])
            yield

    def _cells(self, field: str, value: Any) -> Sequence[Any]:
        if field in BY_NAME:
            return value or [None] * len(list_names(field, self.names))
        return [" ".join(map(str, value)) if isinstance(value, list) else value]

    def body(self) -> bytes:
        return self._text.getvalue().encode()


def _rows(parts: Parts, count: int, aligned: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """The step number t of each row, and its value of each field: a tuple where there is one for each parameter.

    The gradient, rate, step size and batch of row t are the ones used to reach row t + 1: the last row has None.
    Where they are aligned they are those that led to row t, and row 0 has None.
    """
    columns = (chain([None] * (field in aligned), _by_row(field, blocks)) for field, blocks in parts.items())
    return zip_longest(range(count), *columns)


def _by_row(field: str, blocks: Sequence[Any]) -> Iterator[Any]:
    for part in blocks:
        values = part.tolist() if isinstance(part, np.ndarray) else part or ()
        yield from zip(*values, strict=True) if field in BY_NAME else values


WRITERS: dict[str, type[Writer]] = {
    FORMATS["json"]: JsonWriter,
    FORMATS["jsonl"]: LinesWriter,
    FORMATS["csv"]: TableWriter,
}
MEDIA_TYPES = tuple(FORMATS.values())
"""What a reply may be written as; the first is the default."""


def _numbers(block: Block, fields: Sequence[str]) -> int:
    """The numbers of a block that count against the limit: all but how often the loss was evaluated."""
    rows, width = len(block.loss), len(block.parameters)
    plain = sum(width if field in BY_NAME else 1 for field in fields if field not in ("batch", "evaluations"))
    drawn = sum(len(batch or ()) for batch in block.batch) if block.batch and "batch" in fields else 0
    return rows * plain + drawn
