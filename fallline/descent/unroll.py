"""A rule written out for every parameter, as one graph of expressions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from fallline.formulas.calculus import times
from fallline.formulas.language import Rule, parse, parse_rule
from fallline.formulas.nodes import Node, ordered, substitute, variable

Lines = tuple[tuple[str, Node], ...]
STEPS_BEFORE = parse("t - 1", ("t",))
"""What a schedule calls `k`."""
_OWN = "schedule."


@dataclass(frozen=True)
class Unrolled:
    """One step of a rule for n parameters.

    Args:
        roots: everything it computes: the rate in force, each parameter after it, each state for each parameter.
        names: the states, in the rule's order.
    """

    roots: tuple[Node, ...]
    names: tuple[str, ...]

    @property
    def lr(self) -> Node:
        """The rate in force, in `learning_rate`, `t` and the schedule's own parameters."""
        return self.roots[0]

    @cached_property
    def cost(self) -> int:
        """Operations of one step, a shared part counted once."""
        return sum(1 for _ in ordered(self.roots))


@lru_cache(maxsize=512)
def unrolled(rule: Rule, count: int, schedule: str) -> Unrolled:
    """`rule` for `count` parameters under the schedule with this text.

    Names in the result: `w.i`, `g.i`, `STATE.i`, `t`, `learning_rate`, the hyperparameters, and
    `schedule.NAME` for the hyperparameters of the schedule. The dot keeps them apart from every name in a text.
    """
    lr = rate_in_force(schedule)
    known = [{text: variable(f"{text}.{i}") for text in ("w", "g", *rule.states)} for i in range(count)]
    steps = [carried_out(rule.lines, {**each, "lr": lr}) for each in known]
    return Unrolled((lr, *(step[text] for text in ("w", *rule.states) for step in steps)), rule.states)


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
    """The hyperparameters of a schedule under the names that `unrolled` gives them."""
    return {_OWN + text: float(value) for text, value in values.items()}
