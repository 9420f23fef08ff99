"""Types that all modules use."""

import ast
import inspect
import math
import textwrap
from collections.abc import Collection, Mapping
from dataclasses import dataclass, is_dataclass
from functools import cache
from itertools import pairwise
from typing import Annotated, Any, ClassVar, Literal, Self

import numpy as np
import orjson
from numpy.typing import NDArray
from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, TypeAdapter, WithJsonSchema
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema
from pydantic_core.core_schema import no_info_plain_validator_function, plain_serializer_function_ser_schema

Pair = tuple[float, float]
Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
"""An array of booleans that selects from others."""

Stepped = Literal["together", "one by one"]
"""How many runs are stepped: side by side, a lane each, or each by itself, one after the other."""

MaybeFinite = Annotated[float, WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "null"}]})]
"""A number that may be infinite or nan, which is null in JSON."""


@cache
def _adapter(cls: type[Any]) -> TypeAdapter[Any]:
    """Reads and writes a dataclass of a reply."""
    return TypeAdapter(cls)


@dataclass(frozen=True)
class Column:
    """In `Annotated`: an array, which is a list in JSON, with null for numbers that are not finite.

    Args: kind: of its numbers; listed: the type of the list; missing: the number that null is read as.
    """

    kind: type[float]
    listed: Any
    missing: float = math.nan

    def read(self, numbers: Any) -> Array:
        """The array of a list."""
        array: Array = np.nan_to_num(np.asarray(numbers, self.kind), nan=self.missing, posinf=np.inf, neginf=-np.inf)
        return array

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        contiguous = plain_serializer_function_ser_schema(np.ascontiguousarray)  # as orjson writes no other
        return no_info_plain_validator_function(self.read, serialization=contiguous)

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return handler(_adapter(self.listed).core_schema)


Finite = Annotated[Array, Column(float, list[float | None])]
"""Numbers of which some may not be finite."""
Listed = Annotated[Array, Column(float, list[float])]
Matrix = Annotated[Array, Column(float, list[list[float]])]
WholeNumbers = Annotated[NDArray[np.int64], Column(int, list[int])]


def json_text(reply: Mapping[str, Any]) -> str:
    """A reply as the REST API writes it in JSON: numbers that are not finite are null."""
    return orjson.dumps(reply, option=orjson.OPT_SERIALIZE_NUMPY, default=str).decode()


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


class Described:
    """The base of dataclasses that occur in replies: the docstring below a field is its description in the API."""

    may_lack: ClassVar[Collection[str]] = ()
    """The fields that a reply is without where there is nothing in them; it has all others."""

    @classmethod
    def read(cls, reply: Mapping[str, Any]) -> Self:
        """The object of a reply. Raises: ValueError, if it is of something else."""
        read: Self = _adapter(cls).validate_python(reply)  # type: ignore[arg-type]
        return read

    def __getitem__(self, name: str) -> Any:
        """A field by its name."""
        return getattr(self, name)

    def to_json(self) -> str:
        """The reply as the REST API writes it in JSON: numbers that are not finite are null."""
        return json_text(self.reply)

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
