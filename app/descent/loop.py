"""The quick way through a run: a loop written for one objective in formulas and one rule, compiled once and kept.

The arithmetic of the rule stands unrolled in its body, on floats, with constant parts before it and only what the run
asks for (schedule, batches, noise): what a loop written by hand would do. Its rows are those of the driver on arrays,
which a test holds.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import lru_cache
from struct import Struct
from typing import Any

import numpy as np

from app.descent.driver import Driver, Steps
from app.descent.phase import Phase
from app.descent.rows import Row, RowLayout
from app.descent.stops import Stop
from app.descent.unroll import Unrolled, unrolled
from app.formulas.functions import FLOAT_NAMES, CodeGenerator, compiled, float_function
from app.problems.objective import Closed, InFormulas, OverData

MOST_PARAMETERS = 10
"""With more than this the unrolled lines are slower than arrays."""

LOOP = """
def steps(table, count, t, w, gradient, states, constants, draws, sampling, n_points, batch_size, noise, batches):
    {w}, = w
    {full}, = gradient                                                      | all points
    {states_before}
    {constants}
    try:                                                                    | constant parts
        {constant_parts}                                                    | constant parts
    except f_raises:                                                        | constant parts
        {constant_names}, = careful_constants({given_constants})            | constant parts
    lr = {lr}                                                               | steady rate
    gauss = draws.random.gauss                                              | noise
    for place in range(0, count*{row_size}, {row_size}):
        t += 1.0                                                            | step number
        batch = draws.batch(sampling, n_points, batch_size)                 | sampled
        batches.append(batch)                                               | sampled
        {g}, = batch_gradient({w}, batch)                                   | sampled
        {g}, = {full},                                                      | noise on all points
        {add_noise}                                                         | noise
        try:
            {rule}
        except f_raises:
            {rule_targets}, = careful_rule({given_rule})
            if not all_finite({rule_targets}):
                next_loss = f_nan
                pack_into(table, place, {kept})
                break
        try:                                                                | closed form
            {evaluation}                                                    | closed form
        except f_raises:                                                    | closed form
            next_loss, {next_full}, = value_and_gradient({next_w})          | closed form
            if not all_finite(next_loss):                                   | closed form
                pack_into(table, place, {kept})                             | closed form
                break                                                       | closed form
        next_loss, {next_full}, = value_and_gradient({next_w})              | sum over all points
        next_loss, = value({next_w})                                        | sampled
        pack_into(table, place, {kept})
        {take_over}
        {full}, = {next_full},                                              | all points
    return place//{row_size} + 1, {gradient_after}
"""
"""The loop, with the parts of a run in braces; a line is there where what stands behind it on the right is asked for.

w is the parameters, full the gradient there over all the points, g the gradient used; f_ are functions and numbers of
`app.formulas.functions`, of which f_raises is what floats raise where arrays give inf or nan. What is infinite goes on
until it makes them raise: the driver looks for the end in the rows.
"""


class LoopDriver(Driver):
    """The driver of a rule on an objective in formulas, at one point.

    Args:
        objective: what is minimised; phase, stop, row: as of a `Driver`.
    """

    together = 1024

    def __init__(self, objective: InFormulas, phase: Phase, stop: Stop, row: Row) -> None:
        super().__init__(objective, phase, stop, row)
        setup = phase.setup
        sampled, closed = self._sampled, isinstance(objective, Closed)
        asked = {
            "closed form": closed, "sum over all points": not (closed or sampled),
            "sampled": sampled, "all points": not sampled, "noise": setup.noise > 0,
            "noise on all points": setup.noise > 0 and not sampled,
        }  # fmt: skip
        step = unrolled(phase.rule, len(objective.parameters), setup.schedule.rule)
        self._loop = _loop(objective, step, frozenset(part for part, wanted in asked.items() if wanted))
        self._constants = setup.known

    def _take(self, count: int) -> Steps:
        setup, n_points = self.phase.setup, self.objective.n_points
        gradient = None if self.gradient is None else self.gradient.tolist()
        states = {name: state.tolist() for name, state in self.states.items()}
        (table, layout), batches = self._table(count), list[list[int] | None]()
        taken, gradient = self._loop(
            table, count, float(self.t - self.phase.began), self.w.tolist(), gradient, states, self._constants,
            self.draws, setup.sampling, n_points, setup.batch_size, setup.noise, batches,
        )  # fmt: skip
        steps = Steps(table[:taken], layout, batches)
        self.t, self.w, self.loss = self.t + taken, steps.w[:, -1], steps.loss[-1]
        self.gradient = None if gradient is None else np.array(gradient)
        return steps


Loop = Callable[..., tuple[int, Any]]
"""It fills a table with rows, and returns how many, and the gradient after the last, None where it goes by batches."""


@lru_cache(maxsize=256)
def _loop(objective: InFormulas, step: Unrolled, asked: frozenset[str]) -> Loop:
    """The loop of one objective and one rule, with what is asked for."""
    return _Source(objective, step, asked).compiled()


class _Source:
    """What stands in the braces of LOOP for one objective and one rule, and what its names stand for."""

    def __init__(self, objective: InFormulas, step: Unrolled, asked: frozenset[str]) -> None:
        self.objective, self.step = objective, step
        self.steady = "t" not in step.lr.names
        count = len(objective.parameters)
        self.w, self.next_w, self.g = _numbered("w", count), _numbered("next_w", count), _numbered("g", count)
        # without batches and noise the gradient used is the one here
        self.full = _numbered("full", count) if asked & {"sampled", "noise"} else self.g
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
        held = [f"next_{s}" if re.fullmatch(r"v\d+", r) is None else r for s, r in zip(self._held, after, strict=True)]
        self.next_states = {state: held[count * j : count * (j + 1)] for j, state in enumerate(step.names)}
        extra = {"steady rate": self.steady, "constant parts": bool(self.code.before), "step number": "t" in used}
        self.asked = asked | {part for part, wanted in extra.items() if wanted}
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
            **FLOAT_NAMES, "range": range, "all_finite": _all_finite, "pack_into": self._row.pack_into,
            # made only where floats refuse: the slow functions that never raise
            "careful_rule": lambda *given: float_function(inputs, roots)(*given),
            "careful_constants": lambda *given: float_function(constants, hoisted)(*given),
            "value_and_gradient": objective.value_and_gradient_on_floats,
        }  # fmt: skip
        if isinstance(objective, OverData):
            names |= {"value": objective.value_on_floats, "batch_gradient": objective.batch_gradient_on_floats}
        return compiled(_filled(LOOP, self.asked, {**self._texts(), **self._lines()}), names, "steps")

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
            "gradient_after": "None" if "sampled" in self.asked else f"({_joined(self.full)},)",
        }  # fmt: skip

    def _lines(self) -> dict[str, list[str]]:
        """What stands for whole lines."""
        targets = ["lr", *self.next_w, *self._next_held]
        rule = [f"{a} = {b}" for a, b in zip(targets, self.code.results, strict=True) if a != b]
        taken_over = zip([*self.w, *self._held], [*self.next_w, *self._next_held], strict=True)
        return {
            "states_before": [f"{_joined(texts)}, = states[{state!r}]" for state, texts in self.states.items()],
            "constants": [f"{text} = constants[{name!r}]" for name, text in self.constants.items()],
            "constant_parts": self.code.before,
            "evaluation": self._evaluation(),
            "add_noise": [f"{g} += gauss(0.0, noise)" for g in self.g],
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


def _filled(template: str, asked: Collection[str], parts: Mapping[str, str | list[str]]) -> str:
    """A template with its parts put in, without the lines for what is not asked for."""
    lines: list[str] = []
    for line in template.strip().split("\n"):
        text, _, wanted = line.partition(" | ")
        if wanted and wanted not in asked:
            continue
        whole = parts.get(text.strip().strip("{}"), "")
        indent = " " * (len(text) - len(text.lstrip()))
        lines += [f"{indent}{each}" for each in whole] if isinstance(whole, list) else [text.rstrip().format_map(parts)]
    return "\n".join(lines) + "\n"


def _numbered(letter: str, count: int) -> list[str]:
    return [f"{letter}{i}" for i in range(count)]


def _joined(names: Iterable[str]) -> str:
    return ", ".join(names)


def _all_finite(*values: float) -> bool:
    return all(math.isfinite(value) for value in values)
