"""A small fully connected network with one output neuron: forward, and backpropagation, layer by layer.

    pre-activation   z = a_before W^T + b        activation   a = f(z)
    at the output    delta = d loss / d z
    further back     delta = f'(z) * (delta_after W_after)
    gradient         d loss / d W = mean over samples of delta^T a_before,   d loss / d b = mean of delta

Here `loss` is the loss of one sample; only the gradient is that of the mean over samples.

All samples are computed at once: z, a and delta have a row for each sample and a column for each neuron. For many
points of parameter space at once (lanes), the first axis of these arrays is that of the lanes; the same code computes
them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import Any

import numpy as np

from fallline.formulas.cost import ACTIVATION, NETWORK_LAYER, NETWORK_LOSS, NETWORK_WEIGHTS
from fallline.problems.network_functions import ACTIVATIONS, Activation, NetworkLoss
from fallline.problems.objective import Objective
from fallline.types import Array

OUTPUT = "y_hat"
"""The name of the output of a network."""


def neuron_name(what: str, layer: int, *neurons: int) -> str:
    """The name of a value of one neuron, as `a1_2`, or of a weight, as `w1_2_3`.

    Args:
        what: the letter of the value; layer: from 1.
        neurons: the number of the neuron, from 1; for a weight, also the number of its input.
    """
    return "_".join([f"{what}{layer}", *map(str, neurons)])


def activation_name(network: Network, layer: int, neuron: int) -> str:
    """The name of the activation of a neuron; layer 0 is that of the inputs."""
    if layer == 0:
        return f"x{neuron}"
    return OUTPUT if layer == len(network.layers) else neuron_name("a", layer, neuron)


@dataclass(frozen=True)
class Layer:
    """A layer of neurons.

    Args:
        inputs: the number of inputs of each neuron; neurons: the number of neurons.
        weights, biases: the indices of these among the parameters of the network.
        activation: of its neurons.
    """

    inputs: int
    neurons: int
    weights: slice
    biases: slice
    activation: Activation


@dataclass(frozen=True, eq=False)
class Network(Objective):
    """The loss of a network on data, as an objective in its weights and biases.

    Args:
        inputs: (samples, features).
        targets: (samples,).
        hidden: the number of neurons in each hidden layer, from the first on.
        activation: of the hidden neurons.
        loss: of one sample; its mean over the samples is minimised. It determines the activation of the output neuron.
    """

    inputs: Array
    targets: Array
    hidden: tuple[int, ...]
    activation: Activation
    loss: NetworkLoss

    @property
    def sizes(self) -> list[int]:
        """The number of neurons in each layer, beginning with the number of inputs and ending with 1 for the output."""
        return [self.inputs.shape[1], *self.hidden, 1]

    @cached_property
    def layers(self) -> tuple[Layer, ...]:
        """The layers in order; the last one is the output neuron."""
        sizes = self.sizes
        activations = (*[self.activation] * len(self.hidden), ACTIVATIONS[self.loss.output])
        layers, first = [], 0
        for inputs, neurons, activation in zip(sizes[:-1], sizes[1:], activations, strict=True):
            middle, end = first + neurons * inputs, first + neurons * (inputs + 1)
            layers.append(Layer(inputs, neurons, slice(first, middle), slice(middle, end), activation))
            first = end
        return tuple(layers)

    @cached_property
    def parameters(self) -> tuple[str, ...]:  # type: ignore[override]
        """`w{layer}_{to}_{from}` row by row, then `b{layer}_{to}`, layer by layer, each counted from 1."""
        names: list[str] = []
        for number, layer in enumerate(self.layers, 1):
            to, from_ = range(1, layer.neurons + 1), range(1, layer.inputs + 1)
            names += [neuron_name("w", number, neuron, source) for neuron in to for source in from_]
            names += [neuron_name("b", number, neuron) for neuron in to]
        return tuple(names)

    @cached_property
    def points(self) -> list[list[float]]:
        points: list[list[float]] = np.column_stack((self.inputs, self.targets)).tolist()
        return points

    def cost(self, lanes: int = 1) -> float:
        """The operations of `value_and_gradient`: a constant for calls of NumPy, and a part linear in the numbers."""
        weights = sum(layer.neurons * (layer.inputs + ACTIVATION) for layer in self.layers)
        return NETWORK_LOSS + NETWORK_LAYER * len(self.layers) + lanes * len(self.targets) * weights / NETWORK_WEIGHTS

    def start(self, seed: int) -> tuple[float, ...]:
        """Draw a start: weights uniform in +-sqrt(6/(inputs + neurons)) of their layer, in order; biases 0.

        Source: Glorot and Bengio 2010, Understanding the difficulty of training deep feedforward neural networks,
        equation 16.
        """
        draw = Random(seed).uniform
        start: list[float] = []
        for layer in self.layers:
            bound = math.sqrt(6 / (layer.inputs + layer.neurons))
            start += [draw(-bound, bound) for _ in range(layer.inputs * layer.neurons)]
            start += [0.0] * layer.neurons
        return tuple(start)

    def value(self, w: Any) -> Any:
        """The loss; `w` is (parameters,), (parameters, lanes), or one array a parameter, of shapes that broadcast."""
        points = w if isinstance(w, np.ndarray) else np.stack(np.broadcast_arrays(*w))
        preactivation, _ = self._forward(points.reshape(len(points), -1), self.inputs)
        return self._mean_loss(preactivation).reshape(points.shape[1:])[()]

    def value_and_gradient(self, w: Array) -> tuple[Any, Array]:
        """The loss and its gradient, which has the shape of `w`: (parameters,) or (parameters, lanes)."""
        preactivation, activations = self._forward(w, self.inputs)
        return self._mean_loss(preactivation), self._backward(w, activations, self.targets)

    def batch_gradient(self, w: Array, indices: Sequence[int]) -> Array:
        """The gradient of the mean over these samples."""
        _, activations = self._forward(w, self.inputs.take(indices, 0))
        return self._backward(w, activations, self.targets.take(indices))

    def _mean_loss(self, preactivation: Array) -> Any:
        (losses,) = self.loss.on_arrays(preactivation, self.targets[:, None])
        return np.add.reduce(losses, axis=-2)[..., 0] / len(self.targets)

    def _forward(self, w: Array, inputs: Array) -> tuple[Array, list[Array]]:
        """The pre-activation of the output neuron, and the activations of every layer, the inputs first."""
        last, lanes = w.T, w.shape[1:]  # parameters last
        activation, activations = inputs, [inputs]
        for layer in self.layers:
            weights = last[..., layer.weights].reshape(*lanes, layer.neurons, layer.inputs)
            biases = last[..., layer.biases].reshape(*lanes, 1, layer.neurons)
            preactivation = activation @ weights.mT
            preactivation += biases
            (activation,) = layer.activation.on_arrays(preactivation)
            activations.append(activation)
        return preactivation, activations

    def _backward(self, w: Array, activations: list[Array], targets: Array) -> Array:
        """The gradient of the mean loss, written into one array from the output layer to the first."""
        last, lanes = w.T, w.shape[1:]  # parameters last
        gradient = np.empty(last.shape)
        (delta,) = self.loss.delta_on_arrays(activations[-1], targets[:, None])
        for layer, below in zip(reversed(self.layers), reversed(activations[:-1]), strict=True):
            gradient[..., layer.weights] = (delta.mT @ below).reshape(*lanes, -1)
            np.add.reduce(delta, axis=-2, out=gradient[..., layer.biases])
            if below is not activations[0]:
                weights = last[..., layer.weights].reshape(*lanes, layer.neurons, layer.inputs)
                (local,) = self.activation.derivative_on_arrays(below)
                delta = (delta @ weights) * local
        gradient /= len(targets)
        return gradient.T
