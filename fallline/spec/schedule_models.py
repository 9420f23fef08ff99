"""The schedule of a run's learning rate: one model for each declaration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from fallline.schedules import SCHEDULES, Schedule
from fallline.spec.fields import Strict, by_name, model_of, one_of


class ScheduleChoice(Strict):
    """A schedule by name, with its own hyperparameters."""

    declaration: ClassVar[Schedule]
    name: str

    @property
    def values(self) -> dict[str, float]:
        """Its hyperparameters, every value in force."""
        return {key: getattr(self, key) for key in self.declaration.params}

    def in_force(self) -> dict[str, Any]:
        """Its name and every value in force, as the reply repeats them."""
        return {"name": self.name, **self.values}


def _model(declaration: Schedule) -> type[ScheduleChoice]:
    model = model_of(declaration, ScheduleChoice, "Schedule")
    model.declaration = declaration
    return model


MODELS: Mapping[str, type[ScheduleChoice]] = {each.name: _model(each) for each in SCHEDULES.values()}
CONSTANT = MODELS["constant"](name="constant")
"""The schedule of a run that names none."""

if TYPE_CHECKING:
    AnySchedule = ScheduleChoice
else:
    AnySchedule = one_of("AnySchedule", "A schedule of the catalog.", MODELS.values(), by_name("schedule", MODELS))
