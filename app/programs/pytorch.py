"""A run as PyTorch: the rule on tensors, and the gradient by autograd."""

from __future__ import annotations

from app.formulas.language import Rule
from app.formulas.nodes import ordered
from app.formulas.python_text import PythonText, TorchText
from app.problems.network import Network
from app.problems.objective import Closed
from app.programs.program import Parts, Program, in_residual


class TorchProgram(Program):
    """Tensors of double precision."""

    template = "pytorch.py.jinja"

    def problem(self) -> Parts:
        objective = self.objective
        if isinstance(objective, Closed):
            chooses = any(item.op == "where" or item.value in ("max", "min") for item in ordered((objective.loss,)))
            write = TorchText(objective.parameters, elementwise=False)
            return {"loss": write.plain(objective.loss), "flat": chooses}
        if isinstance(objective, Network):
            write = TorchText(("u", "target"))
            activation, loss = objective.activation.formula, objective.loss.of_preactivation
            return {"activation": write.plain(activation), "loss": write.plain(loss)}
        write = TorchText((*objective.parameters, *objective.columns, "residual"))
        return {
            "residual": write.plain(objective.residual),
            "loss": write.plain(in_residual(objective, objective.term)),
        }

    def writer(self, rule: Rule) -> PythonText:
        tensors = {"w", "g", *rule.states}
        for target, node in rule.lines:
            tensors |= set() if tensors.isdisjoint(node.names) else {target}
        return TorchText(tensors, self.names)

    def new_state(self, value: str) -> str:
        return "torch.zeros_like(w)" if value == "0.0" else f"torch.full_like(w, {value})"
