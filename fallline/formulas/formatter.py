"""Expressions as text, with parentheses only where precedence requires them.

A formatter walks an expression and gives each node a fragment: its text, and the precedence of its outermost operation.
An operand whose precedence is lower than its place requires is put in parentheses.
"""

import math
from collections.abc import Callable, Mapping
from typing import ClassVar

from fallline.formulas.nodes import REAL, Node
from fallline.formulas.vocabulary import CONSTANTS, FUNCTIONS

CONDITIONAL, SUM, PRODUCT, SIGN, POWER, ATOM = 0, 1, 2, 3, 4, 5
"""The precedences of operations, from the weakest to the strongest."""

Fragment = tuple[str, int]
"""A text with its precedence."""

_CONSTANT_NAMES = {value: name for name, value in CONSTANTS.items()}


class Formatter:
    """The base of all formatters. By default it writes the language of `language.py`.

    Args:
        infix: operation -> the text between its operands.
        keeps_order: whether parentheses as in a + (b + c) are kept, as the order of operations changes the rounding.
    """

    infix: ClassVar[dict[str, str]] = {"add": " + ", "sub": " - ", "mul": "*", "div": "/"}
    keeps_order: ClassVar[bool] = True

    def format(self, item: Node) -> str:
        """The text of an expression."""
        return self.fragment(item)[0]

    def fragment(self, item: Node) -> Fragment:
        """The text of an expression, with its precedence."""
        match item.op:
            case "number":
                return self.format_number(item.number or 0.0)
            case "name":
                return self.format_name(str(item.value))
            case "neg":
                return f"-{self.right_operand(item.args[0], PRODUCT)}", SIGN
            case "add" | "sub":
                return self._sum(item), SUM
            case "mul" | "div":
                return self._product(item, leading=True)
            case "pow":
                return self.format_power(item)
            case "where":
                return self.format_where(item)
        return self.format_call(item)

    def format_name(self, name: str) -> Fragment:
        """The fragment of a variable."""
        return name, ATOM

    def format_where(self, item: Node) -> Fragment:
        """The fragment of a `where`."""
        left, right, yes, no = map(self.format, item.args)
        return f"where({left} {item.value} {right}, {yes}, {no})", ATOM

    def format_number(self, value: float) -> Fragment:
        """The fragment of a constant: whole numbers without a decimal point, pi and e by name."""
        if abs(value) in _CONSTANT_NAMES:
            return number_fragment(("-" if value < 0 else "") + _CONSTANT_NAMES[abs(value)])
        exact = value.is_integer() and abs(value) < 2**53
        return number_fragment(f"{value:.0f}" if exact else repr(value))

    def format_power(self, item: Node) -> Fragment:
        """The fragment of a power."""
        base, exponent = item.args
        return f"{self.operand(base, ATOM)}**{self.operand(exponent, SIGN)}", POWER

    def format_call(self, item: Node) -> Fragment:
        """The fragment of a call."""
        return f"{item.value}({', '.join(map(self.format, call_arguments(item)))})", ATOM

    def parenthesized(self, text: str) -> str:
        """A text in parentheses."""
        return f"({text})"

    def starts_with_minus(self, text: str) -> bool:
        """Whether a text starts with a minus."""
        return text.startswith("-")

    def join(self, item: Node, left: str, right: str) -> str:
        """The text of an infix operation from those of its operands."""
        return f"{left}{self.infix[item.op]}{right}"

    def operand(self, item: Node, precedence: int) -> str:
        """The text of an operand, in parentheses if its precedence is below `precedence`."""
        text, actual = self.fragment(item)
        return text if actual >= precedence else self.parenthesized(text)

    def right_operand(self, item: Node, precedence: int) -> str:
        """The text of an operand after an operator; a leading minus is put in parentheses, as in 2 + (-3)*x."""
        text, actual = self._product(item, leading=False) if self._is_product(item) else self.fragment(item)
        return text if actual >= precedence and not self.starts_with_minus(text) else self.parenthesized(text)

    # Sums and products may be as long as a formula: their left operands are walked without recursion.

    def _is_product(self, item: Node) -> bool:
        return item.op in ("mul", "div") and item.op in self.infix

    def _sum(self, item: Node) -> str:
        first, operations = _left_chain(item, lambda left: left.op in ("add", "sub"))
        text = self.operand(first, SUM)
        for operation in operations:
            precedence = PRODUCT if self.keeps_order or operation.op == "sub" else SUM
            text = self.join(operation, text, self.right_operand(operation.args[1], precedence))
        return text

    def _product(self, item: Node, leading: bool) -> Fragment:
        """The fragment of a product. Args: leading: whether no operator precedes it; then it may begin with a minus."""
        first, operations = _left_chain(item, self._is_product)
        text, precedence = self.fragment(first)
        if precedence < PRODUCT or (self.starts_with_minus(text) and not leading):
            text = self.parenthesized(text)
        for operation in operations:
            precedence = SIGN if self.keeps_order or operation.op == "div" else PRODUCT
            text = self.join(operation, text, self.right_operand(operation.args[1], precedence))
        return text, PRODUCT


def _left_chain(item: Node, continues: Callable[[Node], bool]) -> tuple[Node, list[Node]]:
    """The leftmost operand of a sum or a product, and the operations from left to right."""
    operations = [item]
    while continues(operations[-1].args[0]):
        operations.append(operations[-1].args[0])
    return operations[-1].args[0], operations[::-1]


def number_fragment(text: str) -> Fragment:
    """The text of a number, with its precedence."""
    if text.startswith("-"):
        return text, SIGN
    return text, POWER if "^" in text else ATOM


def call_arguments(item: Node) -> list[Node]:
    """The arguments of a call; calls of the same function within it are flattened: a, b and c for max(max(a, b), c)."""
    if not FUNCTIONS[str(item.value)].many:
        return list(item.args)
    first, second = item.args
    same = first.op == "call" and first.value == item.value
    return [*(call_arguments(first) if same else [first]), second]


def to_source(formula: Node) -> str:
    """The text of an expression, in the language of `language.py`."""
    return SourceFormatter({}).format(formula)


def source_with_values(formula: Node, values: Mapping[str, float]) -> str | None:
    """The text of an expression with every name in `values` replaced by its number in full.

    Returns:
        None if one of these numbers is not finite, as the language cannot express it.
    """
    used = {name: value for name, value in values.items() if name in formula.names}
    return SourceFormatter(used).format(formula) if all(map(math.isfinite, used.values())) else None


class SourceFormatter(Formatter):
    """The language of `language.py`, with numbers for the names in `values`.

    The text parses to a tree that computes the same value to the last bit. So it keeps the order of operations, and a
    number that replaces an exponent has a decimal point, so that a power is not computed as a product.
    """

    def __init__(self, values: Mapping[str, float]) -> None:
        self.values = values

    def format_name(self, name: str) -> Fragment:
        return number_fragment(repr(self.values[name])) if name in self.values else (name, ATOM)

    def format_power(self, item: Node) -> Fragment:
        base, exponent = item.args
        text = self.operand(exponent, SIGN)
        if item.value == REAL:  # the exponent is a number with a decimal point
            text = f"-{exponent.args[0].number!r}" if exponent.op == "neg" else repr(exponent.number)
        return f"{self.operand(base, ATOM)}**{self.parenthesized(text) if text.startswith('-') else text}", POWER
