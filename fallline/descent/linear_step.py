"""The step of a rule as a linear map, for gradients that are a curvature times the distance to a minimum.

Where the loss is `curvature * w**2 / 2` the gradient is `curvature * w`. A rule that is a linear combination of `w`,
gradients and earlier states then maps them from one step to the next by a matrix. The eigenvalues of that matrix, its
roots, determine how a step changes the distance: for momentum with `w` and `m` the characteristic polynomial is r**2 -
(1 + beta - lr*curvature)*r + beta.

Terms that are not linear, such as an average of squared gradients or its root, are held at their current values: Adam's
step is then a multiple of `m` that differs between parameters. A factor of `t` alone in a line before `w` is moved,
such as 1/(1 - beta1**t), counts with its limit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from fallline.descent.rule_method import RuleMethod
from fallline.formulas.calculus import ONE, ZERO, minus, negative, over, plus, times
from fallline.formulas.functions import array_function
from fallline.formulas.language import Rule
from fallline.formulas.nodes import Node, ordered, substitute, variable, where
from fallline.types import Array

NamedArrays = Mapping[str, Array]
Multiples = dict[str, Node]
"""A linear combination: name -> its factor."""

AT_LAST = variable("t at last")
"""The number of a step long after the first."""


@dataclass(frozen=True)
class LinearRule:
    """The part of a rule that is linear: `w`, and the states that add up gradients.

    Args:
        states: these states; all others are held.
        held: the names of held values in the factors, of states, `w` and `g`.
        fixed: whether no factor changes from step to step while the rate stays the same.
        factors: a row for `w` and each of `states`, with the factors of `w`, of each of `states` and of `g`.
    """

    states: tuple[str, ...]
    held: frozenset[str]
    fixed: bool
    factors: tuple[tuple[Node, ...], ...]


@lru_cache(maxsize=128)
def linear_rule(rule: Rule) -> LinearRule | None:
    """Return a rule as a linear map; None if its step is not linear, such as a step by the sign of the gradient."""
    states = [*rule.states]
    while True:
        forms = _forms(rule, states)
        left = _left(forms, states)
        if left == states:
            break
        states = left
    rows = [forms[name] for name in ("w", *states)]
    if rows[0] is None or not any(row and "g" in row for row in rows):
        return None
    factors = tuple(tuple((row or {}).get(name, ZERO) for name in ("w", *states, "g")) for row in rows)
    names = frozenset[str]().union(*(factor.names for row in factors for factor in row))
    held = names & {"w", "g", *rule.states}
    return LinearRule(tuple(states), held, not held and names.isdisjoint({"t", *AT_LAST.names}), factors)


def step_matrices(
    linear: LinearRule, method: RuleMethod, t: Any, lr: Any, learning_rate: Any, w: Array, g: Array, states: NamedArrays
) -> Array:
    """The factors of a linear rule in numbers, as a matrix for each parameter.

    Args:
        method: the rule with its values.
        t: the number of the step among those of its optimizer; lr: the rate in force; learning_rate: the same before
            the schedule. Each is a number, or an array with one per row.
        w, g, states: before the step, each of shape (n,) or (n, rows).

    Returns: shape (n, k, k + 1) or (n, rows, k, k + 1), for `w` and k - 1 states. Factors may be infinite or nan.
    """
    names = ("w", "g", *method.rule.states, "t", str(AT_LAST.value), "lr", "learning_rate", *method.values)
    compute = array_function(names, tuple(factor for row in linear.factors for factor in row))
    state_values = (states[name] for name in method.rule.states)
    values = compute(w, g, *state_values, t, np.inf, lr, learning_rate, *map(float, method.values.values()))
    shape = (*np.shape(w), len(linear.factors), len(linear.factors) + 1)
    return np.stack([np.broadcast_to(value, np.shape(w)) for value in values], axis=-1).reshape(shape)


def _forms(rule: Rule, states: Sequence[str]) -> dict[str, Multiples | None]:
    """Return each name after the last line as a linear combination, assuming that `states` are; None if it is none."""
    known = {name: variable(name) for name in ("w", "g", "t", "lr", *rule.states)}
    forms: dict[str, Multiples | None] = {name: {name: ONE} for name in ("w", "g", *states)}
    names = {"w", "g", *rule.states}
    for target, formula in rule.lines:
        of_line = _Line(forms, dict(known), names, at_last=target != "w")
        forms[target], known[target] = of_line.form(formula), substitute(formula, known)
    return forms


def _left(forms: Mapping[str, Multiples | None], states: Sequence[str]) -> list[str]:
    """Return the states that may be linear combinations.

    States without gradients are removed first, as they are plain numbers. If there are none of these, the states that
    are no combination are removed.
    """
    fed = {"w", "g", *(state for state in states if forms[state] is None)}
    for _ in states:
        fed |= {state for state in states if not fed.isdisjoint(forms[state] or {})}
    if not fed.issuperset(states):
        return [state for state in states if state in fed]
    return [state for state in states if forms[state] is not None]


@dataclass(frozen=True)
class _Line:
    """One line, expressed in the names before the first line.

    Args:
        forms: name -> its linear combination.
        known: name -> its expression.
        own: the names that differ between parameters.
        at_last: whether a factor of `t` alone is replaced by its limit.
    """

    forms: Mapping[str, Multiples | None]
    known: Mapping[str, Node]
    own: set[str]
    at_last: bool

    def form(self, formula: Node) -> Multiples | None:
        """Return a formula as a linear combination; None if it is none."""
        forms: dict[Node, Multiples | None] = {}
        for item in ordered((formula,)):
            forms[item] = self._form(item, [forms[arg] for arg in item.args])
        return forms[formula]

    def _form(self, item: Node, parts: list[Multiples | None]) -> Multiples | None:
        match item.op, parts:
            case "name", _:
                return self.forms.get(str(item.value))
            case "neg", [dict() as only]:
                return {name: negative(factor) for name, factor in only.items()}
            case "add" | "sub", [left, right] if left is not None or right is not None:
                return self._sum(item, left, right)
            case "mul", [dict() as left, None]:
                return self._scaled(left, item.args[1])
            case "mul", [None, dict() as right]:
                return self._scaled(right, item.args[0])
            case "div", [dict() as left, None]:
                return {name: over(factor, self._held(item.args[1])) for name, factor in left.items()}
            case "where", [_, _, yes, no] if yes is not None or no is not None:
                return self._either(item, yes, no)
        return None

    def _sum(self, item: Node, left: Multiples | None, right: Multiples | None) -> Multiples | None:
        sides = self._both((left, right), item.args)
        join = plus if item.op == "add" else minus
        return None if sides is None else {name: join(*factors) for name, factors in sides.items()}

    def _either(self, item: Node, yes: Multiples | None, no: Multiples | None) -> Multiples | None:
        sides = self._both((yes, no), item.args[2:])
        left, right = (self._held(arg) for arg in item.args[:2])
        if sides is None:
            return None
        return {name: where(str(item.value), left, right, *factors) for name, factors in sides.items()}

    def _both(
        self, forms: tuple[Multiples | None, Multiples | None], args: tuple[Node, ...]
    ) -> dict[str, tuple[Node, Node]] | None:
        """Return the factors of each name in two operands.

        An operand that is the same for every parameter counts as an empty combination: it only moves the minimum.

        Returns: None if an operand is neither a combination nor the same for all parameters.
        """
        sums: list[Multiples] = []
        for form, arg in zip(forms, args, strict=True):
            if form is None and not substitute(arg, self.known).names.isdisjoint(self.own):
                return None
            sums.append(form or {})
        first, second = sums
        return {name: (first.get(name, ZERO), second.get(name, ZERO)) for name in {**first, **second}}

    def _scaled(self, form: Multiples, factor: Node) -> Multiples:
        held = self._held(factor)
        return {name: times(held, formula) for name, formula in form.items()}

    def _held(self, factor: Node) -> Node:
        """Return the expression of a factor, which is held at its current value."""
        known = substitute(factor, self.known)
        if self.at_last and known.names.isdisjoint(self.own):
            return substitute(known, {"t": AT_LAST})
        return known
