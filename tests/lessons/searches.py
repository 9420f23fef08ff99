"""Optimizers at given rates and betas, stepped in plain NumPy: nothing here is the project's.

Steps are counted until the loss stays at a hundredth, of a network at five, up to a horizon.
"""

from functools import cache

import numpy as np

LOSS = 0.01
RATES = 0.005 * 1.03 ** np.arange(318)
"""Three percent apart, from 0.005 to 60."""


def turned(x, y):
    """0.5 along² + 50 across², with x = (2 along + across)/√5."""
    along, across = 2 * x + y, x - 2 * y
    return along**2 / 10 + 10 * across**2, 0.4 * along + 20 * across, 0.2 * along - 40 * across


def flat(x, y):
    depth = np.exp(-(x**2 + 2 * y**2) / 6)
    return 1 - depth, depth * x / 3, depth * 2 * y / 3


GROUNDS = {
    "bowl": (lambda x, y: (x**2 + y**2, 2 * x, 2 * y), (-2.5, 1)),
    "ravine": (lambda x, y: (x**2 / 2 + 50 * y**2, x, 100 * y), (-4, 1)),
    "turned": (turned, (-3.1305, -2.6833)),
    "flat": (flat, (-4.5, 3.5)),
}
"""Loss and derivatives, and the start."""


def next_point(w, m, v, g, t, rates, beta1, beta2, corrected, summed):
    """With the averages of gradients and of their squares."""
    m = beta1 * m + (1 - beta1) * g
    step = m / (1 - beta1**t) if corrected else m
    if summed:
        v = v + g**2
        step = step / np.sqrt(1e-8 + v)
    elif beta2 is not None:
        v = beta2 * v + (1 - beta2) * g**2
        step = step / (np.sqrt(v / (1 - beta2**t)) + 1e-8) if corrected else step / np.sqrt(1e-8 + v)
    return w - rates * step, m, v


def steps(ground, horizons, rates, *, beta1=0.0, beta2=None, corrected=True, summed=False, falling=1.0):
    """For each horizon the steps of each rate and its betas, infinite where the loss is above at the horizon.

    Args: beta2: None for no division; summed: squares are added up, as AdaGrad has it; falling: the rate, by this a step.
    """
    loss, start = GROUNDS[ground]
    w = np.outer(start, np.ones_like(rates))
    m, v, last, found = 0 * w, 0 * w, np.zeros_like(rates), []
    with np.errstate(all="ignore"):
        for t in range(1, max(horizons) + 1):
            g = np.array(loss(*w)[1:])
            w, m, v = next_point(w, m, v, g, t, rates * falling ** (t - 1), beta1, beta2, corrected, summed)
            last = np.where(loss(*w)[0] <= LOSS, last, t)
            if t in horizons:
                found.append(np.where(last == t, np.inf, last + 1))
    return found


OPTIMIZERS = {
    "gd": {},
    "momentum": {"corrected": False},
    "adagrad": {"summed": True},
    "rmsprop": {"corrected": False},
    "adam": {},
}
"""How each steps."""


def at_values(ground, optimizer, learning_rate, **betas):
    """The steps of one pair of values to a loss that stays to step 1,000."""
    return steps(ground, (1000,), np.array([learning_rate]), **OPTIMIZERS[optimizer], **betas)[0][0]


def network_loss(w, inputs, targets):
    """Cross-entropy of eight tanh neurons and a sigmoid output, and its gradient, by hand: for each row of weights."""
    hidden, output = w[:, :16].reshape(-1, 8, 2), w[:, 24:32]
    a = np.tanh(inputs @ hidden.swapaxes(1, 2) + w[:, None, 16:24])
    z = (a @ output[:, :, None])[..., 0] + w[:, 32:]
    back = (1 / (1 + np.exp(-z)) - targets) / len(targets)
    below = back[:, :, None] * output[:, None] * (1 - a**2)
    of_hidden = (below.swapaxes(1, 2) @ inputs).reshape(len(w), -1)
    of_output = (back[:, None] @ a)[:, 0]
    gradient = np.concatenate([of_hidden, below.sum(axis=1), of_output, back.sum(axis=1, keepdims=True)], axis=1)
    return np.mean(np.logaddexp(0, z) - targets * z, axis=1), gradient


def network_steps(w, inputs, targets, optimizer, learning_rate, beta1=0.0, beta2=None):
    """For each row of weights the steps from there to a loss that stays at five hundredths to step 300."""
    how = {"corrected": True, "summed": False, **OPTIMIZERS[optimizer]}
    m, v, last = 0 * w, 0 * w, np.zeros(len(w))
    with np.errstate(all="ignore"):
        _, g = network_loss(w, inputs, targets)
        for t in range(1, 301):
            w, m, v = next_point(w, m, v, g, t, learning_rate, beta1, beta2, **how)
            loss, g = network_loss(w, inputs, targets)
            last = np.where(loss <= 0.05, last, t)
    return np.where(last == 300, np.inf, last + 1)


HORIZONS = (1000, 6000, 20000)
PARTS = {
    "neither": {},
    "momentum": {"beta1": 0.9},
    "both": {"beta1": 0.9, "beta2": 0.999},
    "both, falling": {"beta1": 0.9, "beta2": 0.999, "falling": 0.99},
}
"""Adam's parts in the turned ravine; without division the rates of gradient descent and momentum, with it Adam's."""


@cache
def fewest_that_stay(part):
    """By horizon: of a search over rates, the fewest steps that stay down so long."""
    return dict(zip(HORIZONS, map(min, steps("turned", HORIZONS, RATES[RATES < 3], **PARTS[part])), strict=True))
