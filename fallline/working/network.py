"""The working of a network's gradient: forward neuron by neuron, backward layer by layer, with the numbers put in.

The passes of one sample are lines, each a formula over the names before it, as in a rule. `x1` is an input, `z1_2` the
pre-activation and `a1_2` the activation of the second neuron of the first layer, `y_hat` the output, `y` the target,
`error` the loss of the sample. In the backward pass `delta1_2` is the derivative of that loss in `z1_2`, the product of
`local_derivative1_2`, of the activation in `z1_2`, and `from_above1_2`, of the loss in the activation.

The gradient is the mean over the samples of products of these values. NumPy adds up in an order of its own, so the
gradient of the run may differ from this one in its last digits.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from functools import partial, reduce
from operator import add

from fallline.formulas.calculus import derivative
from fallline.formulas.evaluation import Evaluation, evaluate
from fallline.formulas.language import MAX_CHARACTERS
from fallline.formulas.latex_formatter import LatexFormatter, latex_line, latex_name
from fallline.formulas.latex_values import latex_value
from fallline.formulas.nodes import Node, node, substitute, variable
from fallline.problems.network import Network, bias_name, weight_name
from fallline.types import Described
from fallline.working.sums import EVALUATIONS_AT_ONCE, FEW, MAX_LISTED, BatchSum, partial_latex

OUTPUT, TARGET, ERROR = "y_hat", "y", "error"
DELTA, LOCAL, ABOVE = "delta", "local_derivative", "from_above"
SAMPLE_LOSS = "L_{i}"


@dataclass(frozen=True)
class Equation(Evaluation):
    """A named value with its numbers."""

    name: str
    """What it computes."""
    formula_latex: str | None
    """The whole equation in symbols, null where it is too long to read."""


@dataclass(frozen=True)
class ForwardLayer(Described):
    """The equations of a layer for one sample, one for each neuron."""

    preactivation: list[Equation]
    activation: list[Equation]


@dataclass(frozen=True)
class Sample(Described):
    """The forward pass of one sample."""

    index: int
    """Among all."""
    input: list[float]
    """Its features."""
    layers: list[ForwardLayer]
    """From the first hidden one to the output."""
    output: float
    """Of the network."""
    target: float
    """What it should be."""
    error: Equation
    """Its loss."""


@dataclass(frozen=True)
class Delta(Equation):
    """The derivative of one sample's loss in one neuron's pre-activation: the product of two."""

    sample: int
    """Its index."""
    neuron: int
    """Counted from 1."""
    local_derivative: Equation
    """Of the activation in the pre-activation."""
    from_above: Equation
    """Of the loss in the activation. Under cross-entropy it is not finite where the output rounds to 0 or 1; delta is
    finite there, as its formula is the simplified product."""


@dataclass(frozen=True)
class BackwardLayer(Described):
    """The backward pass through a layer."""

    layer: int
    """Counted from 1."""
    delta: list[Delta]
    """For each sample that is written out, and each neuron."""
    gradient: dict[str, Equation]
    """Parameter -> the mean over all samples of delta times the activation before the layer."""


@dataclass(frozen=True)
class NetworkWorking(Described):
    """The working of the gradient of one step in a network."""

    samples: list[Sample] | None = None
    """The forward pass of those seen."""
    more_samples: int = 0
    """How many are not written out."""
    backward: list[BackwardLayer] | None = None
    """The layers from the output to the first."""


def network_working(
    network: Network, w: Sequence[float], batch: Sequence[int] | None, marked: bool = False
) -> Generator[None, None, NetworkWorking]:
    """Return the working of the gradient at `w`; pauses now and then.

    Args:
        batch: the indices of the samples that the step sees, None for all.
        marked: as in `fallline.working.lines.working`.
    """
    batch_sum = BatchSum(range(network.n_points) if batch is None else batch, batch is not None, mean=True)
    lines = _Lines(network, w, marked)
    passes: list[_Pass] = []
    for index in batch_sum.points[:MAX_LISTED]:
        passed = yield from lines.passed(index)
        passes.append(passed)
    means = _Means(lines, passes, batch_sum)
    backward: list[BackwardLayer] = []
    for number in range(len(network.layers), 0, -1):
        delta = [delta for passed in passes for delta in _deltas(network, number, passed)]
        backward.append(BackwardLayer(number, delta, (yield from means.gradient(number))))
    samples = [_sample(network, passed) for passed in passes]
    return NetworkWorking(samples, len(batch_sum.points) - len(passes), backward)


def sample_values(network: Network, w: Sequence[float], index: int) -> dict[str, float]:
    """Every value of the way of one sample forward and back at `w`, and the parameters, by their names."""
    passing = _Lines(network, w, marked=False).passed(index)
    while True:
        try:
            next(passing)
        except StopIteration as done:
            return dict(done.value.known)


# the lines of one sample


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
            yield z, node("add", _products(weights, inputs), variable(bias_name(number, neuron)))
            yield activation_name(network, number, neuron), substitute(layer.activation.formula, {"u": variable(z)})


def _backward(network: Network) -> Iterator[tuple[str, Node]]:
    loss, last = network.loss, len(network.layers)
    for number in range(last, 0, -1):
        layer = network.layers[number - 1]
        for neuron in one_to(layer.neurons):
            local, above, delta = (neuron_name(what, number, neuron) for what in (LOCAL, ABOVE, DELTA))
            a = variable(activation_name(network, number, neuron))
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
    if layer == 0:
        return f"x{neuron}"
    return OUTPUT if layer == len(network.layers) else neuron_name("a", layer, neuron)


def one_to(count: int) -> range:
    """The numbers from 1 to `count`."""
    return range(1, count + 1)


def _products(ones: Sequence[str], others: Sequence[str]) -> Node:
    """The sum of the products of the variables of two lists, in pairs."""
    products = (node("mul", variable(one), variable(other)) for one, other in zip(ones, others, strict=True))
    return reduce(partial(node, "add"), products)


def _of_sample(formula: Node) -> Node:
    return substitute(formula, {"output": variable(OUTPUT), "target": variable(TARGET)})


def derivative_symbols(network: Network) -> dict[str, str]:
    """The LaTeX of each name that stands for a derivative, and of the loss of a sample."""
    symbols = {ERROR: SAMPLE_LOSS}
    for number, layer in enumerate(network.layers, 1):
        for neuron in one_to(layer.neurons):
            a = latex_name(activation_name(network, number, neuron))
            z = latex_name(neuron_name("z", number, neuron))
            symbols[neuron_name(LOCAL, number, neuron)] = partial_latex(a, z)
            symbols[neuron_name(ABOVE, number, neuron)] = partial_latex(SAMPLE_LOSS, a)
    return symbols


@dataclass(frozen=True)
class _Pass:
    """The forward and the backward pass of one sample: every value by its name, and the equation of each line."""

    index: int
    known: dict[str, float]
    equations: dict[str, Equation]


class _Lines:
    """The lines of a network, evaluated for one sample after the other."""

    def __init__(self, network: Network, w: Sequence[float], marked: bool) -> None:
        self.network, self.w, self.marked = network, w, marked
        self.formulas = dict(lines_of(network))
        self.formatter = LatexFormatter(derivative_symbols(network), marked=marked)
        self.equations_latex: dict[str, str | None] = {}

    def passed(self, index: int) -> Generator[None, None, _Pass]:
        """Return the lines with the numbers of one sample; pauses now and then."""
        features = self.network.inputs[index].tolist()
        known = dict(zip(self.network.parameters, map(float, self.w), strict=True))
        known |= {activation_name(self.network, 0, source): value for source, value in enumerate(features, 1)}
        known[TARGET] = float(self.network.targets[index])
        passed = _Pass(index, known, {})
        for line, formula in self.formulas.items():
            if line not in self.equations_latex:
                self.equations_latex[line] = latex_line(line, formula, self.formatter)
            evaluation = evaluate(formula, known, self.marked)
            known[line] = evaluation.value
            passed.equations[line] = _equation(evaluation, line, self.equations_latex[line])
            if len(passed.equations) % EVALUATIONS_AT_ONCE == 0:
                yield
        return passed

    def symbol(self, text: str) -> str:
        """The LaTeX of a name."""
        return self.formatter.format_name(text)[0]


def _equation(evaluation: Evaluation, target: str, formula_latex: str | None) -> Equation:
    """An equation; a text of more characters than the language parses is left out."""
    text = evaluation.substituted
    substituted = text if text and len(text) <= MAX_CHARACTERS else None
    return Equation(evaluation.value, substituted, evaluation.latex, evaluation.value_latex, target, formula_latex)


# the gradient, over all samples


class _Means:
    """The components of the gradient: each the mean over the samples of a product."""

    def __init__(self, lines: _Lines, passes: Sequence[_Pass], batch_sum: BatchSum) -> None:
        self.lines, self.passes, self.batch_sum = lines, passes, batch_sum
        self.listed = len(passes) == len(batch_sum.points)
        gradient = lines.network.batch_gradient_at(lines.w, batch_sum.points)
        self.by_network = dict(zip(lines.network.parameters, gradient, strict=True))

    def gradient(self, number: int) -> Generator[None, None, dict[str, Equation]]:
        """Return the component of each parameter of a layer, in their order; pauses now and then."""
        network = self.lines.network
        layer = network.layers[number - 1]
        equations: dict[str, Equation] = {}
        for neuron in one_to(layer.neurons):
            for source in one_to(layer.inputs):
                weight = weight_name(number, neuron, source)
                activation = activation_name(network, number - 1, source)
                equations[weight] = self._mean(weight, neuron_name(DELTA, number, neuron), activation)
            yield
        for neuron in one_to(layer.neurons):
            bias = bias_name(number, neuron)
            equations[bias] = self._mean(bias, neuron_name(DELTA, number, neuron))
        return equations

    def _mean(self, parameter: str, *factors: str) -> Equation:
        """The component of one parameter: the mean over the samples of the product of these one or two values."""
        product = node("mul", *map(variable, factors)) if len(factors) > 1 else variable(*factors)
        terms = [evaluate(product, passed.known, self.lines.marked) for passed in self.passes]
        texts = [term.substituted for term in terms if term.substituted is not None]
        latexes = [str(term.latex) for term in terms]
        if self.listed:
            value = reduce(add, (term.value for term in terms)) / len(terms)
        else:
            value = self.by_network[parameter]
            latexes = [*latexes[:FEW], r"\cdots"]
        substituted = self.batch_sum.source(texts) if len(texts) == len(self.batch_sum.points) else None
        mean = Evaluation(value, substituted, self.batch_sum.latex(latexes), latex_value(value))
        left = partial_latex(self.batch_sum.loss, self.lines.symbol(parameter))
        return _equation(mean, parameter, f"{left} = {self._in_symbols(factors)}")

    def _in_symbols(self, factors: Sequence[str]) -> str:
        symbols = [self.lines.symbol(factor) for factor in factors]
        if self.batch_sum.divisor is None:
            return r" \, ".join(symbols)
        return self.batch_sum.in_symbols(r" \, ".join(f"{{{symbol}}}^{{(i)}}" for symbol in symbols))


# parts of the reply


def _sample(network: Network, passed: _Pass) -> Sample:
    layers = [
        ForwardLayer(
            [passed.equations[neuron_name("z", number, neuron)] for neuron in one_to(layer.neurons)],
            [passed.equations[activation_name(network, number, neuron)] for neuron in one_to(layer.neurons)],
        )
        for number, layer in enumerate(network.layers, 1)
    ]
    known = passed.known
    features = network.inputs[passed.index].tolist()
    return Sample(passed.index, features, layers, known[OUTPUT], known[TARGET], passed.equations[ERROR])


def _deltas(network: Network, number: int, passed: _Pass) -> Iterator[Delta]:
    for neuron in one_to(network.layers[number - 1].neurons):
        delta, local, above = (passed.equations[neuron_name(what, number, neuron)] for what in (DELTA, LOCAL, ABOVE))
        yield Delta(**vars(delta), sample=passed.index, neuron=neuron, local_derivative=local, from_above=above)
