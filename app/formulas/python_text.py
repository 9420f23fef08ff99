"""Formulas as Python for reading: `(x**2 + y - 11)**2`. Names are those it is given; no text of a user reaches it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import ClassVar

from app.formulas.nodes import Node
from app.formulas.printing import ATOM, CHOICE, POWER, SIGN, SUM, Printing, Text, arguments
from app.formulas.written import INFIX, number_text, signed

COUNTS = ("t", "k")
"""Variables that are whole numbers: the number of a step, and of the steps before it."""


class PythonText(Printing):
    """Writes formulas for floats, in Python's own functions and those of `math`: these raise, as at 1/0 or sqrt(-1).

    Args:
        names: Python's name for each variable that has another there.
    """

    signs: ClassVar = INFIX
    keeps_order: ClassVar = False

    def __init__(self, names: Mapping[str, str] | None = None) -> None:
        self.names = names or {}

    def line(self, target: str, formula: Node) -> str:
        """An assignment."""
        return f"{self.names.get(target, target)} = {self.plain(formula)}"

    def number(self, value: float) -> Text:
        return signed(number_text(value))

    def name(self, name: str) -> Text:
        return self.names.get(name, name), ATOM

    def power(self, item: Node) -> Text:
        """A power; by `pow` of `math`, which raises, where ** might make a complex number of a negative one."""
        base, exponent = item.args
        if base.number is None and not _is_whole(exponent):
            return f"pow({self.plain(base)}, {self.plain(exponent)})", ATOM
        return self.operator_power(item)

    def operator_power(self, item: Node) -> Text:
        """A power by **."""
        base, exponent = item.args
        return f"{self.bracketed(base, ATOM)}**{self.bracketed(exponent, SIGN)}", POWER

    def choice(self, item: Node) -> Text:
        left, right, yes = (self.bracketed(arg, SUM) for arg in item.args[:3])
        return f"{yes} if {left} {item.value} {right} else {self.plain(item.args[3])}", CHOICE

    def call(self, item: Node) -> Text:
        return f"{item.value}({', '.join(map(self.plain, arguments(item)))})", ATOM


class TorchText(PythonText):
    """Writes formulas for PyTorch: for tensors where a variable is one, for floats where none is.

    Args:
        tensors: the variables that are tensors.
        names: as for `PythonText`.
        elementwise: whether these hold several numbers, so that a choice computes both sides.
    """

    def __init__(
        self, tensors: Collection[str], names: Mapping[str, str] | None = None, elementwise: bool = True
    ) -> None:
        super().__init__(names)
        self.tensors, self.elementwise = tensors, elementwise

    def is_tensor(self, item: Node) -> bool:
        """Whether an expression has a tensor in it."""
        return not item.names.isdisjoint(self.tensors)

    def line(self, target: str, formula: Node) -> str:
        text = self.as_tensor(formula) if target in self.tensors else self.plain(formula)
        return f"{self.names.get(target, target)} = {text}"

    def as_tensor(self, item: Node) -> str:
        """The text of an expression, made a tensor where it is a mere number."""
        return self.plain(item) if self.is_tensor(item) else f"torch.full_like(g, {self.plain(item)})"

    def power(self, item: Node) -> Text:
        return self.operator_power(item) if self.is_tensor(item) else super().power(item)

    def choice(self, item: Node) -> Text:
        if not self.elementwise or not self.is_tensor(item):
            return super().choice(item)
        left, right, yes, no = map(self.plain, item.args)
        if any(map(self.is_tensor, item.args[:2])):
            return f"torch.where({left} {item.value} {right}, {yes}, {no})", ATOM
        yes, no = map(self.as_tensor, item.args[2:])
        return f"{yes} if {left} {item.value} {right} else {no}", CHOICE

    def call(self, item: Node) -> Text:
        function = str(item.value)
        if not self.is_tensor(item) or function == "abs":
            return super().call(item)
        if function not in ("max", "min"):
            return f"torch.{function}({self.plain(item.args[0])})", ATOM
        if not self.elementwise:
            return super().call(item)
        first, second = sorted(item.args, key=self.is_tensor, reverse=True)
        if self.is_tensor(second):
            return f"torch.{function}imum({', '.join(map(self.plain, item.args))})", ATOM
        limit = "min" if function == "max" else "max"
        return f"torch.clamp({self.plain(first)}, {limit}={self.plain(second)})", ATOM


def _is_whole(exponent: Node) -> bool:
    if exponent.op == "neg":
        return _is_whole(exponent.args[0])
    if exponent.number is not None:
        return exponent.number.is_integer()
    return exponent.value in (*COUNTS, "floor")
