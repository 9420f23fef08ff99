"""A sum or a mean over the data points that a step sees: in symbols, with numbers in full, and rounded for reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.formulas.nodes import Node
from app.formulas.numbers import total
from app.formulas.typeset import Printer, in_brackets

LISTED = 8
"""With more points than this a working leaves some out, and puts no data into formulas."""
WRITTEN_OUT = 3
"""So many of them it still shows, and with no more than these a sum shows formulas instead of values."""
LINES_AT_ONCE = 8
"""It pauses after so many formulas with numbers put in."""


@dataclass(frozen=True)
class Seen:
    """The data points that a step sees, and how they are written.

    Args:
        points: their indices from 0; batch: whether they are a sample of all there are.
        mean: whether what they add is averaged.
    """

    points: Sequence[int]
    batch: bool
    mean: bool

    @property
    def divisor(self) -> int | None:
        """By which their sum is divided, None where it is not."""
        return len(self.points) if self.mean and len(self.points) > 1 else None

    @property
    def point(self) -> str:
        """The index of each: its own number where a batch has one, else i."""
        return str(self.points[0] + 1) if self.batch and len(self.points) == 1 else "i"

    @property
    def loss(self) -> str:
        """The loss of all of them."""
        if not self.batch:
            return "L"
        return "L_{B}" if self.point == "i" else f"L_{{{self.point}}}"

    @property
    def sign(self) -> str:
        """What stands before a term to sum it up, nothing where there is one point."""
        return "" if self.point != "i" else r"\sum_{i \in B} " if self.batch else r"\sum_{i} "

    def sum_of(self, text: str, formula: Node | None = None) -> str:
        """The sum or mean of a term in symbols; in brackets where its formula is a sum itself."""
        minus, text = ("-", text[1:]) if text.startswith("-") else ("", text)
        share = "" if self.divisor is None else rf"\frac{{1}}{{{self.divisor}}} "
        brackets = formula is not None and formula.op in ("add", "sub")
        return minus + share + self.sign + (rf"\left({text}\right)" if brackets else text)

    def in_full(self, texts: Sequence[str]) -> str:
        """The sum or mean of all terms, each a text of the language."""
        if len(texts) == 1:
            return texts[0]
        text = " + ".join(f"({each})" if each.startswith("-") else each for each in texts)
        return text if self.divisor is None else f"({text})/{self.divisor}"

    def shown(self, parts: Sequence[str]) -> str:
        """The sum or mean of terms with numbers, in LaTeX."""
        text = total([parts[0], *map(_later, parts[1:])])
        return text if self.divisor is None else rf"\frac{{1}}{{{self.divisor}}} \left({text}\right)"


def _later(part: str) -> str:
    """A term as it stands after another: in brackets where its sign is within a mark."""
    return in_brackets(part) if Printer().is_signed(part) and not part.startswith("-") else part


def partial(of: str, in_: str) -> str:
    """The LaTeX of a partial derivative."""
    return rf"\frac{{\partial {of}}}{{\partial {in_}}}"
