"""A run as PyTorch: the rule on tensors, and the gradient by autograd."""

from __future__ import annotations

from collections.abc import Mapping

from app.formulas.language import Rule
from app.formulas.nodes import Node, ordered
from app.formulas.python_text import BUILT_IN, PythonText, TorchText
from app.formulas.refusals import refusals
from app.problems.objective import Closed
from app.programs.program import Program, in_residual
from app.programs.templates import filled

LOSS = """
 | def loss($parameters$batch):
 |     $columns = $points.T
 |     residual = $residual
 |     return ($loss).$adding()
"""

GRADIENT = """
 | def gradient(w$batch):
 |     w = w.clone().requires_grad_()
 |     return torch.autograd.grad(loss(*w$batch)$flat, w)[0]
"""

FLAT = " + 0*w.sum()"
"""Gives a loss a gradient, of zeros, where it is a mere number."""


class TorchProgram(Program):
    """Tensors of double precision."""

    heading = "One run of an optimizer, in PyTorch with the gradient by autograd: it prints why it stopped, and where."
    says = "The rule, for all parameters at once."
    library = "import torch\n\ntorch.set_default_dtype(torch.float64)"
    data = ("points = torch.tensor([", "])")
    first, last = "torch.tensor(start)", "w.tolist()"
    small = "| (torch.maximum((ahead - w).abs(), $lr*g.abs()) < min_step_size).all()"
    move = """
           | g = gradient(w$batch)
noise      | g = g + torch.tensor([random.gauss(0.0, noise) for _ in start])
some noise | if noise:
some noise |     g = g + torch.tensor([random.gauss(0.0, noise) for _ in start])
no states  | ahead = step(w, g$given)
states     | ahead, $states = step(w, g, $states$given)
           | value = float(loss(*ahead))
           | finite = all(each.isfinite().all() for each in [$kept])
           | lost = not (finite and ahead.abs().max() <= $beyond and abs(value) <= $beyond)
"""

    def problem(self) -> list[str]:
        objective, flat = self.objective, ""
        if isinstance(objective, Closed):
            refused = refusals([("loss", objective.loss)], (), {})
            write = self.noted(TorchText(self.variables, refused, objective.parameters, elementwise=False))
            loss = f"def loss({self.parameters}):\n    return {write.plain(objective.loss)}"
            flat = FLAT if any(map(_is_choice, ordered((objective.loss,)))) else ""
        else:
            write = self.noted(TorchText(self.variables, {}, self.variables))
            loss = filled(
                LOSS, parameters=self.parameters, batch=self.batch and ", batch=points", columns=self.columns,
                points="batch" if self.batch else "points", residual=write.plain(objective.residual),
                loss=write.plain(in_residual(objective, objective.term)), adding="mean" if objective.mean else "sum",
            )  # fmt: skip
        return [loss, filled(GRADIENT, batch=self.batch, flat=flat)]

    def writer(self, rule: Rule, refused: Mapping[Node, bool]) -> PythonText:
        tensors = {"w", "g", *rule.states}
        for target, node in rule.lines:
            tensors |= set() if tensors.isdisjoint(node.names) else {target}
        return TorchText(self.names, refused, tensors)

    def state(self, value: str) -> str:
        return "torch.zeros_like(w)" if value == "0.0" else f"torch.full_like(w, {value})"

    def chosen(self, indices: str) -> str:
        return f"points[{indices}]"


def _is_choice(item: Node) -> bool:
    return item.op == "where" or item.value in BUILT_IN[1:]
