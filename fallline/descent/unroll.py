"""The lines of a rule carried out on expressions, and the rate of a schedule in its terms."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from fallline.formulas.calculus import times
from fallline.formulas.language import parse, parse_rule
from fallline.formulas.nodes import Node, substitute, variable

Lines = tuple[tuple[str, Node], ...]
STEPS_BEFORE = parse("t - 1", ("t",))
"""What a schedule calls `k`."""
_OWN = "schedule."


def carried_out(lines: Lines, known: Mapping[str, Node]) -> dict[str, Node]:
    """What each name stands for after the last of some lines, in terms of what stood for it before the first."""
    formulas = dict(known)
    for target, formula in lines:
        formulas[target] = substitute(formula, formulas)
    return formulas


def rate_in_force(schedule: str) -> Node:
    """The learning rate times its schedule's factor, in `learning_rate`, `t` and `schedule.NAME`."""
    return times(variable("learning_rate"), factor(schedule))


@lru_cache(maxsize=128)
def factor(schedule: str) -> Node:
    """The factor on the learning rate at step t, in the names `t` and `schedule.NAME`."""
    rule = parse_rule(schedule, ("t", "k"), "factor")
    hyperparameters = {text: variable(_OWN + text) for text in (*rule.hyperparameters, *rule.states)}
    return carried_out(rule.lines, {"k": STEPS_BEFORE, **hyperparameters})["factor"]


def schedule_values(values: Mapping[str, float]) -> dict[str, float]:
    """The hyperparameters of a schedule under the names that `factor` has for them."""
    return {_OWN + text: float(value) for text, value in values.items()}
