"""The quick way through a run: a loop written for one objective in formulas and one rule, compiled once and kept.

The arithmetic of the rule stands unrolled in its body, on floats, with constant parts before it and only what the run
asks for (schedule, batches, noise, stop rules): what a loop written by hand would do. Its rows are those of the driver,
which a test holds.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Generator, Iterable, Mapping
from functools import lru_cache, partial

from app.descent.rows import Block, Row
from app.descent.setup import Phase
from app.descent.stops import BEYOND, Stop, ending, what_broke
from app.descent.unroll import Unrolled, unrolled
from app.formulas.functions import FLOAT_NAMES, CodeGenerator, compiled, float_function
from app.problems.objective import Closed, InFormulas, OverData

MOST_PARAMETERS = 10
"""With more than this the unrolled lines are slower than arrays."""

Blocks = Generator[Block, int, None]
"""Blocks of rows; each is sent the most rows of the next."""

LOOP = """
def steps(
    row, room, until, began, constants, sampling, points, batch_size, noise, epoch, min_step_size, target_loss,
    at_until, ending, what_broke,
):
    {w}, = row.parameters
    loss = row.loss
    {full}, = row.gradient                                                  | all points
    {states_of_row}
    {constants}
    try:                                                                    | constant parts
        {constant_parts}                                                    | constant parts
    except f_raises:                                                        | constant parts
        {constant_names}, = careful_constants({given_constants})            | constant parts
    lr = {lr}                                                               | steady rate
    draws = row.draws
    draws = draws.copy()                                                    | random
    gauss = draws.random.gauss                                              | noise
    done, small_steps, reason, why = row.t, row.small_steps, None, ""
    t = float(done - began)
    while True:
        {fresh_columns}
        first = done + 1
        for done in range(first, min(done + room, until) + 1):
            t += 1.0
            batch = draws.batch(sampling, points, batch_size)               | sampled
            {g}, = batch_gradient({w}, batch)                               | sampled
            {g}, = {full},                                                  | noise on all points
            {add_noise}                                                     | noise
            try:
                {rule}
            except f_raises:
                {rule_targets}, = careful_rule({given_rule})
            if not ({w_inside} and -f_inf < {watched_sum} < f_inf) and not ({w_inside} and all_finite({watched})):
                reason, why = "diverged", what_broke(({g},), {next_states}, ({next_w},), f_nan)
                break
            try:                                                            | closed form
                {evaluation}                                                | closed form
            except f_raises:                                                | closed form
                next_loss, {next_full}, = value_and_gradient({next_w})      | closed form
            next_loss, {next_full}, = value_and_gradient({next_w})          | sum over all points
            next_loss, = value({next_w})                                    | sampled
            if not {loss_inside}:
                reason, why = "diverged", what_broke(({g},), {next_states}, ({next_w},), next_loss)
                break
            {append}
            small_steps = small_steps + 1 if {small} else 0                 | min_step_size
            {take_over}
            loss = next_loss
            {full}, = {next_full},                                          | all points
            if small_steps >= epoch:                                        | min_step_size
                reason = "min_step_size"                                    | min_step_size
                break                                                       | min_step_size
            if loss <= target_loss:                                         | target_loss
                reason = "target_loss"                                      | target_loss
                break                                                       | target_loss
        else:
            if done >= until:
                reason = at_until
        done -= reason == "diverged"
        here = Row(done, ({w},), loss, {gradient_of_row}, {states}, draws, small_steps)
        here = here.with_own_draws()                                        | random
        end = None if reason is None else ending(reason, done, what_broke=why)
        block = Block(
            first, ({w_columns},), losses, ({g_columns},), {rates}, sizes, {batches}, {state_columns}, here, end,
        )
        if reason is not None or done >= until:
            yield block
            return
        room = yield block
"""
"""The loop, with the parts of a run in braces; a line is there where what stands behind it on the right is asked for.

w is the parameters, full the gradient there over all the points, g the gradient used; f_ are functions and numbers of
`app.formulas.functions`, of which f_raises is what floats raise where arrays give inf or nan.
"""


def fused_steps(
    objective: InFormulas, phase: Phase, until: int, stop: Stop, row: Row, room: int, *, states: bool
) -> Blocks:
    """The rows after `row`, up to row `until` or the end of the run.

    Args:
        phase: the optimizer in force; until: the last row of the phase, beyond `row`.
        room: the most rows of the first block; states: whether blocks hold these too.
    """
    setup = phase.setup
    step = unrolled(setup.rule, len(objective.parameters), setup.schedule.rule)
    sampled = objective.points is not None and setup.batch_size is not None
    closed = isinstance(objective, Closed)
    asked = {
        "closed form": closed, "sum over all points": not (closed or sampled),
        "sampled": sampled, "all points": not sampled, "noise": setup.noise > 0, "random": sampled or setup.noise > 0,
        "noise on all points": setup.noise > 0 and not sampled, "min_step_size": bool(stop.min_step_size),
        "gradient in small": stop.watches_gradient, "target_loss": stop.target_loss is not None, "states": states,
    }  # fmt: skip
    return _loop(objective, step, frozenset(part for part, wanted in asked.items() if wanted))(
        row=row, room=room, until=until, began=phase.began, constants=setup.known, sampling=setup.sampling,
        points=objective.points, batch_size=setup.batch_size, noise=setup.noise, epoch=setup.epoch(objective.points),
        min_step_size=stop.min_step_size, target_loss=stop.target_loss,
        at_until="max_steps" if until == stop.max_steps else None,
        ending=partial(ending, stop=stop), what_broke=partial(what_broke, objective.parameters),
    )  # fmt: skip


@lru_cache(maxsize=256)
def _loop(objective: InFormulas, step: Unrolled, asked: frozenset[str]) -> Callable[..., Blocks]:
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
        extra = {"steady rate": self.steady, "constant parts": bool(self.code.before)}
        self.asked = asked | {part for part, wanted in extra.items() if wanted}

    @property
    def _held(self) -> list[str]:
        return [text for texts in self.states.values() for text in texts]

    @property
    def _next_held(self) -> list[str]:
        return [text for texts in self.next_states.values() for text in texts]

    def compiled(self) -> Callable[..., Blocks]:
        objective, constants, inputs = self.objective, tuple(self.constants), tuple(self.inputs)
        hoisted, roots = tuple(self.code.constants.values()), self.step.roots
        names: dict[str, object] = {
            **FLOAT_NAMES, "Block": Block, "Row": Row, "float": float, "hypot": math.hypot, "abs": abs,
            "range": range, "min": min, "len": len, "all_finite": _all_finite,
            # made only where floats refuse: the slow functions that never raise
            "careful_rule": lambda *given: float_function(inputs, roots)(*given),
            "careful_constants": lambda *given: float_function(constants, hoisted)(*given),
            "value_and_gradient": objective.value_and_gradient_on_floats,
        }  # fmt: skip
        if isinstance(objective, OverData):
            names |= {"value": objective.value_on_floats, "batch_gradient": objective.batch_gradient_on_floats}
        return compiled(_filled(LOOP, self.asked, {**self._texts(), **self._lines()}), names, "steps")

    def _texts(self) -> dict[str, str]:
        """What stands within a line."""
        columns, sampled = self._columns(), "sampled" in self.asked
        states = {state: _tuple(f"column_{text}" for text in texts) for state, texts in self.states.items()}
        watched = [*self.g, *self._next_held]
        return {
            "w": _joined(self.w), "next_w": _joined(self.next_w), "g": _joined(self.g), "full": _joined(self.full),
            "next_full": _joined(_numbered("next_full", len(self.w))), "lr": self.code.results[0],
            "constant_names": _joined(self.code.constants), "given_constants": _joined(self.constants.values()),
            "rule_targets": _joined(["lr", *self.next_w, *self._next_held]),
            "given_rule": _joined(self.inputs.values()),
            "w_inside": _inside(self.next_w), "loss_inside": _inside(["next_loss"]),
            # one sum tells of all of them, but for a sum that overflows where no part does
            "watched": _joined(watched), "watched_sum": " + ".join(watched),
            "small": " and ".join(self._small()), "next_states": _dictionary(self.next_states),
            "states": _dictionary(self.states), "gradient_of_row": "None" if sampled else _tuple(self.full),
            "w_columns": _joined(column for column in columns if column.startswith("w_")),
            "g_columns": _joined(column for column in columns if column.startswith("g_")),
            "rates": "[lr]*len(sizes)" if self.steady else "rates", "batches": "batches" if sampled else "None",
            "state_columns": f"{{{', '.join(f'{s!r}: {y}' for s, y in states.items())}}}"
            if "states" in self.asked else "None",
        }  # fmt: skip

    def _lines(self) -> dict[str, list[str]]:
        """What stands for whole lines."""
        columns = self._columns()
        targets = ["lr", *self.next_w, *self._next_held]
        rule = [f"{a} = {b}" for a, b in zip(targets, self.code.results, strict=True) if a != b]
        taken_over = zip([*self.w, *self._held], [*self.next_w, *self._next_held], strict=True)
        return {
            "states_of_row": [f"{_joined(texts)}, = row.states[{state!r}]" for state, texts in self.states.items()],
            "constants": [f"{text} = constants[{name!r}]" for name, text in self.constants.items()],
            "constant_parts": self.code.before,
            "fresh_columns": [line for c in columns for line in (f"{c} = []", f"append_{c} = {c}.append")],
            "evaluation": self._evaluation(),
            "add_noise": [f"{g} += gauss(0.0, noise)" for g in self.g],
            "rule": [*self.code.lines, *(rule[1:] if self.steady else rule)],
            "append": [f"append_{column}({value})" for column, value in columns.items()],
            "take_over": [f"{old} = {new}" for old, new in taken_over],
        }

    def _columns(self) -> dict[str, str]:
        """Column -> what is appended to it at a step."""
        lengths = (f"{after} - {before}" for after, before in zip(self.next_w, self.w, strict=True))
        columns = dict(zip(_numbered("w_column", len(self.w)), self.next_w, strict=True)) | {"losses": "next_loss"}
        columns |= dict(zip(_numbered("g_column", len(self.w)), self.g, strict=True))
        columns |= {"sizes": f"hypot({_joined(lengths)})"}
        columns |= {} if self.steady else {"rates": "lr"}
        columns |= {"batches": "batch"} if "sampled" in self.asked else {}
        held = zip(self._held, self._next_held, strict=True)
        return columns | {f"column_{text}": after for text, after in held if "states" in self.asked}

    def _evaluation(self) -> list[str]:
        """The loss and the gradient of a closed form, without a call: a tenth of the time of a step."""
        if not isinstance(self.objective, Closed):
            return []
        names = dict(zip(self.objective.parameters, self.next_w, strict=True))
        code = CodeGenerator(names, prefix="a").generate((self.objective.loss, *self.objective.gradient))
        into = ["next_loss", *_numbered("next_full", len(self.w))]
        return [*code.lines, *(f"{name} = {value}" for name, value in zip(into, code.results, strict=True))]

    def _small(self) -> list[str]:
        """The parts of the stop rule on small steps."""
        steps = [f"abs({after} - {before}) < min_step_size" for after, before in zip(self.next_w, self.w, strict=True)]
        if "gradient in small" not in self.asked:
            return steps
        return ["lr > 0.0", *steps, *(f"lr*abs({g}) < min_step_size" for g in self.g)]


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


def _inside(values: Iterable[str]) -> str:
    return " and ".join(f"{-BEYOND} <= {value} <= {BEYOND}" for value in values)


def _numbered(letter: str, count: int) -> list[str]:
    return [f"{letter}{i}" for i in range(count)]


def _joined(names: Iterable[str]) -> str:
    return ", ".join(names)


def _tuple(names: Iterable[str]) -> str:
    return f"({_joined(names)},)"


def _dictionary(states: Mapping[str, Iterable[str]]) -> str:
    return f"{{{_joined(f'{state!r}: {_tuple(texts)}' for state, texts in states.items())}}}"


def _all_finite(*values: float) -> bool:
    return all(math.isfinite(value) for value in values)
