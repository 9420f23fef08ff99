"""A run as a Python program that needs only the standard library and ends at the very same floats."""

from __future__ import annotations

from collections.abc import Mapping

from app.descent.programs.layout import Lines, formula, indented, literals, wrapped
from app.descent.programs.skeleton import WHOLE, Program
from app.descent.reach import rule_raising
from app.formulas.functions import lowered
from app.formulas.nodes import Node
from app.formulas.program import PythonText, StraightLines
from app.formulas.program_functions import function_texts
from app.formulas.typeset import MAX_PRINTED, written_size
from app.problems.objective import FLOATS_UP_TO, Closed, OverData

ONE_BY_ONE = '''\
def total(values):
    """Their sum, one after the other."""
    result = 0.0
    for value in values:
        result += value
    return result'''

IN_PAIRS = '''\
def total(values):
    """Their sum, in pairs of pairs, as NumPy adds."""
    values = list(values)
    if len(values) > 128:
        half = len(values)//2 - len(values)//2 % 8
        return total(values[:half]) + total(values[half:])
    whole = len(values) - len(values) % 8
    result = 0.0
    if whole:
        r = values[:8]
        for i in range(8, whole):
            r[i % 8] += values[i]
        result = ((r[0] + r[1]) + (r[2] + r[3])) + ((r[4] + r[5]) + (r[6] + r[7]))
    for value in values[whole:]:
        result += value
    return result'''

SOUND = '''\
def sound(values, limit=math.inf):
    """Whether all are numbers, and within a limit where there is one."""
    return all(math.isfinite(value) and abs(value) <= limit for value in values)'''


class PythonProgram(Program):
    """With nothing but the standard library, to the last digit."""

    heading = '''\
"""One run of an optimizer, with nothing but Python's standard library.

It prints the parameters it ends at: the same, to the last digit, as the run it was written from.
"""'''

    number = "repr(value)"

    def import_lines(self) -> Lines:
        plain = sorted(self.imports - self.functions)
        names = [f"from math import {', '.join(plain)}"] if plain else []
        return ["import math", *names, *(["from random import Random"] if self.random else [])]

    def function_lines(self) -> list[Lines]:
        return [text.split("\n") for text in (*function_texts(self.functions), SOUND)]

    def scalar_text(self, names: Mapping[str, str], raising: set[Node]) -> PythonText:
        return PythonText(names, raising, WHOLE)

    def chosen(self, indices: str) -> str:
        return f"[points[i] for i in {indices}]"

    # the problem

    def problem(self) -> Lines:
        if isinstance(self.objective, Closed):
            return self._closed(self.objective)
        return self._over_data(self.objective)

    def _closed(self, objective: Closed) -> Lines:
        given = ", ".join(objective.parameters)
        loss, slopes = self._body((objective.loss,), several=False), self._body(objective.slopes, several=True)
        return [
            f"def loss({given}):", *indented([formula(objective.loss, "loss"), *loss]), "", "",
            f"def gradient({given}):", *indented(slopes),
        ]  # fmt: skip

    def _body(self, roots: tuple[Node, ...], several: bool) -> Lines:
        """The lines that return a value, or a list of several."""
        if max(map(written_size, roots)) > MAX_PRINTED:
            return self._straight(roots, several)
        write = self._text(roots)
        texts = [write.of(root) for root in roots]
        self.note(write)
        return _returned(texts, several)

    def _text(self, roots: tuple[Node, ...]) -> PythonText:
        names = (*self.objective.parameters, *getattr(self.objective, "columns", ()))
        return self.scalar_text({name: name for name in names}, self.raising(roots))

    def _straight(self, roots: tuple[Node, ...], several: bool) -> Lines:
        roots = lowered(roots)
        write = StraightLines({name: name for name in self.objective.parameters}, self.raising(roots))
        lines, results = write.of(roots)
        self.note(write)
        return [*lines, *_returned(results, several)]

    def _over_data(self, objective: OverData) -> Lines:
        given, each = ", ".join(objective.parameters), f"for {', '.join(objective.columns)} in batch"
        share = "/len(batch)" if objective.mean else ""
        write = self._text((objective.term, *objective.slopes))
        loss, *slopes = (f"total({write.of(root)} {each}){share}" for root in (objective.term, *objective.slopes))
        self.note(write)
        adding = IN_PAIRS if objective.points > FLOATS_UP_TO else ONE_BY_ONE
        return [
            *adding.split("\n"), "", "",
            f"def loss({given}, batch=points):",
            *indented([formula(objective.term, "loss of one point"), f"return {loss}"]), "", "",
            f"def gradient({given}, batch=points):", *indented(_returned(slopes, several=True)),
        ]  # fmt: skip

    # the rule and the run

    def rule(self) -> Lines:
        write = self.scalar_text(self.names, rule_raising(self.run))
        lines = self.rule_lines(write)
        says = "The rule, for one parameter: its next value" + (" and its states." if self.states else ".")
        values = ", ".join(["w", *self.states])
        return [
            f"def step({', '.join(['w', 'g', *self.states, 't', 'lr'])}):",
            *indented([f'"""{says}"""', *lines, f"return {values}"]),
        ]

    def main(self) -> Lines:
        states = [f"{self.names[s]} = {literals([v] * len(self.run.start))}" for s, v in self.run.initial.items()]
        before = ["w = start", *states, *self.start_lines(), *self.arrived_lines("loss(*w)")]
        loop = ["for count in range(1, max_steps + 1):", *indented(self._step())]
        return ["def main():", *indented([*before, *loop, 'return w, f"stopped at step {max_steps}: the last one"'])]

    def _step(self) -> Lines:
        gone = '    return w, f"diverged at step {count}"'
        noise = ["g = [each + random.gauss(0.0, noise) for each in g]"] if self.run.setup.noise else []
        sound = " and ".join(["sound(ahead, furthest)", *(f"sound({state})" for state in self.states)])
        small = "all(abs(b - a) < min_step_size and lr*abs(c) < min_step_size for a, b, c in zip(w, ahead, g))"
        return [
            "t = float(count)", "lr = rate(t)", *self.batch_lines(),
            f"g = gradient(*w{', batch' if self.run.sampled else ''})", *noise,
            "if not sound(g):", gone, *self._move(),
            f"if not ({sound}):" if self.states else f"if not {sound}:", gone,
            "value = loss(*ahead)", "if not sound([value], furthest):", gone,
            *self.stop_lines(small), "w = ahead",
        ]  # fmt: skip

    def _move(self) -> Lines:
        given = ", ".join([f"{name}[i]" for name in ("w", "g", *self.states)] + ["t", "lr"])
        moved = f"[step({given}) for i in range(len(w))]"
        if not self.states:
            return [f"ahead = {moved}"]
        return [f"moved = {moved}", f"ahead, {', '.join(self.states)} = map(list, zip(*moved))"]


def _returned(texts: list[str], several: bool) -> Lines:
    return wrapped("return [", texts, "]") if several else [f"return {texts[0]}"]
