"""Formulas as Python for reading: `(x**2 + y - 11)**2`. Names are those it is given; no text of a user reaches it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import ClassVar

from app.formulas.functions import product_exponent
from app.formulas.nodes import Node
from app.formulas.printing import ATOM, CHOICE, POWER, SIGN, SUM, Printing, Text, arguments
from app.formulas.vocabulary import CONSTANTS
from app.formulas.written import INFIX, number_text, signed

BUILT_IN = ("abs", "max", "min")
WHOLE = frozenset(("t", "k"))
"""Variables that are whole numbers of Python's: the number of a step, and of the steps before it."""


class PythonText(Printing):
    """Writes formulas for floats, and keeps the names of all functions and constants they need.

    Args:
        names: Python's name for each variable.
        refused: the operations that floats refuse, with whether the formula must go on there (see `refusals`): these
            call a function that does.
    """

    signs: ClassVar = INFIX
    keeps_order: ClassVar = False

    def __init__(self, names: Mapping[str, str], refused: Mapping[Node, bool] | None = None) -> None:
        self.names, self.refused = names, refused or {}
        self.math: set[str] = set()
        """What it takes from Python's `math`."""
        self.own: set[str] = set()
        """The functions that a program brings along."""

    def line(self, target: str, formula: Node) -> str:
        """An assignment."""
        return f"{self.names[target]} = {self.plain(formula)}"

    def text(self, item: Node) -> Text:
        if item.op == "div" and self.refused.get(item):
            return self.called("over", item), ATOM
        return super().text(item)

    def is_product(self, item: Node) -> bool:
        return super().is_product(item) and not (item.op == "div" and self.refused.get(item))

    def number(self, value: float) -> Text:
        if abs(value) in CONSTANTS.values():
            self.math.add(number_text(abs(value)))
        return signed(number_text(value))

    def name(self, name: str) -> Text:
        return self.names[name], ATOM

    def power(self, item: Node) -> Text:
        base, exponent = item.args
        if self.refused.get(item):
            return self.called("power", item), ATOM
        if item in self.refused and product_exponent(item) is None:  # ** of a negative number may be a complex one
            self.math.add("pow")
            return f"pow({self.plain(base)}, {self.plain(exponent)})", ATOM
        return f"{self._base(base)}**{self.bracketed(exponent, SIGN)}", POWER

    def _base(self, base: Node) -> str:
        """A base, as a float where all in it is whole: Python's whole numbers are exact, and may grow to any length."""
        if base.number is not None and base.number >= 0:
            return f"{number_text(base.number)}{'.0' * base.number.is_integer()}"
        is_whole = base.op not in ("name", "call") and base.names <= WHOLE
        return f"float({self.plain(base)})" if is_whole else self.bracketed(base, ATOM)

    def choice(self, item: Node) -> Text:
        left, right, yes = (self.bracketed(arg, SUM) for arg in item.args[:3])
        return f"{yes} if {left} {item.value} {right} else {self.plain(item.args[3])}", CHOICE

    def call(self, item: Node) -> Text:
        function = str(item.value)
        if function not in BUILT_IN:
            return self.called(function, item), ATOM
        args = [self.plain(arg) for arg in arguments(item)]
        if any(self.refused.values()):
            args.reverse()  # beside nan the formula has the last argument, and Python the first
        return f"{function}({', '.join(args)})", ATOM

    def called(self, function: str, item: Node) -> str:
        """A call of a function of `math`, or of one that the program brings along."""
        brought = function in ("sign", "floor") or self.refused.get(item)
        (self.own if brought else self.math).add(function)
        return f"{function}({', '.join(map(self.plain, item.args))})"


class TorchText(PythonText):
    """Writes formulas for PyTorch: for tensors where a variable is one, for floats where none is.

    Args:
        names, refused: as for `PythonText`; a tensor refuses nothing, and what floats refuse must always go on.
        tensors: the variables that are tensors.
        elementwise: whether these hold several numbers, so that a choice computes both sides.
    """

    def __init__(
        self, names: Mapping[str, str], refused: Mapping[Node, bool], tensors: Collection[str], elementwise: bool = True
    ) -> None:
        super().__init__(names, {item: True for item in refused if item.names.isdisjoint(tensors)})
        self.tensors, self.elementwise = tensors, elementwise

    def is_tensor(self, item: Node) -> bool:
        """Whether an expression has a tensor in it."""
        return not item.names.isdisjoint(self.tensors)

    def line(self, target: str, formula: Node) -> str:
        if target in self.tensors and not self.is_tensor(formula):
            return f"{self.names[target]} = torch.full_like(g, {self.plain(formula)})"
        return super().line(target, formula)

    def power(self, item: Node) -> Text:
        if self.is_tensor(item):
            return f"{self._base(item.args[0])}**{self.bracketed(item.args[1], SIGN)}", POWER
        return super().power(item)

    def choice(self, item: Node) -> Text:
        left, right, yes, no = map(self.plain, item.args)
        if self.elementwise and any(map(self.is_tensor, item.args[:2])):
            return f"torch.where({left} {item.value} {right}, {yes}, {no})", ATOM
        return super().choice(item)

    def call(self, item: Node) -> Text:
        function = str(item.value)
        if not self.is_tensor(item) or function == "abs" or (function in BUILT_IN and not self.elementwise):
            return super().call(item)
        if function in BUILT_IN:
            self.own.add(f"{function}imum")
            return f"{function}imum({', '.join(map(self.plain, item.args))})", ATOM
        return f"torch.{function}({', '.join(map(self.plain, item.args))})", ATOM
