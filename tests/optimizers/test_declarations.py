"""Every optimizer of the catalog keeps what its declaration promises; a new one is tested by being there."""

import math
import re

import pytest

from app.descent import Run, Setup, Stop
from app.formulas import parse_rule
from app.hyperparameters import Interval, counted
from app.optimizers import OPTIMIZERS, Optimizer
from app.optimizers.declaration import STANDARD
from app.problems import surface_problem

NAMES = (
    "gd", "sgd", "mini_batch", "momentum", "heavy_ball", "nesterov", "adagrad", "rmsprop", "adadelta", "adam",
    "amsgrad", "adamax", "nadam", "radam", "adamw", "lion", "rprop",
)  # fmt: skip
FORMS = {"adagrad": {"pytorch"}, "rmsprop": {"pytorch"}, "adam": {"uncorrected", "deck", "slide"}}
DEFAULTS = {
    "adadelta": {"learning_rate": 1.0, "rho": 0.9, "eps": 1e-6},
    "adam": {"learning_rate": 0.001, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8},
    "adamax": {"learning_rate": 0.002, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8},
    "adamw": {"learning_rate": 0.001, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8, "weight_decay": 0.01},
    "nadam": {"learning_rate": 0.002, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8, "momentum_decay": 0.004},
    "radam": {"learning_rate": 0.001, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8},
    "rprop": {"learning_rate": 0.01, "eta_minus": 0.5, "eta_plus": 1.2, "step_min": 1e-6, "step_max": 50.0},
    "adagrad": {"learning_rate": 0.01, "eps": 1e-8},
    "rmsprop": {"learning_rate": 0.001, "beta": 0.9, "eps": 1e-8},
    "lion": {"learning_rate": 0.0001, "beta1": 0.9, "beta2": 0.99, "weight_decay": 0.0},
}

every_optimizer = pytest.mark.parametrize("optimizer", OPTIMIZERS.values(), ids=OPTIMIZERS)


def test_the_permanent_names_are_there_in_the_order_of_a_course():
    assert tuple(OPTIMIZERS)[: len(NAMES)] == NAMES
    assert all(FORMS[name] <= set(OPTIMIZERS[name].forms) for name in FORMS)


@pytest.mark.parametrize(("name", "defaults"), DEFAULTS.items())
def test_defaults_are_those_that_are_documented(name, defaults):
    assert {key: param.default for key, param in OPTIMIZERS[name].params.items()} == defaults


@every_optimizer
def test_the_rule_reads_exactly_the_declared_hyperparameters(optimizer: Optimizer):
    initial = {word for text in optimizer.initial.values() for word in re.findall(r"[a-z]\w*", text)}
    for form in (STANDARD, *optimizer.forms):
        rule = parse_rule(optimizer.text(form))
        assert {"learning_rate", *rule.hyperparameters, *initial} == set(optimizer.params), form
        assert set(optimizer.initial) <= set(rule.states), form
    assert next(iter(optimizer.params)) == "learning_rate"


@every_optimizer
def test_defaults_and_sliders_lie_in_what_is_allowed(optimizer: Optimizer):
    for name, param in optimizer.params.items():
        assert param.min <= param.default <= param.max or (param.scale == "log" and param.default == 0), name
        assert param.takes(param.default), name
        assert param.takes(param.min), name
        assert param.takes(param.max), name
        assert param.scale != "log" or param.min > 0, name
        assert param.scale != "decay" or param.max < 1, name


@every_optimizer
def test_the_texts_are_sentences(optimizer: Optimizer):
    for text in (optimizer.summary, optimizer.intuition, *(p.help for p in optimizer.params.values())):
        assert re.fullmatch(r"[A-Z][^\n]*\.", text)
    assert len(optimizer.label) <= 40
    assert re.search(r"\d{4}", optimizer.source)
    assert all(library in optimizer.differs for library in ("PyTorch", "Keras", "Optax"))
    assert optimizer.needs_sampling == (optimizer.batch_size is not None)


@every_optimizer
def test_each_form_goes_downhill(optimizer: Optimizer):
    bowl = surface_problem("bowl")
    values = {key: param.default for key, param in optimizer.params.items() if key != "learning_rate"}
    for form in (STANDARD, *optimizer.forms):
        setup = Setup(parse_rule(optimizer.text(form)), bowl.suggested[optimizer.name], values, optimizer.initial)
        run = Run(bowl, setup, bowl.start, Stop(200))
        loss = [value for block in run.blocks() for value in block.loss]
        assert run.whole().end is not None
        assert run.whole().end.reason == "max_steps", form
        assert loss[-1] < 0.02 * loss[0], form


@pytest.mark.parametrize(
    ("interval", "inside", "outside", "text"),
    [
        (Interval(0, 1, high_open=True), (0, 0.5), (-1e-9, 1), "in [0, 1)"),
        (Interval(low=0, low_open=True), (1e-300, 1e300), (0, math.inf), "above 0"),
        (Interval(low=0), (0, 7), (-1, math.nan), "at least 0"),
        (counted(1), (1, 10**9), (0, 10**9 + 1, 1e30), "in [1, 1000000000]"),
        (Interval(high=2), (-1e300, 2), (2.1, -math.inf), "at most 2"),
        (Interval(), (-1e300, 1e300), (math.inf, math.nan), "any finite number"),
    ],
)
def test_an_interval_says_what_it_holds(interval: Interval, inside, outside, text):
    assert all(value in interval for value in inside)
    assert not any(value in interval for value in outside)
    assert str(interval) == text
