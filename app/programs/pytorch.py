"""A run as PyTorch: the rule on tensors, and the gradient by autograd."""

from __future__ import annotations

from collections.abc import Sequence

from app.formulas.language import Rule
from app.formulas.nodes import ordered
from app.formulas.python_text import PythonText, TorchText
from app.problems.network import Network
from app.problems.objective import Closed
from app.programs.program import Parts, Program, by_itself, in_residual


class TorchProgram(Program):
    """Tensors of double precision."""

    template = "pytorch.py.jinja"

    def problem(self) -> Parts:
        objective, parameters = self.objective, ", ".join(self.objective.parameters)
        if isinstance(objective, Network):
            return {"network": _network(objective), "flat": False}
        if isinstance(objective, Closed):
            write = TorchText(by_itself(objective.parameters), objective.parameters, elementwise=False)
            chooses = any(item.op == "where" or item.value in ("max", "min") for item in ordered((objective.loss,)))
            loss = {"loss": write.plain(objective.loss), "columns": "", "flat": chooses}
        else:
            names = (*objective.parameters, *objective.columns, "residual")
            write = TorchText(by_itself(names), names)
            loss = {
                "columns": ", ".join(objective.columns),
                "residual": write.plain(objective.residual),
                "loss": write.plain(in_residual(objective, objective.term)),
                "total": "mean" if objective.mean else "sum",
                "flat": False,
            }
        return {"parameters": parameters, "network": {}, **loss}

    def writer(self, rule: Rule) -> PythonText:
        tensors = {"w", "g", *rule.states}
        for target, node in rule.lines:
            tensors |= set() if tensors.isdisjoint(node.names) else {target}
        return TorchText(self.names, tensors)

    def new_state(self, value: str) -> str:
        return "torch.zeros_like(w)" if value == "0.0" else f"torch.full_like(w, {value})"

    def point(self, numbers: Sequence[str]) -> str:
        return f"({', '.join(numbers)})"


def _network(network: Network) -> Parts:
    """What a network is made of, by the names of the template."""
    activation = TorchText({"u": "u"}, {"u"}).plain(network.activation.formula) if network.hidden else ""
    return {"sizes": network.sizes, "activation": activation, "loss": network.loss.pytorch}
