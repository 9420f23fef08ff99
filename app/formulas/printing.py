"""Expressions as text, with brackets only where they are needed: precedence is stated here, once for every writing.

A writing is a subclass of `Printing` that says how it puts a number, a name, a quotient, a power, a choice and a call.
What a text binds with is the strength of its outermost operation; an operand weaker than its place needs is bracketed.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import ClassVar

from app.formulas.nodes import Node
from app.formulas.vocabulary import FUNCTIONS

CHOICE, SUM, PRODUCT, SIGN, POWER, ATOM = 0, 1, 2, 3, 4, 5
"""How strongly the outermost operation of a text binds."""

Text = tuple[str, int]
"""A text, and its strength."""


class Printing(ABC):
    """One writing of expressions.

    Args:
        signs: what stands between two operands; what is not in it is no infix operation of this writing.
        keeps_order: whether the text must compute in the order of the tree, as floats need it: a + (b + c) as it is.
    """

    signs: ClassVar[dict[str, str]]
    keeps_order: ClassVar[bool] = True

    def text(self, item: Node) -> Text:
        """The text of an expression."""
        match item.op:
            case "number":
                return self.number(item.number or 0.0)
            case "name":
                return self.name(str(item.value))
            case "neg":
                return self.negative(item.args[0]), SIGN
            case "add" | "sub":
                return self._sum(item), SUM
            case "mul" | "div" if item.op in self.signs:
                return self._product(item, leading=True)
            case "div":
                return self.quotient(item)
            case "pow":
                return self.power(item)
            case "where":
                return self.choice(item)
        return self.call(item)

    @abstractmethod
    def number(self, value: float) -> Text:
        """A constant."""

    @abstractmethod
    def name(self, name: str) -> Text:
        """What stands for a variable."""

    @abstractmethod
    def power(self, item: Node) -> Text:
        """A power."""

    @abstractmethod
    def choice(self, item: Node) -> Text:
        """A `where`."""

    @abstractmethod
    def call(self, item: Node) -> Text:
        """A function of its arguments."""

    def quotient(self, item: Node) -> Text:
        """A quotient, in a writing that has no infix sign for it."""
        raise NotImplementedError

    def negative(self, item: Node) -> str:
        """The negative of an expression."""
        return f"-{self.later(item, PRODUCT)}"

    def in_brackets(self, shown: str) -> str:
        """A text in brackets."""
        return f"({shown})"

    def is_signed(self, shown: str) -> bool:
        """Whether a text begins with a minus."""
        return shown.startswith("-")

    def join(self, item: Node, first: str, second: str) -> str:
        """The texts of both operands with what stands between them."""
        return f"{first}{self.signs[item.op]}{second}"

    def plain(self, item: Node) -> str:
        """The text of an expression where nothing binds it: between brackets, above a line."""
        return self.text(item)[0]

    def bracketed(self, item: Node, needed: int) -> str:
        """The text of an operand in a place that needs this strength."""
        shown, strength = self.text(item)
        return shown if strength >= needed else self.in_brackets(shown)

    def later(self, item: Node, needed: int) -> str:
        """The text of an operand that stands after a sign, so that none of its own may begin it: 2 + (-3)*x."""
        shown, strength = self._product(item, leading=False) if self.is_product(item) else self.text(item)
        return shown if strength >= needed and not self.is_signed(shown) else self.in_brackets(shown)

    def is_product(self, item: Node) -> bool:
        """Whether an operand is written as a product, or an infix quotient, whose first factor leads it."""
        return item.op in ("mul", "div") and item.op in self.signs

    def is_sum(self, item: Node) -> bool:
        """Whether an operand is written as a sum, or a difference, whose first term leads it."""
        return item.op in ("add", "sub")

    # A sum, and a product, may be as long as a formula can be: what leads it is walked without recursion.

    def _sum(self, item: Node) -> str:
        first, later = _led(item, self.is_sum)
        shown = self.bracketed(first, SUM)
        for each in later:
            needed = PRODUCT if self.keeps_order or each.op == "sub" else SUM
            shown = self.join(each, shown, self.later(each.args[1], needed))
        return shown

    def _product(self, item: Node, leading: bool) -> Text:
        """A product; where it leads, a sign may stand first in it without brackets."""
        first, later = _led(item, self.is_product)
        shown, strength = self.text(first)
        if strength < PRODUCT or (self.is_signed(shown) and not leading):
            shown = self.in_brackets(shown)
        for each in later:
            needed = SIGN if self.keeps_order or each.op == "div" else PRODUCT
            shown = self.join(each, shown, self.later(each.args[1], needed))
        return shown, PRODUCT


def _led(item: Node, goes_on: Callable[[Node], bool]) -> tuple[Node, list[Node]]:
    """What leads a sum or a product, and the operations that follow on it, in their order."""
    later = [item]
    while goes_on(later[-1].args[0]):
        later.append(later[-1].args[0])
    return later[-1].args[0], later[::-1]


def arguments(item: Node) -> list[Node]:
    """The arguments of a call as one writes them: max(max(a, b), c) is max(a, b, c)."""
    if not FUNCTIONS[str(item.value)].many:
        return list(item.args)
    first, second = item.args
    same = first.op == "call" and first.value == item.value
    return [*(arguments(first) if same else [first]), second]
