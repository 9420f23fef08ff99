"""The models of responses, one for each object in the OpenAPI document, which says what they say."""

from __future__ import annotations

from typing import Any, Self

from pydantic import BaseModel, SkipValidation

Number = SkipValidation[float]
"""A number that is written as it was declared: 3 stays 3, and is not 3.0."""


class ResponseModel(BaseModel):
    """An object of a response.

    Where a dataclass has the name that an object has in the OpenAPI document, the model has `Out` behind it.
    """

    def __init_subclass__(cls, **options: Any) -> None:
        """Leave `Out` away in the OpenAPI document, which takes the name from here."""
        cls.__name__ = cls.__qualname__ = cls.__name__.removesuffix("Out")
        super().__init_subclass__(**options)

    @classmethod
    def made_from(cls, source: object, **more: Any) -> Self:
        """What a dataclass has under the names of the fields, and `more` for the others."""
        return cls.model_validate({**vars(source), **more}, from_attributes=True)
