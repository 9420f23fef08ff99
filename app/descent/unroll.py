"""A rule written out for every parameter, as one graph of expressions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from app.formulas.calculus import times
from app.formulas.language import Rule, parse, parse_rule
from app.formulas.nodes import Node, name, number, ordered, substitute

Lines = tuple[tuple[str, Node], ...]
LEARNING_RATE = name("learning_rate")
DONE = "t.done"
"""The name of the number of steps done before this one, which a schedule calls `k`; no rule can have this name."""
_SCHEDULE_GIVEN = ("t", "k")
_OWN = "schedule."


@dataclass(frozen=True)
class Unrolled:
    """One step of a rule for n parameters.

    Args:
        lr: the rate in force, in `learning_rate`, `t`, DONE and the schedule's own parameters.
        after: each parameter after the step.
        states: for each state, its value after the step for each parameter; of the names `STATE.i`.
        names: the states, in the rule's order.
    """

    lr: Node
    after: tuple[Node, ...]
    states: tuple[tuple[Node, ...], ...]
    names: tuple[str, ...]

    @property
    def roots(self) -> tuple[Node, ...]:
        """Everything that a step computes: lr, the parameters, the states."""
        return (self.lr, *self.after, *(value for state in self.states for value in state))

    @cached_property
    def cost(self) -> int:
        """Operations of one step, a shared part counted once."""
        return sum(1 for _ in ordered(self.roots))


def indexed(text: str, index: int) -> str:
    """The name of a rule's quantity for one parameter: `m.0`. The dot keeps it apart from every name in a text."""
    return f"{text}.{index}"


@lru_cache(maxsize=512)
def unrolled(rule: Rule, count: int, schedule: str) -> Unrolled:
    """`rule` for `count` parameters under the schedule with this text.

    Names in the result: `w.i`, `g.i`, `STATE.i`, `t`, DONE, `learning_rate`, the hyperparameters, and
    `schedule.NAME` for the parameters of the schedule.
    """
    lr = rate_in_force(schedule)
    steps = [_one_parameter(rule, index, lr) for index in range(count)]
    after = tuple(step["w"] for step in steps)
    states = tuple(tuple(step[state] for step in steps) for state in rule.states)
    return Unrolled(lr, after, states, rule.states)


def _one_parameter(rule: Rule, index: int, lr: Node) -> dict[str, Node]:
    known = {text: name(indexed(text, index)) for text in ("w", "g", *rule.states)}
    return carried_out(rule.lines, {**known, "lr": lr})


def carried_out(lines: Lines, known: Mapping[str, Node]) -> dict[str, Node]:
    """What each name stands for after the last of some lines, in terms of what stood for it before the first."""
    found = dict(known)
    for target, formula in lines:
        found[target] = substitute(formula, found)
    return found


def rate_in_force(schedule: str) -> Node:
    """The learning rate times its schedule's factor, in `learning_rate`, `t`, DONE and `schedule.NAME`."""
    return times(LEARNING_RATE, factor(schedule))


@lru_cache(maxsize=128)
def factor(schedule: str) -> Node:
    """The factor on the learning rate at step t, k = t - 1, in the names `t`, DONE and `schedule.NAME`."""
    rule = parse_rule(schedule, _SCHEDULE_GIVEN, "factor")
    known: dict[str, Node] = {}
    for target, formula in rule.lines:
        known[target] = substitute(formula, _own_names(formula, known))
    return known["factor"]


def _own_names(formula: Node, known: Mapping[str, Node]) -> dict[str, Node]:
    """A name assigned above stands for its formula, `t` for itself, `k` for DONE, any other is the schedule's own."""
    free = (text for text in formula.names if text not in _SCHEDULE_GIVEN and text not in known)
    return {**known, "k": name(DONE), **{text: name(_OWN + text) for text in free}}


def schedule_values(values: Mapping[str, float]) -> dict[str, float]:
    """The parameters of a schedule under the names that `unrolled` gives them."""
    return {_OWN + text: float(value) for text, value in values.items()}


def initial_nodes(rule: Rule, initial: Mapping[str, str], allowed: Sequence[str]) -> tuple[Node, ...]:
    """The value of each state before step 1, in the hyperparameters: 0 where `initial` says nothing."""
    return tuple(parse(initial[s], tuple(allowed)) if s in initial else number(0) for s in rule.states)
