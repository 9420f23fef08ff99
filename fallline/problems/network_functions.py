"""The parts of a network: activations of its neurons, and losses of its output."""

from dataclasses import dataclass
from functools import cached_property

from fallline.formulas.calculus import derivative
from fallline.formulas.functions import ArrayFunction, bare_array_function
from fallline.formulas.language import parse
from fallline.formulas.nodes import Node, substitute
from fallline.types import InCatalog


@dataclass(frozen=True, kw_only=True)
class Activation(InCatalog):
    """A function that maps the pre-activation of a neuron to its activation."""

    formula: Node
    """The activation as a formula in the pre-activation `u`."""
    derivative: Node
    """Its derivative in `u`, written as a formula in the activation `a`, which backpropagation has computed already."""

    @cached_property
    def on_arrays(self) -> ArrayFunction:
        """Pre-activations -> (activations,)."""
        return bare_array_function(("u",), (self.formula,))

    @cached_property
    def derivative_on_arrays(self) -> ArrayFunction:
        """Activations -> (derivatives,)."""
        return bare_array_function(("a",), (self.derivative,))


@dataclass(frozen=True, kw_only=True)
class NetworkLoss(InCatalog):
    """A measure of how far the output of a network is from its target."""

    output: str
    """The name of the activation that the output neuron has with this loss."""
    formula: Node
    """The loss of one sample, in `output` and `target`; the loss of several is their mean."""
    delta: Node
    """Its derivative in the output neuron's pre-activation `u`, written in `output` and `target`."""
    stable: Node | None = None
    """`formula` rewritten in `u` and `target`, if it would lose digits at outputs close to 0 or 1; else None."""
    labels: bool = False
    """Whether targets must be 0 or 1."""

    @cached_property
    def of_preactivation(self) -> Node:
        """The loss of one sample, in `u` and `target`, as runs and exported programs compute it."""
        return self.stable or substitute(self.formula, {"output": ACTIVATIONS[self.output].formula})

    @cached_property
    def on_arrays(self) -> ArrayFunction:
        """Pre-activations and targets -> (losses,)."""
        return bare_array_function(("u", "target"), (self.of_preactivation,))

    @cached_property
    def delta_on_arrays(self) -> ArrayFunction:
        """Outputs and targets -> (derivatives in the pre-activation,)."""
        return bare_array_function(OVER_OUTPUT, (self.delta,))

    @cached_property
    def above(self) -> Node:
        """The derivative of `formula` in `output`."""
        return derivative(self.formula, "output")


_ACTIVATIONS = (
    Activation(
        name="tanh",
        label="tanh",
        summary="An S from −1 to 1, steepest at 0 and flat far out, where little of a gradient gets through.",
        formula=parse("tanh(u)", ("u",)),
        derivative=parse("1 - a**2", ("a",)),
    ),
    Activation(
        name="sigmoid",
        label="Sigmoid",
        summary="An S from 0 to 1; its derivative is nowhere above 1/4.",
        formula=parse("1/(1 + exp(-u))", ("u",)),
        derivative=parse("a*(1 - a)", ("a",)),
    ),
    # at 0 its derivative is 0, as PyTorch has it
    Activation(
        name="relu",
        label="ReLU",
        summary="Lets through what is above 0 and nothing else; below 0 no gradient comes back.",
        formula=parse("where(u > 0, u, 0)", ("u",)),
        derivative=parse("where(a > 0, 1, 0)", ("a",)),
    ),
    Activation(
        name="linear",
        label="Linear",
        summary="The pre-activation itself: layers of it are no more than one layer.",
        formula=parse("u", ("u",)),
        derivative=parse("1", ("a",)),
    ),
)

OVER_OUTPUT = ("output", "target")
_NETWORK_LOSSES = (
    NetworkLoss(
        name="mse",
        label="Mean squared error",
        summary="The average squared distance of the output from the target.",
        output="linear",
        formula=parse("(output - target)**2", OVER_OUTPUT),
        delta=parse("2*(output - target)", OVER_OUTPUT),
    ),
    NetworkLoss(
        name="cross_entropy",
        label="Cross-entropy",
        summary="How surprised the output, read as the probability of label 1, is by the labels; in nats.",
        output="sigmoid",
        formula=parse("-(target*log(output) + (1 - target)*log(1 - output))", OVER_OUTPUT),
        delta=parse("output - target", OVER_OUTPUT),
        # (u + abs(u))/2 is max(u, 0), and its derivative at 0 is 1/2, as that of the whole is without the target
        stable=parse("(u + abs(u))/2 - u*target + log1p(exp(-abs(u)))", ("u", "target")),
        labels=True,
    ),
)

ACTIVATIONS: dict[str, Activation] = {activation.name: activation for activation in _ACTIVATIONS}
NETWORK_LOSSES: dict[str, NetworkLoss] = {loss.name: loss for loss in _NETWORK_LOSSES}
