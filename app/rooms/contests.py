"""A contest: the values that may be set, the measure of an entry, and its result."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from fallline.errors import SpecError, errors_of, known_names, located
from fallline.in_parts import InParts
from fallline.limits import Limits
from fallline.spec.fields import Strict, check_names, real, whole_number
from fallline.spec.models import SingleSpec
from fallline.spec.plan import Plan, planning

OPTIMIZER, START = "optimizer", "start"
"""The names of the settings that a contest may allow besides the hyperparameters."""


class ContestGoal(Strict):
    """The measure of an entry: exactly one of the fields is set."""

    lowest_loss_after: Annotated[int, whole_number(1)] | None = Field(
        None, description="The loss in this row, or in the last one where a run ends before; the lowest is best."
    )
    fewest_steps_to: Annotated[float, real()] | None = Field(
        None, description="The steps to this loss; the fewest are best."
    )

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        if len(self.given) != 1:
            raise SpecError("not_exactly_one", (), list(self.given), allowed=list(type(self).model_fields))
        return self

    @property
    def given(self) -> dict[str, float]:
        """The measure that is set, as clients receive it."""
        return {name: value for name, value in self if value is not None}

    def stop(self, most_steps: int) -> dict[str, Any]:
        """The stop rules of an entry's run."""
        if self.lowest_loss_after:
            return {"max_steps": self.lowest_loss_after}
        return {"max_steps": most_steps, "target_loss": self.fewest_steps_to}


@dataclass
class Contest:
    """A contest of a room.

    Args:
        question: the name of the contest in entries.
        spec: a spec of one run.
        sets: the names of the values that a seat may set.
        counts: the measure.
        entries: the number of a seat -> the values that it handed in last, and their result.
    """

    question: str
    spec: dict[str, Any]
    sets: list[str]
    counts: dict[str, float]
    open: bool = True
    entries: dict[int, tuple[dict[str, Any], float | None]] = field(default_factory=dict)
    _placed: dict[int, dict[str, Any]] | None = None

    def checking(self, limits: Limits) -> InParts[None]:
        """Check what may be set, and that its own spec can be run. Raises: SpecError."""
        with located("spec"):
            plan = yield from planning(self._spec({}), limits)
        numbers = [name for name, value in plan.optimizer(0).items() if type(value) in (int, float)]
        allowed = [*numbers, OPTIMIZER, START]
        for index, name in enumerate(self.sets):
            if name not in allowed:
                raise SpecError("unknown_name", ("sets", index), name, what="setting", **known_names(name, allowed))
            if name in self.sets[:index]:
                raise SpecError("duplicate", ("sets", index), name)

    def result_of(self, values: Any, limits: Limits) -> InParts[float | None]:
        """Run the entry of a seat, and return its result; None if it diverged or did not reach the loss.

        Raises: SpecError at `entry`.
        """
        with located("entry", value=values):
            if not isinstance(values, Mapping):
                raise SpecError("not_an_object")
            check_names(values, self.sets)
            for name in self.sets:
                if name not in values:
                    raise SpecError("missing", (name,))
        try:
            plan = yield from planning(self._spec(values), limits)
        except ValueError as fault:
            raise _at_entry(fault) from None
        return (yield from _result(plan, ContestGoal.model_validate(self.counts)))

    def _spec(self, values: Mapping[str, Any]) -> SingleSpec:
        """The spec with the values of an entry. Raises: ValidationError."""
        given, counts = dict(values), ContestGoal.model_validate(self.counts)
        most_steps = SingleSpec.model_validate(self.spec).stop.max_steps
        run = {"name": given.pop(OPTIMIZER)} if OPTIMIZER in given else self.spec["optimizers"][0]
        start = {START: given.pop(START)} if START in given else {}
        changed = {**self.spec, **start, "optimizers": [{**run, **given}], "stop": counts.stop(most_steps)}
        return SingleSpec.model_validate(changed)

    def enter(self, seat: int, values: dict[str, Any], result: float | None) -> None:
        """Record the entry of a seat in place of the one before."""
        self.entries[seat] = values, result
        self._placed = None

    def placed(self) -> dict[int, dict[str, Any]]:
        """Seat -> its entry with its rank, the best first. Equal results share a rank; without a result, no rank."""
        if self._placed is None:
            order = sorted(self.entries, key=lambda seat: (_rank(self.entries[seat][1]), seat))
            self._placed, before, place = {}, None, 0
            for index, seat in enumerate(order, 1):
                values, result = self.entries[seat]
                place, before = (place if result == before else index), result
                told = None if result is None else place
                self._placed[seat] = {"seat": seat, "place": told, "values": values, "result": result}
        return self._placed

    def told(self, seat: int | None = None) -> dict[str, Any]:
        """The contest as a seat sees it: without the entries of others while it is open. None: as the wall sees it."""
        placed = self.placed()
        shown = placed.values() if seat is None or not self.open else [placed[seat]] if seat in placed else []
        return {
            "question": self.question, "spec": self.spec, "sets": self.sets, "counts": self.counts, "open": self.open,
            "handed_in": len(self.entries), "entries": list(shown),
        }  # fmt: skip


def _rank(result: float | None) -> tuple[bool, float]:
    return result is None, result or 0.0


def _result(plan: Plan, counts: ContestGoal) -> InParts[float | None]:
    _, row, end = yield from plan.runs[0].in_parts(lambda _: None)
    if counts.lowest_loss_after:
        return None if end.reason == "diverged" else float(row.loss)
    return end.n_steps if end.reason == "target_loss" else None


def _at_entry(fault: ValueError) -> SpecError:
    """The errors of the spec of an entry, each at the value that caused it."""
    errors = list(errors_of(fault))
    for error in errors:
        place = [part for part in error["loc"] if part not in ("optimizers", 0)]
        error["loc"] = ("entry", *(OPTIMIZER if part == "name" else part for part in place))
    return SpecError.for_all(errors)
