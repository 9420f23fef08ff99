"""A run as Python that needs nothing but the standard library."""

from __future__ import annotations

from collections.abc import Sequence

from app.formulas.calculus import gradient
from app.formulas.language import Rule
from app.formulas.python_text import PythonText
from app.problems.network import Network
from app.problems.objective import OverData
from app.programs.layout import wrapped
from app.programs.program import Parts, Program, by_itself, in_residual

SUM_BY_RESIDUAL = """\
sum(
    {loss}
    for {columns} in {points}
    for residual in [{residual}]
)"""


class PythonProgram(Program):
    """Floats, one parameter after the other, and the gradient as formulas."""

    template = "python.py.jinja"

    def problem(self) -> Parts:
        objective = self.objective
        if isinstance(objective, Network):
            return {"network": _network(objective)}
        if isinstance(objective, OverData):
            loss, *partials = self._sums(objective)
        else:
            write = PythonText(by_itself(objective.parameters))
            loss, *partials = map(write.plain, (objective.loss, *objective.gradient))
        parameters, partial = ", ".join(objective.parameters), wrapped("return [", partials, "]")
        return {"parameters": parameters, "loss": loss, "gradient": partial, "network": {}}

    def _sums(self, objective: OverData) -> list[str]:
        """The loss and its gradient as sums over points; a residual that a formula has more than once gets its name."""
        roots = (objective.term, *gradient(objective.term, objective.parameters))
        write = PythonText(by_itself((*objective.parameters, *objective.columns, "residual")))
        texts = [write.plain(in_residual(objective, root)) for root in roots]
        total = "sum({loss} for {columns} in {points})"
        if any(text.count("residual") > 1 for text in texts):
            total = SUM_BY_RESIDUAL
        else:
            texts = list(map(write.plain, roots))
        sums = []
        for index, text in enumerate(texts):
            points = "batch" if index and self.run.sampled else "points"
            columns, residual = ", ".join(objective.columns), write.plain(objective.residual)
            found = total.format(loss=text, columns=columns, points=points, residual=residual)
            sums.append(f"{found}/len({points})" if objective.mean else found)
        return sums

    def writer(self, rule: Rule) -> PythonText:  # noqa: ARG002
        return PythonText(self.names)

    def new_state(self, value: str) -> str:
        return f"[{value}]*len(start)"

    def point(self, numbers: Sequence[str]) -> str:
        if isinstance(self.objective, Network):
            return f"([{', '.join(numbers[:-1])}], {numbers[-1]})"
        return f"({', '.join(numbers)})"


def _network(network: Network) -> Parts:
    """The formulas that a network is made of, over the names of the template."""
    write = PythonText(by_itself(("u", "a", "output", "target")))
    return {
        "sizes": network.sizes,
        "activation": write.plain(network.activation.formula) if network.hidden else "",
        "derivative": write.plain(network.activation.derivative),
        "output": write.plain(network.layers[-1].activation.formula),
        "delta": write.plain(network.loss.delta),
        "loss": network.loss.python,
    }
