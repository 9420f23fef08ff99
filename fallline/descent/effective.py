"""The effective rate: what a gradient that stays the same comes to be multiplied by, with the squares as they stand.

It is read off the last line that moves `w`. AdaGrad's `w = w - lr*g / sqrt(eps + v)` goes along `g`, so that
`lr / sqrt(eps + v)` is the rate that each parameter has come to; Adam's goes along `m_hat`, an average, in which such a
gradient counts once. In the heavy ball's sum it counts 1/(1 - beta) times, so that the rate is `lr / (1 - beta)`.
Where a step is no such product there is none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from fallline.descent.unroll import Lines, carried_out
from fallline.formulas.calculus import ONE, ZERO, minus, negative, over, plus, times
from fallline.formulas.language import Rule
from fallline.formulas.nodes import Node, ordered, substitute, variable, where


@dataclass(frozen=True)
class RateFormulas:
    """The effective rate as formulas.

    Args:
        of: the direction of the step, in names of the rule.
        gain: how many times a gradient that stays the same comes to count in it, in the hyperparameters; the step is
            the effective rate times the direction, divided by this.
        formula: the rate as it is shown, in names of the rule.
        expanded: the same with the earlier lines written out, in what is known before the first; this is computed.
    """

    of: Node
    gain: Node
    formula: Node
    expanded: Node


def effective_rate(rule: Rule, known: Mapping[str, Node]) -> RateFormulas | None:
    """The rate that a rule comes to for each parameter, None where its step is not a rate times a direction.

    Args:
        known: what stands for each name before the first line.
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
    """How many times a gradient that stays the same comes to count in a direction that is linear in gradients.

    None where it is not, or where that depends on more than hyperparameters.
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
    """What each of these names is multiplied by in a sum of their multiples, None where `root` is no such sum."""
    known: dict[Node, dict[str, Node] | None] = {}
    for item in ordered((root,)):
        known[item] = _shares_from(item, of, [known[arg] for arg in item.args])
    return known[root]


def _shares_from(item: Node, of: Set[str], parts: Sequence[dict[str, Node] | None]) -> dict[str, Node] | None:
    """What `_shares` says of one node, where that of its operands is known."""
    free = [not arg.names & of for arg in item.args]
    match item.op, parts, free:
        case "name", _, _ if item.value in of:
            return {str(item.value): ONE}
        case "neg", [dict() as inner], _:
            return {each: negative(share) for each, share in inner.items()}
        case "add" | "sub", [dict() as left, dict() as right], _:
            join = plus if item.op == "add" else minus
            return {each: join(left.get(each, ZERO), right.get(each, ZERO)) for each in {**left, **right}}
        case "mul", [_, dict() as right], [True, _]:
            return {each: times(item.args[0], share) for each, share in right.items()}
        case "mul", [dict() as left, _], [_, True]:
            return {each: times(share, item.args[1]) for each, share in left.items()}
        case "div", [dict() as above, _], [_, True]:
            return {each: over(share, item.args[1]) for each, share in above.items()}
    return None


def _shown(step: Node, earlier: Lines, direction: str) -> Node | None:
    """The rate in the names of the line, or else in those that its names are made of."""
    plain = _without(step, variable(direction))
    return plain if plain is not None else _without(substitute(step, dict(earlier)), variable(direction))


def _without(root: Node, direction: Node) -> Node | None:
    """`root` with the factor `direction` taken out, None where it is no factor of it."""
    known: dict[Node, Node | None] = {}
    for item in ordered((root,)):
        known[item] = ONE if item is direction else _without_from(item, [known[arg] for arg in item.args])
    return known[root]


def _without_from(item: Node, rests: Sequence[Node | None]) -> Node | None:
    """What `_without` says of one node, where the factor has been taken out of its operands."""
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
