"""The shapes of replies, each stated once: as the model that is described, and from which the reply is made."""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import reduce
from operator import or_
from types import UnionType
from typing import Any, Self, get_args, get_origin, get_type_hints

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
        own = {name: getattr(source, name) for name in cls.model_fields if name not in more and hasattr(source, name)}
        return cls(**own, **more)

    def json_bytes(self) -> bytes:
        """The object as JSON; a number that is not finite is null."""
        return orjson.dumps(self, default=dict)


def shape_of(source: type, types: Mapping[str, Any] | None = None) -> type[BaseModel]:
    """The shape of what orjson writes of a dataclass: its fields, each with its text in the docstring's `Args:`.

    Args:
        source: the dataclass; those in the types of its fields, and below it, are taken along.
        types: `Class.field` -> type, where the JSON has another one than the dataclass.
    """
    return _Shapes(types or {}).of(source)


class _Shapes:
    def __init__(self, types: Mapping[str, Any]) -> None:
        self._types = types
        self._made: dict[type, type[BaseModel]] = {}

    def of(self, source: type) -> type[BaseModel]:
        if source not in self._made:
            self._made[source] = self._model(source)
        return self._made[source]

    def _model(self, source: type) -> type[BaseModel]:
        base = next((self.of(each) for each in source.__bases__ if is_dataclass(each)), BaseModel)
        hints, texts = get_type_hints(source), _arguments(source)
        own: dict[str, Any] = {
            name: (
                self._types.get(f"{source.__name__}.{name}") or self._type(hints[name]),
                Field(description=texts.get(name)),
            )
            for name in (each.name for each in fields(source))
            if name not in base.model_fields
        }
        return create_model(source.__name__, __base__=base, __doc__=_summary(source), **own)

    def _type(self, hint: Any) -> Any:
        """The same type with models in place of dataclasses."""
        if isinstance(hint, type) and is_dataclass(hint):
            return self.of(hint)
        inner = tuple(map(self._type, get_args(hint)))
        if isinstance(hint, UnionType):
            return reduce(or_, inner)
        origin = get_origin(hint)
        return origin[inner] if origin in (list, dict, tuple) else hint


def _summary(source: type) -> str:
    return inspect.cleandoc(source.__doc__ or "").partition("\n\n")[0]


def _arguments(source: type) -> dict[str, str]:
    """Field -> its text in the `Args:` of a dataclass, of which one may hold for several: `before, after: ...`."""
    _, _, section = inspect.cleandoc(source.__doc__ or "").partition("Args:\n")
    name = "|".join(each.name for each in fields(source))
    _, *parts = re.split(rf"(?:^|[;.] )((?:{name})(?:, (?:{name}))*): ", " ".join(section.split()).rstrip("."))
    pairs = zip(parts[::2], parts[1::2], strict=True)
    return {each: _sentence(text) for names, text in pairs for each in names.split(", ")}


def _sentence(text: str) -> str:
    text = re.sub(r"\bNone\b", "null", text)
    return f"{text[0].upper()}{text[1:]}."
