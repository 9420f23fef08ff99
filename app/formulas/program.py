"""Formulas as lines of Python for a program of its own, which computes the very floats of this one.

Powers that are products here are products there, the larger of two is chosen the same way, and an operation that
Python's floats may refuse goes through a function that gives the answer of arrays. Names are those it is given; no
text of a user reaches it.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from typing import ClassVar

from app.formulas.functions import Writer, float_function, product_exponent
from app.formulas.nodes import Node, ordered
from app.formulas.printing import ATOM, CHOICE, POWER, PRODUCT, SUM, Printing, Text
from app.formulas.program_functions import ALWAYS_WRITTEN
from app.formulas.vocabulary import CONSTANTS
from app.formulas.written import INFIX, number_text, signed

_EXACT = 2**53
_KEEPS_WHOLE = ("neg", "add", "sub", "mul")
_KEEPING = ("max", "min", "abs", "sign")


class PythonText(Printing):
    """Writes formulas, and keeps in `functions` and `imports` which functions they need: brought along, or Python's.

    Args:
        names: Python's name for each variable.
        raising: the operations that floats may refuse.
        whole: variables that only take whole numbers, for which Python's own power does.
    """

    signs: ClassVar = INFIX

    def __init__(self, names: Mapping[str, str], raising: Collection[Node] = (), whole: Collection[str] = ()) -> None:
        self.names, self.raising, self.whole = names, raising, whole
        self.imports: set[str] = set()
        self.functions: set[str] = set()
        self._points = False
        self._small: set[Node] = set()
        """Parts made of numbers alone that are the same in whole numbers and in floats, as all in them are."""

    def of(self, root: Node) -> str:
        """The text of an expression, a float whatever it holds."""
        self._points = _may_be_whole(root)
        return self.plain(root)

    def text(self, item: Node) -> Text:
        """The text of an expression; of a part made of numbers alone its value, where Python's whole numbers differ."""
        if not item.names and item.op not in ("number", "call") and item not in self._small:
            parts = tuple(ordered((item,)))
            values = float_function((), parts)()
            if not all(part.op != "pow" and abs(value) < _EXACT for part, value in zip(parts, values, strict=True)):
                return self.number(values[-1])
            self._small.update(parts)
        if item.op == "div" and item in self.raising:
            return self.called("over", item.args, careful=True), ATOM
        return super().text(item)

    def is_sum(self, item: Node) -> bool:
        return self._is_written(item) and super().is_sum(item)

    def is_product(self, item: Node) -> bool:
        return self._is_written(item) and item not in self.raising and super().is_product(item)

    def _is_written(self, item: Node) -> bool:
        """Whether the text of an operation is sure to be its operands' with its sign between them."""
        return bool(item.names) or item in self._small

    def number(self, value: float) -> Text:
        if not math.isfinite(value):
            self.imports |= {"inf", "nan"}
            return signed("nan" if math.isnan(value) else "inf" if value > 0 else "-inf")
        if abs(value) in CONSTANTS.values():
            self.imports.add(number_text(abs(value)))
        return signed(repr(value) if self._points and number_text(value).lstrip("-").isdigit() else number_text(value))

    def name(self, name: str) -> Text:
        return self.names[name], ATOM

    def negative(self, item: Node) -> str:
        return "-0.0" if item.number == 0 else super().negative(item)

    def power(self, item: Node) -> Text:
        count = product_exponent(item)
        base, exponent = item.args
        if count is None and exponent.value in self.whole and item not in self.raising:
            return self.infix_power(base, self.plain(exponent))
        if count is None:
            return self.called("pow", item.args, item in self.raising), ATOM
        self.functions.add("power")
        product = f"power({self.plain(base)}, {abs(count)})"
        if count > 0:
            return product, ATOM
        if item in self.raising:
            self.functions.add("over")
            return f"over(1, {product})", ATOM
        return f"1/{product}", PRODUCT

    def infix_power(self, base: Node, exponent: str) -> Text:
        """A power by Python's own sign for it."""
        return f"{self.bracketed(base, ATOM)}**{exponent}", POWER

    def call(self, item: Node) -> Text:
        return self.called(str(item.value), item.args, item in self.raising), ATOM

    def called(self, function: str, args: Sequence[Node], careful: bool) -> str:
        """A call of a function that the program has."""
        if function in ALWAYS_WRITTEN or careful:
            self.functions.add(function)
        elif function != "abs":
            self.imports.add(function)
        return f"{function}({', '.join(map(self.plain, args))})"

    def choice(self, item: Node) -> Text:
        left, right, yes = (self.bracketed(arg, SUM) for arg in item.args[:3])
        return f"{yes} if {left} {item.value} {right} else {self.plain(item.args[3])}", CHOICE


class StraightLines(Writer):
    """Formulas too long for one line each, as lines that name their shared parts; the floats are the same.

    Args:
        names: Python's name for each variable; raising: of the nodes as `lowered` makes them.
    """

    def __init__(self, names: Mapping[str, str], raising: Collection[Node]) -> None:
        super().__init__(names, prefix="part")
        self.raising = raising
        self.imports: set[str] = set()
        self.functions: set[str] = set()

    def of(self, roots: Sequence[Node]) -> tuple[list[str], list[str]]:
        """The lines, indented by four spaces a level, and what stands for each root after them."""
        code = self.write(roots)
        deep = [len(line) - len(line.lstrip()) for line in code.lines]
        lines = [" " * 3 * depth + line for depth, line in zip(deep, code.lines, strict=True)]
        return lines, code.results

    def _atom(self, item: Node) -> str:
        value = item.number
        if value is None or math.isfinite(value):
            return super()._atom(item)
        self.imports |= {"inf", "nan"}
        return "nan" if math.isnan(value) else "inf" if value > 0 else "(-inf)"

    def _expression(self, item: Node) -> str:
        args = ", ".join(self.written[arg] for arg in item.args)
        if item.op == "div" and item in self.raising:
            self.functions.add("over")
            return f"over({args})"
        if item.op not in ("call", "pow"):
            return super()._expression(item)
        function = "pow" if item.op == "pow" else str(item.value)
        if function != "abs":
            (self.functions if item in self.raising or function in ALWAYS_WRITTEN else self.imports).add(function)
        return f"{function}({args})"


def _may_be_whole(root: Node) -> bool:
    """Whether Python might compute a whole number where here a float is computed."""
    found: dict[Node, bool] = {}
    for item in ordered((root,)):
        found[item] = item.op == "number" or _passes_whole(item, [found[arg] for arg in item.args])
    return found[root]


def _passes_whole(item: Node, args: Sequence[bool]) -> bool:
    if item.op == "where":
        return any(args[2:])
    if item.op in _KEEPS_WHOLE or (item.op == "call" and item.value in _KEEPING):
        return any(args) if item.op == "call" and item.value in ("max", "min") else all(args)
    return False
