"""The schedule of a run's learning rate: one model for each declaration."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import Field, create_model
from pydantic_core import PydanticCustomError

from app.api.spec.fields import Name, Real, Strict, field_error, model_name, one_of
from app.schedules import SCHEDULES, Schedule

CONSTANT = "constant"


class ScheduleChoice(Strict):
    """A schedule by name, with its own parameters."""

    declaration: ClassVar[Schedule]
    name: str

    @staticmethod
    @cache
    def named(name: str) -> ScheduleChoice:
        """The schedule of this name with its defaults."""
        return MODELS[name](name=name)

    @property
    def values(self) -> dict[str, float]:
        """Its parameters, every value in force."""
        return {key: getattr(self, key) for key in self.declaration.params}

    def in_force(self) -> dict[str, Any]:
        """As the reply repeats it."""
        return {"name": self.name, **self.values}


def _model(declaration: Schedule) -> type[ScheduleChoice]:
    fields: dict[str, Any] = {"name": (Literal[declaration.name], ...)} | {
        key: (Annotated[float, Real.of(param)], Field(param.default, description=param.help))
        for key, param in declaration.params.items()
    }
    model = create_model(
        model_name(declaration.name, "Schedule"),
        __base__=ScheduleChoice,
        __doc__=declaration.summary,
        **fields,
    )
    model.declaration = declaration
    return model


def declared_name(value: Mapping[str, Any], names: Name) -> str:
    """The `name` in an object that is told apart by it. Raises an error at that field."""
    if "name" not in value:
        raise field_error(("name",), value, "missing", f"is required, one of {', '.join(names.names)}")
    try:
        return names.check(value["name"])
    except PydanticCustomError as error:
        raise field_error(("name",), value["name"], "name", error.message()) from None


MODELS: Mapping[str, type[ScheduleChoice]] = {each.name: _model(each) for each in SCHEDULES.values()}
_NAME = Name("a schedule", tuple(MODELS))


def _choose(value: Mapping[str, Any]) -> type[ScheduleChoice]:
    return MODELS[declared_name(value, _NAME)]


if TYPE_CHECKING:
    AnySchedule = ScheduleChoice
else:
    AnySchedule = one_of(MODELS.values(), _choose)
    """One of the schedules of the catalog."""
