"""Types that every room may use."""

from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import ConfigDict, GetJsonSchemaHandler, GetPydanticSchema, TypeAdapter, WithJsonSchema
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


class Described:
    """A dataclass that a reply holds: the API describes each field by the text below it, also one of a base class."""

    __pydantic_config__ = ConfigDict(use_attribute_docstrings=True)

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """The JSON schema; pydantic takes no text of a base class."""
        written = handler(core)
        fields = handler.resolve_ref_schema(written)["properties"]
        for base in cls.__mro__[1:]:
            if issubclass(base, Described) and base is not Described:
                for name, field in TypeAdapter(base).json_schema(mode="serialization")["properties"].items():
                    if "description" in field:
                        fields[name].setdefault("description", field["description"])
        return written
