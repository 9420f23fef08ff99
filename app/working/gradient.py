"""The working of a gradient: a formula with its numbers, or over data the chain rule, a term for each point."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass, replace

from app.descent.step import Step
from app.formulas.evaluation import Evaluation, latex_with_values
from app.formulas.latex_formatter import latex
from app.formulas.latex_values import latex_sum, latex_value
from app.formulas.nodes import Node
from app.formulas.source_text import source_with_values, to_source
from app.problems.objective import Closed, Objective, OverData
from app.working.chain import Chain, ChainRule, Term
from app.working.sums import BatchSum

MAX_SOURCE_PARTS = 400
"""A formula of more parts has no text of the language, which would not parse it either."""


@dataclass(frozen=True)
class Component(Evaluation):
    """One component of the gradient that a step uses.

    Args:
        formula, formula_latex: of the component, None where it is too long to read.
        clean: the same without the noise.
        noise: what was added to it, None where nothing was.
        terms: over data, one for each point of the batch.
        chain: over data, the rule that the terms follow.
    """

    formula: str | None = None
    formula_latex: str | None = None
    clean: float = 0.0
    noise: float | None = None
    terms: list[Term] | None = None
    chain: Chain | None = None


def components(objective: Objective, step: Step, marked: bool) -> Generator[None, None, dict[str, Component]]:
    """Return the working of each component; pauses now and then."""
    found: dict[str, Component] = {}
    at = dict(zip(objective.parameters, step.before, strict=True))
    for index, name in enumerate(objective.parameters):
        value = step.clean_gradient[index]
        component = Component(value, None, None, latex_value(value), clean=value)
        if isinstance(objective, Closed):
            component = _closed(component, objective.gradient[index], at, marked)
        elif isinstance(objective, OverData):
            batch_sum = BatchSum(step.batch or range(objective.points), step.batch is not None, objective.mean)
            component = yield from _over_data(component, ChainRule(objective, index, batch_sum), at, marked)
        found[name] = component if step.noise is None else _with_noise(component, step.noise[index])
        yield
    return found


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
