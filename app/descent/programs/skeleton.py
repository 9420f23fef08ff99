"""A run as a program: what every language of it shares.

It is written from the expression trees that ran. Text of a user reaches it in one comment, cleared of what is not a
plain printable character; the names in it are those of the rule, which the language has let through, kept apart from
Python's own.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from typing import ClassVar

from app.descent.loop import BEYOND
from app.descent.programs.layout import Lines, comment, indented, literal, literals, own_names, wrapped
from app.descent.reach import objective_known, rate_reach
from app.descent.run import Run
from app.descent.unroll import DONE
from app.formulas.bounds import Reach
from app.formulas.nodes import Node
from app.formulas.program import PythonText, StraightLines
from app.formulas.written import written
from app.problems.objective import Closed, OverData

GIVEN = ("w", "g", "t", "lr")
WHOLE = ("t", DONE)
SMALL = 'f"stopped at step {count}: every step is below {min_step_size}"'
ARRIVED = 'f"stopped at step {count}: the loss is at or below {target_loss}"'


class NoProgramError(ValueError):
    """The problem is of a kind that no program is written for."""


class Program:
    """A program that repeats `run` and prints where it ends.

    Args:
        run: from its start; title: what it is, in words.

    Raises:
        NoProgramError: the problem is of a kind that no program is written for.
    """

    heading: ClassVar[str]
    """Its first lines: what it is."""
    number: ClassVar[str]
    """What prints the last value of a parameter in full."""
    around_points: ClassVar[tuple[str, str]] = ("[", "]")
    """What stands around the list of data points."""

    def __init__(self, run: Run, title: str) -> None:
        if not isinstance(run.problem.objective, Closed | OverData):
            raise NoProgramError("programs are written for surfaces, formulas and line fits")
        self.run, self.title = run, title
        self.objective: Closed | OverData = run.problem.objective
        self.names = self._names()
        self.states = [self.names[state] for state in run.setup.rule.states]
        self.functions: set[str] = set()
        self.imports: set[str] = set()

    def text(self) -> Generator[None, None, str]:
        """Return the program; pauses between its parts."""
        body = []
        for part in (self.problem, self.rate, self.rule, self.main):
            body.append(part())
            yield
        head = [*self.heading.split("\n"), "", *self.import_lines(), "", comment(self.title)]
        parts = [[*head, *self._constants()], *self.function_lines(), *body, self._ending()]
        return "\n\n\n".join("\n".join(part) for part in parts) + "\n"

    def import_lines(self) -> Lines:
        """Its imports."""
        raise NotImplementedError

    def function_lines(self) -> list[Lines]:
        """The functions that its formulas need."""
        raise NotImplementedError

    def problem(self) -> Lines:
        """The functions `loss` and `gradient`."""
        raise NotImplementedError

    def rule(self) -> Lines:
        """The function `step`."""
        raise NotImplementedError

    def main(self) -> Lines:
        """The function `main`, which returns the parameters at the end and why it ended."""
        raise NotImplementedError

    # what a run asks for

    @property
    def random(self) -> bool:
        """Whether it draws anything."""
        return self.run.sampled or self.run.setup.noise > 0

    @property
    def shuffled(self) -> bool:
        """Whether it goes through the points in a new order each epoch."""
        return self.run.sampled and self.run.setup.sampling == "shuffle"

    def _names(self) -> dict[str, str]:
        rule = self.run.setup.rule
        fixed = {text: text for text in (*GIVEN, "learning_rate")}
        others = (*rule.states, *rule.hyperparameters, *rule.intermediates)
        return fixed | own_names((text for text in others if text not in fixed), fixed)

    # constants

    def _constants(self) -> Lines:
        setup, stop, run = self.run.setup, self.run.stop, self.run
        values = {"learning_rate": setup.learning_rate, **{k: setup.values[k] for k in setup.values if k in self.names}}
        own = [f"{self.names[name]} = {literal(value)}" for name, value in values.items()]
        chosen: list[tuple[bool, str, str]] = [
            (True, "start", literals(run.start)),
            (True, "max_steps", str(stop.max_steps)),
            (bool(stop.min_step_size), "min_step_size", literal(stop.min_step_size or 0)),
            (stop.target_loss is not None, "target_loss", literal(stop.target_loss or 0)),
            (True, "furthest", f"{literal(BEYOND)}  # past this the run counts as having run away"),
            (setup.noise > 0, "noise", f"{literal(setup.noise)}  # standard deviation"),
            (run.sampled, "batch_size", str(setup.batch_size)),
            (self.random, "seed", str(run.seed)),
        ]
        return [*own, "", *(f"{name} = {value}" for wanted, name, value in chosen if wanted), *self._points()]

    def _points(self) -> Lines:
        if isinstance(self.objective, Closed):
            return []
        rows = zip(*self.objective.columns.values(), strict=True)
        pairs = [f"({', '.join(map(literal, row))})" for row in rows]
        names = ", ".join(self.objective.columns)
        opening, closing = self.around_points
        return ["", f"# ({names}) of each point", *wrapped(f"points = {opening}", pairs, closing)]

    # parts

    def raising(self, roots: Sequence[Node]) -> set[Node]:
        """Which operations in formulas of the problem floats may refuse."""
        reach = Reach(objective_known(self.objective))
        for root in roots:
            reach.of(root)
        return reach.raising

    def note(self, write: PythonText | StraightLines) -> None:
        """Bring along what the formulas written so far need."""
        self.functions |= write.functions
        self.imports |= write.imports

    def scalar_text(self, names: Mapping[str, str], raising: set[Node]) -> PythonText:
        """What writes formulas of single numbers."""
        raise NotImplementedError

    def rate(self) -> Lines:
        """The function `rate`."""
        setup, lr = self.run.setup, self.run.unrolled.lr
        fixed = {"t": "t", DONE: "k", "learning_rate": "learning_rate"}
        own = own_names(setup.schedule_values, fixed.values())
        names = fixed | {f"schedule.{text}": name for text, name in own.items()}
        write = self.scalar_text(names, rate_reach(self.run)[1])
        value = write.of(lr)
        self.note(write)
        body = [f"{own[text]} = {literal(value)}" for text, value in setup.schedule_values.items()]
        body += ["k = t - 1"] if DONE in lr.names else []
        return ["def rate(t):", *indented(['"""The learning rate in force at step t."""', *body, f"return {value}"])]

    def rule_lines(self, write: PythonText) -> Lines:
        """The lines of the rule, each beside its text where that differs."""
        lines = []
        for target, node in self.run.setup.rule.lines:
            code, plain = f"{self.names[target]} = {write.of(node)}", f"{target} = {written(node)}"
            lines.append(code if code == plain else f"{code}  {comment(plain)}")
        self.note(write)
        return lines

    def chosen(self, indices: str) -> str:
        """The points with some indices."""
        raise NotImplementedError

    def batch_lines(self) -> Lines:
        """Drawing the batch of a step."""
        if not self.run.sampled:
            return []
        if not self.shuffled:
            return [f"batch = {self.chosen('[random.randrange(len(points)) for _ in range(batch_size)]')}"]
        return [
            "if position >= len(points):  # a new epoch",
            "    random.shuffle(order)",
            "    position = 0",
            f"batch = {self.chosen('order[position:position + batch_size]')}",
            "position += batch_size",
        ]

    def start_lines(self) -> Lines:
        """What the batches and the noise are drawn from."""
        lines = ["random = Random(seed)"] if self.random else []
        lines += ["order, position = list(range(len(points))), len(points)"] if self.shuffled else []
        quiet = self.run.sampled and self.run.stop.min_step_size
        return lines + (["quiet = 0  # steps in a row that were all below min_step_size"] if quiet else [])

    def arrived_lines(self, loss: str) -> Lines:
        """The end of a run that starts where it wanted to be."""
        if self.run.stop.target_loss is None:
            return []
        return [f"if {loss} <= target_loss:", f"    return w, {ARRIVED.replace('{count}', '0')}"]

    def stop_lines(self, small: str) -> Lines:
        """The stop rules after a step, of which `small` says that it was below min_step_size."""
        lines: Lines = []
        if self.run.stop.min_step_size:
            lines += [f"small = lr > 0 and {small}"]
            if self.run.sampled:
                lines += ["quiet = quiet + 1 if small else 0", f"small = quiet >= {self.run.epoch}  # a whole epoch"]
            lines += ["if small:", f"    return ahead, {SMALL}"]
        if self.run.stop.target_loss is not None:
            lines += ["if value <= target_loss:", f"    return ahead, {ARRIVED}"]
        return lines

    def _ending(self) -> Lines:
        names = ", ".join(f'"{name}"' for name in self.objective.parameters)
        return [
            'if __name__ == "__main__":',
            "    end, reason = main()",
            "    print(reason)",
            f"    for name, value in zip([{names}], end):",
            f'        print(name, "=", {self.number})',
        ]
