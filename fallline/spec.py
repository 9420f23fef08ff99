"""A spec as it is given, and the JSON that it stands for."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, TypedDict
from urllib.parse import parse_qsl

import numpy as np
from numpy.typing import NDArray

from fallline.errors import Complaint, SpecError
from fallline.lazy import engine

Spec = Mapping[str, Any] | str
"""The value of the REST API, as a mapping; or the address of a page, whole or only what stands after its ?."""

Over = Mapping[str, float]
"""What a sweep tries: the values `from` one `to` another, so many (`count`)."""


class SpecFields(TypedDict, total=False):
    """The fields of a spec as keywords, which count for more than the same of a spec beside them."""

    problem: Mapping[str, Any]
    start: Sequence[float] | NDArray[Any] | None
    optimizers: Sequence[Mapping[str, Any]]
    stop: Mapping[str, Any] | None
    seed: int


def spec_text(spec: Spec | None, fields: SpecFields, **beside: Any) -> str:
    """The JSON of a spec with what stands `beside` it; what is not finite is written as NaN or Infinity, to be refused.

    Raises: SpecError, an address is wrong, or a value is none of JSON nor of NumPy.
    """
    if not isinstance(spec, Mapping | str | None):
        raise _wrong(f"it must be a mapping or an address; got {type(spec).__name__}")
    whole = _spec_of(spec) if isinstance(spec, str) else dict(spec or {})
    try:
        return json.dumps({**whole, **fields, **beside}, default=_plain)
    except TypeError as error:
        raise _wrong(str(error)) from None


def _spec_of(address: str) -> Mapping[str, Any]:
    """The spec of an address; what stands after its # does not count."""
    before, mark, query = address.partition("#")[0].partition("?")
    if not mark:
        query = before
    if "=" not in query:
        raise _wrong(f"{address!r} must have a query, as surface=bowl&optimizer=adam has")
    spec: Mapping[str, Any] = engine().spec_of_query(parse_qsl(query, keep_blank_values=True))
    return spec


def _plain(value: object) -> object:
    """A value that JSON does not have, as one that it has."""
    if isinstance(value, np.ndarray | np.generic):
        return value.tolist()
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{value!r} is no value of JSON")


def _wrong(sentence: str) -> SpecError:
    return SpecError([Complaint(("spec",), f"the spec cannot be read: {sentence}", "unreadable", {})])
