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
from app.formulas.numbers import latex_value, total
from app.formulas.printing import CHOICE
from app.formulas.typeset import Printer, latex, latex_name, number_strength
from app.formulas.written import written
from app.problems.objective import FLOATS_UP_TO, OverData

WRITTEN_OUT = 3
"""With more points than this a sum shows the values of its terms, not their formulas."""
LISTED = 8
"""With more points than this a sum leaves out the middle, and no formula has the data put in."""
TERMS_AT_ONCE = 8

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


@dataclass(frozen=True)
class _Parts:
    """The two derivatives of the chain rule as expressions, and their product."""

    outer: Node
    inner: Node

    @property
    def product(self) -> Node:
        return node("mul", self.outer, self.inner)


def _parts(objective: OverData, index: int) -> _Parts:
    outer = derivative(objective.of_residual, RESIDUAL)
    return _Parts(outer, derivative(objective.residual, objective.parameters[index]))


# in symbols


def chain(objective: OverData, index: int, seen: Sequence[int], batch: bool) -> Chain:
    """The chain rule for the parameter with this index, over the points `seen`; `batch` where they are a sample."""
    parts, divisor = _parts(objective, index), len(seen) if objective.mean and len(seen) > 1 else None
    point = str(seen[0] + 1) if batch and len(seen) == 1 else "i"
    text = _Texts(point, batch, divisor)
    return Chain(
        residual=text.of(objective.residual),
        loss=text.of(objective.of_residual),
        outer=text.of(parts.outer),
        inner=text.of(parts.inner),
        product=text.of(parts.product),
        divisor=divisor,
        loss_latex=text.equation(text.loss, text.sum_of(objective.of_residual)),
        residual_latex=text.equation(f"U_{{{point}}}", latex(objective.residual, text.printer)),
        rule_latex=text.rule(latex_name(objective.parameters[index])),
        product_latex=text.sum_of(parts.product),
    )


class _Texts:
    """How the points seen are written: summed over i, over i in the batch B, or the one there is."""

    def __init__(self, point: str, batch: bool, divisor: int | None) -> None:
        self.point, self.divisor = point, divisor
        self.printer = PointNames(point)
        alone = point != "i"
        self.loss = f"L_{{{point if alone else 'B'}}}" if batch else "L"
        self.sign = "" if alone else r"\sum_{i \in B} " if batch else r"\sum_{i} "

    def of(self, formula: Node) -> Text:
        return Text(written(formula), latex(formula, self.printer))

    def sum_of(self, formula: Node) -> str | None:
        text = latex(formula, self.printer)
        share = "" if self.divisor is None else rf"\frac{{1}}{{{self.divisor}}} "
        return None if text is None else share + self.sign + _as_factor(formula, text)

    def rule(self, parameter: str) -> str:
        residual = f"U_{{{self.point}}}"
        whole, outer, inner = (self.loss, parameter), (self.loss, residual), (residual, parameter)
        return rf"{_partial(*whole)} = {self.sign}{_partial(*outer)} \cdot {_partial(*inner)}"

    @staticmethod
    def equation(left: str, right: str | None) -> str | None:
        return None if right is None else f"{left} = {right}"


def _partial(of: str, in_: str) -> str:
    return rf"\frac{{\partial {of}}}{{\partial {in_}}}"


def _as_factor(formula: Node, text: str) -> str:
    """A sum after a sign of summation stands in brackets."""
    return rf"\left({text}\right)" if formula.op in ("add", "sub") else text


# with numbers


def terms(
    objective: OverData, index: int, at: Mapping[str, float], seen: Sequence[int], marked: bool
) -> Generator[None, None, list[Term]]:
    """Return what each point of `seen` adds; pauses now and then."""
    parts = _parts(objective, index)
    found: list[Term] = []
    for point in seen:
        row = {column: float(values[point]) for column, values in objective.columns.items()}
        found.append(_term(objective, index, parts, {**at, **row}, point, marked))
        if len(found) % TERMS_AT_ONCE == 0:
            yield
    return [_with_data_in(objective, index, term) for term in found] if len(found) <= LISTED else found


def _term(
    objective: OverData, index: int, parts: _Parts, values: Mapping[str, float], point: int, marked: bool
) -> Term:
    filled = fill(objective.gradient[index], values, marked)
    residual = fill(objective.residual, values, marked)
    inner = fill(parts.inner, values).value
    share = fill(node("mul", parts.outer, name(INNER)), {RESIDUAL: residual.value, INNER: inner}, marked)
    return Term(
        filled.value, filled.substituted, filled.latex, filled.value_latex, point, residual, share, None, None
    )  # fmt: skip


def _with_data_in(objective: OverData, index: int, term: Term) -> Term:
    """The term with the formula that has its point's numbers in it, simplified as a derivative is."""
    row = {column: number(values[term.point]) for column, values in objective.columns.items()}
    formula = derivative(substitute(objective.term, row), objective.parameters[index])
    return replace(term, formula=written(formula), formula_latex=latex(formula, RoundedNumbers()))


# what the points make


def sum_in_full(objective: OverData, terms: Sequence[Term]) -> str | None:
    """The sum or mean of the terms with every number in full; None where NumPy adds them up in an order of its own."""
    if objective.points > FLOATS_UP_TO:
        return None
    parts = [f"({term.value!r})" if term.value < 0 else repr(term.value) for term in terms]
    text = " + ".join(parts)
    return f"({text})/{len(terms)}" if objective.mean else text


def sum_shown(objective: OverData, terms: Sequence[Term]) -> str:
    """The sum or mean of the terms, rounded for reading."""
    if len(terms) <= WRITTEN_OUT and not any(term.latex is None or "as }" in term.latex for term in terms):
        parts = [str(term.latex) for term in terms]
    elif len(terms) <= LISTED:
        parts = [term.value_latex for term in terms]
    else:
        parts = [*(term.value_latex for term in terms[:WRITTEN_OUT]), r"\cdots", terms[-1].value_latex]
    text = total(parts)
    return rf"\frac{{1}}{{{len(terms)}}} \left({text}\right)" if objective.mean and len(terms) > 1 else text


def sum_formula(objective: OverData, index: int, count: int) -> str | None:
    """The component in symbols, as one formula."""
    text = latex(objective.gradient[index], PointNames())
    if text is None:
        return None
    sign, text = ("-", text[1:]) if text.startswith("-") else ("", text)
    factor = rf"\frac{{1}}{{{count}}} " if objective.mean and count > 1 else ""
    return rf"{sign}{factor}\sum_{{i}} {text}"
