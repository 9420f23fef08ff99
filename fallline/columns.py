"""The names of the columns of a run in replies, streams and results."""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np

STEP_COLUMNS = ("gradient", "learning_rate", "step_size", "batch")
"""The columns with an entry for each step, which is one less than the rows."""

COLUMNS = ("parameters", "loss", *STEP_COLUMNS, "evaluations")
"""All columns, in the order of a reply."""

AVERAGE = "average"
"""A column that a run has on request: the mean of the rows from a given one on, and its loss."""

BY_NAME = ("parameters", "gradient", "evaluations", AVERAGE)
"""The columns that consist of several lists by name: one for each parameter, or for each evaluated quantity."""


def joined_columns(parts: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The columns of a run, joined from those of its blocks or events."""
    columns: dict[str, Any] = {}
    for field in COLUMNS:
        if field in parts[0]:
            of_parts = [part[field] for part in parts]
            names = of_parts[0] if field in BY_NAME else ()
            columns[field] = {name: _joined([part[name] for part in of_parts]) for name in names} or _joined(of_parts)
    return columns


def _joined(parts: Sequence[Any]) -> Any:
    """Several arrays, or several lists, as one; None if the first is None, which is a column without values."""
    if isinstance(parts[0], np.ndarray):
        return np.concatenate(parts)
    return None if parts[0] is None else list(chain.from_iterable(parts))


def table_columns(columns: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a table: a parameter is called as itself, other columns that are by name as `gradient_x`."""
    table: dict[str, Any] = {}
    for field, column in columns.items():
        before = "" if field == "parameters" else f"{field}_"
        table |= {f"{before}{name}": values for name, values in column.items()} if field in BY_NAME else {field: column}
    return table
