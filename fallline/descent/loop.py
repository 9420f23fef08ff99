"""The quick way through a run: a loop written for one objective in formulas and one rule, compiled once and kept.

The arithmetic of the rule stands unrolled in its body, on floats, with constant parts before it and only what the run
asks for (schedule, batches, noise): what a loop written by hand would do. Its rows are those of the driver on arrays,
which a test holds.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import chain
from struct import Struct
from typing import Any

import numpy as np

from fallline.descent.driver import Driver, Steps, cost_on_arrays
from fallline.descent.rows import Row, RowLayout
from fallline.descent.rule_method import RuleMethod
from fallline.descent.setup import Setup
from fallline.descent.stops import Stop
from fallline.descent.unroll import Unrolled, unrolled
from fallline.formulas.functions import FLOAT_NAMES, CodeGenerator, compiled, float_function, suite
from fallline.problems.objective import Closed, InFormulas, Objective, OverData
from fallline.types import Array

MOST_PARAMETERS = 10
"""With more than this the unrolled lines are slower than arrays."""


class LoopDriver(Driver):
    """The driver of a rule on an objective in formulas, at one point."""

    together = 1024

    def __init__(self, objective: InFormulas, setup: Setup, began: int, stop: Stop, before: Row) -> None:
        super().__init__(objective, setup, began, stop, before)
        self._loop = _loop(objective, _unrolled(objective, setup), self.sampled, setup.noise > 0)
        self.constants = setup.constants
        self.points_there = setup.points_there(objective.n_points or 0)

    def _take(self, count: int, table: Array) -> Steps:
        batches: list[list[int] | None] = []
        n_steps, gradient = self._loop(self, count, table, batches)
        steps = Steps(table[:n_steps], self.layout, batches)
        self.t, self.w, self.loss = self.t + n_steps, steps.w[:, -1], steps.loss[-1]
        self.gradient = None if gradient is None else np.array(gradient)
        return steps


def driver_and_cost(objective: Objective, setup: Setup, on_floats: bool = True) -> tuple[type[Driver], float]:
    """What takes the steps of an optimizer at one point, and what a step costs in operations.

    Args:
        on_floats: False to go over arrays where the loop could.
    """
    by_rule = isinstance(setup.method, RuleMethod) and len(objective.parameters) <= MOST_PARAMETERS
    if on_floats and by_rule and isinstance(objective, InFormulas):
        return LoopDriver, objective.cost_on_floats + _unrolled(objective, setup).cost
    return Driver, cost_on_arrays(objective, setup)


def _unrolled(objective: InFormulas, setup: Setup) -> Unrolled:
    return unrolled(setup.rule_method.rule, len(objective.parameters), setup.schedule.rule)


Loop = Callable[[LoopDriver, int, Array, list[list[int] | None]], tuple[int, Any]]
"""From a driver, so many steps, the table for their rows and the list for their batches: it fills these, and returns
how many rows there are, and the gradient after the last, None where it goes by batches."""


@lru_cache(maxsize=256)
def _loop(objective: InFormulas, step: Unrolled, sampled: bool, noisy: bool) -> Loop:
    """The loop of one objective and one rule, with batches and noise where there are any."""
    source = _Source(objective, step, sampled, noisy)
    return compiled(source.lines(), source.names, "steps")


class _Source:
    """The source of a loop.

    In it `w0`, `g0`, `full_g0` and `s0_0` are the first parameter, the component of the gradient used in it, that over
    all data, and the first state of it; each `next_` is what a step makes of one. `f_` are functions and
    numbers of `fallline.formulas.functions`, of which `f_raises` is what floats raise where arrays give inf or nan.
    What is infinite goes on until it makes them raise: the driver looks for the end in the rows.

    Of `w = w - lr*g` on `x**2`, with all rates the same:

        def steps(driver, count, table, batches):
            t, setup, n_points = float(driver.t - driver.began), driver.setup, driver.points_there
            draws, gauss, noise = driver.draws, driver.draws.random.gauss, setup.noise
            w0, = driver.w.tolist()
            constant0 = driver.constants['learning_rate']
            lr = constant0
            g0, = driver.gradient.tolist()
            for offset in range(0, count*32, 32):
                try:
                    next_w0 = (w0 - (constant0 * g0))
                except f_raises:
                    lr, next_w0, = careful_rule(w0, g0, constant0)
                    if not all_finite(lr, next_w0):
                        next_loss = f_nan
                        pack_into(table, offset, next_w0, next_loss, g0, lr)
                        break
                try:
                    next_loss = (next_w0 * next_w0)
                    next_full_g0 = (2.0 * next_w0)
                except f_raises:
                    next_loss, next_full_g0, = value_and_gradient(next_w0)
                    if not all_finite(next_loss):
                        pack_into(table, offset, next_w0, next_loss, g0, lr)
                        break
                pack_into(table, offset, next_w0, next_loss, g0, lr)
                w0 = next_w0
                g0, = next_full_g0,
            return offset//32 + 1, (g0,)
    """

    def __init__(self, objective: InFormulas, step: Unrolled, sampled: bool, noisy: bool) -> None:
        self.objective, self.step, self.sampled, self.noisy = objective, step, sampled, noisy
        count = len(objective.parameters)
        self.w, self.next_w, self.g = _numbered("w", count), _numbered("next_w", count), _numbered("g", count)
        # without batches and noise the gradient used is that over all data
        self.full_g = _numbered("full_g", count) if sampled or noisy else self.g
        self.next_full_g = _numbered("next_full_g", count)
        self.states = {state: _numbered(f"s{j}_", count) for j, state in enumerate(step.names)}
        by_name = {"t": "t"}
        for name, texts in {"w": self.w, "g": self.g, **self.states}.items():
            by_name |= {f"{name}.{i}": text for i, text in enumerate(texts)}
        used = frozenset().union(*(root.names for root in step.roots))
        self.constants = {name: f"constant{i}" for i, name in enumerate(sorted(used - by_name.keys()))}
        by_name |= self.constants
        self.inputs = {name: text for name, text in by_name.items() if name in used}
        generator = CodeGenerator(by_name, constant=frozenset(self.constants), whole=frozenset("t"), prefix="v")
        self.code = generator.generate(step.roots)
        values = zip(chain(*self.states.values()), self.code.results[1 + count :], strict=True)
        # a state that the rule has under a name already needs no other
        texts = [value if value in self.code.names else f"next_{state}" for state, value in values]
        self.next_states = {state: texts[count * j : count * (j + 1)] for j, state in enumerate(step.names)}
        row = RowLayout(count, step.names).row(self.next_w, "next_loss", self.g, "lr", self.next_states)
        self.row = Struct("d" * len(row))  # to append each number to a list would take twice the time
        self.write_row = f"pack_into(table, offset, {_joined(row)})"

    @property
    def names(self) -> dict[str, object]:
        """What the names of the source stand for that are not assigned in it."""
        objective, constants, inputs = self.objective, tuple(self.constants), tuple(self.inputs)
        constant_parts, roots = tuple(self.code.constants.values()), self.step.roots
        names: dict[str, object] = {
            **FLOAT_NAMES, "range": range, "float": float, "all_finite": _all_finite, "pack_into": self.row.pack_into,
            # made only where floats refuse: the slow functions that never raise
            "careful_rule": lambda *given: float_function(inputs, roots)(*given),
            "careful_constants": lambda *given: float_function(constants, constant_parts)(*given),
            "value_and_gradient": objective.value_and_gradient_on_floats,
        }  # fmt: skip
        if isinstance(objective, OverData):
            names |= {"value": objective.value_on_floats, "batch_gradient": objective.batch_gradient_on_floats}
        return names

    def lines(self) -> list[str]:
        """All of it."""
        full_g, size = _joined(self.full_g), self.row.size
        old, new = ([*w, *chain(*s.values())] for w, s in ((self.w, self.states), (self.next_w, self.next_states)))
        step_lines = [
            *(["t += 1.0"] if "t" in self.inputs else []),
            *self._gradient_lines(),
            *self._rule_lines(),
            *self._evaluation_lines(),
            self.write_row,
            *(f"{name} = {value}" for name, value in zip(old, new, strict=True)),
            *([] if self.sampled else [f"{full_g}, = {_joined(self.next_full_g)},"]),
        ]
        lines = [
            "t, setup, n_points = float(driver.t - driver.began), driver.setup, driver.points_there",
            "draws, gauss, noise = driver.draws, driver.draws.random.gauss, setup.noise",
            f"{_joined(self.w)}, = driver.w.tolist()",
            *(f"{_joined(texts)}, = driver.states[{name!r}].tolist()" for name, texts in self.states.items()),
            *(f"{text} = driver.constants[{name!r}]" for name, text in self.constants.items()),
            *self._constant_lines(),
            *([f"lr = {self.code.results[0]}"] if self._steady else []),
            *([] if self.sampled else [f"{full_g}, = driver.gradient.tolist()"]),
            *suite(f"for offset in range(0, count*{size}, {size}):", step_lines),
            f"return offset//{size} + 1, {None if self.sampled else f'({full_g},)'}",
        ]
        return suite("def steps(driver, count, table, batches):", lines)

    @property
    def _steady(self) -> bool:
        """Whether the rate in force is the same in every step."""
        return "t" not in self.step.lr.names

    def _constant_lines(self) -> list[str]:
        if not self.code.before:
            return []
        careful = f"{_joined(self.code.constants)}, = careful_constants({_joined(self.constants.values())})"
        return [*suite("try:", self.code.before), *suite("except f_raises:", [careful])]

    def _gradient_lines(self) -> list[str]:
        g, lines = _joined(self.g), list[str]()
        if self.sampled:
            batch = "batch = draws.batch(setup.sampling, n_points, setup.batch_size)"
            lines = [batch, "batches.append(batch)", f"{g}, = batch_gradient({_joined(self.w)}, batch)"]
        elif self.noisy:
            lines = [f"{g}, = {_joined(self.full_g)},"]
        return [*lines, *(f"{g} += gauss(0.0, noise)" for g in self.g if self.noisy)]

    def _rule_lines(self) -> list[str]:
        targets = ["lr", *self.next_w, *chain(*self.next_states.values())]
        assigned = list(zip(targets, self.code.results, strict=True))[self._steady :]
        lines = [*self.code.lines, *(f"{name} = {value}" for name, value in assigned if name != value)]
        end = suite(f"if not all_finite({_joined(targets)}):", ["next_loss = f_nan", self.write_row, "break"])
        careful = f"{_joined(targets)}, = careful_rule({_joined(self.inputs.values())})"
        return [*suite("try:", lines), *suite("except f_raises:", [careful, *end])]

    def _evaluation_lines(self) -> list[str]:
        """The loss and the gradient after the step; of a closed form without a call, which is a tenth of the time."""
        next_w, results = _joined(self.next_w), ["next_loss", *self.next_full_g]
        if self.sampled:
            return [f"next_loss, = value({next_w})"]
        call = f"{_joined(results)}, = value_and_gradient({next_w})"
        if not isinstance(self.objective, Closed):
            return [call]
        names = dict(zip(self.objective.parameters, self.next_w, strict=True))
        code = CodeGenerator(names, prefix="a").generate((self.objective.formula, *self.objective.gradient))
        lines = [*code.lines, *(f"{name} = {value}" for name, value in zip(results, code.results, strict=True))]
        end = suite("if not all_finite(next_loss):", [self.write_row, "break"])
        return [*suite("try:", lines), *suite("except f_raises:", [call, *end])]


def _numbered(letter: str, count: int) -> list[str]:
    return [f"{letter}{i}" for i in range(count)]


def _joined(names: Iterable[str]) -> str:
    return ", ".join(names)


def _all_finite(*values: float) -> bool:
    return all(math.isfinite(value) for value in values)
