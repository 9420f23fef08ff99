"""The models of a spec's run: one for each optimizer and schedule of the catalog, and one for a rule of one's own.

They are built from the declarations, so the API accepts exactly what the file of an optimizer declares.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from typing_extensions import TypeAliasType

from fallline.descent import Method, Phase, RuleMethod, Setup
from fallline.descent.draws import SAMPLINGS
from fallline.descent.rule_method import own_hyperparameters
from fallline.descent.setup import NOISE, method_of, not_taken
from fallline.errors import SpecError, located
from fallline.formulas import parse, parse_rule
from fallline.hyperparameters import POSITIVE, Param, Rate
from fallline.optimizers import OPTIMIZERS, Optimizer
from fallline.optimizers.optimizer import STANDARD
from fallline.schedules import SCHEDULES, Schedule
from fallline.spec.fields import (
    LABEL,
    NUMBER_OR_FORMULA,
    Nullable,
    OneOf,
    Strict,
    by_name,
    check_names,
    model_of,
    name_of,
    real,
    whole_number,
)  # fmt: skip

Number = Annotated[float, real()]
InitialValue = Annotated[float | str, NUMBER_OR_FORMULA]

MAX_CHANGES = 16
NOT_CHANGED = ("label", "changes")
"""The fields of a run that a change cannot set."""
ON_DATA = ("batch_size", "sampling", "first_points")
DRAWN = (*ON_DATA, "noise")
"""The fields that keep their values when a change replaces the optimizer, unless the change sets them."""


class ScheduleChoice(Strict):
    """A schedule by name, with its hyperparameters."""

    declaration: ClassVar[Schedule]
    name: str

    @property
    def values(self) -> dict[str, float]:
        """The values of its hyperparameters."""
        return {key: getattr(self, key) for key in self.declaration.params}


def _schedule_model(declaration: Schedule) -> type[ScheduleChoice]:
    model = model_of(declaration, ScheduleChoice, "Schedule")
    model.declaration = declaration
    return model


SCHEDULE_MODELS = {schedule.name: _schedule_model(schedule) for schedule in SCHEDULES.values()}
CONSTANT = SCHEDULE_MODELS["constant"](name="constant")
"""The schedule of a run that names none."""

if TYPE_CHECKING:
    AnySchedule = ScheduleChoice
else:
    of_catalog = OneOf("A schedule of the catalog.", SCHEDULE_MODELS.values(), by_name("schedule", SCHEDULE_MODELS))
    AnySchedule = TypeAliasType("AnySchedule", Annotated[Any, of_catalog])


class Change(BaseModel):
    """A change of a run after row `at`: new values, or with `name` or `rule` another optimizer.

    Beside `at` it may set any hyperparameter, `schedule`, `noise`, `batch_size`, `sampling`, `first_points` (to make
    more of the points available) and `form`.

    New values leave all other values and the states as they are. The step number `t` of the rule and of the schedule
    continues, even if the schedule is a new one.

    Another optimizer starts with its own defaults and new states, and `t` starts from 1 again. Batches and noise
    continue.
    """

    model_config = ConfigDict(extra="allow", frozen=True)

    at: Annotated[int, whole_number(0)] = Field(description="The row after which the change takes effect.")

    @property
    def given(self) -> dict[str, Any]:
        """The fields of the run that it sets."""
        return dict(self.model_extra or {})

    @property
    def restarts(self) -> bool:
        """Whether it replaces the optimizer."""
        return not self.given.keys().isdisjoint(("name", "rule"))


class RunChoice(Strict):
    """The fields that every run of a spec has, whatever its optimizer."""

    model_config = ConfigDict(defer_build=True)

    learning_rate: Annotated[float, real(POSITIVE)]
    label: Annotated[str, LABEL] | None = Field(None, description="Shown instead of the optimizer's name.")
    schedule: Annotated[AnySchedule, Nullable] = Field(
        default_factory=lambda: CONSTANT,
        description="How the learning rate in force depends on the step number.",
    )
    noise: Annotated[float, real(NOISE.allowed), Nullable] = Field(0.0, description=NOISE.help)
    batch_size: Annotated[int, whole_number(1)] | None = Field(
        None, description="For problems with data: the number of points that a step uses; null: all."
    )
    sampling: Annotated[str, name_of("way_of_sampling", SAMPLINGS)] = Field(
        SAMPLINGS[0],
        description="For problems with data, how batches are drawn. `shuffle`: in a new order in each epoch; "
        "`replacement`: every point at random, independently of the others.",
    )
    first_points: Annotated[int, whole_number(1)] | None = Field(
        None,
        description="For problems with data: steps use only the first so many points; null: all. A change may raise it "
        "during the run. The loss of a run is always over all points.",
    )
    changes: Annotated[list[Change], Field(max_length=MAX_CHANGES), Nullable] = Field(
        default_factory=list,
        description="Changes during the run, each after a later row than the one before.",
    )

    title: ClassVar[str]
    """Its name, if it has no label."""
    needs_sampling: ClassVar[bool] = False
    identified_by: ClassVar[tuple[str, ...]]

    @model_validator(mode="after")
    def _fits(self) -> Self:
        _ = self.phases  # computed now, so that a change that does not fit is an error of validation
        return self

    @cached_property
    def setup(self) -> Setup:
        """The setup of this optimizer. Raises: SpecError, at a field that its method cannot take into account."""
        method = self.method
        for name in not_taken(method, dict(self)):
            code, value = ("rate_read_once", self.schedule.name) if name == "schedule" else ("needs_all_data", None)
            raise SpecError(code, (name,), value or getattr(self, name), optimizer=self.title)
        fields = {name: getattr(self, name) for name in ("learning_rate", *DRAWN)}
        return Setup(method, schedule=self.schedule.declaration, schedule_values=self.schedule.values, **fields)

    @cached_property
    def later(self) -> list[tuple[Change, RunChoice]]:
        """Each change with the optimizer after it. Raises: SpecError, at a change that does not fit."""
        later: list[tuple[Change, RunChoice]] = []
        current, low = self, -1
        for index, change in enumerate(self.changes):
            with located("changes", index):
                if change.at <= low:
                    raise SpecError("not_above", ("at",), change.at, other=f"changes[{index - 1}].at", low=low)
                current, low = _changed(current, change), change.at
            later.append((change, current))
        return later

    @cached_property
    def phases(self) -> list[Phase]:
        """The phase from row 0 on, then one for each change."""
        phases = [Phase(0, self.setup)]
        for change, each in self.later:
            phases.append(Phase(change.at, each.setup, None if change.restarts else phases[-1].began))
        return phases

    @property
    def method(self) -> Method:
        """The method that takes its steps."""
        raise NotImplementedError

    @property
    def hyperparameters(self) -> dict[str, float]:
        """The values of all hyperparameters except the learning rate."""
        values = {**self.__dict__, **(self.__pydantic_extra__ or {})}  # not getattr: one may be called `title`
        return {name: values[name] for name in self.params if name != "learning_rate"}

    @property
    def params(self) -> Mapping[str, Param]:
        """The declaration of each hyperparameter, `learning_rate` first."""
        raise NotImplementedError

    @property
    def display_name(self) -> str:
        """Its label, or its title if it has none."""
        return self.label or self.title

    def identity(self) -> dict[str, Any]:
        """The fields that identify the rule or the method, with their values."""
        return {name: value for name in self.identified_by if (value := getattr(self, name))}

    def in_force(self, on_data: bool) -> dict[str, Any]:
        """Every value in force, as a reply repeats them. A spec may contain the result as a run."""
        changes = [{"at": change.at, **each.changed_fields(change, on_data)} for change, each in self.later]
        return {
            **self.identity(),
            "label": self.display_name,
            "learning_rate": self.learning_rate,
            **self.hyperparameters,
            "schedule": {"name": self.schedule.name, **self.schedule.values},
            "noise": self.noise,
            **{name: getattr(self, name) for name in ON_DATA if on_data},
            **({"changes": changes} if changes else {}),
        }

    def changed_fields(self, change: Change, on_data: bool = True) -> dict[str, Any]:
        """The fields that a change sets: for another optimizer every value in force, otherwise the changed values.

        Args: change: the one that led to this optimizer.
        """
        values = self.in_force(on_data or not change.restarts)
        if not change.restarts:
            values = {name: values.get(name) if value is None else value for name, value in change.given.items()}
        return {name: value for name, value in values.items() if name not in NOT_CHANGED}


class CatalogRun(RunChoice):
    """An optimizer of the catalog, by name."""

    declaration: ClassVar[Optimizer]
    name: str
    form: str = STANDARD

    @model_validator(mode="before")
    @classmethod
    def _known_fields_only(cls, data: Any) -> Any:
        if isinstance(data, Mapping):
            data = cls.by_spec_names(data)
            check_names(data, list(cls.model_fields))
        return data

    @classmethod
    def by_spec_names(cls, fields: Mapping[str, Any]) -> dict[str, Any]:
        """The fields, with the learning rate renamed to `learning_rate` where it has the name that its author gives."""
        names = {cls.declaration.rate_name: "learning_rate"}
        return {names.get(name, name): value for name, value in fields.items()}

    @property
    def method(self) -> Method:
        return method_of(self.declaration, self.form, self.hyperparameters)

    @property
    def params(self) -> Mapping[str, Param]:
        return self.declaration.params


class OwnRun(RunChoice):
    """A rule of one's own: the lines `name = formula` that compute a step.

    `w` is a parameter, `g` its gradient, `t` the step number from 1, `lr` the learning rate in force. A name that
    is read before it is assigned is a state. A name that is never assigned is a hyperparameter; the run has its value
    in a field of that name. A name has at most 32 letters, digits and single underscores, and begins with a letter.
    """

    # The OpenAPI document does not say that hyperparameters are numbers: in TypeScript all other fields had to be, too.
    model_config = ConfigDict(extra="allow", json_schema_extra={"additionalProperties": True})
    __pydantic_extra__: dict[str, Number] = Field(init=False)
    title, identified_by = "own rule", ("rule", "initial")

    rule: str = Field(examples=["m = beta*m + (1 - beta)*g\nw = w - lr*m"])
    initial: Annotated[dict[str, InitialValue], Nullable] = Field(
        default_factory=dict,
        description="State -> its value before the first step, or a formula over the hyperparameters for it. States "
        "that are left out begin at 0.",
    )

    @model_validator(mode="before")
    @classmethod
    def _known_fields_only(cls, data: Any) -> Any:
        if isinstance(data, Mapping) and isinstance(data.get("rule"), str):
            _check_rule(data)
        elif isinstance(data, Mapping):
            check_names(data, list(cls.model_fields))
        return data

    @property
    def method(self) -> Method:
        initial = {key: value if isinstance(value, str) else repr(value) for key, value in self.initial.items()}
        return RuleMethod(parse_rule(self.rule), self.hyperparameters, initial)

    @property
    def params(self) -> Mapping[str, Param]:
        values = {name: self.__pydantic_extra__[name] for name in own_hyperparameters(parse_rule(self.rule))}
        return {"learning_rate": Rate(1.0), **{name: Param(value, "", value, value) for name, value in values.items()}}


def _check_rule(data: Mapping[str, Any]) -> None:
    """Check that the further fields are hyperparameters of the rule, and the keys of `initial` states of it.

    Raises: SpecError.
    """
    with located("rule", value=data["rule"]):
        rule = parse_rule(data["rule"])
    names = own_hyperparameters(rule)
    for name in (*names, *rule.states):
        if name in OwnRun.model_fields:
            raise SpecError("name_taken", ("rule",), data["rule"], name=name)
    check_names(data, [*OwnRun.model_fields, *names])
    missing = [name for name in names if name not in data]
    if missing:
        code = "missing_hyperparameter"
        raise SpecError.for_all({"type": code, "loc": (name,), "ctx": {"name": name}} for name in missing)
    initial = data.get("initial")
    if isinstance(initial, Mapping):
        check_names(initial, rule.states, ("initial",), "unknown_state")
        for state, value in initial.items():
            if isinstance(value, str):
                with located("initial", state, value=value):
                    parse(value, ("learning_rate", *names))


def _model(declaration: Optimizer) -> type[CatalogRun]:
    forms = name_of("form", (STANDARD, *declaration.forms))
    fields: dict[str, Any] = {
        "form": (
            Annotated[str, forms],
            Field(STANDARD, description="The form of the optimizer: its lines as one of its sources writes them."),
        )
    }
    if declaration.batch_size is not None:
        batch = RunChoice.model_fields["batch_size"]
        fields["batch_size"] = (
            batch.rebuild_annotation(), Field(declaration.batch_size, description=batch.description)
        )  # fmt: skip
    model = model_of(declaration, CatalogRun, "Run", **fields)
    model.declaration, model.title = declaration, declaration.label
    model.needs_sampling = declaration.needs_sampling
    model.identified_by = ("name", "form") if declaration.forms else ("name",)
    return model


OPTIMIZER_MODELS: dict[str, type[CatalogRun]] = {optimizer.name: _model(optimizer) for optimizer in OPTIMIZERS.values()}
_named = by_name("optimizer", OPTIMIZER_MODELS)


def add_to_models(declaration: Optimizer) -> None:
    """Let specs name an optimizer of one's own."""
    OPTIMIZER_MODELS[declaration.name] = _model(declaration)


def remove_from_models(name: str) -> None:
    """No longer let specs name an optimizer of one's own."""
    del OPTIMIZER_MODELS[name]


def _choose(value: Mapping[str, Any]) -> type[RunChoice]:
    if "rule" not in value:
        return _named(value)
    if "name" in value:
        raise SpecError("both_given", ("name",), value["name"], other="rule")
    return OwnRun


def _changed(current: RunChoice, change: Change) -> RunChoice:
    """The optimizer after a change. Raises: SpecError or ValidationError, at the field that does not fit."""
    given = change.given
    for name in NOT_CHANGED:
        if name in given:
            raise SpecError("not_in_a_change", (name,), given[name])
    if not given:
        raise SpecError("missing_change", (), given)
    model = _choose(given) if change.restarts else type(current)
    if issubclass(model, CatalogRun):
        given = model.by_spec_names(given)
    if "rule" not in given:
        known = [*model.model_fields, *(() if change.restarts else current.params)]
        check_names(given, ["at", *dict.fromkeys(name for name in known if name not in NOT_CHANGED)])
    if change.restarts:
        kept = {name: getattr(current, name) for name in DRAWN if getattr(current, name) is not None}
        return model.model_validate(kept | given)
    if "learning_rate" in given and not current.method.reads_schedule:
        raise SpecError("rate_read_once", ("learning_rate",), given["learning_rate"], optimizer=current.title)
    return model.model_validate(current.model_dump(exclude={*NOT_CHANGED}, exclude_unset=True) | given)


if TYPE_CHECKING:
    AnyRun = RunChoice
else:
    text = "A run by an optimizer of the catalog, or by a rule of one's own."
    AnyRun = TypeAliasType("AnyRun", Annotated[Any, OneOf(text, (*OPTIMIZER_MODELS.values(), OwnRun), _choose)])
