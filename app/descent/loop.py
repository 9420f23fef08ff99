"""The loop of a run, written for one objective and one rule, compiled once and kept.

A run is one generator of steps. The arithmetic of the rule and of the objective is unrolled into its body, with
constant parts before it and only the parts a run asks for (schedule, batches, noise, stop rules), so that it does
what a loop written by hand would do.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from app.descent.unroll import DONE, Unrolled
from app.formulas.functions import FLOAT_NAMES, Writer, compiled, scalar_function
from app.problems.objective import Fragment, Objective

BEYOND = 1e100
"""A parameter or a loss past this has run away."""

STEP_NUMBERS = frozenset(("t", DONE))

Loop = Callable[..., Generator[tuple[Any, ...], int, None]]


@dataclass(frozen=True)
class Shape:
    """What a run asks for beside objective and rule; each part left out is not in the loop at all.

    Args:
        sampling: `shuffle`, `replacement` or None for all points at every step.
        noise: whether a Gaussian is added to each component of the gradient.
        min_step_size, target_loss: whether these stop rules are on.
        states: whether the states are kept too, as columns.
        last: whether a block keeps its last row alone, without the step that led to it: the quick way far into a run.
    """

    sampling: str | None
    noise: bool
    min_step_size: bool
    target_loss: bool
    states: bool = False
    last: bool = False


@lru_cache(maxsize=256)
def loop(objective: Objective, step: Unrolled, shape: Shape) -> Loop:
    """The generator function of a run.

    Called with keyword arguments `start`, `states`, `first` (loss and gradient at the start), `constants` (by
    name), `room`, `max_steps`, `rng` and what `shape` asks for; yields `(parameters, loss, gradient, learning_rate,
    step_size, batch, states, reason, attempt)` and is sent the room of the next block.
    """
    return _LoopText(objective, step, shape).compiled()


class _LoopText:
    """The source of one loop. Its names: w parameters, n the next ones, e gradient here, g gradient used, s states."""

    def __init__(self, objective: Objective, step: Unrolled, shape: Shape) -> None:
        self.objective, self.step, self.shape = objective, step, shape
        count = len(objective.parameters)
        self.w, self.n, self.g = _numbered("w", count), _numbered("n", count), _numbered("g", count)
        self.e = self.g if self._plain() else _numbered("e", count)
        self.s = [f"s{j}_{i}" for j in range(len(step.names)) for i in range(count)]
        self.constants = sorted(set().union(*(r.names for r in step.roots)) - self._variables())
        self.names: dict[str, object] = dict(FLOAT_NAMES)

    def _plain(self) -> bool:
        """Whether the gradient used is the gradient here."""
        return not self.shape.sampling and not self.shape.noise

    def _steady(self) -> bool:
        """Whether the rate in force is the same at every step."""
        return not self.step.lr.names & STEP_NUMBERS

    def _variables(self) -> set[str]:
        return {f"{name}.{i}" for name in ("w", "g", *self.step.names) for i in range(len(self.w))} | {
            "t",
            DONE,
        }

    def _spelling(self) -> dict[str, str]:
        spelled = {text: f"h{i}" for i, text in enumerate(self.constants)}
        spelled |= {f"w.{i}": text for i, text in enumerate(self.w)}
        spelled |= {f"g.{i}": text for i, text in enumerate(self.g)}
        pairs = [f"{state}.{i}" for state in self.step.names for i in range(len(self.w))]
        return spelled | dict(zip(pairs, self.s, strict=True)) | {"t": "t", DONE: "k"}

    def compiled(self) -> Loop:
        spelling = self._spelling()
        writer = Writer(spelling, constant=frozenset(self.constants), whole=STEP_NUMBERS, prefix="v")
        self.code = writer.write(self.step.roots)
        after = self.code.results[1 + len(self.w) :]
        self.next_s = [r if _is_part(r) else f"x{s}" for s, r in zip(self.s, after, strict=True)]
        used = frozenset().union(*(root.names for root in self.step.roots))
        self.inputs = tuple(text for text in spelling if text in used)
        self.names |= {
            "z_rule": lambda *a: scalar_function(self.inputs, self.step.roots)(*a),
            "z_before": lambda *a: scalar_function(tuple(self.constants), tuple(self.code.constants.values()))(*a),
            "z_hypot": math.hypot, "z_abs": abs, "z_range": range, "z_min": min, "z_len": len, "z_finite": _all_finite,
        }  # fmt: skip
        return compiled(self.source(), self.names, "run")

    def source(self) -> str:
        lines = [
            *self._before(),
            "t = 0.0",
            "done = 0",
            "reason = None",
            *self._lists(),
            *self._append_row(self.w, "loss", self.s),
            "room -= 1",
            *(["if loss <= target_loss:", " reason = 'target_loss'"] if self.shape.target_loss else []),
            "while reason is None:",
            *_indent(self._block()),
            f"yield {self._row_tuple('None')}",
            "return",
        ]
        heading = (
            "start, states, first, constants, room, max_steps, rng, noise, batch_size, epoch, points, min_step_size, "
            "target_loss"
        )
        unpack = [
            f"{', '.join(self.w)}, = start",
            f"{', '.join(['loss', *([] if self.shape.sampling else self.e)])}, = first",
            *([f"{', '.join(self.s)}, = states"] if self.s else []),
            *([f"{', '.join(f'h{i}' for i in range(len(self.constants)))}, = constants"] if self.constants else []),
        ]
        return "\n".join([f"def run({heading}):", *_indent([*unpack, *lines])]) + "\n"

    def _before(self) -> list[str]:
        lines: list[str] = []
        if self.code.before:
            given = ", ".join(f"h{i}" for i in range(len(self.constants)))
            rescue = f"{', '.join(self.code.constants)}, = z_before({given})"
            lines += ["try:", *_indent(self.code.before), "except f_raises:", f" {rescue}"]
        if self._steady():
            lines.append(f"lr = {self.code.results[0]}")
        if self.shape.sampling == "shuffle":
            lines += ["order = list_of(z_range(points))", "position = points", "shuffle = rng.shuffle"]
            self.names["list_of"] = list
        if self.shape.sampling == "replacement":
            lines.append("randrange = rng.randrange")
        if self.shape.noise:
            lines.append("gauss = rng.gauss")
        return [*lines, *(["quiet = 0"] if self.shape.sampling and self.shape.min_step_size else [])]

    def _lists(self) -> list[str]:
        """Fresh columns, and their append methods as locals."""
        columns = [f"p{i}" for i in range(len(self.w))] + ["q"] + [f"j{i}" for i in range(len(self.w))] + ["r", "u"]
        states = [f"y{i}" for i in range(len(self.s))] if self.shape.states else []
        lines = [f"{column} = []" for column in (*columns, *states)]
        lines += [f"P{i} = p{i}.append" for i in range(len(self.w))] + ["L = q.append"]
        lines += [f"J{i} = j{i}.append" for i in range(len(self.w))] + ["R = r.append", "U = u.append"]
        lines += [f"Y{i} = y{i}.append" for i in range(len(states))]
        return [*lines, "batches = []"] if self.shape.sampling else lines

    def _row_tuple(self, attempt: str) -> str:
        parameters = ", ".join(f"p{i}" for i in range(len(self.w)))
        gradient = ", ".join(f"j{i}" for i in range(len(self.w)))
        batches = "batches" if self.shape.sampling else "None"
        states = f"({''.join(f'y{i}, ' for i in range(len(self.s)))})" if self.shape.states else "None"
        rates = "[lr]*z_len(u)" if self._steady() else "r"
        return f"(({parameters},), q, ({gradient},), {rates}, u, {batches}, {states}, reason, {attempt})"

    def _block(self) -> list[str]:
        attempt = f"({', '.join([*self.n, 'next_loss', *self.g, *self.next_s])},)"
        failed = f"{attempt} if reason == 'diverged' else None"
        return [
            "for done in z_range(done + 1, z_min(done + room, max_steps) + 1):",
            *_indent(self._step()),
            "else:",
            " if done >= max_steps:",
            "  reason = 'max_steps'",
            *(["if room and reason != 'diverged':", *_indent(self._append())] if self.shape.last else []),
            "if reason is not None:",
            f" yield {self._row_tuple(failed)}",
            " return",
            f"room = yield {self._row_tuple('None')}",
            *self._lists(),
        ]

    def _step(self) -> list[str]:
        return [
            *(["k = t"] if any(DONE in root.names for root in self.step.roots) else []),
            "t += 1.0",
            *self._gradient(),
            *self._rule(),
            *self._bounds([*self.n], "n"),
            *self._evaluation(),
            *self._bounds(["next_loss"], "loss"),
            *([] if self.shape.last else self._append()),
            *self._stops(),
            *(f"{old} = {new}" for old, new in zip(self.w, self.n, strict=True)),
            *(f"{state} = {new}" for state, new in zip(self.s, self.next_s, strict=True)),
        ]

    def _gradient(self) -> list[str]:
        lines: list[str] = []
        if self.shape.sampling:
            lines += self._draw() + self._guarded(
                self.objective.batch(self.w, self.g, "batch"), self.w, self.g, "batch"
            )
        elif self.shape.noise:
            lines += [f"{g} = {e}" for g, e in zip(self.g, self.e, strict=True)]
        if self.shape.noise:
            lines += [f"{g} += gauss(0.0, noise)" for g in self.g]
        return lines

    def _draw(self) -> list[str]:
        if self.shape.sampling == "replacement":
            self.names["list_of"] = list
            return ["batch = [randrange(points) for _ in z_range(batch_size)]"]
        return [
            "if position >= points:",
            " shuffle(order)",
            " position = 0",
            "batch = order[position:position + batch_size]",
            "position += batch_size",
        ]

    def _guarded(self, part: Fragment, at: Sequence[str], into: Sequence[str], *more: str) -> list[str]:
        """The lines of a fragment, and its rescue where they raise."""
        rescue = f"z_rescue{len(self.names)}"
        self.names |= {**part.names, rescue: part.rescue}
        return [
            "try:",
            *_indent(list(part.lines)),
            "except f_raises:",
            f" {', '.join(into)}, = {rescue}({', '.join([*at, *more])})",
        ]

    def _rule(self) -> list[str]:
        given = ", ".join(self._spelling()[text] for text in self.inputs)
        targets = ["lr", *self.n, *self.next_s]
        pairs = zip(targets, self.code.results, strict=True)
        kept = {"lr"} if self._steady() else set()
        assigned = [f"{target} = {result}" for target, result in pairs if target != result and target not in kept]
        return [
            "try:",
            *_indent([*self.code.lines, *assigned]),
            "except f_raises:",
            f" {', '.join(targets)}, = z_rule({given})",
        ]

    def _bounds(self, values: list[str], what: str) -> list[str]:
        """Stop as diverged when one of `values` is past BEYOND or not a number, or a gradient or state not finite."""
        inside = " and ".join(f"{-BEYOND} <= {value} <= {BEYOND}" for value in values)
        if what == "loss":
            return [f"if not {inside}:", " reason = 'diverged'", " break"]
        watched = [*self.g, *self.next_s]
        total = " + ".join(watched)
        return [
            f"if not ({inside} and -f_inf < {total} < f_inf) and not ({inside} and z_finite({', '.join(watched)})):",
            " next_loss = f_nan",
            " reason = 'diverged'",
            " break",
        ]

    def _evaluation(self) -> list[str]:
        into = ["next_loss"] if self.shape.sampling else ["next_loss", *(f"x{e}" for e in self.e)]
        return self._guarded(self.objective.whole(self.n, into), self.n, into)

    def _append(self) -> list[str]:
        row = self._append_row(self.n, "next_loss", self.next_s)
        batch = ["batches.append(batch)"] if self.shape.sampling else []
        return [*row, *batch] if self.shape.last else [*row, *self._append_step(), *batch]

    def _append_row(self, parameters: list[str], loss: str, states: list[str]) -> list[str]:
        kept = states if self.shape.states else []
        return [
            *(f"P{i}({value})" for i, value in enumerate(parameters)),
            f"L({loss})",
            *(f"Y{i}({value})" for i, value in enumerate(kept)),
        ]

    def _append_step(self) -> list[str]:
        length = f"z_hypot({', '.join(f'{n} - {w}' for n, w in zip(self.n, self.w, strict=True))})"
        rate = [] if self._steady() else ["R(lr)"]
        return [*(f"J{i}({g})" for i, g in enumerate(self.g)), *rate, f"U({length})"]

    def _stops(self) -> list[str]:
        lines: list[str] = []
        if self.shape.min_step_size:
            small = [f"z_abs({n} - {w}) < min_step_size" for n, w in zip(self.n, self.w, strict=True)]
            flat = [f"lr*z_abs({g}) < min_step_size" for g in self.g]
            test = " and ".join(["lr > 0.0", *small, *flat])
            if self.shape.sampling:
                lines += [f"quiet = quiet + 1 if {test} else 0", "if quiet >= epoch:"]
            else:
                lines += [f"if {test}:"]
            lines += [" reason = 'min_step_size'", " break"]
        if self.shape.target_loss:
            lines += ["if next_loss <= target_loss:", " reason = 'target_loss'", " break"]
        if not self.shape.sampling:
            lines += [f"{e} = x{e}" for e in self.e]
        return lines


def _numbered(letter: str, count: int) -> list[str]:
    return [f"{letter}{i}" for i in range(count)]


def _indent(lines: Sequence[str]) -> list[str]:
    return [f" {line}" for line in lines]


def _is_part(text: str) -> bool:
    """Whether a result already stands under a name of its own, made in this step."""
    return text[0] == "v" and text[1:].isdigit()


def _all_finite(*values: float) -> bool:
    return all(math.isfinite(value) for value in values)
