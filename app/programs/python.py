"""A run as Python that needs nothing but the standard library."""

from __future__ import annotations

from app.formulas.language import Rule
from app.formulas.python_formatter import PythonFormatter
from app.problems.network import Network
from app.problems.objective import OverData
from app.programs.layout import wrapped
from app.programs.program import Program, Variables, in_residual

SUM = "sum({loss} for {columns} in {points})"

SUM_BY_RESIDUAL = """\
sum(
    {loss}
    for {columns} in {points}
    for residual in [{residual}]
)"""


class PythonProgram(Program):
    """Floats, one parameter after the other, and the gradient as formulas."""

    template = "python.py.jinja"

    def problem(self) -> Variables:
        objective = self.objective
        if isinstance(objective, Network):
            return _network(objective)
        if isinstance(objective, OverData):
            loss, *partials = self._sums(objective)
        else:
            loss, *partials = map(PythonFormatter().format, (objective.loss, *objective.gradient))
        return {"loss": loss, "gradient": wrapped("return [", partials, "]")}

    def _sums(self, objective: OverData) -> list[str]:
        """The loss and its gradient as sums over points; a residual that a formula has more than once gets its name."""
        formatter, columns = PythonFormatter(), ", ".join(objective.columns)
        roots = (objective.term, *objective.gradient)
        texts = [formatter.format(in_residual(objective, root)) for root in roots]
        total = SUM_BY_RESIDUAL
        if all(text.count("residual") <= 1 for text in texts):
            total, texts = SUM, list(map(formatter.format, roots))
        sums = []
        for index, text in enumerate(texts):
            points = "batch" if index and self.run.sampled else "points"
            residual = formatter.format(objective.residual)
            sums.append(total.format(loss=text, columns=columns, points=points, residual=residual))
            sums[-1] += f"/len({points})" if objective.mean else ""
        return sums

    def rule_formatter(self, rule: Rule) -> PythonFormatter:  # noqa: ARG002
        return PythonFormatter(self.names)

    def new_state(self, value: str) -> str:
        return f"[{value}]*len(start)"


def _network(network: Network) -> Variables:
    """The formulas of a network."""
    formatter = PythonFormatter()
    return {
        "activation": formatter.format(network.activation.formula),
        "derivative": formatter.format(network.activation.derivative),
        "output": formatter.format(network.layers[-1].activation.formula),
        "delta": formatter.format(network.loss.delta),
        "loss": formatter.format(network.loss.of_preactivation),
    }
