"""The kinds of field that a spec has; each refuses in a sentence and knows its own JSON schema."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Annotated, Any, Union

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, GetJsonSchemaHandler, model_validator
from pydantic_core import CoreSchema, InitErrorDetails, PydanticCustomError, ValidationError, core_schema

from app.api.errors import MOST_ERRORS, quoted, unknown_name, value_error
from app.hyperparameters import MOST_COUNTED, Interval, Param

MAX_SEED = 2**53 - 1
MAX_LABEL = 40
BLANKS = frozenset(" \u2800\u3164\u115f\u1160\uffa0")
"""What counts as printable and leaves the paper white: the space, and the empty letters of Braille and Hangul."""

LARGEST = 1e100
"""Beyond this a run counts as diverged, so nothing may start there."""

ANY = Interval()


class Strict(BaseModel):
    """An object of the spec: a field that it does not have is an error that names the nearest it has."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _known_fields_only(cls, data: Any) -> Any:
        if isinstance(data, Mapping):
            refuse_unknown(cls.__name__, data, [each.alias or name for name, each in cls.model_fields.items()])
        return data


def refuse_unknown(
    title: str,
    data: Mapping[str, Any],
    names: Sequence[str],
    what: str = "a field here",
    loc: tuple[str, ...] = (),
) -> None:
    """Raise one error, at its own place, for every key of `data` that is not in `names`."""
    strangers: list[InitErrorDetails] = [
        {"type": value_error("extra_forbidden", unknown_name(what, key, names)), "loc": (*loc, key), "input": value}
        for key, value in islice(((k, v) for k, v in data.items() if k not in names), MOST_ERRORS)
    ]
    if strangers:
        raise ValidationError.from_exception_data(title, strangers)


class _Checked:
    """A kind of value with its own check, which returns the value or raises `value_error(...)`."""

    @property
    def schema(self) -> Mapping[str, Any]:
        """The same as a JSON schema."""
        raise NotImplementedError

    def check(self, value: Any) -> Any:
        raise NotImplementedError

    def __get_pydantic_core_schema__(self, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.check)

    def __get_pydantic_json_schema__(self, _schema: CoreSchema, _handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return dict(self.schema)


@dataclass(frozen=True)
class Real(_Checked):
    """A finite number in an interval, given as a number and not as a text."""

    allowed: Interval = ANY
    whole: bool = False

    @classmethod
    def of(cls, param: Param) -> Real:
        """The numbers that a hyperparameter takes."""
        return cls(param.allowed, param.whole)

    def check(self, value: Any) -> float | int:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise value_error("number", f"must be {self.text}; got {quoted(value)}")
        if not self._takes(value):
            raise value_error("number", f"must be {self.text}; got {quoted(value)}")
        return int(value) if self.whole else float(value)

    def _takes(self, value: float) -> bool:
        try:
            return float(value) in self.allowed and (not self.whole or float(value).is_integer())
        except OverflowError:
            return False

    @property
    def text(self) -> str:
        """What it takes, in words."""
        bare = "a whole number," if self.whole else "a finite number"
        endless = math.isinf(self.allowed.low) and math.isinf(self.allowed.high)
        return bare.rstrip(",") if endless else f"{bare} {self.allowed}"

    @property
    def schema(self) -> Mapping[str, Any]:
        """The same as a JSON schema."""
        low = {"exclusiveMinimum" if self.allowed.low_open else "minimum": self.allowed.low}
        high = {"exclusiveMaximum" if self.allowed.high_open else "maximum": self.allowed.high}
        ends = {key: end for key, end in (low | high).items() if math.isfinite(end)}
        bounds = {key: int(end) if self.whole else end for key, end in ends.items()}
        return {"type": "integer" if self.whole else "number", **bounds}


@dataclass(frozen=True)
class NumberOrFormula(_Checked):
    """A finite number, or a formula of it, which whoever knows its names has to read."""

    def check(self, value: Any) -> float | str:
        if isinstance(value, str):
            return value
        try:
            return Real().check(value)
        except PydanticCustomError:
            raise value_error("number", f"must be a finite number or a formula; got {quoted(value)}") from None

    @property
    def schema(self) -> Mapping[str, Any]:
        """Either, as a JSON schema."""
        return {"anyOf": [{"type": "number"}, {"type": "string"}]}


Coordinate = Annotated[float, Real(Interval(-LARGEST, LARGEST))]
"""A value of a parameter or of the data."""


def whole(low: float, high: float = MOST_COUNTED) -> Real:
    """The whole numbers from `low` to `high`; an endless one is for a field whose most something else states."""
    return Real(Interval(low, high), whole=True)


@dataclass(frozen=True)
class Name(_Checked):
    """One of some names; `what` says what they name ("an optimizer")."""

    what: str
    names: tuple[str, ...]

    def check(self, value: Any) -> str:
        if not isinstance(value, str):
            raise value_error("name", f"must be the name of {self.what}; got {quoted(value)}")
        if value not in self.names:
            raise value_error("name", unknown_name(self.what, value, self.names, came=True))
        return value

    @property
    def schema(self) -> Mapping[str, Any]:
        """The names, as a JSON schema."""
        return {"type": "string", "enum": list(self.names)}


@dataclass(frozen=True)
class Label(_Checked):
    """A short text to be shown: printable characters only, so that nothing in it can act."""

    def check(self, value: Any) -> str:
        if not isinstance(value, str) or not value.isprintable() or not 1 <= len(value) <= MAX_LABEL:
            raise value_error("label", f"must be a text of 1 to {MAX_LABEL} printable characters; got {quoted(value)}")
        if not set(value) - BLANKS:
            raise value_error("label", f"must have a character that can be seen; got {quoted(value)}")
        return value

    @property
    def schema(self) -> Mapping[str, Any]:
        """Its length, as a JSON schema."""
        return {"type": "string", "minLength": 1, "maxLength": MAX_LABEL}


@dataclass(frozen=True)
class _Choice:
    """Sends an object to its model, so that an error names a place of the spec and nothing of the models."""

    choose: Callable[[Mapping[str, Any]], type[BaseModel]]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        def validate(value: Any, _: Any) -> BaseModel:
            if isinstance(value, BaseModel):
                return value
            if not isinstance(value, Mapping):
                raise value_error("object", f"must be an object in braces; got {quoted(value)}")
            return self.choose(value).model_validate(value)

        return core_schema.no_info_wrap_validator_function(validate, handler(source))


def one_of(models: Iterable[type[BaseModel]], choose: Callable[[Mapping[str, Any]], type[BaseModel]]) -> Any:
    """The type of a field that takes any of `models`; `choose` tells which, or raises what is wrong."""
    return Annotated[Union[tuple(models)], _Choice(choose)]  # noqa: UP007 (the models are not written out)


def field_error(loc: tuple[str | int, ...], value: Any, kind: str, phrase: str, **context: Any) -> ValidationError:
    """An error at `loc` within the object under validation."""
    return ValidationError.from_exception_data(
        "spec", [{"type": value_error(kind, phrase, **context), "loc": loc, "input": value}]
    )


@contextmanager
def located(*place: str | int) -> Iterator[None]:
    """Put errors raised within at a place further in: what is wrong with `beta` is wrong with `changes[0].beta`."""
    try:
        yield
    except ValidationError as error:
        lines = [_moved(each, place) for each in error.errors()]
        raise ValidationError.from_exception_data(error.title, lines) from None


def _moved(error: Mapping[str, Any], place: tuple[str | int, ...]) -> InitErrorDetails:
    context = error.get("ctx") or {}
    own = "phrase" in context
    kind: Any = PydanticCustomError(error["type"], "{phrase}", context) if own else error["type"]
    return {"type": kind, "loc": (*place, *error["loc"]), "input": error["input"], "ctx": context}


def model_name(name: str, suffix: str) -> str:
    """The name of a model made from a declaration: warmup_cosine, Schedule -> WarmupCosineSchedule."""
    return "".join(part.capitalize() for part in name.split("_")) + suffix
