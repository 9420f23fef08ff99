"""The reply of runs that is not streamed: JSON, a line a row, or a table.

orjson holds the interpreter while it writes, so it writes a short run, a column or a row at a time.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain, repeat, zip_longest
from typing import Any

import numpy as np
import orjson

from app.api.requests import FORMATS
from app.api.worker import Work
from app.server.refusals import RequestError
from fallline.columns import BY_NAME, STEP_FIELDS
from fallline.descent import Block
from fallline.reply import ending_fields, heading_fields, list_names, notice_fields
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
    """Compute the runs of a plan and return their columns `fields` as text of a media type of WRITERS.

    Args: most: numbers in all; align: whether row 0 of the step columns is a null.

    Raises: RequestError (422) where it would hold more than `most` numbers.
    """
    write, join = WRITERS[media_type]
    texts, numbers, aligned = [], 0, STEP_FIELDS if align else ()
    for index, run in enumerate(plan.runs):
        parts: Parts = {field: [] for field in fields}
        for block in run.blocks(repeat(run.rows_a_block(ROWS))):
            numbers += _numbers(block, fields)
            if numbers > most:
                raise RequestError("reply_too_large", ("stop", "max_steps"), limit=most)
            for field, column in parts.items():
                column.append(getattr(block, field))
            yield len(block.learning_rate)
        texts.append((yield from write(plan, index, parts, ending_fields(run, block), aligned)))
    return join(plan, fields, texts)


def _json_run(plan: Plan, index: int, parts: Parts, end: Mapping[str, Any], aligned: Sequence[str]) -> Work:
    """Columns, as the schema of the reply has them. Args: aligned: fields that have a null in row 0."""
    about = {"optimizer": plan.optimizer(index), **end, **notice_fields(plan, index)}
    for field, blocks in parts.items():
        is_aligned = field in aligned
        if field in BY_NAME:
            about[field] = {}
            names = list_names(field, plan.problem.parameters)
            for name, column in zip(names, np.concatenate(blocks, axis=1), strict=True):
                about[field][name] = _column(column, is_aligned)
                yield
        elif field == "batch":
            about[field] = None if blocks[0] is None else _column(list(chain.from_iterable(blocks)), is_aligned)
        elif field == "learning_rate":
            about[field] = _rates(np.concatenate(blocks), is_aligned)
        else:
            about[field] = _column(np.concatenate(blocks), is_aligned)
        yield
    return _text(about)


def _json_reply(plan: Plan, _: Sequence[str], runs: Sequence[bytes]) -> bytes:
    return orjson.dumps({**heading_fields(plan), "runs": list(map(orjson.Fragment, runs))})


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


def _lines_run(plan: Plan, index: int, parts: Parts, end: Mapping[str, Any], aligned: Sequence[str]) -> Work:
    """One JSON object a row; the last row of a run also says how it ended."""
    text = bytearray()
    for t, *values in _rows(parts, end["n_steps"] + 1, aligned):
        line: dict[str, Any] = {"run": index, "t": t}
        for field, value in zip(parts, values, strict=True):
            names = list_names(field, plan.problem.parameters)
            line[field] = dict(zip(names, value, strict=True)) if value and field in BY_NAME else value
        if t == end["n_steps"]:
            line |= end
        text += orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE)
        yield
    return bytes(text)


def _lines_reply(_: Plan, __: Sequence[str], runs: Sequence[bytes]) -> bytes:
    return b"".join(runs)


def _table_run(plan: Plan, index: int, parts: Parts, end: Mapping[str, Any], aligned: Sequence[str]) -> Work:
    """Rows of a table, for a spreadsheet."""
    label = plan.spec.optimizers[index].display_name
    if label.startswith(FORMULA_STARTS):
        label = f"'{label}"
    lines = []
    for t, *values in _rows(parts, end["n_steps"] + 1, aligned):
        cells = (_cells(plan, field, value) for field, value in zip(parts, values, strict=True))
        lines.append(_csv_line(index, label, t, *chain.from_iterable(cells)))
        yield
    return b"".join(lines)


def _cells(plan: Plan, field: str, value: Any) -> Sequence[Any]:
    if field in BY_NAME:
        return value or [None] * len(list_names(field, plan.problem.parameters))
    return [" ".join(map(str, value)) if isinstance(value, list) else value]


def _table_reply(plan: Plan, fields: Sequence[str], runs: Sequence[bytes]) -> bytes:
    names = plan.problem.parameters
    heads = {field: tuple(f"{field}_{name}" for name in list_names(field, names)) for field in BY_NAME}
    heads["parameters"] = tuple(names)
    wide = chain.from_iterable(heads.get(field, (field,)) for field in fields)
    return b"".join((_csv_line("run", "label", "t", *wide), *runs))


def _csv_line(*cells: Any) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerow(cells)
    return text.getvalue().encode()


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


WRITERS: Mapping[str, tuple[Callable[..., Work], Callable[..., bytes]]] = {
    "application/json": (_json_run, _json_reply),
    "application/jsonl": (_lines_run, _lines_reply),
    "text/csv": (_table_run, _table_reply),
}
"""Media type -> what writes a run, with pauses, and what makes the reply of the runs."""

MEDIA_TYPES = dict(zip(FORMATS, WRITERS, strict=True))
"""What `format` may be -> the media type that it stands for; the first is the default."""


def _numbers(block: Block, fields: Sequence[str]) -> int:
    """The numbers of a block that count against the limit: all but how often the loss was evaluated."""
    rows, width = len(block.loss), len(block.parameters)
    plain = sum(width if field in BY_NAME else 1 for field in fields if field not in ("batch", "evaluations"))
    drawn = sum(len(batch or ()) for batch in block.batch) if block.batch and "batch" in fields else 0
    return rows * plain + drawn
