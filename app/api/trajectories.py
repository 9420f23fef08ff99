"""Runs as one reply: as JSON, as JSON Lines, or as CSV.

orjson blocks all other threads while it writes, so it writes one column or one row at a time.
"""

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import repeat, zip_longest
from typing import Annotated, Any

import numpy as np
import orjson
from fastapi import APIRouter, Depends, Query, Request, Response

from app.api.openapi import SPEC_PARAMETERS
from app.api.requests import FORMATS, Align, AverageFrom, BodyPlan, Fields, QueryPlan, StrictRoute
from app.api.response_models.runs import Trajectories
from app.server.messages import CACHED_AN_HOUR, JSON, NOT_MODIFIED, etag, get_and_head, header_list, negotiated
from app.server.refusals import BY_ACCEPT, REFUSALS, REFUSED_QUERY, UNACCEPTED, RequestError, Responses
from app.work.worker import respond, worker_of
from fallline.columns import AVERAGE, BY_NAME, joined_columns, table_columns
from fallline.descent import Block
from fallline.descent.average import RunningAverage
from fallline.in_parts import InParts
from fallline.reply import column_fields, ending_fields, heading_fields, notice_fields
from fallline.spec.plan import Plan

ROWS = 1024
"""Rows of a block at the most."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""First characters by which a spreadsheet takes a text for a formula."""

Columns = Mapping[str, Any]


def written_runs(
    plan: Plan, fields: Sequence[str], media_type: str, most: int, align: bool = False, average: int | None = None
) -> InParts[bytes]:
    """Compute the runs of a plan and return their columns `fields` as text of a media type of `WRITERS`.

    Args:
        most: the most numbers in total.
        align: whether the columns of steps begin with a null for row 0.
        average: the row from which the column `average` averages the rows; None for no such column.

    Raises: RequestError (422), if the reply would have more than `most` numbers.
    """
    texts, numbers = [], 0
    for index, run in enumerate(plan.runs):
        parts = []
        averaged = None if average is None else RunningAverage(run.problem.objective, average, fields)
        for block in run.blocks(repeat(run.rows_a_block(ROWS))):
            numbers += _numbers(block, fields) + (len(block) * len(averaged.columns()) if averaged else 0)
            if numbers > most:
                raise RequestError("reply_too_large", ("stop", "max_steps"), limit=most)
            parts.append(column_fields(block, 0, len(block), plan.problem.parameters, fields, align))
            if averaged:
                averaged.add(block)
            yield len(block.learning_rate)
        columns = joined_columns(parts) | ({AVERAGE: averaged.columns()} if averaged else {})
        texts.append((yield from WRITERS[media_type](plan, index, columns, ending_fields(run, block))))
    if media_type != JSON:
        return b"".join(texts)
    return orjson.dumps({**heading_fields(plan), "runs": list(map(orjson.Fragment, texts))})


def _json_run(plan: Plan, index: int, columns: Columns, end: Mapping[str, Any]) -> InParts[bytes]:
    """A run as JSON: its columns and the other fields of the reply."""
    about = {"optimizer": plan.optimizer(index), **end, **notice_fields(plan, index)}
    for field, column in columns.items():
        if field in BY_NAME:
            about[field] = {}
            for name, values in column.items():
                about[field][name] = _fragment(values)
                yield
        else:
            about[field] = _fragment(column)
            yield
    return orjson.dumps(about)


def _fragment(column: Any) -> orjson.Fragment:
    return orjson.Fragment(orjson.dumps(column, option=orjson.OPT_SERIALIZE_NUMPY))


def _lines_run(_: Plan, index: int, columns: Columns, end: Mapping[str, Any]) -> InParts[bytes]:
    """A run as JSON Lines: an object for each row; that of the last row also has the end of the run."""
    text, last = bytearray(), end["n_steps"]
    for t, *values in zip_longest(range(last + 1), *map(_by_row, columns.values())):
        line = {"run": index, "t": t, **dict(zip(columns, values, strict=True)), **(end if t == last else {})}
        text += orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE)
        yield
    return bytes(text)


def _by_row(column: Any) -> Iterable[Any]:
    """The entries of a column, row by row: a value; or for a column of several lists by name, a mapping or None."""
    if not isinstance(column, Mapping):
        return _listed(column)
    rows = zip(*map(_listed, column.values()), strict=True)
    return (None if row[0] is None else dict(zip(column, row, strict=True)) for row in rows)


def _table_run(plan: Plan, index: int, columns: Columns, end: Mapping[str, Any]) -> InParts[bytes]:
    """A run as CSV, for spreadsheets; the first run has the heading.

    The gradient, rate, step size and batch of row t are those of the step to row t + 1, so the last row has none.
    """
    label, table = plan.spec.optimizers[index].display_name, table_columns(columns)
    if label.startswith(FORMULA_STARTS):
        label = f"'{label}"
    lines = [] if index else [_csv_line("run", "label", "t", *table)]
    for t, *values in zip_longest(range(end["n_steps"] + 1), *map(_listed, table.values())):
        lines.append(_csv_line(index, label, t, *map(_cell, values)))
        yield
    return b"".join(lines)


def _listed(column: Any) -> Sequence[Any]:
    return column.tolist() if isinstance(column, np.ndarray) else column or ()


def _cell(value: Any) -> Any:
    return " ".join(map(str, value)) if isinstance(value, list) else value


def _csv_line(*cells: Any) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerow(cells)
    return text.getvalue().encode()


WRITERS: Mapping[str, Callable[..., InParts[bytes]]] = {
    JSON: _json_run, "application/jsonl": _lines_run, "text/csv": _table_run,
}  # fmt: skip
"""Media type -> the function that writes a run, with pauses."""

MEDIA_TYPES = dict(zip(FORMATS, WRITERS, strict=True))
"""The value of `format` -> the media type; the first is the default."""


def _numbers(block: Block, fields: Sequence[str]) -> int:
    """The number of numbers of a block that count against the limit: all except those of `evaluations`."""
    rows, width = len(block.loss), len(block.parameters)
    plain = sum(width if field in BY_NAME else 1 for field in fields if field not in ("batch", "evaluations"))
    drawn = sum(len(batch or ()) for batch in block.batch) if block.batch and "batch" in fields else 0
    return rows * plain + drawn


TABLE = (
    "A table with a heading. A label that begins with =, +, - or @ gets a ' before it, as a spreadsheet would take it "
    "for a formula."
)

TABLES: Responses = {
    200: {
        "description": "The runs.",
        "content": {
            "application/jsonl": {"schema": {"type": "string", "description": "One JSON object a row."}},
            "text/csv": {"schema": {"type": "string", "description": TABLE}},
        },
    },
    **UNACCEPTED,
}

router = APIRouter(tags=["runs"], route_class=StrictRoute)


async def media_type_asked(
    request: Request,
    format: Annotated[  # noqa: A002 (the name of the key)
        str | None,
        Query(
            description=f"{', '.join(MEDIA_TYPES)}: the format of the reply; it replaces the header Accept.",
            json_schema_extra={"enum": list(MEDIA_TYPES)},
        ),
    ] = None,
) -> tuple[str, Mapping[str, str]]:
    """The media type of the reply, and the headers that say how it was chosen. Raises: SpecError (406).

    `AddressKeys` refuses an unknown format.
    """
    if format and format in MEDIA_TYPES:
        return MEDIA_TYPES[format], {}
    return negotiated(header_list(request, "Accept"), tuple(MEDIA_TYPES.values())), BY_ACCEPT


MediaType = Annotated[tuple[str, Mapping[str, str]], Depends(media_type_asked)]


@get_and_head(
    router, "/trajectories", summary="Run the spec of the query", response_model=Trajectories,
    responses=TABLES | NOT_MODIFIED | REFUSED_QUERY, openapi_extra=SPEC_PARAMETERS,
)  # fmt: skip
async def get_trajectories(
    request: Request,
    plan: QueryPlan,
    fields: Fields,
    asked: MediaType,
    align: Align = False,
    average: AverageFrom = None,
) -> Response:
    """Run every optimizer of the spec in the query.

    The reply has columns. With `format=jsonl` (or `Accept: application/jsonl`) it has a line for each row; with
    `format=csv` (or `text/csv`) it is a table, which `pandas.read_csv` reads from this address. The reply depends only
    on the query, so it may be cached, and an `If-None-Match` is answered before any step is computed.
    """
    media_type, chosen = asked
    tag = etag(plan.canonical(), media_type, *fields, *["align"] * align, f"average {average}")
    headers = {"ETag": tag, "Cache-Control": CACHED_AN_HOUR, **chosen}
    work = written_runs(plan, fields, media_type, worker_of(request).settings.max_numbers, align, average)
    return await respond(request, work, media_type, headers)


@router.post(
    "/trajectories", summary="Run the spec of the body", response_model=Trajectories, responses=TABLES | REFUSALS
)  # fmt: skip
async def post_trajectories(
    request: Request,
    plan: BodyPlan,
    fields: Fields,
    asked: MediaType,
    align: Align = False,
    average: AverageFrom = None,
) -> Response:
    """Run every optimizer of the spec in the body.

    `parameters` and `loss` have n_steps + 1 entries; row 0 is the start. The other columns have n_steps entries, one
    for each step: the gradient at index t is that of the step from row t to row t + 1.

    With `format=jsonl` (or `Accept: application/jsonl`) the reply has a line for each row, with `format=csv` (or
    `text/csv`) it is a table. In both, the columns of steps are empty in the last row. With `align=true` they are null
    or empty in row 0 instead, and each further row has the step that led to it.

    With `average=100` a run has a further column, `average`: the mean of each parameter over the rows from 100 to each
    later one, and as `loss` the loss at the mean, as far as `fields` has parameters and loss.
    """
    media_type, chosen = asked
    work = written_runs(plan, fields, media_type, worker_of(request).settings.max_numbers, align, average)
    return await respond(request, work, media_type, chosen)
