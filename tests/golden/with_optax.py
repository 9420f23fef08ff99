"""Make optax.json: paths of Optax in float64, with gradients from JAX, where PyTorch has no such optimizer or form.

python3.11 -m venv /tmp/golden && /tmp/golden/bin/pip install jax==0.10.2 optax==0.2.8
/tmp/golden/bin/python tests/golden/with_optax.py
"""

import platform

import jax
import jax.numpy as jnp
import optax
from cases import STEPS, case, recorded, write

jax.config.update("jax_enable_x64", True)

MAKERS = {
    "momentum": lambda lr, v: optax.chain(optax.ema(v["beta"], debias=False), optax.scale_by_learning_rate(lr)),
    "momentum/corrected": lambda lr, v: optax.chain(
        optax.ema(v["beta"], debias=True), optax.scale_by_learning_rate(lr)
    ),
    # Here eps stands inside the root, as in the standard forms.
    "adagrad": lambda lr, v: optax.adagrad(lr, initial_accumulator_value=0.0, eps=v["eps"]),
    "rmsprop": lambda lr, v: optax.rmsprop(lr, decay=v["beta"], eps=v["eps"], eps_in_sqrt=True),
    "lion": lambda lr, v: optax.lion(lr, b1=v["beta1"], b2=v["beta2"], weight_decay=v["weight_decay"]),
    # Its two eps have the same default, and here the same value.
    "adan/optax": lambda lr, v: optax.adan(
        lr, v["beta1"], v["beta2"], v["beta3"], eps=v["eps"], eps_root=v["eps"], weight_decay=v["weight_decay"]
    ),
}
LION = {"beta1": 0.9, "beta2": 0.99, "weight_decay": 0.0}
ADAN = {"beta1": 0.98, "beta2": 0.92, "beta3": 0.99, "eps": 1e-8, "weight_decay": 0.0}
CASES = [
    case("momentum", "rosenbrock", 0.01, beta=0.9),
    case("momentum", "shoe_size/ssr", 0.1, beta=0.8),
    case("momentum", "himmelblau", 0.005, form="corrected", beta=0.9),
    case("momentum", "beale", 0.005, form="corrected", beta=0.95),
    case("adagrad", "himmelblau", 0.5, eps=1e-8),
    case("adagrad", "plateau", 0.4, eps=0.01),
    case("adagrad", "shoe_size/ssr", 0.1, eps=1e-2),
    case("rmsprop", "himmelblau", 0.04, beta=0.9, eps=0.1),
    case("rmsprop", "beale", 0.01, beta=0.99, eps=1e-3),
    case("rmsprop", "shoe_size/ssr", 0.005, beta=0.9, eps=1e-2),
    case("lion", "himmelblau", 0.01, **LION),
    case("lion", "rosenbrock", 0.002, **LION),
    case("lion", "mccormick", 0.003, **{**LION, "weight_decay": 0.1}),
    case("lion", "shoe_size/ssr", 0.003, **{**LION, "beta1": 0.8, "beta2": 0.95}),
    case("adan", "himmelblau", 0.05, form="optax", **ADAN),
    case("adan", "rosenbrock", 0.02, form="optax", **ADAN),
    case("adan", "mccormick", 0.02, form="optax", **{**ADAN, "weight_decay": 0.1}),
    case("adan", "shoe_size/ssr", 0.02, form="optax", **{**ADAN, "beta1": 0.9, "beta2": 0.7, "eps": 1e-2}),
]


def path_of(item, problem, start, touched):
    """All rows of one run, the start first."""
    form = "" if item["form"] == "standard" else f"/{item['form']}"
    optimizer = MAKERS[item["optimizer"] + form](item["learning_rate"], item["values"])
    gradient = jax.jit(jax.grad(lambda w: problem(w[0], w[1], jnp)))
    step = jax.jit(optimizer.update)
    w = jnp.array(start, dtype=jnp.float64)
    state = optimizer.init(w)
    rows = [w.tolist()]
    for _ in range(STEPS):
        updates, state = step(gradient(jnp.array([touched(p) for p in w.tolist()])), state, w)
        w = optax.apply_updates(w, updates)
        rows.append(w.tolist())
    return rows


if __name__ == "__main__":
    kept, dropped = recorded(CASES, path_of)
    made_with = {
        "optax": optax.__version__,
        "jax": jax.__version__,
        "python": platform.python_version(),
        "machine": platform.machine(),
    }
    write("optax.json", made_with, kept, dropped)
