"""Formulas as readable Python: `(x**2 + y - 11)**2`. It is written from nodes, never from a user's text."""

from collections.abc import Collection, Mapping
from typing import ClassVar

from fallline.formulas.formatter import ATOM, CONDITIONAL, SUM, Formatter, Fragment
from fallline.formulas.nodes import Node

_WHOLE_VARIABLES = ("t", "k")
"""Variables that are whole numbers: the number of a step, and the number of steps before it."""


class PythonFormatter(Formatter):
    """Python on floats, with the functions of `math`, which raise for 1/0 or sqrt(-1).

    Args:
        names: the name in Python of each variable whose name differs there.
    """

    keeps_order: ClassVar = False

    def __init__(self, names: Mapping[str, str] | None = None) -> None:
        self.names = names or {}

    def assignment(self, target: str, formula: Node) -> str:
        """The line `target = formula`."""
        return f"{self.names.get(target, target)} = {self.format(formula)}"

    def format_name(self, name: str) -> Fragment:
        return self.names.get(name, name), ATOM

    def needs_pow(self, item: Node) -> bool:
        """Whether a power is written with `pow` of `math`, which raises where ** would give a complex number."""
        base, exponent = item.args
        return base.number is None and not _is_whole(exponent)

    def format_power(self, item: Node) -> Fragment:
        if self.needs_pow(item):
            return f"pow({', '.join(map(self.format, item.args))})", ATOM
        return super().format_power(item)

    def format_where(self, item: Node) -> Fragment:
        left, right, yes = (self.operand(arg, SUM) for arg in item.args[:3])
        return f"{yes} if {left} {item.value} {right} else {self.format(item.args[3])}", CONDITIONAL


class TorchFormatter(PythonFormatter):
    """PyTorch. An expression is a tensor if it contains a variable that is a tensor; otherwise it is a float.

    Args:
        tensors: the variables that are tensors.
        names: as for `PythonFormatter`.
        elementwise: whether tensors have several elements, so that a `where` computes both sides.
    """

    def __init__(
        self, tensors: Collection[str], names: Mapping[str, str] | None = None, elementwise: bool = True
    ) -> None:
        super().__init__(names)
        self.tensors, self.elementwise = tensors, elementwise

    def is_tensor(self, item: Node) -> bool:
        """Whether an expression contains a tensor."""
        return not item.names.isdisjoint(self.tensors)

    def assignment(self, target: str, formula: Node) -> str:
        text = self.format_tensor(formula) if target in self.tensors else self.format(formula)
        return f"{self.names.get(target, target)} = {text}"

    def format_tensor(self, item: Node) -> str:
        """The text of an expression, converted to a tensor if it is a float."""
        return self.format(item) if self.is_tensor(item) else f"torch.full_like(g, {self.format(item)})"

    def needs_pow(self, item: Node) -> bool:
        return not self.is_tensor(item) and super().needs_pow(item)

    def format_where(self, item: Node) -> Fragment:
        if not self.elementwise or not self.is_tensor(item):
            return super().format_where(item)
        left, right = (self.operand(arg, SUM) for arg in item.args[:2])
        yes, no = item.args[2:]
        if any(map(self.is_tensor, item.args[:2])):
            return f"torch.where({left} {item.value} {right}, {self.format(yes)}, {self.format(no)})", ATOM
        first = self.operand(yes, SUM) if self.is_tensor(yes) else self.format_tensor(yes)
        return f"{first} if {left} {item.value} {right} else {self.format_tensor(no)}", CONDITIONAL

    def format_call(self, item: Node) -> Fragment:
        function = str(item.value)
        is_extreme = function in ("max", "min")
        if not self.is_tensor(item) or function == "abs" or (is_extreme and not self.elementwise):
            return super().format_call(item)
        if not is_extreme:
            return f"torch.{function}({self.format(item.args[0])})", ATOM
        first, second = sorted(item.args, key=self.is_tensor, reverse=True)
        if self.is_tensor(second):
            return f"torch.{function}imum({', '.join(map(self.format, item.args))})", ATOM
        limit = "min" if function == "max" else "max"
        return f"torch.clamp({self.format(first)}, {limit}={self.format(second)})", ATOM


def _is_whole(exponent: Node) -> bool:
    if exponent.op == "neg":
        return _is_whole(exponent.args[0])
    if exponent.number is not None:
        return exponent.number.is_integer()
    return exponent.value in (*_WHOLE_VARIABLES, "floor")
