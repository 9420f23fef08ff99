"""The HTML of results in notebooks. It contains no scripts and loads nothing."""

from __future__ import annotations

import base64
import math
from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from fallline.errors import SpecError
from fallline.problems.minima import end_letter

if TYPE_CHECKING:
    from fallline.results.result import Run

TABLE_DIGITS = 5


def picture_or_none(draw: Callable[[], str]) -> str | None:
    """The picture; None if it cannot be drawn here, as only a server knows the spec, or contourpy is not installed."""
    try:
        return draw()
    except (SpecError, ImportError):
        return None


def html_of_runs(svg: str | None, runs: Sequence[Run]) -> str:
    """The picture, and below it a table with a row for each run and its notes."""
    ends = [f"{run.label}: {run.sentence}" for run in runs]
    last = [float(run.loss[-1]) if "loss" in run.reply else "" for run in runs]
    rows = [
        [run.label, run.optimizer["learning_rate"], run.n_steps, loss, run.sentence]
        for run, loss in zip(runs, last, strict=True)
    ]
    notes = dict.fromkeys(note for run in runs for note in run.notes)
    below = "".join(f"<p>{escape(note)}</p>" for note in notes)
    return _image(svg, "; ".join(ends)) + _table(["run", "rate", "steps", "last loss", "how it ended"], rows) + below


def html_of_sweep(table: Mapping[str, Any], best: float | None) -> str:
    """A sentence, which opens to a table."""
    over = next(iter(table))
    best_text = "no value ends with a loss" if best is None else f"the least loss is at {over} = {_text(best)}"
    rows = list(zip(*table.values(), strict=True))
    sentence = f"{len(table[over])} values of {over}: {best_text}"
    return f"<details><summary>{escape(sentence)}</summary>{_table(list(table), rows)}</details>"


def html_of_basins(svg: str | None, words: str, minima: Sequence[Sequence[float]], shares: Sequence[float]) -> str:
    """The picture, and below it a table with a row for each minimum in which a start ends."""
    rows = [
        [end_letter(index), ", ".join(map(_text, minimum[:-1])), float(minimum[-1]), f"{share:.1%}"]
        for index, (minimum, share) in enumerate(zip(minima, shares, strict=True))
        if share
    ]
    return _image(svg, words) + (_table(["", "minimum at", "loss", "starts"], rows) if rows else "")


def html_of_comparison(svg: str | None, words: str, table: Mapping[str, Any]) -> str:
    """The sentence, the picture, and a table that can be opened."""
    rows = [[_plain(value) for value in row] for row in zip(*table.values(), strict=True)]
    details = f"<details><summary>every number</summary>{_table(list(table), rows)}</details>"
    return f"<p>{escape(words)}</p>{_image(svg, words)}{details}"


def _plain(value: Any) -> Any:
    """An entry of a column as a Python object, if it is one of NumPy."""
    return value.item() if hasattr(value, "item") else value


def _image(svg: str | None, words: str) -> str:
    """The picture as an image element, so that ids of several pictures do not clash and scripts would not run."""
    if svg is None:
        return ""
    data = base64.b64encode(svg.encode()).decode()
    return f'<img src="data:image/svg+xml;base64,{data}" alt="{escape(words)}" style="max-width: 100%">'


def _table(heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    cells = [[_cell("td", value, value) for value in row] for row in rows]
    first = [_cell("th", head, value) for head, value in zip(heads, rows[0], strict=True)]
    return "<table>" + "".join(f"<tr>{''.join(row)}</tr>" for row in [first, *cells]) + "</table>"


def _cell(tag: str, content: Any, value: Any) -> str:
    """A cell. Notebooks align tables to the right, so texts are aligned to the left here.

    Args: value: an entry of the column, whose type decides the alignment.
    """
    style = ' style="text-align: left"' if isinstance(value, str) else ""
    return f"<{tag}{style}>{escape(_text(content))}</{tag}>"


def _text(value: Any) -> str:
    if not isinstance(value, float):
        return str(value)
    return f"{value:.{TABLE_DIGITS}g}" if math.isfinite(value) else ""
