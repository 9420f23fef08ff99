"""The forward and the backward pass of one sample as lines: each a formula over the names before it, as in a rule.

`x1` is an input, `z1_2` the pre-activation and `a1_2` the activation of the second neuron of the first layer, `y_hat`
the output, `y` the target, `error` the loss of the sample. In the backward pass `delta1_2` is the derivative of that
loss in `z1_2`, the product of `local_derivative1_2`, of the activation in `z1_2`, and `from_above1_2`, of the loss in
the activation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.formulas.calculus import derivative
from app.formulas.latex_formatter import latex_name
from app.formulas.nodes import Node, name, node, substitute
from app.problems.network import Network, bias_name, weight_name
from app.working.sums import partial_latex

OUTPUT, TARGET, ERROR = "y_hat", "y", "error"
DELTA, LOCAL, ABOVE = "delta", "local_derivative", "from_above"
SAMPLE_LOSS = "L_{i}"


def lines_of(network: Network) -> Iterator[tuple[str, Node]]:
    """Each line of the forward pass, the loss and the backward pass: the name it assigns, and the formula."""
    yield from _forward(network)
    yield ERROR, _of_sample(network.loss.formula)
    yield from _backward(network)


def _forward(network: Network) -> Iterator[tuple[str, Node]]:
    for number, layer in enumerate(network.layers, 1):
        inputs = [activation_name(network, number - 1, source) for source in one_to(layer.inputs)]
        for neuron in one_to(layer.neurons):
            weights = [weight_name(number, neuron, source) for source in one_to(layer.inputs)]
            z = neuron_name("z", number, neuron)
            yield z, node("add", _products(weights, inputs), name(bias_name(number, neuron)))
            yield activation_name(network, number, neuron), substitute(layer.activation.formula, {"u": name(z)})


def _backward(network: Network) -> Iterator[tuple[str, Node]]:
    loss, last = network.loss, len(network.layers)
    for number in range(last, 0, -1):
        layer = network.layers[number - 1]
        for neuron in one_to(layer.neurons):
            local, above, delta = (neuron_name(what, number, neuron) for what in (LOCAL, ABOVE, DELTA))
            a = name(activation_name(network, number, neuron))
            yield local, substitute(layer.activation.derivative, {"a": a})
            if number == last:  # where delta is what the product of the two simplifies to
                yield above, _of_sample(derivative(loss.formula, "output"))
                yield delta, _of_sample(loss.delta)
            else:
                after = one_to(network.layers[number].neurons)
                weights = [weight_name(number + 1, to, neuron) for to in after]
                yield above, _products(weights, [neuron_name(DELTA, number + 1, to) for to in after])
                yield delta, _products([local], [above])


def neuron_name(what: str, layer: int, neuron: int) -> str:
    """The name of a value of one neuron."""
    return f"{what}{layer}_{neuron}"


def activation_name(network: Network, layer: int, neuron: int) -> str:
    """The name of the activation of a neuron; layer 0 has the inputs."""
    return f"x{neuron}" if layer == 0 else OUTPUT if layer == len(network.layers) else neuron_name("a", layer, neuron)


def one_to(count: int) -> range:
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


def derivative_symbols(network: Network) -> dict[str, str]:
    """The LaTeX of the names of derivatives and of the loss of a sample."""
    found = {ERROR: SAMPLE_LOSS}
    for number, layer in enumerate(network.layers, 1):
        for neuron in one_to(layer.neurons):
            a, z = latex_name(activation_name(network, number, neuron)), latex_name(neuron_name("z", number, neuron))
            found[neuron_name(LOCAL, number, neuron)] = partial_latex(a, z)
            found[neuron_name(ABOVE, number, neuron)] = partial_latex(SAMPLE_LOSS, a)
    return found
