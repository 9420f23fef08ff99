"""A spec made ready to run: its fields are checked against each other, and its runs are built."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson
from pydantic import ValidationError

from app.api.errors import Loc, quoted, request_error, request_errors
from app.api.spec.changes import ChoicePhase
from app.api.spec.fields import field_error
from app.api.spec.models import Spec
from app.api.spec.optimizers import RunChoice
from app.descent import Phase, Run, Setup, StartError
from app.formulas import parse_rule
from app.problems import Problem
from app.settings import Settings


@dataclass(frozen=True)
class Plan:
    """A valid spec with all that its runs need.

    Args:
        where: the part of the request that the spec came in, `body` or `query`.
        start: where the runs set off.
    """

    where: str
    spec: Spec
    problem: Problem
    start: tuple[float, ...]
    runs: list[Run] = field(default_factory=list)

    @property
    def on_data(self) -> bool:
        """Whether there are points to draw batches from."""
        return self.problem.objective.n_points is not None

    def optimizer(self, index: int) -> dict[str, Any]:
        """One optimizer, every value in force."""
        return self.spec.optimizers[index].in_force(self.on_data)

    def optimizer_at(self, index: int, t: int) -> dict[str, Any]:
        """The optimizer with which one run takes its step `t`, every value in force."""
        choice = self.spec.optimizers[index]
        phase = next(each for each in reversed(choice.phases) if each.after < t)
        values = phase.choice.in_force(self.on_data)
        return {**values, "label": choice.label or phase.choice.title}

    def canonical(self) -> bytes:
        """The whole spec with every value in force: the same for any two specs that ask for the same."""
        spec = {
            "problem": self.spec.problem.model_dump(),
            "start": self.start,
            "optimizers": [self.optimizer(index) for index in range(len(self.spec.optimizers))],
            "stop": self.spec.stop.model_dump(),
            "seed": self.spec.seed,
        }
        return orjson.dumps(spec, option=orjson.OPT_SORT_KEYS)

    def notes(self, index: int) -> list[str]:
        """Sentences that a reader of one run must know."""
        choice = self.spec.optimizers[index]
        changes = [_change_sentence(each, self.spec.stop.max_steps) for each in choice.phases[1:]]
        return [*self.runs[index].notes, *changes]

    def run(self, choice: RunChoice) -> Run:
        """One run, at its start."""
        phases, began = [], 0
        for each in choice.phases:
            began = each.after if each.restarts else began
            phases.append(Phase(each.after, _setup(each.choice), began))
        first, *changes = phases
        return Run(self.problem, first.setup, self.start, self.spec.stop.rules(), self.spec.seed, changes)


def _setup(choice: RunChoice) -> Setup:
    return Setup(
        rule=parse_rule(choice.text),
        learning_rate=choice.learning_rate,
        values=choice.hyperparameters,
        initial=choice.starts,
        schedule=choice.schedule.declaration,
        schedule_values=choice.schedule.values,
        batch_size=choice.batch_size,
        sampling=choice.sampling,
        noise=choice.noise,
    )


def _change_sentence(change: ChoicePhase, max_steps: int) -> str:
    """What happens after a row, in words."""
    if change.after >= max_steps:
        return f"The change after row {change.after} is never made, as the run has at most {max_steps} steps."
    if change.restarts:
        name, rate = change.choice.title, change.choice.learning_rate
        return f"After row {change.after} it goes on as {name} with learning rate {rate:g}, whose states begin afresh."
    values = [f"{name.replace('_', ' ')} {_value_text(change.given[name])}" for name in change.given]
    return f"After row {change.after} it goes on with {', '.join(values)}."


def _value_text(value: Any) -> str:
    if isinstance(value, Mapping):
        return str(value.get("name", value)).replace("_", " ")
    return f"{value:g}" if isinstance(value, float) else str(value)


def planning(spec: Spec, where: str, settings: Settings) -> Generator[None, None, Plan]:
    """Return the plan of a spec whose fields are each valid; pauses before each rule is written out.

    Args:
        where: `body` or `query`, for the place that an error names.
        settings: how much it may ask for.

    Raises: RequestValidationError, naming every field that does not fit the others.
    """
    _raise_any(where, _too_many(spec, settings))
    problem = spec.problem.build()
    start = problem.start_for(spec.seed) if spec.start is None else tuple(spec.start)
    plan = Plan(where, spec, problem, start)
    _raise_any(where, _conflicts(plan))
    cost = 0.0
    for choice in spec.optimizers:
        yield
        run = plan.run(choice)
        cost += run.cost
        plan.runs.append(run)
    steps = spec.stop.max_steps
    if steps * cost > settings.max_work:
        phrase = f"may be at most {settings.max_work // cost:g} steps: one step of all the runs takes about {cost:g}"
        raise request_error((where, "stop", "max_steps"), steps, "work", f"{phrase} operations; got {steps}")
    return plan


def _raise_any(where: str, errors: Iterator[ValidationError]) -> None:
    if found := list(errors):
        raise request_errors(where, found)


def _too_many(spec: Spec, settings: Settings) -> Iterator[ValidationError]:
    points = len(getattr(spec.problem, "points", ()))
    for place, count, most in (
        (("optimizers",), len(spec.optimizers), settings.max_optimizers),
        (("problem", "points"), points, settings.max_points),
    ):
        if count > most:
            yield field_error(place, count, "too_long", f"may have at most {most} entries, and has {count}")
    steps = spec.stop.max_steps
    if steps > settings.max_steps:
        phrase = f"must be a whole number, in [1, {settings.max_steps}]; got {steps}"
        yield field_error(("stop", "max_steps"), steps, "number", phrase)


def _conflicts(plan: Plan) -> Iterator[ValidationError]:
    names = plan.problem.parameters
    if len(plan.start) != len(names):
        phrase = f"must be {len(names)} number{'s' * (len(names) > 1)} ({names_text(names)}); got {quoted(plan.start)}"
        yield field_error(("start",), plan.start, "start", phrase)
        return
    for index, choice in enumerate(plan.spec.optimizers):
        for number, phase in enumerate(choice.phases):
            place: Loc = ("changes", number - 1) if number else ()
            yield from _batch_conflicts(plan.problem.objective.n_points, phase, ("optimizers", index, *place))
    try:
        Run(plan.problem, _PLAIN, plan.start)
    except StartError as error:
        yield field_error(("start",), plan.start, "start", f"is no place to start from: {error}")


def _batch_conflicts(n_points: int | None, phase: ChoicePhase, place: Loc) -> Iterator[ValidationError]:
    """The fields on batches and noise in one phase that do not suit a problem of so many points, or without any."""
    choice, size = phase.choice, phase.choice.batch_size
    plain = choice.needs_sampling and not choice.noise
    if n_points is None:
        for name in sorted(phase.given.keys() & {"batch_size", "sampling"}):
            value = getattr(choice, name)
            if value not in (None, type(choice).model_fields[name].default):
                phrase = f"is for data, and this problem has none; got {quoted(value)}"
                yield field_error((*place, name), value, "batch", phrase)
        if plain:
            phrase = f"must be above 0: {choice.title} is only itself with samples or noise, and here is no data"
            phrase += f" to sample; got {quoted(choice.noise)}"
            yield field_error((*place, "noise"), choice.noise, "noise", phrase)
        return
    if size is not None:
        if size > n_points:
            phrase = f"must be at most {n_points}, the points; got {size}"
            yield field_error((*place, "batch_size"), size, "batch", phrase)
        return
    if choice.sampling != "shuffle":
        phrase = f"needs a batch_size to draw: every step sees all points; got {quoted(choice.sampling)}"
        yield field_error((*place, "sampling"), choice.sampling, "batch", phrase)
    if plain:
        phrase = f"must be a number: {choice.title} without samples or noise is plain descent; got null"
        yield field_error((*place, "batch_size"), size, "batch", phrase)


_PLAIN = Setup(parse_rule("w = w - lr*g"), 1.0)
"""A setup with which a run is made only to check its start."""

MOST_NAMED = 6


def names_text(names: Sequence[str]) -> str:
    """The names of parameters, the middle ones left out where there are many."""
    return ", ".join(names if len(names) <= MOST_NAMED else [*names[:3], "...", names[-1]])
