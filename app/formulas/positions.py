"""Positions in a text as it was typed, for positions in what Python reads of it.

An error quotes what was typed, at its place there: with ^ for **, and with the indent that all lines share.
"""

from __future__ import annotations

import ast
import textwrap


class PositionMap:
    """From Python's text of a formula, or of the lines of a rule, back to the text as typed.

    Args:
        typed: the text as it was typed.
        single: whether it is one formula, which may have blank lines and an indent before it.
    """

    def __init__(self, typed: str, single: bool) -> None:
        self.text = textwrap.dedent(typed)
        kept = self.text.strip() if single else self.text
        self.python = kept.replace("^", "**")
        self._rows = kept.split("\n")
        self._typed_rows = typed.split("\n")
        skipped = self.text[: self.text.find(kept)] if kept else ""
        self._skipped_rows = skipped.count("\n")

    def typed_position(self, line: int, offset: int) -> tuple[int, int]:
        """The line and the column as typed, both from 1, of a line from 1 and an offset from 0 in Python's text."""
        row = self._rows[line - 1] if line <= len(self._rows) else ""
        reached = (index for index in range(len(row)) if len(row[:index].replace("^", "**")) >= offset)
        index = next(reached, len(row))
        typed_line = line + self._skipped_rows
        return typed_line, index + 1 + max(_indent(self._typed_row(typed_line)) - _indent(row), 0)

    def typed_text(self, item: ast.AST) -> str:
        """What was typed for a node of Python's tree; empty where the node has no position."""
        if not isinstance(item, ast.expr | ast.stmt) or item.end_lineno is None or item.end_col_offset is None:
            return ""
        first, begin = self.typed_position(item.lineno, item.col_offset)
        last, end = self.typed_position(item.end_lineno, item.end_col_offset)
        rows = [self._typed_row(line) for line in range(first, last + 1)]
        rows[-1] = rows[-1][: end - 1]
        rows[0] = rows[0][begin - 1 :]
        return "\n".join(rows)

    def word_at(self, line: int, column: int, most: int) -> str:
        """What was typed from this position up to a space, at most so many characters."""
        return self._typed_row(line)[column - 1 : column - 1 + most].split(" ")[0]

    def _typed_row(self, line: int) -> str:
        return self._typed_rows[line - 1] if line <= len(self._typed_rows) else ""


def _indent(row: str) -> int:
    return len(row) - len(row.lstrip())
