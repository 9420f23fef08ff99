"""Sentences made of a template and values. A client that has the values can write its own sentence."""

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import chain
from string import Formatter
from typing import Any

from fallline.hyperparameters import Interval

Template = str | tuple[str, ...]
"""A text with the names of values in braces. A tuple of texts is joined, without those that lack a value.

The name of a value may be followed by a format: `{limit:entry|entries}` adds singular or plural, `{what:a}` an article,
`{columns:and}` puts "and" before the last entry of a list, `{nearest:or}` puts "or" there, and `{range:range}` writes
the result of `range_values` in words.
"""

JOINER = "\u200d"
"""The character that joins two emoji to one; for Python it is not printable."""


def is_printable(text: str) -> bool:
    """Whether a text has only printable characters, and so no control of direction; joined emoji are allowed."""
    return text.replace(JOINER, "").isprintable()


def sentence(template: Template, values: Mapping[str, Any]) -> str:
    """The sentence of a template with its values. Raises: KeyError, if the template is one text and lacks a value."""
    if isinstance(template, str):
        parts = ((text, "" if name is None else _said(values[name], way or "")) for text, name, way in _parts(template))
        return "".join(chain.from_iterable(parts))
    return "".join(sentence(part, values) for part in template if names_in(part) <= values.keys())


def names_in(template: Template) -> set[str]:
    """The names of the values in a template."""
    text = template if isinstance(template, str) else "".join(template)
    return {name for _, name, _ in _parts(text) if name}


@lru_cache(maxsize=256)
def _parts(template: str) -> tuple[tuple[str, str | None, str | None], ...]:
    """Each text before a value, the name of the value, and its format; both are None for a text at the end."""
    return tuple((before, name, way) for before, name, way, _ in Formatter().parse(template))


def range_values(allowed: Interval, whole: bool = False) -> dict[str, Any]:
    """An interval as values of JSON: its ends, null if infinite, and whether only whole numbers are allowed."""
    low, high = (end if math.isfinite(end) else None for end in (allowed.low, allowed.high))
    return {
        "low": low, "high": high, "low_open": allowed.low_open, "high_open": allowed.high_open, "whole": whole,
    }  # fmt: skip


def _range_text(low: float | None, high: float | None, low_open: bool, high_open: bool, whole: bool) -> str:
    kind = "a whole number" if whole else "a finite number"
    if low is None and high is None:
        return kind
    interval = Interval(-math.inf if low is None else low, math.inf if high is None else high, low_open, high_open)
    return f"{kind}{',' * whole} {interval}"


def _said(value: Any, way: str) -> str:
    if way == "range":
        return _range_text(**value)
    if way == "a":
        return f"{'an' if value[0] in 'aeiou' else 'a'} {value.replace('_', ' ')}"
    if way in ("and", "or"):
        *most, last = map(_text, value)
        return f" {way} ".join(filter(None, (", ".join(most), last)))
    if "|" in way:
        singular, many = way.split("|")
        return f"{value} {singular if value == 1 else many}"
    return _text(value)


def _text(value: Any) -> str:
    if isinstance(value, Mapping):
        if any(isinstance(part, Mapping) for part in value.values()):
            return "; ".join(f"{name} {_text(part)}" for name, part in value.items())
        return ", ".join(f"{name} {_text(part)}".replace("_", " ") for name, part in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(_text, value))
    return f"{value:g}" if isinstance(value, float) else str(value)


MOST_NAMED = 6


def few_names(names: Sequence[str]) -> list[str]:
    """The names of parameters; of many names, those in the middle are left out."""
    return list(names) if len(names) <= MOST_NAMED else [*names[:3], "...", names[-1]]
