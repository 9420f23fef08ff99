"""Make torch_network.json: losses, gradients and paths of small networks in float64, by torch.nn and autograd.

python3.11 -m venv /tmp/golden && /tmp/golden/bin/pip install torch==2.13.0
/tmp/golden/bin/python tests/golden/with_torch_network.py

The networks and their data are written here apart from the project's own; parameters are in the project's order, which
is that of torch: layer by layer the weights, a row for each neuron, then the biases.
"""

import json
import math
import platform
import random
from itertools import pairwise
from pathlib import Path

import torch
from cases import STABLE, STEPS, apart, shaker
from with_torch import ADAM, MAKERS

ROWS = (1, 2, 3, 10, 50, 100, 200)


def written(value):
    """As many digits as the data have, so that they are the same on every machine."""
    return round(value, 3)


def mean_and_spread(column):
    mean = sum(column) / len(column)
    return mean, math.sqrt(sum((value - mean) ** 2 for value in column) / len(column))


def scaled(column):
    mean, spread = mean_and_spread(column)
    return [(value - mean) / spread for value in column]


XOR = ([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0])
RING = (
    [[written(r * math.cos(0.4 * i)), written(r * math.sin(0.4 * i))] for i in range(16) for r in (1.0, 0.5)],
    [label for _ in range(16) for label in (0, 1)],
)
CURVE = (
    [[written(-2 + 0.2 * i)] for i in range(21)],
    [written(math.sin(-4 + 0.4 * i) + 0.1 * (-1) ** i) for i in range(21)],
)
HOMES = (
    [
        [*numbers, *(float(i == home) for i in range(4))]
        for home, numbers in enumerate(zip(*map(scaled, ([32, 25, 80, 55], [3, 1, 4, 3], [5, 8, 10, 10])), strict=True))
    ],
    scaled([60000, 70000, 600000, 450000]),
)
DATA = {"xor": XOR, "ring": RING, "curve": CURVE, "homes": HOMES}

ACTIVATIONS = {"tanh": torch.tanh, "sigmoid": torch.sigmoid, "relu": torch.relu, "linear": lambda z: z}
LOSSES = {
    "mse": torch.nn.functional.mse_loss,
    "cross_entropy": torch.nn.functional.binary_cross_entropy_with_logits,
}
OPTIMIZERS = [
    ("gd", "standard", 0.05, {}),
    ("heavy_ball", "standard", 0.01, {"beta": 0.9}),
    ("adam", "standard", 0.02, ADAM),
    ("rmsprop", "pytorch", 0.002, {"beta": 0.99, "eps": 1e-4}),
    ("adagrad", "pytorch", 0.05, {"eps": 1e-4}),
]
"""Name, form, rate and values as the project's API spells them."""

NETWORKS = [
    ("xor", (3,), "tanh", "mse"),
    ("xor", (4,), "sigmoid", "cross_entropy"),
    ("ring", (6, 6, 6), "tanh", "cross_entropy"),
    ("ring", (5, 3), "relu", "cross_entropy"),
    ("xor", (3,), "relu", "mse"),  # at (0, 0) every pre-activation is exactly 0, where relu has a kink
    ("curve", (8,), "tanh", "mse"),
    ("curve", (6, 4), "sigmoid", "mse"),
    ("homes", (3,), "relu", "mse"),
    ("homes", (), "linear", "mse"),
    ("ring", (3, 2), "linear", "cross_entropy"),
]
ALL, BATCH = slice(None), [3, 0, 2]


def start_of(layers, seed):
    """Weights uniform as Glorot and Bengio 2010 have it, drawn row by row; biases 0."""
    draw, start = random.Random(seed), []
    for inputs, neurons in layers:
        bound = math.sqrt(6) / math.sqrt(inputs + neurons)
        start += [draw.uniform(-bound, bound) for _ in range(inputs * neurons)] + [0.0] * neurons
    return start


class Net:
    """A network on its data, from one parameter for each weight matrix and each vector of biases."""

    def __init__(self, data, hidden, activation, loss):
        inputs, targets = DATA[data]
        self.inputs, self.targets = (
            torch.tensor(inputs, dtype=torch.float64),
            torch.tensor(targets, dtype=torch.float64),
        )
        sizes = (self.inputs.shape[1], *hidden, 1)
        self.layers = list(pairwise(sizes))
        self.activation, self.loss = ACTIVATIONS[activation], LOSSES[loss]

    def parameters(self, flat):
        found, first = [], 0
        for inputs, neurons in self.layers:
            for shape in ((neurons, inputs), (neurons,)):
                size = math.prod(shape)
                found.append(torch.tensor(flat[first : first + size]).reshape(shape).requires_grad_())
                first += size
        return found

    def __call__(self, parameters, chosen=ALL):
        a, pairs = self.inputs[chosen], list(zip(parameters[::2], parameters[1::2], strict=True))
        for weights, biases in pairs[:-1]:
            a = self.activation(torch.nn.functional.linear(a, weights, biases))
        return self.loss(torch.nn.functional.linear(a, *pairs[-1])[:, 0], self.targets[chosen])


def flattened(tensors):
    return [value for tensor in tensors for value in tensor.detach().reshape(-1).tolist()]


def gradient(net, flat, chosen=ALL):
    parameters = net.parameters(flat)
    loss = net(parameters, chosen)
    loss.backward()
    return {"loss": loss.item(), "gradient": flattened(parameter.grad for parameter in parameters)}


def path_of(net, start, optimizer, rate, values, touched):
    """All rows of one run, the start first."""
    parameters = net.parameters(start)
    stepping = MAKERS[optimizer](parameters, rate, values)
    rows = [list(start)]
    for _ in range(STEPS):
        stepping.zero_grad()
        net([touched(parameter) for parameter in parameters]).backward()
        stepping.step()
        rows.append(flattened(parameters))
    return rows


def short(value):
    """A value to 13 significant digits: it is compared to nine."""
    return float(f"{value:.13g}")


def recorded(data, hidden, activation, loss, seed):
    """The loss and gradient at the start and over a batch, and the paths that are stable, as `cases.recorded` has it."""
    net = Net(data, hidden, activation, loss)
    start = start_of(net.layers, seed)
    runs, dropped = [], []
    for optimizer, form, rate, values in OPTIMIZERS:
        path = path_of(net, start, optimizer, rate, values, lambda parameter: parameter)
        shaken = path_of(net, start, optimizer, rate, values, shaker())
        off = max(apart(a, b) for a, b in zip(path, shaken, strict=True))
        if not off <= STABLE:
            dropped.append(f"{optimizer}: {off:.1e}")
            continue
        run = {"optimizer": optimizer, "form": form, "learning_rate": rate, "values": values}
        runs.append({**run, "rows": {str(t): [short(value) for value in path[t]] for t in ROWS}})
    return {
        "data": data, "hidden": hidden, "activation": activation, "loss": loss, "seed": seed, "start": start,
        "whole": gradient(net, start), "batch": {"indices": BATCH, **gradient(net, start, BATCH)},
        "dropped_as_chaotic": dropped, "runs": runs,
    }  # fmt: skip


if __name__ == "__main__":
    cases = [recorded(*network, seed) for seed, network in enumerate(NETWORKS)]
    made_with = {"torch": torch.__version__, "python": platform.python_version(), "machine": platform.machine()}
    head = json.dumps({"made_with": made_with, "data": DATA}, separators=(",", ":"))
    lines = ",\n".join(json.dumps(item, separators=(",", ":")) for item in cases)
    text = f'{head[:-1]},\n"cases":[\n{lines}\n]}}\n'
    Path(__file__).with_name("torch_network.json").write_text(text)
    dropped = [(case["data"], case["activation"], case["dropped_as_chaotic"]) for case in cases]
    print(f"{sum(len(case['runs']) for case in cases)} runs, {len(text) / 1000:.0f} kB; dropped {dropped}")
