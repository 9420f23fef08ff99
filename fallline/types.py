"""Types that all modules use."""

import ast
import inspect
import textwrap
from collections.abc import Collection
from dataclasses import dataclass, is_dataclass
from functools import cache
from itertools import pairwise
from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import GetJsonSchemaHandler, GetPydanticSchema, TypeAdapter, WithJsonSchema
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema
from pydantic_core.core_schema import any_schema

Pair = tuple[float, float]
Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
"""An array of booleans that selects from others."""

Stepped = Literal["together", "one by one"]
"""How many runs are stepped: side by side, a lane each, or each by itself, one after the other."""

MaybeFinite = Annotated[float, WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "null"}]})]
"""A number that may be infinite or nan, which is null in JSON."""

Finite = Annotated[
    Array,
    GetPydanticSchema(lambda _, __: any_schema()),
    WithJsonSchema({"type": "array", "items": {"anyOf": [{"type": "number"}, {"type": "null"}]}}),
]
"""A column of a reply. In JSON it is a list, with null for numbers that are not finite."""


def field_texts(cls: type[Any]) -> dict[str, str]:
    """The docstring below each field of a dataclass, including the fields of its base classes."""
    texts: dict[str, str] = {}
    for base in filter(is_dataclass, reversed(cls.__mro__)):
        (declared,) = ast.parse(textwrap.dedent(inspect.getsource(base))).body
        assert isinstance(declared, ast.ClassDef)
        for item, below in pairwise(declared.body):
            match item, below:
                case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                    texts[name] = inspect.cleandoc(text)
    return texts


@dataclass(frozen=True, kw_only=True)
class InCatalog:
    """An entry of the catalog."""

    name: str
    """Its name in requests, which is permanent, in snake_case."""
    label: str
    """Its name for readers."""
    summary: str
    """One sentence on what it does, or is good for."""


@cache
def _adapter(cls: type[Any]) -> TypeAdapter[Any]:
    """Reads and writes a dataclass of a reply."""
    return TypeAdapter(cls)


class Described:
    """The base of dataclasses that occur in replies: the docstring below a field is its description in the API."""

    may_lack: ClassVar[Collection[str]] = ()
    """The fields that a reply is without where there is nothing in them; it has all others."""

    @property
    def reply(self) -> dict[str, Any]:
        """Its fields with the names of the REST API, columns as arrays."""
        fields: dict[str, Any] = _adapter(type(self)).dump_python(self, warnings=False)  # type: ignore[arg-type]
        return {name: value for name, value in fields.items() if value is not None or name not in self.may_lack}

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """The JSON schema."""
        written = handler(core)
        schema = handler.resolve_ref_schema(written)
        fields = schema["properties"]
        schema["required"] = [name for name in fields if name not in cls.may_lack]
        for name, text in field_texts(cls).items():
            fields[name]["description"] = text
        return written
