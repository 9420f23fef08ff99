"""The quick way through a run: a loop written for one objective in formulas and one rule, compiled once and kept.

The arithmetic of the rule stands unrolled in its body, on floats, with constant parts before it and only what the run
asks for (schedule, batches, noise): what a loop written by hand would do. Its rows are those of the driver on arrays,
which a test holds.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from functools import lru_cache
from struct import Struct
from typing import Any

import numpy as np
from jinja2 import Environment, StrictUndefined

from app.descent.driver import Driver, Steps, cost_on_arrays
from app.descent.method import RuleMethod
from app.descent.phase import Phase
from app.descent.rows import Row, RowLayout
from app.descent.stops import Stop
from app.descent.unroll import Unrolled, unrolled
from app.formulas.functions import FLOAT_NAMES, CodeGenerator, compiled, float_function
from app.problems.objective import Closed, InFormulas, Objective, OverData
from app.types import Array

MOST_PARAMETERS = 10
"""With more than this the unrolled lines are slower than arrays."""

_PYTHON = Environment(line_statement_prefix="%", undefined=StrictUndefined, autoescape=False)  # noqa: S701 (no HTML)
LOOP = _PYTHON.from_string("""
def steps(driver, count, table, batches):
    t = float(driver.t - driver.began)
    draws, setup, n_points = driver.draws, driver.setup, driver.objective.n_points
    {{ w }}, = driver.w.tolist()
    {{ states_before | indent }}
    {{ constants | indent }}
% if constant_parts
    try:
        {{ constant_parts | indent(8) }}
    except f_raises:
        {{ constant_names }}, = careful_constants({{ given_constants }})
% endif
% if steady
    lr = {{ lr }}
% endif
% if not sampled
    {{ full }}, = driver.gradient.tolist()
% endif
% if noisy
    gauss, noise = draws.random.gauss, setup.noise
% endif
    for place in range(0, count*{{ row_size }}, {{ row_size }}):
% if counted
        t += 1.0
% endif
% if sampled
        batch = draws.batch(setup.sampling, n_points, setup.batch_size)
        batches.append(batch)
        {{ g }}, = batch_gradient({{ w }}, batch)
% elif noisy
        {{ g }}, = {{ full }},
% endif
        {{ add_noise | indent(8) }}
        try:
            {{ rule | indent(12) }}
        except f_raises:
            {{ rule_targets }}, = careful_rule({{ given_rule }})
            if not all_finite({{ rule_targets }}):
                next_loss = f_nan
                pack_into(table, place, {{ kept }})
                break
% if closed
        try:
            {{ evaluation | indent(12) }}
        except f_raises:
            next_loss, {{ next_full }}, = value_and_gradient({{ next_w }})
            if not all_finite(next_loss):
                pack_into(table, place, {{ kept }})
                break
% elif sampled
        next_loss, = value({{ next_w }})
% else
        next_loss, {{ next_full }}, = value_and_gradient({{ next_w }})
% endif
        pack_into(table, place, {{ kept }})
        {{ take_over | indent(8) }}
% if not sampled
        {{ full }}, = {{ next_full }},
% endif
    return place//{{ row_size }} + 1, {{ "None" if sampled else "(" ~ full ~ ",)" }}
""")
"""The loop, with the parts of a run in braces.

w is the parameters, full the gradient there over all the points, g the gradient used; f_ are functions and numbers of
`app.formulas.functions`, of which f_raises is what floats raise where arrays give inf or nan. What is infinite goes on
until it makes them raise: the driver looks for the end in the rows.
"""


class LoopDriver(Driver):
    """The driver of a rule on an objective in formulas, at one point."""

    together = 1024

    def __init__(self, objective: InFormulas, phase: Phase, began: int, stop: Stop, before: Row) -> None:
        super().__init__(objective, phase, began, stop, before)
        self._loop = _loop(objective, _unrolled(objective, phase), self.sampled, self.setup.noise > 0)
        self.constants = self.setup.constants

    def _take(self, count: int, table: Array) -> Steps:
        batches: list[list[int] | None] = []
        taken, gradient = self._loop(self, count, table, batches)
        steps = Steps(table[:taken], self.layout, batches)
        self.t, self.w, self.loss = self.t + taken, steps.w[:, -1], steps.loss[-1]
        self.gradient = None if gradient is None else np.array(gradient)
        return steps


def driver_and_cost(objective: Objective, phase: Phase, on_floats: bool = True) -> tuple[type[Driver], float]:
    """What takes the steps of a phase at one point, and what a step costs in operations.

    Args:
        on_floats: False to go over arrays where the loop could.
    """
    by_rule = isinstance(phase.setup.method, RuleMethod) and len(objective.parameters) <= MOST_PARAMETERS
    if on_floats and by_rule and isinstance(objective, InFormulas):
        return LoopDriver, objective.cost_on_floats + _unrolled(objective, phase).cost
    return Driver, cost_on_arrays(objective, phase)


def _unrolled(objective: InFormulas, phase: Phase) -> Unrolled:
    return unrolled(phase.setup.rule_method.rule, len(objective.parameters), phase.setup.schedule.rule)


Loop = Callable[[LoopDriver, int, Array, list[list[int] | None]], tuple[int, Any]]
"""From a driver, so many steps, the table for their rows and the list for their batches: it fills these, and returns
how many rows there are, and the gradient after the last, None where it goes by batches."""


@lru_cache(maxsize=256)
def _loop(objective: InFormulas, step: Unrolled, sampled: bool, noisy: bool) -> Loop:
    """The loop of one objective and one rule, with batches and noise where there are any."""
    return _Source(objective, step, sampled, noisy).compiled()


class _Source:
    """What stands in the braces of LOOP for one objective and one rule, and what its names stand for."""

    def __init__(self, objective: InFormulas, step: Unrolled, sampled: bool, noisy: bool) -> None:
        self.objective, self.step = objective, step
        self.sampled, self.noisy = sampled, noisy
        self.steady = "t" not in step.lr.names
        count = len(objective.parameters)
        self.w, self.next_w, self.g = _numbered("w", count), _numbered("next_w", count), _numbered("g", count)
        # without batches and noise the gradient used is the one here
        self.full = _numbered("full", count) if sampled or noisy else self.g
        self.states = {state: _numbered(f"s{j}_", count) for j, state in enumerate(step.names)}
        names = {"t": "t"}
        for name, texts in {"w": self.w, "g": self.g, **self.states}.items():
            names |= {f"{name}.{i}": text for i, text in enumerate(texts)}
        used = frozenset().union(*(root.names for root in step.roots))
        self.constants = {name: f"constant{i}" for i, name in enumerate(sorted(used - names.keys()))}
        names |= self.constants
        self.inputs = {name: text for name, text in names.items() if name in used}
        generator = CodeGenerator(names, constant=frozenset(self.constants), whole=frozenset("t"), prefix="v")
        self.code = generator.generate(step.roots)
        after = self.code.results[1 + count :]
        # a state that the rule has under a name already needs no other
        held = [r if r in self.code.names else f"next_{s}" for s, r in zip(self._held, after, strict=True)]
        self.next_states = {state: held[count * j : count * (j + 1)] for j, state in enumerate(step.names)}
        layout = RowLayout(count, step.names)
        self.kept = layout.row(self.next_w, "next_loss", self.g, "lr", self.next_states)

    @property
    def _held(self) -> list[str]:
        return [text for texts in self.states.values() for text in texts]

    @property
    def _next_held(self) -> list[str]:
        return [text for texts in self.next_states.values() for text in texts]

    def compiled(self) -> Loop:
        objective, constants, inputs = self.objective, tuple(self.constants), tuple(self.inputs)
        hoisted, roots = tuple(self.code.constants.values()), self.step.roots
        names: dict[str, object] = {
            **FLOAT_NAMES, "range": range, "float": float, "all_finite": _all_finite, "pack_into": self._row.pack_into,
            # made only where floats refuse: the slow functions that never raise
            "careful_rule": lambda *given: float_function(inputs, roots)(*given),
            "careful_constants": lambda *given: float_function(constants, hoisted)(*given),
            "value_and_gradient": objective.value_and_gradient_on_floats,
        }  # fmt: skip
        if isinstance(objective, OverData):
            names |= {"value": objective.value_on_floats, "batch_gradient": objective.batch_gradient_on_floats}
        source = LOOP.render(
            self._texts(), **{part: "\n".join(lines) for part, lines in self._lines().items()},
            closed=isinstance(objective, Closed), sampled=self.sampled, noisy=self.noisy, steady=self.steady,
            counted="t" in self.inputs,
        )  # fmt: skip
        return compiled(source, names, "steps")

    @property
    def _row(self) -> Struct:
        """How a row is kept in a table: to append each number to a list would take twice the time."""
        return Struct("d" * len(self.kept))

    def _texts(self) -> dict[str, str]:
        """What stands within a line."""
        return {
            "w": _joined(self.w), "next_w": _joined(self.next_w), "g": _joined(self.g), "full": _joined(self.full),
            "next_full": _joined(_numbered("next_full", len(self.w))), "lr": self.code.results[0],
            "constant_names": _joined(self.code.constants), "given_constants": _joined(self.constants.values()),
            "rule_targets": _joined(["lr", *self.next_w, *self._next_held]),
            "given_rule": _joined(self.inputs.values()), "kept": _joined(self.kept), "row_size": str(self._row.size),
        }  # fmt: skip

    def _lines(self) -> dict[str, list[str]]:
        """What stands for whole lines."""
        targets = ["lr", *self.next_w, *self._next_held]
        rule = [f"{a} = {b}" for a, b in zip(targets, self.code.results, strict=True) if a != b]
        taken_over = zip([*self.w, *self._held], [*self.next_w, *self._next_held], strict=True)
        return {
            "states_before": [f"{_joined(s)}, = driver.states[{name!r}].tolist()" for name, s in self.states.items()],
            "constants": [f"{text} = driver.constants[{name!r}]" for name, text in self.constants.items()],
            "constant_parts": self.code.before,
            "evaluation": self._evaluation(),
            "add_noise": [f"{g} += gauss(0.0, noise)" for g in self.g if self.noisy],
            "rule": [*self.code.lines, *(rule[1:] if self.steady else rule)],
            "take_over": [f"{old} = {new}" for old, new in taken_over],
        }

    def _evaluation(self) -> list[str]:
        """The loss and the gradient of a closed form, without a call: a tenth of the time of a step."""
        if not isinstance(self.objective, Closed):
            return []
        names = dict(zip(self.objective.parameters, self.next_w, strict=True))
        code = CodeGenerator(names, prefix="a").generate((self.objective.formula, *self.objective.gradient))
        into = ["next_loss", *_numbered("next_full", len(self.w))]
        return [*code.lines, *(f"{name} = {value}" for name, value in zip(into, code.results, strict=True))]


def _numbered(letter: str, count: int) -> list[str]:
    return [f"{letter}{i}" for i in range(count)]


def _joined(names: Iterable[str]) -> str:
    return ", ".join(names)


def _all_finite(*values: float) -> bool:
    return all(math.isfinite(value) for value in values)
