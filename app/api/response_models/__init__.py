"""The models of responses, one for each object in the OpenAPI document, which says what they say."""

from collections.abc import Callable, Collection
from copy import copy
from dataclasses import is_dataclass
from functools import cache
from types import new_class
from typing import Any, ClassVar, NamedTuple, Self, get_args, get_origin, get_type_hints

from pydantic import BaseModel, SkipValidation
from pydantic.fields import FieldInfo

from fallline.types import field_texts

Number = SkipValidation[float]
"""A number that is written as it was declared: 3 stays 3, and is not 3.0."""


class Made(NamedTuple):
    """Says of a field what makes it, of the object that its model is made from."""

    of: Callable[[Any], Any]


class ResponseModel(BaseModel):
    """An object of a response.

    One that is written `of` a dataclass of the library, or of another model, has its fields and what they say, but
    for those that it is `without`; those that it declares itself are in their place or come on top. Where a dataclass
    has the name that an object has in the OpenAPI document, the model has `Out` behind it. What is `seldom` wanted is
    not in its `brief`.
    """

    seldom: ClassVar[Collection[str]] = ()

    def __init_subclass__(
        cls, of: type[Any] | None = None, without: Collection[str] = (), seldom: Collection[str] = (), **options: Any
    ) -> None:
        """Take over the fields, and leave `Out` away in the OpenAPI document, which takes the name from here."""
        cls.__name__ = cls.__qualname__ = cls.__name__.removesuffix("Out")
        cls.seldom = seldom
        if of is not None:
            cls.__doc__ = cls.__doc__ or of.__doc__
            taken = {name: field for name, field in _fields(of).items() if name not in without}
            cls.__annotations__ = {name: field.annotation for name, field in taken.items()} | cls.__annotations__
            for name in taken.keys() - vars(cls).keys():
                setattr(cls, name, taken[name])
        super().__init_subclass__(**options)

    @classmethod
    def made_from(cls, source: object, **more: Any) -> Self:
        """What an object has under the names of the fields, or is made of it, and `more` for the others."""
        values = {name: getattr(source, name) for name in cls.model_fields if hasattr(source, name)}
        for name, field in cls.model_fields.items():
            for each in field.metadata:
                if isinstance(each, Made):
                    values[name] = each.of(source)
        return cls.model_validate({**values, **more}, from_attributes=True)


@cache
def brief(model: Any) -> Any:
    """The model without what is seldom wanted of it, and of the models in it."""
    if get_origin(model) is list:
        return list[brief(*get_args(model))]  # type: ignore[misc]
    if not (isinstance(model, type) and issubclass(model, ResponseModel)):
        return model
    kept: dict[str, Any] = {
        name: field.annotation for name, field in model.model_fields.items() if name not in model.seldom
    }
    inner = {name: brief(kind) for name, kind in kept.items() if brief(kind) != kind}
    if not (model.seldom or inner):
        return model
    taken = {"of": model, "without": model.seldom}
    return new_class(f"Brief{model.__name__}", (ResponseModel,), taken, lambda body: body.update(__annotations__=inner))


def _fields(of: type[Any]) -> dict[str, FieldInfo]:
    """The fields of a class, with what is said of them."""
    if not is_dataclass(of):
        return {name: copy(field) for name, field in of.model_fields.items()}
    texts = field_texts(of)
    return {
        name: FieldInfo(annotation=_as_declared(kind), description=texts.get(name))
        for name, kind in get_type_hints(of, include_extras=True).items()
    }


def _as_declared(kind: Any) -> Any:
    """The kind of a field, its numbers as they were declared."""
    if kind is float:
        return Number
    return tuple[tuple(map(_as_declared, get_args(kind)))] if get_origin(kind) is tuple else kind  # type: ignore[misc]
