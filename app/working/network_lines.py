"""What one sample goes through in a network, as lines: each a formula over the names before it, as a rule is.

`x1` is an input, `z1_2` the pre-activation and `a1_2` the activation of the second neuron of the first layer, `y_hat`
the output, `y` the target, `error` the loss of the sample. On the way back `delta1_2` is its derivative in `z1_2`, the
product of `local_derivative1_2`, of the activation in `z1_2`, and `from_above1_2`, of the loss in the activation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from app.formulas.calculus import derivative
from app.formulas.nodes import Node, name, node, substitute
from app.formulas.numbers import marked_name
from app.formulas.printing import ATOM, Text
from app.formulas.typeset import Printer, latex_name
from app.problems.network import Network, bias_name, weight_name
from app.working.sums import partial

OUTPUT, TARGET, ERROR = "y_hat", "y", "error"
DELTA, LOCAL, ABOVE = "delta", "local_derivative", "from_above"
SAMPLE_LOSS = "L_{i}"


def lines_of(network: Network) -> Iterator[tuple[str, Node]]:
    """Each line of the way forward, the loss, and the way back: what it computes, and the formula."""
    yield from _forward(network)
    yield ERROR, _of_sample(network.loss.formula)
    yield from _back(network)


def _forward(network: Network) -> Iterator[tuple[str, Node]]:
    for number, layer in enumerate(network.layers, 1):
        inputs = [activation_name(network, number - 1, source) for source in counted(layer.inputs)]
        for neuron in counted(layer.neurons):
            weights = [weight_name(number, neuron, source) for source in counted(layer.inputs)]
            z = own_name("z", number, neuron)
            yield z, node("add", _products(weights, inputs), name(bias_name(number, neuron)))
            yield activation_name(network, number, neuron), substitute(layer.activation.formula, {"u": name(z)})


def _back(network: Network) -> Iterator[tuple[str, Node]]:
    loss, last = network.loss, len(network.layers)
    for number in range(last, 0, -1):
        layer = network.layers[number - 1]
        for neuron in counted(layer.neurons):
            local, above, delta = (own_name(what, number, neuron) for what in (LOCAL, ABOVE, DELTA))
            a = name(activation_name(network, number, neuron))
            yield local, substitute(layer.activation.derivative, {"a": a})
            if number == last:  # where delta is what the product of the two simplifies to
                yield above, _of_sample(derivative(loss.formula, "output"))
                yield delta, _of_sample(loss.delta)
            else:
                after = counted(network.layers[number].neurons)
                weights = [weight_name(number + 1, to, neuron) for to in after]
                yield above, _products(weights, [own_name(DELTA, number + 1, to) for to in after])
                yield delta, _products([local], [above])


def own_name(what: str, layer: int, neuron: int) -> str:
    """The name of something of one neuron."""
    return f"{what}{layer}_{neuron}"


def activation_name(network: Network, layer: int, neuron: int) -> str:
    """The name of what comes out of a neuron; layer 0 are the inputs."""
    return f"x{neuron}" if layer == 0 else OUTPUT if layer == len(network.layers) else own_name("a", layer, neuron)


def counted(count: int) -> range:
    """The numbers from 1 to `count`."""
    return range(1, count + 1)


def _products(ones: Sequence[str], others: Sequence[str]) -> Node:
    """The sum of the products of names."""
    first, *rest = (node("mul", name(one), name(other)) for one, other in zip(ones, others, strict=True))
    for each in rest:
        first = node("add", first, each)
    return first


def _of_sample(formula: Node) -> Node:
    return substitute(formula, {"output": name(OUTPUT), "target": name(TARGET)})


class Symbols(Printer):
    """LaTeX in which some names are derivatives, and with `marked` each tells what it is."""

    def __init__(self, derivatives: Mapping[str, str], marked: bool) -> None:
        self.derivatives, self.marked = derivatives, marked

    def name(self, name: str) -> Text:
        text = self.derivatives.get(name) or latex_name(name)
        return marked_name(name, text) if self.marked else text, ATOM


def derivatives_of(network: Network) -> dict[str, str]:
    """The names of derivatives, and of the loss of a sample, in LaTeX."""
    found = {ERROR: SAMPLE_LOSS}
    for number, layer in enumerate(network.layers, 1):
        for neuron in counted(layer.neurons):
            a, z = latex_name(activation_name(network, number, neuron)), latex_name(own_name("z", number, neuron))
            found[own_name(LOCAL, number, neuron)] = partial(a, z)
            found[own_name(ABOVE, number, neuron)] = partial(SAMPLE_LOSS, a)
    return found
