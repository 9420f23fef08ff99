"""A run as a PyTorch program: the same rule on tensors, with the gradient by autograd; it ends there to rounding."""

from __future__ import annotations

from collections.abc import Mapping

from app.descent.programs.layout import Lines, formula, indented, literal
from app.descent.programs.skeleton import WHOLE, Program
from app.descent.reach import rule_raising
from app.formulas.nodes import Node, ordered
from app.formulas.program import PythonText
from app.formulas.torch_text import ElementwiseText, TorchText, torch_texts
from app.formulas.vocabulary import FUNCTIONS
from app.problems.objective import Closed, OverData

SOUND = '''\
def sound(values, limit=float("inf")):
    """Whether all are numbers, and within a limit where there is one."""
    values = torch.as_tensor(values)
    return bool((torch.isfinite(values) & (values.abs() <= limit)).all())'''

SMALL = "((ahead - w).abs() < min_step_size).all() and (lr*g.abs() < min_step_size).all()"
FLAT = "  # 0*w, so that a loss that is flat here has a gradient, of zeros"


def _may_be_flat(item: Node) -> bool:
    """Whether a value may come out of this that depends on nothing."""
    if item.op != "call":
        return item.op == "where"
    function = FUNCTIONS[str(item.value)]
    return function.lowered is not None or function.derivative == "0"


class TorchProgram(Program):
    """In PyTorch, to rounding."""

    heading = '''\
"""One run of an optimizer in PyTorch, its gradient by autograd.

It prints the parameters it ends at: the same, to rounding, as the run it was written from.
"""'''
    number = "float(value)"
    around_points = ("torch.tensor([", "])")

    def import_lines(self) -> Lines:
        names = [f"from math import {', '.join(sorted(self.imports))}"] if self.imports else []
        standard = [*names, *(["from random import Random"] if self.random else [])]
        return [*standard, *([""] if standard else []), "import torch", "", "torch.set_default_dtype(torch.float64)"]

    def function_lines(self) -> list[Lines]:
        return [text.split("\n") for text in (*torch_texts(self.functions), SOUND)]

    def scalar_text(self, names: Mapping[str, str], raising: set[Node]) -> PythonText:
        return TorchText(names, raising, WHOLE)

    def chosen(self, indices: str) -> str:
        return f"points[{indices}]"

    def problem(self) -> Lines:
        loss = self._closed(self.objective) if isinstance(self.objective, Closed) else self._over_data(self.objective)
        batch = "" if isinstance(self.objective, Closed) else ", batch"
        flat = any(map(_may_be_flat, ordered((self._root,))))
        value = f"loss(*w{batch})" + (" + 0*w.sum()" if flat else "")
        return [
            *loss, "", "", f"def gradient(w{batch and ', batch=points'}):",
            *indented(["w = w.detach().requires_grad_()",
                       f"return torch.autograd.grad({value}, w)[0]{FLAT if flat else ''}"]),
        ]  # fmt: skip

    @property
    def _root(self) -> Node:
        return self.objective.loss if isinstance(self.objective, Closed) else self.objective.term

    def _closed(self, objective: Closed) -> Lines:
        write = TorchText({name: name for name in objective.parameters})
        body = [formula(objective.loss, "loss"), f"return {write.of(objective.loss)}"]
        self.note(write)
        return [f"def loss({', '.join(objective.parameters)}):", *indented(body)]

    def _over_data(self, objective: OverData) -> Lines:
        names = (*objective.parameters, *objective.columns)
        write = ElementwiseText({name: name for name in names})
        adding = "mean" if objective.mean else "sum"
        body = [
            formula(objective.term, "loss of one point"),
            f"{', '.join(objective.columns)} = batch.T",
            f"return ({write.of(objective.term)}).{adding}()",
        ]
        self.note(write)
        return [f"def loss({', '.join(objective.parameters)}, batch=points):", *indented(body)]

    def rule(self) -> Lines:
        write = ElementwiseText(self.names, rule_raising(self.run, guarded=False), WHOLE)
        lines = self.rule_lines(write)
        says = "The rule, for every parameter: the next values" + (" and the states." if self.states else ".")
        return [
            f"def step({', '.join(['w', 'g', *self.states, 't', 'lr'])}):",
            *indented([f'"""{says}"""', *lines, f"return {', '.join([self._tensor(), *self.states])}"]),
        ]

    def _tensor(self) -> str:
        """The next parameters, made a tensor where the rule makes a single number of them."""
        own = {"w", "g", *self.run.setup.rule.states}
        for target, node in self.run.setup.rule.lines:
            own = own | {target} if node.names & own else own - {target}
        return "w" if "w" in own else "torch.full_like(g, w)"

    def main(self) -> Lines:
        states = [f"{self.names[s]} = torch.full_like(w, {literal(v)})" for s, v in self.run.initial.items()]
        before = ["w = torch.tensor(start)", *states, *self.start_lines(), *self.arrived_lines("loss(*w)")]
        loop = ["for count in range(1, max_steps + 1):", *indented(self._step())]
        return ["def main():", *indented([*before, *loop, 'return w, f"stopped at step {max_steps}: the last one"'])]

    def _step(self) -> Lines:
        gone = '    return w, f"diverged at step {count}"'
        noise = ["g = g + torch.tensor([random.gauss(0.0, noise) for _ in start])"] if self.run.setup.noise else []
        sound = " and ".join(["sound(ahead, furthest)", *(f"sound({state})" for state in self.states)])
        given = ", ".join(["w", "g", *self.states, "t", "lr"])
        return [
            "t = float(count)", "lr = rate(t)", *self.batch_lines(),
            f"g = gradient(w{', batch' if self.run.sampled else ''})", *noise,
            "if not sound(g):", gone, f"{', '.join(['ahead', *self.states])} = step({given})",
            f"if not ({sound}):" if self.states else f"if not {sound}:", gone,
            "value = loss(*ahead)", "if not sound(value, furthest):", gone,
            *self.stop_lines(SMALL), "w = ahead",
        ]  # fmt: skip
