"""Changes on the way: the values or the optimizer with which a run goes on after one of its rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field

from fallline.descent import Phase
from fallline.errors import SpecError
from fallline.spec.fields import check_names, whole_number

if TYPE_CHECKING:
    from fallline.spec.run_models import RunChoice

MAX_CHANGES = 16
NOT_CHANGED = ("label", "changes")
"""Fields of a run that no change can set."""
DRAWN = ("batch_size", "sampling", "first_points", "noise")
"""Fields that another optimizer takes over from the one before, unless it sets them itself."""


class Change(BaseModel):
    """What a run goes on with after row `at`: other values, or by `name` or `rule` another optimizer.

    Beside `at` it may name any hyperparameter, `schedule`, `noise`, `batch_size`, `sampling`, `first_points` (points
    that come later join in) and `form`. With values
    alone the others stay, the states too, and the step number `t` of the rule and of the schedule, be it a new one,
    counts on. Another optimizer has its own defaults and fresh states, and `t` counts from 1 again; batches and noise
    go on.
    """

    model_config = ConfigDict(extra="allow", frozen=True)

    at: Annotated[int, whole_number(0)] = Field(description="The row after which it holds.")

    @property
    def given(self) -> dict[str, Any]:
        """The fields of the run that it sets."""
        return dict(self.model_extra or {})


@dataclass(frozen=True, kw_only=True)
class ChoicePhase(Phase):
    """A phase as the spec has it.

    Args:
        choice: every value in force; given: the fields that were named for it.
    """

    choice: RunChoice = field(compare=False)  # which may be the one that holds this phase
    given: Mapping[str, Any]

    @classmethod
    def of(cls, from_row: int, choice: RunChoice, given: Mapping[str, Any], restarts: bool = True) -> Self:
        """The phase that sets off from a row."""
        return cls(from_row, choice.setup(), restarts, choice=choice, given=given)

    def in_force(self, on_data: bool) -> dict[str, Any]:
        """The change as the reply repeats it: of another optimizer every value, else the values that change."""
        values = self.choice.in_force(on_data) if self.restarts else self.given
        return {"at": self.from_row, **{name: value for name, value in values.items() if name not in NOT_CHANGED}}


def next_phase(
    before: ChoicePhase, change: Change, model_of: Callable[[Mapping[str, Any]], type[RunChoice]]
) -> ChoicePhase:
    """The phase that a change begins; `model_of` picks the model of another optimizer by its name or its rule.

    Raises: SpecError or ValidationError, at the field of the change that does not fit.
    """
    given, current = change.given, before.choice
    for name in NOT_CHANGED:
        if name in given:
            raise SpecError("not_in_a_change", (name,), given[name])
    if not given:
        raise SpecError("missing_change", (), given)
    model = model_of(given) if "name" in given or "rule" in given else None
    if "rule" not in given:
        known = [*(model or type(current)).model_fields, *(() if model else current.params)]
        check_names(given, ["at", *dict.fromkeys(name for name in known if name not in NOT_CHANGED)])
    if model:
        choice = model.model_validate(given)
        given = _without_null(given, choice)
        kept = {name: getattr(current, name) for name in DRAWN if name not in given}
        kept = {name: value for name, value in kept.items() if value is not None}
        return ChoicePhase.of(change.at, choice.model_copy(update=kept), given)
    if "learning_rate" in given and not before.setup.method.reads_schedule:
        raise SpecError("rate_read_once", ("learning_rate",), given["learning_rate"], optimizer=current.title)
    same = current.model_dump(exclude={*NOT_CHANGED}, exclude_unset=True)
    choice = type(current).model_validate(same | given)
    return ChoicePhase.of(change.at, choice, _without_null(given, choice), restarts=False)


def _without_null(given: Mapping[str, Any], choice: RunChoice) -> dict[str, Any]:
    """The fields that were named, in place of each null what it stands for."""
    in_force = choice.in_force(on_data=True)
    return {name: in_force.get(name) if value is None else value for name, value in given.items()}
