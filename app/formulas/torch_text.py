"""Formulas as lines of PyTorch: on tensors, so that an operation never raises and autograd finds the gradient."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from app.formulas.functions import product_exponent
from app.formulas.nodes import Node
from app.formulas.printing import ATOM, Text
from app.formulas.program import PythonText
from app.formulas.vocabulary import FUNCTIONS

_OF_ONE = """\
def {name}(u):
    return torch.{name}(torch.as_tensor(u))"""

_WRITTEN: Mapping[str, str] = {
    "over": '''\
def over(a, b):
    """a / b, and infinity or nan where b is 0."""
    return torch.as_tensor(a) / b''',
    "pow": """\
def pow(a, b):
    return torch.pow(torch.as_tensor(a), b)""",
    "max": '''\
def max(u, v):
    """The larger of two numbers; its slope is that of the first where they are equal."""
    return u if u >= v else v''',
    "min": '''\
def min(u, v):
    """The smaller of two numbers; its slope is that of the first where they are equal."""
    return u if u <= v else v''',
    "where": '''\
def where(test, yes, no):
    """yes or no, for each number by itself."""
    return torch.where(torch.as_tensor(test), torch.as_tensor(yes), torch.as_tensor(no))''',
    "maximum": '''\
def maximum(u, v):
    """The larger of two, for each number by itself."""
    return torch.where(torch.as_tensor(u >= v), torch.as_tensor(u), torch.as_tensor(v))''',
    "minimum": '''\
def minimum(u, v):
    """The smaller of two, for each number by itself."""
    return torch.where(torch.as_tensor(u <= v), torch.as_tensor(u), torch.as_tensor(v))''',
}

TORCH_TEXTS: Mapping[str, str] = {
    **{name: _OF_ONE.format(name=name) for name in FUNCTIONS if name not in ("abs", "max", "min")},
    **_WRITTEN,
}
"""Name -> the text of the function that a program brings along."""

_ELEMENTWISE = {"max": "maximum", "min": "minimum"}


def torch_texts(wanted: Iterable[str]) -> list[str]:
    """The texts of some functions, in one order whatever theirs."""
    chosen = set(wanted)
    return [text for name, text in TORCH_TEXTS.items() if name in chosen]


class TorchText(PythonText):
    """Writes formulas for single numbers, in which a choice computes one side; they may be tensors."""

    def power(self, item: Node) -> Text:
        count = product_exponent(item)
        return super().power(item) if count is None else self.infix_power(item.args[0], str(count))

    def called(self, function: str, args: Sequence[Node], careful: bool) -> str:  # noqa: ARG002
        if function != "abs":
            self.functions.add(function)
        return f"{function}({', '.join(map(self.plain, args))})"


class ElementwiseText(TorchText):
    """Writes formulas for tensors of several numbers, in which a choice computes both sides."""

    def called(self, function: str, args: Sequence[Node], careful: bool) -> str:
        return super().called(_ELEMENTWISE.get(function, function), args, careful)

    def choice(self, item: Node) -> Text:
        self.functions.add("where")
        left, right, yes, no = map(self.plain, item.args)
        return f"where({left} {item.value} {right}, {yes}, {no})", ATOM
