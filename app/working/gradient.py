"""The working of a gradient: a formula with its numbers, or over data the chain rule, a term for each point."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass, replace

from app.descent.step import Step
from app.formulas.filled import Filled, in_full, shown
from app.formulas.nodes import Node
from app.formulas.numbers import latex_value, total
from app.formulas.typeset import latex, written_size
from app.formulas.written import written
from app.problems.objective import Closed, Objective, OverData
from app.working.chain import Chain, ChainRule, Term
from app.working.sums import Seen

LONGEST_TEXT = 400
"""Parts of a formula past which its text is left out: the language would not read it either."""


@dataclass(frozen=True)
class Component(Filled):
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
            seen = Seen(step.batch or range(objective.points), step.batch is not None, objective.mean)
            component = yield from _over_data(component, ChainRule(objective, index, seen), at, marked)
        found[name] = component if step.noise is None else _with_noise(component, step.noise[index])
        yield
    return found


def _closed(component: Component, formula: Node, at: Mapping[str, float], marked: bool) -> Component:
    short = written_size(formula) <= LONGEST_TEXT
    return replace(
        component,
        substituted=in_full(formula, at) if short else None,
        latex=shown(formula, at, marked),
        formula=written(formula) if short else None,
        formula_latex=latex(formula),
    )


def _over_data(
    component: Component, rule: ChainRule, at: Mapping[str, float], marked: bool
) -> Generator[None, None, Component]:
    terms = yield from rule.terms(at, marked)
    return replace(
        component,
        substituted=rule.sum_in_full(terms),
        latex=rule.sum_shown(terms),
        formula=written(rule.formula),
        formula_latex=rule.formula_latex(),
        terms=terms,
        chain=rule.in_symbols(),
    )


def _with_noise(component: Component, noise: float) -> Component:
    value = component.clean + noise
    return replace(
        component,
        value=value,
        substituted=f"{component.substituted or repr(component.clean)} + ({noise!r})",
        latex=total([component.latex or component.value_latex, latex_value(noise)]),
        value_latex=latex_value(value),
        noise=noise,
    )
