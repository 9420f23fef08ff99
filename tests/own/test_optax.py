"""Gradient transformations of Optax: each steps as it does by itself, and gives the rows of the catalog's forms."""

from __future__ import annotations

import inspect
from functools import cache

import numpy as np
import pytest

import fallline
from tests.own.library_forms import GRADIENT, LENGTH, NEAR, PROBLEMS, RATES, WHOLE, check_rows

REASON = "JAX and Optax are not installed: make peers"
jax = pytest.importorskip("jax", reason=REASON)
optax = pytest.importorskip("optax", reason=REASON)
jnp, contrib = jax.numpy, pytest.importorskip("optax.contrib")
in_float64 = pytest.importorskip("fallline.own.optax_code").in_float64

ADAM, OF_ADAM = {"beta1": 0.8, "beta2": 0.99, "eps": 1e-6}, {"b1": 0.8, "b2": 0.99, "eps": 1e-6}
LION, OF_LION = {"beta1": 0.8, "beta2": 0.95, "weight_decay": 0.1}, {"b1": 0.8, "b2": 0.95, "weight_decay": 0.1}


def averaged(learning_rate, decay=0.9, *, debias=False):
    return optax.chain(optax.ema(decay, debias=debias), optax.scale_by_learning_rate(learning_rate))


FORMS = {
    "sgd": (optax.sgd, {}, {"name": "gd"}, GRADIENT),
    "sgd, momentum": (optax.sgd, {"momentum": 0.8}, {"name": "heavy_ball", "beta": 0.8}, GRADIENT),
    "sgd, Nesterov": (optax.sgd, {"momentum": 0.8, "nesterov": True}, {"name": "nesterov", "beta": 0.8}, GRADIENT),
    "ema": (averaged, {"decay": 0.8}, {"name": "momentum", "beta": 0.8}, GRADIENT),
    "ema, corrected": (
        averaged, {"decay": 0.8, "debias": True}, {"name": "momentum", "form": "corrected", "beta": 0.8}, GRADIENT
    ),
    "adagrad": (optax.adagrad, {"initial_accumulator_value": 0.0, "eps": 1e-8}, {"name": "adagrad", "eps": 1e-8}, LENGTH),
    "rmsprop": (
        optax.rmsprop, {"decay": 0.9, "eps": 1e-4, "eps_in_sqrt": True}, {"name": "rmsprop", "beta": 0.9, "eps": 1e-4}, LENGTH
    ),
    "adadelta": (optax.adadelta, {"rho": 0.95}, {"name": "adadelta", "rho": 0.95, "eps": 1e-6}, WHOLE),
    "adam": (optax.adam, OF_ADAM, {"name": "adam", **ADAM}, LENGTH),
    "adamax": (optax.adamax, OF_ADAM, {"name": "adamax", **ADAM}, LENGTH),
    "adamw": (optax.adamw, {**OF_ADAM, "weight_decay": 0.1}, {"name": "adamw", "weight_decay": 0.1, **ADAM}, LENGTH),
    "adan": (
        optax.adan, {"b1": 0.9, "b2": 0.8, "b3": 0.95, "eps": 1e-4, "eps_root": 1e-4},
        {"name": "adan", "form": "optax", "beta1": 0.9, "beta2": 0.8, "beta3": 0.95, "eps": 1e-4}, LENGTH,
    ),
    "lion": (optax.lion, OF_LION, {"name": "lion", **LION}, LENGTH),
}  # fmt: skip
"""What the catalog has, too: the function, its arguments, the same in the catalog, and the kind of its rate."""
NEEDS_MORE = {
    "scale_by_muon": "matrices", "sophia": "the loss of a batch and a random key", "chain": "what it chains",
}  # fmt: skip
"""What cannot be made a step on a vector by the gradient, or by the loss, alone -> what it needs."""


def transformations():
    """Name -> the function: all of Optax that return a transformation and need no more than numbers that have defaults
    and a learning rate."""
    found = {}
    for module in (optax, contrib):
        for name in dir(module):
            made = getattr(module, name)
            if name.startswith("_") or inspect.isclass(made) or not inspect.isfunction(made):
                continue
            signature = inspect.signature(made)
            needed = {
                each.name for each in signature.parameters.values()
                if each.default is each.empty and each.kind is each.POSITIONAL_OR_KEYWORD
            }  # fmt: skip
            if "GradientTransformation" in str(signature.return_annotation) and needed <= {"learning_rate"}:
                found[name] = made
    return found


ALL = transformations()


@pytest.mark.parametrize("problem", PROBLEMS)
@pytest.mark.parametrize("form", FORMS)
def test_the_rows_are_those_of_the_catalogs_form(form, problem):
    made, values, of_catalog, kind = FORMS[form]
    rate = RATES[problem][kind]
    check_rows(fallline.from_optax(made, learning_rate=rate, **values), of_catalog, problem, rate)


def rosenbrock(w):
    return (1 - w[0]) ** 2 + 100 * (w[1] - w[0] ** 2) ** 2


@cache
def value_and_gradient():
    return jax.jit(jax.value_and_grad(rosenbrock))


def by_itself(made, values, steps):
    """The path of a transformation from (-1.5, 2), with the gradient of JAX."""
    with in_float64():
        transformation = optax.with_extra_args_support(made(**values))
        w = jnp.array([-1.5, 2.0])
        state, rows = transformation.init(w), [w]
        update = jax.jit(lambda g, state, w, value: transformation.update(
            g, state, w, value=value, grad=g, value_fn=rosenbrock
        ))  # fmt: skip
        for _ in range(steps):
            value, g = value_and_gradient()(w)
            updates, state = update(g, state, w, value)
            w = optax.apply_updates(w, updates)
            rows.append(w)
        return np.array(rows)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:Specifying a key:UserWarning", "ignore:`optimistic_adam`:DeprecationWarning")
@pytest.mark.parametrize("name", sorted(ALL))
def test_each_steps_as_it_does_by_itself(name):
    if name in NEEDS_MORE:
        pytest.skip(f"{name} needs {NEEDS_MORE[name]}")
    given = {"learning_rate": 0.001} if "learning_rate" in inspect.signature(ALL[name]).parameters else {}
    if name == "polyak_sgd":
        given = {}
    own = fallline.from_optax(ALL[name], **given)
    (run,) = fallline.run(problem="rosenbrock", start=[-1.5, 2], optimizers=[own], stop={"max_steps": 10})
    assert run.stop_reason in ("max_steps", "diverged")
    path = np.column_stack([run.parameters["x"], run.parameters["y"]])
    np.testing.assert_allclose(path, by_itself(ALL[name], given, run.n_steps), rtol=NEAR, atol=NEAR)


def test_its_states_have_the_names_of_their_author():
    columns = {
        name: fallline.from_optax(getattr(optax, name), learning_rate=0.1).declaration.method
        for name in ("adam", "lion", "sgd")
    }
    assert columns["adam"](b1=0.9, b2=0.999, eps=1e-8, eps_root=0.0).columns() == ("mu", "nu")
    assert columns["lion"](b1=0.9, b2=0.99, weight_decay=0.0).columns() == ("mu",)
    assert columns["sgd"]().columns() == ()


def test_one_that_searches_along_a_line_asks_the_loss_and_is_counted():
    own = fallline.from_optax(optax.lbfgs)
    assert "batch_size" in own.declaration.method.refuses()
    (run,) = fallline.run(problem="rosenbrock", optimizers=[own], stop={"max_steps": 60, "target_loss": 1e-12})
    assert run.stop_reason == "target_loss"
    assert run.evaluations["gradient"][-1] > run.n_steps


def test_what_decides_by_a_number_runs_uncompiled():
    def picky(learning_rate, power=0.5):
        return optax.sgd(learning_rate if power > 0.4 else 2 * learning_rate)

    own = fallline.from_optax(picky, learning_rate=0.01)
    slow, quick, gd = fallline.run(problem="bowl", optimizers=[own, own(power=0.3), "gd:learning_rate=0.02"])
    np.testing.assert_allclose(quick.loss, gd.loss)
    assert slow.loss[5] > quick.loss[5]


def test_jax_keeps_its_own_setting():
    before = jax.config.jax_enable_x64
    fallline.run(problem="bowl", optimizers=[fallline.from_optax(optax.adam, learning_rate=0.1)], stop={"max_steps": 2})
    assert jax.config.jax_enable_x64 == before
    assert jnp.ones(1).dtype == (jnp.float64 if before else jnp.float32)


def written_in_jax(x, y):
    return (1 - x) ** 2 + 100 * (y - jnp.square(x)) ** 2


def test_a_loss_in_jax_has_its_gradient():
    own = fallline.from_loss(written_in_jax, domain=[[-2, 2], [-1, 3]])
    assert own.gradient_source.endswith("comes from JAX.")
    ours, theirs = (
        fallline.run(surface=each, start=[-1.5, 2], optimizers=["adam:learning_rate=0.02", "newton"])
        for each in (own, "rosenbrock")
    )
    for mine, other in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(mine.loss, other.loss, rtol=NEAR, atol=NEAR)
    assert "<svg" in ours.svg()
