"""The effective rate: what a rule multiplies its direction by, read off the last line that moves `w`.

AdaGrad's `w = w - lr*g / sqrt(eps + v)` goes along `g`, so `lr / sqrt(eps + v)` is the rate that each parameter has
come to; Adam's goes along `m_hat`. Where a step is no such product there is none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.descent.unroll import Lines, carried_out
from app.formulas.calculus import ONE, negative, over, times
from app.formulas.language import Rule
from app.formulas.nodes import Node, name, substitute, where


@dataclass(frozen=True)
class EffectiveRate:
    """A factor of the step.

    Args:
        of: the name of the direction that it multiplies.
        formula: as it is shown, in names of the rule.
        expanded: the same with the earlier lines written out, in what is known before the first; this is computed.
    """

    of: str
    formula: Node
    expanded: Node


def effective_rate(rule: Rule, known: Mapping[str, Node]) -> EffectiveRate | None:
    """The rate that a rule comes to for each parameter, None where its step is not a rate times a direction.

    Args:
        known: what stands for each name before the first line.
    """
    last = max(index for index, (target, _) in enumerate(rule.lines) if target == "w")
    formula, earlier = rule.lines[last][1], rule.lines[:last]
    if formula.op != "sub" or formula.args[0] is not name("w"):
        return None
    step, there = formula.args[1], carried_out(earlier, known)
    for direction in ("g", *sorted(step.names - {"g", "lr", "t", *rule.hyperparameters})):
        rate = _without(substitute(step, there), there[direction])
        if rate is not None and known["lr"].names <= rate.names:
            return EffectiveRate(direction, _shown(step, earlier, direction) or rate, rate)
    return None


def _shown(step: Node, earlier: Lines, direction: str) -> Node | None:
    """The rate in the names of the line, or else in those that its names are made of."""
    plain = _without(step, name(direction))
    return plain if plain is not None else _without(substitute(step, dict(earlier)), name(direction))


def _without(item: Node, direction: Node) -> Node | None:
    """`item` with the factor `direction` taken out, None where it is no factor of it."""
    if item is direction:
        return ONE
    rests = [_without(arg, direction) for arg in item.args]
    match item.op, rests:
        case "mul", [Node() as left, _]:
            return times(left, item.args[1])
        case "mul", [_, Node() as right]:
            return times(item.args[0], right)
        case "div", [Node() as above, _]:
            return over(above, item.args[1])
        case "neg", [Node() as inner]:
            return negative(inner)
        case "where", [_, _, Node() as yes, Node() as no]:
            return where(str(item.value), item.args[0], item.args[1], yes, no)
    return None
