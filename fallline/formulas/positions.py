"""Maps positions in the text that Python parses to positions in the text as the user typed it.

An error quotes the text as typed, and has its position there: with ^ for **, without the * of 3x, and with the indent
that all lines share.
"""

import ast
import re
from collections.abc import Collection, Iterator
from itertools import accumulate
from textwrap import dedent

_TOKEN = re.compile(
    r"#.*|[A-Za-z_]\w*|0[xXbBoO]\w*|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?|\*\*|//|\S", re.ASCII
)
_NUMBER = re.compile(r"\d|\.\d", re.ASCII)
_NAME = re.compile(r"[A-Za-z_]\w*", re.ASCII)
_EXPONENT = re.compile(r"\.?\d[\d_]*\.?[eE](\d|[+-]|\b)", re.ASCII)
"""Matches an exponent in a number, or an e behind it that could begin one."""
_BINDING = ("/", "//", "^", "**")
"""Operators after which a product without * would be ambiguous: 1/2x, x^2y."""


class PositionMap:
    """Maps positions in Python's text of a formula, or of the lines of a rule, to those in the text as typed.

    Args:
        typed: the text as typed.
        single: whether it is one formula, which may begin with blank lines and an indent.
        factors: the names before which and behind which * may be left out; before others only behind a number.
    """

    def __init__(self, typed: str, single: bool, factors: Collection[str] = ()) -> None:
        self._typed = typed
        left_out, products = _left_out(typed, single), set(_products(typed, factors))
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


def _products(text: str, factors: Collection[str]) -> Iterator[int]:
    """The positions of omitted *: between two factors that adjoin, and within a word of variables of one letter.

    None is where a reader could take the text otherwise: behind a division (1/2x) or an exponent (x^2y), and between a
    number and what may be its own exponent (1e5x); and none at a space, which may have been a + in an address.
    """
    letters = {name for name in factors if len(name) == 1}
    behind: re.Match[str] | None = None  # the token before, if a factor ends with it
    operator = ""  # the last one in this bracket
    outside: list[str] = []  # the same in each bracket around it
    for token in _TOKEN.finditer(text):
        word, at = token.group(), token.start()
        is_name, is_number = bool(_NAME.match(word)), bool(_NUMBER.match(word))
        called = is_name and text[token.end() : token.end() + 1] == "("
        binds = operator in _BINDING
        adjoins = behind is not None and behind.end() == at and (is_name or word == "(")
        if behind and adjoins and not binds and not _EXPONENT.search(behind.group() + word):
            yield at
        is_product = word not in factors and set(word) <= letters and not called and not binds
        if is_product:
            yield from range(at + 1, token.end())
        if word == "(":
            outside.append(operator)
            operator = ""
        elif word == ")":
            operator = outside.pop() if outside else ""
        elif not is_name and not is_number and (behind or word not in ("+", "-")):  # else the sign of a number: 1/-2x
            operator = word
        behind = token if is_number or (factors and (is_product or word in factors or word == ")")) else None
