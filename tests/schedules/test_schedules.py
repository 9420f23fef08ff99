"""Schedules against their closed forms, written out here from the definitions, and against PyTorch's schedulers."""

import json
import re
from math import cos, isfinite, pi
from pathlib import Path
from statistics import fmean

import numpy as np
import pytest

from fallline.descent import RuleMethod, Run, Setup, Stop
from fallline.formulas import parse_rule
from fallline.problems import expression_problem
from fallline.schedules import SCHEDULES, Schedule

TORCH = json.loads((Path(__file__).parents[1] / "golden" / "torch.json").read_text())["schedules"]
NAMES = {
    "constant",
    "step",
    "exponential",
    "inverse_time",
    "linear",
    "cosine",
    "warmup_cosine",
    "one_cycle",
    "chebyshev",
}

every_schedule = pytest.mark.parametrize("schedule", SCHEDULES.values(), ids=SCHEDULES)


def factors(name, count, values, learning_rate=1.0):
    """The rate in force at steps 1 to `count` of a run."""
    setup = Setup(
        RuleMethod(parse_rule("w = w - lr*g")), learning_rate, schedule=SCHEDULES[name], schedule_values=values
    )
    run = Run(expression_problem("x"), setup, (0.0,), Stop(count))
    return [rate for block in run.blocks() for rate in block.learning_rate]


def test_the_permanent_names_are_there():
    assert set(SCHEDULES) >= NAMES


@every_schedule
def test_a_declaration_is_whole(schedule):
    rule = parse_rule(schedule.rule, ("t", "k"), "factor")
    # A parameter may itself be called factor, and is then read before the last line assigns it.
    assert {*rule.hyperparameters, *rule.states} == schedule.params.keys()


@pytest.mark.parametrize("case", TORCH, ids=lambda case: "-".join(map(str, case["schedule"].values())))
def test_factors_are_those_of_torch(case):
    values = dict(case["schedule"])
    found = factors(values.pop("name"), len(case["factors"]), values)
    assert found == pytest.approx(case["factors"], rel=1e-12, abs=1e-17)


@pytest.mark.parametrize(
    ("name", "values", "closed"),
    [
        ("constant", {}, lambda _: 1),
        ("step", {"every": 10, "factor": 0.5}, lambda k: 0.5 ** (k // 10)),
        ("exponential", {"decay": 0.97}, lambda k: 0.97**k),
        ("inverse_time", {"decay": 0.25}, lambda k: 4 / (4 + k)),
        ("linear", {"steps": 40, "floor": 0.1}, lambda k: 1 - 0.9 * k / 40 if k < 40 else 0.1),
        ("cosine", {"steps": 40, "floor": 0.1}, lambda k: 0.55 + 0.45 * cos(pi * k / 40) if k < 40 else 0.1),
        (
            "warmup_cosine",
            {"warmup": 10, "steps": 50},
            lambda k: (k + 1) / 10 if k < 10 else (1 + cos(pi * (k - 9) / 40)) / 2 if k < 49 else 0,
        ),
        ("warmup_cosine", {"warmup": 0, "steps": 60}, lambda k: (1 + cos(pi * (k + 1) / 60)) / 2 if k < 59 else 0),
        ("warmup_cosine", {"warmup": 60, "steps": 60}, lambda k: (k + 1) / 60 if k < 60 else 0),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_factors_are_the_closed_form(name, values, closed):
    assert factors(name, 70, values) == pytest.approx([closed(k) for k in range(70)], rel=1e-13, abs=1e-16)


def test_one_cycle_peaks_at_three_tenths_and_stays_at_its_end():
    found = factors("one_cycle", 120, {"steps": 100})
    assert found[0] == pytest.approx(0.04)
    assert max(found) == found[29] == 1
    assert found[99:] == pytest.approx([4e-6] * 21)


def in_stable_order(n):
    """Lebedev and Finogenov's order of the odd numbers below 2n: it is doubled by 4m - j after each j, m so far."""
    order = [1]
    while len(order) < n:
        order = [each for j in order for each in (j, 4 * len(order) - j)]
    return order


def rates_by_hand(low, high, n):
    """Young's rates, one over each zero of the Chebyshev polynomial of degree n from `low` to `high`, from the end."""
    zeros = [(high + low) / 2 - (high - low) / 2 * np.cos(pi * j / (2 * n)) for j in in_stable_order(n)]
    return [1 / zero for zero in reversed(zeros)]


def test_the_stable_order_is_that_of_the_paper():
    assert in_stable_order(8) == [1, 15, 7, 9, 3, 13, 5, 11]


@pytest.mark.parametrize("doublings", range(7))
@pytest.mark.parametrize("condition", [1, 9.5, 100, 1e4])
def test_chebyshev_rates_are_one_over_the_zeros_in_stable_order_from_its_end(doublings, condition):
    n, low = 2**doublings, 0.3
    values = {"condition": condition, "doublings": doublings}
    found = factors("chebyshev", 2 * n, values, learning_rate=2 / (low + low * condition))
    assert found == pytest.approx(rates_by_hand(low, low * condition, n) * 2, rel=1e-10)


CURVATURES = np.array([1.0, 100.0])
"""Of the ravine x**2/2 + 50*y**2."""


def losses_by_hand(rates, beta=0.0):
    """Gradient descent, or the heavy ball, on the ravine from (-4, 1)."""
    w, m, losses = np.array([-4.0, 1.0]), np.zeros(2), []
    for rate in rates:
        m = beta * m + CURVATURES * w
        w = w - rate * m
        losses.append(CURVATURES @ w**2 / 2)
    return losses


def kept_at_worst(rates, beta=0.0):
    """The most that is kept of a distance, over curvatures from 1 to 100."""
    curvatures = np.linspace(1, 100, 20_001)
    w, m = np.ones_like(curvatures), np.zeros_like(curvatures)
    for rate in rates:
        m = beta * m + curvatures * w
        w = w - rate * m
    return np.abs(w).max()


def test_on_the_ravine_64_rates_end_lowest_at_worst_and_never_above_the_start():
    setup = Setup(
        RuleMethod(parse_rule("w = w - lr*g")), 2 / 101, schedule=SCHEDULES["chebyshev"],
        schedule_values={"condition": 100, "doublings": 6},
    )  # fmt: skip
    run = Run(expression_problem("x**2/2 + 50*y**2"), setup, (-4.0, 1.0), Stop(64))
    blocks = list(run.blocks())
    loss = [value for block in blocks for value in block.loss]
    rates = rates_by_hand(1, 100, 64)
    assert loss[-64:] == pytest.approx(losses_by_hand(rates), rel=1e-6)
    assert loss[0] == 58 == max(loss)
    assert loss[-1] == pytest.approx(1.62e-9, rel=0.01)
    assert [rate for block in blocks for rate in block.learning_rate] == pytest.approx(rates, rel=1e-12)
    assert (max(rates), sum(rate > 2 / 100 for rate in rates)) == (pytest.approx(0.9853, rel=1e-3), 32)
    assert max(losses_by_hand(rates[::-1])) == pytest.approx(475_615, rel=1e-5)
    # The claim is one about the worst curvature: a heavy ball tuned to this very start ends lower.
    assert kept_at_worst(rates) == pytest.approx(5.3e-6, rel=0.02)
    assert kept_at_worst([0.0308] * 64, 0.685) == pytest.approx(1.7e-5, rel=0.05)
    assert kept_at_worst([0.0193] * 64) == pytest.approx(0.29, rel=0.02)
    assert losses_by_hand([0.0193] * 64)[-1] == pytest.approx(0.66, rel=0.01)
    assert losses_by_hand([0.0308] * 64, 0.685)[-1] == pytest.approx(1.3e-8, rel=0.05)
    assert losses_by_hand([0.0246] * 64, 0.72)[-1] == pytest.approx(6.8e-11, rel=0.05)


def test_the_factor_multiplies_the_learning_rate():
    values = {"steps": 40, "floor": 0.1}
    assert factors("linear", 9, values, 0.3) == pytest.approx(
        [0.3 * f for f in factors("linear", 9, values)], rel=1e-15
    )


@every_schedule
def test_defaults_keep_the_rate_between_nothing_and_the_whole(schedule: Schedule):
    found = factors(schedule.name, 300, {name: param.default for name, param in schedule.params.items()})
    if schedule.name == "chebyshev":  # the learning rate is the mean over a cycle, as one over the rates has it
        assert fmean(1 / factor for factor in found[:64]) == pytest.approx(1, rel=1e-13)
        return
    assert all(isfinite(factor) and 0 <= factor <= 1 for factor in found), "rule gives a factor outside [0, 1]"
    assert max(found) == 1, "rule never gives the whole rate"


@every_schedule
def test_every_declared_end_of_a_slider_gives_a_factor(schedule: Schedule):
    for name, param in schedule.params.items():
        for value in (param.min, param.default, param.max):
            others = {key: other.default for key, other in schedule.params.items()}
            assert all(isfinite(f) and f >= 0 for f in factors(schedule.name, 50, {**others, name: value}))


@every_schedule
def test_the_texts_are_sentences(schedule: Schedule):
    helps = {f"help of {name}": param.help for name, param in schedule.params.items()}
    for field, text in {"summary": schedule.summary, **helps}.items():
        assert re.fullmatch(r"[A-Z][^\n]*\.", text), f"{field} is not a sentence: {text!r}"
    assert all(name in schedule.differs for name in ("PyTorch", "Keras", "Optax")), "differs must speak of all three"
