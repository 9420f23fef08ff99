"""A run as a script: constants on top, the loss, its gradient, the rule, and a loop.

The script is a template; its formulas are written from the expression trees that ran. Text of a user reaches it in one
comment, cleared of what is not a plain printable character; the names in it are those of the rule, which the language
has let through, kept apart from Python's own.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, ClassVar, TypeVar

import numpy as np

from app.descent.phase import Phase
from app.descent.run import Run
from app.descent.setup import Setup
from app.descent.stops import BEYOND
from app.descent.unroll import initial_nodes
from app.formulas.language import Rule, parse_rule
from app.formulas.nodes import Node, rebuild, variable
from app.formulas.python_formatter import PythonFormatter
from app.formulas.vocabulary import CONSTANTS, FUNCTIONS
from app.problems.network import Network
from app.problems.objective import Closed, OverData
from app.programs.layout import TEMPLATES, comment, literal, unreserved_names, wrapped
from app.schedules import SCHEDULES

GIVEN = ("w", "g", "t", "lr", "learning_rate")

IN_MATH = frozenset((*FUNCTIONS, *CONSTANTS, "isfinite", "pow")) - {"abs", "max", "min", "sign"}
"""The names that a program may import from `math`."""

ScheduleWithValues = tuple[str, tuple[tuple[str, float], ...]]
"""The text of a schedule, and the values of its parameters."""

Variables = dict[str, Any]
"""The variables of a template."""

Key = TypeVar("Key", bound=Hashable)


class Program(ABC):
    """A program that repeats `run` and prints where it ended and why, to a relative 1e-9.

    Where a run swings for long, rounding grows along it, and the last digits may differ by more.

    Where Python's floats refuse, as at 1/(1 + exp(800)), a program stops as diverged; the run may go on with infinity.
    Where a run has several phases, the names that differ between them are assigned anew as each begins: values, states,
    and which of several functions is `step` and `rate`.

    Args:
        run: from its start; title: what it is, in words.

    Raises: MethodError, an optimizer of the run has no rule.
    """

    template: ClassVar[str]

    def __init__(self, run: Run, title: str) -> None:
        objective = run.problem.objective
        assert isinstance(objective, Closed | OverData | Network)
        self.run, self.title, self.objective = run, title, objective
        setups = [phase.setup for phase in run.phases]
        self.samplings = list(dict.fromkeys(map(self._sampling, setups)))
        self.noisy = [setup.noise > 0 for setup in setups]
        self.counts_anew = any(map(run.began, run.phases))
        self.random = run.sampled or any(self.noisy)
        self.epochs = run.sampled and bool(run.stop.min_step_size)
        self.steps = _numbered("step", [phase.rule for phase in run.phases])
        self.rates = _numbered("rate", [_schedule(setup) for setup in setups])
        self.scheduled = any(setup.schedule is not SCHEDULES["constant"] for setup in setups)
        wanted = [each for rule in self.steps for each in (*rule.states, *rule.intermediates)]
        wanted += [each for setup in setups for each in _hyperparameters_read(setup)]
        taken = (*GIVEN, *self.steps.values(), *self.rates.values())
        self.names = unreserved_names(dict.fromkeys(each for each in wanted if each not in GIVEN), taken)

    def text(self) -> str:
        """The program."""
        template, variables = TEMPLATES.get_template(self.template), self.variables()
        draft = template.render(variables, title="", math=(), called=())
        called = set(re.findall(r"(?<![\w.])[a-z]\w*", re.sub("#.*", "", draft)))
        return template.render(variables, title=comment(self.title), math=sorted(called & IN_MATH), called=called)

    @abstractmethod
    def problem(self) -> Variables:
        """The formulas of the loss, and of its gradient."""

    @abstractmethod
    def rule_formatter(self, rule: Rule) -> PythonFormatter:
        """The formatter of a rule's lines."""

    @abstractmethod
    def new_state(self, value: str) -> str:
        """A state that has one value for every parameter."""

    def variables(self) -> Variables:
        """The variables of the template: constants, functions, and what the loop depends on."""
        run, first = self.run, self.run.phases[0]
        read = {each for rule in self.steps for _, node in rule.lines for each in node.names}
        given = [each for each in ("t", "lr") if each in read]
        time, rate = "t - began" if self.counts_anew else "t", "lr" if self.scheduled else "learning_rate"
        return {
            "start": list(map(literal, run.start)),
            "parameters": ", ".join(self.objective.parameters),
            "names": [f'"{each}"' for each in self.objective.parameters],
            "constants": self._constants(),
            **self._data(),
            "rates": [self._rate(each) for each in self.rates] if self.scheduled else [],
            "steps": [self._step(rule) for rule in self.steps],
            "states": [self.names[each] for each in first.setup.rule.states] if len(self.steps) == 1 else ["*states"],
            "given": given,  # parameters of a step beside w, g and states
            "arguments": [{"t": time, "lr": rate}[each] for each in given],
            "time": time,
            "beginning": [*self._first_states(first.setup), *_assigned(self._functions(first))],
            "changes": list(self._changes()),
            "random": self.random,
            "sampled": run.sampled,
            "samplings": self.samplings,
            "epochs": self.epochs,
            "watches_gradient": run.stop.watches_gradient,
            "noise": "always" if all(self.noisy) else "at times" if any(self.noisy) else "",
            "beyond": literal(BEYOND),
            "wrapped": wrapped,
            **self.problem(),
        }

    # constants

    def _constants(self) -> dict[str, str]:
        stop, found = self.run.stop, self._values(self.run.phases[0].setup)
        found["max_steps"] = str(stop.max_steps)
        if stop.min_step_size:
            found["min_step_size"] = literal(stop.min_step_size)
        if stop.target_loss is not None:
            found["target_loss"] = literal(stop.target_loss)
        if self.random:
            found["seed"] = str(self.run.seed)
        return found

    def _values(self, setup: Setup) -> dict[str, str]:
        """The values of an optimizer, by their names in the program."""
        values = {"learning_rate": literal(setup.learning_rate)}
        values |= {self.names[each]: literal(setup.values[each]) for each in _hyperparameters_read(setup)}
        if any(self.noisy):
            values["noise"] = literal(setup.noise)
        if len(self.samplings) > 1:
            values["sampling"] = f'"{self._sampling(setup)}"'
        if self.run.sampled:
            values["batch_size"] = str(setup.batch_size)
        if self.epochs:
            values["epoch"] = str(setup.epoch(self.objective.n_points))
        return values

    def _sampling(self, setup: Setup) -> str:
        return setup.sampling if setup.batch_size and self.objective.n_points else "all"

    def _data(self) -> Variables:
        """The data points, their columns by name where they have one, and the sizes of the layers of a network."""
        columns, sizes, mean = "", list[int](), False
        match self.objective:
            case OverData() as fit:
                rows, columns, mean = list(zip(*fit.columns.values(), strict=True)), ", ".join(fit.columns), fit.mean
            case Network() as network:
                rows, sizes = np.column_stack((network.inputs, network.targets)).tolist(), network.sizes
            case _:
                rows = []
        points = [f"({', '.join(map(literal, row))})" for row in rows]
        return {"points": points, "columns": columns, "mean": mean, "sizes": sizes}

    # functions

    def _rate(self, schedule: ScheduleWithValues) -> Variables:
        text, values = schedule
        lines = parse_rule(text, ("t", "k"), "factor").lines
        names = unreserved_names([*dict(values), *dict(lines)])
        formatter = PythonFormatter(names)
        body = [f"{names[each]} = {literal(value)}" for each, value in values]
        body += ["k = t - 1"] if any("k" in node.names for _, node in lines) else []
        body += [formatter.assignment(target, node) for target, node in lines]
        return {"name": self.rates[schedule], "lines": [*body, f"return learning_rate*{names['factor']}"]}

    def _step(self, rule: Rule) -> Variables:
        formatter, states = self.rule_formatter(rule), [self.names[each] for each in rule.states]
        comma = "," if len(self.steps) > 1 and not states else ""
        lines = [*(formatter.assignment(*line) for line in rule.lines), f"return {', '.join(['w', *states])}{comma}"]
        return {"name": self.steps[rule], "states": states, "lines": lines}

    # phases

    def _first_states(self, setup: Setup) -> list[str]:
        """The states before the first step of an optimizer; those that begin alike in one line."""
        formatter, states = PythonFormatter(self.names), [self.names[each] for each in setup.rule.states]
        values = [
            self.new_state(formatter.format(node) if node.number is None else literal(node.number))
            for node in _initial(setup)
        ]
        if len(self.steps) > 1:
            return [f"states = [{', '.join(values)}]"]
        alike: dict[str, str] = {}
        for state, value in zip(states, values, strict=True):
            alike[value] = f"{alike.get(value, '')}{state} = "
        return [f"{states}{value}" for value, states in alike.items()]

    def _functions(self, phase: Phase) -> dict[str, str]:
        """The functions of a phase, where there are several, and the step from which it counts its own."""
        functions = {"step": self.steps[phase.setup.rule]} if len(self.steps) > 1 else {}
        functions |= {"rate": self.rates[_schedule(phase.setup)]} if len(self.rates) > 1 else {}
        return functions | ({"began": str(self.run.began(phase))} if self.counts_anew else {})

    def _changes(self) -> Iterator[Variables]:
        """The assignments at the beginning of each phase but the first."""
        for before, phase in pairwise(self.run.phases):
            old, new = (self._values(each.setup) | self._functions(each) for each in (before, phase))
            values = {each: value for each, value in new.items() if old.get(each) != value}
            if self.epochs:
                values["quiet"] = "0"
            lines = _assigned(values) + (self._first_states(phase.setup) if phase.restarts else [])
            if lines:
                yield {"t": phase.after + 1, "lines": lines}


def in_residual(objective: OverData, root: Node) -> Node:
    """A formula of one point's loss in terms of its residual."""
    return rebuild((root,), lambda item: variable("residual") if item is objective.residual else item)[root]


def _assigned(values: Mapping[str, str]) -> list[str]:
    return [f"{each} = {value}" for each, value in values.items()]


def _numbered(function: str, kinds: Sequence[Key]) -> dict[Key, str]:
    """The name of the function of each kind, numbered where there are several."""
    found = list(dict.fromkeys(kinds))
    return {kind: f"{function}_{index}" if len(found) > 1 else function for index, kind in enumerate(found, 1)}


def _initial(setup: Setup) -> tuple[Node, ...]:
    return initial_nodes(setup.rule, setup.initial, tuple(setup.known))


def _hyperparameters_read(setup: Setup) -> list[str]:
    """The hyperparameters that a rule, or a state before the first step, depends on."""
    read = {*setup.rule.hyperparameters}.union(*(node.names for node in _initial(setup)))
    return [each for each in setup.values if each in read]


def _schedule(setup: Setup) -> ScheduleWithValues:
    return setup.schedule.rule, tuple(setup.schedule_values.items())
