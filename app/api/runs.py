"""Which columns of a run a request asks for, and how they are aligned."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Query

from fallline.columns import FIELDS, STEP_FIELDS


async def reply_fields(
    fields: Annotated[
        str | None,
        Query(description=f"The columns wanted, joined by commas, of {', '.join(FIELDS)}; by default all."),
    ] = None,
) -> tuple[str, ...]:
    """The columns of the reply, in its own order; `PageKeys` has checked their names."""
    names = FIELDS if fields is None else fields.split(",")
    return tuple(field for field in FIELDS if field in names)


Fields = Annotated[tuple[str, ...], Depends(reply_fields)]

Align = Annotated[
    bool,
    Query(
        description=f"true: the columns of the steps ({', '.join(STEP_FIELDS)}) have a null in row 0 and then in each "
        "row the step that led to it, so that all columns have n_steps + 1 entries, in every format and in a stream."
    ),
]
