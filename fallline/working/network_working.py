"""The working of a network's gradient: forward neuron by neuron, backward layer by layer, with the numbers of a step.

The passes of one sample are lines, each a formula in the names assigned before, as in a rule. `x1` is an input, `z1_2`
the pre-activation and `a1_2` the activation of the second neuron of the first layer, `y_hat` the output, `y` the
target, `error` the loss of the sample. In the backward pass, `delta1_2` is the derivative of this loss in `z1_2`. It is
the product of `local_derivative1_2`, the derivative of the activation in `z1_2`, and `from_above1_2`, the derivative of
the loss in the activation.

The values are computed line by line, so that the text of a line computes its value again. The run computes the same
with NumPy, which adds up in another order, so the values differ by rounding. The gradient is that of the run.
"""

import math
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial, reduce

from fallline.formulas.evaluation import Evaluation, latex_with_values, value_of, written_out
from fallline.formulas.formatter import source_with_values
from fallline.formulas.language import MAX_CHARACTERS
from fallline.formulas.latex_formatter import LatexFormatter, latex_line, latex_name, latex_value
from fallline.formulas.nodes import Node, node, substitute, variable
from fallline.problems.network import OUTPUT, Network, activation_name, neuron_name
from fallline.types import Described
from fallline.working.sums import EVALUATIONS_AT_ONCE, FEW, MAX_LISTED, BatchSum, partial_latex

TARGET, ERROR = "y", "error"
DELTA, LOCAL, ABOVE = "delta", "local_derivative", "from_above"
SAMPLE_LOSS = "L_{i}"
TEXT_MISSES = 1e-9
"""The loss of a sample has no text if the text would compute it with a larger relative error than this. That happens
for outputs close to a label, where the logarithm loses digits."""


@dataclass(frozen=True)
class Equation(Evaluation):
    """The equation that computes a named value, with its numbers."""

    name: str
    """The name of the value."""
    formula_latex: str | None
    """The whole equation in symbols; null if it is too long to read."""


@dataclass(frozen=True)
class ForwardLayer(Described):
    """The equations of a layer for one sample."""

    preactivation: list[Equation]
    """The pre-activation of each neuron."""
    activation: list[Equation]
    """The activation of each neuron."""


@dataclass(frozen=True)
class Sample(Described):
    """The forward pass of one sample."""

    index: int
    """The index of the sample among all samples, from 0."""
    input: list[float]
    """The inputs of the sample."""
    layers: list[ForwardLayer]
    """The layers, from the first hidden one to the output."""
    output: float
    """The output of the network for this sample."""
    target: float
    """The target of this sample."""
    error: Equation
    """The loss of this sample."""


@dataclass(frozen=True)
class Delta(Equation):
    """The derivative of one sample's loss in one neuron's pre-activation: the product of two derivatives."""

    sample: int
    """The index of the sample, from 0."""
    neuron: int
    """The number of the neuron in its layer, from 1."""
    local_derivative: Equation
    """The derivative of the activation in the pre-activation."""
    from_above: Equation
    """The derivative of the loss in the activation. With cross-entropy it is not finite if the output rounds to 0 or 1;
    delta is finite even then, as its formula is the simplified product."""


@dataclass(frozen=True)
class BackwardLayer(Described):
    """The backward pass through a layer."""

    layer: int
    """The number of the layer, from 1."""
    delta: list[Delta]
    """The delta of each neuron, for each sample that is written out."""
    gradient: dict[str, Equation]
    """Parameter -> its component of the gradient: the mean over all samples of delta times the activation before the
    layer, or for a bias of delta alone."""


@dataclass(frozen=True)
class NetworkWorking(Described):
    """The passes of a network in a step. For any other problem it is empty."""

    samples: list[Sample] | None = None
    """The forward passes of the samples that the step uses, as far as they are written out; null without a network."""
    more_samples: int = 0
    """The number of samples that the step uses and that are not written out."""
    backward: list[BackwardLayer] | None = None
    """The backward pass through each layer, from the output to the first layer; null without a network."""


def network_working(
    network: Network, w: Sequence[float], batch: Sequence[int] | None, marked: bool = False, sample: int | None = None
) -> Generator[None, None, NetworkWorking]:
    """Return the working of the gradient at `w`; pauses after every few evaluations.

    Args:
        batch: the indices of the samples that the step uses; None for all.
        marked: as in `fallline.working.lines.working`.
        sample: the index, from 0, of the only one of these samples to be written out, at most the last. If None, the
            first few are written out.
    """
    batch_sum = BatchSum(range(len(network.points)) if batch is None else batch, batch is not None, mean=True)
    seen = batch_sum.points
    gradient = network.value_and_gradient_at(w)[1] if batch is None else network.batch_gradient_at(w, batch)
    lines = _Lines(network, marked)
    written: list[_Sample] = []
    for place in range(len(seen))[:MAX_LISTED] if sample is None else [min(sample, len(seen) - 1)]:
        values = sample_values(network, w, seen[place])
        written.append(_Sample(seen[place], values, (yield from lines.equations(values))))
    values_of_mean = dict(zip(network.parameters, gradient, strict=True))
    backward: list[BackwardLayer] = []
    for number in range(len(network.layers), 0, -1):
        delta = [delta for sample in written for delta in _deltas(network, number, sample)]
        backward.append(BackwardLayer(number, delta, {}))
        for parameter, factors in _products_of(network, number):
            mean = lines.mean(parameter, factors, values_of_mean[parameter], written, batch_sum)
            backward[-1].gradient[parameter] = mean
            yield
    samples = [_forward_pass(network, sample) for sample in written]
    return NetworkWorking(samples, len(seen) - len(written), backward)


def sample_values(network: Network, w: Sequence[float], index: int) -> dict[str, float]:
    """All values of the forward and backward pass of one sample at `w`, and the parameters, by their names."""
    values = dict(zip(network.parameters, map(float, w), strict=True))
    values |= {activation_name(network, 0, k): value for k, value in enumerate(network.inputs[index].tolist(), 1)}
    values[TARGET] = float(network.targets[index])
    for line, formula in lines_of(network):
        values[line] = value_of(formula, values)
    preactivation = values[neuron_name("z", len(network.layers), 1)]
    values[ERROR] = value_of(network.loss.of_preactivation, {"u": preactivation, "target": values[TARGET]})
    return values


# the lines of one sample


def lines_of(network: Network) -> Iterator[tuple[str, Node]]:
    """Each line of the forward pass, the loss and the backward pass: the name that it assigns, and the formula."""
    yield from _forward(network)
    yield ERROR, _of_sample(network.loss.formula)
    yield from _backward(network)


def _forward(network: Network) -> Iterator[tuple[str, Node]]:
    for number, layer in enumerate(network.layers, 1):
        inputs = [activation_name(network, number - 1, source) for source in one_to(layer.inputs)]
        for neuron in one_to(layer.neurons):
            weights = [neuron_name("w", number, neuron, source) for source in one_to(layer.inputs)]
            z = neuron_name("z", number, neuron)
            yield z, node("add", _products(weights, inputs), variable(neuron_name("b", number, neuron)))
            yield activation_name(network, number, neuron), substitute(layer.activation.formula, {"u": variable(z)})


def _backward(network: Network) -> Iterator[tuple[str, Node]]:
    loss, last = network.loss, len(network.layers)
    for number in range(last, 0, -1):
        layer = network.layers[number - 1]
        for neuron in one_to(layer.neurons):
            local, above, delta = (neuron_name(what, number, neuron) for what in (LOCAL, ABOVE, DELTA))
            a = variable(activation_name(network, number, neuron))
            yield local, substitute(layer.activation.derivative, {"a": a})
            if number == last:  # here the formula of delta is the simplified product of the two
                yield above, _of_sample(loss.above)
                yield delta, _of_sample(loss.delta)
            else:
                after = one_to(network.layers[number].neurons)
                weights = [neuron_name("w", number + 1, to, neuron) for to in after]
                yield above, _products(weights, [neuron_name(DELTA, number + 1, to) for to in after])
                yield delta, _products([local], [above])


def _products_of(network: Network, number: int) -> Iterator[tuple[str, Sequence[str]]]:
    """Each parameter of a layer, in order, with the names of the values whose product its component averages."""
    layer = network.layers[number - 1]
    deltas = {neuron: neuron_name(DELTA, number, neuron) for neuron in one_to(layer.neurons)}
    for neuron, delta in deltas.items():
        for source in one_to(layer.inputs):
            yield neuron_name("w", number, neuron, source), (delta, activation_name(network, number - 1, source))
    for neuron, delta in deltas.items():
        yield neuron_name("b", number, neuron), (delta,)


def one_to(count: int) -> range:
    """The numbers from 1 to `count`."""
    return range(1, count + 1)


def _products(ones: Sequence[str], others: Sequence[str]) -> Node:
    """The sum of the products of the variables of two lists, pair by pair."""
    products = (node("mul", variable(one), variable(other)) for one, other in zip(ones, others, strict=True))
    return reduce(partial(node, "add"), products)


def _of_sample(formula: Node) -> Node:
    return substitute(formula, {"output": variable(OUTPUT), "target": variable(TARGET)})


def derivative_symbols(network: Network) -> dict[str, str]:
    """The LaTeX of the names of all derivatives, and of that of the loss of a sample."""
    symbols = {ERROR: SAMPLE_LOSS}
    for number, layer in enumerate(network.layers, 1):
        for neuron in one_to(layer.neurons):
            a = latex_name(activation_name(network, number, neuron))
            z = latex_name(neuron_name("z", number, neuron))
            symbols[neuron_name(LOCAL, number, neuron)] = partial_latex(a, z)
            symbols[neuron_name(ABOVE, number, neuron)] = partial_latex(SAMPLE_LOSS, a)
    return symbols


@dataclass(frozen=True)
class _Sample:
    """A sample that is written out. Args: values: by name; equations: the name that a line assigns -> its equation."""

    index: int
    values: dict[str, float]
    equations: dict[str, Equation]


class _Lines:
    """Writes out the lines of a network for one sample after the other."""

    def __init__(self, network: Network, marked: bool) -> None:
        self.marked = marked
        self.formatter = LatexFormatter(derivative_symbols(network), marked=marked)
        self.formulas = dict(lines_of(network))
        self.in_symbols: dict[str, str | None] = {}

    def equations(self, values: Mapping[str, float]) -> Generator[None, None, dict[str, Equation]]:
        """Return each line with the numbers of one sample; pauses after every few evaluations."""
        equations: dict[str, Equation] = {}
        for line, formula in self.formulas.items():
            if line not in self.in_symbols:
                self.in_symbols[line] = latex_line(line, formula, self.formatter)
            told = written_out(formula, values, values[line], self.marked)
            if line == ERROR and not math.isclose(value_of(formula, values), told.value, rel_tol=TEXT_MISSES):
                told = replace(told, substituted=None)
            equations[line] = _equation(told, line, self.in_symbols[line])
            if len(equations) % EVALUATIONS_AT_ONCE == 0:
                yield
        return equations

    def mean(
        self, parameter: str, factors: Sequence[str], value: float, samples: Sequence[_Sample], batch_sum: BatchSum
    ) -> Equation:
        """The component of one parameter: the mean over the samples of the product of these one or two values."""
        product = reduce(partial(node, "mul"), map(variable, factors))
        texts = [text for sample in samples if (text := source_with_values(product, sample.values)) is not None]
        latexes = [str(latex_with_values(product, sample.values, self.marked)) for sample in samples]
        count = len(batch_sum.points)
        substituted = batch_sum.source(texts) if len(texts) == count else None
        latex = batch_sum.latex(latexes if len(latexes) == count else [*latexes[:FEW], r"\cdots"])
        symbol, *symbols = (self.formatter.format_name(name)[0] for name in (parameter, *factors))
        if batch_sum.divisor is None:
            in_symbols = r" \, ".join(symbols)
        else:
            in_symbols = batch_sum.in_symbols(r" \, ".join(f"{{{symbol}}}^{{(i)}}" for symbol in symbols))
        evaluation = Evaluation(value, substituted, latex, latex_value(value))
        return _equation(evaluation, parameter, f"{partial_latex(batch_sum.loss, symbol)} = {in_symbols}")


def _equation(evaluation: Evaluation, target: str, formula_latex: str | None) -> Equation:
    """An equation. Its text is left out if it is longer than the language allows."""
    text = evaluation.substituted
    substituted = text if text and len(text) <= MAX_CHARACTERS else None
    return Equation(evaluation.value, substituted, evaluation.latex, evaluation.value_latex, target, formula_latex)


# parts of the reply


def _forward_pass(network: Network, sample: _Sample) -> Sample:
    layers = [
        ForwardLayer(
            [sample.equations[neuron_name("z", number, neuron)] for neuron in one_to(layer.neurons)],
            [sample.equations[activation_name(network, number, neuron)] for neuron in one_to(layer.neurons)],
        )
        for number, layer in enumerate(network.layers, 1)
    ]
    features, values = network.inputs[sample.index].tolist(), sample.values
    return Sample(sample.index, features, layers, values[OUTPUT], values[TARGET], sample.equations[ERROR])


def _deltas(network: Network, number: int, sample: _Sample) -> Iterator[Delta]:
    for neuron in one_to(network.layers[number - 1].neurons):
        delta, local, above = (sample.equations[neuron_name(what, number, neuron)] for what in (DELTA, LOCAL, ABOVE))
        yield Delta(**vars(delta), sample=sample.index, neuron=neuron, local_derivative=local, from_above=above)
