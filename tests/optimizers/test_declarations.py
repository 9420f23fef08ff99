"""Every optimizer of the catalog keeps what its declaration promises; a new one is tested by being there."""

import json
import math
import re

import pytest

from app.pages.folders import STATIC
from fallline.descent import Run, Setup, Stop
from fallline.formulas import parse, parse_rule
from fallline.hyperparameters import Interval, counted
from fallline.optimizers import OPTIMIZERS, Optimizer
from fallline.optimizers.optimizer import STANDARD
from fallline.problems import surface_problem
from fallline.problems.problem import expression_problem
from fallline.schedules import SCHEDULES, Schedule
from fallline.suggested import suggested_rates

FORMS = {"adagrad": {"pytorch"}, "rmsprop": {"pytorch"}, "adam": {"uncorrected", "deck", "slide"}}
DEFAULTS = {
    "gd": {"learning_rate": 0.01},
    "sgd": {"learning_rate": 0.01},
    "mini_batch": {"learning_rate": 0.01},
    "momentum": {"learning_rate": 0.01, "beta": 0.9},
    "heavy_ball": {"learning_rate": 0.01, "beta": 0.9},
    "nesterov": {"learning_rate": 0.01, "beta": 0.9},
    "adagrad": {"learning_rate": 0.01, "eps": 1e-8},
    "rmsprop": {"learning_rate": 0.001, "beta": 0.9, "eps": 1e-8},
    "adadelta": {"learning_rate": 1.0, "rho": 0.9, "eps": 1e-6},
    "adam": {"learning_rate": 0.001, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8},
    "amsgrad": {"learning_rate": 0.001, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8},
    "adamax": {"learning_rate": 0.002, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8},
    "nadam": {"learning_rate": 0.002, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8, "momentum_decay": 0.004},
    "radam": {"learning_rate": 0.001, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8},
    "adamw": {"learning_rate": 0.001, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8, "weight_decay": 0.01},
    "adan": {"learning_rate": 0.001, "beta1": 0.98, "beta2": 0.92, "beta3": 0.99, "eps": 1e-8, "weight_decay": 0.0},
    "lion": {"learning_rate": 0.0001, "beta1": 0.9, "beta2": 0.99, "weight_decay": 0.0},
    "rprop": {"learning_rate": 0.01, "eta_minus": 0.5, "eta_plus": 1.2, "step_min": 1e-6, "step_max": 50.0},
}
"""What the API promises never to change; an optimizer that is added later need not be here."""

every_optimizer = pytest.mark.parametrize("optimizer", OPTIMIZERS.values(), ids=OPTIMIZERS)


@pytest.mark.parametrize(("name", "defaults"), DEFAULTS.items())
def test_what_is_permanent_is_as_documented(name, defaults):
    assert {key: param.default for key, param in OPTIMIZERS[name].params.items()} == defaults
    assert set(OPTIMIZERS[name].forms) >= FORMS.get(name, set())


@every_optimizer
def test_a_declaration_is_whole(optimizer: Optimizer):
    params = optimizer.params.keys()
    assert next(iter(params)) == "learning_rate", "params must begin with learning_rate"
    assert bool(optimizer.rule) is not bool(optimizer.method), "it must have either a rule or a method"
    assert optimizer.whose or not optimizer.forms, "whose is missing, as the rule stands beside other forms"
    if optimizer.method:
        assert {"learning_rate", *optimizer.method.hyperparameter_names()} == params, "the method's are not in params"
        return
    for form in (STANDARD, *optimizer.forms):
        rule = parse_rule(optimizer.text(form))
        read = set().union(*(parse(text, tuple(params)).names for text in optimizer.initial.values()))
        assert optimizer.initial.keys() <= set(rule.states), f"initial has what is no state of form {form}"
        assert {"learning_rate", *rule.hyperparameters, *read} == params, f"form {form} reads others than are in params"


@pytest.mark.parametrize("declared", [*OPTIMIZERS.values(), *SCHEDULES.values()], ids=[*OPTIMIZERS, *SCHEDULES])
def test_every_hyperparameter_has_a_slider(declared: Optimizer | Schedule):
    for name, param in declared.params.items():
        assert all(map(param.takes, (param.default, param.min, param.max))), f"{name}: must be {param.range_text}"
        assert param.min <= param.default <= param.max, f"{name}: default is off the slider"
        assert param.scale != "log" or param.min > 0, f"{name}: min must be above 0 where scale is log"
        assert param.scale != "decay" or param.max < 1, f"{name}: max must be below 1 where scale is decay"


@every_optimizer
def test_the_texts_are_sentences(optimizer: Optimizer):
    helps = {f"help of {name}": param.help for name, param in optimizer.params.items()}
    for field, text in {"summary": optimizer.summary, "intuition": optimizer.intuition, **helps}.items():
        assert re.fullmatch(r"[A-Z][^\n]*\.", text), f"{field} is not a sentence: {text!r}"
    assert len(optimizer.label) <= 40, "label is longer than 40 characters"
    assert re.search(r"\d{4}", optimizer.source), "source has no year"
    assert all(name in optimizer.differs for name in ("PyTorch", "Keras", "Optax")), "differs must speak of all three"


@every_optimizer
def test_each_form_goes_downhill(optimizer: Optimizer):
    bowl = surface_problem("bowl")
    for form in (STANDARD, *optimizer.forms):
        setup = Setup.of(optimizer.name, form, learning_rate=suggested_rates(bowl.rates, "bowl")[optimizer.name])
        whole = Run(bowl, setup, bowl.start, Stop(200)).whole()
        loss = whole.loss
        assert whole.end.reason in ("max_steps", "method_done"), form
        assert loss[-1] < 0.02 * loss[0], f"form {form} is still high after 200 steps: change factor of step_length"


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


def test_labels_that_the_page_brings_along_are_those_of_the_catalog() -> None:
    brought = json.loads((STATIC / "page" / "state" / "labels.json").read_text(encoding="utf-8"))
    assert brought.items() <= {name: optimizer.label for name, optimizer in OPTIMIZERS.items()}.items()


def test_radam_begins_to_divide_after_the_five_gradients_that_it_speaks_of():
    """rho of t is 1999 - 2 t b^t/(1 - b^t), b = 0.999: 4.996 at step 5 and 5.994 at step 6, where its gate, 5, opens."""
    assert "only five gradients" in OPTIMIZERS["radam"].intuition
    run = Run(expression_problem("x"), Setup.of("radam", learning_rate=1), stop=Stop(8)).whole()
    assert [length == pytest.approx(1) for length in run.step_size[:8]] == [True] * 5 + [False] * 3
