"""The types of a spec's fields: each checks its values and states its JSON schema."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Annotated, Any, Literal, TypeVar, Union

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    TypeAdapter,
    create_model,
    model_validator,
)  # fmt: skip
from pydantic_core import CoreSchema, PydanticUseDefault, core_schema

from fallline.descent.stops import BEYOND
from fallline.errors import MOST_ERRORS, Error, SpecError, known_names, located
from fallline.hyperparameters import LARGEST_COUNT, Interval
from fallline.optimizers import Optimizer
from fallline.schedules import Schedule
from fallline.sentences import is_printable, range_values

MAX_SEED = 2**53 - 1
OWN_PREFIX = "own."
"""The prefix of the names of somebody's own code. Built-in names contain no point."""
MAX_LABEL = 40
BLANKS = frozenset(" \u200d\ufe0e\ufe0f\u2800\u3164\u115f\u1160\uffa0")
"""Printable characters that cannot be seen: the space, and the empty letters of Braille and Hangul."""

ANY = Interval()


Model = TypeVar("Model", bound=BaseModel)


class Strict(BaseModel):
    """An object of the spec. An unknown field is an error, which names the most similar known field."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _known_fields_only(cls, data: Any) -> Any:
        if isinstance(data, Mapping):
            check_names(data, [field.alias or name for name, field in cls.model_fields.items()])
        return data


def check_names(
    data: Mapping[str, Any], names: Sequence[str], loc: tuple[str, ...] = (), code: str = "unknown_field"
) -> None:
    """Check the keys of an object. Raises: SpecError with an error at each one that is not in `names`."""
    strangers = islice(((key, value) for key, value in data.items() if key not in names), MOST_ERRORS)
    errors: list[Error] = [
        {"type": code, "loc": (*loc, key), "input": value, "ctx": known_names(key, names)} for key, value in strangers
    ]
    if errors:
        raise SpecError.for_all(errors)


@dataclass(frozen=True, eq=False)  # so that Python 3.11 can hash an Annotated that holds one
class Checked:
    """The type of a field, to be written in `Annotated`.

    Args:
        check: returns the value, or raises `SpecError`.
        schema: the values that it accepts, as a JSON schema.
    """

    check: Callable[[Any], Any]
    schema: Mapping[str, Any]

    def __get_pydantic_core_schema__(self, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.check)

    def __get_pydantic_json_schema__(self, _schema: CoreSchema, _handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return dict(self.schema)


class Nullable:
    """In `Annotated`, after the type: null is accepted and means the default."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(_default_for_null, handler(source))

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"anyOf": [handler(schema), {"type": "null"}]}


def _default_for_null(value: Any) -> Any:
    if value is None:
        raise PydanticUseDefault
    return value


def real(allowed: Interval = ANY, whole: bool = False) -> Checked:
    """A field that accepts a finite number within an interval, and no text."""
    takes = range_values(allowed, whole)

    def check(value: Any) -> float | int:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise SpecError("not_a_number", range=takes)
        try:
            number = float(value)
        except OverflowError:
            number = math.inf
        if not math.isfinite(number):
            raise SpecError("not_finite")
        if number not in allowed:
            raise SpecError("out_of_range", range=takes)
        if whole and not number.is_integer():
            raise SpecError("not_whole", range=takes)
        return int(value) if whole else number

    low = {"exclusiveMinimum" if allowed.low_open else "minimum": allowed.low}
    high = {"exclusiveMaximum" if allowed.high_open else "maximum": allowed.high}
    ends = {key: int(end) if whole else end for key, end in (low | high).items() if math.isfinite(end)}
    return Checked(check, {"type": "integer" if whole else "number", **ends})


def whole_number(low: float, high: float = LARGEST_COUNT) -> Checked:
    """A field that accepts whole numbers from `low` to `high`. If `high` is infinite, a setting limits the field."""
    return real(Interval(low, high), whole=True)


Coordinate = Annotated[float, real(Interval(-BEYOND, BEYOND))]
"""A value of a parameter or of the data. A run that leaves this interval counts as diverged."""


def _number_or_formula(value: Any) -> float | str:
    try:
        return value if isinstance(value, str) else real().check(value)
    except SpecError:
        raise SpecError("not_a_number_or_formula") from None


NUMBER_OR_FORMULA = Checked(_number_or_formula, {"anyOf": [{"type": "number"}, {"type": "string"}]})
"""A finite number, or the text of a formula, which is parsed later."""


def name_of(what: str, names: Iterable[str]) -> Checked:
    """A field that accepts one of several names.

    Args:
        what: the kind of thing that they name, such as "optimizer".
        names: the names allowed; the keys of a mapping are read anew at each check.
    """
    allowed = names if isinstance(names, Mapping) else tuple(names)

    def check(value: Any) -> str:
        if not isinstance(value, str):
            raise SpecError("not_a_name", what=what)
        known = tuple(allowed)
        if value not in known and value.startswith(OWN_PREFIX):
            own_names = [name for name in known if name.startswith(OWN_PREFIX)]
            raise SpecError("own_not_here", what=what, name=value, own=own_names or ["none"])
        if value not in known:
            raise SpecError("unknown_name", what=what, **known_names(value, known))
        return value

    return Checked(check, {"type": "string", "enum": list(allowed)})


def _label(value: Any) -> str:
    if not isinstance(value, str) or not is_printable(value) or not 1 <= len(value) <= MAX_LABEL:
        raise SpecError("wrong_label", limit=MAX_LABEL)
    if not set(value) - BLANKS:
        raise SpecError("invisible_label")
    return value


LABEL = Checked(_label, {"type": "string", "minLength": 1, "maxLength": MAX_LABEL})
"""A short text for display: printable characters only, so that no control character has an effect."""


@dataclass(frozen=True, eq=False)
class OneOf:
    """The type of a field that accepts any of several models. A model is built only when it is chosen or documented.

    Unlike with pydantic's tagged unions, the location of an error contains no name of a model.

    Args:
        text: the description in the OpenAPI document.
        models: the models that are accepted.
        choose: returns the model for a value, or raises.
    """

    text: str
    models: Iterable[type[BaseModel]]
    choose: Callable[[Mapping[str, Any]], type[BaseModel]]

    def _validate(self, value: Any) -> BaseModel:
        if isinstance(value, BaseModel):
            return value
        if not isinstance(value, Mapping):
            raise SpecError("not_an_object")
        return self.choose(value).model_validate(value)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self._validate)

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        union: Any = Union[tuple(self.models)]  # noqa: UP007 (the models are not written out)
        written = handler.resolve_ref_schema(handler(TypeAdapter(union).core_schema))
        return {"oneOf": written["anyOf"], "description": self.text}


def model_of(declaration: Optimizer | Schedule, base: type[Model], suffix: str, **more: Any) -> type[Model]:
    """The model of a declaration: a field for its name, one for each of its `params`, and the fields of `more`."""
    fields: dict[str, Any] = {"name": (Literal[declaration.name], ...)} | {
        key: (
            Annotated[float, real(param.allowed, param.whole)],
            Field(param.default, description=param.help, json_schema_extra={"slider": [param.min, param.max]}),
        )
        for key, param in declaration.params.items()
    }
    title = "".join(part.capitalize() for part in declaration.name.split("_")) + suffix
    return create_model(title, __base__=base, __doc__=declaration.summary, **fields | more)


def by_name(what: str, models: Mapping[str, type[Model]]) -> Callable[[Mapping[str, Any]], type[Model]]:
    """A `choose` for `OneOf`: returns the model whose name is the `name` of an object. Raises: SpecError."""
    names = name_of(what, models)

    def choose(value: Mapping[str, Any]) -> type[Model]:
        if "name" not in value:
            raise SpecError("missing", ("name",), value, allowed=list(models))
        with located("name", value=value["name"]):
            return models[names.check(value["name"])]

    return choose
