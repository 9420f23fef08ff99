"""The models of responses, one for each object in the OpenAPI document, which takes its descriptions from them."""

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
    """In `Annotated`: the function that computes a field from the object from which its model is made."""

    of: Callable[[Any], Any]


class ResponseModel(BaseModel):
    """An object of a response.

    Class arguments:
        of: a dataclass of the library, or another model, whose fields and descriptions it takes over. Fields that the
            model declares itself replace these or are added.
        without: the fields of `of` that it does not have.
        seldom: the fields that its `brief` form does not have.

    If a dataclass has the name that the object has in the OpenAPI document, the model is called that name with `Out`.
    """

    seldom: ClassVar[Collection[str]] = ()

    def __init_subclass__(
        cls, of: type[Any] | None = None, without: Collection[str] = (), seldom: Collection[str] = (), **options: Any
    ) -> None:
        """Take over the fields, and remove `Out` from the name, which is that in the OpenAPI document."""
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
        """Make a model from the attributes of an object, from the results of `Made`, and from `more` fields."""
        values = {name: getattr(source, name) for name in cls.model_fields if hasattr(source, name)}
        for name, field in cls.model_fields.items():
            for item in field.metadata:
                if isinstance(item, Made):
                    values[name] = item.of(source)
        return cls.model_validate({**values, **more}, from_attributes=True)


@cache
def brief(model: Any) -> Any:
    """The model without its `seldom` fields and without those of the models in it."""
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
    """The fields of a class, with their descriptions."""
    if not is_dataclass(of):
        return {name: copy(field) for name, field in of.model_fields.items()}
    texts = field_texts(of)
    return {
        name: FieldInfo(annotation=_as_declared(kind), description=texts.get(name))
        for name, kind in get_type_hints(of, include_extras=True).items()
    }


def _as_declared(kind: Any) -> Any:
    """The type of a field, with `Number` for floats, so that numbers are written as they were declared."""
    if kind is float:
        return Number
    return tuple[tuple(map(_as_declared, get_args(kind)))] if get_origin(kind) is tuple else kind  # type: ignore[misc]
