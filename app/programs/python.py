"""A run as Python that needs nothing but the standard library."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from app.formulas.calculus import gradient
from app.formulas.functions import Writer
from app.formulas.language import Rule
from app.formulas.nodes import Node
from app.formulas.python_text import BUILT_IN, PythonText
from app.formulas.refusals import refusals
from app.formulas.typeset import MAX_PRINTED, written_size
from app.formulas.written import written
from app.problems.objective import OverData
from app.programs.helpers import HELPERS
from app.programs.layout import indented, wrapped
from app.programs.program import Program, in_residual

SUM_BY_RESIDUAL = """\
sum(
    {loss}
    for {columns} in {points}
    for residual in [{residual}]
)"""


class PythonProgram(Program):
    """Floats, one parameter after the other, and the gradient as formulas."""

    heading = "One run of an optimizer, in Python alone: it prints why it stopped, and where."
    says = "The rule, for one parameter."
    needed = frozenset(["isfinite"])
    small = "| all(max(abs(b - a), $lr*abs(c)) < min_step_size for a, b, c in zip(w, ahead, g))"
    move = """
           | try:
           |     g = gradient(*w$batch)
noise      |     g = [c + random.gauss(0.0, noise) for c in g]
some noise |     if noise:
some noise |         g = [c + random.gauss(0.0, noise) for c in g]
no states  |     ahead = [step(*each$given) for each in zip(w, g)]
states     |     ahead, $states = zip(*[step(*each$given) for each in zip(w, g, $states)])
           |     value = loss(*ahead)
           |     finite = all(isfinite(c) for each in [$kept] for c in each)
           |     lost = not (finite and all(abs(c) <= $beyond for c in [*ahead, value]))
           | except (ArithmeticError, ValueError):  # such as 1/0, exp(1000), sqrt(-1)
           |     lost = True
"""

    def problem(self) -> list[str]:
        objective = self.objective
        if isinstance(objective, OverData):
            loss, *partials = self._sums(objective)
            body = wrapped("return [", partials, "]")
        else:
            (loss,) = self._texts([objective.loss])
            roots = gradient(objective.loss, objective.parameters)
            is_long = max(map(written_size, roots)) > MAX_PRINTED
            body = self._in_parts(roots) if is_long else wrapped("return [", self._texts(roots), "]")
        return [
            f"def loss({self.parameters}):\n{indented(f'return {loss}')}",
            f"def gradient({self.parameters}{self.batch}):\n{indented(body)}",
        ]

    def _sums(self, objective: OverData) -> list[str]:
        """The loss and its gradient as sums over points; a residual that a formula has more than once gets its name."""
        roots = (objective.term, *gradient(objective.term, objective.parameters))
        by_residual = [in_residual(objective, root) for root in roots]
        is_named = any(text.count("residual") > 1 for text in map(written, by_residual))
        (residual,) = self._texts([objective.residual])
        sums = []
        for index, text in enumerate(self._texts(by_residual if is_named else roots)):
            points = "batch" if index and self.batch else "points"
            total = SUM_BY_RESIDUAL if is_named else "sum({loss} for {columns} in {points})"
            total = total.format(loss=text, columns=self.columns, points=points, residual=residual)
            sums.append(f"{total}/len({points})" if objective.mean else total)
        return sums

    def _texts(self, roots: Sequence[Node]) -> list[str]:
        """Formulas of the problem; the run is over where one of them is not finite."""
        lines = {str(index): root for index, root in enumerate(roots)}
        write = self.noted(PythonText(self.variables, refusals(lines.items(), lines, {})))
        return [write.plain(root) for root in roots]

    def _in_parts(self, roots: Sequence[Node]) -> str:
        """Formulas too long to be read, as lines that name what they share; every function in them goes on."""
        code = Writer(self.variables, careful=True, prefix="part").write(roots)
        write = self.noted(PythonText({}))

        def called(found: re.Match[str]) -> str:
            function = {"div": "over", "pow": "power"}.get(found[1], found[1])
            if function not in BUILT_IN:
                (write.own if function in HELPERS else write.math).add(function)
            return function

        text = "\n".join([*code.lines, f"return [{', '.join(code.results)}]"])
        return re.sub(r"\bf_([a-z]+)", called, re.sub("^ +", lambda found: found[0] * 4, text, flags=re.MULTILINE))

    def writer(self, rule: Rule, refused: Mapping[Node, bool]) -> PythonText:  # noqa: ARG002
        return PythonText(self.names, refused)

    def state(self, value: str) -> str:
        return f"[{value}]*len(start)"

    def chosen(self, indices: str) -> str:
        return f"[points[i] for i in {indices}]"
