"""A run as PyTorch: the rule on tensors, and the gradient by autograd."""

from __future__ import annotations

from app.formulas.language import Rule
from app.formulas.nodes import ordered
from app.formulas.python_formatter import PythonFormatter, TorchFormatter
from app.problems.network import Network
from app.problems.objective import Closed
from app.programs.program import Program, Variables, in_residual


class TorchProgram(Program):
    """Tensors of double precision."""

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
