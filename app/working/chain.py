"""The gradient of a loss over data by the chain rule: the residual of each point, what it adds, and what all make.

A loss is declared as a formula in the residual U alone, and the residual as a formula in the parameters. Both are
differentiated by the same calculus as any formula, and their product is what one point adds.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.formulas.calculus import derivative
from app.formulas.filled import Filled, fill
from app.formulas.nodes import Node, name, node, number, substitute
from app.formulas.numbers import latex_value
from app.formulas.printing import CHOICE
from app.formulas.typeset import Printer, latex, latex_name, number_strength
from app.formulas.written import written
from app.problems.objective import FLOATS_UP_TO, OverData
from app.working.sums import LINES_AT_ONCE, LISTED, WRITTEN_OUT, Seen, partial

RESIDUAL, INNER = "residual", "inner"


@dataclass(frozen=True)
class Text:
    """A formula.

    Args:
        formula: as text of the language; latex: None where it is too long to print.
    """

    formula: str
    latex: str | None


@dataclass(frozen=True)
class Chain:
    """The chain rule for one parameter, in symbols: for every point i, or for the one point seen.

    Args:
        residual: of one point, in the parameters and the data; loss: of one point, in its residual.
        outer: the derivative of the loss by the residual; inner: the derivative of the residual by the parameter.
        product: of the two, what one point adds.
        divisor: by which the sum of the products is divided, None where it is not.
        loss_latex: the loss of all points seen, of which B is the batch; residual_latex: U of point i.
        rule_latex: the rule before anything is differentiated; product_latex: after, the component as a sum.
    """

    residual: Text
    loss: Text
    outer: Text
    inner: Text
    product: Text
    divisor: int | None
    loss_latex: str | None
    residual_latex: str | None
    rule_latex: str
    product_latex: str | None


@dataclass(frozen=True)
class Term(Filled):
    """What one data point adds to a component of the gradient.

    Args:
        point: its index, from 0.
        residual: target minus prediction.
        chain: the same value as a product, d loss / d residual times d residual / d parameter.
        formula, formula_latex: with the data put in, in the parameters; None where the points are many.
    """

    point: int
    residual: Filled
    chain: Filled
    formula: str | None
    formula_latex: str | None


class PointNames(Printer):
    """LaTeX in which the data and the residual are those of one point."""

    def __init__(self, index: str = "i") -> None:
        self._symbols = {"feature": f"x_{{{index}}}", "target": f"y_{{{index}}}", RESIDUAL: f"U_{{{index}}}"}

    def name(self, name: str) -> tuple[str, int]:
        text, strength = super().name(name)
        return self._symbols.get(name, text), strength

    def choice(self, item: Node) -> tuple[str, int]:
        """Cases stand in brackets beside anything else, lest what follows them belong to the last one alone."""
        return super().choice(item)[0], CHOICE


class RoundedNumbers(Printer):
    """LaTeX in which data that were put in are rounded for reading."""

    def text(self, item: Node) -> tuple[str, int]:
        return super().text(item) if item.number is None else number_strength(latex_value(item.number))


class ChainRule:
    """The chain rule for one parameter of a fit: both derivatives, in symbols and with the numbers of each point."""

    def __init__(self, objective: OverData, index: int, seen: Seen) -> None:
        self.objective, self.seen, self.parameter = objective, seen, objective.parameters[index]
        self.formula = objective.gradient[index]
        self.outer = derivative(objective.of_residual, RESIDUAL)
        self.inner = derivative(objective.residual, self.parameter)

    # in symbols

    def in_symbols(self) -> Chain:
        """The rule for every point seen."""
        of_residual, residual = self.objective.of_residual, self.objective.residual
        product, symbol = node("mul", self.outer, self.inner), f"U_{{{self.seen.point}}}"
        loss, parameter = self.seen.loss, latex_name(self.parameter)
        outer, inner = partial(loss, symbol), partial(symbol, parameter)
        return Chain(
            residual=self._text(residual),
            loss=self._text(of_residual),
            outer=self._text(self.outer),
            inner=self._text(self.inner),
            product=self._text(product),
            divisor=self.seen.divisor,
            loss_latex=_equation(loss, self._sum_of(of_residual)),
            residual_latex=_equation(symbol, self._text(residual).latex),
            rule_latex=rf"{partial(loss, parameter)} = {self.seen.sign}{outer} \cdot {inner}",
            product_latex=self._sum_of(product),
        )

    def formula_latex(self) -> str | None:
        """The component in symbols, as one formula."""
        return self._sum_of(self.formula)

    def _text(self, formula: Node) -> Text:
        return Text(written(formula), latex(formula, PointNames(self.seen.point)))

    def _sum_of(self, formula: Node) -> str | None:
        text = self._text(formula).latex
        return None if text is None else self.seen.sum_of(text, formula)

    # with numbers

    def terms(self, at: Mapping[str, float], marked: bool) -> Generator[None, None, list[Term]]:
        """Return what each point adds where the parameters have these values; pauses now and then."""
        found: list[Term] = []
        for point in self.seen.points:
            found.append(self._term(at, point, marked))
            if len(found) % LINES_AT_ONCE == 0:
                yield
        return found

    def _term(self, at: Mapping[str, float], point: int, marked: bool) -> Term:
        row = {column: float(values[point]) for column, values in self.objective.columns.items()}
        values = {**at, **row}
        residual = fill(self.objective.residual, values, marked)
        factors = {RESIDUAL: residual.value, INNER: fill(self.inner, values).value}
        share = fill(node("mul", self.outer, name(INNER)), factors, marked)
        filled = fill(self.formula, values, marked)
        term = Term(**vars(filled), point=point, residual=residual, chain=share, formula=None, formula_latex=None)
        if len(self.seen.points) > LISTED:
            return term
        # with the data put in it is simplified as a derivative is
        data = {column: number(value) for column, value in row.items()}
        formula = derivative(substitute(self.objective.term, data), self.parameter)
        return replace(term, formula=written(formula), formula_latex=latex(formula, RoundedNumbers()))

    def sum_in_full(self, terms: Sequence[Term]) -> str | None:
        """What the terms make, every number in full; None where NumPy adds them up in an order of its own."""
        several = self.objective.points <= FLOATS_UP_TO
        return self.seen.in_full([repr(term.value) for term in terms]) if several else None

    def sum_shown(self, terms: Sequence[Term]) -> str:
        """What the terms make, rounded for reading."""
        if len(terms) <= WRITTEN_OUT and not any(term.latex is None or "as }" in term.latex for term in terms):
            return self.seen.shown([str(term.latex) for term in terms])
        parts = [term.value_latex for term in terms]
        return self.seen.shown(parts if len(parts) <= LISTED else [*parts[:WRITTEN_OUT], r"\cdots", parts[-1]])


def _equation(left: str, right: str | None) -> str | None:
    return None if right is None else f"{left} = {right}"
