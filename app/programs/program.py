"""A run as a script: constants on top, the loss, its gradient, the rule, and a loop.

It is written from the expression trees that ran. Text of a user reaches it in one comment, cleared of what is not a
plain printable character; the names in it are those of the rule, which the language has let through, kept apart from
Python's own.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Generator, Hashable, Mapping, Sequence
from itertools import pairwise
from typing import ClassVar, TypeVar

from app.descent.run import Run
from app.descent.setup import Phase, Setup
from app.descent.stops import BEYOND
from app.descent.unroll import initial_nodes
from app.formulas.language import Rule, parse_rule
from app.formulas.nodes import Node, name, rebuild
from app.formulas.python_text import PythonText
from app.formulas.refusals import TRIED, refusals
from app.problems.objective import Closed, OverData
from app.programs.helpers import HELPERS
from app.programs.layout import assigned, comment, indented, literal, own_names, wrapped
from app.programs.templates import CONSTANTS, SCRIPT, SHUFFLED, filled

GIVEN = ("w", "g", "t", "lr", "learning_rate")

Schedule = tuple[tuple[tuple[str, Node], ...], tuple[tuple[str, float], ...]]
"""The lines of a schedule, and the values of its parameters."""

CONSTANT = parse_rule("factor = 1", ("t", "k"), "factor").lines
"""The lines of the schedule that leaves the rate as it is."""

Key = TypeVar("Key", bound=Hashable)


class NoProgramError(ValueError):
    """The problem is of a kind that no program is written for."""


class Program(ABC):
    """A program that repeats `run`, ends within 1e-9 of where it ended, and prints where and why.

    Where a run has several phases, the names that differ between them are assigned anew as each begins: values, states,
    and which of several functions is `step` and `rate`.

    Args:
        run: from its start; title: what it is, in words.

    Raises:
        NoProgramError: the problem is of a kind that no program is written for.
    """

    heading: ClassVar[str]
    """What it is, in a line."""
    library: ClassVar[str] = ""
    """What it takes from outside the standard library."""
    needed: ClassVar[frozenset[str]] = frozenset()
    """What its loop takes from `math`."""
    data: ClassVar[tuple[str, str]] = ("points = [", "]")
    """What stands around the data points."""
    first: ClassVar[str] = "start"
    """The first parameters."""
    last: ClassVar[str] = "w"
    """The last parameters, as floats."""
    says: ClassVar[str]
    """What `step` is, in a line."""
    move: ClassVar[str]
    """The lines from `w` to `ahead` with the loss `value` there, and whether the run is `lost`."""
    small: ClassVar[str]
    """Whether a step was below min_step_size."""

    def __init__(self, run: Run, title: str) -> None:
        if not isinstance(run.problem.objective, Closed | OverData):
            raise NoProgramError("programs are written for surfaces, formulas and line fits")
        self.run, self.title = run, title
        self.objective: Closed | OverData = run.problem.objective
        columns = () if isinstance(self.objective, Closed) else tuple(self.objective.columns)
        self.variables = own_names([*self.objective.parameters, *columns], ["residual"]) | {"residual": "residual"}
        self.parameters = ", ".join(self.variables[text] for text in self.objective.parameters)
        self.columns = ", ".join(self.variables[text] for text in columns)
        self.setups = [phase.setup for phase in run.phases]
        self.samplings = {self._sampling(setup) for setup in self.setups}
        self.steps = _numbered("step", [setup.rule for setup in self.setups])
        self.rates = _numbered("rate", [_schedule(setup) for setup in self.setups])
        self.names = self._names()
        self.states = [self.names[each] for each in self.setups[0].rule.states] if len(self.steps) == 1 else ["*states"]
        self.has = self._features()
        self.lr = "lr" if "schedule" in self.has else "learning_rate"
        self.count = "count" if "began" in self.has else "t"
        self.batch = ", batch" if "batch" in self.has else ""
        self.writers: list[PythonText] = []

    def _names(self) -> dict[str, str]:
        wanted = [each for rule in self.steps for each in (*rule.states, *rule.intermediates)]
        wanted += [each for setup in self.setups for each in _read(setup)]
        taken = (*GIVEN, *self.steps.values(), *self.rates.values())
        own = own_names((each for each in dict.fromkeys(wanted) if each not in GIVEN), taken)
        return own | {each: each for each in GIVEN}

    def _features(self) -> set[str]:
        """What the program has, by the words in the margins of templates."""
        stop, batch, noises = self.run.stop, self.samplings != {"all"}, [setup.noise > 0 for setup in self.setups]
        found = {
            "small": stop.min_step_size, "target": stop.target_loss is not None,
            "batch": batch, "shuffle": "shuffle" in self.samplings, "epochs": batch and stop.min_step_size,
            "noise": all(noises), "some noise": any(noises) and not all(noises), "random": batch or any(noises),
            "schedule": any(lines != CONSTANT for lines, _ in self.rates),
            "began": any(phase.began for phase in self.run.phases),
            "states": self.states, "no states": not self.states, "data": isinstance(self.objective, OverData),
        }  # fmt: skip
        return {feature for feature, wanted in found.items() if wanted}

    def text(self) -> Generator[None, None, str]:
        """Return the program; pauses between its parts."""
        functions: list[str] = []
        for part in (self.problem, self._rates, self._steps, self._script):
            functions += part()
            yield
        own = set[str]().union(*(write.own for write in self.writers))
        helpers = [text for each, text in HELPERS.items() if each in own]
        head = [f'"""{self.heading}"""', comment(self.title), *self._imports(own, helpers), self._constants()]
        return "\n\n\n".join(["\n\n".join(head), *helpers, *functions]) + "\n"

    @abstractmethod
    def problem(self) -> list[str]:
        """The functions `loss` and `gradient`."""

    @abstractmethod
    def writer(self, rule: Rule, refused: Mapping[Node, bool]) -> PythonText:
        """What writes the lines of a rule."""

    @abstractmethod
    def state(self, value: str) -> str:
        """A state that has one value for every parameter."""

    @abstractmethod
    def chosen(self, indices: str) -> str:
        """The data points with some indices."""

    def noted(self, write: PythonText) -> PythonText:
        """A writer, of which the program will have what it needs."""
        self.writers.append(write)
        return write

    # the constants

    def _imports(self, own: set[str], helpers: list[str]) -> list[str]:
        names = sorted(self.needed.union(*(write.math for write in self.writers)) - own)
        lines = ["import math"] if any("math." in text for text in helpers) else []
        lines += [f"from math import {', '.join(names)}"] if names else []
        lines += ["from random import Random"] if "random" in self.has else []
        return [part for part in ("\n".join(lines), self.library) if part]

    def _constants(self) -> str:
        stop, opening, closing = self.run.stop, *self.data
        columns = [] if isinstance(self.objective, Closed) else list(self.objective.columns.values())
        points = [f"({', '.join(map(literal, point))})" for point in zip(*columns, strict=True)]
        return filled(
            CONSTANTS, self.has,
            start=f"[{', '.join(map(literal, self.run.start))}]", values=assigned(self._values(self.setups[0])),
            max_steps=str(stop.max_steps), min_step_size=literal(stop.min_step_size or 0),
            target_loss=literal(stop.target_loss or 0), seed=str(self.run.seed),
            points=wrapped(opening, points, closing),
        )  # fmt: skip

    def _values(self, setup: Setup) -> dict[str, str]:
        """What an optimizer is set to, by the names of the program."""
        sampling = self._sampling(setup)
        values = {"learning_rate": literal(setup.learning_rate)}
        values |= {self.names[each]: literal(setup.known[each]) for each in _read(setup)}
        values |= {"noise": literal(setup.noise)} if self.has & {"noise", "some noise"} else {}
        values |= {"sampling": f'"{sampling}"'} if len(self.samplings) > 1 else {}
        values |= {"batch_size": str(setup.batch_size)} if "batch" in self.has else {}
        epoch = math.ceil((self.objective.points or 0) / (setup.batch_size or 1)) if sampling != "all" else 1
        return values | ({"epoch": str(epoch)} if "epochs" in self.has else {})

    def _sampling(self, setup: Setup) -> str:
        return setup.sampling if setup.batch_size and self.objective.points else "all"

    # the functions

    def _rates(self) -> list[str]:
        return [self._rate(schedule) for schedule in self.rates] if "schedule" in self.has else []

    def _rate(self, schedule: Schedule) -> str:
        lines, values = schedule
        own = own_names([*dict(values), *dict(lines)])
        refused = dict.fromkeys(refusals(lines, (), {**dict(values), **self._times()}), True)
        write = self.noted(PythonText({**own, "t": "t", "k": "k"}, refused))
        body = [f"{own[each]} = {literal(value)}" for each, value in values]
        body += ["k = t - 1"] if any("k" in node.names for _, node in lines) else []
        body += [write.line(target, node) for target, node in lines]
        body += [f"return learning_rate*{own['factor']}"]
        return f'def {self.rates[schedule]}(t):\n    """The learning rate at step t."""\n' + indented("\n".join(body))

    def _steps(self) -> list[str]:
        return [self._step(rule) for rule in self.steps]

    def _step(self, rule: Rule) -> str:
        known = [setup.known for setup in self.setups if setup.rule == rule]
        values = {each: [one[each] for one in known] for each in (*rule.hyperparameters, "learning_rate")}
        write = self.noted(self.writer(rule, refusals(rule.lines, ("w", *rule.states), {**values, **self._times()})))
        states = [self.names[each] for each in rule.states]
        comma = "," if len(self.steps) > 1 and not states else ""
        body = [*(write.line(*line) for line in rule.lines), f"return {', '.join(['w', *states])}{comma}"]
        given = ", ".join(["w", "g", *states, *self._given()])
        return f'def {self.steps[rule]}({given}):\n    """{self.says}"""\n' + indented("\n".join(body))

    def _given(self) -> list[str]:
        """What a step is told beside the parameter, its gradient and its states."""
        read = {each for rule in self.steps for _, node in rule.lines for each in node.names}
        return [each for each in ("t", "lr") if each in read]

    def _times(self) -> dict[str, list[int]]:
        """The numbers of steps that are tried: the first ones, and the last."""
        last = max(self.run.stop.max_steps, 1)
        steps = [*range(1, min(last, TRIED)), last]
        return {"t": steps, "k": [t - 1 for t in steps]}

    # the script

    def _script(self) -> list[str]:
        first, scheduled = self.run.phases[0], "schedule" in self.has
        words = {
            "count": self.count, "lr": self.lr, "batch": self.batch, "beyond": literal(BEYOND),
            "states": ", ".join(self.states), "kept": ", ".join(["g", *self.states]),
            "given": "".join(f", {self.lr if each == 'lr' else each}" for each in self._given()),
        }  # fmt: skip
        script = filled(
            SCRIPT, self.has, **words, first=self.first, last=self.last,
            begin=self._begin(first.setup), functions=assigned(self._functions(first)), changes=self._changes(),
            draw=self._draw(), move=filled(self.move, self.has, **words), small=filled(self.small, **words),
            positive="lr > 0 and " if scheduled else "", enough="quiet >= epoch" if "epochs" in self.has else "small",
            names=", ".join(f'"{each}"' for each in self.objective.parameters),
        )  # fmt: skip
        return [script]

    def _functions(self, phase: Phase) -> dict[str, str]:
        """Which of several functions a phase goes by, and from where it counts its steps."""
        functions = {"step": self.steps[phase.setup.rule]} if len(self.steps) > 1 else {}
        functions |= {"rate": self.rates[_schedule(phase.setup)]} if len(self.rates) > 1 else {}
        return functions | ({"began": str(phase.began)} if "began" in self.has else {})

    def _begin(self, setup: Setup) -> str:
        """The states before the first step of an optimizer; those that begin alike in one line."""
        write = self.noted(PythonText(self.names))
        texts = (write.plain(node) if node.number is None else literal(node.number) for node in _initial(setup))
        values = [self.state(text) for text in texts]
        if len(self.steps) > 1:
            return f"states = [{', '.join(values)}]"
        alike: dict[str, str] = {}
        for state, value in zip(self.states, values, strict=True):
            alike[value] = f"{alike.get(value, '')}{state} = "
        return "\n".join(f"{states}{value}" for value, states in alike.items())

    def _changes(self) -> str:
        """What is assigned anew as each phase begins."""
        lines = []
        for before, phase in pairwise(self.run.phases):
            old, new = (self._values(each.setup) | self._functions(each) for each in (before, phase))
            changes = [assigned({each: value for each, value in new.items() if old.get(each) != value})]
            changes += [self._begin(phase.setup)] if phase.began == phase.after else []
            body = "\n".join(filter(None, changes))
            lines += [f"if {self.count} == {phase.after + 1}:", indented(body)] if body else []
        return "\n".join(lines)

    def _draw(self) -> str:
        """The batch of a step, in whichever of the run's ways."""
        draws = {
            "all": "batch = points",
            "shuffle": filled(SHUFFLED, chosen=self.chosen("order[position:position + batch_size]")),
            "replacement": f"batch = {self.chosen('[random.randrange(len(points)) for _ in range(batch_size)]')}",
        }
        ways = [each for each in draws if each in self.samplings]
        if len(ways) == 1:
            return draws[ways[0]] if self.batch else ""
        return "\n".join(f'if sampling == "{each}":\n{indented(draws[each])}' for each in ways)


def in_residual(objective: OverData, root: Node) -> Node:
    """A formula of one point's loss in terms of its residual."""
    return rebuild((root,), lambda item: name("residual") if item is objective.residual else item)[root]


def _numbered(function: str, kinds: Sequence[Key]) -> dict[Key, str]:
    """A name for the function of each kind: the plain one where there is only one kind."""
    found = list(dict.fromkeys(kinds))
    return {kind: f"{function}_{index}" if len(found) > 1 else function for index, kind in enumerate(found, 1)}


def _initial(setup: Setup) -> tuple[Node, ...]:
    """Each state before the first step."""
    return initial_nodes(setup.rule, setup.initial, tuple(setup.known))


def _read(setup: Setup) -> list[str]:
    """The values that a rule, and its states before the first step, are made of."""
    rule, read = setup.rule, frozenset[str]().union(*(node.names for node in _initial(setup)))
    return [each for each in setup.known if each in {*rule.hyperparameters, *read}]


def _schedule(setup: Setup) -> Schedule:
    return parse_rule(setup.schedule.rule, ("t", "k"), "factor").lines, tuple(setup.schedule_values.items())
