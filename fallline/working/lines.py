"""The working of one step: each line of the rule as in a textbook, and with the numbers of this step.

Each value is the float of the run. The formula with its numbers in full computes it again; the LaTeX shows rounded
numbers.
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
from fallline.notices import WithNotices, notice
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
    """The name that it assigns."""
    formula: str
    """The right side of the line, as text."""
    latex: str | None
    """The LaTeX of the whole line; null if it is too long to read."""
    shared: bool
    """Whether the line has the same numbers for every parameter, as it depends on neither `w` nor `g`."""
    values: dict[str, Evaluation]
    """Parameter -> the formula with the numbers of this parameter."""


@dataclass(frozen=True)
class ScheduleLine(Described):
    """One line of a schedule, which has the same numbers for every parameter."""

    name: str
    """The name that it assigns."""
    formula: str
    """The right side of the line, as text."""
    latex: str | None
    """The LaTeX of the whole line; null if it is too long to read."""
    filled: Evaluation
    """The formula with the numbers of this step."""


@dataclass(frozen=True)
class RateInForce(Evaluation):
    """The learning rate in force, and how the schedule computes it."""

    schedule: str
    """The name of the schedule."""
    label: str
    """The name of the schedule for readers."""
    learning_rate: float
    """The hyperparameter `learning_rate`."""
    factor: float
    """The factor of the schedule at this step, by which the learning rate is multiplied."""
    lines: tuple[ScheduleLine, ...]
    """The lines of the schedule, the last of which assigns the factor."""


@dataclass(frozen=True, kw_only=True)
class Working(NetworkWorking, WithNotices):
    """A step, written out. Every problem has the same fields; those for a network are empty for any other problem."""

    t: int
    """The number of the step, from 1."""
    lr: float
    """The learning rate in force at this step."""
    rate: RateInForce
    """How the learning rate in force is computed."""
    batch: list[int] | None
    """The indices, from 0, of the data points that the step uses; null for all."""
    before: dict[str, float]
    """Parameter -> its value before the step."""
    states: dict[str, dict[str, float]]
    """State -> parameter -> its value before the step."""
    gradient: dict[str, Component]
    """Parameter -> the component of the gradient that the step uses."""
    lines: list[Line]
    """The lines of the rule, in order; empty for a method that is not a rule."""
    method_lines: list[MethodLine]
    """The lines of a method that is not a rule, in order; empty for a rule."""
    after: dict[str, float]
    """Parameter -> its value after the step."""


def working(run: Run, step: Step, marked: bool = False, sample: int | None = None) -> Generator[None, None, Working]:
    r"""Return the working of a step; pauses after every few evaluations.

    Args:
        marked: whether each symbol and number in the LaTeX is marked with its name, as `\htmlData{of=NAME}{...}`.
        sample: for a network, as in `network_working`.
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
    # An optimizer that a change has started counts its own steps.
    began = step.phase.began
    own_count = [notice("step_of_optimizer", t=step.t, count=step.count, began=began)] if began else []
    code = [notice("step_is_code", place=method.place or "nowhere that is known")] if method.is_code else []
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
        notices=(*run.notices, *own_count, *code, ROUNDED),
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
    inputs = {"w": step.w_before[index], "g": step.gradient[index], "t": float(step.count), "lr": lr}
    states = {state: values[index] for state, values in step.states.items()}
    return {**step.phase.setup.constants, **inputs, **states}


def _line(target: str, formula: Node, shared: bool, known: dict[str, dict[str, float]], marked: bool) -> Line:
    """A line with the numbers of each parameter.

    Args:
        known: parameter -> name -> value; the assigned value is added to it, for the following lines.
    """
    evaluations: dict[str, Evaluation] = {}
    for parameter, values in known.items():
        evaluations[parameter] = evaluate(formula, values, marked)
        values[target] = evaluations[parameter].value
    line_latex = latex_line(target, formula, LatexFormatter(marked=marked))
    return Line(target, to_source(formula), line_latex, shared, evaluations)


def _shared_lines(rule: Rule) -> list[bool]:
    """For each line, whether it has the same value for every parameter: it does not depend on `w` or `g`."""
    differing = {"w", "g"}
    for _ in rule.lines:  # repeated, as a state may depend on a name that a later line assigns
        differing |= {target for target, formula in rule.lines if formula.names & differing}
    return [target not in differing for target, _ in rule.lines]
