"""A stricter JSON, in which specs are written: no key twice in an object, and finite numbers only."""

import json
from contextlib import suppress
from math import isfinite
from typing import Any

import orjson

from fallline.errors import Loc, SpecError


def parse_json(text: bytes) -> Any:
    """Return the value of a JSON text.

    orjson refuses NaN, Infinity, numbers too large for a double, lone surrogates and deep nesting. But of two equal
    keys it keeps the last without an error, and it does not say which number it refuses. So `json` reads the text
    first, to find both.

    Raises:
        SpecError: the text is no such JSON; the error says where and why.
    """
    if not text.strip():
        raise SpecError("empty")
    try:
        read = text.decode()
    except UnicodeDecodeError:
        raise SpecError("not_utf8") from None
    with suppress(json.JSONDecodeError, RecursionError):  # orjson raises the error for these
        _check(json.loads(read, object_pairs_hook=_Object, parse_int=float), ())
    try:
        return orjson.loads(read)
    except orjson.JSONDecodeError as error:
        raise SpecError("not_json", problem=error.msg, line=error.lineno, column=error.colno) from None


class _Object(list[tuple[str, Any]]):
    """The keys and values of an object, in order."""


def _check(value: Any, loc: Loc) -> None:
    """Raises: SpecError, at the first key that its object has twice, or the first number that is not finite."""
    if not isinstance(value, list):
        return
    keys = set()
    for key, item in value if isinstance(value, _Object) else enumerate(value):
        at = (*loc, key)
        if key in keys:
            raise SpecError("duplicate", at)
        if isinstance(item, float) and not isfinite(item):
            raise SpecError("not_finite", at, item)
        keys.add(key)
        _check(item, at)
