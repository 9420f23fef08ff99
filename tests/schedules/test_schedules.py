"""Schedules against their closed forms, written out here from the definitions, and against PyTorch's schedulers."""

import json
import re
from math import cos, isfinite, pi
from pathlib import Path

import pytest

from fallline.descent import RuleMethod, Run, Setup, Stop
from fallline.formulas import parse_rule
from fallline.problems import expression_problem
from fallline.schedules import SCHEDULES, Schedule

TORCH = json.loads((Path(__file__).parents[1] / "golden" / "torch.json").read_text())["schedules"]
NAMES = {"constant", "step", "exponential", "inverse_time", "linear", "cosine", "warmup_cosine", "one_cycle"}

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


def test_the_factor_multiplies_the_learning_rate():
    values = {"steps": 40, "floor": 0.1}
    assert factors("linear", 9, values, 0.3) == pytest.approx(
        [0.3 * f for f in factors("linear", 9, values)], rel=1e-15
    )


@every_schedule
def test_defaults_keep_the_rate_between_nothing_and_the_whole(schedule: Schedule):
    found = factors(schedule.name, 300, {name: param.default for name, param in schedule.params.items()})
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
