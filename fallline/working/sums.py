"""The sum or mean over the data points that a step sees: in symbols, with numbers in full, and rounded for reading."""

from collections.abc import Sequence
from dataclasses import dataclass

from fallline.formulas.latex_formatter import LatexFormatter, latex_sum
from fallline.formulas.nodes import Node

MAX_LISTED = 8
"""With more points than this a working leaves some out, and puts no data into formulas."""
FEW = 3
"""Of more than MAX_LISTED points a sum shows so many; with no more than these it shows formulas instead of values."""
EVALUATIONS_AT_ONCE = 8
"""A working pauses after so many evaluations."""


@dataclass(frozen=True)
class BatchSum:
    """The sum or mean of what each data point seen adds, as text.

    Args:
        points: their indices from 0; sampled: whether they are a sample of all there are.
        mean: whether what they add is averaged.
    """

    points: Sequence[int]
    sampled: bool
    mean: bool

    @property
    def divisor(self) -> int | None:
        """The number by which the sum is divided, None where it is not."""
        return len(self.points) if self.mean and len(self.points) > 1 else None

    @property
    def index(self) -> str:
        """The index of a point in symbols: the number of a single sampled point, else i."""
        return str(self.points[0] + 1) if self.sampled and len(self.points) == 1 else "i"

    @property
    def loss(self) -> str:
        """The symbol of the loss of all points seen."""
        if not self.sampled:
            return "L"
        return "L_{B}" if self.index == "i" else f"L_{{{self.index}}}"

    @property
    def sigma(self) -> str:
        """The sign of the sum, empty where one point is seen."""
        if self.index != "i":
            return ""
        return r"\sum_{i \in B} " if self.sampled else r"\sum_{i} "

    def in_symbols(self, term: str, formula: Node | None = None) -> str:
        """The LaTeX of the sum or mean of a term; in brackets where its formula is a sum itself."""
        minus, term = ("-", term[1:]) if term.startswith("-") else ("", term)
        share = "" if self.divisor is None else rf"\frac{{1}}{{{self.divisor}}} "
        brackets = formula is not None and formula.op in ("add", "sub")
        return minus + share + self.sigma + (rf"\left({term}\right)" if brackets else term)

    def source(self, terms: Sequence[str]) -> str:
        """The sum or mean of terms as text of the language."""
        if len(terms) == 1:
            return terms[0]
        text = " + ".join(f"({term})" if term.startswith("-") else term for term in terms)
        return text if self.divisor is None else f"({text})/{self.divisor}"

    def latex(self, terms: Sequence[str]) -> str:
        """The LaTeX of the sum or mean of terms with numbers."""
        text = latex_sum([terms[0], *map(_later_term, terms[1:])])
        return text if self.divisor is None else rf"\frac{{1}}{{{self.divisor}}} \left({text}\right)"


def _later_term(term: str) -> str:
    """A term after another: in brackets where its minus is inside a mark."""
    formatter = LatexFormatter()
    return formatter.parenthesized(term) if formatter.starts_with_minus(term) and term[0] != "-" else term


def partial_latex(of: str, by: str) -> str:
    """The LaTeX of a partial derivative."""
    return rf"\frac{{\partial {of}}}{{\partial {by}}}"
