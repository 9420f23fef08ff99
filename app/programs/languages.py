"""A run in each of the languages: Python that needs nothing but the standard library, and PyTorch with autograd."""

from __future__ import annotations

from app.formulas.language import Rule
from app.formulas.nodes import ordered
from app.formulas.python_formatter import PythonFormatter, TorchFormatter
from app.problems.network import Network
from app.problems.objective import Closed, OverData
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


class TorchProgram(Program):
    """The rule on tensors of double precision, and the gradient by autograd."""

    template = "pytorch.py.jinja"

    def problem(self) -> Variables:
        objective = self.objective
        if isinstance(objective, Closed):
            chooses = any(item.op == "where" or item.value in ("max", "min") for item in ordered((objective.loss,)))
            formatter = TorchFormatter(objective.parameters, elementwise=False)
            return {"loss": formatter.format(objective.loss), "flat": chooses}
        if isinstance(objective, Network):
            formatter = TorchFormatter(("u", "target"))
            activation, loss = objective.activation.formula, objective.loss.of_preactivation
            return {"activation": formatter.format(activation), "loss": formatter.format(loss)}
        formatter = TorchFormatter((*objective.parameters, *objective.columns, "residual"))
        return {
            "residual": formatter.format(objective.residual),
            "loss": formatter.format(in_residual(objective, objective.term)),
        }

    def rule_formatter(self, rule: Rule) -> PythonFormatter:
        tensors = {"w", "g", *rule.states}
        for target, node in rule.lines:
            tensors |= set() if tensors.isdisjoint(node.names) else {target}
        return TorchFormatter(tensors, self.names)

    def new_state(self, value: str) -> str:
        return "torch.zeros_like(w)" if value == "0.0" else f"torch.full_like(w, {value})"
