"""Positions in a text as it was typed, for positions in what Python reads of it.

An error quotes what was typed, at its place there: with ^ for **, without the * of 3x, and with the indent that all
lines share.
"""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Iterator

_TOKEN = re.compile(
    r"#.*|[A-Za-z_]\w*|0[xXbBoO]\w*|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?|\*\*|//|\S", re.ASCII
)
_PLAIN_NUMBER = re.compile(r"[\d_]+\.?[\d_]*|\.\d[\d_]*", re.ASCII)
"""Without an exponent: what 1e5x is meant to be is not clear."""
_NAME = re.compile(r"(?![eE]\b)[A-Za-z_]\w*", re.ASCII)
_BINDING = ("/", "//", "^", "**")
"""Operators behind which a product without a sign could be read in two ways: 1/2x, x^2y."""


class PositionMap:
    """From Python's text of a formula, or of the lines of a rule, back to the text as typed.

    Args:
        typed: the text as it was typed.
        single: whether it is one formula, which may have blank lines and an indent before it.
        letters: the variables of one letter; behind a number, a word of them alone is their product.
    """

    def __init__(self, typed: str, single: bool, letters: str = "") -> None:
        self.text = textwrap.dedent(typed)
        kept = self.text.strip() if single else self.text
        self._rows = kept.split("\n")
        products, begin, spelled = set(_products(kept, letters)), 0, []
        for row in self._rows:
            spelled.append(_spelled(row, {place - begin for place in products}))
            begin += len(row) + 1
        self.python = "\n".join(text for text, _ in spelled)
        self._places = [places for _, places in spelled]
        self._typed_rows = typed.split("\n")
        skipped = self.text[: self.text.find(kept)] if kept else ""
        self._skipped_rows = skipped.count("\n")

    def typed_position(self, line: int, offset: int) -> tuple[int, int]:
        """The line and the column as typed, both from 1, of a line from 1 and an offset from 0 in Python's text."""
        row = self._rows[line - 1] if line <= len(self._rows) else ""
        places = self._places[line - 1] if line <= len(self._places) else []
        index = places[offset] if offset < len(places) else len(row)
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


def _spelled(row: str, products: set[int]) -> tuple[str, list[int]]:
    """A row as Python reads it, with a * put in at some places, and for each place in that the one in the row."""
    pieces, places = list[str](), list[int]()
    for index, sign in enumerate(row):
        piece = "*" * (index in products) + ("**" if sign == "^" else sign)
        pieces.append(piece)
        places += [index] * (len(piece) - (sign == "^")) + [index + 1] * (sign == "^")
    return "".join(pieces), places


def _products(text: str, letters: str) -> Iterator[int]:
    """Where a * is left out: from a number to the name or bracket right behind it, and on in a word of variables."""
    before = ""
    for token in _TOKEN.finditer(text):
        end = token.end()
        if _PLAIN_NUMBER.fullmatch(token.group()) and before not in _BINDING:
            name = _NAME.match(text, end)
            if name or text[end : end + 1] == "(":
                yield end
            if name and set(name.group()) <= set(letters) and text[name.end() : name.end() + 1] != "(":
                yield from range(end + 1, name.end())
        if not (token.group() in ("+", "-") and before in _BINDING):  # the sign of a number: 1/-2x
            before = token.group()


def _indent(row: str) -> int:
    return len(row) - len(row.lstrip())
