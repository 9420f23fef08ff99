"""Types that every room may use."""

import ast
import inspect
import textwrap
from dataclasses import dataclass, is_dataclass
from itertools import pairwise
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import GetJsonSchemaHandler, GetPydanticSchema, WithJsonSchema
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema
from pydantic_core.core_schema import any_schema

Pair = tuple[float, float]
Array = NDArray[np.float64]
Mask = NDArray[np.bool_]
"""Which of many."""

MaybeFinite = Annotated[float, WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "null"}]})]
"""A number that need not be finite; then it is null in JSON."""

Finite = Annotated[
    Array,
    GetPydanticSchema(lambda _, __: any_schema()),
    WithJsonSchema({"type": "array", "items": {"anyOf": [{"type": "number"}, {"type": "null"}]}}),
]
"""A column of a reply, in JSON a list with null where a number is not finite."""


def field_texts(cls: type[Any]) -> dict[str, str]:
    """What stands below each field of a dataclass, also of those that it is based on."""
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
    """What is declared for the catalog, under a name."""

    name: str
    """Permanent, snake_case."""
    label: str
    """As a person reads it."""
    summary: str
    """One sentence on what it does, or is good for."""


class Described:
    """A dataclass that a reply holds: the API describes each field by the text below it, also one of a base class."""

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """The JSON schema."""
        written = handler(core)
        fields = handler.resolve_ref_schema(written)["properties"]
        for name, text in field_texts(cls).items():
            fields[name]["description"] = text
        return written
