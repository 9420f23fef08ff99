"""The sum or mean over the data points of a step: in symbols, with numbers in full, and with rounded numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

from fallline.formulas.latex_formatter import LatexFormatter, latex_sum
from fallline.formulas.nodes import Node

MAX_LISTED = 8
"""With more points than this, a working shows only some of them, and no formulas with data in them."""
FEW = 3
"""The number of terms that a sum over more than MAX_LISTED points shows. A sum over at most this many points shows the
formulas of its terms instead of their values."""
EVALUATIONS_AT_ONCE = 8
"""A working pauses after this many evaluations."""


@dataclass(frozen=True)
class BatchSum:
    """The sum or mean of the terms of the data points that a step uses, as text.

    Args:
        points: the indices of the points, from 0; sampled: whether they are a batch, and not all points.
        mean: whether the terms are averaged, and not added up.
    """

    points: Sequence[int]
    sampled: bool
    mean: bool

    @property
    def divisor(self) -> int | None:
        """The number by which the sum is divided; None if it is not divided."""
        return len(self.points) if self.mean and len(self.points) > 1 else None

    @property
    def index(self) -> str:
        """The index of a point in formulas: its number if the batch is a single point, else i."""
        return str(self.points[0] + 1) if self.sampled and len(self.points) == 1 else "i"

    @property
    def loss(self) -> str:
        """The symbol of the loss over the points of the step."""
        if not self.sampled:
            return "L"
        return "L_{B}" if self.index == "i" else f"L_{{{self.index}}}"

    @property
    def sigma(self) -> str:
        """The sign of the sum; empty for a batch of a single point."""
        if self.index != "i":
            return ""
        return r"\sum_{i \in B} " if self.sampled else r"\sum_{i} "

    def in_symbols(self, term: str, formula: Node | None = None) -> str:
        """The LaTeX of the sum or mean of a term, which is put in brackets if its formula is a sum."""
        minus, term = ("-", term[1:]) if term.startswith("-") else ("", term)
        share = "" if self.divisor is None else rf"\frac{{1}}{{{self.divisor}}} "
        brackets = formula is not None and formula.op in ("add", "sub")
        return minus + share + self.sigma + (rf"\left({term}\right)" if brackets else term)

    def source(self, terms: Sequence[str]) -> str:
        """The sum or mean of terms as a formula in the language of `fallline/formulas/language.py`."""
        if len(terms) == 1:
            return terms[0]
        text = " + ".join(f"({term})" if term.startswith("-") else term for term in terms)
        return text if self.divisor is None else f"({text})/{self.divisor}"

    def latex(self, terms: Sequence[str]) -> str:
        """The LaTeX of the sum or mean of terms with numbers."""
        text = latex_sum([terms[0], *map(_later_term, terms[1:])])
        return text if self.divisor is None else rf"\frac{{1}}{{{self.divisor}}} \left({text}\right)"


def _later_term(term: str) -> str:
    """A term that follows another; in brackets if it begins with a minus inside a mark."""
    formatter = LatexFormatter()
    return formatter.parenthesized(term) if formatter.starts_with_minus(term) and term[0] != "-" else term


def partial_latex(of: str, by: str) -> str:
    """The LaTeX of the partial derivative of `of` by `by`."""
    return rf"\frac{{\partial {of}}}{{\partial {by}}}"
