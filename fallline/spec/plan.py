"""Makes a spec ready to run: checks its fields against each other, and builds its runs."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from itertools import chain
from math import isfinite
from typing import Any

import orjson

from fallline.descent import Run, StartError
from fallline.descent.recorded import RecordedRun, recorded_path
from fallline.descent.run import start_row
from fallline.errors import Loc, SpecError, errors_of
from fallline.faults import FaultError
from fallline.hyperparameters import Interval
from fallline.in_parts import InParts
from fallline.limits import Limits
from fallline.notices import Notice, notice
from fallline.optimizers.method import Refused
from fallline.problems import Problem
from fallline.sentences import few_names, range_values
from fallline.spec.models import SingleSpec, Spec
from fallline.spec.run_models import ON_DATA, Change, RunChoice


@dataclass(frozen=True)
class Plan:
    """A valid spec with all that its runs need.

    Args:
        start: the start of the runs.
    """

    spec: Spec
    problem: Problem
    start: tuple[float, ...]
    runs: list[Run] = field(default_factory=list)

    @property
    def on_data(self) -> bool:
        """Whether the problem has data points, from which batches can be drawn."""
        return self.problem.objective.n_points is not None

    def optimizer(self, index: int) -> dict[str, Any]:
        """The optimizer of one run, with every value in force."""
        return self.spec.optimizers[index].in_force(self.on_data)

    def optimizer_at(self, index: int, t: int) -> dict[str, Any]:
        """The optimizer with which one run takes its step `t`, with every value in force."""
        run = self.spec.optimizers[index]
        in_force = [run, *(each for change, each in run.later if change.at < t)][-1]
        return {**in_force.in_force(self.on_data), "label": run.label or in_force.title}

    def canonical(self) -> bytes:
        """The whole spec with every value in force, as JSON: equal for any two specs that request the same."""
        spec = {
            "problem": self.spec.problem.model_dump(),
            "start": self.start,
            "optimizers": [self.optimizer(index) for index in range(len(self.spec.optimizers))],
            "stop": self.spec.stop.model_dump(),
            "seed": self.spec.seed,
        }
        return orjson.dumps(spec, option=orjson.OPT_SORT_KEYS)

    def notices(self, index: int) -> list[Notice]:
        """The notices for a reader of one run."""
        choice = self.spec.optimizers[index]
        steps, n_points = self.spec.stop.max_steps, self.problem.objective.n_points
        later = (_change_notices(*each, steps, n_points) for each in choice.later)
        return [*self.runs[index].notices, *chain.from_iterable(later)]

    def run(self, choice: RunChoice, seed: int | None = None) -> Run:
        """One run, by default with the seed of the spec. If the problem draws its start, the seed decides that too."""
        seed = self.spec.seed if seed is None else seed
        first, *changes = choice.phases
        kind = RecordedRun if recorded_path(first.setup.method) else Run
        return kind(self.problem, first.setup, self.spec.start, self.spec.stop_rules(), seed, changes)


def _change_notices(change: Change, choice: RunChoice, max_steps: int, n_points: int | None) -> Iterator[Notice]:
    """Notices of what a change does. Args: choice: the optimizer after the change."""
    at, fields = change.at, choice.changed_fields(change)
    if at >= max_steps:
        yield notice("change_never_made", at=at, max_steps=max_steps)
        return
    there = fields.pop("first_points", None) or n_points
    if change.restarts:
        yield notice("other_optimizer", at=at, optimizer=choice.title, learning_rate=choice.learning_rate)
    elif fields:
        yield notice("other_values", at=at, values={name: _in_brief(value) for name, value in fields.items()})
    if "first_points" in change.given:
        yield notice("other_points", at=at, count=there)


def _in_brief(value: Any) -> Any:
    """A value as a sentence shows it: the name of a schedule; "all" for None, which is a number of points."""
    return value["name"] if isinstance(value, Mapping) else "all" if value is None else value


def planning(spec: Spec, limits: Limits) -> InParts[Plan]:
    """Return the plan of a spec whose fields are each valid; pauses before it builds each run.

    Args: limits: how much a spec may request.

    Raises:
        SpecError: names every field that does not fit the others.
    """
    _raise_any(_too_many(spec, limits))
    problem = spec.problem.build()
    start = problem.start_for(spec.seed) if spec.start is None else tuple(spec.start)
    plan = Plan(spec, problem, start)
    _raise_any(_conflicts(plan))
    for choice in spec.optimizers:
        yield
        plan.runs.append(plan.run(choice))
    steps, cost = spec.stop.max_steps, spec.cost(plan.runs)
    if steps * cost > limits.max_work:
        work = {"limit": int(limits.max_work // cost), "cost": cost}
        raise SpecError("work_too_large", ("stop", "max_steps"), steps, **work)
    return plan


def _raise_any(refusals: Iterator[SpecError]) -> None:
    errors = [error for refused in refusals for error in errors_of(refused)]
    if errors:
        raise SpecError.for_all(errors)


def _too_many(spec: Spec, limits: Limits) -> Iterator[SpecError]:
    network = getattr(spec.problem, "network", None)
    points, samples = (len(getattr(of, "points", None) or ()) for of in (spec.problem, network))
    for place, count, most in (
        (("optimizers",), len(spec.optimizers), limits.max_optimizers),
        (("problem", "points"), points, limits.max_points),
        (("problem", "network", "points"), samples, limits.max_points),
    ):
        if count > most:
            yield SpecError("too_many", place, count, limit=most, count=count)
    steps = spec.stop.max_steps
    if steps > limits.max_steps:
        allowed = range_values(Interval(1, limits.max_steps), whole=True)
        yield SpecError("out_of_range", ("stop", "max_steps"), steps, range=allowed)


def _conflicts(plan: Plan) -> Iterator[SpecError]:
    names = plan.problem.parameters
    if len(plan.start) != len(names):
        yield SpecError("wrong_count", ("start",), plan.start, count=len(names), names=few_names(names))
        return
    for index, choice in enumerate(plan.spec.optimizers):
        for place, each, fields in _placed(choice, index):
            yield from _batch_conflicts(plan.problem.objective.n_points, each, fields, place)
            yield from _recorded_conflicts(plan.spec, each, fields, place)
            if each.method.needs_hessian and not plan.problem.objective.has_hessian:
                yield SpecError("no_hessian", (*place, "name"), each.identity()["name"])
    try:
        start_row(plan.problem.objective, plan.start)
    except FaultError as fault:
        yield SpecError("start_fault", ("start",), plan.start, where=fault.where, error=fault.what)
    except StartError as error:
        loss = error.loss if isfinite(error.loss) else str(error.loss)
        yield SpecError("start_not_finite", ("start",), plan.start, at=list(error.at), loss=loss)


AS_SHOWN = frozenset({"label", "learning_rate"})
"""The fields that a recorded path may have. Its learning rate has only one value, and no effect."""


def _recorded_conflicts(spec: Spec, choice: RunChoice, given: Set[str], place: Loc) -> Iterator[SpecError]:
    """Errors of a recorded path that is to do more than be shown, or be shown on another plane than its own."""
    path, name = recorded_path(choice.method), choice.identity().get("name")
    if path is None:
        return
    if getattr(spec.problem, "surface", None) != path.surface:
        yield SpecError("recorded_elsewhere", (*place, "name"), name, surface=path.surface)
    elif (
        isinstance(spec, SingleSpec)
        or "changes" in place
        or any(
            getattr(choice, field) != RunChoice.model_fields[field].get_default(call_default_factory=True)
            for field in given & RunChoice.model_fields.keys() - AS_SHOWN
        )
    ):
        yield SpecError("recorded_only", (*place, "name"), name)


def _placed(choice: RunChoice, index: int) -> Iterator[tuple[Loc, RunChoice, Set[str]]]:
    """The location of a run, its optimizer and the names of the fields that are set; then the same for each change."""
    yield ("optimizers", index), choice, choice.model_fields_set
    for number, (change, each) in enumerate(choice.later):
        yield ("optimizers", index, "changes", number), each, change.given.keys()


def refuse_methods(plan: Plan, code: str, asked: Refused, **values: Any) -> None:
    """Check that no method of a plan's first run refuses `asked`. Raises: SpecError, with this code."""
    for place, each, _ in _placed(plan.spec.optimizers[0], 0):
        if asked in each.method.refuses():
            raise SpecError(code, (*place, "name"), each.identity()["name"], **values)


def _batch_conflicts(n_points: int | None, choice: RunChoice, given: Set[str], place: Loc) -> Iterator[SpecError]:
    """Errors of the fields for batches and noise that do not suit the problem.

    Args: n_points: of the problem, None without data; given: the names of the fields that are set.
    """
    size = choice.batch_size
    plain = choice.needs_sampling and not choice.noise
    if n_points is None:
        for name in sorted(given & {*ON_DATA}):
            value = getattr(choice, name)
            if value not in (None, type(choice).model_fields[name].default):
                yield SpecError("only_for_data", (*place, name), value)
        if plain:
            yield SpecError("needs_noise", (*place, "noise"), choice.noise, optimizer=choice.title)
        return
    there = choice.first_points or n_points
    if there > n_points:
        yield SpecError("batch_too_large", (*place, "first_points"), there, limit=n_points)
    if size is not None:
        if size > there:
            yield SpecError("batch_too_large", (*place, "batch_size"), size, limit=there)
        return
    if choice.sampling != "shuffle":
        yield SpecError("needs_batch_size", (*place, "sampling"), choice.sampling)
    if plain:
        yield SpecError("needs_sampling", (*place, "batch_size"), size, optimizer=choice.title)
