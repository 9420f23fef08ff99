"""An optimizer of the catalog as a setup."""

import pytest

from app.descent import RuleMethod, Run, Setup, Stop
from app.formulas import parse_rule
from app.problems import surface_problem
from app.schedules import SCHEDULES


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
