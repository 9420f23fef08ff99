"""The working of a network's gradient: forward neuron by neuron, backward layer by layer, with the numbers put in.

The lines of `app.working.network_lines` are computed for each sample; the gradient is the mean of products of what they
gave. NumPy adds up in an order of its own, so the gradient of the run may differ from the one here in its last digits.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add

from app.formulas.filled import Filled, fill
from app.formulas.language import MAX_CHARACTERS
from app.formulas.nodes import Node, name, node
from app.formulas.numbers import latex_value
from app.formulas.typeset import latex
from app.problems.network import Network, bias_name, weight_name
from app.problems.objective import evaluate_batch
from app.working.network_lines import (
    ABOVE,
    DELTA,
    ERROR,
    LOCAL,
    OUTPUT,
    TARGET,
    Symbols,
    activation_name,
    counted,
    derivatives_of,
    lines_of,
    own_name,
)
from app.working.sums import LINES_AT_ONCE, LISTED, WRITTEN_OUT, Seen, partial


@dataclass(frozen=True)
class Equation(Filled):
    """A named value with its numbers.

    Args:
        name: what it computes; formula_latex: the whole equation in symbols, None where it is too long to read.
    """

    name: str
    formula_latex: str | None


@dataclass(frozen=True)
class ForwardLayer:
    """What one sample makes of a layer: an equation for each neuron."""

    preactivation: list[Equation]
    activation: list[Equation]


@dataclass(frozen=True)
class Sample:
    """One sample on its way forward.

    Args:
        index: among all; input: its features.
        layers: from the first hidden one to the output.
        output: of the network; target: what it should be; error: its loss.
    """

    index: int
    input: list[float]
    layers: list[ForwardLayer]
    output: float
    target: float
    error: Equation


@dataclass(frozen=True)
class Delta(Equation):
    """The derivative of one sample's loss in one neuron's pre-activation: the product of two.

    Args:
        sample: its index; neuron: counted from 1.
        local_derivative: of the activation in the pre-activation.
        from_above: of the loss in the activation. Under cross-entropy it is not finite where the output is as good as
            0 or 1; delta is, which is computed as the product simplifies.
    """

    sample: int
    neuron: int
    local_derivative: Equation
    from_above: Equation


@dataclass(frozen=True)
class BackwardLayer:
    """What comes back to a layer.

    Args:
        layer: counted from 1.
        delta: for each sample that is written out, and each neuron.
        gradient: parameter -> the mean over all samples of delta times what came in.
    """

    layer: int
    delta: list[Delta]
    gradient: dict[str, Equation]


@dataclass(frozen=True)
class NetworkWorking:
    """How the gradient of one step comes about in a network.

    Args:
        samples: those seen on their way forward; more_samples: how many are not written out.
        backward: the layers from the output to the first.
    """

    samples: list[Sample] | None = None
    more_samples: int = 0
    backward: list[BackwardLayer] | None = None


def network_working(
    network: Network, w: Sequence[float], batch: Sequence[int] | None, marked: bool = False
) -> Generator[None, None, NetworkWorking]:
    """Return the working of the gradient at `w`; pauses now and then.

    Args:
        batch: the indices of the samples that the step sees, None for all.
        marked: as in `app.working.working.working`.
    """
    seen = Seen(range(network.points) if batch is None else batch, batch is not None, mean=True)
    lines = _Lines(network, w, marked)
    passes: list[_Pass] = []
    for index in seen.points[:LISTED]:
        one = yield from lines.one_pass(index)
        passes.append(one)
    means = _Means(lines, passes, seen)
    backward: list[BackwardLayer] = []
    for number in range(len(network.layers), 0, -1):
        delta = [delta for one in passes for delta in _deltas(network, number, one)]
        backward.append(BackwardLayer(number, delta, (yield from means.gradient(number))))
    return NetworkWorking([_sample(network, one) for one in passes], len(seen.points) - len(passes), backward)


# the lines of one sample


@dataclass(frozen=True)
class _Pass:
    """The way of one sample forward and back: every value by its name, and the equation of each line."""

    index: int
    known: dict[str, float]
    equations: dict[str, Equation]


class _Lines:
    """The lines of a network, and how they are written."""

    def __init__(self, network: Network, w: Sequence[float], marked: bool) -> None:
        self.network, self.w, self.marked = network, w, marked
        self.formulas = dict(lines_of(network))
        self.printer = Symbols(derivatives_of(network), marked)
        self.in_symbols: dict[str, str | None] = {}

    def one_pass(self, index: int) -> Generator[None, None, _Pass]:
        """Return the lines with the numbers of one sample; pauses now and then."""
        features, target = self.network.inputs[index].tolist(), float(self.network.targets[index])
        known = dict(zip(self.network.parameters, map(float, self.w), strict=True))
        known |= {activation_name(self.network, 0, source): value for source, value in enumerate(features, 1)}
        known[TARGET] = target
        one = _Pass(index, known, {})
        for line, formula in self.formulas.items():
            if line not in self.in_symbols:
                self.in_symbols[line] = self._equation(line, formula)
            filled = fill(formula, known, self.marked)
            known[line] = filled.value
            one.equations[line] = _named(filled, line, self.in_symbols[line])
            if len(one.equations) % LINES_AT_ONCE == 0:
                yield
        return one

    def symbol(self, text: str) -> str:
        """The LaTeX of a name."""
        return self.printer.name(text)[0]

    def _equation(self, target: str, formula: Node) -> str | None:
        right = latex(formula, self.printer)
        return None if right is None else f"{self.symbol(target)} = {right}"


def _named(filled: Filled, target: str, formula_latex: str | None) -> Equation:
    """The values of an equation; a text longer than the language reads is left out."""
    text = filled.substituted
    short = text if text and len(text) <= MAX_CHARACTERS else None
    return Equation(filled.value, short, filled.latex, filled.value_latex, target, formula_latex)


# what the samples make together


class _Means:
    """The components of the gradient: means over the samples seen of what each adds."""

    def __init__(self, lines: _Lines, passes: Sequence[_Pass], seen: Seen) -> None:
        self.lines, self.passes, self.seen = lines, passes, seen
        self.listed = len(passes) == len(seen.points)
        found = evaluate_batch(lines.network, lines.w, seen.points)
        self.by_arrays = dict(zip(lines.network.parameters, found, strict=True))

    def gradient(self, number: int) -> Generator[None, None, dict[str, Equation]]:
        """Return the component of each parameter of a layer, in their order; pauses now and then."""
        network, found = self.lines.network, dict[str, Equation]()
        layer = network.layers[number - 1]
        for neuron in counted(layer.neurons):
            for source in counted(layer.inputs):
                weight, came_in = weight_name(number, neuron, source), activation_name(network, number - 1, source)
                found[weight] = self._mean(weight, own_name(DELTA, number, neuron), came_in)
            yield
        for neuron in counted(layer.neurons):
            bias = bias_name(number, neuron)
            found[bias] = self._mean(bias, own_name(DELTA, number, neuron))
        return found

    def _mean(self, parameter: str, *factors: str) -> Equation:
        product = node("mul", *map(name, factors)) if len(factors) > 1 else name(*factors)
        terms = [fill(product, one.known, self.lines.marked) for one in self.passes]
        texts = [term.substituted for term in terms if term.substituted is not None]
        shown = [str(term.latex) for term in terms]
        if self.listed:
            value = reduce(add, (term.value for term in terms)) / len(terms)
        else:
            value, shown = self.by_arrays[parameter], [*shown[:WRITTEN_OUT], r"\cdots"]
        in_full = self.seen.in_full(texts) if len(texts) == len(self.seen.points) else None
        filled = Filled(value, in_full, self.seen.shown(shown), latex_value(value))
        left = partial(self.seen.loss, self.lines.symbol(parameter))
        return _named(filled, parameter, f"{left} = {self._in_symbols(factors)}")

    def _in_symbols(self, factors: Sequence[str]) -> str:
        symbols = [self.lines.symbol(factor) for factor in factors]
        if self.seen.divisor is None:
            return r" \, ".join(symbols)
        return self.seen.sum_of(r" \, ".join(f"{{{symbol}}}^{{(i)}}" for symbol in symbols))


# what is handed back


def _sample(network: Network, one: _Pass) -> Sample:
    layers = [
        ForwardLayer(
            [one.equations[own_name("z", number, neuron)] for neuron in counted(layer.neurons)],
            [one.equations[activation_name(network, number, neuron)] for neuron in counted(layer.neurons)],
        )
        for number, layer in enumerate(network.layers, 1)
    ]
    known, features = one.known, network.inputs[one.index].tolist()
    return Sample(one.index, features, layers, known[OUTPUT], known[TARGET], one.equations[ERROR])


def _deltas(network: Network, number: int, one: _Pass) -> Iterator[Delta]:
    for neuron in counted(network.layers[number - 1].neurons):
        delta, local, above = (
            one.equations[own_name(what, number, neuron)] for what in (DELTA, LOCAL, ABOVE)
        )
        yield Delta(**vars(delta), sample=one.index, neuron=neuron, local_derivative=local, from_above=above)
