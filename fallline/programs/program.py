"""A run as a script: constants on top, the loss, its gradient, the rule, and a loop.

The script is a template, and its formulas are written from the expression trees of the run. It contains a user's text
only in one comment, without characters that are not printable. Its names are those of the rule, which the parser has
checked, changed where they would clash with Python's.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, ClassVar, TypeVar

from fallline.descent.rows import Phase
from fallline.descent.run import Run
from fallline.descent.setup import Setup
from fallline.descent.stops import BEYOND
from fallline.formulas.language import GIVEN, Rule, parse_rule
from fallline.formulas.python_formatter import PythonFormatter
from fallline.formulas.vocabulary import CONSTANTS, FUNCTIONS
from fallline.programs.layout import TEMPLATES, comment, literal, unreserved_names, wrapped
from fallline.schedules import SCHEDULES

IN_MATH = frozenset((*FUNCTIONS, *CONSTANTS, "isfinite", "pow")) - {"abs", "max", "min", "sign"}
"""The names that a program may import from `math`."""

ScheduleWithValues = tuple[str, tuple[tuple[str, float], ...]]
"""The text of a schedule, and the values of its parameters."""

Variables = dict[str, Any]
"""The variables of a template."""

Numbered = TypeVar("Numbered", bound=Hashable)


class Program(ABC):
    """A program that repeats a run and prints its last point and why it ended, with a relative accuracy of 1e-9.

    In a run that oscillates for long, rounding errors grow, and the last digits may differ by more. Where Python's
    floats raise, as at 1/(1 + exp(800)), the program stops as diverged, while the run may continue with infinity.

    If a run has several phases, the program assigns at the beginning of each phase the names whose values differ:
    hyperparameters, states, and which of several functions is `step` and `rate`.

    Args:
        run: the run; title: its description, for a comment.

    Raises: MethodError, if an optimizer of the run has no rule.
    """

    template: ClassVar[str]

    def __init__(self, run: Run, title: str) -> None:
        self.run = run
        self.title = title
        self.objective = run.problem.objective
        setups = [phase.setup for phase in run.phases]
        self.samplings = list(dict.fromkeys(map(self._sampling, setups)))
        self.noisy = [setup.noise > 0 for setup in setups]
        self.counts_anew = any(phase.began for phase in run.phases)
        self.arrives = run.sampled and any(setup.first_points is not None for setup in setups)
        self.random = self.samplings != ["all"] or any(self.noisy)
        self.epochs = run.sampled and bool(run.stop.min_step_size)
        self.steps = _numbered("step", [setup.rule_method.rule for setup in setups])
        self.rates = _numbered("rate", [_schedule(setup) for setup in setups])
        self.scheduled = any(setup.schedule is not SCHEDULES["constant"] for setup in setups)
        names = [name for rule in self.steps for name in (*rule.states, *rule.intermediates)]
        names += [name for setup in setups for name in _hyperparameters_read(setup)]
        taken = (*GIVEN, "learning_rate", *self.steps.values(), *self.rates.values())
        self.names = unreserved_names(dict.fromkeys(name for name in names if name not in GIVEN), taken)

    def text(self) -> str:
        """The program."""
        template = TEMPLATES.get_template(self.template)
        variables = self.variables()
        draft = template.render(variables, title="", math=(), called=())
        called = set(re.findall(r"(?<![\w.])[a-z]\w*", re.sub("#.*", "", draft)))
        return template.render(variables, title=comment(self.title), math=sorted(called & IN_MATH), called=called)

    @abstractmethod
    def problem(self) -> Variables:
        """The variables of the template for the loss and its gradient.

        Raises: TypeError, if the language has no case for this kind of objective.
        """

    def _unknown_objective(self) -> TypeError:
        kind = type(self.objective).__name__
        return TypeError(f"{type(self).__name__}.problem has no case for an objective of the class {kind}: add one")

    @abstractmethod
    def rule_formatter(self, rule: Rule) -> PythonFormatter:
        """The formatter of a rule's lines."""

    @abstractmethod
    def new_state(self, value: str) -> str:
        """The text of a state before the first step. Args: value: the text of its value, equal for all parameters."""

    def variables(self) -> Variables:
        """The variables of the template: constants, functions, and switches for parts of the loop."""
        run = self.run
        first = run.phases[0]
        read = {name for rule in self.steps for _, node in rule.lines for name in node.names}
        given = [name for name in ("t", "lr") if name in read]
        rule, *others = self.steps
        time = "t - began" if self.counts_anew else "t"
        arguments = {"t": time, "lr": "lr" if self.scheduled else "learning_rate"}
        return {
            "start": list(map(literal, run.start)),
            "parameters": ", ".join(self.objective.parameters),
            "names": [f'"{parameter}"' for parameter in self.objective.parameters],
            "constants": self._constants(),
            "points": [f"({', '.join(map(literal, point))})" for point in self.objective.points],
            "rates": [self._rate(schedule) for schedule in self.rates] if self.scheduled else [],
            "steps": [self._step(rule) for rule in self.steps],
            "states": ["*states"] if others else [self.names[state] for state in rule.states],
            "given": given,  # arguments of a step beside w, g and states
            "arguments": [arguments[name] for name in given],
            "time": time,
            "beginning": [*self._first_states(first.setup), *_assigned(self._functions(first))],
            "changes": list(self._changes()),
            "random": self.random,
            "sampled": run.sampled,
            "samplings": self.samplings,
            "arrives": self.arrives,
            "epochs": self.epochs,
            "watches_gradient": run.stop.watches_gradient,
            "noise": ("always" if all(self.noisy) else "at times") if any(self.noisy) else "",
            "beyond": literal(BEYOND),
            "wrapped": wrapped,
            **self.problem(),
        }

    # constants

    def _constants(self) -> dict[str, str]:
        stop = self.run.stop
        constants = self._values(self.run.phases[0].setup)
        constants["max_steps"] = str(stop.max_steps)
        if stop.min_step_size:
            constants["min_step_size"] = literal(stop.min_step_size)
        if stop.target_loss is not None:
            constants["target_loss"] = literal(stop.target_loss)
        if self.random:
            constants["seed"] = str(self.run.seed)
        return constants

    def _values(self, setup: Setup) -> dict[str, str]:
        """The values of an optimizer, by their names in the program."""
        values = {"learning_rate": literal(setup.learning_rate)}
        values |= {self.names[name]: literal(setup.rule_method.values[name]) for name in _hyperparameters_read(setup)}
        if any(self.noisy):
            values["noise"] = literal(setup.noise)
        if len(self.samplings) > 1:
            values["sampling"] = f'"{self._sampling(setup)}"'
        if self.samplings != ["all"]:
            values["batch_size"] = str(setup.batch_size)
        if self.arrives:
            values["first_points"] = str(setup.points_there(len(self.objective.points)))
        if self.epochs:
            values["epoch"] = str(setup.epoch(self.objective.n_points))
        return values

    def _sampling(self, setup: Setup) -> str:
        return setup.sampling if setup.batch_size and self.objective.n_points else "all"

    # functions

    def _rate(self, schedule: ScheduleWithValues) -> Variables:
        """The function of a schedule: its name, and the lines of its body."""
        text, values = schedule
        lines = parse_rule(text, ("t", "k"), "factor").lines
        names = unreserved_names([*dict(values), *dict(lines)])
        formatter = PythonFormatter(names)
        body = [f"{names[name]} = {literal(value)}" for name, value in values]
        body += ["k = t - 1"] if any("k" in node.names for _, node in lines) else []
        body += [formatter.assignment(target, node) for target, node in lines]
        return {"name": self.rates[schedule], "lines": [*body, f"return learning_rate*{names['factor']}"]}

    def _step(self, rule: Rule) -> Variables:
        """The function of a rule: its name, its states, and the lines of its body."""
        formatter = self.rule_formatter(rule)
        states = [self.names[state] for state in rule.states]
        comma = "," if len(self.steps) > 1 and not states else ""
        lines = [*(formatter.assignment(*line) for line in rule.lines), f"return {', '.join(['w', *states])}{comma}"]
        return {"name": self.steps[rule], "states": states, "lines": lines}

    # phases

    def _first_states(self, setup: Setup) -> list[str]:
        """The assignments of states before the first step of an optimizer, one for all states with the same value."""
        formatter = PythonFormatter(self.names)
        states = [self.names[state] for state in setup.rule_method.rule.states]
        values = [
            self.new_state(formatter.format(node) if node.number is None else literal(node.number))
            for node in setup.rule_method.initial_nodes
        ]
        if len(self.steps) > 1:
            return [f"states = [{', '.join(values)}]"]
        targets: dict[str, str] = {}
        for state, value in zip(states, values, strict=True):
            targets[value] = f"{targets.get(value, '')}{state} = "
        return [f"{target}{value}" for value, target in targets.items()]

    def _functions(self, phase: Phase) -> dict[str, str]:
        """The functions of a phase, if there are several, and the row after which its optimizer began, if it counts its
        own steps.
        """
        functions = {"step": self.steps[phase.setup.rule_method.rule]} if len(self.steps) > 1 else {}
        functions |= {"rate": self.rates[_schedule(phase.setup)]} if len(self.rates) > 1 else {}
        return functions | ({"began": str(phase.began)} if self.counts_anew else {})

    def _changes(self) -> Iterator[Variables]:
        """The assignments at the beginning of each phase except the first."""
        for before, phase in pairwise(self.run.phases):
            old, new = (self._values(one.setup) | self._functions(one) for one in (before, phase))
            values = {name: value for name, value in new.items() if old.get(name) != value}
            if self.epochs:
                values["quiet"] = "0"
            lines = _assigned(values) + (self._first_states(phase.setup) if phase.restarts else [])
            if lines:
                yield {"t": phase.from_row + 1, "lines": lines}


def _assigned(values: Mapping[str, str]) -> list[str]:
    return [f"{name} = {value}" for name, value in values.items()]


def _numbered(function: str, kinds: Sequence[Numbered]) -> dict[Numbered, str]:
    """Each different kind, such as a rule -> the name of its function, which is numbered if there are several."""
    different = list(dict.fromkeys(kinds))
    if len(different) == 1:
        return {different[0]: function}
    return {kind: f"{function}_{number}" for number, kind in enumerate(different, 1)}


def _hyperparameters_read(setup: Setup) -> list[str]:
    """The hyperparameters that a rule, or a state before the first step, depends on."""
    method = setup.rule_method
    read = {*method.rule.hyperparameters}.union(*(node.names for node in method.initial_nodes))
    return [name for name in method.values if name in read]


def _schedule(setup: Setup) -> ScheduleWithValues:
    return setup.schedule.rule, tuple(setup.schedule_values.items())
