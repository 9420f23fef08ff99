"""The working of one step: each line of the rule as the textbook has it, and with the numbers of this step.

A value is the float of the run; the formula with its numbers in full computes it again; its LaTeX is rounded.
"""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass

from fallline.descent.rate import rate_in_force
from fallline.descent.replay import Step
from fallline.descent.rule_method import RuleMethod
from fallline.descent.run import Run
from fallline.descent.setup import Setup
from fallline.formulas.evaluation import Evaluation, evaluate, value_of
from fallline.formulas.formatter import source_with_values, to_source
from fallline.formulas.language import Rule, parse_rule
from fallline.formulas.latex_formatter import LatexFormatter, latex_line, latex_value
from fallline.formulas.nodes import Node
from fallline.notices import Notice, notice
from fallline.problems.network import Network
from fallline.types import Described
from fallline.working.gradient import Component, components
from fallline.working.method_lines import MethodLine, method_lines
from fallline.working.network_working import NetworkWorking, network_working

ROUNDED = notice("rounded", digits=4)


@dataclass(frozen=True)
class Line(Described):
    """One line of a rule."""

    name: str
    """What it assigns."""
    formula: str
    """Its right side as text."""
    latex: str | None
    """The line whole."""
    shared: bool
    """Whether it is the same for every parameter."""
    values: dict[str, Evaluation]
    """Parameter -> the formula with its numbers."""


@dataclass(frozen=True)
class ScheduleLine(Described):
    """One line of a schedule, which is the same for every parameter."""

    name: str
    formula: str
    latex: str | None
    filled: Evaluation


@dataclass(frozen=True)
class RateInForce(Evaluation):
    """The learning rate in force, with how it is computed."""

    schedule: str
    """Its name."""
    label: str
    """As a person reads it."""
    learning_rate: float
    """The hyperparameter."""
    factor: float
    """What it was multiplied by."""
    lines: tuple[ScheduleLine, ...]
    """The schedule's own, the last of which assigns the factor."""


@dataclass(frozen=True, kw_only=True)
class Working(NetworkWorking):
    """A step, written out: a reply has the same fields of any problem, and those of a network are empty of another."""

    t: int
    """Its number, from 1."""
    lr: float
    """The rate in force."""
    rate: RateInForce
    """How it is computed."""
    batch: list[int] | None
    """The indices from 0 of the points seen, null for all."""
    before: dict[str, float]
    """Parameter -> value on both sides."""
    states: dict[str, dict[str, float]]
    """State -> parameter -> value before the step."""
    gradient: dict[str, Component]
    """Parameter -> the component used."""
    lines: list[Line]
    """The lines of the rule, in order; none of a method that is no rule."""
    method_lines: list[MethodLine]
    """Those of a method that is no rule."""
    after: dict[str, float]
    """Parameter -> value on both sides."""
    notes: tuple[str, ...]
    """Sentences for the reader."""
    notices: tuple[Notice, ...]
    """These sentences as codes and values."""


def working(run: Run, step: Step, marked: bool = False, sample: int | None = None) -> Generator[None, None, Working]:
    r"""Return the working of a step; pauses now and then.

    Args:
        marked: whether the LaTeX tells whose each symbol and number is, as `\htmlData{of=NAME}{...}`.
        sample: of a network, as in `network_working`.
    """
    parameters = run.problem.parameters
    objective = run.problem.objective
    method = step.phase.setup.method
    rate = _rate(step.phase.setup, step.count, marked)
    yield
    gradient = yield from components(objective, step, marked)
    network = NetworkWorking()
    if isinstance(objective, Network):
        network = yield from network_working(objective, step.w_before, step.batch, marked, sample)
    rule = method.rule if isinstance(method, RuleMethod) else None
    lines = (yield from _lines(rule, parameters, step, rate.value, marked)) if rule else []
    # An optimizer that began on the way counts its own steps.
    began = [notice("step_of_optimizer", t=step.t, count=step.count, began=step.began)] if step.began else []
    code = [notice("step_is_code", place=method.place or "nowhere that is known")] if method.is_code else []
    notices = (*run.notices, *began, *code, ROUNDED)
    return Working(
        t=step.t,
        lr=rate.value,
        rate=rate,
        batch=step.batch,
        before=dict(zip(parameters, step.w_before, strict=True)),
        states={state: dict(zip(parameters, values, strict=True)) for state, values in step.states.items()},
        gradient=gradient,
        lines=lines,
        method_lines=[] if rule else method_lines(step, objective, rate.value),
        after=dict(zip(parameters, step.w_after, strict=True)),
        notes=tuple(said.msg for said in notices),
        notices=notices,
        **vars(network),
    )


# the rate in force


def _rate(setup: Setup, t: int, marked: bool) -> RateInForce:
    schedule = setup.schedule
    lr = rate_in_force(schedule.rule)
    values = {**setup.constants, "t": float(t)}
    lines = _schedule_lines(schedule.rule, {**setup.schedule_values, "t": float(t), "k": float(t - 1)}, marked)
    value = value_of(lr, values)
    factor = lines[-1].filled.value
    return RateInForce(
        value=value,
        substituted=source_with_values(lr, values),
        latex=rf"{latex_value(setup.learning_rate)} \cdot {latex_value(factor)}",
        value_latex=latex_value(value),
        schedule=schedule.name,
        label=schedule.label,
        learning_rate=setup.learning_rate,
        factor=factor,
        lines=lines,
    )


def _schedule_lines(text: str, values: Mapping[str, float], marked: bool) -> tuple[ScheduleLine, ...]:
    known = {name: float(value) for name, value in values.items()}
    lines: list[ScheduleLine] = []
    for name, formula in parse_rule(text, ("t", "k"), "factor").lines:
        evaluation = evaluate(formula, known, marked)
        known[name] = evaluation.value
        line_latex = latex_line(name, formula, LatexFormatter(marked=marked))
        lines.append(ScheduleLine(name, to_source(formula), line_latex, evaluation))
    return tuple(lines)


# the lines of the rule


def _lines(
    rule: Rule, parameters: Sequence[str], step: Step, lr: float, marked: bool
) -> Generator[None, None, list[Line]]:
    known = {parameter: _values_at_start(step, index, lr) for index, parameter in enumerate(parameters)}
    lines: list[Line] = []
    for (target, formula), shared in zip(rule.lines, _shared_lines(rule), strict=True):
        lines.append(_line(target, formula, shared, known, marked))
        yield
    return lines


def _values_at_start(step: Step, index: int, lr: float) -> dict[str, float]:
    """The value of every name that the rule may read, for the parameter of this index, as the step begins."""
    given = {"w": step.w_before[index], "g": step.gradient[index], "t": float(step.count), "lr": lr}
    states = {state: values[index] for state, values in step.states.items()}
    return {**step.phase.setup.constants, **given, **states}


def _line(target: str, formula: Node, shared: bool, known: dict[str, dict[str, float]], marked: bool) -> Line:
    """A line with the numbers of each parameter.

    Args:
        known: parameter -> name -> value; the line adds the value it assigns, for the lines after it.
    """
    evaluations: dict[str, Evaluation] = {}
    for parameter, values in known.items():
        evaluations[parameter] = evaluate(formula, values, marked)
        values[target] = evaluations[parameter].value
    line_latex = latex_line(target, formula, LatexFormatter(marked=marked))
    return Line(target, to_source(formula), line_latex, shared, evaluations)


def _shared_lines(rule: Rule) -> list[bool]:
    """For each line whether it is the same for every parameter: whether it does not depend on `w` or `g`."""
    differing = {"w", "g"}
    for _ in rule.lines:  # a state may depend on what a later line assigns, so once through does not find them all
        differing |= {target for target, formula in rule.lines if formula.names & differing}
    return [target not in differing for target, _ in rule.lines]
