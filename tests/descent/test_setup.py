"""An optimizer of the catalog as a setup."""

import math

import numpy as np
import pytest

from fallline.descent import RuleMethod, Run, Setup, Stop
from fallline.formulas import parse_rule
from fallline.problems import dataset_problem, surface_problem
from fallline.schedules import SCHEDULES


def test_it_has_the_defaults_of_the_catalog_but_for_what_is_given():
    made = Setup.of("adam", "deck", beta1=0.8, batch_size=4)
    assert (made.learning_rate, made.batch_size, made.sampling) == (0.001, 4, "shuffle")
    assert made.rule_method.values == {"beta1": 0.8, "beta2": 0.999, "eps": 1e-8}
    assert Setup.of("nadam").rule_method.initial == {"mu_product": "1"}
    assert Setup.of("mini_batch").batch_size == 2


def test_a_schedule_has_its_defaults_but_for_what_is_given():
    """The cosine has fallen to a half after half of its 200 steps."""
    made = Setup(RuleMethod(parse_rule("w = w - lr*g")), 0.01, schedule=SCHEDULES["cosine"])
    assert made.schedule_values == {"steps": 200, "floor": 0}
    rates = Run(surface_problem("bowl"), made, stop=Stop(101)).whole().learning_rate
    assert rates[100] == pytest.approx(0.005)
    assert Setup.of("gd", schedule=SCHEDULES["cosine"], schedule_values={"steps": 9}).schedule_values["floor"] == 0


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"name": "adm"}, r"must be an optimizer, one of gd, .*; got \"adm\""),
        ({"name": "adam", "form": "torch"}, r"must be a form of adam, one of standard, .*deck.*; got \"torch\""),
        ({"name": "gd", "learning_rate": -1}, r"learning_rate of gd must be above 0; got -1"),
        ({"name": "adam", "beta1": 1}, r"beta1 of adam must be in \[0, 1\); got 1"),
        ({"name": "adam", "beta1": "much"}, r"beta1 of adam must be in \[0, 1\); got much"),
        (
            {"name": "gd", "schedule": SCHEDULES["linear"], "schedule_values": {"steps": 0}},
            r"steps of schedule linear must be a whole number, in \[1, 1000000000\]; got 0",
        ),
        (
            {"name": "gd", "schedule": SCHEDULES["linear"], "schedule_values": {"decay": 0.9}},
            r"must be a hyperparameter of schedule linear, one of steps, floor; got \"decay\"",
        ),
        ({"name": "gd", "beta": 0.9}, r"must be a hyperparameter of gd, one of learning_rate, .*noise; got \"beta\""),
    ],
)
def test_what_it_does_not_know_is_named(given, said):
    with pytest.raises(ValueError, match=said):
        Setup.of(**given)


RULE = "m = beta*m + g\nw = w - lr*m"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"learning_rate": 0}, "learning_rate must be above 0; got 0"),
        ({"learning_rate": math.nan}, "learning_rate must be above 0; got nan"),
        ({"learning_rate": np.array([0.1, -1])}, "learning_rate must be above 0; got -1"),
        ({"noise": -0.5}, "noise must be at least 0; got -0.5"),
        ({"batch_size": 0}, r"batch_size must be a whole number, in \[1, 1000000000\]; got 0"),
        ({"batch_size": 1.5}, "batch_size must be a whole number, .*; got 1.5"),
        ({"sampling": "shufle"}, 'must be a sampling, one of shuffle, replacement; got "shufle"'),
        ({"schedule": "cosine"}, "schedule must be a Schedule, .*; got 'cosine'"),
        ({"schedule_values": {"steps": 3}}, 'must be a hyperparameter of schedule constant, one of none; got "steps"'),
        (
            {"schedule": SCHEDULES["linear"], "schedule_values": {"steps": 0}},
            "steps of schedule linear must be a whole number, .*; got 0",
        ),
    ],
)
def test_a_setup_of_ones_own_names_what_it_cannot_have(given, said):
    with pytest.raises(ValueError, match=said):
        Setup(**{"method": RuleMethod(parse_rule(RULE), {"beta": 0.9}), "learning_rate": 0.1, **given})


@pytest.mark.parametrize(
    ("values", "initial", "said"),
    [
        ({}, {}, 'values must have "beta", which the rule reads; got none'),
        ({"beta": 0.9, "gamma": 1}, {}, 'must be a hyperparameter of the rule, one of beta; got "gamma"'),
        ({"beta": "much"}, {}, "beta of the rule must be any finite number; got much"),
        ({"beta": np.array([0.1, np.inf])}, {}, "beta of the rule must be any finite number; got inf"),
        ({"beta": 0.9}, {"q": "1"}, 'must be a state of the rule, to be in initial, one of m; got "q"'),
        ({"beta": 0.9}, {"m": "2*b"}, "initial of the rule: .*b"),
    ],
)
def test_a_rule_names_the_value_or_the_state_that_is_missing_or_unknown(values, initial, said):
    with pytest.raises(ValueError, match=said):
        RuleMethod(parse_rule(RULE), values, initial)


def test_a_value_may_be_read_by_the_first_states_alone():
    method = RuleMethod(parse_rule(RULE), {"beta": 0.5, "first": 2.0}, {"m": "first*learning_rate"})
    assert method.init(np.array([1.0]), 0.1) == {"m": pytest.approx([0.2])}


def test_a_batch_has_no_more_points_than_the_data():
    with pytest.raises(ValueError, match="batch_size must be at most 3, the points of the data; got 4"):
        Run(dataset_problem("shoe_size", "ssr"), Setup.of("gd", batch_size=4))


def test_no_more_points_are_there_than_the_data_has():
    problem = dataset_problem("shoe_size", "ssr")
    with pytest.raises(ValueError, match="first_points must be at most 3, the points of the data; got 4"):
        Run(problem, Setup.of("gd", first_points=4))
    with pytest.raises(ValueError, match="batch_size must be at most 1, the points of the data; got 2"):
        Run(problem, Setup.of("gd", first_points=1, batch_size=2))


@pytest.mark.parametrize(
    ("name", "values", "said"),
    [
        ("bfgs", {"noise": 0.5}, "Bfgs takes no noise; got 0.5"),
        ("newton", {"batch_size": 2}, "Newton takes no batch_size; got 2"),
        ("nelder_mead", {"schedule": SCHEDULES["cosine"]}, "NelderMead takes no schedule"),
    ],
)
def test_what_a_method_cannot_take_into_account_is_refused(name, values, said):
    with pytest.raises(ValueError, match=said):
        Setup.of(name, **values)
