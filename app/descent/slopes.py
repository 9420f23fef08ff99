"""The working of a gradient: a formula with its numbers, or over data a term for each point and their sum."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.descent.moment import Moment
from app.formulas.filled import Filled, as_text, fill, in_full
from app.formulas.nodes import Node
from app.formulas.numbers import Shown, latex_value, shown, total
from app.formulas.typeset import Printer, latex, written_size
from app.formulas.written import written
from app.problems.objective import FLOATS_UP_TO, Closed, Objective, OverData

WRITTEN_OUT = 3
"""With more points than this a sum shows the values of its terms, not their formulas."""
LISTED = 8
"""With more points than this a sum leaves out the middle."""
TERMS_AT_ONCE = 8
LONGEST_TEXT = 400
"""Parts of a formula past which its text is left out: the language would not read it either."""


@dataclass(frozen=True)
class Term(Filled):
    """What one data point adds to a component of the gradient; `point` is its index."""

    point: int = 0


@dataclass(frozen=True)
class Slope(Filled):
    """One component of the gradient that a step uses.

    Args:
        formula, formula_latex: of the component, None where it is too long to read.
        clean: the same without the noise.
        noise: what was added to it, None where nothing was.
        terms: over data, one for each point of the batch.
    """

    formula: str | None = None
    formula_latex: str | None = None
    clean: float = 0.0
    noise: float | None = None
    terms: list[Term] | None = None


def slopes(objective: Objective, moment: Moment, marked: bool) -> Generator[None, None, dict[str, Slope]]:
    """Return the working of each component; pauses now and then."""
    found: dict[str, Slope] = {}
    for index, name in enumerate(objective.parameters):
        found[name] = _with_noise((yield from _component(objective, moment, index, marked)), moment, index)
        yield
    return found


def _component(objective: Objective, moment: Moment, index: int, marked: bool) -> Generator[None, None, Slope]:
    value = moment.slope[index]
    at = dict(zip(objective.parameters, moment.before, strict=True))
    if isinstance(objective, Closed):
        return _closed(objective.slopes[index], at, value, marked)
    if isinstance(objective, OverData):
        chosen = range(objective.points) if moment.batch is None else moment.batch
        terms = yield from _terms(objective, objective.slopes[index], at, chosen, marked)
        return _over_data(objective, index, terms, value)
    return Slope(value, None, None, latex_value(value), clean=value)


def _closed(formula: Node, at: Mapping[str, float], value: float, marked: bool) -> Slope:
    short = written_size(formula) <= LONGEST_TEXT
    return Slope(
        value,
        in_full(formula, at) if short else None,
        as_text(shown(formula, at, marked)),
        latex_value(value),
        written(formula) if short else None,
        latex(formula),
        value,
    )


def _terms(
    objective: OverData, formula: Node, at: Mapping[str, float], chosen: Sequence[int], marked: bool
) -> Generator[None, None, list[Term]]:
    terms: list[Term] = []
    for point in chosen:
        row = {name: column[point] for name, column in objective.columns.items()}
        filled = fill(formula, {**at, **row}, marked)
        terms.append(Term(filled.value, filled.substituted, filled.latex, filled.value_latex, point))
        if len(terms) % TERMS_AT_ONCE == 0:
            yield
    return terms


def _over_data(objective: OverData, index: int, terms: list[Term], value: float) -> Slope:
    formula = objective.slopes[index]
    share = len(terms) if objective.mean else None
    return Slope(
        value,
        _sum_in_full(terms, share) if objective.points <= FLOATS_UP_TO else None,
        _sum_shown(terms, share),
        latex_value(value),
        written(formula),
        _sum_formula(formula, share),
        value,
        None,
        terms,
    )


def _sum_in_full(terms: Sequence[Term], share: int | None) -> str | None:
    parts = [f"({term.value!r})" if term.value < 0 else repr(term.value) for term in terms]
    text = " + ".join(parts)
    return text if share is None else f"({text})/{share}"


def _sum_shown(terms: Sequence[Term], share: int | None) -> str:
    if len(terms) <= WRITTEN_OUT and not any(term.latex is None or "as }" in term.latex for term in terms):
        parts = [str(term.latex) for term in terms]
    elif len(terms) <= LISTED:
        parts = [term.value_latex for term in terms]
    else:
        parts = [*(term.value_latex for term in terms[:WRITTEN_OUT]), r"\cdots", terms[-1].value_latex]
    text = total(parts)
    return text if share is None else rf"\frac{{1}}{{{share}}} \left({text}\right)"


def _sum_formula(formula: Node, share: int | None) -> str | None:
    text = latex(formula, _PointNames())
    if text is None:
        return None
    sign, text = ("-", text[1:]) if text.startswith("-") else ("", text)
    factor = "" if share is None else rf"\frac{{1}}{{{share}}} "
    return rf"{sign}{factor}\sum_{{i}} {text}"


class _PointNames(Printer):
    """LaTeX in which the data are those of point i."""

    def name(self, name: str) -> tuple[str, int]:
        symbol = {"feature": "x_{i}", "target": "y_{i}"}.get(name)
        text, strength = super().name(name)
        return symbol or text, strength


def _with_noise(slope: Slope, moment: Moment, index: int) -> Slope:
    if moment.noise is None:
        return slope
    noise, value = moment.noise[index], moment.gradient[index]
    shown_noise = Shown(total([slope.latex or slope.value_latex, latex_value(noise)]))
    in_words = f"{slope.substituted or repr(slope.value)} + ({noise!r})"
    return replace(
        slope, value=value, value_latex=latex_value(value), noise=noise, latex=str(shown_noise), substituted=in_words
    )
