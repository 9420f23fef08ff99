"""The working of a gradient: a formula with its numbers; or with data the chain rule, with a term for each point.

A loss over data is declared as a formula in the residual U, and the residual as a formula in the parameters. Both are
differentiated like any formula. The product of the two derivatives is the term of one point.
"""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, replace

from fallline.descent.replay import Step
from fallline.formulas.calculus import derivative
from fallline.formulas.evaluation import Evaluation, evaluate, latex_with_values, value_of
from fallline.formulas.formatter import CONDITIONAL, Fragment, source_with_values, to_source
from fallline.formulas.latex_formatter import LatexFormatter, latex, latex_name, latex_sum, latex_value
from fallline.formulas.nodes import Node, node, number, substitute, variable
from fallline.problems.objective import FLOATS_UP_TO, Closed, Objective, OverData
from fallline.types import Described
from fallline.working.sums import EVALUATIONS_AT_ONCE, FEW, MAX_LISTED, BatchSum, partial_latex

RESIDUAL_NAME, INNER = "residual", "inner"
MAX_SOURCE_PARTS = 400
"""A formula of more parts than this has no text, as the language would not parse it."""


@dataclass(frozen=True)
class Formula(Described):
    """A formula in symbols."""

    formula: str
    """The formula as text."""
    latex: str | None
    """The LaTeX of the formula; null if it is too long to print."""


@dataclass(frozen=True)
class Chain(Described):
    """The chain rule for one parameter, in symbols: for every point i, or for the only point of the batch."""

    residual: Formula
    """The residual of one point, in the parameters and the data."""
    loss: Formula
    """The loss of one point, in its residual."""
    outer: Formula
    """The derivative of the loss of one point in its residual."""
    inner: Formula
    """The derivative of the residual in the parameter."""
    product: Formula
    """The product of `outer` and `inner`, which is the term of one point."""
    divisor: int | None
    """The number by which the sum of the terms is divided; null if it is not divided."""
    loss_latex: str | None
    """The LaTeX of the loss over the points of the step; B is the batch. Null if it is too long to print."""
    residual_latex: str | None
    """The LaTeX of the residual U of point i; null if it is too long to print."""
    rule_latex: str
    """The LaTeX of the chain rule, before anything is differentiated."""
    product_latex: str | None
    """The LaTeX of the component as a sum of differentiated terms; null if it is too long to print."""


@dataclass(frozen=True)
class Term(Evaluation):
    """The term of one data point in a component of the gradient."""

    point: int
    """The index of the point, from 0."""
    residual: Evaluation
    """The residual of the point, target minus prediction, with its numbers."""
    chain: Evaluation
    """The term as a product, d loss / d residual times d residual / d parameter, with its numbers."""
    formula: str | None
    """The term as a formula in the parameters, with the numbers of the point; null if there are many points."""
    formula_latex: str | None
    """The LaTeX of `formula`; null if there are many points, or it is too long to print."""


class _PointFormatter(LatexFormatter):
    """LaTeX in which the names of the data and of the residual have the index of a point."""

    def __init__(self, index: str) -> None:
        super().__init__({"feature": f"x_{{{index}}}", "target": f"y_{{{index}}}", RESIDUAL_NAME: f"U_{{{index}}}"})

    def format_where(self, item: Node) -> Fragment:
        """Cases, in brackets unless they are alone, so that text after them does not seem to belong to the last one."""
        return super().format_where(item)[0], CONDITIONAL


class ChainRule:
    """The chain rule for one parameter of a fit, in symbols and with the numbers of each point."""

    def __init__(self, objective: OverData, index: int, batch_sum: BatchSum) -> None:
        self.objective = objective
        self.batch_sum = batch_sum
        self.parameter = objective.parameters[index]
        self.formula = objective.gradient[index]
        self.outer = derivative(objective.of_residual, RESIDUAL_NAME)
        self.inner = derivative(objective.residual, self.parameter)

    def in_symbols(self) -> Chain:
        """The rule in symbols, for every point of the step."""
        of_residual = self.objective.of_residual
        residual = self.objective.residual
        product = node("mul", self.outer, self.inner)
        loss_symbol = self.batch_sum.loss
        residual_symbol = f"U_{{{self.batch_sum.index}}}"
        parameter_symbol = latex_name(self.parameter)
        outer = partial_latex(loss_symbol, residual_symbol)
        inner = partial_latex(residual_symbol, parameter_symbol)
        return Chain(
            residual=self._formula(residual),
            loss=self._formula(of_residual),
            outer=self._formula(self.outer),
            inner=self._formula(self.inner),
            product=self._formula(product),
            divisor=self.batch_sum.divisor,
            loss_latex=_equation(loss_symbol, self.sum_in_symbols(of_residual)),
            residual_latex=_equation(residual_symbol, self._formula(residual).latex),
            rule_latex=rf"{partial_latex(loss_symbol, parameter_symbol)} = {self.batch_sum.sigma}{outer} \cdot {inner}",
            product_latex=self.sum_in_symbols(product),
        )

    def _formula(self, formula: Node) -> Formula:
        return Formula(to_source(formula), latex(formula, _PointFormatter(self.batch_sum.index)))

    def sum_in_symbols(self, formula: Node) -> str | None:
        """The LaTeX of the sum of a formula over the points of the step; None if it is too long to print."""
        term = self._formula(formula).latex
        return None if term is None else self.batch_sum.in_symbols(term, formula)

    def terms(self, at: Mapping[str, float], marked: bool) -> Generator[None, None, list[Term]]:
        """Return the term of each point; pauses after every few evaluations. Args: at: parameter -> its value."""
        terms: list[Term] = []
        for point in self.batch_sum.points:
            terms.append(self._term(at, point, marked))
            if len(terms) % EVALUATIONS_AT_ONCE == 0:
                yield
        return terms

    def _term(self, at: Mapping[str, float], point: int, marked: bool) -> Term:
        row = {column: float(values[point]) for column, values in self.objective.columns.items()}
        values = {**at, **row}
        residual = evaluate(self.objective.residual, values, marked)
        factors = {RESIDUAL_NAME: residual.value, INNER: value_of(self.inner, values)}
        chain = evaluate(node("mul", self.outer, variable(INNER)), factors, marked)
        formula = formula_latex = None
        if len(self.batch_sum.points) <= MAX_LISTED:
            # the derivative with numbers in it is simpler than the derivative in symbols
            data = {column: number(value) for column, value in row.items()}
            with_data = derivative(substitute(self.objective.term, data), self.parameter)
            formula, formula_latex = to_source(with_data), latex(with_data, LatexFormatter(number=latex_value))
        component = evaluate(self.formula, values, marked)
        return Term(
            **vars(component), point=point, residual=residual, chain=chain, formula=formula, formula_latex=formula_latex
        )

    def sum_source(self, terms: Sequence[Term]) -> str | None:
        """The sum of the terms with every number in full; None if the run sums with NumPy, in another order."""
        in_order = len(self.objective.points) <= FLOATS_UP_TO
        return self.batch_sum.source([repr(term.value) for term in terms]) if in_order else None

    def sum_latex(self, terms: Sequence[Term]) -> str:
        """The LaTeX of the sum of the terms, with rounded numbers."""
        if len(terms) <= FEW and not any(term.latex is None or "as }" in term.latex for term in terms):
            return self.batch_sum.latex([str(term.latex) for term in terms])
        values = [term.value_latex for term in terms]
        return self.batch_sum.latex(values if len(values) <= MAX_LISTED else [*values[:FEW], r"\cdots", values[-1]])


def _equation(left: str, right: str | None) -> str | None:
    return None if right is None else f"{left} = {right}"


@dataclass(frozen=True)
class Component(Evaluation):
    """One component of the gradient that a step uses."""

    formula: str | None = None
    """The formula of the component, as text; null if there is none, or it is too long."""
    formula_latex: str | None = None
    """The LaTeX of the formula of the component; null if there is none, or it is too long to print."""
    clean: float = 0.0
    """The value without noise."""
    noise: float | None = None
    """The noise that was added to it; null if there is none."""
    terms: list[Term] | None = None
    """With data: the term of each point that the step uses; otherwise null."""
    chain: Chain | None = None
    """With data: the chain rule, in symbols, by which the terms are computed; otherwise null."""


def components(objective: Objective, step: Step, marked: bool) -> Generator[None, None, dict[str, Component]]:
    """Return parameter -> the working of its component; pauses after every few evaluations.

    For an objective without formulas, such as a network, the components have only their values.
    """
    by_parameter: dict[str, Component] = {}
    at = dict(zip(objective.parameters, step.w_before, strict=True))
    for index, parameter in enumerate(objective.parameters):
        value = step.clean_gradient[index]
        component = Component(value, None, None, latex_value(value), clean=value)
        match objective:
            case Closed():
                component = _closed(component, objective.gradient[index], at, marked)
            case OverData(mean=mean):
                batch_sum = BatchSum(step.batch or range(len(objective.points)), step.batch is not None, mean)
                component = yield from _over_data(component, ChainRule(objective, index, batch_sum), at, marked)
        by_parameter[parameter] = component if step.noise is None else _with_noise(component, step.noise[index])
        yield
    return by_parameter


def _closed(component: Component, formula: Node, at: Mapping[str, float], marked: bool) -> Component:
    short = formula.expanded_size <= MAX_SOURCE_PARTS
    return replace(
        component,
        substituted=source_with_values(formula, at) if short else None,
        latex=latex_with_values(formula, at, marked),
        formula=to_source(formula) if short else None,
        formula_latex=latex(formula),
    )


def _over_data(
    component: Component, rule: ChainRule, at: Mapping[str, float], marked: bool
) -> Generator[None, None, Component]:
    terms = yield from rule.terms(at, marked)
    return replace(
        component,
        substituted=rule.sum_source(terms),
        latex=rule.sum_latex(terms),
        formula=to_source(rule.formula),
        formula_latex=rule.sum_in_symbols(rule.formula),
        terms=terms,
        chain=rule.in_symbols(),
    )


def _with_noise(component: Component, noise: float) -> Component:
    value = component.clean + noise
    return replace(
        component,
        value=value,
        substituted=f"{component.substituted or repr(component.clean)} + ({noise!r})",
        latex=latex_sum([component.latex or component.value_latex, latex_value(noise)]),
        value_latex=latex_value(value),
        noise=noise,
    )
