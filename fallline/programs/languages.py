"""The programs in each language: Python with only the standard library, and PyTorch with autograd."""

from fallline.formulas.language import Rule
from fallline.formulas.nodes import Node, ordered, rebuild, variable
from fallline.formulas.python_formatter import PythonFormatter, TorchFormatter
from fallline.problems.network import Network
from fallline.problems.objective import Closed, OverData
from fallline.programs.layout import wrapped
from fallline.programs.program import Program, Variables

PYTHON_SUM = "sum({loss} for {columns} in {points})"

SUM_BY_RESIDUAL = """\
sum(
    {loss}
    for {columns} in {points}
    for residual in [{residual}]
)"""


class PythonProgram(Program):
    """A program on floats, one parameter after the other, with the gradient as formulas."""

    template = "python.py.jinja"

    def problem(self) -> Variables:
        match self.objective:
            case Network() as network:
                return _network(network, PythonFormatter())
            case OverData() as fit:
                loss, *partials = self._sums(fit)
            case Closed() as closed:
                loss, *partials = map(PythonFormatter().format, (closed.formula, *closed.gradient))
            case _:
                raise self._unknown_objective()
        return {"loss": loss, "gradient": wrapped("return [", partials, "]"), "sizes": ()}

    def _sums(self, objective: OverData) -> list[str]:
        """The loss and each component of its gradient as sums over the points.

        If any of these formulas contains the residual more than once, all sums have a variable for it.
        """
        formatter = PythonFormatter()
        columns = ", ".join(objective.columns)
        roots = (objective.term, *objective.gradient)
        total = SUM_BY_RESIDUAL
        texts = [formatter.format(_in_residual(objective, root)) for root in roots]
        if all(text.count("residual") <= 1 for text in texts):
            total = PYTHON_SUM
            texts = list(map(formatter.format, roots))
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


def _in_residual(objective: OverData, root: Node) -> Node:
    """The formula of the loss of one point with a variable in place of the residual."""
    return rebuild((root,), lambda item: variable("residual") if item is objective.residual else item)[root]


def _network(network: Network, formatter: PythonFormatter) -> Variables:
    """The sizes of the layers of a network, and the formulas of its passes; autograd does not use the backward ones."""
    formulas = {
        "activation": network.activation.formula,
        "derivative": network.activation.derivative,
        "output": network.layers[-1].activation.formula,
        "delta": network.loss.delta,
        "loss": network.loss.of_preactivation,
    }
    return {"sizes": network.sizes, **{name: formatter.format(formula) for name, formula in formulas.items()}}


class TorchProgram(Program):
    """A program with the rule on tensors of double precision, and the gradient by autograd."""

    template = "pytorch.py.jinja"

    def problem(self) -> Variables:
        match self.objective:
            case Closed(parameters, loss):
                formatter = TorchFormatter(parameters, elementwise=False)
                chooses = any(item.op == "where" or item.value in ("max", "min") for item in ordered((loss,)))
                return {"sizes": (), "columns": "", "loss": formatter.format(loss), "flat": chooses}
            case Network() as network:
                return _network(network, TorchFormatter(("u", "a", "output", "target")))
            case OverData() as fit:
                formatter = TorchFormatter((*fit.parameters, *fit.columns, "residual"))
                return {
                    "sizes": (),
                    "columns": ", ".join(fit.columns),
                    "mean": fit.mean,
                    "residual": formatter.format(fit.residual),
                    "loss": formatter.format(_in_residual(fit, fit.term)),
                }
        raise self._unknown_objective()

    def rule_formatter(self, rule: Rule) -> PythonFormatter:
        tensors = {"w", "g", *rule.states}
        for target, node in rule.lines:
            tensors |= set() if tensors.isdisjoint(node.names) else {target}
        return TorchFormatter(tensors, self.names)

    def new_state(self, value: str) -> str:
        return "torch.zeros_like(w)" if value == "0.0" else f"torch.full_like(w, {value})"
