"""The problems on which optimizers of other libraries are held to the catalog's own forms, and how."""

from __future__ import annotations

import numpy as np

import fallline

STEPS, NEAR = 200, 1e-9
PROBLEMS = {
    "rosenbrock": {"problem": {"surface": "rosenbrock"}},
    "himmelblau": {"problem": {"surface": "himmelblau"}},
    "line fit": {"problem": {"dataset": "shoe_size", "standardize": True, "loss": "mse"}, "start": [-2, 3]},
    "XOR": {"problem": {"network": {"dataset": "xor"}}},
}
GRADIENT, LENGTH, WHOLE = range(3)
RATES = {
    "rosenbrock": (0.0003, 0.01, 1.0),
    "himmelblau": (0.002, 0.05, 1.0),
    "line fit": (0.05, 0.01, 1.0),
    "XOR": (0.1, 0.01, 1.0),
}
"""Problem -> rates of steps that are the rate times a gradient, of those about as long as the rate, of Adadelta. Larger
ones of the second kind reach a minimum within these steps, where whatever is divided by the size of its gradients
doubles what rounding leaves from step to step."""


def check_rows(own, of_catalog, problem, rate):
    """Hold each row of an optimizer of one's own to that of a form of the catalog; returns how far they are apart."""
    runs = [own, {**of_catalog, "learning_rate": rate}]
    ours, theirs = fallline.run(PROBLEMS[problem], optimizers=runs, stop={"max_steps": STEPS})
    assert ours.n_steps == theirs.n_steps == STEPS
    apart = [np.abs(ours.loss - theirs.loss).max()]
    apart += [np.abs(ours.parameters[name] - column).max() for name, column in theirs.parameters.items()]
    assert max(apart) < NEAR, max(apart)
    return max(apart)
