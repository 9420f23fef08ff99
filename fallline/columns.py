"""The columns of a run, as replies, streams and results name them."""

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np

STEP_COLUMNS = ("gradient", "learning_rate", "step_size", "batch")
"""Those that have an entry for each step, so one less than there are rows."""

COLUMNS = ("parameters", "loss", *STEP_COLUMNS, "evaluations")
"""All of them, in the order of a reply."""

AVERAGE = "average"
"""The mean of the rows from one on and its loss, a column of a run where it is asked for."""

BY_NAME = ("parameters", "gradient", "evaluations", AVERAGE)
"""Those that are several lists by name: one for each parameter, or for each thing that is evaluated."""


def joined_columns(parts: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The columns of a run, from those of its blocks or of its events."""
    columns: dict[str, Any] = {}
    for field in COLUMNS:
        if field in parts[0]:
            found = [part[field] for part in parts]
            names = found[0] if field in BY_NAME else ()
            columns[field] = {name: _joined([each[name] for each in found]) for name in names} or _joined(found)
    return columns


def _joined(parts: Sequence[Any]) -> Any:
    """Arrays as one, or lists as one; None for a column that there is none of."""
    if isinstance(parts[0], np.ndarray):
        return np.concatenate(parts)
    return None if parts[0] is None else list(chain.from_iterable(parts))


def table_columns(columns: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of a table, each by a name of its own: parameters by theirs, what else is by name as `gradient_x`."""
    table: dict[str, Any] = {}
    for field, column in columns.items():
        before = "" if field == "parameters" else f"{field}_"
        table |= {f"{before}{name}": each for name, each in column.items()} if field in BY_NAME else {field: column}
    return table
