"""The effective rate: the factor of a constant gradient in a step, with the squares held at their current values.

It is derived from the last line that moves `w`. AdaGrad's `w = w - lr*g / sqrt(eps + v)` moves along `g`, so that the
effective rate of each parameter is `lr / sqrt(eps + v)`; Adam's moves along `m_hat`, an average, in which a constant
gradient counts once. In the heavy ball's sum it counts 1/(1 - beta) times, so that the rate is `lr / (1 - beta)`. A
step that is no such product has no effective rate.
"""

import math
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from fallline.descent.rule_method import Lines, carried_out
from fallline.formulas.calculus import ONE, ZERO, derivative, minus, negative, over, plus, times
from fallline.formulas.functions import values_of
from fallline.formulas.language import Rule
from fallline.formulas.nodes import Node, ordered, substitute, variable, where


@dataclass(frozen=True)
class RateFormulas:
    """The effective rate as formulas.

    Args:
        of: the direction of the step, as an expression in the names of the rule.
        gain: the factor of a constant gradient in the direction in the long run, as an expression in the
            hyperparameters. The step is the effective rate times the direction, divided by the gain.
        formula: the rate as shown, as an expression in the names of the rule.
        expanded: the rate as computed: the earlier lines are substituted, so that only names known before the first
            line are left.
    """

    of: Node
    gain: Node
    formula: Node
    expanded: Node


def effective_rate(rule: Rule, known: Mapping[str, Node]) -> RateFormulas | None:
    """Return the effective rate of a rule for each parameter; None if its step is not a rate times a direction.

    Args:
        known: name -> the expression for it before the first line.
    """
    last = max(index for index, (target, _) in enumerate(rule.lines) if target == "w")
    formula, earlier = rule.lines[last][1], rule.lines[:last]
    if formula.op != "sub" or formula.args[0] is not variable("w"):
        return None
    step, there = formula.args[1], carried_out(earlier, known)
    for direction in ("g", *sorted(step.names - {"g", "lr", "t", *rule.hyperparameters})):
        rate = _without(substitute(step, there), there[direction])
        if rate is not None and known["lr"].names <= rate.names:
            gain = _gain(variable(direction), rule) or ONE
            shown = _shown(step, earlier, direction) or rate
            return RateFormulas(variable(direction), gain, times(shown, gain), times(rate, gain))
    whole = _without(step, variable("lr"))
    gain_of_whole = None if whole is None else _gain(whole, rule)
    if whole is None or gain_of_whole is None:
        return None
    return RateFormulas(whole, gain_of_whole, times(variable("lr"), gain_of_whole), times(known["lr"], gain_of_whole))


def _gain(direction: Node, rule: Rule) -> Node | None:
    """How many times a constant gradient counts in the long run in a direction that is linear in gradients.

    Returns: None if the direction is not linear, or if the factor depends on more than hyperparameters.
    """
    gains = {"g": ONE}
    between: dict[str, Node] = {}
    for target, formula in rule.lines:
        if target in rule.states:
            shares = _shares(formula, {target, "g"})
            if shares is not None and (left := minus(ONE, shares.get(target, ZERO))) is not ZERO:
                gained = shares.get("g", ZERO)
                gains[target] = ONE if gained is left else over(gained, left)
        elif target != "w":
            between[target] = substitute(formula, between)
    shares = _shares(substitute(direction, between), set(gains))
    if shares is None:
        return None
    total = ZERO
    for counted, share in shares.items():
        total = plus(total, times(share, gains[counted]))
    return total if total.names <= {*rule.hyperparameters} else None


def _shares(root: Node, of: Set[str]) -> dict[str, Node] | None:
    """Return the factor of each name of `of` in the linear combination `root`; None if `root` is not linear in them.

    It is linear if its derivatives contain none of the names, and if it equals the combination at one point.
    """
    names = [str(item.value) for item in ordered((root,)) if item.op == "name"]
    at = {name: math.sqrt(2 + place) for place, name in enumerate(names)}
    shares = {name: derivative(root, name) for name in names if name in of}
    value, *factors = values_of((root, *shares.values()), at)
    added = sum(factor * at[name] for name, factor in zip(shares, factors, strict=True))
    are_constant = all(share.names.isdisjoint(of) for share in shares.values())
    return shares if are_constant and math.isclose(value, added) else None


def _shown(step: Node, earlier: Lines, direction: str) -> Node | None:
    """Return the rate in the names of the line or, if that fails, with the earlier lines substituted."""
    plain = _without(step, variable(direction))
    return plain if plain is not None else _without(substitute(step, dict(earlier)), variable(direction))


def _without(root: Node, direction: Node) -> Node | None:
    """Return `root` without the factor `direction`; None if `direction` is not a factor of `root`."""
    known: dict[Node, Node | None] = {}
    for item in ordered((root,)):
        known[item] = ONE if item is direction else _without_from(item, [known[arg] for arg in item.args])
    return known[root]


def _without_from(item: Node, rests: Sequence[Node | None]) -> Node | None:
    """The result of `_without` for one node, from those of its operands."""
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
