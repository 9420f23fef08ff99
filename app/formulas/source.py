"""A text as it was typed and as Python reads it, and the way back from the one to the other.

What is refused is quoted as it was typed, at its place there: with ^ for **, and with the indent that all its lines
have.
"""

from __future__ import annotations

import ast
import textwrap


class Source:
    """A text of one formula, or of the lines of a rule.

    Args:
        given: the text as it was typed.
        single: whether it is one formula, which may have blank lines and an indent before it.
    """

    def __init__(self, given: str, single: bool) -> None:
        self.text = textwrap.dedent(given)
        kept = self.text.strip() if single else self.text
        self.python = kept.replace("^", "**")
        self._rows = kept.split("\n")
        self._given = given.split("\n")
        begun = self.text[: self.text.find(kept)] if kept else ""
        self._skipped = begun.count("\n")

    def place(self, line: int, offset: int) -> tuple[int, int]:
        """Line and column from 1, as typed, of a line from 1 and an offset from 0 of Python's text."""
        row = self._rows[line - 1] if line <= len(self._rows) else ""
        ends = (position for position in range(len(row)) if len(row[:position].replace("^", "**")) >= offset)
        position = next(ends, len(row))
        typed = line + self._skipped
        return typed, position + 1 + max(_indent(self._row(typed)) - _indent(row), 0)

    def quoted(self, item: ast.AST) -> str:
        """What was typed for a part of Python's tree; empty where it has no place."""
        if not isinstance(item, ast.expr) or item.end_lineno is None or item.end_col_offset is None:
            return ""
        first, begin = self.place(item.lineno, item.col_offset)
        last, end = self.place(item.end_lineno, item.end_col_offset)
        rows = [self._row(line) for line in range(first, last + 1)]
        rows[-1] = rows[-1][: end - 1]
        rows[0] = rows[0][begin - 1 :]
        return "\n".join(rows)

    def word(self, line: int, column: int, most: int) -> str:
        """What was typed from a place, as typed, up to a space."""
        return self._row(line)[column - 1 : column - 1 + most].split(" ")[0]

    def _row(self, line: int) -> str:
        return self._given[line - 1] if line <= len(self._given) else ""


def _indent(row: str) -> int:
    return len(row) - len(row.lstrip())
