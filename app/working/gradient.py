"""The working of a gradient: a formula with its numbers, or over data the chain rule, a term for each point."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass, replace

from app.descent.step import Step
from app.formulas.filled import Filled, as_text, in_full
from app.formulas.nodes import Node
from app.formulas.numbers import Shown, latex_value, shown, total
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
    for index, name in enumerate(objective.parameters):
        found[name] = _with_noise((yield from _component(objective, step, index, marked)), step, index)
        yield
    return found


def _component(objective: Objective, step: Step, index: int, marked: bool) -> Generator[None, None, Component]:
    value = step.clean_gradient[index]
    at = dict(zip(objective.parameters, step.before, strict=True))
    if isinstance(objective, Closed):
        return _closed(objective.gradient[index], at, value, marked)
    if isinstance(objective, OverData):
        return (yield from _over_data(objective, step, index, at, marked))
    return Component(value, None, None, latex_value(value), clean=value)


def _closed(formula: Node, at: Mapping[str, float], value: float, marked: bool) -> Component:
    short = written_size(formula) <= LONGEST_TEXT
    return Component(
        value,
        in_full(formula, at) if short else None,
        as_text(shown(formula, at, marked)),
        latex_value(value),
        written(formula) if short else None,
        latex(formula),
        value,
    )


def _over_data(
    objective: OverData, step: Step, index: int, at: Mapping[str, float], marked: bool
) -> Generator[None, None, Component]:
    seen = Seen(range(objective.points) if step.batch is None else step.batch, step.batch is not None, objective.mean)
    rule = ChainRule(objective, index, seen)
    terms = yield from rule.terms(at, marked)
    value = step.clean_gradient[index]
    return Component(
        value=value,
        substituted=rule.sum_in_full(terms),
        latex=rule.sum_shown(terms),
        value_latex=latex_value(value),
        formula=written(rule.formula),
        formula_latex=rule.formula_latex(),
        clean=value,
        terms=terms,
        chain=rule.in_symbols(),
    )


def _with_noise(component: Component, step: Step, index: int) -> Component:
    if step.noise is None:
        return component
    noise, value = step.noise[index], step.gradient[index]
    shown_noise = Shown(total([component.latex or component.value_latex, latex_value(noise)]))
    in_words = f"{component.substituted or repr(component.value)} + ({noise!r})"
    return replace(
        component, noise=noise, value=value, substituted=in_words, latex=str(shown_noise),
        value_latex=latex_value(value),
    )  # fmt: skip
