"""JSON as a spec takes it: without keys that stand twice, and without numbers that are not finite."""

import json
from contextlib import suppress
from math import isfinite
from typing import Any

import orjson

from fallline.errors import Loc, SpecError


def parse_json(text: bytes) -> Any:
    """The value that JSON `text` stands for.

    orjson refuses NaN, Infinity, numbers past the doubles, lone surrogates and deep nesting. But it keeps the last of
    two equal keys, and does not say which number it refuses: `json` reads the text first, to find those.

    Raises: SpecError that names what is wrong.
    """
    if not text.strip():
        raise SpecError("empty")
    try:
        read = text.decode()
    except UnicodeDecodeError:
        raise SpecError("not_utf8") from None
    with suppress(json.JSONDecodeError, RecursionError):  # orjson says what is wrong
        _check(json.loads(read, object_pairs_hook=_Object, parse_int=float), ())
    try:
        return orjson.loads(read)
    except orjson.JSONDecodeError as error:
        raise SpecError("not_json", problem=error.msg, line=error.lineno, column=error.colno) from None


class _Object(list[tuple[str, Any]]):
    """The keys and values of an object, in order."""


def _check(value: Any, loc: Loc) -> None:
    """Raises: SpecError at the first key that stands twice in its object, or number in a field that is not finite."""
    if not isinstance(value, list):
        return
    keys = set()
    for key, each in value if isinstance(value, _Object) else enumerate(value):
        at = (*loc, key)
        if key in keys:
            raise SpecError("duplicate", at)
        if isinstance(each, float) and not isfinite(each):
            raise SpecError("not_finite", at, each)
        keys.add(key)
        _check(each, at)
