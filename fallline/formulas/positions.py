"""Maps positions in the text that Python parses to positions in the text as the user typed it.

An error quotes the text as typed, and has its position there: with ^ for **, without the * of 3x, and with the indent
that all lines share.
"""

import ast
import re
from collections.abc import Iterator
from itertools import accumulate
from textwrap import dedent

_TOKEN = re.compile(
    r"#.*|[A-Za-z_]\w*|0[xXbBoO]\w*|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?|\*\*|//|\S", re.ASCII
)
_PLAIN_NUMBER = re.compile(r"[\d_]+\.?[\d_]*|\.\d[\d_]*", re.ASCII)
"""A number without an exponent. After one with an exponent * may not be left out, as 1e5x would be ambiguous."""
_NAME = re.compile(r"(?![eE]\b)[A-Za-z_]\w*", re.ASCII)
_BINDING = ("/", "//", "^", "**")
"""Operators after which a product without * would be ambiguous: 1/2x, x^2y."""


class PositionMap:
    """Maps positions in Python's text of a formula, or of the lines of a rule, to those in the text as typed.

    Args:
        typed: the text as typed.
        single: whether it is one formula, which may begin with blank lines and an indent.
        letters: the variables of one letter. After a number, a word that consists of them is their product.
    """

    def __init__(self, typed: str, single: bool, letters: str = "") -> None:
        self._typed = typed
        left_out, products = _left_out(typed, single), set(_products(typed, letters))
        pieces, self._places = list[str](), list[int]()
        for place, sign in enumerate(typed):
            if place not in left_out:
                pieces += "*" * (place in products) + ("**" if sign == "^" else sign)
                self._places += [place] * (len(pieces) - len(self._places))
        self._places.append(len(typed.rstrip()) if single else len(typed))
        self.python = "".join(pieces)
        self._begins = [0, *accumulate(len(row) + 1 for row in self.python.split("\n"))]

    def _place(self, line: int, offset: int) -> int:
        return self._places[min(self._begins[line - 1] + offset, len(self._places) - 1)]

    def typed_position(self, line: int, offset: int) -> tuple[int, int]:
        """The line and the column in the text as typed, both from 1.

        Args: line: in Python's text, from 1; offset: in this line, from 0.
        """
        place = self._place(line, offset)
        return self._typed.count("\n", 0, place) + 1, place - self._typed.rfind("\n", 0, place)

    def typed_text(self, item: ast.AST) -> str:
        """The typed text of a node of Python's tree; empty if the node has no position."""
        if not isinstance(item, ast.expr | ast.stmt) or item.end_lineno is None or item.end_col_offset is None:
            return ""
        return self._typed[
            self._place(item.lineno, item.col_offset) : self._place(item.end_lineno, item.end_col_offset)
        ]

    def word_at(self, line: int, offset: int, most: int) -> str:
        """The typed text from a position in Python's text to the next space. Args: most: characters at most."""
        return re.split(r"[ \n]", self._typed[self._place(line, offset) :][:most])[0]


def _left_out(typed: str, single: bool) -> set[int]:
    """The positions that Python's text leaves out: space around a single formula, the common indent of a rule."""
    if single:
        return {*range(len(typed) - len(typed.lstrip())), *range(len(typed.rstrip()), len(typed))}
    before, after = (next((row for row in text.split("\n") if row.strip()), "") for text in (typed, dedent(typed)))
    shared = re.finditer(rf"^[ \t]{{0,{len(before) - len(after)}}}", typed, re.MULTILINE)
    return {place for match in shared for place in range(*match.span())}


def _products(text: str, letters: str) -> Iterator[int]:
    """The positions of omitted *: between a number and the name or bracket after it, and within a word of variables."""
    before = ""
    for token in _TOKEN.finditer(text):
        end = token.end()
        if _PLAIN_NUMBER.fullmatch(token.group()) and before not in _BINDING:
            name = _NAME.match(text, end)
            if name or text[end : end + 1] == "(":
                yield end
            if name and set(name.group()) <= set(letters) and text[name.end() : name.end() + 1] != "(":
                yield from range(end + 1, name.end())
        if not (token.group() in ("+", "-") and before in _BINDING):  # that is the sign of a number, as in 1/-2x
            before = token.group()
