"""The rate in force: the learning rate times the factor of its schedule, as a formula and as a function of the step."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from fallline.descent.rule_method import carried_out
from fallline.formulas.calculus import times
from fallline.formulas.functions import float_function
from fallline.formulas.language import parse, parse_rule
from fallline.formulas.nodes import Node, variable

STEPS_BEFORE = parse("t - 1", ("t",))
"""The value of `k` in a schedule."""
_OWN = "schedule."


def rate_in_force(text: str) -> Node:
    """The learning rate times the factor of a schedule's lines, in `learning_rate`, `t` and `schedule.NAME`."""
    return times(variable("learning_rate"), factor(text))


@lru_cache(maxsize=128)
def factor(text: str) -> Node:
    """The factor of a schedule's lines at step t, in the names `t` and `schedule.NAME`."""
    rule = parse_rule(text, ("t", "k"), "factor")
    # `factor = factor**k` reads a hyperparameter under the name that it then assigns, which in a rule would be a state
    variables = {name: variable(_OWN + name) for name in (*rule.hyperparameters, *rule.states)}
    return carried_out(rule.lines, {"k": STEPS_BEFORE, **variables})["factor"]


def schedule_values(values: Mapping[str, float]) -> dict[str, float]:
    """The hyperparameters of a schedule by the names that `factor` uses for them."""
    return {_OWN + name: float(value) for name, value in values.items()}


def rate_function(text: str, values: Mapping[str, float], learning_rate: Any) -> Callable[[int], Any]:
    """The rate in force as a function of the step of an optimizer, counted from 1."""
    share, constants = factor(text), schedule_values(values)
    if not share.names:
        return lambda _: learning_rate
    compute = float_function((*constants, "t"), (share,))
    return lambda t: learning_rate * compute(*constants.values(), float(t))[0]
