"""Make keras.json: paths of Keras in float64 on its PyTorch backend, for the forms that Keras alone has.

python3.11 -m venv /tmp/golden && /tmp/golden/bin/pip install keras==3.15.1 torch==2.13.0
/tmp/golden/bin/python tests/golden/with_keras.py
"""

import os
import platform

os.environ["KERAS_BACKEND"] = "torch"

import keras
import torch
from cases import STEPS, case, recorded, write

keras.config.set_floatx("float64")

MAKERS = {
    "heavy_ball": lambda lr, v: keras.optimizers.SGD(lr, momentum=v["beta"]),
    "nesterov": lambda lr, v: keras.optimizers.SGD(lr, momentum=v["beta"], nesterov=True),
}
# A rate that changes is what tells the velocity with the rate inside from the one without.
STEPWISE = {"name": "step", "every": 10, "factor": 0.8}
CASES = [
    case("heavy_ball", "himmelblau", 0.0015, form="keras", schedule=STEPWISE, beta=0.9),
    case("heavy_ball", "rosenbrock", 0.0005, form="keras", schedule=STEPWISE, beta=0.9),
    case("heavy_ball", "shoe_size/ssr", 0.02, form="keras", beta=0.8),
    case("nesterov", "himmelblau", 0.0015, form="keras", schedule=STEPWISE, beta=0.9),
    case("nesterov", "rosenbrock", 0.0005, form="keras", schedule=STEPWISE, beta=0.9),
    case("nesterov", "shoe_size/ssr", 0.02, form="keras", beta=0.8),
]


def path_of(item, problem, start, touched):
    """All rows of one run, the start first. The rate is set before each step, as Keras keeps its own in float32."""
    w = [keras.Variable(value, dtype="float64") for value in start]
    optimizer = MAKERS[item["optimizer"]](item["learning_rate"], item["values"])
    optimizer.build(w)
    rate = keras.Variable(item["learning_rate"], dtype="float64", trainable=False)
    optimizer._learning_rate = rate
    rows = [[float(p.value) for p in w]]
    for k in range(STEPS):
        if item["schedule"]:
            rate.assign(item["learning_rate"] * item["schedule"]["factor"] ** (k // item["schedule"]["every"]))
        at = [p.value.detach().clone().requires_grad_() for p in w]
        problem(*map(touched, at), torch).backward()
        optimizer.apply([p.grad for p in at], w)
        rows.append([float(p.value) for p in w])
    return rows


if __name__ == "__main__":
    kept, dropped = recorded(CASES, path_of)
    made_with = {
        "keras": keras.__version__,
        "torch": torch.__version__,
        "python": platform.python_version(),
        "machine": platform.machine(),
    }
    write("keras.json", made_with, kept, dropped)
