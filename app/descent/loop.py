"""The quick way through a run: a loop written for one objective in formulas and one rule, compiled once and kept.

The arithmetic of the rule and of the objective stands unrolled in its body, on floats, with constant parts before it
and only what the run asks for (schedule, batches, noise, stop rules): what a loop written by hand would do. Its rows
are those of the driver, which a test holds.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from app.descent.rows import Block, Row
from app.descent.setup import Phase
from app.descent.stops import BEYOND, Stop, ending, what_broke
from app.descent.unroll import DONE, Unrolled, unrolled
from app.formulas.functions import FLOAT_NAMES, Writer, compiled, float_function
from app.problems.objective import InFormulas, OverData

MOST_PARAMETERS = 10
"""With more than this the unrolled lines are slower than arrays."""

STEP_NUMBERS = frozenset(("t", DONE))

Blocks = Generator[Block, int, None]
"""Blocks of rows; each is sent the most rows of the next."""


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
    shape = _Shape(
        sampled=objective.points is not None and setup.batch_size is not None,
        noise=setup.noise > 0,
        min_step_size=bool(stop.min_step_size),
        watches_gradient=stop.watches_gradient,
        target_loss=stop.target_loss is not None,
        states=states,
    )
    run: Blocks = _loop(objective, step, shape)(
        row=row, room=room, until=until, began=phase.began, constants=setup.known, noise=setup.noise,
        batch=(setup.sampling, objective.points, setup.batch_size), epoch=setup.epoch(objective.points),
        min_step_size=stop.min_step_size, target_loss=stop.target_loss,
        at_until="max_steps" if until == stop.max_steps else None,
        ending=partial(ending, stop=stop), what_broke=partial(what_broke, objective.parameters),
    )  # fmt: skip
    return run


@dataclass(frozen=True)
class _Shape:
    """What a run asks for beside objective and rule; each part left out is not in the loop at all.

    Args:
        sampled: whether a step sees a batch; noise: whether a Gaussian is added to each component of the gradient.
        min_step_size, target_loss: whether these stop rules are on; watches_gradient: as `Stop` has it.
        states: whether the states are kept as columns.
    """

    sampled: bool
    noise: bool
    min_step_size: bool
    watches_gradient: bool
    target_loss: bool
    states: bool


@lru_cache(maxsize=256)
def _loop(objective: InFormulas, step: Unrolled, shape: _Shape) -> Callable[..., Blocks]:
    return _LoopSource(objective, step, shape).compiled()


class _LoopSource:
    """The source of one loop, and what its names stand for.

    In it w is the parameters, n the next ones; e the gradient here over all data, g the one used; s the states.
    """

    def __init__(self, objective: InFormulas, step: Unrolled, shape: _Shape) -> None:
        self.objective, self.step, self.shape = objective, step, shape
        count = len(objective.parameters)
        self.w, self.n, self.g = _numbered("w", count), _numbered("n", count), _numbered("g", count)
        self.e = _numbered("e", count) if shape.sampled or shape.noise else self.g
        self.s = {state: _numbered(f"s{j}_", count) for j, state in enumerate(step.names)}
        self.held = [text for held in self.s.values() for text in held]
        self.names: dict[str, object] = {
            **FLOAT_NAMES, "Block": Block, "Row": Row, "float": float, "hypot": math.hypot, "abs": abs,
            "range": range, "min": min, "len": len, "all_finite": _all_finite,
        }  # fmt: skip
        if shape.sampled and isinstance(objective, OverData):
            self.names |= {"value": objective.value_on_floats, "batch_gradient": objective.batch_gradient_on_floats}
        else:
            self.names["value_and_gradient"] = objective.value_and_gradient_on_floats
        self._write_rule()

    def _write_rule(self) -> None:
        own = [(f"w.{i}", text) for i, text in enumerate(self.w)] + [(f"g.{i}", text) for i, text in enumerate(self.g)]
        own += [(f"{state}.{i}", text) for state, held in self.s.items() for i, text in enumerate(held)]
        spelling = dict(own) | {"t": "t", DONE: "k"}
        used = frozenset().union(*(root.names for root in self.step.roots))
        self.constants = {name: f"h{i}" for i, name in enumerate(sorted(used - set(spelling)))}
        spelling |= self.constants
        self.code = Writer(spelling, constant=frozenset(self.constants), whole=STEP_NUMBERS, prefix="v").write(
            self.step.roots
        )
        self.rate = "lr" if self.step.lr.names & STEP_NUMBERS else None
        after = self.code.results[1 + len(self.w) :]
        self.next_s = [r if _is_part(r) else f"x{s}" for s, r in zip(self.held, after, strict=True)]
        inputs = tuple(name for name in spelling if name in used)
        self.given = ", ".join(spelling[name] for name in inputs)
        hoisted = tuple(self.code.constants.values())
        # made only where floats refuse: the slow functions that never raise
        self.names["rescue_rule"] = lambda *a: float_function(inputs, self.step.roots)(*a)
        self.names["rescue_constants"] = lambda *a: float_function(tuple(self.constants), hoisted)(*a)

    def compiled(self) -> Callable[..., Blocks]:
        return compiled(self.source(), self.names, "steps")

    def source(self) -> str:
        arguments = (
            "row, room, until, began, constants, noise, batch, epoch, min_step_size, target_loss, at_until, ending, "
            "what_broke"
        )
        lines = [
            *self._taken_up(),
            "while True:",
            *_indent([*self._columns(), "first = done + 1", "for done in range(first, min(done + room, until) + 1):"]),
            *_indent(self._step(), 2),
            " else:",
            "  if done >= until:",
            "   reason = at_until",
            *_indent(self._block()),
            " if reason is not None or done >= until:",
            "  yield block",
            "  return",
            " room = yield block",
        ]
        return "\n".join([f"def steps({arguments}):", *_indent(lines)]) + "\n"

    def _taken_up(self) -> list[str]:
        """The row that the loop sets off from, and what does not change in it."""
        held = [f"{_targets(texts)} = row.states[{state!r}]" for state, texts in self.s.items()]
        lines = [
            f"{_targets(self.w)} = row.parameters",
            "loss = row.loss",
            *([] if self.shape.sampled else [f"{_targets(self.e)} = row.gradient"]),
            *held,
            *(f"{text} = constants[{name!r}]" for name, text in self.constants.items()),
            "done, quiet = row.t, row.small_steps",
            "t = float(done - began)",
            "reason, why = None, ''",
            "draws = row.draws",
            *(["draws = draws.copy()"] if self._draws else []),
            *(["draw_batch = draws.batch", "sampling, points, batch_size = batch"] if self.shape.sampled else []),
            *(["gauss = draws.random.gauss"] if self.shape.noise else []),
        ]
        if self.code.before:
            rescue = f"{', '.join(self.code.constants)}, = rescue_constants({', '.join(self.constants.values())})"
            lines += ["try:", *_indent(self.code.before), "except f_raises:", f" {rescue}"]
        return lines if self.rate else [*lines, f"lr = {self.code.results[0]}"]

    @property
    def _draws(self) -> bool:
        return self.shape.sampled or self.shape.noise

    # columns and blocks

    def _columns(self) -> list[str]:
        """Fresh columns, and their append methods as locals."""
        count = len(self.w)
        columns = {f"P{i}": f"p{i}" for i in range(count)} | {f"J{i}": f"j{i}" for i in range(count)}
        columns |= {"L": "losses", "U": "sizes"} | ({"R": "rates"} if self.rate else {})
        columns |= {f"Y{i}": f"y{i}" for i in range(len(self.held))} if self.shape.states else {}
        columns |= {"B": "batches"} if self.shape.sampled else {}
        return [line for add, column in columns.items() for line in (f"{column} = []", f"{add} = {column}.append")]

    def _append(self) -> list[str]:
        length = f"hypot({', '.join(f'{n} - {w}' for n, w in zip(self.n, self.w, strict=True))})"
        return [
            *(f"P{i}({n})" for i, n in enumerate(self.n)),
            "L(next_loss)",
            *(f"J{i}({g})" for i, g in enumerate(self.g)),
            *(["R(lr)"] if self.rate else []),
            f"U({length})",
            *(f"Y{i}({s})" for i, s in enumerate(self.next_s) if self.shape.states),
            *(["B(batch)"] if self.shape.sampled else []),
        ]

    def _block(self) -> list[str]:
        """The rows so far as a block; the row that broke is not among them."""
        count = len(self.w)
        numbers = iter(range(len(self.held)))
        states = {state: f"({''.join(f'y{next(numbers)}, ' for _ in held)})" for state, held in self.s.items()}
        held = ", ".join(f"{state!r}: {_tuple(texts)}" for state, texts in self.s.items())
        gradient = "None" if self.shape.sampled else _tuple(self.e)
        return [
            "if reason == 'diverged':",
            " done -= 1",
            "block = Block(",
            f" first, {_tuple(_numbered('p', count))}, losses, {_tuple(_numbered('j', count))},",
            f" {'rates' if self.rate else '[lr]*len(sizes)'}, sizes, {'batches' if self.shape.sampled else 'None'},",
            f" {{{', '.join(f'{state!r}: {y}' for state, y in states.items())}}}," if self.shape.states else " None,",
            f" Row(done, {_tuple(self.w)}, loss, {gradient}, {{{held}}},",
            f"  {'draws.copy()' if self._draws else 'draws'}, quiet),",
            " None if reason is None else ending(reason, done, what_broke=why),",
            ")",
        ]

    # a step

    def _step(self) -> list[str]:
        """One step, up to its stop rules: the test of a small step stands before the step is taken over."""
        moved = zip([*self.w, *self.held], [*self.n, *self.next_s], strict=True)
        return [
            *(["k = t"] if any(DONE in root.names for root in self.step.roots) else []),
            "t += 1.0",
            *self._gradient(),
            *self._rule(),
            *self._check_step(),
            *self._evaluation(),
            *self._check_loss(),
            *self._append(),
            *self._small(),
            *(f"{old} = {new}" for old, new in moved),
            "loss = next_loss",
            *([] if self.shape.sampled else [f"{e} = x{e}" for e in self.e]),
            *self._stops(),
        ]

    def _gradient(self) -> list[str]:
        lines: list[str] = []
        if self.shape.sampled:
            lines += [
                "batch = draw_batch(sampling, points, batch_size)",
                f"{_targets(self.g)} = batch_gradient({', '.join(self.w)}, batch)",
            ]
        elif self.shape.noise:
            lines += [f"{g} = {e}" for g, e in zip(self.g, self.e, strict=True)]
        return [*lines, *(f"{g} += gauss(0.0, noise)" for g in self.g if self.shape.noise)]

    def _rule(self) -> list[str]:
        targets = ["lr", *self.n, *self.next_s]
        pairs = zip(targets, self.code.results, strict=True)
        assigned = [f"{a} = {b}" for a, b in pairs if a != b and (a != "lr" or self.rate)]
        rescue = f"{', '.join(targets)}, = rescue_rule({self.given})"
        return ["try:", *_indent([*self.code.lines, *assigned]), "except f_raises:", f" {rescue}"]

    def _evaluation(self) -> list[str]:
        into = ["next_loss"] if self.shape.sampled else ["next_loss", *(f"x{e}" for e in self.e)]
        return [f"{_targets(into)} = {'value' if self.shape.sampled else 'value_and_gradient'}({', '.join(self.n)})"]

    # how it ends

    def _check_step(self) -> list[str]:
        """The end where a next parameter has run away, or a gradient or a state is not finite."""
        inside, watched = _inside(self.n), [*self.g, *self.next_s]
        # one sum tells of all of them, but for a sum that overflows where no part does
        total = " + ".join(watched)
        return [
            f"if not ({inside} and -f_inf < {total} < f_inf) and not ({inside} and all_finite({', '.join(watched)})):",
            *_indent(self._diverged("f_nan")),
        ]

    def _check_loss(self) -> list[str]:
        return [f"if not {_inside(['next_loss'])}:", *_indent(self._diverged("next_loss"))]

    def _diverged(self, loss: str) -> list[str]:
        numbers = iter(self.next_s)
        states = ", ".join(f"{state!r}: {_tuple([next(numbers) for _ in held])}" for state, held in self.s.items())
        why = f"what_broke({_tuple(self.g)}, {{{states}}}, {_tuple(self.n)}, {loss})"
        return ["reason = 'diverged'", f"why = {why}", "break"]

    def _small(self) -> list[str]:
        if not self.shape.min_step_size:
            return []
        tests = [f"abs({n} - {w}) < min_step_size" for n, w in zip(self.n, self.w, strict=True)]
        if self.shape.watches_gradient:
            tests = ["lr > 0.0", *tests, *(f"lr*abs({g}) < min_step_size" for g in self.g)]
        return [f"quiet = quiet + 1 if {' and '.join(tests)} else 0"]

    def _stops(self) -> list[str]:
        lines: list[str] = []
        if self.shape.min_step_size:
            lines += ["if quiet >= epoch:", " reason = 'min_step_size'", " break"]
        if self.shape.target_loss:
            lines += ["if loss <= target_loss:", " reason = 'target_loss'", " break"]
        return lines


def _inside(values: Sequence[str]) -> str:
    return " and ".join(f"{-BEYOND} <= {value} <= {BEYOND}" for value in values)


def _numbered(letter: str, count: int) -> list[str]:
    return [f"{letter}{i}" for i in range(count)]


def _targets(names: Sequence[str]) -> str:
    return f"{', '.join(names)},"


def _tuple(names: Sequence[str]) -> str:
    return f"({_targets(names)})"


def _indent(lines: Sequence[str], levels: int = 1) -> list[str]:
    return [" " * levels + line for line in lines]


def _is_part(text: str) -> bool:
    """Whether a result already stands under a name of its own, made in this step."""
    return text[0] == "v" and text[1:].isdigit()


def _all_finite(*values: float) -> bool:
    return all(math.isfinite(value) for value in values)
