"""The fast loop of a run: generated for one objective in formulas and one rule, compiled once and kept.

It contains the arithmetic of a step unrolled, on floats, as in a loop written by hand. A test holds that its rows equal
those of the driver on arrays.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from struct import Struct
from typing import Any

import numpy as np

from fallline.descent.driver import Driver, Steps
from fallline.descent.evaluations import once_each
from fallline.descent.rate import rate_in_force
from fallline.descent.rule_method import RuleMethod, carried_out
from fallline.descent.setup import Setup
from fallline.formulas.functions import FLOAT_NAMES, CodeGenerator, compiled, filled, float_function
from fallline.formulas.language import Rule
from fallline.formulas.nodes import Node, substitute, variable
from fallline.problems.objective import Closed, InFormulas, Objective

MOST_PARAMETERS = 10
"""The most parameters of the fast loop; with more, the unrolled lines are slower than arrays."""


class LoopDriver(Driver):
    """The driver of a rule on an objective in formulas, at one point."""

    together = 1024
    objective: InFormulas

    @staticmethod
    def cost(objective: Any, setup: Setup, lanes: int = 1) -> float:  # noqa: ARG004
        cost: float = objective.cost_on_floats + len(objective.parameters) * setup.rule_method.size
        return cost

    def _take(self, count: int) -> Steps:
        batches: list[list[int] | None] = []

        def drawn_gradient(*w: float) -> Sequence[float]:
            batch, noise = self.row.draws.next(self.setup, self.objective)
            if batch is None:
                gradient = self.objective.value_and_gradient_at(w)[1]
            else:
                batches.append(batch)
                gradient = self.objective.batch_gradient_at(w, batch)
            return gradient if noise is None else [g + more for g, more in zip(gradient, noise, strict=True)]

        row, constants, rule = self.row, self.setup.constants, self.setup.rule_method.rule
        loop = _loop(self.objective, rule, self.setup.schedule.rule, tuple(constants), self.drawn)
        table, now = np.empty((count, self.width)), [row.parameters, *row.states.values()]
        now += [] if self.drawn else [row.gradient]
        loop(table, drawn_gradient, float(row.t - self.phase.began), *constants.values(), *np.ravel(now).tolist())
        steps = Steps(table, self.columns, batches)
        w, states = steps.w[:, -1], {name: column[:, -1] for name, column in steps.states.items()}
        gradient = None if self.drawn else np.array(self.objective.value_and_gradient_at(w.tolist())[1])
        self.row = replace(
            row, t=row.t + count, parameters=w, loss=steps.loss[-1], gradient=gradient, states=states,
            evaluations=row.evaluations + count * once_each(self.setup.method.uses), counted=frozenset(),
        )  # fmt: skip
        return steps


def driver_of(objective: Objective, setup: Setup) -> type[Driver]:
    """The driver class for an optimizer at one point."""
    by_rule = isinstance(setup.method, RuleMethod) and len(objective.parameters) <= MOST_PARAMETERS
    return LoopDriver if by_rule and isinstance(objective, InFormulas) else Driver


@lru_cache(maxsize=512)
def _step(rule: Rule, count: int, schedule: str) -> dict[str, Node]:
    """Return the expressions for the values after a step: of `lr`, each parameter `w.0`, ..., each state `m.0`, ...

    They contain `w.0`, the gradient `g.0`, `m.0`, ..., `t`, `learning_rate`, the hyperparameters, and `schedule.NAME`
    for the values of the schedule. No name that a user writes contains a dot, so no names collide.

    Args: count: the number of parameters.
    """
    lr = rate_in_force(schedule)
    steps = [
        carried_out(rule.lines, {"lr": lr, **{name: variable(f"{name}.{i}") for name in ("w", "g", *rule.states)}})
        for i in range(count)
    ]
    moved = {f"{name}.{i}": step[name] for name in ("w", *rule.states) for i, step in enumerate(steps)}
    return {"lr": lr, **moved}


LOOP = """\
def loop(table, drawn_gradient, {given}):
    for offset in range(0, len(table)*{size}, {size}):
        {t} += 1.0
        {draw}
        try:
            {compute}
        except f_raises:
            {made} = without_raising({known})
        {evaluate}
        pack_into(table, offset, {row})
        {move}
"""
"""The loop in Python; a part in braces on a line by itself is replaced by several lines, or none."""


@lru_cache(maxsize=256)
def _loop(
    objective: InFormulas, rule: Rule, schedule: str, constants: tuple[str, ...], drawn: bool
) -> Callable[..., None]:
    """Generate the function that fills a table with the numbers of each step, in the layout of `Steps`.

    Its arguments are the table, the function that draws the gradient at a point, the number of steps taken before, the
    constants, and the current row: parameters, states and, unless it is drawn, the gradient. For `w = w - lr*g` on
    `x**2`, where `f_raises` are the errors of floats where arrays give inf or nan, and x2 is the parameter:

        def loop(table, drawn_gradient, x0, x1, x2, x3):
            for offset in range(0, len(table)*32, 32):
                x0 += 1.0
                try:
                    t5 = (x2 - (x1 * x3))
                    y0 = x1
                    y2 = (t5 * t5)
                    y3 = (2.0 * t5)
                except f_raises:
                    y0, t5, y2, y3 = without_raising(x0, x1, x2, x3)
                pack_into(table, offset, t5, y2, x3, y0)
                x2 = t5
                x3 = y3
    """
    n, step = len(objective.parameters), _step(rule, len(objective.parameters), schedule)
    w, g = [f"w.{i}" for i in range(n)], [f"g.{i}" for i in range(n)]
    states = [name for name in step if name not in ("lr", *w)]
    next_g = [] if drawn else g
    of_next_w = dict(zip(("loss", *next_g), (objective.term, *objective.gradient), strict=False))
    in_place = isinstance(objective, Closed)  # a call would take a tenth of the time
    next_w = {parameter: step[name] for parameter, name in zip(objective.parameters, w, strict=True)}
    computed = step | {name: substitute(formula, next_w) for name, formula in of_next_w.items() if in_place}

    known = {name: f"x{i}" for i, name in enumerate(("t", *constants, *w, *states, *g))}
    made = {name: f"y{i}" for i, name in enumerate((*step, *of_next_w))}
    code = CodeGenerator(known, whole=frozenset("t")).generate(tuple(computed.values()))
    results = dict(zip(computed, code.results, strict=True))
    made |= {name: text for name, text in results.items() if text in code.names}  # it has a name of its own already

    def listed(names: Iterable[str], of: Mapping[str, str]) -> str:
        return ", ".join(of[name] for name in names)

    numbers = Struct(f"{2 + n * (2 + len(rule.states))}d")  # to append each number to a list would take twice the time
    going_on = (*w, *states, *next_g)
    source = filled(
        LOOP,
        given=listed(("t", *constants, *going_on), known),
        size=str(numbers.size),
        t=known["t"],
        draw=f"{listed(g, known)}, = drawn_gradient({listed(w, known)})" if drawn else "",
        compute="\n".join([*code.lines, *(f"{made[each]} = {of}" for each, of in results.items() if made[each] != of)]),
        made=listed(computed, made),
        known=listed(known, known),
        evaluate="" if in_place else f"{listed(of_next_w, made)}, = evaluate({listed(w, made)})",
        row=", ".join((listed((*w, "loss"), made), listed(g, known), listed(("lr", *states), made))),
        move="\n".join(f"{known[name]} = {made[name]}" for name in going_on),
    )
    names = {
        **FLOAT_NAMES, "range": range, "len": len, "pack_into": numbers.pack_into,
        "evaluate": objective.on_floats(tuple(of_next_w.values())),
        "without_raising": lambda *values: float_function(tuple(known), tuple(computed.values()))(*values),
    }  # fmt: skip
    return compiled(source, names, "loop")
