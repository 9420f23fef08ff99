"""The shapes of replies, each stated once: as the model that is described, and from which the reply is made."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import fields, is_dataclass
from functools import reduce
from operator import or_
from types import UnionType
from typing import Any, Self, TypeVar, get_args, get_origin, get_type_hints

import orjson
from pydantic import BaseModel, ConfigDict, Field, SkipValidation, create_model

Number = SkipValidation[float]
"""A number that is written as it was declared: 3 stays 3, and is not 3.0."""


class Shape(BaseModel):
    """An object of a reply, made from what is declared or was computed."""

    model_config = ConfigDict(from_attributes=True)

    @classmethod
    def made_from(cls, source: object, **more: Any) -> Self:
        """What `source` has under the names of the fields, and `more` for the others."""
        taken = {name: getattr(source, name) for name in cls.model_fields if name not in more and hasattr(source, name)}
        return cls(**taken, **more)

    def json_bytes(self) -> bytes:
        """The object as JSON; a number that is not finite is null."""
        return orjson.dumps(self, default=dict)


Model = TypeVar("Model", bound=Shape)


def with_fields_of(
    source: type, without: Collection[str] = (), types: Mapping[str, Any] | None = None
) -> Callable[[type[Model]], type[Model]]:
    """A decorator that gives a shape the fields of a dataclass, each with its text in the docstring's `Args:`.

    A field that the shape has of its own stays as it is there. In the schema its name is without `Shape`, by which the
    code tells it from the dataclass.

    Args:
        source: the dataclass; those in the types of its fields, and below it, are taken along.
        without: fields that are not written.
        types: `Class.field` -> type, where the JSON has another one than the dataclass.
    """

    def extended(shape: type[Model]) -> type[Model]:
        shape_fields = _Shapes(types or {}).fields(source, {*shape.model_fields, *without})
        name = shape.__name__.removesuffix("Shape")
        return create_model(name, __base__=shape, __doc__=shape.__doc__, __module__=shape.__module__, **shape_fields)

    return extended


class _Shapes:
    """The shapes of dataclasses within one another, each made once."""

    def __init__(self, types: Mapping[str, Any]) -> None:
        self._types = types
        self._made: dict[type, type[Shape]] = {}

    def fields(self, source: type, without: Collection[str]) -> dict[str, Any]:
        """Field -> its type and its text."""
        hints, texts = get_type_hints(source), _texts(source)
        return {
            name: (
                self._types.get(f"{source.__name__}.{name}") or self._type(hints[name]),
                Field(description=texts.get(name)),
            )
            for name in (each.name for each in fields(source))
            if name not in without
        }

    def _of(self, source: type) -> type[Shape]:
        if source not in self._made:
            base = next((self._of(each) for each in source.__bases__ if is_dataclass(each)), Shape)
            shape_fields = self.fields(source, base.model_fields)
            summary, _, _ = inspect.cleandoc(source.__doc__ or "").partition("\n\n")
            self._made[source] = create_model(source.__name__, __base__=base, __doc__=summary, **shape_fields)
        return self._made[source]

    def _type(self, hint: Any) -> Any:
        """A type with shapes in place of its dataclasses, and numbers as they were declared."""
        if hint is float:
            return Number
        if isinstance(hint, type) and is_dataclass(hint):
            return self._of(hint)
        inner = tuple(map(self._type, get_args(hint)))
        if isinstance(hint, UnionType):
            return reduce(or_, inner)
        origin = get_origin(hint)
        return origin[inner] if origin in (list, dict, tuple) else hint


def _texts(source: type) -> dict[str, str]:
    """Field -> its text in the `Args:` of a dataclass and of those that it extends."""
    bases = (each for each in reversed(source.__mro__) if is_dataclass(each))
    return {name: text for each in bases for name, text in _own_texts(each).items()}


def _own_texts(source: type) -> dict[str, str]:
    """The texts of a class's own fields: what stands in its `Args:` behind `field: ` or `field, field: `.

    There are none where it has no `Args:`, as its summary says it all. Raises: ValueError, one field alone has no text.
    """
    _, _, section = inspect.cleandoc(source.__doc__ or "").partition("Args:\n")
    text = " ".join(section.partition("\n\n")[0].split())
    names = [each.name for each in fields(source) if each.name in inspect.get_annotations(source)]
    one = f"(?:{'|'.join(names)})"
    _, *parts = re.split(rf"(?:^|[.;] )({one}(?:, {one})*): ", text) if text else [""]
    pairs = zip(parts[::2], parts[1::2], strict=True)
    texts = {name: _sentence(part) for head, part in pairs for name in head.split(", ")}
    untold = [name for name in names if name not in texts]
    if text and untold:
        raise ValueError(f"the Args of {source.__name__} say nothing of {', '.join(untold)}")
    return texts


def _sentence(text: str) -> str:
    text = re.sub(r"\bNone\b", "null", text.rstrip("."))
    return f"{text[:1].upper()}{text[1:]}."
